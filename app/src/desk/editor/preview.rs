//! The draft as citizens will see it, at the widths of a computer, a phone and in the reading mode for the elderly.

use axum::{
    extract::Query,
    response::{Html, IntoResponse, Response},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rules::permission::Act;
use serde::Deserialize;

use crate::{
    attachment, column,
    desk::officer::Officer,
    organ,
    portal::{preview, queries::PublicFile, visit::Address},
};

/// How it is looked at.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// `desktop`, `phone` or `senior`; the first two differ only in the width of their frame.
    #[serde(default)]
    mode: String,
}

/// `GET /desk/editions/{id}/preview?mode=…`.
pub async fn show(Address(id): Address<String>, Query(asked): Query<Asked>, officer: Officer) -> Response {
    let made = async {
        let opened = officer.open(&id, Act::ReadDrafts).await?;
        let draft = officer
            .read(move |tx, cx| {
                let organ_id = opened.edition.content.issuing_organ_id.as_ref();
                let code =
                    organ_id.map(|id| organ::queries::code_of(tx, &cx.site_id, id)).transpose()?.flatten();
                Ok(preview::Draft {
                    files: attachment::queries::of_edition(tx, &cx.site_id, &opened.edition.id)?
                        .into_iter()
                        .map(public)
                        .collect(),
                    columns: column::queries::all(tx, &cx.site_id)?,
                    organ_code: code,
                    document: opened.document,
                    edition: opened.edition,
                })
            })
            .await?;
        let file =
            |name: &str| format!("/desk/editions/{id}/files/{}", utf8_percent_encode(name, NON_ALPHANUMERIC));
        let html = preview::page(&officer.visit, draft, asked.mode == "senior", file)?;
        Ok(Html(html).into_response())
    };
    officer.answer(made.await)
}

fn public(attachment: attachment::Attachment) -> PublicFile {
    PublicFile {
        name: attachment.name,
        media_type: attachment.file.media_type,
        size: attachment.file.size,
        sha256: attachment.file.sha256,
    }
}
