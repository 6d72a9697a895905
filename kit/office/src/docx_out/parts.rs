//! The package around the text: styles, settings, header and footers, properties, and what belongs to what.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::body::{body, hex, section, twips};
use super::{Align, CoreProperties, Document, Page, PictureFormat, Role, Style};
use crate::OfficeError;
use crate::xml::escape_into;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

type Package = ZipWriter<Cursor<Vec<u8>>>;

/// Writes the document.
///
/// # Errors
/// [`OfficeError::TooLarge`] where the format's sizes end.
pub fn write(document: &Document) -> Result<Vec<u8>, OfficeError> {
    let has_header = !document.page.running.is_empty();
    let line = style_of(document, Role::Body).and_then(|style| style.line);
    let body = body(document, &section(&document.page, line, has_header));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    put(&mut zip, "[Content_Types].xml", content_types(has_header).as_bytes())?;
    put(&mut zip, "_rels/.rels", package_relations().as_bytes())?;
    put(&mut zip, "docProps/core.xml", core(&document.properties).as_bytes())?;
    put(&mut zip, "word/document.xml", main_part(&body.xml).as_bytes())?;
    put(&mut zip, "word/_rels/document.xml.rels", relations(&body.pictures, has_header).as_bytes())?;
    put(&mut zip, "word/styles.xml", styles(document).as_bytes())?;
    put(&mut zip, "word/settings.xml", settings().as_bytes())?;
    if has_header {
        put(&mut zip, "word/header.xml", header(&document.page).as_bytes())?;
    }
    put(&mut zip, "word/footer_odd.xml", footer(&document.page, Align::Right).as_bytes())?;
    put(&mut zip, "word/footer_even.xml", footer(&document.page, Align::Left).as_bytes())?;
    for (at, (bytes, format)) in body.pictures.iter().enumerate() {
        put(&mut zip, &format!("word/media/picture{}.{}", at + 1, format.ending()), bytes)?;
    }
    Ok(zip.finish().map_err(too_large)?.into_inner())
}

fn put(zip: &mut Package, name: &str, content: &[u8]) -> Result<(), OfficeError> {
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file(name, options).map_err(too_large)?;
    zip.write_all(content).map_err(too_large)
}

/// Writing into memory fails only where the format's sizes end.
fn too_large<E>(_: E) -> OfficeError {
    OfficeError::TooLarge { what: "文件", limit: u64::from(u32::MAX) }
}

fn style_of(document: &Document, role: Role) -> Option<&Style> {
    document.styles.iter().find(|(of, _)| *of == role).map(|(_, style)| style)
}

fn main_part(body: &str) -> String {
    format!(
        "{DECLARATION}<w:document xmlns:w=\"{MAIN}\" xmlns:r=\"{OFFICE}\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>{body}</w:body></w:document>"
    )
}

fn styles(document: &Document) -> String {
    let mut xml = format!(
        "{DECLARATION}<w:styles xmlns:w=\"{MAIN}\"><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    );
    let roles = [
        Role::Body,
        Role::Title,
        Role::Subtitle,
        Role::Heading(1),
        Role::Heading(2),
        Role::Heading(3),
        Role::Caption,
        Role::Note,
        Role::Cell,
        Role::CellHead,
        Role::Picture,
        Role::Running,
    ];
    for role in roles {
        style(&mut xml, role, style_of(document, role));
    }
    xml.push_str(
        "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/>\
         <w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/></w:tblPr></w:style></w:styles>",
    );
    xml
}

fn style(xml: &mut String, role: Role, look: Option<&Style>) {
    let (id, name) = role.style();
    let default = if role == Role::Body { " w:default=\"1\"" } else { "" };
    _ = write!(xml, "<w:style w:type=\"paragraph\"{default} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>");
    if role != Role::Body {
        xml.push_str("<w:basedOn w:val=\"Normal\"/>");
    }
    if matches!(role, Role::Title | Role::Subtitle | Role::Heading(_)) {
        xml.push_str("<w:next w:val=\"Normal\"/>");
    }
    xml.push_str("<w:qFormat/>");
    if let Some(look) = look {
        paragraph_look(xml, role, look);
        letters(xml, look);
    }
    xml.push_str("</w:style>");
}

fn paragraph_look(xml: &mut String, role: Role, look: &Style) {
    xml.push_str("<w:pPr>");
    if matches!(role, Role::Title | Role::Heading(_)) {
        xml.push_str("<w:keepNext/>");
    }
    // A line that stands alone at the edge of a page would change the number of lines on it, and an address that may not
    // be divided pulls the line before it apart. Stops may hang over the edge, which is how Word does it anyway; LibreOffice
    // takes the switch the other way round, and without it loses the stops of even lines.
    xml.push_str("<w:widowControl w:val=\"0\"/><w:wordWrap w:val=\"0\"/><w:overflowPunct w:val=\"1\"/><w:snapToGrid w:val=\"0\"/>");
    let (before, after) = (twips(look.space.0), twips(look.space.1));
    let line = match look.line {
        Some(points) => format!("w:line=\"{}\" w:lineRule=\"exact\"", twips(points)),
        None => "w:line=\"240\" w:lineRule=\"auto\"".to_owned(),
    };
    _ = write!(xml, "<w:spacing w:before=\"{before}\" w:after=\"{after}\" {line}/>");
    let (chars, first) = ((look.first_line * 100.0).round(), twips(look.first_line * look.size));
    _ = write!(xml, "<w:ind w:firstLineChars=\"{chars}\" w:firstLine=\"{first}\"/>");
    _ = write!(xml, "<w:jc w:val=\"{}\"/>", look.align.name());
    if let Role::Heading(level) = role {
        _ = write!(xml, "<w:outlineLvl w:val=\"{}\"/>", level.clamp(1, 3) - 1);
    }
    xml.push_str("</w:pPr>");
}

fn letters(xml: &mut String, look: &Style) {
    let (mut east_asian, mut latin) = (String::new(), String::new());
    escape_into(&mut east_asian, &look.east_asian);
    escape_into(&mut latin, &look.latin);
    _ = write!(
        xml,
        "<w:rPr><w:rFonts w:ascii=\"{latin}\" w:hAnsi=\"{latin}\" w:eastAsia=\"{east_asian}\" w:cs=\"{latin}\" w:hint=\"eastAsia\"/>"
    );
    _ = write!(xml, "<w:b w:val=\"{0}\"/><w:bCs w:val=\"{0}\"/>", u8::from(look.bold));
    if let Some(colour) = look.colour {
        _ = write!(xml, "<w:color w:val=\"{}\"/>", hex(colour));
    }
    _ = write!(xml, "<w:spacing w:val=\"{}\"/>", twips(look.tracking));
    let halves = (look.size * 2.0).round();
    _ = write!(xml, "<w:sz w:val=\"{halves}\"/><w:szCs w:val=\"{halves}\"/></w:rPr>");
}

fn settings() -> String {
    format!(
        "{DECLARATION}<w:settings xmlns:w=\"{MAIN}\"><w:mirrorMargins/><w:evenAndOddHeaders/>\
         <w:characterSpacingControl w:val=\"compressPunctuation\"/>\
         <w:compat><w:useFELayout/><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:settings>"
    )
}

fn header(page: &Page) -> String {
    let mut words = String::new();
    escape_into(&mut words, &page.running);
    format!(
        "{DECLARATION}<w:hdr xmlns:w=\"{MAIN}\"><w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:jc w:val=\"right\"/></w:pPr>\
         <w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p></w:hdr>"
    )
}

/// The number of the page a character away from the outer edge.
fn footer(page: &Page, align: Align) -> String {
    let (mut before, mut after) = (String::new(), String::new());
    escape_into(&mut before, &page.number_between.0);
    escape_into(&mut after, &page.number_between.1);
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    format!(
        "{DECLARATION}<w:ftr xmlns:w=\"{MAIN}\"><w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:ind w:leftChars=\"100\" w:rightChars=\"100\"/>\
         <w:jc w:val=\"{}\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{before}</w:t></w:r>{}\
         <w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>{}<w:r><w:t>1</w:t></w:r>{}\
         <w:r><w:t xml:space=\"preserve\">{after}</w:t></w:r></w:p></w:ftr>",
        align.name(),
        field("begin"),
        field("separate"),
        field("end")
    )
}

fn core(properties: &CoreProperties) -> String {
    let mut xml = format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
    );
    let keywords = properties.keywords.join("，");
    let texts = [
        ("dc:title", properties.title.as_str()),
        ("dc:subject", &properties.subject),
        ("dc:creator", &properties.author),
        ("cp:lastModifiedBy", &properties.author),
        ("cp:keywords", &keywords),
        ("dc:language", "zh-CN"),
    ];
    for (name, value) in texts.into_iter().filter(|(_, value)| !value.is_empty()) {
        _ = write!(xml, "<{name}>");
        escape_into(&mut xml, value);
        _ = write!(xml, "</{name}>");
    }
    if !properties.created.is_empty() {
        for name in ["dcterms:created", "dcterms:modified"] {
            _ = write!(xml, "<{name} xsi:type=\"dcterms:W3CDTF\">");
            escape_into(&mut xml, &properties.created);
            _ = write!(xml, "</{name}>");
        }
    }
    xml.push_str("</cp:coreProperties>");
    xml
}

fn content_types(has_header: bool) -> String {
    let part = |name: &str, kind: &str| {
        format!("<Override PartName=\"/word/{name}.xml\" ContentType=\"{KIND}.{kind}+xml\"/>")
    };
    let header = if has_header { part("header", "header") } else { String::new() };
    format!(
        "{DECLARATION}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>\
         <Default Extension=\"jpeg\" ContentType=\"image/jpeg\"/>{}{}{}{header}{}{}\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>",
        part("document", "document.main"),
        part("styles", "styles"),
        part("settings", "settings"),
        part("footer_odd", "footer"),
        part("footer_even", "footer"),
    )
}

fn package_relations() -> String {
    format!(
        "{DECLARATION}<Relationships xmlns=\"{RELATIONSHIPS}\">\
         <Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{RELATIONSHIPS}/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>"
    )
}

fn relations(pictures: &[(&[u8], PictureFormat)], has_header: bool) -> String {
    let mut xml = format!("{DECLARATION}<Relationships xmlns=\"{RELATIONSHIPS}\">");
    let mut relate = |id: &str, kind: &str, target: &str| {
        _ = write!(xml, "<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>");
    };
    relate("rIdStyles", "styles", "styles.xml");
    relate("rIdSettings", "settings", "settings.xml");
    if has_header {
        relate("rIdHeader", "header", "header.xml");
    }
    relate("rIdFooterOdd", "footer", "footer_odd.xml");
    relate("rIdFooterEven", "footer", "footer_even.xml");
    for (at, (_, format)) in pictures.iter().enumerate() {
        let n = at + 1;
        relate(&format!("rIdPicture{n}"), "image", &format!("media/picture{n}.{}", format.ending()));
    }
    xml.push_str("</Relationships>");
    xml
}
