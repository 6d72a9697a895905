//! The page of a case: where it stands and for whom it waits, what differs from what was seen last, the record itself,
//! what this person may decide, and everything that was decided.

use askama::Template;
use axum::{
    http::{HeaderMap, Method},
    response::Response,
};
use kit_db::Tx;
use kit_text::diff::{DiffBlock, PieceKind};
use kit_web::forms::{Form, FormErrors};
use rules::{
    check::Weight,
    permission::Role,
    review::{Deed, Stage},
};

use super::{
    difference::Difference,
    history::{self, HistoryLine},
    names::{self, Names},
    sheet::Sheet,
    tasks::{self, Powers, Task},
};
use crate::{
    attachment, check,
    cx::Cx,
    desk::{
        officer::Officer,
        page::Layout,
        stored_file::{NEVER_KEPT, Sent},
    },
    document,
    error::{Error, Result},
    id::CaseId,
    portal::visit::Address,
    reference::SecrecyBasis,
    review::{
        Actor,
        dossier::Dossier,
        queries,
        snapshot::{self, Snapshot},
        waiting::OpenStep,
    },
};

/// How many passages a secrecy form has room for.
pub const MASK_ROWS: usize = 4;

#[derive(Template)]
#[template(path = "desk/review/case_page.html")]
struct CasePage {
    layout: Layout,
    view: CaseView,
    tasks: Vec<Task>,
    powers: Powers,
    bases: Vec<SecrecyBasis>,
    mask_rows: Vec<usize>,
    typed: Form,
    errors: FormErrors,
}

/// What the page shows of a case.
pub struct CaseView {
    /// Id, in addresses.
    pub id: String,
    /// The document's id.
    pub document_id: String,
    /// Where it stands.
    pub stage: String,
    /// How the mark of the stage looks.
    pub stage_look: &'static str,
    /// Organ, column, who submitted it when.
    pub facts: Vec<(&'static str, String)>,
    /// For whom it waits.
    pub waits: Vec<WaitLine>,
    /// Whether it is or was an emergency.
    pub emergency: bool,
    /// Digest of what is shown.
    pub content: String,
    /// What differs from what was judged last, and when that was.
    pub since_judged: Option<(String, Difference)>,
    /// What differs from what readers see now.
    pub against_live: Option<Difference>,
    /// The record.
    pub sheet: Sheet,
    /// What the checks find in it, with the reasons given for what stays.
    pub findings: Vec<FindingLine>,
    /// What was done.
    pub history: Vec<HistoryLine>,
    /// Whether it lies with its authors.
    pub is_with_authors: bool,
    /// The edition, for the way to the editor.
    pub edition_id: String,
}

/// Something that the checks find.
pub struct FindingLine {
    /// Name of the rule.
    pub label: &'static str,
    /// Whether it keeps the record from being submitted and signed.
    pub is_blocking: bool,
    /// What is wrong.
    pub sentence: String,
    /// Where.
    pub place: String,
    /// Why it may stay, in the words of an officer.
    pub justified: Option<String>,
}

/// For whom a case waits.
pub struct WaitLine {
    /// What is to be done.
    pub what: String,
    /// By whom.
    pub who: String,
    /// Since when.
    pub since: String,
    /// How long there is.
    pub left: String,
    /// Whether it is late.
    pub is_late: bool,
    /// What is lacking and how it is mended, where nobody may take the step.
    pub lack: Option<String>,
}

/// Everything read for the page.
pub struct Gathered {
    /// What the page shows.
    pub view: CaseView,
    /// What this person may decide.
    pub tasks: Vec<Task>,
    /// What else this person may do.
    pub powers: Powers,
}

/// `/desk/reviews/{case_id}`.
pub async fn show(officer: Officer, Address(id): Address<String>) -> Response {
    let made = page(&officer, CaseId(id), Form::default(), FormErrors::default()).await;
    officer.answer(made.and_then(|page| officer.page(&page)))
}

/// The same page with what was typed and what is wrong with it.
pub async fn again(officer: &Officer, id: CaseId, typed: Form, errors: FormErrors) -> Result<Response> {
    page(officer, id, typed, errors).await.and_then(|page| officer.page_with_mistakes(&page))
}

async fn page(officer: &Officer, id: CaseId, typed: Form, errors: FormErrors) -> Result<CasePage> {
    let actor = actor(officer);
    let gathered = officer.read(move |tx, cx| gather(tx, cx, &actor, &id)).await?;
    let Gathered { view, tasks, powers, .. } = gathered;
    Ok(CasePage {
        layout: officer
            .layout(view.sheet.title.clone())
            .under(&[("首页", "/desk"), ("审核", "/desk/reviews")]),
        tasks,
        powers,
        bases: officer.cx().reference.secrecy_bases.iter().cloned().collect(),
        mask_rows: (1..=MASK_ROWS).collect(),
        typed,
        errors,
        view,
    })
}

/// The person behind a request, as the way knows persons.
pub fn actor(officer: &Officer) -> Actor {
    Actor { login: officer.account.login.clone(), grants: officer.grants.clone() }
}

/// Reads a case for somebody who may see it.
///
/// # Errors
/// Not found where there is none, or none that this person may see.
pub fn gather(tx: &mut Tx<'_>, cx: &Cx, actor: &Actor, id: &CaseId) -> Result<Gathered> {
    let dossier = Dossier::find(tx, cx, id)?;
    let names = Names::read(tx, cx)?;
    let (tasks, powers) = tasks::of(tx, cx, actor, &dossier, &names)?;
    if !powers.may_see {
        return Err(Error::NotFound);
    }
    let view = view(tx, cx, &dossier, &names)?;
    Ok(Gathered { view, tasks, powers })
}

/// What is shown of a case to whoever may see it.
pub fn view(tx: &mut Tx<'_>, cx: &Cx, dossier: &Dossier, names: &Names) -> Result<CaseView> {
    let id = &dossier.id;
    let way = &dossier.case.way;
    let forms = queries::secrecy_forms(tx, &cx.site_id, id)?;
    let now = dossier.content().0.clone();
    let steps = queries::open_steps(tx, &cx.site_id, id)?;
    let stage = dossier.case.stage;
    Ok(CaseView {
        id: id.0.clone(),
        document_id: dossier.document.id.0.clone(),
        stage: names::stage(stage, Some(way)),
        stage_look: names::stage_look(stage),
        facts: facts(tx, cx, dossier, names)?,
        waits: steps.iter().map(|step| wait_line(cx, names, dossier, step)).collect(),
        emergency: dossier.row().is_some_and(|row| row.emergency),
        since_judged: since_judged(tx, cx, dossier)?,
        against_live: against_live(tx, cx, dossier)?,
        sheet: Sheet::new(cx.reference, &dossier.now, &format!("/desk/reviews/{}", id.0)),
        findings: findings(tx, cx, dossier)?,
        history: history::lines(cx, names, way, &dossier.entries, &forms, &now),
        is_with_authors: matches!(stage, Stage::Draft | Stage::Returned | Stage::Recalled),
        edition_id: dossier.edition.id.0.clone(),
        content: now,
    })
}

fn facts(tx: &mut Tx<'_>, cx: &Cx, dossier: &Dossier, names: &Names) -> Result<Vec<(&'static str, String)>> {
    let columns = crate::column::queries::all(tx, &cx.site_id)?;
    let path = crate::column::path(&columns, &dossier.document.column_id);
    let path: Vec<&str> = path.iter().map(|column| column.name.as_str()).collect();
    let mut facts = vec![("栏目", path.join(" › "))];
    facts.extend(dossier.organ().map(|organ| ("责任机关", names.organ(organ))));
    let authors: Vec<String> = dossier.case.authors.iter().map(|person| names.person(&person.0)).collect();
    facts.push(("起草、修改", authors.join("、")));
    if let Some((by, at)) =
        dossier.row().and_then(|row| Some((row.submitted_by.as_ref()?, row.submitted_at?)))
    {
        facts.push(("送审", format!("{}　{}", names.person(by), names::moment(at))));
    }
    let version = dossier.edition.number;
    facts.push(("版本", format!("第 {version} 版{}", if version > 1 { "（更正）" } else { "" })));
    Ok(facts)
}

fn findings(tx: &mut Tx<'_>, cx: &Cx, dossier: &Dossier) -> Result<Vec<FindingLine>> {
    let found = check::actions::findings(tx, cx, &dossier.edition.id)?;
    let line = |shown: check::shown::Shown| FindingLine {
        label: shown.label,
        is_blocking: shown.weight == Weight::Blocking,
        sentence: shown.sentence,
        place: shown.place.words,
        justified: shown.justified,
    };
    Ok(found.into_iter().map(line).collect())
}

fn wait_line(cx: &Cx, names: &Names, dossier: &Dossier, step: &OpenStep) -> WaitLine {
    WaitLine {
        what: names::work(step.work, Some(&dossier.case.way)),
        who: names.asked(step),
        since: names::moment(step.since_at),
        left: names::days_left(cx, &step.due_on),
        is_late: step.due_on < cx.today(),
        lack: step.vacancy().map(|role| lack(names, dossier, role)),
    }
}

/// What is lacking, and the way out.
fn lack(names: &Names, dossier: &Dossier, role: Role) -> String {
    let lacks = names::lack(names, role, dossier.organ());
    let word = crate::words::role(role);
    let link = if role == Role::Signer {
        "主管部门也可以在本页签发一次性链接，请领导签发。"
    } else {
        ""
    };
    format!(
        "{lacks}。请系统管理员开设账号、安全管理员授予“{word}”岗位（起草、修改过本件或者办理过其他环节的人员不能办理）；\
         授予后一分钟内，本件自动转到该人员的待办。{link}"
    )
}

/// What was judged last, where it is not what there is now.
fn since_judged(tx: &mut Tx<'_>, cx: &Cx, dossier: &Dossier) -> Result<Option<(String, Difference)>> {
    let judged = |deed: &Deed| matches!(deed, Deed::Approved(_) | Deed::Returned(..) | Deed::Refused(_));
    let Some(last) = dossier.entries.iter().rfind(|row| judged(&row.entry.deed)) else { return Ok(None) };
    if last.entry.content == *dossier.content() {
        return Ok(None);
    }
    let Some(before) = snapshot::kept(tx, cx, &last.entry.content)? else { return Ok(None) };
    let difference = Difference::between(cx.reference, &before, &dossier.now);
    Ok(Some((names::moment(last.at), difference)))
}

fn against_live(tx: &mut Tx<'_>, cx: &Cx, dossier: &Dossier) -> Result<Option<Difference>> {
    let Some(live) = &dossier.document.live_edition_id else { return Ok(None) };
    if *live == dossier.edition.id {
        return Ok(None);
    }
    let live = document::actions::find_edition(tx, cx, live)?;
    let live = Snapshot::take(tx, cx, &dossier.document, &live)?;
    // The reason for a correction belongs to the new version alone and is shown with its fields.
    let live = Snapshot {
        change_reason: dossier.now.change_reason.clone(),
        change_note: dossier.now.change_note.clone(),
        ..live
    };
    Ok(Some(Difference::between(cx.reference, &live, &dossier.now)))
}

/// `/desk/reviews/{case_id}/files/{hash}/{name}`: a file of the edition under review.
pub async fn file(
    officer: Officer,
    method: Method,
    headers: HeaderMap,
    Address((id, hash, _name)): Address<(String, String, String)>,
) -> Response {
    let actor = actor(&officer);
    let found = officer.read(move |tx, cx| {
        let dossier = Dossier::find(tx, cx, &CaseId(id))?;
        let names = Names::read(tx, cx)?;
        if !tasks::of(tx, cx, &actor, &dossier, &names)?.1.may_see {
            return Err(Error::NotFound);
        }
        file_of(tx, cx, &dossier, &hash)
    });
    let answer = match found.await {
        Ok(file) => send(&officer.visit, &file, &method, &headers).await,
        Err(error) => Err(error),
    };
    officer.answer(answer)
}

/// The file of an edition whose digest begins so.
pub fn file_of(tx: &mut Tx<'_>, cx: &Cx, dossier: &Dossier, hash: &str) -> Result<attachment::Attachment> {
    if hash.len() < 16 {
        return Err(Error::NotFound);
    }
    let files = attachment::queries::of_edition(tx, &cx.site_id, &dossier.edition.id)?;
    files.into_iter().find(|file| file.file.sha256.starts_with(hash)).ok_or(Error::NotFound)
}

/// Sends a stored file that nobody but this reader may keep.
pub async fn send(
    visit: &crate::portal::visit::Visit,
    kept: &attachment::Attachment,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Response> {
    let sent = Sent {
        name: &kept.name,
        sha256: &kept.file.sha256,
        media_type: &kept.file.media_type,
        cache: NEVER_KEPT,
    };
    sent.answer(visit, method, headers).await
}

impl CasePage {
    /// Whether this person has anything to decide here.
    fn has_work(&self) -> bool {
        let Powers { may_publish, may_unschedule, may_review_afterwards, may_submit, .. } = self.powers;
        !self.tasks.is_empty() || may_publish || may_unschedule || may_review_afterwards || may_submit
    }

    /// Whether a box was ticked in what was sent.
    fn is_chosen(&self, field: &str, value: &str) -> bool {
        self.typed.all(field).any(|sent| sent == value)
    }
}
