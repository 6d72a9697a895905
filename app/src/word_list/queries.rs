//! The rows of the word lists.

use kit_db::{DbError, Row, Tx, params, sql};
use rules::check::WordKind;

use super::{ListedWord, NewWord, kind_code, kind_of};
use crate::{
    cx::Cx,
    error::{Error, Result},
    id::SiteId,
};

pub fn insert(tx: &mut Tx<'_>, cx: &Cx, id: &str, word: &NewWord) -> Result<(), DbError> {
    let sql = sql!(
        "insert into word (site_id, word_id, kind, word, right_word, note, sort, blocking, created_at, created_by, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)"
    );
    let NewWord { kind, word, right, note, order, blocking } = word;
    let kind = kind_code(*kind);
    let values = params![&cx.site_id, id, kind, word, right, note, *order, *blocking, cx.at, &cx.actor];
    tx.execute(sql, values)?;
    Ok(())
}

pub fn update(tx: &mut Tx<'_>, cx: &Cx, id: &str, word: &NewWord) -> Result<(), DbError> {
    let sql = sql!(
        "update word set kind = $3, word = $4, right_word = $5, note = $6, sort = $7, blocking = $8, version = version + 1
          where site_id = $1 and word_id = $2"
    );
    let NewWord { kind, word, right, note, order, blocking } = word;
    tx.execute(sql, params![&cx.site_id, id, kind_code(*kind), word, right, note, *order, *blocking])?;
    Ok(())
}

pub fn delete(tx: &mut Tx<'_>, site_id: &SiteId, id: &str) -> Result<(), DbError> {
    let sql = sql!("delete from word where site_id = $1 and word_id = $2");
    tx.execute(sql, params![site_id, id])?;
    Ok(())
}

pub fn by_id(tx: &mut Tx<'_>, site_id: &SiteId, id: &str) -> Result<Option<ListedWord>> {
    let sql = sql!("select * from word where site_id = $1 and word_id = $2");
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(listed).transpose()
}

pub fn by_word(tx: &mut Tx<'_>, site_id: &SiteId, kind: WordKind, word: &str) -> Result<Option<ListedWord>> {
    let sql = sql!("select * from word where site_id = $1 and kind = $2 and word = $3");
    tx.query_opt(sql, params![site_id, kind_code(kind), word])?.as_ref().map(listed).transpose()
}

/// Every word of the site, for the automaton.
pub fn all(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Vec<ListedWord>> {
    let sql = sql!("select * from word where site_id = $1 order by kind, sort, word");
    tx.query(sql, params![site_id])?.iter().map(listed).collect()
}

/// Which words of the list are wanted.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of one kind.
    pub kind: Option<WordKind>,
    /// With this in the word, the right word or the note.
    pub text: String,
}

/// A page of the list, newest first, and how many there are in all.
pub fn page(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    filter: &Filter,
    offset: i64,
    limit: i64,
) -> Result<(Vec<ListedWord>, i64)> {
    let kind = filter.kind.map_or("", kind_code);
    let text = like(&filter.text);
    let sql = sql!(
        "select * from word
          where site_id = $1 and ($2 = '' or kind = $2)
            and (word like $3 escape '!' or right_word like $3 escape '!' or note like $3 escape '!')
          order by created_at desc, word_id desc limit $4 offset $5"
    );
    let rows = tx.query(sql, params![site_id, kind, &text, limit, offset])?;
    let words = rows.iter().map(listed).collect::<Result<_>>()?;
    let sql = sql!(
        "select count(*) as n from word
          where site_id = $1 and ($2 = '' or kind = $2)
            and (word like $3 escape '!' or right_word like $3 escape '!' or note like $3 escape '!')"
    );
    Ok((words, tx.query_one(sql, params![site_id, kind, &text])?.get("n")?))
}

/// The pattern that finds a text anywhere.
fn like(text: &str) -> String {
    let plain = text.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{plain}%")
}

/// What the list is at now; empty where the site has never changed it.
pub fn state(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<String, DbError> {
    let sql = sql!("select state from word_list where site_id = $1");
    Ok(tx.query_opt(sql, params![site_id])?.map(|row| row.get("state")).transpose()?.unwrap_or_default())
}

/// Says that the list has changed. A state is never used twice: not by a change that was rolled back either.
pub fn set_state(tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DbError> {
    let sql = sql!(
        "insert into word_list (site_id, state, changed_at) values ($1, $2, $3)
         on conflict (site_id) do update set state = excluded.state, changed_at = excluded.changed_at"
    );
    tx.execute(sql, params![&cx.site_id, cx.new_id(), cx.at])?;
    Ok(())
}

fn listed(row: &Row) -> Result<ListedWord> {
    let kind: String = row.get("kind")?;
    let unknown = || Error::Unexpected(anyhow::anyhow!("word.kind is {kind:?}"));
    let word = NewWord {
        kind: kind_of(&kind).ok_or_else(unknown)?,
        word: row.get("word")?,
        right: row.get("right_word")?,
        note: row.get("note")?,
        order: row.get("sort")?,
        blocking: row.get("blocking")?,
    };
    Ok(ListedWord {
        id: row.get("word_id")?,
        word,
        created_at: row.get("created_at")?,
        created_by: row.get("created_by")?,
    })
}
