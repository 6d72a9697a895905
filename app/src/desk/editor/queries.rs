//! What the pages of writing read across features: names of colleagues, lists of documents.

use kit_db::{DbError, Row, Tx, params, sql};

use rules::review::Stage;

use crate::{
    id::{ColumnId, DocumentId, EditionId, OrganId, SiteId},
    review::stage_of_words,
};

/// The name of the person of a login; the login itself where there is no account.
pub fn name_of(tx: &mut Tx<'_>, site_id: &SiteId, login: &str) -> Result<String, DbError> {
    let sql = sql!("select name from staff_account where site_id = $1 and login = $2");
    let row = tx.query_opt(sql, params![site_id, login])?;
    Ok(row.map(|row| row.get("name")).transpose()?.unwrap_or_else(|| login.to_owned()))
}

/// A line of the list of documents: the document with its newest edition.
#[derive(Debug, Clone)]
pub struct DocumentLine {
    pub document_id: DocumentId,
    pub edition_id: EditionId,
    pub edition_state: String,
    pub title: String,
    pub column_id: ColumnId,
    pub content_type: String,
    /// When the newest edition was last saved here, or made.
    pub changed_at: i64,
    /// Where it stands on its way; none before it was first submitted.
    pub stage: Option<Stage>,
}

/// Which documents a list shows. Empty texts and `None` narrow nothing.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Only those that this login made or changed.
    pub login: Option<String>,
    /// Only those of this organ or of columns it owns.
    pub organ: Option<OrganId>,
    /// State of the newest edition.
    pub state: Option<String>,
    /// Column.
    pub column: Option<ColumnId>,
    /// Part of the title or of the document number.
    pub text: Option<String>,
}

/// Documents with their newest editions, the last changed first.
pub fn documents(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    wanted: &Wanted,
    limit: i64,
    offset: i64,
) -> Result<Vec<DocumentLine>, DbError> {
    let sql = sql!(
        "select d.document_id, d.column_id, d.content_type, e.edition_id, e.state, e.title, r.stage, r.round,
                coalesce((select max(w.edited_at) from draft_editor w
                           where w.site_id = $1 and w.edition_id = e.edition_id), e.created_at) as changed_at
           from document d
           join edition e on e.site_id = d.site_id and e.document_id = d.document_id
           left join review_case r on r.site_id = e.site_id and r.edition_id = e.edition_id
          where d.site_id = $1
            and e.number = (select max(n.number) from edition n where n.site_id = $1 and n.document_id = d.document_id)
            and (cast($2 as text) is null or e.created_by = $2 or exists (
                  select 1 from draft_editor w where w.site_id = $1 and w.edition_id = e.edition_id and w.login = $2
                                                 and w.edited_at is not null))
            and (cast($3 as text) is null or d.responsible_organ_id = $3 or exists (
                  select 1 from site_column c where c.site_id = $1 and c.column_id = d.column_id
                                                and c.owner_organ_id = $3))
            and (cast($4 as text) is null or e.state = $4)
            and (cast($5 as text) is null or d.column_id = $5)
            and (cast($6 as text) is null or e.title like $6 escape '!' or e.document_number like $6 escape '!')
          order by changed_at desc, d.document_id limit $7 offset $8"
    );
    let Wanted { login, organ, state, column, text } = wanted;
    let text = text.as_deref().map(contains);
    let params = params![site_id, login, organ, state, column, text, limit, offset];
    tx.query(sql, params)?.iter().map(line).collect()
}

/// A pattern for texts that contain this one.
fn contains(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

fn line(row: &Row) -> Result<DocumentLine, DbError> {
    let stage: Option<String> = row.get("stage")?;
    let round: Option<i64> = row.get("round")?;
    Ok(DocumentLine {
        document_id: row.get("document_id")?,
        edition_id: row.get("edition_id")?,
        edition_state: row.get("state")?,
        title: row.get("title")?,
        column_id: row.get("column_id")?,
        content_type: row.get("content_type")?,
        changed_at: row.get("changed_at")?,
        stage: stage.and_then(|word| stage_of_words(&word, round.unwrap_or_default())),
    })
}

/// Who made an edition.
pub fn created_by(tx: &mut Tx<'_>, site_id: &SiteId, id: &EditionId) -> Result<Option<String>, DbError> {
    let sql = sql!("select created_by from edition where site_id = $1 and edition_id = $2");
    tx.query_opt(sql, params![site_id, id])?.map(|row| row.get("created_by")).transpose()
}

/// When an edition was begun, milliseconds UTC.
pub fn created_at(tx: &mut Tx<'_>, site_id: &SiteId, id: &EditionId) -> Result<Option<i64>, DbError> {
    let sql = sql!("select created_at from edition where site_id = $1 and edition_id = $2");
    tx.query_opt(sql, params![site_id, id])?.map(|row| row.get("created_at")).transpose()
}

/// What an officer chose last time: the content that the next document in the same column will probably share.
#[derive(Debug, Clone)]
pub struct LastChoice {
    pub content_type: String,
    pub issuing_organ: String,
    pub subject_category: Option<String>,
    pub genre: Option<String>,
    pub disclosure_class: String,
}

/// The last choices of an officer in a column.
pub fn last_choice(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    login: &str,
    column: &ColumnId,
) -> Result<Option<LastChoice>, DbError> {
    let own = sql!(
        "select d.content_type, e.issuing_organ, e.subject_category, e.genre, e.disclosure_class
           from draft_editor w
           join edition e on e.site_id = w.site_id and e.edition_id = w.edition_id
           join document d on d.site_id = e.site_id and d.document_id = e.document_id
          where w.site_id = $1 and w.login = $2 and w.edited_at is not null and d.column_id = $3
          order by w.edited_at desc limit 1"
    );
    let row = tx.query_opt(own, params![site_id, login, column])?;
    row.as_ref().map(last).transpose()
}

fn last(row: &Row) -> Result<LastChoice, DbError> {
    Ok(LastChoice {
        content_type: row.get("content_type")?,
        issuing_organ: row.get("issuing_organ")?,
        subject_category: row.get("subject_category")?,
        genre: row.get("genre")?,
        disclosure_class: row.get("disclosure_class")?,
    })
}
