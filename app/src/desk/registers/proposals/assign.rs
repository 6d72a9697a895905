//! 交办: every organ of the site with its part, as long as there is no reply.

use askama::Template;
use axum::response::Response;
use jiff::civil::Date;
use kit_web::forms::{Form, FormErrors};
use rules::proposal::Part;

use super::{ACT, HELP, HERE, REGISTER, find};
use crate::{
    desk::{form::DeskForm, officer::Officer, page::Layout},
    error::{Error, Result},
    id::OrganId,
    portal::visit::Address,
    proposal::{Assignment, Listed, actions},
    register::Organs,
    words,
};

#[derive(Template)]
#[template(path = "desk/registers/proposals/assign.html")]
struct AssignPage {
    layout: Layout,
    path: String,
    version: i64,
    assigned_on: String,
    organs: Vec<Choice>,
    parts: &'static [(&'static str, &'static str)],
    errors: FormErrors,
}

/// An organ and its part; empty where it has none.
struct Choice {
    code: String,
    name: String,
    part: &'static str,
}

/// `/desk/registers/proposals/{proposal_id}/assign`.
pub async fn show(Address(id): Address<String>, officer: Officer) -> Response {
    officer.answer(shown(&officer, &id).await)
}

async fn shown(officer: &Officer, id: &str) -> Result<Response> {
    officer.require(ACT, None)?;
    let (organs, listed) = find(officer, id).await?;
    let today = officer.cx().today();
    let (day, parts) = match &listed.course.assignment {
        Some(given) => (given.assigned_on.to_string(), given.clone()),
        None => (today, Assignment { assigned_on: Date::ZERO, leads: Vec::new(), co_handlers: Vec::new() }),
    };
    page(officer, (&organs, &listed), (day, &parts), FormErrors::default())
}

fn page(
    officer: &Officer,
    (organs, listed): (&Organs, &Listed),
    (assigned_on, given): (String, &Assignment),
    errors: FormErrors,
) -> Result<Response> {
    let part = |code: &str| {
        let id = organs.find(code)?;
        let is_in = |ids: &[OrganId]| ids.contains(id);
        match (is_in(&given.leads), is_in(&given.co_handlers)) {
            (true, _) => Some(Part::Lead.code()),
            (_, true) => Some(Part::CoHandler.code()),
            _ => None,
        }
    };
    let choice =
        |(code, name): (String, String)| Choice { part: part(&code).unwrap_or_default(), code, name };
    let mut choices: Vec<Choice> = organs.choices().into_iter().map(choice).collect();
    // Those that have a part stand on top.
    choices.sort_by_key(|choice| choice.part.is_empty());
    let path = format!("{HERE}/{}", listed.id.0);
    let crumbs =
        [("首页", "/desk"), (REGISTER.title, HERE), (listed.course.entry.title.as_str(), path.as_str())];
    let page = AssignPage {
        layout: officer.layout("交办").under(&crumbs).helped_by(HELP),
        version: listed.version,
        assigned_on,
        organs: choices,
        parts: Part::PAIRS,
        errors,
        path,
    };
    if page.errors.is_empty() { officer.page(&page) } else { officer.page_with_mistakes(&page) }
}

/// `POST /desk/registers/proposals/{proposal_id}/assign`.
pub async fn submit(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(assigned(&officer, &id, &form).await)
}

/// The organs to which a form gives a part.
fn given(organs: &Organs, form: &Form, part: Part) -> Vec<OrganId> {
    let has_part = |code: &String| form.text(&format!("part-{code}")) == part.code();
    let codes = organs.choices().into_iter().map(|(code, _)| code).filter(has_part);
    codes.filter_map(|code| organs.find(&code).cloned()).collect()
}

async fn assigned(officer: &Officer, id: &str, form: &Form) -> Result<Response> {
    officer.require(ACT, None)?;
    let (organs, listed) = find(officer, id).await?;
    let mut errors = FormErrors::default();
    let read = |text: &str| text.parse::<Date>().map_err(|_| "交办日期不对");
    let assigned_on = form.read("assigned_on", &mut errors, read);
    if assigned_on.is_none() {
        errors.add("assigned_on", "请填写交办日期");
    }
    let assignment = Assignment {
        assigned_on: assigned_on.unwrap_or(Date::ZERO),
        leads: given(&organs, form, Part::Lead),
        co_handlers: given(&organs, form, Part::CoHandler),
    };
    if assignment.leads.is_empty() {
        errors.add("leads", "请至少选择一个主办单位");
    }
    let again = |errors| page(officer, (&organs, &listed), (form.text("assigned_on"), &assignment), errors);
    if !errors.is_empty() {
        return again(errors);
    }
    let (version, id, new) =
        (form.text("version").parse().unwrap_or_default(), listed.id.clone(), assignment.clone());
    match officer.act(move |tx, cx| actions::assign(tx, cx, &id, &new, version)).await {
        Ok(()) => {
            let due = assignment.due_on().map(|day| words::date(&day.to_string())).unwrap_or_default();
            Ok(officer.go(&format!("{HERE}/{}", listed.id.0), &format!("已交办，应在{due}前答复")))
        }
        Err(Error::Refused(refusal)) => {
            errors.add("assigned_on", words::refusal(&refusal));
            again(errors)
        }
        Err(error) => Err(error),
    }
}
