//! The list of cases.

use askama::Template;
use axum::response::Response;
use rules::permission::Act;

use super::{
    ACT, HELP, HERE, REGISTER,
    queries::{self, Listed, Wanted},
};
use crate::{
    desk::{
        list::{self, Column, Filter, List, Sheet, State},
        officer::Officer,
        page::Layout,
        registers::{OrganCount, Register, organ_counts, organs},
    },
    error::Result,
    register::{self, Organs, choice_words},
    service_case::{FIELDS, HANDLINGS, ROUTES},
    words,
};

const COLUMNS: [Column; 7] = [
    Column::sorted("number", "办件编号"),
    Column::plain("事项"),
    Column::plain("办理机构"),
    Column::plain("渠道"),
    Column::plain("处理"),
    Column::sorted("accepted", "受理或推送"),
    Column::sorted("closed", "办结"),
];

#[derive(Template)]
#[template(path = "desk/registers/service_cases/list.html")]
struct CasesPage {
    layout: Layout,
    register: &'static Register,
    list: List,
    by_organ: Vec<OrganCount>,
    rows: Vec<Line>,
}

struct Line {
    href: String,
    number: String,
    item: String,
    organ: String,
    route: String,
    handling: String,
    accepted: String,
    closed: String,
    result: String,
}

/// `/desk/registers/service-cases`.
pub async fn show(officer: Officer) -> Response {
    officer.answer(answer(&officer).await)
}

async fn answer(officer: &Officer) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let state = State::of(officer, &COLUMNS, "-accepted").exported_by(officer, &[Act::ExportRecords]);
    let format = state.format()?;
    let wanted = wanted(&state, &organs);
    let (limit, offset) = state.window();
    let (cases, counts) = officer
        .read(move |tx, cx| {
            let cases = queries::page(tx, &cx.site_id, &wanted, limit, offset)?;
            Ok((cases, queries::by_organ(tx, &cx.site_id, &wanted)?))
        })
        .await?;
    if let Some(format) = format {
        return list::export(officer, &state, format, sheet(&cases, &organs)).await;
    }
    let total: i64 = counts.iter().map(|(_, n)| n).sum();
    let filters = vec![
        Filter::text(&state, "q", "编号或事项"),
        Filter::choice(&state, "organ", "办理机构", organs.choices()),
        Filter::choice(&state, "route", "渠道", ROUTES.iter().copied()),
        Filter::choice(&state, "handling", "处理", HANDLINGS.iter().copied()),
        Filter::day(&state, "from", "受理或推送从"),
        Filter::day(&state, "to", "到"),
    ];
    officer.page(&CasesPage {
        layout: officer.layout(REGISTER.title).under(&[("首页", "/desk")]).helped_by(HELP),
        register: &REGISTER,
        list: List::new(&state, &COLUMNS, filters, total.unsigned_abs()),
        by_organ: organ_counts(&state, &organs, &counts),
        rows: cases.iter().map(|case| line(case, &organs)).collect(),
    })
}

fn wanted(state: &State, organs: &Organs) -> Wanted {
    Wanted {
        within: organs.narrowed(&state.text("organ")),
        route: state.text("route"),
        handling: state.text("handling"),
        from: state.day("from").unwrap_or_default(),
        to: state.day("to").unwrap_or_default(),
        text: state.text("q"),
        order: state.order(),
    }
}

fn line(listed: &Listed, organs: &Organs) -> Line {
    let case = &listed.case.case;
    Line {
        href: format!("{HERE}/{}", listed.case.id),
        number: case.number.clone(),
        item: listed.item_name.clone(),
        organ: organs.name(&case.organ_id).to_owned(),
        route: choice_words(ROUTES, &case.route),
        handling: choice_words(HANDLINGS, &case.handling),
        accepted: words::date(&case.accepted_on),
        closed: case.closed_on.as_deref().map(words::date).unwrap_or_default(),
        result: case.result.clone(),
    }
}

fn sheet(cases: &[Listed], organs: &Organs) -> Sheet {
    let row = |case: &Listed| register::cells(FIELDS, organs, |field| case.value(field));
    Sheet {
        title: REGISTER.title.to_owned(),
        columns: register::columns(FIELDS),
        rows: cases.iter().map(row).collect(),
        personal: false,
    }
}
