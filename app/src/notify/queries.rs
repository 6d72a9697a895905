//! The rows of messages and preferences.

use kit_db::{DbError, FromValue, Row, Tx, Value, params, sql};

use super::{Kind, Message, Posted};
use crate::{
    cx::Cx,
    id::{AccountId, JobId, MessageId, SiteId},
};

impl FromValue for Kind {
    fn from_value(value: Value) -> Result<Kind, &'static str> {
        Kind::of(&String::from_value(value)?).ok_or("a kind of message")
    }
}

/// Which messages a list shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only those that were not read.
    pub unread: bool,
    /// Only those of this kind.
    pub kind: Option<Kind>,
}

pub fn insert(
    tx: &mut Tx<'_>,
    cx: &Cx,
    to: &AccountId,
    message: Message<'_>,
    wants_letter: bool,
) -> Result<(), DbError> {
    let sql = sql!(
        "insert into message (site_id, message_id, account_id, kind, text, href, created_at, wants_letter)
         values ($1, $2, $3, $4, $5, $6, $7, $8)"
    );
    let (kind, id) = (message.kind.code(), cx.new_id());
    tx.execute(sql, params![&cx.site_id, id, to, kind, message.text, message.href, cx.at, wants_letter])?;
    Ok(())
}

/// How many messages of an account are unread: on every page of the desk.
pub fn n_unread(tx: &mut Tx<'_>, site_id: &SiteId, account: &AccountId) -> Result<i64, DbError> {
    let sql =
        sql!("select count(*) as n from message where site_id = $1 and account_id = $2 and read_at is null");
    tx.query_one(sql, params![site_id, account])?.get("n")
}

/// An account's messages, the newest first.
pub fn list(
    tx: &mut Tx<'_>,
    (site_id, account): (&SiteId, &AccountId),
    filter: Filter,
    skip: i64,
    rows: i64,
) -> Result<Vec<Posted>, DbError> {
    let sql = sql!(
        "select message_id, kind, text, href, created_at, read_at from message
          where site_id = $1 and account_id = $2 and ($3 = '' or kind = $3) and (read_at is null or $4 = 0)
          order by created_at desc, message_id desc limit $5 offset $6"
    );
    let (kind, unread) = words(filter);
    tx.query(sql, params![site_id, account, kind, unread, rows, skip])?.iter().map(posted).collect()
}

/// How many messages of an account fit the filter.
pub fn count(tx: &mut Tx<'_>, site_id: &SiteId, account: &AccountId, filter: Filter) -> Result<i64, DbError> {
    let sql = sql!(
        "select count(*) as n from message
          where site_id = $1 and account_id = $2 and ($3 = '' or kind = $3) and (read_at is null or $4 = 0)"
    );
    let (kind, unread) = words(filter);
    tx.query_one(sql, params![site_id, account, kind, unread])?.get("n")
}

fn words(filter: Filter) -> (&'static str, i64) {
    (filter.kind.map_or("", Kind::code), i64::from(filter.unread))
}

/// One message of an account.
pub fn find(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    account: &AccountId,
    id: &MessageId,
) -> Result<Option<Posted>, DbError> {
    let sql = sql!(
        "select message_id, kind, text, href, created_at, read_at from message
          where site_id = $1 and account_id = $2 and message_id = $3"
    );
    tx.query_opt(sql, params![site_id, account, id])?.as_ref().map(posted).transpose()
}

fn posted(row: &Row) -> Result<Posted, DbError> {
    Ok(Posted {
        id: row.get("message_id")?,
        kind: row.get("kind")?,
        text: row.get("text")?,
        href: row.get("href")?,
        created_at: row.get("created_at")?,
        read_at: row.get("read_at")?,
    })
}

pub fn set_read(tx: &mut Tx<'_>, cx: &Cx, account: &AccountId, id: &MessageId) -> Result<(), DbError> {
    let sql = sql!(
        "update message set read_at = $4
          where site_id = $1 and account_id = $2 and message_id = $3 and read_at is null"
    );
    tx.execute(sql, params![&cx.site_id, account, id, cx.at])?;
    Ok(())
}

/// Everything that came up to a moment: what came later was not on the page on which the officer pressed the button.
pub fn set_all_read(tx: &mut Tx<'_>, cx: &Cx, account: &AccountId, until: i64) -> Result<u64, DbError> {
    let sql = sql!(
        "update message set read_at = $3
          where site_id = $1 and account_id = $2 and read_at is null and created_at <= $4"
    );
    tx.execute(sql, params![&cx.site_id, account, cx.at, until])
}

pub fn delete_read_before(tx: &mut Tx<'_>, site_id: &SiteId, before: i64) -> Result<u64, DbError> {
    tx.execute(sql!("delete from message where site_id = $1 and read_at < $2"), params![site_id, before])
}

/// What an account chose, by kind.
pub fn preferences(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    account: &AccountId,
) -> Result<Vec<(Kind, bool)>, DbError> {
    let sql = sql!("select kind, by_mail from message_preference where site_id = $1 and account_id = $2");
    let rows = tx.query(sql, params![site_id, account])?;
    rows.iter().map(|row| Ok((row.get("kind")?, row.get("by_mail")?))).collect()
}

pub fn set_preference(
    tx: &mut Tx<'_>,
    cx: &Cx,
    account: &AccountId,
    kind: Kind,
    by_mail: bool,
) -> Result<(), DbError> {
    let sql = sql!(
        "insert into message_preference (site_id, account_id, kind, by_mail) values ($1, $2, $3, $4)
         on conflict (site_id, account_id, kind) do update set by_mail = $4"
    );
    tx.execute(sql, params![&cx.site_id, account, kind.code(), by_mail])?;
    Ok(())
}

/// When a letter last went to an account.
pub fn last_mailed_at(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    account: &AccountId,
) -> Result<Option<i64>, DbError> {
    let sql = sql!("select max(mailed_at) as at from message where site_id = $1 and account_id = $2");
    tx.query_one(sql, params![site_id, account])?.get("at")
}

/// Puts what waits into a letter.
pub fn put_into_letter(
    tx: &mut Tx<'_>,
    cx: &Cx,
    account: &AccountId,
    letter: &JobId,
) -> Result<u64, DbError> {
    let sql = sql!(
        "update message set letter_id = $3
          where site_id = $1 and account_id = $2 and read_at is null and wants_letter and letter_id is null"
    );
    tx.execute(sql, params![&cx.site_id, account, letter])
}

/// What a letter tells, the oldest first.
pub fn of_letter(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    account: &AccountId,
    letter: &JobId,
) -> Result<Vec<Posted>, DbError> {
    let sql = sql!(
        "select message_id, kind, text, href, created_at, read_at from message
          where site_id = $1 and account_id = $2 and letter_id = $3 order by created_at, message_id"
    );
    tx.query(sql, params![site_id, account, letter])?.iter().map(posted).collect()
}

pub fn set_mailed(tx: &mut Tx<'_>, cx: &Cx, account: &AccountId, letter: &JobId) -> Result<(), DbError> {
    let sql =
        sql!("update message set mailed_at = $4 where site_id = $1 and account_id = $2 and letter_id = $3");
    tx.execute(sql, params![&cx.site_id, account, letter, cx.at])?;
    Ok(())
}
