//! Columns (栏目): the tree in which records are published. Each has a ColumnType of the official page tags, an owner
//! organ and an interval within which it must be updated. Which kinds of content it takes is not decided here.

pub mod actions;
pub mod queries;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::id::{ColumnId, OrganId};

/// What is set of a column when it is added.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewColumn {
    /// Code, unique on the site; part of the column's address.
    pub code: String,
    /// Name (page tag ColumnName).
    pub name: String,
    /// Code of the column above.
    #[serde(default)]
    pub parent: Option<String>,
    /// 栏目类别 (page tag ColumnType), a code of `reference/column_types.toml`.
    pub column_type: String,
    /// Code of the organ that answers for the column.
    #[serde(default)]
    pub owner: Option<String>,
    /// Days within which something new must appear.
    #[serde(default)]
    pub update_interval_days: Option<i64>,
    /// 栏目描述 (page tag ColumnDescription).
    #[serde(default)]
    pub description: String,
    /// 栏目关键词 (page tag ColumnKeywords).
    #[serde(default)]
    pub keywords: Vec<String>,
    /// Code of the key area (重点领域) it belongs to.
    #[serde(default)]
    pub key_area: Option<String>,
    /// Items of Arts. 20 and 21 that it fulfils, codes of `reference/statutory_items.toml`.
    #[serde(default)]
    pub statutory_items: Vec<String>,
    /// Kinds of content that may be put there, the first one proposed; codes of `reference/content_types/`.
    #[serde(default)]
    pub content_types: Vec<String>,
    /// Place among its sisters.
    #[serde(default)]
    pub sort: i64,
}

/// A file of columns, as the demonstration and an administrator write it (TOML).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnFile {
    /// The columns, parents before children.
    #[serde(rename = "column")]
    pub columns: Vec<NewColumn>,
}

/// A column as it stands in the database.
#[derive(Debug, Clone)]
pub struct Column {
    /// Identity.
    pub id: ColumnId,
    /// The column above.
    pub parent_id: Option<ColumnId>,
    /// Code, part of the address.
    pub code: String,
    /// Name.
    pub name: String,
    /// Code of its ColumnType.
    pub column_type: String,
    /// The organ that answers for it.
    pub owner_id: Option<OrganId>,
    /// Description.
    pub description: String,
    /// Keywords.
    pub keywords: Vec<String>,
    /// Key area.
    pub key_area: Option<String>,
    /// Items of Arts. 20 and 21.
    pub statutory_items: Vec<String>,
    /// Kinds of content that may be put there.
    pub content_types: Vec<String>,
    /// Days within which something new must appear.
    pub update_interval_days: Option<i64>,
    /// Place among its sisters.
    pub sort: i64,
    /// Version, for lost races.
    pub version: i64,
}

/// What can be set of a column that is there; its code, part of its address, stays.
#[derive(Debug, Clone)]
pub struct Edited {
    /// Name.
    pub name: String,
    /// The column above.
    pub parent_id: Option<ColumnId>,
    /// Code of its ColumnType.
    pub column_type: String,
    /// The organ that answers for it.
    pub owner_id: Option<OrganId>,
    /// Days within which something new must appear.
    pub update_interval_days: Option<i64>,
    /// Description.
    pub description: String,
    /// Keywords.
    pub keywords: Vec<String>,
    /// Key area.
    pub key_area: Option<String>,
    /// Items of Arts. 20 and 21.
    pub statutory_items: Vec<String>,
    /// Kinds of content that may be put there.
    pub content_types: Vec<String>,
    /// Place among its sisters.
    pub sort: i64,
}

/// The ids of `root` and of every column below it, in the order of `columns`.
pub fn with_descendants(columns: &[Column], root: &ColumnId) -> Vec<ColumnId> {
    let mut found = vec![root.clone()];
    // The tree is a handful of levels deep: one pass a level.
    loop {
        let before = found.len();
        for column in columns {
            let below = column.parent_id.as_ref().is_some_and(|parent| found.contains(parent));
            if below && !found.contains(&column.id) {
                found.push(column.id.clone());
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

/// The way from the top of the tree to `id`, both included.
pub fn path<'a>(columns: &'a [Column], id: &ColumnId) -> Vec<&'a Column> {
    let mut path = Vec::new();
    let mut next = Some(id);
    while let Some(column) = next.and_then(|id| columns.iter().find(|column| column.id == *id)) {
        // A tree that bites its tail would be a broken row; the page is shown all the same.
        if path.iter().any(|seen: &&Column| seen.id == column.id) {
            break;
        }
        path.push(column);
        next = column.parent_id.as_ref();
    }
    path.reverse();
    path
}
