//! Cases (办件): each case that an organ handled for somebody is a row, with the route it came by and how it was handled. Totals
//! are counted from the rows and never typed. Who applied is not kept here.

pub mod actions;
pub mod queries;
mod taking;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use crate::{
    id::OrganId,
    register::{Fault, Field, Kind, Row},
};

pub use taking::take;

/// A case as it is entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCase {
    /// Its number, unique on the site.
    pub number: String,
    /// The service item it was handled under.
    pub item_id: Option<String>,
    /// The organ that handled it.
    pub organ_id: OrganId,
    /// A code of [`ROUTES`].
    pub route: String,
    /// A code of [`HANDLINGS`].
    pub handling: String,
    /// The day it was accepted or pushed.
    pub accepted_on: String,
    /// The day it was closed.
    pub closed_on: Option<String>,
    /// What came of it.
    pub result: String,
}

/// A case of the register.
#[derive(Debug, Clone)]
pub struct Case {
    /// Identity.
    pub id: String,
    /// Version, for lost races.
    pub version: i64,
    /// What it says.
    pub case: NewCase,
}

/// The routes by which cases come (办件渠道).
pub const ROUTES: &[(&str, &str)] =
    &[("dedicated_net", "专网"), ("intranet", "内网"), ("paper", "纸质"), ("online", "网上")];

/// How a case is handled: accepted here, or pushed from here to the system that decides it.
pub const HANDLINGS: &[(&str, &str)] = &[("accepted", "受理"), ("pushed", "推送")];

/// The fields of an entry.
pub const FIELDS: &[Field] = &[
    Field::required("number", "办件编号", Kind::Text(60), "演示-2018-00001")
        .noted("本站唯一，按编号对应已有办件"),
    Field::required("organ", "办理机构", Kind::Organ, "演示区住房和城乡建设局"),
    Field::optional("item", "事项编码", Kind::Text(60), "演示-XK-001").noted("须是已登记的政务服务事项"),
    Field::required("route", "办件渠道", Kind::Choice(ROUTES), "网上"),
    Field::required("handling", "处理方式", Kind::Choice(HANDLINGS), "受理"),
    Field::required("accepted_on", "受理或推送日期", Kind::Date, "2018-03-11"),
    Field::optional("closed_on", "办结日期", Kind::Date, "2018-03-15").noted("未办结的不填"),
    Field::optional("result", "办理结果", Kind::Text(200), "准予许可"),
];

impl NewCase {
    /// The case that a row gives; `items` has the ids of items by their codes.
    ///
    /// # Errors
    /// What it cannot be, at its field.
    pub fn of(row: &Row, items: &HashMap<String, String>) -> Result<NewCase, Fault> {
        let item_id = match row.optional("item") {
            None => None,
            Some(code) => match items.get(&code) {
                Some(id) => Some(id.clone()),
                None => return Err(row.fault("item", "没有这一编码的政务服务事项，请先登记事项或更正编码")),
            },
        };
        let case = NewCase {
            number: row.text("number"),
            item_id,
            organ_id: row.organ("organ"),
            route: row.text("route"),
            handling: row.text("handling"),
            accepted_on: row.text("accepted_on"),
            closed_on: row.optional("closed_on"),
            result: row.text("result"),
        };
        match actions::check(&case) {
            Ok(()) => Ok(case),
            Err((field, mend)) => Err(row.fault(field, mend)),
        }
    }

    /// What is kept of a field of [`FIELDS`]; of its item the id.
    pub fn value(&self, field: &str) -> String {
        match field {
            "number" => self.number.clone(),
            "organ" => self.organ_id.0.clone(),
            "item" => self.item_id.clone().unwrap_or_default(),
            "route" => self.route.clone(),
            "handling" => self.handling.clone(),
            "accepted_on" => self.accepted_on.clone(),
            "closed_on" => self.closed_on.clone().unwrap_or_default(),
            "result" => self.result.clone(),
            _ => String::new(),
        }
    }
}
