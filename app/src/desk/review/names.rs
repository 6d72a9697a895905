//! Names of people and organs behind logins and ids, looked up once for a page, and the words for where a case stands.

use std::collections::HashMap;

use kit_db::Tx;
use rules::{
    permission::Role,
    review::{Gate, Stage, Way},
};

use crate::{
    cx::{Cx, minute_of},
    error::Result,
    id::OrganId,
    organ,
    review::waiting::{OpenStep, Work},
    staff, words,
};

/// Names of the site's staff and organs.
pub struct Names {
    people: HashMap<String, String>,
    organs: HashMap<OrganId, String>,
}

impl Names {
    /// Reads all of them: a site has a few hundred.
    pub fn read(tx: &mut Tx<'_>, cx: &Cx) -> Result<Names> {
        let people = staff::queries::all(tx, &cx.site_id)?;
        let organs = organ::queries::all(tx, &cx.site_id)?;
        Ok(Names {
            people: people.into_iter().map(|account| (account.login, account.name)).collect(),
            organs: organs.into_iter().map(|organ| (organ.id, organ.name)).collect(),
        })
    }

    /// The name behind a login; the holder of a link and a command have none and are shown as they are written.
    pub fn person(&self, login: &str) -> String {
        if let Some(holder) = login.strip_prefix('〔').and_then(|rest| rest.strip_suffix('〕')) {
            return format!("{holder}（凭一次性链接）");
        }
        match login {
            "schedule" => "系统".to_owned(),
            "import" => "导入".to_owned(),
            "demo" => "演示数据".to_owned(),
            _ => self.people.get(login).cloned().unwrap_or_else(|| login.to_owned()),
        }
    }

    /// The name of an organ.
    pub fn organ(&self, id: &OrganId) -> String {
        self.organs.get(id).cloned().unwrap_or_default()
    }

    /// Whom an open step waits for.
    pub fn asked(&self, step: &OpenStep) -> String {
        if let Some(login) = &step.login {
            return self.person(login);
        }
        let role = step.role.map(words::role).unwrap_or_default();
        match (&step.organ_id, step.role) {
            (Some(organ), _) => format!("{}{role}", self.organ(organ)),
            (None, Some(Role::DisclosureOffice) | None) => role.to_owned(),
            (None, Some(_)) => format!("全站{role}"),
        }
    }
}

/// What an organ lacks where nobody may take a step (空岗).
pub fn lack(names: &Names, role: Role, organ: Option<&OrganId>) -> String {
    let organ = organ.map_or_else(|| "本单位".to_owned(), |id| names.organ(id));
    format!("{organ}没有可以办理的{}", words::role(role))
}

/// What is to be done, in a verb.
pub fn work(work: Work, way: Option<&Way>) -> String {
    match work {
        Work::Take(step) => gate(step.gate, way),
        Work::ReviewAfterwards => "事后审查".to_owned(),
        Work::Mend => "修改".to_owned(),
    }
}

/// A gate by its name; a round by the name the column gives it.
pub fn gate(gate: Gate, way: Option<&Way>) -> String {
    if let (Gate::Round(round), Some(way)) = (gate, way)
        && let Some(named) = way.rounds().get(round)
    {
        return named.name.clone();
    }
    words::review_gate(gate).to_owned()
}

/// Where a case stands.
pub fn stage(stage: Stage, way: Option<&Way>) -> String {
    match stage {
        Stage::Draft => "草稿".to_owned(),
        Stage::At(at) => format!("待{}", gate(at, way)),
        Stage::Scheduled => "已定时发布".to_owned(),
        Stage::Published => "已发布".to_owned(),
        Stage::Emergency => "已紧急发布，待事后审查".to_owned(),
        Stage::Objected => "事后审查未通过".to_owned(),
        Stage::Returned => "已退回修改".to_owned(),
        Stage::Recalled => "已撤回送审".to_owned(),
    }
}

/// How the mark of a stage looks.
pub fn stage_look(stage: Stage) -> &'static str {
    match stage {
        Stage::At(_) | Stage::Emergency => "waiting",
        Stage::Published | Stage::Scheduled => "done",
        Stage::Objected | Stage::Returned => "late",
        Stage::Draft | Stage::Recalled => "plain",
    }
}

/// An instant as lists show it.
pub fn moment(at: i64) -> String {
    minute_of(at)
}

/// 还有 2 个工作日, 今天到期, 已超期 3 个工作日.
pub fn days_left(cx: &Cx, due_on: &str) -> String {
    let (Ok(due), Ok(today)) = (due_on.parse(), cx.today().parse()) else { return String::new() };
    let calendar = cx.calendar();
    if due < today {
        return format!("已超期 {} 个工作日", calendar.working_days_between(due, today));
    }
    match calendar.working_days_between(today, due) {
        0 => "今天到期".to_owned(),
        days => format!("还有 {days} 个工作日"),
    }
}
