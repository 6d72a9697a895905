//! The log, the newest act first.

use std::collections::HashMap;

use askama::Template;
use axum::response::Response;
use kit_office::sheet::{self, Cell, Kind};
use rules::permission::Act;

use super::reading::Wanted;
use crate::{
    audit::{Entry, action},
    cx::minute_of,
    desk::{
        list::{self, Column, Filter, List, Sheet, State},
        officer::Officer,
        page::Layout,
    },
    error::Result,
    staff,
};

const COLUMNS: [Column; 6] = [
    Column::plain("时间"),
    Column::plain("人员"),
    Column::plain("事项"),
    Column::plain("对象"),
    Column::plain("说明"),
    Column::plain("地址"),
];

#[derive(Template)]
#[template(path = "desk/administration/audit/list.html")]
struct AuditPage {
    layout: Layout,
    list: List,
    rows: Vec<Row>,
    next: Option<String>,
    newest: String,
    is_first: bool,
}

/// A row of the log as the page shows it.
struct Row {
    position: i64,
    at: String,
    actor: String,
    person: String,
    action: String,
    object_kind: &'static str,
    object_id: String,
    object_href: String,
    detail: String,
    address: String,
}

/// `/desk/admin/audit`.
pub async fn show(officer: Officer) -> Response {
    officer.answer(answer(&officer).await)
}

async fn answer(officer: &Officer) -> Result<Response> {
    officer.require(Act::ReadAudit, None)?;
    let state = State::of(officer, &COLUMNS, "").exported_by(officer, &[Act::ReadAudit]);
    let format = state.format()?;
    let wanted = Wanted::of(&state);
    // A part begins where the one before ended, so that no rows are counted off.
    let (limit, _) = state.window();
    let is_page = format.is_none();
    let (part, people) = officer
        .read(move |tx, cx| {
            let people = staff::queries::all(tx, &cx.site_id)?;
            Ok((wanted.read(tx, cx, limit as usize, is_page)?, people))
        })
        .await?;
    let people: HashMap<String, String> =
        people.into_iter().map(|account| (account.login, account.name)).collect();
    let rows: Vec<Row> = part.entries.into_iter().map(|entry| row(entry, &people, &state)).collect();
    if let Some(format) = format {
        return list::export(officer, &state, format, sheet(&rows)).await;
    }
    let list = List::new(&state, &COLUMNS, filters(&state, &people), rows.len() as u64);
    let page = AuditPage {
        layout: officer.layout("留痕").under(&[("首页", "/desk")]),
        next: part.next.map(|position| state.address(&[("before", &position.to_string())])),
        newest: state.address(&[]),
        is_first: state.optional("before").is_none(),
        list,
        rows,
    };
    officer.page(&page)
}

fn row(entry: Entry, people: &HashMap<String, String>, state: &State) -> Row {
    Row {
        position: entry.position,
        at: minute_of(entry.at),
        person: people.get(&entry.actor).cloned().unwrap_or_default(),
        actor: entry.actor,
        action: action::words(&entry.action).map_or(entry.action, str::to_owned),
        object_kind: action::object_words(&entry.object_kind),
        object_href: state.address(&[("object", &entry.object_id)]),
        object_id: entry.object_id,
        detail: entry.detail,
        address: entry.address,
    }
}

fn filters(state: &State, people: &HashMap<String, String>) -> Vec<Filter> {
    let mut people: Vec<(String, String)> =
        people.iter().map(|(login, name)| (login.clone(), format!("{name}（{login}）"))).collect();
    people.sort();
    vec![
        Filter::choice(state, "actor", "人员", people),
        Filter::choice(state, "action", "事项", action::WORDS.iter().copied()),
        Filter::text(state, "object", "对象编号"),
        Filter::text(state, "address", "地址"),
        Filter::day(state, "from", "从"),
        Filter::day(state, "to", "到"),
    ]
}

fn sheet(rows: &[Row]) -> Sheet {
    let names = ["序号", "时间", "登录名", "姓名", "事项", "对象", "对象编号", "说明", "地址"];
    let columns = (0..).zip(names);
    let columns =
        columns.map(|(at, name)| sheet::Column::new(name, if at == 0 { Kind::Integer } else { Kind::Text }));
    let row = |row: &Row| -> Vec<Cell> {
        vec![
            row.position.into(),
            row.at.clone().into(),
            row.actor.clone().into(),
            row.person.clone().into(),
            row.action.clone().into(),
            row.object_kind.into(),
            row.object_id.clone().into(),
            row.detail.clone().into(),
            row.address.clone().into(),
        ]
    };
    Sheet {
        title: "留痕".to_owned(),
        columns: columns.collect(),
        rows: rows.iter().map(row).collect(),
        personal: true,
    }
}
