//! The prose of a report: text with live references. `{{figure:website}}` is a figure's value, `{{word:year}}` a word of
//! the site or the year; `{{table:channels}}`, `{{chart:key_areas}}` and `{{picture:p1}}` stand alone on their line;
//! `## …` is a heading and an empty line ends a paragraph. What it reads here is resolved nowhere else.

/// What a text consists of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A heading inside a part.
    Heading(Vec<Run>),
    /// A paragraph.
    Paragraph(Vec<Run>),
    /// A table by its code.
    Table(String),
    /// A diagram by its code.
    Chart(String),
    /// A picture by its code.
    Picture(String),
}

/// A run of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// Text as written.
    Text(String),
    /// A figure by its code.
    Figure(String),
    /// A word by its code.
    Word(String),
    /// A reference that is none of these, as written.
    Broken(String),
}

/// Reads a text.
pub fn read(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().chain([""]) {
        let line = line.trim();
        let alone = standing_alone(line);
        let heading = line.strip_prefix("##").map(str::trim);
        if (line.is_empty() || alone.is_some() || heading.is_some()) && !lines.is_empty() {
            pieces.push(Piece::Paragraph(runs(&lines.concat())));
            lines.clear();
        }
        match (alone, heading) {
            (Some(piece), _) => pieces.push(piece),
            (None, Some(heading)) => pieces.push(Piece::Heading(runs(heading))),
            (None, None) if !line.is_empty() => lines.push(line),
            (None, None) => {}
        }
    }
    pieces
}

fn standing_alone(line: &str) -> Option<Piece> {
    let inside = line.strip_prefix("{{")?.strip_suffix("}}")?;
    let (kind, code) = inside.split_once(':')?;
    match kind.trim() {
        "table" => Some(Piece::Table(code.trim().to_owned())),
        "chart" => Some(Piece::Chart(code.trim().to_owned())),
        "picture" => Some(Piece::Picture(code.trim().to_owned())),
        _ => None,
    }
}

/// Reads one line.
pub fn runs(line: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((inside, after)) = after.split_once("}}") else { break };
        push_text(&mut runs, before);
        runs.push(reference(inside));
        rest = after;
    }
    push_text(&mut runs, rest);
    runs
}

fn push_text(runs: &mut Vec<Run>, text: &str) {
    if !text.is_empty() {
        runs.push(Run::Text(text.to_owned()));
    }
}

fn reference(inside: &str) -> Run {
    match inside.split_once(':').map(|(kind, code)| (kind.trim(), code.trim())) {
        Some(("figure", code)) => Run::Figure(code.to_owned()),
        Some(("word", code)) => Run::Word(code.to_owned()),
        _ => Run::Broken(format!("{{{{{inside}}}}}")),
    }
}

/// The text without its references: what somebody typed.
pub fn typed(text: &str) -> String {
    let mut typed = String::new();
    for piece in read(text) {
        if let Piece::Heading(runs) | Piece::Paragraph(runs) = piece {
            for run in runs {
                typed.push_str(match &run {
                    Run::Text(text) => text,
                    // A reference ends the clause for whoever looks for a number's name.
                    _ => "，",
                });
            }
            typed.push('\n');
        }
    }
    typed
}

#[cfg(test)]
mod tests {
    use super::{Piece, Run, read, typed};

    #[test]
    fn a_text_is_read_into_headings_paragraphs_tables_and_diagrams() {
        let text = "第一行\n接着 {{figure:website}} 条\n\n## （一）标题\n{{table:channels}}\n{{chart:key_areas}}\n{{picture:p1}}\n坏的{{figur:x}}和{{没有结尾";
        let pieces = read(text);
        assert_eq!(pieces.len(), 6);
        assert_eq!(pieces[1], Piece::Heading(vec![Run::Text("（一）标题".to_owned())]));
        assert_eq!(pieces[2], Piece::Table("channels".to_owned()));
        assert_eq!(pieces[3], Piece::Chart("key_areas".to_owned()));
        assert_eq!(pieces[4], Piece::Picture("p1".to_owned()));
        let Piece::Paragraph(runs) = &pieces[5] else { panic!("a paragraph") };
        assert_eq!(runs[1], Run::Broken("{{figur:x}}".to_owned()));
        assert_eq!(runs[2], Run::Text("和{{没有结尾".to_owned()));
        let Piece::Paragraph(first) = &pieces[0] else { panic!("a paragraph") };
        assert!(first.contains(&Run::Figure("website".to_owned())));
        assert!(typed(text).starts_with("第一行接着 ， 条\n"));
    }
}
