//! The edit page: the form of a record, with the rich text over its body where scripts run. The plain form saves the same
//! fields; its mistakes and a save that came too late are told on the same page with everything still typed in.

use askama::Template;
use axum::response::Response;
use kit_web::forms::FormErrors;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rules::permission::Act;

use super::{
    Opened,
    fields::{self, BODY, FormField, Input, Values},
    with_editor_policy,
};
use crate::{
    attachment::{self, Attachment},
    desk::{
        answer::redirect,
        officer::Officer,
        page::Layout,
        review::returned::{self, Returned},
    },
    error::Result,
    organ,
    portal::{
        page::{AttachmentLink, Link},
        visit::Address,
    },
};

#[derive(Template)]
#[template(path = "desk/editor/edit.html")]
struct EditPage {
    layout: Layout,
    edition_id: String,
    document_id: String,
    version: i64,
    account: String,
    kind: String,
    column: String,
    number: i64,
    fields: Vec<FormField>,
    body: String,
    organs: Vec<String>,
    files: Vec<File>,
    errors: FormErrors,
    /// Somebody saved since the form was shown: who.
    overtaken_by: Option<String>,
    /// Why the text came back, where it did.
    returned: Option<Returned>,
}

/// A file as the page lists it.
pub struct File {
    /// Identity.
    pub id: String,
    /// Name.
    pub name: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256.
    pub sha256: String,
}

impl File {
    /// The name as it stands in addresses and in the body.
    pub fn encoded(&self) -> String {
        utf8_percent_encode(&self.name, NON_ALPHANUMERIC).to_string()
    }

    /// The size as people read it.
    pub fn size_text(&self) -> String {
        AttachmentLink {
            name: String::new(),
            href: String::new(),
            kind: String::new(),
            size: self.size.unsigned_abs(),
            sha256: self.sha256.clone(),
        }
        .size_text()
    }
}

impl From<Attachment> for File {
    fn from(attachment: Attachment) -> File {
        let Attachment { id, name, file } = attachment;
        File { id, name, size: file.size, sha256: file.sha256 }
    }
}

/// `GET /desk/editions/{id}/edit`.
pub async fn show(Address(id): Address<String>, officer: Officer) -> Response {
    let made = async {
        let opened = officer.open(&id, Act::Draft).await?;
        if !opened.is_draft() {
            return Ok(redirect(&format!("/desk/documents/{}", opened.document.id.0)));
        }
        let page = page(&officer, opened, None).await?;
        officer.page(&page).map(with_editor_policy)
    };
    officer.answer(made.await)
}

/// The page again, with what was typed and what is wrong with it.
pub async fn mistakes(
    officer: &Officer,
    opened: Opened,
    typed: &Values,
    errors: FormErrors,
) -> Result<Response> {
    let mut page = page(officer, opened, Some(typed)).await?;
    page.errors = errors;
    officer.page_with_mistakes(&page).map(with_editor_policy)
}

/// The page again, with what was typed, after somebody else has saved: sent once more it is saved over the other's text,
/// which stays in the history.
pub async fn conflict(
    officer: &Officer,
    opened: Opened,
    typed: &Values,
    version: i64,
    by: Option<String>,
) -> Result<Response> {
    let mut page = page(officer, opened, Some(typed)).await?;
    page.version = version;
    page.overtaken_by = Some(by.unwrap_or_else(|| "其他人".to_owned()));
    officer.page_with_mistakes(&page).map(with_editor_policy)
}

async fn page(officer: &Officer, opened: Opened, typed: Option<&Values>) -> Result<EditPage> {
    let id = opened.edition.id.clone();
    let (organs, files, returned) = officer
        .read(move |tx, cx| {
            let organs = organ::queries::all(tx, &cx.site_id)?;
            let files = attachment::queries::of_edition(tx, &cx.site_id, &id)?;
            Ok((organs, files, returned::of_edition(tx, cx, &id)?))
        })
        .await?;
    let Opened { document, edition, column, kind } = opened;
    let mut form = fields::form(officer.visit.app.reference, kind, &edition.content);
    let mut body = edition.content.body_html;
    if let Some(typed) = typed {
        for field in &mut form {
            if let Some(value) = typed.get(field.code) {
                field.value.clone_from(value);
            }
        }
        body = typed.get(BODY).cloned().unwrap_or(body);
    }
    let mut layout = officer.layout("编辑");
    layout.with_editor = true;
    layout.crumbs = vec![Link::new("信息", "/desk/documents")];
    Ok(EditPage {
        layout,
        edition_id: edition.id.0,
        document_id: document.id.0,
        version: edition.version,
        account: officer.account.login.clone(),
        kind: kind.name.clone(),
        column: column.map(|column| column.name).unwrap_or_default(),
        number: edition.number,
        fields: form,
        body,
        organs: organs.into_iter().map(|organ| organ.name).collect(),
        files: files.into_iter().map(File::from).collect(),
        errors: FormErrors::default(),
        overtaken_by: None,
        returned,
    })
}
