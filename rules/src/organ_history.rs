//! The history of organs (机构沿革): mergers, splits and renamings as dated facts.
//!
//! Old records keep the name under which they were issued and are found under the new one too; after
//! a reorganisation the successor answers for them. These functions do not decide who answers for
//! what; they say who came from whom and what somebody was called when.

use std::collections::BTreeSet;

use jiff::civil::Date;

/// What happened to organs on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// Several became one (合并).
    Merge,
    /// One became several (拆分).
    Split,
    /// One goes on under another name or as another entry (更名).
    Rename,
}

/// One dated change; `Id` is whatever identifies an organ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganChange<Id> {
    /// The first day of the new order.
    pub on: Date,
    /// What happened.
    pub kind: ChangeKind,
    /// Organs before.
    pub from: Vec<Id>,
    /// Organs after.
    pub to: Vec<Id>,
}

/// Every organ from which this one came, over all generations; itself not included.
pub fn predecessors<Id: Ord + Clone>(organ: &Id, changes: &[OrganChange<Id>]) -> BTreeSet<Id> {
    reach(organ, changes, |change| (&change.to, &change.from))
}

/// Every organ that came from this one, over all generations; itself not included.
pub fn successors<Id: Ord + Clone>(organ: &Id, changes: &[OrganChange<Id>]) -> BTreeSet<Id> {
    reach(organ, changes, |change| (&change.from, &change.to))
}

/// The organ with all predecessors and successors: whose records to show under its name. Organs
/// that merely share a predecessor or a successor with it are not among them.
pub fn lineage<Id: Ord + Clone>(organ: &Id, changes: &[OrganChange<Id>]) -> BTreeSet<Id> {
    let mut line = predecessors(organ, changes);
    line.append(&mut successors(organ, changes));
    line.insert(organ.clone());
    line
}

/// Walks changes in one direction; an organ is visited once, so that entries in a circle end.
fn reach<'a, Id: Ord + Clone>(
    organ: &Id,
    changes: &'a [OrganChange<Id>],
    direction: impl Fn(&'a OrganChange<Id>) -> (&'a Vec<Id>, &'a Vec<Id>),
) -> BTreeSet<Id> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![organ.clone()];
    while let Some(current) = waiting.pop() {
        for (near, far) in changes.iter().map(&direction) {
            if near.contains(&current) {
                let new = far.iter().filter(|id| *id != organ && !found.contains(*id)).cloned();
                let new: Vec<Id> = new.collect();
                waiting.extend(new.iter().cloned());
                found.extend(new);
            }
        }
    }
    found
}

/// A name with the first day on which it was used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedName {
    /// First day of use.
    pub from: Date,
    /// The full name.
    pub name: String,
}

/// The name of an organ on a day: the latest that had begun. Before the first known name the first
/// one stands in, because records may be older than the register.
pub fn name_on(names: &[DatedName], day: Date) -> Option<&str> {
    let begun = names.iter().filter(|name| name.from <= day).max_by_key(|name| name.from);
    let name = begun.or_else(|| names.iter().min_by_key(|name| name.from))?;
    Some(&name.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn change(kind: ChangeKind, from: &[&'static str], to: &[&'static str]) -> OrganChange<&'static str> {
        OrganChange { on: date(2019, 1, 1), kind, from: from.to_vec(), to: to.to_vec() }
    }

    fn set(ids: &[&'static str]) -> BTreeSet<&'static str> {
        ids.iter().copied().collect()
    }

    #[test]
    fn records_are_found_under_the_old_and_the_new_organ_over_generations() {
        let changes = [
            change(ChangeKind::Rename, &["industry office"], &["industry bureau"]),
            change(ChangeKind::Merge, &["industry bureau", "trade bureau"], &["market bureau"]),
            change(ChangeKind::Split, &["market bureau"], &["supervision", "commerce"]),
        ];
        assert_eq!(
            predecessors(&"commerce", &changes),
            set(&["industry office", "industry bureau", "trade bureau", "market bureau"])
        );
        assert_eq!(successors(&"trade bureau", &changes), set(&["market bureau", "supervision", "commerce"]));
        let line = lineage(&"market bureau", &changes);
        assert_eq!(line.len(), 6);
        assert!(!lineage(&"commerce", &changes).contains("supervision"), "a sister is no forebear");
        assert!(!lineage(&"trade bureau", &changes).contains("industry office"));
    }

    #[test]
    fn an_organ_without_changes_is_its_own_lineage() {
        assert_eq!(lineage(&"alone", &[]), set(&["alone"]));
    }

    #[test]
    fn entries_in_a_circle_end() {
        let changes = [
            change(ChangeKind::Rename, &["a"], &["b"]),
            change(ChangeKind::Rename, &["b"], &["a"]),
            change(ChangeKind::Rename, &["a"], &["a"]),
        ];
        assert_eq!(predecessors(&"a", &changes), set(&["b"]));
        assert_eq!(lineage(&"a", &changes), set(&["a", "b"]));
    }

    #[test]
    fn the_name_is_the_one_in_use_on_the_day() {
        let names = [
            DatedName { from: date(2019, 3, 1), name: "新名".to_owned() },
            DatedName { from: date(2010, 1, 1), name: "旧名".to_owned() },
        ];
        assert_eq!(name_on(&names, date(2019, 2, 28)), Some("旧名"));
        assert_eq!(name_on(&names, date(2019, 3, 1)), Some("新名"));
        assert_eq!(name_on(&names, date(2001, 1, 1)), Some("旧名"));
        assert_eq!(name_on(&[], date(2001, 1, 1)), None);
    }
}
