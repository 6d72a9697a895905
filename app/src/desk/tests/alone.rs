//! Nobody publishes alone: one person who holds every role that can be held together tries everything, under every
//! setting of the ways that a site can choose.

use kit_web::test_browser::Reply;
use rules::{
    permission::Role,
    review::{Gate, Stage},
};

use super::{
    permission::{rows, send_as},
    table::{self, Line},
    world::Values,
};
use crate::{
    document,
    id::{DocumentId, EditionId},
    review::{
        dossier::Dossier,
        way::{self, Party, RoundSetting},
    },
    test_app::{Desk, TestApp},
};

/// Every role that is no administrator's.
fn roles() -> impl Iterator<Item = Role> {
    Role::ALL.into_iter().filter(|role| !role.is_administrator())
}

/// Somebody who holds them all for the government.
async fn jack_of_all_trades(app: &TestApp) -> Desk {
    let account = app.account("jack").await;
    for role in roles() {
        app.grant(&account, role, "government").await;
    }
    app.sign_in(&account, true).await
}

/// Every way that a site can set: no round or one, asked of whom, and both kinds of sharing.
fn settings() -> Vec<way::Setting> {
    let round = |parties: Vec<Party>, all| RoundSetting { name: "科室审核".to_owned(), all, parties };
    let rounds = [
        vec![],
        vec![round(vec![Party::OwnOrgan], true)],
        vec![round(vec![Party::DisclosureOffice], true)],
        vec![round(vec![Party::OwnOrgan, Party::DisclosureOffice], false)],
    ];
    let mut all = Vec::new();
    for rounds in rounds {
        for (reviewer_may_sign, secrecy_may_be_shared) in
            [(false, false), (false, true), (true, false), (true, true)]
        {
            let defaults = way::Setting::default();
            all.push(way::Setting {
                rounds: rounds.clone(),
                reviewer_may_sign,
                secrecy_may_be_shared,
                ..defaults
            });
        }
    }
    all
}

async fn set(app: &TestApp, setting: way::Setting) {
    app.act(move |tx, cx| way::set(tx, cx, &setting)).await;
}

/// Writes a record through the pages; gives its edition.
async fn write(app: &TestApp, desk: &mut Desk, title: &str) -> (DocumentId, EditionId) {
    let (organ, column) = app
        .read(|tx, cx| {
            let organ = crate::organ::queries::by_code(tx, &cx.site_id, "government")?.unwrap().id.0;
            Ok((organ, crate::column::queries::by_code(tx, &cx.site_id, "policy")?.unwrap().id.0))
        })
        .await;
    let fields =
        [("organ", organ.as_str()), ("column", column.as_str()), ("kind", "other"), ("title", title)];
    let made = desk.post("/desk/documents", &fields).await;
    let edition = made.address().split('/').nth(3).unwrap().to_owned();
    let body = [("version", "1"), ("title", title), ("body_html", "<p>演示数据：一个人写的正文。</p>")];
    desk.post(&format!("/desk/editions/{edition}"), &body).await;
    let id = EditionId(edition);
    let of = id.clone();
    let document =
        app.read(move |tx, cx| Ok(document::actions::find_edition(tx, cx, &of)?.document_id)).await;
    (document, id)
}

async fn stage(app: &TestApp, edition: &EditionId) -> Stage {
    let edition = edition.clone();
    app.read(move |tx, cx| Ok(Dossier::of_edition(tx, cx, &edition)?.case.stage)).await
}

/// What forms about a case name.
async fn values(app: &TestApp, document: &DocumentId, edition: &EditionId) -> Values {
    let of = edition.clone();
    let read = app.read(move |tx, cx| {
        let dossier = Dossier::of_edition(tx, cx, &of)?;
        Ok((dossier.id.0.clone(), dossier.content().0.clone(), dossier.edition.version))
    });
    let (case, content, version) = read.await;
    Values::from([
        ("case_id", case),
        ("content", content),
        ("version", version.to_string()),
        ("id", edition.0.clone()),
        ("edition_id", edition.0.clone()),
        ("document_id", document.0.clone()),
        ("imported_at", app.now().to_string()),
        ("mark", String::new()),
    ])
}

/// Whether readers have that edition before them.
async fn is_live(app: &TestApp, edition: &EditionId) -> bool {
    let edition = edition.clone();
    app.read(move |tx, cx| Ok(document::actions::find_edition(tx, cx, &edition)?.state == "live")).await
}

/// The forms that move a record on: of its case, in bulk, and of the review list of imports.
fn moving() -> impl Iterator<Item = &'static Line> {
    let imports = table::KEEPING.iter().filter(|line| line.address.contains("/imports/review"));
    let submit = table::WRITING.iter().filter(|line| line.address.ends_with("/submit"));
    let forms = table::REVIEWING.iter().filter(|line| line.address.starts_with("/desk/reviews/{case_id}/"));
    let bulk = table::REVIEWING.iter().filter(|line| line.address == "/desk/reviews/bulk");
    let settled = |line: &&Line| {
        // Taking it back leads nowhere.
        line.method == "POST" && !["/recall", "/return"].iter().any(|end| line.address.ends_with(end))
    };
    submit.chain(forms).chain(bulk).chain(imports).filter(settled)
}

/// Uses a link that was just issued, as its holder would.
async fn use_link(app: &TestApp, reply: &Reply) {
    let Some(at) = reply.html().find("/approve/") else { return };
    let path: String = reply.html()[at..].chars().take_while(|c| !"\"<& ".contains(*c)).collect();
    app.browser().post(&path, &[("verdict", "approve")]).await;
}

/// Sends everything again and again, until three rounds have led no further.
async fn try_everything(app: &TestApp, desk: &mut Desk, document: &DocumentId, edition: &EditionId) {
    for _ in 0..3 {
        for line in moving() {
            let values = values(app, document, edition).await;
            let reply = send_as(desk, line, &values).await;
            assert!(reply.status() < 500, "{}: {}", line.address, reply.status());
            if line.address.ends_with("/links") && reply.status() == 200 {
                use_link(app, &reply).await;
            }
            assert!(!is_live(app, edition).await, "{} published it", line.address);
        }
    }
    app.advance_minutes(14 * 24 * 60);
    app.settle().await;
    assert!(!is_live(app, edition).await, "it went public by itself");
}

#[tokio::test]
async fn one_person_with_every_role_takes_no_record_from_draft_to_live_under_any_setting() {
    let app = TestApp::start().await;
    let mut jack = jack_of_all_trades(&app).await;
    for (at, setting) in settings().into_iter().enumerate() {
        app.today("2026-03-20");
        set(&app, setting.clone()).await;
        let account = jack.account.clone();
        jack = app.sign_in(&account, true).await;
        let (document, edition) = write(&app, &mut jack, &format!("一个人的第{at}稿")).await;
        try_everything(&app, &mut jack, &document, &edition).await;
        let expected = if setting.rounds.is_empty() { Gate::Secrecy } else { Gate::Round(0) };
        assert_eq!(stage(&app, &edition).await, Stage::At(expected), "{setting:?}");
    }
}

#[tokio::test]
async fn one_person_with_every_role_puts_no_correction_before_readers_and_withdraws_nothing_quietly() {
    let app = TestApp::start().await;
    let mut jack = jack_of_all_trades(&app).await;
    let record = app.document("收费标准").body("每户一百元。").publish().await;
    let address = format!("/desk/documents/{}", record.id.0);
    let fields = [("reason", "wording"), ("note", "更正金额")];
    let opened = jack.post(&format!("{address}/correct"), &fields).await;
    let edition = EditionId(opened.address().split('/').nth(3).unwrap().to_owned());
    let version = values(&app, &record.id, &edition).await["version"].clone();
    let text = [("version", version.as_str()), ("body_html", "<p>每户二百元。</p>")];
    jack.post(&format!("/desk/editions/{}", edition.0), &text).await;
    try_everything(&app, &mut jack, &record.id, &edition).await;
    assert!(app.page(&record.address()).await.contains("每户一百元"));
    app.today("2026-03-20");
    let account = jack.account.clone();
    jack = app.sign_in(&account, true).await;
    let asked = [("reason", "content_error"), ("note", "数字有误"), ("act", "ask")];
    let page = jack.post(&format!("{address}/withdraw"), &asked).await;
    assert!(page.text().contains("等待第二人确认"), "{}", page.text());
    let request = app.read({
        let id = record.id.clone();
        move |tx, cx| Ok(crate::standing::queries::of_document(tx, &cx.site_id, &id)?.remove(0).id.0)
    });
    let confirmed = jack.post(&format!("/desk/requests/{}", request.await), &[("act", "confirm")]).await;
    assert_eq!(confirmed.status(), 422, "{}", confirmed.text());
    assert!(app.page(&record.address()).await.contains("每户一百元"));
}

#[tokio::test]
async fn whoever_wrote_a_record_does_not_review_its_secrecy_whatever_the_site_sets() {
    let app = TestApp::start().await;
    let mut jack = jack_of_all_trades(&app).await;
    let mut keeper = app.officer("keeper", Role::SecrecyReviewer, "government").await;
    let secrecy = table::REVIEWING.iter().find(|line| line.address.ends_with("/secrecy")).unwrap();
    for (at, setting) in settings().into_iter().filter(|setting| setting.rounds.is_empty()).enumerate() {
        set(&app, setting).await;
        let (document, edition) = write(&app, &mut jack, &format!("起草人的第{at}稿")).await;
        jack.post(&format!("/desk/editions/{}/submit", edition.0), &[]).await;
        let values = values(&app, &document, &edition).await;
        let before = rows(&app).await;
        let refused = send_as(&mut jack, secrecy, &values).await;
        assert_eq!(refused.status(), 422, "{}", refused.text());
        assert_eq!(rows(&app).await, before);
        assert_eq!(stage(&app, &edition).await, Stage::At(Gate::Secrecy));
        assert_eq!(send_as(&mut keeper, secrecy, &values).await.status(), 303);
        assert_eq!(stage(&app, &edition).await, Stage::At(Gate::SignOff));
    }
}

#[tokio::test]
async fn an_administrator_is_given_no_second_role_and_officers_are_not_made_administrators() {
    let app = TestApp::start().await;
    let mut security = app.officer("an-quan", Role::SecurityAdministrator, "government").await;
    let organ = app
        .read(|tx, cx| Ok(crate::organ::queries::by_code(tx, &cx.site_id, "government")?.unwrap().id.0))
        .await;
    let mut n_accounts = 0;
    for administrator in Role::ALL.into_iter().filter(|role| role.is_administrator()) {
        for role in roles() {
            for (held, wanted) in [(administrator, role), (role, administrator)] {
                n_accounts += 1;
                let account = app.account(&format!("officer{n_accounts}")).await;
                app.grant(&account, held, "government").await;
                let before = rows(&app).await;
                let fields = [
                    ("role", wanted.code()),
                    ("organ", organ.as_str()),
                    ("from_on", "2026-03-20"),
                    ("basis", "演示任职通知"),
                ];
                let reply = security.post(&format!("/desk/admin/staff/{}/grants", account.0), &fields).await;
                assert_eq!(reply.status(), 422, "{held:?} and {wanted:?}: {}", reply.text());
                assert_eq!(rows(&app).await, before, "{held:?} and {wanted:?}");
            }
        }
    }
}
