//! Nobody publishes alone: who may not take which step, also when acting for somebody else.

use rules::{
    permission::Role,
    review::{Gate, ReviewRefusal as R, Stage, Step},
};

use super::{Office, form, refused};
use crate::{
    error::Error,
    review::{Outcome, emergency},
};

#[tokio::test]
async fn an_author_with_every_role_still_needs_others() {
    let office = Office::open().await;
    for (role, name) in [
        (Role::Reviewer, "all.reviewer"),
        (Role::SecrecyReviewer, "all.keeper"),
        (Role::Signer, "all.signer"),
    ] {
        // The same hands write and try to decide, whatever the roles.
        office.hire(name, role, &office.organ.clone()).await;
    }
    let draft = office.draft("一手包办").await;
    for name in ["all.reviewer", "all.keeper", "all.signer"] {
        draft.write(name, &format!("由{name}改过")).await.unwrap();
    }
    draft.submit("drafter").await.unwrap();
    assert_eq!(refused(draft.approve("all.reviewer").await), R::OwnText);
    draft.approve("reviewer").await.unwrap();
    assert_eq!(refused(draft.pass_secrecy("all.keeper").await), R::OwnText);
    draft.pass_secrecy("keeper").await.unwrap();
    assert_eq!(refused(draft.sign("all.signer").await), R::OwnText);
    draft.sign("signer").await.unwrap();
    assert!(!draft.is_public().await);
}

#[tokio::test]
async fn a_role_for_another_organ_reaches_nothing_here() {
    let office = Office::open().await;
    let other = office.app.organ("forestry", "林业局").await;
    office.hire("far.reviewer", Role::Reviewer, &other).await;
    office.hire("far.signer", Role::Signer, &other).await;
    let draft = office.draft("本机关的信息").await;
    draft.submit("drafter").await.unwrap();
    assert!(matches!(draft.approve("far.reviewer").await, Err(Error::Forbidden)));
    assert!(matches!(draft.approve("drafter").await, Err(Error::Forbidden)));
    assert!(office.waiting("far.reviewer").await.is_empty());
    draft.approve("reviewer").await.unwrap();
    draft.pass_secrecy("keeper").await.unwrap();
    assert!(matches!(draft.sign("far.signer").await, Err(Error::Forbidden)));
}

#[tokio::test]
async fn whoever_acts_for_an_author_may_not_decide_and_the_history_names_both() {
    let office = Office::open().await;
    office.hire("deputy", Role::Reviewer, &office.organ.clone()).await;
    office.delegate("signer", "deputy", "2026-03-31").await;
    let draft = office.draft("由他人代签").await;
    draft.submit("drafter").await.unwrap();
    draft.approve("reviewer").await.unwrap();
    draft.pass_secrecy("keeper").await.unwrap();
    assert_eq!(office.waiting("deputy").await.len(), 1);
    draft.sign("deputy").await.unwrap();
    let last = draft.dossier().await.entries.last().unwrap().entry.hand.clone().unwrap();
    assert_eq!((last.person.0.as_str(), last.acting_for.unwrap().0.as_str()), ("deputy", "signer"));

    let own = office.draft("签发人自己改过").await;
    own.write("signer", "签发人改的").await.unwrap();
    own.submit("drafter").await.unwrap();
    own.approve("reviewer").await.unwrap();
    own.pass_secrecy("keeper").await.unwrap();
    assert_eq!(refused(own.sign("deputy").await), R::OwnText);
    office.app.today("2026-04-01");
    assert!(matches!(own.sign("deputy").await, Err(Error::Forbidden)), "the delegation is over");
}

#[tokio::test]
async fn one_person_with_two_roles_takes_one_step_unless_the_site_lets_it_be_two() {
    let office = Office::open().await;
    let organ = office.organ.clone();
    office.hire("chief", Role::Reviewer, &organ).await;
    office
        .app
        .act(move |tx, cx| {
            let chief = crate::staff::queries::by_login(tx, &cx.site_id, "chief")?.unwrap();
            let grant = crate::staff::NewGrant {
                account_id: chief.id,
                organ_id: organ.clone(),
                role: Role::Signer,
                from_on: cx.today(),
                to_on: None,
                acting_for: None,
                basis: "演示数据".to_owned(),
            };
            crate::staff::actions::grant(tx, cx, &grant)
        })
        .await;
    let strict = office.draft("两个岗位").await;
    strict.submit("drafter").await.unwrap();
    strict.approve("chief").await.unwrap();
    strict.pass_secrecy("keeper").await.unwrap();
    assert!(office.waiting("chief").await.is_empty(), "it waits for the other signers");
    assert_eq!(refused(strict.sign("chief").await), R::TwoSteps(Gate::Round(0)));
    strict.sign("signer").await.unwrap();

    office.set(|setting| setting.reviewer_may_sign = true).await;
    let lax = office.draft("小机关").await;
    lax.submit("drafter").await.unwrap();
    lax.approve("chief").await.unwrap();
    lax.pass_secrecy("keeper").await.unwrap();
    assert_eq!(office.waiting("chief").await.iter().filter(|waiting| waiting.title == "小机关").count(), 1);
    lax.sign("chief").await.unwrap();
    assert_eq!(lax.stage().await, Stage::At(Gate::Publication));
}

#[tokio::test]
async fn an_emergency_is_published_by_a_second_person_and_reviewed_by_a_third() {
    let office = Office::open().await;
    let draft = office.draft("停水通知").await;
    draft.submit("drafter").await.unwrap();
    let urgent = |by: &'static str, reason: &'static str| {
        let (office, draft) = (office.clone(), draft.clone());
        async move {
            let (id, seen) = (draft.id().await, draft.seen().await);
            let work = move |tx: &mut kit_db::Tx<'_>, cx: &crate::cx::Cx, actor: &crate::review::Actor| {
                emergency::publish(tx, cx, actor, &id, (&seen, reason), &form())
            };
            office.by(by, work).await
        }
    };
    assert!(matches!(urgent("signer", " ").await, Err(Error::Refused(_))));
    assert!(matches!(urgent("drafter", "主管道破裂").await, Err(Error::Forbidden)));
    assert!(matches!(urgent("reviewer", "主管道破裂").await, Err(Error::Forbidden)));
    assert_eq!(urgent("signer", "主管道破裂").await.unwrap(), Outcome::Done);
    assert_eq!(urgent("signer", "主管道破裂").await.unwrap(), Outcome::Repeated);
    assert!(draft.is_public().await);
    let dossier = draft.dossier().await;
    assert_eq!((dossier.case.stage, dossier.row().unwrap().emergency), (Stage::Emergency, true));
    let waiting = office.waiting("second.signer").await;
    assert_eq!((waiting.len(), waiting[0].step.due_on.as_str()), (1, "2026-03-23"), "one working day");
    assert!(office.waiting("signer").await.is_empty());
    let afterwards = |by: &'static str| {
        let (office, draft) = (office.clone(), draft.clone());
        async move {
            let id = draft.id().await;
            let work = move |tx: &mut kit_db::Tx<'_>, cx: &crate::cx::Cx, actor: &crate::review::Actor| {
                emergency::review_afterwards(tx, cx, actor, &id, true, "确属紧急")
            };
            office.by(by, work).await
        }
    };
    assert_eq!(refused(afterwards("signer").await), R::OwnEmergency);
    assert_eq!(afterwards("second.signer").await.unwrap(), Outcome::Done);
    assert_eq!(afterwards("second.signer").await.unwrap(), Outcome::Repeated);
    assert_eq!(draft.stage().await, Stage::Published);
    assert!(draft.dossier().await.row().unwrap().emergency, "the mark stays");
}

#[tokio::test]
async fn an_empty_chair_is_the_disclosure_offices_business() {
    let office = Office::open().await;
    let other = office.app.organ("forestry", "林业局").await;
    office.hire("far.drafter", Role::InformationOfficer, &other).await;
    let record = office.app.document("没有审核员的机关").organ("林业局").draft().await;
    let draft = super::Draft { office: office.clone(), record };
    draft.submit("far.drafter").await.unwrap();
    let waiting = office.waiting("office").await;
    assert_eq!((waiting.len(), waiting[0].step.role), (1, Some(Role::DisclosureOffice)));
    draft.approve_at("office", Step::at(Gate::Round(0))).await.unwrap();
    assert!(matches!(draft.pass_secrecy("office").await, Err(Error::Forbidden)));
}
