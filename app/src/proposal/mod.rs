//! Suggestions of deputies (人大代表建议) and proposals of committee members (政协提案): received, assigned to lead and co-handling
//! organs (分级负责、归口办理), replied to within three months, rated by whoever proposed.
//!
//! The way of a reply through drafting and signing is not here: it is recorded once it has been given.

pub mod actions;
pub mod queries;
mod reading;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use rules::proposal::{self, ProposalKind, Rating, ReplyClass};

use crate::{
    error::Wrong,
    id::{DocumentId, OrganId, ProposalId},
    register::{Field, Kind, Organs},
    stored,
};

/// The fields of an entry with its course.
pub const FIELDS: [Field; 16] = [
    Field::required("kind", "类别", Kind::Choice(ProposalKind::PAIRS), "人大代表建议"),
    Field::required("session", "届次", Kind::Text(60), "演示区第一届人大第三次会议")
        .noted("编号在同一届次中不可重复"),
    Field::required("number", "编号", Kind::Text(40), "第1号"),
    Field::required("title", "标题", Kind::Text(200), "演示：关于改善林场饮水的建议"),
    Field::optional("field", "领域", Kind::Text(40), "民生"),
    Field::required("proposer", "提出人", Kind::Text(100), "演示代表团"),
    Field::optional("body", "内容", Kind::Text(5_000), ""),
    Field::required("received_on", "收到日期", Kind::Date, "2018-03-05"),
    Field::optional("assigned_on", "交办日期", Kind::Date, "2018-03-12").noted("与主办单位同时填写"),
    Field::optional("leads", "主办单位", Kind::Text(500), "演示水务局").noted("几个单位分办的用、分开"),
    Field::optional("co_handlers", "协办单位", Kind::Text(500), "").noted("几个单位用、分开"),
    Field::optional("replied_on", "答复日期", Kind::Date, "2018-05-20").noted("与文号、类别、摘要同时填写"),
    Field::optional("reply_number", "答复文号", Kind::Text(60), "演示水函〔2018〕5号"),
    Field::optional("reply_class", "答复类别", Kind::Choice(ReplyClass::PAIRS), "A"),
    Field::optional("reply_summary", "答复摘要", Kind::Text(2_000), "演示：已列入当年饮水工程"),
    Field::optional("rating", "评价", Kind::Choice(Rating::PAIRS), "满意").noted("征询意见表的结果"),
];

/// What came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Suggestion or proposal.
    pub kind: ProposalKind,
    /// The session (届次) in which it was made.
    pub session: String,
    /// Its number within the session.
    pub number: String,
    /// Its title (案由).
    pub title: String,
    /// What it says; may be empty.
    pub body: String,
    /// The field it belongs to; may be empty.
    pub field: String,
    /// Who proposes.
    pub proposer: String,
    /// The day it came in.
    pub received_on: Date,
}

/// To whom it was given (交办).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The day.
    pub assigned_on: Date,
    /// 主办: at least one; several answer separately (分办).
    pub leads: Vec<OrganId>,
    /// 协办: give their opinion to the lead.
    pub co_handlers: Vec<OrganId>,
}

/// The reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The day.
    pub replied_on: Date,
    /// Its document number.
    pub number: String,
    /// Its class.
    pub class: ReplyClass,
    /// What it says, in short.
    pub summary: String,
    /// The record with which it was published (国办发〔2014〕46号).
    pub document_id: Option<DocumentId>,
}

/// An entry with everything that has become of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// What came in.
    pub entry: Entry,
    /// To whom it was given.
    pub assignment: Option<Assignment>,
    /// The reply.
    pub reply: Option<Reply>,
    /// What whoever proposed says of the reply.
    pub rating: Option<Rating>,
}

/// An entry of the register.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Identity.
    pub id: ProposalId,
    /// What it is and what has become of it.
    pub course: Course,
    /// Last day of the reply, once it was assigned.
    pub due_on: Option<Date>,
    /// Version, for lost races.
    pub version: i64,
}

/// Where one stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nobody was given it yet.
    Unassigned,
    /// Being answered, within its time.
    Open,
    /// Not answered, past its last day.
    Overdue,
    /// Answered in time.
    OnTime,
    /// Answered after its last day.
    Late,
    /// Answered, and whoever proposed is dissatisfied: to be handled again (重新办理).
    Again,
}

impl Standing {
    /// Every standing with its code in filters and its words.
    pub const ALL: [(Self, &'static str, &'static str); 6] = [
        (Self::Unassigned, "unassigned", "未交办"),
        (Self::Open, "open", "办理中"),
        (Self::Overdue, "overdue", "超期未复"),
        (Self::OnTime, "on_time", "按期办复"),
        (Self::Late, "late", "超期办复"),
        (Self::Again, "again", "不满意，须重新办理"),
    ];
}

rules::coded!(Standing);

impl Listed {
    /// Where it stands on a day.
    pub fn standing(&self, today: Date) -> Standing {
        match (&self.course.reply, self.due_on) {
            (Some(_), _) if self.course.rating == Some(Rating::Dissatisfied) => Standing::Again,
            (Some(reply), Some(due_on)) if reply.replied_on > due_on => Standing::Late,
            (Some(_), _) => Standing::OnTime,
            (None, None) => Standing::Unassigned,
            (None, Some(due_on)) if today > due_on => Standing::Overdue,
            (None, Some(_)) => Standing::Open,
        }
    }
}

impl Assignment {
    /// Last day of the reply.
    pub fn due_on(&self) -> Option<Date> {
        proposal::due_on(self.assigned_on)
    }
}

impl Course {
    /// What came in, with nothing done about it yet.
    pub fn new(entry: Entry) -> Course {
        Course { entry, assignment: None, reply: None, rating: None }
    }

    /// What is kept of a field, as forms show it; organs by their names.
    pub fn value(&self, field: &str, organs: &Organs) -> String {
        let names = |ids: &[OrganId]| -> String {
            let names: Vec<&str> = ids.iter().map(|id| organs.name(id)).collect();
            names.join("、")
        };
        let (assignment, reply) = (self.assignment.as_ref(), self.reply.as_ref());
        let of_reply = |part: fn(&Reply) -> String| reply.map(part).unwrap_or_default();
        match field {
            "kind" => self.entry.kind.code().to_owned(),
            "session" => self.entry.session.clone(),
            "number" => self.entry.number.clone(),
            "title" => self.entry.title.clone(),
            "field" => self.entry.field.clone(),
            "proposer" => self.entry.proposer.clone(),
            "body" => self.entry.body.clone(),
            "received_on" => self.entry.received_on.to_string(),
            "assigned_on" => stored::kept(assignment.map(|given| given.assigned_on)).unwrap_or_default(),
            "leads" => assignment.map(|given| names(&given.leads)).unwrap_or_default(),
            "co_handlers" => assignment.map(|given| names(&given.co_handlers)).unwrap_or_default(),
            "replied_on" => of_reply(|reply| reply.replied_on.to_string()),
            "reply_number" => of_reply(|reply| reply.number.clone()),
            "reply_class" => of_reply(|reply| reply.class.code().to_owned()),
            "reply_summary" => of_reply(|reply| reply.summary.clone()),
            "rating" => self.rating.map(|rating| rating.code().to_owned()).unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// Everything that does not fit on `today`, field by field.
    pub fn wrong(&self, today: Date) -> Vec<Wrong> {
        let mut wrong = self.entry.wrong(today);
        if let Some(assignment) = &self.assignment {
            wrong.extend(assignment.wrong(self.entry.received_on, today));
        }
        let mut add = |field, sentence: &str| wrong.push((field, sentence.to_owned()));
        match (&self.assignment, &self.reply) {
            (None, Some(_)) => add("assigned_on", "还没有交办，不能登记答复；请先填写交办日期和主办单位"),
            (Some(assignment), Some(reply)) => {
                if reply.replied_on < assignment.assigned_on || reply.replied_on > today {
                    add("replied_on", "答复日期应在交办日期之后、不晚于今天");
                }
                if reply.number.trim().is_empty() {
                    add("reply_number", "请填写答复文号");
                }
                if reply.summary.trim().is_empty() {
                    add("reply_summary", "请填写答复摘要");
                }
            }
            _ => {}
        }
        if self.rating.is_some() && self.reply.is_none() {
            add("rating", "还没有答复，不能登记评价");
        }
        wrong
    }
}

impl Entry {
    fn wrong(&self, today: Date) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        for (field, head, text) in [
            ("session", "届次", &self.session),
            ("number", "编号", &self.number),
            ("title", "标题", &self.title),
            ("proposer", "提出人", &self.proposer),
        ] {
            if text.trim().is_empty() {
                wrong.push((field, format!("请填写{head}")));
            }
        }
        if self.received_on > today {
            wrong.push(("received_on", "收到日期在今天之后".to_owned()));
        }
        wrong
    }
}

impl Assignment {
    fn wrong(&self, received_on: Date, today: Date) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        let mut add = |field, sentence: &str| wrong.push((field, sentence.to_owned()));
        if self.assigned_on < received_on || self.assigned_on > today {
            add("assigned_on", "交办日期应在收到日期之后、不晚于今天");
        }
        if self.leads.is_empty() {
            add("leads", "请填写主办单位");
        }
        let all: Vec<&OrganId> = self.leads.iter().chain(&self.co_handlers).collect();
        let is_twice = |(at, id): (usize, &&OrganId)| all[..at].contains(id);
        if all.iter().enumerate().any(is_twice) {
            add("co_handlers", "同一单位不能既主办又协办，也不能写两次");
        }
        wrong
    }
}
