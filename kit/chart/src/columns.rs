//! A column chart for a run of periods (twelve months): one series, or two stacked, with round
//! ticks, a zero baseline, and the numbers written at the columns.
//!
//! A second series is told in numbers too, in a line below the names: nobody needs to see a colour.
//! It does NOT draw more than two series well; use a table for those.

use crate::data::{Chart, Row, Words, n_series, sentence};
use crate::svg::{Anchor, Mark, NARROWEST, Svg, Type, fit, text_width};
use crate::ticks::{Ticks, format_number, ticks};

/// Percent kept at the left at least for the ticks' numbers, which stand on their lines.
const GUTTER: f64 = 10.0;
/// The line of the series' names and the unit.
const KEY: f64 = 24.0;
const TOP: f64 = 20.0;
const PLOT: f64 = 168.0;
const NAMES: f64 = 20.0;
const STRIP: f64 = 22.0;
/// The part of its slot a column fills.
const FILLED: f64 = 0.58;
const GAP: f64 = 1.5;

/// Draws columns from zero in the rows' order.
pub fn column_chart(words: &Words, rows: &[Row]) -> Chart {
    let strip = if n_series(rows) > 1 { STRIP } else { 0.0 };
    let height = KEY + TOP + PLOT + NAMES + strip + 4.0;
    let mut svg = Svg::new("chart-columns", height, &words.title, &sentence(words, rows));
    if rows.is_empty() {
        svg.text(Type::LABEL, "0", TOP, "暂无数据");
        return Chart::new(svg.finish(), words, rows);
    }
    let whole = rows.iter().all(|row| row.values.iter().all(|value| value.fract() == 0.0));
    let greatest = rows.iter().map(Row::total).fold(0.0, f64::max);
    let axis = ticks(greatest, 4, whole);
    let gutter = gutter(&axis, rows);
    let plot = Plot { axis, gutter, top: KEY + TOP, n_rows: rows.len() };
    key(&mut svg, words, n_series(rows));
    plot.grid(&mut svg);
    let labelled = plot.labelled(rows);
    for (at, row) in rows.iter().enumerate() {
        plot.column(&mut svg, words, (at, row), labelled.contains(&at));
    }
    plot.names(&mut svg, rows);
    if n_series(rows) > 1 {
        plot.strip(&mut svg, words, rows);
    }
    Chart::new(svg.finish(), words, rows)
}

/// Percent at the left, so that the ticks' numbers and the first column's never touch.
fn gutter(axis: &Ticks, rows: &[Row]) -> f64 {
    let width = |value: f64| text_width(&compact(value), 12.0);
    let widest_tick = axis.values.iter().map(|&value| width(value)).fold(0.0, f64::max);
    let slot = NARROWEST * 0.8 / rows.len() as f64;
    let overhang = (width(rows[0].total()) - slot).max(0.0) / 2.0;
    ((widest_tick + overhang + 4.0) / NARROWEST * 100.0).max(GUTTER)
}

/// The names of the series with their marks, and the unit, in one line.
fn key(svg: &mut Svg, words: &Words, n_series: usize) {
    if !words.unit.is_empty() {
        let unit = fit(&format!("单位：{}", words.unit), 12.0, NARROWEST / 3.0);
        svg.text(Type::SMALL.at(Anchor::End), "100%", 13.0, &unit);
    }
    let shown = if n_series > 1 { n_series.min(2) } else { 0 };
    let mut x = 0.0;
    for (series, name) in words.series.iter().enumerate().take(shown) {
        let mark = Mark::of_series(series);
        svg.put(format_args!(
            "<rect class=\"{}\" x=\"{x}\" y=\"3\" width=\"10\" height=\"10\" rx=\"2\" fill-opacity=\"{}\"/>",
            mark.class, mark.opacity
        ));
        let style = Type::new("chart-label", 13.0, Anchor::Start, false);
        let name = fit(name, style.size, NARROWEST / 4.0);
        svg.text(style, &(x + 16.0).to_string(), 13.0, &name);
        x = (x + 16.0 + text_width(&name, style.size) + 20.0).round();
    }
}

struct Plot {
    axis: Ticks,
    gutter: f64,
    top: f64,
    n_rows: usize,
}

impl Plot {
    fn bottom(&self) -> f64 {
        self.top + PLOT
    }

    fn slot(&self) -> f64 {
        (100.0 - self.gutter) / self.n_rows as f64
    }

    fn middle(&self, at: usize) -> String {
        let percent = self.gutter + self.slot() * (at as f64 + 0.5);
        format!("{}%", crate::svg::short(percent))
    }

    /// Pixels of a slot on the narrowest screen.
    fn slot_pixels(&self) -> f64 {
        self.slot() / 100.0 * NARROWEST
    }

    fn height(&self, value: f64) -> f64 {
        value / self.axis.end() * PLOT
    }

    fn grid(&self, svg: &mut Svg) {
        for (n, &value) in self.axis.values.iter().enumerate() {
            let y = (self.bottom() - self.height(value)).round() + 0.5;
            let (class, opacity) = if n == 0 { ("chart-base", 0.6) } else { ("chart-grid", 0.14) };
            svg.line(class, y, opacity);
            svg.text(Type::SMALL.at(Anchor::Start), "0", y - 4.0, &compact(value));
        }
    }

    /// Columns whose number is written: all, where they fit side by side on the narrowest screen;
    /// else the greatest and the last (the table has the others).
    fn labelled(&self, rows: &[Row]) -> Vec<usize> {
        let width = |at: usize| text_width(&compact(rows[at].total()), 12.0) + 3.0;
        if (0..rows.len()).all(|at| width(at) <= self.slot_pixels()) {
            return (0..rows.len()).collect();
        }
        let by_total = |a: &usize, b: &usize| rows[*a].total().total_cmp(&rows[*b].total());
        let last = rows.len() - 1;
        let greatest = (0..rows.len()).rev().max_by(by_total).unwrap_or(last);
        // The last one's number ends at the picture's edge.
        let distance = (last - greatest) as f64 * self.slot_pixels();
        // A wide number beside a higher column would stand on it.
        let free = last == 0 || rows[last - 1].total() <= rows[last].total();
        let apart = free && distance >= width(last) + width(greatest) / 2.0;
        if apart { vec![greatest, last] } else { vec![greatest] }
    }

    fn column(&self, svg: &mut Svg, words: &Words, (at, row): (usize, &Row), labelled: bool) {
        svg.group(&tip(words, row));
        let x = self.gutter + self.slot() * (at as f64 + (1.0 - FILLED) / 2.0);
        let mut base = self.bottom();
        for series in 0..row.values.len().max(1) {
            let height = self.height(row.value(series));
            // A line of paper between the parts, taken from the upper one.
            let gap = if base < self.bottom() && height > GAP * 2.0 { GAP } else { 0.0 };
            if height > 0.0 {
                svg.rect(Mark::of_series(series), x, self.slot() * FILLED, base - height, height - gap);
            }
            base -= height;
        }
        if labelled && row.total() > 0.0 {
            let text = compact(row.total());
            let style = Type::new("chart-value", 12.0, Anchor::Middle, true);
            // A number wider than its slot would leave the picture at the last column.
            let at_edge = at + 1 == self.n_rows && text_width(&text, 12.0) > self.slot_pixels();
            let (style, x) = match at_edge {
                true => (style.at(Anchor::End), "100%".to_owned()),
                false => (style, self.middle(at)),
            };
            svg.text(style, &x, base - 5.0, &text);
        }
        svg.end_group();
    }

    /// The rows' names, every second or third where they would touch.
    fn names(&self, svg: &mut Svg, rows: &[Row]) {
        let widest = rows.iter().map(|row| text_width(&row.label, 12.0)).fold(0.0, f64::max);
        let every = ((widest.min(72.0) + 2.0) / self.slot_pixels()).ceil().max(1.0) as usize;
        for (at, row) in rows.iter().enumerate().step_by(every) {
            let room = self.slot_pixels() * every as f64 - 2.0;
            let wide = text_width(&row.label, 12.0) > self.slot_pixels();
            let (style, x, room) = match at + 1 == rows.len() && wide {
                // The last name ends at the picture's edge and keeps off the one before it.
                true => (Type::SMALL.at(Anchor::End), "100%".to_owned(), (room + self.slot_pixels()) / 2.0),
                false => (Type::SMALL, self.middle(at), room),
            };
            svg.text(style, &x, self.bottom() + 17.0, &fit(&row.label, 12.0, room));
        }
    }

    /// The second series in numbers; a dot for nothing.
    fn strip(&self, svg: &mut Svg, words: &Words, rows: &[Row]) {
        let y = self.bottom() + NAMES + 17.0;
        let name = words.series.get(1).map_or("", String::as_str);
        svg.text(
            Type::SMALL.at(Anchor::Start),
            "0",
            y,
            &fit(name, 12.0, NARROWEST * self.gutter / 100.0 - 4.0),
        );
        for (at, row) in rows.iter().enumerate() {
            let value = row.value(1);
            let text = if value > 0.0 { compact(value) } else { "·".to_owned() };
            let class = if value > 0.0 { "chart-value-2" } else { "chart-axis" };
            if text_width(&text, 12.0) <= self.slot_pixels() {
                let style = Type::new(class, 12.0, Anchor::Middle, value > 0.0);
                svg.text(style, &self.middle(at), y, &text);
            }
        }
    }
}

fn tip(words: &Words, row: &Row) -> String {
    let unit = &words.unit;
    let mut text = format!("{}：{} {unit}", row.label, format_number(row.total()));
    if row.values.len() > 1 {
        let part = |(at, name): (usize, &String)| format!("{name} {}", format_number(row.value(at)));
        let parts: Vec<String> = words.series.iter().enumerate().map(part).collect();
        text.push_str(&format!("（{}）", parts.join("，")));
    }
    text
}

/// A number short enough for a column: from ten thousand on in 万, from a hundred million in 亿.
fn compact(value: f64) -> String {
    let one_decimal = |value: f64| format_number((value * 10.0).round() / 10.0);
    match value {
        v if v >= 1e8 => format!("{}亿", one_decimal(v / 1e8)),
        v if v >= 1e4 => format!("{}万", one_decimal(v / 1e4)),
        v => format_number(v),
    }
}
