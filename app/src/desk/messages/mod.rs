//! The own messages (消息): the list with filters, reading one (which leads to where it points) or all, and what also comes
//! by e-mail.

use askama::Template;
use axum::{
    extract::{Path, Query},
    response::Response,
};
use serde::Deserialize;

use crate::{
    cx::minute_of,
    desk::{answer::redirect, form::DeskForm, officer::Officer, page::Layout},
    error::Result,
    id::MessageId,
    notify::{
        Kind, Posted, actions,
        queries::{self, Filter},
    },
    portal::page::Paging,
};

/// Messages on a page.
const ROWS: u32 = 30;

/// What the address of the list says.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    unread: String,
    kind: String,
    page: u32,
}

impl Asked {
    fn filter(&self) -> Filter {
        Filter { unread: self.unread == "yes", kind: Kind::of(&self.kind) }
    }

    fn href(&self, page: u32) -> String {
        format!("/desk/messages?unread={}&kind={}&page={page}", self.filter().unread_word(), self.kind_word())
    }

    fn kind_word(&self) -> &'static str {
        self.filter().kind.map_or("", Kind::code)
    }
}

impl Filter {
    fn unread_word(self) -> &'static str {
        if self.unread { "yes" } else { "" }
    }
}

#[derive(Template)]
#[template(path = "desk/messages/list.html")]
struct MessagesPage {
    layout: Layout,
    filter: Filter,
    rows: Vec<MessageRow>,
    paging: Paging,
    /// The moment up to which the button reads everything.
    until: i64,
}

struct MessageRow {
    id: String,
    kind: &'static str,
    text: String,
    at: String,
    is_unread: bool,
}

#[derive(Template)]
#[template(path = "desk/messages/preferences.html")]
struct PreferencesPage {
    layout: Layout,
    kinds: Vec<(Kind, bool)>,
    has_email: bool,
}

/// `/desk/messages`.
pub async fn list(officer: Officer, Query(asked): Query<Asked>) -> Response {
    let made = page(&officer, &asked).await;
    officer.answer(made.and_then(|page| officer.page(&page)))
}

async fn page(officer: &Officer, asked: &Asked) -> Result<MessagesPage> {
    let (account, filter, number) = (officer.account.id.clone(), asked.filter(), asked.page.max(1));
    let (total, rows) = officer
        .read(move |tx, cx| {
            let total = queries::count(tx, &cx.site_id, &account, filter)?;
            let skip = i64::from((number - 1).saturating_mul(ROWS));
            Ok((total, queries::list(tx, (&cx.site_id, &account), filter, skip, i64::from(ROWS))?))
        })
        .await?;
    let paging = Paging::new(total.unsigned_abs(), ROWS, number, |page| asked.href(page));
    Ok(MessagesPage {
        layout: officer.layout("消息").under(&[("首页", "/desk")]),
        filter,
        rows: rows.into_iter().map(row).collect(),
        paging,
        until: officer.cx().at,
    })
}

fn row(message: Posted) -> MessageRow {
    MessageRow {
        id: message.id.0,
        kind: message.kind.name(),
        text: message.text,
        at: minute_of(message.created_at),
        is_unread: message.read_at.is_none(),
    }
}

/// `POST /desk/messages/{message_id}`: it is read now; goes on to where it leads.
pub async fn open(Path(id): Path<String>, DeskForm { officer, .. }: DeskForm) -> Response {
    let account = officer.account.id.clone();
    let opened = officer.act(move |tx, cx| actions::read(tx, cx, &account, &MessageId(id.clone()))).await;
    officer.answer(opened.map(|href| redirect(&href)))
}

/// `POST /desk/messages/read`: everything that was on the page, and before, is read.
pub async fn read_all(DeskForm { officer, form }: DeskForm) -> Response {
    let account = officer.account.id.clone();
    let until = form.text("until").parse().unwrap_or_default();
    let read = officer.act(move |tx, cx| actions::read_all(tx, cx, &account, until)).await;
    officer.answer(read.map(|n| officer.go("/desk/messages", &format!("已将 {n} 条消息标为已读"))))
}

/// `/desk/messages/preferences`.
pub async fn preferences(officer: Officer) -> Response {
    let account = officer.account.id.clone();
    let read = officer
        .read(move |tx, cx| {
            let has_email = !crate::staff::actions::contact(tx, cx, &account)?.email.is_empty();
            Ok((actions::preferences(tx, cx, &account)?, has_email))
        })
        .await;
    let layout = officer.layout("邮件提醒").under(&[("首页", "/desk"), ("消息", "/desk/messages")]);
    officer.answer(
        read.and_then(|(kinds, has_email)| officer.page(&PreferencesPage { layout, kinds, has_email })),
    )
}

/// `POST /desk/messages/preferences`.
pub async fn choose(DeskForm { officer, form }: DeskForm) -> Response {
    let account = officer.account.id.clone();
    let by_mail: Vec<Kind> = form.all("by_mail").filter_map(Kind::of).collect();
    let chosen = officer.act(move |tx, cx| actions::choose(tx, cx, &account, &by_mail)).await;
    officer.answer(chosen.map(|()| officer.go("/desk/messages", "邮件提醒已保存")))
}
