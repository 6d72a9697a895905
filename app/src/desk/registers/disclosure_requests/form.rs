//! The form of one request: entering, changing, closing it, and taking out what was entered by mistake.

use askama::Template;
use axum::response::Response;
use jiff::civil::Date;
use kit_web::forms::Form;
use rules::outcome::{Form as ReportForm, Outcome};

use super::{ACT, HELP, HERE, REGISTER};
use crate::{
    cx::{Cx, civil_of},
    desk::{
        form::DeskForm,
        officer::Officer,
        page::Layout,
        registers::{Entry, day, organs, refused},
    },
    disclosure_request::{self, Closing, FIELDS, Listed, actions, queries},
    error::{Error, Refusal, Result},
    id::DisclosureRequestId,
    portal::visit::Address,
    register::Organs,
    remedy, words,
};

#[derive(Template)]
#[template(path = "desk/registers/disclosure_requests/form.html")]
struct RequestPage {
    layout: Layout,
    action: String,
    entry: Entry,
    outcomes: Vec<(&'static str, Vec<OutcomeChoice>)>,
    /// The version shown; none where the request is new.
    version: Option<i64>,
    is_open: bool,
    subject: String,
    due: String,
    today: String,
}

/// A result that can be chosen.
struct OutcomeChoice {
    code: &'static str,
    words: String,
    basis: &'static str,
    is_chosen: bool,
}

/// The results of both forms, the one in force first.
fn outcomes(chosen: &str) -> Vec<(&'static str, Vec<OutcomeChoice>)> {
    let choice = |outcome: &'static Outcome| OutcomeChoice {
        code: outcome.code,
        words: outcome.words(),
        basis: outcome.basis,
        is_chosen: outcome.code == chosen || outcome.words() == chosen,
    };
    let group = |form| Outcome::of_form(form).map(choice).collect();
    vec![
        ("2019年以后答复的（年度报告表三）", group(ReportForm::Since2019)),
        ("2018年以前答复的（国办发〔2014〕32号）", group(ReportForm::UpTo2018)),
    ]
}

/// `/desk/registers/disclosure-requests/new`.
pub async fn show_new(officer: Officer) -> Response {
    officer.answer(new(&officer).await)
}

async fn new(officer: &Officer) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let year = civil_of(officer.cx().at).year();
    let number = officer.read(move |tx, cx| queries::free_number(tx, &cx.site_id, year)).await?;
    let mut entry = Entry::empty(&FIELDS, &organs);
    entry.set("number", number);
    page(officer, None, entry)
}

fn page(officer: &Officer, request: Option<&Listed>, entry: Entry) -> Result<Response> {
    let title = request.map_or("登记申请", |request| request.entry.number.as_str());
    let chosen = entry.input("outcome").map(|input| input.value.clone()).unwrap_or_default();
    let page = RequestPage {
        layout: officer.layout(title).under(&[("首页", "/desk"), (REGISTER.title, HERE)]).helped_by(HELP),
        action: format!("{HERE}/{}", request.map_or("new", |request| request.id.0.as_str())),
        outcomes: outcomes(&chosen),
        version: request.map(|request| request.version),
        is_open: request.is_some_and(|request| request.entry.closing.is_none()),
        subject: request.map(|request| request.entry.subject.clone()).unwrap_or_default(),
        due: request.map(|request| words::date(&request.due_on.to_string())).unwrap_or_default(),
        today: officer.cx().today(),
        entry,
    };
    if page.entry.errors.is_empty() { officer.page(&page) } else { officer.page_with_mistakes(&page) }
}

/// The request, where it is of an organ within reach.
async fn find(officer: &Officer, organs: &Organs, id: &str) -> Result<Listed> {
    let id = DisclosureRequestId(id.to_owned());
    let request = officer.read(move |tx, cx| actions::find(tx, cx, &id)).await?;
    if organs.reaches(&request.entry.organ_id) { Ok(request) } else { Err(Error::NotFound) }
}

/// `/desk/registers/disclosure-requests/{request_id}`.
pub async fn show(Address(id): Address<String>, officer: Officer) -> Response {
    officer.answer(shown(&officer, &id).await)
}

async fn shown(officer: &Officer, id: &str) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let request = find(officer, &organs, id).await?;
    let entry = Entry::showing(&FIELDS, &organs, |field| request.entry.value(field));
    page(officer, Some(&request), entry)
}

fn read(
    cx: &Cx,
    organs: &Organs,
    form: &Form,
    before: Option<&disclosure_request::Entry>,
) -> std::result::Result<disclosure_request::Entry, Entry> {
    let row = Entry::read(&FIELDS, organs, form)?;
    actions::checked(cx, &row, before).map_err(|faults| Entry::sent(&FIELDS, organs, form).with(faults))
}

/// `POST /desk/registers/disclosure-requests/new`.
pub async fn create(DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(created(&officer, &form).await)
}

async fn created(officer: &Officer, form: &Form) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let new = match read(&officer.cx(), &organs, form, None) {
        Ok(new) => new,
        Err(entry) => return page(officer, None, entry),
    };
    officer.require(ACT, Some(&new.organ_id))?;
    match officer.act(move |tx, cx| actions::add(tx, cx, &new)).await {
        Ok(_) => Ok(officer.go(HERE, "申请已登记")),
        Err(error) => page(officer, None, refused(Entry::sent(&FIELDS, &organs, form), "number", error)?),
    }
}

/// `POST /desk/registers/disclosure-requests/{request_id}`.
pub async fn submit(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(changed(&officer, &id, &form).await)
}

async fn changed(officer: &Officer, id: &str, form: &Form) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let request = find(officer, &organs, id).await?;
    let new = match read(&officer.cx(), &organs, form, Some(&request.entry)) {
        Ok(new) => new,
        Err(entry) => return page(officer, Some(&request), entry),
    };
    officer.require(ACT, Some(&new.organ_id))?;
    let (version, id) = (form.text("version").parse().unwrap_or_default(), request.id.clone());
    match officer.act(move |tx, cx| actions::change(tx, cx, &id, &new, version)).await {
        Ok(()) => Ok(officer.go(HERE, "申请已保存")),
        Err(error) => {
            page(officer, Some(&request), refused(Entry::sent(&FIELDS, &organs, form), "number", error)?)
        }
    }
}

/// `POST /desk/registers/disclosure-requests/{request_id}/close`.
pub async fn close(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(closed(&officer, &id, &form).await)
}

async fn closed(officer: &Officer, id: &str, form: &Form) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let request = find(officer, &organs, id).await?;
    let sentence = "请填写答复日期";
    let handled_on: Date = day(form, "on", sentence)?.parse().map_err(anyhow::Error::from)?;
    let Some(outcome) = Outcome::from_code(&form.text("result")) else {
        return Err(Refusal::Invalid("请选择办理结果".to_owned()).into());
    };
    let version = form.text("version").parse().unwrap_or_default();
    let closing = Closing { handled_on, outcome };
    officer.act(move |tx, cx| actions::close(tx, cx, &request.id, &closing, version)).await?;
    Ok(officer.go(HERE, "申请已办结"))
}

/// `POST /desk/registers/disclosure-requests/{request_id}/remove`.
pub async fn remove(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(removed(&officer, &id, &form).await)
}

async fn removed(officer: &Officer, id: &str, form: &Form) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let request = find(officer, &organs, id).await?;
    let (version, reason) = (form.text("version").parse().unwrap_or_default(), form.text("reason"));
    officer
        .act(move |tx, cx| {
            let cases = remedy::queries::of_request(tx, &cx.site_id, &request.id)?;
            if let Some(number) = cases.first() {
                let sentence = format!("案件{number}关联着这件申请，请先在行政复议、诉讼台账中取消关联");
                return Err(Refusal::Invalid(sentence).into());
            }
            actions::remove(tx, cx, &request.id, (version, &reason))
        })
        .await?;
    Ok(officer.go(HERE, "申请已删除，留痕中保留原内容和原因"))
}
