//! The form of one reconsideration or lawsuit: entering, changing, ending it, and taking out what was entered by mistake.

use askama::Template;
use axum::response::Response;
use jiff::civil::Date;
use kit_web::forms::Form;
use rules::remedy::RemedyOutcome;

use super::{ACT, HELP, HERE, REGISTER};
use crate::{
    desk::{
        form::DeskForm,
        officer::Officer,
        page::Layout,
        registers::{Entry, day, organs, refused},
    },
    error::{Error, Refusal, Result},
    id::RemedyId,
    portal::visit::Address,
    register::Organs,
    remedy::{self, FIELDS, Listed, actions},
};

#[derive(Template)]
#[template(path = "desk/registers/remedies/form.html")]
struct RemedyPage {
    layout: Layout,
    action: String,
    entry: Entry,
    /// The version shown; none where the case is new.
    version: Option<i64>,
    is_open: bool,
    outcomes: Vec<(&'static str, &'static str)>,
    today: String,
}

/// `/desk/registers/remedies/new`.
pub async fn show_new(officer: Officer) -> Response {
    let made = organs(&officer, ACT).await;
    officer.answer(made.and_then(|organs| page(&officer, None, Entry::empty(&FIELDS, &organs))))
}

fn page(officer: &Officer, case: Option<&Listed>, entry: Entry) -> Result<Response> {
    let title = case.map_or("登记案件", |case| case.entry.number.as_str());
    let ends = RemedyOutcome::PAIRS.iter().copied();
    let page = RemedyPage {
        layout: officer.layout(title).under(&[("首页", "/desk"), (REGISTER.title, HERE)]).helped_by(HELP),
        action: format!("{HERE}/{}", case.map_or("new", |case| case.id.0.as_str())),
        version: case.map(|case| case.version),
        is_open: case.is_some_and(|case| case.entry.closed_on.is_none()),
        outcomes: ends.filter(|(code, _)| *code != RemedyOutcome::Pending.code()).collect(),
        today: officer.cx().today(),
        entry,
    };
    if page.entry.errors.is_empty() { officer.page(&page) } else { officer.page_with_mistakes(&page) }
}

/// The case, where it is of an organ within reach.
async fn find(officer: &Officer, organs: &Organs, id: &str) -> Result<Listed> {
    let id = RemedyId(id.to_owned());
    let case = officer.read(move |tx, cx| actions::find(tx, cx, &id)).await?;
    if organs.reaches(&case.entry.organ_id) { Ok(case) } else { Err(Error::NotFound) }
}

/// `/desk/registers/remedies/{remedy_id}`.
pub async fn show(Address(id): Address<String>, officer: Officer) -> Response {
    officer.answer(shown(&officer, &id).await)
}

async fn shown(officer: &Officer, id: &str) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let case = find(officer, &organs, id).await?;
    let entry = Entry::showing(&FIELDS, &organs, |field| case.value(field));
    page(officer, Some(&case), entry)
}

async fn read(
    officer: &Officer,
    organs: &Organs,
    form: &Form,
) -> Result<std::result::Result<remedy::Entry, Entry>> {
    let row = match Entry::read(&FIELDS, organs, form) {
        Ok(row) => row,
        Err(entry) => return Ok(Err(entry)),
    };
    let checked = officer.read(move |tx, cx| actions::checked(tx, cx, &row)).await?;
    Ok(checked.map_err(|faults| Entry::sent(&FIELDS, organs, form).with(faults)))
}

/// `POST /desk/registers/remedies/new`.
pub async fn create(DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(created(&officer, &form).await)
}

async fn created(officer: &Officer, form: &Form) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let new = match read(officer, &organs, form).await? {
        Ok(new) => new,
        Err(entry) => return page(officer, None, entry),
    };
    officer.require(ACT, Some(&new.organ_id))?;
    match officer.act(move |tx, cx| actions::add(tx, cx, &new)).await {
        Ok(_) => Ok(officer.go(HERE, "案件已登记")),
        Err(error) => page(officer, None, refused(Entry::sent(&FIELDS, &organs, form), "number", error)?),
    }
}

/// `POST /desk/registers/remedies/{remedy_id}`.
pub async fn submit(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(changed(&officer, &id, &form).await)
}

async fn changed(officer: &Officer, id: &str, form: &Form) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let case = find(officer, &organs, id).await?;
    let new = match read(officer, &organs, form).await? {
        Ok(new) => new,
        Err(entry) => return page(officer, Some(&case), entry),
    };
    officer.require(ACT, Some(&new.organ_id))?;
    let (version, id) = (form.text("version").parse().unwrap_or_default(), case.id.clone());
    match officer.act(move |tx, cx| actions::change(tx, cx, &id, &new, version)).await {
        Ok(()) => Ok(officer.go(HERE, "案件已保存")),
        Err(error) => {
            page(officer, Some(&case), refused(Entry::sent(&FIELDS, &organs, form), "number", error)?)
        }
    }
}

/// `POST /desk/registers/remedies/{remedy_id}/close`.
pub async fn close(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(closed(&officer, &id, &form).await)
}

async fn closed(officer: &Officer, id: &str, form: &Form) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let case = find(officer, &organs, id).await?;
    let closed_on: Date = day(form, "on", "请填写审结日期")?.parse().map_err(anyhow::Error::from)?;
    let Some(outcome) = RemedyOutcome::from_code(&form.text("result")) else {
        return Err(Refusal::Invalid("请选择结果".to_owned()).into());
    };
    let version = form.text("version").parse().unwrap_or_default();
    officer.act(move |tx, cx| actions::close(tx, cx, &case.id, (closed_on, outcome), version)).await?;
    Ok(officer.go(HERE, "案件结果已登记"))
}

/// `POST /desk/registers/remedies/{remedy_id}/remove`.
pub async fn remove(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(removed(&officer, &id, &form).await)
}

async fn removed(officer: &Officer, id: &str, form: &Form) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let case = find(officer, &organs, id).await?;
    let (version, reason) = (form.text("version").parse().unwrap_or_default(), form.text("reason"));
    officer.act(move |tx, cx| actions::remove(tx, cx, &case.id, (version, &reason))).await?;
    Ok(officer.go(HERE, "案件已删除，留痕中保留原内容和原因"))
}
