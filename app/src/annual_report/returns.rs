//! What member units are asked for and answer: their own counts and a comment, with a due date. Their counts are shown
//! beside what their records give and never take its place.

use std::collections::BTreeMap;

/// How far an answer has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReturnState {
    /// Waited for.
    Asked,
    /// Answered.
    Answered,
    /// Given back to be mended.
    Returned,
}

impl ReturnState {
    /// The stored word.
    pub fn code(self) -> &'static str {
        match self {
            ReturnState::Asked => "asked",
            ReturnState::Answered => "answered",
            ReturnState::Returned => "returned",
        }
    }

    /// The state of a stored word.
    pub fn from_code(code: &str) -> Option<ReturnState> {
        [ReturnState::Asked, ReturnState::Answered, ReturnState::Returned]
            .into_iter()
            .find(|state| state.code() == code)
    }

    /// In the words of staff.
    pub fn label(self) -> &'static str {
        match self {
            ReturnState::Asked => "待填报",
            ReturnState::Answered => "已填报",
            ReturnState::Returned => "已退回",
        }
    }
}

/// What one unit is asked for and answered.
#[derive(Debug, Clone)]
pub struct Return {
    /// The report.
    pub report_id: String,
    /// The unit.
    pub organ_id: String,
    /// How far it has come.
    pub state: ReturnState,
    /// Until when.
    pub due_on: String,
    /// Its own counts by figure.
    pub counts: BTreeMap<String, i64>,
    /// What it says besides.
    pub comment: String,
    /// What the one who asks says.
    pub note: String,
    /// Who answered.
    pub answered_by: Option<String>,
    /// When.
    pub answered_at: Option<i64>,
    /// Version, for lost races.
    pub version: i64,
}

impl Return {
    /// Whether it is waited for and the day has passed.
    pub fn is_late(&self, today: &str) -> bool {
        self.state != ReturnState::Answered && self.due_on.as_str() < today
    }
}
