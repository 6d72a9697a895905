//! Suggestions of deputies (人大代表建议) and proposals of committee members (政协提案): when the reply is due, its classes, how it
//! was received, and the rates that reports print.
//!
//! The classes are those that most published reports use (A to D); it does not hold local schemes (甲乙丙).

use jiff::{Span, civil::Date};

use crate::coded::Coded;

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProposalKind {
    /// 人大代表建议
    Suggestion,
    /// 政协提案
    Proposal,
}

/// What an organ does with one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// 主办: answers.
    Lead,
    /// 协办（会办）: gives its opinion to the lead.
    CoHandler,
}

/// Class of a reply (答复类别).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReplyClass {
    /// 已解决或基本解决
    A,
    /// 正在解决或列入规划逐步解决
    B,
    /// 因条件限制或其他原因以后解决
    C,
    /// 留作参考
    D,
}

/// What whoever proposed says of the reply (征询意见表).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rating {
    /// 满意
    Satisfied,
    /// 基本满意
    MostlySatisfied,
    /// 不满意: handled again (重新办理).
    Dissatisfied,
}

impl ProposalKind {
    /// Both with their stored words and what people read.
    pub const ALL: [Coded<Self>; 2] =
        [(Self::Suggestion, "suggestion", "人大代表建议"), (Self::Proposal, "proposal", "政协提案")];
}

impl Part {
    /// Both with their stored words and what people read.
    pub const ALL: [Coded<Self>; 2] = [(Self::Lead, "lead", "主办"), (Self::CoHandler, "co_handler", "协办")];
}

impl ReplyClass {
    /// The four with their stored words and what people read.
    pub const ALL: [Coded<Self>; 4] = [
        (Self::A, "A", "A类：已解决或基本解决"),
        (Self::B, "B", "B类：正在解决或列入规划逐步解决"),
        (Self::C, "C", "C类：因条件限制或其他原因以后解决"),
        (Self::D, "D", "D类：留作参考"),
    ];
}

impl Rating {
    /// The three with their stored words and what people read.
    pub const ALL: [Coded<Self>; 3] = [
        (Self::Satisfied, "satisfied", "满意"),
        (Self::MostlySatisfied, "mostly_satisfied", "基本满意"),
        (Self::Dissatisfied, "dissatisfied", "不满意"),
    ];
}

crate::coded!(ProposalKind, Part, ReplyClass, Rating);

/// Months within which the lead organ replies, counted from the day of assignment (交办之日).
pub const REPLY_MONTHS: i32 = 3;
/// What the period rests on, as ledgers cite it.
pub const REPLY_BASIS: &str = "《全国人民代表大会代表建议、批评和意见处理办法》及《全国和地方各级人民代表大会代表法》：自交办之日起三个月内答复";

/// The last day of the reply: the same day three months on, or the last of that month where it has no such day. `None`
/// where the calendar ends before.
pub fn due_on(assigned_on: Date) -> Option<Date> {
    assigned_on.checked_add(Span::new().months(REPLY_MONTHS)).ok()
}

/// A share as it is printed: a part of a whole that is not nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Those that count.
    pub part: i64,
    /// All of them, at least one.
    pub of: i64,
}

impl Rate {
    /// The share of `part` in `of`; none where there is nothing to take a share of (不适用), which is not 0 %.
    pub fn new(part: i64, of: i64) -> Option<Rate> {
        (of > 0).then_some(Rate { part, of })
    }

    /// In percent with at most two decimals, halves rounded up, no zeros at the end: `100%`, `92.47%`.
    pub fn percent(self) -> String {
        let hundredths = (self.part * 20_000 + self.of) / (2 * self.of);
        let (whole, rest) = (hundredths / 100, hundredths % 100);
        let decimals = format!("{rest:02}");
        let decimals = decimals.trim_end_matches('0');
        if decimals.is_empty() { format!("{whole}%") } else { format!("{whole}.{decimals}%") }
    }
}

/// 办复率: replied of those to be replied to. What has not been assigned yet is to be replied to as well.
pub fn reply_rate(n_replied: i64, n_received: i64) -> Option<Rate> {
    Rate::new(n_replied, n_received)
}

/// 满意率（含基本满意）: of the feedback that came back.
pub fn satisfaction_rate(n_satisfied: i64, n_mostly: i64, n_dissatisfied: i64) -> Option<Rate> {
    Rate::new(n_satisfied + n_mostly, n_satisfied + n_mostly + n_dissatisfied)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_reply_is_due_three_months_after_the_assignment() {
        for (assigned_on, due) in [
            (date(2018, 3, 12), date(2018, 6, 12)),
            (date(2018, 11, 30), date(2019, 2, 28)),
            (date(2019, 11, 30), date(2020, 2, 29)),
            (date(2018, 12, 31), date(2019, 3, 31)),
        ] {
            assert_eq!(due_on(assigned_on), Some(due), "{assigned_on}");
        }
    }

    #[test]
    fn rates_are_those_that_reports_printed() {
        let percent = |part, of| Rate::new(part, of).map(Rate::percent);
        for (part, of, printed) in [
            (44, 44, "100%"),
            // 93 items: 86 satisfied, 7 mostly (domain 9.3); 92 = 22/68/2.
            (86, 93, "92.47%"),
            (7, 93, "7.53%"),
            (22, 92, "23.91%"),
            (2, 92, "2.17%"),
            (64, 128, "50%"),
            (0, 5, "0%"),
            (1, 8, "12.5%"),
        ] {
            assert_eq!(percent(part, of).as_deref(), Some(printed), "{part}/{of}");
        }
        assert_eq!(reply_rate(0, 0), None, "nothing received is not 0 %");
        assert_eq!(satisfaction_rate(144, 2, 0).map(Rate::percent).as_deref(), Some("100%"));
        assert_eq!(satisfaction_rate(1, 1, 2).map(Rate::percent).as_deref(), Some("50%"));
    }
}
