//! `/desk/reviews/settings`: what the site sets of its ways, and the rounds of a column where it has its own.

use askama::Template;
use axum::{extract::Query, response::Response};
use kit_web::forms::{Form, FormErrors};
use rules::permission::Act;
use serde::Deserialize;

use crate::{
    column,
    desk::{form::DeskForm, officer::Officer, page::Layout},
    error::{Error, Result},
    id::ColumnId,
    organ,
    review::way::{self, Party, RoundSetting, Setting},
    words,
};

/// Rounds that a form has room for; the rules take no more either.
const ROUNDS: usize = 3;

/// Which column is set; the whole site where none is named.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    column: String,
}

#[derive(Template)]
#[template(path = "desk/review/setting.html")]
struct SettingPage {
    layout: Layout,
    /// The column that is set, and whether it has rounds of its own.
    column: Option<(String, String, bool)>,
    columns: Vec<(String, String)>,
    organs: Vec<(String, String)>,
    rounds: Vec<RoundRow>,
    setting: Setting,
    errors: FormErrors,
}

impl SettingPage {
    fn is_chosen(&self, id: &str) -> bool {
        self.column.as_ref().is_some_and(|(chosen, ..)| chosen == id)
    }
}

/// A round in the form; one without a name is none.
struct RoundRow {
    at: usize,
    name: String,
    all: bool,
    own: bool,
    office: bool,
    organ: String,
}

/// `/desk/reviews/settings`
pub async fn show(officer: Officer, Query(asked): Query<Asked>) -> Response {
    let made = page(&officer, asked.column, FormErrors::default()).await;
    officer.answer(made.and_then(|page| officer.page(&page)))
}

async fn page(officer: &Officer, chosen: String, errors: FormErrors) -> Result<SettingPage> {
    officer.require(Act::ManageColumn, None)?;
    let wanted = Some(ColumnId(chosen)).filter(|id| !id.0.is_empty());
    let read = officer.read(move |tx, cx| {
        let columns = column::queries::all(tx, &cx.site_id)?;
        let column = match &wanted {
            Some(id) => Some(columns.iter().find(|column| column.id == *id).ok_or(Error::NotFound)?.clone()),
            None => None,
        };
        let setting = way::setting(tx, cx)?;
        let own = match &column {
            Some(column) => way::own_rounds(tx, cx, &column.id)?,
            None => None,
        };
        let rounds = match &column {
            Some(column) => way::rounds_of_column(tx, cx, &column.id)?.unwrap_or(setting.rounds.clone()),
            None => setting.rounds.clone(),
        };
        let column = column.map(|column| (column.id.0, column.name, own.is_some()));
        Ok((columns, column, setting, rounds, organ::queries::all(tx, &cx.site_id)?))
    });
    let (columns, column, setting, rounds, organs) = read.await?;
    Ok(SettingPage {
        layout: officer.layout("审签设置").under(&[("首页", "/desk"), ("审核", "/desk/reviews")]),
        column,
        columns: columns.into_iter().map(|column| (column.id.0, column.name)).collect(),
        organs: organs.into_iter().map(|organ| (organ.id.0, organ.name)).collect(),
        rounds: (0..ROUNDS).map(|at| row(at + 1, rounds.get(at))).collect(),
        setting,
        errors,
    })
}

fn row(at: usize, round: Option<&RoundSetting>) -> RoundRow {
    let asks = |party: &Party| round.is_some_and(|round| round.parties.contains(party));
    let organ = round.and_then(|round| {
        round.parties.iter().find_map(|party| match party {
            Party::Organ(id) => Some(id.clone()),
            _ => None,
        })
    });
    RoundRow {
        at,
        name: round.map(|round| round.name.clone()).unwrap_or_default(),
        all: round.is_none_or(|round| round.all),
        own: round.is_none() || asks(&Party::OwnOrgan),
        office: asks(&Party::DisclosureOffice),
        organ: organ.unwrap_or_default(),
    }
}

/// `POST /desk/reviews/settings`
pub async fn submit(DeskForm { officer, form }: DeskForm) -> Response {
    let chosen = form.text("column");
    let made = match officer.require(Act::ManageColumn, None) {
        Ok(()) => set(&officer, &form, &chosen).await,
        Err(error) => Err(error),
    };
    let answer = match made {
        Ok(()) => Ok(officer.go(&format!("/desk/reviews/settings?column={chosen}"), "审签设置已保存")),
        Err(Error::Refused(refusal)) => {
            let mut errors = FormErrors::default();
            errors.add("name_1", words::refusal(&refusal));
            page(&officer, chosen, errors).await.and_then(|page| officer.page_with_mistakes(&page))
        }
        Err(error) => Err(error),
    };
    officer.answer(answer)
}

async fn set(officer: &Officer, form: &Form, chosen: &str) -> Result<()> {
    let rounds: Vec<RoundSetting> = (1..=ROUNDS).filter_map(|at| round(form, at)).collect();
    if !chosen.is_empty() {
        let (column, own) = (ColumnId(chosen.to_owned()), form.raw("own").is_some());
        return officer
            .act(move |tx, cx| way::set_rounds(tx, cx, &column, own.then_some(rounds.as_slice())))
            .await;
    }
    let number = |name: &str| form.text(name).parse().unwrap_or(0);
    let setting = Setting {
        rounds,
        reviewer_may_sign: form.raw("reviewer_may_sign").is_some(),
        secrecy_may_be_shared: form.raw("secrecy_may_be_shared").is_some(),
        step_days: number("step_days"),
        afterwards_days: number("afterwards_days"),
        link_hours: number("link_hours"),
    };
    officer.act(move |tx, cx| way::set(tx, cx, &setting)).await
}

fn round(form: &Form, at: usize) -> Option<RoundSetting> {
    let name = form.optional(&format!("name_{at}"))?;
    let field = |field: &str| form.optional(&format!("{field}_{at}"));
    let mut parties = Vec::new();
    parties.extend(field("own").map(|_| Party::OwnOrgan));
    parties.extend(field("organ").map(Party::Organ));
    parties.extend(field("office").map(|_| Party::DisclosureOffice));
    Some(RoundSetting { name, all: field("need").as_deref() != Some("any"), parties })
}
