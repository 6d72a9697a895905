//! The rows of places.

use kit_db::{DbError, Row, Tx, params, sql};

use super::{NewPlace, Place};
use crate::{
    cx::Cx,
    id::{OrganId, SiteId},
    register::like,
};

/// No row where the organ has a place of this kind and name.
pub fn insert(tx: &mut Tx<'_>, cx: &Cx, id: &str, place: &NewPlace) -> Result<u64, DbError> {
    let sql = sql!(
        "insert into notice_place
           (site_id, place_id, organ_id, kind, name, place, measure, keeper, set_up_on, removed_on, created_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)
         on conflict (site_id, kind, organ_id, name) do nothing"
    );
    let NewPlace { organ_id, kind, name, place, measure, keeper, set_up_on, removed_on } = place;
    let values =
        params![&cx.site_id, id, organ_id, kind, name, place, measure, keeper, set_up_on, removed_on, cx.at];
    tx.execute(sql, values)
}

/// No row where somebody was faster.
pub fn update(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &str,
    place: &NewPlace,
    version: i64,
) -> Result<u64, DbError> {
    let sql = sql!(
        "update notice_place set organ_id = $3, kind = $4, name = $5, place = $6, measure = $7, keeper = $8,
                set_up_on = $9, removed_on = $10, version = version + 1
          where site_id = $1 and place_id = $2 and version = $11"
    );
    let NewPlace { organ_id, kind, name, place, measure, keeper, set_up_on, removed_on } = place;
    let values =
        params![site_id, id, organ_id, kind, name, place, measure, keeper, set_up_on, removed_on, version];
    tx.execute(sql, values)
}

pub fn by_id(tx: &mut Tx<'_>, site_id: &SiteId, id: &str) -> Result<Option<Place>, DbError> {
    let sql = sql!("select * from notice_place where site_id = $1 and place_id = $2");
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(place).transpose()
}

/// The place of the same organ, kind and name.
pub fn by_key(tx: &mut Tx<'_>, site_id: &SiteId, wanted: &NewPlace) -> Result<Option<Place>, DbError> {
    let sql =
        sql!("select * from notice_place where site_id = $1 and kind = $2 and organ_id = $3 and name = $4");
    let NewPlace { kind, organ_id, name, .. } = wanted;
    tx.query_opt(sql, params![site_id, kind, organ_id, name])?.as_ref().map(place).transpose()
}

/// Which places are wanted; empty texts narrow nothing.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Organs between bars, as `register::Organs::within` gives them; `None` is all.
    pub within: Option<String>,
    /// Of one kind.
    pub kind: String,
    /// In use on this day.
    pub on: String,
    /// With this in name or place.
    pub text: String,
    /// `name` or `set_up`, with `-` before it for the greatest first.
    pub order: String,
}

/// A page of the list.
pub fn page(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    wanted: &Wanted,
    limit: i64,
    offset: i64,
) -> Result<Vec<Place>, DbError> {
    let sql = sql!(
        "select * from notice_place
          where site_id = $1 and (cast($2 as text) is null or $2 like '%|' || organ_id || '|%')
            and ($3 = '' or kind = $3)
            and ($4 = '' or (set_up_on <= $4 and (removed_on is null or removed_on >= $4)))
            and (name like $5 escape '!' or place like $5 escape '!')
          order by case $6 when 'name' then name when 'set_up' then set_up_on end,
                   case $6 when '-name' then name when '-set_up' then set_up_on end desc,
                   kind, name, place_id
          limit $7 offset $8"
    );
    let Wanted { within, kind, on, text, order } = wanted;
    let rows = tx.query(sql, params![site_id, within, kind, on, like(text), order, limit, offset])?;
    rows.iter().map(place).collect()
}

/// How many of the wanted places each organ has, most first.
pub fn by_organ(tx: &mut Tx<'_>, site_id: &SiteId, wanted: &Wanted) -> Result<Vec<(OrganId, i64)>, DbError> {
    let sql = sql!(
        "select organ_id, count(*) as n from notice_place
          where site_id = $1 and (cast($2 as text) is null or $2 like '%|' || organ_id || '|%')
            and ($3 = '' or kind = $3)
            and ($4 = '' or (set_up_on <= $4 and (removed_on is null or removed_on >= $4)))
            and (name like $5 escape '!' or place like $5 escape '!')
          group by organ_id order by n desc, organ_id"
    );
    let Wanted { within, kind, on, text, .. } = wanted;
    let rows = tx.query(sql, params![site_id, within, kind, on, like(text)])?;
    rows.iter().map(|row| Ok((row.get("organ_id")?, row.get("n")?))).collect()
}

fn place(row: &Row) -> Result<Place, DbError> {
    let place = NewPlace {
        organ_id: row.get("organ_id")?,
        kind: row.get("kind")?,
        name: row.get("name")?,
        place: row.get("place")?,
        measure: row.get("measure")?,
        keeper: row.get("keeper")?,
        set_up_on: row.get("set_up_on")?,
        removed_on: row.get("removed_on")?,
    };
    Ok(Place { id: row.get("place_id")?, version: row.get("version")?, place })
}
