//! Reconsiderations (行政复议) and lawsuits (行政诉讼) about disclosure work (Art. 51), with their outcomes as the annual report's
//! table four counts them.
//!
//! The party is not named; hearings, documents and what is learned from a lost case are not here.

pub mod actions;
pub mod queries;
#[cfg(test)]
mod tests;

use jiff::civil::{Date, date};
use rules::{
    remedy::{RemedyKind, RemedyOutcome},
    sensitive,
};

use crate::{
    error::Wrong,
    id::{DisclosureRequestId, OrganId, RemedyId},
    register::{Field, Kind, Row},
    stored,
};

const YES_NO: &[(&str, &str)] = &[("yes", "是"), ("no", "否")];

/// The fields of an entry.
pub const FIELDS: [Field; 11] = [
    Field::required("kind", "类别", Kind::Choice(RemedyKind::PAIRS), "行政复议"),
    Field::required("number", "案号", Kind::Text(60), "演示复字〔2018〕1号").noted("同一类别中不可重复"),
    Field::required("organ", "被申请（被告）机关", Kind::Organ, "区人民政府"),
    Field::required("subject", "案由", Kind::Text(200), "演示：不服政府信息公开答复")
        .noted("不写当事人的姓名、证件和电话"),
    Field::required("body", "受理机关", Kind::Text(60), "演示市人民政府"),
    Field::required("filed_on", "提起日期", Kind::Date, "2018-04-10"),
    Field::optional("after_reconsideration", "复议后起诉", Kind::Choice(YES_NO), "").noted("行政诉讼才填"),
    Field::optional("closed_on", "审结日期", Kind::Date, "2018-06-08").noted("与结果同时填写"),
    Field::optional("outcome", "结果", Kind::Choice(RemedyOutcome::PAIRS), "结果维持"),
    Field::optional("request", "所涉申请编号", Kind::Text(40), "").noted("依申请公开台账中的编号"),
    Field::optional("note", "备注", Kind::Text(500), ""),
];

/// A remedy as staff enter it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Reconsideration or lawsuit.
    pub kind: RemedyKind,
    /// Whether a lawsuit came after a reconsideration.
    pub after_reconsideration: bool,
    /// The number of the case, unique within its kind.
    pub number: String,
    /// Whose act is attacked.
    pub organ_id: OrganId,
    /// The disclosure request it is about.
    pub request_id: Option<DisclosureRequestId>,
    /// What it is about.
    pub subject: String,
    /// Who decides.
    pub body: String,
    /// The day it was brought.
    pub filed_on: Date,
    /// The day it ended; open where there is none.
    pub closed_on: Option<Date>,
    /// Its result.
    pub outcome: RemedyOutcome,
    /// What else to know.
    pub note: String,
}

/// A remedy of the register.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Identity.
    pub id: RemedyId,
    /// What was entered.
    pub entry: Entry,
    /// Number of the disclosure request.
    pub request_number: Option<String>,
    /// Version, for lost races.
    pub version: i64,
}

impl Listed {
    /// What is kept of a field; of the disclosure request its number, as people write it.
    pub fn value(&self, field: &str) -> String {
        match field {
            "request" => self.request_number.clone().unwrap_or_default(),
            field => self.entry.value(field),
        }
    }
}

impl Entry {
    /// The entry of a line or a form; the request is looked up by its number elsewhere.
    pub fn read(row: &Row, request_id: Option<DisclosureRequestId>) -> Option<Entry> {
        let day = |name| row.optional(name).and_then(|text| text.parse().ok());
        let closed_on = day("closed_on");
        Some(Entry {
            kind: RemedyKind::from_code(&row.text("kind"))?,
            after_reconsideration: row.text("after_reconsideration") == "yes",
            number: row.text("number"),
            organ_id: row.organ("organ"),
            request_id,
            subject: row.text("subject"),
            body: row.text("body"),
            filed_on: day("filed_on")?,
            closed_on,
            outcome: RemedyOutcome::from_code(&row.text("outcome")).unwrap_or(RemedyOutcome::Pending),
            note: row.text("note"),
        })
    }

    /// What is kept of a field, as forms show it; of the request it is the id, its number is that of [`Listed`].
    pub fn value(&self, field: &str) -> String {
        match field {
            "kind" => self.kind.code().to_owned(),
            "number" => self.number.clone(),
            "organ" => self.organ_id.0.clone(),
            "subject" => self.subject.clone(),
            "body" => self.body.clone(),
            "filed_on" => self.filed_on.to_string(),
            "after_reconsideration" if self.kind == RemedyKind::Litigation => {
                if self.after_reconsideration { "yes" } else { "no" }.to_owned()
            }
            "closed_on" => stored::kept(self.closed_on).unwrap_or_default(),
            "outcome" => self.outcome.code().to_owned(),
            "request" => self.request_id.as_ref().map(|id| id.0.clone()).unwrap_or_default(),
            "note" => self.note.clone(),
            _ => String::new(),
        }
    }

    /// Everything that does not fit on `today`, field by field.
    pub fn wrong(&self, today: Date) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        let mut add = |field, sentence: String| wrong.push((field, sentence));
        for (field, head, text) in [
            ("number", "案号", &self.number),
            ("subject", "案由", &self.subject),
            ("body", "受理机关", &self.body),
        ] {
            if text.trim().is_empty() {
                add(field, format!("请填写{head}"));
            }
        }
        for (field, text) in [("subject", &self.subject), ("note", &self.note)] {
            if !sensitive::find(text).is_empty() {
                add(field, "含有证件号码或电话号码；台账不记当事人的身份，请删去".to_owned());
            }
        }
        if self.filed_on > today || self.filed_on < date(2008, 5, 1) {
            add("filed_on", "提起日期应在2008年5月1日条例施行之后、不晚于今天".to_owned());
        }
        if self.after_reconsideration && self.kind == RemedyKind::Reconsideration {
            add("after_reconsideration", "行政复议不填这一项，它只区分行政诉讼".to_owned());
        }
        match (self.closed_on, self.outcome == RemedyOutcome::Pending) {
            (Some(_), true) => add("outcome", "填了审结日期，请选择结果".to_owned()),
            (None, false) => add("closed_on", "填了结果，请填写审结日期".to_owned()),
            (Some(day), false) if day < self.filed_on || day > today => {
                add("closed_on", "审结日期应在提起日期之后、不晚于今天".to_owned());
            }
            _ => {}
        }
        wrong
    }
}
