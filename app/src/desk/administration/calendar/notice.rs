//! The notices that a site adds to the national calendar: added, changed and ended by the system administrator, who is shown
//! every open last day that moves before it does. Titles of records that are not public are not told here: whoever keeps
//! the calendar does not read drafts.

use askama::Template;
use axum::response::Response;
use kit_web::forms::{Form, FormErrors};
use rules::permission::Act;

use super::{form::Fields, moved::MoveLine};
use crate::{
    background,
    desk::{form::DeskForm, officer::Officer, page::Layout},
    error::{Error, Result},
    portal::visit::Address,
    words,
    working_calendar::{Change, Notice, actions, moves, queries},
};

#[derive(Template)]
#[template(path = "desk/administration/calendar/notice.html")]
struct NoticePage {
    layout: Layout,
    path: String,
    is_new: bool,
    fields: Fields,
    errors: FormErrors,
}

#[derive(Template)]
#[template(path = "desk/administration/calendar/preview.html")]
struct PreviewPage {
    layout: Layout,
    path: String,
    back: String,
    /// Whether the notice is ended.
    ends: bool,
    document_number: String,
    fields: Fields,
    seen: String,
    lines: Vec<MoveLine>,
    years: Vec<(i16, usize, usize)>,
}

/// Which notice a request is about.
struct About {
    id: Option<String>,
    ends: bool,
}

impl About {
    fn path(&self) -> String {
        match (&self.id, self.ends) {
            (None, _) => "/desk/admin/calendar/notices/new".to_owned(),
            (Some(id), false) => format!("/desk/admin/calendar/notices/{id}"),
            (Some(id), true) => format!("/desk/admin/calendar/notices/{id}/end"),
        }
    }

    fn title(&self) -> &'static str {
        match (&self.id, self.ends) {
            (None, _) => "增加日历通知",
            (Some(_), false) => "修改日历通知",
            (Some(_), true) => "停用日历通知",
        }
    }
}

fn layout(officer: &Officer, about: &About) -> Layout {
    officer.layout(about.title()).under(&[("首页", "/desk"), ("工作日历", "/desk/admin/calendar")])
}

/// `/desk/admin/calendar/notices/new`
pub async fn show_new(officer: Officer) -> Response {
    let about = About { id: None, ends: false };
    let made = page(&officer, &about, Fields::default(), FormErrors::default());
    officer.answer(made)
}

/// `/desk/admin/calendar/notices/{notice_id}`
pub async fn show(officer: Officer, Address(id): Address<String>) -> Response {
    let made = match find(&officer, id.clone()).await {
        Ok(notice) => {
            let fields = Fields::of(&notice.says, notice.version);
            page(&officer, &About { id: Some(id), ends: false }, fields, FormErrors::default())
        }
        Err(error) => Err(error),
    };
    officer.answer(made)
}

/// A notice that is in force, for whoever keeps the calendar.
async fn find(officer: &Officer, id: String) -> Result<Notice> {
    officer.require(Act::ManageCalendar, None)?;
    let found = officer.read(move |tx, cx| queries::by_id(tx, &cx.site_id, &id)).await?;
    found.filter(|notice| notice.ended_at.is_none()).ok_or(Error::NotFound)
}

fn page(officer: &Officer, about: &About, fields: Fields, errors: FormErrors) -> Result<Response> {
    officer.require(Act::ManageCalendar, None)?;
    let (layout, path) = (layout(officer, about), about.path());
    let page = NoticePage { layout, path, is_new: about.id.is_none(), fields, errors };
    if page.errors.is_empty() { officer.page(&page) } else { officer.page_with_mistakes(&page) }
}

/// `POST /desk/admin/calendar/notices/new`: shows what moves, or does it once that was confirmed.
pub async fn create(DeskForm { officer, form }: DeskForm) -> Response {
    let made = go_on(&officer, About { id: None, ends: false }, &form).await;
    officer.answer(made)
}

/// `POST /desk/admin/calendar/notices/{notice_id}`: as for a new one.
pub async fn change(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    let made = go_on(&officer, About { id: Some(id), ends: false }, &form).await;
    officer.answer(made)
}

/// `POST /desk/admin/calendar/notices/{notice_id}/end`: its days count as without it.
pub async fn end(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    let made = go_on(&officer, About { id: Some(id), ends: true }, &form).await;
    officer.answer(made)
}

async fn go_on(officer: &Officer, about: About, form: &Form) -> Result<Response> {
    officer.require(Act::ManageCalendar, None)?;
    let known = match &about.id {
        Some(id) => Some(find(officer, id.clone()).await?),
        None => None,
    };
    let fields = match &known {
        Some(notice) if about.ends => Fields::of(&notice.says, Fields::read(form).version),
        _ => Fields::read(form),
    };
    let change = match (&about.id, about.ends) {
        (Some(id), true) => Change::End(id.clone(), fields.version),
        (id, _) => match (fields.notice(), id) {
            (Ok(new), Some(id)) => Change::Edit(id.clone(), fields.version, new),
            (Ok(new), None) => Change::Add(new),
            (Err(errors), _) => return page(officer, &about, fields, errors),
        },
    };
    let done = if form.text("confirmed") == "yes" {
        carry_out(officer, &about, change, form.text("seen")).await
    } else {
        preview(officer, &about, &fields, change).await
    };
    match done {
        Err(Error::Refused(refusal)) if !about.ends => {
            let mut errors = FormErrors::default();
            errors.add("days", words::refusal(&refusal));
            page(officer, &about, fields, errors)
        }
        other => other,
    }
}

async fn preview(officer: &Officer, about: &About, fields: &Fields, change: Change) -> Result<Response> {
    let (moves, lines) = officer
        .read(move |tx, cx| {
            let moves = moves::of(tx, cx, &change)?;
            let lines = MoveLine::all(tx, cx, &moves)?;
            Ok((moves, lines))
        })
        .await?;
    let days = fields.notice().map(|notice| notice.days).unwrap_or_default();
    let mut years: Vec<i16> = days.iter().map(|day| day.on.year()).collect();
    years.dedup();
    let working = |calendar, year| (1..=12).map(|month| super::working_days(calendar, year, month)).sum();
    let of_year = |year: i16| (year, working(&moves.before, year), working(&moves.after, year));
    officer.page(&PreviewPage {
        layout: layout(officer, about),
        path: about.path(),
        back: match &about.id {
            Some(_) if about.ends => "/desk/admin/calendar".to_owned(),
            _ => about.path(),
        },
        ends: about.ends,
        document_number: fields.document_number.clone(),
        fields: fields.clone(),
        seen: moves.seen(),
        lines,
        years: years.into_iter().map(of_year).collect(),
    })
}

async fn carry_out(officer: &Officer, about: &About, change: Change, seen: String) -> Result<Response> {
    let n_moved = officer.act(move |tx, cx| actions::change(tx, cx, &change, &seen)).await?;
    // Every page counts by it from now on, not only from the next round of the background on.
    background::refresh_sites(&officer.visit.app).await?;
    let done = match (&about.id, about.ends) {
        (None, _) => "日历通知已增加",
        (Some(_), false) => "日历通知已修改",
        (Some(_), true) => "日历通知已停用",
    };
    let said = format!("{done}，{n_moved} 个未办结的期限已重新计算");
    Ok(officer.go("/desk/admin/calendar", &said))
}
