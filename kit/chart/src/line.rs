//! Lines over categories that follow each other, each named at its end.

use crate::{
    axis::{Plot, at_mark, compact},
    canvas::{Area, Canvas},
    figure::Figure,
    key,
    look::Tone,
    text::{Anchor, Type},
};

/// The least distance of two lines of text.
const LINE: f64 = 17.0;

/// Draws the series from zero; nothing known leaves a gap.
pub(crate) fn draw(canvas: &mut Canvas<'_>, figure: &Figure) {
    let ends = End::of(figure, canvas);
    let room = ends.iter().map(End::width).fold(0.0, f64::max);
    // Names at the ends take at most a third of the picture.
    let named = figure.series.len() > 1 && room <= canvas.width * 0.34 && ends.len() <= 8;
    let key = if named { 0.0 } else { key::draw(canvas, figure, 0.0, canvas.width) };
    let unit = if figure.unit.is_empty() { 20.0 } else { 38.0 };
    let plot = Plot::new(canvas, figure, key + unit, if named { room + 10.0 } else { 0.0 });
    plot.grid(canvas, &figure.unit);
    plot.base(canvas);
    for series in (0..figure.series.len()).rev() {
        stroke(canvas, figure, &plot, series);
    }
    targets(canvas, figure, &plot);
    if named {
        name_ends(canvas, &plot, ends);
    } else if figure.series.len() == 1 {
        peaks(canvas, figure, &plot);
    }
    plot.names(canvas, &figure.categories);
}

/// How the lines differ without colour.
fn manner(series: usize) -> (Tone, &'static str) {
    let more = match series % 5 {
        0 => "stroke-width=\"2.5\" stroke-linejoin=\"round\" stroke-linecap=\"round\"",
        1 => "stroke-width=\"1.5\" stroke-linejoin=\"round\"",
        2 => "stroke-width=\"2\" stroke-dasharray=\"6 4\"",
        3 => "stroke-width=\"2\" stroke-dasharray=\"1.5 4\" stroke-linecap=\"round\"",
        _ => "stroke-width=\"2\" stroke-dasharray=\"10 3 2 3\"",
    };
    let tone = if series.is_multiple_of(5) || series % 5 > 2 { Tone::SOLID } else { Tone::of_series(3) };
    (tone, more)
}

fn stroke(canvas: &mut Canvas<'_>, figure: &Figure, plot: &Plot, series: usize) {
    let (tone, more) = manner(series);
    let n = figure.categories.len();
    let mut run: Vec<(f64, f64)> = Vec::new();
    for at in 0..=n {
        let value = if at < n { figure.value(series, at) } else { None };
        match value {
            Some(value) => run.push((plot.middle(at), plot.y(value))),
            None => {
                if run.len() > 1 {
                    canvas.polyline(tone.hue, &run, more);
                }
                run.clear();
            }
        }
    }
    let dense = plot.slot() < 16.0;
    for at in 0..n {
        let Some(value) = figure.value(series, at) else { continue };
        if !dense || at + 1 == n {
            let radius = if series == 0 { 3.5 } else { 3.0 };
            canvas.dot(tone, (plot.middle(at), plot.y(value)), radius);
        }
    }
}

/// A clear field over each category that tells its numbers under the pointer.
fn targets(canvas: &mut Canvas<'_>, figure: &Figure, plot: &Plot) {
    for at in 0..figure.categories.len() {
        canvas.group(&figure.tip(at));
        let x = plot.middle(at) - plot.slot() / 2.0;
        canvas.clear(Area { x, y: plot.top, width: plot.slot(), height: plot.bottom - plot.top });
        canvas.end_group();
    }
}

/// The greatest and the last number of a single line.
fn peaks(canvas: &mut Canvas<'_>, figure: &Figure, plot: &Plot) {
    let known: Vec<(usize, f64)> =
        (0..figure.categories.len()).filter_map(|at| Some((at, figure.value(0, at)?))).collect();
    let texts: Vec<String> =
        known.iter().map(|(_, value)| at_mark(*value, Type::SMALL_VALUE, plot.slot() - 2.0)).collect();
    let write = |canvas: &mut Canvas<'_>, n: usize| {
        let (at, value) = known[n];
        let above = |n: Option<usize>| n.and_then(|n| known.get(n)).is_none_or(|(_, other)| *other > value);
        // Where the line comes from above and goes up again it would cross a number over it.
        let valley = known.len() > 1 && above(n.checked_sub(1)) && above(Some(n + 1));
        let room_below = plot.bottom - plot.y(value) > 22.0;
        let y = if valley && room_below { plot.y(value) + 18.0 } else { plot.y(value) - 9.0 };
        let style = Type::SMALL_VALUE.at(Anchor::Middle);
        canvas.text(style, plot.kept_inside(plot.middle(at), style.width(&texts[n]) / 2.0), y, &texts[n]);
    };
    let width = |n: usize| Type::SMALL_VALUE.width(&texts[n]);
    if (0..known.len()).all(|n| width(n) <= plot.slot() - 4.0) {
        (0..known.len()).for_each(|n| write(canvas, n));
        return;
    }
    let Some(greatest) = (0..known.len()).rev().max_by(|a, b| known[*a].1.total_cmp(&known[*b].1)) else {
        return;
    };
    write(canvas, greatest);
    let last = known.len() - 1;
    let place = |n: usize| plot.kept_inside(plot.middle(known[n].0), width(n) / 2.0);
    let apart = place(last) - place(greatest);
    if last != greatest && apart > (width(last) + width(greatest)) / 2.0 + 4.0 {
        write(canvas, last);
    }
}

/// The name and the last number of a line.
struct End {
    value: f64,
    text: String,
    number: String,
}

impl End {
    fn of(figure: &Figure, canvas: &Canvas<'_>) -> Vec<End> {
        let end = |series: usize| {
            let last = (0..figure.categories.len()).rev().find_map(|at| figure.value(series, at))?;
            let text = Type::LABEL.sized(13.0).fit(&figure.series[series].name, canvas.width * 0.2);
            Some(End { value: last, text, number: compact(last) })
        };
        (0..figure.series.len()).filter_map(end).collect()
    }

    fn width(&self) -> f64 {
        Type::LABEL.sized(13.0).width(&self.text) + 6.0 + Type::VALUE.sized(13.0).width(&self.number)
    }
}

fn name_ends(canvas: &mut Canvas<'_>, plot: &Plot, mut ends: Vec<End>) {
    ends.sort_by(|a, b| b.value.total_cmp(&a.value));
    let mut places: Vec<f64> = ends.iter().map(|end| plot.y(end.value)).collect();
    spread(&mut places, plot.top, plot.bottom);
    for (end, y) in ends.iter().zip(places) {
        let x = plot.right + 4.0;
        canvas.text(Type::VALUE.sized(13.0), x, y + 4.5, &end.number);
        let x = x + Type::VALUE.sized(13.0).width(&end.number) + 6.0;
        canvas.text(Type::LABEL.sized(13.0), x, y + 4.5, &end.text);
    }
}

/// Moves places that are too near apart, downwards first, then back up from the lower edge.
fn spread(places: &mut [f64], top: f64, bottom: f64) {
    let mut free = top.min(places.first().copied().unwrap_or(top));
    for place in places.iter_mut() {
        *place = place.max(free);
        free = *place + LINE;
    }
    let mut free = bottom;
    for place in places.iter_mut().rev() {
        *place = place.min(free);
        free = *place - LINE;
    }
}

#[cfg(test)]
#[test]
fn ends_that_are_too_near_move_apart_and_stay_inside() {
    let mut places = [100.0, 101.0, 102.0, 198.0];
    spread(&mut places, 20.0, 200.0);
    assert_eq!(places, [100.0, 117.0, 134.0, 198.0]);
    let mut low = [199.0, 200.0, 200.0];
    spread(&mut low, 20.0, 200.0);
    assert_eq!(low, [166.0, 183.0, 200.0]);
}
