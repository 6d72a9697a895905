//! The rows of sites and of their host names.

use kit_db::{DbError, Row, Tx, params, sql};

use super::{LetterHead, Profile, Site};
use crate::{error::Result, id::SiteId};

pub fn insert(tx: &mut Tx<'_>, site_id: &SiteId, p: &Profile, at: i64) -> Result<()> {
    let sql = sql!(
        "insert into site (site_id, code, name, short_name, tagline, domain, identification_code, region_code,
                           organ_code, index_number_pattern, theme, demonstration, mourning, contact, footer,
                           created_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 1)"
    );
    let (contact, footer) = (serde_json::to_string(&p.contact)?, serde_json::to_string(&p.footer)?);
    tx.execute(
        sql,
        params![
            site_id,
            &p.code,
            &p.name,
            &p.short_name,
            &p.tagline,
            &p.domain,
            &p.identification_code,
            &p.region_code,
            &p.organ_code,
            &p.index_number_pattern,
            &p.theme,
            p.demonstration,
            p.mourning,
            contact,
            footer,
            at,
        ],
    )?;
    Ok(())
}

pub fn update(tx: &mut Tx<'_>, site_id: &SiteId, p: &Profile) -> Result<()> {
    let sql = sql!(
        "update site set name = $2, short_name = $3, tagline = $4, domain = $5, identification_code = $6,
                region_code = $7, organ_code = $8, index_number_pattern = $9, theme = $10, demonstration = $11,
                mourning = $12, contact = $13, footer = $14, version = version + 1
         where site_id = $1"
    );
    let (contact, footer) = (serde_json::to_string(&p.contact)?, serde_json::to_string(&p.footer)?);
    tx.execute(
        sql,
        params![
            site_id,
            &p.name,
            &p.short_name,
            &p.tagline,
            &p.domain,
            &p.identification_code,
            &p.region_code,
            &p.organ_code,
            &p.index_number_pattern,
            &p.theme,
            p.demonstration,
            p.mourning,
            contact,
            footer,
        ],
    )?;
    Ok(())
}

pub fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Site>> {
    let sql = sql!("select * from site where code = $1");
    tx.query_opt(sql, params![code])?.as_ref().map(|row| site(tx, row)).transpose()
}

pub fn by_id(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Option<Site>> {
    let sql = sql!("select * from site where site_id = $1");
    tx.query_opt(sql, params![site_id])?.as_ref().map(|row| site(tx, row)).transpose()
}

pub fn by_host(tx: &mut Tx<'_>, host: &str) -> Result<Option<Site>> {
    let sql = sql!("select s.* from site_host h join site s on s.site_id = h.site_id where h.host = $1");
    tx.query_opt(sql, params![host])?.as_ref().map(|row| site(tx, row)).transpose()
}

/// Every site of the installation, in the order they were added.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Site>> {
    let rows = tx.query(sql!("select * from site order by created_at, code"), &[])?;
    rows.iter().map(|row| site(tx, row)).collect()
}

pub fn hosts(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Vec<String>, DbError> {
    let sql = sql!("select host from site_host where site_id = $1 order by host");
    tx.query(sql, params![site_id])?.iter().map(|row| row.get("host")).collect()
}

pub fn release_hosts(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<(), DbError> {
    tx.execute(sql!("delete from site_host where site_id = $1"), params![site_id])?;
    Ok(())
}

pub fn take_host(tx: &mut Tx<'_>, site_id: &SiteId, host: &str) -> Result<(), DbError> {
    tx.execute(sql!("insert into site_host (host, site_id) values ($2, $1)"), params![site_id, host])?;
    Ok(())
}

fn site(tx: &mut Tx<'_>, row: &Row) -> Result<Site> {
    let id: SiteId = row.get("site_id")?;
    let domain: String = row.get("domain")?;
    let hosts = hosts(tx, &id)?.into_iter().filter(|host| *host != domain).collect();
    let profile = Profile {
        code: row.get("code")?,
        name: row.get("name")?,
        short_name: row.get("short_name")?,
        tagline: row.get("tagline")?,
        domain,
        hosts,
        identification_code: row.get("identification_code")?,
        region_code: row.get("region_code")?,
        organ_code: row.get("organ_code")?,
        index_number_pattern: row.get("index_number_pattern")?,
        theme: row.get("theme")?,
        demonstration: row.get("demonstration")?,
        mourning: row.get("mourning")?,
        contact: serde_json::from_str(&row.get::<String>("contact")?)?,
        footer: serde_json::from_str(&row.get::<String>("footer")?)?,
    };
    Ok(Site { id, profile })
}

/// What stands on letters of a site; empty where nothing was set.
pub fn letter_head(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<LetterHead, DbError> {
    let sql = sql!("select issuer_mark, registry from site_letter_head where site_id = $1");
    let Some(row) = tx.query_opt(sql, params![site_id])? else { return Ok(LetterHead::default()) };
    Ok(LetterHead { issuer_mark: row.get("issuer_mark")?, registry: row.get("registry")? })
}

pub fn set_letter_head(tx: &mut Tx<'_>, site_id: &SiteId, head: &LetterHead) -> Result<(), DbError> {
    let sql = sql!(
        "insert into site_letter_head (site_id, issuer_mark, registry) values ($1, $2, $3)
         on conflict (site_id) do update set issuer_mark = excluded.issuer_mark, registry = excluded.registry"
    );
    tx.execute(sql, params![site_id, &head.issuer_mark, &head.registry])?;
    Ok(())
}

/// Version of the site's row, for lost races.
pub fn version(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<i64, DbError> {
    tx.query_one(sql!("select version from site where site_id = $1"), params![site_id])?.get("version")
}
