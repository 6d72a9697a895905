//! The rows of the way: settings, cases, their history, for whom they wait, what was seen, forms and links.

use kit_db::{DbError, Row, Tx, params, sql};
use rules::{
    permission::Role,
    review::{Entry, Fingerprint, Hand, Person, Step},
};

use super::{
    CaseRow, EntryRow, Remark,
    clocks::{MovedStep, PlacedStep},
    codes,
    links::Link,
    secrecy::SecrecyForm,
    waiting::{OpenStep, Waiting, Work},
    way::{RoundSetting, Setting},
};
use crate::{
    cx::Cx,
    error::{Error, Result},
    id::{CaseId, ColumnId, EditionId, OrganId, SiteId},
};

pub fn setting(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Option<Setting>> {
    let sql = sql!("select * from review_setting where site_id = $1");
    let Some(row) = tx.query_opt(sql, params![site_id])? else { return Ok(None) };
    let number = |name: &str| -> Result<u32> { Ok(u32::try_from(row.get::<i64>(name)?).unwrap_or(1)) };
    Ok(Some(Setting {
        rounds: serde_json::from_str(&row.get::<String>("rounds")?)?,
        reviewer_may_sign: row.get("reviewer_may_sign")?,
        secrecy_may_be_shared: row.get("secrecy_may_be_shared")?,
        step_days: number("step_days")?,
        afterwards_days: number("afterwards_days")?,
        link_hours: number("link_hours")?,
    }))
}

pub fn set_setting(tx: &mut Tx<'_>, cx: &Cx, setting: &Setting) -> Result<()> {
    let sql = sql!(
        "insert into review_setting (site_id, rounds, reviewer_may_sign, secrecy_may_be_shared, step_days,
                                     afterwards_days, link_hours, changed_at, changed_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (site_id) do update set rounds = $2, reviewer_may_sign = $3, secrecy_may_be_shared = $4,
                step_days = $5, afterwards_days = $6, link_hours = $7, changed_at = $8, changed_by = $9"
    );
    let params = params![
        &cx.site_id,
        serde_json::to_string(&setting.rounds)?,
        setting.reviewer_may_sign,
        setting.secrecy_may_be_shared,
        i64::from(setting.step_days),
        i64::from(setting.afterwards_days),
        i64::from(setting.link_hours),
        cx.at,
        &cx.actor,
    ];
    tx.execute(sql, params)?;
    Ok(())
}

pub fn rounds(tx: &mut Tx<'_>, site_id: &SiteId, column_id: &ColumnId) -> Result<Option<Vec<RoundSetting>>> {
    let sql = sql!("select rounds from review_way where site_id = $1 and column_id = $2");
    let Some(row) = tx.query_opt(sql, params![site_id, column_id])? else { return Ok(None) };
    Ok(Some(serde_json::from_str(&row.get::<String>("rounds")?)?))
}

pub fn set_rounds(tx: &mut Tx<'_>, cx: &Cx, column_id: &ColumnId, rounds: &[RoundSetting]) -> Result<()> {
    let sql = sql!(
        "insert into review_way (site_id, column_id, rounds, changed_at, changed_by) values ($1, $2, $3, $4, $5)
         on conflict (site_id, column_id) do update set rounds = $3, changed_at = $4, changed_by = $5"
    );
    tx.execute(sql, params![&cx.site_id, column_id, serde_json::to_string(rounds)?, cx.at, &cx.actor])?;
    Ok(())
}

pub fn drop_rounds(tx: &mut Tx<'_>, site_id: &SiteId, column_id: &ColumnId) -> Result<(), DbError> {
    let sql = sql!("delete from review_way where site_id = $1 and column_id = $2");
    tx.execute(sql, params![site_id, column_id])?;
    Ok(())
}

pub fn case(tx: &mut Tx<'_>, site_id: &SiteId, id: &CaseId) -> Result<Option<CaseRow>> {
    let sql = sql!("select * from review_case where site_id = $1 and case_id = $2");
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(case_of).transpose()
}

pub fn case_of_edition(tx: &mut Tx<'_>, site_id: &SiteId, id: &EditionId) -> Result<Option<CaseRow>> {
    let sql = sql!("select * from review_case where site_id = $1 and edition_id = $2");
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(case_of).transpose()
}

fn case_of(row: &Row) -> Result<CaseRow> {
    let (word, round): (String, i64) = (row.get("stage")?, row.get("round")?);
    Ok(CaseRow {
        id: row.get("case_id")?,
        edition_id: row.get("edition_id")?,
        document_id: row.get("document_id")?,
        stage: codes::stage_of(&word, round).ok_or_else(|| broken("review_case.stage", &word))?,
        content: row.get("content")?,
        way: row.get("way")?,
        emergency: row.get("emergency")?,
        submitted_by: row.get("submitted_by")?,
        submitted_at: row.get("submitted_at")?,
        changed_at: row.get("changed_at")?,
        version: row.get("version")?,
    })
}

fn broken(place: &str, word: &str) -> Error {
    Error::Unexpected(anyhow::anyhow!("{place} is {word:?}"))
}

/// Writes the head of a case; gives 0 when somebody else wrote it since it was read.
pub fn keep_case(tx: &mut Tx<'_>, cx: &Cx, row: &CaseRow) -> Result<u64> {
    let sql = sql!(
        "insert into review_case (site_id, case_id, edition_id, document_id, stage, round, content, way, emergency,
                                  submitted_by, submitted_at, changed_at, version, edition_version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1,
                 (select version + files_version from edition where site_id = $1 and edition_id = $3))
         on conflict (site_id, edition_id) do update set stage = $5, round = $6, content = $7, way = $8, emergency = $9,
                submitted_by = $10, submitted_at = $11, changed_at = $12, version = review_case.version + 1,
                edition_version = excluded.edition_version
          where review_case.version = $13"
    );
    let (stage, round) = codes::stage(row.stage);
    let params = params![
        &cx.site_id,
        &row.id,
        &row.edition_id,
        &row.document_id,
        stage,
        round,
        &row.content,
        &row.way,
        row.emergency,
        &row.submitted_by,
        row.submitted_at,
        row.changed_at,
        row.version,
    ];
    Ok(tx.execute(sql, params)?)
}

pub fn entries(tx: &mut Tx<'_>, site_id: &SiteId, id: &CaseId) -> Result<Vec<EntryRow>> {
    let sql = sql!("select * from review_entry where site_id = $1 and case_id = $2 order by position");
    tx.query(sql, params![site_id, id])?.iter().map(entry_of).collect()
}

fn entry_of(row: &Row) -> Result<EntryRow> {
    let step = match (row.get::<Option<String>>("gate")?, row.get::<Option<i64>>("party")?) {
        (Some(word), Some(party)) => Some(step_of(&word, row.get("round")?, party)?),
        _ => None,
    };
    let target = row.get::<Option<String>>("target")?.map(|text| serde_json::from_str(&text)).transpose()?;
    let person = |name: &str| -> Result<Option<Person>> { Ok(row.get::<Option<String>>(name)?.map(Person)) };
    let (acting_for, issued_by) = (person("acting_for")?, person("issued_by")?);
    let hand = person("actor")?.map(|person| Hand { person, acting_for, issued_by });
    let deed = codes::deed_of(&row.get::<String>("deed")?, step, target)?;
    Ok(EntryRow {
        position: row.get("position")?,
        at: row.get("at")?,
        entry: Entry { deed, hand, content: Fingerprint(row.get("content")?) },
        remark: Remark {
            reason: row.get("reason")?,
            marks: serde_json::from_str(&row.get::<String>("marks")?)?,
        },
    })
}

fn step_of(word: &str, round: Option<i64>, party: i64) -> Result<Step> {
    let gate = codes::gate_of(word, round.unwrap_or_default()).ok_or_else(|| broken("a gate", word))?;
    Ok(Step { gate, party: usize::try_from(party).unwrap_or_default() })
}

pub fn insert_entry(tx: &mut Tx<'_>, cx: &Cx, id: &CaseId, row: &EntryRow) -> Result<()> {
    let sql = sql!(
        "insert into review_entry (site_id, case_id, position, at, deed, gate, round, party, target, actor, acting_for,
                                   issued_by, content, reason, marks)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
    );
    let EntryRow { position, at, entry, remark } = row;
    let words = codes::deed(&entry.deed);
    let gate = words.step.map(|step| codes::gate(step.gate));
    let target = words.target.map(|target| serde_json::to_string(&target)).transpose()?;
    let hand = entry.hand.as_ref();
    let params = params![
        &cx.site_id,
        id,
        *position,
        *at,
        words.deed,
        gate.map(|(word, _)| word),
        gate.map(|(_, round)| round),
        words.step.map(|step| number(step.party)),
        target,
        hand.map(|hand| hand.person.0.clone()),
        hand.and_then(|hand| hand.acting_for.as_ref()).map(|person| person.0.clone()),
        hand.and_then(|hand| hand.issued_by.as_ref()).map(|person| person.0.clone()),
        &entry.content.0,
        &remark.reason,
        serde_json::to_string(&remark.marks)?,
    ];
    tx.execute(sql, params)?;
    Ok(())
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

pub fn open_steps(tx: &mut Tx<'_>, site_id: &SiteId, id: &CaseId) -> Result<Vec<OpenStep>> {
    let sql = sql!("select * from review_open_step where site_id = $1 and case_id = $2 order by position");
    tx.query(sql, params![site_id, id])?.iter().map(open_step_of).collect()
}

fn open_step_of(row: &Row) -> Result<OpenStep> {
    let role: Option<String> = row.get("role")?;
    let role = role.map(|code| Role::from_code(&code).ok_or_else(|| broken("review_open_step.role", &code)));
    let word: String = row.get("work")?;
    let work = match word.as_str() {
        "afterwards" => Work::ReviewAfterwards,
        "mend" => Work::Mend,
        gate => Work::Take(step_of(gate, Some(row.get("round")?), row.get("party")?)?),
    };
    Ok(OpenStep {
        work,
        role: role.transpose()?,
        organ_id: row.get("organ_id")?,
        login: row.get("login")?,
        since_at: row.get("since_at")?,
        due_on: row.get("due_on")?,
        escalated_at: row.get("escalated_at")?,
    })
}

/// Every open step of the site with its case and the organ that answers for the record.
pub fn all_open_steps(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Vec<PlacedStep>> {
    let sql = sql!(
        "select s.*, d.responsible_organ_id from review_open_step s
           join review_case c on c.site_id = s.site_id and c.case_id = s.case_id
           join document d on d.site_id = c.site_id and d.document_id = c.document_id
          where s.site_id = $1 order by s.due_on, s.case_id, s.position"
    );
    let rows = tx.query(sql, params![site_id])?;
    let placed = |row: &Row| {
        Ok(PlacedStep {
            case_id: row.get("case_id")?,
            position: row.get("position")?,
            organ_id: row.get("responsible_organ_id")?,
            step: open_step_of(row)?,
        })
    };
    rows.iter().map(placed).collect()
}

/// Moves the last day of a step; one that is not late any more is told of again when it is.
pub fn set_due(tx: &mut Tx<'_>, cx: &Cx, step: &MovedStep) -> Result<(), DbError> {
    let sql = sql!(
        "update review_open_step set due_on = $4,
                escalated_at = case when $4 >= $5 then null else escalated_at end
          where site_id = $1 and case_id = $2 and position = $3"
    );
    let params = params![&cx.site_id, &step.case_id, step.position, &step.after, cx.today()];
    tx.execute(sql, params)?;
    Ok(())
}

pub fn replace_open_steps(tx: &mut Tx<'_>, cx: &Cx, id: &CaseId, steps: &[OpenStep]) -> Result<()> {
    let delete = sql!("delete from review_open_step where site_id = $1 and case_id = $2");
    tx.execute(delete, params![&cx.site_id, id])?;
    for (position, step) in (1_i64..).zip(steps) {
        insert_open_step(tx, cx, id, position, step)?;
    }
    Ok(())
}

fn insert_open_step(tx: &mut Tx<'_>, cx: &Cx, id: &CaseId, position: i64, step: &OpenStep) -> Result<()> {
    let sql = sql!(
        "insert into review_open_step (site_id, case_id, position, work, round, party, role, organ_id, login, since_at,
                                       due_on, escalated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
    );
    let (work, round, party) = match step.work {
        Work::Take(taken) => {
            let (word, round) = codes::gate(taken.gate);
            (word, round, number(taken.party))
        }
        Work::ReviewAfterwards => ("afterwards", 0, 0),
        Work::Mend => ("mend", 0, 0),
    };
    let params = params![
        &cx.site_id,
        id,
        position,
        work,
        round,
        party,
        step.role.map(Role::code),
        &step.organ_id,
        &step.login,
        step.since_at,
        &step.due_on,
        step.escalated_at,
    ];
    tx.execute(sql, params)?;
    Ok(())
}

/// Work for one account by its login: texts that came back.
pub fn waiting_for_login(tx: &mut Tx<'_>, site_id: &SiteId, login: &str) -> Result<Vec<Waiting>> {
    let sql = sql!(
        "select s.*, c.edition_id, c.document_id, c.emergency, c.submitted_by, e.title, d.responsible_organ_id
           from review_open_step s
           join review_case c on c.site_id = s.site_id and c.case_id = s.case_id
           join edition e on e.site_id = c.site_id and e.edition_id = c.edition_id
           join document d on d.site_id = c.site_id and d.document_id = c.document_id
          where s.site_id = $1 and s.login = $2
          order by s.due_on, s.since_at limit 200"
    );
    tx.query(sql, params![site_id, login])?.iter().map(waiting_of).collect()
}

/// Work for the holders of a role for an organ, without records that this one of them wrote or has decided on.
pub fn waiting_for_role(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    (role, organ_id): (Role, &OrganId),
    login: &str,
    one_step_only: bool,
) -> Result<Vec<Waiting>> {
    let sql = sql!(
        "select s.*, c.edition_id, c.document_id, c.emergency, c.submitted_by, e.title, d.responsible_organ_id
           from review_open_step s
           join review_case c on c.site_id = s.site_id and c.case_id = s.case_id
           join edition e on e.site_id = c.site_id and e.edition_id = c.edition_id
           join document d on d.site_id = c.site_id and d.document_id = c.document_id
          where s.site_id = $1 and s.role = $2 and (s.organ_id is null or s.organ_id = $3)
            and (s.work = 'publication'
                 or (e.created_by <> $4 and c.submitted_by <> $4
                     and not exists (select 1 from edition_author a where a.site_id = s.site_id
                                        and a.edition_id = c.edition_id and a.actor = $4)
                     and ($5 = false or not exists (select 1 from review_entry t where t.site_id = s.site_id
                                        and t.case_id = s.case_id and t.actor = $4 and t.content = c.content
                                        and t.deed in ('approved', 'published_in_emergency')))))
          order by s.due_on, s.since_at limit 200"
    );
    let rows = tx.query(sql, params![site_id, role.code(), organ_id, login, one_step_only])?;
    rows.iter().map(waiting_of).collect()
}

fn waiting_of(row: &Row) -> Result<Waiting> {
    Ok(Waiting {
        case_id: row.get("case_id")?,
        edition_id: row.get("edition_id")?,
        title: row.get("title")?,
        organ_id: row.get("responsible_organ_id")?,
        submitted_by: row.get("submitted_by")?,
        emergency: row.get("emergency")?,
        step: open_step_of(row)?,
    })
}

/// Whether the site has ever had a case.
pub fn has_cases(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<bool, DbError> {
    Ok(!tx
        .query(sql!("select case_id from review_case where site_id = $1 limit 1"), params![site_id])?
        .is_empty())
}

/// Cases with work whose last day is over and of which nobody was told yet.
pub fn late_cases(tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<CaseId>, DbError> {
    let sql = sql!(
        "select distinct case_id from review_open_step
          where site_id = $1 and due_on < $2 and escalated_at is null order by case_id limit 100"
    );
    tx.query(sql, params![&cx.site_id, cx.today()])?.iter().map(|row| row.get("case_id")).collect()
}

/// Cases with a step whose role nobody holds any more but those who may not take it, or which the disclosure office minds for
/// want of a secrecy reviewer or signer although there is one now who may take it. Who may not: the authors, and, where
/// `one_step_only`, whoever took another step of the same content.
pub fn unsettled_cases(tx: &mut Tx<'_>, cx: &Cx, one_step_only: bool) -> Result<Vec<CaseId>, DbError> {
    let sql = sql!(
        "with fit as (
           select s.case_id, s.position, g.role as held
             from review_open_step s
             join review_case c on c.site_id = s.site_id and c.case_id = s.case_id
             join document d on d.site_id = c.site_id and d.document_id = c.document_id
             join staff_grant g on g.site_id = s.site_id and g.from_on <= $2 and (g.to_on is null or g.to_on >= $2)
              and ((g.role = s.role and (s.organ_id is null or g.organ_id = s.organ_id))
                   or (s.role = 'disclosure_office' and g.organ_id = d.responsible_organ_id
                       and g.role = case s.work when 'secrecy' then 'secrecy_reviewer' when 'sign_off' then 'signer' end))
             join staff_account a on a.site_id = g.site_id and a.account_id = g.account_id and a.state = 'active'
            where s.site_id = $1 and s.role in ('reviewer', 'secrecy_reviewer', 'signer', 'disclosure_office')
              and a.login <> coalesce(c.submitted_by, '')
              and not exists (select 1 from edition_author w where w.site_id = s.site_id
                                 and w.edition_id = c.edition_id and w.actor = a.login)
              and ($3 = false or not exists (select 1 from review_entry t where t.site_id = s.site_id
                                 and t.case_id = s.case_id and t.actor = a.login and t.content = c.content
                                 and t.deed in ('approved', 'published_in_emergency'))))
         select distinct s.case_id from review_open_step s
          where s.site_id = $1
            and ((s.role in ('reviewer', 'secrecy_reviewer', 'signer')
                  and not exists (select 1 from fit f where f.case_id = s.case_id and f.position = s.position
                                     and f.held = s.role))
                 or (s.role = 'disclosure_office' and s.work in ('secrecy', 'sign_off')
                     and exists (select 1 from fit f where f.case_id = s.case_id and f.position = s.position
                                    and f.held in ('secrecy_reviewer', 'signer'))))
          order by s.case_id"
    );
    let rows = tx.query(sql, params![&cx.site_id, cx.today(), one_step_only])?;
    rows.iter().map(|row| row.get("case_id")).collect()
}

/// What nobody may go on with: the organ, the gate (`secrecy` or `sign_off`), how many cases.
pub fn vacancies(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Vec<(Option<OrganId>, String, i64)>, DbError> {
    let sql = sql!(
        "select d.responsible_organ_id, s.work, count(*) as n_cases from review_open_step s
           join review_case c on c.site_id = s.site_id and c.case_id = s.case_id
           join document d on d.site_id = c.site_id and d.document_id = c.document_id
          where s.site_id = $1 and s.role = 'disclosure_office' and s.work in ('secrecy', 'sign_off')
          group by d.responsible_organ_id, s.work order by n_cases desc, d.responsible_organ_id, s.work"
    );
    let line = |row: &Row| Ok((row.get("responsible_organ_id")?, row.get("work")?, row.get("n_cases")?));
    tx.query(sql, params![site_id])?.iter().map(line).collect()
}

/// Cases on their way whose records an organ answers for.
pub fn open_cases_of_organ(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    organ_id: &OrganId,
) -> Result<Vec<CaseId>, DbError> {
    let sql = sql!(
        "select c.case_id from review_case c
           join document d on d.site_id = c.site_id and d.document_id = c.document_id
           join edition e on e.site_id = c.site_id and e.edition_id = c.edition_id
          where c.site_id = $1 and d.responsible_organ_id = $2
            and (c.stage = 'scheduled' or exists (
                  select 1 from review_open_step s where s.site_id = c.site_id and s.case_id = c.case_id))
          order by c.case_id"
    );
    tx.query(sql, params![site_id, organ_id])?.iter().map(|row| row.get("case_id")).collect()
}

pub fn note_escalated(tx: &mut Tx<'_>, cx: &Cx, id: &CaseId) -> Result<(), DbError> {
    let sql = sql!(
        "update review_open_step set escalated_at = $3
          where site_id = $1 and case_id = $2 and due_on < $4 and escalated_at is null"
    );
    tx.execute(sql, params![&cx.site_id, id, cx.at, cx.today()])?;
    Ok(())
}

/// Cases under way whose edition was written since they were last looked at, and scheduled ones whose time was taken
/// back because the document was withdrawn.
pub fn outdated_cases(tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<CaseId>, DbError> {
    let sql = sql!(
        "select c.case_id from review_case c
           join edition e on e.site_id = c.site_id and e.edition_id = c.edition_id
          where c.site_id = $1
            and ((c.stage in ('round', 'secrecy', 'sign_off', 'publication')
                  and e.state = 'draft' and e.version + e.files_version <> c.edition_version)
                 or (c.stage = 'scheduled' and e.state = 'draft'))
          order by c.case_id limit 100"
    );
    tx.query(sql, params![&cx.site_id])?.iter().map(|row| row.get("case_id")).collect()
}

pub fn note_edition_version(tx: &mut Tx<'_>, cx: &Cx, id: &CaseId) -> Result<(), DbError> {
    let sql = sql!(
        "update review_case set edition_version = (select e.version + e.files_version from edition e
                 where e.site_id = review_case.site_id and e.edition_id = review_case.edition_id)
          where site_id = $1 and case_id = $2"
    );
    tx.execute(sql, params![&cx.site_id, id])?;
    Ok(())
}

pub fn keep_snapshot(
    tx: &mut Tx<'_>,
    cx: &Cx,
    content: &Fingerprint,
    edition_id: &EditionId,
    body: &str,
) -> Result<(), DbError> {
    let sql = sql!(
        "insert into review_snapshot (site_id, content, edition_id, body, taken_at) values ($1, $2, $3, $4, $5)
         on conflict (site_id, content) do nothing"
    );
    tx.execute(sql, params![&cx.site_id, &content.0, edition_id, body, cx.at])?;
    Ok(())
}

pub fn snapshot(tx: &mut Tx<'_>, site_id: &SiteId, content: &Fingerprint) -> Result<Option<String>, DbError> {
    let sql = sql!("select body from review_snapshot where site_id = $1 and content = $2");
    tx.query_opt(sql, params![site_id, &content.0])?.map(|row| row.get("body")).transpose()
}

pub fn insert_secrecy_form(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: &CaseId,
    position: i64,
    form: &SecrecyForm,
) -> Result<()> {
    let sql = sql!(
        "insert into secrecy_form (site_id, case_id, position, opinion, bases, note, masked)
         values ($1, $2, $3, $4, $5, $6, $7)"
    );
    let SecrecyForm { opinion, bases, note, masked } = form;
    let (bases, masked) = (serde_json::to_string(bases)?, serde_json::to_string(masked)?);
    tx.execute(sql, params![&cx.site_id, id, position, opinion, bases, note, masked])?;
    Ok(())
}

/// The secrecy forms of a case with the positions of their decisions.
pub fn secrecy_forms(tx: &mut Tx<'_>, site_id: &SiteId, id: &CaseId) -> Result<Vec<(i64, SecrecyForm)>> {
    let sql = sql!("select * from secrecy_form where site_id = $1 and case_id = $2 order by position");
    let form = |row: &Row| -> Result<(i64, SecrecyForm)> {
        let form = SecrecyForm {
            opinion: row.get("opinion")?,
            bases: serde_json::from_str(&row.get::<String>("bases")?)?,
            note: row.get("note")?,
            masked: serde_json::from_str(&row.get::<String>("masked")?)?,
        };
        Ok((row.get("position")?, form))
    };
    tx.query(sql, params![site_id, id])?.iter().map(form).collect()
}

pub fn insert_link(tx: &mut Tx<'_>, cx: &Cx, link: &Link) -> Result<(), DbError> {
    let sql = sql!(
        "insert into review_link (site_id, mark, case_id, gate, round, party, content, holder, issued_by, issued_at,
                                  expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    let (gate, round) = codes::gate(link.step.gate);
    let params = params![
        &cx.site_id,
        &link.mark,
        &link.case_id,
        gate,
        round,
        number(link.step.party),
        &link.content.0,
        &link.holder,
        &link.issued_by,
        link.issued_at,
        link.expires_at,
    ];
    tx.execute(sql, params)?;
    Ok(())
}

pub fn link(tx: &mut Tx<'_>, site_id: &SiteId, mark: &str) -> Result<Option<Link>> {
    let sql = sql!("select * from review_link where site_id = $1 and mark = $2");
    tx.query_opt(sql, params![site_id, mark])?.as_ref().map(link_of).transpose()
}

/// The links of a case, the newest first.
pub fn links(tx: &mut Tx<'_>, site_id: &SiteId, id: &CaseId) -> Result<Vec<Link>> {
    let sql =
        sql!("select * from review_link where site_id = $1 and case_id = $2 order by issued_at desc, mark");
    tx.query(sql, params![site_id, id])?.iter().map(link_of).collect()
}

fn link_of(row: &Row) -> Result<Link> {
    Ok(Link {
        mark: row.get("mark")?,
        case_id: row.get("case_id")?,
        step: step_of(&row.get::<String>("gate")?, Some(row.get("round")?), row.get("party")?)?,
        content: Fingerprint(row.get("content")?),
        holder: row.get("holder")?,
        issued_by: row.get("issued_by")?,
        issued_at: row.get("issued_at")?,
        expires_at: row.get("expires_at")?,
        used_at: row.get("used_at")?,
        withdrawn_at: row.get("withdrawn_at")?,
    })
}

/// Uses up a link; gives 0 when it was used or withdrawn before.
pub fn use_link(tx: &mut Tx<'_>, cx: &Cx, mark: &str) -> Result<u64, DbError> {
    let sql = sql!(
        "update review_link set used_at = $3
          where site_id = $1 and mark = $2 and used_at is null and withdrawn_at is null"
    );
    tx.execute(sql, params![&cx.site_id, mark, cx.at])
}

/// Makes a link worthless; gives 0 when it was used or withdrawn before.
pub fn withdraw_link(tx: &mut Tx<'_>, cx: &Cx, case_id: &CaseId, mark: &str) -> Result<u64, DbError> {
    let sql = sql!(
        "update review_link set withdrawn_at = $4
          where site_id = $1 and case_id = $2 and mark = $3 and used_at is null and withdrawn_at is null"
    );
    tx.execute(sql, params![&cx.site_id, case_id, mark, cx.at])
}
