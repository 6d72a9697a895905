//! The rows of documents and editions, for those who may see all of them. Public pages read the views instead
//! (`portal::queries`).

use kit_db::{DbError, Row, Tx, params, sql};

use super::{ChangeReason, Content, Document, Edition, Keeper, LiveDocument, NewDocument};
use crate::{
    cx::Cx,
    error::Result,
    id::{ColumnId, DocumentId, EditionId, OrganId, SiteId},
};

/// Inserts a draft; `responsible` is the organ whose officers may work on it.
pub fn insert(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: &DocumentId,
    new: &NewDocument,
    responsible: Option<&OrganId>,
) -> Result<(), DbError> {
    let sql = sql!(
        "insert into document (site_id, document_id, content_type, column_id, state, validity, created_at, version,
                               responsible_organ_id)
         values ($1, $2, $3, $4, 'draft', 'unstated', $5, 1,
                 coalesce($6, (select owner_organ_id from site_column where site_id = $1 and column_id = $4)))"
    );
    tx.execute(sql, params![&cx.site_id, id, &new.content_type, &new.column_id, cx.at, responsible])?;
    Ok(())
}

/// The record that bears an index number (索引号).
pub fn by_index_number(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    number: &str,
) -> Result<Option<DocumentId>, DbError> {
    let sql = sql!("select document_id from document where site_id = $1 and index_number = $2");
    tx.query_opt(sql, params![site_id, number])?.map(|row| row.get("document_id")).transpose()
}

/// Makes another organ answer for a document.
/// Puts every document of a column into another; the documents moved.
pub fn replace_column(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    from: &ColumnId,
    to: &ColumnId,
) -> Result<Vec<DocumentId>, DbError> {
    let sql = sql!(
        "update document set column_id = $3 where site_id = $1 and column_id = $2 returning document_id"
    );
    tx.query(sql, params![site_id, from, to])?.iter().map(|row| row.get("document_id")).collect()
}

pub fn replace_responsible(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    from: &OrganId,
    to: &OrganId,
) -> Result<u64, DbError> {
    let sql = sql!(
        "update document set responsible_organ_id = $3 where site_id = $1 and responsible_organ_id = $2"
    );
    tx.execute(sql, params![site_id, from, to])
}

pub fn set_responsible(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &DocumentId,
    organ_id: &OrganId,
) -> Result<(), DbError> {
    let sql = sql!("update document set responsible_organ_id = $3 where site_id = $1 and document_id = $2");
    tx.execute(sql, params![site_id, id, organ_id])?;
    Ok(())
}

pub fn insert_edition(tx: &mut Tx<'_>, cx: &Cx, edition: &Edition) -> Result<()> {
    let sql = sql!(
        "insert into edition (site_id, edition_id, document_id, number, state, title, printed_index_number,
                              document_number, issuing_organ, issuing_organ_id, written_on, published_on, in_force_on,
                              expires_on, declared_validity, subject_category, genre, disclosure_class,
                              disclosure_reason, summary, keywords, source, body_html, body_text, created_at,
                              created_by, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
                 $23, $24, $25, $26, 1)"
    );
    let c = &edition.content;
    tx.execute(
        sql,
        params![
            &cx.site_id,
            &edition.id,
            &edition.document_id,
            edition.number,
            &edition.state,
            &c.title,
            &c.printed_index_number,
            &c.document_number,
            &c.issuing_organ,
            &c.issuing_organ_id,
            &c.written_on,
            &c.published_on,
            &c.in_force_on,
            &c.expires_on,
            &c.declared_validity,
            &c.subject_category,
            &c.genre,
            &c.disclosure_class,
            &c.disclosure_reason,
            &c.summary,
            serde_json::to_string(&c.keywords)?,
            &c.source,
            &c.body_html,
            &c.body_text,
            cx.at,
            &cx.actor,
        ],
    )?;
    Ok(())
}

/// Replaces the content of an edition that is still a draft, where one is given only if it still has that version;
/// gives the new version, none where nothing was changed.
pub fn update_draft(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &EditionId,
    expected: Option<i64>,
    c: &Content,
) -> Result<Option<i64>> {
    let sql = sql!(
        "update edition set title = $3, printed_index_number = $4, document_number = $5, issuing_organ = $6,
                issuing_organ_id = $7, written_on = $8, published_on = $9, in_force_on = $10, expires_on = $11,
                declared_validity = $12, subject_category = $13, genre = $14, disclosure_class = $15,
                disclosure_reason = $16, summary = $17, keywords = $18, source = $19, body_html = $20,
                body_text = $21, version = version + 1
         where site_id = $1 and edition_id = $2 and state = 'draft'
           and version = coalesce(cast($22 as bigint), version)
         returning version"
    );
    let row = tx.query_opt(
        sql,
        params![
            site_id,
            id,
            &c.title,
            &c.printed_index_number,
            &c.document_number,
            &c.issuing_organ,
            &c.issuing_organ_id,
            &c.written_on,
            &c.published_on,
            &c.in_force_on,
            &c.expires_on,
            &c.declared_validity,
            &c.subject_category,
            &c.genre,
            &c.disclosure_class,
            &c.disclosure_reason,
            &c.summary,
            serde_json::to_string(&c.keywords)?,
            &c.source,
            &c.body_html,
            &c.body_text,
            expected,
        ],
    )?;
    Ok(row.map(|row| row.get("version")).transpose()?)
}

/// What keeps a document, if anything does.
pub fn keeper(tx: &mut Tx<'_>, site_id: &SiteId, id: &DocumentId) -> Result<Option<Keeper>, DbError> {
    let sql = sql!("select * from document_keeper where site_id = $1 and document_id = $2");
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(keeper_of).transpose()
}

/// The same of the document of an edition.
pub fn keeper_of_edition(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &EditionId,
) -> Result<Option<Keeper>, DbError> {
    let sql = sql!(
        "select k.* from edition e
           join document_keeper k on k.site_id = e.site_id and k.document_id = e.document_id
          where e.site_id = $1 and e.edition_id = $2"
    );
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(keeper_of).transpose()
}

fn keeper_of(row: &Row) -> Result<Keeper, DbError> {
    Ok(Keeper { object_kind: row.get("object_kind")?, object_id: row.get("object_id")? })
}

pub fn insert_keeper(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &DocumentId,
    keeper: &Keeper,
) -> Result<(), DbError> {
    let sql = sql!(
        "insert into document_keeper (site_id, document_id, object_kind, object_id) values ($1, $2, $3, $4)
         on conflict (site_id, document_id) do update set object_kind = excluded.object_kind, object_id = excluded.object_id"
    );
    tx.execute(sql, params![site_id, id, &keeper.object_kind, &keeper.object_id])?;
    Ok(())
}

pub fn delete_keeper(tx: &mut Tx<'_>, site_id: &SiteId, id: &DocumentId) -> Result<(), DbError> {
    let sql = sql!("delete from document_keeper where site_id = $1 and document_id = $2");
    tx.execute(sql, params![site_id, id])?;
    Ok(())
}

/// Removes an edition that is still a draft; 0 or 1 rows.
pub fn delete_draft(tx: &mut Tx<'_>, site_id: &SiteId, id: &EditionId) -> Result<u64, DbError> {
    let sql = sql!("delete from edition where site_id = $1 and edition_id = $2 and state = 'draft'");
    tx.execute(sql, params![site_id, id])
}

/// Removes a document that has no edition left.
pub fn delete_empty(tx: &mut Tx<'_>, site_id: &SiteId, id: &DocumentId) -> Result<u64, DbError> {
    let sql = sql!(
        "delete from document where site_id = $1 and document_id = $2
            and not exists (select 1 from edition where edition.site_id = $1 and edition.document_id = $2)"
    );
    tx.execute(sql, params![site_id, id])
}

pub fn set_change_reason(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &EditionId,
    reason: ChangeReason<'_>,
) -> Result<(), DbError> {
    let sql = sql!(
        "update edition set change_reason = $3, change_note = $4 where site_id = $1 and edition_id = $2"
    );
    tx.execute(sql, params![site_id, id, reason.code, reason.note])?;
    Ok(())
}

/// Why an edition replaces the live one, and what it changes.
pub fn change_reason(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &EditionId,
) -> Result<(Option<String>, Option<String>), DbError> {
    let sql = sql!("select change_reason, change_note from edition where site_id = $1 and edition_id = $2");
    let row = tx.query_one(sql, params![site_id, id])?;
    Ok((row.get("change_reason")?, row.get("change_note")?))
}

/// Notes that the actor changed an edition.
pub fn add_author(tx: &mut Tx<'_>, cx: &Cx, id: &EditionId) -> Result<(), DbError> {
    let sql = sql!(
        "insert into edition_author (site_id, edition_id, actor, first_at, last_at) values ($1, $2, $3, $4, $4)
         on conflict (site_id, edition_id, actor) do update set last_at = $4"
    );
    tx.execute(sql, params![&cx.site_id, id, &cx.actor, cx.at])?;
    Ok(())
}

/// Who made and who changed an edition.
pub fn authors(tx: &mut Tx<'_>, site_id: &SiteId, id: &EditionId) -> Result<Vec<String>, DbError> {
    let sql = sql!(
        "select created_by as actor from edition where site_id = $1 and edition_id = $2
         union select actor from edition_author where site_id = $1 and edition_id = $2 order by actor"
    );
    tx.query(sql, params![site_id, id])?.iter().map(|row| row.get("actor")).collect()
}

/// Who changed an edition last, where somebody did after it was made.
pub fn newest_author(tx: &mut Tx<'_>, site_id: &SiteId, id: &EditionId) -> Result<Option<String>, DbError> {
    let sql = sql!(
        "select actor from edition_author where site_id = $1 and edition_id = $2 order by last_at desc, actor limit 1"
    );
    tx.query_opt(sql, params![site_id, id])?.map(|row| row.get("actor")).transpose()
}

/// Marks an edition's files as changed; its text keeps its version, so that whoever writes on is not told of a conflict.
pub fn touch(tx: &mut Tx<'_>, cx: &Cx, id: &EditionId) -> Result<(), DbError> {
    let sql =
        sql!("update edition set files_version = files_version + 1 where site_id = $1 and edition_id = $2");
    tx.execute(sql, params![&cx.site_id, id])?;
    Ok(())
}

pub fn by_id(tx: &mut Tx<'_>, site_id: &SiteId, id: &DocumentId) -> Result<Option<Document>> {
    let sql = sql!("select * from document where site_id = $1 and document_id = $2");
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(document).transpose()
}

pub fn by_public_number(tx: &mut Tx<'_>, site_id: &SiteId, number: i64) -> Result<Option<Document>> {
    let sql = sql!("select * from document where site_id = $1 and public_number = $2");
    tx.query_opt(sql, params![site_id, number])?.as_ref().map(document).transpose()
}

/// The title of a live document, other than `except`, that bears a 文号.
pub fn title_by_document_number(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    number: &str,
    except: Option<&DocumentId>,
) -> Result<Option<String>, DbError> {
    let sql = sql!(
        "select e.title from edition e
           join document d on d.site_id = e.site_id and d.live_edition_id = e.edition_id
          where e.site_id = $1 and e.document_number = $2 and d.state = 'live' and d.document_id <> $3
          order by d.public_number limit 1"
    );
    let except = except.map_or("", |id| id.0.as_str());
    tx.query_opt(sql, params![site_id, number, except])?.map(|row| row.get("title")).transpose()
}

/// What readers see of a document; none while it is not live.
pub fn live_content(tx: &mut Tx<'_>, site_id: &SiteId, id: &DocumentId) -> Result<Option<Content>> {
    let sql = sql!(
        "select e.* from document d
           join edition e on e.site_id = d.site_id and e.edition_id = d.live_edition_id
          where d.site_id = $1 and d.document_id = $2 and d.state = 'live' and e.state = 'live'"
    );
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(content).transpose()
}

/// Live documents in the order of their public numbers, from the one behind `after` on.
pub fn live_after(tx: &mut Tx<'_>, site_id: &SiteId, after: i64, limit: i64) -> Result<Vec<LiveDocument>> {
    let sql = sql!(
        "select e.*, d.content_type, d.column_id, d.public_number from document d
           join edition e on e.site_id = d.site_id and e.edition_id = d.live_edition_id
          where d.site_id = $1 and d.public_number > $2 and d.state = 'live' and e.state = 'live'
          order by d.public_number limit $3"
    );
    let live = |row: &Row| {
        Ok(LiveDocument {
            document_id: row.get("document_id")?,
            edition_id: row.get("edition_id")?,
            content_type: row.get("content_type")?,
            column_id: row.get("column_id")?,
            public_number: row.get("public_number")?,
            content: content(row)?,
        })
    };
    tx.query(sql, params![site_id, after, limit])?.iter().map(live).collect()
}

/// Number of live documents.
pub fn count_live(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<u64, DbError> {
    let sql = sql!("select count(*) as n from document where site_id = $1 and state = 'live'");
    let n: i64 = tx.query_one(sql, params![site_id])?.get("n")?;
    Ok(u64::try_from(n).unwrap_or_default())
}

pub fn edition(tx: &mut Tx<'_>, site_id: &SiteId, id: &EditionId) -> Result<Option<Edition>> {
    let sql = sql!("select * from edition where site_id = $1 and edition_id = $2");
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(edition_of).transpose()
}

pub fn newest_edition(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    document_id: &DocumentId,
) -> Result<Option<Edition>> {
    let sql =
        sql!("select * from edition where site_id = $1 and document_id = $2 order by number desc limit 1");
    tx.query_opt(sql, params![site_id, document_id])?.as_ref().map(edition_of).transpose()
}

fn document(row: &Row) -> Result<Document> {
    Ok(Document {
        id: row.get("document_id")?,
        content_type: row.get("content_type")?,
        column_id: row.get("column_id")?,
        state: row.get("state")?,
        index_number: row.get("index_number")?,
        public_number: row.get("public_number")?,
        first_published_at: row.get("first_published_at")?,
        live_edition_id: row.get("live_edition_id")?,
        responsible_organ_id: row.get("responsible_organ_id")?,
    })
}

fn edition_of(row: &Row) -> Result<Edition> {
    Ok(Edition {
        id: row.get("edition_id")?,
        document_id: row.get("document_id")?,
        number: row.get("number")?,
        state: row.get("state")?,
        version: row.get("version")?,
        content: content(row)?,
    })
}

/// The content held by a row of `edition`.
pub fn content(row: &Row) -> Result<Content> {
    Ok(Content {
        title: row.get("title")?,
        printed_index_number: row.get("printed_index_number")?,
        document_number: row.get("document_number")?,
        issuing_organ: row.get("issuing_organ")?,
        issuing_organ_id: row.get("issuing_organ_id")?,
        written_on: row.get("written_on")?,
        published_on: row.get("published_on")?,
        in_force_on: row.get("in_force_on")?,
        expires_on: row.get("expires_on")?,
        declared_validity: row.get("declared_validity")?,
        subject_category: row.get("subject_category")?,
        genre: row.get("genre")?,
        disclosure_class: row.get("disclosure_class")?,
        disclosure_reason: row.get("disclosure_reason")?,
        summary: row.get("summary")?,
        keywords: serde_json::from_str(&row.get::<String>("keywords")?)?,
        source: row.get("source")?,
        body_html: row.get("body_html")?,
        body_text: row.get("body_text")?,
    })
}
