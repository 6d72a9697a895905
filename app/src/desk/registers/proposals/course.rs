//! The page of one suggestion or proposal: what came in and what has become of it, with the forms of the reply and of the rating.

use askama::Template;
use axum::response::Response;
use kit_web::forms::{Form, FormErrors};
use rules::proposal::{REPLY_BASIS, Rating};

use super::{ACT, HELP, HERE, REGISTER, find, may_reply};
use crate::{
    cx::civil_of,
    desk::{
        form::DeskForm,
        officer::Officer,
        page::Layout,
        registers::{Entry, refused},
    },
    document,
    error::{Error, Refusal, Result},
    portal::visit::Address,
    proposal::{FIELDS, Listed, Reply, Standing, actions},
    register::{Field, Kind, Organs},
    words,
};

/// The fields of the reply, which has them all, with the record that publishes it.
const REPLY: &[Field] = &[
    whole(FIELDS[11]),
    whole(FIELDS[12]),
    whole(FIELDS[13]),
    whole(FIELDS[14]),
    Field::optional("document", "公开页面编号", Kind::Integer, "12")
        .noted("答复已在网站公开的，填写页面地址“/documents/”后面的数字"),
];

/// A field of the register as its own form asks for it.
const fn whole(field: Field) -> Field {
    Field { required: true, note: "", ..field }
}

#[derive(Template)]
#[template(path = "desk/registers/proposals/course.html")]
struct CoursePage {
    layout: Layout,
    path: String,
    listed: Listed,
    facts: Vec<(&'static str, String)>,
    standing: &'static str,
    class: &'static str,
    basis: &'static str,
    may_keep: bool,
    may_assign: bool,
    may_reply: bool,
    may_rate: bool,
    reply: Entry,
    ratings: &'static [(&'static str, &'static str)],
    errors: FormErrors,
}

/// `/desk/registers/proposals/{proposal_id}`.
pub async fn show(Address(id): Address<String>, officer: Officer) -> Response {
    officer.answer(shown(&officer, &id).await)
}

async fn shown(officer: &Officer, id: &str) -> Result<Response> {
    let (organs, listed) = find(officer, id).await?;
    let number = published(officer, &listed).await?;
    let reply = Entry::showing(REPLY, &organs, |field| match field {
        "document" => number.clone(),
        field => listed.course.value(field, &organs),
    });
    page(officer, &organs, listed, reply)
}

/// The number of the page with which the reply was published.
async fn published(officer: &Officer, listed: &Listed) -> Result<String> {
    let Some(id) = listed.course.reply.as_ref().and_then(|reply| reply.document_id.clone()) else {
        return Ok(String::new());
    };
    let document = officer.read(move |tx, cx| document::actions::find(tx, cx, &id)).await?;
    Ok(document.public_number.map(|number| number.to_string()).unwrap_or_default())
}

fn page(officer: &Officer, organs: &Organs, listed: Listed, reply: Entry) -> Result<Response> {
    let standing = listed.standing(civil_of(officer.cx().at));
    let (course, may_keep) = (&listed.course, officer.may(ACT, None));
    let is_open = course.rating.is_none_or(|rating| rating == Rating::Dissatisfied);
    let page = CoursePage {
        layout: officer
            .layout(&course.entry.title)
            .under(&[("首页", "/desk"), (REGISTER.title, HERE)])
            .helped_by(HELP),
        path: format!("{HERE}/{}", listed.id.0),
        facts: facts(&listed, organs),
        standing: standing.label(),
        class: match standing {
            Standing::Unassigned | Standing::Open => "waiting",
            Standing::OnTime => "done",
            Standing::Overdue | Standing::Late | Standing::Again => "late",
        },
        basis: REPLY_BASIS,
        may_keep,
        may_assign: may_keep && course.reply.is_none(),
        may_reply: course.assignment.is_some() && is_open && may_reply(officer, &listed),
        may_rate: may_keep && course.reply.is_some() && course.rating.is_none(),
        ratings: Rating::PAIRS,
        errors: reply.errors.clone(),
        reply,
        listed,
    };
    if page.errors.is_empty() { officer.page(&page) } else { officer.page_with_mistakes(&page) }
}

/// Heads and words of all that is known.
fn facts(listed: &Listed, organs: &Organs) -> Vec<(&'static str, String)> {
    let fact = |field: &Field| {
        let kept = listed.course.value(field.name, organs);
        let words = match field.kind {
            Kind::Choice(options) => crate::register::choice_words(options, &kept),
            Kind::Date => words::date(&kept),
            _ => kept,
        };
        (field.head, words)
    };
    let mut facts: Vec<(&str, String)> = FIELDS.iter().map(fact).collect();
    if let Some(due_on) = listed.due_on {
        facts.insert(11, ("答复期限", words::date(&due_on.to_string())));
    }
    facts.retain(|(_, words)| !words.is_empty());
    facts
}

/// `POST /desk/registers/proposals/{proposal_id}/reply`.
pub async fn reply(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(replied(&officer, &id, &form).await)
}

async fn replied(officer: &Officer, id: &str, form: &Form) -> Result<Response> {
    let (organs, listed) = find(officer, id).await?;
    if !may_reply(officer, &listed) {
        return Err(Error::Forbidden);
    }
    let given = match read_reply(officer, &organs, form).await? {
        Ok(given) => given,
        Err(entry) => return page(officer, &organs, listed, entry),
    };
    let (version, id) = (form.text("version").parse().unwrap_or_default(), listed.id.clone());
    match officer.act(move |tx, cx| actions::reply(tx, cx, &id, &given, version)).await {
        Ok(()) => Ok(officer.go(&format!("{HERE}/{}", listed.id.0), "答复已登记")),
        Err(error) => {
            let entry = refused(Entry::sent(REPLY, &organs, form), "replied_on", error)?;
            page(officer, &organs, listed, entry)
        }
    }
}

async fn read_reply(
    officer: &Officer,
    organs: &Organs,
    form: &Form,
) -> Result<std::result::Result<Reply, Entry>> {
    let row = match Entry::read(REPLY, organs, form) {
        Ok(row) => row,
        Err(entry) => return Ok(Err(entry)),
    };
    let again = |faults| Ok(Err(Entry::sent(REPLY, organs, form).with(faults)));
    let mut given = match Reply::read(&row) {
        Ok(Some(given)) => given,
        Ok(None) => return again(vec![row.fault("replied_on", "请填写答复日期")]),
        Err(faults) => return again(faults),
    };
    if let Some(number) = row.number("document") {
        let document =
            officer.read(move |tx, cx| document::queries::by_public_number(tx, &cx.site_id, number)).await?;
        match document {
            Some(document) => given.document_id = Some(document.id),
            None => return again(vec![row.fault("document", "本站没有这个编号的页面，请核对地址中的数字")]),
        }
    }
    Ok(Ok(given))
}

/// `POST /desk/registers/proposals/{proposal_id}/rate`.
pub async fn rate(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(rated(&officer, &id, &form).await)
}

async fn rated(officer: &Officer, id: &str, form: &Form) -> Result<Response> {
    officer.require(ACT, None)?;
    let (_, listed) = find(officer, id).await?;
    let Some(rating) = Rating::from_code(&form.text("rating")) else {
        return Err(Refusal::Invalid("请选择评价".to_owned()).into());
    };
    let version = form.text("version").parse().unwrap_or_default();
    let path = format!("{HERE}/{}", listed.id.0);
    officer.act(move |tx, cx| actions::rate(tx, cx, &listed.id, rating, version)).await?;
    let said = match rating {
        Rating::Dissatisfied => "评价已登记；不满意的须重新办理，办好后再次登记答复",
        Rating::Satisfied | Rating::MostlySatisfied => "评价已登记",
    };
    Ok(officer.go(&path, said))
}
