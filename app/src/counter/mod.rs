//! Numbers given in order without gaps: index numbers, public numbers, positions of the change feed and of the audit log.
//!
//! They are rows of the site, raised inside the transaction that uses them, never a database sequence (which leaves
//! gaps) or a clock (which goes back). What the numbers look like on paper is `rules::numbering`'s.

pub mod queries;
