//! Receiving, assigning, replying to and rating suggestions and proposals. Every change is in the log with what it was before.

use kit_db::Tx;
use rules::proposal::Rating;

use super::{Assignment, Course, Entry, FIELDS, Listed, Reply, queries};
use crate::{
    audit::{self, Act},
    cx::{Cx, civil_of},
    document,
    error::{Error, Refusal, Result, refuse_wrong},
    id::ProposalId,
    register::{self, Doing, Organs, Row, Standing, Taken},
};

/// Enters what came in.
///
/// # Errors
/// Refused when it does not fit, or its number is taken within kind and session.
pub fn add(tx: &mut Tx<'_>, cx: &Cx, entry: &Entry) -> Result<ProposalId> {
    let organs = Organs::of(tx, cx, None)?;
    enter(tx, cx, &organs, &Course::new(entry.clone()))
}

/// Changes what came in: `version` is that of what was seen.
///
/// # Errors
/// Not found, conflict when somebody was faster, refused as [`add`].
pub fn change(tx: &mut Tx<'_>, cx: &Cx, id: &ProposalId, entry: &Entry, version: i64) -> Result<()> {
    let before = find(tx, cx, id)?.course;
    let course = Course { entry: entry.clone(), ..before.clone() };
    let organs = Organs::of(tx, cx, None)?;
    put(tx, cx, &organs, id, (&before, &course), (version, "proposal.change"))
}

/// Gives it to lead and co-handling organs, or, as long as there is no reply, to others.
///
/// # Errors
/// As [`change`]; refused once it was replied to.
pub fn assign(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: &ProposalId,
    assignment: &Assignment,
    version: i64,
) -> Result<()> {
    let before = find(tx, cx, id)?.course;
    if before.reply.is_some() {
        return refused("已经答复，不能改变承办单位");
    }
    let course = Course { assignment: Some(assignment.clone()), ..before.clone() };
    let organs = Organs::of(tx, cx, None)?;
    put(tx, cx, &organs, id, (&before, &course), (version, "proposal.assign"))
}

/// Records the reply. A reply with which whoever proposed was dissatisfied is followed by another, whose rating is open again.
///
/// # Errors
/// As [`change`]; refused when nobody was given it, or it was rated and not found wanting.
pub fn reply(tx: &mut Tx<'_>, cx: &Cx, id: &ProposalId, reply: &Reply, version: i64) -> Result<()> {
    let before = find(tx, cx, id)?.course;
    if before.rating.is_some_and(|rating| rating != Rating::Dissatisfied) {
        return refused("已经评价为满意或基本满意，不能更改答复");
    }
    let course = Course { reply: Some(reply.clone()), rating: None, ..before.clone() };
    let organs = Organs::of(tx, cx, None)?;
    put(tx, cx, &organs, id, (&before, &course), (version, "proposal.reply"))
}

/// Records what whoever proposed says of the reply (征询意见表).
///
/// # Errors
/// As [`change`]; refused when there is no reply.
pub fn rate(tx: &mut Tx<'_>, cx: &Cx, id: &ProposalId, rating: Rating, version: i64) -> Result<()> {
    let before = find(tx, cx, id)?.course;
    let course = Course { rating: Some(rating), ..before.clone() };
    let organs = Organs::of(tx, cx, None)?;
    put(tx, cx, &organs, id, (&before, &course), (version, "proposal.rate"))
}

/// Takes what was entered by mistake out of the register; the log keeps what it said.
///
/// # Errors
/// Not found, conflict when somebody was faster, refused without a reason.
pub fn remove(tx: &mut Tx<'_>, cx: &Cx, id: &ProposalId, (version, reason): (i64, &str)) -> Result<()> {
    let before = find(tx, cx, id)?.course;
    if queries::delete(tx, &cx.site_id, id, version)? != 1 {
        return Err(Error::Conflict);
    }
    queries::delete_handlers(tx, &cx.site_id, id)?;
    let organs = Organs::of(tx, cx, None)?;
    let told = register::told(&FIELDS, |field| before.value(field, &organs));
    record(tx, cx, "proposal.remove", id, &register::removal(reason, &told)?)
}

/// Takes the rows of a table: see [`register::Take`]. A row says all of an entry, its assignment, reply and rating too.
///
/// # Errors
/// When the tables cannot be read or written.
pub fn take(tx: &mut Tx<'_>, cx: &Cx, rows: &[Row], organs: &Organs, doing: Doing) -> Result<Taken> {
    Taken::of(rows, |row| {
        let mut course = match Course::read(row, organs, civil_of(cx.at)) {
            Ok(course) => course,
            Err(faults) => return Ok(Err(faults)),
        };
        let Some(known) = queries::by_number(tx, &cx.site_id, &course.entry)? else {
            if doing == Doing::Taking {
                enter(tx, cx, organs, &course)?;
            }
            return Ok(Ok(Standing::New));
        };
        // A table does not say with which record the reply was published.
        if let (Some(reply), Some(before)) = (&mut course.reply, &known.course.reply) {
            reply.document_id.clone_from(&before.document_id);
        }
        if known.course == course {
            return Ok(Ok(Standing::Same));
        }
        if doing == Doing::Taking {
            let said = (&known.course, &course);
            put(tx, cx, organs, &known.id, said, (known.version, "proposal.change"))?;
        }
        Ok(Ok(Standing::Changed))
    })
}

/// The entry of an id.
///
/// # Errors
/// Not found when the site has none.
pub fn find(tx: &mut Tx<'_>, cx: &Cx, id: &ProposalId) -> Result<Listed> {
    queries::by_id(tx, &cx.site_id, id)?.ok_or(Error::NotFound)
}

fn enter(tx: &mut Tx<'_>, cx: &Cx, organs: &Organs, course: &Course) -> Result<ProposalId> {
    check(tx, cx, organs, course)?;
    if queries::by_number(tx, &cx.site_id, &course.entry)?.is_some() {
        return Err(taken(&course.entry));
    }
    let id = ProposalId(cx.new_id());
    queries::insert(tx, cx, &id, course)?;
    queries::insert_handlers(tx, &cx.site_id, &id, course.assignment.as_ref())?;
    record(tx, cx, "proposal.add", &id, &register::told(&FIELDS, |field| course.value(field, organs)))?;
    Ok(id)
}

/// Writes a course in the place of another.
fn put(
    tx: &mut Tx<'_>,
    cx: &Cx,
    organs: &Organs,
    id: &ProposalId,
    (before, course): (&Course, &Course),
    (version, action): (i64, &'static str),
) -> Result<()> {
    check(tx, cx, organs, course)?;
    let same = queries::by_number(tx, &cx.site_id, &course.entry)?;
    if same.is_some_and(|same| same.id != *id) {
        return Err(taken(&course.entry));
    }
    if queries::update(tx, &cx.site_id, id, course, version)? != 1 {
        return Err(Error::Conflict);
    }
    if before.assignment != course.assignment {
        queries::delete_handlers(tx, &cx.site_id, id)?;
        queries::insert_handlers(tx, &cx.site_id, id, course.assignment.as_ref())?;
    }
    let value = |of: &Course| {
        let of = of.clone();
        move |field: &'static str| of.value(field, organs)
    };
    let detail = register::difference((tx, cx), &FIELDS, value(before), value(course))?;
    let name = format!("{}{}", course.entry.kind.label(), course.entry.number);
    record(tx, cx, action, id, &format!("{name}：{detail}"))
}

/// Refuses what does not fit, organs and records of other sites among it.
fn check(tx: &mut Tx<'_>, cx: &Cx, organs: &Organs, course: &Course) -> Result<()> {
    refuse_wrong(course.wrong(civil_of(cx.at)))?;
    let given = course.assignment.iter().flat_map(|given| given.leads.iter().chain(&given.co_handlers));
    for id in given {
        if organs.name(id).is_empty() {
            return Err(Refusal::Unknown { what: "机构", code: id.0.clone() }.into());
        }
    }
    if let Some(id) = course.reply.as_ref().and_then(|reply| reply.document_id.as_ref()) {
        document::actions::find(tx, cx, id)?;
    }
    Ok(())
}

fn taken(entry: &Entry) -> Error {
    let Entry { kind, session, number, .. } = entry;
    Refusal::Invalid(format!("{session}的{}{number}已经登记", kind.label())).into()
}

fn refused<T>(sentence: &str) -> Result<T> {
    Err(Refusal::Invalid(sentence.to_owned()).into())
}

fn record(tx: &mut Tx<'_>, cx: &Cx, action: &'static str, id: &ProposalId, detail: &str) -> Result<()> {
    audit::actions::record(tx, cx, Act { action, object_kind: "proposal", object_id: &id.0, detail })
}
