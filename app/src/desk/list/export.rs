//! A list as a file: the same rows as on the page, all of them. Who took what out, and why where it holds personal data, is
//! in the audit log before the file is sent.

use askama::Template;
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use kit_office::sheet::{self, Cell, Column, Format, Table};
use kit_web::files::content_disposition;
use serde_json::json;

use super::State;
use crate::{
    app::task_failed,
    audit,
    desk::{officer::Officer, page::Layout},
    error::Result,
};

/// The list to be written.
pub struct Sheet {
    /// What the list is called; becomes the file's name.
    pub title: String,
    /// The head.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// Whether it holds personal data: then a reason is asked for (个人信息保护法 Art. 51).
    pub personal: bool,
}

#[derive(Template)]
#[template(path = "desk/list/reason.html")]
struct ReasonPage {
    layout: Layout,
    path: String,
    kept: Vec<(String, String)>,
    format: &'static str,
    n_rows: usize,
}

/// The file in the format asked for, or the page that asks for a reason first.
///
/// # Errors
/// As the database; unexpected where the list is longer than a sheet.
pub async fn answer(officer: &Officer, state: &State, format: Format, sheet: Sheet) -> Result<Response> {
    let reason = state.text("reason");
    if sheet.personal && reason.is_empty() {
        return ask(officer, state, format, &sheet);
    }
    record(officer, state, format, (&sheet, &reason)).await?;
    let name = format!("{}-{}", sheet.title, officer.cx().today());
    file(format, &name, sheet).await
}

/// A sheet as a file of that name; the ending comes from the format.
///
/// # Errors
/// Unexpected where the sheet is longer than its format allows.
pub async fn file(format: Format, name: &str, sheet: Sheet) -> Result<Response> {
    let name = format!("{name}.{}", format.extension());
    let bytes = tokio::task::spawn_blocking(move || {
        let Sheet { title, columns, rows, .. } = sheet;
        sheet::write(format, Table { title, columns, rows })
    });
    let bytes = bytes.await.map_err(|error| task_failed(&error))?.map_err(anyhow::Error::from)?;
    let media_type = HeaderValue::from_static(format.media_type());
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_DISPOSITION, content_disposition(&name, false)),
    ];
    Ok((headers, bytes).into_response())
}

fn ask(officer: &Officer, state: &State, format: Format, sheet: &Sheet) -> Result<Response> {
    let page = ReasonPage {
        layout: officer.layout("导出原因").under(&[("首页", "/desk"), (&sheet.title, state.path())]),
        path: state.path().to_owned(),
        kept: state.lasting(),
        format: format.extension(),
        n_rows: sheet.rows.len(),
    };
    officer.page(&page)
}

async fn record(
    officer: &Officer,
    state: &State,
    format: Format,
    (sheet, reason): (&Sheet, &str),
) -> Result<()> {
    let (path, n_rows) = (state.path().to_owned(), sheet.rows.len());
    let detail = json!({
        "list": state.address(&[]), "format": format.extension(), "rows": n_rows, "reason": reason,
    });
    let detail = detail.to_string();
    officer
        .act(move |tx, cx| {
            let act =
                audit::Act { action: "list.export", object_kind: "list", object_id: &path, detail: &detail };
            audit::actions::record(tx, cx, act)
        })
        .await
}
