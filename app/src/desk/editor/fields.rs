//! The fields of a record's form: those that its kind of content has, in the order of its head, and a few that every kind
//! has. Values travel as texts, the same way in the form, in what scripts send and in what they are answered.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kit_web::forms::FormErrors;

use crate::{
    document::Content,
    reference::{ContentType, HeadField, Reference},
    words,
};

/// Values of fields by their codes.
pub type Values = BTreeMap<String, String>;

/// The field that holds the body.
pub const BODY: &str = "body_html";
/// Fields beside the head that every kind has.
const SOURCE: &str = "source";
const DISCLOSURE_REASON: &str = "disclosure_reason";
/// Longer values are mistakes; the checks have their own, shorter measures.
const MOST_CHARS: usize = 2_000;

/// How a field is entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// One line.
    Line,
    /// Several lines.
    Lines,
    /// A date.
    Date,
    /// One of these: value and words.
    Choice(Vec<(String, String)>),
    /// One line, with names to choose from.
    Organ,
}

/// A field of the form.
#[derive(Debug, Clone)]
pub struct FormField {
    /// Code.
    pub code: &'static str,
    /// Label as citizens read it.
    pub label: String,
    /// How it is entered.
    pub input: Input,
    /// What it holds.
    pub value: String,
    /// Whether it must be filled before publication.
    pub required: bool,
    /// Whether it takes a line of its own.
    pub wide: bool,
    /// A word of help.
    pub hint: &'static str,
}

/// The form of a kind of content, filled.
pub fn form(reference: &Reference, kind: &ContentType, content: &Content) -> Vec<FormField> {
    let values = values(kind, content);
    let mut fields: Vec<FormField> = Vec::new();
    for entry in kind.head.iter().filter(|entry| !entry.field.is_computed()) {
        let code = entry.field.code();
        let value = values.get(code).cloned().unwrap_or_default();
        fields.push(FormField {
            code,
            label: entry.label.clone(),
            input: input(reference, entry.field, &value),
            value,
            required: entry.required,
            wide: entry.wide,
            hint: hint(code),
        });
    }
    fields.sort_by_key(|field| field.code != HeadField::Title.code());
    for code in [SOURCE, DISCLOSURE_REASON] {
        let value = values.get(code).cloned().unwrap_or_default();
        let label = extra_label(code).to_owned();
        fields.push(FormField {
            code,
            label,
            input: Input::Line,
            value,
            required: false,
            wide: false,
            hint: hint(code),
        });
    }
    fields
}

fn extra_label(code: &str) -> &'static str {
    if code == SOURCE { "来源" } else { "不公开或依申请公开的理由" }
}

fn hint(code: &str) -> &'static str {
    match code {
        "keywords" => "用空格隔开",
        "document_number" => "例如：松政发〔2018〕5号",
        "source" => "转载的写明原发布单位；本机关制作的不填",
        _ => "",
    }
}

fn input(reference: &Reference, field: HeadField, value: &str) -> Input {
    match field {
        HeadField::WrittenOn | HeadField::InForceOn | HeadField::ExpiresOn => Input::Date,
        HeadField::Summary => Input::Lines,
        HeadField::IssuingOrgan => Input::Organ,
        HeadField::Genre => choice(reference.genres.iter().map(|genre| genre.name.clone()), value),
        HeadField::SubjectCategory => choice(subjects(reference), value),
        HeadField::DisclosureClass => Input::Choice(
            ["proactive", "on_request", "withheld"]
                .map(|code| (code.to_owned(), words::disclosure_class(code).to_owned()))
                .to_vec(),
        ),
        _ => Input::Line,
    }
}

fn subjects(reference: &Reference) -> impl Iterator<Item = String> + '_ {
    reference.subject_categories.iter().flat_map(|category| {
        category.children.iter().map(move |child| format!("{}/{}", category.name, child.name))
    })
}

/// A list to choose from; a value of earlier times that is in none stays to be chosen.
fn choice(names: impl Iterator<Item = String>, value: &str) -> Input {
    let mut list: Vec<(String, String)> = vec![(String::new(), "请选择".to_owned())];
    list.extend(names.map(|name| (name.clone(), name)));
    if !list.iter().any(|(known, _)| known == value) {
        list.push((value.to_owned(), value.to_owned()));
    }
    Input::Choice(list)
}

/// Codes of the fields that a form of this kind has.
fn codes(kind: &ContentType) -> impl Iterator<Item = &'static str> + '_ {
    let head = kind.head.iter().map(|entry| entry.field).filter(|field| !field.is_computed());
    head.map(HeadField::code).chain([SOURCE, DISCLOSURE_REASON, BODY])
}

/// What an edition says, field by field.
pub fn values(kind: &ContentType, content: &Content) -> Values {
    codes(kind).map(|code| (code.to_owned(), value(content, code))).collect()
}

fn value(content: &Content, code: &str) -> String {
    let optional = |value: &Option<String>| value.clone().unwrap_or_default();
    match code {
        "title" => content.title.clone(),
        "document_number" => optional(&content.document_number),
        "issuing_organ" => content.issuing_organ.clone(),
        "written_on" => optional(&content.written_on),
        "in_force_on" => optional(&content.in_force_on),
        "expires_on" => optional(&content.expires_on),
        "subject_category" => optional(&content.subject_category),
        "genre" => optional(&content.genre),
        "disclosure_class" => content.disclosure_class.clone(),
        "disclosure_reason" => optional(&content.disclosure_reason),
        "summary" => content.summary.clone(),
        "keywords" => content.keywords.join(" "),
        "source" => optional(&content.source),
        BODY => content.body_html.clone(),
        _ => String::new(),
    }
}

/// What an edition says after these values were given; a field that is not among them stays as it was. The body is
/// cleaned already.
pub fn apply(
    kind: &ContentType,
    before: &Content,
    given: &Values,
    body: Option<Body>,
) -> (Content, FormErrors) {
    let mut content = before.clone();
    let mut errors = FormErrors::default();
    for code in codes(kind).filter(|code| *code != BODY) {
        let Some(text) = given.get(code) else { continue };
        let text = text.replace("\r\n", "\n").trim().to_owned();
        if text.chars().count() > MOST_CHARS {
            errors.add(code, format!("{}太长，最多{MOST_CHARS}字", words::field_label(code)));
        } else {
            set(&mut content, code, text, &mut errors);
        }
    }
    if let Some(body) = body {
        content.body_html = body.html;
        content.body_text = body.text;
    }
    if content.issuing_organ != before.issuing_organ {
        content.issuing_organ_id = None;
    }
    (content, errors)
}

fn set(content: &mut Content, code: &'static str, text: String, errors: &mut FormErrors) {
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    match code {
        "title" => content.title = one_line(&text),
        "document_number" => content.document_number = some(one_line(&text)),
        "issuing_organ" => content.issuing_organ = one_line(&text),
        "written_on" => set_date(&mut content.written_on, code, text, errors),
        "in_force_on" => set_date(&mut content.in_force_on, code, text, errors),
        "expires_on" => set_date(&mut content.expires_on, code, text, errors),
        "subject_category" => content.subject_category = some(text),
        "genre" => content.genre = some(text),
        "disclosure_class" => set_class(content, text, errors),
        "disclosure_reason" => content.disclosure_reason = some(text),
        "summary" => content.summary = text,
        "keywords" => content.keywords = keywords(&text),
        "source" => content.source = some(one_line(&text)),
        _ => {}
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn set_date(place: &mut Option<String>, code: &'static str, text: String, errors: &mut FormErrors) {
    if text.is_empty() {
        *place = None;
    } else if text.parse::<Date>().is_ok_and(|date| (1900..=2200).contains(&date.year())) {
        *place = Some(text);
    } else {
        errors.add(code, format!("{}应为年-月-日，例如2018-03-11", words::field_label(code)));
    }
}

fn set_class(content: &mut Content, text: String, errors: &mut FormErrors) {
    if ["proactive", "on_request", "withheld"].contains(&text.as_str()) {
        content.disclosure_class = text;
    } else {
        errors.add("disclosure_class", "请选择公开属性");
    }
}

fn keywords(text: &str) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    let between = |c: char| c.is_whitespace() || "，,；;、".contains(c);
    for word in text.split(between).filter(|word| !word.is_empty()) {
        if !list.iter().any(|known| known == word) {
            list.push(word.to_owned());
        }
    }
    list
}

/// A body as it is kept: cleaned, and its text.
#[derive(Debug, Clone)]
pub struct Body {
    /// Safe HTML.
    pub html: String,
    /// Its text.
    pub text: String,
}

impl Body {
    /// Cleans what was sent. Text without any markup, as the plain field may hold it, is taken line by line.
    pub fn read(sent: &str) -> Body {
        let html = if looks_like_markup(sent) {
            kit_text::html::clean(sent).into_string()
        } else {
            kit_text::html::paragraphs(sent)
        };
        let text = kit_text::html::to_text(&html);
        Body { html, text }
    }
}

fn looks_like_markup(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let next = text[at + 1..].trim_start_matches('/').chars().next();
        next.is_some_and(|c| c.is_ascii_alphabetic())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(code: &str) -> &'static ContentType {
        Reference::get().content_type(code).unwrap()
    }

    fn given(values: &[(&str, &str)]) -> Values {
        values.iter().map(|(code, value)| ((*code).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn every_kind_has_a_form_of_its_own_fields_with_the_title_first() {
        for kind in Reference::get().content_types.iter() {
            let fields = form(Reference::get(), kind, &Content::default());
            assert_eq!(fields[0].code, "title", "{}", kind.code);
            let codes: Vec<_> = fields.iter().map(|field| field.code).collect();
            assert!(!codes.contains(&"index_number") && !codes.contains(&"validity"), "{}", kind.code);
            assert!(kind.required_fields().all(|field| field.is_computed() || codes.contains(&field.code())));
        }
    }

    #[test]
    fn what_a_form_shows_it_can_take_back_unchanged() {
        let content = Content {
            title: "标题".into(),
            document_number: Some("松政发〔2018〕5号".into()),
            issuing_organ: "松岭区人民政府".into(),
            written_on: Some("2018-03-01".into()),
            disclosure_class: "proactive".into(),
            keywords: vec!["甲".into(), "乙".into()],
            summary: "一\n二".into(),
            subject_category: Some("旧分类/其他".into()),
            body_html: "<p>文</p>".into(),
            body_text: "文".into(),
            ..Content::default()
        };
        let kind = kind("policy_document");
        let body = Some(Body::read(&content.body_html));
        let (after, errors) = apply(kind, &content, &values(kind, &content), body);
        assert_eq!((after, errors.is_empty()), (content, true));
    }

    #[test]
    fn fields_that_were_not_sent_or_are_wrong_stay_as_they_were() {
        let before =
            Content { summary: "旧".into(), written_on: Some("2018-03-01".into()), ..Content::default() };
        let sent = given(&[("written_on", "2018-02-30"), ("title", "  新\n标题 "), ("index_number", "伪造")]);
        let (after, errors) = apply(kind("notice"), &before, &sent, None);
        assert_eq!((after.title.as_str(), after.summary.as_str()), ("新 标题", "旧"));
        assert_eq!(after.printed_index_number, None);
        assert_eq!(after.written_on.as_deref(), Some("2018-03-01"));
        assert!(errors.of("written_on").is_some());
    }

    #[test]
    fn plain_text_becomes_paragraphs_and_markup_is_cleaned() {
        assert_eq!(Body::read("第一段\n\n3 < 5").html, "<p>第一段</p><p>3 &lt; 5</p>");
        assert_eq!(Body::read("<p onclick=x>文</p><script>1</script>").html, "<p>文</p>");
        assert_eq!(keywords("甲，乙 甲、丙"), ["甲", "乙", "丙"]);
    }
}
