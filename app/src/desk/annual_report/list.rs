//! The reports of the site, the form that begins one, and what the officer's own organs are asked for.

use askama::Template;
use axum::response::Response;
use kit_web::forms::{Form, FormErrors};
use rules::permission::Act;

use super::href;
use crate::{
    annual_report::{self, ReportLine, actions, queries, returns::Return, source::Window, words},
    desk::{
        form::DeskForm,
        list::{Column, Filter, List, State},
        officer::Officer,
        page::Layout,
    },
    error::{Error, Result},
    organ::{self, Organ},
};

const COLUMNS: [Column; 5] = [
    Column::plain("年报"),
    Column::plain("年度"),
    Column::plain("编制单位"),
    Column::plain("版次"),
    Column::plain("状态"),
];

#[derive(Template)]
#[template(path = "desk/annual_report/list.html")]
struct ListPage {
    layout: Layout,
    list: List,
    rows: Vec<Row>,
    asked: Vec<Asked>,
    organs: Vec<Organ>,
    writes: bool,
    reads: bool,
    year: i64,
    years: String,
    typed: Form,
    errors: FormErrors,
}

struct Row {
    href: String,
    title: String,
    year: i64,
    organ: String,
    edition: String,
    state: &'static str,
    /// Whether somebody is to do something with it.
    is_open: bool,
}

struct Asked {
    href: String,
    title: String,
    organ: String,
    due_on: String,
    state: &'static str,
    is_late: bool,
}

/// `/desk/annual-reports`
pub async fn show(officer: Officer) -> Response {
    let made = page(&officer, Form::default(), FormErrors::default()).await;
    officer.answer(made.and_then(|page| officer.page(&page)))
}

fn reads(officer: &Officer) -> bool {
    [Act::WriteReport, Act::SignReport, Act::Supervise].iter().any(|act| officer.may(*act, None))
}

async fn page(officer: &Officer, typed: Form, errors: FormErrors) -> Result<ListPage> {
    if !reads(officer) && !officer.may(Act::AnswerReport, None) {
        return Err(Error::Forbidden);
    }
    let own = officer.organs(Act::AnswerReport);
    let state = State::of(officer, &COLUMNS, "").at(super::HERE);
    let (limit, offset) = state.window();
    let wanted = state.text("of").parse().unwrap_or_default();
    let reads = reads(officer);
    let ((reports, total), organs, returns) = officer
        .read(move |tx, cx| {
            let mut returns: Vec<(Return, String)> = Vec::new();
            for organ in own.unwrap_or_default() {
                returns.extend(queries::open_returns(tx, &cx.site_id, &organ.0)?);
            }
            let window = Window { offset, limit };
            let reports =
                if reads { queries::page(tx, &cx.site_id, wanted, window)? } else { Default::default() };
            Ok((reports, organ::queries::all(tx, &cx.site_id)?, returns))
        })
        .await?;
    let name = |id: &str| {
        let organ = organs.iter().find(|organ| organ.id.0 == id);
        organ.map_or_else(|| "全站".to_owned(), |organ| organ.name.clone())
    };
    let today = officer.cx().today();
    let asked = |(one, title): &(Return, String)| Asked {
        href: format!("{}/units/{}", href(&one.report_id), one.organ_id),
        title: title.clone(),
        organ: name(&one.organ_id),
        due_on: crate::words::date(&one.due_on),
        state: one.state.label(),
        is_late: one.is_late(&today),
    };
    let asked = returns.iter().map(asked).collect();
    let rows = reports.iter().map(|report| row(report, name(&report.organ_id))).collect();
    let filters = vec![Filter::text(&state, "of", "年度")];
    let last_year = i64::from(crate::cx::civil_of(officer.cx().at).year()) - 1;
    let reference = officer.visit.app.reference;
    Ok(ListPage {
        layout: officer.layout("年度报告").under(&[("首页", "/desk")]).helped_by("annual-report"),
        list: List::new(&state, &COLUMNS, filters, u64::try_from(total).unwrap_or_default()),
        rows,
        asked,
        organs,
        writes: officer.may(Act::WriteReport, None),
        reads,
        year: annual_report::next_year(reference, last_year),
        years: annual_report::years(reference),
        typed,
        errors,
    })
}

/// Which edition it is, in words.
pub fn edition(number: i64) -> String {
    if number == 1 { "首次".to_owned() } else { format!("第{number}版（更正）") }
}

fn row(report: &ReportLine, organ: String) -> Row {
    Row {
        href: href(&report.id),
        title: report.title.clone(),
        year: report.year,
        organ,
        edition: edition(report.number),
        state: if report.is_withdrawn && !report.is_open() {
            "已撤回"
        } else {
            words::state(report.state)
        },
        is_open: report.is_open(),
    }
}

/// `POST /desk/annual-reports`: begins a report.
pub async fn create(DeskForm { officer, form }: DeskForm) -> Response {
    let made = match begin(&officer, &form).await {
        Ok(id) => Ok(officer.go(&href(&id), "已建立，统计数已按登记算出")),
        Err(Error::Refused(refusal)) => {
            let mut errors = FormErrors::default();
            errors.add("year", crate::words::refusal(&refusal));
            page(&officer, form, errors).await.and_then(|page| officer.page_with_mistakes(&page))
        }
        Err(error) => Err(error),
    };
    officer.answer(made)
}

async fn begin(officer: &Officer, form: &Form) -> Result<String> {
    officer.require(Act::WriteReport, None)?;
    let year: i64 = form.text("year").parse().unwrap_or_default();
    let organ_id = form.text("organ");
    officer.act(move |tx, cx| actions::create(tx, cx, &organ_id, year)).await
}
