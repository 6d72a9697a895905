//! Entering, changing and removing sums of money for disclosure work.

use kit_db::Tx;

use super::{Entry, FIELDS, Listed, queries};
use crate::{
    audit::{self, Act},
    cx::{Cx, civil_of},
    error::{Error, Refusal, Result, refuse_wrong},
    id::FinanceEntryId,
    register::{self, Doing, Organs, Row, Standing, Taken},
};

/// Enters a sum.
///
/// # Errors
/// Refused when it does not fit, or its voucher is entered already.
pub fn add(tx: &mut Tx<'_>, cx: &Cx, entry: &Entry) -> Result<FinanceEntryId> {
    refuse_wrong(entry.wrong(civil_of(cx.at)))?;
    if queries::by_voucher(tx, &cx.site_id, entry)?.is_some() {
        return Err(taken(entry));
    }
    let id = FinanceEntryId(cx.new_id());
    queries::insert(tx, cx, &id, entry)?;
    record(tx, cx, "finance.add", &id, &register::told(&FIELDS, |field| entry.value(field)))?;
    Ok(id)
}

/// Changes a sum: `version` is that of what was seen.
///
/// # Errors
/// Not found, conflict when somebody was faster, refused as [`add`].
pub fn change(tx: &mut Tx<'_>, cx: &Cx, id: &FinanceEntryId, entry: &Entry, version: i64) -> Result<()> {
    let before = find(tx, cx, id)?.entry;
    refuse_wrong(entry.wrong(civil_of(cx.at)))?;
    let same = queries::by_voucher(tx, &cx.site_id, entry)?;
    if same.is_some_and(|same| same.id != *id) {
        return Err(taken(entry));
    }
    if queries::update(tx, &cx.site_id, id, entry, version)? != 1 {
        return Err(Error::Conflict);
    }
    let detail =
        register::difference((tx, cx), &FIELDS, |field| before.value(field), |field| entry.value(field))?;
    record(tx, cx, "finance.change", id, &format!("{}：{detail}", entry.voucher))
}

/// Takes a sum that was entered by mistake out of the register; the log keeps what it said.
///
/// # Errors
/// Not found, conflict when somebody was faster, refused without a reason.
pub fn remove(tx: &mut Tx<'_>, cx: &Cx, id: &FinanceEntryId, (version, reason): (i64, &str)) -> Result<()> {
    let before = find(tx, cx, id)?.entry;
    if queries::delete(tx, &cx.site_id, id, version)? != 1 {
        return Err(Error::Conflict);
    }
    let told = register::told(&FIELDS, |field| before.value(field));
    record(tx, cx, "finance.remove", id, &register::removal(reason, &told)?)
}

/// Takes the rows of a table: see [`register::Take`].
///
/// # Errors
/// When the tables cannot be read or written.
pub fn take(tx: &mut Tx<'_>, cx: &Cx, rows: &[Row], _: &Organs, doing: Doing) -> Result<Taken> {
    Taken::of(rows, |row| {
        let entry = match Entry::read(row, civil_of(cx.at)) {
            Ok(entry) => entry,
            Err(faults) => return Ok(Err(faults)),
        };
        let known = queries::by_voucher(tx, &cx.site_id, &entry)?;
        let standing = match &known {
            Some(known) if known.entry == entry => return Ok(Ok(Standing::Same)),
            Some(_) => Standing::Changed,
            None => Standing::New,
        };
        match known {
            _ if doing == Doing::Looking => {}
            Some(known) => change(tx, cx, &known.id, &entry, known.version)?,
            None => add(tx, cx, &entry).map(|_| ())?,
        }
        Ok(Ok(standing))
    })
}

/// The sum of an id.
///
/// # Errors
/// Not found when the site has none.
pub fn find(tx: &mut Tx<'_>, cx: &Cx, id: &FinanceEntryId) -> Result<Listed> {
    queries::by_id(tx, &cx.site_id, id)?.ok_or(Error::NotFound)
}

fn taken(entry: &Entry) -> Error {
    let Entry { year, voucher, purpose, kind, .. } = entry;
    let sentence = format!("该单位{year}年{}（{}）的“{voucher}”已经登记", kind.label(), purpose.label());
    Refusal::Invalid(sentence).into()
}

fn record(tx: &mut Tx<'_>, cx: &Cx, action: &'static str, id: &FinanceEntryId, detail: &str) -> Result<()> {
    audit::actions::record(tx, cx, Act { action, object_kind: "finance", object_id: &id.0, detail })
}
