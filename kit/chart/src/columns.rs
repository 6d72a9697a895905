//! Columns over names: side by side, or stacked, with round ticks and the numbers written at them.

use crate::{
    axis::{Plot, at_mark},
    bars::inside,
    canvas::{Area, Canvas},
    figure::Figure,
    key,
    look::Tone,
    text::{Anchor, Type},
};

/// The part of its slot that a column, or a group of them, fills.
const FILLED: f64 = 0.64;

/// A column with the number over it.
struct Column {
    at: usize,
    middle: f64,
    width: f64,
    top: f64,
    text: String,
}

/// Draws columns from zero in the order of the categories.
pub(crate) fn draw(canvas: &mut Canvas<'_>, figure: &Figure) {
    let key = key::draw(canvas, figure, 0.0, canvas.width);
    // The unit stands on a line of its own above the numbers of the columns.
    let unit = if figure.unit.is_empty() { 20.0 } else { 38.0 };
    let plot = Plot::new(canvas, figure, key + unit, 0.0);
    plot.grid(canvas, &figure.unit);
    let mut columns = Vec::new();
    for at in 0..figure.categories.len() {
        canvas.group(&figure.tip(at));
        if figure.is_stacked() {
            columns.push(stacked(canvas, figure, &plot, at));
        } else {
            columns.extend(side_by_side(canvas, figure, &plot, at));
        }
        canvas.end_group();
    }
    plot.base(canvas);
    numbers(canvas, &plot, &columns);
    plot.names(canvas, &figure.categories);
}

fn side_by_side(canvas: &mut Canvas<'_>, figure: &Figure, plot: &Plot, at: usize) -> Vec<Column> {
    let n = figure.series.len() as f64;
    let filled = if n > 1.0 { 0.8 } else { FILLED };
    let group = (plot.slot() * filled).min(56.0 * n);
    let gap = if n > 1.0 { (group * 0.06).min(3.0) } else { 0.0 };
    let width = (group - gap * (n - 1.0)) / n;
    let left = plot.middle(at) - group / 2.0;
    let mut columns = Vec::new();
    for series in 0..figure.series.len() {
        let x = left + series as f64 * (width + gap);
        let Some(value) = figure.value(series, at) else { continue };
        let top = plot.y(value);
        canvas.mark(Tone::of_series(series), Area { x, y: top, width, height: plot.bottom - top });
        let room = if n > 1.0 { width + gap } else { plot.slot() };
        let text = at_mark(value, Type::SMALL_VALUE, room - 2.0);
        columns.push(Column { at, middle: x + width / 2.0, width: room, top, text });
    }
    columns
}

fn stacked(canvas: &mut Canvas<'_>, figure: &Figure, plot: &Plot, at: usize) -> Column {
    let width = (plot.slot() * FILLED).min(72.0);
    let x = plot.middle(at) - width / 2.0;
    let (mut sum, mut base) = (0.0, plot.bottom);
    for series in 0..figure.series.len() {
        let value = figure.drawn(series, at);
        sum += value;
        let top = plot.y(sum);
        let gap = if base < plot.bottom && base - top > 3.0 { 1.5 } else { 0.0 };
        let area = Area { x, y: top, width, height: base - top - gap };
        let tone = Tone::of_series(series);
        canvas.mark(tone, area);
        if value > 0.0 && value < figure.total(at) {
            inside(canvas, tone, area, value);
        }
        base = top;
    }
    let text = at_mark(sum, Type::SMALL_VALUE, plot.slot() - 2.0);
    Column { at, middle: plot.middle(at), width: plot.slot(), top: base, text }
}

/// Numbers over the columns: all, where each has room; else the greatest and the last, if they keep apart.
fn numbers(canvas: &mut Canvas<'_>, plot: &Plot, columns: &[Column]) {
    let half = |column: &Column| Type::SMALL_VALUE.width(&column.text) / 2.0;
    let middle = |column: &Column| plot.kept_inside(column.middle, half(column));
    let mut write = |column: &Column| {
        let style = Type::SMALL_VALUE.at(Anchor::Middle);
        canvas.text(style, middle(column), column.top - 6.0, &column.text);
    };
    if columns.iter().all(|column| half(column) * 2.0 <= column.width - 1.0) {
        columns.iter().for_each(write);
        return;
    }
    let Some(greatest) = columns.iter().rev().min_by(|a, b| a.top.total_cmp(&b.top)) else { return };
    write(greatest);
    let Some(last) = columns.last() else { return };
    // What stands left of the last one's number must be lower or far.
    let left = middle(last) - half(last);
    let apart = middle(greatest) + half(greatest) + 4.0 <= left;
    let free = columns.iter().all(|other| {
        let covered = other.middle + other.width / 2.0 > left && other.middle < last.middle;
        !covered || other.top >= last.top
    });
    if greatest.at != last.at && apart && free {
        write(last);
    }
}
