//! A table of cases: what is new is entered, what says something else is changed, by number.

use std::collections::HashMap;

use kit_db::Tx;

use super::{NewCase, actions, queries};
use crate::{
    cx::Cx,
    error::Result,
    register::{Doing, Organs, Row, Standing, Taken},
    service_item,
};

/// Compares rows with the register and takes them, when that is asked.
///
/// # Errors
/// When the tables cannot be read or written.
pub fn take(tx: &mut Tx<'_>, cx: &Cx, rows: &[Row], organs: &Organs, doing: Doing) -> Result<Taken> {
    let (mut taken, mut new) = (Taken::default(), Vec::new());
    let items = items(tx, cx)?;
    let numbers: Vec<String> = rows.iter().map(|row| row.text("number")).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let known = queries::by_numbers(tx, &cx.site_id, &numbers)?;
    for row in rows {
        let case = match NewCase::of(row, &items) {
            Ok(case) => case,
            Err(fault) => {
                taken.refuse(fault);
                continue;
            }
        };
        match known.get(&case.number) {
            None => {
                taken.count(row, Standing::New);
                new.push(case);
            }
            Some(known) if !organs.reaches(&known.case.organ_id) => {
                taken.refuse(row.fault("number", "这一编号属于其他机构的办件，请核对编号"));
            }
            Some(known) if known.case == case => taken.count(row, Standing::Same),
            Some(known) => {
                taken.count(row, Standing::Changed);
                if doing == Doing::Taking {
                    actions::change(tx, cx, &known.id, &case, known.version)?;
                }
            }
        }
    }
    if doing == Doing::Taking {
        actions::add_many(tx, cx, &new)?;
    }
    Ok(taken)
}

/// Ids of the service items by their codes.
fn items(tx: &mut Tx<'_>, cx: &Cx) -> Result<HashMap<String, String>> {
    let codes = service_item::queries::codes(tx, &cx.site_id)?;
    Ok(codes.into_iter().map(|(id, code)| (code, id)).collect())
}
