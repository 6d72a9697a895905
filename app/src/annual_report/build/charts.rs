//! The diagrams (示意图) of a report with their numbers, and in one sentence what a reader should take from each.

use super::{
    super::document::{ChartKind, ReportChart, Series},
    Made,
};
use crate::{
    cx::Cx,
    reference::{ChartData, ChartFormat, Drawing},
};

/// Months as `MM` and as they are labelled.
const MONTHS: [(&str, &str); 12] = [
    ("01", "1月"),
    ("02", "2月"),
    ("03", "3月"),
    ("04", "4月"),
    ("05", "5月"),
    ("06", "6月"),
    ("07", "7月"),
    ("08", "8月"),
    ("09", "9月"),
    ("10", "10月"),
    ("11", "11月"),
    ("12", "12月"),
];

/// Categories, one series a name, and the figures that are drawn.
struct Drawn {
    categories: Vec<String>,
    series: Vec<(String, Vec<i64>)>,
    figures: Vec<String>,
}

fn kind_of(drawing: Drawing) -> ChartKind {
    match drawing {
        Drawing::Bar => ChartKind::Bar,
        Drawing::StackedBar => ChartKind::StackedBar,
        Drawing::Line => ChartKind::Line,
        Drawing::Ring => ChartKind::Ring,
    }
}

impl Made<'_> {
    /// A diagram of the format with its numbers.
    pub(super) fn chart(&self, cx: &Cx, chart: &ChartFormat) -> ReportChart {
        let drawn = self.drawn(cx, chart);
        for code in &drawn.figures {
            self.figure(code);
        }
        let takeaway = takeaway(&drawn, &chart.unit);
        // A count beyond 2^53 does not occur; a diagram draws lengths.
        #[allow(clippy::cast_precision_loss, reason = "a diagram draws lengths")]
        let series = |(name, values): (String, Vec<i64>)| Series {
            name,
            values: values.into_iter().map(|n| n as f64).collect(),
        };
        ReportChart {
            code: chart.code.clone(),
            caption: self.line(&chart.caption),
            takeaway,
            kind: kind_of(chart.kind),
            unit: chart.unit.clone(),
            categories: drawn.categories,
            series: drawn.series.into_iter().map(series).collect(),
            figures: drawn.figures,
        }
    }

    fn drawn(&self, cx: &Cx, chart: &ChartFormat) -> Drawn {
        let of = || chart.figures.clone();
        match &chart.data {
            ChartData::Figures { bars } => {
                let values = bars.iter().map(|bar| self.figures.number(&bar.figure));
                Drawn {
                    series: vec![("数量".to_owned(), values.collect())],
                    categories: bars.iter().map(|bar| bar.label.clone()).collect(),
                    figures: bars.iter().map(|bar| bar.figure.clone()).collect(),
                }
            }
            ChartData::DocumentsByMonth => {
                self.by_month("网站信息", of(), |month| self.counts.documents_in(month, |_| true))
            }
            ChartData::ArticlesByMonth => {
                self.by_month("政务微信", of(), |month| self.counts.articles_in(month))
            }
            ChartData::InterpretationByMonth => self.interpretation(cx, of()),
            ChartData::KeyAreas => {
                let areas = self.counts.by_area(cx.reference);
                let (categories, values) = areas.into_iter().unzip();
                Drawn { categories, series: vec![("重点领域信息".to_owned(), values)], figures: of() }
            }
        }
    }

    fn by_month(&self, name: &str, figures: Vec<String>, n: impl Fn(&str) -> i64) -> Drawn {
        let values = MONTHS.iter().map(|(month, _)| n(month)).collect();
        Drawn { categories: labels(), series: vec![(name.to_owned(), values)], figures }
    }

    /// Normative documents by month: with an interpretation, and without.
    fn interpretation(&self, cx: &Cx, figures: Vec<String>) -> Drawn {
        let is_normative = |code: &str| cx.reference.content_type(code).is_some_and(|kind| kind.is_normative);
        let interpreted = |month: &str| -> i64 {
            let of_month =
                self.counts.interpreted.iter().filter(|pair| pair.other.ends_with(&format!("-{month}")));
            of_month.filter(|pair| is_normative(&pair.one)).map(|pair| pair.n).sum()
        };
        let all = |month: &str| self.counts.documents_in(month, is_normative);
        let with: Vec<i64> = MONTHS.iter().map(|(month, _)| interpreted(month)).collect();
        let without = MONTHS.iter().zip(&with).map(|((month, _), with)| all(month) - with).collect();
        Drawn {
            categories: labels(),
            series: vec![("已解读".to_owned(), with), ("未解读".to_owned(), without)],
            figures,
        }
    }
}

fn labels() -> Vec<String> {
    MONTHS.iter().map(|(_, label)| (*label).to_owned()).collect()
}

/// What a diagram says in one sentence: the whole of each series and where the most is.
fn takeaway(drawn: &Drawn, unit: &str) -> String {
    if let [(_, values)] = drawn.series.as_slice() {
        let most = drawn.categories.iter().zip(values).max_by_key(|(_, n)| **n);
        return match most {
            Some((label, n)) if *n > 0 => format!("{label}最多，为{n}{unit}。"),
            _ => "本年度没有数据。".to_owned(),
        };
    }
    let whole = |(name, values): &(String, Vec<i64>)| format!("{name}{}{unit}", values.iter().sum::<i64>());
    format!("{}。", drawn.series.iter().map(whole).collect::<Vec<_>>().join("，"))
}
