//! The portal: the public pages of a site. They read the public views and the search index, combine features, and
//! change nothing. Staff pages are not here.

pub mod cache;
pub mod catalogue;
pub mod column;
pub mod faces;
pub mod feed;
pub mod file;
pub mod guides;
pub mod head;
pub mod home;
pub mod institution;
pub mod page;
pub mod preview;
pub mod queries;
pub mod reading_mode;
pub mod record;
pub mod report;
pub mod rows;
pub mod search;
pub mod site_map;
pub mod statistics;
pub mod statute;
#[cfg(test)]
mod tests;
pub mod version;
pub mod visit;
