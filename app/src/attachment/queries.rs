//! The rows of attachments, for those who may see all of them; the public reads the view `public_attachment`.

use kit_db::{DbError, Row, Tx, params, sql};

use super::{Attachment, StoredFile};
use crate::{
    cx::Cx,
    document::Edition,
    id::{EditionId, SiteId},
};

/// Adds a file at the end of the edition's list; gives its id.
pub fn insert(
    tx: &mut Tx<'_>,
    cx: &Cx,
    edition: &Edition,
    name: &str,
    file: &StoredFile,
) -> Result<String, DbError> {
    let id = cx.new_id();
    let sql = sql!(
        "insert into attachment (site_id, attachment_id, document_id, edition_id, name, media_type, size, sha256,
                                 position, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8,
                 (select coalesce(max(position), 0) + 1 from attachment where site_id = $1 and edition_id = $4), $9)"
    );
    let StoredFile { sha256, size, media_type } = file;
    tx.execute(
        sql,
        params![&cx.site_id, &id, &edition.document_id, &edition.id, name, media_type, *size, sha256, cx.at],
    )?;
    Ok(id)
}

pub fn of_edition(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    edition_id: &EditionId,
) -> Result<Vec<Attachment>, DbError> {
    let sql = sql!(
        "select attachment_id, name, media_type, size, sha256 from attachment
          where site_id = $1 and edition_id = $2 order by position"
    );
    tx.query(sql, params![site_id, edition_id])?.iter().map(attachment).collect()
}

/// Every stored file of the site by its hash, each with a name it bears.
pub fn stored(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Vec<(String, String)>, DbError> {
    let sql = sql!(
        "select sha256, min(name) as name from attachment where site_id = $1 group by sha256 order by sha256"
    );
    let rows = tx.query(sql, params![site_id])?;
    rows.iter().map(|row| Ok((row.get("sha256")?, row.get("name")?))).collect()
}

/// Number of files of an edition.
pub fn count(tx: &mut Tx<'_>, site_id: &SiteId, edition_id: &EditionId) -> Result<usize, DbError> {
    let sql = sql!("select count(*) as n from attachment where site_id = $1 and edition_id = $2");
    let n: i64 = tx.query_one(sql, params![site_id, edition_id])?.get("n")?;
    Ok(usize::try_from(n).unwrap_or_default())
}

/// Gives a file another name; 0 rows when the edition has no such file.
pub fn set_name(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    edition_id: &EditionId,
    id: &str,
    name: &str,
) -> Result<u64, DbError> {
    let sql =
        sql!("update attachment set name = $4 where site_id = $1 and edition_id = $2 and attachment_id = $3");
    tx.execute(sql, params![site_id, edition_id, id, name])
}

/// Puts another stored file in the place of one; 0 rows when it is not the file with hash `seen` any more.
pub fn set_file(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    edition_id: &EditionId,
    (id, seen): (&str, &str),
    file: &StoredFile,
) -> Result<u64, DbError> {
    let sql = sql!(
        "update attachment set sha256 = $5, size = $6, media_type = $7
          where site_id = $1 and edition_id = $2 and attachment_id = $3 and sha256 = $4"
    );
    tx.execute(sql, params![site_id, edition_id, id, seen, &file.sha256, file.size, &file.media_type])
}

pub fn set_position(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    edition_id: &EditionId,
    id: &str,
    position: i64,
) -> Result<(), DbError> {
    let sql = sql!(
        "update attachment set position = $4 where site_id = $1 and edition_id = $2 and attachment_id = $3"
    );
    tx.execute(sql, params![site_id, edition_id, id, position])?;
    Ok(())
}

/// Takes a file off the edition's list; its bytes stay in the store.
pub fn delete(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    edition_id: &EditionId,
    id: &str,
) -> Result<Option<Attachment>, DbError> {
    let sql = sql!(
        "delete from attachment where site_id = $1 and edition_id = $2 and attachment_id = $3
         returning attachment_id, name, media_type, size, sha256"
    );
    tx.query_opt(sql, params![site_id, edition_id, id])?.as_ref().map(attachment).transpose()
}

pub fn delete_all(tx: &mut Tx<'_>, site_id: &SiteId, edition_id: &EditionId) -> Result<(), DbError> {
    let sql = sql!("delete from attachment where site_id = $1 and edition_id = $2");
    tx.execute(sql, params![site_id, edition_id])?;
    Ok(())
}

fn attachment(row: &Row) -> Result<Attachment, DbError> {
    Ok(Attachment {
        id: row.get("attachment_id")?,
        name: row.get("name")?,
        file: StoredFile {
            sha256: row.get("sha256")?,
            size: row.get("size")?,
            media_type: row.get("media_type")?,
        },
    })
}
