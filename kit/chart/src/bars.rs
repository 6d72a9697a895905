//! A horizontal bar chart: the name and the number above each bar, so that long names stay whole.
//!
//! It does NOT sort: the caller's order is the order.

use crate::data::{Chart, Row, Words, n_series, sentence};
use crate::svg::{Anchor, Mark, NARROWEST, Svg, Type, fit, text_width};
use crate::ticks::format_number;

/// Down one row: baseline of the words, then the bar.
const ROW: f64 = 44.0;
const WORDS_AT: f64 = 15.0;
const BAR_AT: f64 = 23.0;
const BAR: f64 = 8.0;

/// Draws bars from zero, the greatest as wide as the picture; several series stand one after another.
pub fn bar_chart(words: &Words, rows: &[Row]) -> Chart {
    let height = (rows.len().max(1) as f64) * ROW - (ROW - BAR_AT - BAR) + 1.0;
    let mut svg = Svg::new("chart-bars", height, &words.title, &sentence(words, rows));
    let greatest = rows.iter().map(Row::total).fold(0.0, f64::max);
    if rows.is_empty() {
        svg.text(Type::LABEL, "0", WORDS_AT, "暂无数据");
    }
    for (at, row) in rows.iter().enumerate() {
        draw(&mut svg, words, row, Place { top: at as f64 * ROW, greatest, n: n_series(rows) });
    }
    Chart::new(svg.finish(), words, rows)
}

/// Where a row stands and what the full width means.
struct Place {
    top: f64,
    greatest: f64,
    n: usize,
}

fn draw(svg: &mut Svg, words: &Words, row: &Row, place: Place) {
    let value = number(words, row.total());
    svg.group(&format!("{}：{value}", row.label));
    let room = NARROWEST - text_width(&value, Type::VALUE.size) - 12.0;
    let label = fit(&row.label, Type::LABEL.size, room);
    svg.text(Type::LABEL, "0", place.top + WORDS_AT, &label);
    svg.text(Type::VALUE.at(Anchor::End), "100%", place.top + WORDS_AT, &value);
    svg.rect(Mark::TRACK, 0.0, 100.0, place.top + BAR_AT, BAR);
    let mut from = 0.0;
    for series in 0..place.n {
        let width = share(row.value(series), place.greatest);
        if width > 0.0 {
            svg.rect(Mark::of_series(series), from, width, place.top + BAR_AT, BAR);
        }
        from += width;
    }
    svg.end_group();
}

fn share(value: f64, greatest: f64) -> f64 {
    if greatest > 0.0 { value / greatest * 100.0 } else { 0.0 }
}

fn number(words: &Words, value: f64) -> String {
    match words.unit.as_str() {
        "" => format_number(value),
        unit => format!("{} {unit}", format_number(value)),
    }
}
