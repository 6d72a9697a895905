//! The annual report (年度报告, Art. 50): what its figures must satisfy before somebody signs it. Sums add up, nothing jumps
//! against the year before unseen, what the prose says is what the tables say, and empty, zero and not applicable
//! (空白、零、不适用) stay three things. Formats differ by year and are data; this module knows none of them.

mod prose;
mod similar;
#[cfg(test)]
mod tests;

pub use prose::{Typed, typed_numbers};
pub use similar::{MOST_ALIKE, likeness};

/// A value: empty, zero and not applicable are three things (domain check X9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// How many.
    Count(i64),
    /// A share.
    Percent {
        /// How many of them.
        part: i64,
        /// Of how many.
        of: i64,
    },
    /// Money in fen.
    Money(i64),
    /// Nobody keeps it, or nobody has entered it yet.
    Blank,
    /// The organ has nothing of the kind.
    NotApplicable,
}

impl Value {
    /// The number to reckon with; none where there is none.
    pub fn number(self) -> Option<i64> {
        match self {
            Self::Count(n) | Self::Money(n) => Some(n),
            Self::Percent { .. } | Self::Blank | Self::NotApplicable => None,
        }
    }

    /// As printed, without the unit: counts without separators, shares and yuan with decimals only where there are any.
    pub fn text(self) -> String {
        match self {
            Self::Count(n) => n.to_string(),
            Self::Percent { of: 0, .. } | Self::NotApplicable => "—".to_owned(),
            Self::Percent { part, of } => share(part, of),
            Self::Money(fen) if fen % 100 == 0 => (fen / 100).to_string(),
            Self::Money(fen) => format!("{}.{:02}", fen / 100, (fen % 100).abs()),
            Self::Blank => String::new(),
        }
    }
}

/// A share in percent with at most two decimals; never 100 unless it is the whole.
fn share(part: i64, of: i64) -> String {
    let hundredths = part.saturating_mul(10_000) / of.max(1);
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match rest {
        0 => whole.to_string(),
        rest if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        rest => format!("{whole}.{rest:02}"),
    }
}

/// A figure as the checks see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Names it.
    pub code: String,
    /// Its name in Chinese.
    pub name: String,
    /// 条, 件, %, 元.
    pub unit: String,
    /// The value.
    pub value: Value,
    /// Whether the report shows it.
    pub is_used: bool,
}

/// A figure that is the sum of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// The whole.
    pub total: String,
    /// What it is made of.
    pub parts: Vec<String>,
}

/// What somebody says of a figure for which there are no records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Declared {
    /// There was none in the year.
    Zero,
    /// There cannot be any.
    NotApplicable,
}

/// What is wrong, or may be wrong, with a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The parts do not make the whole.
    Sum {
        /// The whole.
        total: String,
        /// What it says.
        says: i64,
        /// What the parts make.
        parts: i64,
    },
    /// A figure is many times what it was the year before, or a fraction of it.
    Jump {
        /// The figure.
        code: String,
        /// This year.
        now: i64,
        /// Last year.
        before: i64,
    },
    /// A number is typed in prose though it is a figure: it will not follow the records.
    Typed {
        /// The section.
        section: String,
        /// The number as typed, with its unit.
        text: String,
        /// The figure it equals.
        code: String,
    },
    /// The prose names a figure and gives another number.
    Contradicts {
        /// The section.
        section: String,
        /// The number as typed, with its unit.
        text: String,
        /// The figure named beside it.
        code: String,
    },
    /// A number is typed in prose that no figure has.
    Unfounded {
        /// The section.
        section: String,
        /// The number as typed, with its unit.
        text: String,
    },
    /// The prose refers to a figure, a table or a diagram that the format does not have.
    Unknown {
        /// The section.
        section: String,
        /// The reference.
        reference: String,
    },
    /// A figure that is shown has no records and nobody has said why.
    Empty {
        /// The figure.
        code: String,
    },
    /// It was said that there is nothing, and there are records.
    Denied {
        /// The figure.
        code: String,
        /// How many there are.
        n: i64,
    },
    /// A section has no text.
    NoText {
        /// The section.
        section: String,
    },
    /// A section says nearly what another report says.
    Alike {
        /// The section.
        section: String,
        /// Which other report.
        other: String,
        /// How alike, in percent.
        percent: u8,
    },
    /// A member unit's own count differs from what its records give.
    Unit {
        /// The unit.
        organ: String,
        /// The figure.
        code: String,
        /// What the unit says.
        says: i64,
        /// What was counted.
        counted: i64,
    },
}

impl Fault {
    /// Whether the report cannot be signed with it.
    pub fn is_blocking(&self) -> bool {
        matches!(
            self,
            Self::Sum { .. }
                | Self::Contradicts { .. }
                | Self::Unknown { .. }
                | Self::Empty { .. }
                | Self::Denied { .. }
                | Self::NoText { .. }
        )
    }
}

fn value_of(figures: &[Figure], code: &str) -> Option<i64> {
    figures.iter().find(|figure| figure.code == code)?.value.number()
}

/// Sums whose parts do not make the whole. A part that is blank or not applicable counts nothing; a whole that has no
/// number is not compared.
pub fn sums(figures: &[Figure], sums: &[Sum]) -> Vec<Fault> {
    let fault = |sum: &Sum| {
        let says = value_of(figures, &sum.total)?;
        let parts = sum.parts.iter().filter_map(|code| value_of(figures, code)).sum();
        (says != parts).then(|| Fault::Sum { total: sum.total.clone(), says, parts })
    };
    sums.iter().filter_map(fault).collect()
}

/// The least difference that is worth a look, and how many times greater or smaller.
const LEAST_JUMP: i64 = 10;
const JUMP_TIMES: i64 = 2;

/// Figures that are at least twice or at most half of the year before.
pub fn jumps(figures: &[Figure], before: &[(String, i64)]) -> Vec<Fault> {
    let jump = |(code, before): &(String, i64)| {
        let now = value_of(figures, code)?;
        let is_far = (now - before).abs() >= LEAST_JUMP
            && (now >= before.saturating_mul(JUMP_TIMES) || now.saturating_mul(JUMP_TIMES) <= *before);
        is_far.then(|| Fault::Jump { code: code.clone(), now, before: *before })
    };
    before.iter().filter_map(jump).collect()
}

/// Empty against zero against not applicable: what is shown needs records or a word, and a word must not deny records.
pub fn emptiness(figures: &[Figure], declared: &[(String, Declared)]) -> Vec<Fault> {
    let empty = figures.iter().filter(|figure| figure.is_used && figure.value == Value::Blank);
    let empty = empty.map(|figure| Fault::Empty { code: figure.code.clone() });
    let denied = declared.iter().filter_map(|(code, _)| {
        let n = value_of(figures, code).filter(|n| *n != 0)?;
        Some(Fault::Denied { code: code.clone(), n })
    });
    empty.chain(denied).collect()
}

/// Numbers typed in the prose of a section in the units of the figures, against these. The prose comes without its
/// references.
pub fn prose(section: &str, text: &str, figures: &[Figure]) -> Vec<Fault> {
    let units: Vec<&str> = figures.iter().map(|figure| figure.unit.as_str()).collect();
    typed_numbers(text, &units).iter().filter_map(|typed| prose_fault(section, typed, figures)).collect()
}

fn prose_fault(section: &str, typed: &Typed, figures: &[Figure]) -> Option<Fault> {
    let (section, text) = (section.to_owned(), typed.text.clone());
    let of_unit = || figures.iter().filter(|figure| figure.unit == typed.unit);
    let named = of_unit().filter(|figure| typed.is_beside(&figure.name));
    if let Some(figure) = named.max_by_key(|figure| figure.name.len()) {
        let code = figure.code.clone();
        let same = figure.value.text() == typed.number;
        return Some(if same {
            Fault::Typed { section, text, code }
        } else {
            Fault::Contradicts { section, text, code }
        });
    }
    let equal = of_unit().find(|figure| figure.value.text() == typed.number);
    match equal {
        Some(figure) => Some(Fault::Typed { section, text, code: figure.code.clone() }),
        None if figures.iter().any(|figure| figure.unit == typed.unit) => {
            Some(Fault::Unfounded { section, text })
        }
        None => None,
    }
}
