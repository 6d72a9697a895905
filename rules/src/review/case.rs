//! One edition on its way: what may happen now, and what has happened. A value; each event gives the next one.
//!
//! Where the case stands is worked out from the approvals that count: those given to the present content, by persons
//! who are not among its authors. So a change of text needs no list of what it undoes.

use std::collections::BTreeSet;

use super::{
    Deed, Entry, Event, Fingerprint, Gate, Hand, Need, Person, ReturnTo, ReviewRefusal as R, Stage, Step,
    Verdict, Way,
};

/// An edition on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The way it takes: that of its column when it was submitted.
    pub way: Way,
    /// Where it stands.
    pub stage: Stage,
    /// What it says, as far as the case knows.
    pub content: Fingerprint,
    /// Everybody who wrote, changed or submitted it.
    pub authors: BTreeSet<Person>,
    /// What has happened, the earliest first.
    pub entries: Vec<Entry>,
}

impl Case {
    /// An edition that has not been submitted.
    pub fn draft(authors: impl IntoIterator<Item = Person>, content: Fingerprint) -> Case {
        let authors = authors.into_iter().collect();
        Case { way: Way::default(), stage: Stage::Draft, content, authors, entries: Vec::new() }
    }

    /// The case after an event.
    ///
    /// # Errors
    /// Why the event may not happen; the case is then as it was.
    pub fn after(&self, event: &Event) -> Result<Case, R> {
        match event {
            Event::Submit { by, way, content } => self.submitted(by, way, content),
            Event::TextChanged { by, content } => self.changed(by, content),
            Event::Decide { step, verdict, hand, seen } => {
                self.check_step(*step, verdict, hand)?;
                self.check_seen(seen)?;
                self.decided(*step, verdict, hand)
            }
            Event::Recall { by } => self.recalled(by),
            Event::Publish { by, seen } => {
                self.check_cleared(seen)?;
                Ok(self.with(Deed::Published, Some(by), Stage::Published))
            }
            Event::Schedule { by, seen } => {
                if self.stage == Stage::Scheduled {
                    return Err(R::AlreadyScheduled);
                }
                self.check_cleared(seen)?;
                Ok(self.with(Deed::Scheduled, Some(by), Stage::Scheduled))
            }
            Event::Unschedule { by } => {
                self.check_scheduled()?;
                Ok(self.with(Deed::Unscheduled, Some(by), Stage::At(Gate::Publication)))
            }
            Event::Due { seen } => {
                self.check_scheduled()?;
                self.check_cleared(seen)?;
                Ok(self.with(Deed::Published, None, Stage::Published))
            }
            Event::PublishEmergency { hand, seen } => self.published_in_emergency(hand, seen),
            Event::ReviewAfterwards { hand, upheld } => self.reviewed_afterwards(hand, *upheld),
        }
    }

    /// Where a case with this content stands that its authors have sent on its way: the first gate that has not been
    /// passed, even when later ones have.
    pub fn first_open_gate(&self) -> Gate {
        let rounds = (0..self.way.rounds().len()).map(Gate::Round);
        let gates = rounds.chain([Gate::Secrecy, Gate::SignOff]);
        gates.into_iter().find(|gate| !self.is_passed(*gate)).unwrap_or(Gate::Publication)
    }

    /// The steps that somebody could take now.
    pub fn open_steps(&self) -> Vec<Step> {
        let Stage::At(gate) = self.stage else { return Vec::new() };
        let parties = 0..self.n_parties(gate);
        let steps = parties.map(|party| Step { gate, party });
        steps.filter(|step| !self.approvals().any(|(done, _)| done == *step)).collect()
    }

    /// Approvals that count: of the present content, not overruled by a return, by nobody who wrote the text.
    pub fn approvals(&self) -> impl Iterator<Item = (Step, &Hand)> {
        let anew = self.entries.iter().rposition(|entry| entry.deed == Deed::Submitted { anew: true });
        let from = anew.unwrap_or_default();
        let entries = self.entries.iter().enumerate().skip(from);
        entries.filter_map(move |(at, entry)| {
            let Deed::Approved(step) = entry.deed else { return None };
            let hand = entry.hand.as_ref()?;
            let counts = entry.content == self.content
                && !hand.is_among(&self.authors)
                && !self.is_overruled(at, step.gate);
            counts.then_some((step, hand))
        })
    }

    fn is_overruled(&self, at: usize, gate: Gate) -> bool {
        self.entries[at + 1..].iter().any(|later| match &later.deed {
            Deed::Returned(_, ReturnTo::Gate(target)) => *target <= gate && later.content == self.content,
            _ => false,
        })
    }

    fn is_passed(&self, gate: Gate) -> bool {
        let done: BTreeSet<usize> =
            self.approvals().filter(|(step, _)| step.gate == gate).map(|(step, _)| step.party).collect();
        match gate {
            Gate::Round(round) => match self.way.rounds()[round].need {
                Need::All => done.len() == self.n_parties(gate),
                Need::Any => !done.is_empty(),
            },
            _ => !done.is_empty(),
        }
    }

    fn n_parties(&self, gate: Gate) -> usize {
        match gate {
            Gate::Round(round) => self.way.rounds().get(round).map_or(0, |round| round.parties.len()),
            _ => 1,
        }
    }

    fn submitted(&self, by: &Person, way: &Way, content: &Fingerprint) -> Result<Case, R> {
        if !matches!(self.stage, Stage::Draft | Stage::Returned | Stage::Recalled) {
            return Err(if self.stage.is_public() { R::AlreadyPublic } else { R::AlreadySubmitted });
        }
        let mut next = self.clone();
        let anew = *way != self.way;
        (next.way, next.content) = (way.clone(), content.clone());
        next.authors.insert(by.clone());
        let hand = Hand { person: by.clone(), acting_for: None, issued_by: None };
        let mut next = next.with(Deed::Submitted { anew }, Some(&hand), Stage::Draft);
        next.stage = Stage::At(next.first_open_gate());
        Ok(next)
    }

    fn changed(&self, by: &Person, content: &Fingerprint) -> Result<Case, R> {
        if self.stage.is_public() {
            return Err(R::AlreadyPublic);
        }
        let mut next = self.clone();
        next.content = content.clone();
        next.authors.insert(by.clone());
        let hand = Hand { person: by.clone(), acting_for: None, issued_by: None };
        let mut next = next.with(Deed::Changed, Some(&hand), self.stage);
        if matches!(self.stage, Stage::At(_) | Stage::Scheduled) {
            let gate = next.first_open_gate();
            // Put back word for word, a scheduled text keeps its time.
            let keeps_time = self.stage == Stage::Scheduled && gate == Gate::Publication;
            next.stage = if keeps_time { Stage::Scheduled } else { Stage::At(gate) };
        }
        Ok(next)
    }

    fn decided(&self, step: Step, verdict: &Verdict, hand: &Hand) -> Result<Case, R> {
        match verdict {
            Verdict::Approve => {
                self.check_other_steps(step, hand)?;
                let mut next = self.with(Deed::Approved(step), Some(hand), self.stage);
                next.stage = Stage::At(next.first_open_gate());
                Ok(next)
            }
            Verdict::Refuse if step.gate != Gate::Secrecy => Err(R::CannotRefuse),
            Verdict::Refuse => {
                self.check_other_steps(step, hand)?;
                Ok(self.with(Deed::Refused(step), Some(hand), Stage::Returned))
            }
            Verdict::Return(to) => {
                self.check_concerned(step, to)?;
                let stage = match to {
                    ReturnTo::Authors(_) => Stage::Returned,
                    ReturnTo::Gate(gate) => Stage::At(*gate),
                };
                Ok(self.with(Deed::Returned(step, to.clone()), Some(hand), stage))
            }
        }
    }

    fn recalled(&self, by: &Person) -> Result<Case, R> {
        match self.stage {
            Stage::At(_) if self.authors.contains(by) => {
                let hand = Hand { person: by.clone(), acting_for: None, issued_by: None };
                Ok(self.with(Deed::Recalled, Some(&hand), Stage::Recalled))
            }
            Stage::At(_) => Err(R::NotAnAuthor),
            Stage::Scheduled => Err(R::AlreadyScheduled),
            Stage::Recalled => Err(R::AlreadyDecided),
            Stage::Published | Stage::Emergency | Stage::Objected => Err(R::AlreadyPublic),
            Stage::Draft | Stage::Returned => Err(R::NotUnderReview),
        }
    }

    fn published_in_emergency(&self, hand: &Hand, seen: &Fingerprint) -> Result<Case, R> {
        match self.stage {
            Stage::At(_) => {}
            stage if stage.is_public() => return Err(R::AlreadyPublic),
            Stage::Scheduled => return Err(R::AlreadyScheduled),
            _ => return Err(R::NotUnderReview),
        }
        self.check_seen(seen)?;
        if hand.is_among(&self.authors) {
            return Err(R::OwnText);
        }
        Ok(self.with(Deed::PublishedInEmergency, Some(hand), Stage::Emergency))
    }

    fn reviewed_afterwards(&self, hand: &Hand, upheld: bool) -> Result<Case, R> {
        if self.stage != Stage::Emergency {
            return Err(R::NothingAfterwards);
        }
        if hand.is_among(&self.authors) {
            return Err(R::OwnText);
        }
        let emergency = self.entries.iter().rfind(|entry| entry.deed == Deed::PublishedInEmergency);
        if emergency.and_then(|entry| entry.hand.as_ref()).is_some_and(|first| first.meets(hand)) {
            return Err(R::OwnEmergency);
        }
        let (deed, stage) =
            if upheld { (Deed::Upheld, Stage::Published) } else { (Deed::Objected, Stage::Objected) };
        Ok(self.with(deed, Some(hand), stage))
    }

    fn check_step(&self, step: Step, verdict: &Verdict, hand: &Hand) -> Result<(), R> {
        if self.is_second_click(step, verdict, hand) {
            return Err(R::AlreadyDecided);
        }
        match self.stage {
            Stage::At(gate) if gate == step.gate => {}
            Stage::At(_) => return Err(R::NotThisStep),
            stage if stage.is_public() => return Err(R::AlreadyPublic),
            Stage::Scheduled => return Err(R::AlreadyScheduled),
            _ => return Err(R::NotUnderReview),
        }
        if step.party >= self.n_parties(step.gate) {
            return Err(R::UnknownParty);
        }
        if step.gate == Gate::Publication {
            // What is cleared is published, scheduled or returned; there is nothing to approve any more.
            let returns = matches!(verdict, Verdict::Return(_));
            return if returns { Ok(()) } else { Err(R::NotThisStep) };
        }
        if hand.is_among(&self.authors) {
            return Err(R::OwnText);
        }
        if self.approvals().any(|(done, _)| done == step) { Err(R::DecidedByAnother) } else { Ok(()) }
    }

    /// The same person, the same step, the same verdict, and nothing has happened since that would call for another.
    fn is_second_click(&self, step: Step, verdict: &Verdict, hand: &Hand) -> bool {
        let same = |known: &Hand| known.person == hand.person;
        match verdict {
            Verdict::Approve => self.approvals().any(|(done, known)| done == step && same(known)),
            Verdict::Return(_) | Verdict::Refuse => self.entries.last().is_some_and(|last| {
                let same_deed = match &last.deed {
                    Deed::Returned(from, to) => *from == step && *verdict == Verdict::Return(to.clone()),
                    Deed::Refused(from) => *from == step && *verdict == Verdict::Refuse,
                    _ => false,
                };
                same_deed && last.hand.as_ref().is_some_and(same)
            }),
        }
    }

    /// One person takes one step on one content, except where the site lets it be two.
    fn check_other_steps(&self, step: Step, hand: &Hand) -> Result<(), R> {
        let met = self.approvals().filter(|(done, known)| *done != step && known.meets(hand));
        let allowed = self.way.separation();
        for (done, _) in met {
            let is_let = match (done.gate.min(step.gate), done.gate.max(step.gate)) {
                (Gate::Round(_), Gate::SignOff) => allowed.reviewer_may_sign,
                (Gate::Round(_), Gate::Secrecy) | (Gate::Secrecy, Gate::SignOff) => {
                    allowed.secrecy_may_be_shared
                }
                _ => false,
            };
            if !is_let {
                return Err(R::TwoSteps(done.gate));
            }
        }
        Ok(())
    }

    fn check_concerned(&self, step: Step, to: &ReturnTo) -> Result<(), R> {
        match to {
            ReturnTo::Authors(persons) if persons.is_empty() => Err(R::NobodyConcerned),
            ReturnTo::Authors(persons) if persons.iter().all(|person| self.authors.contains(person)) => {
                Ok(())
            }
            ReturnTo::Gate(gate) if *gate < step.gate && self.is_on_the_way(*gate) => Ok(()),
            _ => Err(R::NotConcerned),
        }
    }

    fn is_on_the_way(&self, gate: Gate) -> bool {
        !matches!(gate, Gate::Round(round) if round >= self.way.rounds().len())
    }

    fn check_seen(&self, seen: &Fingerprint) -> Result<(), R> {
        if *seen == self.content { Ok(()) } else { Err(R::TextChanged) }
    }

    fn check_scheduled(&self) -> Result<(), R> {
        match self.stage {
            Stage::Scheduled => Ok(()),
            stage if stage.is_public() => Err(R::AlreadyPublic),
            _ => Err(R::NotScheduled),
        }
    }

    fn check_cleared(&self, seen: &Fingerprint) -> Result<(), R> {
        match self.stage {
            Stage::At(Gate::Publication) | Stage::Scheduled => {}
            Stage::At(_) => return Err(R::NotCleared),
            stage if stage.is_public() => return Err(R::AlreadyPublic),
            _ => return Err(R::NotUnderReview),
        }
        self.check_seen(seen)?;
        // The stage says so already; it is asked once more because everything hangs on it.
        if self.first_open_gate() == Gate::Publication { Ok(()) } else { Err(R::NotCleared) }
    }

    fn with(&self, deed: Deed, hand: Option<&Hand>, stage: Stage) -> Case {
        let mut next = self.clone();
        next.entries.push(Entry { deed, hand: hand.cloned(), content: self.content.clone() });
        next.stage = stage;
        next
    }
}
