//! Editions of a record with where each stands on its way, and live records by their numbers. Only reading.

use kit_db::{DbError, Row, Tx, params, sql};
use rules::review::Stage;

use crate::{
    cx::Cx,
    id::{CaseId, DocumentId, EditionId},
    review::stage_of_words,
};

/// An edition as the overview lists it.
pub struct EditionLine {
    pub id: EditionId,
    pub number: i64,
    pub title: String,
    pub state: String,
    pub change_note: Option<String>,
    pub publish_at: Option<i64>,
    pub live_at: Option<i64>,
    pub ended_at: Option<i64>,
    pub created_at: i64,
    pub created_by: String,
    pub case_id: Option<CaseId>,
    pub stage: Option<Stage>,
    pub way: Option<String>,
    pub emergency: bool,
}

/// Every edition of a record, the newest first.
pub fn editions(tx: &mut Tx<'_>, cx: &Cx, document_id: &DocumentId) -> Result<Vec<EditionLine>, DbError> {
    let sql = sql!(
        "select e.edition_id, e.number, e.title, e.state, e.change_note, e.publish_at, e.live_at,
                e.ended_at, e.created_at, e.created_by, c.case_id, c.stage, c.round, c.way, c.emergency
           from edition e
           left join review_case c on c.site_id = e.site_id and c.edition_id = e.edition_id
          where e.site_id = $1 and e.document_id = $2 order by e.number desc"
    );
    tx.query(sql, params![&cx.site_id, document_id])?.iter().map(edition).collect()
}

fn edition(row: &Row) -> Result<EditionLine, DbError> {
    let (word, round): (Option<String>, Option<i64>) = (row.get("stage")?, row.get("round")?);
    Ok(EditionLine {
        id: row.get("edition_id")?,
        number: row.get("number")?,
        title: row.get("title")?,
        state: row.get("state")?,
        change_note: row.get("change_note")?,
        publish_at: row.get("publish_at")?,
        live_at: row.get("live_at")?,
        ended_at: row.get("ended_at")?,
        created_at: row.get("created_at")?,
        created_by: row.get("created_by")?,
        case_id: row.get("case_id")?,
        stage: word.and_then(|word| stage_of_words(&word, round.unwrap_or_default())),
        way: row.get("way")?,
        emergency: row.get::<Option<bool>>("emergency")?.unwrap_or(false),
    })
}

/// The edition of that number.
pub fn edition_by_number(
    tx: &mut Tx<'_>,
    cx: &Cx,
    document_id: &DocumentId,
    number: i64,
) -> Result<Option<EditionId>, DbError> {
    let sql = sql!("select edition_id from edition where site_id = $1 and document_id = $2 and number = $3");
    let row = tx.query_opt(sql, params![&cx.site_id, document_id, number])?;
    row.map(|row| row.get("edition_id")).transpose()
}

/// How a record was withdrawn.
pub struct Withdrawn {
    pub at: Option<i64>,
    pub reason: Option<String>,
    pub note: Option<String>,
    pub repealed_on: Option<String>,
}

pub fn withdrawn(tx: &mut Tx<'_>, cx: &Cx, id: &DocumentId) -> Result<Withdrawn, DbError> {
    let sql = sql!(
        "select withdrawn_at, withdrawn_reason, withdrawn_note, repealed_on from document
          where site_id = $1 and document_id = $2"
    );
    let row = tx.query_one(sql, params![&cx.site_id, id])?;
    Ok(Withdrawn {
        at: row.get("withdrawn_at")?,
        reason: row.get("withdrawn_reason")?,
        note: row.get("withdrawn_note")?,
        repealed_on: row.get("repealed_on")?,
    })
}

/// Live records with this index number, document number or number in addresses: what staff have before them on paper.
pub fn live_by_numbers(
    tx: &mut Tx<'_>,
    cx: &Cx,
    text: &str,
    number: Option<i64>,
) -> Result<Vec<(DocumentId, String)>, DbError> {
    let sql = sql!(
        "select d.document_id, e.title from document d
           join edition e on e.site_id = d.site_id and e.edition_id = d.live_edition_id
          where d.site_id = $1 and d.state = 'live'
            and (d.index_number = $2 or e.document_number = $2 or d.public_number = $3)
          order by d.document_id limit 5"
    );
    let rows = tx.query(sql, params![&cx.site_id, text, number])?;
    rows.iter().map(|row| Ok((row.get("document_id")?, row.get("title")?))).collect()
}
