//! The list of suggestions and proposals with the figures that reports print of it.

use askama::Template;
use axum::response::Response;
use jiff::civil::Date;
use rules::{
    permission::Act,
    proposal::{ProposalKind, Rate, Rating, ReplyClass, reply_rate, satisfaction_rate},
};

use super::{ACT, HELP, HERE, REGISTER, visible};
use crate::{
    cx::civil_of,
    desk::{
        list::{self, Column, Filter, List, Sheet, State},
        officer::Officer,
        page::Layout,
        registers::Register,
    },
    error::Result,
    proposal::{
        FIELDS, Listed, Standing,
        queries::{self, Totals},
    },
    register::{self, Organs},
    words,
};

const COLUMNS: [Column; 7] = [
    Column::sorted("number", "编号"),
    Column::plain("标题"),
    Column::plain("提出人"),
    Column::sorted("received", "收到"),
    Column::plain("主办、协办"),
    Column::sorted("due", "答复期限"),
    Column::sorted("replied", "办理"),
];

#[derive(Template)]
#[template(path = "desk/registers/proposals/list.html")]
struct ProposalsPage {
    layout: Layout,
    register: &'static Register,
    may_keep: bool,
    list: List,
    figures: Vec<Figures>,
    rows: Vec<Line>,
}

/// A row of the figures: those of one kind, or of both.
struct Figures {
    name: &'static str,
    totals: Totals,
    reply_rate: String,
    satisfaction: String,
}

struct Line {
    href: String,
    number: String,
    kind: &'static str,
    session: String,
    title: String,
    proposer: String,
    received: String,
    leads: String,
    co_handlers: String,
    due: String,
    standing: &'static str,
    class: &'static str,
    reply: String,
}

/// `/desk/registers/proposals`.
pub async fn show(officer: Officer) -> Response {
    officer.answer(answer(&officer).await)
}

fn wanted(state: &State, organs: &Organs) -> queries::Filter {
    queries::Filter {
        within: organs.narrowed(&state.text("organ")),
        from: state.day("from").unwrap_or_default(),
        to: state.day("to").unwrap_or_default(),
        kind: state.text("kind"),
        standing: state.text("standing"),
        class: state.text("class"),
        rating: state.text("rating"),
        text: state.text("q"),
        sort: state.order(),
    }
}

async fn answer(officer: &Officer) -> Result<Response> {
    let organs = visible(officer).await?;
    let state = State::of(officer, &COLUMNS, "-received").exported_by(officer, &[Act::ExportRecords]);
    let format = state.format()?;
    let wanted = wanted(&state, &organs);
    let (window, today) = (state.window(), civil_of(officer.cx().at));
    let (listed, total, figures) = officer
        .read(move |tx, cx| {
            let (listed, total) = queries::page(tx, &cx.site_id, &wanted, today, window)?;
            let mut figures = Vec::new();
            for (code, name) in [("suggestion", "人大代表建议"), ("proposal", "政协提案"), ("", "合计")]
            {
                let of_kind = queries::Filter { kind: code.to_owned(), ..wanted.clone() };
                figures.push(self::figures(name, queries::totals(tx, &cx.site_id, &of_kind)?));
            }
            Ok((listed, total, figures))
        })
        .await?;
    if let Some(format) = format {
        return list::export(officer, &state, format, sheet(&listed, &organs)).await;
    }
    officer.page(&ProposalsPage {
        layout: officer.layout(REGISTER.title).under(&[("首页", "/desk")]).helped_by(HELP),
        register: &REGISTER,
        may_keep: officer.may(ACT, None),
        list: List::new(&state, &COLUMNS, filters(&state, &organs), total.unsigned_abs()),
        figures,
        rows: listed.iter().map(|one| line(one, &organs, today)).collect(),
    })
}

fn figures(name: &'static str, totals: Totals) -> Figures {
    let printed = |rate: Option<Rate>| rate.map_or_else(|| "不适用".to_owned(), Rate::percent);
    let (satisfied, mostly, dissatisfied) = totals.n_rated;
    Figures {
        name,
        totals,
        reply_rate: printed(reply_rate(totals.n_replied, totals.n_received)),
        satisfaction: printed(satisfaction_rate(satisfied, mostly, dissatisfied)),
    }
}

fn filters(state: &State, organs: &Organs) -> Vec<Filter> {
    vec![
        Filter::text(state, "q", "编号、标题、届次或提出人"),
        Filter::choice(state, "organ", "承办单位", organs.choices()),
        Filter::choice(state, "kind", "类别", ProposalKind::PAIRS.iter().copied()),
        Filter::day(state, "from", "收到日期从"),
        Filter::day(state, "to", "到"),
        Filter::choice(state, "standing", "办理情况", Standing::PAIRS.iter().copied()),
        Filter::choice(state, "class", "答复类别", ReplyClass::PAIRS.iter().copied()),
        Filter::choice(state, "rating", "评价", Rating::PAIRS.iter().copied()),
    ]
}

fn line(listed: &Listed, organs: &Organs, today: Date) -> Line {
    let Listed { id, course, due_on, .. } = listed;
    let standing = listed.standing(today);
    let day = |day: Date| words::date(&day.to_string());
    let reply = course.reply.as_ref();
    let rating = course.rating.map(|rating| format!("，{}", rating.label())).unwrap_or_default();
    Line {
        href: format!("{HERE}/{}", id.0),
        number: course.entry.number.clone(),
        kind: course.entry.kind.label(),
        session: course.entry.session.clone(),
        title: course.entry.title.clone(),
        proposer: course.entry.proposer.clone(),
        received: day(course.entry.received_on),
        leads: course.value("leads", organs),
        co_handlers: course.value("co_handlers", organs),
        due: due_on.map(day).unwrap_or_default(),
        standing: standing.label(),
        class: match standing {
            Standing::Unassigned | Standing::Open => "waiting",
            Standing::OnTime => "done",
            Standing::Overdue | Standing::Late | Standing::Again => "late",
        },
        reply: reply
            .map(|reply| format!("{}　{}类{rating}", day(reply.replied_on), reply.class.code()))
            .unwrap_or_default(),
    }
}

fn sheet(listed: &[Listed], organs: &Organs) -> Sheet {
    let row = |one: &Listed| register::cells(&FIELDS, organs, |field| one.course.value(field, organs));
    Sheet {
        title: REGISTER.title.to_owned(),
        columns: register::columns(&FIELDS),
        rows: listed.iter().map(row).collect(),
        personal: false,
    }
}
