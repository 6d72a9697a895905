//! The tree of organs.

use std::collections::HashMap;

use askama::Template;
use axum::response::Response;
use kit_office::sheet::{self, Cell, Kind};
use rules::permission::Act;

use super::{kind_options, queries};
use crate::{
    desk::{
        list::{self, Column, Filter, List, Sheet, State},
        officer::Officer,
        page::Layout,
    },
    error::Result,
    id::OrganId,
    organ::{self, Organ},
    words,
};

const COLUMNS: [Column; 5] = [
    Column::plain("名称"),
    Column::plain("代码"),
    Column::plain("类别"),
    Column::plain("负责的信息"),
    Column::plain("存续"),
];

#[derive(Template)]
#[template(path = "desk/administration/organ/list.html")]
struct OrgansPage {
    layout: Layout,
    list: List,
    rows: Vec<Row>,
}

/// An organ in its place in the tree.
struct Row {
    id: String,
    depth: usize,
    name: String,
    code: String,
    kind: String,
    n_documents: i64,
    ended: Option<String>,
}

impl Row {
    fn ended_words(&self) -> String {
        self.ended.as_deref().map_or_else(|| "现有".to_owned(), |day| format!("至{}", words::date(day)))
    }

    fn indent(&self) -> String {
        "　".repeat(self.depth)
    }
}

/// `/desk/admin/organs`.
pub async fn show(officer: Officer) -> Response {
    officer.answer(answer(&officer).await)
}

async fn answer(officer: &Officer) -> Result<Response> {
    officer.require(Act::ManageOrgan, None)?;
    let state = State::of(officer, &COLUMNS, "").exported_by(officer, &[Act::ManageOrgan]);
    let (organs, documents) = officer
        .read(|tx, cx| Ok((organ::queries::all(tx, &cx.site_id)?, queries::documents(tx, &cx.site_id)?)))
        .await?;
    let kinds: HashMap<String, String> = kind_options(officer.visit.app.reference).into_iter().collect();
    let rows: Vec<Row> = in_tree(&organs)
        .into_iter()
        .map(|(depth, organ)| row(depth, organ, &kinds, &documents))
        .filter(|row| fits(&state, row, &kinds))
        .collect();
    if let Some(format) = state.format()? {
        return list::export(officer, &state, format, sheet(&rows)).await;
    }
    let filters = vec![
        Filter::text(&state, "q", "名称或代码"),
        Filter::choice(&state, "kind", "类别", kind_options(officer.visit.app.reference)),
        Filter::choice(&state, "state", "存续", [("current", "现有"), ("ended", "已撤销")]),
    ];
    let list = List::new(&state, &COLUMNS, filters, rows.len() as u64);
    let layout = officer.layout("机构").under(&[("首页", "/desk")]);
    officer.page(&OrgansPage { layout, rows: list.page_of(rows), list })
}

/// Every organ with its depth, those below right after the one above; whoever hangs in a ring stands at the end.
fn in_tree(organs: &[Organ]) -> Vec<(usize, &Organ)> {
    let is_known = |id: &OrganId| organs.iter().any(|organ| organ.id == *id);
    let is_top = |organ: &&Organ| organ.parent_id.as_ref().is_none_or(|parent| !is_known(parent));
    let mut waiting: Vec<(usize, &Organ)> = organs.iter().filter(is_top).map(|organ| (0, organ)).collect();
    waiting.reverse();
    let mut found: Vec<(usize, &Organ)> = Vec::with_capacity(organs.len());
    while let Some((depth, organ)) = waiting.pop() {
        found.push((depth, organ));
        let below = organs.iter().rev().filter(|below| below.parent_id.as_ref() == Some(&organ.id));
        waiting.extend(below.map(|below| (depth + 1, below)));
    }
    let ring: Vec<&Organ> =
        organs.iter().filter(|organ| !found.iter().any(|(_, known)| known.id == organ.id)).collect();
    found.extend(ring.into_iter().map(|organ| (0, organ)));
    found
}

fn row(
    depth: usize,
    organ: &Organ,
    kinds: &HashMap<String, String>,
    documents: &HashMap<OrganId, i64>,
) -> Row {
    Row {
        id: organ.id.0.clone(),
        depth,
        name: organ.name.clone(),
        code: organ.code.clone(),
        kind: kinds.get(&organ.kind).cloned().unwrap_or_default(),
        n_documents: documents.get(&organ.id).copied().unwrap_or_default(),
        ended: organ.valid_to_on.clone(),
    }
}

fn fits(state: &State, row: &Row, kinds: &HashMap<String, String>) -> bool {
    let words = state.text("q");
    let kind = state.optional("kind").and_then(|code| kinds.get(&code));
    let is_current = |wanted: &str| (wanted == "current") == row.ended.is_none();
    (row.name.contains(&words) || row.code.contains(&words))
        && kind.is_none_or(|kind| row.kind == *kind)
        && state.optional("state").is_none_or(|wanted| is_current(&wanted))
}

fn sheet(rows: &[Row]) -> Sheet {
    let column = |(at, column): (usize, &Column)| {
        sheet::Column::new(column.text, if at == 3 { Kind::Integer } else { Kind::Text })
    };
    let row = |row: &Row| -> Vec<Cell> {
        vec![
            format!("{}{}", row.indent(), row.name).into(),
            row.code.clone().into(),
            row.kind.clone().into(),
            row.n_documents.into(),
            row.ended_words().into(),
        ]
    };
    Sheet {
        title: "机构".to_owned(),
        columns: COLUMNS.iter().enumerate().map(column).collect(),
        rows: rows.iter().map(row).collect(),
        personal: false,
    }
}
