//! A case with everything that belongs to it: the edition, what it says now, its history. Opened, moved on by one event,
//! and stored again in the same transaction.

use std::collections::BTreeSet;

use kit_db::Tx;
use rules::{
    permission::Act,
    review::{Case, Deed, Event, Fingerprint, Gate, Hand, Person, ReviewRefusal, Stage, Step, Way},
};

use super::{Actor, CaseRow, EntryRow, Outcome, Remark, codes, queries, snapshot::Snapshot, waiting, way};
use crate::{
    audit,
    cx::Cx,
    document::{self, Document, Edition},
    error::{Error, Result},
    id::{CaseId, EditionId, OrganId},
    staff,
};

/// A case with its edition.
pub struct Dossier {
    /// Identity.
    pub id: CaseId,
    /// The document.
    pub document: Document,
    /// The edition on its way.
    pub edition: Edition,
    /// What the edition says now.
    pub now: Snapshot,
    /// Where it stands, by the rules.
    pub case: Case,
    /// The history with what was written beside it.
    pub entries: Vec<EntryRow>,
    /// The digest of what it says now.
    content: Fingerprint,
    /// The row; none before the first submission.
    row: Option<CaseRow>,
}

impl Dossier {
    /// The case of that id.
    ///
    /// # Errors
    /// Not found when there is none.
    pub fn find(tx: &mut Tx<'_>, cx: &Cx, id: &CaseId) -> Result<Dossier> {
        let row = queries::case(tx, &cx.site_id, id)?.ok_or(Error::NotFound)?;
        let edition_id = row.edition_id.clone();
        Dossier::open(tx, cx, &edition_id, Some(row))
    }

    /// The case of an edition; a new one where it was never submitted.
    ///
    /// # Errors
    /// Not found when there is no such edition.
    pub fn of_edition(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId) -> Result<Dossier> {
        let row = queries::case_of_edition(tx, &cx.site_id, edition_id)?;
        Dossier::open(tx, cx, edition_id, row)
    }

    fn open(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId, row: Option<CaseRow>) -> Result<Dossier> {
        let edition = document::actions::find_edition(tx, cx, edition_id)?;
        let document = document::actions::find(tx, cx, &edition.document_id)?;
        let now = Snapshot::take(tx, cx, &document, &edition)?;
        let content = now.fingerprint()?;
        let entries = match &row {
            Some(row) => queries::entries(tx, &cx.site_id, &row.id)?,
            None => Vec::new(),
        };
        let case = Case {
            way: row.as_ref().map_or(Ok(Way::default()), |row| way::of_text(&row.way))?,
            stage: row.as_ref().map_or(Stage::Draft, |row| row.stage),
            content: row.as_ref().map_or(content.clone(), |row| Fingerprint(row.content.clone())),
            authors: authors(tx, cx, edition_id, &entries)?,
            entries: entries.iter().map(|row| row.entry.clone()).collect(),
        };
        let id = row.as_ref().map_or_else(|| CaseId(cx.new_id()), |row| row.id.clone());
        Ok(Dossier { id, document, edition, now, case, entries, content, row })
    }

    /// The organ that answers for the record.
    pub fn organ(&self) -> Option<&OrganId> {
        self.document.responsible_organ_id.as_ref()
    }

    /// The digest of what the edition says now.
    pub fn content(&self) -> &Fingerprint {
        &self.content
    }

    /// The head of the case, once it was submitted.
    pub fn row(&self) -> Option<&CaseRow> {
        self.row.as_ref()
    }

    /// Lets the case know what the edition says now; gives whether that was news.
    pub fn follow_text(&mut self, tx: &mut Tx<'_>, cx: &Cx) -> Result<bool> {
        if self.row.is_none() || self.case.stage.is_public() || self.content == self.case.content {
            return Ok(false);
        }
        let newest = document::queries::newest_author(tx, &cx.site_id, &self.edition.id)?;
        let by = Person(newest.unwrap_or_else(|| cx.actor.clone()));
        let event = Event::TextChanged { by, content: self.content.clone() };
        let next = self.case.after(&event)?;
        self.store(tx, cx, next, &Remark::default())?;
        Ok(true)
    }

    /// Moves the case on by an event of a person. The text is looked at first: what was decided about an earlier one
    /// decides nothing, and the case then stands where the new one must be seen.
    ///
    /// # Errors
    /// Refused when the event may not happen.
    pub fn apply(&mut self, tx: &mut Tx<'_>, cx: &Cx, event: &Event, remark: &Remark) -> Result<Outcome> {
        let moved = self.follow_text(tx, cx)?;
        match self.case.after(event) {
            Ok(next) => self.store(tx, cx, next, remark).map(|()| Outcome::Done),
            Err(ReviewRefusal::TextChanged) => Ok(Outcome::TextChanged),
            Err(refusal) if self.is_repeated(event, refusal, remark) => Ok(Outcome::Repeated),
            Err(_) if moved => Ok(Outcome::TextChanged),
            Err(refusal) => Err(refusal.into()),
        }
    }

    /// Whether the same person did the same to the same content before: a second click, a second tab, a retry.
    fn is_repeated(&self, event: &Event, refusal: ReviewRefusal, remark: &Remark) -> bool {
        use ReviewRefusal as R;
        let (deed, person): (fn(&Deed) -> bool, &Person) = match (event, refusal) {
            (_, R::AlreadyDecided) => return true,
            (Event::Submit { by, .. }, R::AlreadySubmitted) => (|d| matches!(d, Deed::Submitted { .. }), by),
            (Event::Publish { by, .. }, R::AlreadyPublic) => (|d| *d == Deed::Published, &by.person),
            (Event::Schedule { by, .. }, R::AlreadyScheduled) => (|d| *d == Deed::Scheduled, &by.person),
            (Event::Unschedule { by }, R::NotScheduled) => (|d| *d == Deed::Unscheduled, &by.person),
            (Event::PublishEmergency { hand, .. }, R::AlreadyPublic) => {
                (|d| *d == Deed::PublishedInEmergency, &hand.person)
            }
            (Event::ReviewAfterwards { hand, .. }, R::NothingAfterwards) => {
                (|d| matches!(d, Deed::Upheld | Deed::Objected), &hand.person)
            }
            _ => return false,
        };
        self.entries.iter().rev().find(|row| deed(&row.entry.deed)).is_some_and(|row| {
            let by = row.entry.hand.as_ref().map(|hand| &hand.person);
            by == Some(person) && row.entry.content == self.case.content && row.remark == *remark
        })
    }

    /// Writes the next state of the case: its head, the new lines of its history, for whom it waits now.
    fn store(&mut self, tx: &mut Tx<'_>, cx: &Cx, next: Case, remark: &Remark) -> Result<()> {
        self.now.keep(tx, cx, &self.edition)?;
        let known = self.case.entries.len();
        let moved = self.case.stage != next.stage || self.case.open_steps() != next.open_steps();
        let row = self.head(cx, &next)?;
        if queries::keep_case(tx, cx, &row)? == 0 {
            return Err(Error::Conflict);
        }
        self.case = next;
        self.row = Some(CaseRow { version: row.version + 1, ..row });
        for at in known..self.case.entries.len() {
            self.add_entry(tx, cx, at, remark)?;
        }
        if moved { waiting::renew(tx, cx, self) } else { Ok(()) }
    }

    fn head(&self, cx: &Cx, next: &Case) -> Result<CaseRow> {
        let submitted = next.entries.iter().rfind(|entry| matches!(entry.deed, Deed::Submitted { .. }));
        let is_new = next.entries.last().is_some_and(|last| matches!(last.deed, Deed::Submitted { .. }));
        let before = self.row.as_ref();
        Ok(CaseRow {
            id: self.id.clone(),
            edition_id: self.edition.id.clone(),
            document_id: self.document.id.clone(),
            stage: next.stage,
            content: next.content.0.clone(),
            way: way::to_text(&next.way)?,
            emergency: next.entries.iter().any(|entry| entry.deed == Deed::PublishedInEmergency),
            submitted_by: submitted.and_then(|entry| entry.hand.as_ref()).map(|hand| hand.person.0.clone()),
            submitted_at: if is_new { Some(cx.at) } else { before.and_then(|row| row.submitted_at) },
            changed_at: cx.at,
            version: before.map_or(0, |row| row.version),
        })
    }

    fn add_entry(&mut self, tx: &mut Tx<'_>, cx: &Cx, at: usize, remark: &Remark) -> Result<()> {
        let entry = self.case.entries[at].clone();
        let position = i64::try_from(at).unwrap_or(i64::MAX - 1) + 1;
        let detail = format!("{} {}", self.edition.content.title, remark.reason);
        let act = audit::Act {
            action: codes::audit_action(&entry.deed),
            object_kind: "edition",
            object_id: &self.edition.id.0,
            detail: detail.trim(),
        };
        audit::actions::record(tx, cx, act)?;
        let row = EntryRow { position, at: cx.at, entry, remark: remark.clone() };
        queries::insert_entry(tx, cx, &self.id, &row)?;
        self.entries.push(row);
        Ok(())
    }

    /// The hand of somebody who wants to take a step.
    ///
    /// # Errors
    /// Forbidden where no role of today reaches it.
    pub fn hand(&self, tx: &mut Tx<'_>, cx: &Cx, actor: &Actor, step: Step) -> Result<Hand> {
        let (act, organ) = self.right_for(step);
        hand(tx, cx, actor, act, organ.as_ref())
    }

    /// What somebody must be allowed to do, and for which organ, to take a step.
    pub fn right_for(&self, step: Step) -> (Act, Option<OrganId>) {
        let own = self.organ();
        match step.gate {
            Gate::Round(round) => {
                let parties = self.case.way.rounds().get(round).map(way::parties).unwrap_or_default();
                let organ = parties.get(step.party).map(|party| party.asked(own).1);
                (Act::Review, organ.unwrap_or_else(|| own.cloned()))
            }
            Gate::Secrecy => (Act::ReviewSecrecy, own.cloned()),
            Gate::SignOff => (Act::SignOff, own.cloned()),
            Gate::Publication => (Act::Publish, own.cloned()),
        }
    }
}

/// The hand of somebody who may do `act` for an organ: the own role goes before one held for somebody else. Without an
/// organ, only who reaches the whole site may.
///
/// # Errors
/// Forbidden where no role of today reaches it.
pub fn hand(tx: &mut Tx<'_>, cx: &Cx, actor: &Actor, act: Act, organ: Option<&OrganId>) -> Result<Hand> {
    let reaches = |grant: &&staff::Grant| {
        let one = std::slice::from_ref(*grant);
        match organ {
            Some(organ) => staff::may(one, act, Some(organ)),
            None => staff::organs(one, act).is_none(),
        }
    };
    let mut fitting: Vec<&staff::Grant> = actor.grants.iter().filter(reaches).collect();
    fitting.sort_by_key(|grant| grant.acting_for.is_some());
    let grant = fitting.first().ok_or(Error::Forbidden)?;
    let acting_for = match &grant.acting_for {
        Some(id) => staff::queries::account(tx, &cx.site_id, id)?.map(|account| Person(account.login)),
        None => None,
    };
    Ok(Hand { acting_for, ..Hand::of(&actor.login) })
}

fn authors(
    tx: &mut Tx<'_>,
    cx: &Cx,
    edition_id: &EditionId,
    entries: &[EntryRow],
) -> Result<BTreeSet<Person>> {
    let writers = document::queries::authors(tx, &cx.site_id, edition_id)?;
    let sent = entries.iter().filter(|row| matches!(row.entry.deed, Deed::Submitted { .. } | Deed::Changed));
    let senders = sent.filter_map(|row| row.entry.hand.as_ref()).map(|hand| hand.person.clone());
    Ok(writers.into_iter().map(Person).chain(senders).collect())
}
