//! Stories of columns as the disclosure office keeps them.

use rules::permission::Role;

use crate::{
    column,
    test_app::{Desk, TestApp},
};

async fn office(app: &TestApp) -> Desk {
    app.officer("gong-kai", Role::DisclosureOffice, "government").await
}

async fn government(app: &TestApp) -> String {
    app.read(|tx, cx| crate::organ::queries::by_code(tx, &cx.site_id, "government")).await.unwrap().id.0
}

#[tokio::test]
async fn columns_are_kept_by_the_disclosure_office_alone() {
    let app = TestApp::start().await;
    let policy = app.read(|tx, cx| column::queries::by_code(tx, &cx.site_id, "policy")).await.unwrap().id.0;
    for role in Role::ALL {
        let mut desk = app.officer(&role.code().replace('_', "-"), role, "government").await;
        let expected = if role == Role::DisclosureOffice { 200 } else { 403 };
        for page in ["", "/new", &format!("/{policy}"), &format!("/{policy}/close")] {
            assert_eq!(
                desk.get(&format!("/desk/admin/columns{page}")).await.status(),
                expected,
                "{role:?} {page}"
            );
        }
        if expected == 403 {
            let close = format!("/desk/admin/columns/{policy}/close");
            assert_eq!(desk.post(&close, &[]).await.status(), 403, "{role:?}");
        }
    }
}

#[tokio::test]
async fn a_column_is_added_changed_and_seen_by_the_public_at_once() {
    let app = TestApp::start().await;
    let mut desk = office(&app).await;
    let owner = government(&app).await;
    let wrong = desk.post("/desk/admin/columns/new", &[("code", "新闻"), ("interval", "often")]).await;
    assert_eq!(wrong.status(), 422);
    for sentence in ["请填写代码", "请填写名称", "请选择栏目类别", "请选择责任单位", "应为天数"]
    {
        assert!(wrong.text().contains(sentence), "{sentence}");
    }
    let mut fields = vec![
        ("code", "news"),
        ("name", "政务要闻"),
        ("column_type", "policy"),
        ("owner", owner.as_str()),
        ("interval", "7"),
    ];
    assert!(desk.post("/desk/admin/columns/new", &fields).await.text().contains("栏目已新增"));
    assert!(app.page("/columns/news").await.contains("政务要闻"));
    let news = app.read(|tx, cx| column::queries::by_code(tx, &cx.site_id, "news")).await.unwrap();
    fields[1] = ("name", "区内要闻");
    fields.push(("version", "1"));
    let address = format!("/desk/admin/columns/{}", news.id.0);
    assert!(desk.post(&address, &fields).await.text().contains("栏目已保存"));
    assert!(app.page("/columns/news").await.contains("区内要闻"));
    assert_eq!(desk.post(&address, &fields).await.status(), 409);
    let below_itself = [fields.as_slice(), &[("parent", news.id.0.as_str())]].concat();
    assert!(desk.post(&address, &below_itself).await.text().contains("不能是它自己"));
}

#[tokio::test]
async fn a_closed_column_gives_its_records_away_and_its_address_leads_on() {
    let app = TestApp::start().await;
    let news = app.column("news", "政务要闻", None).await;
    let record = app.document("一则要闻").column("news").publish().await;
    let policy = app.read(|tx, cx| column::queries::by_code(tx, &cx.site_id, "policy")).await.unwrap().id;
    let mut desk = office(&app).await;
    let close = format!("/desk/admin/columns/{}/close", news.0);
    assert!(desk.page(&close).await.contains("1 件信息"));
    let refused = desk.post(&close, &[]).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.text().contains("请选择接收的栏目"));
    assert!(desk.post(&close, &[("target", &policy.0)]).await.text().contains("栏目已关闭"));
    app.settle().await;
    assert!(app.page("/columns/policy").await.contains("一则要闻"));
    assert!(app.page(&record.address()).await.contains("政策文件"));
    assert!(app.page("/columns/news").await.contains("一则要闻"));
}

#[tokio::test]
async fn a_column_with_others_below_it_is_not_closed() {
    let app = TestApp::start().await;
    let above = app.column("above", "上级", None).await;
    app.column("below", "下级", Some("above")).await;
    let mut desk = office(&app).await;
    let refused = desk.post(&format!("/desk/admin/columns/{}/close", above.0), &[]).await;
    assert!(refused.text().contains("请先移动或关闭下级栏目"), "{}", refused.text());
}

#[tokio::test]
async fn a_column_does_not_close_into_one_that_does_not_take_what_lies_in_it() {
    let app = TestApp::start().await;
    let news = app.column("news", "政务要闻", None).await;
    let owner = government(&app).await;
    let record = app.document("一则要闻").column("news").publish().await;
    let policy = app.read(|tx, cx| column::queries::by_code(tx, &cx.site_id, "policy")).await.unwrap().id;
    let mut desk = office(&app).await;
    let mut fields = vec![
        ("name", "政策文件"),
        ("column_type", "policy"),
        ("owner", owner.as_str()),
        ("content_type", "normative_document"),
        ("version", "1"),
    ];
    let address = format!("/desk/admin/columns/{}", policy.0);
    assert!(desk.post(&address, &fields).await.text().contains("栏目已保存"));
    let close = format!("/desk/admin/columns/{}/close", news.0);
    let target = format!("option[value=\"{}\"]", policy.0);
    assert_eq!(desk.get(&close).await.one(&target).attribute("disabled"), Some(""));
    let refused = desk.post(&close, &[("target", &policy.0)]).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.text().contains("栏目“政策文件”不收其中的") && refused.text().contains("1 件"));
    assert!(app.page(&record.address()).await.contains("政务要闻"));
    fields.extend([("content_type", "other"), ("version", "2")]);
    fields.remove(4);
    assert!(desk.post(&address, &fields).await.text().contains("栏目已保存"));
    assert!(desk.post(&close, &[("target", &policy.0)]).await.text().contains("栏目已关闭"));
    let settings = format!("/desk/reviews/settings?column={}", policy.0);
    assert!(desk.get(&address).await.html().contains(&settings));
}
