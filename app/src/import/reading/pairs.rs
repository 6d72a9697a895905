//! Finds `label: value` pairs in one line of a page, whatever the layout: several on a line, table cells, brackets,
//! spaced-out, damaged or unknown labels. It does not know the lines around; values on following lines are `head`.

use super::dates::{DateReading, read_date};
use super::labels::{Field, HeadLabels, Known};
use super::lines::Line;
use super::numbers;
use super::rows::read_row;

/// One label with its value as printed; the label without blanks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub label: String,
    pub known: Option<Known>,
    pub value: String,
    /// A colon, a bracket or a table cell set the label off; without it only head-specific labels count.
    pub marked: bool,
    /// The first characters of the label are lost.
    pub damaged: bool,
}

impl Pair {
    /// A head-specific label (索引号, 发文机关 …) and not one of the date and source line.
    pub fn is_strong(&self) -> bool {
        self.known.is_some_and(|known| known.strong)
    }

    pub fn field(&self) -> Option<Field> {
        self.known.map(|known| known.field)
    }
}

/// The pairs of a line. `in_head`: labels stood in the lines before, so unknown ones with a colon count too.
pub(super) fn read_pairs(line: &Line, labels: &HeadLabels, in_head: bool) -> Vec<Pair> {
    let mut pairs = if line.folded.contains(&'|') { read_row(line, labels, in_head) } else { Vec::new() };
    if pairs.is_empty() {
        pairs = read_span(line, labels, 0, line.folded.len(), in_head);
    }
    for pair in &mut pairs {
        settle(pair, labels);
    }
    if pairs.iter().any(|pair| pair.known.is_some() || in_head) { pairs } else { Vec::new() }
}

/// Decides what only label and value together can tell: damaged labels, and 字号 (size of type or number).
fn settle(pair: &mut Pair, labels: &HeadLabels) {
    if pair.damaged {
        pair.known = mend_label(&pair.label, &pair.value, labels);
    }
    let posted = pair.label == "发布" && matches!(read_date(&pair.value), DateReading::Sure(_));
    if posted {
        pair.known = pair.known.map(|known| Known { field: Field::PublishedOn, rank: 90, ..known });
    }
    let number_sign = pair.label == "字号" && !pair.value.is_empty();
    if number_sign && numbers::find_numbers(&pair.value).is_empty() {
        pair.known = pair.known.map(|known| Known { field: Field::Noise, ..known });
    }
}

/// Which label lost its first characters: the candidates are those with this ending, the shape of the value decides.
fn mend_label(tail: &str, value: &str, labels: &HeadLabels) -> Option<Known> {
    let tail: Vec<char> = tail.chars().map(|c| labels.fold_char(c)).collect();
    let mut fields: Vec<Known> = labels.ending_with(&tail).collect();
    fields.sort_by_key(|known| (known.rank, known.field));
    let shaped = fields.iter().find(|known| match known.field {
        Field::IndexNumber => numbers::looks_like_index_number(value),
        Field::DocumentNumber => numbers::whole_number(value).is_some(),
        _ => false,
    });
    let plain = |known: &&Known| {
        !matches!(known.field, Field::IndexNumber | Field::DocumentNumber) || value.is_empty()
    };
    shaped.or_else(|| fields.iter().find(plain)).copied()
}

/// A label found in a line: characters `start..end`, its value begins at `value`; the value before it ends at `from`.
struct Mark {
    from: usize,
    start: usize,
    end: usize,
    value: usize,
    known: Option<Known>,
    marked: bool,
    damaged: bool,
}

pub(super) fn read_span(
    line: &Line,
    labels: &HeadLabels,
    from: usize,
    to: usize,
    in_head: bool,
) -> Vec<Pair> {
    let marks = find_marks(line, labels, from, to, in_head);
    if marks.first().is_some_and(|first| !opens_line(&line.folded[from..first.from])) {
        return Vec::new();
    }
    let mut pairs = Vec::with_capacity(marks.len());
    for (index, mark) in marks.iter().enumerate() {
        let end = marks.get(index + 1).map_or(to, |next| {
            // A semicolon before the next label parts the pairs and belongs to neither.
            let before = &line.folded[mark.value.min(next.from)..next.from];
            let kept = before.iter().rposition(|c| !matches!(c, ' ' | ';')).map_or(0, |at| at + 1);
            next.from - before.len() + kept
        });
        pairs.push(Pair {
            label: label_text(line, mark.start, mark.end),
            known: mark.known,
            value: without_toolbar(inner_value(line, mark.value.min(end), end), labels),
            marked: mark.marked,
            damaged: mark.damaged,
        });
    }
    pairs
}

/// Before the first label of a line stands at most a date or a column name, never part of a sentence.
fn opens_line(before: &[char]) -> bool {
    before.len() <= 25 && !before.iter().any(|c| matches!(c, '。' | ';' | '，' | '('))
}

/// The value without a bracket that closes its label or opens the next: `[字体: ] [分享: ]`.
fn inner_value(line: &Line, from: usize, to: usize) -> String {
    let value = line.value(from, to);
    let opened = value.trim_end_matches(['[', '【']).trim_end();
    opened.trim_start_matches([']', '】']).trim_start().to_owned()
}

pub(super) fn label_text(line: &Line, start: usize, end: usize) -> String {
    let printed = &line.printed[start..end];
    printed.iter().zip(&line.folded[start..end]).filter(|(_, f)| **f != ' ').map(|(c, _)| c).collect()
}

fn find_marks(line: &Line, labels: &HeadLabels, from: usize, to: usize, in_head: bool) -> Vec<Mark> {
    let text = &line.folded[..to];
    let mut marks: Vec<Mark> = Vec::new();
    let mut at = from;
    while at < to {
        let found = bracketed(text, labels, at)
            .or_else(|| known_label(text, labels, at, from, &marks))
            .or_else(|| glued_label(text, labels, at, &marks))
            .or_else(|| unknown_label(text, labels, at, from, &marks, in_head));
        match found {
            Some(mark) => {
                at = mark.value.max(at + 1);
                marks.push(mark);
            }
            None => at += 1,
        }
    }
    marks
}

fn at_boundary(text: &[char], at: usize, from: usize) -> bool {
    at == from || matches!(text[at - 1], ' ' | '|' | ']' | ';' | ',') || super::lines::is_bullet(text[at - 1])
}

fn skip_blanks(text: &[char], mut at: usize) -> usize {
    while text.get(at) == Some(&' ') {
        at += 1;
    }
    at
}

/// `[ 索引号 ] value`, `【制定机关】value`.
fn bracketed(text: &[char], labels: &HeadLabels, at: usize) -> Option<Mark> {
    if text[at] != '[' {
        return None;
    }
    let start = skip_blanks(text, at + 1);
    let (end, known) = labels.match_at(text, start)?;
    let close = skip_blanks(text, end);
    if text.get(close) != Some(&']') {
        return None;
    }
    let after = skip_blanks(text, close + 1);
    let value = if text.get(after) == Some(&':') { after + 1 } else { close + 1 };
    Some(Mark { from: at, start, end, value, known: Some(known), marked: true, damaged: false })
}

/// A known label at a boundary; without a colon only head-specific ones, in lines that use no colons.
fn known_label(text: &[char], labels: &HeadLabels, at: usize, from: usize, before: &[Mark]) -> Option<Mark> {
    if !at_boundary(text, at, from) {
        return None;
    }
    let (end, known) = labels.match_at(text, at)?;
    let after = skip_blanks(text, end);
    if text.get(after) == Some(&':') {
        return Some(Mark {
            from: at,
            start: at,
            end,
            value: after + 1,
            known: Some(known),
            marked: true,
            damaged: false,
        });
    }
    let free = end == text.len() || text[end] == ' ';
    let plain_line = before.iter().all(|mark| !mark.marked);
    let line_end = matches!(text.get(after), None | Some('|'));
    let allowed = known.strong && free && plain_line && (at == from || !before.is_empty());
    // 来源 at the end of a line of weak labels carries no colon on some sites.
    let last_word = known.strong && line_end && !before.is_empty();
    (allowed || last_word).then_some(Mark {
        from: at,
        start: at,
        end,
        value: end,
        known: Some(known),
        marked: false,
        damaged: false,
    })
}

/// A label with a colon that sticks to the value before it: `2021-12-31生效日期:`, `某中心来源:`.
fn glued_label(text: &[char], labels: &HeadLabels, at: usize, before: &[Mark]) -> Option<Mark> {
    let after_date = before.is_empty() && at > 0 && text[0].is_ascii_digit() && text[at - 1].is_ascii_digit();
    let in_value = before
        .last()
        .is_some_and(|last| at > last.value && !last.known.is_some_and(|known| known.field.is_prose()));
    if !after_date && !in_value {
        return None;
    }
    let (end, known) = labels.match_at(text, at)?;
    let after_figure = text[at - 1].is_ascii_digit() || matches!(text[at - 1], '日' | ')' | '号');
    let glues = after_figure || !known.strong;
    let colon = text.get(end) == Some(&':');
    (glues && colon && end - at >= 2).then_some(Mark {
        from: at,
        start: at,
        end,
        value: end + 1,
        known: Some(known),
        marked: true,
        damaged: false,
    })
}

/// A label nobody told us of, or one that lost its first characters: Chinese words before a colon, among other labels.
fn unknown_label(
    text: &[char],
    labels: &HeadLabels,
    at: usize,
    from: usize,
    before: &[Mark],
    in_head: bool,
) -> Option<Mark> {
    if !at_boundary(text, at, from) || !(in_head || at == from || !before.is_empty()) {
        return None;
    }
    if before.last().is_some_and(|mark| {
        mark.known.is_some_and(|known| known.field.is_prose()) && at > mark.value + 1 && text[at - 1] != ' '
    }) {
        return None;
    }
    let run = text[at..].iter().take_while(|c| numbers::is_han(**c) || **c == '/').take(10).count();
    let end = at + run;
    let colon = skip_blanks(text, end);
    if !(1..=9).contains(&run) || text.get(colon) != Some(&':') || text[at] == '各' {
        return None;
    }
    let damaged = run <= 2 && labels.ending_with(&text[at..end]).next().is_some();
    // A single character is a label only as the rest of one.
    if run == 1 && !damaged {
        return None;
    }
    Some(Mark { from: at, start: at, end, value: colon + 1, known: None, marked: true, damaged })
}

/// Cuts trailing words of the toolbar (打印, 【关闭窗口】, 正文) off a value.
fn without_toolbar(value: String, labels: &HeadLabels) -> String {
    let mut rest = value.as_str();
    loop {
        let last = rest.rsplit([' ', '\u{a0}', '\u{3000}', '\t', '】']).find(|part| !part.is_empty());
        let tail_at = match last {
            Some(last) if rest.ends_with('】') => rest.len() - last.len() - '】'.len_utf8(),
            Some(last) => rest.len() - last.len(),
            None => break,
        };
        let tail = rest[tail_at..].trim_matches(|c| matches!(c, '【' | '】'));
        if tail_at == 0 || !labels.furniture.lines.iter().any(|line| line == tail) {
            break;
        }
        rest = rest[..tail_at].trim_end();
    }
    rest.to_owned()
}
