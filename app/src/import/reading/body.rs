//! Parts the text of a document from what stands around it on a page: breadcrumbs, toolbars, the repeated title.
//! It drops whole lines only and never changes one.

use super::dates::is_bare_date;
use super::head::{Head, Role};
use super::labels::HeadLabels;
use super::lines::{Line, is_space, strip_bullet, title_key};
use super::numbers;
use super::zone::is_body_line;

/// A page's lines sorted out: the text, and the title as the page prints it.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    pub body: Vec<String>,
    /// What was left out: furniture and the repeated title. With head and body it makes up the whole page.
    pub left_out: Vec<String>,
    /// The title that stands on the page, when the list gave none.
    pub title: Option<String>,
    /// Title (when known) and first lines, where a document number may stand.
    pub near_title: Vec<String>,
}

/// Furniture may stand between title and text this many lines deep.
const TOP: usize = 14;
/// And this many lines deep at the end.
const END: usize = 25;

/// What is known of the title beforehand.
#[derive(Debug, Clone, Copy)]
pub(super) enum Known<'a> {
    /// The list or the head names it.
    Title(&'a str),
    /// Nothing; a title-like line of the page will do.
    Nothing,
    /// Only a note; the page's line counts when it clearly is a title.
    Note,
}

/// Sorts the lines of a page.
pub(super) fn sort(all: &[&str], head: &Head, title: Known<'_>, labels: &HeadLabels) -> Sorted {
    let mut sorted = Sorted::default();
    let mut keep = vec![true; all.len()];
    for (at, keeps) in keep.iter_mut().enumerate() {
        *keeps = role(head, at) != Role::Head;
    }
    let (title, printed_title) = match title {
        Known::Title(title) => (title, None),
        Known::Nothing => ("", find_title(all, head, false, labels)),
        Known::Note => ("", find_title(all, head, true, labels)),
    };
    let known = title_key(printed_title.as_deref().unwrap_or(title), labels);
    let title_at = drop_title(all, head, &known, labels, &mut keep, &mut sorted.left_out);
    drop_above(all, head, title_at, labels, &mut keep, &mut sorted.left_out);
    drop_top(all, head, labels, &mut keep, &mut sorted.left_out);
    drop_end(all, labels, &mut keep, &mut sorted.left_out);
    let parts = all
        .iter()
        .enumerate()
        .map(|(at, line)| if keep[at] { line.trim_matches(is_space) } else { rest_of(head, at, line) });
    sorted.body = parts.filter(|part| !part.is_empty()).map(str::to_owned).collect();
    sorted.near_title.push(printed_title.clone().unwrap_or_else(|| title.to_owned()));
    sorted.near_title.extend(sorted.body.iter().take(8).cloned());
    sorted.title = printed_title;
    sorted
}

/// The text that follows on a line of the head.
fn rest_of<'a>(head: &Head, at: usize, line: &'a str) -> &'a str {
    let Some((_, cut)) = head.overflow.iter().find(|(line, _)| *line == at) else {
        return "";
    };
    let text = strip_bullet(line.trim_matches(is_space));
    text.char_indices().nth(*cut).map_or("", |(byte, _)| text[byte..].trim_matches(is_space))
}

fn role(head: &Head, at: usize) -> Role {
    head.roles.get(at).copied().unwrap_or(Role::Body)
}

/// Lines that may be looked at as title or furniture: everything above the text, and its first lines.
fn top_lines(all: &[&str], head: &Head) -> usize {
    (head.roles.len() + TOP).min(all.len())
}

/// The title a page prints, when nobody told it: the last title-like line before the text.
fn find_title(all: &[&str], head: &Head, strict: bool, labels: &HeadLabels) -> Option<String> {
    let end = top_lines(all, head);
    let lines: Vec<Line> = all[..end].iter().map(|text| Line::new(text, labels)).collect();
    let eligible = |at: &usize| {
        let line = &lines[*at];
        let count = line.printed.len();
        role(head, *at) != Role::Head
            && (4..=120).contains(&count)
            && !is_body_line(line)
            && !is_furniture(line, labels)
            && !line.folded.contains(&'|')
            && numbers::whole_number(&line.text()).is_none()
            && !line.text().ends_with(['。', '；', '：', ':', '，', '、'])
    };
    let last_head = head.roles.iter().rposition(|role| *role == Role::Head);
    let below =
        (last_head.map_or(0, |at| at + 1)..end).take_while(|at| !is_body_line(&lines[*at])).find(eligible);
    let named = |at: &usize| ends_like_a_title(&lines[*at].key());
    let above = (0..head.roles.len().min(end)).filter(eligible).find(named);
    let chosen = below.filter(|at| above.is_none() || named(at)).or(above).or(below)?;
    (!strict || named(&chosen)).then(|| lines[chosen].text())
}

fn ends_like_a_title(key: &str) -> bool {
    let kinds = [
        "通知", "预案", "报告", "办法", "意见", "决定", "公告", "通告", "规则", "方案", "函", "批复", "条例",
        "指南", "解读", "细则", "规定", "计划", "规划", "要点", "总结", "公报", "通报", "决议", "答复",
        "说明", "制度", "目录", "公示", "令",
    ];
    let bare = key.trim_end_matches([')', '>', '》', ']']);
    kinds.iter().any(|kind| bare.ends_with(kind)) || key.contains("年度报告") || key.contains("的通知")
}

/// Marks every line, or run of lines, that repeats the title; gives the place of the last one above the text.
fn drop_title(
    all: &[&str],
    head: &Head,
    title: &str,
    labels: &HeadLabels,
    keep: &mut [bool],
    out: &mut Vec<String>,
) -> Option<usize> {
    if title.is_empty() {
        return None;
    }
    let end = top_lines(all, head);
    let keys: Vec<String> = all[..end].iter().map(|text| title_key(text, labels)).collect();
    let mut last = None;
    for at in 0..end {
        if keys[at].is_empty() || !keep[at] {
            continue;
        }
        if let Some(to) = title_run(&keys, at, title) {
            for line in at..to {
                if keep[line] && !keys[line].is_empty() {
                    keep[line] = false;
                    out.push(all[line].to_owned());
                }
            }
            last = Some(to - 1);
        } else if at >= head.roles.len() && !is_furniture(&Line::new(all[at], labels), labels) {
            // Inside the text the title may be a heading of its own: a decree and the regulation it promulgates.
            break;
        }
    }
    last
}

/// The end of a run of lines that together are the title.
fn title_run(keys: &[String], from: usize, title: &str) -> Option<usize> {
    let mut rest = title;
    for (at, key) in keys.iter().enumerate().skip(from).take(8) {
        rest = rest.strip_prefix(key.as_str())?;
        if rest.is_empty() {
            return Some(at + 1);
        }
    }
    None
}

/// Above the head and above the title stand menus and breadcrumbs; what reads like text is kept all the same.
fn drop_above(
    all: &[&str],
    head: &Head,
    title_at: Option<usize>,
    labels: &HeadLabels,
    keep: &mut [bool],
    out: &mut Vec<String>,
) {
    let last_head = head.roles.iter().rposition(|role| *role == Role::Head).filter(|_| head.present);
    let menus_end = last_head.max(title_at.filter(|at| *at < head.roles.len())).unwrap_or(0);
    for at in 0..head.roles.len() {
        if !keep[at] || all[at].trim_matches(is_space).is_empty() {
            continue;
        }
        let line = Line::new(all[at], labels);
        let text_like = is_body_line(&line) || numbers::whole_number(&line.text()).is_some();
        let date = is_bare_date(&line.text());
        if is_furniture(&line, labels) || date || (at < menus_end && !text_like) {
            keep[at] = false;
            out.push(all[at].to_owned());
        }
    }
}

/// Toolbars between title and text; once the text has begun nothing in it is furniture.
fn drop_top(all: &[&str], head: &Head, labels: &HeadLabels, keep: &mut [bool], out: &mut Vec<String>) {
    let mut of_text = 0;
    for at in head.roles.len()..top_lines(all, head) {
        if !keep[at] || all[at].trim_matches(is_space).is_empty() {
            continue;
        }
        let line = Line::new(all[at], labels);
        if is_furniture(&line, labels) {
            keep[at] = false;
            out.push(all[at].to_owned());
            continue;
        }
        of_text += 1;
        if of_text >= 3 || is_body_line(&line) {
            return;
        }
    }
}

/// Toolbars, empty 附件: and the site's footer after the text.
fn drop_end(all: &[&str], labels: &HeadLabels, keep: &mut [bool], out: &mut Vec<String>) {
    let mut looked = 0;
    for at in (0..all.len()).rev() {
        if all[at].trim_matches(is_space).is_empty() || !keep[at] {
            continue;
        }
        let line = Line::new(all[at], labels);
        let key = line.key();
        let footer = key.chars().count() <= 60
            && labels.furniture.endings.iter().any(|mark| key.contains(mark.as_str()));
        looked += 1;
        if looked > END || !(footer || is_furniture(&line, labels)) {
            return;
        }
        keep[at] = false;
        out.push(all[at].to_owned());
    }
}

/// Breadcrumbs, toolbars, single signs: lines that belong to the site.
pub(super) fn is_furniture(line: &Line, labels: &HeadLabels) -> bool {
    let key = line.key();
    let count = key.chars().count();
    if count == 0 {
        return false;
    }
    let bare = key.trim_matches(|c: char| !c.is_alphanumeric());
    let words = line.folded.split(|c| matches!(c, ' ' | '|' | '[' | ']')).filter(|word| !word.is_empty());
    let toolbar = count <= 60
        && words
            .map(|word| word.iter().collect::<String>())
            .all(|word| labels.furniture.lines.contains(&word));
    toolbar
        || labels.furniture.lines.iter().any(|word| *word == key || *word == bare)
        || (count <= 200 && is_breadcrumb(&key))
        || (count <= 60 && labels.furniture.starts.iter().any(|start| key.starts_with(start.as_str())))
        || (count <= 6 && bare.is_empty())
}

fn is_breadcrumb(key: &str) -> bool {
    let arrows = key.matches(['>', '»', '＞', '›']).count();
    key.starts_with("首页>")
        || key.starts_with('>')
        || arrows >= 2 && !key.contains('。') && !key.contains('<')
        || (key.contains("位置:") && (arrows > 0 || key.ends_with(':')))
}
