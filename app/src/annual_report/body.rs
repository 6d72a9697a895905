//! The body of the record as which a report is published: plain HTML and text from the document, for the catalogue, search
//! and readers without the report's own page.

use kit_text::html::escape;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{
    document::{Block, ReportDocument, ReportTable, Span},
    form::chart,
    picture::{self, ShownPicture},
};

fn span_text(span: &Span) -> &str {
    match span {
        Span::Text(text) | Span::Figure { text, .. } => text,
    }
}

/// The body as HTML.
pub fn html(document: &ReportDocument) -> String {
    let mut html = String::new();
    let pictures = picture::shown(document);
    let push_html = |html: &mut String, block: &Block| push_html(html, block, &pictures);
    document.introduction.iter().for_each(|block| push_html(&mut html, block));
    for part in &document.parts {
        html.push_str(&format!("<h2>{}</h2>", escape(&part.heading)));
        part.blocks.iter().for_each(|block| push_html(&mut html, block));
    }
    if !document.annex.is_empty() {
        html.push_str("<h2>附件</h2>");
        document.annex.iter().for_each(|block| push_html(&mut html, block));
    }
    html
}

fn push_html(html: &mut String, block: &Block, pictures: &[ShownPicture<'_>]) {
    match block {
        Block::Heading { text } => html.push_str(&format!("<h3>{}</h3>", escape(text))),
        Block::Paragraph { spans } => {
            let text: String = spans.iter().map(span_text).collect();
            html.push_str(&format!("<p>{}</p>", escape(&text)));
        }
        Block::Table(table) => push_table(html, table),
        Block::Chart(drawn) => push_table(html, &chart::table(drawn)),
        Block::Picture { caption, sha256, .. } => {
            let file = pictures.iter().find(|shown| shown.sha256 == sha256).map(ShownPicture::file_name);
            push_picture(html, caption, &file.unwrap_or_default());
        }
    }
}

/// The picture by the name of its file among those of the record, as every body names its pictures.
fn push_picture(html: &mut String, caption: &str, file: &str) {
    let (caption, src) = (escape(caption), utf8_percent_encode(file, NON_ALPHANUMERIC));
    html.push_str(&format!(
        "<figure><img src=\"{src}\" alt=\"{caption}\"><figcaption>{caption}</figcaption></figure>"
    ));
}

fn push_table(html: &mut String, table: &ReportTable) {
    html.push_str(&format!("<table><caption>{}</caption><thead><tr>", escape(&table.caption)));
    for head in &table.head {
        html.push_str(&format!("<th scope=\"col\">{}</th>", escape(head)));
    }
    html.push_str("</tr></thead><tbody>");
    for row in &table.rows {
        html.push_str("<tr>");
        for cell in row {
            html.push_str(&format!("<td>{}</td>", escape(&cell.text)));
        }
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table>");
    if !table.note.is_empty() {
        html.push_str(&format!("<p>{}</p>", escape(&table.note)));
    }
}

/// The body as text, a block a line.
pub fn text(document: &ReportDocument) -> String {
    let parts = document.parts.iter();
    let blocks =
        parts.flat_map(|part| std::iter::once(part.heading.clone()).chain(part.blocks.iter().map(line)));
    let lines: Vec<String> =
        document.introduction.iter().map(line).chain(blocks).chain(document.annex.iter().map(line)).collect();
    lines.join("\n")
}

fn line(block: &Block) -> String {
    match block {
        Block::Heading { text } => text.clone(),
        Block::Paragraph { spans } => spans.iter().map(span_text).collect(),
        Block::Table(table) => {
            let rows = table
                .rows
                .iter()
                .map(|row| row.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" "));
            std::iter::once(table.caption.clone()).chain(rows).collect::<Vec<_>>().join("\n")
        }
        Block::Chart(chart) => format!("{} {}", chart.caption, chart.takeaway),
        Block::Picture { caption, .. } => caption.clone(),
    }
}
