//! The annual report of the demonstration's year (演示年报): written, signed by another person and published through the
//! actions of staff, at the moments of `demo/report`. It is made once, to demonstration sites only; it types no figure.

use std::{io::Cursor, sync::Arc};

use anyhow::{Context, anyhow};
use kit_db::Tx;
use serde::Deserialize;

use super::{load, staff};
use crate::{
    annual_report::{actions, picture, queries, release},
    app::App,
    attachment::StoredFile,
    cx::{Cx, instant_of},
    error::Result,
    id::SiteId,
};

/// Pixels: enough for the width of a printed page.
const PICTURE_WIDTH: u32 = 1240;

/// What a file of `demo/report` holds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    year: i64,
    author: String,
    signer: String,
    written_at: String,
    signed_at: String,
    #[serde(rename = "picture")]
    pictures: Vec<Drawn>,
    #[serde(rename = "section")]
    sections: Vec<Text>,
}

/// A picture drawn for the demonstration.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Drawn {
    section: String,
    caption: String,
    /// An SVG in `demo/report`.
    file: String,
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
    let (drawing, stored_in, drawn) = (app.clone(), site.id.clone(), file.pictures);
    let storing = tokio::task::spawn_blocking(move || store(&drawing, &stored_in, drawn));
    let pictures = storing.await.map_err(|error| crate::app::task_failed(&error))??;
    let sections = file.sections;
    let id = app.act(author, move |tx, cx| write(tx, cx, year, (&sections[..], &pictures[..]))).await?;
    let base_url = format!("https://{}", site.profile.domain);
    release::sign(app, signer, (&id.0, id.1), base_url).await?;
    Ok(Some(year))
}

/// Draws the pictures into the file store.
fn store(app: &App, site_id: &SiteId, drawn: Vec<Drawn>) -> anyhow::Result<Vec<(Drawn, StoredFile)>> {
    let one = |drawn: Drawn| {
        let svg = load::text_if_any(&format!("report/{}", drawn.file))?;
        let svg = svg.with_context(|| format!("demo/report/{} is missing", drawn.file))?;
        let png = app.press.picture(&svg, PICTURE_WIDTH)?;
        let file = app.files.store(site_id, &format!("{}.png", drawn.caption), &mut Cursor::new(png))?;
        Ok((drawn, file))
    };
    drawn.into_iter().map(one).collect()
}

/// The report as submitted, with its version.
fn write(
    tx: &mut Tx<'_>,
    cx: &Cx,
    year: i64,
    (sections, pictures): (&[Text], &[(Drawn, StoredFile)]),
) -> Result<(String, i64)> {
    let id = actions::create(tx, cx, "", year)?;
    for (drawn, file) in pictures {
        picture::add(tx, cx, (&id, &drawn.section), &drawn.caption, file)?;
    }
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
