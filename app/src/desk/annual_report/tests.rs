//! The annual report at the desk: begun, written, answered by a unit, signed by another person, corrected.

use rules::permission::Role;

use crate::{
    annual_report::{
        actions,
        tests::{create, finish, organ, report, sign, start, stored_picture, submit, write},
    },
    test_app::{TestApp, photograph},
    training::{self, Entry, Participant, TrainingKind},
};

async fn id_of(app: &TestApp) -> String {
    app.read(|tx, cx| Ok(crate::annual_report::newest(tx, cx, "", 2018)?.unwrap().id)).await
}

#[tokio::test]
async fn the_office_begins_a_report_writes_it_and_opens_the_records_behind_a_figure() {
    let app = start().await;
    let mut office = app.officer("ban", Role::DisclosureOffice, "government").await;
    let begun = office.post("/desk/annual-reports", &[("year", "2018"), ("organ", "")]).await;
    assert!(begun.text().contains("已建立"), "{}", begun.text());
    let here = format!("/desk/annual-reports/{}", id_of(&app).await);
    let page = office.page(&here).await;
    assert!(page.contains("主动公开政府信息 7 条") && page.contains("是空白，不能当作零"), "{page}");
    let records = office.page(&format!("{here}/figures/active_total")).await;
    assert!(records.contains("演示办法") && records.contains("文章乙"), "{records}");
    let text = "演示：主要问题。{{figure:website}}条。";
    let saved = office.post(&format!("{here}/sections/problems"), &[("version", "1"), ("text", text)]).await;
    assert!(saved.text().contains("演示：主要问题。 5 条。"), "{}", saved.text());
    let other = [("version", "1"), ("text", "演示：工作思路。")];
    let other = office.post(&format!("{here}/sections/plans"), &other).await;
    assert!(other.text().contains("已保存"), "another section was written meanwhile: {}", other.text());
    let typed = "演示：根据旧页面写的一段话";
    let stale = office.post(&format!("{here}/sections/problems"), &[("version", "1"), ("text", typed)]).await;
    assert_eq!(stale.status(), 409);
    assert!(stale.one("#text-problems").text.contains(typed), "{}", stale.html());
    assert!(stale.text().contains("演示：主要问题。 5 条。") && stale.text().contains("您写的还没有保存"));
    let long = typed.repeat(4_000);
    let long = office.post(&format!("{here}/sections/problems"), &[("version", "2"), ("text", &long)]).await;
    assert!(long.status() == 422 && long.one("#text-problems").text.starts_with(typed), "{}", long.status());
    let merged = [("version", "2"), ("text", typed)];
    let merged = office.post(&format!("{here}/sections/problems"), &merged).await;
    assert!(merged.text().contains("已保存"), "{}", merged.text());
    let declared = [("version", "4"), ("figure", "budget"), ("declared", "zero")];
    assert!(office.post(&format!("{here}/declare"), &declared).await.text().contains("已说明：本年没有"));
    let early = office.post(&format!("{here}/submit"), &[("version", "5")]).await;
    assert_eq!(early.status(), 422);
    let id = id_of(&app).await;
    submit(&app, &id).await;
    let late = office.post(&format!("{here}/sections/problems"), &[("version", "4"), ("text", typed)]).await;
    assert_eq!(late.status(), 422);
    assert!(late.text().contains("年报已提交签发") && late.one("#text-problems").text.contains(typed));
    app.act(move |tx, cx| actions::take_back(tx, cx, &id, "演示")).await;
    let xlsx = office.get(&format!("{here}/figures/website?format=xlsx")).await;
    assert_eq!(xlsx.status(), 200);
    assert_eq!(office.get(&format!("{here}/forms/json")).await.status(), 200);
    assert!(office.page("/desk/annual-reports").await.contains("编写中"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_sent_shown_described_and_taken_out_again() {
    let app = start().await;
    let id = create(&app).await;
    let mut office = app.officer("ban", Role::DisclosureOffice, "government").await;
    let here = format!("/desk/annual-reports/{id}");
    let sending = format!("{here}/sections/overview/pictures");
    let stored = stored_picture(&app);
    let png = std::fs::read(app.app.files.place(&app.site_id, &stored.sha256)).unwrap();
    let caption = [("caption", "演示培训<现场>")];

    let sent = office.send_with_file(&sending, &caption, ("现场.png", &png)).await;
    assert!(sent.text().contains("图片已加在这一部分的末尾"), "{}", sent.text());
    let shown = sent.one(".report-picture img");
    assert_eq!(shown.attribute("alt"), Some("演示培训<现场>"));
    let src = shown.attribute("src").unwrap().to_owned();
    let file = office.get(&src).await;
    assert_eq!((file.status(), file.header("content-type")), (200, Some("image/png")));
    assert!(sent.one("#text-overview").text.ends_with("{{picture:p1}}"));

    for (fields, name, bytes, said) in [
        (&caption[..], "现场.txt", &b"text"[..], "只能添加 PNG 或 JPEG 图片"),
        (&caption[..], "现场.png", &b""[..], "请选择一幅图片"),
        (&[][..], "现场.png", &png[..], "请写明图片说明"),
    ] {
        let refused = office.send_with_file(&sending, fields, (name, bytes)).await;
        assert!(refused.status() == 422 && refused.text().contains(said), "{said}: {}", refused.text());
    }
    // The head of a picture of 20,000 by 20,000 points, and its end: a few bytes that would fill the memory.
    let huge = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x4e\x20\0\0\x4e\x20\x08\x02\0\0\0crc!\0\0\0\0IENDcrc!";
    let refused = office.send_with_file(&sending, &caption, ("现场.png", huge)).await;
    assert!(refused.status() == 422 && refused.text().contains("尺寸太大"), "{}", refused.text());
    let noted = photograph();
    office.send_with_file(&sending, &caption, ("照片.jpg", &noted)).await;
    let kept = report(&app, &id).await.pictures[1].sha256.clone();
    let kept = std::fs::read(app.app.files.place(&app.site_id, &kept)).unwrap();
    let tells = |bytes: &[u8]| bytes.windows(7).any(|window| window == b"DemoCam");
    assert!(tells(&noted) && !tells(&kept) && kept.ends_with(b"picture\xff\xd9"));
    office.post(&format!("{here}/pictures/p2"), &[("do", "remove"), ("section", "overview")]).await;
    let changing = format!("{here}/pictures/p1");
    let described = office.post(&changing, &[("caption", "业务培训现场"), ("section", "overview")]).await;
    assert_eq!(described.one(".report-picture img").attribute("alt"), Some("业务培训现场"));

    let mut unit = app.officer("lin", Role::InformationOfficer, "culture").await;
    assert_eq!(unit.get(&src).await.status(), 403);
    assert_eq!(unit.post(&changing, &[("do", "remove")]).await.status(), 403);

    let removed = office.post(&changing, &[("do", "remove"), ("section", "overview")]).await;
    assert!(removed.text().contains("图片已删除") && !removed.html().contains("report-picture"));
    assert_eq!(office.get(&src).await.status(), 404);
}

#[tokio::test]
async fn a_unit_sees_what_it_is_asked_for_and_answers_beside_its_own_records() {
    let app = start().await;
    let mut office = app.officer("ban", Role::DisclosureOffice, "government").await;
    let mut unit = app.officer("lin", Role::InformationOfficer, "culture").await;
    let id = create(&app).await;
    let culture = organ(&app).await.0;
    let units = format!("/desk/annual-reports/{id}/units");
    let past =
        office.post(&units, &[("organ", &culture), ("due_on", "2019-01-01"), ("note", "请尽快")]).await;
    assert_eq!(past.status(), 422);
    assert_eq!(past.one("#note").attribute("value"), Some("请尽快"));
    assert_eq!(past.one("input[name=organ][checked]").attribute("value"), Some(culture.as_str()));
    office.post(&units, &[("organ", &culture), ("due_on", "2019-02-20"), ("note", "请核对")]).await;
    let list = unit.page("/desk/annual-reports").await;
    assert!(list.contains("2019年2月20日") && list.contains("待填报"), "{list}");
    assert!(!list.contains("编写中"), "a unit sees its own work only");
    let mine = format!("{units}/{culture}");
    assert!(unit.page(&mine).await.contains("请核对"));
    let odd = unit.post(&mine, &[("version", "1"), ("website", "很多"), ("comment", "")]).await;
    assert!(odd.text().contains("应当填写不小于零的整数"), "{}", odd.text());
    let sent = [("version", "1"), ("website", "3"), ("wechat", "2"), ("comment", "演示说明")];
    assert!(unit.post(&mine, &sent).await.text().contains("已填报"));
    let seen = office.page(&units).await;
    assert!(seen.contains("自报3，登记1") && seen.contains("演示说明"), "{seen}");
    let back = office.post(&units, &[("back", &culture), ("note", "请补登记")]).await;
    assert!(back.text().contains("已退回"), "{}", back.text());
    assert_eq!(unit.get(&format!("/desk/annual-reports/{id}")).await.status(), 403);
    let mut other = app.officer("cai", Role::InformationOfficer, "government").await;
    assert_eq!(other.get(&mine).await.status(), 403);
}

#[tokio::test]
async fn the_signer_is_another_person_and_the_signed_report_is_public_and_can_be_corrected() {
    let app = start().await;
    let mut office = app.officer("ban", Role::DisclosureOffice, "government").await;
    let mut signer = app.officer("qian", Role::Signer, "government").await;
    let mut elsewhere = app.officer("wen", Role::Signer, "culture").await;
    let id = create(&app).await;
    finish(&app, &id).await;
    let here = format!("/desk/annual-reports/{id}");
    let version = report(&app, &id).await.version.to_string();
    assert!(
        office.post(&format!("{here}/submit"), &[("version", &version)]).await.text().contains("已提交签发")
    );
    assert_eq!(office.post(&format!("{here}/sign"), &[]).await.status(), 403);
    assert_eq!(elsewhere.post(&format!("{here}/sign"), &[]).await.status(), 403);
    let back = signer.post(&format!("{here}/take-back"), &[("reason", "演示：请补充")]).await;
    assert!(back.text().contains("已退回编写"), "{}", back.text());
    let version = report(&app, &id).await.version.to_string();
    office.post(&format!("{here}/submit"), &[("version", &version)]).await;
    let unread = signer.post(&format!("{here}/sign"), &[("version", &version)]).await;
    assert_eq!(unread.status(), 409, "it was handed in again since this page was read");
    let version = report(&app, &id).await.version.to_string();
    let signed = signer.post(&format!("{here}/sign"), &[("version", &version)]).await.text();
    assert!(signed.contains("已签发并公开") && signed.contains("与签发时相同"), "{signed}");
    let address = report(&app, &id).await.frozen.unwrap().address;
    let path = format!("/{}", address.splitn(4, '/').last().unwrap());
    assert!(app.page(&path).await.replace(' ', "").contains("主动公开政府信息7条"));
    let records = signer.page(&format!("{here}/figures/active_total")).await;
    assert!(records.contains("签发时统计的记录") && records.contains("文章乙"), "{records}");
    let corrected = office.post(&format!("{here}/correct"), &[("reason", "演示更正")]).await.text();
    assert!(corrected.contains("已开始更正") && corrected.contains("演示更正"), "{corrected}");
}

#[tokio::test]
async fn the_record_of_a_signed_report_leads_the_desk_to_its_report() {
    let app = start().await;
    let mut office = app.officer("ban", Role::DisclosureOffice, "government").await;
    let id = create(&app).await;
    submit(&app, &id).await;
    let (cx, version) = (app.app.cx(&app.site_id, "signer"), report(&app, &id).await.version);
    let wanted = id.clone();
    let work = app.app.act(cx, move |tx, cx| actions::sign(tx, cx, (&wanted, version), "https://s.test"));
    work.await.unwrap();
    let signed = report(&app, &id).await;
    let edition = format!("/desk/editions/{}", signed.edition_id.unwrap());
    let record = format!("/desk/documents/{}", signed.document_id.unwrap());
    let here = format!("/desk/annual-reports/{id}");
    let page = office.get(&record).await;
    assert!(page.html().contains(&format!("href=\"{here}\"")), "{}", page.html());
    let offered = ["/edit\"", "/submit\"", "/delete\"", "/withdraw\"", "/repeal\"", "/correct\""];
    assert!(offered.iter().all(|way| !page.html().contains(way)), "{}", page.html());
    for address in ["/edit", "/delete"] {
        let refused = office.get(&format!("{edition}{address}")).await;
        assert_eq!(refused.status(), 422, "{address}");
        assert!(refused.text().contains("已签发的年度报告"), "{}", refused.text());
        assert!(refused.html().contains(&format!("href=\"{here}\"")), "{}", refused.html());
    }
    for address in ["/delete", "/submit"] {
        let refused = office.post(&format!("{edition}{address}"), &[]).await;
        assert!(refused.text().contains("已签发的年度报告"), "{address}: {}", refused.text());
    }
    assert!(report(&app, &id).await.frozen.is_some());
}

/// A training of the year in which one person took part.
async fn training(app: &TestApp, day: i8, name: &'static str) {
    let host_organ_id = organ(app).await;
    app.act(move |tx, cx| {
        let new = Entry {
            kind: TrainingKind::Training,
            title: "演示培训".to_owned(),
            held_on: jiff::civil::date(2018, 7, day),
            ended_on: None,
            host_organ_id: host_organ_id.clone(),
            place: String::new(),
            topics: String::new(),
            scores: None,
        };
        let person = Participant {
            organ_id: host_organ_id.clone(),
            name: name.to_owned(),
            post: String::new(),
            attended: true,
            score: None,
        };
        training::actions::add(tx, cx, &new, &[person]).map(drop)
    })
    .await;
}

#[tokio::test]
async fn who_took_part_in_trainings_is_named_to_those_who_keep_that_register_alone() {
    let app = start().await;
    let mut office = app.officer("ban", Role::DisclosureOffice, "government").await;
    let mut signer = app.officer("qian", Role::Signer, "government").await;
    let mut watcher = app.officer("du", Role::SupervisionOffice, "government").await;
    training(&app, 3, "演小明").await;
    let id = create(&app).await;
    // Shown, so that the signed report tells what changed behind it.
    write(&app, &id, "overview", "演示：培训{{figure:trained_people}}人次。").await;
    let people = format!("/desk/annual-reports/{id}/figures/trained_people");
    for round in ["written", "signed"] {
        assert!(office.page(&people).await.contains("演小明"), "{round}");
        for other in [&mut signer, &mut watcher] {
            let page = other.page(&people).await;
            assert!(page.contains("演**") && !page.contains("小明"), "{round}: {page}");
        }
        if round == "written" {
            sign(&app, &id).await;
        }
    }
    let file = watcher.get(&format!("{people}?format=csv")).await;
    assert!(file.html().contains("演**") && !file.html().contains("小明"), "{}", file.html());
    training(&app, 4, "示小红").await;
    let here = format!("/desk/annual-reports/{id}");
    assert!(office.page(&here).await.contains("示小红"));
    let page = signer.page(&here).await;
    assert!(page.contains("示**") && !page.contains("小红"), "{page}");
}

#[tokio::test]
async fn the_list_comes_in_pages_of_a_year_without_reading_what_the_reports_say() {
    let app = start().await;
    let mut office = app.officer("ban", Role::DisclosureOffice, "government").await;
    let id = create(&app).await;
    sign(&app, &id).await;
    let organ_id = organ(&app).await.0;
    app.act(move |tx, cx| {
        for year in 2008..2018 {
            actions::create(tx, cx, "", year)?;
            actions::create(tx, cx, &organ_id, year)?;
        }
        let broken =
            kit_db::sql!("update annual_report set frozen = '{' where site_id = $1 and report_id = $2");
        tx.execute(broken, kit_db::params![&cx.site_id, &id])?;
        Ok(())
    })
    .await;
    let list = office.get("/desk/annual-reports").await;
    assert_eq!((list.status(), list.select("tbody tr").len()), (200, 21));
    let list = office.get("/desk/annual-reports?of=2010").await;
    assert_eq!(list.select("tbody tr").len(), 2);
}

#[tokio::test]
async fn a_public_report_is_withdrawn_by_two_and_its_page_says_so_and_offers_the_correction() {
    let app = start().await;
    let mut office = app.officer("ban", Role::DisclosureOffice, "government").await;
    let mut signer = app.officer("qian", Role::Signer, "government").await;
    let mut watcher = app.officer("du", Role::SupervisionOffice, "government").await;
    let id = create(&app).await;
    sign(&app, &id).await;
    let signed = report(&app, &id).await;
    let here = format!("/desk/annual-reports/{id}");
    let record = format!("/desk/documents/{}", signed.document_id.unwrap());
    let page = office.get(&here).await;
    assert!(page.html().contains(&format!("href=\"{record}/withdraw\"")), "{}", page.html());
    assert!(!watcher.get(&here).await.html().contains("/withdraw\""));
    let overview = office.get(&record).await;
    assert!(overview.html().contains("/withdraw\"") && !overview.html().contains("/correct\""));
    assert!(!overview.html().contains("/repeal\""), "{}", overview.html());
    let grounds = [("reason", "personal_privacy"), ("note", "演示：第三部分有住址"), ("act", "ask")];
    let asked = office.post(&format!("{record}/withdraw"), &grounds).await;
    assert!(asked.text().contains("已提出撤回申请"), "{}", asked.text());
    assert!(!office.page(&here).await.contains("公开的年报已撤回"), "one person alone withdraws nothing");
    let form = signer.get(&record).await;
    let action = form.one("form[action^=\"/desk/requests/\"]").attribute("action").unwrap().to_owned();
    signer.post(&action, &[("act", "confirm"), ("opinion", "")]).await;
    for officer in [&mut office, &mut signer, &mut watcher] {
        let page = officer.page(&here).await;
        for words in ["公开的年报已撤回", "涉及个人隐私", "ban", "qian", "已办理"] {
            assert!(page.contains(words), "{words}: {page}");
        }
    }
    assert!(office.page(&here).await.contains("第三部分有住址"));
    assert!(
        !watcher.page(&here).await.contains("第三部分有住址"),
        "the note is for those who read the record"
    );
    let page = office.get(&here).await;
    assert!(page.html().contains(&format!("action=\"{here}/correct\"")), "{}", page.html());
    assert!(!page.html().contains("/publish\"") && !page.html().contains("/withdraw\""));
    assert!(office.page("/desk/annual-reports").await.contains("已撤回"));
    let corrected = office.post(&format!("{here}/correct"), &[("reason", "演示更正")]).await;
    assert!(corrected.text().contains("已开始更正") && corrected.text().contains("公开的年报已撤回"));
    assert!(!office.get(&here).await.html().contains("/correct\""), "it is begun already");
    let next = corrected.address().rsplit('/').next().unwrap().to_owned();
    sign(&app, &next).await;
    let old = office.page(&here).await;
    assert!(old.contains("这一版不再公开") && !old.contains("公开的年报已撤回"), "{old}");
    assert!(!office.page(&format!("/desk/annual-reports/{next}")).await.contains("公开的年报已撤回"));
}

#[tokio::test]
async fn the_office_withdraws_a_public_report_at_once_and_the_page_says_that_it_waits_for_another() {
    let app = start().await;
    let mut office = app.officer("ban", Role::DisclosureOffice, "government").await;
    let id = create(&app).await;
    sign(&app, &id).await;
    let signed = report(&app, &id).await;
    let record = format!("/desk/documents/{}", signed.document_id.unwrap());
    let grounds = [("reason", "state_secret"), ("note", "演示"), ("act", "at_once")];
    let done = office.post(&format!("{record}/withdraw"), &grounds).await;
    assert!(done.text().contains("已紧急撤回"), "{}", done.text());
    let page = office.page(&format!("/desk/annual-reports/{id}")).await;
    assert!(page.contains("公开的年报已撤回") && page.contains("待事后审查"), "{page}");
    let address = signed.frozen.unwrap().address;
    let path = format!("/{}", address.splitn(4, '/').last().unwrap());
    assert_eq!(app.get(&path).await.status(), 410);
}
