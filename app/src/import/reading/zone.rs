//! Where the text of a document begins on its page: after menus, head, title and the line of date and source.
//! It decides by the shape of lines only; what the head says is `head`.

use super::lines::Line;
use super::pairs::Pair;

/// After a head, lines of date and source follow within this many lines.
const AFTER_HEAD: usize = 12;

/// Whether the line has a label we know.
pub(super) fn has_known(pairs: &[Pair]) -> bool {
    pairs.iter().any(|pair| pair.known.is_some())
}

/// The first line of the document's own text.
pub(super) fn body_start(lines: &[Line], found: &[Vec<Pair>]) -> usize {
    let mut strong = 0;
    let mut since = 0;
    for (at, line) in lines.iter().enumerate() {
        if line.is_blank() {
            continue;
        }
        if has_known(&found[at]) && (!is_prose(line) || is_dense(&found[at])) {
            let here = found[at].iter().filter(|pair| pair.is_strong()).count();
            if strong >= 2 || here > 0 || strong == 0 {
                strong += here;
                since = 0;
                continue;
            }
        }
        since += 1;
        let far = strong >= 2 && since > AFTER_HEAD;
        if far || (is_body_line(line) && !head_follows(lines, found, at)) {
            return at;
        }
    }
    lines.len()
}

/// A banner may stand above a head: look a little further before calling a sentence the text.
fn head_follows(lines: &[Line], found: &[Vec<Pair>], at: usize) -> bool {
    let mut strong = 0;
    let ahead = lines.iter().zip(found).skip(at + 1).filter(|(line, _)| !line.is_blank()).take(25);
    for (line, pairs) in ahead {
        if is_prose(line) {
            continue;
        }
        strong += pairs
            .iter()
            .filter(|pair| pair.is_strong() && pair.marked && pair.value.chars().count() < 80)
            .count();
    }
    strong >= 3
}

/// Three marked labels of a head: such a line holds the head even if the text runs on behind it.
fn is_dense(pairs: &[Pair]) -> bool {
    let sound = |pair: &&Pair| pair.is_strong() && pair.marked && !pair.damaged;
    pairs.first().as_ref().is_some_and(sound) && pairs.iter().filter(sound).count() >= 3
}

/// A sentence, and not a line of labels: it ends like one or is too long between its labels.
fn is_prose(line: &Line) -> bool {
    let stops = line.folded.iter().filter(|c| **c == '。').count();
    stops >= 2 || (stops == 1 && line.folded.len() > 120 && !line.folded.contains(&'|'))
}

/// Headings, salutations and sentences: what a document begins with and a head does not.
pub(super) fn is_body_line(line: &Line) -> bool {
    let text = line.key();
    let count = text.chars().count();
    let sentence = (text.ends_with('。') && count >= 15) || (count >= 50 && text.contains('。'));
    sentence || is_salutation(&text, count) || is_numbered_heading(&text)
}

fn is_salutation(text: &str, count: usize) -> bool {
    let named = ["各", "人民政府", "单位", "部门", "办事处", "公司", "委员会"];
    text.ends_with(':') && count >= 5 && named.iter().any(|word| text.contains(word))
}

/// 一、 （一） 第一章 1总则 1.1编制目的 目录
pub(super) fn is_numbered_heading(text: &str) -> bool {
    if text == "目录" {
        return true;
    }
    let chars: Vec<char> = text.chars().take(8).collect();
    let numeral = |c: &char| "一二三四五六七八九十百零〇".contains(*c);
    let count = chars.iter().take_while(|c| numeral(c)).count();
    if count > 0 && matches!(chars.get(count), Some('、' | '.')) {
        return true;
    }
    if let [first, rest @ ..] = chars.as_slice() {
        let inner = rest.iter().take_while(|c| numeral(c)).count();
        if *first == '(' && inner > 0 && rest.get(inner) == Some(&')') {
            return true;
        }
        let figures = rest.iter().take_while(|c| numeral(c) || c.is_ascii_digit()).count();
        if *first == '第' && figures > 0 && rest.get(figures).is_some_and(|c| "章节条编部分".contains(*c))
        {
            return true;
        }
    }
    is_decimal_heading(&chars)
}

/// `1总则`, `1、`, `1.1编制目的`, not `2018年` or `2023-01-02`.
fn is_decimal_heading(chars: &[char]) -> bool {
    let figures = chars.iter().take_while(|c| c.is_ascii_digit()).count();
    if !(1..=2).contains(&figures) {
        return false;
    }
    match chars.get(figures) {
        Some('、' | '.') => true,
        Some(c) => super::numbers::is_han(*c) && !"年月日时分个条项件篇号".contains(*c),
        None => false,
    }
}
