//! The form of one service item: entering, changing, ending it.

use askama::Template;
use axum::response::Response;
use kit_web::forms::Form;

use super::{ACT, HELP, HERE, REGISTER};
use crate::{
    desk::{
        form::DeskForm,
        officer::Officer,
        page::Layout,
        registers::{Entry, day, organs, refused},
    },
    error::{Error, Result},
    portal::visit::Address,
    register::{Organs, Row},
    service_item::{FIELDS, Item, NewItem, actions, queries},
    words,
};

#[derive(Template)]
#[template(path = "desk/registers/service_items/form.html")]
struct ItemPage {
    layout: Layout,
    action: String,
    entry: Entry,
    /// The version shown; none where the item is new.
    version: Option<i64>,
    ended: Option<String>,
}

/// `/desk/registers/service-items/new`.
pub async fn show_new(officer: Officer) -> Response {
    let made = organs(&officer, ACT).await;
    officer.answer(made.and_then(|organs| page(&officer, None, Entry::empty(FIELDS, &organs))))
}

fn page(officer: &Officer, item: Option<&Item>, entry: Entry) -> Result<Response> {
    let title = item.map_or("新增事项", |item| item.item.name.as_str());
    let page = ItemPage {
        layout: officer.layout(title).under(&[("首页", "/desk"), (REGISTER.title, HERE)]).helped_by(HELP),
        action: format!("{HERE}/{}", item.map_or("new", |item| item.id.as_str())),
        version: item.map(|item| item.version),
        ended: item.and_then(|item| item.item.ended_on.as_deref().map(words::date)),
        entry,
    };
    if page.entry.errors.is_empty() { officer.page(&page) } else { officer.page_with_mistakes(&page) }
}

/// The item, where it is of an organ within reach.
async fn find(officer: &Officer, organs: &Organs, id: String) -> Result<Item> {
    let item = officer.read(move |tx, cx| Ok(queries::by_id(tx, &cx.site_id, &id)?)).await?;
    item.filter(|item| organs.reaches(&item.item.organ_id)).ok_or(Error::NotFound)
}

/// `/desk/registers/service-items/{item_id}`.
pub async fn show(Address(id): Address<String>, officer: Officer) -> Response {
    officer.answer(shown(&officer, id).await)
}

async fn shown(officer: &Officer, id: String) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let item = find(officer, &organs, id).await?;
    let entry = Entry::showing(FIELDS, &organs, |field| item.item.value(field));
    page(officer, Some(&item), entry)
}

fn read(organs: &Organs, form: &Form) -> std::result::Result<NewItem, Entry> {
    let row: Row = Entry::read(FIELDS, organs, form)?;
    NewItem::of(&row).map_err(|fault| Entry::sent(FIELDS, organs, form).with([fault]))
}

/// `POST /desk/registers/service-items/new`.
pub async fn create(DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(created(&officer, &form).await)
}

async fn created(officer: &Officer, form: &Form) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let new = match read(&organs, form) {
        Ok(new) => new,
        Err(entry) => return page(officer, None, entry),
    };
    officer.require(ACT, Some(&new.organ_id))?;
    match officer.act(move |tx, cx| actions::add(tx, cx, &new)).await {
        Ok(_) => Ok(officer.go(HERE, "事项已登记")),
        Err(error) => {
            let entry = refused(Entry::sent(FIELDS, &organs, form), "code", error)?;
            page(officer, None, entry)
        }
    }
}

/// `POST /desk/registers/service-items/{item_id}`.
pub async fn submit(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(changed(&officer, id, &form).await)
}

async fn changed(officer: &Officer, id: String, form: &Form) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let item = find(officer, &organs, id.clone()).await?;
    let new = match read(&organs, form) {
        Ok(new) => new,
        Err(entry) => return page(officer, Some(&item), entry),
    };
    officer.require(ACT, Some(&new.organ_id))?;
    let version = form.text("version").parse().unwrap_or_default();
    match officer.act(move |tx, cx| actions::change(tx, cx, &id, &new, version)).await {
        Ok(()) => Ok(officer.go(HERE, "事项已保存")),
        Err(error) => {
            let entry = refused(Entry::sent(FIELDS, &organs, form), "code", error)?;
            page(officer, Some(&item), entry)
        }
    }
}

/// `POST /desk/registers/service-items/{item_id}/end`.
pub async fn end(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(ended(&officer, id, &form).await)
}

async fn ended(officer: &Officer, id: String, form: &Form) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    find(officer, &organs, id.clone()).await?;
    let on = day(form, "on", "请填写退出目录的日期")?;
    officer.act(move |tx, cx| actions::end(tx, cx, &id, &on)).await?;
    Ok(officer.go(HERE, "事项已退出目录"))
}
