//! Stories of the pictures of a report: added, described, taken out, signed, published and shown in every form that has
//! pictures.

use std::io::{Cursor, Read};

use super::{create, document, report, sign, start, submit, write};
use crate::{
    annual_report::{
        actions, body,
        document::{Block, ReportDocument},
        form::Pictures,
        output::{self, Form},
        picture, prose, queries, release,
    },
    attachment::StoredFile,
    error::{Error, Refusal},
    test_app::TestApp,
};

/// A picture in the site's store: a dark rectangle.
pub(crate) fn stored_picture(app: &TestApp) -> StoredFile {
    let svg =
        "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='6'><rect width='8' height='6'/></svg>";
    let png = app.app.press.picture(svg, 80).unwrap();
    app.app.files.store(&app.site_id, "演示.png", &mut Cursor::new(png)).unwrap()
}

async fn add(app: &TestApp, id: &str, section: &'static str, caption: &'static str) -> String {
    let (id, file) = (id.to_owned(), stored_picture(app));
    app.act(move |tx, cx| picture::add(tx, cx, (&id, section), caption, &file)).await
}

fn captions(document: &ReportDocument) -> Vec<&str> {
    picture::shown(document).into_iter().map(|shown| shown.caption).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_placed_in_its_section_described_anew_and_taken_out() {
    let app = start().await;
    let id = create(&app).await;
    let first = add(&app, &id, "overview", "培训现场").await;
    let second = add(&app, &id, "problems", " 测试现场 ").await;
    assert_eq!((first.as_str(), second.as_str()), ("p1", "p2"));
    let made = document(&app).await;
    let last = |at: usize| made.parts[at].blocks.last().cloned();
    assert!(matches!(last(0), Some(Block::Picture { caption, .. }) if caption == "培训现场"));

    let wanted = id.clone();
    app.act(move |tx, cx| picture::describe(tx, cx, (&wanted, "p1"), "业务培训现场")).await;
    assert!(
        matches!(document(&app).await.parts[0].blocks.last(), Some(Block::Picture { caption, .. }) if caption == "业务培训现场")
    );

    write(&app, &id, "overview", "演示文字\n{{ picture : p1 }}").await;
    let wanted = id.clone();
    app.act(move |tx, cx| picture::remove(tx, cx, (&wanted, "p1"))).await;
    let wanted = id.clone();
    let report = app.read(move |tx, cx| actions::find(tx, cx, &wanted)).await;
    assert_eq!(report.pictures.iter().map(|one| one.code.as_str()).collect::<Vec<_>>(), ["p2"]);
    assert!(!report.section("overview").unwrap().text.contains("picture:"));
    // A code is not given twice while a text somewhere may still hold it.
    assert_eq!(add(&app, &id, "overview", "又一幅").await, "p3");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_picture_has_no_words_or_comes_too_late_is_refused() {
    let app = start().await;
    let id = create(&app).await;
    let good = stored_picture(&app);
    let text = StoredFile { media_type: "text/plain".to_owned(), ..good.clone() };
    let large = StoredFile { size: picture::LARGEST + 1, ..good.clone() };
    for (file, caption) in [(&text, "说明"), (&large, "说明"), (&good, "  ")] {
        let (id, kept) = (id.clone(), file.clone());
        let tried = app.try_act(move |tx, cx| picture::add(tx, cx, (&id, "overview"), caption, &kept)).await;
        assert!(matches!(tried, Err(Error::Refused(_))), "{caption} {file:?}");
    }
    for (section, code) in [("nowhere", None), ("overview", Some("p9"))] {
        let (id, file) = (id.clone(), good.clone());
        let tried = app.try_act(move |tx, cx| match code {
            None => picture::add(tx, cx, (&id, section), "说明", &file).map(drop),
            Some(code) => picture::remove(tx, cx, (&id, code)),
        });
        assert!(matches!(tried.await, Err(Error::NotFound)));
    }
    assert!(prose::read("{{picture:p9}}") == [prose::Piece::Picture("p9".to_owned())]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_report_keeps_its_pictures_in_every_form_and_on_its_public_record() {
    let app = start().await;
    let id = create(&app).await;
    add(&app, &id, "overview", "业务培训/现场").await;
    sign(&app, &id).await;
    let signed = document(&app).await;
    assert_eq!(captions(&signed), ["业务培训/现场"]);

    let pictures = picture::read(&app.app.files, &app.site_id, &signed).unwrap();
    let made = |form| output::render(form, (&signed, &pictures), &app.app.press, app.now()).unwrap();
    let html = String::from_utf8(made(Form::Html)).unwrap();
    assert!(html.contains("src=\"data:image/png;base64,") && html.contains("alt=\"业务培训/现场\""));
    let docx = zip::ZipArchive::new(Cursor::new(made(Form::Docx))).unwrap();
    let n_media = |docx: &zip::ZipArchive<_>| {
        docx.file_names().flatten().filter(|name| name.contains("media/")).count()
    };
    let bare = output::render(Form::Docx, (&signed, &Pictures::new()), &app.app.press, app.now()).unwrap();
    assert_eq!(n_media(&docx), n_media(&zip::ZipArchive::new(Cursor::new(bare)).unwrap()) + 1);

    let encoded = "%E5%9B%BE1%20%E4%B8%9A%E5%8A%A1%E5%9F%B9%E8%AE%AD%20%E7%8E%B0%E5%9C%BA%2Epng";
    assert!(body::html(&signed).contains(&format!("<img src=\"{encoded}\" alt=\"业务培训/现场\">")));
    let report = app.read(|tx, cx| queries::newest(tx, &cx.site_id, "", 2018)).await.unwrap();
    let edition = crate::id::EditionId(report.edition_id.unwrap());
    let files =
        app.read(move |tx, cx| Ok(crate::attachment::queries::of_edition(tx, &cx.site_id, &edition)?)).await;
    let picture = files.iter().find(|file| file.file.sha256 == stored_picture(&app).sha256).unwrap();
    assert_eq!(picture.name, "图1 业务培训 现场.png");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_whose_files_cannot_be_made_is_not_signed() {
    let app = start().await;
    let id = create(&app).await;
    let whole = {
        let (file, mut bytes) = (stored_picture(&app), Vec::new());
        app.app.files.open_stored(&app.site_id, &file.sha256).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    };
    let half =
        app.app.files.store(&app.site_id, "半.png", &mut Cursor::new(&whole[..whole.len() / 2])).unwrap();
    let wanted = id.clone();
    app.act(move |tx, cx| picture::add(tx, cx, (&wanted, "overview"), "传了一半的图片", &half)).await;
    submit(&app, &id).await;
    let (cx, version) = (app.app.cx(&app.site_id, "signer"), report(&app, &id).await.version);
    let signing = release::sign(&app.app, cx, (&id, version), "https://s.test".to_owned()).await;
    assert!(
        matches!(&signing, Err(Error::Refused(Refusal::Invalid(why))) if why.contains("打不开的图片")),
        "{signing:?}"
    );
    assert!(report(&app, &id).await.frozen.is_none());
    let wanted = id.clone();
    app.act(move |tx, cx| {
        actions::take_back(tx, cx, &wanted, "演示：图片坏了")?;
        picture::remove(tx, cx, (&wanted, "p1"))
    })
    .await;
    sign(&app, &id).await;
}
