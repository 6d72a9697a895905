//! Writing records (信息起草): the list of documents, a new one, the edit page with everything it sends, files, the preview,
//! and the way back to what was saved before.
//!
//! Whoever may draft for the organ that answers for a document, or for its column, may work on it. What happens after
//! 提交审核 is the business of `review`.

pub mod attachments;
pub mod checking;
mod cleaning;
pub mod discard;
pub mod documents;
pub mod edit;
mod fields;
pub mod history;
pub mod new;
pub mod preview;
mod queries;
pub mod reading;
pub mod saving;
#[cfg(test)]
mod tests;
pub mod uploads;

use axum::http::{HeaderValue, header};
use axum::response::Response;
use kit_db::Tx;
use rules::permission::Act;

use super::officer::Officer;
use crate::{
    column::{self, Column},
    cx::Cx,
    document::{self, Document, Edition},
    error::{Error, Result},
    id::EditionId,
    portal::head,
    reference::ContentType,
    staff::{self, Grant},
};

/// An edition that somebody works on, with what it belongs to.
pub struct Opened {
    /// The document.
    pub document: Document,
    /// The edition.
    pub edition: Edition,
    /// The column it will stand in.
    pub column: Option<Column>,
    /// Its kind; an unknown code counts as the most general kind.
    pub kind: &'static ContentType,
}

impl Opened {
    /// Whether it is still being written.
    pub fn is_draft(&self) -> bool {
        self.edition.state == "draft"
    }
}

/// Opens an edition for somebody who may do `act` with it.
///
/// # Errors
/// Not found when there is none, forbidden when the roles of today do not reach it, refused to whoever would write a record
/// that something else keeps.
pub fn open(tx: &mut Tx<'_>, cx: &Cx, grants: &[Grant], id: &EditionId, act: Act) -> Result<Opened> {
    let edition = document::actions::find_edition(tx, cx, id)?;
    let document = document::actions::find(tx, cx, &edition.document_id)?;
    let column = column_of(tx, cx, &document)?;
    check(grants, act, &document, column.as_ref())?;
    if act == Act::Draft {
        document::actions::check_free(tx, cx, &document.id)?;
    }
    let kind = head::content_type(cx.reference, &document.content_type).ok_or(Error::NotFound)?;
    Ok(Opened { document, edition, column, kind })
}

fn column_of(tx: &mut Tx<'_>, cx: &Cx, document: &Document) -> Result<Option<Column>> {
    column::queries::by_id(tx, &cx.site_id, &document.column_id)
}

/// The organ that answers for the document and the one that answers for its column both reach it; what no organ answers
/// for is reached by those alone who reach everything.
fn check(grants: &[Grant], act: Act, document: &Document, column: Option<&Column>) -> Result<()> {
    let organs = [document.responsible_organ_id.as_ref(), column.and_then(|column| column.owner_id.as_ref())];
    let reaches_all = staff::organs(grants, act).is_none();
    if reaches_all || organs.into_iter().flatten().any(|organ| staff::may(grants, act, Some(organ))) {
        Ok(())
    } else {
        Err(Error::Forbidden)
    }
}

impl Officer {
    /// Opens an edition to read it.
    async fn open(&self, id: &str, act: Act) -> Result<Opened> {
        let (grants, id) = (self.grants.clone(), EditionId(id.to_owned()));
        self.read(move |tx, cx| open(tx, cx, &grants, &id, act)).await
    }
}

/// The edit page shows pictures that are not uploaded yet and frames its preview: a little more than other pages may.
fn with_editor_policy(mut response: Response) -> Response {
    let policy = HeaderValue::from_static(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' blob:; font-src 'self'; \
         connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
    );
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}
