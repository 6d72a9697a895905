//! Finds the metadata head on a page: which lines belong to it, which values stand on the line after their label,
//! and where the text of the document begins. What the values mean is `fields`.

use super::labels::{Field, HeadLabels, Known};
use super::lines::{Line, title_key};
use super::pairs::{Pair, read_pairs};
use super::unlabelled;
use super::zone::{body_start, has_known, is_body_line};

/// A head further down than this many lines is part of a text, not of a page.
const ZONE: usize = 600;

/// What a line of the page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Part of the head: labels, or a value claimed by a label.
    Head,
    /// Above the text and not (yet) known to be anything else.
    Above,
    /// The text of the document.
    Body,
}

/// The head as found.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub pairs: Vec<Pair>,
    /// Roles of the first lines; every line after them is body.
    pub roles: Vec<Role>,
    /// Whether enough head-specific labels (or values) stand there to call it a metadata head.
    pub present: bool,
    /// Lines of the head that run on into the text, and the character where the text begins.
    pub overflow: Vec<(usize, usize)>,
    /// Which lines gave which pairs.
    claims: Vec<Claim>,
    /// The values had no labels; their meaning comes from shape and order.
    pub unlabelled: bool,
}

/// Lines taken for the head together, and the pairs read from them.
#[derive(Debug)]
struct Claim {
    lines: Vec<usize>,
    pairs: std::ops::Range<usize>,
}

/// Reads the head from the lines of a page. `title` is what the address list calls the page.
pub(super) fn find_head(all: &[&str], title: &str, labels: &HeadLabels) -> Head {
    let lines: Vec<Line> = all.iter().take(ZONE).map(|text| Line::new(text, labels)).collect();
    let found = read_lines(&lines, labels);
    let body_at = body_start(&lines, &found);
    let mut head = Head { roles: vec![Role::Above; body_at], ..Head::default() };
    collect(&lines[..body_at], &found[..body_at], &title_key(title, labels), labels, &mut head);
    head.present = is_head(&head.pairs);
    if !head.present {
        release(&mut head);
        let values = unlabelled::read(&lines[..body_at], &lines[body_at..], &head.roles, title, labels);
        if !values.pairs.is_empty() {
            for at in values.lines {
                if at < head.roles.len() { head.roles[at] = Role::Head } else { head.roles.push(Role::Head) }
            }
            head.pairs.splice(0..0, values.pairs);
            head.present = true;
            head.unlabelled = true;
        }
    }
    head
}

/// The date that stands without label under a title, alone or before the labels of its line.
pub(super) fn loose_date(all: &[&str], head: &Head) -> Option<String> {
    use super::dates::{DateReading, is_bare_date, leading_date, read_date};
    all.iter().zip(&head.roles).find_map(|(text, role)| {
        let text = super::lines::strip_bullet(text.trim_matches(super::lines::is_space));
        match role {
            Role::Above if is_bare_date(text) => match read_date(text) {
                DateReading::Sure(date) => Some(date),
                _ => None,
            },
            Role::Head => leading_date(text),
            _ => None,
        }
    })
}

/// Where there is no head only lines of date and source are taken; other words with colons are text again.
fn release(head: &mut Head) {
    let mut kept = Vec::new();
    for claim in std::mem::take(&mut head.claims) {
        let pairs = &head.pairs[claim.pairs.clone()];
        if pairs.iter().any(stands_under_title) {
            kept.extend(pairs.iter().cloned());
            continue;
        }
        for line in claim.lines {
            head.roles[line] = Role::Above;
        }
    }
    head.pairs = kept;
    head.overflow.retain(|(line, _)| head.roles[*line] == Role::Head);
}

/// A label of the date and source line: a weak one, or a date label with its date.
fn stands_under_title(pair: &Pair) -> bool {
    let Some(known) = pair.known.filter(|_| pair.marked && !pair.damaged) else {
        return false;
    };
    !known.strong || (known.field.is_date() && value_fits(known, &pair.value))
}

/// Two head-specific labels, one of them a core one, make a head; without any value they must be three with colons.
fn is_head(pairs: &[Pair]) -> bool {
    let mut strong: Vec<&str> = Vec::new();
    for pair in pairs.iter().filter(|pair| pair.is_strong() && !pair.damaged) {
        if !strong.contains(&pair.label.as_str()) {
            strong.push(&pair.label);
        }
    }
    let of_weight = pairs.iter().filter(|pair| pair.is_strong());
    let filled = of_weight.clone().filter(|pair| !pair.value.is_empty()).count();
    let marked = of_weight.filter(|pair| pair.marked).count();
    strong.len() >= 2
        && (filled >= 1 && marked >= 1 || filled >= 3 || marked >= 3)
        && pairs.iter().any(|pair| pair.is_strong() && pair.field().is_some_and(Field::is_core))
}

fn read_lines(lines: &[Line], labels: &HeadLabels) -> Vec<Vec<Pair>> {
    let mut since_label = usize::MAX;
    let mut found = Vec::with_capacity(lines.len());
    for line in lines {
        let pairs = read_pairs(line, labels, since_label <= 2);
        if pairs.iter().any(|pair| pair.known.is_some()) {
            since_label = 0;
        } else if !line.is_blank() {
            since_label = since_label.saturating_add(1);
        }
        found.push(pairs);
    }
    found
}

/// Takes the pairs of the zone in order and lets labels that stand alone claim the line after them.
fn collect(lines: &[Line], found: &[Vec<Pair>], title: &str, labels: &HeadLabels, head: &mut Head) {
    let style = Style::of(found);
    let mut at = 0;
    while at < lines.len() {
        let pairs = &found[at];
        if pairs.is_empty() || !takes(found, at, &style) {
            at += 1;
            continue;
        }
        head.roles[at] = Role::Head;
        let first = head.pairs.len();
        head.pairs.extend(pairs.iter().cloned());
        let mut claimed = vec![at];
        let alone = pairs.len() == 1 && pairs[0].value.is_empty();
        if alone && let Some(next) = following_value(lines, found, at, &style, title, labels) {
            head.roles[next] = Role::Head;
            let text = lines[next].value(0, lines[next].printed.len());
            if let Some(last) = head.pairs.last_mut() {
                last.value = text;
            }
            claimed.push(next);
        }
        if claimed.len() == 1
            && let Some(next) = wrapped_value(lines, found, at, head.pairs.last(), labels)
        {
            head.roles[next] = Role::Head;
            if let Some(pair) = head.pairs.last_mut() {
                pair.value.push_str(&lines[next].text());
            }
            claimed.push(next);
        }
        let last = claimed.last().copied().unwrap_or(at);
        if let Some(cut) = cut_overflow(&lines[last], head.pairs.last_mut()) {
            head.overflow.push((last, cut));
        }
        head.claims.push(Claim { lines: claimed, pairs: first..head.pairs.len() });
        at = last;
        at += 1;
    }
}

/// No value is longer than this but summaries; what follows is the text of a page without line breaks.
const LONG_VALUE: usize = 200;

/// When the text of the document follows on the line of the last label: the value ends at the first blank.
/// Gives the character of the line where the text begins.
fn cut_overflow(line: &Line, last: Option<&mut Pair>) -> Option<usize> {
    let pair = last?;
    let count = pair.value.chars().count();
    let prose = pair.field() == Some(Field::Summary) && !line.cut;
    let total = line.printed.len();
    if count <= LONG_VALUE || prose {
        return line.cut.then_some(total);
    }
    let value: Vec<char> = pair.value.chars().collect();
    // Bullets and bars may have been trimmed behind the value; the text then begins a little earlier, never later.
    let start =
        (0..=total.saturating_sub(count)).rev().find(|at| line.printed[*at..*at + count] == value[..])?;
    let blank = value.iter().position(|c| super::lines::is_space(*c)).filter(|at| *at <= LONG_VALUE);
    let keep = blank.unwrap_or(0);
    pair.value = value[..keep].iter().collect();
    Some(start + keep)
}

/// How the head sets values: how many labels stand alone on their line, with and without a value behind them.
struct Style {
    alone_empty: usize,
    alone_filled: usize,
}

impl Style {
    fn of(found: &[Vec<Pair>]) -> Style {
        let alone = |filled: bool| {
            found.iter().filter(|pairs| matches!(pairs.as_slice(), [pair] if pair.is_strong() && pair.value.is_empty() != filled)).count()
        };
        Style { alone_empty: alone(false), alone_filled: alone(true) }
    }

    fn value_follows(&self) -> bool {
        self.alone_empty > self.alone_filled
    }
}

/// Whether a line counts: a known label does, an unknown one only between known ones, and a bare one
/// without colon only in company.
fn takes(found: &[Vec<Pair>], at: usize, style: &Style) -> bool {
    let pairs = &found[at];
    if !has_known(pairs) {
        return found[..at].iter().any(|p| has_known(p))
            && found[at + 1..].iter().take(4).any(|p| p.iter().any(Pair::is_strong));
    }
    let bare = pairs.len() == 1 && !pairs[0].marked;
    let near = |p: &Vec<Pair>| p.iter().any(Pair::is_strong);
    !bare
        || found[at.saturating_sub(4)..at].iter().any(near)
        || (found[at + 1..].iter().take(5).any(near) && (style.value_follows() || !pairs[0].value.is_empty()))
}

/// A title broken over two lines inside the head: the rest stands right below, and right below that a label.
fn wrapped_value(
    lines: &[Line],
    found: &[Vec<Pair>],
    at: usize,
    pair: Option<&Pair>,
    labels: &HeadLabels,
) -> Option<usize> {
    let open = pair.is_some_and(|pair| {
        pair.field().is_some_and(Field::is_prose) && !pair.value.is_empty() && !pair.value.ends_with('。')
    });
    let next = lines.get(at + 1)?;
    let plain = !next.is_blank() && found[at + 1].is_empty() && !next.bullet;
    let label_below = found.get(at + 2)?.iter().any(Pair::is_strong);
    let words = !next.folded.contains(&'|') && !super::body::is_furniture(next, labels);
    (open && plain && label_below && words).then_some(at + 1)
}

/// The value of a label that stands alone: the next line, unless that is a label, the title, or the text.
fn following_value(
    lines: &[Line],
    found: &[Vec<Pair>],
    at: usize,
    style: &Style,
    title: &str,
    labels: &HeadLabels,
) -> Option<usize> {
    let next = (at + 1..lines.len()).take(6).find(|next| !lines[*next].is_blank())?;
    let line = &lines[next];
    let known = found[at][0].known;
    if has_known(&found[next]) || (line.bullet && lines[at].bullet) {
        return None;
    }
    let text = line.value(0, line.printed.len());
    let fits = known.is_some_and(|known| value_fits(known, &text));
    let styled = style.value_follows() && known.is_some_and(|known| known.strong);
    if !fits && !styled {
        return None;
    }
    let key = title_key(&text, labels);
    let is_title =
        !title.is_empty() && !key.is_empty() && title.starts_with(&key) && key.chars().count() >= 4;
    let wants_title = known.is_some_and(|known| known.field == Field::Title);
    // After the last label of the head the next line may be the heading of the text: only a value of the right
    // shape counts there. Between labels an organ may well be how the title begins.
    let more = found[next + 1..].iter().take(8).any(|pairs| pairs.iter().any(Pair::is_strong));
    if (is_title && !wants_title && !more) || is_body_line(line) || furniture_like(line, labels) {
        return None;
    }
    (more || fits || wants_title).then_some(next)
}

fn furniture_like(line: &Line, labels: &HeadLabels) -> bool {
    let key = line.key();
    labels.furniture.lines.contains(&key)
}

/// Whether a value has the shape its field wants; fields without a shape never fit by themselves.
fn value_fits(known: Known, value: &str) -> bool {
    use super::dates::{DateReading, read_date};
    match known.field {
        Field::IndexNumber => super::numbers::looks_like_index_number(value),
        Field::DocumentNumber => super::numbers::whole_number(value).is_some(),
        field if field.is_date() => {
            value.chars().count() <= 24 && matches!(read_date(value), DateReading::Sure(_))
        }
        Field::Validity => unlabelled::is_validity(value),
        Field::DisclosureClass => unlabelled::is_disclosure_class(value),
        _ => false,
    }
}
