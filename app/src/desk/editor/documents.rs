//! The list of documents (信息): mine at first, those of my organs when asked, the last changed on top.

use std::collections::HashMap;

use askama::Template;
use axum::{extract::Query, response::Response};
use rules::permission::Act;

use super::queries::{self, DocumentLine, Wanted};
use crate::{
    column::{self, Column},
    cx::minute_of,
    desk::{officer::Officer, page::Layout, review::names},
    error::Result,
    id::{ColumnId, OrganId},
    organ::{self, Organ},
    reference::Reference,
    words,
};

/// Lines of a page.
const PER_PAGE: i64 = 20;

#[derive(Template)]
#[template(path = "desk/editor/documents.html")]
struct DocumentsPage {
    layout: Layout,
    may_draft: bool,
    whose: Vec<Choice>,
    states: Vec<Choice>,
    columns: Vec<Choice>,
    text: String,
    is_narrowed: bool,
    rows: Vec<Row>,
    previous: Option<String>,
    next: Option<String>,
}

struct Choice {
    value: String,
    words: String,
    chosen: bool,
}

struct Row {
    href: String,
    edit_href: Option<String>,
    title: String,
    state: String,
    state_class: &'static str,
    column: String,
    kind: String,
    changed: String,
}

/// The states of the newest edition that the list can be narrowed to.
const STATES: [&str; 5] = ["draft", "scheduled", "live", "superseded", "concealed"];

/// What the address asks for.
struct Asked {
    whose: String,
    state: String,
    column: String,
    text: String,
    page: i64,
}

impl Asked {
    fn read(query: &HashMap<String, String>) -> Asked {
        let value = |name: &str| query.get(name).map(|value| value.trim().to_owned()).unwrap_or_default();
        let page = value("page").parse().unwrap_or(1).clamp(1, 10_000);
        Asked {
            whose: value("whose"),
            state: value("state"),
            column: value("column"),
            text: value("q"),
            page,
        }
    }

    fn wanted(&self, login: &str) -> Wanted {
        let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        Wanted {
            login: self.whose.is_empty().then(|| login.to_owned()),
            organ: some(&self.whose).filter(|whose| whose != "all").map(OrganId),
            state: some(&self.state),
            column: some(&self.column).map(ColumnId),
            text: some(&self.text),
        }
    }

    fn href(&self, page: i64) -> String {
        let mut query = form_urlencoded(&[
            ("whose", &self.whose),
            ("state", &self.state),
            ("column", &self.column),
            ("q", &self.text),
        ]);
        query.push_str(&format!("page={page}"));
        format!("/desk/documents?{query}")
    }
}

fn form_urlencoded(pairs: &[(&str, &String)]) -> String {
    let filled = pairs.iter().filter(|(_, value)| !value.is_empty());
    let encode = |text: &str| {
        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    filled.map(|(name, value)| format!("{name}={}&", encode(value))).collect()
}

/// `GET /desk/documents`.
pub async fn list(Query(query): Query<HashMap<String, String>>, officer: Officer) -> Response {
    let made = page(&officer, Asked::read(&query)).await;
    officer.answer(made.and_then(|page| officer.page(&page)))
}

async fn page(officer: &Officer, asked: Asked) -> Result<DocumentsPage> {
    officer.require(Act::ReadDrafts, None)?;
    let reach = officer.organs(Act::ReadDrafts);
    let mut wanted = asked.wanted(&officer.account.login);
    // Another organ's list is not reached by writing its id into the address.
    if let (Some(organs), None) = (&reach, &wanted.login) {
        let own = wanted.organ.take().filter(|organ| organs.contains(organ));
        wanted.organ = own.or_else(|| organs.first().cloned());
    }
    let offset = (asked.page - 1) * PER_PAGE;
    let (mut lines, columns, organs) = officer
        .read(move |tx, cx| {
            Ok((
                queries::documents(tx, &cx.site_id, &wanted, PER_PAGE + 1, offset)?,
                column::queries::all(tx, &cx.site_id)?,
                organ::queries::all(tx, &cx.site_id)?,
            ))
        })
        .await?;
    let has_more = lines.len() > usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
    lines.truncate(usize::try_from(PER_PAGE).unwrap_or(usize::MAX));
    let reference = officer.visit.app.reference;
    Ok(DocumentsPage {
        layout: officer.layout("信息"),
        may_draft: officer.may(Act::Draft, None),
        whose: whose(reach.as_deref(), &organs, &asked.whose),
        states: states(&asked.state),
        columns: column_choices(&columns, &asked.column),
        is_narrowed: !(asked.state.is_empty() && asked.column.is_empty() && asked.text.is_empty()),
        rows: lines.iter().map(|line| row(line, &columns, reference)).collect(),
        previous: (asked.page > 1).then(|| asked.href(asked.page - 1)),
        next: has_more.then(|| asked.href(asked.page + 1)),
        text: asked.text,
    })
}

fn whose(reach: Option<&[OrganId]>, organs: &[Organ], chosen: &str) -> Vec<Choice> {
    let choice = |value: &str, words: &str| Choice {
        value: value.to_owned(),
        words: words.to_owned(),
        chosen: value == chosen,
    };
    let mut list = vec![choice("", "我编写的")];
    if reach.is_none() {
        list.push(choice("all", "全站"));
    }
    let reached = organs.iter().filter(|organ| reach.is_none_or(|reach| reach.contains(&organ.id)));
    list.extend(reached.map(|organ| choice(&organ.id.0, &organ.name)));
    list
}

fn states(chosen: &str) -> Vec<Choice> {
    let all = Choice { value: String::new(), words: "全部".to_owned(), chosen: chosen.is_empty() };
    let state = |code: &&str| Choice {
        value: (*code).to_owned(),
        words: words::edition_state(code).to_owned(),
        chosen: *code == chosen,
    };
    std::iter::once(all).chain(STATES.iter().map(state)).collect()
}

fn column_choices(columns: &[Column], chosen: &str) -> Vec<Choice> {
    let all = Choice { value: String::new(), words: "全部".to_owned(), chosen: chosen.is_empty() };
    let one = |column: &Column| Choice {
        value: column.id.0.clone(),
        words: column.name.clone(),
        chosen: column.id.0 == chosen,
    };
    std::iter::once(all).chain(columns.iter().map(one)).collect()
}

fn row(line: &DocumentLine, columns: &[Column], reference: &Reference) -> Row {
    let column = columns.iter().find(|column| column.id == line.column_id);
    let is_draft = line.edition_state == "draft";
    // What is public is told by the edition; until then by where it stands on its way.
    let under_way = line.stage.filter(|_| is_draft);
    Row {
        href: format!("/desk/documents/{}", line.document_id.0),
        edit_href: is_draft.then(|| format!("/desk/editions/{}/edit", line.edition_id.0)),
        title: if line.title.is_empty() { "（无标题）".to_owned() } else { line.title.clone() },
        state: under_way.map_or_else(
            || words::edition_state(&line.edition_state).to_owned(),
            |stage| names::stage(stage, None),
        ),
        state_class: under_way.map_or(if is_draft { "plain" } else { "done" }, names::stage_look),
        column: column.map(|column| column.name.clone()).unwrap_or_default(),
        kind: reference.content_type(&line.content_type).map(|kind| kind.name.clone()).unwrap_or_default(),
        changed: minute_of(line.changed_at),
    }
}
