//! Everybody who took part in trainings and tests, with the scores. Names and scores are personal data: whoever takes the list out
//! says why.

use askama::Template;
use axum::response::Response;
use kit_office::sheet::Cell;
use rules::permission::Act;

use super::{ACT, HELP, HERE, PARTICIPANTS, REGISTER};
use crate::{
    desk::{
        list::{self, Column, Filter, List, Sheet, State},
        officer::Officer,
        page::Layout,
        registers::{Register, organs},
    },
    error::Result,
    register::{self, Organs},
    training::{
        ListedParticipant,
        participants::FIELDS,
        queries::{self, ParticipantFilter},
    },
    words,
};

/// Trainings and tests that the filter names, the newest first.
const MOST_NAMED: i64 = 200;

const COLUMNS: [Column; 6] = [
    Column::plain("姓名"),
    Column::plain("单位"),
    Column::plain("职务"),
    Column::plain("培训或测试"),
    Column::plain("参加"),
    Column::sorted("score", "成绩"),
];

#[derive(Template)]
#[template(path = "desk/registers/trainings/participants.html")]
struct PeoplePage {
    layout: Layout,
    register: &'static Register,
    list: List,
    rows: Vec<Line>,
}

struct Line {
    removal: String,
    name: String,
    organ: String,
    post: String,
    training: String,
    href: String,
    held: String,
    attended: bool,
    score: String,
    passed: Option<bool>,
}

/// `/desk/registers/training-participants`.
pub async fn show(officer: Officer) -> Response {
    officer.answer(answer(&officer).await)
}

async fn answer(officer: &Officer) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let state = State::of(officer, &COLUMNS, "").exported_by(officer, &[Act::ExportRecords]);
    let format = state.format()?;
    let wanted = ParticipantFilter {
        within: organs.narrowed(&state.text("organ")),
        training: state.text("training"),
        from: state.day("from").unwrap_or_default(),
        to: state.day("to").unwrap_or_default(),
        result: state.text("result"),
        text: state.text("q"),
        sort: state.order(),
    };
    let (window, within, chosen) = (state.window(), organs.within(), state.text("training"));
    let ((people, total), held) = officer
        .read(move |tx, cx| {
            let people = queries::participants(tx, &cx.site_id, &wanted, window)?;
            Ok((people, queries::names_within(tx, &cx.site_id, &within, (&chosen, MOST_NAMED))?))
        })
        .await?;
    if let Some(format) = format {
        return list::export(officer, &state, format, sheet(&people, &organs)).await;
    }
    let filters = vec![
        Filter::text(&state, "q", "姓名或名称"),
        Filter::choice(&state, "organ", "单位", organs.choices()),
        Filter::choice(&state, "training", "培训或测试", held),
        Filter::choice(
            &state,
            "result",
            "结果",
            [("passed", "合格"), ("failed", "不合格"), ("absent", "缺席")],
        ),
        Filter::day(&state, "from", "举办日期从"),
        Filter::day(&state, "to", "到"),
    ];
    officer.page(&PeoplePage {
        layout: officer
            .layout(PARTICIPANTS.title)
            .under(&[("首页", "/desk"), (REGISTER.title, HERE)])
            .helped_by(HELP),
        register: &PARTICIPANTS,
        list: List::new(&state, &COLUMNS, filters, total.unsigned_abs()),
        rows: people.iter().map(|one| line(one, &organs)).collect(),
    })
}

fn line(listed: &ListedParticipant, organs: &Organs) -> Line {
    let ListedParticipant { id, training_id, training, held_on, participant, passed } = listed;
    Line {
        removal: format!("{HERE}/{}/participants/{}/remove", training_id.0, id.0),
        name: participant.name.clone(),
        organ: organs.name(&participant.organ_id).to_owned(),
        post: participant.post.clone(),
        training: training.clone(),
        href: format!("{HERE}/{}", training_id.0),
        held: words::date(&held_on.to_string()),
        attended: participant.attended,
        score: participant.score.map(|score| score.to_string()).unwrap_or_default(),
        passed: *passed,
    }
}

fn value(listed: &ListedParticipant, field: &str) -> String {
    let participant = &listed.participant;
    match field {
        "held_on" => listed.held_on.to_string(),
        "title" => listed.training.clone(),
        "organ" => participant.organ_id.0.clone(),
        "name" => participant.name.clone(),
        "post" => participant.post.clone(),
        "attended" => if participant.attended { "yes" } else { "no" }.to_owned(),
        "score" => participant.score.map(|score| score.to_string()).unwrap_or_default(),
        _ => String::new(),
    }
}

fn sheet(people: &[ListedParticipant], organs: &Organs) -> Sheet {
    let row = |one: &ListedParticipant| -> Vec<Cell> {
        register::cells(&FIELDS, organs, |field| value(one, field))
    };
    Sheet {
        title: PARTICIPANTS.title.to_owned(),
        columns: register::columns(&FIELDS),
        rows: people.iter().map(row).collect(),
        personal: true,
    }
}
