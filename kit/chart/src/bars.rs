//! Bars across: the name beside or above, the number at the end.

use crate::{
    axis::at_mark,
    canvas::{Area, Canvas},
    figure::Figure,
    key,
    look::{Rule, Tone},
    text::{Anchor, Type, Voice, amount, text_width, wrap},
};

const LINE: f64 = 19.0;

/// Where names, bars and numbers stand.
struct Frame {
    /// The names stand at the left of the bars; else above them.
    beside: bool,
    left: f64,
    /// The length of the greatest bar.
    reach: f64,
    greatest: f64,
    names: Vec<Vec<String>>,
}

impl Frame {
    fn new(canvas: &Canvas<'_>, figure: &Figure, numbers: f64) -> Frame {
        let size = Type::LABEL.size;
        let widest = figure.categories.iter().map(|name| text_width(name, size)).fold(0.0, f64::max);
        let share = if canvas.width < 480.0 { 0.3 } else { 0.34 };
        let beside = canvas.width >= 480.0 || widest <= canvas.width * share;
        let left = if beside { widest.min(canvas.width * share).ceil() + 12.0 } else { 0.0 };
        let room = if beside { left - 12.0 } else { canvas.width };
        let names = figure.categories.iter().map(|name| wrap(name, size, room + 0.5, 2)).collect();
        let reach = (canvas.width - left - numbers).max(24.0);
        Frame { beside, left, reach, greatest: figure.greatest(), names }
    }

    fn length(&self, value: f64) -> f64 {
        if self.greatest > 0.0 { value / self.greatest * self.reach } else { 0.0 }
    }

    /// Draws the name of a row whose bars are `height` high; the top of the bars and of the next row.
    fn name(&self, canvas: &mut Canvas<'_>, at: usize, top: f64, height: f64) -> (f64, f64) {
        let lines = &self.names[at];
        let words = lines.len() as f64 * LINE;
        if !self.beside {
            for (n, line) in lines.iter().enumerate() {
                canvas.text(Type::LABEL, 0.0, top + 14.0 + n as f64 * LINE, line);
            }
            return (top + words + 2.0, top + words + 2.0 + height + 14.0);
        }
        let row = words.max(height) + 14.0;
        let first = top + (row - words) / 2.0 + 14.0;
        for (n, line) in lines.iter().enumerate() {
            let y = first + n as f64 * LINE;
            canvas.text(Type::LABEL.at(Anchor::End), self.left - 12.0, y, line);
        }
        (top + (row - height) / 2.0, top + row)
    }

    /// The zero line of names beside bars; above them each bar has its own start.
    fn base(&self, canvas: &mut Canvas<'_>, top: f64, bottom: f64) {
        if self.beside {
            let x = self.left.round() - 0.5;
            canvas.rule(Rule::Base, (x, top), (x, bottom));
        }
    }
}

/// The number at a bar's end; the unit stands at the first one only.
fn number(figure: &Figure, canvas: &Canvas<'_>, series: usize, at: usize) -> String {
    let Some(value) = figure.value(series, at) else { return "—".to_owned() };
    let number = at_mark(value, Type::VALUE, canvas.width * 0.3);
    if series == 0 && at == 0 {
        first_with_unit(&number, figure, canvas)
    } else {
        close_unit(&number, figure)
    }
}

fn first_with_unit(number: &str, figure: &Figure, canvas: &Canvas<'_>) -> String {
    let whole = amount(number, &figure.unit);
    if Type::VALUE.width(&whole) <= canvas.width * 0.4 { whole } else { close_unit(number, figure) }
}

/// A sign belongs to each number, a word is said once.
fn close_unit(number: &str, figure: &Figure) -> String {
    if figure.unit == "%" { format!("{number}%") } else { number.to_owned() }
}

/// One bar a category, or one a series below each other.
pub(crate) fn draw(canvas: &mut Canvas<'_>, figure: &Figure) {
    let (n, several) = (figure.categories.len(), figure.series.len() > 1);
    let numbers: Vec<Vec<String>> = (0..n)
        .map(|at| (0..figure.series.len()).map(|series| number(figure, canvas, series, at)).collect())
        .collect();
    let widest = numbers.iter().flatten().map(|text| Type::VALUE.width(text)).fold(0.0, f64::max);
    let frame = Frame::new(canvas, figure, widest + 8.0);
    let key = key::draw(canvas, figure, frame.left, canvas.width - frame.left);
    let (bar, step) = if several {
        (14.0, 18.0)
    } else if frame.beside {
        (20.0, 20.0)
    } else {
        (16.0, 16.0)
    };
    let height = step * (figure.series.len() - 1) as f64 + bar;
    let mut y = key;
    for (at, texts) in numbers.iter().enumerate() {
        canvas.group(&figure.tip(at));
        let (top, next) = frame.name(canvas, at, y, height);
        for (series, text) in texts.iter().enumerate() {
            let top = top + series as f64 * step;
            let length = frame.length(figure.drawn(series, at));
            canvas.mark(Tone::of_series(series), Area { x: frame.left, y: top, width: length, height: bar });
            canvas.text(Type::VALUE, frame.left + length + 8.0, top + bar / 2.0 + 5.0, text);
        }
        canvas.end_group();
        y = next;
    }
    frame.base(canvas, key + 2.0, y - 2.0);
    canvas.reach(y);
}

/// One bar a category, its series one after another, and the sum at its end.
pub(crate) fn draw_stacked(canvas: &mut Canvas<'_>, figure: &Figure) {
    let n = figure.categories.len();
    let sums: Vec<String> = (0..n)
        .map(|at| {
            let number = at_mark(figure.total(at), Type::VALUE, canvas.width * 0.3);
            if at == 0 { first_with_unit(&number, figure, canvas) } else { close_unit(&number, figure) }
        })
        .collect();
    let widest = sums.iter().map(|text| Type::VALUE.width(text)).fold(0.0, f64::max);
    let frame = Frame::new(canvas, figure, widest + 8.0);
    let key = key::draw(canvas, figure, frame.left, canvas.width - frame.left);
    let bar = 24.0;
    let mut y = key;
    for (at, sum) in sums.iter().enumerate() {
        canvas.group(&figure.tip(at));
        let (top, next) = frame.name(canvas, at, y, bar);
        let end = parts(canvas, figure, &frame, at, (top, bar));
        canvas.text(Type::VALUE, end + 8.0, top + bar / 2.0 + 5.0, sum);
        canvas.end_group();
        y = next;
    }
    frame.base(canvas, key + 2.0, y - 2.0);
    canvas.reach(y);
}

/// The parts of one bar with their numbers, where they have room; where the bar ends.
fn parts(canvas: &mut Canvas<'_>, figure: &Figure, frame: &Frame, at: usize, (top, bar): (f64, f64)) -> f64 {
    let mut x = frame.left;
    for series in 0..figure.series.len() {
        let value = figure.drawn(series, at);
        let length = frame.length(value);
        let gap = if x > frame.left && length > 3.0 { 1.5 } else { 0.0 };
        let tone = Tone::of_series(series);
        let area = Area { x: x + gap, y: top, width: length - gap, height: bar };
        canvas.mark(tone, area);
        // One part alone has its number at the end of the bar.
        if value > 0.0 && value < figure.total(at) {
            inside(canvas, tone, area, value);
        }
        x += length;
    }
    x
}

/// The number in the middle of a mark, if it has room there.
pub(crate) fn inside(canvas: &mut Canvas<'_>, tone: Tone, area: Area, value: f64) {
    let style = Type::SMALL_VALUE.voiced(tone.voice()).at(Anchor::Middle);
    let text = at_mark(value, style, area.width - 8.0);
    let width = style.width(&text);
    if width > area.width - 8.0 || area.height < 17.0 {
        return;
    }
    let (x, y) = (area.x + area.width / 2.0, area.y + area.height / 2.0);
    if tone.hatched {
        canvas.plate(Area { x: x - width / 2.0 - 3.0, y: y - 8.0, width: width + 6.0, height: 16.0 });
    }
    let style = if tone.hatched { style.voiced(Voice::Value) } else { style };
    canvas.text(style, x, y + 4.5, &text);
}
