//! The page of one training or test: its results by unit, and the form that puts somebody on its list.

use askama::Template;
use axum::response::Response;
use kit_web::forms::Form;

use super::{ACT, HELP, HERE, PARTICIPANTS, REGISTER, find, people_of};
use crate::{
    desk::{
        form::DeskForm,
        officer::Officer,
        page::Layout,
        registers::{Entry, Register, refused},
    },
    error::{Error, Result},
    id::ParticipantId,
    portal::{page::Link, visit::Address},
    register::{self, Field, Kind, Organs},
    training::{FIELDS, Listed, Participant, UnitResult, actions, participants, queries},
    words,
};

/// What is entered of somebody here: the training is that of the page.
const PERSON: &[Field] = participants::FIELDS.split_at(2).1;

#[derive(Template)]
#[template(path = "desk/registers/trainings/one.html")]
struct OnePage {
    layout: Layout,
    path: String,
    facts: Vec<(&'static str, String)>,
    is_test: bool,
    may_change: bool,
    version: i64,
    units: Vec<Unit>,
    people: Link,
    register: &'static Register,
    entry: Entry,
}

/// The results of a unit.
struct Unit {
    name: String,
    result: UnitResult,
}

/// `/desk/registers/trainings/{training_id}`.
pub async fn show(Address(id): Address<String>, officer: Officer) -> Response {
    officer.answer(shown(&officer, &id).await)
}

async fn shown(officer: &Officer, id: &str) -> Result<Response> {
    let (organs, held) = find(officer, id).await?;
    let entry = Entry::empty(PERSON, &organs);
    page(officer, &organs, &held, entry).await
}

async fn page(officer: &Officer, organs: &Organs, held: &Listed, entry: Entry) -> Result<Response> {
    let may_change = officer.may(ACT, Some(&held.entry.host_organ_id));
    let (id, within) = (held.id.clone(), if may_change { None } else { organs.within() });
    let results = officer.read(move |tx, cx| Ok(queries::by_unit(tx, &cx.site_id, &id, &within)?)).await?;
    let unit = |result: UnitResult| Unit { name: organs.name(&result.organ_id).to_owned(), result };
    let page = OnePage {
        layout: officer
            .layout(&held.entry.title)
            .under(&[("首页", "/desk"), (REGISTER.title, HERE)])
            .helped_by(HELP),
        path: format!("{HERE}/{}", held.id.0),
        facts: facts(held, organs),
        is_test: held.entry.scores.is_some(),
        may_change,
        version: held.version,
        units: results.into_iter().map(unit).collect(),
        people: people_of(held),
        register: &PARTICIPANTS,
        entry,
    };
    if page.entry.errors.is_empty() { officer.page(&page) } else { officer.page_with_mistakes(&page) }
}

fn facts(held: &Listed, organs: &Organs) -> Vec<(&'static str, String)> {
    let fact = |field: &Field| {
        let kept = held.entry.value(field.name);
        let words = match field.kind {
            Kind::Choice(options) => register::choice_words(options, &kept),
            Kind::Date => words::date(&kept),
            Kind::Organ => organs.name(&held.entry.host_organ_id).to_owned(),
            _ => kept,
        };
        (field.head, words)
    };
    let mut facts: Vec<(&str, String)> = FIELDS.iter().map(fact).collect();
    facts.push(("参加", format!("{}个单位，{}人", held.n_units, held.n_attended)));
    facts.retain(|(_, words)| !words.is_empty());
    facts
}

/// `POST /desk/registers/trainings/{training_id}/participants`.
pub async fn add(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(added(&officer, &id, &form).await)
}

async fn added(officer: &Officer, id: &str, form: &Form) -> Result<Response> {
    let (organs, held) = find(officer, id).await?;
    let sent = || Entry::sent(PERSON, &organs, form);
    let row = match Entry::read(PERSON, &organs, form) {
        Ok(row) => row,
        Err(entry) => return page(officer, &organs, &held, entry).await,
    };
    let participant = match Participant::read(&row, &held) {
        Ok(participant) => participant,
        Err(faults) => return page(officer, &organs, &held, sent().with(faults)).await,
    };
    officer.require(ACT, Some(&participant.organ_id))?;
    let id = held.id.clone();
    match officer.act(move |tx, cx| actions::set_participant(tx, cx, &id, &participant)).await {
        Ok(()) => Ok(officer.go(&format!("{HERE}/{}", held.id.0), "参加人员已登记")),
        Err(error) => page(officer, &organs, &held, refused(sent(), "name", error)?).await,
    }
}

/// `POST /desk/registers/trainings/{training_id}/participants/{participant_id}/remove`.
pub async fn remove(
    Address((id, participant)): Address<(String, String)>,
    DeskForm { officer, .. }: DeskForm,
) -> Response {
    officer.answer(removed(&officer, &id, ParticipantId(participant)).await)
}

async fn removed(officer: &Officer, id: &str, participant: ParticipantId) -> Result<Response> {
    let (organs, held) = find(officer, id).await?;
    let training = held.id.clone();
    let people = officer.read(move |tx, cx| queries::participants_of(tx, &cx.site_id, &training)).await?;
    let gone = people.into_iter().find(|listed| listed.id == participant).ok_or(Error::NotFound)?;
    if !organs.reaches(&gone.participant.organ_id) {
        return Err(Error::NotFound);
    }
    let back = people_of(&held).href;
    officer.act(move |tx, cx| actions::remove_participant(tx, cx, &held.id, &participant)).await?;
    Ok(officer.go(&back, "已移出名单"))
}
