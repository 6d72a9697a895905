//! The forms of a report: each a pure function of the document, so that all carry the same numbers.

pub mod chart;
pub mod html;
pub mod json;
pub mod xlsx;
