//! The rows of service items.

use kit_db::{DbError, Row, Tx, params, sql};

use super::{Item, NewItem};
use crate::{
    cx::Cx,
    error::Result,
    id::{OrganId, SiteId},
    register::like,
};

/// No row where the code is taken.
pub fn insert(tx: &mut Tx<'_>, cx: &Cx, id: &str, item: &NewItem) -> Result<u64, DbError> {
    let sql = sql!(
        "insert into service_item
           (site_id, item_id, organ_id, code, name, kind, basis, conditions, materials, procedure, place, hours, phone,
            complaint_phone, fee, result, statutory_days, promised_days, online_address, entered_on, ended_on,
            created_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, 1)
         on conflict (site_id, code) do nothing"
    );
    let NewItem { organ_id, code, name, kind, basis, conditions, materials, procedure, place, .. } = item;
    let NewItem { hours, phone, complaint_phone, fee, result, online_address, entered_on, .. } = item;
    tx.execute(
        sql,
        params![
            &cx.site_id,
            id,
            organ_id,
            code,
            name,
            kind,
            basis,
            conditions,
            materials,
            procedure,
            place,
            hours,
            phone,
            complaint_phone,
            fee,
            result,
            item.statutory_days,
            item.promised_days,
            online_address,
            entered_on,
            &item.ended_on,
            cx.at,
        ],
    )
}

/// No row where somebody was faster.
pub fn update(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &str,
    item: &NewItem,
    version: i64,
) -> Result<u64, DbError> {
    let sql = sql!(
        "update service_item set organ_id = $3, code = $4, name = $5, kind = $6, basis = $7, conditions = $8,
                materials = $9, procedure = $10, place = $11, hours = $12, phone = $13, complaint_phone = $14, fee = $15,
                result = $16, statutory_days = $17, promised_days = $18, online_address = $19, entered_on = $20,
                ended_on = $21, version = version + 1
          where site_id = $1 and item_id = $2 and version = $22"
    );
    let NewItem { organ_id, code, name, kind, basis, conditions, materials, procedure, place, .. } = item;
    let NewItem { hours, phone, complaint_phone, fee, result, online_address, entered_on, .. } = item;
    tx.execute(
        sql,
        params![
            site_id,
            id,
            organ_id,
            code,
            name,
            kind,
            basis,
            conditions,
            materials,
            procedure,
            place,
            hours,
            phone,
            complaint_phone,
            fee,
            result,
            item.statutory_days,
            item.promised_days,
            online_address,
            entered_on,
            &item.ended_on,
            version,
        ],
    )
}

pub fn by_id(tx: &mut Tx<'_>, site_id: &SiteId, id: &str) -> Result<Option<Item>, DbError> {
    let sql = sql!("select * from service_item where site_id = $1 and item_id = $2");
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(item).transpose()
}

pub fn by_code(tx: &mut Tx<'_>, site_id: &SiteId, code: &str) -> Result<Option<Item>, DbError> {
    let sql = sql!("select * from service_item where site_id = $1 and code = $2");
    tx.query_opt(sql, params![site_id, code])?.as_ref().map(item).transpose()
}

/// The code of an item.
pub fn code_of(tx: &mut Tx<'_>, site_id: &SiteId, id: &str) -> Result<Option<String>, DbError> {
    let sql = sql!("select code from service_item where site_id = $1 and item_id = $2");
    tx.query_opt(sql, params![site_id, id])?.map(|row| row.get("code")).transpose()
}

/// The item of a code.
pub fn id_of(tx: &mut Tx<'_>, site_id: &SiteId, code: &str) -> Result<Option<String>, DbError> {
    let sql = sql!("select item_id from service_item where site_id = $1 and code = $2");
    tx.query_opt(sql, params![site_id, code])?.map(|row| row.get("item_id")).transpose()
}

/// Id and code of every item of the site.
pub fn codes(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Vec<(String, String)>, DbError> {
    let sql = sql!("select item_id, code from service_item where site_id = $1");
    let rows = tx.query(sql, params![site_id])?;
    rows.iter().map(|row| Ok((row.get("item_id")?, row.get("code")?))).collect()
}

/// Which items are wanted; empty texts narrow nothing.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Organs between bars, as `register::Organs::within` gives them; `None` is all.
    pub within: Option<String>,
    /// Of one kind.
    pub kind: String,
    /// In the catalogue on this day.
    pub on: String,
    /// With this in name or code.
    pub text: String,
    /// `code`, `name` or `entered`, with `-` before it for the greatest first.
    pub order: String,
}

/// A page of the list.
pub fn page(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    wanted: &Wanted,
    limit: i64,
    offset: i64,
) -> Result<Vec<Item>, DbError> {
    let sql = sql!(
        "select * from service_item
          where site_id = $1 and (cast($2 as text) is null or $2 like '%|' || organ_id || '|%')
            and ($3 = '' or kind = $3)
            and ($4 = '' or (entered_on <= $4 and (ended_on is null or ended_on >= $4)))
            and (name like $5 escape '!' or code like $5 escape '!')
          order by case $6 when 'code' then code when 'name' then name when 'entered' then entered_on end,
                   case $6 when '-code' then code when '-name' then name when '-entered' then entered_on end desc,
                   code
          limit $7 offset $8"
    );
    let Wanted { within, kind, on, text, order } = wanted;
    let rows = tx.query(sql, params![site_id, within, kind, on, like(text), order, limit, offset])?;
    rows.iter().map(item).collect()
}

/// An item as lists of guides name it.
#[derive(Debug, Clone)]
pub struct Named {
    /// Identity.
    pub id: String,
    /// The organ that handles it.
    pub organ_id: OrganId,
    /// Its name.
    pub name: String,
    /// A code of [`super::KINDS`].
    pub kind: String,
}

/// The items in the catalogue on a day, by name, without their guides.
pub fn named_on(tx: &mut Tx<'_>, site_id: &SiteId, on: &str, most: i64) -> Result<Vec<Named>, DbError> {
    let sql = sql!(
        "select item_id, organ_id, name, kind from service_item
          where site_id = $1 and entered_on <= $2 and (ended_on is null or ended_on >= $2)
          order by name, code limit $3"
    );
    let named = |row: &Row| {
        Ok(Named {
            id: row.get("item_id")?,
            organ_id: row.get("organ_id")?,
            name: row.get("name")?,
            kind: row.get("kind")?,
        })
    };
    tx.query(sql, params![site_id, on, most])?.iter().map(named).collect()
}

/// How many of the wanted items each organ has, most first.
pub fn by_organ(tx: &mut Tx<'_>, site_id: &SiteId, wanted: &Wanted) -> Result<Vec<(OrganId, i64)>, DbError> {
    let sql = sql!(
        "select organ_id, count(*) as n from service_item
          where site_id = $1 and (cast($2 as text) is null or $2 like '%|' || organ_id || '|%')
            and ($3 = '' or kind = $3)
            and ($4 = '' or (entered_on <= $4 and (ended_on is null or ended_on >= $4)))
            and (name like $5 escape '!' or code like $5 escape '!')
          group by organ_id order by n desc, organ_id"
    );
    let Wanted { within, kind, on, text, .. } = wanted;
    let rows = tx.query(sql, params![site_id, within, kind, on, like(text)])?;
    rows.iter().map(|row| Ok((row.get("organ_id")?, row.get("n")?))).collect()
}

fn item(row: &Row) -> Result<Item, DbError> {
    let item = NewItem {
        organ_id: row.get("organ_id")?,
        code: row.get("code")?,
        name: row.get("name")?,
        kind: row.get("kind")?,
        basis: row.get("basis")?,
        conditions: row.get("conditions")?,
        materials: row.get("materials")?,
        procedure: row.get("procedure")?,
        place: row.get("place")?,
        hours: row.get("hours")?,
        phone: row.get("phone")?,
        complaint_phone: row.get("complaint_phone")?,
        fee: row.get("fee")?,
        result: row.get("result")?,
        statutory_days: row.get("statutory_days")?,
        promised_days: row.get("promised_days")?,
        online_address: row.get("online_address")?,
        entered_on: row.get("entered_on")?,
        ended_on: row.get("ended_on")?,
    };
    Ok(Item { id: row.get("item_id")?, version: row.get("version")?, item })
}
