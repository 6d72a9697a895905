//! What units are asked for and answer: the office sees who has answered and where the numbers differ, a unit fills in its
//! own counts beside what its records give.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use kit_web::forms::{Form, FormErrors};
use rules::{permission::Act, report::Fault};

use super::{HERE, href, readable, writable};
use crate::{
    annual_report::{
        Report,
        actions::{self, Answer, asked_figures},
        checks,
        document::ReportState,
        queries,
        returns::{Return, ReturnState},
        source::Window,
    },
    desk::{
        form::DeskForm,
        list::{Column, List, State},
        officer::Officer,
        page::Layout,
    },
    error::{Error, Refusal, Result},
    id::OrganId,
    organ::{self, Organ},
    portal::visit::Address,
    words,
};

const COLUMNS: [Column; 5] = [
    Column::plain("单位"),
    Column::plain("截止日期"),
    Column::plain("状态"),
    Column::plain("与登记的差别"),
    Column::plain("说明"),
];

#[derive(Template)]
#[template(path = "desk/annual_report/units.html")]
struct UnitsPage {
    layout: Layout,
    id: String,
    list: List,
    rows: Vec<UnitRow>,
    unasked: Vec<Askable>,
    typed: Form,
    may_ask: bool,
    n_answered: usize,
    errors: FormErrors,
}

/// A unit that can be asked.
struct Askable {
    organ: Organ,
    is_chosen: bool,
}

struct UnitRow {
    organ_id: String,
    name: String,
    due_on: String,
    state: &'static str,
    is_late: bool,
    is_answered: bool,
    comment: String,
    note: String,
    differences: Vec<String>,
}

#[derive(Template)]
#[template(path = "desk/annual_report/answer.html")]
struct AnswerPage {
    layout: Layout,
    id: String,
    organ_id: String,
    version: i64,
    due_on: String,
    state: &'static str,
    note: String,
    comment: String,
    is_open: bool,
    figures: Vec<AskedFigure>,
    errors: FormErrors,
}

struct AskedFigure {
    code: String,
    name: String,
    unit: String,
    definition: String,
    counted: String,
    says: String,
}

/// `/desk/annual-reports/{id}/units`
pub async fn show(Address(id): Address<String>, officer: Officer) -> Response {
    let made = match units_page(&officer, &id, Form::default(), FormErrors::default()).await {
        Ok(page) => officer.page(&page),
        Err(error) => Err(error),
    };
    officer.answer(made)
}

async fn units_page(officer: &Officer, id: &str, typed: Form, errors: FormErrors) -> Result<UnitsPage> {
    let report = readable(officer, id).await?;
    let today = officer.cx().today();
    let wanted = report.clone();
    let here = href(id);
    let state = State::of(officer, &COLUMNS, "").at(&format!("{here}/units"));
    let (limit, offset) = state.window();
    let (organs, asked, rows) = officer
        .read(move |tx, cx| {
            let organs = organ::queries::all(tx, &cx.site_id)?;
            let mut rows = Vec::new();
            // Each unit's records are counted: only for those on this page.
            for one in queries::returns(tx, &cx.site_id, &wanted.id, Window { offset, limit })? {
                let differences = differences(tx, cx, &wanted, &one)?;
                rows.push(unit_row(&organs, one, &today, differences));
            }
            Ok((organs, queries::asked_organs(tx, &cx.site_id, &wanted.id)?, rows))
        })
        .await?;
    let is_asked = |organ: &Organ| asked.iter().any(|(id, _)| *id == organ.id.0);
    let unasked = organs.into_iter().filter(|one| one.valid_to_on.is_none() && !is_asked(one));
    let is_chosen = |organ: &Organ| typed.all("organ").any(|id| id == organ.id.0);
    let unasked = unasked.map(|organ| Askable { is_chosen: is_chosen(&organ), organ }).collect();
    let crumbs = [("首页", "/desk"), ("年度报告", HERE), (report.title.as_str(), here.as_str())];
    Ok(UnitsPage {
        layout: officer.layout("单位填报").under(&crumbs).helped_by("annual-report"),
        id: id.to_owned(),
        unasked,
        typed,
        n_answered: asked.iter().filter(|(_, has_answered)| *has_answered).count(),
        list: List::new(&state, &COLUMNS, Vec::new(), asked.len() as u64),
        may_ask: report.state == ReportState::Editing && officer.may(Act::WriteReport, None),
        rows,
        errors,
    })
}

fn unit_row(organs: &[Organ], one: Return, today: &str, differences: Vec<String>) -> UnitRow {
    let organ = organs.iter().find(|organ| organ.id.0 == one.organ_id);
    UnitRow {
        name: organ.map(|organ| organ.name.clone()).unwrap_or_default(),
        state: one.state.label(),
        is_late: one.is_late(today),
        is_answered: one.state == ReturnState::Answered,
        organ_id: one.organ_id,
        due_on: words::date(&one.due_on),
        comment: one.comment,
        note: one.note,
        differences,
    }
}

/// Where a unit's own count is not what its records give.
fn differences(
    tx: &mut kit_db::Tx<'_>,
    cx: &crate::cx::Cx,
    report: &Report,
    one: &Return,
) -> Result<Vec<String>> {
    let format = report.format(cx.reference)?;
    let sentence = |fault: Fault| match fault {
        Fault::Unit { code, says, counted, .. } => {
            let name = format.figure(&code).map_or(code.as_str(), |figure| figure.name.as_str());
            Some(format!("{name}：自报{says}，登记{counted}"))
        }
        _ => None,
    };
    Ok(checks::of_return(tx, cx, report, (one, ""))?.into_iter().filter_map(sentence).collect())
}

/// `POST /desk/annual-reports/{id}/units`: asks units, or gives an answer back.
pub async fn ask(Address(id): Address<String>, sent: DeskForm) -> Response {
    let DeskForm { officer, form } = sent;
    let made = match asked(&officer, &id, &form).await {
        Ok(said) => Ok(officer.go(&format!("{}/units", href(&id)), said)),
        Err(Error::Refused(refusal)) => {
            let mut errors = FormErrors::default();
            errors.add("due_on", words::refusal(&refusal));
            // What was typed into the form of the question is given back, not why an answer was returned.
            let typed = if form.optional("back").is_some() { Form::default() } else { form };
            let page = units_page(&officer, &id, typed, errors).await;
            page.and_then(|page| officer.page_with_mistakes(&page))
        }
        Err(error) => Err(error),
    };
    officer.answer(made)
}

async fn asked(officer: &Officer, id: &str, form: &Form) -> Result<&'static str> {
    let report = writable(officer, id).await?;
    let note = form.text("note");
    if let Some(organ) = form.optional("back") {
        officer.act(move |tx, cx| actions::give_back(tx, cx, (&report.id, &organ), &note)).await?;
        return Ok("已退回单位");
    }
    let organs: Vec<String> = form.all("organ").map(str::to_owned).collect();
    let due_on = form.text("due_on");
    officer.act(move |tx, cx| actions::ask(tx, cx, &report.id, &organs, (&due_on, &note))).await?;
    Ok("已要求填报，单位在“年度报告”中可以看到")
}

/// `/desk/annual-reports/{id}/units/{organ_id}`
pub async fn one(Address((id, organ_id)): Address<(String, String)>, officer: Officer) -> Response {
    let made = match answer_page(&officer, (&id, &organ_id), None, FormErrors::default()).await {
        Ok(page) => officer.page(&page),
        Err(error) => Err(error),
    };
    officer.answer(made)
}

async fn answer_page(
    officer: &Officer,
    (id, organ_id): (&str, &str),
    typed: Option<&Form>,
    errors: FormErrors,
) -> Result<AnswerPage> {
    officer.require(Act::AnswerReport, Some(&OrganId(organ_id.to_owned())))?;
    let (wanted, unit) = (id.to_owned(), organ_id.to_owned());
    let (report, asked, figures) = officer
        .read(move |tx, cx| {
            let report = actions::find(tx, cx, &wanted)?;
            let asked = queries::return_of(tx, &cx.site_id, &wanted, &unit)?.ok_or(Error::NotFound)?;
            let figures = checks::of_unit(tx, cx, &report, &unit)?;
            Ok((report, asked, figures))
        })
        .await?;
    let format = report.format(officer.visit.app.reference)?;
    let figure = |one: &crate::reference::ReportFigure| AskedFigure {
        counted: figures.resolved(&one.code).map(|figure| figure.text).unwrap_or_default(),
        says: match typed {
            Some(form) => form.text(&one.code),
            None => asked.counts.get(&one.code).map(i64::to_string).unwrap_or_default(),
        },
        code: one.code.clone(),
        name: one.name.clone(),
        unit: one.unit.clone(),
        definition: one.definition.clone(),
    };
    Ok(AnswerPage {
        layout: officer
            .layout(format!("填报：{}", report.title))
            .under(&[("首页", "/desk"), ("年度报告", HERE)])
            .helped_by("annual-report"),
        figures: asked_figures(format).into_iter().map(figure).collect(),
        id: id.to_owned(),
        organ_id: organ_id.to_owned(),
        version: asked.version,
        due_on: words::date(&asked.due_on),
        state: asked.state.label(),
        note: asked.note.clone(),
        comment: typed.map_or_else(|| asked.comment.clone(), |form| form.text("comment")),
        is_open: report.state == ReportState::Editing,
        errors,
    })
}

/// `POST /desk/annual-reports/{id}/units/{organ_id}`
pub async fn submit(Address((id, organ_id)): Address<(String, String)>, sent: DeskForm) -> Response {
    let DeskForm { officer, form } = sent;
    let made = match answered(&officer, (&id, &organ_id), &form).await {
        Ok(()) => Ok(officer.go(HERE, "已填报")),
        Err(Error::Refused(refusal)) => {
            let mut errors = FormErrors::default();
            errors.add("comment", words::refusal(&refusal));
            let page = answer_page(&officer, (&id, &organ_id), Some(&form), errors).await;
            page.and_then(|page| officer.page_with_mistakes(&page))
        }
        Err(error) => Err(error),
    };
    officer.answer(made)
}

async fn answered(officer: &Officer, (id, organ_id): (&str, &str), form: &Form) -> Result<()> {
    officer.require(Act::AnswerReport, Some(&OrganId(organ_id.to_owned())))?;
    let version = form.text("version").parse().unwrap_or_default();
    let (id, organ_id) = (id.to_owned(), organ_id.to_owned());
    let wanted = id.clone();
    let report = officer.read(move |tx, cx| actions::find(tx, cx, &wanted)).await?;
    let mut counts = BTreeMap::new();
    for figure in asked_figures(report.format(officer.visit.app.reference)?) {
        let Some(said) = form.optional(&figure.code) else { continue };
        let wrong = || Refusal::Invalid(format!("“{}”应当填写不小于零的整数，没有数据的留空", figure.name));
        counts.insert(figure.code.clone(), said.parse().map_err(|_| wrong())?);
    }
    let answer = Answer { counts, comment: form.text("comment") };
    officer.act(move |tx, cx| actions::answer(tx, cx, (&id, &organ_id), version, &answer)).await
}
