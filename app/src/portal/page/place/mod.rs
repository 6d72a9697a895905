//! Finding one's way: institutions, the site map, and the pages for what is not there.
//!
//! Institutions are shown as recorded; merging and renaming them is the `organ` feature's work.

mod error;
mod guide;
mod institution;
#[cfg(test)]
mod sample;
mod site_map;

pub use error::{ErrorKind, ErrorPage};
pub use guide::{GuideEntry, GuideGroup, GuidePage, GuidesPage};
pub use institution::{
    InstitutionEntry, InstitutionGroup, InstitutionPage, InstitutionsPage, NamePeriod, OrganChange,
};
pub use site_map::{SiteMapBranch, SiteMapPage};
