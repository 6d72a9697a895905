//! The law of open government information as pure functions.
//!
//! Every limit, number and state of the Regulations on Open Government Information (国务院令第711号)
//! and its companion documents that the product computes with lives here, the article cited beside
//! the arithmetic. It does not read a clock, a file or a database, and it does not speak Chinese to
//! people: a refusal is a typed value, and the product finds the words for it.

pub mod calendar;
pub mod check;
pub mod coded;
pub mod column_update;
pub mod deadline;
pub mod disclosure;
pub mod numbering;
pub mod organ_history;
pub mod password;
pub mod permission;
pub mod proposal;
pub mod publication;
pub mod report;
pub mod request;
pub mod review;
pub mod sensitive;
pub mod standing;
pub mod theme;
pub mod validity;

pub use request::{outcome, remedy};
