//! Gives the plain text of a document the structure its signs announce: chapters and numbered headings, tables, lists.
//! It escapes every character, adds no words, and takes no heading out of a running paragraph.

use super::lines::strip_bullet;

/// A heading is shorter than this; a numbered paragraph is longer.
const HEADING: usize = 40;

/// Structured HTML (h2, h3, p, ul, table) of a text with one paragraph or table row a line.
pub fn text_to_html(body: &str) -> String {
    let lines: Vec<&str> = body.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut out = String::with_capacity(body.len() * 5 / 4);
    let mut at = 0;
    while at < lines.len() {
        let rows = lines[at..].iter().take_while(|line| is_row(line)).count();
        let items = lines[at..].iter().take_while(|line| is_item(line)).count();
        if rows > 0 {
            write_table(&mut out, &lines[at..at + rows]);
        } else if items > 0 {
            write_list(&mut out, &lines[at..at + items]);
        } else {
            write_line(&mut out, lines[at]);
        }
        at += rows.max(items).max(1);
    }
    out
}

fn write_line(out: &mut String, line: &str) {
    let (tag, text) = match heading_level(line) {
        Some(2) => ("h2", line.trim_start_matches('#').trim()),
        Some(_) => ("h3", line.trim_start_matches('#').trim()),
        None => ("p", line),
    };
    element(out, tag, "", text);
    out.push('\n');
}

fn element(out: &mut String, tag: &str, attributes: &str, text: &str) {
    out.push('<');
    out.push_str(tag);
    out.push_str(attributes);
    out.push('>');
    escape(out, text);
    out.push_str("</");
    out.push_str(tag);
    out.push('>');
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Not allowed in HTML; they come from damaged files.
            c if c.is_control() && c != '\t' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

/// 2 for 一、 and 第一章 and `##`, 3 for （一） and 第一节 and `###`; none for paragraphs that merely begin so.
fn heading_level(line: &str) -> Option<u8> {
    if let Some(rest) = line.strip_prefix('#') {
        let depth = 1 + rest.chars().take_while(|c| *c == '#').count();
        let marked = line[depth..].starts_with(' ') && depth <= 6;
        return marked.then_some(if depth <= 2 { 2 } else { 3 });
    }
    let count = line.chars().count();
    let level = numbered_level(line)?;
    let bare = line.trim_end_matches(['。', '．', '.']);
    let one_clause = !bare.contains(['。', '；', ';', '！', '？'])
        && !line.ends_with(['；', ';', '，', ',', '：', ':', '、']);
    // （一）指导思想。 is a heading; 一、某事由某机关负责，… is a paragraph.
    let ends_as_sentence = line.ends_with('。') && (count > 20 || bare.contains(['，', ',']));
    (count <= HEADING && one_clause && !ends_as_sentence).then_some(level)
}

fn numbered_level(line: &str) -> Option<u8> {
    let numeral = |c: char| "一二三四五六七八九十百零〇".contains(c);
    let rest = line.trim_start_matches(numeral);
    if rest.len() < line.len() && rest.starts_with(['、', '．']) {
        return Some(2);
    }
    if let Some(inner) = line.strip_prefix(['（', '(']) {
        let rest = inner.trim_start_matches(numeral);
        return (rest.len() < inner.len() && rest.starts_with(['）', ')'])).then_some(3);
    }
    let inner = line.strip_prefix('第')?;
    let rest = inner.trim_start_matches(|c: char| numeral(c) || c.is_ascii_digit());
    match rest.chars().next() {
        Some('章' | '编') if rest.len() < inner.len() => Some(2),
        Some('节') if rest.len() < inner.len() => Some(3),
        _ => None,
    }
}

fn is_row(line: &str) -> bool {
    let bars = line.matches(['|', '｜']).count();
    line.contains('|') && (line.ends_with('|') || line.starts_with('|') || bars >= 2)
}

fn is_item(line: &str) -> bool {
    strip_bullet(line).len() < line.len() && !strip_bullet(line).is_empty()
}

fn write_list(out: &mut String, lines: &[&str]) {
    out.push_str("<ul>\n");
    for line in lines {
        element(out, "li", "", strip_bullet(line));
        out.push('\n');
    }
    out.push_str("</ul>\n");
}

/// Rows become equally wide: empty cells at the end of all rows go, missing ones are added.
fn write_table(out: &mut String, lines: &[&str]) {
    let mut rows: Vec<Vec<&str>> = lines.iter().map(|line| cells(line)).collect();
    rows.retain(|row| !row.is_empty());
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    if width == 0 {
        return;
    }
    let head = rows.len() > 1 && rows[0].iter().all(|cell| !cell.is_empty());
    out.push_str("<table>\n");
    for (at, row) in rows.iter().enumerate() {
        if at == 0 && head {
            out.push_str("<thead>\n");
        }
        write_row(out, row, width, at == 0 && head);
        if at == 0 {
            out.push_str(if head { "</thead>\n<tbody>\n" } else { "" });
        }
        if at == 0 && !head {
            continue;
        }
    }
    out.push_str(if head { "</tbody>\n</table>\n" } else { "</table>\n" });
}

fn write_row(out: &mut String, row: &[&str], width: usize, head: bool) {
    out.push_str("<tr>");
    for column in 0..width {
        let text = row.get(column).copied().unwrap_or("");
        let names_row =
            column == 0 && width > 1 && !text.is_empty() && text.chars().any(super::numbers::is_han);
        match (head, names_row) {
            (true, _) => element(out, "th", " scope=\"col\"", text),
            (false, true) => element(out, "th", " scope=\"row\"", text),
            (false, false) => element(out, "td", "", text),
        }
    }
    out.push_str("</tr>\n");
}

/// The cells of a row without the bars around it and without empty cells at its end.
fn cells(line: &str) -> Vec<&str> {
    let inner = line.strip_prefix('|').unwrap_or(line);
    let mut cells: Vec<&str> = inner.split('|').map(str::trim).collect();
    while cells.last().is_some_and(|cell| cell.is_empty()) {
        cells.pop();
    }
    cells
}
