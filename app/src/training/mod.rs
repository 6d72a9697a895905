//! Trainings (培训) and tests (能力测试) of disclosure work: what was held, who took part for which organ, and how the tests came out by
//! unit.
//!
//! Questions, answers and the clock of a test are not here: this is the register of what was held.

pub mod actions;
pub mod participants;
pub mod queries;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use rules::coded::Coded;

use crate::{
    error::Wrong,
    id::{OrganId, ParticipantId, TrainingId},
    register::{Fault, Field, Kind, Row},
    stored,
};

/// Training or test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrainingKind {
    /// 培训
    Training,
    /// 能力测试
    Test,
}

impl TrainingKind {
    /// Both with their stored words and what people read.
    pub const ALL: [Coded<Self>; 2] = [(Self::Training, "training", "培训"), (Self::Test, "test", "测试")];
}

rules::coded!(TrainingKind);

/// The fields of a training or test.
pub const FIELDS: [Field; 9] = [
    Field::required("kind", "类别", Kind::Choice(TrainingKind::PAIRS), "测试"),
    Field::required("title", "名称", Kind::Text(100), "演示：政务公开能力测试").noted("同一天不可重复"),
    Field::required("held_on", "举办日期", Kind::Date, "2018-11-16"),
    Field::optional("ended_on", "结束日期", Kind::Date, "").noted("多于一天的才填"),
    Field::required("host", "举办单位", Kind::Organ, "区人民政府"),
    Field::optional("place", "地点", Kind::Text(100), "演示会议室"),
    Field::optional("topics", "内容", Kind::Text(1_000), "演示：条例与主动公开"),
    Field::optional("full_score", "满分", Kind::Integer, "100").noted("测试必填"),
    Field::optional("pass_score", "合格分", Kind::Integer, "60").noted("测试必填"),
];

/// A training or test as staff enter it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Training or test.
    pub kind: TrainingKind,
    /// What it is called; unique on its day.
    pub title: String,
    /// The day, or the first of them.
    pub held_on: Date,
    /// The last day, where there are several.
    pub ended_on: Option<Date>,
    /// Who holds it.
    pub host_organ_id: OrganId,
    /// Where.
    pub place: String,
    /// What about.
    pub topics: String,
    /// The scores of a test.
    pub scores: Option<Scores>,
}

/// Full score (满分) and pass score (合格分) of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scores {
    /// The most that can be had.
    pub full: i64,
    /// The least with which it is passed.
    pub pass: i64,
}

/// A training or test of the register.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Identity.
    pub id: TrainingId,
    /// What was entered.
    pub entry: Entry,
    /// Organs whose people were there.
    pub n_units: i64,
    /// People who were there.
    pub n_attended: i64,
    /// Version, for lost races.
    pub version: i64,
}

/// Somebody who took part, or was to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// For which organ.
    pub organ_id: OrganId,
    /// Name.
    pub name: String,
    /// Post; may be empty.
    pub post: String,
    /// Whether the person was there.
    pub attended: bool,
    /// The score of a test.
    pub score: Option<i64>,
}

/// A participant of the register.
#[derive(Debug, Clone)]
pub struct ListedParticipant {
    /// Identity.
    pub id: ParticipantId,
    /// In what.
    pub training_id: TrainingId,
    /// What it is called.
    pub training: String,
    /// Its day.
    pub held_on: Date,
    /// Who.
    pub participant: Participant,
    /// Whether the score reaches the pass score; none without a score.
    pub passed: Option<bool>,
}

/// How the people of one organ did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitResult {
    /// The organ.
    pub organ_id: OrganId,
    /// People on the list.
    pub n_listed: i64,
    /// People who were there.
    pub n_attended: i64,
    /// People with a score.
    pub n_scored: i64,
    /// People whose score reaches the pass score.
    pub n_passed: i64,
    /// The sum of the scores: divided by `n_scored` it is the average.
    pub total: i64,
    /// The best score.
    pub best: Option<i64>,
    /// The worst score.
    pub worst: Option<i64>,
}

impl UnitResult {
    /// The average with one decimal, halves rounded up; empty where nobody has a score.
    pub fn average(&self) -> String {
        if self.n_scored == 0 {
            return String::new();
        }
        let tenths = (self.total * 20 + self.n_scored) / (2 * self.n_scored);
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

impl Entry {
    /// The entry of a row, if it fits on `today`.
    ///
    /// # Errors
    /// What does not, field by field.
    pub fn read(row: &Row, today: Date) -> Result<Entry, Vec<Fault>> {
        let day = |name| row.optional(name).and_then(|text| text.parse().ok());
        let kind = TrainingKind::from_code(&row.text("kind"));
        let (Some(kind), Some(held_on)) = (kind, day("held_on")) else {
            return Err(vec![row.fault("held_on", "请选择类别并填写举办日期")]);
        };
        let scores = match (row.number("full_score"), row.number("pass_score")) {
            (Some(full), Some(pass)) => Some(Scores { full, pass }),
            (None, None) => None,
            (None, _) => return Err(vec![row.fault("full_score", "填了合格分，请填写满分")]),
            (_, None) => return Err(vec![row.fault("pass_score", "填了满分，请填写合格分")]),
        };
        let entry = Entry {
            kind,
            title: row.text("title"),
            held_on,
            ended_on: day("ended_on"),
            host_organ_id: row.organ("host"),
            place: row.text("place"),
            topics: row.text("topics"),
            scores,
        };
        let wrong = entry.wrong(today);
        if wrong.is_empty() {
            return Ok(entry);
        }
        Err(wrong.into_iter().map(|(field, sentence)| row.fault(field, sentence)).collect())
    }

    /// What is kept of a field, as forms show it.
    pub fn value(&self, field: &str) -> String {
        match field {
            "kind" => self.kind.code().to_owned(),
            "title" => self.title.clone(),
            "held_on" => self.held_on.to_string(),
            "ended_on" => stored::kept(self.ended_on).unwrap_or_default(),
            "host" => self.host_organ_id.0.clone(),
            "place" => self.place.clone(),
            "topics" => self.topics.clone(),
            "full_score" => self.scores.map(|scores| scores.full.to_string()).unwrap_or_default(),
            "pass_score" => self.scores.map(|scores| scores.pass.to_string()).unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// Everything that does not fit on `today`, field by field.
    pub fn wrong(&self, today: Date) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        let mut add = |field, sentence: &str| wrong.push((field, sentence.to_owned()));
        if self.title.trim().is_empty() {
            add("title", "请填写名称");
        }
        if self.held_on > today {
            add("held_on", "举办日期在今天之后；台账登记已经举办的");
        }
        if self.ended_on.is_some_and(|day| day < self.held_on || day > today) {
            add("ended_on", "结束日期应在举办日期之后、不晚于今天");
        }
        match (self.kind, self.scores) {
            (TrainingKind::Test, None) => add("full_score", "测试须填写满分和合格分"),
            (TrainingKind::Training, Some(_)) => add("full_score", "培训没有分数，请留空"),
            (_, Some(Scores { full, pass })) if pass < 1 || pass > full || full > 1_000 => {
                add("pass_score", "合格分应大于0、不大于满分，满分最多1000分");
            }
            _ => {}
        }
        wrong
    }
}
