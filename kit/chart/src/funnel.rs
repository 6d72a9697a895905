//! A funnel: stages one below the other, each as wide as its number, with what is left of the stage before.

use crate::{
    axis::at_mark,
    canvas::{Area, Canvas},
    figure::Figure,
    look::Tone,
    ring::percent,
    text::{Anchor, Type, amount, wrap},
};

const BAR: f64 = 30.0;
const BETWEEN: f64 = 26.0;

/// Draws the categories from the top down.
pub(crate) fn draw(canvas: &mut Canvas<'_>, figure: &Figure) {
    let narrow = canvas.width < 480.0;
    let room = canvas.width * if narrow { 0.3 } else { 0.26 };
    let names: Vec<Vec<String>> =
        figure.categories.iter().map(|name| wrap(name, Type::LABEL.size, room, 2)).collect();
    let numbers: Vec<String> = (0..names.len()).map(|at| number(figure, canvas, at)).collect();
    let left = names.iter().flatten().map(|line| Type::LABEL.width(line)).fold(0.0, f64::max) + 12.0;
    let right = numbers.iter().map(|text| Type::VALUE.width(text)).fold(0.0, f64::max) + 12.0;
    let field = (canvas.width - left - right).max(32.0);
    let greatest = (0..names.len()).map(|at| figure.total(at)).fold(0.0, f64::max);
    let middle = left + field / 2.0;
    let half = |at: usize| if greatest > 0.0 { figure.total(at) / greatest * field / 2.0 } else { 0.0 };
    for at in 0..names.len() {
        let top = at as f64 * (BAR + BETWEEN);
        if at > 0 {
            step(canvas, figure, at, &[middle, half(at - 1), half(at), top]);
        }
        canvas.group(&figure.tip(at));
        let width = (half(at) * 2.0).max(if figure.total(at) > 0.0 { 2.0 } else { 0.0 });
        canvas.mark(Tone::SOLID, Area { x: middle - width / 2.0, y: top, width, height: BAR });
        let first = top + BAR / 2.0 + 5.0 - (names[at].len() - 1) as f64 * 9.0;
        for (n, line) in names[at].iter().enumerate() {
            canvas.text(Type::LABEL, 0.0, first + n as f64 * 18.0, line);
        }
        canvas.text(Type::VALUE.at(Anchor::End), canvas.width, top + BAR / 2.0 + 5.0, &numbers[at]);
        canvas.end_group();
    }
    canvas.reach(names.len() as f64 * (BAR + BETWEEN) - BETWEEN);
}

fn number(figure: &Figure, canvas: &Canvas<'_>, at: usize) -> String {
    let number = at_mark(figure.total(at), Type::VALUE, canvas.width * 0.22);
    let with_unit = amount(&number, &figure.unit);
    if Type::VALUE.width(&with_unit) <= canvas.width * 0.28 { with_unit } else { number }
}

/// The way from a stage to the next, and how much of it is left.
fn step(canvas: &mut Canvas<'_>, figure: &Figure, at: usize, &[middle, before, after, top]: &[f64; 4]) {
    let (from, to) = (top - BETWEEN, top);
    let sides =
        [(middle - before, from), (middle + before, from), (middle + after, to), (middle - after, to)];
    canvas.polygon(Tone::tint(0.14), &sides);
    let Some(text) = percent(figure.total(at), figure.total(at - 1)) else { return };
    let style = Type::AXIS.at(Anchor::Middle);
    let width = style.width(&text);
    canvas.plate(Area {
        x: middle - width / 2.0 - 5.0,
        y: top - BETWEEN / 2.0 - 8.5,
        width: width + 10.0,
        height: 17.0,
    });
    canvas.text(style, middle, top - BETWEEN / 2.0 + 4.0, &text);
}
