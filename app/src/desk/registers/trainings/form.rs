//! The form of a training or test: entering and changing it, and taking out what was entered by mistake.

use askama::Template;
use axum::response::Response;
use jiff::civil::Date;
use kit_web::forms::Form;

use super::{ACT, HELP, HERE, REGISTER, find};
use crate::{
    cx::civil_of,
    desk::{
        form::DeskForm,
        officer::Officer,
        page::Layout,
        registers::{Entry, organs, refused},
    },
    error::Result,
    portal::visit::Address,
    register::Organs,
    training::{self, FIELDS, Listed, actions},
};

#[derive(Template)]
#[template(path = "desk/registers/trainings/form.html")]
struct TrainingPage {
    layout: Layout,
    action: String,
    entry: Entry,
    /// The version shown; none where it is new.
    version: Option<i64>,
}

/// `/desk/registers/trainings/new`.
pub async fn show_new(officer: Officer) -> Response {
    let made = organs(&officer, ACT).await;
    officer.answer(made.and_then(|organs| page(&officer, None, Entry::empty(&FIELDS, &organs))))
}

fn page(officer: &Officer, held: Option<&Listed>, entry: Entry) -> Result<Response> {
    let title = held.map_or("登记培训或测试", |_| "更改登记");
    let page = TrainingPage {
        layout: officer.layout(title).under(&[("首页", "/desk"), (REGISTER.title, HERE)]).helped_by(HELP),
        action: match held {
            Some(held) => format!("{HERE}/{}/entry", held.id.0),
            None => format!("{HERE}/new"),
        },
        version: held.map(|held| held.version),
        entry,
    };
    if page.entry.errors.is_empty() { officer.page(&page) } else { officer.page_with_mistakes(&page) }
}

/// `/desk/registers/trainings/{training_id}/entry`.
pub async fn show(Address(id): Address<String>, officer: Officer) -> Response {
    officer.answer(shown(&officer, &id).await)
}

async fn shown(officer: &Officer, id: &str) -> Result<Response> {
    let (organs, held) = find(officer, id).await?;
    officer.require(ACT, Some(&held.entry.host_organ_id))?;
    let entry = Entry::showing(&FIELDS, &organs, |field| held.entry.value(field));
    page(officer, Some(&held), entry)
}

fn read(organs: &Organs, form: &Form, today: Date) -> std::result::Result<training::Entry, Entry> {
    let row = Entry::read(&FIELDS, organs, form)?;
    training::Entry::read(&row, today).map_err(|faults| Entry::sent(&FIELDS, organs, form).with(faults))
}

/// `POST /desk/registers/trainings/new`.
pub async fn create(DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(created(&officer, &form).await)
}

async fn created(officer: &Officer, form: &Form) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let new = match read(&organs, form, civil_of(officer.cx().at)) {
        Ok(new) => new,
        Err(entry) => return page(officer, None, entry),
    };
    officer.require(ACT, Some(&new.host_organ_id))?;
    match officer.act(move |tx, cx| actions::add(tx, cx, &new, &[])).await {
        Ok(id) => Ok(officer.go(&format!("{HERE}/{}", id.0), "已登记，下一步请登记或导入参加人员")),
        Err(error) => page(officer, None, refused(Entry::sent(&FIELDS, &organs, form), "title", error)?),
    }
}

/// `POST /desk/registers/trainings/{training_id}/entry`.
pub async fn submit(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(changed(&officer, &id, &form).await)
}

async fn changed(officer: &Officer, id: &str, form: &Form) -> Result<Response> {
    let (organs, held) = find(officer, id).await?;
    officer.require(ACT, Some(&held.entry.host_organ_id))?;
    let new = match read(&organs, form, civil_of(officer.cx().at)) {
        Ok(new) => new,
        Err(entry) => return page(officer, Some(&held), entry),
    };
    officer.require(ACT, Some(&new.host_organ_id))?;
    let (version, id) = (form.text("version").parse().unwrap_or_default(), held.id.clone());
    match officer.act(move |tx, cx| actions::change(tx, cx, &id, &new, version)).await {
        Ok(()) => Ok(officer.go(&format!("{HERE}/{}", held.id.0), "登记已保存")),
        Err(error) => {
            page(officer, Some(&held), refused(Entry::sent(&FIELDS, &organs, form), "title", error)?)
        }
    }
}

/// `POST /desk/registers/trainings/{training_id}/remove`.
pub async fn remove(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(removed(&officer, &id, &form).await)
}

async fn removed(officer: &Officer, id: &str, form: &Form) -> Result<Response> {
    let (organs, held) = find(officer, id).await?;
    officer.require(ACT, Some(&held.entry.host_organ_id))?;
    let (version, reason) = (form.text("version").parse().unwrap_or_default(), form.text("reason"));
    officer.act(move |tx, cx| actions::remove(tx, cx, &held.id, &organs, (version, &reason))).await?;
    Ok(officer.go(HERE, "已删除，留痕中保留原内容和原因"))
}
