//! The list of disclosure requests.

use askama::Template;
use axum::response::Response;
use jiff::civil::Date;
use rules::{
    outcome::OUTCOMES,
    permission::Act,
    request::{ApplicantKind, Complaint},
};

use super::{ACT, HELP, HERE, REGISTER};
use crate::{
    cx::civil_of,
    desk::{
        list::{self, Column, Filter, List, Sheet, State},
        officer::Officer,
        page::Layout,
        registers::{Register, organs},
    },
    disclosure_request::{FIELDS, Listed, Standing, queries},
    error::Result,
    register::{self, Organs},
    words,
};

const COLUMNS: [Column; 7] = [
    Column::sorted("number", "编号"),
    Column::plain("申请内容"),
    Column::plain("受理机关"),
    Column::plain("申请人"),
    Column::sorted("received", "收到"),
    Column::sorted("due", "答复期限"),
    Column::sorted("handled", "办理"),
];

#[derive(Template)]
#[template(path = "desk/registers/disclosure_requests/list.html")]
struct RequestsPage {
    layout: Layout,
    register: &'static Register,
    list: List,
    rows: Vec<Line>,
}

struct Line {
    href: String,
    number: String,
    subject: String,
    organ: String,
    applicant: &'static str,
    received: String,
    due: String,
    standing: &'static str,
    class: &'static str,
    handled: String,
    complaint: &'static str,
}

/// `/desk/registers/disclosure-requests`.
pub async fn show(officer: Officer) -> Response {
    officer.answer(answer(&officer).await)
}

async fn answer(officer: &Officer) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let state = State::of(officer, &COLUMNS, "-received").exported_by(officer, &[Act::ExportRecords]);
    let format = state.format()?;
    let wanted = queries::Filter {
        within: organs.narrowed(&state.text("organ")),
        from: state.day("from").unwrap_or_default(),
        to: state.day("to").unwrap_or_default(),
        applicant: state.text("applicant"),
        outcome: state.text("outcome"),
        standing: state.text("standing"),
        complaint: state.text("complaint"),
        text: state.text("q"),
        sort: state.order(),
    };
    let (window, today) = (state.window(), civil_of(officer.cx().at));
    let (requests, total) =
        officer.read(move |tx, cx| queries::page(tx, &cx.site_id, &wanted, today, window)).await?;
    if let Some(format) = format {
        return list::export(officer, &state, format, sheet(&requests, &organs)).await;
    }
    officer.page(&RequestsPage {
        layout: officer.layout(REGISTER.title).under(&[("首页", "/desk")]).helped_by(HELP),
        register: &REGISTER,
        list: List::new(&state, &COLUMNS, filters(&state, &organs), total.unsigned_abs()),
        rows: requests.iter().map(|request| line(request, &organs, today)).collect(),
    })
}

fn filters(state: &State, organs: &Organs) -> Vec<Filter> {
    let complaints = Complaint::PAIRS.iter().copied().filter(|(code, _)| *code != "none");
    vec![
        Filter::text(state, "q", "编号或内容"),
        Filter::choice(state, "organ", "受理机关", organs.choices()),
        Filter::choice(state, "applicant", "申请人类型", ApplicantKind::PAIRS.iter().copied()),
        Filter::day(state, "from", "收到日期从"),
        Filter::day(state, "to", "到"),
        Filter::choice(state, "standing", "办理情况", Standing::PAIRS.iter().copied()),
        Filter::choice(state, "outcome", "办理结果", OUTCOMES.iter().map(|row| (row.code, row.words()))),
        Filter::choice(state, "complaint", "投诉", std::iter::once(("any", "有投诉")).chain(complaints)),
    ]
}

fn line(request: &Listed, organs: &Organs, today: Date) -> Line {
    let Listed { id, entry, due_on, .. } = request;
    let standing = request.standing(today);
    let day = |day: Date| words::date(&day.to_string());
    let handled = entry.closing.as_ref();
    Line {
        href: format!("{HERE}/{}", id.0),
        number: entry.number.clone(),
        subject: entry.subject.clone(),
        organ: organs.name(&entry.organ_id).to_owned(),
        applicant: entry.applicant.label(),
        received: day(entry.received_on),
        due: format!("{}{}", day(*due_on), if entry.extended_on.is_some() { "（已延期）" } else { "" }),
        standing: standing.label(),
        class: match standing {
            Standing::Open => "waiting",
            Standing::OnTime => "done",
            Standing::Overdue | Standing::Late => "late",
        },
        handled: handled
            .map(|closing| format!("{}　{}", day(closing.handled_on), closing.outcome.words()))
            .unwrap_or_default(),
        complaint: if entry.complaint == Complaint::None { "" } else { entry.complaint.label() },
    }
}

fn sheet(requests: &[Listed], organs: &Organs) -> Sheet {
    let row = |request: &Listed| register::cells(&FIELDS, organs, |field| request.entry.value(field));
    Sheet {
        title: REGISTER.title.to_owned(),
        columns: register::columns(&FIELDS),
        rows: requests.iter().map(row).collect(),
        personal: false,
    }
}
