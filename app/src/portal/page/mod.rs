//! The public pages as plain view data and the templates that print them: one struct and one HTML file per page type.
//!
//! Nothing here reads the database or knows of HTTP: a handler fills a struct and renders it.

mod day;
mod home;
mod layout;
mod listing;
mod place;
mod record;
#[cfg(test)]
mod samples;
mod statistics;
mod statute;
mod validity;

pub use day::{Day, Minute};
pub use home::{HomePage, Openness, StatutoryEntry};
pub use layout::{ArticleTags, AssetLinks, ColumnTags, ContactBlock, Filing, Layout, Link, SiteFace, Theme};
pub use listing::{
    ActiveFilter, CataloguePage, ColumnPage, DocumentRow, ExcerptPiece, Facet, FacetValue, Paging, SearchHit,
    SearchPage, SortChoice,
};
pub use place::{
    ErrorKind, ErrorPage, GuideEntry, GuideGroup, GuidePage, GuidesPage, InstitutionEntry, InstitutionGroup,
    InstitutionPage, InstitutionsPage, NamePeriod, OrganChange, SiteMapBranch, SiteMapPage,
};
pub use record::{
    AttachmentLink, Band, ComparePage, ComparisonRow, DiffBlock, DiffPiece, FieldChange, HeadField,
    OldVersionPage, PrintPage, RecordBody, RecordPage, RelatedLink, Relation, RelationGroup, ReportPart,
    VersionRow, VersionsPage,
};
pub use statistics::StatisticsPage;
pub use statute::{
    AnnualReportEntry, AnnualReportsPage, ApplyPage, DisclosureGuidePage, KeyAreaEntry, KeyAreaPage,
    KeyAreasPage, StatutoryItemEntry, StatutoryItemsPage,
};
pub use validity::ValidityMark;
