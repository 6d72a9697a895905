//! Disclosure requests (依申请公开) as the register counts them: received, handled with one of the lawful results, complained about,
//! corrected.
//!
//! No applicant is named here, only the kind (自然人、商业企业 …); letters, pauses of the clock and the search for what was asked are
//! not here either.

pub mod actions;
pub mod clocks;
pub mod queries;
#[cfg(test)]
mod tests;

use jiff::civil::{Date, date};
use rules::{
    calendar::Calendar,
    outcome::{Form, Outcome},
    request::{self, ApplicantKind, Complaint, Way},
    sensitive,
};

use crate::{
    error::{Error, Result, Wrong},
    id::{DisclosureRequestId, OrganId},
    register::{Fault, Field, Kind, Row},
    stored,
};

/// The fields of an entry.
pub const FIELDS: [Field; 13] = [
    Field::required("number", "编号", Kind::Text(40), "2018-0001").noted("本站的登记编号，不可重复"),
    Field::required("organ", "受理机关", Kind::Organ, "区人民政府"),
    Field::required("subject", "申请内容", Kind::Text(200), "演示：某项目征地批准文件")
        .noted("写所需信息的名称，不写申请人的姓名、证件和电话"),
    Field::required("applicant_kind", "申请人类型", Kind::Choice(ApplicantKind::PAIRS), "自然人"),
    Field::required("way", "收到方式", Kind::Choice(Way::PAIRS), "网络"),
    Field::required("received_on", "收到日期", Kind::Date, "2018-03-05").noted("按条例第三十一条确定"),
    Field::optional("extended_on", "延期告知日期", Kind::Date, "").noted("经批准延期答复的才填"),
    Field::optional("handled_on", "答复日期", Kind::Date, "2018-03-20").noted("与办理结果同时填写"),
    Field::optional("outcome", "办理结果", Kind::Text(80), "同意公开答复").noted("用年度报告表格中的名称"),
    Field::optional("complaint", "投诉举报", Kind::Choice(Complaint::PAIRS), "无投诉"),
    Field::optional("complained_on", "投诉日期", Kind::Date, ""),
    Field::optional("corrected_on", "纠正日期", Kind::Date, ""),
    Field::optional("fee", "收取费用", Kind::Money, "").noted("信息处理费，单位元，没有收取可空"),
];

/// A request as staff enter it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The number of the register, unique on the site.
    pub number: String,
    /// Who answers.
    pub organ_id: OrganId,
    /// What is asked for.
    pub subject: String,
    /// Who asks, by kind.
    pub applicant: ApplicantKind,
    /// How it came.
    pub way: Way,
    /// Day of receipt (Art. 31).
    pub received_on: Date,
    /// Day on which the extension was told.
    pub extended_on: Option<Date>,
    /// Its end.
    pub closing: Option<Closing>,
    /// What became of a complaint.
    pub complaint: Complaint,
    /// Day of the complaint.
    pub complained_on: Option<Date>,
    /// Day on which the act was corrected.
    pub corrected_on: Option<Date>,
    /// The fee collected, in fen.
    pub fee_fen: i64,
}

/// The end of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// Day of the reply.
    pub handled_on: Date,
    /// The result, one of the form of that day.
    pub outcome: &'static Outcome,
}

/// A request of the register.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Identity.
    pub id: DisclosureRequestId,
    /// What was entered.
    pub entry: Entry,
    /// Last day of the reply, with the extension where there is one.
    pub due_on: Date,
    /// Version, for lost races.
    pub version: i64,
}

/// How a request stands to its last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Open, within its time.
    Open,
    /// Open, past its last day.
    Overdue,
    /// Answered in time.
    OnTime,
    /// Answered after its last day.
    Late,
}

impl Standing {
    /// Every standing with its code in filters and its words.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Open, "open", "办理中"),
        (Self::Overdue, "overdue", "超期未办"),
        (Self::OnTime, "on_time", "按时办结"),
        (Self::Late, "late", "超期办结"),
    ];
}

rules::coded!(Standing);

impl Listed {
    /// How it stands on a day.
    pub fn standing(&self, today: Date) -> Standing {
        match &self.entry.closing {
            Some(closing) if closing.handled_on > self.due_on => Standing::Late,
            Some(_) => Standing::OnTime,
            None if today > self.due_on => Standing::Overdue,
            None => Standing::Open,
        }
    }
}

impl Entry {
    /// The entry of a line or a form.
    ///
    /// # Errors
    /// What does not fit together, field by field.
    pub fn read(row: &Row) -> std::result::Result<Entry, Vec<Fault>> {
        let day = |name| row.optional(name).and_then(|text| text.parse().ok());
        let coded = |name| row.text(name);
        let Some(received_on) = day("received_on") else {
            return Err(vec![row.fault("received_on", "请填写收到日期")]);
        };
        Ok(Entry {
            number: row.text("number"),
            organ_id: row.organ("organ"),
            subject: row.text("subject"),
            applicant: ApplicantKind::from_code(&coded("applicant_kind")).unwrap_or(ApplicantKind::Other),
            way: Way::from_code(&coded("way")).unwrap_or(Way::Letter),
            received_on,
            extended_on: day("extended_on"),
            closing: closing(row, day("handled_on")).map_err(|fault| vec![fault])?,
            complaint: Complaint::from_code(&coded("complaint")).unwrap_or(Complaint::None),
            complained_on: day("complained_on"),
            corrected_on: day("corrected_on"),
            fee_fen: row.number("fee").unwrap_or_default(),
        })
    }

    /// What is kept of a field, as forms show it.
    pub fn value(&self, field: &str) -> String {
        let day = |day| stored::kept(day).unwrap_or_default();
        let closing = self.closing.as_ref();
        match field {
            "number" => self.number.clone(),
            "organ" => self.organ_id.0.clone(),
            "subject" => self.subject.clone(),
            "applicant_kind" => self.applicant.code().to_owned(),
            "way" => self.way.code().to_owned(),
            "received_on" => self.received_on.to_string(),
            "extended_on" => day(self.extended_on),
            "handled_on" => day(closing.map(|closing| closing.handled_on)),
            "outcome" => closing.map(|closing| closing.outcome.words()).unwrap_or_default(),
            "complaint" => self.complaint.code().to_owned(),
            "complained_on" => day(self.complained_on),
            "corrected_on" => day(self.corrected_on),
            "fee" if self.fee_fen > 0 => self.fee_fen.to_string(),
            _ => String::new(),
        }
    }

    /// Everything that does not fit the law or itself on `today`, field by field; periods are counted by `calendar`. `before`
    /// is what the register holds of the request: an extension that was in time when it was entered stays one, though another
    /// calendar may have shortened the period since.
    pub fn wrong(&self, before: Option<&Entry>, today: Date, calendar: &Calendar) -> Vec<Wrong> {
        let mut wrong = self.wrong_text();
        let mut add = |field, sentence: &str| wrong.push((field, sentence.to_owned()));
        if self.received_on > today {
            add("received_on", "收到日期在今天之后");
        } else if self.received_on < date(2008, 5, 1) {
            add("received_on", "收到日期早于2008年5月1日，当时条例还没有施行");
        }
        let stands = before.is_some_and(|before| before.counts_like(self));
        let counted_by = if stands { None } else { Some(calendar) };
        if let Some(sentence) = self.extended_on.and_then(|day| self.wrong_extension(day, today, counted_by))
        {
            add("extended_on", &sentence);
        }
        if let Some(Closing { handled_on, outcome }) = &self.closing {
            if *handled_on < self.received_on || *handled_on > today {
                add("handled_on", "答复日期应在收到日期之后、不晚于今天");
            }
            if outcome.form != Form::of(*handled_on) {
                add("outcome", "办理结果不是答复当年年度报告表格中的项目");
            }
        }
        if self.fee_fen < 0 {
            add("fee", "费用不能小于0");
        }
        wrong.extend(self.wrong_complaint(today));
        wrong
    }

    /// Whether the period of another entry of the same request runs from the same days.
    pub fn counts_like(&self, other: &Entry) -> bool {
        self.received_on == other.received_on && self.extended_on == other.extended_on
    }

    /// What is wrong with an extension that was told on `day`: the applicant is told before the period ends (Art. 33), else
    /// the period stays what it was. Without a calendar the period is not counted.
    fn wrong_extension(&self, day: Date, today: Date, calendar: Option<&Calendar>) -> Option<String> {
        if day < self.received_on || day > today {
            return Some("延期告知日期应在收到日期之后、不晚于今天".to_owned());
        }
        if self.closing.as_ref().is_some_and(|closing| day > closing.handled_on) {
            return Some("延期告知日期晚于答复日期；答复以后不能延期，请核对或留空".to_owned());
        }
        let due_on = request::due_on(calendar?, self.received_on, false).ok()?;
        let is_late = day > due_on;
        is_late.then(|| {
            format!("延期应在原期限（{due_on}）届满前告知申请人（《条例》第三十三条），期满后告知的不算延期，请核对或留空")
        })
    }

    fn wrong_text(&self) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        for (field, text) in [("number", &self.number), ("subject", &self.subject)] {
            if text.trim().is_empty() {
                let head = if field == "number" { "编号" } else { "申请内容" };
                wrong.push((field, format!("请填写{head}")));
            } else if !sensitive::find(text).is_empty() {
                wrong.push((field, "含有证件号码或电话号码；台账不记申请人的身份，请删去".to_owned()));
            }
        }
        wrong
    }

    fn wrong_complaint(&self, today: Date) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        let mut add = |field, sentence: &str| wrong.push((field, sentence.to_owned()));
        let is_complained = self.complaint != Complaint::None;
        match self.complained_on {
            Some(_) if !is_complained => add("complaint", "填了投诉日期，请选择投诉的情况"),
            None if is_complained => add("complained_on", "请填写投诉日期"),
            Some(day) if day < self.received_on || day > today => {
                add("complained_on", "投诉日期应在收到申请之后、不晚于今天");
            }
            _ => {}
        }
        match (self.corrected_on, self.complaint == Complaint::Corrected) {
            (Some(_), false) => add("corrected_on", "只有“投诉属实并纠正”的才填纠正日期"),
            (None, true) => add("corrected_on", "请填写纠正日期"),
            (Some(day), true) if Some(day) < self.complained_on || day > today => {
                add("corrected_on", "纠正日期应在投诉日期之后、不晚于今天");
            }
            _ => {}
        }
        wrong
    }

    /// Last day of the reply, counted with the working-day calendar.
    ///
    /// # Errors
    /// Unexpected, when the count leaves the calendar.
    pub fn due_on(&self, calendar: &Calendar) -> Result<Date> {
        let due_on = request::due_on(calendar, self.received_on, self.extended_on.is_some());
        due_on.map_err(|error| Error::Unexpected(error.into()))
    }
}

fn closing(row: &Row, handled_on: Option<Date>) -> std::result::Result<Option<Closing>, Fault> {
    match (handled_on, row.optional("outcome")) {
        (None, None) => Ok(None),
        (Some(_), None) => Err(row.fault("outcome", "填了答复日期，请选择办理结果")),
        (None, Some(_)) => Err(row.fault("handled_on", "填了办理结果，请填写答复日期")),
        (Some(handled_on), Some(written)) => match Outcome::parse(&written, handled_on) {
            Some(outcome) => Ok(Some(Closing { handled_on, outcome })),
            None => Err(row.fault("outcome", unknown_outcome(&written, handled_on))),
        },
    }
}

fn unknown_outcome(written: &str, handled_on: Date) -> String {
    let (year, form) = match Form::of(handled_on) {
        Form::UpTo2018 => ("2018年以前", "国办发〔2014〕32号统计表"),
        Form::Since2019 => ("2019年以后", "年度报告表三"),
    };
    let words: Vec<String> = Outcome::of_day(handled_on).map(Outcome::words).collect();
    format!("“{written}”不是{year}办理结果（{form}）中的项目，请填其中之一：{}", words.join("；"))
}
