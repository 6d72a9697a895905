//! This year's figures beside last year's. Figures of different formats meet by their codes; what only one of the years
//! has is told too, and nothing is compared that was not counted.

use super::document::{FigureNumber, FigureValue, ReportDocument};

/// A figure in both years.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// Code of the figure.
    pub code: String,
    /// Its name this year.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// As printed last year.
    pub before: String,
    /// As printed this year.
    pub now: String,
    /// Both as numbers, where both were counted in the same way.
    pub numbers: Option<(f64, f64)>,
}

/// Compares the figures that either year has, in this year's order.
pub fn compare(before: &ReportDocument, now: &ReportDocument) -> Vec<Compared> {
    let old = |code: &str| before.figures.iter().find(|figure| figure.code == code);
    let mut compared: Vec<Compared> =
        now.figures.iter().map(|figure| pair(old(&figure.code), Some(figure))).collect();
    let gone = before.figures.iter().filter(|old| now.figures.iter().all(|figure| figure.code != old.code));
    compared.extend(gone.map(|figure| pair(Some(figure), None)));
    compared
}

fn pair(before: Option<&FigureValue>, now: Option<&FigureValue>) -> Compared {
    let named = now.or(before);
    let text = |figure: Option<&FigureValue>| figure.map_or_else(|| "未列入".to_owned(), printed);
    let number = |figure: Option<&FigureValue>| figure.and_then(|figure| number(figure.value));
    let same_kind = before
        .zip(now)
        .is_some_and(|(a, b)| std::mem::discriminant(&a.value) == std::mem::discriminant(&b.value));
    Compared {
        code: named.map(|figure| figure.code.clone()).unwrap_or_default(),
        name: named.map(|figure| figure.name.clone()).unwrap_or_default(),
        unit: named.map(|figure| figure.unit.clone()).unwrap_or_default(),
        before: text(before),
        now: text(now),
        numbers: number(before).zip(number(now)).filter(|_| same_kind),
    }
}

/// A figure as it is read: with words where there is no number.
pub fn printed(figure: &FigureValue) -> String {
    match figure.value {
        FigureNumber::Blank => "未填".to_owned(),
        FigureNumber::NotApplicable => "不适用".to_owned(),
        _ => figure.text.clone(),
    }
}

fn number(value: FigureNumber) -> Option<f64> {
    match value {
        FigureNumber::Count(n) => Some(n as f64),
        FigureNumber::Percent { of: 0, .. } => None,
        FigureNumber::Percent { part, of } => Some(part as f64 / of as f64 * 100.0),
        FigureNumber::Money { fen } => Some(fen as f64 / 100.0),
        FigureNumber::Blank | FigureNumber::NotApplicable => None,
    }
}

impl Compared {
    /// The change in words: `增加 12（1.9%）`, `减少 3`, `持平`; a share changes by points.
    pub fn change(&self) -> String {
        let Some((before, now)) = self.numbers else { return "—".to_owned() };
        let difference = now - before;
        let word = match difference {
            d if d.abs() < 1e-9 => return "持平".to_owned(),
            d if d > 0.0 => "增加",
            _ => "减少",
        };
        let amount = kit_chart::format_number((difference.abs() * 10.0).round() / 10.0);
        if self.unit == "%" {
            return format!("{word} {amount} 个百分点");
        }
        if before <= 0.0 {
            return format!("{word} {amount}");
        }
        let share = (difference.abs() / before * 1000.0).round() / 10.0;
        format!("{word} {amount}（{}%）", kit_chart::format_number(share))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annual_report::form::html::sample::report;

    #[test]
    fn what_changed_is_told_with_its_share_and_what_cannot_be_compared_is_not() {
        let (mut before, now) = (report(), report());
        let set = |figure: &mut FigureValue, value: FigureNumber, text: &str| {
            figure.value = value;
            figure.text = text.to_owned();
        };
        set(&mut before.figures[0], FigureNumber::Count(600), "600");
        set(&mut before.figures[1], FigureNumber::Count(800), "800");
        set(&mut before.figures[2], FigureNumber::Blank, "");
        before.figures[3].code = "other".to_owned();
        let changes: Vec<(String, String, String)> = compare(&before, &now)
            .into_iter()
            .map(|compared| (compared.before.clone(), compared.now.clone(), compared.change()))
            .collect();
        let expected = [
            ("600", "681", "增加 81（13.5%）"),
            ("800", "640", "减少 160（20%）"),
            ("未填", "41", "—"),
            ("未列入", "9", "—"),
            ("9", "未列入", "—"),
        ];
        let expected = expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()));
        assert_eq!(changes, expected);
    }

    #[test]
    fn the_same_is_the_same_and_nothing_has_no_share() {
        let mut before = report();
        before.figures[0].value = FigureNumber::Count(0);
        let compared = compare(&before, &report());
        assert_eq!(compared[0].change(), "增加 681");
        assert_eq!(compared[1].change(), "持平");
    }
}
