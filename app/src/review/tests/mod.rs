//! Stories of the way: an office of people with roles, a record, and what each of them can and cannot do with it.

mod any_order;
mod clock;
mod links;
mod separation;
mod the_way;

use kit_db::Tx;
use rules::{
    permission::Role,
    review::{Gate, ReturnTo, ReviewRefusal, Stage, Step},
};

use super::{
    Actor, Outcome, Remark,
    actions::{self, Judgement},
    dossier::Dossier,
    secrecy::{self, SecrecyForm},
    waiting::{Waiting, waiting_for},
    way::{self, Party, RoundSetting, Setting},
};
use crate::{
    cx::Cx,
    error::{Error, Refusal, Result},
    id::{CaseId, OrganId},
    organ,
    staff::{self, NewAccount, NewGrant},
    test_app::{Record, TestApp},
};

/// An office: the government of the site with its people, each known by login.
#[derive(Clone)]
pub(super) struct Office {
    pub app: TestApp,
    pub organ: OrganId,
}

/// Everybody whom a case needs, and some whom it does not.
const PEOPLE: [(&str, Role); 9] = [
    ("drafter", Role::InformationOfficer),
    ("helper", Role::InformationOfficer),
    ("reviewer", Role::Reviewer),
    ("second.reviewer", Role::Reviewer),
    ("keeper", Role::SecrecyReviewer),
    ("signer", Role::Signer),
    ("second.signer", Role::Signer),
    ("office", Role::DisclosureOffice),
    ("second.office", Role::DisclosureOffice),
];

impl Office {
    /// The office with one round of review for all columns.
    pub async fn open() -> Office {
        let app = TestApp::start().await;
        let organ =
            app.read(|tx, cx| Ok(organ::queries::by_code(tx, &cx.site_id, "government")?.unwrap().id)).await;
        let office = Office { app, organ };
        for (login, role) in PEOPLE {
            office.hire(login, role, &office.organ.clone()).await;
        }
        office.set(|setting| setting.rounds = vec![round("科室审核", true, vec![Party::OwnOrgan])]).await;
        office
    }

    /// Opens an account with one role.
    pub async fn hire(&self, login: &str, role: Role, organ: &OrganId) {
        let new = NewAccount {
            login: login.to_owned(),
            name: format!("演示{login}"),
            email: String::new(),
            phone: String::new(),
            password_hash: String::new(),
            must_change_password: false,
        };
        let organ_id = organ.clone();
        self.app
            .act(move |tx, cx| {
                let account_id = staff::actions::create(tx, cx, &new)?;
                let grant = NewGrant {
                    account_id,
                    organ_id: organ_id.clone(),
                    role,
                    from_on: "2026-01-01".to_owned(),
                    to_on: None,
                    acting_for: None,
                    basis: "演示数据".to_owned(),
                };
                staff::actions::grant(tx, cx, &grant)
            })
            .await;
    }

    /// Lets one act for another from today until a day.
    pub async fn delegate(&self, from: &str, to: &str, until: &str) {
        let (from, to, until) = (from.to_owned(), to.to_owned(), until.to_owned());
        self.app
            .act(move |tx, cx| {
                let giver = staff::queries::by_login(tx, &cx.site_id, &from)?.unwrap();
                let taker = staff::queries::by_login(tx, &cx.site_id, &to)?.unwrap();
                let own = staff::queries::grants_on(tx, &cx.site_id, &giver.id, &cx.today())?.remove(0);
                staff::actions::delegate(tx, cx, &own, &taker.id, (&cx.today(), &until), "外出")
            })
            .await;
    }

    /// Changes what the site sets of its ways.
    pub async fn set(&self, change: impl Fn(&mut Setting) + Send + 'static) {
        self.app
            .act(move |tx, cx| {
                let mut setting = way::setting(tx, cx)?;
                change(&mut setting);
                way::set(tx, cx, &setting)
            })
            .await;
    }

    /// A draft written by the drafter.
    pub async fn draft(&self, title: &str) -> Draft {
        let record = self.app.document(title).draft().await;
        let (edition, content) = (record.edition.clone(), record.content().await);
        self.by("drafter", move |tx, cx, _| crate::document::actions::edit_draft(tx, cx, &edition, &content))
            .await
            .unwrap();
        Draft { office: self.clone(), record }
    }

    /// Does something as a person.
    pub async fn by<T: Send + 'static>(
        &self,
        login: &str,
        mut work: impl FnMut(&mut Tx<'_>, &Cx, &Actor) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let cx = self.app.app.cx(&self.app.site_id, login);
        let login = login.to_owned();
        let work = move |tx: &mut Tx<'_>, cx: &Cx| {
            let actor = actor(tx, cx, &login)?;
            work(tx, cx, &actor)
        };
        self.app.app.act(cx, work).await
    }

    /// What waits for a person.
    pub async fn waiting(&self, login: &str) -> Vec<Waiting> {
        let login = login.to_owned();
        self.app
            .read(move |tx, cx| {
                let actor = actor(tx, cx, &login)?;
                waiting_for(tx, cx, &actor)
            })
            .await
    }
}

fn actor(tx: &mut Tx<'_>, cx: &Cx, login: &str) -> Result<Actor> {
    let account = staff::queries::by_login(tx, &cx.site_id, login)?.ok_or(Error::NotFound)?;
    let grants = staff::queries::grants_on(tx, &cx.site_id, &account.id, &cx.today())?;
    Ok(Actor { login: login.to_owned(), grants })
}

pub(super) fn round(name: &str, all: bool, parties: Vec<Party>) -> RoundSetting {
    RoundSetting { name: name.to_owned(), all, parties }
}

/// A filled-in secrecy form.
pub(super) fn form() -> SecrecyForm {
    SecrecyForm {
        opinion: "不涉密，可以公开。".to_owned(),
        bases: vec!["no_secret".to_owned(), "reviewed_singly".to_owned()],
        ..SecrecyForm::default()
    }
}

/// A record that is on its way.
#[derive(Clone)]
pub(super) struct Draft {
    pub office: Office,
    pub record: Record,
}

impl Draft {
    /// The case as it stands.
    pub async fn dossier(&self) -> Dossier {
        let edition = self.record.edition.clone();
        self.office.app.read(move |tx, cx| Dossier::of_edition(tx, cx, &edition)).await
    }

    pub async fn stage(&self) -> Stage {
        self.dossier().await.case.stage
    }

    pub async fn id(&self) -> CaseId {
        self.dossier().await.id
    }

    /// Digest of what the edition says now.
    pub async fn seen(&self) -> String {
        self.dossier().await.content().0.clone()
    }

    pub async fn submit(&self, by: &str) -> Result<Outcome> {
        let edition = self.record.edition.clone();
        let work = self.office.by(by, move |tx, cx, actor| actions::submit(tx, cx, actor, &edition, ""));
        work.await.map(|(_, outcome)| outcome)
    }

    /// Somebody changes the body.
    pub async fn write(&self, by: &str, text: &str) -> Result<()> {
        let (edition, mut content) = (self.record.edition.clone(), self.record.content().await);
        content.body_html = format!("<p>{text}</p>");
        content.body_text = text.to_owned();
        let edit = move |tx: &mut Tx<'_>, cx: &Cx, _: &Actor| {
            crate::document::actions::edit_draft(tx, cx, &edition, &content)
        };
        self.office.by(by, edit).await
    }

    pub async fn approve_at(&self, by: &str, step: Step) -> Result<Outcome> {
        let (id, seen) = (self.id().await, self.seen().await);
        self.approve_seen(by, &id, step, seen).await
    }

    pub async fn approve_seen(&self, by: &str, id: &CaseId, step: Step, seen: String) -> Result<Outcome> {
        let judgement = Judgement { step, seen, remark: Remark::default() };
        let id = id.clone();
        self.office.by(by, move |tx, cx, actor| actions::approve(tx, cx, actor, &id, &judgement)).await
    }

    pub async fn approve(&self, by: &str) -> Result<Outcome> {
        self.approve_at(by, Step::at(Gate::Round(0))).await
    }

    pub async fn pass_secrecy(&self, by: &str) -> Result<Outcome> {
        let (id, seen) = (self.id().await, self.seen().await);
        self.office.by(by, move |tx, cx, actor| secrecy::pass(tx, cx, actor, &id, &seen, &form())).await
    }

    pub async fn sign(&self, by: &str) -> Result<Outcome> {
        self.approve_at(by, Step::at(Gate::SignOff)).await
    }

    pub async fn return_from(&self, by: &str, gate: Gate, to: ReturnTo, remark: Remark) -> Result<Outcome> {
        let (id, seen) = (self.id().await, self.seen().await);
        let judgement = Judgement { step: Step::at(gate), seen, remark };
        let work = move |tx: &mut Tx<'_>, cx: &Cx, actor: &Actor| {
            actions::return_to(tx, cx, actor, &id, &judgement, to.clone())
        };
        self.office.by(by, work).await
    }

    pub async fn publish(&self, by: &str) -> Result<Outcome> {
        let (id, seen) = (self.id().await, self.seen().await);
        self.office.by(by, move |tx, cx, actor| actions::publish(tx, cx, actor, &id, &seen)).await
    }

    pub async fn schedule(&self, by: &str, minute: &str) -> Result<Outcome> {
        let (id, seen) = (self.id().await, self.seen().await);
        let at = crate::cx::instant_of(minute).unwrap();
        self.office.by(by, move |tx, cx, actor| actions::schedule(tx, cx, actor, &id, &seen, at)).await
    }

    /// Brings it to the end of its way without publishing it.
    pub async fn clear(&self) {
        self.submit("drafter").await.unwrap();
        self.approve("reviewer").await.unwrap();
        self.pass_secrecy("keeper").await.unwrap();
        self.sign("signer").await.unwrap();
    }

    /// Whether readers see it.
    pub async fn is_public(&self) -> bool {
        self.record.row().await.state == "live"
    }
}

/// The refusal of the way that came instead of an outcome.
#[track_caller]
pub(super) fn refused(outcome: Result<Outcome>) -> ReviewRefusal {
    match outcome {
        Err(Error::Refused(Refusal::Review(refusal))) => refusal,
        other => panic!("not refused by the way: {other:?}"),
    }
}
