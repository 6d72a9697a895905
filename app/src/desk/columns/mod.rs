//! 栏目更新: which columns of mine must have something new by when, the worst first.

pub mod queries;

use std::collections::HashMap;

use askama::Template;
use axum::{extract::Query, response::Response};
use jiff::civil::Date;
use kit_db::Tx;
use rules::{
    column_update::{Standing, Update, update},
    permission::Act,
};

use self::queries::ColumnState;
use super::{officer::Officer, page::Layout};
use crate::{
    cx::{Cx, civil_of},
    error::Result,
    id::OrganId,
    portal::page::Day,
};

/// A column and how it stands.
pub struct ColumnLine {
    /// Code, for its address.
    pub code: String,
    /// Name.
    pub name: String,
    /// The organ that answers for it.
    pub owner: String,
    /// How many records it shows.
    pub n_live: i64,
    /// Day of its newest record.
    pub newest_on: Option<Day>,
    /// Days within which something new must appear.
    pub interval_days: Option<i64>,
    /// When something new is due.
    pub due_on: Option<Day>,
    /// How it stands.
    pub standing: Standing,
}

impl ColumnLine {
    /// The class of its mark.
    pub fn class(&self) -> &'static str {
        match self.standing {
            Standing::Overdue { .. } | Standing::Empty => "late",
            Standing::DueSoon { .. } => "waiting",
            Standing::Fresh { .. } => "done",
            Standing::NoInterval => "",
        }
    }

    /// How it stands, in words.
    pub fn words(&self) -> String {
        match self.standing {
            Standing::Overdue { days } => format!("超期 {days} 天"),
            Standing::Empty => "空白栏目".to_owned(),
            Standing::DueSoon { days: 0 } => "今天到期".to_owned(),
            Standing::DueSoon { days } => format!("还有 {days} 天"),
            Standing::Fresh { days } => format!("正常，还有 {days} 天"),
            Standing::NoInterval => "不要求定期更新".to_owned(),
        }
    }

    /// Whether somebody has to do something.
    pub fn is_pressing(&self) -> bool {
        matches!(self.standing, Standing::Overdue { .. } | Standing::Empty | Standing::DueSoon { .. })
    }
}

#[derive(Template)]
#[template(path = "desk/columns/columns.html")]
struct ColumnsPage {
    layout: Layout,
    lines: Vec<ColumnLine>,
    n_overdue: usize,
    n_empty: usize,
    n_soon: usize,
    shown: String,
    sees_all: bool,
}

/// `/desk/columns?show=pressing|all`.
pub async fn show(officer: Officer, Query(query): Query<HashMap<String, String>>) -> Response {
    let made = page(&officer, query.get("show").map_or("", String::as_str)).await;
    officer.answer(made)
}

async fn page(officer: &Officer, shown: &str) -> Result<Response> {
    let organs = reach(officer);
    let sees_all = organs.is_none();
    let mut lines = officer.read(move |tx, cx| lines(tx, cx, organs.as_deref())).await?;
    let count = |of: fn(&Standing) -> bool| lines.iter().filter(|line| of(&line.standing)).count();
    let n_overdue = count(|standing| matches!(standing, Standing::Overdue { .. }));
    let n_empty = count(|standing| matches!(standing, Standing::Empty));
    let n_soon = count(|standing| matches!(standing, Standing::DueSoon { .. }));
    if shown == "pressing" {
        lines.retain(ColumnLine::is_pressing);
    }
    let layout = officer.layout("栏目更新").under(&[("首页", "/desk")]);
    officer.page(&ColumnsPage {
        layout,
        lines,
        n_overdue,
        n_empty,
        n_soon,
        shown: shown.to_owned(),
        sees_all,
    })
}

/// The organs whose columns a person sees; `None` is all.
pub fn reach(officer: &Officer) -> Option<Vec<OrganId>> {
    if officer.may(Act::Supervise, None) { None } else { officer.organs(Act::ReadDrafts) }
}

/// The columns of some organs, or of all, the most pressing first.
pub fn lines(tx: &mut Tx<'_>, cx: &Cx, organs: Option<&[OrganId]>) -> Result<Vec<ColumnLine>> {
    let today = civil_of(cx.at);
    let states = queries::states(tx, &cx.site_id)?;
    let is_mine = |state: &ColumnState| {
        organs.is_none_or(|organs| state.owner_id.as_ref().is_some_and(|owner| organs.contains(owner)))
    };
    let mut lines: Vec<ColumnLine> =
        states.into_iter().filter(is_mine).map(|state| line(state, today)).collect();
    lines.sort_by_key(|line| (line.standing_rank(), line.due_on));
    Ok(lines)
}

impl ColumnLine {
    fn standing_rank(&self) -> u8 {
        match self.standing {
            Standing::Overdue { .. } => 0,
            Standing::Empty => 1,
            Standing::DueSoon { .. } => 2,
            Standing::Fresh { .. } => 3,
            Standing::NoInterval => 4,
        }
    }
}

fn line(state: ColumnState, today: Date) -> ColumnLine {
    let newest = state.newest_on.as_deref().and_then(|day| day.parse().ok());
    let interval = state.update_interval_days.and_then(|days| u32::try_from(days).ok());
    let Update { due_on, standing } = update(newest, interval, today);
    ColumnLine {
        code: state.code,
        name: state.name,
        owner: state.owner.unwrap_or_default(),
        n_live: state.n_live,
        newest_on: newest.map(Day),
        interval_days: state.update_interval_days,
        due_on: due_on.map(Day),
        standing,
    }
}
