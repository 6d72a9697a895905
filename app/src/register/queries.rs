//! The rows of uploaded tables.

use kit_db::{DbError, Row, Tx, params, sql};

use super::{Counts, actions::Upload};
use crate::{cx::Cx, error::Result, id::SiteId};

pub fn insert(tx: &mut Tx<'_>, cx: &Cx, id: &str, upload: &Upload) -> Result<()> {
    let sql = sql!(
        "insert into register_upload
           (site_id, upload_id, register, file_name, sha256, content, uploaded_by, uploaded_at, taken)
         values ($1, $2, $3, $4, $5, $6, $7, $8, '')"
    );
    let Upload { register, file_name, sha256, lines, .. } = upload;
    let content = serde_json::to_string(lines)?;
    tx.execute(sql, params![&cx.site_id, id, register, file_name, sha256, content, &cx.actor, cx.at])?;
    Ok(())
}

/// The upload of the actor to a register, if it was sent since.
pub fn by_id(tx: &mut Tx<'_>, cx: &Cx, (register, id): (&str, &str), since: i64) -> Result<Option<Upload>> {
    let sql = sql!(
        "select * from register_upload
          where site_id = $1 and upload_id = $2 and register = $3 and uploaded_by = $4 and uploaded_at >= $5"
    );
    tx.query_opt(sql, params![&cx.site_id, id, register, &cx.actor, since])?.as_ref().map(upload).transpose()
}

fn upload(row: &Row) -> Result<Upload> {
    let taken: String = row.get("taken")?;
    Ok(Upload {
        register: row.get("register")?,
        file_name: row.get("file_name")?,
        sha256: row.get("sha256")?,
        lines: serde_json::from_str(&row.get::<String>("content")?)?,
        taken: if taken.is_empty() { None } else { Some(serde_json::from_str(&taken)?) },
    })
}

pub fn set_taken(tx: &mut Tx<'_>, cx: &Cx, id: &str, counts: Counts) -> Result<u64> {
    let sql = sql!(
        "update register_upload set taken_at = $3, taken = $4
          where site_id = $1 and upload_id = $2 and taken_at is null"
    );
    Ok(tx.execute(sql, params![&cx.site_id, id, cx.at, serde_json::to_string(&counts)?])?)
}

pub fn forget_before(tx: &mut Tx<'_>, site_id: &SiteId, at: i64) -> Result<(), DbError> {
    let sql = sql!("delete from register_upload where site_id = $1 and uploaded_at < $2");
    tx.execute(sql, params![site_id, at])?;
    Ok(())
}
