//! Staff from a table (人员名册): one row a person, as an office keeps it in a spreadsheet. The system administrator opens
//! the accounts of a table, the security administrator gives the roles of the same table: two hands, as with one person.
//!
//! Every row is looked at before anything is written; what is wrong is told with row, field and how to mend it.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use kit_db::Tx;
use rules::permission::{self, Role};
use serde::{Deserialize, Serialize};

use super::{Account, Grant, NewAccount, NewGrant, actions, queries};
use crate::{
    cx::Cx,
    error::Result,
    id::{AccountId, OrganId},
    organ::{self, Organ},
    words,
};

/// Rows that are looked at; an office with more divides its table.
pub const MOST_ROWS: usize = 500;

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// 登录名
    Login,
    /// 姓名
    Name,
    /// 电子邮箱
    Email,
    /// 电话
    Phone,
    /// 机构
    Organ,
    /// 岗位
    Role,
    /// 开始日期
    FromOn,
    /// 结束日期
    ToOn,
    /// 依据
    Basis,
}

impl Field {
    /// Every column in the order of the template.
    pub const ALL: [Field; 9] = [
        Field::Login,
        Field::Name,
        Field::Email,
        Field::Phone,
        Field::Organ,
        Field::Role,
        Field::FromOn,
        Field::ToOn,
        Field::Basis,
    ];

    /// Its head.
    pub fn name(self) -> &'static str {
        match self {
            Field::Login => "登录名",
            Field::Name => "姓名",
            Field::Email => "电子邮箱",
            Field::Phone => "电话",
            Field::Organ => "机构",
            Field::Role => "岗位",
            Field::FromOn => "开始日期",
            Field::ToOn => "结束日期",
            Field::Basis => "依据",
        }
    }

    /// How it is filled in.
    pub fn about(self) -> &'static str {
        match self {
            Field::Login => "必填。2 到 40 个小写字母、数字、点或连字符，以后不能更改",
            Field::Name => "开设账号时必填",
            Field::Email => "可不填。用于接收提醒邮件",
            Field::Phone => "可不填",
            Field::Organ => "授予岗位时必填。机构全称或者代码",
            Field::Role => "授予岗位时必填。信息员、审核员、保密审查员、签发人等",
            Field::FromOn => "可不填，不填为导入当天。例如 2026-03-01",
            Field::ToOn => "可不填，不填为长期",
            Field::Basis => "授予岗位时必填。例如任职通知的文号",
        }
    }
}

/// A row as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its number in the file, from 1.
    pub row: usize,
    cells: Vec<String>,
}

impl Line {
    /// What stands in a column; empty where nothing does.
    pub fn get(&self, field: Field) -> &str {
        let at = Field::ALL.iter().position(|known| *known == field).unwrap_or_default();
        self.cells.get(at).map(String::as_str).unwrap_or_default()
    }
}

/// What is wrong in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The row, from 1.
    pub row: usize,
    /// The column.
    pub field: &'static str,
    /// What is wrong and how to mend it.
    pub sentence: String,
}

impl Problem {
    fn new(line: &Line, field: Field, sentence: impl Into<String>) -> Problem {
        Problem { row: line.row, field: field.name(), sentence: sentence.into() }
    }
}

/// A table as it was read.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    /// The rows with something in them.
    pub lines: Vec<Line>,
    /// What is wrong with the table itself.
    pub problems: Vec<Problem>,
    /// Heads that mean nothing here; their columns are left out.
    pub unknown: Vec<String>,
}

/// Reads the rows of a sheet; the first one with a 登录名 is the head.
pub fn read(rows: &[Vec<String>]) -> Roster {
    let mut roster = Roster::default();
    let is_head = |row: &&Vec<String>| row.iter().any(|cell| squeezed(cell) == Field::Login.name());
    let Some(at) = rows.iter().position(|row| is_head(&row)) else {
        let sentence = "没有找到“登录名”这一列。请下载模板，按模板的表头填写".to_owned();
        roster.problems.push(Problem { row: 1, field: "表头", sentence });
        return roster;
    };
    let places = places(&rows[at], &mut roster.unknown);
    for (number, row) in rows.iter().enumerate().skip(at + 1) {
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if roster.lines.len() == MOST_ROWS {
            let sentence = format!("一次最多导入 {MOST_ROWS} 行，从这一行起没有读取。请拆成几个文件");
            roster.problems.push(Problem { row: number + 1, field: "行数", sentence });
            break;
        }
        let cell = |field: &Field| {
            let cell = places.get(field).and_then(|at| row.get(*at));
            cell.map(|cell| cell.trim().to_owned()).unwrap_or_default()
        };
        roster.lines.push(Line { row: number + 1, cells: Field::ALL.iter().map(cell).collect() });
    }
    roster
}

fn places(head: &[String], unknown: &mut Vec<String>) -> HashMap<Field, usize> {
    let mut places = HashMap::new();
    for (at, cell) in head.iter().enumerate() {
        let name = squeezed(cell);
        match Field::ALL.into_iter().find(|field| field.name() == name) {
            Some(field) => {
                places.entry(field).or_insert(at);
            }
            None if name.is_empty() => {}
            None => unknown.push(name),
        }
    }
    places
}

fn squeezed(cell: &str) -> String {
    cell.chars().filter(|c| !c.is_whitespace() && *c != '\u{feff}' && *c != '*').collect()
}

/// What keeps rows from becoming accounts.
///
/// # Errors
/// Only when the tables cannot be read.
pub fn account_problems(tx: &mut Tx<'_>, cx: &Cx, lines: &[Line]) -> Result<Vec<Problem>> {
    let known: HashSet<String> =
        queries::all(tx, &cx.site_id)?.into_iter().map(|account| account.login).collect();
    let mut seen: HashMap<&str, &Line> = HashMap::new();
    let mut problems: Vec<Problem> = Vec::new();
    for line in lines {
        let login = line.get(Field::Login);
        if let Some(first) = seen.get(login).filter(|_| !login.is_empty()) {
            problems.extend(further_problem(line, first, &problems));
            continue;
        }
        seen.insert(login, line);
        if !actions::is_login(login) {
            let sentence =
                if login.is_empty() { "没有填写登录名。" } else { "登录名的写法不对。" };
            let sentence = format!("{sentence}请填 2 到 40 个小写字母、数字、点或连字符");
            problems.push(Problem::new(line, Field::Login, sentence));
        } else if known.contains(login) {
            let sentence = format!("登录名“{login}”已有账号。是同一人的请删去这一行，不是的请换一个登录名");
            problems.push(Problem::new(line, Field::Login, sentence));
        }
        if line.get(Field::Name).is_empty() {
            problems.push(Problem::new(line, Field::Name, "没有填写姓名，请补上"));
        }
        let email = line.get(Field::Email);
        if !email.is_empty() && !email.contains('@') {
            let sentence = format!("“{email}”不是电子邮箱，应含有 @；没有邮箱的请留空");
            problems.push(Problem::new(line, Field::Email, sentence));
        }
    }
    Ok(problems)
}

/// What is wrong with a further row of a login: it is a further role of the same person, whose account the first row opens.
fn further_problem(line: &Line, first: &Line, problems: &[Problem]) -> Option<Problem> {
    let (name, known) = (line.get(Field::Name), first.get(Field::Name));
    let Line { row, .. } = first;
    if !name.is_empty() && !known.is_empty() && name != known {
        let sentence = format!(
            "第 {row} 行的登录名也是“{}”，姓名却是“{known}”。是同一人的请写同一姓名，不是的请换一个登录名",
            line.get(Field::Login)
        );
        return Some(Problem::new(line, Field::Login, sentence));
    }
    let is_bad = problems.iter().any(|problem| problem.row == *row);
    let sentence = || format!("同一登录名的第 {row} 行有问题，请一并改正后导入");
    is_bad.then(|| Problem::new(line, Field::Login, sentence()))
}

/// The rows that open accounts: the first of each login. Others are further roles of the same people.
pub fn openings(lines: &[Line]) -> Vec<&Line> {
    let mut seen = HashSet::new();
    lines.iter().filter(|line| seen.insert(line.get(Field::Login))).collect()
}

/// The account of a row, with the hash of its first password.
pub fn account(line: &Line, password_hash: String) -> NewAccount {
    NewAccount {
        login: line.get(Field::Login).to_owned(),
        name: line.get(Field::Name).to_owned(),
        email: line.get(Field::Email).to_owned(),
        phone: line.get(Field::Phone).to_owned(),
        password_hash,
        must_change_password: true,
    }
}

/// A role with the row that asks for it.
pub type RowGrant = (usize, NewGrant);

/// The roles of rows, each with its row, and what keeps the others from being given.
///
/// # Errors
/// Only when the tables cannot be read.
pub fn grants(tx: &mut Tx<'_>, cx: &Cx, lines: &[Line]) -> Result<(Vec<RowGrant>, Vec<Problem>)> {
    let mut reading = Reading {
        accounts: queries::all(tx, &cx.site_id)?,
        organs: organ::queries::all(tx, &cx.site_id)?,
        held: HashMap::new(),
        problems: Vec::new(),
    };
    let mut grants = Vec::new();
    for line in lines {
        if let Some(grant) = reading.grant(tx, cx, line)? {
            grants.push((line.row, grant));
        }
    }
    Ok((grants, reading.problems))
}

struct Reading {
    accounts: Vec<Account>,
    organs: Vec<Organ>,
    /// Roles held, those of rows above included.
    held: HashMap<AccountId, Vec<Held>>,
    problems: Vec<Problem>,
}

/// A role that somebody holds or is to hold.
struct Held {
    role: Role,
    organ_id: OrganId,
    from_on: String,
    to_on: Option<String>,
    /// Whether it is the own role, not one held for somebody else.
    is_own: bool,
}

impl Held {
    fn of(grant: &NewGrant) -> Held {
        Held {
            role: grant.role,
            organ_id: grant.organ_id.clone(),
            from_on: grant.from_on.clone(),
            to_on: grant.to_on.clone(),
            is_own: grant.acting_for.is_none(),
        }
    }

    /// Whether nobody needs a grant any more with which this one is held.
    fn covers(&self, grant: &NewGrant) -> bool {
        let ends_later = match (&self.to_on, &grant.to_on) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(known), Some(to_on)) => known >= to_on,
        };
        let is_same = self.role == grant.role && self.organ_id == grant.organ_id;
        self.is_own && is_same && self.from_on <= grant.from_on && ends_later
    }
}

impl Reading {
    fn grant(&mut self, tx: &mut Tx<'_>, cx: &Cx, line: &Line) -> Result<Option<NewGrant>> {
        let before = self.problems.len();
        let account_id = self.account(cx, line);
        let organ_id = self.organ(line);
        let role = self.role(line);
        let (from_on, to_on) = self.days(cx, line);
        if line.get(Field::Basis).is_empty() {
            self.problem(line, Field::Basis, "没有写依据，请填任职通知的文号等");
        }
        let (Some(account_id), Some(organ_id), Some(role)) = (account_id, organ_id, role) else {
            return Ok(None);
        };
        let basis = line.get(Field::Basis).to_owned();
        let grant = NewGrant { account_id, organ_id, role, from_on, to_on, acting_for: None, basis };
        self.check_held(tx, cx, line, &grant)?;
        Ok((self.problems.len() == before).then_some(grant))
    }

    fn problem(&mut self, line: &Line, field: Field, sentence: impl Into<String>) {
        self.problems.push(Problem::new(line, field, sentence));
    }

    fn account(&mut self, cx: &Cx, line: &Line) -> Option<AccountId> {
        let login = line.get(Field::Login);
        let known = self.accounts.iter().find(|account| account.login == login).map(|known| known.id.clone());
        if known.is_none() {
            let sentence = format!("没有登录名为“{login}”的账号。请核对，或者先请系统管理员开设账号");
            self.problem(line, Field::Login, sentence);
        } else if login == cx.actor {
            self.problem(line, Field::Login, "不能给自己授予岗位，请删去这一行，由另一位安全管理员办理");
        }
        known
    }

    fn organ(&mut self, line: &Line) -> Option<OrganId> {
        let given = line.get(Field::Organ);
        let fits = |organ: &&Organ| organ.name == given || organ.code == given;
        let known = self.organs.iter().find(fits).map(|organ| organ.id.clone());
        if known.is_none() {
            let sentence = if given.is_empty() {
                "没有填写机构，请填机构全称或者代码".to_owned()
            } else {
                format!("没有名称或代码为“{given}”的机构。请按“机构”清单中的全称填写")
            };
            self.problem(line, Field::Organ, sentence);
        }
        known
    }

    fn role(&mut self, line: &Line) -> Option<Role> {
        let given = line.get(Field::Role);
        let known = Role::ALL.into_iter().find(|role| words::role(*role) == given || role.code() == given);
        if known.is_none() {
            let names: Vec<&str> = Role::ALL.iter().map(|role| words::role(*role)).collect();
            let sentence = format!("没有“{given}”这一岗位。可以填：{}", names.join("、"));
            self.problem(line, Field::Role, sentence);
        }
        known
    }

    fn days(&mut self, cx: &Cx, line: &Line) -> (String, Option<String>) {
        let mut day = |field: Field| {
            let given = line.get(field);
            let read = day(given);
            if read.is_none() && !given.is_empty() {
                let sentence = format!("看不懂日期“{given}”，请写成 2026-03-01 这样");
                self.problems.push(Problem::new(line, field, sentence));
            }
            read
        };
        let from_on = day(Field::FromOn).unwrap_or_else(|| cx.today());
        let to_on = day(Field::ToOn);
        if to_on.as_ref().is_some_and(|to_on| *to_on < from_on) {
            self.problem(line, Field::ToOn, "结束日期早于开始日期，请改正");
        }
        (from_on, to_on)
    }

    /// Looks at what the person holds already: not the same once more, and not what nobody may hold together.
    fn check_held(&mut self, tx: &mut Tx<'_>, cx: &Cx, line: &Line, grant: &NewGrant) -> Result<()> {
        let id = &grant.account_id;
        if !self.held.contains_key(id) {
            let grants = queries::grants_from(tx, &cx.site_id, id, "")?;
            self.held.insert(id.clone(), grants.into_iter().map(Held::from).collect());
        }
        let today = cx.today();
        let held = self.held.entry(id.clone()).or_default();
        if let Some(known) = held.iter().find(|known| known.covers(grant)) {
            let until = known.to_on.as_ref().map_or("起长期".to_owned(), |to_on| format!("至{to_on}"));
            let sentence =
                format!("已有这一机构的这一岗位（{}{until}），不再授予，请删去这一行", known.from_on);
            self.problem(line, Field::Role, sentence);
            return Ok(());
        }
        let is_over = |known: &Held| known.to_on.as_ref().is_some_and(|to_on| *to_on < today);
        let mut current = held.iter().filter(|known| !is_over(known));
        if current.all(|known| permission::may_hold_together(known.role, grant.role)) {
            held.push(Held::of(grant));
            return Ok(());
        }
        let sentence =
            "系统管理员、安全管理员、审计管理员须由三个人分别担任，且不得兼任其他岗位。请改由另一人担任";
        self.problem(line, Field::Role, sentence);
        Ok(())
    }
}

impl From<Grant> for Held {
    fn from(grant: Grant) -> Held {
        let Grant { role, organ_id, from_on, to_on, acting_for, .. } = grant;
        Held { role, organ_id, from_on, to_on, is_own: acting_for.is_none() }
    }
}

/// 2026-03-01, 2026/3/1, 2026年3月1日 as `YYYY-MM-DD`.
fn day(text: &str) -> Option<String> {
    let mut parts = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let day = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    (year.len() == 4).then(|| day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
    }

    #[test]
    fn columns_are_found_by_their_heads_in_any_order_and_blank_rows_are_left_out() {
        let roster = read(&rows("人员名册\n姓 名,登录名,备注\n演示甲,zs,x\n,,\n演示乙,ls,"));
        assert_eq!(roster.unknown, ["备注"]);
        let read: Vec<_> = roster
            .lines
            .iter()
            .map(|line| (line.row, line.get(Field::Login), line.get(Field::Name)))
            .collect();
        assert_eq!(read, [(3, "zs", "演示甲"), (5, "ls", "演示乙")]);
    }

    #[test]
    fn a_table_without_logins_is_told_how_its_head_should_be() {
        let roster = read(&rows("姓名,电话\n演示甲,1"));
        assert!(roster.lines.is_empty());
        assert!(roster.problems[0].sentence.contains("登录名"));
    }

    #[test]
    fn days_are_read_as_offices_write_them() {
        for (text, expected) in [
            ("2026-03-01", Some("2026-03-01")),
            ("2026/3/1", Some("2026-03-01")),
            ("2026年3月1日", Some("2026-03-01")),
            ("2026.3.1", Some("2026-03-01")),
            ("26-3-1", None),
            ("2026-13-01", None),
            ("下周", None),
        ] {
            assert_eq!(day(text).as_deref(), expected, "{text}");
        }
    }
}
