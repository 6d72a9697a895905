//! 检查结果: what the nightly checks found in records that are live, by rule, record and organ.

#[cfg(test)]
mod tests;

use askama::Template;
use axum::response::Response;
use kit_office::sheet::{self, Cell, Kind};
use rules::{check::Code, permission::Act};

use super::{
    list::{self, Column, Filter, List, Sheet, State},
    officer::Officer,
    page::Layout,
};
use crate::{
    check::{LiveFinding, queries::LiveFilter},
    column,
    cx::minute_of,
    error::{Error, Result},
    id::OrganId,
    organ::{self, Organ},
};

const COLUMNS: [Column; 6] = [
    Column::plain("问题"),
    Column::plain("信息"),
    Column::plain("位置"),
    Column::plain("类别"),
    Column::plain("机构"),
    Column::plain("检查时间"),
];

const WEIGHTS: [(&str, &str); 2] = [("blocking", "必须处理"), ("advisory", "建议处理")];

#[derive(Template)]
#[template(path = "desk/findings/findings.html")]
struct FindingsPage {
    layout: Layout,
    list: List,
    rows: Vec<Row>,
    /// Whether records are opened at the desk; who only supervises reads what is public.
    reads: bool,
}

/// A finding as the list shows it.
struct Row {
    finding: LiveFinding,
    organ: String,
}

impl Row {
    fn label(&self) -> &'static str {
        Code::from_word(&self.finding.code).map_or("其他", crate::check::words::label)
    }

    fn weight(&self) -> &'static str {
        WEIGHTS.iter().find(|(code, _)| *code == self.finding.weight).map_or("", |(_, words)| words)
    }

    fn found(&self) -> String {
        minute_of(self.finding.found_at)
    }
}

/// `/desk/findings`.
pub async fn show(officer: Officer) -> Response {
    officer.answer(answer(&officer).await)
}

async fn answer(officer: &Officer) -> Result<Response> {
    if !officer.may(Act::ReadDrafts, None) && !officer.may(Act::Supervise, None) {
        return Err(Error::Forbidden);
    }
    let state = State::of(officer, &COLUMNS, "").exported_by(officer, &[Act::ExportRecords]);
    let seen = super::columns::reach(officer);
    let organs = officer.read(|tx, cx| organ::queries::all(tx, &cx.site_id)).await?;
    let organs: Vec<Organ> = organs.into_iter().filter(|organ| is_seen(seen.as_deref(), &organ.id)).collect();
    let (rows, total) = read(officer, &state, seen, &organs).await?;
    if let Some(format) = state.format()? {
        return list::export(officer, &state, format, sheet(&rows)).await;
    }
    let list = List::new(&state, &COLUMNS, filters(&state, &organs), total);
    let layout = officer.layout("检查结果").under(&[("首页", "/desk")]).helped_by("checks");
    officer.page(&FindingsPage { layout, list, rows, reads: officer.may(Act::ReadDrafts, None) })
}

fn is_seen(seen: Option<&[OrganId]>, organ: &OrganId) -> bool {
    seen.is_none_or(|seen| seen.contains(organ))
}

/// The rows of one page: of the organ asked for, else of the first organ of one's own, else of all.
async fn read(
    officer: &Officer,
    state: &State,
    seen: Option<Vec<OrganId>>,
    organs: &[Organ],
) -> Result<(Vec<Row>, u64)> {
    let asked = state.optional("organ").map(OrganId).filter(|organ| is_seen(seen.as_deref(), organ));
    let organ_id =
        asked.or_else(|| seen.map(|seen| seen.into_iter().next().unwrap_or(OrganId(String::new()))));
    let (column, code, weight) = (state.optional("column"), state.text("code"), state.text("weight"));
    let (limit, offset) = state.window();
    let (found, total) = officer
        .read(move |tx, cx| {
            let column = column.map(|code| column::queries::by_code(tx, &cx.site_id, &code)).transpose()?;
            let column_id = column.flatten().map(|column| column.id);
            let filter = LiveFilter { organ_id, column_id, code, weight };
            Ok(crate::check::queries::live_page(tx, &cx.site_id, &filter, offset, limit)?)
        })
        .await?;
    let name = |id: &Option<OrganId>| {
        let organ = organs.iter().find(|organ| Some(&organ.id) == id.as_ref());
        organ.map(|organ| organ.name.clone()).unwrap_or_default()
    };
    let rows = found.into_iter().map(|finding| Row { organ: name(&finding.organ_id), finding }).collect();
    Ok((rows, u64::try_from(total).unwrap_or_default()))
}

fn filters(state: &State, organs: &[Organ]) -> Vec<Filter> {
    let codes = Code::ALL.iter().map(|code| (code.word(), crate::check::words::label(*code)));
    vec![
        Filter::choice(state, "weight", "程度", WEIGHTS),
        Filter::choice(state, "code", "类别", codes),
        Filter::choice(state, "organ", "机构", organs.iter().map(|organ| (&organ.id.0, &organ.name))),
    ]
}

fn sheet(rows: &[Row]) -> Sheet {
    let row = |row: &Row| -> Vec<Cell> {
        vec![
            row.finding.sentence.clone().into(),
            row.finding.title.clone().into(),
            row.finding.place.clone().into(),
            row.label().into(),
            row.organ.clone().into(),
            row.found().into(),
        ]
    };
    Sheet {
        title: "检查结果".to_owned(),
        columns: COLUMNS.iter().map(|column| sheet::Column::new(column.text, Kind::Text)).collect(),
        rows: rows.iter().map(row).collect(),
        // A sentence quotes the record, and what is found may be a number that names a person.
        personal: true,
    }
}
