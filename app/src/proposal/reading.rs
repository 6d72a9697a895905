//! The course of a suggestion or proposal from the line of a table or from a form.

use jiff::civil::Date;
use rules::proposal::{ProposalKind, Rating, ReplyClass};

use super::{Assignment, Course, Entry, Reply};
use crate::{
    id::OrganId,
    register::{Fault, Organs, Row},
};

/// What reading gives: the thing, or what does not fit.
type Read<T> = Result<T, Vec<Fault>>;

impl Course {
    /// The course of a row, if it fits on `today`.
    ///
    /// # Errors
    /// What does not, field by field.
    pub fn read(row: &Row, organs: &Organs, today: Date) -> Read<Course> {
        let course = Course {
            entry: Entry::read(row)?,
            assignment: assignment(row, organs)?,
            reply: Reply::read(row)?,
            rating: Rating::from_code(&row.text("rating")),
        };
        let wrong = course.wrong(today);
        if wrong.is_empty() {
            return Ok(course);
        }
        Err(wrong.into_iter().map(|(field, sentence)| row.fault(field, sentence)).collect())
    }
}

impl Entry {
    /// What came in, of a row; what does not fit is told when it is entered.
    ///
    /// # Errors
    /// Kind or day missing.
    pub fn read(row: &Row) -> Read<Entry> {
        let kind = ProposalKind::from_code(&row.text("kind"));
        let (Some(kind), Some(received_on)) = (kind, day(row, "received_on")) else {
            return Err(vec![row.fault("received_on", "请选择类别并填写收到日期")]);
        };
        Ok(Entry {
            kind,
            session: row.text("session"),
            number: row.text("number"),
            title: row.text("title"),
            body: row.text("body"),
            field: row.text("field"),
            proposer: row.text("proposer"),
            received_on,
        })
    }
}

fn day(row: &Row, name: &str) -> Option<Date> {
    row.optional(name)?.parse().ok()
}

fn assignment(row: &Row, organs: &Organs) -> Read<Option<Assignment>> {
    let (leads, co_handlers) = (named(row, "leads", organs)?, named(row, "co_handlers", organs)?);
    match day(row, "assigned_on") {
        Some(assigned_on) => Ok(Some(Assignment { assigned_on, leads, co_handlers })),
        None if leads.is_empty() && co_handlers.is_empty() => Ok(None),
        None => Err(vec![row.fault("assigned_on", "填了承办单位，请填写交办日期")]),
    }
}

/// The organs named in a field, separated by 、 or what people write instead.
fn named(row: &Row, field: &'static str, organs: &Organs) -> Read<Vec<OrganId>> {
    let written = row.text(field);
    let names =
        written.split(['、', '，', ',', '；', ';', '\n']).map(str::trim).filter(|name| !name.is_empty());
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for name in names {
        match organs.find(name) {
            Some(id) => found.push(id.clone()),
            None => faults.push(row.fault(field, format!("没有机构“{name}”，请与“机构”中的名称一致"))),
        }
    }
    // In the order in which they are read back, so that the same line is the same course.
    found.sort();
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

impl Reply {
    /// The reply of a row, if it has one.
    ///
    /// # Errors
    /// Its day or its class is missing.
    pub fn read(row: &Row) -> Read<Option<Reply>> {
        let class = ReplyClass::from_code(&row.text("reply_class"));
        let (number, summary) = (row.text("reply_number"), row.text("reply_summary"));
        match (day(row, "replied_on"), class) {
            (None, None) if number.is_empty() && summary.is_empty() => Ok(None),
            (None, _) => Err(vec![row.fault("replied_on", "填了答复的内容，请填写答复日期")]),
            (Some(_), None) => Err(vec![row.fault("reply_class", "填了答复日期，请选择答复类别")]),
            (Some(replied_on), Some(class)) => {
                Ok(Some(Reply { replied_on, number, class, summary, document_id: None }))
            }
        }
    }
}
