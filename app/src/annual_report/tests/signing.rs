//! Stories of the signature: who may sign, what is signed, and that the record of a signed report is changed by the report
//! alone.

use std::collections::BTreeMap;

use super::{YEAR, article, create, finish, report, sign, start, submit, write};
use crate::{
    annual_report::{Report, actions, checks, queries, release},
    attachment,
    document::{self, ChangeReason, Content, Keeper},
    error::{Error, Refusal, Result},
    id::{DocumentId, EditionId},
    publishing,
    test_app::TestApp,
};

/// The record of a report and its edition.
fn record_of(report: &Report) -> (DocumentId, EditionId) {
    (DocumentId(report.document_id.clone().unwrap()), EditionId(report.edition_id.clone().unwrap()))
}

/// A report that is signed and not published yet.
async fn signed_only(app: &TestApp) -> Report {
    let id = create(app).await;
    submit(app, &id).await;
    let (cx, version) = (app.app.cx(&app.site_id, "signer"), report(app, &id).await.version);
    let wanted = id.clone();
    let work = app.app.act(cx, move |tx, cx| actions::sign(tx, cx, (&wanted, version), "https://s.test"));
    work.await.unwrap();
    report(app, &id).await
}

fn is_kept<T>(answer: &Result<T>, by: &str) -> bool {
    matches!(answer, Err(Error::Refused(Refusal::Kept(keeper))) if keeper.object_id == by)
}

/// Everything that the ordinary desk may try on a record but its withdrawal, each by its name.
async fn try_everything(app: &TestApp, report: &Report) -> BTreeMap<&'static str, bool> {
    let (document, edition) = record_of(report);
    let (by, why) = (report.id.as_str(), ChangeReason { code: "figures", note: "演示" });
    let content = Content { title: "另一个标题".to_owned(), ..Content::default() };
    let mut refused = BTreeMap::new();
    let (id, text) = (edition.clone(), content.clone());
    let edited = app.try_act(move |tx, cx| document::actions::edit_draft(tx, cx, &id, &text)).await;
    refused.insert("edit", is_kept(&edited, by));
    let (id, text) = (edition.clone(), content.clone());
    let saved = app.try_act(move |tx, cx| document::actions::save_draft(tx, cx, &id, 2, &text)).await;
    refused.insert("save", is_kept(&saved, by));
    let id = edition.clone();
    let gone = app.try_act(move |tx, cx| document::actions::delete_draft(tx, cx, &id)).await;
    refused.insert("discard", is_kept(&gone, by));
    let id = edition.clone();
    let emptied = app.try_act(move |tx, cx| attachment::actions::detach_all(tx, cx, &id)).await;
    refused.insert("detach", is_kept(&emptied, by));
    let id = edition.clone();
    let published = app.try_act(move |tx, cx| publishing::actions::publish(tx, cx, &id)).await;
    refused.insert("publish", is_kept(&published, by));
    let (id, at) = (edition, app.now() + 60_000);
    let scheduled = app.try_act(move |tx, cx| publishing::actions::schedule(tx, cx, &id, at)).await;
    refused.insert("schedule", is_kept(&scheduled, by));
    let (id, text) = (document.clone(), content);
    let drafted = app.try_act(move |tx, cx| document::actions::draft_edition(tx, cx, &id, &text, why)).await;
    refused.insert("draft", is_kept(&drafted, by));
    let id = document.clone();
    let opened = app.try_act(move |tx, cx| publishing::actions::open_correction(tx, cx, &id, why)).await;
    refused.insert("correct", is_kept(&opened, by));
    let repealed = app
        .try_act(move |tx, cx| publishing::actions::repeal(tx, cx, &document, &document, "2019-03-01"))
        .await;
    refused.insert("repeal", is_kept(&repealed, by));
    refused
}

#[tokio::test]
async fn the_record_of_a_signed_report_is_changed_by_the_report_alone() {
    let app = start().await;
    let signed = signed_only(&app).await;
    let tried = try_everything(&app, &signed).await;
    assert!(tried.values().all(|refused| *refused), "before publication: {tried:?}");
    release::publish(&app.app, app.app.cx(&app.site_id, "signer"), &signed.id).await.unwrap();
    let tried = try_everything(&app, &signed).await;
    assert!(tried.values().all(|refused| *refused), "after publication: {tried:?}");
    let wanted = signed.id.clone();
    let next = app.act(move |tx, cx| actions::correct(tx, cx, &wanted, "演示更正")).await;
    sign(&app, &next).await;
    let next = report(&app, &next).await;
    let tried = try_everything(&app, &next).await;
    assert!(tried.values().all(|refused| *refused), "after a correction: {tried:?}");
}

#[tokio::test]
async fn what_is_published_is_what_was_signed_whatever_became_of_the_draft() {
    let app = start().await;
    let signed = signed_only(&app).await;
    let (document, edition) = record_of(&signed);
    let (id, by) = (document.clone(), signed.id.clone());
    app.act(move |tx, cx| {
        document::actions::let_go(tx, cx, &id)?;
        let changed =
            Content {
                title: "改过的标题".to_owned(), body_text: "改过".to_owned(), ..Content::default()
            };
        document::actions::edit_draft(tx, cx, &edition, &changed)?;
        let keeper = Keeper { object_kind: "report".to_owned(), object_id: by.clone() };
        document::actions::keep(tx, cx, &id, &keeper)
    })
    .await;
    release::publish(&app.app, app.app.cx(&app.site_id, "signer"), &signed.id).await.unwrap();
    let live =
        app.read(move |tx, cx| document::queries::live_content(tx, &cx.site_id, &document)).await.unwrap();
    let frozen = signed.frozen.unwrap();
    assert_eq!(live.title, frozen.title);
    assert_eq!(live.body_text, crate::annual_report::body::text(&frozen));
}

#[tokio::test]
async fn nobody_who_ever_wrote_or_declared_anything_in_a_report_may_sign_it() {
    let app = start().await;
    let id = create(&app).await;
    let as_person = |login: &str| app.app.cx(&app.site_id, login);
    let wanted = id.clone();
    let wrote = app.app.act(as_person("early"), move |tx, cx| {
        actions::save_section(tx, cx, (&wanted, 1), "plans", "演示：先写的")
    });
    wrote.await.unwrap();
    let now = report(&app, &id).await;
    let zero = Some(rules::report::Declared::Zero);
    let declared = app.app.act(as_person("declarer"), move |tx, cx| {
        actions::declare(tx, cx, (&now.id, now.version), "budget", zero)
    });
    declared.await.unwrap();
    submit(&app, &id).await;
    assert_eq!(report(&app, &id).await.section("plans").unwrap().written_by, "test");
    for login in ["early", "declarer", "test"] {
        let now = report(&app, &id).await;
        let signing = app.app.act(as_person(login), move |tx, cx| {
            actions::sign(tx, cx, (&now.id, now.version), "https://s.test")
        });
        let told = signing.await;
        assert!(
            matches!(&told, Err(Error::Refused(Refusal::Invalid(why))) if why.contains("不能签发")),
            "{login}: {told:?}"
        );
    }
    let version = report(&app, &id).await.version;
    let base_url = "https://s.test".to_owned();
    release::sign(&app.app, as_person("signer"), (&id, version), base_url).await.unwrap();
    let next = app.act(move |tx, cx| actions::correct(tx, cx, &id, "演示更正")).await;
    assert!(report(&app, &next).await.authors.contains("early"), "a correction keeps the authors before it");
}

#[tokio::test]
async fn a_report_that_changed_since_the_signer_read_it_is_not_signed() {
    let app = start().await;
    let id = create(&app).await;
    submit(&app, &id).await;
    let seen = report(&app, &id).await.version;
    let wanted = id.clone();
    app.act(move |tx, cx| actions::take_back(tx, cx, &wanted, "演示：再改")).await;
    write(&app, &id, "plans", "演示：改过的思路。").await;
    submit(&app, &id).await;
    let signer = app.app.cx(&app.site_id, "signer");
    let signing =
        app.app.act(signer, move |tx, cx| actions::sign(tx, cx, (&id, seen), "https://s.test")).await;
    assert!(matches!(signing, Err(Error::Conflict)));
}

#[tokio::test]
async fn a_machine_without_fonts_is_told_before_anything_is_signed() {
    let app = start().await.without_fonts().await;
    let id = create(&app).await;
    submit(&app, &id).await;
    let (cx, version) = (app.app.cx(&app.site_id, "signer"), report(&app, &id).await.version);
    let signing = release::sign(&app.app, cx, (&id, version), "https://s.test".to_owned()).await;
    assert!(
        matches!(&signing, Err(Error::Refused(Refusal::Invalid(why))) if why.contains("中文字体")),
        "{signing:?}"
    );
    let now = report(&app, &id).await;
    assert!(now.frozen.is_none() && now.document_id.is_none());
}

#[tokio::test]
async fn last_years_report_is_the_signed_one_while_its_correction_is_being_written() {
    let app = start().await;
    let text = "演示数据：全区政务公开工作还存在一些问题和薄弱环节，从事政务公开工作人员兼职多、流动性大，一定程度上存在信息发布不及时的问题，需要改进。";
    let other = "演示数据：今年我们重点推进公共资源配置、重大项目建设、社会公益事业建设领域的信息公开，健全目录，完善网站信息报送制度，加强对负责人的业务培训。";
    let last = app.act(|tx, cx| actions::create(tx, cx, "", YEAR - 1)).await;
    finish(&app, &last).await;
    write(&app, &last, "problems", text).await;
    let now = report(&app, &last).await;
    app.act(move |tx, cx| actions::submit(tx, cx, &now.id, now.version)).await;
    let (cx, version) = (app.app.cx(&app.site_id, "signer"), report(&app, &last).await.version);
    release::sign(&app.app, cx, (&last, version), "https://s.test".to_owned()).await.unwrap();
    for n in 0..20 {
        let late = app.document(&format!("补录的信息{n}"));
        late.with(|content| content.published_on = Some("2017-08-08".to_owned())).publish().await;
    }
    let next = app.act(move |tx, cx| actions::correct(tx, cx, &last, "演示更正")).await;
    write(&app, &next, "problems", other).await;
    let this = create(&app).await;
    for (written, is_told) in [(text, true), (other, false)] {
        write(&app, &this, "problems", written).await;
        let now = report(&app, &this).await;
        let faults = app.read(move |tx, cx| checks::of_report(tx, cx, &now)).await;
        let alike = faults.iter().any(|fault| matches!(fault, rules::report::Fault::Alike { .. }));
        assert_eq!(alike, is_told, "{faults:?}");
        let jumps = faults
            .iter()
            .any(|fault| matches!(fault, rules::report::Fault::Jump { code, .. } if code == "website"));
        assert!(!jumps, "last year's figure is the signed 1, not what is counted now: {faults:?}");
    }
    let shown = app.read(move |tx, cx| crate::annual_report::current(tx, cx, "", YEAR - 1)).await;
    assert!(crate::annual_report::body::text(&shown).contains("薄弱环节"));
}

#[tokio::test]
async fn what_is_not_asked_for_is_not_read() {
    let app = start().await;
    let this = create(&app).await;
    let organ_id = super::organ(&app).await.0;
    let other = app.act(move |tx, cx| actions::create(tx, cx, &organ_id, YEAR)).await;
    sign(&app, &other).await;
    let broken = other.clone();
    // A frozen report that nobody can read: whoever opens it is told, nobody else.
    app.act(move |tx, cx| {
        let sql = kit_db::sql!("update annual_report set frozen = '{' where site_id = $1 and report_id = $2");
        tx.execute(sql, kit_db::params![&cx.site_id, &broken])?;
        Ok(())
    })
    .await;
    let (lines, total) = app
        .read(|tx, cx| queries::page(tx, &cx.site_id, 0, crate::annual_report::source::Window::WHOLE))
        .await;
    assert_eq!((lines.len(), total), (2, 2));
    article(&app, "又一篇").await;
    let now = report(&app, &this).await;
    app.read(move |tx, cx| checks::of_report(tx, cx, &now)).await;
}
