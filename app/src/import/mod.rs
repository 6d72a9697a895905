//! Importing what other systems published.
pub mod reading;
