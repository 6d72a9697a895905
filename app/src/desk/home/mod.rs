//! The home of the desk (首页): what waits for me and since when, what came back, what I am writing and by when it must be
//! public, which of my organ's columns are due.

pub mod drafts;
pub mod queries;
#[cfg(test)]
mod tests;

use askama::Template;
use axum::response::Response;
use jiff::civil::Date;
use rules::permission::{Act, Role};

use self::drafts::{DraftLine, Due};
use super::{
    columns::{self, ColumnLine},
    officer::Officer,
    page::Layout,
    review::{list, names::Names},
};
use crate::{
    chart::ChartView,
    cx::{civil_of, minute_of},
    error::Result,
    id::OrganId,
    portal::page::Day,
    review::{
        self, Actor,
        waiting::{Waiting, Work},
    },
    standing::Request,
    statistics::figures,
    words,
};

/// Lines of each part; the rest is one step away.
const SHOWN: usize = 6;

#[derive(Template)]
#[template(path = "desk/home/home.html")]
struct HomePage {
    layout: Layout,
    name: String,
    today: Day,
    weekday: &'static str,
    is_working_day: bool,
    may_draft: bool,
    sees_records: bool,
    /// Whether records are opened at the desk; who only supervises reads what is public.
    reads: bool,
    /// Steps of others' records that wait for this person, the most pressing first.
    waiting: Vec<WaitingLine>,
    n_waiting: usize,
    mine: Vec<DraftLine>,
    columns: Vec<ColumnLine>,
    n_pressing: usize,
    recent: Vec<RecentLine>,
    /// This year by month, for those who look after the whole.
    openness: Option<ChartView>,
    /// What administrators keep: name, address, what for.
    duties: Vec<(&'static str, &'static str, &'static str)>,
    /// Roles that organs lack while records wait for them, for those who open accounts and give roles.
    vacancies: Vec<VacancyLine>,
}

/// A role that an organ lacks.
struct VacancyLine {
    role: &'static str,
    organ: String,
    n_cases: i64,
}

/// A step that waits for this person.
pub struct WaitingLine {
    /// Where it is taken.
    pub href: String,
    /// Title of the record.
    pub title: String,
    /// What is to be done.
    pub work: String,
    since: String,
    /// By when.
    pub due: Due,
}

/// A record that was published lately.
struct RecentLine {
    public_number: i64,
    document_id: String,
    title: String,
    listed_on: Option<Day>,
}

/// `/desk`.
pub async fn show(officer: Officer) -> Response {
    let made = page(&officer).await;
    officer.answer(made)
}

async fn page(officer: &Officer) -> Result<Response> {
    let seen = columns::reach(officer);
    // Who only supervises reads what is public, of every organ.
    let reads = officer.may(Act::ReadDrafts, None);
    let organs = officer.organs(if reads { Act::ReadDrafts } else { Act::Supervise });
    let drafts = drafts::of(officer, organs.clone()).await?;
    let oversees = officer.may(Act::Supervise, None).then(|| officer.visit.app.year_memo.clone());
    let (mut columns, recent, openness) = officer
        .read(move |tx, cx| {
            let columns = columns::lines(tx, cx, seen.as_deref())?;
            let recent = newest(tx, cx, organs.as_deref())?;
            let openness = oversees.as_ref().map(|memo| memo.this_year(tx, cx)).transpose()?;
            Ok((columns, recent, openness))
        })
        .await?;
    columns.retain(ColumnLine::is_pressing);
    let n_pressing = columns.len();
    columns.truncate(SHOWN);
    let mut waiting = waiting(officer).await?;
    let n_waiting = waiting.len();
    waiting.truncate(SHOWN);
    let login = &officer.account.login;
    let today = crate::cx::civil_of(officer.cx().at);
    let sees_records = reads || officer.may(Act::Supervise, None);
    let help = if sees_records { "first-day-officer" } else { "administrator" };
    let layout = officer.layout("首页").helped_by(help);
    let page = HomePage {
        duties: duties(&layout),
        layout,
        name: officer.account.name.clone(),
        today: Day(today),
        weekday: super::deadline::weekday(today),
        is_working_day: officer.cx().calendar().is_working_day(today),
        may_draft: officer.may(Act::Draft, None),
        sees_records,
        reads,
        waiting,
        n_waiting,
        mine: drafts.into_iter().filter(|line| line.created_by == *login).take(SHOWN).collect(),
        columns,
        n_pressing,
        recent,
        vacancies: vacancies(officer).await?,
        openness: openness.and_then(|known| {
            let (year, months) = known.as_ref().as_ref()?;
            Some(ChartView::new(&figures::chart_of_openness(*year, months)))
        }),
    };
    officer.page(&page)
}

/// What the ways to the work of administrators are for.
const DUTIES: [(&str, &str); 9] = [
    ("/desk/admin/site", "站点名称、域名、联系方式、主题颜色"),
    ("/desk/admin/organs", "机构的设立、更名、合并、拆分，变动前预览会移动什么"),
    ("/desk/admin/columns", "栏目的增设、负责机构、更新间隔、停用"),
    ("/desk/admin/staff", "账号、岗位、首次口令、动态口令、登录情况"),
    ("/desk/admin/content-types", "每类信息有哪些字段、哪些必填"),
    ("/desk/admin/calendar", "工作日和调休，时限都按它计算"),
    ("/desk/admin/audit", "谁在什么时候做了什么，可筛选、导出、核查"),
    ("/desk/admin/jobs", "导入、检查、发信等后台任务的进度和失败原因"),
    ("/desk/admin/health", "数据库、备份、磁盘、索引是否正常"),
];

/// The administration as far as this person keeps it.
fn duties(layout: &Layout) -> Vec<(&'static str, &'static str, &'static str)> {
    let duty = |(href, about): &(&'static str, &'static str)| {
        layout.nav.iter().find(|item| item.href == *href).map(|item| (item.text, *href, *about))
    };
    DUTIES.iter().filter_map(duty).collect()
}

/// Steps of others' records and requests that wait for this person, the most pressing first.
pub async fn waiting(officer: &Officer) -> Result<Vec<WaitingLine>> {
    let actor = Actor { login: officer.account.login.clone(), grants: officer.grants.clone() };
    officer
        .read(move |tx, cx| {
            let today = civil_of(cx.at);
            let steps = review::waiting::waiting_for(tx, cx, &actor)?;
            let names = Names::read(tx, cx)?;
            let requests = list::requests_for(tx, cx, &actor)?;
            let mut lines: Vec<WaitingLine> =
                steps.into_iter().filter_map(|step| waiting_line(&names, step, today)).collect();
            lines.extend(requests.into_iter().filter_map(|request| request_line(request, today)));
            lines.sort_by_key(|line| line.due.on);
            Ok(lines)
        })
        .await
}

async fn vacancies(officer: &Officer) -> Result<Vec<VacancyLine>> {
    if !officer.may(Act::ManageAccount, None) && !officer.may(Act::GrantRole, None) {
        return Ok(Vec::new());
    }
    officer
        .read(|tx, cx| {
            let names = Names::read(tx, cx)?;
            let line = |(organ, gate, n_cases): (Option<OrganId>, String, i64)| VacancyLine {
                role: words::role(if gate == "secrecy" { Role::SecrecyReviewer } else { Role::Signer }),
                organ: organ.map(|id| names.organ(&id)).unwrap_or_default(),
                n_cases,
            };
            Ok(review::queries::vacancies(tx, &cx.site_id)?.into_iter().map(line).collect())
        })
        .await
}

fn waiting_line(names: &Names, waiting: Waiting, today: Date) -> Option<WaitingLine> {
    let due_on: Date = waiting.step.due_on.parse().ok()?;
    let work = list::what(names, &waiting);
    Some(WaitingLine {
        href: match waiting.step.work {
            Work::Mend => format!("/desk/editions/{}/edit", waiting.edition_id.0),
            _ => format!("/desk/reviews/{}", waiting.case_id.0),
        },
        title: waiting.title,
        work,
        since: minute_of(waiting.step.since_at),
        due: Due { on: Day(due_on), left: today.until(due_on).map_or(0, |span| span.get_days()) },
    })
}

/// A request for withdrawal or repeal that waits for a second person.
fn request_line((title, request): (String, Request), today: Date) -> Option<WaitingLine> {
    let due_on: Date = request.due_on.as_deref()?.parse().ok()?;
    Some(WaitingLine {
        href: format!("/desk/documents/{}#requests", request.document_id.0),
        title,
        work: format!("确认{}", words::standing_kind(request.kind.code())),
        since: minute_of(request.requested_at),
        due: Due { on: Day(due_on), left: today.until(due_on).map_or(0, |span| span.get_days()) },
    })
}

fn newest(
    tx: &mut kit_db::Tx<'_>,
    cx: &crate::cx::Cx,
    organs: Option<&[OrganId]>,
) -> Result<Vec<RecentLine>> {
    let limit = i64::try_from(SHOWN).unwrap_or(i64::MAX);
    let mut found = Vec::new();
    match organs {
        None => found = queries::newest_live(tx, &cx.site_id, None, limit)?,
        Some(organs) => {
            for organ in organs {
                found.extend(queries::newest_live(tx, &cx.site_id, Some(organ), limit)?);
            }
        }
    }
    found.sort_by(|one, other| other.listed_on.cmp(&one.listed_on));
    let line = |record: queries::Published| RecentLine {
        public_number: record.public_number,
        document_id: record.document_id.0,
        title: record.title,
        listed_on: Day::parse(&record.listed_on),
    };
    Ok(found.into_iter().take(SHOWN).map(line).collect())
}
