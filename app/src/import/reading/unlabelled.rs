//! Heads that print values without labels: what each value is, by its shape and its place among the others.
//! It gives only what shape or order show; the reader marks such a head for a person to confirm.

use super::dates::{DateReading, read_date};
use super::head::Role;
use super::labels::{Field, HeadLabels, Known};
use super::lines::{Line, title_key};
use super::numbers;
use super::pairs::Pair;
use super::zone::is_body_line;

/// The values found, and the lines they stand on.
#[derive(Debug, Default)]
pub(super) struct Values {
    pub pairs: Vec<Pair>,
    pub lines: Vec<usize>,
}

/// 有效 / 失效 / 废止 …: the words in which pages state validity.
pub(super) fn is_validity(value: &str) -> bool {
    let words = [
        "有效",
        "失效",
        "废止",
        "已废止",
        "已失效",
        "现行有效",
        "继续有效",
        "修改",
        "已修改",
        "部分失效",
        "部分废止",
        "部分有效",
        "尚未生效",
        "是",
        "否",
    ];
    words.contains(&value)
}

/// 主动公开 / 依申请公开 / 不予公开
pub(super) fn is_disclosure_class(value: &str) -> bool {
    matches!(value, "主动公开" | "依申请公开" | "不予公开" | "不公开" | "主動公開" | "依申請公開")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Index,
    Number,
    Date,
    Validity,
    Class,
    Title,
    Organ,
    Words,
}

/// Reads the run of bare values around an index number, or around a document number with its dates.
pub(super) fn read(
    above: &[Line],
    body: &[Line],
    roles: &[Role],
    title: &str,
    labels: &HeadLabels,
) -> Values {
    let title = title_key(title, labels);
    let shapes: Vec<Option<Shape>> = above
        .iter()
        .enumerate()
        .map(|(at, line)| (roles[at] == Role::Above).then(|| shape_of(line, &title, labels)).flatten())
        .collect();
    let Some((from, to)) = find_run(above, &shapes) else {
        return Values::default();
    };
    let mut values = name_values(above, &shapes, from, to);
    if to == above.len() {
        add_reason(body, above.len(), &mut values);
    }
    values
}

fn shape_of(line: &Line, title: &str, labels: &HeadLabels) -> Option<Shape> {
    let text = line.text();
    let count = text.chars().count();
    let key = title_key(&text, labels);
    Some(match () {
        () if count == 0 || is_body_line(line) => return None,
        () if numbers::looks_like_index_number(&text) => Shape::Index,
        () if numbers::whole_number(&text).is_some() => Shape::Number,
        () if count <= 22 && matches!(read_date(&text), DateReading::Sure(_)) && starts_as_date(&text) => {
            Shape::Date
        }
        () if is_validity(&text) => Shape::Validity,
        () if is_disclosure_class(&text) => Shape::Class,
        () if !key.is_empty() && (key == title || count >= 12 && title.contains(&key)) => Shape::Title,
        () if count <= 30 && is_organ(&text) => Shape::Organ,
        () if count <= 30 && !text.contains(['>', '|', ':', '：', '。']) => Shape::Words,
        () => return None,
    })
}

fn starts_as_date(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || "二一".contains(c))
}

fn is_organ(text: &str) -> bool {
    let endings = [
        "政府",
        "办公室",
        "委员会",
        "局",
        "厅",
        "街道办事处",
        "办事处",
        "管委会",
        "中心",
        "开发区",
        "委",
        "院",
        "部",
        "站",
        "乡",
        "镇",
        "街道",
        "公署",
        "工作室",
    ];
    endings.iter().any(|ending| text.ends_with(ending))
}

/// The run of neighbouring shaped lines that holds an index number, or a document number with a date.
fn find_run(lines: &[Line], shapes: &[Option<Shape>]) -> Option<(usize, usize)> {
    let mut from = 0;
    while from < lines.len() {
        if shapes[from].is_none() {
            from += 1;
            continue;
        }
        let mut to = from + 1;
        while to < lines.len()
            && (shapes[to].is_some() || (lines[to].is_blank() && between_bullets(lines, to)))
        {
            to += 1;
        }
        let run = &shapes[from..to];
        let has = |shape: Shape| run.contains(&Some(shape));
        let dates = run.iter().filter(|shape| **shape == Some(Shape::Date)).count();
        let bullets = lines[from..to].iter().all(|line| line.bullet || line.is_blank());
        if has(Shape::Index) || (has(Shape::Number) && (dates >= 2 || dates == 1 && bullets)) {
            return Some((from, to));
        }
        from = to;
    }
    None
}

fn between_bullets(lines: &[Line], at: usize) -> bool {
    lines[at - 1].bullet && lines.get(at + 1).is_some_and(|line| line.bullet)
}

fn name_values(lines: &[Line], shapes: &[Option<Shape>], from: usize, to: usize) -> Values {
    let count = |wanted: Shape| shapes[from..to].iter().filter(|shape| **shape == Some(wanted)).count();
    let n_dates = count(Shape::Date);
    let numbered = count(Shape::Number) > 0;
    let (mut dates, mut organs, mut seen_index) = (0, 0, false);
    let mut values = Values::default();
    for at in from..to {
        let Some(shape) = shapes[at] else { continue };
        let (label, field) = match shape {
            Shape::Index => ("索引号", Field::IndexNumber),
            Shape::Number => ("文号", Field::DocumentNumber),
            Shape::Validity => ("有效性", Field::Validity),
            Shape::Class => ("公开方式", Field::DisclosureClass),
            Shape::Title => ("标题", Field::Title),
            Shape::Date => {
                dates += 1;
                date_label(dates, n_dates, numbered)
            }
            Shape::Organ => {
                organs += 1;
                if organs == 1 {
                    ("发布机构", Field::IssuingOrgan)
                } else {
                    ("信息来源", Field::Source)
                }
            }
            Shape::Words if seen_index => ("主题分类", Field::SubjectCategory),
            Shape::Words => continue,
        };
        seen_index |= shape == Shape::Index;
        values.lines.push(at);
        values.pairs.push(bare_pair(label, field, lines[at].text()));
    }
    values
}

/// Dates stand in the order written, published, repealed; a single one is the written date beside a document number.
fn date_label(nth: usize, of: usize, numbered: bool) -> (&'static str, Field) {
    match (nth, of) {
        (1, 1) if !numbered => ("发布日期", Field::PublishedOn),
        (1, _) => ("成文日期", Field::WrittenOn),
        (2, _) => ("发布日期", Field::PublishedOn),
        (3, _) => ("废止日期", Field::RepealedOn),
        _ => ("日期", Field::Other),
    }
}

fn bare_pair(label: &str, field: Field, value: String) -> Pair {
    let known = Some(Known { field, rank: 0, strong: true });
    Pair { label: label.to_owned(), known, value, marked: false, damaged: false }
}

/// After 废止 some pages print why: a sentence of its own, still part of the head.
fn add_reason(body: &[Line], at: usize, values: &mut Values) {
    let repealed = values.pairs.last().is_some_and(|pair| pair.value.contains("废止"));
    if let Some(line) = body.first()
        && repealed
        && line.text().contains("废止")
    {
        values.pairs.push(bare_pair("废止说明", Field::Other, line.text()));
        values.lines.push(at);
    }
}
