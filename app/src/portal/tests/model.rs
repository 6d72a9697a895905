//! What the public may read, decided a second time and independently of the product: a few lines of state for each
//! document, moved by the same verbs. It knows no table, no page and no cache.

use proptest::prelude::*;

/// One thing that an officer does, or that time does.
#[derive(Debug, Clone)]
pub enum Step {
    Make { site: usize, proactive: bool, with_file: bool },
    Publish(usize),
    Schedule { document: usize, minutes: i64 },
    Unschedule(usize),
    Correct { document: usize, de_identify: bool, proactive: bool },
    NextDraft { document: usize, with_file: bool },
    Withdraw(usize),
    Repeal { by: usize, document: usize },
    Advance(i64),
}

pub fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    let one = || 0..8_usize;
    let make = |often: u32| {
        let made = (0..2_usize, prop::bool::weighted(0.8), any::<bool>());
        (
            often,
            made.prop_map(|(site, proactive, with_file)| Step::Make { site, proactive, with_file }).boxed(),
        )
    };
    let step = prop::strategy::Union::new_weighted(vec![
        make(4),
        (5, one().prop_map(Step::Publish).boxed()),
        (2, (one(), 1..90_i64).prop_map(|(document, minutes)| Step::Schedule { document, minutes }).boxed()),
        (1, one().prop_map(Step::Unschedule).boxed()),
        (
            3,
            (one(), prop::bool::weighted(0.3), prop::bool::weighted(0.8))
                .prop_map(|(document, de_identify, proactive)| Step::Correct {
                    document,
                    de_identify,
                    proactive,
                })
                .boxed(),
        ),
        (
            2,
            (one(), any::<bool>())
                .prop_map(|(document, with_file)| Step::NextDraft { document, with_file })
                .boxed(),
        ),
        (3, one().prop_map(Step::Withdraw).boxed()),
        (1, (one(), one()).prop_map(|(by, document)| Step::Repeal { by, document }).boxed()),
        (3, (1..120_i64).prop_map(Step::Advance).boxed()),
    ]);
    // Something is there from the beginning, so that short sequences say something too.
    prop::collection::vec(step, 6..most).prop_map(|mut steps| {
        for site in [1, 0] {
            steps.insert(0, Step::Publish(0));
            steps.insert(0, Step::Make { site, proactive: true, with_file: true });
        }
        steps
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Draft,
    Scheduled(i64),
    Live,
    Superseded,
    Concealed,
}

#[derive(Debug, Clone)]
pub struct Edition {
    pub state: State,
    pub proactive: bool,
    /// Numbers of the files it carries.
    pub files: Vec<usize>,
}

#[derive(Debug, Clone)]
pub struct Document {
    pub site: usize,
    pub editions: Vec<Edition>,
    /// Its number in addresses, once it was public.
    pub number: Option<i64>,
    pub live: bool,
    pub withdrawn: bool,
}

impl Document {
    pub fn new(site: usize, proactive: bool, files: Vec<usize>) -> Document {
        let first = Edition { state: State::Draft, proactive, files };
        Document { site, editions: vec![first], number: None, live: false, withdrawn: false }
    }

    pub fn newest(&self) -> &Edition {
        self.editions.last().unwrap()
    }

    fn newest_mut(&mut self) -> &mut Edition {
        self.editions.last_mut().unwrap()
    }

    pub fn has_open(&self) -> bool {
        self.editions.iter().any(|edition| matches!(edition.state, State::Draft | State::Scheduled(_)))
    }

    pub fn may_publish(&self) -> bool {
        matches!(self.newest().state, State::Draft | State::Scheduled(_)) && self.newest().proactive
    }

    pub fn may_schedule(&self) -> bool {
        self.newest().state == State::Draft && self.newest().proactive
    }

    pub fn may_correct(&self, proactive: bool) -> bool {
        (self.live || self.withdrawn) && !self.has_open() && proactive
    }

    pub fn set(&mut self, state: State) {
        self.newest_mut().state = state;
    }

    pub fn add(&mut self, proactive: bool, more: Option<usize>) {
        let mut files = self.newest().files.clone();
        files.extend(more);
        self.editions.push(Edition { state: State::Draft, proactive, files });
    }

    /// The newest edition goes live; the ones before stay readable or, after a de-identification, do not.
    pub fn publish(&mut self, number: i64, conceal: bool) {
        for edition in &mut self.editions {
            edition.state = match edition.state {
                State::Live | State::Superseded if conceal => State::Concealed,
                State::Live => State::Superseded,
                other => other,
            };
        }
        self.newest_mut().state = State::Live;
        (self.number, self.live, self.withdrawn) = (Some(number), true, false);
    }

    pub fn withdraw(&mut self) {
        for edition in &mut self.editions {
            edition.state = match edition.state {
                State::Live | State::Superseded => State::Concealed,
                State::Scheduled(_) => State::Draft,
                other => other,
            };
        }
        (self.live, self.withdrawn) = (false, true);
    }

    /// The editions that anybody may read, numbered from 1.
    pub fn public(&self) -> Vec<(usize, &Edition)> {
        let readable = |edition: &Edition| matches!(edition.state, State::Live | State::Superseded);
        let numbered = self.editions.iter().enumerate().map(|(index, edition)| (index + 1, edition));
        numbered.filter(|(_, edition)| self.live && readable(edition)).collect()
    }
}
