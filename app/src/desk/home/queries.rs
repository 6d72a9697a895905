//! What the home, the calendar and the search of the desk read across features.

use kit_db::{DbError, Row, Tx, params, sql};

use rules::review::Stage;

use crate::{
    id::{DocumentId, EditionId, OrganId, SiteId},
    review::stage_of_words,
};

/// A text that is being written or waits for its hour.
#[derive(Debug, Clone)]
pub struct OpenEdition {
    pub edition_id: EditionId,
    pub document_id: DocumentId,
    pub title: String,
    pub content_type: String,
    pub column: String,
    pub written_on: Option<String>,
    pub publish_at: Option<i64>,
    pub created_at: i64,
    pub created_by: String,
    /// Whether the document has been public before: then this is a correction.
    pub is_correction: bool,
    /// Where it stands on its way; none before it was first submitted.
    pub stage: Option<Stage>,
}

/// Texts being written that an organ answers for, or all of the site, the newest first.
pub fn open_editions(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    organ_id: Option<&OrganId>,
    limit: i64,
) -> Result<Vec<OpenEdition>, DbError> {
    let sql = sql!(
        "select e.edition_id, e.document_id, e.title, d.content_type, c.name as column_name, e.written_on,
                e.publish_at, e.created_at, e.created_by, d.first_published_at is not null as is_correction,
                r.stage, r.round
         from edition e
         join document d on d.site_id = e.site_id and d.document_id = e.document_id
         join site_column c on c.site_id = d.site_id and c.column_id = d.column_id
         left join review_case r on r.site_id = e.site_id and r.edition_id = e.edition_id
         where e.site_id = $1 and e.state in ('draft', 'scheduled')
           and (cast($2 as text) is null or d.responsible_organ_id = $2)
         order by e.created_at desc, e.edition_id desc limit $3"
    );
    tx.query(sql, params![site_id, organ_id, limit])?.iter().map(open_edition).collect()
}

/// Texts being written whose title or 文号 holds `pattern` (a `like` pattern with `\` before its own signs).
pub fn find_open(tx: &mut Tx<'_>, site_id: &SiteId, pattern: &str) -> Result<Vec<OpenEdition>, DbError> {
    let sql = sql!(
        "select e.edition_id, e.document_id, e.title, d.content_type, c.name as column_name, e.written_on,
                e.publish_at, e.created_at, e.created_by, d.first_published_at is not null as is_correction,
                r.stage, r.round
         from edition e
         join document d on d.site_id = e.site_id and d.document_id = e.document_id
         join site_column c on c.site_id = d.site_id and c.column_id = d.column_id
         left join review_case r on r.site_id = e.site_id and r.edition_id = e.edition_id
         where e.site_id = $1 and e.state in ('draft', 'scheduled')
           and (e.title like $2 escape '\\' or e.document_number like $2 escape '\\')
         order by e.created_at desc, e.edition_id desc limit 200"
    );
    tx.query(sql, params![site_id, pattern])?.iter().map(open_edition).collect()
}

fn open_edition(row: &Row) -> Result<OpenEdition, DbError> {
    let stage: Option<String> = row.get("stage")?;
    let round: Option<i64> = row.get("round")?;
    Ok(OpenEdition {
        edition_id: row.get("edition_id")?,
        document_id: row.get("document_id")?,
        title: row.get("title")?,
        content_type: row.get("content_type")?,
        column: row.get("column_name")?,
        written_on: row.get("written_on")?,
        publish_at: row.get("publish_at")?,
        created_at: row.get("created_at")?,
        created_by: row.get("created_by")?,
        is_correction: row.get("is_correction")?,
        stage: stage.and_then(|word| stage_of_words(&word, round.unwrap_or_default())),
    })
}

/// A record that was published.
#[derive(Debug, Clone)]
pub struct Published {
    pub document_id: DocumentId,
    pub public_number: i64,
    pub title: String,
    pub document_number: Option<String>,
    pub issuing_organ: String,
    pub listed_on: String,
}

/// The newest records that an organ answers for, or of the whole site.
pub fn newest_live(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    organ_id: Option<&OrganId>,
    limit: i64,
) -> Result<Vec<Published>, DbError> {
    let sql = sql!(
        "select d.document_id, d.public_number, e.title, e.document_number, e.issuing_organ, d.listed_on
         from document d
         join edition e on e.site_id = d.site_id and e.edition_id = d.live_edition_id
         where d.site_id = $1 and d.state = 'live' and (cast($2 as text) is null or d.responsible_organ_id = $2)
         order by d.listed_on desc, d.public_number desc limit $3"
    );
    tx.query(sql, params![site_id, organ_id, limit])?.iter().map(published).collect()
}

/// A record by its id, if it is live.
pub fn live(tx: &mut Tx<'_>, site_id: &SiteId, id: &DocumentId) -> Result<Option<Published>, DbError> {
    let sql = sql!(
        "select d.document_id, d.public_number, e.title, e.document_number, e.issuing_organ, d.listed_on
         from document d
         join edition e on e.site_id = d.site_id and e.edition_id = d.live_edition_id
         where d.site_id = $1 and d.document_id = $2 and d.state = 'live'"
    );
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(published).transpose()
}

fn published(row: &Row) -> Result<Published, DbError> {
    Ok(Published {
        document_id: row.get("document_id")?,
        public_number: row.get("public_number")?,
        title: row.get("title")?,
        document_number: row.get("document_number")?,
        issuing_organ: row.get("issuing_organ")?,
        listed_on: row.get("listed_on")?,
    })
}
