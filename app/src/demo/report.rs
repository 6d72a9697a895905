//! The annual report of the demonstration's year (演示年报): written, signed by another person and published through the
//! actions of staff, at the moments of `demo/report`. It is made once, to demonstration sites only; it types no figure.

use std::sync::Arc;

use anyhow::{Context, anyhow};
use kit_db::Tx;
use serde::Deserialize;

use super::{load, staff};
use crate::{
    annual_report::{actions, queries, release},
    app::App,
    cx::{Cx, instant_of},
    error::Result,
};

/// What a file of `demo/report` holds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    year: i64,
    author: String,
    signer: String,
    written_at: String,
    signed_at: String,
    #[serde(rename = "section")]
    sections: Vec<Text>,
}

/// The text of a section; what is not named stays as the format writes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    code: String,
    text: String,
}

/// Writes, signs and publishes the report that the site lacks; gives its year where it did.
///
/// # Errors
/// When the file is broken, something blocks the report, or a printed form lacks its fonts.
pub async fn load(app: &Arc<App>, name: &str) -> anyhow::Result<Option<i64>> {
    let Some(site) = staff::demonstration(app, name).await? else { return Ok(None) };
    let path = format!("report/{name}.toml");
    let Some(text) = load::text_if_any(&path)? else { return Ok(None) };
    let file: File = toml::from_str(&text).with_context(|| format!("demo/{path}"))?;
    let (site_id, year) = (site.id.clone(), file.year);
    if app.db.read(move |tx| queries::newest(tx, &site_id, "", year)).await?.is_some() {
        return Ok(None);
    }
    let at = |text: &str| instant_of(text).ok_or_else(|| anyhow!("demo/{path}：{text} 不是时间"));
    let author = Cx { at: at(&file.written_at)?, ..app.cx(&site.id, &file.author) };
    let signer = Cx { at: at(&file.signed_at)?, ..app.cx(&site.id, &file.signer) };
    let sections = file.sections;
    let id = app.act(author, move |tx, cx| write(tx, cx, year, &sections)).await?;
    let base_url = format!("https://{}", site.profile.domain);
    release::sign(app, signer, (&id.0, id.1), base_url).await?;
    Ok(Some(year))
}

/// The report as submitted, with its version.
fn write(tx: &mut Tx<'_>, cx: &Cx, year: i64, sections: &[Text]) -> Result<(String, i64)> {
    let id = actions::create(tx, cx, "", year)?;
    let report = actions::find(tx, cx, &id)?;
    for text in sections {
        let seen = report.section(&text.code).map_or(0, |section| section.version);
        actions::save_section(tx, cx, (&id, seen), &text.code, text.text.trim())?;
    }
    let version = actions::find(tx, cx, &id)?.version;
    actions::submit(tx, cx, &id, version)?;
    let version = actions::find(tx, cx, &id)?.version;
    Ok((id, version))
}
