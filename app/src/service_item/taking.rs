//! A table of service items: what is new is entered, what says something else is changed, by code.

use kit_db::Tx;

use super::{NewItem, actions, queries};
use crate::{
    cx::Cx,
    error::Result,
    register::{Doing, Organs, Row, Standing, Taken},
};

/// Compares rows with the register and takes them, when that is asked.
///
/// # Errors
/// When the tables cannot be read or written.
pub fn take(tx: &mut Tx<'_>, cx: &Cx, rows: &[Row], organs: &Organs, doing: Doing) -> Result<Taken> {
    let (mut taken, mut new) = (Taken::default(), Vec::new());
    for row in rows {
        let item = match NewItem::of(row) {
            Ok(item) => item,
            Err(fault) => {
                taken.refuse(fault);
                continue;
            }
        };
        match queries::by_code(tx, &cx.site_id, &item.code)? {
            None => {
                taken.count(row, Standing::New);
                new.push(item);
            }
            Some(known) if !organs.reaches(&known.item.organ_id) => {
                taken.refuse(row.fault("code", "这一编码属于其他机构的事项，请换一个编码"));
            }
            Some(known) if known.item == item => taken.count(row, Standing::Same),
            Some(known) => {
                taken.count(row, Standing::Changed);
                if doing == Doing::Taking {
                    actions::change(tx, cx, &known.id, &item, known.version)?;
                }
            }
        }
    }
    if doing == Doing::Taking {
        actions::add_many(tx, cx, &new)?;
    }
    Ok(taken)
}
