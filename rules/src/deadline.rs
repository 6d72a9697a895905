//! The time limit for proactive disclosure, and the ledger by which anyone can count it again.
//!
//! Article 26 of the Regulations (国务院令第711号; Article 18 of 国务院令第492号 before 2019-05-15)
//! wants publication within twenty working days of formation or change; results of permits and
//! penalties go online within seven (国办发〔2017〕94号). It does not hold the periods of disclosure
//! requests: they come with the requests.

use jiff::civil::{Date, date};

use crate::calendar::{Calendar, CalendarError, DayKind};

/// Which time limit a piece of information falls under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PublicationKind {
    /// Everything without a limit of its own.
    General,
    /// Results of administrative permits (行政许可) and penalties (行政处罚).
    PermitOrPenalty,
}

/// A period in working days together with the provision that sets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeLimit {
    /// Length; the first day is the working day after the event.
    pub working_days: u32,
    /// The provision, in the words in which it is cited.
    pub basis: &'static str,
}

/// One version of a limit, in force from a day on.
struct LimitVersion {
    kind: PublicationKind,
    from: Date,
    limit: TimeLimit,
}

/// All versions, the newest of a kind first; read it as the history of the rule.
const LIMITS: [LimitVersion; 3] = [
    LimitVersion {
        kind: PublicationKind::PermitOrPenalty,
        // The day the opinion was issued, known from memory and not from a copy.
        from: date(2017, 12, 4),
        limit: TimeLimit { working_days: 7, basis: "国办发〔2017〕94号" },
    },
    LimitVersion {
        kind: PublicationKind::General,
        from: date(2019, 5, 15),
        limit: TimeLimit {
            working_days: 20,
            basis: "《中华人民共和国政府信息公开条例》（国务院令第711号）第二十六条",
        },
    },
    LimitVersion {
        kind: PublicationKind::General,
        from: date(2008, 5, 1),
        limit: TimeLimit {
            working_days: 20,
            basis: "《中华人民共和国政府信息公开条例》（国务院令第492号）第十八条",
        },
    },
];

/// The limit for information formed or changed on `formed_on`; none before 2008-05-01, when the
/// first Regulations came into force. A kind without a version of its own yet follows the general
/// rule.
pub fn publication_limit(kind: PublicationKind, formed_on: Date) -> Option<TimeLimit> {
    let newest = |kind| {
        LIMITS
            .iter()
            .find(|version| version.kind == kind && version.from <= formed_on)
            .map(|version| version.limit)
    };
    newest(kind).or_else(|| newest(PublicationKind::General))
}

/// Why a day of the ledger counts or does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayReason {
    /// The day of the event itself, which is never counted.
    StartDay,
    /// An ordinary working day.
    WorkingDay,
    /// A make-up working day for the named festival.
    MakeUpWorkingDay(String),
    /// An ordinary Saturday or Sunday.
    Weekend,
    /// A day off for the named festival.
    Holiday(String),
}

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerDay {
    /// The civil date.
    pub date: Date,
    /// The number of the working day within the period, when the day counts.
    pub number: Option<u32>,
    /// Why it counts or does not.
    pub reason: DayReason,
    /// The notice or local order behind a special day.
    pub source: Option<String>,
}

/// A deadline with every day that led to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// The limit that was applied.
    pub limit: TimeLimit,
    /// From the day of the event to the due day, both included.
    pub days: Vec<LedgerDay>,
    /// The last day on which the act is in time.
    pub due_on: Date,
    /// Whether a day of the period lies in a year without a holiday notice (暂定).
    pub provisional: bool,
}

/// Whether an act came within its period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timeliness {
    /// On or before the due day.
    OnTime,
    /// After it, by so many working days; zero when only days off lie between.
    Late {
        /// Working days after the due day up to the day of the act.
        by: u32,
    },
}

impl Ledger {
    /// Counts a limit from the day of an event, day by day.
    pub fn count(calendar: &Calendar, limit: TimeLimit, started_on: Date) -> Result<Self, CalendarError> {
        let due_on = calendar.add_working_days(started_on, limit.working_days)?;
        let mut number = 0;
        let days: Vec<LedgerDay> = started_on
            .series(jiff::Span::new().days(1))
            .take_while(|day| *day <= due_on)
            .map(|day| ledger_day(calendar, day, day == started_on, &mut number))
            .collect();
        let provisional = days.iter().any(|day| calendar.is_provisional(day.date));
        Ok(Self { limit, days, due_on, provisional })
    }

    /// Compares the day of the act with the due day.
    pub fn timeliness(&self, calendar: &Calendar, done_on: Date) -> Timeliness {
        if done_on <= self.due_on {
            return Timeliness::OnTime;
        }
        Timeliness::Late { by: calendar.working_days_between(self.due_on, done_on) }
    }
}

/// The ledger of the publication limit for information formed on a day; `None` without a limit.
pub fn publication_ledger(
    calendar: &Calendar,
    kind: PublicationKind,
    formed_on: Date,
) -> Result<Option<Ledger>, CalendarError> {
    publication_limit(kind, formed_on).map(|limit| Ledger::count(calendar, limit, formed_on)).transpose()
}

fn ledger_day(calendar: &Calendar, date: Date, start: bool, number: &mut u32) -> LedgerDay {
    let source = calendar.source_of(date).map(str::to_owned);
    if start {
        return LedgerDay { date, number: None, reason: DayReason::StartDay, source };
    }
    let kind = calendar.kind_of(date);
    *number += u32::from(kind.counts());
    let reason = match kind {
        DayKind::Working => DayReason::WorkingDay,
        DayKind::MakeUp(name) => DayReason::MakeUpWorkingDay(name.to_owned()),
        DayKind::Weekend => DayReason::Weekend,
        DayKind::Holiday(name) => DayReason::Holiday(name.to_owned()),
    };
    LedgerDay { date, number: kind.counts().then_some(*number), reason, source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::tests::national;

    #[test]
    fn information_formed_before_the_first_regulations_has_no_limit() {
        assert_eq!(publication_limit(PublicationKind::General, date(2008, 4, 30)), None);
        assert!(publication_limit(PublicationKind::PermitOrPenalty, date(2008, 4, 30)).is_none());
    }

    #[test]
    fn each_day_finds_the_version_in_force() {
        let basis = |kind, on| publication_limit(kind, on).unwrap();
        let old = basis(PublicationKind::General, date(2019, 5, 14));
        assert!(old.basis.contains("第492号") && old.working_days == 20);
        let new = basis(PublicationKind::General, date(2019, 5, 15));
        assert!(new.basis.contains("第711号") && new.working_days == 20);
        assert_eq!(basis(PublicationKind::PermitOrPenalty, date(2018, 2, 9)).working_days, 7);
        assert_eq!(basis(PublicationKind::PermitOrPenalty, date(2016, 2, 9)).working_days, 20);
    }

    #[test]
    fn the_ledger_shows_every_day_of_the_spring_festival() {
        let ledger = publication_ledger(&national(), PublicationKind::PermitOrPenalty, date(2018, 2, 9))
            .unwrap()
            .unwrap();
        assert_eq!(ledger.due_on, date(2018, 2, 24));
        assert!(!ledger.provisional);
        assert_eq!(ledger.days.len(), 16);
        assert_eq!(ledger.days[0].reason, DayReason::StartDay);
        assert_eq!(ledger.days[1].reason, DayReason::Weekend);
        // 2018-02-11, a Sunday, is worked for 春节.
        assert_eq!(ledger.days[2].reason, DayReason::MakeUpWorkingDay("春节".to_owned()));
        assert_eq!(ledger.days[2].number, Some(1));
        assert_eq!(ledger.days[6].reason, DayReason::Holiday("春节".to_owned()));
        assert_eq!(ledger.days[15].number, Some(7));
        assert_eq!(ledger.days.iter().filter(|day| day.number.is_some()).count(), 7);
    }

    #[test]
    fn the_due_day_is_on_time_and_the_next_working_day_is_late_by_one() {
        let calendar = national();
        let formed_on = date(2025, 1, 24);
        let ledger = publication_ledger(&calendar, PublicationKind::General, formed_on).unwrap().unwrap();
        assert_eq!(ledger.due_on, date(2025, 2, 27));
        assert_eq!(ledger.timeliness(&calendar, formed_on), Timeliness::OnTime);
        assert_eq!(ledger.timeliness(&calendar, ledger.due_on), Timeliness::OnTime);
        assert_eq!(ledger.timeliness(&calendar, date(2025, 2, 28)), Timeliness::Late { by: 1 });
        assert_eq!(ledger.timeliness(&calendar, date(2025, 3, 2)), Timeliness::Late { by: 1 });
        assert_eq!(ledger.timeliness(&calendar, date(2025, 3, 3)), Timeliness::Late { by: 2 });
    }

    #[test]
    fn a_period_that_touches_a_year_without_notice_is_provisional() {
        let ledger =
            publication_ledger(&national(), PublicationKind::General, date(2026, 12, 20)).unwrap().unwrap();
        assert!(ledger.provisional);
    }
}
