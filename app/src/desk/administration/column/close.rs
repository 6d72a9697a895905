//! Closing a column: what lies in it is shown, goes to another column, and the old address leads there.

use askama::Template;
use axum::response::Response;
use kit_web::forms::FormErrors;

use super::{edit::find, queries};
use crate::{
    column::{self, Column},
    desk::{form::DeskForm, officer::Officer, page::Layout},
    document,
    error::{Error, Refusal, Result},
    id::ColumnId,
    portal::visit::Address,
    reference::Reference,
    words,
};

#[derive(Template)]
#[template(path = "desk/administration/column/close.html")]
struct ClosePage {
    layout: Layout,
    path: String,
    n_documents: i64,
    targets: Vec<Target>,
    errors: FormErrors,
}

/// A column that could take over.
struct Target {
    id: String,
    name: String,
    /// What it does not take of what lies in the column; empty where it takes all of it.
    lacks: String,
}

/// `/desk/admin/columns/{column_id}/close`.
pub async fn show(officer: Officer, Address(id): Address<String>) -> Response {
    let made = page(&officer, ColumnId(id), FormErrors::default()).await;
    officer.answer(made)
}

async fn page(officer: &Officer, id: ColumnId, errors: FormErrors) -> Result<Response> {
    let column = find(officer, id.clone()).await?;
    let of = id.clone();
    let (columns, kinds) = officer
        .read(move |tx, cx| {
            let kinds = queries::content_types(tx, &cx.site_id, &of)?;
            Ok((column::queries::all(tx, &cx.site_id)?, kinds))
        })
        .await?;
    let reference = officer.visit.app.reference;
    let target = |other: Column| Target {
        lacks: not_taken(reference, &other, &kinds),
        id: other.id.0,
        name: other.name,
    };
    let others = columns.into_iter().filter(|other| other.id != id);
    let page = ClosePage {
        layout: officer
            .layout(format!("关闭栏目“{}”", column.name))
            .under(&[("首页", "/desk"), ("栏目", "/desk/admin/columns")]),
        path: format!("/desk/admin/columns/{}", id.0),
        n_documents: kinds.iter().map(|(_, n)| n).sum(),
        targets: others.map(target).collect(),
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
    let taker = match &target {
        Some(target) => Some(find(officer, target.clone()).await?),
        None => None,
    };
    let closed = id.clone();
    let done = officer
        .act(move |tx, cx| {
            let kinds = queries::content_types(tx, &cx.site_id, &closed)?;
            let n_documents: i64 = kinds.iter().map(|(_, n)| n).sum();
            if let Some(taker) = &taker {
                check_takes(cx.reference, taker, &kinds)?;
            }
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

/// Which content types a column does not take, with how many records there are: 政策解读 3 件、招标公告 1 件.
fn not_taken(reference: &Reference, taker: &Column, kinds: &[(String, i64)]) -> String {
    let takes = |code: &String| taker.content_types.is_empty() || taker.content_types.contains(code);
    let words = |(code, n): &(String, i64)| {
        let name = reference.content_type(code).map_or(code.as_str(), |kind| kind.name.as_str());
        format!("{name} {n} 件")
    };
    let lacking: Vec<String> = kinds.iter().filter(|(code, _)| !takes(code)).map(words).collect();
    lacking.join("、")
}

fn check_takes(reference: &Reference, taker: &Column, kinds: &[(String, i64)]) -> Result<()> {
    let lacks = not_taken(reference, taker, kinds);
    if lacks.is_empty() {
        return Ok(());
    }
    let sentence = format!(
        "栏目“{}”不收其中的{lacks}。请选择其他栏目，或者先在该栏目的设置中勾选这些内容类型",
        taker.name
    );
    Err(Refusal::Invalid(sentence).into())
}
