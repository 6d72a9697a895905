//! Entering, changing, closing and removing requests of the register. Every change is in the log with what it was before.

use kit_db::Tx;

use super::{Closing, Entry, FIELDS, Listed, queries};
use crate::{
    audit::{self, Act},
    cx::{Cx, civil_of},
    error::{Error, Refusal, Result, refuse_wrong},
    id::DisclosureRequestId,
    register::{self, Doing, Fault, Organs, Row, Standing, Taken},
};

/// Enters a request.
///
/// # Errors
/// Refused when it does not fit the law or itself, or its number is taken.
pub fn add(tx: &mut Tx<'_>, cx: &Cx, entry: &Entry) -> Result<DisclosureRequestId> {
    refuse_wrong(entry.wrong(None, civil_of(cx.at), cx.calendar()))?;
    if queries::by_number(tx, &cx.site_id, &entry.number)?.is_some() {
        return Err(taken(&entry.number));
    }
    let id = DisclosureRequestId(cx.new_id());
    queries::insert(tx, cx, &id, entry, entry.due_on(cx.calendar())?)?;
    record(tx, cx, "disclosure_request.add", &id, &register::told(&FIELDS, |field| entry.value(field)))?;
    Ok(id)
}

/// Changes a request: `version` is that of what was seen.
///
/// # Errors
/// Not found, conflict when somebody was faster, refused as [`add`].
pub fn change(tx: &mut Tx<'_>, cx: &Cx, id: &DisclosureRequestId, entry: &Entry, version: i64) -> Result<()> {
    alter(tx, cx, id, entry, (version, "disclosure_request.change"))
}

/// Closes a request with its result.
///
/// # Errors
/// As [`change`]; refused when it is closed already.
pub fn close(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: &DisclosureRequestId,
    closing: &Closing,
    version: i64,
) -> Result<()> {
    let before = find(tx, cx, id)?.entry;
    if before.closing.is_some() {
        return Err(Refusal::Invalid("这件申请已经办结；要更改办理结果，请修改登记内容".to_owned()).into());
    }
    let entry = Entry { closing: Some(closing.clone()), ..before };
    alter(tx, cx, id, &entry, (version, "disclosure_request.close"))
}

/// Takes a request that was entered by mistake out of the register; the log keeps what it said.
///
/// # Errors
/// Not found, conflict when somebody was faster, refused without a reason.
pub fn remove(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: &DisclosureRequestId,
    (version, reason): (i64, &str),
) -> Result<()> {
    let before = find(tx, cx, id)?.entry;
    if queries::delete(tx, &cx.site_id, id, version)? != 1 {
        return Err(Error::Conflict);
    }
    let told = register::told(&FIELDS, |field| before.value(field));
    record(tx, cx, "disclosure_request.remove", id, &register::removal(reason, &told)?)
}

/// Takes the rows of a table: see [`register::Take`].
///
/// # Errors
/// When the tables cannot be read or written.
pub fn take(tx: &mut Tx<'_>, cx: &Cx, rows: &[Row], organs: &Organs, doing: Doing) -> Result<Taken> {
    Taken::of(rows, |row| {
        let known = queries::by_number(tx, &cx.site_id, &row.text("number"))?;
        if known.as_ref().is_some_and(|known| !organs.reaches(&known.entry.organ_id)) {
            return Ok(Err(vec![row.fault("number", "这个编号是其他机构登记的，请核对编号")]));
        }
        let entry = match checked(cx, row, known.as_ref().map(|known| &known.entry)) {
            Ok(entry) => entry,
            Err(faults) => return Ok(Err(faults)),
        };
        match known {
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

/// The entry of a row, if it fits; `before` is what the register holds of the request.
///
/// # Errors
/// What does not, field by field.
pub fn checked(cx: &Cx, row: &Row, before: Option<&Entry>) -> std::result::Result<Entry, Vec<Fault>> {
    let entry = Entry::read(row)?;
    let wrong = entry.wrong(before, civil_of(cx.at), cx.calendar());
    if wrong.is_empty() {
        Ok(entry)
    } else {
        Err(wrong.into_iter().map(|(field, sentence)| row.fault(field, sentence)).collect())
    }
}

/// The request of an id.
///
/// # Errors
/// Not found when the site has none.
pub fn find(tx: &mut Tx<'_>, cx: &Cx, id: &DisclosureRequestId) -> Result<Listed> {
    queries::by_id(tx, &cx.site_id, id)?.ok_or(Error::NotFound)
}

fn alter(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: &DisclosureRequestId,
    entry: &Entry,
    (version, action): (i64, &'static str),
) -> Result<()> {
    let Listed { entry: before, due_on: kept_due_on, .. } = find(tx, cx, id)?;
    refuse_wrong(entry.wrong(Some(&before), civil_of(cx.at), cx.calendar()))?;
    let same = queries::by_number(tx, &cx.site_id, &entry.number)?;
    if same.is_some_and(|same| same.id != *id) {
        return Err(taken(&entry.number));
    }
    // Of an answered request the last day stays what it was on the day of the answer, whatever calendar came since.
    let is_settled = before.closing.is_some() && entry.closing.is_some() && before.counts_like(entry);
    let due_on = if is_settled { kept_due_on } else { entry.due_on(cx.calendar())? };
    if queries::update(tx, cx, id, (entry, due_on), version)? != 1 {
        return Err(Error::Conflict);
    }
    let detail =
        register::difference((tx, cx), &FIELDS, |field| before.value(field), |field| entry.value(field))?;
    record(tx, cx, action, id, &format!("{}：{detail}", entry.number))
}

fn taken(number: &str) -> Error {
    Refusal::Invalid(format!("编号{number}已经登记，请换一个编号")).into()
}

fn record(
    tx: &mut Tx<'_>,
    cx: &Cx,
    action: &'static str,
    id: &DisclosureRequestId,
    detail: &str,
) -> Result<()> {
    audit::actions::record(
        tx,
        cx,
        Act { action, object_kind: "disclosure_request", object_id: &id.0, detail },
    )
}
