//! Stories of finance.
