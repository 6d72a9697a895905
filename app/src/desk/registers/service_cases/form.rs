//! The form of one case: entering, changing, closing it, and taking out what was entered by mistake.

use std::collections::HashMap;

use askama::Template;
use axum::response::Response;
use kit_web::forms::Form;

use super::{
    ACT, HELP, HERE, REGISTER,
    queries::{self, Listed},
};
use crate::{
    desk::{
        form::DeskForm,
        officer::Officer,
        page::Layout,
        registers::{Entry, day, organs, refused},
    },
    error::{Error, Result},
    portal::visit::Address,
    register::Organs,
    service_case::{FIELDS, NewCase, actions},
    service_item, words,
};

#[derive(Template)]
#[template(path = "desk/registers/service_cases/form.html")]
struct CasePage {
    layout: Layout,
    action: String,
    entry: Entry,
    /// The version shown; none where the case is new.
    version: Option<i64>,
    closed: Option<String>,
}

/// `/desk/registers/service-cases/new`.
pub async fn show_new(officer: Officer) -> Response {
    let made = organs(&officer, ACT).await;
    officer.answer(made.and_then(|organs| page(&officer, None, Entry::empty(FIELDS, &organs))))
}

fn page(officer: &Officer, case: Option<&Listed>, entry: Entry) -> Result<Response> {
    let title = case.map_or("新增办件", |case| case.case.case.number.as_str());
    let page = CasePage {
        layout: officer.layout(title).under(&[("首页", "/desk"), (REGISTER.title, HERE)]).helped_by(HELP),
        action: format!("{HERE}/{}", case.map_or("new", |case| case.case.id.as_str())),
        version: case.map(|case| case.case.version),
        closed: case.and_then(|case| case.case.case.closed_on.as_deref().map(words::date)),
        entry,
    };
    if page.entry.errors.is_empty() { officer.page(&page) } else { officer.page_with_mistakes(&page) }
}

/// The case, where it is of an organ within reach.
async fn find(officer: &Officer, organs: &Organs, id: String) -> Result<Listed> {
    let case = officer.read(move |tx, cx| Ok(queries::one(tx, &cx.site_id, &id)?)).await?;
    case.filter(|case| organs.reaches(&case.case.case.organ_id)).ok_or(Error::NotFound)
}

/// `/desk/registers/service-cases/{case_id}`.
pub async fn show(Address(id): Address<String>, officer: Officer) -> Response {
    officer.answer(shown(&officer, id).await)
}

async fn shown(officer: &Officer, id: String) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let case = find(officer, &organs, id).await?;
    let entry = Entry::showing(FIELDS, &organs, |field| case.value(field));
    page(officer, Some(&case), entry)
}

/// The item that a form names by its code, with its id.
async fn items(officer: &Officer, form: &Form) -> Result<HashMap<String, String>> {
    let Some(code) = form.optional("item") else { return Ok(HashMap::new()) };
    let asked = code.clone();
    let id = officer.read(move |tx, cx| Ok(service_item::queries::id_of(tx, &cx.site_id, &asked)?)).await?;
    Ok(id.map(|id| (code, id)).into_iter().collect())
}

fn read(
    organs: &Organs,
    items: &HashMap<String, String>,
    form: &Form,
) -> std::result::Result<NewCase, Entry> {
    let row = Entry::read(FIELDS, organs, form)?;
    NewCase::of(&row, items).map_err(|fault| Entry::sent(FIELDS, organs, form).with([fault]))
}

/// `POST /desk/registers/service-cases/new`.
pub async fn create(DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(created(&officer, &form).await)
}

async fn created(officer: &Officer, form: &Form) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let new = match read(&organs, &items(officer, form).await?, form) {
        Ok(new) => new,
        Err(entry) => return page(officer, None, entry),
    };
    officer.require(ACT, Some(&new.organ_id))?;
    match officer.act(move |tx, cx| actions::add(tx, cx, &new)).await {
        Ok(_) => Ok(officer.go(HERE, "办件已登记")),
        Err(error) => {
            let entry = refused(Entry::sent(FIELDS, &organs, form), "number", error)?;
            page(officer, None, entry)
        }
    }
}

/// `POST /desk/registers/service-cases/{case_id}`.
pub async fn submit(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(changed(&officer, id, &form).await)
}

async fn changed(officer: &Officer, id: String, form: &Form) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let case = find(officer, &organs, id.clone()).await?;
    let new = match read(&organs, &items(officer, form).await?, form) {
        Ok(new) => new,
        Err(entry) => return page(officer, Some(&case), entry),
    };
    officer.require(ACT, Some(&new.organ_id))?;
    let version = form.text("version").parse().unwrap_or_default();
    match officer.act(move |tx, cx| actions::change(tx, cx, &id, &new, version)).await {
        Ok(()) => Ok(officer.go(HERE, "办件已保存")),
        Err(error) => {
            let entry = refused(Entry::sent(FIELDS, &organs, form), "number", error)?;
            page(officer, Some(&case), entry)
        }
    }
}

/// `POST /desk/registers/service-cases/{case_id}/close`.
pub async fn close(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(closed(&officer, id, &form).await)
}

async fn closed(officer: &Officer, id: String, form: &Form) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    find(officer, &organs, id.clone()).await?;
    let (on, result) = (day(form, "on", "请填写办结日期")?, form.text("result"));
    let version = form.text("version").parse().unwrap_or_default();
    officer.act(move |tx, cx| actions::close(tx, cx, &id, (&on, &result), version)).await?;
    Ok(officer.go(HERE, "办件已办结"))
}

/// `POST /desk/registers/service-cases/{case_id}/remove`.
pub async fn remove(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(removed(&officer, id, &form).await)
}

async fn removed(officer: &Officer, id: String, form: &Form) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    find(officer, &organs, id.clone()).await?;
    let (version, reason) = (form.text("version").parse().unwrap_or_default(), form.text("reason"));
    officer.act(move |tx, cx| actions::remove(tx, cx, &id, (version, &reason))).await?;
    Ok(officer.go(HERE, "办件已删除，留痕中保留原内容和原因"))
}
