//! `/desk/documents/{id}/compare?from=&to=`: any two editions of a record, public or not.

use askama::Template;
use axum::{extract::Query, response::Response};
use kit_text::diff::{DiffBlock, PieceKind};
use serde::Deserialize;

use super::{queries, see};
use crate::{
    desk::{officer::Officer, page::Layout, review::difference::Difference},
    document,
    error::{Error, Result},
    id::DocumentId,
    portal::visit::Address,
    review::snapshot::Snapshot,
};

/// The two editions, by number.
#[derive(Deserialize)]
pub struct Compared {
    from: i64,
    to: i64,
}

#[derive(Template)]
#[template(path = "desk/record/compare.html")]
struct ComparePage {
    layout: Layout,
    document_id: String,
    title: String,
    from: i64,
    to: i64,
    changes: Difference,
}

/// `/desk/documents/{document_id}/compare`
pub async fn show(
    officer: Officer,
    Address(id): Address<String>,
    query: Result<Query<Compared>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let made = match query {
        Ok(Query(compared)) => page(&officer, DocumentId(id), compared).await,
        Err(_) => Err(Error::NotFound),
    };
    officer.answer(made.and_then(|page| officer.page(&page)))
}

async fn page(officer: &Officer, id: DocumentId, compared: Compared) -> Result<ComparePage> {
    // Chosen in any order, read from the earlier to the later.
    let (from, to) = (compared.from.min(compared.to), compared.from.max(compared.to));
    let wanted = id.clone();
    let read = officer.read(move |tx, cx| {
        let document = document::actions::find(tx, cx, &wanted)?;
        let mut sides = Vec::new();
        for number in [from, to] {
            let edition = queries::edition_by_number(tx, cx, &wanted, number)?.ok_or(Error::NotFound)?;
            let edition = document::actions::find_edition(tx, cx, &edition)?;
            sides.push(Snapshot::take(tx, cx, &document, &edition)?);
        }
        Ok((document, sides))
    });
    let (document, sides) = read.await?;
    see(officer, &document)?;
    let [before, after] = sides.as_slice() else { return Err(Error::NotFound) };
    let way = format!("/desk/documents/{}", id.0);
    Ok(ComparePage {
        layout: officer.layout(format!("第 {from} 版与第 {to} 版的差异")).under(&[
            ("首页", "/desk"),
            ("信息", "/desk/documents"),
            (&after.content.title, &way),
        ]),
        title: after.content.title.clone(),
        changes: Difference::between(officer.cx().reference, before, after),
        document_id: id.0,
        from,
        to,
    })
}
