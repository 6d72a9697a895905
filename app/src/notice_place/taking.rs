//! A table of places: what is new is entered, what says something else is changed, by kind, organ and name.

use kit_db::Tx;

use super::{NewPlace, actions, queries};
use crate::{
    cx::Cx,
    error::Result,
    register::{Doing, Organs, Row, Standing, Taken},
};

/// Compares rows with the register and takes them, when that is asked.
///
/// # Errors
/// When the tables cannot be read or written.
pub fn take(tx: &mut Tx<'_>, cx: &Cx, rows: &[Row], _organs: &Organs, doing: Doing) -> Result<Taken> {
    let mut taken = Taken::default();
    for row in rows {
        let place = match NewPlace::of(row) {
            Ok(place) => place,
            Err(fault) => {
                taken.refuse(fault);
                continue;
            }
        };
        match queries::by_key(tx, &cx.site_id, &place)? {
            None => {
                taken.count(row, Standing::New);
                if doing == Doing::Taking {
                    actions::add(tx, cx, &place)?;
                }
            }
            Some(known) if known.place == place => taken.count(row, Standing::Same),
            Some(known) => {
                taken.count(row, Standing::Changed);
                if doing == Doing::Taking {
                    actions::change(tx, cx, &known.id, &place, known.version)?;
                }
            }
        }
    }
    Ok(taken)
}
