//! The rows of the feed: appended and read, never changed.

use kit_db::{DbError, Row, Tx, params, sql};

use super::{Change, Kind};
use crate::{cx::Cx, id::SiteId};

pub fn insert_change(tx: &mut Tx<'_>, cx: &Cx, change: &Change) -> Result<(), DbError> {
    let sql = sql!(
        "insert into change_feed (site_id, position, kind, document_id, column_id, changed_at)
         values ($1, $2, $3, $4, $5, $6)"
    );
    let Change { position, kind, document_id, column_id } = change;
    tx.execute(sql, params![&cx.site_id, *position, kind.code(), document_id, column_id, cx.at])?;
    Ok(())
}

pub fn changes_after(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    position: i64,
    limit: i64,
) -> Result<Vec<Change>, DbError> {
    let sql = sql!(
        "select position, kind, document_id, column_id from change_feed
          where site_id = $1 and position > $2 order by position limit $3"
    );
    let rows = tx.query(sql, params![site_id, position, limit])?;
    rows.iter().map(change).collect()
}

fn change(row: &Row) -> Result<Change, DbError> {
    let kind: String = row.get("kind")?;
    let unknown = || DbError::Column { column: "change_feed.kind".to_owned(), expected: "a known kind" };
    Ok(Change {
        position: row.get("position")?,
        kind: Kind::from_code(&kind).ok_or_else(unknown)?,
        document_id: row.get("document_id")?,
        column_id: row.get("column_id")?,
    })
}
