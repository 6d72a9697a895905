//! The rows of articles.

use kit_db::{DbError, Row, Tx, params, sql};

use super::{Article, NewArticle};
use crate::{cx::Cx, id::SiteId};

/// No row where the account published an article of this title on the day already.
pub fn insert(tx: &mut Tx<'_>, cx: &Cx, id: &str, article: &NewArticle) -> Result<u64, DbError> {
    let sql = sql!(
        "insert into wechat_article
           (site_id, article_id, organ_id, document_id, account, title, address, published_on, withdrawn_on,
            withdrawn_reason, created_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)
         on conflict (site_id, account, published_on, title) do nothing"
    );
    let NewArticle { organ_id, document_id, account, title, address, published_on, .. } = article;
    let (withdrawn_on, reason) = (&article.withdrawn_on, &article.withdrawn_reason);
    tx.execute(
        sql,
        params![
            &cx.site_id,
            id,
            organ_id,
            document_id.clone(),
            account,
            title,
            address,
            published_on,
            withdrawn_on,
            reason,
            cx.at
        ],
    )
}

/// No row where somebody was faster.
pub fn update(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &str,
    article: &NewArticle,
    version: i64,
) -> Result<u64, DbError> {
    let sql = sql!(
        "update wechat_article set organ_id = $3, document_id = $4, account = $5, title = $6, address = $7,
                published_on = $8, withdrawn_on = $9, withdrawn_reason = $10, version = version + 1
          where site_id = $1 and article_id = $2 and version = $11"
    );
    let NewArticle { organ_id, document_id, account, title, address, published_on, .. } = article;
    let (withdrawn_on, reason) = (&article.withdrawn_on, &article.withdrawn_reason);
    tx.execute(
        sql,
        params![
            site_id,
            id,
            organ_id,
            document_id.clone(),
            account,
            title,
            address,
            published_on,
            withdrawn_on,
            reason,
            version
        ],
    )
}

pub fn by_id(tx: &mut Tx<'_>, site_id: &SiteId, id: &str) -> Result<Option<Article>, DbError> {
    let sql = sql!("select * from wechat_article where site_id = $1 and article_id = $2");
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(article).transpose()
}

/// The article of the same account, day and title.
pub fn by_key(tx: &mut Tx<'_>, site_id: &SiteId, wanted: &NewArticle) -> Result<Option<Article>, DbError> {
    let sql = sql!(
        "select * from wechat_article
          where site_id = $1 and account = $2 and published_on = $3 and title = $4"
    );
    let NewArticle { account, published_on, title, .. } = wanted;
    tx.query_opt(sql, params![site_id, account, published_on, title])?.as_ref().map(article).transpose()
}

/// An article from a row of the table, whatever is joined to it.
pub fn article(row: &Row) -> Result<Article, DbError> {
    let article = NewArticle {
        organ_id: row.get("organ_id")?,
        document_id: row.get("document_id")?,
        account: row.get("account")?,
        title: row.get("title")?,
        address: row.get("address")?,
        published_on: row.get("published_on")?,
        withdrawn_on: row.get("withdrawn_on")?,
        withdrawn_reason: row.get("withdrawn_reason")?,
    };
    Ok(Article { id: row.get("article_id")?, version: row.get("version")?, article })
}
