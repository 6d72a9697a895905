//! The working calendar (工作日历): the days off and the make-up working days of a year with their notice, the working days
//! of each month, by which every period in working days is counted, and the notices that the site adds.

mod form;
mod moved;
pub mod notice;

use askama::Template;
use axum::response::Response;
use jiff::civil::{Date, date};
use rules::{
    calendar::{Calendar, DayKind},
    permission::Act,
};

use crate::{
    cx::minute_of,
    desk::{list::State, officer::Officer, page::Layout},
    error::{Error, Result},
    words,
    working_calendar::{Notice, queries},
};

/// Years that can be looked at.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2100;

#[derive(Template)]
#[template(path = "desk/administration/calendar/year.html")]
struct YearPage {
    layout: Layout,
    year: i16,
    is_noticed: bool,
    days: Vec<SpecialDay>,
    months: Vec<(i8, usize)>,
    n_working: usize,
    notices: Vec<NoticeLine>,
}

/// A notice of the site.
struct NoticeLine {
    href: Option<String>,
    document_number: String,
    title: String,
    n_days: usize,
    changed: String,
    is_in_force: bool,
}

impl NoticeLine {
    fn of(notice: Notice) -> NoticeLine {
        let is_in_force = notice.ended_at.is_none();
        NoticeLine {
            href: is_in_force.then(|| format!("/desk/admin/calendar/notices/{}", notice.id)),
            document_number: notice.says.document_number,
            title: notice.says.title,
            n_days: notice.says.days.len(),
            changed: format!("{}　{}", notice.changed_by, minute_of(notice.changed_at)),
            is_in_force,
        }
    }
}

/// A day off, or a day on which people work because of a notice.
struct SpecialDay {
    day: String,
    weekday: &'static str,
    is_off: bool,
    name: String,
    source: String,
}

/// `/desk/admin/calendar?year=…`.
pub async fn show(officer: Officer) -> Response {
    let made = page(&officer).await;
    officer.answer(made)
}

async fn page(officer: &Officer) -> Result<Response> {
    officer.require(Act::ManageCalendar, None)?;
    let today = officer.cx().today();
    let asked = State::of(officer, &[], "").optional("year");
    let year: i16 =
        asked.as_deref().or(today.get(..4)).and_then(|year| year.parse().ok()).ok_or(Error::NotFound)?;
    if !YEARS.contains(&year) {
        return Err(Error::NotFound);
    }
    let notices = officer.read(|tx, cx| queries::all(tx, &cx.site_id)).await?;
    let cx = officer.cx();
    let calendar = cx.calendar();
    let months: Vec<(i8, usize)> =
        (1..=12).map(|month| (month, working_days(calendar, year, month))).collect();
    let page = YearPage {
        layout: officer.layout("工作日历").under(&[("首页", "/desk")]),
        year,
        is_noticed: calendar.noticed_years().any(|noticed| noticed == year),
        days: days_of(year).filter_map(|day| special(calendar, day)).collect(),
        n_working: months.iter().map(|(_, n_days)| n_days).sum(),
        months,
        notices: notices.into_iter().map(NoticeLine::of).collect(),
    };
    officer.page(&page)
}

fn days_of(year: i16) -> impl Iterator<Item = Date> {
    let first = date(year, 1, 1);
    std::iter::successors(Some(first), |day| day.tomorrow().ok()).take_while(move |day| day.year() == year)
}

fn working_days(calendar: &Calendar, year: i16, month: i8) -> usize {
    days_of(year).filter(|day| day.month() == month && calendar.is_working_day(*day)).count()
}

fn special(calendar: &Calendar, day: Date) -> Option<SpecialDay> {
    let (is_off, name) = match calendar.kind_of(day) {
        DayKind::Holiday(name) => (true, name),
        DayKind::MakeUp(name) => (false, name),
        DayKind::Working | DayKind::Weekend => return None,
    };
    const WEEKDAYS: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    Some(SpecialDay {
        day: words::date(&day.to_string()),
        weekday: WEEKDAYS[usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())],
        is_off,
        name: name.to_owned(),
        source: calendar.source_of(day).map(shown_source).unwrap_or_default(),
    })
}

/// The first address where there are several of a national notice; the number of a local one as it was written.
fn shown_source(source: &str) -> String {
    let first = source.split(' ').next().filter(|first| first.starts_with("http"));
    first.unwrap_or(source).to_owned()
}

#[cfg(test)]
mod tests {
    use rules::permission::Role;

    use crate::test_app::TestApp;

    #[test]
    fn the_number_of_a_local_notice_is_shown_whole_and_of_several_addresses_the_first() {
        assert_eq!(super::shown_source("松政办发〔2026〕 9 号"), "松政办发〔2026〕 9 号");
        assert_eq!(super::shown_source("http://www.gov.cn/a http://www.gov.cn/b"), "http://www.gov.cn/a");
    }

    #[tokio::test]
    async fn the_year_shows_its_days_off_and_make_up_days_to_the_system_administrator_alone() {
        let app = TestApp::start().await;
        app.today("2018-03-20");
        let mut desk = app.officer("xi-tong", Role::SystemAdministrator, "government").await;
        let page = desk.page("/desk/admin/calendar?year=2018").await;
        assert!(
            page.contains("2018年10月1日") && page.contains("国庆节") && page.contains("调休上班"),
            "{page}"
        );
        assert!(desk.page("/desk/admin/calendar?year=2099").await.contains("还没有放假通知"));
        assert_eq!(desk.get("/desk/admin/calendar?year=99999").await.status(), 404);
        let mut lin = app.officer("lin", Role::InformationOfficer, "government").await;
        assert_eq!(lin.get("/desk/admin/calendar").await.status(), 403);
    }
}
