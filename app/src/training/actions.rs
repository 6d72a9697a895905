//! Entering trainings and tests with their participants. Every change is in the log; of participants it names organ and score,
//! of their names it keeps the first character.

use kit_db::Tx;

use super::{Entry, FIELDS, Listed, Participant, queries};
use crate::{
    audit::{self, Act},
    cx::{Cx, civil_of},
    error::{Error, Refusal, Result, refuse_wrong},
    id::{OrganId, ParticipantId, TrainingId},
    organ,
    register::{self, Doing, Organs, Row, Standing, Taken},
};

/// Enters a training or test with those who took part; more can be added later.
///
/// # Errors
/// Refused when it does not fit, its title is taken on its day, a participant does not fit or stands there twice.
pub fn add(tx: &mut Tx<'_>, cx: &Cx, entry: &Entry, participants: &[Participant]) -> Result<TrainingId> {
    refuse_wrong(entry.wrong(civil_of(cx.at)))?;
    if queries::by_title(tx, &cx.site_id, &entry.held_on.to_string(), &entry.title)?.is_some() {
        return Err(taken(entry));
    }
    let id = TrainingId(cx.new_id());
    queries::insert(tx, cx, &id, entry)?;
    for participant in participants {
        check(tx, cx, entry, participant)?;
        if queries::participant_of_name(tx, &cx.site_id, &id, participant)?.is_some() {
            return Err(Refusal::Invalid(format!("“{}”在同一单位写了两次", participant.name)).into());
        }
        queries::insert_participant(tx, cx, &ParticipantId(cx.new_id()), &id, participant)?;
    }
    let told = register::told(&FIELDS, |field| entry.value(field));
    record(tx, cx, "training.add", &id, &format!("{told}；名单{}人", participants.len()))?;
    Ok(id)
}

/// Changes a training or test: `version` is that of what was seen.
///
/// # Errors
/// Not found, conflict when somebody was faster, refused as [`add`] or when a score no longer fits.
pub fn change(tx: &mut Tx<'_>, cx: &Cx, id: &TrainingId, entry: &Entry, version: i64) -> Result<()> {
    let before = find(tx, cx, id)?.entry;
    refuse_wrong(entry.wrong(civil_of(cx.at)))?;
    let same = queries::by_title(tx, &cx.site_id, &entry.held_on.to_string(), &entry.title)?;
    if same.is_some_and(|same| same.id != *id) {
        return Err(taken(entry));
    }
    for listed in queries::participants_of(tx, &cx.site_id, id)? {
        refuse_wrong(listed.participant.wrong(entry))?;
    }
    if queries::update(tx, &cx.site_id, id, entry, version)? != 1 {
        return Err(Error::Conflict);
    }
    let detail =
        register::difference((tx, cx), &FIELDS, |field| before.value(field), |field| entry.value(field))?;
    record(tx, cx, "training.change", id, &format!("{}：{detail}", entry.title))
}

/// Takes a training or test that was entered by mistake out of the register, with its participants: all of them are of
/// organs that the actor keeps entries of, who else is on the list is taken off it by their own.
///
/// # Errors
/// Not found, conflict when somebody was faster, refused without a reason or when people of other organs are on the list.
pub fn remove(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: &TrainingId,
    organs: &Organs,
    (version, reason): (i64, &str),
) -> Result<()> {
    let before = find(tx, cx, id)?.entry;
    let units = queries::by_unit(tx, &cx.site_id, id, &None)?;
    if let Some(other) = units.iter().find(|unit| !organs.reaches(&unit.organ_id)) {
        let sentence = format!(
            "名单上有{}的人员，不能连同名单删除；请有关单位先移出各自的人员，或由政务公开办公室删除",
            organs.name(&other.organ_id)
        );
        return Err(Refusal::Invalid(sentence).into());
    }
    if queries::delete(tx, &cx.site_id, id, version)? != 1 {
        return Err(Error::Conflict);
    }
    let n_gone = queries::delete_participants(tx, &cx.site_id, id)?;
    let told = register::told(&FIELDS, |field| before.value(field));
    let detail = register::removal(reason, &format!("{told}；名单{n_gone}人"))?;
    record(tx, cx, "training.remove", id, &detail)
}

/// Puts somebody on the list of a training or test; who stands there for the same organ is changed to what is given.
///
/// # Errors
/// Not found, or refused when it does not fit.
pub fn set_participant(tx: &mut Tx<'_>, cx: &Cx, id: &TrainingId, participant: &Participant) -> Result<()> {
    let held = find(tx, cx, id)?;
    check(tx, cx, &held.entry, participant)?;
    let known = queries::participant_of_name(tx, &cx.site_id, id, participant)?;
    let verb = match &known {
        Some(known) => {
            queries::update_participant(tx, &cx.site_id, &known.id, participant)?;
            "更改"
        }
        None => {
            queries::insert_participant(tx, cx, &ParticipantId(cx.new_id()), id, participant)?;
            "新增"
        }
    };
    let organ = organ_name(tx, cx, &participant.organ_id)?;
    let score = participant.score.map(|score| format!("，成绩{score}")).unwrap_or_default();
    let presence = if participant.attended { "参加" } else { "缺席" };
    let name = masked(&participant.name);
    let detail = format!("{}：{verb}{organ}{name}，{presence}{score}", held.entry.title);
    record(tx, cx, "training.set_participant", id, &detail)
}

/// Puts people on the list of what was held, and changes those who stand there; one row of the log tells how many. Their
/// organs are of the site and they fit, as [`Participant::read`] sees to.
///
/// # Errors
/// When the tables cannot be written.
pub fn set_participants(
    tx: &mut Tx<'_>,
    cx: &Cx,
    held: &Listed,
    new: &[Participant],
    changed: &[(ParticipantId, Participant)],
) -> Result<()> {
    for participant in new {
        queries::insert_participant(tx, cx, &ParticipantId(cx.new_id()), &held.id, participant)?;
    }
    for (id, participant) in changed {
        queries::update_participant(tx, &cx.site_id, id, participant)?;
    }
    let detail = format!("{}：名单新增{}人，更改{}人", held.entry.title, new.len(), changed.len());
    record(tx, cx, "training.set_participant", &held.id, &detail)
}

/// A name as the log has it, which everybody who audits reads: the first character, and how many follow.
fn masked(name: &str) -> String {
    let mut characters = name.chars();
    let first: String = characters.next().into_iter().collect();
    format!("{first}{}", "*".repeat(characters.count()))
}

/// Takes somebody off the list of a training or test.
///
/// # Errors
/// Not found when nobody of that id is on it.
pub fn remove_participant(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: &TrainingId,
    participant: &ParticipantId,
) -> Result<()> {
    let held = find(tx, cx, id)?;
    let listed = queries::participants_of(tx, &cx.site_id, id)?;
    let gone = listed.into_iter().find(|listed| listed.id == *participant).ok_or(Error::NotFound)?;
    queries::delete_participant(tx, &cx.site_id, participant)?;
    let organ = organ_name(tx, cx, &gone.participant.organ_id)?;
    let detail = format!("{}：移出{organ}{}", held.entry.title, masked(&gone.participant.name));
    record(tx, cx, "training.remove_participant", id, &detail)
}

/// Takes the rows of a table of trainings and tests: see [`register::Take`].
///
/// # Errors
/// When the tables cannot be read or written.
pub fn take(tx: &mut Tx<'_>, cx: &Cx, rows: &[Row], organs: &Organs, doing: Doing) -> Result<Taken> {
    Taken::of(rows, |row| {
        let entry = match Entry::read(row, civil_of(cx.at)) {
            Ok(entry) => entry,
            Err(faults) => return Ok(Err(faults)),
        };
        let known = queries::by_title(tx, &cx.site_id, &entry.held_on.to_string(), &entry.title)?;
        match known {
            Some(known) if !organs.reaches(&known.entry.host_organ_id) => {
                Ok(Err(vec![row.fault("title", "当天同名的培训或测试是其他机构登记的，请核对")]))
            }
            Some(known) if known.entry == entry => Ok(Ok(Standing::Same)),
            Some(known) => {
                for listed in queries::participants_of(tx, &cx.site_id, &known.id)? {
                    if let Some((_, sentence)) = listed.participant.wrong(&entry).into_iter().next() {
                        let name = listed.participant.name;
                        return Ok(Err(vec![row.fault("full_score", format!("名单中的{name}：{sentence}"))]));
                    }
                }
                if doing == Doing::Taking {
                    change(tx, cx, &known.id, &entry, known.version)?;
                }
                Ok(Ok(Standing::Changed))
            }
            None => {
                if doing == Doing::Taking {
                    add(tx, cx, &entry, &[])?;
                }
                Ok(Ok(Standing::New))
            }
        }
    })
}

/// The training or test of an id.
///
/// # Errors
/// Not found when the site has none.
pub fn find(tx: &mut Tx<'_>, cx: &Cx, id: &TrainingId) -> Result<Listed> {
    queries::by_id(tx, &cx.site_id, id)?.ok_or(Error::NotFound)
}

fn check(tx: &mut Tx<'_>, cx: &Cx, entry: &Entry, participant: &Participant) -> Result<()> {
    refuse_wrong(participant.wrong(entry))?;
    let id = &participant.organ_id;
    if organ::queries::code_of(tx, &cx.site_id, id)?.is_none() {
        return Err(Refusal::Unknown { what: "机构", code: id.0.clone() }.into());
    }
    Ok(())
}

fn organ_name(tx: &mut Tx<'_>, cx: &Cx, id: &OrganId) -> Result<String> {
    let names = organ::queries::names(tx, &cx.site_id, id)?;
    Ok(names.last().map(|name| name.name.clone()).unwrap_or_default())
}

fn taken(entry: &Entry) -> Error {
    Refusal::Invalid(format!("{}的“{}”已经登记", entry.held_on, entry.title)).into()
}

fn record(tx: &mut Tx<'_>, cx: &Cx, action: &'static str, id: &TrainingId, detail: &str) -> Result<()> {
    audit::actions::record(tx, cx, Act { action, object_kind: "training", object_id: &id.0, detail })
}
