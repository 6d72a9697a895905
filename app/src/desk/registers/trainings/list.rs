//! The list of trainings and tests.

use askama::Template;
use axum::response::Response;
use jiff::civil::Date;
use rules::permission::Act;

use super::{ACT, HELP, HERE, PARTICIPANTS, REGISTER};
use crate::{
    desk::{
        list::{self, Column, Filter, List, Sheet, State},
        officer::Officer,
        page::Layout,
        registers::{Register, organs},
    },
    error::Result,
    register::{self, Organs},
    training::{FIELDS, Listed, TrainingKind, queries},
    words,
};

const COLUMNS: [Column; 6] = [
    Column::sorted("title", "名称"),
    Column::plain("类别"),
    Column::sorted("held", "举办日期"),
    Column::plain("举办单位"),
    Column::plain("参加"),
    Column::plain("合格分"),
];

#[derive(Template)]
#[template(path = "desk/registers/trainings/list.html")]
struct TrainingsPage {
    layout: Layout,
    register: &'static Register,
    people: &'static Register,
    list: List,
    rows: Vec<Line>,
}

struct Line {
    href: String,
    title: String,
    kind: &'static str,
    held: String,
    host: String,
    took_part: String,
    scores: String,
}

/// `/desk/registers/trainings`.
pub async fn show(officer: Officer) -> Response {
    officer.answer(answer(&officer).await)
}

async fn answer(officer: &Officer) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let state = State::of(officer, &COLUMNS, "-held").exported_by(officer, &[Act::ExportRecords]);
    let format = state.format()?;
    let wanted = queries::Filter {
        within: organs.narrowed(&state.text("organ")),
        from: state.day("from").unwrap_or_default(),
        to: state.day("to").unwrap_or_default(),
        kind: state.text("kind"),
        text: state.text("q"),
        sort: state.order(),
    };
    let window = state.window();
    let (held, total) = officer.read(move |tx, cx| queries::page(tx, &cx.site_id, &wanted, window)).await?;
    if let Some(format) = format {
        return list::export(officer, &state, format, sheet(&held, &organs)).await;
    }
    let filters = vec![
        Filter::text(&state, "q", "名称、地点或内容"),
        Filter::choice(&state, "organ", "举办或参加单位", organs.choices()),
        Filter::choice(&state, "kind", "类别", TrainingKind::PAIRS.iter().copied()),
        Filter::day(&state, "from", "举办日期从"),
        Filter::day(&state, "to", "到"),
    ];
    officer.page(&TrainingsPage {
        layout: officer.layout(REGISTER.title).under(&[("首页", "/desk")]).helped_by(HELP),
        register: &REGISTER,
        people: &PARTICIPANTS,
        list: List::new(&state, &COLUMNS, filters, total.unsigned_abs()),
        rows: held.iter().map(|held| line(held, &organs)).collect(),
    })
}

fn line(held: &Listed, organs: &Organs) -> Line {
    let Listed { id, entry, n_units, n_attended, .. } = held;
    let day = |day: Date| words::date(&day.to_string());
    let to = entry.ended_on.map(|ended| format!("至{}", day(ended))).unwrap_or_default();
    Line {
        href: format!("{HERE}/{}", id.0),
        title: entry.title.clone(),
        kind: entry.kind.label(),
        held: format!("{}{to}", day(entry.held_on)),
        host: organs.name(&entry.host_organ_id).to_owned(),
        took_part: format!("{n_units}个单位，{n_attended}人"),
        scores: entry.scores.map(|scores| format!("{}/{}", scores.pass, scores.full)).unwrap_or_default(),
    }
}

fn sheet(held: &[Listed], organs: &Organs) -> Sheet {
    let row = |held: &Listed| register::cells(&FIELDS, organs, |field| held.entry.value(field));
    Sheet {
        title: REGISTER.title.to_owned(),
        columns: register::columns(&FIELDS),
        rows: held.iter().map(row).collect(),
        personal: false,
    }
}
