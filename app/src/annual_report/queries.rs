//! The rows of reports, of what their figures were counted from, and of what units answered.

use kit_db::{DbError, Row, Tx, params, sql};

use super::{
    Report, ReportLine, Section,
    document::{ReportDocument, ReportState},
    figures::Declarations,
    returns::{Return, ReturnState},
    source::Window,
    withdrawal::Withdrawal,
};
use crate::{
    cx::Cx,
    error::{Error, Result},
    id::{DocumentId, EditionId, SiteId},
};

/// Written as stored: the code of a declaration.
fn declared_code(declared: rules::report::Declared) -> &'static str {
    match declared {
        rules::report::Declared::Zero => "zero",
        rules::report::Declared::NotApplicable => "not_applicable",
    }
}

fn declarations_text(declared: &Declarations) -> String {
    let codes: std::collections::BTreeMap<&str, &str> =
        declared.iter().map(|(code, declared)| (code.as_str(), declared_code(*declared))).collect();
    serde_json::to_string(&codes).unwrap_or_default()
}

fn declarations(text: &str) -> Result<Declarations> {
    let codes: std::collections::BTreeMap<String, String> = serde_json::from_str(text)?;
    let declared = |(code, word): (String, String)| match word.as_str() {
        "zero" => Ok((code, rules::report::Declared::Zero)),
        "not_applicable" => Ok((code, rules::report::Declared::NotApplicable)),
        other => Err(Error::Unexpected(anyhow::anyhow!("annual_report.declared has {other:?}"))),
    };
    codes.into_iter().map(declared).collect()
}

fn state_code(state: ReportState) -> &'static str {
    match state {
        ReportState::Editing => "editing",
        ReportState::Submitted => "submitted",
        ReportState::Frozen => "frozen",
        ReportState::Superseded => "superseded",
    }
}

fn state_of(code: &str) -> Result<ReportState> {
    match code {
        "editing" => Ok(ReportState::Editing),
        "submitted" => Ok(ReportState::Submitted),
        "frozen" => Ok(ReportState::Frozen),
        "superseded" => Ok(ReportState::Superseded),
        other => Err(Error::Unexpected(anyhow::anyhow!("annual_report.state is {other:?}"))),
    }
}

fn report(row: &Row) -> Result<Report> {
    let frozen: String = row.get("frozen")?;
    let frozen: Option<ReportDocument> =
        if frozen.is_empty() { None } else { Some(serde_json::from_str(&frozen)?) };
    let sections: Vec<Section> = serde_json::from_str(&row.get::<String>("sections")?)?;
    Ok(Report {
        id: row.get("report_id")?,
        organ_id: row.get("organ_id")?,
        year: row.get("year")?,
        format: row.get("format")?,
        number: row.get("number")?,
        state: state_of(&row.get::<String>("state")?)?,
        title: row.get("title")?,
        sections,
        pictures: serde_json::from_str(&row.get::<String>("pictures")?)?,
        declared: declarations(&row.get::<String>("declared")?)?,
        frozen,
        cut_off_at: row.get("cut_off_at")?,
        correction_reason: row.get("correction_reason")?,
        document_id: row.get("document_id")?,
        edition_id: row.get("edition_id")?,
        published_at: row.get("published_at")?,
        authors: serde_json::from_str(&row.get::<String>("authors")?)?,
        submitted_by: row.get("submitted_by")?,
        withdrawal_known_at: row.get("withdrawal_known_at")?,
        signed_by: row.get("signed_by")?,
        created_by: row.get("created_by")?,
        version: row.get("version")?,
    })
}

pub fn insert(tx: &mut Tx<'_>, cx: &Cx, new: &Report) -> Result<()> {
    let sql = sql!(
        "insert into annual_report (site_id, report_id, organ_id, year, format, number, state, title, sections,
                                    pictures, declared, frozen, correction_reason, document_id, authors, created_by,
                                    created_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', $12, $13, $14, $15, $16, 1)"
    );
    tx.execute(
        sql,
        params![
            &cx.site_id,
            &new.id,
            &new.organ_id,
            new.year,
            &new.format,
            new.number,
            state_code(new.state),
            &new.title,
            serde_json::to_string(&new.sections)?,
            serde_json::to_string(&new.pictures)?,
            declarations_text(&new.declared),
            &new.correction_reason,
            &new.document_id,
            serde_json::to_string(&new.authors)?,
            &new.created_by,
            cx.at,
        ],
    )?;
    Ok(())
}

pub fn by_id(tx: &mut Tx<'_>, site_id: &SiteId, id: &str) -> Result<Option<Report>> {
    let sql = sql!("select * from annual_report where site_id = $1 and report_id = $2");
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(report).transpose()
}

pub fn newest(tx: &mut Tx<'_>, site_id: &SiteId, organ_id: &str, year: i64) -> Result<Option<Report>> {
    let sql = sql!(
        "select * from annual_report where site_id = $1 and organ_id = $2 and year = $3
          order by number desc limit 1"
    );
    tx.query_opt(sql, params![site_id, organ_id, year])?.as_ref().map(report).transpose()
}

/// The signed report of an organ for a year; a correction that is being written does not count yet.
pub fn newest_signed(tx: &mut Tx<'_>, site_id: &SiteId, organ_id: &str, year: i64) -> Result<Option<Report>> {
    let sql = sql!(
        "select * from annual_report where site_id = $1 and organ_id = $2 and year = $3 and state = 'frozen'
          order by number desc limit 1"
    );
    tx.query_opt(sql, params![site_id, organ_id, year])?.as_ref().map(report).transpose()
}

/// The number of the newest report of an organ for a year; none where nobody has begun one.
pub fn newest_number(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    organ_id: &str,
    year: i64,
) -> Result<Option<i64>, DbError> {
    let sql = sql!(
        "select max(number) as number from annual_report where site_id = $1 and organ_id = $2 and year = $3"
    );
    tx.query_one(sql, params![site_id, organ_id, year])?.get("number")
}

/// Reports of the site (of one year, or 0 for all), newest year first, corrections before what they correct, without what
/// they say; and how many there are.
pub fn page(tx: &mut Tx<'_>, site_id: &SiteId, year: i64, window: Window) -> Result<(Vec<ReportLine>, i64)> {
    let sql = sql!(
        "select r.report_id, r.organ_id, r.year, r.number, r.state, r.title, d.state as record_state
           from annual_report r
           left join document d on d.site_id = r.site_id and d.document_id = r.document_id
          where r.site_id = $1 and ($2 = 0 or r.year = $2)
          order by r.year desc, r.organ_id, r.number desc limit $3 offset $4"
    );
    let line = |row: &Row| {
        Ok(ReportLine {
            id: row.get("report_id")?,
            organ_id: row.get("organ_id")?,
            year: row.get("year")?,
            number: row.get("number")?,
            state: state_of(&row.get::<String>("state")?)?,
            title: row.get("title")?,
            is_withdrawn: row.get::<Option<String>>("record_state")?.as_deref() == Some("withdrawn"),
        })
    };
    let rows = tx.query(sql, params![site_id, year, window.limit, window.offset])?;
    let lines = rows.iter().map(line).collect::<Result<Vec<ReportLine>>>()?;
    let sql = sql!("select count(*) as n from annual_report where site_id = $1 and ($2 = 0 or year = $2)");
    Ok((lines, tx.query_one(sql, params![site_id, year])?.get("n")?))
}

/// Title and text of the reports of one year that other organs wrote, and of that of the year before: for texts that repeat
/// each other. Of each the signed one, else the first that is being written.
pub fn beside(tx: &mut Tx<'_>, site_id: &SiteId, of: &Report) -> Result<Vec<(String, Vec<Section>)>> {
    let sql = sql!(
        "select title, sections from annual_report
          where site_id = $1 and state <> 'superseded' and (state = 'frozen' or number = 1)
            and ((year = $2 and organ_id <> $3) or (year = $4 and organ_id = $3))"
    );
    let params = params![site_id, of.year, &of.organ_id, of.year - 1];
    let text = |row: &Row| Ok((row.get("title")?, serde_json::from_str(&row.get::<String>("sections")?)?));
    tx.query(sql, params)?.iter().map(text).collect()
}

/// Writes what people write; none where somebody was faster or the report is signed.
pub fn save(tx: &mut Tx<'_>, site_id: &SiteId, changed: &Report) -> Result<Option<i64>> {
    let sql = sql!(
        "update annual_report set sections = $4, declared = $5, title = $6, authors = $7, pictures = $8,
                version = version + 1
          where site_id = $1 and report_id = $2 and version = $3 and state = 'editing' returning version"
    );
    let sections = serde_json::to_string(&changed.sections)?;
    let declared = declarations_text(&changed.declared);
    let authors = serde_json::to_string(&changed.authors)?;
    let pictures = serde_json::to_string(&changed.pictures)?;
    let (id, title) = (&changed.id, &changed.title);
    let params = params![site_id, id, changed.version, sections, declared, title, authors, pictures];
    Ok(tx.query_opt(sql, params)?.map(|row| row.get("version")).transpose()?)
}

/// Hands a report to the signer, with the withdrawal of its record that is known then; or takes it back.
pub fn set_submitted(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: &str,
    by: Option<&str>,
    withdrawal_known_at: Option<i64>,
) -> Result<(), DbError> {
    let sql = sql!(
        "update annual_report set state = $3, submitted_by = $4, submitted_at = $5, withdrawal_known_at = $6,
                version = version + 1
          where site_id = $1 and report_id = $2"
    );
    let state = state_code(if by.is_some() { ReportState::Submitted } else { ReportState::Editing });
    tx.execute(sql, params![&cx.site_id, id, state, by, by.map(|_| cx.at), withdrawal_known_at])?;
    Ok(())
}

/// Keeps a report as it was signed, with the record and its edition.
pub fn set_frozen(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: &str,
    frozen: &ReportDocument,
    (document_id, edition_id): (&DocumentId, &EditionId),
) -> Result<()> {
    let sql = sql!(
        "update annual_report set state = 'frozen', frozen = $3, cut_off_at = $4, signed_by = $5, signed_at = $4,
                document_id = $6, edition_id = $7, version = version + 1
          where site_id = $1 and report_id = $2"
    );
    let frozen = serde_json::to_string(frozen)?;
    tx.execute(sql, params![&cx.site_id, id, frozen, cx.at, &cx.actor, document_id, edition_id])?;
    Ok(())
}

pub fn set_published(tx: &mut Tx<'_>, cx: &Cx, id: &str) -> Result<(), DbError> {
    let sql = sql!(
        "update annual_report set published_at = $3, version = version + 1 where site_id = $1 and report_id = $2"
    );
    tx.execute(sql, params![&cx.site_id, id, cx.at])?;
    Ok(())
}

/// The edition of a signed report that never became public: its record was withdrawn first.
pub fn unpublished_edition(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    of: &Report,
) -> Result<Option<EditionId>, DbError> {
    let sql = sql!(
        "select edition_id from annual_report
          where site_id = $1 and year = $2 and organ_id = $3 and number < $4 and state = 'frozen'
            and published_at is null and edition_id is not null"
    );
    let row = tx.query_opt(sql, params![site_id, of.year, &of.organ_id, of.number])?;
    row.map(|row| row.get("edition_id")).transpose()
}

/// The withdrawal of a record, where it is withdrawn.
pub fn withdrawal(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    document_id: &str,
) -> Result<Option<Withdrawal>, DbError> {
    let sql = sql!(
        "select withdrawn_at, withdrawn_reason from document
          where site_id = $1 and document_id = $2 and state = 'withdrawn'"
    );
    let withdrawal =
        |row: Row| Ok(Withdrawal { at: row.get("withdrawn_at")?, reason: row.get("withdrawn_reason")? });
    tx.query_opt(sql, params![site_id, document_id])?.map(withdrawal).transpose()
}

/// Whether an edition was taken out of public sight for good.
pub fn is_concealed(tx: &mut Tx<'_>, site_id: &SiteId, edition_id: &str) -> Result<bool, DbError> {
    let sql =
        sql!("select 1 as found from edition where site_id = $1 and edition_id = $2 and state = 'concealed'");
    Ok(tx.query_opt(sql, params![site_id, edition_id])?.is_some())
}

/// The signed report before a correction is no longer the one that counts.
pub fn supersede(tx: &mut Tx<'_>, site_id: &SiteId, of: &Report) -> Result<(), DbError> {
    let sql = sql!(
        "update annual_report set state = 'superseded', version = version + 1
          where site_id = $1 and year = $2 and organ_id = $3 and number < $4 and state = 'frozen'"
    );
    tx.execute(sql, params![site_id, of.year, &of.organ_id, of.number])?;
    Ok(())
}

pub fn insert_source(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    report_id: &str,
    figure: &str,
    (n, packed): (i64, &str),
) -> Result<(), DbError> {
    let sql = sql!(
        "insert into annual_report_source (site_id, report_id, figure, n_records, record_ids)
         values ($1, $2, $3, $4, $5)"
    );
    tx.execute(sql, params![site_id, report_id, figure, n, packed])?;
    Ok(())
}

/// The packed ids behind a frozen figure.
pub fn source(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    report_id: &str,
    figure: &str,
) -> Result<Option<String>, DbError> {
    let sql = sql!(
        "select record_ids from annual_report_source where site_id = $1 and report_id = $2 and figure = $3"
    );
    tx.query_opt(sql, params![site_id, report_id, figure])?.map(|row| row.get("record_ids")).transpose()
}

fn returned(row: &Row) -> Result<Return> {
    let state: String = row.get("state")?;
    let unknown = || Error::Unexpected(anyhow::anyhow!("annual_report_return.state is {state:?}"));
    Ok(Return {
        report_id: row.get("report_id")?,
        organ_id: row.get("organ_id")?,
        state: ReturnState::from_code(&state).ok_or_else(unknown)?,
        due_on: row.get("due_on")?,
        counts: serde_json::from_str(&row.get::<String>("counts")?)?,
        comment: row.get("comment")?,
        note: row.get("note")?,
        answered_by: row.get("answered_by")?,
        answered_at: row.get("answered_at")?,
        version: row.get("version")?,
    })
}

/// What units are asked for in a report, a part of the list.
pub fn returns(tx: &mut Tx<'_>, site_id: &SiteId, report_id: &str, window: Window) -> Result<Vec<Return>> {
    let sql = sql!(
        "select * from annual_report_return where site_id = $1 and report_id = $2
          order by due_on, organ_id limit $3 offset $4"
    );
    let params = params![site_id, report_id, window.limit, window.offset];
    tx.query(sql, params)?.iter().map(returned).collect()
}

/// The organs that are asked in a report, and whether each has answered.
pub fn asked_organs(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    report_id: &str,
) -> Result<Vec<(String, bool)>, DbError> {
    let sql = sql!(
        "select organ_id, state from annual_report_return where site_id = $1 and report_id = $2 order by organ_id"
    );
    let asked =
        |row: &Row| Ok((row.get("organ_id")?, row.get::<String>("state")? == ReturnState::Answered.code()));
    tx.query(sql, params![site_id, report_id])?.iter().map(asked).collect()
}

pub fn return_of(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    report_id: &str,
    organ_id: &str,
) -> Result<Option<Return>> {
    let sql =
        sql!("select * from annual_report_return where site_id = $1 and report_id = $2 and organ_id = $3");
    tx.query_opt(sql, params![site_id, report_id, organ_id])?.as_ref().map(returned).transpose()
}

/// What an organ is asked for now, in reports that are still being written, with the title of each.
pub fn open_returns(tx: &mut Tx<'_>, site_id: &SiteId, organ_id: &str) -> Result<Vec<(Return, String)>> {
    let sql = sql!(
        "select r.*, a.title as report_title from annual_report_return r
           join annual_report a on a.site_id = r.site_id and a.report_id = r.report_id and a.state = 'editing'
          where r.site_id = $1 and r.organ_id = $2 order by r.due_on"
    );
    let asked = |row: &Row| Ok((returned(row)?, row.get("report_title")?));
    tx.query(sql, params![site_id, organ_id])?.iter().map(asked).collect()
}

/// Asks a unit, or asks it again with another due date.
pub fn ask(tx: &mut Tx<'_>, site_id: &SiteId, asked: &Return) -> Result<()> {
    let sql = sql!(
        "insert into annual_report_return (site_id, report_id, organ_id, state, due_on, counts, comment, note, version)
         values ($1, $2, $3, 'asked', $4, '{}', '', $5, 1)
         on conflict (site_id, report_id, organ_id) do update
            set due_on = excluded.due_on, note = excluded.note, version = annual_report_return.version + 1"
    );
    tx.execute(sql, params![site_id, &asked.report_id, &asked.organ_id, &asked.due_on, &asked.note])?;
    Ok(())
}

/// Keeps what a unit answered, or that it was given back; none where somebody was faster.
pub fn set_return(tx: &mut Tx<'_>, cx: &Cx, changed: &Return) -> Result<bool> {
    let sql = sql!(
        "update annual_report_return set state = $5, counts = $6, comment = $7, note = $8, answered_by = $9,
                answered_at = $10, version = version + 1
          where site_id = $1 and report_id = $2 and organ_id = $3 and version = $4"
    );
    let n = tx.execute(
        sql,
        params![
            &cx.site_id,
            &changed.report_id,
            &changed.organ_id,
            changed.version,
            changed.state.code(),
            serde_json::to_string(&changed.counts)?,
            &changed.comment,
            &changed.note,
            &changed.answered_by,
            changed.answered_at,
        ],
    )?;
    Ok(n > 0)
}
