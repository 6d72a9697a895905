//! The form of one place: entering, changing, ending it.

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
    notice_place::{FIELDS, NewPlace, Place, actions, queries},
    portal::visit::Address,
    register::{Organs, Row},
    words,
};

#[derive(Template)]
#[template(path = "desk/registers/notice_places/form.html")]
struct PlacePage {
    layout: Layout,
    action: String,
    entry: Entry,
    /// The version shown; none where the place is new.
    version: Option<i64>,
    ended: Option<String>,
}

/// `/desk/registers/notice-places/new`.
pub async fn show_new(officer: Officer) -> Response {
    let made = organs(&officer, ACT).await;
    officer.answer(made.and_then(|organs| page(&officer, None, Entry::empty(FIELDS, &organs))))
}

fn page(officer: &Officer, place: Option<&Place>, entry: Entry) -> Result<Response> {
    let title = place.map_or("新增一处", |place| place.place.name.as_str());
    let page = PlacePage {
        layout: officer.layout(title).under(&[("首页", "/desk"), (REGISTER.title, HERE)]).helped_by(HELP),
        action: format!("{HERE}/{}", place.map_or("new", |place| place.id.as_str())),
        version: place.map(|place| place.version),
        ended: place.and_then(|place| place.place.removed_on.as_deref().map(words::date)),
        entry,
    };
    if page.entry.errors.is_empty() { officer.page(&page) } else { officer.page_with_mistakes(&page) }
}

/// The place, where it is of an organ within reach.
async fn find(officer: &Officer, organs: &Organs, id: String) -> Result<Place> {
    let place = officer.read(move |tx, cx| Ok(queries::by_id(tx, &cx.site_id, &id)?)).await?;
    place.filter(|place| organs.reaches(&place.place.organ_id)).ok_or(Error::NotFound)
}

/// `/desk/registers/notice-places/{place_id}`.
pub async fn show(Address(id): Address<String>, officer: Officer) -> Response {
    officer.answer(shown(&officer, id).await)
}

async fn shown(officer: &Officer, id: String) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let place = find(officer, &organs, id).await?;
    let entry = Entry::showing(FIELDS, &organs, |field| place.place.value(field));
    page(officer, Some(&place), entry)
}

fn read(organs: &Organs, form: &Form) -> std::result::Result<NewPlace, Entry> {
    let row: Row = Entry::read(FIELDS, organs, form)?;
    NewPlace::of(&row).map_err(|fault| Entry::sent(FIELDS, organs, form).with([fault]))
}

/// `POST /desk/registers/notice-places/new`.
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
        Ok(_) => Ok(officer.go(HERE, "已登记")),
        Err(error) => {
            let entry = refused(Entry::sent(FIELDS, &organs, form), "name", error)?;
            page(officer, None, entry)
        }
    }
}

/// `POST /desk/registers/notice-places/{place_id}`.
pub async fn submit(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(changed(&officer, id, &form).await)
}

async fn changed(officer: &Officer, id: String, form: &Form) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let place = find(officer, &organs, id.clone()).await?;
    let new = match read(&organs, form) {
        Ok(new) => new,
        Err(entry) => return page(officer, Some(&place), entry),
    };
    officer.require(ACT, Some(&new.organ_id))?;
    let version = form.text("version").parse().unwrap_or_default();
    match officer.act(move |tx, cx| actions::change(tx, cx, &id, &new, version)).await {
        Ok(()) => Ok(officer.go(HERE, "已保存")),
        Err(error) => {
            let entry = refused(Entry::sent(FIELDS, &organs, form), "name", error)?;
            page(officer, Some(&place), entry)
        }
    }
}

/// `POST /desk/registers/notice-places/{place_id}/end`.
pub async fn end(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(ended(&officer, id, &form).await)
}

async fn ended(officer: &Officer, id: String, form: &Form) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    find(officer, &organs, id.clone()).await?;
    let on = day(form, "on", "请填写停用日期")?;
    officer.act(move |tx, cx| actions::end(tx, cx, &id, &on)).await?;
    Ok(officer.go(HERE, "已停用"))
}
