//! A field a day over whole years, stronger where more happened. On wide pictures a year is one band of weeks, on
//! narrow ones twelve small months.

use std::collections::BTreeMap;

use crate::{
    canvas::{Area, Canvas},
    day::Day,
    figure::Figure,
    look::{Hue, Tone},
    text::{Anchor, Type},
    ticks::format_number,
};

/// More years than this are not drawn; the latest are.
const MOST_YEARS: usize = 4;
const WEEKDAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
const STRENGTHS: [f64; 5] = [0.0, 0.24, 0.45, 0.7, 1.0];

/// The numbers by day.
struct Days {
    numbers: BTreeMap<i64, f64>,
    /// The least number of each strength from the second on.
    steps: Vec<f64>,
}

/// Draws the days of every year that a category names.
pub(crate) fn draw(canvas: &mut Canvas<'_>, figure: &Figure) {
    let mut numbers: BTreeMap<i64, f64> = BTreeMap::new();
    for (at, name) in figure.categories.iter().enumerate() {
        if let Some(day) = Day::parse(name) {
            *numbers.entry(day.0).or_default() += figure.total(at);
        }
    }
    let mut years: Vec<i64> = numbers.keys().map(|&day| Day(day).civil().0).collect();
    years.dedup();
    if years.is_empty() {
        canvas.text(Type::AXIS, 0.0, 24.0, "暂无数据");
        canvas.reach(48.0);
        return;
    }
    let days = Days { steps: steps(&numbers), numbers };
    let shown = &years[years.len().saturating_sub(MOST_YEARS)..];
    let mut y = 0.0;
    for &year in shown {
        if shown.len() > 1 {
            canvas.text(Type::VALUE, 0.0, y + 14.0, &format!("{year}年"));
            y += 26.0;
        }
        y = if canvas.width < 480.0 {
            months(canvas, figure, &days, year, y)
        } else {
            band(canvas, figure, &days, year, y)
        };
    }
    key(canvas, figure, &days, y);
}

/// Steps of 1, 2, 5 × 10ⁿ, such that a quarter of the busy days or so falls on each strength.
fn steps(numbers: &BTreeMap<i64, f64>) -> Vec<f64> {
    let mut busy: Vec<f64> = numbers.values().copied().filter(|&value| value > 0.0).collect();
    busy.sort_by(f64::total_cmp);
    let mut steps: Vec<f64> = Vec::new();
    for quarter in 1..4 {
        let Some(&value) = busy.get(busy.len() * quarter / 4) else { continue };
        let step = round_up(value);
        if steps.last().is_none_or(|&last| step > last)
            && busy.last().is_some_and(|&most| step <= most)
            && step > 1.0
        {
            steps.push(step);
        }
    }
    steps
}

fn round_up(value: f64) -> f64 {
    let power = 10_f64.powf(value.log10().floor());
    [1.0, 2.0, 3.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|&step| step >= value)
        .unwrap_or(value)
}

impl Days {
    fn tone(&self, value: f64) -> Tone {
        if value <= 0.0 {
            return Tone { hue: Hue::Other, strength: 0.07, outlined: false, hatched: false };
        }
        // With few steps the strong end is used.
        let over = self.steps.iter().filter(|&&step| value >= step).count();
        Tone::tint(STRENGTHS[(4 - self.steps.len() + over).min(4)])
    }

    /// Draws the fields: days on which nothing happened as one shape, the others each with its name.
    fn fields(&self, canvas: &mut Canvas<'_>, figure: &Figure, fields: &[(Day, Area)]) {
        let value = |day: Day| self.numbers.get(&day.0).copied().unwrap_or(0.0);
        let quiet: Vec<Area> =
            fields.iter().filter(|(day, _)| value(*day) <= 0.0).map(|(_, area)| *area).collect();
        canvas.fields(self.tone(0.0), &quiet);
        for (day, area) in fields.iter().filter(|(day, _)| value(*day) > 0.0) {
            canvas.group(&format!("{}：{}", day.words(), figure.amount(value(*day))));
            canvas.mark(self.tone(value(*day)), *area);
            canvas.end_group();
        }
    }
}

/// Weeks from left to right, Monday at the top.
fn band(canvas: &mut Canvas<'_>, figure: &Figure, days: &Days, year: i64, top: f64) -> f64 {
    let (first, last) = (Day::new(year, 1, 1), Day::new(year, 12, 31));
    let left = 22.0;
    let step = ((canvas.width - left) / 54.0).min(22.0);
    let gap = if step > 9.0 { 2.0 } else { 1.0 };
    let week = |day: Day| (day.0 - (first.0 - first.weekday())) / 7;
    let top = top + 20.0;
    for (n, name) in WEEKDAYS.iter().enumerate().step_by(2) {
        canvas.text(Type::AXIS, 0.0, top + n as f64 * step + step / 2.0 + 3.5, name);
    }
    for month in 1..=12 {
        let x = left + week(Day::new(year, month, 1)) as f64 * step;
        // A month that begins in the middle of a week is named over its first whole week.
        let x = if Day::new(year, month, 1).weekday() > 3 { x + step } else { x };
        canvas.text(Type::AXIS, x, top - 8.0, &format!("{month}月"));
    }
    let field = |day: Day| {
        let (x, y) = (left + week(day) as f64 * step, top + day.weekday() as f64 * step);
        (day, Area { x, y, width: step - gap, height: step - gap })
    };
    let fields: Vec<(Day, Area)> = (first.0..=last.0).map(|day| field(Day(day))).collect();
    days.fields(canvas, figure, &fields);
    top + 7.0 * step + 12.0
}

/// Three small months in a row, each in weeks.
fn months(canvas: &mut Canvas<'_>, figure: &Figure, days: &Days, year: i64, top: f64) -> f64 {
    let between = 16.0;
    let width = (canvas.width - 2.0 * between) / 3.0;
    let step = width / 7.0;
    let height = 22.0 + 6.0 * step + 10.0;
    let mut fields = Vec::new();
    for month in 1..=12 {
        let (column, line) = ((month - 1) % 3, (month - 1) / 3);
        let (x, y) = (column as f64 * (width + between), top + line as f64 * height);
        canvas.text(Type::AXIS, x, y + 13.0, &format!("{month}月"));
        let first = Day::new(year, month, 1);
        let next = if month == 12 { Day::new(year + 1, 1, 1) } else { Day::new(year, month + 1, 1) };
        for day in (first.0..next.0).map(Day) {
            let week = (day.0 - (first.0 - first.weekday())) / 7;
            let area = Area {
                x: x + day.weekday() as f64 * step,
                y: y + 22.0 + week as f64 * step,
                width: step - 1.5,
                height: step - 1.5,
            };
            fields.push((day, area));
        }
    }
    days.fields(canvas, figure, &fields);
    top + 4.0 * height
}

/// What the strengths mean, and the busiest day.
fn key(canvas: &mut Canvas<'_>, figure: &Figure, days: &Days, top: f64) {
    let mut samples = vec![("0".to_owned(), days.tone(0.0))];
    let mut bounds = vec![1.0];
    bounds.extend(&days.steps);
    for (n, &from) in bounds.iter().enumerate() {
        let words = match bounds.get(n + 1) {
            Some(&next) if figure.is_whole() && next - from > 1.0 => {
                format!("{}–{}", format_number(from), format_number(next - 1.0))
            }
            Some(_) => format_number(from),
            None if bounds.len() == 1 => "有".to_owned(),
            None => format!("{} 以上", format_number(from)),
        };
        samples.push((words, days.tone(from)));
    }
    let (mut x, mut y) = (0.0, top);
    let style = Type::AXIS;
    let lead =
        if figure.unit.is_empty() { "每天".to_owned() } else { format!("每天（{}）", figure.unit) };
    let lead = style.fit(&lead, canvas.width * 0.4);
    canvas.text(style, x, y + 12.0, &lead);
    x += style.width(&lead) + 10.0;
    for (words, tone) in samples {
        let width = 18.0 + style.width(&words);
        if x + width > canvas.width {
            (x, y) = (0.0, y + 20.0);
        }
        canvas.mark(tone, Area { x, y: y + 2.0, width: 12.0, height: 12.0 });
        canvas.text(style, x + 18.0, y + 12.0, &words);
        x += width + 9.0;
    }
    y = peak(canvas, figure, days, y + 24.0);
    canvas.reach(y);
}

fn peak(canvas: &mut Canvas<'_>, figure: &Figure, days: &Days, y: f64) -> f64 {
    let most = days.numbers.iter().rev().max_by(|a, b| a.1.total_cmp(b.1));
    let Some((&day, &value)) = most.filter(|(_, value)| **value > 0.0) else { return y };
    let text = format!("最多的一天：{}，{}", Day(day).words(), figure.amount(value));
    canvas.text(
        Type::LABEL.sized(13.0).at(Anchor::Start),
        0.0,
        y + 13.0,
        &Type::LABEL.sized(13.0).fit(&text, canvas.width),
    );
    y + 22.0
}
