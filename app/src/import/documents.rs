//! Archives of documents, a JSON object a line: lists of a site's documents, laws with their history, pages with their
//! HTML. What a line is, is told by its fields, never by the file's name. Bodies are taken as they are; nothing is
//! fetched for records that have only an attachment.

use kit_text::lines::Line;
use rules::numbering::DocumentNumber;

use super::{
    Failure, Finding, Incoming,
    cells::unflatten,
    hash_of,
    kinds::Clues,
    pages::{Fields, Reader, subject, with_page},
    pipeline::Parsed,
    reading,
};
use crate::document::Content;

/// What a line is.
enum Shape {
    /// Title, date, category, validity, attachments, body.
    Listed,
    /// Title, category, version date, history, body with `##` headings.
    Law,
    /// Address, title, HTML.
    Page,
    /// One article of a law: no record of its own.
    Article,
    /// A row of column headings in the middle of the data.
    Headings,
    Unknown,
}

/// Reads a line.
pub fn read_line(reader: &Reader, line: &Line) -> Parsed {
    let place = reader.place(line.number);
    let fields = match Fields::parse(&line.text, &place) {
        Ok(fields) => fields,
        Err(failure) => return Parsed::Failed(failure),
    };
    let named = Incoming {
        place: place.clone(),
        origin: "docs",
        content_hash: hash_of(&[&line.text]),
        repeats_are_expected: true,
        ..Incoming::default()
    };
    let read = match shape(&fields) {
        Shape::Listed => listed(reader, &fields, named),
        Shape::Law => law(reader, &fields, named),
        Shape::Page => page(reader, &fields, named),
        Shape::Headings => {
            let sentence = "这一行是重复的表头，不是记录，已跳过";
            return Parsed::Skipped(Failure::new("repeated_headings", &place, sentence));
        }
        Shape::Article => {
            let sentence = "这个文件的每一行是法规的一条（第…条），不是完整的文件。请导入含全文的文件";
            return Parsed::Stop(Failure::new("articles_only", &place, sentence));
        }
        Shape::Unknown => {
            let sentence = "认不出这一行是什么：需要 title 和 body，或 url 和 html。请对照手册调整字段名";
            return Parsed::Failed(Failure::new("unknown_shape", &place, sentence));
        }
    };
    match read {
        Ok(incoming) => Parsed::Record(Box::new(incoming)),
        Err(failure) => Parsed::Failed(failure),
    }
}

fn shape(fields: &Fields<'_>) -> Shape {
    if fields.has("html") {
        Shape::Page
    } else if fields.has("doc") && fields.has("no") && fields.has("text") {
        Shape::Article
    } else if !fields.has("body") || !fields.has("title") {
        Shape::Unknown
    } else if fields.has("history") || fields.has("version_date") {
        Shape::Law
    } else if is_headings(fields) {
        Shape::Headings
    } else {
        Shape::Listed
    }
}

/// A spreadsheet's headings where its data should be: the words of the columns, no date, no address.
fn is_headings(fields: &Fields<'_>) -> bool {
    let text = |name: &str| fields.text(name).unwrap_or_default().trim();
    matches!(text("title"), "标题" | "名称" | "题名") && matches!(text("body"), "内容" | "正文" | "全文")
}

/// The address, else a name made of the record's id or, in the last resort, of its content.
fn address(fields: &Fields<'_>, hash: &str) -> Result<String, Failure> {
    let url = fields.text("url")?.trim();
    if url.starts_with("http://") || url.starts_with("https://") {
        return Ok(url.to_owned());
    }
    let id = fields.text("id")?.trim();
    Ok(if id.is_empty() { format!("urn:sha256:{hash}") } else { format!("urn:archive:{id}") })
}

/// What the archive says of the record, under its own field names, as given.
fn printed(fields: &Fields<'_>, names: &[&str]) -> Vec<(String, String)> {
    let value = |name: &&str| {
        let text = match fields.value(name)? {
            serde_json::Value::Null => return None,
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        Some(((*name).to_owned(), text))
    };
    names.iter().filter_map(value).collect()
}

fn listed(reader: &Reader, fields: &Fields<'_>, mut named: Incoming) -> Result<Incoming, Failure> {
    named.address = address(fields, &named.content_hash)?;
    named.printed =
        printed(fields, &["date_as_given", "category", "validity", "attachments", "summary", "site"]);
    let title = fields.required("title")?.trim();
    let (category, summary) = (fields.text("category")?.trim(), fields.text("summary")?.trim());
    let text = unflatten(fields.text("body")?);
    let day = civil_date(fields.text("date_as_given")?);
    let number = leading_number(&text);
    let clues = Clues { title, category, summary, is_numbered: number.is_some(), genre: "" };
    named.content_type = reader.kinds.content_type(clues).to_owned();
    let written_on = civil_date(summary);
    let known_subject = reader.reference.subject_by_printed(category).is_some();
    named.content = Content {
        title: title.to_owned(),
        document_number: number,
        issuing_organ: organ_in_title(title).unwrap_or_default(),
        published_on: day.or_else(|| written_on.clone()),
        written_on,
        in_force_on: in_force_on(summary),
        declared_validity: Some(fields.text("validity")?.trim().to_owned()).filter(|text| !text.is_empty()),
        subject_category: known_subject.then(|| subject(reader.reference, category)),
        genre: reader.reference.genre_by_title(title).map(|genre| genre.name.clone()),
        disclosure_class: "proactive".to_owned(),
        summary: summary.to_owned(),
        ..Content::default()
    };
    let links = attachment_links(fields.text("attachments")?);
    if is_nearly_empty(&text) {
        let sentence = "原页没有正文，正文位置列出了已知的标题、类别和附件地址。";
        named.remarks.push(Finding::new("no_body", sentence));
    }
    set_body(&mut named.content, &text, category, &links);
    Ok(named)
}

/// Less than a sentence of its own: the document itself was an attachment or a picture.
fn is_nearly_empty(text: &str) -> bool {
    text.chars().filter(|c| !c.is_whitespace()).count() < 30
}

fn set_body(content: &mut Content, text: &str, category: &str, links: &[String]) {
    let mut html = super::safe_html(text);
    let mut plain = text.to_owned();
    let mut add = |line: &str, markup: &str| {
        if !plain.is_empty() {
            plain.push('\n');
        }
        plain.push_str(line);
        if !html.is_empty() {
            html.push('\n');
        }
        html.push_str(markup);
    };
    if is_nearly_empty(text) {
        let about = if category.is_empty() { String::new() } else { format!("（{category}）") };
        let line =
            format!("本条信息在原网站以附件或图片形式发布，未提供正文文字：《{}》{about}。", content.title);
        add(&line, &format!("<p>{}</p>", kit_text::html::escape(&line)));
    }
    for link in links {
        let line = format!("原附件：{link}");
        let escaped = kit_text::html::escape(link);
        let name = kit_text::html::escape(link.rsplit('/').next().unwrap_or(link));
        let markup = format!("<p>原附件：<a href=\"{escaped}\" rel=\"noopener noreferrer\">{name}</a></p>");
        add(&line, &markup);
    }
    content.body_html = if links.is_empty() { html } else { kit_text::html::clean(&html).into_string() };
    content.body_text = plain;
}

/// Addresses separated by semicolons; one that was pasted behind a site's own address is taken from its last scheme.
fn attachment_links(given: &str) -> Vec<String> {
    let whole = |part: &str| part.rfind("http").map(|at| part[at..].trim().to_owned());
    given.split([';', '；', '\n']).filter_map(whole).collect()
}

fn law(reader: &Reader, fields: &Fields<'_>, mut named: Incoming) -> Result<Incoming, Failure> {
    named.address = address(fields, &named.content_hash)?;
    named.printed = printed(fields, &["category", "region", "version_date", "history"]);
    let title = fields.required("title")?.trim();
    let category = fields.text("category")?.trim();
    let history = history(fields)?;
    let summary = history.join("；");
    let version = civil_date(fields.text("version_date")?);
    let version = version.or_else(|| history.iter().rev().find_map(|entry| civil_date(entry)));
    let text = fields.text("body")?.trim();
    // Whatever such a library holds stands among the laws, its odd pieces too.
    let shelf = format!("法律法规/{category}");
    named.content_type = reader.kinds.content_type(Clues { category: &shelf, ..Clues::default() }).to_owned();
    named.content = Content {
        title: title.to_owned(),
        written_on: version.clone(),
        published_on: version,
        in_force_on: history.iter().rev().find_map(|entry| in_force_on(entry)),
        disclosure_class: "proactive".to_owned(),
        summary,
        ..Content::default()
    };
    if text.is_empty() {
        let sentence = "来源没有正文，正文位置列出了已知的标题、类别和沿革。";
        named.remarks.push(Finding::new("no_body", sentence));
        let lines = [format!("来源未提供《{title}》的正文（{category}）。"), named.content.summary.clone()];
        let body = lines.join("\n");
        named.content.body_html = super::safe_html(&body);
        named.content.body_text = body;
    } else {
        named.content.body_html = super::safe_html(text);
        named.content.body_text = text.lines().map(without_mark).collect::<Vec<_>>().join("\n");
    }
    Ok(named)
}

/// A heading without the `##` before it.
fn without_mark(line: &str) -> &str {
    let bare = line.trim_start_matches('#');
    if bare.len() < line.len() && bare.starts_with(' ') { bare.trim() } else { line }
}

fn history(fields: &Fields<'_>) -> Result<Vec<String>, Failure> {
    match fields.value("history") {
        None | Some(serde_json::Value::Null) => Ok(Vec::new()),
        Some(serde_json::Value::Array(entries)) => {
            let text = |entry: &serde_json::Value| entry.as_str().map(|text| text.trim().to_owned());
            entries
                .iter()
                .map(text)
                .collect::<Option<_>>()
                .ok_or_else(|| fields.wrong("history", "应当是文字的列表"))
        }
        Some(_) => Err(fields.wrong("history", "应当是文字的列表")),
    }
}

fn page(reader: &Reader, fields: &Fields<'_>, mut named: Incoming) -> Result<Incoming, Failure> {
    named.address = address(fields, &named.content_hash)?;
    let page =
        reading::read_html(&named.address, fields.text("title")?, fields.text("html")?, &reader.labels);
    let mut incoming = with_page(named, page, reader, "政务");
    compare_database(fields, &mut incoming);
    Ok(incoming)
}

/// A database beside the page may say something else: the page is what citizens saw, so it holds.
fn compare_database(fields: &Fields<'_>, incoming: &mut Incoming) {
    let Some(serde_json::Value::Object(database)) = fields.value("db_fields") else { return };
    let content = &incoming.content;
    let own = [
        ("index_number", "索引号", &content.printed_index_number),
        ("release_office", "发文机关", &Some(content.issuing_organ.clone())),
        ("release_number", "发文字号", &content.document_number),
        ("written_time", "成文日期", &content.written_on),
        ("release_time", "发布日期", &content.published_on),
    ];
    let mut remarks = Vec::new();
    for (name, label, printed) in own {
        let given = database.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().trim();
        let given =
            if name.ends_with("_time") { civil_date(given).unwrap_or_default() } else { given.to_owned() };
        let printed = printed.as_deref().unwrap_or_default();
        if !given.is_empty() && given != "null" && given != printed {
            let sentence = format!("{label}：页面印“{printed}”，来源数据库记“{given}”，以页面为准。");
            remarks.push(Finding::new("database_differs", sentence));
        }
    }
    incoming.remarks.extend(remarks);
}

/// `人社厅发〔2022〕50号` with which a body begins.
fn leading_number(text: &str) -> Option<String> {
    let start = text.trim_start();
    let end = start.find('号')? + '号'.len_utf8();
    let candidate = &start[..end];
    (candidate.chars().count() <= 24 && DocumentNumber::parse(candidate).is_ok())
        .then(|| candidate.to_owned())
}

/// The organ with whose name a title begins: 某某人民政府办公厅关于….
fn organ_in_title(title: &str) -> Option<String> {
    let (before, _) = title.split_once("关于")?;
    let endings = ["政府", "办公厅", "办公室", "厅", "局", "委员会", "法院", "检察院", "部", "委"];
    let plain = !before.contains(['《', '（', ' ', '、', '，']) && (4..=24).contains(&before.chars().count());
    (plain && endings.iter().any(|ending| before.ends_with(ending))).then(|| before.to_owned())
}

/// The first date of a text, written 2020-01-02, 2020年1月2日, 2020/1/2 or 2020.1.2.
pub fn civil_date(text: &str) -> Option<String> {
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        rest = &rest[at..];
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        if length == 4
            && let Some(day) = date_at(rest)
        {
            return Some(day.to_string());
        }
        rest = &rest[length..];
    }
    None
}

fn date_at(text: &str) -> Option<jiff::civil::Date> {
    let mut parts = text.splitn(3, ['年', '月', '-', '/', '.']);
    let number = |part: &str| -> Option<i16> {
        let part = part.trim();
        let length = part.bytes().take_while(u8::is_ascii_digit).count();
        part[..length].parse().ok()
    };
    let (year, month, day) = (number(parts.next()?)?, number(parts.next()?)?, number(parts.next()?)?);
    jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// 自2024年1月1日起施行, or a date followed by 施行.
fn in_force_on(text: &str) -> Option<String> {
    let before = &text[..text.rfind("施行")?];
    let at = before.rfind('年')?;
    let digits = before[..at].char_indices().rev().take_while(|(_, c)| c.is_ascii_digit()).last()?.0;
    let near = before[at..].chars().count() <= 12;
    near.then(|| civil_date(&before[digits..])).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_found_in_the_forms_of_archives() {
        for (text, expected) in [
            (" 2009-06-15", Some("2009-06-15")),
            ("2022-09-21 09:23:00", Some("2022-09-21")),
            ("2018年1月2日", Some("2018-01-02")),
            ("(2001年9月25日河北省人民政府令〔2001〕第15号公布", Some("2001-09-25")),
            ("2018-13-40", None),
            ("", None),
        ] {
            assert_eq!(civil_date(text).as_deref(), expected, "{text}");
        }
        assert_eq!(in_force_on("公布，自2024年1月1日起施行)").as_deref(), Some("2024-01-01"));
        assert_eq!(in_force_on("2021年1月1日 施行").as_deref(), Some("2021-01-01"));
        assert_eq!(in_force_on("1998年6月10日 国务院令第245号发布"), None);
    }

    #[test]
    fn a_number_is_taken_only_from_the_very_start() {
        assert_eq!(
            leading_number("人社厅发〔2022〕50号为进一步落实").as_deref(),
            Some("人社厅发〔2022〕50号")
        );
        assert_eq!(leading_number("为落实《通知》（人社部发〔2022〕31号）要求"), None);
    }

    #[test]
    fn the_organ_of_a_title_is_taken_where_the_title_begins_with_one() {
        assert_eq!(
            organ_in_title("河北省人民政府办公厅关于印发某办法的通知").as_deref(),
            Some("河北省人民政府办公厅")
        );
        assert_eq!(organ_in_title("关于印发某办法的通知"), None);
        assert_eq!(organ_in_title("某县加强关于安全的通知"), None);
    }

    #[test]
    fn addresses_of_attachments_are_split_and_cut_from_what_was_pasted_before_them() {
        let given = "https://a.gov.cnhttps://b.gov.cn/x.doc;http://c.gov.cn/y.docx;";
        assert_eq!(attachment_links(given), ["https://b.gov.cn/x.doc", "http://c.gov.cn/y.docx"]);
    }
}
