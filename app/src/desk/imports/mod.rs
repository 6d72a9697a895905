//! Imports from the desk (导入与核对): uploading a file, watching its run, what came of it, and the review list of records that a
//! reader was unsure of.

mod fields;
mod queries;
pub mod review;
pub mod runs;
