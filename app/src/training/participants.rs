//! The people of a training or test: lines of a table, and what does not fit with what was held.

use std::collections::{BTreeMap, HashMap};

use kit_db::Tx;

use super::{Entry, Listed, ListedParticipant, Participant, actions, queries};
use crate::{
    cx::Cx,
    error::{Result, Wrong},
    id::{OrganId, ParticipantId},
    register::{Doing, Fault, Field, Kind, Organs, Row, Standing, Taken},
};

const ATTENDED: &[(&str, &str)] = &[("yes", "参加"), ("no", "缺席")];

/// The fields of a participant in a table of its own: the training or test is named by its day and its title.
pub const FIELDS: [Field; 7] = [
    Field::required("held_on", "举办日期", Kind::Date, "2018-11-16"),
    Field::required("title", "培训或测试名称", Kind::Text(100), "演示：政务公开能力测试")
        .noted("与台账中的名称一致"),
    Field::required("organ", "单位", Kind::Organ, "演示林业局"),
    Field::required("name", "姓名", Kind::Text(40), "演示人员一"),
    Field::optional("post", "职务", Kind::Text(40), "信息员"),
    Field::optional("attended", "是否参加", Kind::Choice(ATTENDED), "参加").noted("不填为参加"),
    Field::optional("score", "成绩", Kind::Integer, "86").noted("测试才填"),
];

/// Takes the rows of a table: see [`crate::register::Take`]. What was held and its list are read once, however many rows name it.
///
/// # Errors
/// When the tables cannot be read or written.
pub fn take(tx: &mut Tx<'_>, cx: &Cx, rows: &[Row], _: &Organs, doing: Doing) -> Result<Taken> {
    let mut sheets: BTreeMap<(String, String), Option<Sheet>> = BTreeMap::new();
    let taken = Taken::of(rows, |row| {
        let (day, title) = (row.text("held_on"), row.text("title"));
        let key = (day.clone(), title.clone());
        if !sheets.contains_key(&key) {
            sheets.insert(key.clone(), Sheet::read(tx, cx, &day, &title)?);
        }
        let Some(Some(sheet)) = sheets.get_mut(&key) else {
            let mend = format!("{day}没有这个名称的培训或测试，请先登记，或核对日期和名称");
            return Ok(Err(vec![row.fault("title", mend)]));
        };
        Ok(Participant::read(row, &sheet.held).map(|participant| sheet.note(participant)))
    })?;
    if doing == Doing::Taking {
        for sheet in sheets.into_values().flatten().filter(Sheet::is_changed) {
            actions::set_participants(tx, cx, &sheet.held, &sheet.new, &sheet.changed)?;
        }
    }
    Ok(taken)
}

/// The list of what was held, and what a table makes of it.
struct Sheet {
    held: Listed,
    known: HashMap<(OrganId, String), (ParticipantId, Participant)>,
    new: Vec<Participant>,
    changed: Vec<(ParticipantId, Participant)>,
}

impl Sheet {
    fn read(tx: &mut Tx<'_>, cx: &Cx, day: &str, title: &str) -> Result<Option<Sheet>> {
        let Some(held) = queries::by_title(tx, &cx.site_id, day, title)? else { return Ok(None) };
        let listed = queries::participants_of(tx, &cx.site_id, &held.id)?;
        let known = listed.into_iter().map(|ListedParticipant { id, participant, .. }| {
            ((participant.organ_id.clone(), participant.name.clone()), (id, participant))
        });
        Ok(Some(Sheet { held, known: known.collect(), new: Vec::new(), changed: Vec::new() }))
    }

    fn note(&mut self, participant: Participant) -> Standing {
        match self.known.get(&(participant.organ_id.clone(), participant.name.clone())) {
            Some((_, known)) if *known == participant => Standing::Same,
            Some((id, _)) => {
                self.changed.push((id.clone(), participant));
                Standing::Changed
            }
            None => {
                self.new.push(participant);
                Standing::New
            }
        }
    }

    fn is_changed(&self) -> bool {
        !self.new.is_empty() || !self.changed.is_empty()
    }
}

impl Participant {
    /// The participant of a row, if it fits with what was held.
    ///
    /// # Errors
    /// What does not, field by field.
    pub fn read(row: &Row, held: &Listed) -> std::result::Result<Participant, Vec<Fault>> {
        let participant = Participant {
            organ_id: row.organ("organ"),
            name: row.text("name"),
            post: row.text("post"),
            attended: row.text("attended") != "no",
            score: row.number("score"),
        };
        let wrong = participant.wrong(&held.entry);
        if wrong.is_empty() {
            return Ok(participant);
        }
        Err(wrong.into_iter().map(|(field, sentence)| row.fault(field, sentence)).collect())
    }

    /// Everything that does not fit with what was held, field by field.
    pub fn wrong(&self, held: &Entry) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        let mut add = |field, sentence: String| wrong.push((field, sentence));
        if self.name.trim().is_empty() {
            add("name", "请填写姓名".to_owned());
        }
        match (self.score, held.scores) {
            (Some(_), None) => add("score", "培训没有成绩，请留空".to_owned()),
            (Some(score), Some(scores)) if score < 0 || score > scores.full => {
                add("score", format!("成绩应在0到满分{}之间", scores.full));
            }
            (Some(_), Some(_)) if !self.attended => add("score", "缺席的没有成绩，请留空".to_owned()),
            _ => {}
        }
        wrong
    }
}
