//! The list of accounts, with what is wrong with them: locked, without the second factor they owe, never used.

use std::collections::HashMap;

use askama::Template;
use axum::response::Response;
use kit_office::sheet::{self, Cell, Kind};
use rules::permission::{Act, Role};

use super::{queries, require_any, role_options};
use crate::{
    cx::minute_of,
    desk::{
        list::{self, Column, Filter, List, Sheet, State},
        officer::Officer,
        page::Layout,
    },
    error::Result,
    id::{AccountId, OrganId},
    organ::{self, Organ},
    staff::{self, Account, AccountState},
    words,
};

const COLUMNS: [Column; 6] = [
    Column::sorted("login", "登录名"),
    Column::sorted("name", "姓名"),
    Column::plain("机构与岗位"),
    Column::sorted("state", "状态"),
    Column::plain("动态口令"),
    Column::sorted("seen", "最近登录"),
];

const STATES: [(&str, &str); 3] = [("active", "启用"), ("locked", "锁定"), ("closed", "停用")];
const GAPS: [(&str, &str); 4] = [
    ("factor", "应设未设动态口令"),
    ("unused", "从未登录"),
    ("roleless", "没有岗位"),
    ("first-password", "还在用首次口令"),
];

#[derive(Template)]
#[template(path = "desk/administration/staff/list.html")]
struct StaffPage {
    layout: Layout,
    list: List,
    rows: Vec<Row>,
    may_open: bool,
    may_import: bool,
}

/// An account as the list shows it.
struct Row {
    account: Account,
    roles: Vec<(Role, OrganId, String)>,
    state: &'static str,
    signed_in_at: Option<i64>,
}

impl Row {
    fn state_words(&self) -> &'static str {
        STATES.iter().find(|(code, _)| *code == self.state).map_or("", |(_, words)| words)
    }

    fn owes_factor(&self) -> bool {
        !self.account.has_second_factor && self.roles.iter().any(|(role, ..)| role.needs_second_factor())
    }

    fn factor_words(&self) -> &'static str {
        match (self.account.has_second_factor, self.owes_factor()) {
            (true, _) => "已启用",
            (false, true) => "应设未设",
            (false, false) => "未启用",
        }
    }

    fn role_words(&self) -> String {
        let role = |(role, _, organ): &(Role, OrganId, String)| format!("{organ}　{}", words::role(*role));
        let words: Vec<String> = self.roles.iter().map(role).collect();
        if words.is_empty() { "无岗位".to_owned() } else { words.join("、") }
    }

    fn signed_in(&self) -> String {
        self.signed_in_at.map_or_else(|| "从未登录".to_owned(), minute_of)
    }

    fn has_gap(&self, gap: &str) -> bool {
        match gap {
            "factor" => self.owes_factor(),
            "unused" => self.signed_in_at.is_none(),
            "roleless" => self.roles.is_empty(),
            "first-password" => self.account.must_change_password,
            _ => true,
        }
    }
}

/// `/desk/admin/staff`.
pub async fn show(officer: Officer) -> Response {
    officer.answer(answer(&officer).await)
}

async fn answer(officer: &Officer) -> Result<Response> {
    require_any(officer)?;
    let state = State::of(officer, &COLUMNS, "login").exported_by(officer, &super::SEEN_BY);
    let (organs, rows) = read(officer).await?;
    let mut rows: Vec<Row> = rows.into_iter().filter(|row| fits(&state, row)).collect();
    state.sort_rows(&mut rows, |key, one, other| match key {
        "name" => one.account.name.cmp(&other.account.name),
        "state" => one.state.cmp(other.state),
        "seen" => one.signed_in_at.cmp(&other.signed_in_at),
        _ => one.account.login.cmp(&other.account.login),
    });
    if let Some(format) = state.format()? {
        return list::export(officer, &state, format, sheet(&rows)).await;
    }
    let list = List::new(&state, &COLUMNS, filters(&state, &organs), rows.len() as u64);
    let page = StaffPage {
        layout: officer.layout("人员").under(&[("首页", "/desk")]).helped_by("administrator"),
        rows: list.page_of(rows),
        list,
        may_open: officer.may(Act::ManageAccount, None),
        may_import: officer.may(Act::ManageAccount, None) || officer.may(Act::GrantRole, None),
    };
    officer.page(&page)
}

async fn read(officer: &Officer) -> Result<(Vec<Organ>, Vec<Row>)> {
    officer
        .read(|tx, cx| {
            let organs = organ::queries::all(tx, &cx.site_id)?;
            let accounts = staff::queries::all(tx, &cx.site_id)?;
            let held = queries::roles_on(tx, &cx.site_id, &cx.today())?;
            let signed_in = queries::last_sign_ins(tx, &cx.site_id)?;
            Ok((organs.clone(), rows(accounts, &held, &organs, &signed_in, cx.at)))
        })
        .await
}

fn rows(
    accounts: Vec<Account>,
    held: &[queries::HeldRole],
    organs: &[Organ],
    signed_in: &HashMap<AccountId, i64>,
    now: i64,
) -> Vec<Row> {
    let names: HashMap<&OrganId, &str> =
        organs.iter().map(|organ| (&organ.id, organ.name.as_str())).collect();
    let mut roles: HashMap<&AccountId, Vec<(Role, OrganId, String)>> = HashMap::new();
    for (account, organ, role) in held {
        if let Some(role) = Role::from_code(role) {
            let name = names.get(organ).copied().unwrap_or_default().to_owned();
            roles.entry(account).or_default().push((role, organ.clone(), name));
        }
    }
    let row = |account: Account| Row {
        roles: roles.remove(&account.id).unwrap_or_default(),
        state: state_of(&account, now),
        signed_in_at: signed_in.get(&account.id).copied(),
        account,
    };
    accounts.into_iter().map(row).collect()
}

/// Code of an account's state, as the filter has it.
fn state_of(account: &Account, now: i64) -> &'static str {
    match account.state {
        AccountState::Closed => "closed",
        AccountState::Active if account.locked_until.is_some_and(|until| until > now) => "locked",
        AccountState::Active => "active",
    }
}

fn fits(state: &State, row: &Row) -> bool {
    let words = state.text("q").to_lowercase();
    let is = |name: &str, fits: &dyn Fn(&str) -> bool| state.optional(name).is_none_or(|value| fits(&value));
    (words.is_empty()
        || row.account.login.contains(&words)
        || row.account.name.to_lowercase().contains(&words))
        && is("organ", &|organ| row.roles.iter().any(|(_, id, _)| id.0 == organ))
        && is("role", &|code| row.roles.iter().any(|(role, ..)| role.code() == code))
        && is("state", &|code| row.state == code)
        && is("gap", &|gap| row.has_gap(gap))
}

fn filters(state: &State, organs: &[Organ]) -> Vec<Filter> {
    let organs = organs.iter().map(|organ| (organ.id.0.clone(), organ.name.clone()));
    vec![
        Filter::text(state, "q", "登录名或姓名"),
        Filter::choice(state, "organ", "机构", organs),
        Filter::choice(state, "role", "岗位", role_options()),
        Filter::choice(state, "state", "状态", STATES),
        Filter::choice(state, "gap", "待处理", GAPS),
    ]
}

fn sheet(rows: &[Row]) -> Sheet {
    let text = |name: &str| sheet::Column::new(name, Kind::Text);
    let row = |row: &Row| -> Vec<Cell> {
        vec![
            row.account.login.clone().into(),
            row.account.name.clone().into(),
            row.role_words().into(),
            row.state_words().into(),
            row.factor_words().into(),
            row.signed_in().into(),
        ]
    };
    Sheet {
        title: "人员".to_owned(),
        columns: COLUMNS.iter().map(|column| text(column.text)).collect(),
        rows: rows.iter().map(row).collect(),
        personal: true,
    }
}
