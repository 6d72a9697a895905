//! The rows of sums of money.

use kit_db::{DbError, Row, Tx, params, sql};

use super::{Entry, FinanceKind, Listed, Purpose, PurposeSum};
use crate::{
    cx::Cx,
    error::Result,
    id::{FinanceEntryId, SiteId},
    register::like,
    stored,
};

pub fn insert(tx: &mut Tx<'_>, cx: &Cx, id: &FinanceEntryId, entry: &Entry) -> Result<(), DbError> {
    let sql = sql!(
        "insert into finance_entry
           (site_id, entry_id, kind, year, organ_id, purpose, amount_fen, booked_on, voucher, note, created_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)"
    );
    let Entry { kind, year, organ_id, purpose, amount_fen, booked_on, voucher, note } = entry;
    let (kind, purpose, booked_on) = (kind.code(), purpose.code(), booked_on.to_string());
    let values = params![
        &cx.site_id,
        id,
        kind,
        *year,
        organ_id,
        purpose,
        *amount_fen,
        booked_on,
        voucher,
        note,
        cx.at
    ];
    tx.execute(sql, values)?;
    Ok(())
}

/// Gives the number of rows changed: none when the version is another.
pub fn update(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &FinanceEntryId,
    entry: &Entry,
    version: i64,
) -> Result<u64, DbError> {
    let sql = sql!(
        "update finance_entry
            set kind = $3, year = $4, organ_id = $5, purpose = $6, amount_fen = $7, booked_on = $8, voucher = $9,
                note = $10, version = version + 1
          where site_id = $1 and entry_id = $2 and version = $11"
    );
    let Entry { kind, year, organ_id, purpose, amount_fen, booked_on, voucher, note } = entry;
    let (kind, purpose, booked_on) = (kind.code(), purpose.code(), booked_on.to_string());
    let values =
        params![site_id, id, kind, *year, organ_id, purpose, *amount_fen, booked_on, voucher, note, version];
    tx.execute(sql, values)
}

/// Gives the number of rows deleted: none when the version is another.
pub fn delete(tx: &mut Tx<'_>, site_id: &SiteId, id: &FinanceEntryId, version: i64) -> Result<u64, DbError> {
    let sql = sql!("delete from finance_entry where site_id = $1 and entry_id = $2 and version = $3");
    tx.execute(sql, params![site_id, id, version])
}

pub fn by_id(tx: &mut Tx<'_>, site_id: &SiteId, id: &FinanceEntryId) -> Result<Option<Listed>> {
    let sql = sql!("select * from finance_entry where site_id = $1 and entry_id = $2");
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(listed).transpose()
}

/// The entry with the same organ, kind, year, voucher and purpose.
pub fn by_voucher(tx: &mut Tx<'_>, site_id: &SiteId, entry: &Entry) -> Result<Option<Listed>> {
    let sql = sql!(
        "select * from finance_entry
          where site_id = $1 and organ_id = $2 and kind = $3 and year = $4 and voucher = $5 and purpose = $6"
    );
    let Entry { organ_id, kind, year, voucher, purpose, .. } = entry;
    let values = params![site_id, organ_id, kind.code(), *year, voucher, purpose.code()];
    tx.query_opt(sql, values)?.as_ref().map(listed).transpose()
}

/// Which sums are wanted; empty texts and `None` narrow nothing.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Ids of organs between bars, as [`crate::register::Organs::within`].
    pub within: Option<String>,
    /// The budget year.
    pub year: Option<i64>,
    /// Kind.
    pub kind: String,
    /// Purpose.
    pub purpose: String,
    /// Part of the voucher or the note.
    pub text: String,
    /// The order: a column's name, with `-` before it for the greatest first.
    pub sort: String,
}

/// A page of the register and how many there are in all.
pub fn page(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    filter: &Filter,
    (limit, offset): (i64, i64),
) -> Result<(Vec<Listed>, i64)> {
    let sql = sql!(
        "select f.*, count(*) over () as n_all from finance_entry f
          where f.site_id = $1
            and (cast($2 as text) is null or $2 like '%|' || f.organ_id || '|%')
            and (cast($3 as bigint) is null or f.year = $3)
            and ($4 = '' or f.kind = $4) and ($5 = '' or f.purpose = $5)
            and (f.voucher like $6 escape '!' or f.note like $6 escape '!')
          order by case when $7 = 'amount' then f.amount_fen end, case when $7 = '-amount' then f.amount_fen end desc,
                   case when $7 = 'booked' then f.booked_on end, case when $7 = '-booked' then f.booked_on end desc,
                   f.booked_on desc, f.voucher, f.entry_id
          limit $8 offset $9"
    );
    let Filter { within, year, kind, purpose, text, sort } = filter;
    let rows =
        tx.query(sql, params![site_id, within, *year, kind, purpose, like(text), sort, limit, offset])?;
    let n_all = rows.first().map_or(Ok(0), |row| row.get("n_all"))?;
    Ok((rows.iter().map(listed).collect::<Result<_>>()?, n_all))
}

/// The sums of the same entries, by kind and purpose.
pub fn sums(tx: &mut Tx<'_>, site_id: &SiteId, filter: &Filter) -> Result<Vec<PurposeSum>> {
    let sql = sql!(
        "select f.kind, f.purpose, count(*) as n_entries, cast(sum(f.amount_fen) as bigint) as amount_fen
           from finance_entry f
          where f.site_id = $1
            and (cast($2 as text) is null or $2 like '%|' || f.organ_id || '|%')
            and (cast($3 as bigint) is null or f.year = $3)
            and ($4 = '' or f.kind = $4) and ($5 = '' or f.purpose = $5)
            and (f.voucher like $6 escape '!' or f.note like $6 escape '!')
          group by f.kind, f.purpose order by f.kind, f.purpose"
    );
    let Filter { within, year, kind, purpose, text, .. } = filter;
    let rows = tx.query(sql, params![site_id, within, *year, kind, purpose, like(text)])?;
    let sum = |row: &Row| {
        Ok(PurposeSum {
            kind: stored::coded(row, "kind", FinanceKind::from_code)?,
            purpose: stored::coded(row, "purpose", Purpose::from_code)?,
            n_entries: row.get("n_entries")?,
            amount_fen: row.get("amount_fen")?,
        })
    };
    rows.iter().map(sum).collect()
}

fn listed(row: &Row) -> Result<Listed> {
    let entry = Entry {
        kind: stored::coded(row, "kind", FinanceKind::from_code)?,
        year: row.get("year")?,
        organ_id: row.get("organ_id")?,
        purpose: stored::coded(row, "purpose", Purpose::from_code)?,
        amount_fen: row.get("amount_fen")?,
        booked_on: stored::day(row, "booked_on")?,
        voucher: row.get("voucher")?,
        note: row.get("note")?,
    };
    Ok(Listed { id: row.get("entry_id")?, entry, version: row.get("version")? })
}
