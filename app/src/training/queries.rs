//! The rows of trainings, tests and participants.

use kit_db::{DbError, Row, Tx, params, sql};

use super::{Entry, Listed, ListedParticipant, Participant, Scores, TrainingKind, UnitResult};
use crate::{
    cx::Cx,
    error::Result,
    id::{ParticipantId, SiteId, TrainingId},
    register::like,
    stored,
};

pub fn insert(tx: &mut Tx<'_>, cx: &Cx, id: &TrainingId, entry: &Entry) -> Result<(), DbError> {
    let sql = sql!(
        "insert into training
           (site_id, training_id, kind, title, held_on, ended_on, host_organ_id, place, topics, full_score, pass_score,
            created_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)"
    );
    let values = params![
        &cx.site_id,
        id,
        entry.kind.code(),
        &entry.title,
        entry.held_on.to_string(),
        stored::kept(entry.ended_on),
        &entry.host_organ_id,
        &entry.place,
        &entry.topics,
        entry.scores.map(|scores| scores.full),
        entry.scores.map(|scores| scores.pass),
        cx.at,
    ];
    tx.execute(sql, values)?;
    Ok(())
}

/// Gives the number of rows changed: none when the version is another.
pub fn update(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &TrainingId,
    entry: &Entry,
    version: i64,
) -> Result<u64, DbError> {
    let sql = sql!(
        "update training
            set kind = $3, title = $4, held_on = $5, ended_on = $6, host_organ_id = $7, place = $8, topics = $9,
                full_score = $10, pass_score = $11, version = version + 1
          where site_id = $1 and training_id = $2 and version = $12"
    );
    let values = params![
        site_id,
        id,
        entry.kind.code(),
        &entry.title,
        entry.held_on.to_string(),
        stored::kept(entry.ended_on),
        &entry.host_organ_id,
        &entry.place,
        &entry.topics,
        entry.scores.map(|scores| scores.full),
        entry.scores.map(|scores| scores.pass),
        version,
    ];
    tx.execute(sql, values)
}

/// Gives the number of rows deleted: none when the version is another.
pub fn delete(tx: &mut Tx<'_>, site_id: &SiteId, id: &TrainingId, version: i64) -> Result<u64, DbError> {
    let sql = sql!("delete from training where site_id = $1 and training_id = $2 and version = $3");
    tx.execute(sql, params![site_id, id, version])
}

pub fn by_id(tx: &mut Tx<'_>, site_id: &SiteId, id: &TrainingId) -> Result<Option<Listed>> {
    let sql = sql!(
        "select t.*,
                (select count(distinct p.organ_id) from training_participant p
                  where p.site_id = $1 and p.training_id = t.training_id and p.attended) as n_units,
                (select count(*) from training_participant p
                  where p.site_id = $1 and p.training_id = t.training_id and p.attended) as n_attended
           from training t where t.site_id = $1 and t.training_id = $2"
    );
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(listed).transpose()
}

/// The training or test of a title that was held on a day.
pub fn by_title(tx: &mut Tx<'_>, site_id: &SiteId, held_on: &str, title: &str) -> Result<Option<Listed>> {
    let sql = sql!("select training_id from training where site_id = $1 and held_on = $2 and title = $3");
    match tx.query_opt(sql, params![site_id, held_on, title])? {
        Some(row) => by_id(tx, site_id, &row.get("training_id")?),
        None => Ok(None),
    }
}

/// Which trainings and tests are wanted; empty texts and `None` narrow nothing.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Ids of organs between bars, as [`crate::register::Organs::within`]: that held it, or whose people were there.
    pub within: Option<String>,
    /// Held from this day on.
    pub from: String,
    /// Held up to this day.
    pub to: String,
    /// Kind.
    pub kind: String,
    /// Part of the title, the place or the topics.
    pub text: String,
    /// The order: a column's name, with `-` before it for the greatest first.
    pub sort: String,
}

/// A page of the register and how many there are in all.
pub fn page(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    filter: &Filter,
    (limit, offset): (i64, i64),
) -> Result<(Vec<Listed>, i64)> {
    let sql = sql!(
        "select t.*, count(*) over () as n_all,
                (select count(distinct p.organ_id) from training_participant p
                  where p.site_id = $1 and p.training_id = t.training_id and p.attended) as n_units,
                (select count(*) from training_participant p
                  where p.site_id = $1 and p.training_id = t.training_id and p.attended) as n_attended
           from training t
          where t.site_id = $1
            and (cast($2 as text) is null or $2 like '%|' || t.host_organ_id || '|%' or exists (
                  select 1 from training_participant p
                   where p.site_id = $1 and p.training_id = t.training_id and $2 like '%|' || p.organ_id || '|%'))
            and ($3 = '' or t.held_on >= $3) and ($4 = '' or t.held_on <= $4) and ($5 = '' or t.kind = $5)
            and (t.title like $6 escape '!' or t.place like $6 escape '!' or t.topics like $6 escape '!')
          order by case when $7 = 'title' then t.title when $7 = 'held' then t.held_on end,
                   case when $7 = '-title' then t.title when $7 = '-held' then t.held_on end desc,
                   t.held_on desc, t.title
          limit $8 offset $9"
    );
    let Filter { within, from, to, kind, text, sort } = filter;
    let rows = tx.query(sql, params![site_id, within, from, to, kind, like(text), sort, limit, offset])?;
    let n_all = rows.first().map_or(Ok(0), |row| row.get("n_all"))?;
    Ok((rows.iter().map(listed).collect::<Result<_>>()?, n_all))
}

/// Ids of trainings and tests with day and title that organs within held or took part in: the one of `first` first, then the
/// newest.
pub fn names_within(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    within: &Option<String>,
    (first, most): (&str, i64),
) -> Result<Vec<(String, String)>, DbError> {
    let sql = sql!(
        "select t.training_id, t.held_on || ' ' || t.title as name from training t
          where t.site_id = $1
            and (cast($2 as text) is null or $2 like '%|' || t.host_organ_id || '|%' or exists (
                  select 1 from training_participant p
                   where p.site_id = $1 and p.training_id = t.training_id and $2 like '%|' || p.organ_id || '|%'))
          order by case when t.training_id = $3 then 0 else 1 end, t.held_on desc, t.title limit $4"
    );
    let rows = tx.query(sql, params![site_id, within, first, most])?;
    rows.iter().map(|row| Ok((row.get("training_id")?, row.get("name")?))).collect()
}

fn listed(row: &Row) -> Result<Listed> {
    let (full, pass): (Option<i64>, Option<i64>) = (row.get("full_score")?, row.get("pass_score")?);
    let entry = Entry {
        kind: stored::coded(row, "kind", TrainingKind::from_code)?,
        title: row.get("title")?,
        held_on: stored::day(row, "held_on")?,
        ended_on: stored::optional_day(row, "ended_on")?,
        host_organ_id: row.get("host_organ_id")?,
        place: row.get("place")?,
        topics: row.get("topics")?,
        scores: full.zip(pass).map(|(full, pass)| Scores { full, pass }),
    };
    Ok(Listed {
        id: row.get("training_id")?,
        entry,
        n_units: row.get("n_units")?,
        n_attended: row.get("n_attended")?,
        version: row.get("version")?,
    })
}

pub fn insert_participant(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: &ParticipantId,
    training: &TrainingId,
    participant: &Participant,
) -> Result<(), DbError> {
    let sql = sql!(
        "insert into training_participant
           (site_id, participant_id, training_id, organ_id, name, post, attended, score, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    );
    let Participant { organ_id, name, post, attended, score } = participant;
    tx.execute(sql, params![&cx.site_id, id, training, organ_id, name, post, *attended, *score, cx.at])?;
    Ok(())
}

/// Changes all but the organ and the name.
pub fn update_participant(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &ParticipantId,
    participant: &Participant,
) -> Result<(), DbError> {
    let sql = sql!(
        "update training_participant set post = $3, attended = $4, score = $5
          where site_id = $1 and participant_id = $2"
    );
    let Participant { post, attended, score, .. } = participant;
    tx.execute(sql, params![site_id, id, post, *attended, *score])?;
    Ok(())
}

pub fn delete_participant(tx: &mut Tx<'_>, site_id: &SiteId, id: &ParticipantId) -> Result<(), DbError> {
    let sql = sql!("delete from training_participant where site_id = $1 and participant_id = $2");
    tx.execute(sql, params![site_id, id])?;
    Ok(())
}

pub fn delete_participants(tx: &mut Tx<'_>, site_id: &SiteId, id: &TrainingId) -> Result<u64, DbError> {
    let sql = sql!("delete from training_participant where site_id = $1 and training_id = $2");
    tx.execute(sql, params![site_id, id])
}

/// Who stands on the list of a training or test under this name for this organ.
pub fn participant_of_name(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    training: &TrainingId,
    participant: &Participant,
) -> Result<Option<ListedParticipant>> {
    let sql = sql!(
        "select p.*, t.title, t.held_on, t.pass_score from training_participant p
           join training t on t.site_id = p.site_id and t.training_id = p.training_id
          where p.site_id = $1 and p.training_id = $2 and p.organ_id = $3 and p.name = $4"
    );
    let Participant { organ_id, name, .. } = participant;
    tx.query_opt(sql, params![site_id, training, organ_id, name])?
        .as_ref()
        .map(listed_participant)
        .transpose()
}

/// Everybody on the list of a training or test.
pub fn participants_of(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    training: &TrainingId,
) -> Result<Vec<ListedParticipant>> {
    let wanted = ParticipantFilter { training: training.0.clone(), ..ParticipantFilter::default() };
    Ok(participants(tx, site_id, &wanted, (i64::MAX, 0))?.0)
}

/// Which participants are wanted; empty texts and `None` narrow nothing.
#[derive(Debug, Clone, Default)]
pub struct ParticipantFilter {
    /// Ids of organs between bars, as [`crate::register::Organs::within`].
    pub within: Option<String>,
    /// Id of a training or test.
    pub training: String,
    /// Held from this day on.
    pub from: String,
    /// Held up to this day.
    pub to: String,
    /// `passed`, `failed`, `absent`.
    pub result: String,
    /// Part of the name or the title.
    pub text: String,
    /// The order: a column's name, with `-` before it for the greatest first.
    pub sort: String,
}

/// Participants and how many there are in all.
pub fn participants(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    filter: &ParticipantFilter,
    (limit, offset): (i64, i64),
) -> Result<(Vec<ListedParticipant>, i64)> {
    let sql = sql!(
        "select p.*, t.title, t.held_on, t.pass_score, count(*) over () as n_all from training_participant p
           join training t on t.site_id = p.site_id and t.training_id = p.training_id
           join organ o on o.site_id = p.site_id and o.organ_id = p.organ_id
          where p.site_id = $1
            and (cast($2 as text) is null or $2 like '%|' || p.organ_id || '|%')
            and ($3 = '' or p.training_id = $3) and ($4 = '' or t.held_on >= $4) and ($5 = '' or t.held_on <= $5)
            and ($6 = '' or ($6 = 'passed' and p.score >= t.pass_score) or ($6 = 'failed' and p.score < t.pass_score)
                         or ($6 = 'absent' and not p.attended))
            and (p.name like $7 escape '!' or t.title like $7 escape '!')
          order by case when $8 = 'score' then coalesce(p.score, -1) end,
                   case when $8 = '-score' then coalesce(p.score, -1) end desc,
                   t.held_on desc, t.title, o.sort, o.code, p.name
          limit $9 offset $10"
    );
    let ParticipantFilter { within, training, from, to, result, text, sort } = filter;
    let values = params![site_id, within, training, from, to, result, like(text), sort, limit, offset];
    let rows = tx.query(sql, values)?;
    let n_all = rows.first().map_or(Ok(0), |row| row.get("n_all"))?;
    Ok((rows.iter().map(listed_participant).collect::<Result<_>>()?, n_all))
}

fn listed_participant(row: &Row) -> Result<ListedParticipant> {
    let score: Option<i64> = row.get("score")?;
    let pass: Option<i64> = row.get("pass_score")?;
    Ok(ListedParticipant {
        id: row.get("participant_id")?,
        training_id: row.get("training_id")?,
        training: row.get("title")?,
        held_on: stored::day(row, "held_on")?,
        participant: Participant {
            organ_id: row.get("organ_id")?,
            name: row.get("name")?,
            post: row.get("post")?,
            attended: row.get("attended")?,
            score,
        },
        passed: score.zip(pass).map(|(score, pass)| score >= pass),
    })
}

/// How the organs did in a training or test, in the order of lists.
pub fn by_unit(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &TrainingId,
    within: &Option<String>,
) -> Result<Vec<UnitResult>, DbError> {
    let sql = sql!(
        "select p.organ_id, count(*) as n_listed, count(case when p.attended then 1 end) as n_attended,
                count(p.score) as n_scored, count(case when p.score >= t.pass_score then 1 end) as n_passed,
                cast(coalesce(sum(p.score), 0) as bigint) as total, max(p.score) as best, min(p.score) as worst
           from training_participant p
           join training t on t.site_id = p.site_id and t.training_id = p.training_id
           join organ o on o.site_id = p.site_id and o.organ_id = p.organ_id
          where p.site_id = $1 and p.training_id = $2
            and (cast($3 as text) is null or $3 like '%|' || p.organ_id || '|%')
          group by p.organ_id, o.sort, o.code order by o.sort, o.code"
    );
    let result = |row: &Row| {
        Ok(UnitResult {
            organ_id: row.get("organ_id")?,
            n_listed: row.get("n_listed")?,
            n_attended: row.get("n_attended")?,
            n_scored: row.get("n_scored")?,
            n_passed: row.get("n_passed")?,
            total: row.get("total")?,
            best: row.get("best")?,
            worst: row.get("worst")?,
        })
    };
    tx.query(sql, params![site_id, id, within])?.iter().map(result).collect()
}
