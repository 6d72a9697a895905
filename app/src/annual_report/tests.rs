//! Stories of the annual report.
