//! The pages of the way: what waits for me, one case with everything needed to decide, emergency publication, one-time
//! links, several decisions at once. They read; every decision is an action of `review`.

pub mod bulk;
pub mod case_page;
pub mod decisions;
pub mod difference;
pub mod emergency;
mod form;
mod history;
pub mod links;
pub mod list;
pub mod names;
pub mod open_link;
mod queries;
pub mod returned;
pub mod setting;
pub mod sheet;
mod tasks;
#[cfg(test)]
mod tests;
