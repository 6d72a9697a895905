//! The way through the pages: every form as a browser sends it, by the people who may and the people who may not.

use rules::permission::Role;

use crate::{
    background,
    review::dossier::Dossier,
    test_app::{Desk, Record, TestApp},
};

/// Everybody a record needs, signed in.
struct Office {
    app: TestApp,
    drafter: Desk,
    keeper: Desk,
    signer: Desk,
    office: Desk,
}

impl Office {
    async fn open() -> Office {
        let app = TestApp::start().await;
        Office {
            drafter: app.officer("drafter", Role::InformationOfficer, "government").await,
            keeper: app.officer("keeper", Role::SecrecyReviewer, "government").await,
            signer: app.officer("signer", Role::Signer, "government").await,
            office: app.officer("office", Role::DisclosureOffice, "government").await,
            app,
        }
    }

    /// A record that the drafter submits through the page; gives the record and the address of its case.
    async fn submit(&mut self, title: &str) -> (Record, String) {
        let record = self.app.document(title).draft().await;
        let reply = self.drafter.post(&format!("/desk/editions/{}/submit", record.edition.0), &[]).await;
        assert_eq!(reply.status(), 200, "{}", reply.html());
        assert!(reply.text().contains("已送审"), "{}", reply.text());
        let address = reply.address().to_owned();
        (record, address)
    }

    async fn content(&self, record: &Record) -> String {
        let edition = record.edition.clone();
        let read =
            self.app.read(move |tx, cx| Ok(Dossier::of_edition(tx, cx, &edition)?.content().0.clone()));
        read.await
    }
}

const FORM: [(&str, &str); 3] =
    [("verdict", "pass"), ("opinion", "不涉密，可以公开"), ("basis", "no_secret")];

fn seen<'a>(content: &'a str, at: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("content", content), ("at", at), ("party", "0")]
}

#[tokio::test]
async fn a_record_goes_from_the_drafter_to_the_reader_through_the_pages() {
    let mut office = Office::open().await;
    let (record, case) = office.submit("供热管理办法").await;
    assert!(office.keeper.page("/desk/reviews").await.contains("供热管理办法"));
    assert!(!office.signer.page("/desk/reviews").await.contains("供热管理办法"));
    let content = office.content(&record).await;
    let mut form = seen(&content, "secrecy-0");
    form.extend(FORM);
    let reply = office.keeper.post(&format!("{case}/secrecy"), &form).await;
    assert!(reply.text().contains("保密审查已通过"), "{}", reply.text());
    let again = office.keeper.post(&format!("{case}/secrecy"), &form).await;
    assert!(again.text().contains("没有重复办理"), "{}", again.text());
    assert!(office.signer.page("/desk/reviews").await.contains("供热管理办法"));
    office.signer.post(&format!("{case}/approve"), &seen(&content, "sign_off-0")).await;
    let reply = office.signer.post(&format!("{case}/publish"), &[("content", &content)]).await;
    assert!(reply.text().contains("已发布"), "{}", reply.text());
    assert!(office.app.page("/documents/1").await.contains("供热管理办法"));
    let history = office.drafter.page(&case).await;
    for word in ["送审", "保密审查通过", "签发", "演示keeper", "不涉密，可以公开"] {
        assert!(history.contains(word), "{word}: {history}");
    }
}

#[tokio::test]
async fn a_form_that_lacks_something_comes_back_with_what_was_typed() {
    let mut office = Office::open().await;
    let (record, case) = office.submit("缺少依据").await;
    let content = office.content(&record).await;
    let mut form = seen(&content, "secrecy-0");
    form.extend([("verdict", "pass"), ("opinion", "写了很久的意见")]);
    let reply = office.keeper.post(&format!("{case}/secrecy"), &form).await;
    assert_eq!(reply.status(), 422);
    assert!(reply.text().contains("依据") && reply.html().contains("写了很久的意见"));
    let silent = [seen(&content, "secrecy-0"), vec![("to", "drafter")]].concat();
    assert_eq!(office.keeper.post(&format!("{case}/return"), &silent).await.status(), 422);
    let marked = [silent, vec![("reason", "请核对"), ("mark", "1"), ("mark-1", "数字有误")]].concat();
    let reply = office.keeper.post(&format!("{case}/return"), &marked).await;
    assert!(reply.text().contains("第 1 段") && reply.text().contains("数字有误"), "{}", reply.text());
    assert!(office.drafter.page("/desk/reviews").await.contains("缺少依据"));
}

#[tokio::test]
async fn nobody_without_the_role_decides_and_strangers_do_not_even_see_the_case() {
    let mut office = Office::open().await;
    office.app.organ("forestry", "林业局").await;
    let mut stranger = office.app.officer("stranger", Role::Signer, "forestry").await;
    let mut administrator = office.app.officer("root", Role::SystemAdministrator, "government").await;
    let (record, case) = office.submit("只给该看的人看").await;
    let content = office.content(&record).await;
    for desk in [&mut stranger, &mut administrator] {
        assert_eq!(desk.get(&case).await.status(), 404);
        for (verb, at) in [("approve", "sign_off-0"), ("publish", ""), ("emergency", "")] {
            let mut form = seen(&content, at);
            form.extend(FORM);
            form.push(("urgency", "紧急"));
            let reply = desk.post(&format!("{case}/{verb}"), &form).await;
            assert!([403, 404].contains(&reply.status()), "{verb}: {}", reply.status());
        }
    }
    let mut form = seen(&content, "secrecy-0");
    form.extend(FORM);
    assert_eq!(office.drafter.post(&format!("{case}/secrecy"), &form).await.status(), 403);
    assert_eq!(
        office.signer.post(&format!("{case}/approve"), &seen(&content, "secrecy-0")).await.status(),
        422
    );
    assert!(!office.app.get("/documents/1").await.html().contains("只给该看的人看"));
}

#[tokio::test]
async fn a_leader_without_an_account_signs_by_a_link_and_sees_nothing_else() {
    let mut office = Office::open().await;
    let (record, case) = office.submit("请领导签发").await;
    let content = office.content(&record).await;
    let mut form = seen(&content, "secrecy-0");
    form.extend(FORM);
    office.keeper.post(&format!("{case}/secrecy"), &form).await;
    let mut ask = seen(&content, "sign_off-0");
    ask.push(("holder", "演示区长"));
    let issued = office.office.post(&format!("{case}/links"), &ask).await;
    let address = issued.one("#address").attribute("value").unwrap().to_owned();
    let path = &address[address.find("/approve/").unwrap()..];
    let mut leader = office.app.browser();
    let page = leader.get(path).await;
    assert!(page.text().contains("请领导签发") && !page.text().contains("演示keeper"), "{}", page.text());
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let done = leader.post(path, &[("verdict", "approve")]).await;
    assert!(done.text().contains("您已同意"), "{}", done.text());
    assert!(leader.post(path, &[("verdict", "approve")]).await.text().contains("没有重复办理"));
    assert_eq!(leader.get(path).await.status(), 404);
    assert_eq!(leader.get("/approve/0123").await.status(), 404);
    assert!(office.signer.page(&case).await.contains("演示区长（凭一次性链接）"));
}

#[tokio::test]
async fn several_at_once_are_each_decided_by_themselves() {
    let mut office = Office::open().await;
    let mut cases = Vec::new();
    for title in ["甲件", "乙件"] {
        let (record, case) = office.submit(title).await;
        let content = office.content(&record).await;
        let mut form = seen(&content, "secrecy-0");
        form.extend(FORM);
        office.keeper.post(&format!("{case}/secrecy"), &form).await;
        cases.push((case.rsplit('/').next().unwrap().to_owned(), content));
    }
    let fields: Vec<(String, String)> = cases
        .iter()
        .flat_map(|(id, content)| {
            [
                ("case".to_owned(), id.clone()),
                (format!("at-{id}"), "sign_off-0".to_owned()),
                (format!("party-{id}"), "0".to_owned()),
                (format!("content-{id}"), if *id == cases[1].0 { "old".to_owned() } else { content.clone() }),
            ]
        })
        .collect();
    let mut form: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    form.push(("act", "approve"));
    let reply = office.signer.post("/desk/reviews/bulk", &form).await.text();
    assert!(reply.contains("没有办理的 1 件") && reply.contains("已办理的 1 件"), "{reply}");
}

#[tokio::test]
async fn an_emergency_has_its_own_page_and_the_settings_are_kept() {
    let mut office = Office::open().await;
    let (record, case) = office.submit("停水通知").await;
    let content = office.content(&record).await;
    assert!(office.signer.page(&format!("{case}/emergency")).await.contains("您是第二人"));
    let mut form = vec![("content", content.as_str()), ("urgency", "主管道破裂")];
    form.extend(&FORM[1..]);
    office.signer.post(&format!("{case}/emergency"), &form).await;
    assert!(office.app.page("/documents/1").await.contains("停水通知"));
    assert!(office.office.page("/desk/reviews?show=all").await.contains("已紧急发布，待事后审查"));
    let rounds = [("name_1", "科室审核"), ("own_1", "yes"), ("need_1", "all"), ("step_days", "3")];
    let limits = [("afterwards_days", "1"), ("link_hours", "12")];
    let saved = office.office.post("/desk/reviews/settings", &[&rounds[..], &limits[..]].concat()).await;
    assert!(saved.text().contains("审签设置已保存"), "{}", saved.text());
    let (_, case) = office.submit("有一轮审核").await;
    assert!(office.drafter.page(&case).await.contains("待科室审核"));
    let refused = office.drafter.post("/desk/reviews/settings", &rounds).await;
    assert_eq!(refused.status(), 403);
}

#[tokio::test]
async fn a_step_that_nobody_may_take_says_so_to_those_who_can_mend_it_and_goes_to_whoever_is_appointed() {
    let app = TestApp::start().await;
    let mut drafter = app.officer("drafter", Role::InformationOfficer, "government").await;
    let mut office = app.officer("office", Role::DisclosureOffice, "government").await;
    let mut root = app.officer("root", Role::SystemAdministrator, "government").await;
    let mut security = app.officer("security", Role::SecurityAdministrator, "government").await;
    // The drafter is the only one with the role, and may not review the secrecy of the own text.
    app.grant(&drafter.account, Role::SecrecyReviewer, "government").await;
    let record = app.document("无人审查的信息").draft().await;
    let account = drafter.account.clone();
    drafter = app.sign_in(&account, false).await;
    let sent = drafter.post(&format!("/desk/editions/{}/submit", record.edition.0), &[]).await;
    let case = sent.address().to_owned();
    let page = drafter.page(&case).await;
    assert!(page.contains("无人可办。") && page.contains("没有可以办理的保密审查员"), "{page}");
    for page in ["/desk", "/desk/reviews"] {
        assert!(office.page(page).await.contains("保密审查（无人可办："), "{page}");
    }
    assert!(office.page("/desk/messages").await.contains("“无人审查的信息”无人可办"));
    for desk in [&mut root, &mut security] {
        assert!(desk.page("/desk").await.contains("1 件无人可办"));
        let messages = desk.page("/desk/messages").await;
        assert!(
            messages.contains("请系统管理员开设账号") && !messages.contains("无人审查的信息"),
            "{messages}"
        );
    }
    let mut keeper = app.officer("keeper", Role::SecrecyReviewer, "government").await;
    background::mind_chairs(&app.app).await.unwrap();
    assert!(keeper.page("/desk/reviews").await.contains("无人审查的信息"));
    assert!(keeper.page("/desk/messages").await.contains("等待保密审查"));
    assert!(!office.page("/desk").await.contains("无人可办"));
    assert!(!drafter.page(&case).await.contains("无人可办"));
    assert!(!root.page("/desk").await.contains("岗位空缺"));
    // Whoever leaves makes the chair empty again.
    let keeper = keeper.account.clone();
    app.act(move |tx, cx| {
        crate::staff::actions::set_state(tx, cx, &keeper, crate::staff::AccountState::Closed)
    })
    .await;
    background::mind_chairs(&app.app).await.unwrap();
    assert!(root.page("/desk").await.contains("1 件无人可办"));
}

#[tokio::test]
async fn a_case_that_cannot_be_read_holds_up_no_other_that_waits_for_an_empty_chair() {
    let app = TestApp::start().await;
    let mut drafter = app.officer("drafter", Role::InformationOfficer, "government").await;
    let mut cases = Vec::new();
    for title in ["读不出的", "好的"] {
        let record = app.document(title).draft().await;
        let sent = drafter.post(&format!("/desk/editions/{}/submit", record.edition.0), &[]).await;
        cases.push(sent.address().rsplit('/').next().unwrap().to_owned());
    }
    let broken = cases[0].clone();
    app.act(move |tx, cx| {
        let sql = kit_db::sql!("update review_case set stage = 'broken' where site_id = $1 and case_id = $2");
        Ok(tx.execute(sql, kit_db::params![&cx.site_id, &broken])?)
    })
    .await;
    let keeper = app.officer("keeper", Role::SecrecyReviewer, "government").await;
    background::mind_chairs(&app.app).await.unwrap();
    let waiting = app
        .read(move |tx, cx| {
            let id = crate::id::CaseId(cases[1].clone());
            crate::review::queries::open_steps(tx, &cx.site_id, &id)
        })
        .await;
    assert_eq!(waiting[0].role, Some(Role::SecrecyReviewer));
    drop(keeper);
}
