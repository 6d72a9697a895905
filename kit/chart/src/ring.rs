//! A ring: the parts of a whole, each named with its number and share beside the picture.
//!
//! It does NOT show more than four parts: what comes after the third is drawn together as 其他.

use crate::data::{Chart, Row, Words, sentence};
use crate::svg::{Anchor, Mark, NARROWEST, Svg, Type, fit, short};
use crate::ticks::format_number;

const SIZE: f64 = 132.0;
const RADIUS: f64 = 54.0;
const STROKE: f64 = 16.0;
const WORDS_AT: f64 = SIZE + 20.0;
const PART: f64 = 44.0;

/// Draws the rows' totals as parts of their sum; the first part's share stands in the middle.
pub fn ring_chart(words: &Words, rows: &[Row]) -> Chart {
    let parts = parts(rows);
    let whole: f64 = parts.iter().map(Row::total).sum();
    let height = SIZE.max(parts.len() as f64 * PART);
    let mut svg = Svg::new("chart-ring", height, &words.title, &sentence(words, rows));
    let middle = height / 2.0;
    circle(&mut svg, "chart-track", middle, 0.1, "");
    let mut from = 0.0;
    for (at, part) in parts.iter().enumerate() {
        let share = if whole > 0.0 { part.total() / whole * 100.0 } else { 0.0 };
        let alone = parts.iter().filter(|part| part.total() > 0.0).count() == 1;
        arc(&mut svg, at, middle, (from, share), alone);
        from += share;
        let top = middle - parts.len() as f64 * PART / 2.0 + at as f64 * PART;
        name(&mut svg, words, (at, part), top, whole);
    }
    let shown = parts.first().and_then(|part| percent(part.total(), whole));
    let style = Type::new("chart-value", 24.0, Anchor::Middle, true);
    svg.text(style, &short(SIZE / 2.0), middle + 8.5, shown.as_deref().unwrap_or("—"));
    Chart::new(svg.finish(), words, rows)
}

fn parts(rows: &[Row]) -> Vec<Row> {
    if rows.len() <= 4 {
        return rows.to_vec();
    }
    let mut parts = rows[..3].to_vec();
    parts.push(Row::new("其他", rows[3..].iter().map(Row::total).sum()));
    parts
}

fn circle(svg: &mut Svg, class: &str, middle: f64, opacity: f64, more: &str) {
    svg.put(format_args!(
        "<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{RADIUS}\" fill=\"none\" stroke=\"currentColor\" \
         stroke-width=\"{STROKE}\" stroke-opacity=\"{opacity}\" pathLength=\"100\"{more}/>",
        short(SIZE / 2.0),
        short(middle)
    ));
}

/// A part, clockwise from the top, with a line of paper before the next; even a tiny one is seen.
fn arc(svg: &mut Svg, at: usize, middle: f64, (from, share): (f64, f64), alone: bool) {
    if share <= 0.0 {
        return;
    }
    let gap = if alone || share < 1.6 { 0.0 } else { 0.8 };
    let length = (share - gap).max(0.4);
    let more = format!(
        " stroke-dasharray=\"{} {}\" transform=\"rotate({} {} {})\"",
        short(length),
        short(100.0 - length),
        short(from * 3.6 - 90.0),
        short(SIZE / 2.0),
        short(middle)
    );
    let mark = Mark::of_series(at);
    circle(svg, mark.class, middle, mark.opacity, &more);
}

fn name(svg: &mut Svg, words: &Words, (at, part): (usize, &Row), top: f64, whole: f64) {
    let mark = Mark::of_series(at);
    svg.put(format_args!(
        "<rect class=\"{}\" x=\"{WORDS_AT}\" y=\"{}\" width=\"4\" height=\"32\" rx=\"2\" fill-opacity=\"{}\"/>",
        mark.class,
        short(top + 6.0),
        mark.opacity
    ));
    let x = WORDS_AT + 14.0;
    let room = NARROWEST - x;
    let amount = format!("{} {}", format_number(part.total()), words.unit);
    let style = Type::new("chart-value", 16.0, Anchor::Start, true);
    svg.text(style, &short(x), top + 19.0, &fit(amount.trim(), style.size, room));
    let share = percent(part.total(), whole).map_or_else(String::new, |share| format!(" · {share}"));
    let small = Type::new("chart-label", 13.0, Anchor::Start, false);
    let label = fit(&part.label, small.size, room - crate::svg::text_width(&share, small.size));
    svg.text(small, &short(x), top + 37.0, &format!("{label}{share}"));
}

/// A share with one decimal; only a real whole is 100%.
fn percent(part: f64, whole: f64) -> Option<String> {
    if whole <= 0.0 {
        return None;
    }
    let share = part / whole * 100.0;
    let shown = match share {
        s if part < whole && s > 99.9 => 99.9,
        s if part > 0.0 && s < 0.1 => 0.1,
        s => (s * 10.0).round() / 10.0,
    };
    Some(format!("{}%", format_number(shown)))
}
