//! The numbers at the left of a plot and the names below it, shared by columns and lines.

use crate::{
    canvas::Canvas,
    figure::Figure,
    look::Rule,
    text::{Anchor, Type, wrap},
    ticks::{Ticks, format_number, ticks},
};

/// A field with round ticks from zero.
pub(crate) struct Plot {
    pub axis: Ticks,
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    pub n: usize,
}

impl Plot {
    /// The field below `top`, keeping `right_room` free at the right.
    pub(crate) fn new(canvas: &Canvas<'_>, figure: &Figure, top: f64, right_room: f64) -> Plot {
        let axis = ticks(figure.greatest(), 4, figure.is_whole());
        let widest = axis.values.iter().map(|&value| Type::AXIS.width(&compact(value))).fold(0.0, f64::max);
        let height = if canvas.width < 480.0 { 168.0 } else { 220.0 };
        Plot {
            axis,
            left: (widest + 8.0).round(),
            right: canvas.width - right_room,
            top,
            bottom: top + height,
            n: figure.categories.len(),
        }
    }

    pub(crate) fn slot(&self) -> f64 {
        (self.right - self.left) / self.n as f64
    }

    pub(crate) fn middle(&self, at: usize) -> f64 {
        self.left + self.slot() * (at as f64 + 0.5)
    }

    /// The middle nearest to the wished one at which something this wide stays in the field.
    pub(crate) fn kept_inside(&self, middle: f64, half: f64) -> f64 {
        let least = (self.left + half).min(self.right);
        middle.clamp(least, (self.right - half).max(least))
    }

    pub(crate) fn y(&self, value: f64) -> f64 {
        self.bottom - value / self.axis.end() * (self.bottom - self.top)
    }

    /// Hairlines with their numbers; the unit stands at the uppermost.
    pub(crate) fn grid(&self, canvas: &mut Canvas<'_>, unit: &str) {
        for (n, &value) in self.axis.values.iter().enumerate() {
            let y = self.y(value).round() + 0.5;
            if n > 0 {
                canvas.rule(Rule::Grid, (self.left, y), (self.right, y));
            }
            canvas.text(Type::AXIS.at(Anchor::End), self.left - 8.0, y + 4.0, &compact(value));
        }
        if !unit.is_empty() {
            let unit = Type::AXIS.fit(&format!("单位：{unit}"), canvas.width / 2.0);
            canvas.text(Type::AXIS, 0.0, self.top - 24.0, &unit);
        }
    }

    /// The zero line, over the marks.
    pub(crate) fn base(&self, canvas: &mut Canvas<'_>) {
        let y = self.bottom.round() + 0.5;
        canvas.rule(Rule::Base, (self.left, y), (self.right, y));
    }

    /// The names of the categories: whole, without their common ending, in several lines, or only some of them.
    pub(crate) fn names(&self, canvas: &mut Canvas<'_>, names: &[String]) {
        let (lines, every) = self.set(names);
        let deepest = lines.iter().map(Vec::len).max().unwrap_or(1);
        let mut free = f64::NEG_INFINITY;
        for (at, lines) in lines.iter().enumerate().step_by(every) {
            // A name that leans at the edge may leave no room for itself.
            let half = lines.iter().map(|line| Type::AXIS.width(line)).fold(0.0, f64::max) / 2.0;
            let middle = canvas.kept_inside(self.middle(at), half);
            if middle - half < free {
                continue;
            }
            free = middle + half + 2.0;
            for (n, line) in lines.iter().enumerate() {
                let y = self.bottom + 18.0 + n as f64 * 15.0;
                canvas.text(Type::AXIS.at(Anchor::Middle), middle, y, line);
            }
        }
        canvas.reach(self.bottom + 8.0 + deepest as f64 * 15.0);
    }

    fn set(&self, names: &[String]) -> (Vec<Vec<String>>, usize) {
        let room = self.slot() - 3.0;
        let fits = |names: &[String]| names.iter().all(|name| Type::AXIS.width(name) <= room);
        let single = |names: &[String]| names.iter().map(|name| vec![name.clone()]).collect();
        if fits(names) {
            return (single(names), 1);
        }
        if let Some(bare) = without_ending(names).filter(|bare| fits(bare)) {
            return (single(&bare), 1);
        }
        if room >= 40.0 {
            let wrapped = names.iter().map(|name| wrap(name, Type::AXIS.size, room, 3)).collect();
            return (wrapped, 1);
        }
        let widest = names.iter().map(|name| Type::AXIS.width(name)).fold(0.0, f64::max).min(84.0);
        let every = ((widest + 10.0) / self.slot()).ceil().max(1.0) as usize;
        let room = self.slot() * every as f64 - 8.0;
        (names.iter().map(|name| vec![Type::AXIS.fit(name, room)]).collect(), every)
    }
}

/// `1月`, `2`, … `12`: the ending that all names share stands only on the first.
fn without_ending(names: &[String]) -> Option<Vec<String>> {
    let ending = names.first()?.chars().last().filter(|c| !c.is_ascii_digit())?;
    let bare: Option<Vec<String>> = names
        .iter()
        .map(|name| name.strip_suffix(ending).filter(|bare| !bare.is_empty()).map(str::to_owned))
        .collect();
    let mut bare = bare?;
    bare[0].push(ending);
    Some(bare)
}

/// A number short enough for an axis: from ten thousand on in 万, from a hundred million in 亿.
pub(crate) fn compact(value: f64) -> String {
    let rounded = |value: f64| format_number((value * 100.0).round() / 100.0);
    match value {
        v if v >= 1e12 => format!("{}万亿", rounded(v / 1e12)),
        v if v >= 1e8 => format!("{}亿", rounded(v / 1e8)),
        v if v >= 1e4 => format!("{}万", rounded(v / 1e4)),
        v => format_number(v),
    }
}

/// A number at a mark: whole where there is room, else with one decimal in 万 or 亿.
pub(crate) fn at_mark(value: f64, style: Type, room: f64) -> String {
    let whole = format_number(value);
    if style.width(&whole) <= room || value < 1e4 {
        return whole;
    }
    let rounded = |value: f64| format_number((value * 10.0).round() / 10.0);
    match value {
        v if v >= 1e12 => format!("{}万亿", rounded(v / 1e12)),
        v if v >= 1e8 => format!("{}亿", rounded(v / 1e8)),
        v => format!("{}万", rounded(v / 1e4)),
    }
}
