//! The record among others and in time: a published record that says nearly the same, and the time limit of Article 26.
//! Both are told as facts; nothing here finds them.

use jiff::civil::Date;

use super::{Code, Detail, Finding, Place, Record};
use crate::calendar::Calendar;
use crate::deadline::{PublicationKind, Timeliness, publication_ledger};

/// A published record that says nearly the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Similar {
    /// Its title.
    pub title: String,
    /// How much is the same.
    pub percent: u8,
}

/// A near-duplicate.
pub(super) fn duplicate(similar: Option<&Similar>) -> Option<Finding> {
    let similar = similar?;
    let detail = Detail::Count(usize::from(similar.percent));
    Some(Finding::new(Code::NearDuplicate, Place::Record, &similar.title).detail(detail))
}

/// The clock of a record that has never been public.
#[derive(Debug, Clone, Copy)]
pub struct Clock<'a> {
    /// Working days.
    pub calendar: &'a Calendar,
    /// Which time limit applies.
    pub kind: PublicationKind,
    /// The day on which it would be published.
    pub today: Date,
}

/// A date of writing further back than the time limit.
pub(super) fn timeliness(record: &Record<'_>, clock: Option<Clock<'_>>) -> Option<Finding> {
    let (written_on, clock) = (record.written_on?, clock?);
    let ledger = publication_ledger(clock.calendar, clock.kind, written_on).ok()??;
    let Timeliness::Late { by } = ledger.timeliness(clock.calendar, clock.today) else { return None };
    let detail = Detail::Late {
        basis: ledger.limit.basis.to_owned(),
        limit: ledger.limit.working_days,
        due_on: ledger.due_on.to_string(),
        by,
    };
    let finding = Finding::new(Code::LatePublication, Place::field("written_on"), &written_on.to_string());
    Some(finding.detail(detail))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::Text;
    use super::*;
    use crate::calendar::tests::national;

    #[test]
    fn twenty_working_days_are_in_time_and_the_next_is_late() {
        let (calendar, body) = (national(), Text::default());
        let record = Record { written_on: Some(date(2025, 1, 24)), ..Record::of("", &body) };
        let on = |today| {
            let clock = Clock { calendar: &calendar, kind: PublicationKind::General, today };
            timeliness(&record, Some(clock))
        };
        assert_eq!(on(date(2025, 2, 27)), None);
        let late = on(date(2025, 2, 28)).unwrap();
        assert!(matches!(late.detail, Detail::Late { limit: 20, by: 1, .. }), "{:?}", late.detail);
        assert_eq!(timeliness(&record, None), None);
    }

    #[test]
    fn a_near_duplicate_is_told_with_its_share() {
        let similar = Similar { title: "关于防火的通知".to_owned(), percent: 96 };
        assert_eq!(duplicate(Some(&similar)).unwrap().detail, Detail::Count(96));
        assert_eq!(duplicate(None), None);
    }
}
