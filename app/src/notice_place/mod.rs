//! Places where the public reads without a computer: notice boards (政务公开栏), electronic screens (电子显示屏), television and radio. What
//! is shown there at a time is no part of this register.

pub mod actions;
pub mod queries;
mod taking;
#[cfg(test)]
mod tests;

use crate::{
    id::OrganId,
    register::{Fault, Field, Kind, Row},
};

pub use taking::take;

/// A place as it is entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlace {
    /// The organ that keeps it.
    pub organ_id: OrganId,
    /// A code of [`KINDS`].
    pub kind: String,
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub place: String,
    /// Its size, or the channel's frequency.
    pub measure: String,
    /// The post that looks after it; no name of a person.
    pub keeper: String,
    /// The day it was set up.
    pub set_up_on: String,
    /// The day it was removed.
    pub removed_on: Option<String>,
}

/// A place of the register.
#[derive(Debug, Clone)]
pub struct Place {
    /// Identity.
    pub id: String,
    /// Version, for lost races.
    pub version: i64,
    /// What it says.
    pub place: NewPlace,
}

/// Kinds of places.
pub const KINDS: &[(&str, &str)] =
    &[("board", "政务公开栏"), ("screen", "电子显示屏"), ("broadcast", "广播电视")];

/// The fields of an entry.
pub const FIELDS: &[Field] = &[
    Field::required("name", "名称", Kind::Text(100), "演示镇政府门前公开栏"),
    Field::required("kind", "类别", Kind::Choice(KINDS), "政务公开栏"),
    Field::required("organ", "管理机构", Kind::Organ, "演示镇人民政府")
        .noted("同一机构同一类别的名称不能重复"),
    Field::optional("place", "位置", Kind::Text(200), "演示镇政府院门东侧"),
    Field::optional("measure", "规格", Kind::Text(100), "长6米，高2米"),
    Field::optional("keeper", "管理岗位", Kind::Text(60), "党政办").noted("写岗位，不写姓名"),
    Field::required("set_up_on", "启用日期", Kind::Date, "2016-05-01"),
    Field::optional("removed_on", "停用日期", Kind::Date, "").noted("仍在使用的不填"),
];

impl NewPlace {
    /// The place that a row gives.
    ///
    /// # Errors
    /// What it cannot be, at its field.
    pub fn of(row: &Row) -> Result<NewPlace, Fault> {
        let place = NewPlace {
            organ_id: row.organ("organ"),
            kind: row.text("kind"),
            name: row.text("name"),
            place: row.text("place"),
            measure: row.text("measure"),
            keeper: row.text("keeper"),
            set_up_on: row.text("set_up_on"),
            removed_on: row.optional("removed_on"),
        };
        match actions::check(&place) {
            Ok(()) => Ok(place),
            Err((field, mend)) => Err(row.fault(field, mend)),
        }
    }

    /// What is kept of a field of [`FIELDS`].
    pub fn value(&self, field: &str) -> String {
        match field {
            "name" => self.name.clone(),
            "kind" => self.kind.clone(),
            "organ" => self.organ_id.0.clone(),
            "place" => self.place.clone(),
            "measure" => self.measure.clone(),
            "keeper" => self.keeper.clone(),
            "set_up_on" => self.set_up_on.clone(),
            "removed_on" => self.removed_on.clone().unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// Whether both are the same place.
    pub fn is_same_as(&self, other: &NewPlace) -> bool {
        self.kind == other.kind && self.organ_id == other.organ_id && self.name == other.name
    }
}
