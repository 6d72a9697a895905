//! The audit log (留痕) as the audit administrator reads it: filtered, page by page from the newest, as a file, and with
//! the check of its chain. Reading changes nothing; taking it out leaves a row of its own.

pub mod list;
mod reading;
#[cfg(test)]
mod tests;
pub mod verify;
