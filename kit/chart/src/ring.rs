//! A ring: the parts of a whole, each named with its number and its share beside the picture.
//!
//! It does NOT show more than six parts: what comes after the fifth is drawn together as 其他; the table has them all.

use std::f64::consts::TAU;

use crate::{
    canvas::{Area, Canvas},
    figure::Figure,
    look::Tone,
    text::{Anchor, Type, amount, short, text_width, wrap},
    ticks::format_number,
};

const MOST: usize = 6;

/// A ring's middle and its two radii.
pub(crate) struct Round {
    pub x: f64,
    pub y: f64,
    pub outer: f64,
    pub inner: f64,
}

impl Round {
    pub(crate) fn moved(&self, x: f64, y: f64) -> Round {
        Round { x: self.x + x, y: self.y + y, ..*self }
    }

    fn at(&self, turn: f64, radius: f64) -> String {
        let angle = turn * TAU;
        format!("{} {}", short(self.x + radius * angle.sin()), short(self.y - radius * angle.cos()))
    }

    /// The outline of the piece between two turns.
    pub(crate) fn sector(&self, from: f64, to: f64) -> String {
        if to - from >= 0.9999 {
            let circle = |radius: f64| {
                let (up, down) = (self.at(0.0, radius), self.at(0.5, radius));
                format!("M{up}A{r} {r} 0 0 1 {down}A{r} {r} 0 0 1 {up}Z", r = short(radius))
            };
            return format!("{}{}", circle(self.outer), circle(self.inner));
        }
        let large = u8::from(to - from > 0.5);
        format!(
            "M{}A{o} {o} 0 {large} 1 {}L{}A{i} {i} 0 {large} 0 {}Z",
            self.at(from, self.outer),
            self.at(to, self.outer),
            self.at(to, self.inner),
            self.at(from, self.inner),
            o = short(self.outer),
            i = short(self.inner)
        )
    }

    /// Lines across the piece, about five pixels apart.
    pub(crate) fn spokes(&self, from: f64, to: f64) -> String {
        let step = 5.0 / (TAU * (self.outer + self.inner) / 2.0);
        let mut path = String::new();
        let mut turn = from + step.min((to - from) / 2.0);
        while turn < to {
            path.push_str(&format!("M{}L{}", self.at(turn, self.inner), self.at(turn, self.outer)));
            turn += step;
        }
        path
    }
}

struct Part {
    name: String,
    value: f64,
    tip: String,
}

/// Draws the categories as parts of their sum.
pub(crate) fn draw(canvas: &mut Canvas<'_>, figure: &Figure) {
    let parts = parts(figure);
    let whole: f64 = parts.iter().map(|part| part.value).sum();
    let size = if canvas.width < 480.0 { 132.0 } else { 200.0 };
    let list = size + if canvas.width < 480.0 { 18.0 } else { 40.0 };
    let entries = Entry::of(figure, &parts, whole, canvas.width - list - 22.0);
    let needed: f64 = entries.iter().map(Entry::height).sum();
    let height = needed.max(size);
    let round = Round { x: size / 2.0, y: height / 2.0, outer: size / 2.0 - 1.0, inner: size * 0.32 };
    pieces(canvas, &parts, whole, &round);
    middle(canvas, figure, &parts, whole, &round);
    let mut y = (height - needed) / 2.0;
    for (at, entry) in entries.iter().enumerate() {
        canvas.group(&parts[at].tip);
        entry.draw(canvas, at, (list, y));
        canvas.end_group();
        y += entry.height();
    }
    canvas.reach(height);
}

fn parts(figure: &Figure) -> Vec<Part> {
    let n = figure.categories.len();
    let kept = if n > MOST { MOST - 1 } else { n };
    let part = |at: usize| Part {
        name: figure.categories[at].clone(),
        value: figure.total(at),
        tip: figure.tip(at),
    };
    let mut parts: Vec<Part> = (0..kept).map(part).collect();
    if kept < n {
        let value = (kept..n).map(|at| figure.total(at)).sum();
        let name = format!("其他 {} 项", n - kept);
        let tip = format!("{name}：{}", figure.amount(value));
        parts.push(Part { name, value, tip });
    }
    parts
}

/// The pieces, clockwise from the top, with a line of ground between them; even a tiny one is seen.
fn pieces(canvas: &mut Canvas<'_>, parts: &[Part], whole: f64, round: &Round) {
    if whole <= 0.0 {
        canvas.sector(Tone::tint(0.12), round, 0.0, 1.0);
        return;
    }
    let alone = parts.iter().filter(|part| part.value > 0.0).count() == 1;
    let gap = if alone { 0.0 } else { 1.0 / (TAU * round.outer) };
    let mut from = 0.0;
    for (at, part) in parts.iter().enumerate().filter(|(_, part)| part.value > 0.0) {
        let share = part.value / whole;
        canvas.group(&part.tip);
        let (start, end) = (from + gap, from + share - gap);
        let least = 1.5 / (TAU * round.outer);
        canvas.sector(Tone::of_series(at), round, start, end.max(start + least).min(1.0));
        canvas.end_group();
        from += share;
    }
}

/// Two parts: the share of the first; more: the sum.
fn middle(canvas: &mut Canvas<'_>, figure: &Figure, parts: &[Part], whole: f64, round: &Round) {
    let room = round.inner * 2.0 - 16.0;
    let (main, below) = match parts {
        [first, _] => (percent(first.value, whole).unwrap_or_else(|| "—".to_owned()), first.name.clone()),
        _ if figure.unit.is_empty() => (format_number(whole), "合计".to_owned()),
        _ => (format_number(whole), format!("合计（{}）", figure.unit)),
    };
    let size = [28.0, 22.0, 18.0, 15.0, 12.0].into_iter().find(|&size| text_width(&main, size) <= room);
    let style = Type::VALUE.at(Anchor::Middle).sized(size.unwrap_or(11.0));
    let below_style = Type::AXIS.at(Anchor::Middle);
    if size.is_none() || below_style.width(&below) > room {
        let main = if size.is_none() { crate::axis::compact(whole) } else { main };
        canvas.text(style, round.x, round.y + style.size * 0.36, &style.fit(&main, room));
        return;
    }
    canvas.text(style, round.x, round.y + style.size * 0.16, &main);
    canvas.text(below_style, round.x, round.y + style.size * 0.16 + 18.0, &below);
}

/// A part's name, number and share.
struct Entry {
    number: String,
    name: Vec<String>,
}

impl Entry {
    fn of(figure: &Figure, parts: &[Part], whole: f64, room: f64) -> Vec<Entry> {
        let entry = |part: &Part| {
            let number = crate::axis::at_mark(part.value, Type::VALUE.sized(16.0), room * 0.6);
            let share = percent(part.value, whole).map_or_else(String::new, |share| format!(" · {share}"));
            let number = format!("{}{share}", amount(&number, &figure.unit));
            let name = wrap(&part.name, Type::LABEL.sized(13.0).size, room, 2);
            Entry { number: Type::VALUE.sized(16.0).fit(&number, room), name }
        };
        parts.iter().map(entry).collect()
    }

    fn height(&self) -> f64 {
        28.0 + self.name.len() as f64 * 17.0
    }

    fn draw(&self, canvas: &mut Canvas<'_>, at: usize, (x, y): (f64, f64)) {
        canvas.mark(Tone::of_series(at), Area { x, y: y + 5.0, width: 12.0, height: 12.0 });
        canvas.text(Type::VALUE.sized(16.0), x + 22.0, y + 17.0, &self.number);
        for (n, line) in self.name.iter().enumerate() {
            canvas.text(Type::LABEL.sized(13.0), x + 22.0, y + 35.0 + n as f64 * 17.0, line);
        }
    }
}

/// A share with one decimal; only a real whole is 100%, only nothing is 0%.
pub(crate) fn percent(part: f64, whole: f64) -> Option<String> {
    if whole <= 0.0 {
        return None;
    }
    let share = Some(part / whole * 100.0).filter(|share| *share < 1e6)?;
    let shown = match share {
        s if part < whole && s > 99.9 => 99.9,
        s if part > 0.0 && s < 0.1 => 0.1,
        s => (s * 10.0).round() / 10.0,
    };
    Some(format!("{}%", format_number(shown)))
}
