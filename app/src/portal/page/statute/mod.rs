//! The pages the Regulations ask for by name: key areas, the fifteen items of Art. 20, guide and annual reports, applying.
//!
//! The items and areas themselves are data under `reference/`; these structs only show them.

mod apply;
mod areas;
mod reports;
#[cfg(test)]
mod sample;

pub use apply::{ApplyPage, DisclosureGuidePage};
pub use areas::{KeyAreaEntry, KeyAreaPage, KeyAreasPage, StatutoryItemEntry, StatutoryItemsPage};
pub use reports::{AnnualReportEntry, AnnualReportsPage};
