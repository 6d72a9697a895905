//! Cases for lists, with the titles of their editions. Only reading.

use kit_db::{DbError, Row, Tx, params, sql};
use rules::review::Stage;

use crate::{
    cx::Cx,
    id::{CaseId, OrganId},
    review::stage_of_words,
};

/// A case as lists show it.
pub struct Listed {
    /// The case.
    pub id: CaseId,
    /// Title of the edition.
    pub title: String,
    /// Where it stands.
    pub stage: Option<Stage>,
    /// The way, as stored.
    pub way: String,
    /// The organ that answers for the record.
    pub organ_id: Option<OrganId>,
    /// Who submitted it.
    pub submitted_by: Option<String>,
    /// When something last happened.
    pub changed_at: i64,
    /// By when the next step is due.
    pub due_on: Option<String>,
}

/// Cases that somebody submitted and that are not public yet, the latest first.
pub fn submitted_by(tx: &mut Tx<'_>, cx: &Cx, login: &str) -> Result<Vec<Listed>, DbError> {
    let sql = sql!(
        "select c.*, e.title, d.responsible_organ_id,
                (select min(s.due_on) from review_open_step s
                  where s.site_id = c.site_id and s.case_id = c.case_id) as due_on
           from review_case c
           join edition e on e.site_id = c.site_id and e.edition_id = c.edition_id
           join document d on d.site_id = c.site_id and d.document_id = c.document_id
          where c.site_id = $1 and c.submitted_by = $2 and c.stage not in ('published')
          order by c.changed_at desc, c.case_id limit 100"
    );
    tx.query(sql, params![&cx.site_id, login])?.iter().map(listed).collect()
}

/// A page of all cases, the latest first: those after `before` (moment and id of the last one shown).
pub fn all(
    tx: &mut Tx<'_>,
    cx: &Cx,
    stage: Option<&str>,
    before: (i64, &str),
    limit: i64,
) -> Result<Vec<Listed>, DbError> {
    let sql = sql!(
        "select c.*, e.title, d.responsible_organ_id,
                (select min(s.due_on) from review_open_step s
                  where s.site_id = c.site_id and s.case_id = c.case_id) as due_on
           from review_case c
           join edition e on e.site_id = c.site_id and e.edition_id = c.edition_id
           join document d on d.site_id = c.site_id and d.document_id = c.document_id
          where c.site_id = $1 and (cast($2 as text) is null or c.stage = $2)
            and (c.changed_at < $3 or (c.changed_at = $3 and c.case_id < $4))
          order by c.changed_at desc, c.case_id desc limit $5"
    );
    tx.query(sql, params![&cx.site_id, stage, before.0, before.1, limit])?.iter().map(listed).collect()
}

/// The digest that a case last knew, for forms that decide on several at once.
pub fn content(tx: &mut Tx<'_>, cx: &Cx, id: &CaseId) -> Result<Option<String>, DbError> {
    let sql = sql!("select content from review_case where site_id = $1 and case_id = $2");
    tx.query_opt(sql, params![&cx.site_id, id])?.map(|row| row.get("content")).transpose()
}

fn listed(row: &Row) -> Result<Listed, DbError> {
    let (word, round): (String, i64) = (row.get("stage")?, row.get("round")?);
    Ok(Listed {
        id: row.get("case_id")?,
        title: row.get("title")?,
        stage: stage_of_words(&word, round),
        way: row.get("way")?,
        organ_id: row.get("responsible_organ_id")?,
        submitted_by: row.get("submitted_by")?,
        changed_at: row.get("changed_at")?,
        due_on: row.get("due_on")?,
    })
}
