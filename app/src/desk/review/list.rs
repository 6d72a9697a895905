//! `/desk/reviews`: what waits for me, what I sent, everything of my organs. Made for a thumb: one column on a phone,
//! large targets, the most urgent first.

use askama::Template;
use axum::{extract::Query, response::Response};
use kit_db::Tx;
use rules::{
    permission::Act,
    review::{Gate, Stage},
};
use serde::Deserialize;

use super::{
    case_page::actor,
    names::{self, Names},
    queries::{self, Listed},
};
use crate::{
    cx::Cx,
    desk::{officer::Officer, page::Layout},
    document,
    error::Result,
    id::OrganId,
    portal::page::Link,
    review::{
        Actor,
        waiting::{Waiting, Work, waiting_for},
        way,
    },
    staff,
    standing::{self, Request},
    words,
};

const PER_PAGE: usize = 30;

/// What the address asks for.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    show: String,
    #[serde(default)]
    stage: String,
    #[serde(default)]
    before: String,
}

#[derive(Template)]
#[template(path = "desk/review/list.html")]
struct ListPage {
    layout: Layout,
    tabs: Vec<(Link, bool)>,
    waiting: Vec<WaitingLine>,
    requests: Vec<RequestLine>,
    cases: Vec<CaseLine>,
    show: Show,
    stages: Vec<(&'static str, String, bool)>,
    next: Option<String>,
    may_decide_several: bool,
}

/// Which list is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Show {
    Waiting,
    Sent,
    All,
}

impl Show {
    fn is_waiting(self) -> bool {
        self == Show::Waiting
    }

    fn is_all(self) -> bool {
        self == Show::All
    }
}

/// A case that waits for this person.
struct WaitingLine {
    href: String,
    case_id: String,
    title: String,
    what: String,
    organ: String,
    by: String,
    since: String,
    left: String,
    is_late: bool,
    emergency: bool,
    /// The step, as forms name it, and the digest last known: for deciding on several at once.
    at: Option<(String, usize, String)>,
}

/// A request for withdrawal or repeal that waits for this person.
struct RequestLine {
    href: String,
    title: String,
    what: &'static str,
    by: String,
    since: String,
    left: String,
    is_late: bool,
}

/// A case in one of the other lists.
struct CaseLine {
    href: String,
    title: String,
    stage: String,
    look: &'static str,
    organ: String,
    by: String,
    at: String,
    left: String,
    is_late: bool,
}

/// `/desk/reviews`
pub async fn show(officer: Officer, Query(asked): Query<Asked>) -> Response {
    let made = page(&officer, asked).await;
    officer.answer(made.and_then(|page| officer.page(&page)))
}

async fn page(officer: &Officer, asked: Asked) -> Result<ListPage> {
    let actor = actor(officer);
    let show = match asked.show.as_str() {
        "sent" => Show::Sent,
        "all" => Show::All,
        _ => Show::Waiting,
    };
    let mut page = ListPage {
        layout: officer.layout("审核").under(&[("首页", "/desk")]),
        tabs: tabs(show),
        waiting: Vec::new(),
        requests: Vec::new(),
        cases: Vec::new(),
        show,
        stages: stages(&asked.stage),
        next: None,
        may_decide_several: false,
    };
    match show {
        Show::Waiting => {
            let read = officer.read(move |tx, cx| {
                let names = Names::read(tx, cx)?;
                Ok((waiting(tx, cx, &actor, &names)?, requests(tx, cx, &actor, &names)?))
            });
            (page.waiting, page.requests) = read.await?;
            page.may_decide_several = page.waiting.iter().filter(|line| line.at.is_some()).count() > 1;
        }
        Show::Sent => {
            let read = officer.read(move |tx, cx| {
                let names = Names::read(tx, cx)?;
                let listed = queries::submitted_by(tx, cx, &actor.login)?;
                Ok(listed.iter().map(|listed| case_line(cx, &names, listed)).collect())
            });
            page.cases = read.await?;
        }
        Show::All => {
            (page.cases, page.next) = officer.read(move |tx, cx| all(tx, cx, &actor, &asked)).await?
        }
    }
    Ok(page)
}

fn tabs(show: Show) -> Vec<(Link, bool)> {
    [
        (Show::Waiting, "等我办理", "/desk/reviews"),
        (Show::Sent, "我送审的", "/desk/reviews?show=sent"),
        (Show::All, "全部", "/desk/reviews?show=all"),
    ]
    .into_iter()
    .map(|(tab, text, href)| (Link::new(text, href), tab == show))
    .collect()
}

/// The stages to choose from: word, name, whether it is chosen.
fn stages(chosen: &str) -> Vec<(&'static str, String, bool)> {
    let all = [
        ("round", Stage::At(Gate::Round(0))),
        ("secrecy", Stage::At(Gate::Secrecy)),
        ("sign_off", Stage::At(Gate::SignOff)),
        ("publication", Stage::At(Gate::Publication)),
        ("returned", Stage::Returned),
        ("scheduled", Stage::Scheduled),
        ("emergency", Stage::Emergency),
        ("published", Stage::Published),
    ];
    all.into_iter().map(|(word, stage)| (word, names::stage(stage, None), word == chosen)).collect()
}

fn waiting(tx: &mut Tx<'_>, cx: &Cx, actor: &Actor, names: &Names) -> Result<Vec<WaitingLine>> {
    let mut lines = Vec::new();
    for waiting in waiting_for(tx, cx, actor)? {
        let content = queries::content(tx, cx, &waiting.case_id)?.unwrap_or_default();
        lines.push(waiting_line(cx, names, &waiting, content));
    }
    Ok(lines)
}

fn waiting_line(cx: &Cx, names: &Names, waiting: &Waiting, content: String) -> WaitingLine {
    let href = match waiting.step.work {
        Work::Mend => format!("/desk/editions/{}/edit", waiting.edition_id.0),
        _ => format!("/desk/reviews/{}", waiting.case_id.0),
    };
    // The secrecy review is done record by record ("一事一审"); whoever mends decides nothing.
    let at = match waiting.step.work {
        Work::Take(step) if step.gate != Gate::Secrecy && waiting.step.vacancy().is_none() => {
            let (word, round) = crate::review::gate_words(step.gate);
            Some((format!("{word}-{round}"), step.party, content))
        }
        _ => None,
    };
    WaitingLine {
        href,
        case_id: waiting.case_id.0.clone(),
        title: waiting.title.clone(),
        what: what(names, waiting),
        organ: waiting.organ_id.as_ref().map(|id| names.organ(id)).unwrap_or_default(),
        by: waiting.submitted_by.as_deref().map(|login| names.person(login)).unwrap_or_default(),
        since: names::moment(waiting.step.since_at),
        left: names::days_left(cx, &waiting.step.due_on),
        is_late: waiting.is_overdue(cx),
        emergency: waiting.emergency,
        at,
    }
}

/// What is to be done; where nobody may do it, what is lacking.
pub fn what(names: &Names, waiting: &Waiting) -> String {
    let work = names::work(waiting.step.work, None);
    match waiting.step.vacancy() {
        Some(role) => format!("{work}（无人可办：{}）", names::lack(names, role, waiting.organ_id.as_ref())),
        None => work,
    }
}

fn requests(tx: &mut Tx<'_>, cx: &Cx, actor: &Actor, names: &Names) -> Result<Vec<RequestLine>> {
    let line = |(title, request): (String, Request)| {
        let due = request.due_on.as_deref().unwrap_or_default();
        RequestLine {
            href: format!("/desk/documents/{}#requests", request.document_id.0),
            title,
            what: words::standing_kind(request.kind.code()),
            by: names.person(&request.requested_by),
            since: names::moment(request.requested_at),
            left: names::days_left(cx, due),
            is_late: !due.is_empty() && due < cx.today().as_str(),
        }
    };
    Ok(requests_for(tx, cx, actor)?.into_iter().map(line).collect())
}

/// Requests that this person may decide on, with the titles of their records: not the own ones.
pub fn requests_for(tx: &mut Tx<'_>, cx: &Cx, actor: &Actor) -> Result<Vec<(String, Request)>> {
    if !staff::may(&actor.grants, Act::ConfirmWithdrawal, None) {
        return Ok(Vec::new());
    }
    let reach = staff::organs(&actor.grants, Act::ConfirmWithdrawal);
    let mut found = Vec::new();
    for request in standing::queries::open(tx, &cx.site_id)? {
        let document = document::actions::find(tx, cx, &request.document_id)?;
        if request.requested_by == actor.login
            || !reaches(reach.as_deref(), document.responsible_organ_id.as_ref())
        {
            continue;
        }
        let newest = document::queries::newest_edition(tx, &cx.site_id, &document.id)?;
        found.push((newest.map(|edition| edition.content.title).unwrap_or_default(), request));
    }
    Ok(found)
}

fn reaches(organs: Option<&[OrganId]>, organ: Option<&OrganId>) -> bool {
    match (organs, organ) {
        (None, _) => true,
        (Some(organs), Some(organ)) => organs.contains(organ),
        (Some(_), None) => false,
    }
}

fn case_line(cx: &Cx, names: &Names, listed: &Listed) -> CaseLine {
    let stage = listed.stage.unwrap_or(Stage::Draft);
    let way = way::of_text(&listed.way).ok();
    CaseLine {
        href: format!("/desk/reviews/{}", listed.id.0),
        title: listed.title.clone(),
        stage: names::stage(stage, way.as_ref()),
        look: names::stage_look(stage),
        organ: listed.organ_id.as_ref().map(|id| names.organ(id)).unwrap_or_default(),
        by: listed.submitted_by.as_deref().map(|login| names.person(login)).unwrap_or_default(),
        at: names::moment(listed.changed_at),
        left: listed.due_on.as_deref().map(|due| names::days_left(cx, due)).unwrap_or_default(),
        is_late: listed.due_on.as_deref().is_some_and(|due| due < cx.today().as_str()),
    }
}

/// A page of all cases of the organs whose drafts this person may read, and the address of the next one.
fn all(tx: &mut Tx<'_>, cx: &Cx, actor: &Actor, asked: &Asked) -> Result<(Vec<CaseLine>, Option<String>)> {
    let names = Names::read(tx, cx)?;
    let reach = staff::organs(&actor.grants, Act::ReadDrafts);
    let stage = (!asked.stage.is_empty()).then_some(asked.stage.as_str());
    let (mut at, mut id) = before(&asked.before);
    let mut lines = Vec::new();
    // Rows of other organs are passed over, so that a page is full where there is enough to fill it.
    loop {
        let rows = queries::all(tx, cx, stage, (at, &id), 200)?;
        let n_rows = rows.len();
        for row in rows {
            (at, id) = (row.changed_at, row.id.0.clone());
            if reaches(reach.as_deref(), row.organ_id.as_ref()) {
                lines.push(case_line(cx, &names, &row));
            }
            if lines.len() == PER_PAGE {
                let next = format!("/desk/reviews?show=all&stage={}&before={at}-{id}", asked.stage);
                return Ok((lines, Some(next)));
            }
        }
        if n_rows < 200 {
            return Ok((lines, None));
        }
    }
}

/// The place where a page begins; the very end of time where there is none.
fn before(text: &str) -> (i64, String) {
    let read = text.split_once('-').and_then(|(at, id)| Some((at.parse().ok()?, id.to_owned())));
    read.unwrap_or((i64::MAX, String::new()))
}

#[cfg(test)]
mod tests {
    use super::before;

    #[test]
    fn a_page_begins_where_the_last_one_ended_or_at_the_newest() {
        assert_eq!(before("1700000000000-0189-abc"), (1_700_000_000_000, "0189-abc".to_owned()));
        for other in ["", "x", "x-y"] {
            assert_eq!(before(other), (i64::MAX, String::new()), "{other}");
        }
    }
}
