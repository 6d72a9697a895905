//! Administrative organs (行政机关) with their hierarchy, and their changes in time: merge, split, rename are dated
//! records, and old records are found under the old and the new name. Who works in an organ is not here.

pub mod actions;
pub mod queries;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::id::OrganId;

/// What is set of an organ when it is added.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewOrgan {
    /// Code, unique on the site.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Kind, a code of `reference/organ_kinds.toml`.
    pub kind: String,
    /// Code of the organ above.
    #[serde(default)]
    pub parent: Option<String>,
    /// Short name for lists.
    #[serde(default)]
    pub short_name: String,
    /// What it is there for (机关职能, Art. 20 item 2).
    #[serde(default)]
    pub duties: String,
    /// How it is reached.
    #[serde(default)]
    pub contact: OrganContact,
    /// First day of its existence, where known.
    #[serde(default)]
    pub valid_from_on: Option<String>,
    /// Last day, once it is gone.
    #[serde(default)]
    pub valid_to_on: Option<String>,
    /// Place in lists.
    #[serde(default)]
    pub sort: i64,
}

/// Address, telephone, hours, name or title of the person in charge (Art. 20 item 2).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OrganContact {
    /// Office address.
    pub address: String,
    /// Telephone.
    pub phone: String,
    /// Office hours.
    pub hours: String,
    /// The person in charge, by title.
    pub leader_title: String,
}

/// A file of organs, as the demonstration and an administrator write it (TOML).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganFile {
    /// The organs, those above before those below.
    #[serde(default, rename = "organ")]
    pub organs: Vec<NewOrgan>,
    /// Merges, splits and renamings of organs that are there or in this file.
    #[serde(default, rename = "change")]
    pub changes: Vec<Change>,
}

/// An organ as it stands in the database, under its newest name.
#[derive(Debug, Clone)]
pub struct Organ {
    /// Identity.
    pub id: OrganId,
    /// Code, unique on the site.
    pub code: String,
    /// Newest name.
    pub name: String,
    /// Kind, a code of `reference/organ_kinds.toml`.
    pub kind: String,
    /// The organ above.
    pub parent_id: Option<OrganId>,
    /// Short name for lists.
    pub short_name: String,
    /// What it is there for.
    pub duties: String,
    /// How it is reached.
    pub contact: OrganContact,
    /// Last day.
    pub valid_to_on: Option<String>,
    /// Place in lists.
    pub sort: i64,
    /// Version, for lost races.
    pub version: i64,
}

/// What can be set of an organ that is there; its name changes by a renaming only.
#[derive(Debug, Clone)]
pub struct Edited {
    /// Kind, a code of `reference/organ_kinds.toml`.
    pub kind: String,
    /// The organ above.
    pub parent_id: Option<OrganId>,
    /// Short name for lists.
    pub short_name: String,
    /// What it is there for.
    pub duties: String,
    /// How it is reached.
    pub contact: OrganContact,
    /// Place in lists.
    pub sort: i64,
}

/// A name and the days it was borne.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganName {
    /// The name.
    pub name: String,
    /// First day; the empty text when it was always so.
    pub from_on: String,
    /// Last day.
    pub to_on: Option<String>,
}

/// A dated change of organs.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Merge, split or rename.
    pub kind: ChangeKind,
    /// The day it takes effect.
    pub on: String,
    /// Codes of the organs before; they end the day before `on`, except at a rename.
    pub from: Vec<String>,
    /// Codes of the organs after.
    pub to: Vec<String>,
    /// The new name, at a rename.
    #[serde(default)]
    pub new_name: Option<String>,
    /// What to know about it.
    #[serde(default)]
    pub note: String,
    /// The document that orders it.
    #[serde(default)]
    pub basis: String,
}

/// Kinds of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Several become one (合并).
    Merge,
    /// One becomes several (拆分).
    Split,
    /// The name alone changes (更名).
    Rename,
}

impl ChangeKind {
    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            ChangeKind::Merge => "merge",
            ChangeKind::Split => "split",
            ChangeKind::Rename => "rename",
        }
    }
}

/// A change as pages show it.
#[derive(Debug, Clone)]
pub struct ChangeRecord {
    /// `merge`, `split` or `rename`.
    pub kind: String,
    /// The day.
    pub changed_on: String,
    /// The note.
    pub note: String,
    /// The basis.
    pub basis: String,
    /// The organs before.
    pub from: Vec<OrganId>,
    /// The organs after.
    pub to: Vec<OrganId>,
}
