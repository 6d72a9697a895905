//! Stories of the checks: found while typing, justified or mended, read out of files, listed every night.

mod hidden;
mod measured;
mod words;

use kit_db::Tx;
use rules::check::Code;

use super::{LiveFinding, Subject, actions, queries, queries::LiveFilter, shown::Shown};
use crate::{
    cx::Cx,
    document::Content,
    error::{Error, Refusal, Result},
    id::{DocumentId, EditionId},
    test_app::{Record, TestApp},
};

/// Invented numbers whose check digits are right (演示数据).
const IDENTITY: &str = "11010119900307002X";
const MOBILE: &str = "13812345678";

async fn of_edition(record: &Record) -> Vec<Shown> {
    let edition = record.edition.clone();
    record.app.read(move |tx, cx| actions::findings(tx, cx, &edition)).await
}

async fn of_content(app: &TestApp, content: Content) -> Vec<Shown> {
    let look = move |tx: &mut Tx<'_>, cx: &Cx| {
        let subject =
            Subject { document_id: None, edition_id: None, content_type: "other", content: &content };
        actions::findings_of(tx, cx, &subject)
    };
    app.read(look).await
}

fn codes(found: &[Shown]) -> Vec<Code> {
    found.iter().map(|shown| shown.code).collect()
}

fn with(found: &[Shown], code: Code) -> Option<&Shown> {
    found.iter().find(|shown| shown.code == code)
}

async fn blocks(record: &Record) -> Result<()> {
    let edition = record.edition.clone();
    record.app.try_act(move |tx, cx| actions::require_none_blocking(tx, cx, &edition)).await
}

async fn justify(record: &Record, shown: &Shown, reason: &'static str) -> Result<()> {
    let (id, fingerprint, code) = (record.id.clone(), shown.fingerprint.clone(), shown.code.word());
    record.app.try_act(move |tx, cx| actions::justify(tx, cx, &id, (&fingerprint, code), reason)).await
}

#[tokio::test]
async fn what_is_typed_is_checked_before_it_is_saved() {
    let app = TestApp::start().await;
    let content = Content {
        title: "关于布署春季防火工作的通知".to_owned(),
        body_html: format!(
            "<p>😀联系人电话{MOBILE}。</p><table><tr><td>证件</td><td>{IDENTITY}</td></tr></table>"
        ),
        ..Content::default()
    };
    let found = of_content(&app, content).await;
    for code in [Code::WrongWord, Code::MobileNumber, Code::IdentityNumber] {
        assert!(with(&found, code).unwrap().is_blocking(), "{code:?}");
    }
    let mobile = serde_json::to_value(with(&found, Code::MobileNumber).unwrap()).unwrap();
    assert_eq!(mobile["code"], "mobile_number");
    assert_eq!(mobile["weight"], "blocking");
    // Places are counted as scripts count: the smiling face is two units.
    let place = serde_json::json!({"kind": "block", "words": "正文第1段", "block": 0, "from": 7, "to": 18});
    assert_eq!(mobile["place"], place);
    assert_eq!(
        mobile["mend"],
        serde_json::json!({"label": "改为“138****5678”", "kind": "replace", "text": "138****5678"})
    );
    let word = serde_json::to_value(with(&found, Code::WrongWord).unwrap()).unwrap();
    assert_eq!(word["place"]["field"], "title");
    assert_eq!(word["mend"]["value"], "关于部署春季防火工作的通知");
    assert_eq!(word["sentence"], "“布署”应为“部署”。");
}

#[tokio::test]
async fn a_sound_record_is_told_nothing() {
    let app = TestApp::start().await;
    let record = app
        .document("关于加强春季防火工作的通知")
        .number("松政发〔2026〕5号")
        .written("2026-03-18")
        .body("各镇、各单位：现将有关事项通知如下。一、提高认识。二、落实责任。")
        .draft()
        .await;
    assert_eq!(of_edition(&record).await, []);
    blocks(&record).await.unwrap();
}

#[tokio::test]
async fn a_blocking_finding_stops_the_step_until_it_is_justified_or_mended() {
    let app = TestApp::start().await;
    let record =
        app.document("关于公布防火值班电话的通知").body(&format!("值班电话{MOBILE}。")).draft().await;
    let Err(Error::Refused(Refusal::Findings(found))) = blocks(&record).await else { panic!("not refused") };
    assert_eq!(codes(&found), [Code::MobileNumber]);
    assert!(matches!(justify(&record, &found[0], "公开").await, Err(Error::Refused(Refusal::Invalid(_)))));
    justify(&record, &found[0], "值班电话，依规公开").await.unwrap();
    blocks(&record).await.unwrap();
    let shown = of_edition(&record).await.remove(0);
    assert_eq!(shown.justified.as_deref(), Some("值班电话，依规公开"));
    assert_eq!((shown.justified_by.as_deref(), shown.is_blocking()), (Some("test"), false));
    // The reason holds while text around is written, and for the same words only.
    let (edition, mut content) = (record.edition.clone(), record.content().await);
    content.body_html = format!("<p>新的一段。</p><p>值班电话{MOBILE}，另有13912345678。</p>");
    app.act(move |tx, cx| crate::document::actions::edit_draft(tx, cx, &edition, &content)).await;
    let Err(Error::Refused(Refusal::Findings(found))) = blocks(&record).await else { panic!("not refused") };
    assert_eq!(found.iter().map(|shown| shown.excerpt.as_str()).collect::<Vec<_>>(), ["13912345678"]);
    let (id, fingerprint) = (record.id.clone(), shown.fingerprint);
    app.act(move |tx, cx| actions::unjustify(tx, cx, &id, &fingerprint)).await;
    let Err(Error::Refused(Refusal::Findings(found))) = blocks(&record).await else { panic!("not refused") };
    assert_eq!(found.len(), 2);
}

#[tokio::test]
async fn a_mark_of_secrecy_cannot_be_justified() {
    let app = TestApp::start().await;
    let record = app.document("关于防火工作的通知").body("机密★10年").draft().await;
    let found = of_edition(&record).await;
    let mark = with(&found, Code::SecrecyMark).unwrap();
    assert!(!mark.may_be_justified);
    assert!(matches!(
        justify(&record, mark, "确实需要公开的").await,
        Err(Error::Refused(Refusal::Invalid(_)))
    ));
    // A reason slipped in under another rule's name changes nothing either.
    let (id, fingerprint) = (record.id.clone(), mark.fingerprint.clone());
    let slip = (fingerprint, "wrong_word");
    app.act(move |tx, cx| actions::justify(tx, cx, &id, (&slip.0, slip.1), "确实需要公开的")).await;
    assert!(matches!(blocks(&record).await, Err(Error::Refused(Refusal::Findings(_)))));
}

#[tokio::test]
async fn files_are_read_by_a_job_and_checked_with_the_record() {
    let app = TestApp::start().await;
    let record = app
        .document("关于公布名单的通知")
        .body("现公布名单。附件：1.人员名单 2.分工表")
        .attach("人员名单.csv", &format!("姓名,电话\n张某某,{MOBILE}\n"))
        .draft()
        .await;
    let waiting = of_edition(&record).await;
    assert!(with(&waiting, Code::UnreadableFile).unwrap().is_blocking(), "nobody has read it yet");
    app.settle().await;
    let found = of_edition(&record).await;
    assert_eq!(with(&found, Code::UnreadableFile), None);
    let mobile = with(&found, Code::MobileNumber).unwrap();
    assert_eq!(mobile.place.name.as_deref(), Some("人员名单.csv"));
    assert_eq!(mobile.place.at.as_deref(), Some("第2行"));
    assert_eq!(mobile.mend, None, "files are mended by their makers");
}

#[tokio::test]
async fn attachments_named_and_missing_or_attached_and_not_named_are_told() {
    let app = TestApp::start().await;
    let record = app.document("关于公布名单的通知").body("名单见附件2，分工见附件1。").draft().await;
    let found = of_edition(&record).await;
    assert_eq!(codes(&found), [Code::AttachmentMissing, Code::AttachmentMissing]);
    record.attach("附件1.txt", "分工".as_bytes()).await.unwrap();
    record.attach("附件2.txt", "名单".as_bytes()).await.unwrap();
    record.attach("草稿.txt", "草稿".as_bytes()).await.unwrap();
    app.settle().await;
    let found = of_edition(&record).await;
    assert_eq!(codes(&found), [Code::AttachmentUnnamed]);
    assert_eq!(found[0].excerpt, "草稿.txt");
}

#[tokio::test]
async fn links_that_lead_nowhere_are_told_from_sound_and_outside_ones() {
    let app = TestApp::start().await;
    let live = app.document("已发布的文件").publish().await;
    let html = format!(
        "<p><a href=\"{}\">甲</a><a href=\"/documents/99\">乙</a><a href=\"https://{}/columns/policy\">丙</a>\
         <a href=\"/columns/none\">丁</a><a href=\"https://other.gov.test/\">戊</a></p>",
        live.address(),
        app.host
    );
    let found = of_content(
        &app,
        Content {
            title: "关于链接的通知".into(),
            issuing_organ: "演示机关".into(),
            body_html: html,
            ..Content::default()
        },
    )
    .await;
    let told: Vec<(Code, &str)> = found.iter().map(|shown| (shown.code, shown.excerpt.as_str())).collect();
    assert_eq!(told, [(Code::DeadLink, "乙"), (Code::DeadLink, "丁"), (Code::OutsideLink, "戊")]);
}

#[tokio::test]
async fn a_number_that_a_live_record_bears_is_told_to_others_and_not_to_itself() {
    let app = TestApp::start().await;
    let live = app.document("关于防火工作的通知").number("松政发〔2026〕5号").publish().await;
    assert_eq!(with(&of_edition(&live).await, Code::NumberTaken), None);
    let other = app.document("关于防汛工作的通知").number("松政发〔2026〕5号").draft().await;
    let found = of_edition(&other).await;
    assert_eq!(
        with(&found, Code::NumberTaken).unwrap().sentence,
        "文号“松政发〔2026〕5号”已用于《关于防火工作的通知》。"
    );
}

#[tokio::test]
async fn required_fields_and_the_time_limit_are_told_before_publication() {
    let app = TestApp::start().await;
    let draft = app
        .document("关于防火工作的通知")
        .kind("policy_document")
        .organ("")
        .written("2025-12-01")
        .draft()
        .await;
    let found = of_edition(&draft).await;
    let late = with(&found, Code::LatePublication).unwrap();
    assert!(
        late.sentence.contains("第二十六条") && late.sentence.contains("20个工作日"),
        "{}",
        late.sentence
    );
    assert!(!late.is_blocking());
    let missing = with(&found, Code::RequiredField).unwrap();
    assert!(missing.is_blocking() && !missing.may_be_justified && missing.place.kind == "field");
}

/// A text long enough to be compared, different for each number.
fn long_text(n: usize) -> String {
    (0..30).map(|at| format!("第{at}项由第{}组在{}日内办理完毕，", n * 31 + at * 7, n + at * 3)).collect()
}

#[tokio::test]
async fn a_text_that_is_live_already_is_told_and_forgotten_when_it_is_withdrawn() {
    let app = TestApp::start().await;
    let live = app.document("已发布的办法").body(&long_text(1)).publish().await;
    app.settle().await;
    let changed = long_text(1).replace("第3项", "第三项");
    let again = app.document("再次发布的办法").body(&changed).draft().await;
    let found = of_edition(&again).await;
    let near = with(&found, Code::NearDuplicate).unwrap();
    assert_eq!(near.excerpt, "已发布的办法");
    assert_eq!(
        with(&of_edition(&live).await, Code::NearDuplicate),
        None,
        "a record is not its own duplicate"
    );
    let other = app.document("另外的办法").body(&long_text(900)).draft().await;
    assert_eq!(with(&of_edition(&other).await, Code::NearDuplicate), None);
    live.withdraw("other", "原因").await.unwrap();
    app.settle().await;
    assert_eq!(with(&of_edition(&again).await, Code::NearDuplicate), None);
}

async fn listed(app: &TestApp, filter: LiveFilter) -> Vec<LiveFinding> {
    app.read(move |tx, cx| Ok(queries::live_page(tx, &cx.site_id, &filter, 0, 50)?.0)).await
}

#[tokio::test]
async fn everything_live_is_looked_through_at_night_and_personal_data_is_masked_in_the_list() {
    let app = TestApp::start().await;
    let record =
        app.document("关于公布电话的通知").body(&format!("电话{MOBILE}，证件{IDENTITY}。")).publish().await;
    app.document("关于防火的通知").body("全面布署。").publish().await;
    app.document("草稿").body("全面布署。").draft().await;
    app.at("2026-03-21 02:00");
    app.settle().await;
    let all = listed(&app, LiveFilter::default()).await;
    let codes: Vec<&str> = all.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["identity_number", "mobile_number", "wrong_word"]);
    for finding in &all {
        assert!(
            !format!("{finding:?}").contains(MOBILE) && !format!("{finding:?}").contains(IDENTITY),
            "{finding:?}"
        );
    }
    assert_eq!(all[0].public_number, record.number);
    let words = LiveFilter { code: "wrong_word".to_owned(), ..LiveFilter::default() };
    assert_eq!(listed(&app, words).await.len(), 1);
    let elsewhere =
        LiveFilter { column_id: Some(crate::id::ColumnId("none".into())), ..LiveFilter::default() };
    assert!(listed(&app, elsewhere).await.is_empty());
    // What was mended or withdrawn is gone after the next night.
    record.withdraw("other", "原因").await.unwrap();
    app.at("2026-03-22 02:00");
    app.settle().await;
    assert_eq!(listed(&app, LiveFilter::default()).await.len(), 1);
}

#[tokio::test]
async fn the_checks_of_one_site_know_nothing_of_another() {
    let app = TestApp::start().await;
    let other = app.site("forest").await;
    app.document("关于防火工作的通知").number("松政发〔2026〕5号").body(&long_text(1)).publish().await;
    app.settle().await;
    let twin =
        other.document("关于防火工作的通知").number("松政发〔2026〕5号").body(&long_text(1)).draft().await;
    let found = of_edition(&twin).await;
    assert_eq!((with(&found, Code::NumberTaken), with(&found, Code::NearDuplicate)), (None, None));
    let (edition, document): (EditionId, DocumentId) = (twin.edition.clone(), twin.id.clone());
    let theirs = app.try_act(move |tx, cx| actions::findings(tx, cx, &edition)).await;
    assert!(matches!(theirs, Err(Error::NotFound)));
    let reason = app
        .try_act(move |tx, cx| actions::justify(tx, cx, &document, ("0", "wrong_word"), "不属于本站的记录"));
    assert!(matches!(reason.await, Err(Error::NotFound)));
}
