//! The tree of columns.

use std::collections::HashMap;

use askama::Template;
use axum::response::Response;
use kit_office::sheet::{self, Cell, Kind};
use rules::permission::Act;

use super::queries;
use crate::{
    column::{self, Column, path},
    desk::{
        list::{self, Filter, List, Sheet, State},
        officer::Officer,
        page::Layout,
    },
    error::Result,
    id::{ColumnId, OrganId},
    organ,
};

const COLUMNS: [list::Column; 6] = [
    list::Column::plain("名称"),
    list::Column::plain("代码"),
    list::Column::plain("类别"),
    list::Column::plain("责任单位"),
    list::Column::plain("更新期限"),
    list::Column::plain("信息"),
];

#[derive(Template)]
#[template(path = "desk/administration/column/list.html")]
struct ColumnsPage {
    layout: Layout,
    list: List,
    rows: Vec<Row>,
}

/// A column in its place in the tree.
struct Row {
    id: String,
    depth: usize,
    name: String,
    code: String,
    column_type: String,
    owner_id: String,
    owner: String,
    interval: Option<i64>,
    n_documents: i64,
}

impl Row {
    fn indent(&self) -> String {
        "　".repeat(self.depth)
    }

    fn interval_words(&self) -> String {
        self.interval.map_or_else(|| "不限".to_owned(), |days| format!("{days} 天"))
    }
}

/// `/desk/admin/columns`.
pub async fn show(officer: Officer) -> Response {
    officer.answer(answer(&officer).await)
}

async fn answer(officer: &Officer) -> Result<Response> {
    officer.require(Act::ManageColumn, None)?;
    let state = State::of(officer, &COLUMNS, "").exported_by(officer, &[Act::ManageColumn]);
    let (columns, organs, documents) = officer
        .read(|tx, cx| {
            Ok((
                column::queries::all(tx, &cx.site_id)?,
                organ::queries::all(tx, &cx.site_id)?,
                queries::documents(tx, &cx.site_id)?,
            ))
        })
        .await?;
    let names: HashMap<OrganId, String> = organs.into_iter().map(|organ| (organ.id, organ.name)).collect();
    let row = |column: &Column| row(officer, &columns, column, (&names, &documents));
    let rows: Vec<Row> = in_tree(&columns).into_iter().map(row).filter(|row| fits(&state, row)).collect();
    if let Some(format) = state.format()? {
        return list::export(officer, &state, format, sheet(&rows)).await;
    }
    let types = &officer.visit.app.reference.column_types;
    let types = types.iter().map(|kind| (kind.name.clone(), kind.name.clone()));
    let mut owners: Vec<(String, String)> = names.into_iter().map(|(id, name)| (id.0, name)).collect();
    owners.sort_by(|one, other| one.1.cmp(&other.1));
    let filters = vec![
        Filter::text(&state, "q", "名称或代码"),
        Filter::choice(&state, "type", "类别", types),
        Filter::choice(&state, "owner", "责任单位", owners),
        Filter::choice(&state, "gap", "待处理", [("ownerless", "没有责任单位"), ("empty", "没有信息")]),
    ];
    let list = List::new(&state, &COLUMNS, filters, rows.len() as u64);
    let layout = officer.layout("栏目").under(&[("首页", "/desk")]);
    officer.page(&ColumnsPage { layout, rows: list.page_of(rows), list })
}

/// Every column right after the one above it; sisters in their order.
fn in_tree(columns: &[Column]) -> Vec<&Column> {
    let place = |column: &Column| -> Vec<usize> {
        let at = |above: &&Column| columns.iter().position(|known| known.id == above.id).unwrap_or_default();
        path(columns, &column.id).iter().map(at).collect()
    };
    let mut places: Vec<(Vec<usize>, &Column)> =
        columns.iter().map(|column| (place(column), column)).collect();
    places.sort_by(|one, other| one.0.cmp(&other.0));
    places.into_iter().map(|(_, column)| column).collect()
}

fn row(
    officer: &Officer,
    columns: &[Column],
    column: &Column,
    (names, documents): (&HashMap<OrganId, String>, &HashMap<ColumnId, i64>),
) -> Row {
    let kind = officer.visit.app.reference.column_types.get(&column.column_type);
    let owner = column.owner_id.as_ref();
    Row {
        id: column.id.0.clone(),
        depth: path(columns, &column.id).len().saturating_sub(1),
        name: column.name.clone(),
        code: column.code.clone(),
        column_type: kind.map(|kind| kind.name.clone()).unwrap_or_default(),
        owner_id: owner.map(|id| id.0.clone()).unwrap_or_default(),
        owner: owner.and_then(|id| names.get(id).cloned()).unwrap_or_default(),
        interval: column.update_interval_days,
        n_documents: documents.get(&column.id).copied().unwrap_or_default(),
    }
}

fn fits(state: &State, row: &Row) -> bool {
    let words = state.text("q");
    let gap = match state.text("gap").as_str() {
        "ownerless" => row.owner.is_empty(),
        "empty" => row.n_documents == 0,
        _ => true,
    };
    (row.name.contains(&words) || row.code.contains(&words))
        && state.optional("type").is_none_or(|kind| row.column_type == kind)
        && state.optional("owner").is_none_or(|owner| row.owner_id == owner)
        && gap
}

fn sheet(rows: &[Row]) -> Sheet {
    let column = |(at, column): (usize, &list::Column)| {
        sheet::Column::new(column.text, if at == 5 { Kind::Integer } else { Kind::Text })
    };
    let row = |row: &Row| -> Vec<Cell> {
        vec![
            format!("{}{}", row.indent(), row.name).into(),
            row.code.clone().into(),
            row.column_type.clone().into(),
            row.owner.clone().into(),
            row.interval_words().into(),
            row.n_documents.into(),
        ]
    };
    Sheet {
        title: "栏目".to_owned(),
        columns: COLUMNS.iter().enumerate().map(column).collect(),
        rows: rows.iter().map(row).collect(),
        personal: false,
    }
}
