//! Articles with the index numbers of the records they show. Only reading.

use kit_db::{DbError, Row, Tx, params, sql};

use crate::{
    id::{OrganId, SiteId},
    register::like,
    wechat_article::{Article, queries},
};

/// An article with its record.
pub struct Listed {
    /// The article.
    pub article: Article,
    /// Index number (索引号) of the record it shows; empty where it shows none.
    pub index_number: String,
}

impl Listed {
    /// What people read of a field of the register; of its record the index number.
    pub fn value(&self, field: &str) -> String {
        if field == "record" { self.index_number.clone() } else { self.article.article.value(field) }
    }
}

/// One article.
pub fn one(tx: &mut Tx<'_>, site_id: &SiteId, id: &str) -> Result<Option<Listed>, DbError> {
    let sql = sql!(
        "select a.*, d.index_number from wechat_article a
           left join document d on d.site_id = a.site_id and d.document_id = a.document_id
          where a.site_id = $1 and a.article_id = $2"
    );
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(listed).transpose()
}

/// Which articles are wanted; empty texts narrow nothing.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Organs between bars, as `register::Organs::within` gives them; `None` is all.
    pub within: Option<String>,
    /// `live` or `withdrawn`.
    pub state: String,
    /// Published from this day on.
    pub from: String,
    /// Published up to this day.
    pub to: String,
    /// With this in the title, the account or the index number.
    pub text: String,
    /// `title`, `account` or `published`, with `-` before it for the greatest first.
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
        "select a.*, d.index_number from wechat_article a
           left join document d on d.site_id = a.site_id and d.document_id = a.document_id
          where a.site_id = $1 and (cast($2 as text) is null or $2 like '%|' || a.organ_id || '|%')
            and ($3 = '' or ($3 = 'live' and a.withdrawn_on is null)
                         or ($3 = 'withdrawn' and a.withdrawn_on is not null))
            and ($4 = '' or a.published_on >= $4) and ($5 = '' or a.published_on <= $5)
            and (a.title like $6 escape '!' or a.account like $6 escape '!' or d.index_number like $6 escape '!')
          order by case $7 when 'title' then a.title when 'account' then a.account
                           when 'published' then a.published_on end,
                   case $7 when '-title' then a.title when '-account' then a.account
                           when '-published' then a.published_on end desc,
                   a.article_id
          limit $8 offset $9"
    );
    let Wanted { within, state, from, to, text, order } = wanted;
    let values = params![site_id, within, state, from, to, like(text), order, limit, offset];
    tx.query(sql, values)?.iter().map(listed).collect()
}

/// How many of the wanted articles each organ has, most first.
pub fn by_organ(tx: &mut Tx<'_>, site_id: &SiteId, wanted: &Wanted) -> Result<Vec<(OrganId, i64)>, DbError> {
    let sql = sql!(
        "select a.organ_id, count(*) as n from wechat_article a
           left join document d on d.site_id = a.site_id and d.document_id = a.document_id
          where a.site_id = $1 and (cast($2 as text) is null or $2 like '%|' || a.organ_id || '|%')
            and ($3 = '' or ($3 = 'live' and a.withdrawn_on is null)
                         or ($3 = 'withdrawn' and a.withdrawn_on is not null))
            and ($4 = '' or a.published_on >= $4) and ($5 = '' or a.published_on <= $5)
            and (a.title like $6 escape '!' or a.account like $6 escape '!' or d.index_number like $6 escape '!')
          group by a.organ_id order by n desc, a.organ_id"
    );
    let Wanted { within, state, from, to, text, .. } = wanted;
    let rows = tx.query(sql, params![site_id, within, state, from, to, like(text)])?;
    rows.iter().map(|row| Ok((row.get("organ_id")?, row.get("n")?))).collect()
}

fn listed(row: &Row) -> Result<Listed, DbError> {
    let index_number: Option<String> = row.get("index_number")?;
    Ok(Listed { article: queries::article(row)?, index_number: index_number.unwrap_or_default() })
}
