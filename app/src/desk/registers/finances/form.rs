//! The form of one sum: entering, changing it, and taking out what was entered by mistake.

use askama::Template;
use axum::response::Response;
use jiff::civil::Date;
use kit_web::forms::Form;

use super::{ACT, HELP, HERE, REGISTER};
use crate::{
    cx::civil_of,
    desk::{
        form::DeskForm,
        officer::Officer,
        page::Layout,
        registers::{Entry, organs, refused},
    },
    error::{Error, Result},
    finance::{self, FIELDS, Listed, actions},
    id::FinanceEntryId,
    portal::visit::Address,
    register::Organs,
};

#[derive(Template)]
#[template(path = "desk/registers/finances/form.html")]
struct FinancePage {
    layout: Layout,
    action: String,
    entry: Entry,
    /// The version shown; none where the sum is new.
    version: Option<i64>,
}

/// `/desk/registers/finances/new`.
pub async fn show_new(officer: Officer) -> Response {
    let made = organs(&officer, ACT).await;
    officer.answer(made.and_then(|organs| page(&officer, None, Entry::empty(&FIELDS, &organs))))
}

fn page(officer: &Officer, listed: Option<&Listed>, entry: Entry) -> Result<Response> {
    let title = listed.map_or("登记经费", |listed| listed.entry.voucher.as_str());
    let page = FinancePage {
        layout: officer.layout(title).under(&[("首页", "/desk"), (REGISTER.title, HERE)]).helped_by(HELP),
        action: format!("{HERE}/{}", listed.map_or("new", |listed| listed.id.0.as_str())),
        version: listed.map(|listed| listed.version),
        entry,
    };
    if page.entry.errors.is_empty() { officer.page(&page) } else { officer.page_with_mistakes(&page) }
}

/// The sum, where it is of an organ within reach.
async fn find(officer: &Officer, id: &str) -> Result<(Organs, Listed)> {
    let organs = organs(officer, ACT).await?;
    let id = FinanceEntryId(id.to_owned());
    let listed = officer.read(move |tx, cx| actions::find(tx, cx, &id)).await?;
    if organs.reaches(&listed.entry.organ_id) { Ok((organs, listed)) } else { Err(Error::NotFound) }
}

/// `/desk/registers/finances/{entry_id}`.
pub async fn show(Address(id): Address<String>, officer: Officer) -> Response {
    let made = find(&officer, &id).await.and_then(|(organs, listed)| {
        let entry = Entry::showing(&FIELDS, &organs, |field| listed.entry.value(field));
        page(&officer, Some(&listed), entry)
    });
    officer.answer(made)
}

fn read(organs: &Organs, form: &Form, today: Date) -> std::result::Result<finance::Entry, Entry> {
    let row = Entry::read(&FIELDS, organs, form)?;
    finance::Entry::read(&row, today).map_err(|faults| Entry::sent(&FIELDS, organs, form).with(faults))
}

/// `POST /desk/registers/finances/new`.
pub async fn create(DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(created(&officer, &form).await)
}

async fn created(officer: &Officer, form: &Form) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let new = match read(&organs, form, civil_of(officer.cx().at)) {
        Ok(new) => new,
        Err(entry) => return page(officer, None, entry),
    };
    officer.require(ACT, Some(&new.organ_id))?;
    match officer.act(move |tx, cx| actions::add(tx, cx, &new)).await {
        Ok(_) => Ok(officer.go(HERE, "经费已登记")),
        Err(error) => page(officer, None, refused(Entry::sent(&FIELDS, &organs, form), "voucher", error)?),
    }
}

/// `POST /desk/registers/finances/{entry_id}`.
pub async fn submit(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(changed(&officer, &id, &form).await)
}

async fn changed(officer: &Officer, id: &str, form: &Form) -> Result<Response> {
    let (organs, listed) = find(officer, id).await?;
    let new = match read(&organs, form, civil_of(officer.cx().at)) {
        Ok(new) => new,
        Err(entry) => return page(officer, Some(&listed), entry),
    };
    officer.require(ACT, Some(&new.organ_id))?;
    let (version, id) = (form.text("version").parse().unwrap_or_default(), listed.id.clone());
    match officer.act(move |tx, cx| actions::change(tx, cx, &id, &new, version)).await {
        Ok(()) => Ok(officer.go(HERE, "经费已保存")),
        Err(error) => {
            page(officer, Some(&listed), refused(Entry::sent(&FIELDS, &organs, form), "voucher", error)?)
        }
    }
}

/// `POST /desk/registers/finances/{entry_id}/remove`.
pub async fn remove(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(removed(&officer, &id, &form).await)
}

async fn removed(officer: &Officer, id: &str, form: &Form) -> Result<Response> {
    let (_, listed) = find(officer, id).await?;
    let (version, reason) = (form.text("version").parse().unwrap_or_default(), form.text("reason"));
    officer.act(move |tx, cx| actions::remove(tx, cx, &listed.id, (version, &reason))).await?;
    Ok(officer.go(HERE, "已删除，留痕中保留原内容和原因"))
}
