//! A table of articles: what is new is entered, what says something else is changed, by account, day and title.

use std::collections::HashMap;

use kit_db::Tx;

use super::{NewArticle, actions, queries};
use crate::{
    cx::Cx,
    document,
    error::Result,
    id::DocumentId,
    register::{Doing, Organs, Row, Standing, Taken},
};

/// Compares rows with the register and takes them, when that is asked.
///
/// # Errors
/// When the tables cannot be read or written.
pub fn take(tx: &mut Tx<'_>, cx: &Cx, rows: &[Row], organs: &Organs, doing: Doing) -> Result<Taken> {
    let mut taken = Taken::default();
    let records = records(tx, cx, rows)?;
    for row in rows {
        let article = match NewArticle::of(row, &records) {
            Ok(article) => article,
            Err(fault) => {
                taken.refuse(fault);
                continue;
            }
        };
        match queries::by_key(tx, &cx.site_id, &article)? {
            None => {
                taken.count(row, Standing::New);
                if doing == Doing::Taking {
                    actions::add(tx, cx, &article)?;
                }
            }
            Some(known) if !organs.reaches(&known.article.organ_id) => {
                taken.refuse(row.fault("title", "这篇文章由其他机构登记，请核对发布机构"));
            }
            Some(known) if known.article == article => taken.count(row, Standing::Same),
            Some(known) => {
                taken.count(row, Standing::Changed);
                if doing == Doing::Taking {
                    actions::change(tx, cx, &known.id, &article, known.version)?;
                }
            }
        }
    }
    Ok(taken)
}

/// The records whose index numbers rows name.
///
/// # Errors
/// When the tables cannot be read.
pub fn records(tx: &mut Tx<'_>, cx: &Cx, rows: &[Row]) -> Result<HashMap<String, DocumentId>> {
    let mut records = HashMap::new();
    for number in rows.iter().filter_map(|row| row.optional("record")) {
        if let Some(id) = document::queries::by_index_number(tx, &cx.site_id, &number)? {
            records.insert(number, id);
        }
    }
    Ok(records)
}
