//! What becomes, or became, of the rows of a table.

use serde::{Deserialize, Serialize};

use super::{Fault, Row};
use crate::error::Result;

/// How a row stands to the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// There is no such entry.
    New,
    /// The entry says something else.
    Changed,
    /// The entry says the same.
    Same,
}

/// Rows by how they stand to the register.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Entries that are new.
    pub new: usize,
    /// Entries that say something else now.
    pub changed: usize,
    /// Entries that said the same already.
    pub same: usize,
    /// Lines that cannot be taken.
    pub bad: usize,
}

impl Counts {
    /// Whether there is anything to take.
    pub fn is_worth_taking(self) -> bool {
        self.new + self.changed > 0
    }

    /// As the confirmation carries it, so that nothing else is done than was shown.
    pub fn mark(self) -> String {
        format!("{}/{}/{}/{}", self.new, self.changed, self.same, self.bad)
    }
}

/// What becomes of the rows that could be read.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    /// The rows, counted; `bad` are those of `faults`.
    pub counts: Counts,
    /// Rows that do not fit the register.
    pub faults: Vec<Fault>,
    /// Lines that are written, with how each stands to the register.
    pub lines: Vec<(usize, Standing)>,
}

impl Taken {
    /// What becomes of rows, one after the other: `one` says how a row stands, or what does not fit in it.
    ///
    /// # Errors
    /// The first of `one`.
    pub fn of(
        rows: &[Row],
        mut one: impl FnMut(&Row) -> Result<std::result::Result<Standing, Vec<Fault>>>,
    ) -> Result<Taken> {
        let mut taken = Taken::default();
        for row in rows {
            match one(row)? {
                Ok(standing) => taken.count(row, standing),
                Err(faults) => {
                    taken.counts.bad += 1;
                    taken.faults.extend(faults);
                }
            }
        }
        Ok(taken)
    }

    /// Counts a row.
    pub fn count(&mut self, row: &Row, standing: Standing) {
        if standing != Standing::Same {
            self.lines.push((row.line, standing));
        }
        match standing {
            Standing::New => self.counts.new += 1,
            Standing::Changed => self.counts.changed += 1,
            Standing::Same => self.counts.same += 1,
        }
    }

    /// Counts a row that does not fit.
    pub fn refuse(&mut self, fault: Fault) {
        self.counts.bad += 1;
        self.faults.push(fault);
    }
}
