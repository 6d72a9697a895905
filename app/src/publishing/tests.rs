//! Stories of publishing: what each verb does to a record, as readers and the rows see it.

use rules::publication::{PublicationRefusal, Shortcoming};

use super::jobs;
use crate::{
    change_feed as feed,
    error::{Error, Refusal},
    test_app::TestApp,
};

#[tokio::test]
async fn a_document_gets_its_index_number_by_the_pattern_when_it_is_first_published() {
    let app = TestApp::start().await;
    let first = app.document("关于供热管理的通知").publish().await;
    let second = app.document("关于清雪工作的通知").publish().await;
    assert_eq!(first.index_number.as_deref(), Some("000000000-2026-00001"));
    assert_eq!(second.index_number.as_deref(), Some("000000000-2026-00002"));
    assert!(app.page(&first.address()).await.contains("000000000-2026-00001"));
    assert_eq!((first.number, second.number), (1, 2));
}

#[tokio::test]
async fn numbers_are_never_given_twice_not_even_after_withdrawal_or_in_another_year() {
    let app = TestApp::start().await;
    let first = app.document("第一件").publish().await;
    first.withdraw("content_error", "").await.unwrap();
    let second = app.document("第二件").publish().await;
    assert_eq!(second.index_number.as_deref(), Some("000000000-2026-00002"));
    assert_eq!(second.number, 2);
    app.today("2027-01-04");
    let third = app.document("第三件").publish().await;
    assert_eq!(third.index_number.as_deref(), Some("000000000-2027-00001"));
    assert_eq!(third.number, 3);
}

#[tokio::test]
async fn a_printed_index_number_is_kept_and_the_counter_steps_over_it() {
    let app = TestApp::start().await;
    let printed = |number: &str| {
        let number = number.to_owned();
        app.document("旧系统的信息").with(|content| content.printed_index_number = Some(number))
    };
    let kept = printed("000000000-2026-00001").publish().await;
    assert_eq!(kept.index_number.as_deref(), Some("000000000-2026-00001"));
    let next = app.document("本系统的信息").publish().await;
    assert_eq!(next.index_number.as_deref(), Some("000000000-2026-00002"));
    let clone = printed("000000000-2026-00001").publish().await;
    assert_eq!(clone.index_number.as_deref(), Some("000000000-2026-00003"));
}

#[tokio::test]
async fn a_correction_changes_neither_the_numbers_nor_the_time_of_first_publication() {
    let app = TestApp::start().await;
    app.at("2026-03-20 09:15");
    let record = app.document("关于公布收费目录的通知").publish().await;
    app.at("2026-05-06 16:40");
    let corrected = record
        .correct("更正收费标准", |content| content.title = "关于公布收费目录（修订）的通知".into())
        .await;
    assert_eq!((corrected.number, &corrected.index_number), (record.number, &record.index_number));
    let first = crate::cx::instant_of("2026-03-20 09:15");
    assert_eq!(record.row().await.first_published_at, first);
    let page = app.get(&record.address()).await;
    assert_eq!(page.one("meta[name=PubDate]").attribute("content"), Some("2026-03-20 09:15"));
}

#[tokio::test]
async fn a_publication_date_before_the_first_publication_here_is_refused() {
    let app = TestApp::start().await;
    let record = app.document("不能倒填日期").publish().await;
    let backdated = record
        .try_correct("wording", "倒填", |content| content.published_on = Some("2019-01-01".into()))
        .await;
    let Err(Error::Refused(Refusal::NotReady(shortcomings))) = backdated else { panic!("it was published") };
    assert_eq!(shortcomings, [Shortcoming::Backdated]);
}

#[tokio::test]
async fn a_correction_makes_the_second_version_live_and_keeps_the_first_readable() {
    let app = TestApp::start().await;
    let record = app.document("补贴标准的通知").body("每户补贴一百元。").publish().await;
    assert!(app.page(&record.address()).await.contains("每户补贴一百元"));
    app.advance_minutes(5);
    record
        .correct("更正补贴标准", |content| {
            content.body_html = "<p>每户补贴二百元。</p>".into();
            content.body_text = "每户补贴二百元。".into();
        })
        .await;
    let now = app.page(&record.address()).await;
    assert!(now.contains("每户补贴二百元") && !now.contains("每户补贴一百元"), "{now}");
    let versions = app.page(&format!("{}/versions", record.address())).await;
    assert!(versions.contains("更正补贴标准") && versions.contains("第 1 版"), "{versions}");
    let before = app.page(&format!("{}/versions/1", record.address())).await;
    assert!(before.contains("每户补贴一百元") && before.contains("旧版本"), "{before}");
    let differences = app.get(&format!("{}/versions/compare?from=1&to=2", record.address())).await;
    assert_eq!(differences.one("del:not(.compare-key del)").text, "一");
    assert_eq!(differences.one("ins:not(.compare-key ins)").text, "二");
}

#[tokio::test]
async fn a_correction_must_say_what_was_changed_and_waits_for_an_open_draft() {
    let app = TestApp::start().await;
    let record = app.document("须说明改动").publish().await;
    let silent = record.try_correct("wording", "", |_| ()).await;
    assert!(
        matches!(silent, Err(Error::Refused(Refusal::NotReady(list))) if list == [Shortcoming::NoChangeNote])
    );
    let draft = record.next_draft("另一处改动", |_| ()).await;
    let second = record.try_correct("wording", "又一处改动", |_| ()).await;
    let open = Refusal::Step(PublicationRefusal::EditionAlreadyOpen);
    assert!(matches!(second, Err(Error::Refused(refusal)) if refusal == open));
    draft.publish().await;
    record.correct("又一处改动", |_| ()).await;
}

#[tokio::test]
async fn removing_personal_data_takes_the_earlier_versions_out_of_sight() {
    let app = TestApp::start().await;
    let record = app
        .document("救助名单公示")
        .body("联系电话 13900000000")
        .attach("名单.txt", "身份证号码")
        .publish()
        .await;
    let files = record.files().await;
    assert_eq!(app.get(&files[0]).await.status(), 200);
    record
        .try_correct("de_identification", "对个人信息作去标识化处理", |content| {
            content.body_html = "<p>名单已作处理</p>".into();
            content.body_text = "名单已作处理".into();
        })
        .await
        .unwrap();
    assert_eq!(app.get(&format!("{}/versions/1", record.address())).await.status(), 404);
    assert_eq!(app.get(&format!("{}/versions/compare?from=1&to=2", record.address())).await.status(), 404);
    assert!(!app.page(&format!("{}/versions", record.address())).await.contains("第 1 版"));
    assert_eq!(app.get(&record.address()).await.status(), 200);
}

#[tokio::test]
async fn a_scheduled_edition_goes_live_at_its_minute_and_not_before() {
    let app = TestApp::start().await;
    app.at("2026-03-20 09:00");
    let record = app.document("定时公布的消息").schedule("2026-03-20 10:00").await;
    app.at("2026-03-20 09:59");
    app.settle().await;
    assert_eq!(record.row().await.state, "draft");
    assert!(!app.page("/columns/policy").await.contains("定时公布的消息"));
    app.at("2026-03-20 10:00");
    app.settle().await;
    let row = record.row().await;
    assert_eq!((row.state.as_str(), row.first_published_at), ("live", Some(app.now())));
    assert!(app.page("/columns/policy").await.contains("定时公布的消息"));
    assert!(app.page("/documents/1").await.contains("定时公布的消息"));
}

#[tokio::test]
async fn a_schedule_taken_back_publishes_nothing() {
    let app = TestApp::start().await;
    let record = app.document("改变主意").schedule("2026-03-20 10:00").await;
    record.unschedule().await.unwrap();
    let again = record.unschedule().await;
    assert!(matches!(again, Err(Error::Refused(Refusal::Step(PublicationRefusal::NotScheduled)))));
    app.today("2026-03-21");
    app.settle().await;
    assert_eq!(record.row().await.state, "draft");
    assert_eq!(app.get("/documents/1").await.status(), 404);
    let past = record.schedule("2026-03-20 10:00").await;
    assert!(matches!(past, Err(Error::Refused(Refusal::Invalid(_)))));
}

#[tokio::test]
async fn what_is_no_longer_ready_when_its_hour_comes_is_a_draft_again_and_holds_up_nobody() {
    let app = TestApp::start().await;
    let broken = app.document("将要出错").schedule("2026-03-20 10:00").await;
    let sound = app.document("照常发布").schedule("2026-03-20 10:00").await;
    let edition = broken.edition.clone();
    app.act(move |tx, cx| {
        let spoil = kit_db::sql!(
            "update edition set disclosure_class = 'withheld' where site_id = $1 and edition_id = $2"
        );
        Ok(tx.execute(spoil, kit_db::params![&cx.site_id, &edition])?)
    })
    .await;
    app.at("2026-03-20 10:00");
    assert_eq!(app.read(jobs::due).await.editions.len(), 2);
    app.settle().await;
    assert_eq!((broken.row().await.state.as_str(), sound.row().await.state.as_str()), ("draft", "live"));
    assert_eq!(app.read(jobs::due).await, jobs::Due::default());
}

#[tokio::test]
async fn a_withdrawn_record_answers_with_its_reason_and_nothing_of_its_content_is_left() {
    let app = TestApp::start().await;
    let record = app
        .document("误发的名单")
        .body("不该公开的正文")
        .with(|content| content.summary = "不该公开的概述".into())
        .attach("名单.txt", "不该公开的附件")
        .publish()
        .await;
    record.correct("更正", |_| ()).await;
    app.settle().await;
    let (address, files) = (record.address(), record.files().await);
    for path in ["", "/print", "/versions", "/versions/1", "/versions/compare?from=1&to=2"] {
        assert_eq!(app.get(&format!("{address}{path}")).await.status(), 200, "{path}");
    }
    record.withdraw("published_by_mistake", "请见更正公告").await.unwrap();
    let gone = app.get(&address).await;
    assert_eq!(gone.status(), 410);
    assert!(gone.text().contains("2026年3月20日") && gone.text().contains("发布有误"), "{}", gone.text());
    app.settle().await;
    let mut addresses: Vec<String> = [
        "/",
        "/columns/policy",
        "/catalogue",
        "/feeds/latest.atom",
        "/sitemap.xml",
        "/columns/policy/feed.atom",
        "/institutions/government",
        "/search?q=%E6%AD%A3%E6%96%87",
    ]
    .map(str::to_owned)
    .to_vec();
    let below =
        ["", "/print", "/versions", "/versions/1", "/versions/2", "/versions/compare?from=1&to=2", "/qr.svg"];
    addresses.extend(below.iter().map(|path| format!("{address}{path}")).chain(files));
    for address in addresses {
        let text = app.get(&address).await.html().to_owned();
        assert!(!text.contains("误发的名单") && !text.contains("不该公开"), "{address}: {text}");
    }
}

#[tokio::test]
async fn a_withdrawal_needs_a_reason_and_a_live_record() {
    let app = TestApp::start().await;
    let draft = app.document("从未发布").draft().await;
    let never = draft.withdraw("other", "原因").await;
    assert!(matches!(never, Err(Error::Refused(Refusal::Step(PublicationRefusal::NeverLive)))));
    let record = app.document("发布过").publish().await;
    assert!(matches!(record.withdraw("", "").await, Err(Error::Refused(Refusal::Invalid(_)))));
    record.withdraw("other", "原因").await.unwrap();
    let twice = record.withdraw("other", "原因").await;
    assert!(matches!(twice, Err(Error::Refused(Refusal::Step(PublicationRefusal::Withdrawn)))));
}

#[tokio::test]
async fn a_withdrawn_record_comes_back_as_a_new_version_under_its_old_number_alone() {
    let app = TestApp::start().await;
    let record = app.document("先撤回后恢复").body("第一稿的内容").publish().await;
    record.withdraw("content_error", "").await.unwrap();
    assert!(matches!(
        record.try_publish().await,
        Err(Error::Refused(Refusal::Step(PublicationRefusal::PastEdition)))
    ));
    app.today("2026-04-01");
    let back = record
        .correct("核实后恢复", |content| {
            content.body_html = "<p>第二稿的内容</p>".into();
            content.body_text = "第二稿的内容".into();
        })
        .await;
    assert_eq!((back.number, &back.index_number), (record.number, &record.index_number));
    assert_eq!(back.row().await.first_published_at, crate::cx::instant_of("2026-03-20 09:00"));
    assert!(app.page(&back.address()).await.contains("第二稿的内容"));
    assert_eq!(app.get(&format!("{}/versions/1", back.address())).await.status(), 404);
    let versions = app.page(&format!("{}/versions", back.address())).await;
    assert!(versions.contains("第 2 版") && !versions.contains("第 1 版"), "{versions}");
}

#[tokio::test]
async fn a_withdrawal_takes_back_the_schedule_of_the_next_version() {
    let app = TestApp::start().await;
    let record = app.document("有下一版").publish().await;
    let next = record.next_draft("下一版", |content| content.title = "下一版的标题".into()).await;
    next.schedule("2026-03-20 10:00").await.unwrap();
    record.withdraw("other", "原因").await.unwrap();
    app.at("2026-03-20 10:00");
    app.settle().await;
    assert_eq!(app.get(&record.address()).await.status(), 410);
}

#[tokio::test]
async fn a_repeal_marks_both_records_and_keeps_the_repealed_one_readable() {
    let app = TestApp::start().await;
    let old = app
        .document("旧办法")
        .kind("policy_document")
        .written("2016-01-05")
        .in_force("2016-02-01", None)
        .publish()
        .await;
    assert!(app.page(&old.address()).await.contains("现行有效"));
    let new = app.document("新办法").kind("policy_document").written("2026-03-01").publish().await;
    new.repeal(&old, "2026-03-20").await.unwrap();
    let repealed = app.page(&old.address()).await;
    assert!(repealed.contains("本文件已废止") && repealed.contains("2026年3月20日"), "{repealed}");
    assert!(repealed.contains("新办法") && repealed.contains("演示数据：正文"), "{repealed}");
    assert!(app.page(&new.address()).await.contains("旧办法"));
    let of_itself = new.repeal(&new, "2026-03-20").await;
    assert!(matches!(of_itself, Err(Error::Refused(Refusal::Invalid(_)))));
}

#[tokio::test]
async fn a_repeal_announced_for_a_later_day_marks_the_record_on_that_day() {
    let app = TestApp::start().await;
    let old = app
        .document("旧规定")
        .kind("policy_document")
        .written("2016-01-05")
        .in_force("2016-02-01", None)
        .publish()
        .await;
    let new = app.document("新规定").kind("policy_document").written("2026-03-01").publish().await;
    new.repeal(&old, "2026-05-01").await.unwrap();
    assert!(app.page(&old.address()).await.contains("现行有效"));
    app.at("2026-05-01 00:00");
    app.settle().await;
    assert!(app.page(&old.address()).await.contains("本文件已废止"));
}

#[tokio::test]
async fn validity_turns_over_at_midnight_by_the_dates_of_the_record() {
    let app = TestApp::start().await;
    let record = app
        .document("暂行办法")
        .kind("policy_document")
        .written("2026-03-01")
        .in_force("2026-04-01", Some("2028-03-31"))
        .publish()
        .await;
    let expected = [
        ("2026-03-31 23:59", "尚未施行"),
        ("2026-04-01 00:00", "现行有效"),
        ("2028-03-31 23:59", "现行有效"),
        ("2028-04-01 00:00", "已失效"),
    ];
    for (minute, word) in expected {
        app.at(minute);
        app.settle().await;
        let page = app.page(&record.address()).await;
        assert!(page.contains(word), "{minute}: {page}");
        let feed = app.read(|tx, cx| Ok(feed::head(tx, &cx.site_id)?)).await;
        app.settle().await;
        assert_eq!(
            app.read(|tx, cx| Ok(feed::head(tx, &cx.site_id)?)).await,
            feed,
            "a second run changed something"
        );
    }
}

#[tokio::test]
async fn a_unit_that_lost_a_race_publishes_once() {
    let app = TestApp::start().await;
    let draft = app.document("只发布一次").draft().await;
    let feed_before = app.read(|tx, cx| Ok(feed::head(tx, &cx.site_id)?)).await;
    app.app.db.inject_lost_races(3);
    let record = draft.publish().await;
    assert_eq!(record.index_number.as_deref(), Some("000000000-2026-00001"));
    let changes = app.read(move |tx, cx| Ok(feed::after(tx, &cx.site_id, feed_before, 10)?)).await;
    assert_eq!(changes.iter().filter(|change| change.document_id.as_ref() == Some(&record.id)).count(), 1);
    let next = app.document("下一件").publish().await;
    assert_eq!((next.number, next.index_number.as_deref()), (2, Some("000000000-2026-00002")));
}

#[tokio::test]
async fn editions_published_at_the_same_time_get_different_numbers_without_gaps() {
    let app = TestApp::start().await;
    let mut drafts = Vec::new();
    for n in 0..8 {
        drafts.push(app.document(&format!("同时发布第{n}件")).draft().await);
    }
    let running: Vec<_> = drafts.into_iter().map(|draft| tokio::spawn(draft.publish())).collect();
    let mut numbers = Vec::new();
    for task in running {
        numbers.push(task.await.unwrap().index_number.unwrap());
    }
    numbers.sort();
    let expected: Vec<String> = (1..=8).map(|n| format!("000000000-2026-{n:05}")).collect();
    assert_eq!(numbers, expected);
    let feed = app.read(|tx, cx| Ok(feed::after(tx, &cx.site_id, 0, 1_000)?)).await;
    let positions: Vec<i64> = feed.iter().map(|change| change.position).collect();
    assert_eq!(positions, (1..=positions.len() as i64).collect::<Vec<_>>());
}

#[tokio::test]
async fn what_the_content_type_requires_must_be_filled_before_publication() {
    let app = TestApp::start().await;
    let draft = app.document("缺项的规范性文件").kind("normative_document").draft().await;
    let Err(Error::Refused(Refusal::NotReady(missing))) = draft.try_publish().await else {
        panic!("it was published")
    };
    let missing: Vec<&str> = missing
        .iter()
        .filter_map(|shortcoming| match shortcoming {
            Shortcoming::FieldMissing { field } => Some(field.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(missing, ["subject_category", "written_on", "document_number", "in_force_on", "genre"]);
    assert_eq!(draft.row().await.public_number, None);
}

#[tokio::test]
async fn what_is_not_for_everybody_is_refused() {
    let app = TestApp::start().await;
    for class in ["on_request", "withheld", ""] {
        let draft =
            app.document("不主动公开").with(|content| content.disclosure_class = class.into()).draft().await;
        assert!(matches!(draft.try_publish().await, Err(Error::Refused(Refusal::NotReady(_)))), "{class}");
        assert!(
            matches!(draft.schedule("2026-03-21 09:00").await, Err(Error::Refused(Refusal::NotReady(_)))),
            "{class}"
        );
    }
    assert_eq!(app.get("/documents/1").await.status(), 404);
}
