//! Cases with the service items they were handled under. Only reading.

use kit_db::{DbError, Row, Tx, params, sql};

use crate::{
    id::{OrganId, SiteId},
    register::like,
    service_case::{Case, queries},
};

/// A case with its item.
pub struct Listed {
    /// The case.
    pub case: Case,
    /// Code of its item; empty where it has none.
    pub item_code: String,
    /// Name of its item.
    pub item_name: String,
}

impl Listed {
    /// What people read of a field of the register; of its item the code.
    pub fn value(&self, field: &str) -> String {
        if field == "item" { self.item_code.clone() } else { self.case.case.value(field) }
    }
}

/// One case.
pub fn one(tx: &mut Tx<'_>, site_id: &SiteId, id: &str) -> Result<Option<Listed>, DbError> {
    let sql = sql!(
        "select c.*, i.code as item_code, i.name as item_name from service_case c
           left join service_item i on i.site_id = c.site_id and i.item_id = c.item_id
          where c.site_id = $1 and c.case_id = $2"
    );
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(listed).transpose()
}

/// Which cases are wanted; empty texts narrow nothing.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Organs between bars, as `register::Organs::within` gives them; `None` is all.
    pub within: Option<String>,
    /// By one route.
    pub route: String,
    /// Handled in one way.
    pub handling: String,
    /// Accepted from this day on.
    pub from: String,
    /// Accepted up to this day.
    pub to: String,
    /// With this in the number or in the item's name or code.
    pub text: String,
    /// `number`, `accepted` or `closed`, with `-` before it for the greatest first.
    pub order: String,
}

/// A page of the list.
pub fn page(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    wanted: &Wanted,
    limit: i64,
    offset: i64,
) -> Result<Vec<Listed>, DbError> {
    let sql = sql!(
        "select c.*, i.code as item_code, i.name as item_name from service_case c
           left join service_item i on i.site_id = c.site_id and i.item_id = c.item_id
          where c.site_id = $1 and (cast($2 as text) is null or $2 like '%|' || c.organ_id || '|%')
            and ($3 = '' or c.route = $3) and ($4 = '' or c.handling = $4)
            and ($5 = '' or c.accepted_on >= $5) and ($6 = '' or c.accepted_on <= $6)
            and ($7 = '%%' or c.number like $7 escape '!' or i.name like $7 escape '!' or i.code like $7 escape '!')
          order by case $8 when 'number' then c.number when 'accepted' then c.accepted_on
                           when 'closed' then coalesce(c.closed_on, '') end,
                   case $8 when '-number' then c.number when '-accepted' then c.accepted_on
                           when '-closed' then coalesce(c.closed_on, '') end desc,
                   c.number
          limit $9 offset $10"
    );
    let Wanted { within, route, handling, from, to, text, order } = wanted;
    let text = like(text);
    let values = params![site_id, within, route, handling, from, to, text, order, limit, offset];
    tx.query(sql, values)?.iter().map(listed).collect()
}

/// How many of the wanted cases each organ has, most first.
pub fn by_organ(tx: &mut Tx<'_>, site_id: &SiteId, wanted: &Wanted) -> Result<Vec<(OrganId, i64)>, DbError> {
    let sql = sql!(
        "select c.organ_id, count(*) as n from service_case c
           left join service_item i on i.site_id = c.site_id and i.item_id = c.item_id
          where c.site_id = $1 and (cast($2 as text) is null or $2 like '%|' || c.organ_id || '|%')
            and ($3 = '' or c.route = $3) and ($4 = '' or c.handling = $4)
            and ($5 = '' or c.accepted_on >= $5) and ($6 = '' or c.accepted_on <= $6)
            and ($7 = '%%' or c.number like $7 escape '!' or i.name like $7 escape '!' or i.code like $7 escape '!')
          group by c.organ_id order by n desc, c.organ_id"
    );
    let Wanted { within, route, handling, from, to, text, .. } = wanted;
    let rows = tx.query(sql, params![site_id, within, route, handling, from, to, like(text)])?;
    rows.iter().map(|row| Ok((row.get("organ_id")?, row.get("n")?))).collect()
}

fn listed(row: &Row) -> Result<Listed, DbError> {
    let text = |name: &str| Ok::<_, DbError>(row.get::<Option<String>>(name)?.unwrap_or_default());
    Ok(Listed { case: queries::case(row)?, item_code: text("item_code")?, item_name: text("item_name")? })
}
