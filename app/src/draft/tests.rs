//! Stories of saving: nothing acknowledged is lost, nobody writes over another unseen, and there is a way back.

use kit_db::Tx;

use super::{
    Outcome, STEPS, actions, jobs, queries,
    upload::{self, NewUpload, Purpose, State},
};
use crate::{
    audit, background,
    cx::Cx,
    document,
    error::{Error, Refusal, Result},
    id::EditionId,
    test_app::{Record, TestApp},
};

/// Does something to the edition as the officer of a login.
async fn as_officer<T: Send + 'static>(
    record: &Record,
    login: &str,
    work: impl FnMut(&mut Tx<'_>, &Cx, &EditionId) -> Result<T> + Send + 'static,
) -> Result<T> {
    let (app, edition, mut work) = (record.app.clone(), record.edition.clone(), work);
    app.app.act(app.app.cx(&app.site_id, login), move |tx, cx| work(tx, cx, &edition)).await
}

/// Saves a title on a version; gives the new version, none where the save came too late.
async fn save(record: &Record, login: &str, base: i64, title: &str) -> Result<Option<i64>> {
    let title = title.to_owned();
    as_officer(record, login, move |tx, cx, id| {
        let edition = document::actions::find_edition(tx, cx, id)?;
        let content = document::Content { title: title.clone(), ..edition.content.clone() };
        match actions::save(tx, cx, &edition, base, &content)? {
            Outcome::Saved { version, .. } => Ok(Some(version)),
            Outcome::Behind(_) => Ok(None),
        }
    })
    .await
}

async fn title(record: &Record) -> String {
    let id = record.edition.clone();
    record.app.read(move |tx, cx| Ok(document::actions::find_edition(tx, cx, &id)?.content.title)).await
}

async fn steps(record: &Record) -> Vec<(i64, String)> {
    let id = record.edition.clone();
    let read = move |tx: &mut Tx<'_>, cx: &Cx| Ok(queries::steps(tx, &cx.site_id, &id)?);
    record.app.read(read).await.into_iter().map(|step| (step.version, step.login)).collect()
}

#[tokio::test]
async fn a_save_on_the_newest_version_is_kept_and_one_on_an_older_is_told_what_stands_there() {
    let app = TestApp::start().await;
    let record = app.document("初稿").draft().await;
    assert_eq!(save(&record, "zhang", 1, "张改").await.unwrap(), Some(2));
    assert_eq!(save(&record, "li", 1, "李改").await.unwrap(), None);
    assert_eq!(title(&record).await, "张改");
    let behind = as_officer(&record, "li", |tx, cx, id| {
        let edition = document::actions::find_edition(tx, cx, id)?;
        let content = document::Content::default();
        actions::save(tx, cx, &edition, 1, &content)
    });
    let Outcome::Behind(behind) = behind.await.unwrap() else { panic!("the late save was taken") };
    assert_eq!((behind.version, behind.login.as_deref(), behind.at), (2, Some("zhang"), Some(app.now())));
    assert_eq!(behind.content.title, "张改");
    assert_eq!(behind.base.unwrap().title, "初稿");
    assert_eq!(save(&record, "li", 2, "李改").await.unwrap(), Some(3));
    assert_eq!(steps(&record).await, [(3, "li".into()), (2, "zhang".into()), (1, String::new())]);
}

#[tokio::test]
async fn a_save_that_changes_nothing_makes_no_version_and_no_step() {
    let app = TestApp::start().await;
    let record = app.document("初稿").draft().await;
    assert_eq!(save(&record, "zhang", 1, "初稿").await.unwrap(), Some(1));
    assert_eq!(steps(&record).await, []);
}

#[tokio::test]
async fn one_minute_of_one_persons_writing_is_one_step_and_fifty_are_kept() {
    let app = TestApp::start().await;
    let record = app.document("初稿").draft().await;
    let mut version = 1;
    for n in 0..5 {
        version = save(&record, "zhang", version, &format!("第{n}次")).await.unwrap().unwrap();
    }
    assert_eq!(steps(&record).await, [(6, "zhang".into()), (1, String::new())]);
    for n in 0..60 {
        app.advance_minutes(1);
        version = save(&record, "zhang", version, &format!("第{n}分钟")).await.unwrap().unwrap();
    }
    let kept = steps(&record).await;
    assert_eq!((kept.len(), kept[0].0, kept[STEPS - 1].0), (STEPS, version, version - 49));
}

#[tokio::test]
async fn an_earlier_step_comes_back_and_what_stood_there_becomes_a_step_too() {
    let app = TestApp::start().await;
    let record = app.document("初稿").draft().await;
    save(&record, "zhang", 1, "张改").await.unwrap();
    save(&record, "li", 2, "李删光").await.unwrap();
    let restore = |base: i64, step: i64| {
        as_officer(&record, "zhang", move |tx, cx, id| {
            let edition = document::actions::find_edition(tx, cx, id)?;
            actions::restore(tx, cx, &edition, base, step)
        })
    };
    assert!(matches!(restore(2, 1).await, Err(Error::Conflict)));
    assert!(matches!(restore(3, 9).await, Err(Error::NotFound)));
    assert_eq!(restore(3, 1).await.unwrap(), 4);
    assert_eq!(title(&record).await, "初稿");
    assert_eq!(restore(4, 3).await.unwrap(), 5);
    assert_eq!(title(&record).await, "李删光");
    let id = record.edition.clone();
    let text =
        app.read(move |tx, cx| Ok(document::actions::find_edition(tx, cx, &id)?.content.body_text)).await;
    assert_eq!(text, "演示数据：正文。");
}

#[tokio::test]
async fn the_log_notes_a_spell_of_writing_and_not_each_save() {
    let app = TestApp::start().await;
    let record = app.document("初稿").draft().await;
    let spells = |app: TestApp| async move {
        let read = |tx: &mut Tx<'_>, cx: &Cx| Ok(audit::queries::after(tx, &cx.site_id, 0, 1_000)?);
        app.read(read).await.into_iter().filter(|entry| entry.action == "edition.edit").count()
    };
    let mut version = 1;
    for n in 0..10 {
        version = save(&record, "zhang", version, &format!("{n}")).await.unwrap().unwrap();
        app.advance_minutes(1);
    }
    version = save(&record, "li", version, "李").await.unwrap().unwrap();
    assert_eq!(spells(app.clone()).await, 2);
    app.advance_minutes(31);
    save(&record, "zhang", version, "又来").await.unwrap();
    assert_eq!(spells(app.clone()).await, 3);
}

#[tokio::test]
async fn who_has_it_open_is_known_for_a_minute_and_who_wrote_for_ever() {
    let app = TestApp::start().await;
    let record = app.document("初稿").draft().await;
    let look = |login: &'static str| as_officer(&record, login, actions::look);
    assert_eq!(look("li").await.unwrap(), []);
    save(&record, "zhang", 1, "张改").await.unwrap();
    let seen = look("wang").await.unwrap();
    assert_eq!(seen.iter().map(|present| present.login.as_str()).collect::<Vec<_>>(), ["li", "zhang"]);
    app.advance_minutes(2);
    assert_eq!(look("wang").await.unwrap(), []);
    let id = record.edition.clone();
    let writers = app.read(move |tx, cx| Ok(crate::document::queries::authors(tx, &cx.site_id, &id)?)).await;
    assert_eq!(writers, ["test", "zhang"]);
}

#[tokio::test]
async fn a_published_edition_takes_no_save() {
    let app = TestApp::start().await;
    let record = app.document("已发布").publish().await;
    assert!(matches!(save(&record, "zhang", 1, "偷改").await, Err(Error::Conflict)));
    assert_eq!(title(&record).await, "已发布");
}

#[tokio::test]
async fn a_deleted_draft_leaves_the_log_and_a_live_record_beside_it_stays() {
    let app = TestApp::start().await;
    let alone = app.document("只有草稿").attach("名册.txt", "甲").draft().await;
    save(&alone, "zhang", 1, "改过").await.unwrap();
    as_officer(&alone, "zhang", actions::delete).await.unwrap();
    let id = alone.id.clone();
    assert!(app.read(move |tx, cx| document::queries::by_id(tx, &cx.site_id, &id)).await.is_none());
    assert_eq!(steps(&alone).await, []);
    let live = app.document("已公开").publish().await;
    assert!(matches!(as_officer(&live, "zhang", actions::delete).await, Err(Error::Conflict)));
    let next = live.next_draft("改一处", |content| content.title = "第二版".into()).await;
    as_officer(&next, "zhang", actions::delete).await.unwrap();
    assert!(app.page(&live.address()).await.contains("已公开"));
}

/// Begins an upload of `size` bytes as `zhang`.
async fn begin(record: &Record, name: &str, size: i64) -> Result<upload::Upload> {
    let new = NewUpload { name: name.to_owned(), size, purpose: Purpose::Attachment };
    as_officer(record, "zhang", move |tx, cx, id| upload::begin(tx, cx, id, &new, 1 << 20)).await
}

#[tokio::test]
async fn parts_that_come_twice_or_too_early_change_nothing() {
    let app = TestApp::start().await;
    let record = app.document("有附件").draft().await;
    let mut upload = begin(&record, "名册.txt", 6).await.unwrap();
    let files = &app.app.files;
    assert!(matches!(upload::write_part(files, &upload, 3, b"def"), Err(Error::Conflict)));
    assert_eq!(upload::write_part(files, &upload, 0, b"abc").unwrap(), 3);
    // The answer got lost: the same part again, and one that overlaps.
    assert_eq!(upload::write_part(files, &upload, 0, b"abc").unwrap(), 3);
    upload.received = 3;
    assert_eq!(upload::write_part(files, &upload, 0, b"abc").unwrap(), 3);
    assert_eq!(upload::write_part(files, &upload, 1, b"bcde").unwrap(), 5);
    upload.received = 5;
    assert!(matches!(upload::write_part(files, &upload, 5, b"fg"), Err(Error::Refused(_))));
    assert_eq!(upload::write_part(files, &upload, 5, b"f").unwrap(), 6);
    upload.received = 6;
    let stored = upload::accept(files, &app.site_id, &upload, "").await.unwrap();
    assert_eq!((stored.size, stored.media_type.as_str()), (6, "text/plain"));
    let id = upload.id.clone();
    let attach = move |tx: &mut Tx<'_>, cx: &Cx, _: &EditionId| upload::attach(tx, cx, &id, &stored);
    let first = as_officer(&record, "zhang", attach.clone()).await.unwrap();
    let again = as_officer(&record, "zhang", attach.clone()).await.unwrap();
    assert_eq!((first.id, record.files().await.len()), (again.id, 1));
    assert!(matches!(as_officer(&record, "li", attach).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn what_the_scanner_refuses_is_not_kept_and_its_words_are_told() {
    let app = TestApp::start().await;
    let record = app.document("有附件").draft().await;
    let mut upload = begin(&record, "名册.txt", 5).await.unwrap();
    upload.received = upload::write_part(&app.app.files, &upload, 0, b"virus").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let scanner = folder.path().join("scan.sh");
    std::fs::write(&scanner, "if grep -q virus \"$1\"; then echo \"$1: Test.Virus FOUND\"; exit 1; fi\n")
        .unwrap();
    let command = format!("sh {}", scanner.display());
    let refused = upload::accept(&app.app.files, &app.site_id, &upload, &command).await;
    let Err(Error::Refused(Refusal::Attachment(said))) = refused else { panic!("the virus was taken in") };
    assert_eq!(said, "附件“名册.txt”没有通过安全检查：文件: Test.Virus FOUND");
    let mut clean = begin(&record, "名册.txt", 5).await.unwrap();
    clean.received = upload::write_part(&app.app.files, &clean, 0, b"clean").unwrap();
    assert!(upload::accept(&app.app.files, &app.site_id, &clean, &command).await.is_ok());
    let missing = upload::accept(&app.app.files, &app.site_id, &clean, "/nonexistent/scanner").await;
    assert!(matches!(missing, Err(Error::Refused(Refusal::Attachment(said))) if said.contains("系统管理员")));
}

#[tokio::test]
async fn too_large_files_and_too_many_at_once_are_refused() {
    let app = TestApp::start().await;
    let record = app.document("有附件").draft().await;
    assert!(matches!(begin(&record, "大.txt", (1 << 20) + 1).await, Err(Error::Refused(_))));
    assert!(matches!(begin(&record, "空.txt", 0).await, Err(Error::Refused(_))));
    for n in 0..4 {
        begin(&record, &format!("{n}.txt"), 1 << 20).await.unwrap();
    }
    assert!(matches!(begin(&record, "五.txt", 1).await, Err(Error::Refused(_))));
}

#[tokio::test]
async fn uploads_nobody_goes_on_with_are_given_up_after_a_week() {
    let app = TestApp::start().await;
    let record = app.document("有附件").draft().await;
    let upload = begin(&record, "名册.txt", 6).await.unwrap();
    upload::write_part(&app.app.files, &upload, 0, b"abc").unwrap();
    let place = app.app.files.part_place(&upload.id);
    app.advance_minutes(6 * 24 * 60);
    background::tidy_up(&app.app).await.unwrap();
    assert!(place.exists());
    app.advance_minutes(2 * 24 * 60);
    background::tidy_up(&app.app).await.unwrap();
    assert!(!place.exists());
    let id = upload.id.clone();
    assert!(app.read(move |tx, cx| queries::upload(tx, &cx.site_id, &id)).await.is_none());
    jobs::remove_parts(&app.app.files, &[upload.id]).unwrap();
}

#[test]
fn a_second_file_of_a_name_gets_a_number() {
    let file = |name: &str| crate::attachment::Attachment {
        id: String::new(),
        name: name.to_owned(),
        file: crate::attachment::StoredFile { sha256: String::new(), size: 1, media_type: String::new() },
    };
    let present = [file("图片.png"), file("图片-2.png"), file("名册")];
    let free = |name| upload::free_name(name, &present);
    assert_eq!(
        (free("图片.png"), free("名册"), free("新.png")),
        ("图片-3.png".into(), "名册-2".into(), "新.png".into())
    );
    assert_eq!(State::from_code("given_up"), Some(State::GivenUp));
}
