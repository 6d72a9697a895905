//! Lines `{url, title, excerpt}`: disclosure pages as text. Reads each with `reading` and makes of it what is taken in;
//! it neither stores nor publishes.

use kit_text::lines::Line;
use rules::{
    disclosure::DisclosureClass,
    numbering::{DocumentNumber, PrintedIndexNumber},
};

use super::{
    Failure, Finding, Incoming, hash_of,
    kinds::{Clues, Kinds},
    pipeline::Parsed,
    reading::{self, HeadLabels, ReadPage},
};
use crate::{document::Content, reference::Reference};

/// What reading a line needs besides the line.
pub struct Reader {
    /// Spellings of labels.
    pub labels: HeadLabels,
    /// Which content type a record is.
    pub kinds: Kinds,
    /// Subjects and genres by their printed names.
    pub reference: &'static Reference,
    /// Name of the file, for messages.
    pub file: String,
}

impl Reader {
    /// A reader for a file of that name.
    pub fn new(reference: &'static Reference, file: &str) -> Reader {
        let labels = HeadLabels::parse(include_str!("../../../reference/head_labels.toml"));
        let labels = labels.expect("the table is part of the build and its tests read it");
        Reader { labels, kinds: Kinds::embedded(), reference, file: file.to_owned() }
    }

    /// Where a line stands.
    pub fn place(&self, number: u64) -> String {
        format!("{} 第 {number} 行", self.file)
    }
}

/// The fields of a JSON object, each asked for by name so that a wrong type names its field.
pub struct Fields<'a> {
    object: serde_json::Map<String, serde_json::Value>,
    place: &'a str,
}

impl<'a> Fields<'a> {
    /// The object on a line.
    ///
    /// # Errors
    /// The line is no JSON object.
    pub fn parse(text: &str, place: &'a str) -> Result<Fields<'a>, Failure> {
        match serde_json::from_str(text) {
            Ok(serde_json::Value::Object(object)) => Ok(Fields { object, place }),
            Ok(_) => Err(Failure::new(
                "broken_line",
                place,
                "这一行不是 JSON 对象。请改为 {\"url\": …, \"title\": …} 的形式",
            )),
            Err(error) => {
                let what =
                    if error.is_eof() { "不完整，可能被截断" } else { "不是有效的 JSON" };
                let sentence =
                    format!("这一行{what}（第 {} 个字符附近）。请补全或删除该行后重新导入", error.column());
                Err(Failure::new("broken_line", place, sentence))
            }
        }
    }

    /// Whether the object has the field.
    pub fn has(&self, name: &str) -> bool {
        self.object.contains_key(name)
    }

    /// A field by its name.
    pub fn value(&self, name: &str) -> Option<&serde_json::Value> {
        self.object.get(name)
    }

    /// A text; empty when the field is missing or null.
    ///
    /// # Errors
    /// The field holds something else.
    pub fn text(&self, name: &str) -> Result<&str, Failure> {
        match self.object.get(name) {
            None | Some(serde_json::Value::Null) => Ok(""),
            Some(serde_json::Value::String(text)) => Ok(text),
            Some(_) => Err(self.wrong(name, "应当是文字")),
        }
    }

    /// A text that must be there.
    ///
    /// # Errors
    /// The field is missing, empty or holds something else.
    pub fn required(&self, name: &str) -> Result<&str, Failure> {
        let text = self.text(name)?;
        if text.trim().is_empty() {
            let sentence = format!("缺少字段 {name}。请补上后重新导入该行");
            return Err(Failure::new("field_missing", self.place, sentence));
        }
        Ok(text)
    }

    /// The failure of a field of the wrong type.
    pub fn wrong(&self, name: &str, should_be: &str) -> Failure {
        let sentence = format!("字段 {name} 的类型不对：{should_be}。请改正后重新导入该行");
        Failure::new("field_type", self.place, sentence)
    }
}

/// Reads a line.
pub fn read_line(reader: &Reader, line: &Line) -> Parsed {
    let place = reader.place(line.number);
    match read(reader, &line.text, &place) {
        Ok(incoming) => Parsed::Record(Box::new(incoming)),
        Err(failure) => Parsed::Failed(failure),
    }
}

fn read(reader: &Reader, text: &str, place: &str) -> Result<Incoming, Failure> {
    let fields = Fields::parse(text, place)?;
    let url = fields.required("url")?.trim();
    let title = fields.text("title")?;
    let (page, body) = if fields.has("html") && !fields.has("excerpt") {
        let html = fields.text("html")?;
        (reading::read_html(url, title, html, &reader.labels), html)
    } else {
        if !fields.has("excerpt") {
            let sentence = "缺少字段 excerpt（页面文字）。请补上后重新导入该行";
            return Err(Failure::new("field_missing", place, sentence));
        }
        let excerpt = fields.text("excerpt")?;
        (reading::read_text(url, title, excerpt, &reader.labels), excerpt)
    };
    let hash = hash_of(&[url, title, body]);
    let named = Incoming {
        place: place.to_owned(),
        address: url.to_owned(),
        origin: "pages",
        content_hash: hash,
        ..Incoming::default()
    };
    Ok(with_page(named, page, reader, ""))
}

/// Fills in what was read of a page. `category` is the column in which the other system kept it.
pub fn with_page(mut incoming: Incoming, page: ReadPage, reader: &Reader, category: &str) -> Incoming {
    for doubt in &page.doubts {
        let finding = Finding::new(doubt.code(), doubt.sentence());
        if doubt.blocks() { incoming.reasons.push(finding) } else { incoming.remarks.push(finding) }
    }
    let clues = Clues {
        title: &page.title,
        category,
        genre: page.genre.as_deref().unwrap_or_default(),
        summary: page.summary.as_deref().unwrap_or_default(),
        is_numbered: page.document_number.is_some(),
    };
    incoming.content_type = reader.kinds.content_type(clues).to_owned();
    let class = disclosure_class(&page, &mut incoming);
    incoming.content = content(&page, class, reader.reference);
    if page.body.trim().is_empty() {
        say_where_the_text_is(&mut incoming);
    }
    incoming.printed = page.printed;
    remark_on_numbers(&mut incoming);
    incoming
}

/// A page of which only the head came along is a record of the catalogue all the same: its body says so and leads to
/// where the text stands.
fn say_where_the_text_is(incoming: &mut Incoming) {
    let known = "本条信息迁移时只有目录信息，没有正文。";
    let address = kit_text::html::escape(&incoming.address);
    let is_web = incoming.address.starts_with("http://") || incoming.address.starts_with("https://");
    let link = if is_web {
        format!("<p>原网页：<a href=\"{address}\">{address}</a></p>")
    } else {
        String::new()
    };
    incoming.content.body_html = kit_text::html::clean(&format!("<p>{known}</p>{link}")).into_string();
    incoming.content.body_text = kit_text::html::to_text(&incoming.content.body_html);
}

fn content(page: &ReadPage, class: &str, reference: &Reference) -> Content {
    let filled = |value: &Option<String>| value.clone().filter(|text| !text.trim().is_empty());
    let genre = page.genre.as_deref().filter(|genre| !genre.trim().is_empty());
    let known = genre.and_then(|genre| reference.genre_by_printed(genre));
    let known = known.or_else(|| genre.is_none().then(|| reference.genre_by_title(&page.title)).flatten());
    let repealed = page.repealed_on.as_ref().map(|day| format!("{day}废止"));
    Content {
        title: page.title.clone(),
        printed_index_number: filled(&page.index_number),
        document_number: filled(&page.document_number),
        issuing_organ: page.issuing_organ.clone().unwrap_or_default(),
        issuing_organ_id: None,
        written_on: filled(&page.written_on),
        published_on: filled(&page.published_on),
        in_force_on: filled(&page.in_force_on),
        expires_on: filled(&page.expires_on),
        declared_validity: filled(&page.validity).or(repealed),
        subject_category: filled(&page.subject_category).map(|printed| subject(reference, &printed)),
        genre: known.map(|genre| genre.name.clone()).or_else(|| genre.map(str::to_owned)),
        disclosure_class: class.to_owned(),
        disclosure_reason: None,
        summary: page.summary.clone().unwrap_or_default(),
        keywords: page.keywords.clone(),
        source: filled(&page.source),
        body_html: super::safe_html(&page.body),
        body_text: page.body.clone(),
    }
}

/// `class/child` where the printed subject is one of ours, else what was printed.
pub fn subject(reference: &Reference, printed: &str) -> String {
    match reference.subject_by_printed(printed) {
        Some(found) => found.path().replace('\\', "/"),
        None => printed.trim().to_owned(),
    }
}

/// What stood on a public page is disclosed proactively, unless the page itself says otherwise.
fn disclosure_class(page: &ReadPage, incoming: &mut Incoming) -> &'static str {
    let Some(printed) = page.disclosure_class.as_deref().filter(|text| !text.trim().is_empty()) else {
        return "proactive";
    };
    let class = match DisclosureClass::parse_printed(printed) {
        Some(DisclosureClass::Proactive) => return "proactive",
        Some(DisclosureClass::OnRequest) => "on_request",
        Some(DisclosureClass::Withheld) => "withheld",
        None => {
            let sentence = format!("公开属性“{printed}”不是规定的三种之一，按主动公开处理。");
            incoming.remarks.push(Finding::new("unknown_disclosure_class", sentence));
            return "proactive";
        }
    };
    let sentence = format!("页面公开属性为“{printed}”，却已在网上公开，请核对。");
    incoming.reasons.push(Finding::new("not_proactive", sentence));
    class
}

/// Proposals for numbers that are not in the official form; what was printed stays.
pub fn remark_on_numbers(incoming: &mut Incoming) {
    let all = || incoming.reasons.iter().chain(&incoming.remarks);
    let noted = |code: &str| all().any(|finding| finding.code == code);
    let mut remarks = Vec::new();
    if let Some(printed) = incoming.content.document_number.as_deref()
        && let Err(fault) = DocumentNumber::parse(printed)
        && let Some(proposal) = fault.proposal
        && !noted("irregular_number")
        && !noted("damaged_number")
    {
        let sentence = format!("文号“{printed}”不合公文格式，建议写作“{proposal}”。");
        remarks.push(Finding::new("irregular_number", sentence));
    }
    if let Some(printed) = incoming.content.printed_index_number.as_deref()
        && PrintedIndexNumber::parse(printed).is_err()
        && !noted("irregular_index")
    {
        let sentence = format!("索引号“{printed}”不是已知形式，按原样保留。");
        remarks.push(Finding::new("irregular_index", sentence));
    }
    incoming.remarks.extend(remarks);
}
