//! What public pages read: the views `live_document`, `public_edition`, `public_attachment`, `withdrawn_document` and
//! nothing else of documents, so that what is not public cannot be reached from here (migration 0005).

use kit_db::{DbError, Row, Tx, params, sql};

use crate::{
    error::Result,
    id::{ColumnId, DocumentId, EditionId, OrganId, SiteId},
};

/// A line of a list.
#[derive(Debug, Clone)]
pub struct Listed {
    pub document_id: DocumentId,
    pub content_type: String,
    pub column_id: ColumnId,
    pub public_number: i64,
    pub title: String,
    pub document_number: Option<String>,
    pub issuing_organ: String,
    pub issuing_organ_id: Option<OrganId>,
    pub written_on: Option<String>,
    pub listed_on: String,
    pub first_published_at: i64,
    pub validity: String,
    pub summary: String,
}

/// A live document with everything its page shows.
#[derive(Debug, Clone)]
pub struct Live {
    pub listed: Listed,
    pub edition_id: EditionId,
    pub index_number: String,
    pub in_force_on: Option<String>,
    pub expires_on: Option<String>,
    pub repealed_on: Option<String>,
    pub subject_category: Option<String>,
    pub genre: Option<String>,
    pub keywords: Vec<String>,
    pub source: Option<String>,
    pub body_html: String,
    pub body_text: String,
    pub published_on: Option<String>,
}

/// A public version.
#[derive(Debug, Clone)]
pub struct Version {
    pub edition_id: EditionId,
    pub number: i64,
    pub title: String,
    pub document_number: Option<String>,
    pub issuing_organ: String,
    pub written_on: Option<String>,
    pub summary: String,
    pub body_html: String,
    pub body_text: String,
    pub change_note: Option<String>,
    pub live_at: i64,
    pub current: bool,
}

/// A public file.
#[derive(Debug, Clone)]
pub struct PublicFile {
    pub name: String,
    pub media_type: String,
    pub size: i64,
    pub sha256: String,
}

/// A link between two live documents, seen from one of them.
#[derive(Debug, Clone)]
pub struct Linked {
    pub kind: String,
    /// Whether the page's document is the one the link starts from.
    pub outgoing: bool,
    pub other: Listed,
}

/// A document that was public once.
#[derive(Debug, Clone)]
pub struct Withdrawn {
    pub withdrawn_at: i64,
    pub reason: String,
    pub note: String,
}

pub fn live_by_number(tx: &mut Tx<'_>, site_id: &SiteId, number: i64) -> Result<Option<Live>> {
    let sql = sql!("select * from live_document where site_id = $1 and public_number = $2");
    tx.query_opt(sql, params![site_id, number])?.as_ref().map(live).transpose()
}

pub fn live_by_id(tx: &mut Tx<'_>, site_id: &SiteId, id: &DocumentId) -> Result<Option<Live>> {
    let sql = sql!("select * from live_document where site_id = $1 and document_id = $2");
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(live).transpose()
}

/// The line of one document, if it is public.
pub fn listed_by_id(tx: &mut Tx<'_>, site_id: &SiteId, id: &DocumentId) -> Result<Option<Listed>, DbError> {
    let sql = sql!("select * from live_line where site_id = $1 and document_id = $2");
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(listed).transpose()
}

/// Documents of a column and of every column below it, the newest first.
pub fn in_column(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    column_id: &ColumnId,
    limit: i64,
    offset: i64,
) -> Result<Vec<Listed>, DbError> {
    let sql = sql!(
        "with recursive below (column_id) as (
           select column_id from site_column where site_id = $1 and column_id = $2
           union
           select c.column_id from site_column c join below b on c.parent_column_id = b.column_id where c.site_id = $1)
         select * from live_line where site_id = $1 and column_id in (select column_id from below)
          order by listed_on desc, public_number desc limit $3 offset $4"
    );
    tx.query(sql, params![site_id, column_id, limit, offset])?.iter().map(listed).collect()
}

/// The newest documents of the whole site.
pub fn newest(tx: &mut Tx<'_>, site_id: &SiteId, limit: i64) -> Result<Vec<Listed>, DbError> {
    let sql = sql!(
        "select * from live_line where site_id = $1 order by listed_on desc, public_number desc limit $2"
    );
    tx.query(sql, params![site_id, limit])?.iter().map(listed).collect()
}

/// Documents of one content type, the newest first.
pub fn of_content_type(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    content_type: &str,
    limit: i64,
) -> Result<Vec<Listed>, DbError> {
    let sql = sql!(
        "select * from live_line where site_id = $1 and content_type = $2
          order by listed_on desc, public_number desc limit $3"
    );
    tx.query(sql, params![site_id, content_type, limit])?.iter().map(listed).collect()
}

/// Documents of one organ, the newest first.
pub fn of_organ(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    organ_id: &OrganId,
    limit: i64,
) -> Result<Vec<Listed>, DbError> {
    let sql = sql!(
        "select * from live_line where site_id = $1 and issuing_organ_id = $2
          order by listed_on desc, public_number desc limit $3"
    );
    tx.query(sql, params![site_id, organ_id, limit])?.iter().map(listed).collect()
}

/// How many public documents each column has of its own.
pub fn counts_by_column(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Vec<(ColumnId, i64)>, DbError> {
    let sql =
        sql!("select column_id, count(*) as n from live_document where site_id = $1 group by column_id");
    let rows = tx.query(sql, params![site_id])?;
    rows.iter().map(|row| Ok((row.get("column_id")?, row.get("n")?))).collect()
}

/// How many public documents each organ has.
pub fn counts_by_organ(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Vec<(OrganId, i64)>, DbError> {
    let sql = sql!(
        "select issuing_organ_id, count(*) as n from live_document
          where site_id = $1 and issuing_organ_id is not null group by issuing_organ_id"
    );
    let rows = tx.query(sql, params![site_id])?;
    rows.iter().map(|row| Ok((row.get("issuing_organ_id")?, row.get("n")?))).collect()
}

/// How many public documents have each validity.
pub fn counts_by_validity(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Vec<(String, i64)>, DbError> {
    let sql = sql!("select validity, count(*) as n from live_document where site_id = $1 group by validity");
    let rows = tx.query(sql, params![site_id])?;
    rows.iter().map(|row| Ok((row.get("validity")?, row.get("n")?))).collect()
}

/// The public versions of a document, the newest first.
pub fn versions(tx: &mut Tx<'_>, site_id: &SiteId, number: i64) -> Result<Vec<Version>> {
    let sql = sql!(
        "select edition_id, number, state, title, document_number, issuing_organ, written_on, summary, body_html,
                body_text, change_note, live_at
           from public_edition where site_id = $1 and public_number = $2 order by number desc"
    );
    tx.query(sql, params![site_id, number])?.iter().map(version).collect()
}

/// How many versions of a document are public.
pub fn count_versions(tx: &mut Tx<'_>, site_id: &SiteId, number: i64) -> Result<i64, DbError> {
    let sql = sql!("select count(*) as n from public_edition where site_id = $1 and public_number = $2");
    tx.query_one(sql, params![site_id, number])?.get("n")
}

pub fn files(tx: &mut Tx<'_>, site_id: &SiteId, edition_id: &EditionId) -> Result<Vec<PublicFile>, DbError> {
    let sql = sql!(
        "select name, media_type, size, sha256 from public_attachment
          where site_id = $1 and edition_id = $2 order by position"
    );
    tx.query(sql, params![site_id, edition_id])?.iter().map(file).collect()
}

/// A public file by the beginning of its hash; the name of the newest version that carries it.
pub fn file_by_address(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    number: i64,
    sha256_prefix: &str,
) -> Result<Option<PublicFile>, DbError> {
    let sql = sql!(
        "select name, media_type, size, sha256 from public_attachment
          where site_id = $1 and public_number = $2 and substr(sha256, 1, 16) = $3
          order by edition_number desc, position limit 1"
    );
    tx.query_opt(sql, params![site_id, number, sha256_prefix])?.as_ref().map(file).transpose()
}

/// Links of a document in both directions, as far as the other side is public.
pub fn links(tx: &mut Tx<'_>, site_id: &SiteId, id: &DocumentId) -> Result<Vec<Linked>, DbError> {
    let outgoing = sql!(
        "select l.kind, o.*
           from document_link l
           join live_line o on o.site_id = l.site_id and o.document_id = l.to_document_id
          where l.site_id = $1 and l.from_document_id = $2 order by o.listed_on desc, o.public_number"
    );
    let incoming = sql!(
        "select l.kind, o.*
           from document_link l
           join live_line o on o.site_id = l.site_id and o.document_id = l.from_document_id
          where l.site_id = $1 and l.to_document_id = $2 order by o.listed_on desc, o.public_number"
    );
    let mut links = Vec::new();
    for (sql, outgoing) in [(outgoing, true), (incoming, false)] {
        for row in tx.query(sql, params![site_id, id])? {
            links.push(Linked { kind: row.get("kind")?, outgoing, other: listed(&row)? });
        }
    }
    Ok(links)
}

/// The documents that a document is linked with, public or not: whose pages change when it appears or goes. Shown to
/// nobody.
pub fn neighbours(tx: &mut Tx<'_>, site_id: &SiteId, id: &DocumentId) -> Result<Vec<DocumentId>, DbError> {
    let sql = sql!(
        "select to_document_id as other from document_link where site_id = $1 and from_document_id = $2
         union
         select from_document_id as other from document_link where site_id = $1 and to_document_id = $2"
    );
    tx.query(sql, params![site_id, id])?.iter().map(|row| row.get("other")).collect()
}

pub fn withdrawn(tx: &mut Tx<'_>, site_id: &SiteId, number: i64) -> Result<Option<Withdrawn>, DbError> {
    let sql = sql!(
        "select withdrawn_at, withdrawn_reason, withdrawn_note from withdrawn_document
          where site_id = $1 and public_number = $2"
    );
    let row = tx.query_opt(sql, params![site_id, number])?;
    row.map(|row| {
        Ok(Withdrawn {
            withdrawn_at: row.get("withdrawn_at")?,
            reason: row.get("withdrawn_reason")?,
            note: row.get("withdrawn_note")?,
        })
    })
    .transpose()
}

/// The public number of the live document that was imported from an address of an earlier site.
pub fn number_of_source(tx: &mut Tx<'_>, site_id: &SiteId, url: &str) -> Result<Option<i64>, DbError> {
    let sql = sql!(
        "select d.public_number from import_source s
           join live_document d on d.site_id = s.site_id and d.document_id = s.document_id
          where s.site_id = $1 and s.source_url = $2"
    );
    tx.query_opt(sql, params![site_id, url])?.map(|row| row.get("public_number")).transpose()
}

/// Public numbers with the moment their live edition began, for the site map of search engines.
pub fn numbers(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, i64)>, DbError> {
    let sql = sql!(
        "select public_number, live_at from live_document
          where site_id = $1 and public_number > $2 order by public_number limit $3"
    );
    let rows = tx.query(sql, params![site_id, after, limit])?;
    rows.iter().map(|row| Ok((row.get("public_number")?, row.get("live_at")?))).collect()
}

fn listed(row: &Row) -> Result<Listed, DbError> {
    Ok(Listed {
        document_id: row.get("document_id")?,
        content_type: row.get("content_type")?,
        column_id: row.get("column_id")?,
        public_number: row.get("public_number")?,
        title: row.get("title")?,
        document_number: row.get("document_number")?,
        issuing_organ: row.get("issuing_organ")?,
        issuing_organ_id: row.get("issuing_organ_id")?,
        written_on: row.get("written_on")?,
        listed_on: row.get("listed_on")?,
        first_published_at: row.get("first_published_at")?,
        validity: row.get("validity")?,
        summary: row.get("summary")?,
    })
}

fn live(row: &Row) -> Result<Live> {
    Ok(Live {
        listed: listed(row)?,
        edition_id: row.get("edition_id")?,
        index_number: row.get("index_number")?,
        in_force_on: row.get("in_force_on")?,
        expires_on: row.get("expires_on")?,
        repealed_on: row.get("repealed_on")?,
        subject_category: row.get("subject_category")?,
        genre: row.get("genre")?,
        keywords: serde_json::from_str(&row.get::<String>("keywords")?)?,
        source: row.get("source")?,
        body_html: row.get("body_html")?,
        body_text: row.get("body_text")?,
        published_on: row.get("published_on")?,
    })
}

fn version(row: &Row) -> Result<Version> {
    Ok(Version {
        edition_id: row.get("edition_id")?,
        number: row.get("number")?,
        title: row.get("title")?,
        document_number: row.get("document_number")?,
        issuing_organ: row.get("issuing_organ")?,
        written_on: row.get("written_on")?,
        summary: row.get("summary")?,
        body_html: row.get("body_html")?,
        body_text: row.get("body_text")?,
        change_note: row.get("change_note")?,
        live_at: row.get("live_at")?,
        current: row.get::<String>("state")? == "live",
    })
}

fn file(row: &Row) -> Result<PublicFile, DbError> {
    Ok(PublicFile {
        name: row.get("name")?,
        media_type: row.get("media_type")?,
        size: row.get("size")?,
        sha256: row.get("sha256")?,
    })
}

/// Documents of the columns of a key area and of every column below them, the newest first.
pub fn in_key_area(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    key_area: &str,
    limit: i64,
    offset: i64,
) -> Result<Vec<Listed>, DbError> {
    let sql = sql!(
        "with recursive below (column_id) as (
           select column_id from site_column where site_id = $1 and key_area = $2
           union
           select c.column_id from site_column c join below b on c.parent_column_id = b.column_id where c.site_id = $1)
         select * from live_line where site_id = $1 and column_id in (select column_id from below)
          order by listed_on desc, public_number desc limit $3 offset $4"
    );
    tx.query(sql, params![site_id, key_area, limit, offset])?.iter().map(listed).collect()
}
