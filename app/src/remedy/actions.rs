//! Entering, changing, closing and removing reconsiderations and lawsuits.

use jiff::civil::Date;
use kit_db::Tx;
use rules::remedy::RemedyOutcome;

use super::{Entry, FIELDS, Listed, queries};
use crate::{
    audit::{self, Act},
    cx::{Cx, civil_of},
    disclosure_request,
    error::{Error, Refusal, Result, refuse_wrong},
    id::{OrganId, RemedyId},
    organ,
    register::{self, Doing, Fault, Organs, Row, Standing, Taken},
};

/// Enters a remedy.
///
/// # Errors
/// Refused when it does not fit, its number is taken within its kind, or its request is not of this site.
pub fn add(tx: &mut Tx<'_>, cx: &Cx, entry: &Entry) -> Result<RemedyId> {
    refuse_wrong(entry.wrong(civil_of(cx.at)))?;
    check_request(tx, cx, entry)?;
    if queries::by_number(tx, &cx.site_id, entry.kind, &entry.number)?.is_some() {
        return Err(taken(entry));
    }
    let id = RemedyId(cx.new_id());
    queries::insert(tx, cx, &id, entry)?;
    record(tx, cx, "remedy.add", &id, &register::told(&FIELDS, |field| entry.value(field)))?;
    Ok(id)
}

/// Changes a remedy: `version` is that of what was seen.
///
/// # Errors
/// Not found, conflict when somebody was faster, refused as [`add`].
pub fn change(tx: &mut Tx<'_>, cx: &Cx, id: &RemedyId, entry: &Entry, version: i64) -> Result<()> {
    alter(tx, cx, id, entry, (version, "remedy.change"))
}

/// Ends a remedy with its result.
///
/// # Errors
/// As [`change`]; refused when it has ended already.
pub fn close(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: &RemedyId,
    (closed_on, outcome): (Date, RemedyOutcome),
    version: i64,
) -> Result<()> {
    let before = find(tx, cx, id)?.entry;
    if before.closed_on.is_some() {
        return Err(Refusal::Invalid("这件案件已经审结；要更改结果，请修改登记内容".to_owned()).into());
    }
    let entry = Entry { closed_on: Some(closed_on), outcome, ..before };
    alter(tx, cx, id, &entry, (version, "remedy.close"))
}

/// Takes a remedy that was entered by mistake out of the register; the log keeps what it said.
///
/// # Errors
/// Not found, conflict when somebody was faster, refused without a reason.
pub fn remove(tx: &mut Tx<'_>, cx: &Cx, id: &RemedyId, (version, reason): (i64, &str)) -> Result<()> {
    let before = find(tx, cx, id)?;
    if queries::delete(tx, &cx.site_id, id, version)? != 1 {
        return Err(Error::Conflict);
    }
    let told = register::told(&FIELDS, |field| before.value(field));
    record(tx, cx, "remedy.remove", id, &register::removal(reason, &told)?)
}

/// Takes the rows of a table: see [`register::Take`].
///
/// # Errors
/// When the tables cannot be read or written.
pub fn take(tx: &mut Tx<'_>, cx: &Cx, rows: &[Row], organs: &Organs, doing: Doing) -> Result<Taken> {
    Taken::of(rows, |row| {
        let entry = match checked(tx, cx, row)? {
            Ok(entry) => entry,
            Err(faults) => return Ok(Err(faults)),
        };
        match queries::by_number(tx, &cx.site_id, entry.kind, &entry.number)? {
            Some(known) if !organs.reaches(&known.entry.organ_id) => {
                Ok(Err(vec![row.fault("number", "这个案号是其他机构登记的，请核对案号")]))
            }
            Some(known) if known.entry == entry => Ok(Ok(Standing::Same)),
            Some(known) => {
                if doing == Doing::Taking {
                    change(tx, cx, &known.id, &entry, known.version)?;
                }
                Ok(Ok(Standing::Changed))
            }
            None => {
                if doing == Doing::Taking {
                    add(tx, cx, &entry)?;
                }
                Ok(Ok(Standing::New))
            }
        }
    })
}

/// The entry of a row, if it fits; its request is looked up by the number given.
///
/// # Errors
/// When the tables cannot be read; the inner ones say what does not fit.
pub fn checked(tx: &mut Tx<'_>, cx: &Cx, row: &Row) -> Result<std::result::Result<Entry, Vec<Fault>>> {
    let request_id = match row.optional("request") {
        None => None,
        Some(number) => match disclosure_request::queries::by_number(tx, &cx.site_id, &number)? {
            Some(request) if answers(tx, cx, &request, &row.organ("organ"))? => Some(request.id),
            Some(_) => {
                let mend = format!("编号{number}的申请由其他机关受理，不能关联到本机关的案件，请核对或留空");
                return Ok(Err(vec![row.fault("request", mend)]));
            }
            None => {
                let mend = format!("依申请公开台账中没有编号{number}，请核对或留空");
                return Ok(Err(vec![row.fault("request", mend)]));
            }
        },
    };
    let Some(entry) = Entry::read(row, request_id) else {
        return Ok(Err(vec![row.fault("kind", "请选择类别并填写提起日期")]));
    };
    let wrong = entry.wrong(civil_of(cx.at));
    if wrong.is_empty() {
        return Ok(Ok(entry));
    }
    Ok(Err(wrong.into_iter().map(|(field, sentence)| row.fault(field, sentence)).collect()))
}

/// The remedy of an id.
///
/// # Errors
/// Not found when the site has none.
pub fn find(tx: &mut Tx<'_>, cx: &Cx, id: &RemedyId) -> Result<Listed> {
    queries::by_id(tx, &cx.site_id, id)?.ok_or(Error::NotFound)
}

fn alter(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: &RemedyId,
    entry: &Entry,
    (version, action): (i64, &'static str),
) -> Result<()> {
    let before = find(tx, cx, id)?;
    refuse_wrong(entry.wrong(civil_of(cx.at)))?;
    check_request(tx, cx, entry)?;
    let same = queries::by_number(tx, &cx.site_id, entry.kind, &entry.number)?;
    if same.is_some_and(|same| same.id != *id) {
        return Err(taken(entry));
    }
    if queries::update(tx, cx, id, entry, version)? != 1 {
        return Err(Error::Conflict);
    }
    let after = find(tx, cx, id)?;
    let detail =
        register::difference((tx, cx), &FIELDS, |field| before.value(field), |field| after.value(field))?;
    record(tx, cx, action, id, &format!("{}：{detail}", entry.number))
}

fn check_request(tx: &mut Tx<'_>, cx: &Cx, entry: &Entry) -> Result<()> {
    let Some(id) = &entry.request_id else { return Ok(()) };
    let Some(request) = disclosure_request::queries::by_id(tx, &cx.site_id, id)? else {
        return Err(Refusal::Unknown { what: "依申请公开登记", code: id.0.clone() }.into());
    };
    if answers(tx, cx, &request, &entry.organ_id)? {
        return Ok(());
    }
    let number = request.entry.number;
    Err(Refusal::Invalid(format!("编号{number}的申请由其他机关受理，不能关联到本机关的案件")).into())
}

/// Whether an organ answers for a request: it received it, or the organ that did is no more and somebody succeeded it.
fn answers(
    tx: &mut Tx<'_>,
    cx: &Cx,
    request: &disclosure_request::Listed,
    organ_id: &OrganId,
) -> Result<bool> {
    let receiver = &request.entry.organ_id;
    Ok(receiver == organ_id || organ::queries::has_ended(tx, &cx.site_id, receiver)?)
}

fn taken(entry: &Entry) -> Error {
    Refusal::Invalid(format!("{}案号{}已经登记", entry.kind.label(), entry.number)).into()
}

fn record(tx: &mut Tx<'_>, cx: &Cx, action: &'static str, id: &RemedyId, detail: &str) -> Result<()> {
    audit::actions::record(tx, cx, Act { action, object_kind: "remedy", object_id: &id.0, detail })
}
