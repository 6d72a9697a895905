//! The institutions (机构职能, Art. 20 item 2) and one of them with its names over time.
//!
//! Names of persons come only where the record gives them.

use askama::Template;

use crate::portal::page::{ContactBlock, Day, DocumentRow, Layout, Link};

/// One institution in the list.
#[derive(Debug, Clone)]
pub struct InstitutionEntry {
    /// Name and `/institutions/{code}`.
    pub link: Link,
    /// Public records.
    pub count: u64,
    /// Bodies below it.
    pub children: Vec<InstitutionEntry>,
}

/// Institutions of one kind.
#[derive(Debug, Clone)]
pub struct InstitutionGroup {
    /// 区政府工作部门, 镇 …
    pub kind: String,
    /// In the official order.
    pub entries: Vec<InstitutionEntry>,
    /// Those that have ended (merged, dissolved), told apart.
    pub former: Vec<InstitutionEntry>,
}

/// `/institutions`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/page/place/institutions.html")]
pub struct InstitutionsPage {
    /// Around the content.
    pub layout: Layout,
    /// By kind.
    pub groups: Vec<InstitutionGroup>,
}

/// A name and the time it was borne.
#[derive(Debug, Clone)]
pub struct NamePeriod {
    /// The name.
    pub name: String,
    /// First day, if known.
    pub from: Option<Day>,
    /// Last day; none for the present name.
    pub to: Option<Day>,
}

/// A merge, split or renaming in words.
#[derive(Debug, Clone)]
pub struct OrganChange {
    /// When.
    pub on: Option<Day>,
    /// What happened: 由下列单位合并组成, 更名为 …
    pub what: String,
    /// The other institutions.
    pub others: Vec<Link>,
}

/// `/institutions/{code}`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/page/place/institution.html")]
pub struct InstitutionPage {
    /// Around the content; the title is the present name.
    pub layout: Layout,
    /// 区政府工作部门 …
    pub kind: String,
    /// The body above it.
    pub parent: Option<Link>,
    /// Functions in a few sentences; may be empty.
    pub functions: Vec<String>,
    /// Contacts.
    pub contact: ContactBlock,
    /// Names over time, the newest first; shown from two on.
    pub names: Vec<NamePeriod>,
    /// Merges, splits, renamings, the newest first.
    pub changes: Vec<OrganChange>,
    /// Bodies below it.
    pub children: Vec<Link>,
    /// Whether it has ended.
    pub ended_on: Option<Day>,
    /// Its latest records.
    pub rows: Vec<DocumentRow>,
    /// All its records.
    pub total: u64,
    /// The catalogue filtered to it.
    pub rows_href: String,
}
