//! The records behind a figure, page by page and as a file: while the report is written those that are counted now, once it
//! is signed those that were counted then.

use askama::Template;
use axum::response::Response;
use kit_office::sheet::{self, Cell, Kind};
use rules::permission::Act;

use super::{HERE, hide_names, href, readable, reads_names};
use crate::{
    annual_report::{
        Report, build, frozen_records,
        source::{self, Line, Register, Window},
    },
    desk::{
        list::{self, Column, List, Sheet, State},
        officer::Officer,
        page::Layout,
    },
    error::{Error, Result},
    portal::visit::Address,
};

const COLUMNS: [Column; 5] = [
    Column::plain("名称"),
    Column::plain("单位"),
    Column::plain("日期"),
    Column::plain("编号或说明"),
    Column::plain("来源"),
];

#[derive(Template)]
#[template(path = "desk/annual_report/records.html")]
struct RecordsPage {
    layout: Layout,
    list: List,
    rows: Vec<Row>,
    definition: String,
    value: String,
    is_signed: bool,
}

struct Row {
    line: Line,
    /// Its day as people write it.
    on: String,
    /// What else is said of it; the code of an organ is nothing to people.
    note: String,
    register: &'static str,
    href: Option<String>,
}

/// What is read of a figure.
struct Found {
    name: String,
    definition: String,
    value: String,
    total: i64,
    lines: Vec<(Register, Line)>,
}

/// `/desk/annual-reports/{id}/figures/{code}`
pub async fn show(Address((id, code)): Address<(String, String)>, officer: Officer) -> Response {
    let made = answer(&officer, &id, &code).await;
    officer.answer(made)
}

async fn answer(officer: &Officer, id: &str, code: &str) -> Result<Response> {
    let report = readable(officer, id).await?;
    let state = State::of(officer, &COLUMNS, "").exported_by(officer, &[Act::ExportRecords]);
    let (limit, offset) = state.window();
    let (wanted, code) = (report.clone(), code.to_owned());
    let window = Window { offset, limit };
    let mut found = officer.read(move |tx, cx| read(tx, cx, &wanted, &code, window)).await?;
    let reads_names = reads_names(officer, &report);
    if !reads_names {
        hide_names(&mut found.lines);
    }
    let opens = officer.may(Act::WriteReport, None);
    let rows: Vec<Row> = found.lines.into_iter().map(|line| row(line, opens)).collect();
    if let Some(format) = state.format()? {
        return list::export(officer, &state, format, sheet(&found.name, &rows, reads_names)).await;
    }
    let list = List::new(&state, &COLUMNS, Vec::new(), u64::try_from(found.total).unwrap_or_default());
    let here = href(&report.id);
    let crumbs = [("首页", "/desk"), ("年度报告", HERE), (report.title.as_str(), here.as_str())];
    officer.page(&RecordsPage {
        layout: officer.layout(&found.name).under(&crumbs).helped_by("annual-report"),
        list,
        rows,
        definition: found.definition,
        value: found.value,
        is_signed: report.frozen.is_some(),
    })
}

fn read(
    tx: &mut kit_db::Tx<'_>,
    cx: &crate::cx::Cx,
    report: &Report,
    code: &str,
    window: Window,
) -> Result<Found> {
    let format = report.format(cx.reference)?;
    let figure = format.figure(code).ok_or(Error::NotFound)?;
    let (records, total, value) = if let Some(frozen) = &report.frozen {
        let (records, total) = frozen_records(tx, cx, report, code, window)?;
        let value = frozen.figures.iter().find(|one| one.code == code).map(|one| one.text.clone());
        (records, total, value.unwrap_or_default())
    } else {
        let made = build::make(tx, cx, report)?;
        let n_of = |code: &str| made.figures.resolved(code).and_then(|one| one.n_sources).unwrap_or_default();
        let total = source::counted(format, code).iter().map(|one| n_of(&one.code)).sum();
        let scope = report.scope();
        let records = source::page(tx, cx, (format, &scope, code), n_of, window)?;
        (records, total, made.figures.resolved(code).map(|one| one.text).unwrap_or_default())
    };
    Ok(Found {
        name: figure.name.clone(),
        definition: figure.definition.clone(),
        value: format!("{value}{}", figure.unit),
        total,
        lines: source::lines(tx, cx, &records)?,
    })
}

/// A line; whoever writes reports may open every entry, the others read what it says.
fn row((register, line): (Register, Line), opens: bool) -> Row {
    let place = match register {
        Register::Document => "documents",
        Register::Article => "registers/wechat-articles",
        Register::Item => "registers/service-items",
        Register::Case => "registers/service-cases",
        Register::Place => "registers/notice-places",
        Register::Request => "registers/disclosure-requests",
        Register::Remedy => "registers/remedies",
        Register::Proposal => "registers/proposals",
        Register::Training => "registers/trainings",
        Register::Money => "registers/finances",
        Register::Organ | Register::Participant => "",
    };
    let href = (opens && !place.is_empty()).then(|| format!("/desk/{place}/{}", line.id));
    let note = if register == Register::Organ { String::new() } else { line.note.clone() };
    Row { on: crate::words::date(&line.on), note, line, register: register.label(), href }
}

fn sheet(name: &str, rows: &[Row], reads_names: bool) -> Sheet {
    let row = |row: &Row| -> Vec<Cell> {
        vec![
            row.line.title.clone().into(),
            row.line.organ.clone().into(),
            row.line.on.clone().into(),
            row.line.note.clone().into(),
            row.register.into(),
        ]
    };
    Sheet {
        title: name.to_owned(),
        columns: COLUMNS.iter().map(|column| sheet::Column::new(column.text, Kind::Text)).collect(),
        rows: rows.iter().map(row).collect(),
        // Who took part in trainings is named.
        personal: reads_names && rows.iter().any(|row| row.register == Register::Participant.label()),
    }
}
