//! Who is told of what happens to a case, and in which words.

use std::collections::BTreeSet;

use kit_db::Tx;
use rules::{
    permission::Role,
    review::{Deed, Gate, Stage},
};

use super::{
    dossier::Dossier,
    queries,
    waiting::{OpenStep, Work},
};
use crate::{
    cx::Cx,
    error::Result,
    id::{AccountId, OrganId},
    notify::{self, Kind, Message},
    organ, staff, words,
};

/// Tells those for whom a case waits now.
pub fn waits(tx: &mut Tx<'_>, cx: &Cx, dossier: &Dossier, step: &OpenStep) -> Result<()> {
    if let Some(role) = step.vacancy() {
        return vacant(tx, cx, dossier, role);
    }
    let to = asked(tx, cx, step)?;
    let title = &dossier.edition.content.title;
    let (kind, sentence) = match step.work {
        Work::Take(step) => (Kind::Task, format!("“{title}”等待{}", words::review_gate(step.gate))),
        Work::ReviewAfterwards => (Kind::Task, format!("“{title}”已紧急发布，等待事后审查")),
        Work::Mend => (Kind::Returned, format!("“{title}”已退回，请修改后重新送审")),
    };
    tell(tx, cx, dossier, &to, (kind, &sentence))
}

/// Tells the disclosure office which record nobody may go on with, and those who open accounts and give roles which role
/// an organ lacks; they may not read the record and are not told its title.
fn vacant(tx: &mut Tx<'_>, cx: &Cx, dossier: &Dossier, role: Role) -> Result<()> {
    let organ = match dossier.organ() {
        Some(id) => organ::queries::name_of(tx, &cx.site_id, id)?.unwrap_or_default(),
        None => String::new(),
    };
    let lacks = format!("{organ}没有可以办理的{}", words::role(role));
    let office = office(tx, cx)?;
    let sentence = format!("“{}”无人可办：{lacks}", dossier.edition.content.title);
    tell(tx, cx, dossier, &office, (Kind::Task, &sentence))?;
    let sentence = format!("{lacks}，有送审件无人可办，请系统管理员开设账号、安全管理员授予岗位");
    let message = Message { kind: Kind::Task, text: &sentence, href: "/desk" };
    let mut told = BTreeSet::new();
    for role in [Role::SystemAdministrator, Role::SecurityAdministrator] {
        told.extend(staff::queries::holders(tx, &cx.site_id, role, None, &cx.today())?);
    }
    told.iter().try_for_each(|id| notify::actions::tell(tx, cx, id, message))
}

/// Tells the authors what was decided, where they have nothing to do themselves.
pub fn decided(tx: &mut Tx<'_>, cx: &Cx, dossier: &Dossier) -> Result<()> {
    let title = &dossier.edition.content.title;
    let sentence = match (dossier.case.stage, dossier.case.entries.last().map(|entry| &entry.deed)) {
        (Stage::At(Gate::Publication), Some(Deed::Approved(_))) => format!("“{title}”已签发，等待发布"),
        (Stage::Scheduled, _) => format!("“{title}”已定时发布"),
        (Stage::Published, Some(Deed::Upheld)) => format!("“{title}”的事后审查已通过"),
        (Stage::Published, _) => format!("“{title}”已发布"),
        (Stage::Objected, _) => {
            let office = office(tx, cx)?;
            let sentence = format!("“{title}”的事后审查未通过，请尽快更正或者撤回");
            tell(tx, cx, dossier, &office, (Kind::Task, &sentence))?;
            sentence
        }
        _ => return Ok(()),
    };
    let authors = authors(tx, cx, dossier)?;
    tell(tx, cx, dossier, &authors, (Kind::Progress, &sentence))
}

/// Tells the authors and the disclosure office of an emergency publication.
pub fn emergency(tx: &mut Tx<'_>, cx: &Cx, dossier: &Dossier) -> Result<()> {
    let mut to = authors(tx, cx, dossier)?;
    to.extend(office(tx, cx)?);
    let sentence = format!("“{}”已由第二人紧急发布，须作事后审查", dossier.edition.content.title);
    tell(tx, cx, dossier, &to, (Kind::Progress, &sentence))
}

/// Tells those who come next, and the disclosure office, that a step is late.
pub fn late(tx: &mut Tx<'_>, cx: &Cx, dossier: &Dossier) -> Result<()> {
    let mut to = office(tx, cx)?;
    if let Some((role, organ)) = next_in_line(dossier) {
        to.extend(staff::queries::holders(tx, &cx.site_id, role, organ.as_ref(), &cx.today())?);
    }
    let title = &dossier.edition.content.title;
    let today = cx.today();
    for step in queries::open_steps(tx, &cx.site_id, &dossier.id)? {
        if step.due_on >= today || step.escalated_at.is_some() {
            continue;
        }
        let what = match step.work {
            Work::Take(step) => words::review_gate(step.gate),
            Work::ReviewAfterwards => "事后审查",
            Work::Mend => "修改",
        };
        let sentence = format!("“{title}”的{what}已超过期限，请督促");
        tell(tx, cx, dossier, &to, (Kind::Due, &sentence))?;
    }
    Ok(())
}

/// Whose turn it will be after the present gate.
fn next_in_line(dossier: &Dossier) -> Option<(Role, Option<OrganId>)> {
    let own = dossier.organ().cloned();
    match dossier.case.stage {
        Stage::At(Gate::Round(round)) if round + 1 < dossier.case.way.rounds().len() => {
            Some((Role::Reviewer, own))
        }
        Stage::At(Gate::Round(_)) => Some((Role::SecrecyReviewer, own)),
        Stage::At(_) => Some((Role::Signer, own)),
        Stage::Returned => Some((Role::Reviewer, own)),
        _ => None,
    }
}

fn asked(tx: &mut Tx<'_>, cx: &Cx, step: &OpenStep) -> Result<Vec<AccountId>> {
    if let Some(login) = &step.login {
        return Ok(staff::queries::by_login(tx, &cx.site_id, login)?
            .into_iter()
            .map(|account| account.id)
            .collect());
    }
    let Some(role) = step.role else { return Ok(Vec::new()) };
    Ok(staff::queries::holders(tx, &cx.site_id, role, step.organ_id.as_ref(), &cx.today())?)
}

fn office(tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<AccountId>> {
    Ok(staff::queries::holders(tx, &cx.site_id, Role::DisclosureOffice, None, &cx.today())?)
}

/// Authors with an account; an import has none.
fn authors(tx: &mut Tx<'_>, cx: &Cx, dossier: &Dossier) -> Result<Vec<AccountId>> {
    let mut found = Vec::new();
    for author in &dossier.case.authors {
        found.extend(staff::queries::by_login(tx, &cx.site_id, &author.0)?.map(|account| account.id));
    }
    Ok(found)
}

/// Tells each once; whoever did it knows it already.
fn tell(
    tx: &mut Tx<'_>,
    cx: &Cx,
    dossier: &Dossier,
    to: &[AccountId],
    (kind, text): (Kind, &str),
) -> Result<()> {
    let actor = staff::queries::by_login(tx, &cx.site_id, &cx.actor)?.map(|account| account.id);
    let href = format!("/desk/reviews/{}", dossier.id.0);
    let told: BTreeSet<&AccountId> = to.iter().filter(|id| Some(*id) != actor.as_ref()).collect();
    told.into_iter().try_for_each(|id| notify::actions::tell(tx, cx, id, Message { kind, text, href: &href }))
}
