//! What came in: entering and changing it, and taking out what was entered by mistake.

use askama::Template;
use axum::response::Response;
use kit_web::forms::Form;

use super::{ACT, HELP, HERE, REGISTER};
use crate::{
    desk::{
        form::DeskForm,
        officer::Officer,
        page::Layout,
        registers::{Entry, organs, refused},
    },
    error::Result,
    id::ProposalId,
    portal::visit::Address,
    proposal::{self, Listed, actions},
    register::{Field, Organs},
};

/// What came in; what has become of it has forms of its own.
const FIELDS: &[Field] = proposal::FIELDS.split_at(8).0;

#[derive(Template)]
#[template(path = "desk/registers/proposals/form.html")]
struct EntryPage {
    layout: Layout,
    action: String,
    entry: Entry,
    /// The version shown; none where it is new.
    version: Option<i64>,
}

/// `/desk/registers/proposals/new`.
pub async fn show_new(officer: Officer) -> Response {
    let made = organs(&officer, ACT).await;
    officer.answer(made.and_then(|organs| page(&officer, None, Entry::empty(FIELDS, &organs))))
}

fn page(officer: &Officer, listed: Option<&Listed>, entry: Entry) -> Result<Response> {
    let title = listed.map_or("登记建议提案", |_| "更改登记");
    let page = EntryPage {
        layout: officer.layout(title).under(&[("首页", "/desk"), (REGISTER.title, HERE)]).helped_by(HELP),
        action: match listed {
            Some(listed) => format!("{HERE}/{}/entry", listed.id.0),
            None => format!("{HERE}/new"),
        },
        version: listed.map(|listed| listed.version),
        entry,
    };
    if page.entry.errors.is_empty() { officer.page(&page) } else { officer.page_with_mistakes(&page) }
}

async fn find(officer: &Officer, id: &str) -> Result<(Organs, Listed)> {
    let organs = organs(officer, ACT).await?;
    let id = ProposalId(id.to_owned());
    Ok((organs, officer.read(move |tx, cx| actions::find(tx, cx, &id)).await?))
}

/// `/desk/registers/proposals/{proposal_id}/entry`.
pub async fn show(Address(id): Address<String>, officer: Officer) -> Response {
    let made = find(&officer, &id).await.and_then(|(organs, listed)| {
        let entry = Entry::showing(FIELDS, &organs, |field| listed.course.value(field, &organs));
        page(&officer, Some(&listed), entry)
    });
    officer.answer(made)
}

fn read(organs: &Organs, form: &Form) -> std::result::Result<proposal::Entry, Entry> {
    let row = Entry::read(FIELDS, organs, form)?;
    proposal::Entry::read(&row).map_err(|faults| Entry::sent(FIELDS, organs, form).with(faults))
}

/// `POST /desk/registers/proposals/new`.
pub async fn create(DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(created(&officer, &form).await)
}

async fn created(officer: &Officer, form: &Form) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let new = match read(&organs, form) {
        Ok(new) => new,
        Err(entry) => return page(officer, None, entry),
    };
    match officer.act(move |tx, cx| actions::add(tx, cx, &new)).await {
        Ok(id) => Ok(officer.go(&format!("{HERE}/{}", id.0), "已登记，下一步请交办")),
        Err(error) => page(officer, None, refused(Entry::sent(FIELDS, &organs, form), "number", error)?),
    }
}

/// `POST /desk/registers/proposals/{proposal_id}/entry`.
pub async fn submit(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(changed(&officer, &id, &form).await)
}

async fn changed(officer: &Officer, id: &str, form: &Form) -> Result<Response> {
    let (organs, listed) = find(officer, id).await?;
    let new = match read(&organs, form) {
        Ok(new) => new,
        Err(entry) => return page(officer, Some(&listed), entry),
    };
    let (version, id) = (form.text("version").parse().unwrap_or_default(), listed.id.clone());
    match officer.act(move |tx, cx| actions::change(tx, cx, &id, &new, version)).await {
        Ok(()) => Ok(officer.go(&format!("{HERE}/{}", listed.id.0), "登记已保存")),
        Err(error) => {
            page(officer, Some(&listed), refused(Entry::sent(FIELDS, &organs, form), "number", error)?)
        }
    }
}

/// `POST /desk/registers/proposals/{proposal_id}/remove`.
pub async fn remove(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(removed(&officer, &id, &form).await)
}

async fn removed(officer: &Officer, id: &str, form: &Form) -> Result<Response> {
    let (_, listed) = find(officer, id).await?;
    let (version, reason) = (form.text("version").parse().unwrap_or_default(), form.text("reason"));
    officer.act(move |tx, cx| actions::remove(tx, cx, &listed.id, (version, &reason))).await?;
    Ok(officer.go(HERE, "已删除，留痕中保留原内容和原因"))
}
