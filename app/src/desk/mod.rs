//! The desk (工作台): the pages that staff work on. As in the portal, all pages stand together here, one folder for each
//! area, because a feature whose own pages knew the shell would be known by it in turn.
//!
//! It reads across features and changes nothing itself: every change is an action of a feature.

pub mod account;
pub mod administration;
pub mod annual_report;
mod answer;
pub mod calendar;
mod client;
pub mod columns;
pub mod deadline;
pub mod editor;
pub mod findings;
pub mod form;
pub mod home;
pub mod imports;
pub mod jobs;
pub mod list;
pub mod manual;
pub mod messages;
pub mod officer;
pub mod page;
pub mod record;
pub mod registers;
pub mod review;
pub mod search;
mod stored_file;
#[cfg(test)]
mod tests;
mod upload;
pub mod words;
