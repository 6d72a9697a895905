//! Who is told of a request about a public record: the second persons when one is asked for, everybody concerned when it
//! is decided.

use std::collections::BTreeSet;

use kit_db::Tx;
use rules::{permission::Role, standing::RequestState};

use super::{Kind, Request};
use crate::{
    cx::Cx,
    document::{self, Document},
    error::Result,
    id::{AccountId, OrganId},
    notify::{self, Message},
    staff,
};

/// Tells the signers of the organ and the disclosure office that a request waits for one of them.
pub fn asked(tx: &mut Tx<'_>, cx: &Cx, document: &Document, request: &Request) -> Result<()> {
    let to = second_persons(tx, cx, document.responsible_organ_id.as_ref())?;
    let title = title(tx, cx, document)?;
    let sentence = format!("“{title}”的{}申请等待确认", name(request.kind));
    tell(tx, cx, document, to, (notify::Kind::Task, &sentence))
}

/// Tells everybody concerned that a record was withdrawn at once and waits for the review afterwards.
pub fn emergency(tx: &mut Tx<'_>, cx: &Cx, document: &Document, request: &Request) -> Result<()> {
    let title = title(tx, cx, document)?;
    let second = second_persons(tx, cx, document.responsible_organ_id.as_ref())?;
    let sentence = format!("“{title}”已紧急撤回，等待事后审查");
    tell(tx, cx, document, second, (notify::Kind::Task, &sentence))?;
    let concerned = concerned(tx, cx, document, request)?;
    tell(tx, cx, document, concerned, (notify::Kind::Progress, &sentence))
}

/// Tells whoever asked, the authors and the organ's officers what was decided.
pub fn decided(tx: &mut Tx<'_>, cx: &Cx, document: &Document, request: &Request) -> Result<()> {
    let title = title(tx, cx, document)?;
    let what = name(request.kind);
    let sentence = match request.state {
        RequestState::Confirmed => format!("“{title}”已{what}"),
        RequestState::Refused => format!("“{title}”的{what}申请未获同意"),
        RequestState::TakenBack => format!("“{title}”的{what}申请已收回"),
        RequestState::Upheld => format!("“{title}”紧急撤回的事后审查已通过"),
        RequestState::Objected => format!("“{title}”紧急撤回的事后审查未通过，请重新发布"),
        RequestState::Open | RequestState::Emergency => return Ok(()),
    };
    let to = concerned(tx, cx, document, request)?;
    tell(tx, cx, document, to, (notify::Kind::Progress, &sentence))
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Correct => "更正",
        Kind::Withdraw => "撤回",
        Kind::Repeal => "废止",
    }
}

fn title(tx: &mut Tx<'_>, cx: &Cx, document: &Document) -> Result<String> {
    let newest = document::queries::newest_edition(tx, &cx.site_id, &document.id)?;
    Ok(newest.map(|edition| edition.content.title).unwrap_or_default())
}

fn second_persons(tx: &mut Tx<'_>, cx: &Cx, organ: Option<&OrganId>) -> Result<Vec<AccountId>> {
    let mut found = staff::queries::holders(tx, &cx.site_id, Role::DisclosureOffice, None, &cx.today())?;
    if let Some(organ) = organ {
        found.extend(staff::queries::holders(tx, &cx.site_id, Role::Signer, Some(organ), &cx.today())?);
    }
    Ok(found)
}

fn concerned(tx: &mut Tx<'_>, cx: &Cx, document: &Document, request: &Request) -> Result<Vec<AccountId>> {
    let organ = document.responsible_organ_id.as_ref();
    let role = Role::InformationOfficer;
    let mut found = match organ {
        Some(organ) => staff::queries::holders(tx, &cx.site_id, role, Some(organ), &cx.today())?,
        None => Vec::new(),
    };
    let asker = staff::queries::by_login(tx, &cx.site_id, &request.requested_by)?;
    found.extend(asker.map(|account| account.id));
    Ok(found)
}

/// Tells each once; whoever did it knows it already.
fn tell(
    tx: &mut Tx<'_>,
    cx: &Cx,
    document: &Document,
    to: Vec<AccountId>,
    (kind, text): (notify::Kind, &str),
) -> Result<()> {
    let actor = staff::queries::by_login(tx, &cx.site_id, &cx.actor)?.map(|account| account.id);
    let href = format!("/desk/documents/{}", document.id.0);
    let told: BTreeSet<AccountId> = to.into_iter().filter(|id| Some(id) != actor.as_ref()).collect();
    told.iter().try_for_each(|id| notify::actions::tell(tx, cx, id, Message { kind, text, href: &href }))
}
