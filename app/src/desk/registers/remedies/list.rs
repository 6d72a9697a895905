//! The list of reconsiderations and lawsuits.

use askama::Template;
use axum::response::Response;
use jiff::civil::Date;
use rules::{
    permission::Act,
    remedy::{RemedyKind, RemedyOutcome, group},
};

use super::{ACT, HELP, HERE, REGISTER};
use crate::{
    desk::{
        list::{self, Column, Filter, List, Sheet, State},
        officer::Officer,
        page::Layout,
        registers::{Register, organs},
    },
    error::Result,
    register::{self, Organs},
    remedy::{FIELDS, Listed, queries},
    words,
};

const COLUMNS: [Column; 7] = [
    Column::sorted("number", "案号"),
    Column::plain("类别"),
    Column::plain("案由"),
    Column::plain("被申请（被告）机关"),
    Column::plain("受理机关"),
    Column::sorted("filed", "提起"),
    Column::sorted("closed", "结果"),
];

#[derive(Template)]
#[template(path = "desk/registers/remedies/list.html")]
struct RemediesPage {
    layout: Layout,
    register: &'static Register,
    list: List,
    rows: Vec<Line>,
}

struct Line {
    href: String,
    number: String,
    kind: String,
    subject: String,
    organ: String,
    body: String,
    filed: String,
    outcome: &'static str,
    class: &'static str,
    closed: String,
}

/// `/desk/registers/remedies`.
pub async fn show(officer: Officer) -> Response {
    officer.answer(answer(&officer).await)
}

async fn answer(officer: &Officer) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let state = State::of(officer, &COLUMNS, "-filed").exported_by(officer, &[Act::ExportRecords]);
    let format = state.format()?;
    let wanted = queries::Filter {
        within: organs.narrowed(&state.text("organ")),
        from: state.day("from").unwrap_or_default(),
        to: state.day("to").unwrap_or_default(),
        kind: state.text("kind"),
        outcome: state.text("outcome"),
        text: state.text("q"),
        sort: state.order(),
    };
    let window = state.window();
    let (cases, total) = officer.read(move |tx, cx| queries::page(tx, &cx.site_id, &wanted, window)).await?;
    if let Some(format) = format {
        return list::export(officer, &state, format, sheet(&cases, &organs)).await;
    }
    let filters = vec![
        Filter::text(&state, "q", "案号、案由或受理机关"),
        Filter::choice(&state, "organ", "被申请（被告）机关", organs.choices()),
        Filter::choice(&state, "kind", "类别", RemedyKind::PAIRS.iter().copied()),
        Filter::choice(&state, "outcome", "结果", RemedyOutcome::PAIRS.iter().copied()),
        Filter::day(&state, "from", "提起日期从"),
        Filter::day(&state, "to", "到"),
    ];
    officer.page(&RemediesPage {
        layout: officer.layout(REGISTER.title).under(&[("首页", "/desk")]).helped_by(HELP),
        register: &REGISTER,
        list: List::new(&state, &COLUMNS, filters, total.unsigned_abs()),
        rows: cases.iter().map(|case| line(case, &organs)).collect(),
    })
}

fn line(case: &Listed, organs: &Organs) -> Line {
    let Listed { id, entry, .. } = case;
    let day = |day: Date| words::date(&day.to_string());
    let kind = match entry.kind {
        RemedyKind::Reconsideration => entry.kind.label().to_owned(),
        RemedyKind::Litigation => {
            format!("{}（{}）", entry.kind.label(), group(entry.kind, entry.after_reconsideration))
        }
    };
    Line {
        href: format!("{HERE}/{}", id.0),
        number: entry.number.clone(),
        kind,
        subject: entry.subject.clone(),
        organ: organs.name(&entry.organ_id).to_owned(),
        body: entry.body.clone(),
        filed: day(entry.filed_on),
        outcome: entry.outcome.label(),
        class: match entry.outcome {
            RemedyOutcome::Pending => "waiting",
            RemedyOutcome::Corrected => "late",
            RemedyOutcome::Upheld | RemedyOutcome::Other => "done",
        },
        closed: entry.closed_on.map(day).unwrap_or_default(),
    }
}

fn sheet(cases: &[Listed], organs: &Organs) -> Sheet {
    let row = |case: &Listed| register::cells(&FIELDS, organs, |field| case.value(field));
    Sheet {
        title: REGISTER.title.to_owned(),
        columns: register::columns(&FIELDS),
        rows: cases.iter().map(row).collect(),
        personal: false,
    }
}
