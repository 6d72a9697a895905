//! Figures from counts: each measure of the format gives a value. Where a register was never written in, the value is
//! blank unless somebody says that there was nothing (zero) or can be nothing (not applicable).

use std::collections::BTreeMap;

use rules::report::{Declared, Figure, Value};

use super::{
    count::{Counts, Scope},
    document::{FigureNumber, FigureValue},
};
use crate::reference::{
    ArticleClass, DocumentClass, Measure, ProposalCount, Reference, ReportFigure, ReportFormat, RequestCount,
    TrainingCount,
};

/// What was said of figures without records, by code.
pub type Declarations = BTreeMap<String, Declared>;

/// Every figure of a format with its value, in the order of the format.
#[derive(Debug, Clone)]
pub struct Figures {
    rows: Vec<(ReportFigure, Value, Option<i64>)>,
}

impl Figures {
    /// Computes every figure.
    pub fn compute(
        reference: &Reference,
        format: &ReportFormat,
        scope: &Scope,
        counts: &Counts,
        declared: &Declarations,
    ) -> Figures {
        let mut figures = Figures { rows: Vec::new() };
        // Sums and shares may point to figures further down: what is counted comes first.
        let is_made =
            |figure: &&ReportFigure| matches!(figure.measure, Measure::Sum { .. } | Measure::Percent { .. });
        let counting = Counting { reference, counts };
        for figure in format.figures.iter().filter(|figure| !is_made(figure)) {
            let (value, n) = counting.value(figure, scope, declared.get(&figure.code).copied());
            figures.rows.push((figure.clone(), value, n));
        }
        for figure in format.figures.iter().filter(|f| matches!(f.measure, Measure::Sum { .. })) {
            let (value, n) = figures.made(figure);
            figures.rows.push((figure.clone(), value, n));
        }
        for figure in format.figures.iter().filter(|f| matches!(f.measure, Measure::Percent { .. })) {
            let (value, n) = figures.made(figure);
            figures.rows.push((figure.clone(), value, n));
        }
        let place = |code: &str| format.figures.iter().position(|figure| figure.code == code);
        figures.rows.sort_by_key(|(figure, ..)| place(&figure.code));
        figures
    }

    /// The value of a figure.
    pub fn value(&self, code: &str) -> Option<Value> {
        self.rows.iter().find(|(figure, ..)| figure.code == code).map(|(_, value, _)| *value)
    }

    /// A figure's number; nothing where it has none.
    pub fn number(&self, code: &str) -> i64 {
        self.value(code).and_then(Value::number).unwrap_or_default()
    }

    /// A figure as the document has it.
    pub fn resolved(&self, code: &str) -> Option<FigureValue> {
        let (figure, value, n_sources) = self.rows.iter().find(|(figure, ..)| figure.code == code)?;
        Some(FigureValue {
            code: figure.code.clone(),
            name: figure.name.clone(),
            definition: figure.definition.clone(),
            unit: figure.unit.clone(),
            value: number(*value),
            text: printed(*value),
            n_sources: *n_sources,
        })
    }

    /// Every figure as the document has it.
    pub fn all(&self) -> Vec<FigureValue> {
        self.rows.iter().filter_map(|(figure, ..)| self.resolved(&figure.code)).collect()
    }

    /// Every figure as the checks see it.
    pub fn for_checks(&self, is_used: impl Fn(&str) -> bool) -> Vec<Figure> {
        let figure = |(figure, value, _): &(ReportFigure, Value, Option<i64>)| Figure {
            code: figure.code.clone(),
            name: figure.name.clone(),
            unit: figure.unit.clone(),
            value: *value,
            is_used: is_used(&figure.code),
        };
        self.rows.iter().map(figure).collect()
    }

    fn made(&self, figure: &ReportFigure) -> (Value, Option<i64>) {
        match &figure.measure {
            Measure::Sum { parts } => self.sum(parts),
            Measure::Percent { part, whole } => match (self.value(part), self.value(whole)) {
                // Of nothing there is no share.
                (_, Some(Value::Count(0) | Value::NotApplicable)) => (Value::NotApplicable, None),
                (Some(Value::Count(part)), Some(Value::Count(of))) => {
                    (Value::Percent { part, of }, self.n_sources(whole))
                }
                _ => (Value::Blank, None),
            },
            _ => (Value::Blank, None),
        }
    }

    /// A sum has a value as soon as one of its parts has one; all not applicable is not applicable.
    fn sum(&self, parts: &[String]) -> (Value, Option<i64>) {
        let values: Vec<Value> = parts.iter().filter_map(|part| self.value(part)).collect();
        let numbers: Vec<i64> = values.iter().filter_map(|value| value.number()).collect();
        if numbers.is_empty() {
            let none = values.iter().all(|value| *value == Value::NotApplicable);
            return (if none { Value::NotApplicable } else { Value::Blank }, None);
        }
        let n_sources = parts.iter().filter_map(|part| self.n_sources(part)).sum();
        (Value::Count(numbers.iter().sum()), Some(n_sources))
    }

    /// How many records are behind a figure, where it is counted from records.
    fn n_sources(&self, code: &str) -> Option<i64> {
        self.rows.iter().find(|(figure, ..)| figure.code == code)?.2
    }
}

/// A value as the document has it.
pub fn number(value: Value) -> FigureNumber {
    match value {
        Value::Count(n) => FigureNumber::Count(n),
        Value::Percent { part, of } => FigureNumber::Percent { part, of },
        Value::Money(fen) => FigureNumber::Money { fen },
        Value::Blank => FigureNumber::Blank,
        Value::NotApplicable => FigureNumber::NotApplicable,
    }
}

/// A value as printed; a blank shows that something is missing.
fn printed(value: Value) -> String {
    match value {
        Value::Blank => "（未填）".to_owned(),
        value => value.text(),
    }
}

struct Counting<'a> {
    reference: &'a Reference,
    counts: &'a Counts,
}

impl Counting<'_> {
    /// The value and how many records are behind it.
    fn value(
        &self,
        figure: &ReportFigure,
        scope: &Scope,
        declared: Option<Declared>,
    ) -> (Value, Option<i64>) {
        if figure.site_only && !scope.is_whole_site() {
            return (Value::NotApplicable, None);
        }
        let (n, n_sources, is_money) = self.count(&figure.measure);
        let value = if is_money { Value::Money(n) } else { Value::Count(n) };
        let is_silent = n_sources == 0 && !self.is_kept(&figure.measure);
        match declared.filter(|_| n_sources == 0) {
            Some(Declared::NotApplicable) => (Value::NotApplicable, None),
            Some(Declared::Zero) => (value, Some(0)),
            None if is_silent => (Value::Blank, None),
            None => (value, Some(n_sources)),
        }
    }

    /// The number, how many records it was counted from, whether it is money.
    fn count(&self, measure: &Measure) -> (i64, i64, bool) {
        let counts = self.counts;
        let n = match measure {
            Measure::Documents { which } => self.documents(*which),
            Measure::Interpreted => {
                let normative = counts.interpreted.iter().filter(|pair| self.is_normative(&pair.one));
                normative.map(|pair| pair.n).sum()
            }
            Measure::KeyAreaKinds => {
                let areas = counts.by_area(self.reference);
                let kinds = areas.iter().filter(|(_, n)| *n > 0).count();
                // The kinds are counted, the records are what they are counted from.
                return (
                    i64::try_from(kinds).unwrap_or_default(),
                    self.documents(DocumentClass::KeyArea),
                    false,
                );
            }
            Measure::Articles { which: ArticleClass::All } => {
                counts.articles.iter().map(|group| group.n).sum()
            }
            Measure::Articles { which: ArticleClass::OfARecord } => {
                counts.articles.iter().map(|group| group.n_of_a_record).sum()
            }
            Measure::ServiceItems => counts.items.iter().map(|pair| pair.n).sum(),
            Measure::ServiceUnits => i64::try_from(counts.items.len()).unwrap_or_default(),
            Measure::Money { kind } => {
                let of_kind = counts.money.iter().filter(|group| group.kind == *kind);
                let (fen, n) = of_kind.fold((0, 0), |(fen, n), group| (fen + group.fen, n + group.n));
                return (fen, n, true);
            }
            other => self.register(other),
        };
        (n, n, false)
    }

    fn register(&self, measure: &Measure) -> i64 {
        let counts = self.counts;
        match measure {
            Measure::Cases { route, handling } => {
                let is_counted =
                    |one: &str, other: &str| one == route && (handling.is_empty() || handling == other);
                counts.cases.iter().filter(|c| is_counted(&c.one, &c.other)).map(|pair| pair.n).sum()
            }
            Measure::BoardOrgans { kinds } => {
                counts.board_organs.iter().filter(|pair| kinds.contains(&pair.one)).map(|pair| pair.n).sum()
            }
            Measure::Places { kind } => {
                counts.places.iter().filter(|pair| pair.one == *kind).map(|pair| pair.n).sum()
            }
            Measure::Trainings { kind, what } => {
                let group = counts.trainings.iter().find(|group| group.kind == *kind);
                group.map_or(0, |group| match what {
                    TrainingCount::Held => group.held,
                    TrainingCount::People => group.people,
                    TrainingCount::Units => group.units,
                })
            }
            Measure::Requests { what } => match what {
                RequestCount::Received => counts.requests.received,
                RequestCount::Handled => counts.requests.handled,
                RequestCount::Corrected => counts.requests.corrected,
            },
            Measure::Remedies { kind } => {
                counts.remedies.iter().filter(|pair| pair.one == *kind).map(|pair| pair.n).sum()
            }
            Measure::Proposals { kind, what } => {
                let groups = counts.proposals.iter().filter(|group| kind.is_empty() || group.kind == *kind);
                groups
                    .map(|group| match what {
                        ProposalCount::Received => group.received,
                        ProposalCount::Replied => group.replied,
                    })
                    .sum()
            }
            _ => 0,
        }
    }

    fn documents(&self, which: DocumentClass) -> i64 {
        let counts = self.counts;
        let (pairs, is_counted): (_, &dyn Fn(&str) -> bool) = match which {
            DocumentClass::All => (&counts.documents, &|_| true),
            DocumentClass::Normative => (&counts.documents, &|kind| self.is_normative(kind)),
            DocumentClass::KeyArea => {
                (&counts.documents_by_column, &|column| counts.area_of(column).is_some())
            }
        };
        pairs.iter().filter(|pair| is_counted(&pair.one)).map(|pair| pair.n).sum()
    }

    fn is_normative(&self, content_type: &str) -> bool {
        self.reference.content_type(content_type).is_some_and(|kind| kind.is_normative)
    }

    /// Whether the register behind a measure was ever written in. The website is always kept.
    fn is_kept(&self, measure: &Measure) -> bool {
        let kept = &self.counts.kept;
        match measure {
            Measure::Articles { .. } => kept.articles,
            Measure::ServiceItems | Measure::ServiceUnits => kept.items,
            Measure::Cases { .. } => kept.cases,
            Measure::BoardOrgans { .. } | Measure::Places { .. } => kept.places,
            Measure::Trainings { .. } => kept.trainings,
            Measure::Requests { .. } => kept.requests,
            Measure::Remedies { .. } => kept.remedies,
            Measure::Proposals { .. } => kept.proposals,
            Measure::Money { .. } => kept.money,
            _ => true,
        }
    }
}
