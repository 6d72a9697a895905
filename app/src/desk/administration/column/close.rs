//! Closing a column: what lies in it is shown, goes to another column, and the old address leads there.

use askama::Template;
use axum::response::Response;
use kit_web::forms::FormErrors;

use super::{edit::find, queries};
use crate::{
    column,
    desk::{form::DeskForm, officer::Officer, page::Layout},
    document,
    error::{Error, Refusal, Result},
    id::ColumnId,
    portal::visit::Address,
    words,
};

#[derive(Template)]
#[template(path = "desk/administration/column/close.html")]
struct ClosePage {
    layout: Layout,
    path: String,
    n_documents: i64,
    targets: Vec<(String, String)>,
    errors: FormErrors,
}

/// `/desk/admin/columns/{column_id}/close`.
pub async fn show(officer: Officer, Address(id): Address<String>) -> Response {
    let made = page(&officer, ColumnId(id), FormErrors::default()).await;
    officer.answer(made)
}

async fn page(officer: &Officer, id: ColumnId, errors: FormErrors) -> Result<Response> {
    let column = find(officer, id.clone()).await?;
    let (columns, documents) = officer
        .read(|tx, cx| Ok((column::queries::all(tx, &cx.site_id)?, queries::documents(tx, &cx.site_id)?)))
        .await?;
    let others = columns.into_iter().filter(|other| other.id != id);
    let page = ClosePage {
        layout: officer
            .layout(format!("关闭栏目“{}”", column.name))
            .under(&[("首页", "/desk"), ("栏目", "/desk/admin/columns")]),
        path: format!("/desk/admin/columns/{}", id.0),
        n_documents: documents.get(&id).copied().unwrap_or_default(),
        targets: others.map(|other| (other.id.0, other.name)).collect(),
        errors,
    };
    if page.errors.is_empty() { officer.page(&page) } else { officer.page_with_mistakes(&page) }
}

/// `POST /desk/admin/columns/{column_id}/close`.
pub async fn submit(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    let made = close(&officer, ColumnId(id), form.optional("target").map(ColumnId)).await;
    officer.answer(made)
}

async fn close(officer: &Officer, id: ColumnId, target: Option<ColumnId>) -> Result<Response> {
    find(officer, id.clone()).await?;
    if let Some(target) = &target {
        find(officer, target.clone()).await?;
    }
    let closed = id.clone();
    let done = officer
        .act(move |tx, cx| {
            let n_documents = queries::documents(tx, &cx.site_id)?.get(&closed).copied().unwrap_or_default();
            match &target {
                Some(target) if n_documents > 0 => {
                    document::actions::move_all(tx, cx, &closed, target)?;
                }
                None if n_documents > 0 => {
                    return Err(Refusal::Invalid("栏目中还有信息，请选择接收的栏目".to_owned()).into());
                }
                _ => {}
            }
            column::actions::close(tx, cx, &closed, target.as_ref())
        })
        .await;
    match done {
        Ok(()) => Ok(officer.go("/desk/admin/columns", "栏目已关闭")),
        Err(Error::Refused(refusal)) => {
            let mut errors = FormErrors::default();
            errors.add("target", words::refusal(&refusal));
            page(officer, id, errors).await
        }
        Err(error) => Err(error),
    }
}
