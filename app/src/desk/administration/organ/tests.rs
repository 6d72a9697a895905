//! Stories of organs as the system administrator keeps them: what moves is shown first and then done as a whole.

use rules::permission::Role;

use crate::{
    organ,
    staff::queries::grants_of_organ,
    test_app::{Desk, TestApp},
};

async fn administrator(app: &TestApp) -> Desk {
    app.officer("xi-tong", Role::SystemAdministrator, "government").await
}

/// Two organs with a record, a column and a role, and the one they become.
async fn before_the_merge(app: &TestApp) {
    for (code, name) in [("culture", "文化局"), ("tourism", "旅游局")] {
        app.organ(code, name).await;
        app.document(&format!("{name}的通知")).organ(name).publish().await;
        let officer = app.account(&format!("{code}-officer")).await;
        app.grant(&officer, Role::InformationOfficer, code).await;
    }
    app.organ("new", "文化和旅游局").await;
}

const MERGE: [(&str, &str); 6] = [
    ("kind", "merge"),
    ("from", "culture"),
    ("from", "tourism"),
    ("to", "new"),
    ("on", "2026-03-20"),
    ("basis", "演示批复1号"),
];

/// The shown state from the preview, to be sent back with the confirmation.
async fn confirm(desk: &mut Desk, fields: &[(&str, &str)]) -> kit_web::test_browser::Reply {
    let preview = desk.post("/desk/admin/organs/change", fields).await;
    let seen = preview.one("input[name=seen]").attribute("value").unwrap().to_owned();
    let mut all = fields.to_vec();
    all.extend([("confirmed", "yes"), ("seen", seen.as_str())]);
    desk.post("/desk/admin/organs/change", &all).await
}

#[tokio::test]
async fn organs_are_kept_by_the_system_administrator_alone() {
    let app = TestApp::start().await;
    for role in Role::ALL {
        let mut desk = app.officer(&role.code().replace('_', "-"), role, "government").await;
        let expected = if role == Role::SystemAdministrator { 200 } else { 403 };
        for page in ["/desk/admin/organs", "/desk/admin/organs/new", "/desk/admin/organs/change?kind=merge"] {
            assert_eq!(desk.get(page).await.status(), expected, "{role:?} {page}");
        }
        if expected == 403 {
            assert_eq!(desk.post("/desk/admin/organs/change", &MERGE).await.status(), 403, "{role:?}");
            assert_eq!(desk.post("/desk/admin/organs/new", &[("code", "x")]).await.status(), 403, "{role:?}");
        }
    }
}

#[tokio::test]
async fn an_organ_is_added_and_changed_and_never_stands_below_itself() {
    let app = TestApp::start().await;
    let mut desk = administrator(&app).await;
    let wrong = desk.post("/desk/admin/organs/new", &[("code", "财政"), ("name", "")]).await;
    assert_eq!(wrong.status(), 422);
    for sentence in ["请填写名称", "请选择类别", "代码只能用"] {
        assert!(wrong.text().contains(sentence), "{sentence}");
    }
    let fields = [("code", "finance"), ("name", "财政局"), ("kind", "department"), ("sort", "2")];
    assert!(desk.post("/desk/admin/organs/new", &fields).await.text().contains("机构已新增"));
    assert!(desk.post("/desk/admin/organs/new", &fields).await.text().contains("已被使用"));
    let finance = app.read(|tx, cx| organ::queries::by_code(tx, &cx.site_id, "finance")).await.unwrap();
    let government = app.read(|tx, cx| organ::queries::by_code(tx, &cx.site_id, "government")).await.unwrap();
    let below = |parent: &str, version: &str| {
        vec![
            ("kind".to_owned(), "department".to_owned()),
            ("parent".to_owned(), parent.to_owned()),
            ("duties".to_owned(), "演示职责".to_owned()),
            ("version".to_owned(), version.to_owned()),
        ]
    };
    let send = async |desk: &mut Desk, id: &str, fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        desk.post(&format!("/desk/admin/organs/{id}"), &fields).await
    };
    let saved = send(&mut desk, &finance.id.0, below(&government.id.0, "1")).await;
    assert!(saved.text().contains("机构已保存"), "{}", saved.text());
    assert!(app.page("/institutions/finance").await.contains("演示职责"));
    let ring = send(&mut desk, &government.id.0, below(&finance.id.0, "1")).await;
    assert_eq!(ring.status(), 422);
    assert!(ring.text().contains("不能是它自己"));
    assert_eq!(send(&mut desk, &finance.id.0, below("", "1")).await.status(), 409);
}

#[tokio::test]
async fn a_merge_shows_what_moves_and_then_moves_all_of_it() {
    let app = TestApp::start().await;
    before_the_merge(&app).await;
    let mut desk = administrator(&app).await;
    let preview = desk.post("/desk/admin/organs/change", &MERGE).await.text();
    assert!(
        preview.contains("1 件") && preview.contains("1 项") && preview.contains("还没有做任何更改"),
        "{preview}"
    );
    let untouched = app.read(|tx, cx| organ::queries::by_code(tx, &cx.site_id, "culture")).await.unwrap();
    assert_eq!(untouched.valid_to_on, None);
    let done = confirm(&mut desk, &MERGE).await;
    assert!(done.text().contains("机构合并已办理"), "{}", done.text());
    let (old, new) = app
        .read(|tx, cx| {
            let mut organ = |code| organ::queries::by_code(tx, &cx.site_id, code);
            Ok((organ("culture")?.unwrap(), organ("new")?.unwrap()))
        })
        .await;
    assert_eq!(old.valid_to_on.as_deref(), Some("2026-03-19"));
    let id = new.id.clone();
    let grants = app.read(move |tx, cx| grants_of_organ(tx, &cx.site_id, &id, &cx.today())).await;
    assert_eq!(grants.len(), 2);
    assert!(grants.iter().all(|grant| grant.basis == "演示批复1号" && grant.from_on == "2026-03-20"));
    let counts = app.read(|tx, cx| Ok(super::queries::documents(tx, &cx.site_id)?)).await;
    assert_eq!((counts.get(&new.id), counts.get(&old.id)), (Some(&2), None));
}

#[tokio::test]
async fn a_change_is_not_done_when_something_else_hangs_on_the_organs_than_was_shown() {
    let app = TestApp::start().await;
    before_the_merge(&app).await;
    let mut desk = administrator(&app).await;
    let mut fields = MERGE.to_vec();
    fields.extend([("confirmed", "yes"), ("seen", "0/0/0/ 0/0/0/")]);
    assert_eq!(desk.post("/desk/admin/organs/change", &fields).await.status(), 409);
    let untouched = app.read(|tx, cx| organ::queries::by_code(tx, &cx.site_id, "culture")).await.unwrap();
    assert_eq!(untouched.valid_to_on, None);
}

#[tokio::test]
async fn a_split_lets_each_column_go_to_its_own_successor() {
    let app = TestApp::start().await;
    app.organ("one", "一局").await;
    app.organ("two", "二局").await;
    let mut desk = administrator(&app).await;
    let policy = app.read(|tx, cx| crate::column::queries::by_code(tx, &cx.site_id, "policy")).await.unwrap();
    let choice = format!("{} two", policy.id.0);
    let fields = [
        ("kind", "split"),
        ("from", "government"),
        ("to", "one"),
        ("to", "two"),
        ("successor", "one"),
        ("column", choice.as_str()),
        ("on", "2026-03-20"),
        ("basis", "演示批复2号"),
    ];
    assert!(confirm(&mut desk, &fields).await.text().contains("机构拆分已办理"));
    let (policy, two) = app
        .read(|tx, cx| {
            let two = organ::queries::by_code(tx, &cx.site_id, "two")?.unwrap();
            Ok((crate::column::queries::by_code(tx, &cx.site_id, "policy")?.unwrap(), two))
        })
        .await;
    assert_eq!(policy.owner_id, Some(two.id));
}

#[tokio::test]
async fn a_renaming_moves_nothing_and_a_form_with_mistakes_says_which() {
    let app = TestApp::start().await;
    let mut desk = administrator(&app).await;
    let wrong = desk.post("/desk/admin/organs/change", &[("kind", "rename"), ("on", "2027-01-01")]).await;
    assert_eq!(wrong.status(), 422);
    for sentence in ["请选择一个机构", "请填写新名称", "请填写依据", "请在生效当日"] {
        assert!(wrong.text().contains(sentence), "{sentence}: {}", wrong.text());
    }
    let fields = [
        ("kind", "rename"),
        ("from", "government"),
        ("new_name", "松岭区政府（演示）"),
        ("on", "2026-03-20"),
        ("basis", "演示批复3号"),
    ];
    assert!(confirm(&mut desk, &fields).await.text().contains("机构更名已办理"));
    assert!(desk.page("/desk/admin/organs").await.contains("松岭区政府（演示）"));
    assert_eq!(desk.get("/desk/admin/organs/change?kind=abolish").await.status(), 404);
}

#[tokio::test]
async fn records_on_their_way_are_counted_and_go_on_with_the_same_people_for_the_new_organ() {
    let app = TestApp::start().await;
    before_the_merge(&app).await;
    let mut drafter = app.officer("drafter", Role::InformationOfficer, "culture").await;
    let mut keeper = app.officer("keeper", Role::SecrecyReviewer, "culture").await;
    let record = app.document("文化局在办的信息").organ("文化局").draft().await;
    let sent = drafter.post(&format!("/desk/editions/{}/submit", record.edition.0), &[]).await;
    assert!(sent.text().contains("已送审"), "{}", sent.text());
    let mut desk = administrator(&app).await;
    let preview = desk.post("/desk/admin/organs/change", &MERGE).await.text();
    assert!(preview.contains("1 件，连同待办一起移交"), "{preview}");
    assert!(confirm(&mut desk, &MERGE).await.text().contains("机构合并已办理"));
    assert!(keeper.page("/desk/reviews").await.contains("文化局在办的信息"));
    let case = keeper.page(sent.address()).await;
    assert!(case.contains("文化和旅游局保密审查员"), "{case}");
}
