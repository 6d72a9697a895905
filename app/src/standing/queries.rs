//! The rows of requests.

use kit_db::{DbError, Row, Tx, params, sql};
use rules::standing::RequestState;

use super::{Grounds, Kind, Request};
use crate::{
    cx::Cx,
    error::{Error, Result},
    id::{DocumentId, RequestId, SiteId},
};

/// The stored word of a state.
pub fn state_code(state: RequestState) -> &'static str {
    match state {
        RequestState::Open => "open",
        RequestState::Confirmed => "confirmed",
        RequestState::Refused => "refused",
        RequestState::TakenBack => "taken_back",
        RequestState::Emergency => "emergency",
        RequestState::Upheld => "upheld",
        RequestState::Objected => "objected",
    }
}

fn state_of(code: &str) -> Option<RequestState> {
    use RequestState as S;
    let all = [S::Open, S::Confirmed, S::Refused, S::TakenBack, S::Emergency, S::Upheld, S::Objected];
    all.into_iter().find(|state| state_code(*state) == code)
}

pub fn insert(tx: &mut Tx<'_>, cx: &Cx, request: &Request) -> Result<(), DbError> {
    let sql = sql!(
        "insert into standing_request (site_id, request_id, document_id, kind, state, reason, note, told, edition_id,
                                       repealing_document_id, effective_on, due_on, requested_by, requested_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)"
    );
    let params = params![
        &cx.site_id,
        &request.id,
        &request.document_id,
        request.kind.code(),
        state_code(request.state),
        &request.grounds.reason,
        &request.grounds.note,
        &request.grounds.told,
        &request.edition_id,
        &request.repealing,
        &request.effective_on,
        &request.due_on,
        &request.requested_by,
        request.requested_at,
    ];
    tx.execute(sql, params)?;
    Ok(())
}

/// Writes a decision; gives 0 when somebody else wrote one since the request was read.
pub fn decide(tx: &mut Tx<'_>, cx: &Cx, request: &Request) -> Result<u64, DbError> {
    let sql = sql!(
        "update standing_request set state = $3, decided_by = $4, decided_for = $5, decided_at = $6, opinion = $7,
                version = version + 1
          where site_id = $1 and request_id = $2 and version = $8"
    );
    let params = params![
        &cx.site_id,
        &request.id,
        state_code(request.state),
        &request.decided_by,
        &request.decided_for,
        request.decided_at,
        &request.opinion,
        request.version,
    ];
    tx.execute(sql, params)
}

pub fn find(tx: &mut Tx<'_>, site_id: &SiteId, id: &RequestId) -> Result<Option<Request>> {
    let sql = sql!("select * from standing_request where site_id = $1 and request_id = $2");
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(request_of).transpose()
}

/// Everything that was asked about a record, the newest first.
pub fn of_document(tx: &mut Tx<'_>, site_id: &SiteId, id: &DocumentId) -> Result<Vec<Request>> {
    let sql = sql!(
        "select * from standing_request where site_id = $1 and document_id = $2
          order by requested_at desc, request_id desc"
    );
    tx.query(sql, params![site_id, id])?.iter().map(request_of).collect()
}

/// Requests that wait for a second person, the oldest first.
pub fn open(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Vec<Request>> {
    let sql = sql!(
        "select * from standing_request where site_id = $1 and state in ('open', 'emergency')
          order by requested_at, request_id limit 500"
    );
    tx.query(sql, params![site_id])?.iter().map(request_of).collect()
}

/// Moves the last day of an open request.
pub fn set_due(tx: &mut Tx<'_>, cx: &Cx, id: &RequestId, due_on: &str) -> Result<(), DbError> {
    let sql = sql!("update standing_request set due_on = $3 where site_id = $1 and request_id = $2");
    tx.execute(sql, params![&cx.site_id, id, due_on])?;
    Ok(())
}

fn request_of(row: &Row) -> Result<Request> {
    let (kind, state): (String, String) = (row.get("kind")?, row.get("state")?);
    let broken = |place: &str, word: &str| Error::Unexpected(anyhow::anyhow!("{place} is {word:?}"));
    Ok(Request {
        id: row.get("request_id")?,
        document_id: row.get("document_id")?,
        kind: Kind::from_code(&kind).ok_or_else(|| broken("standing_request.kind", &kind))?,
        state: state_of(&state).ok_or_else(|| broken("standing_request.state", &state))?,
        grounds: Grounds { reason: row.get("reason")?, note: row.get("note")?, told: row.get("told")? },
        edition_id: row.get("edition_id")?,
        repealing: row.get("repealing_document_id")?,
        effective_on: row.get("effective_on")?,
        due_on: row.get("due_on")?,
        requested_by: row.get("requested_by")?,
        requested_at: row.get("requested_at")?,
        decided_by: row.get("decided_by")?,
        decided_for: row.get("decided_for")?,
        decided_at: row.get("decided_at")?,
        opinion: row.get("opinion")?,
        version: row.get("version")?,
    })
}
