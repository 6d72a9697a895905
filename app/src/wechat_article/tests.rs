//! Stories of WeChat articles: entered with the record they show, changed, taken back with a reason, imported, kept apart by organ and
//! site, taken out as a file.

use rules::permission::Role;

use super::{NewArticle, queries};
use crate::{
    id::OrganId,
    register::Table,
    test_app::{Desk, TestApp, whole},
};

const HERE: &str = "/desk/registers/wechat-articles";
const IMPORT: &str = "/desk/registers/imports/wechat-articles";

const FIELDS: [(&str, &str); 4] =
    [("title", "演示文章"), ("organ", "culture"), ("account", "演示发布"), ("published_on", "2018-03-11")];

async fn start() -> (TestApp, Desk, Desk) {
    let app = TestApp::start().await;
    app.organ("culture", "文化局").await;
    app.organ("finance", "财政局").await;
    let officer = app.officer("lin", Role::InformationOfficer, "culture").await;
    let office = app.officer("ban", Role::DisclosureOffice, "government").await;
    (app, officer, office)
}

async fn id(app: &TestApp) -> String {
    let wanted = NewArticle {
        organ_id: OrganId(String::new()),
        document_id: None,
        account: "演示发布".to_owned(),
        title: "演示文章".to_owned(),
        address: String::new(),
        published_on: "2018-03-11".to_owned(),
        withdrawn_on: None,
        withdrawn_reason: None,
    };
    app.read(move |tx, cx| Ok(queries::by_key(tx, &cx.site_id, &wanted)?)).await.unwrap().id
}

#[tokio::test]
async fn an_article_is_entered_with_its_record_changed_and_taken_back_with_a_reason() {
    let (app, mut officer, _) = start().await;
    let record = app.document("演示通知").publish().await;
    let number = record.index_number.clone().unwrap();
    let mut fields = FIELDS.to_vec();
    fields.push(("record", "没有的号"));
    let wrong = officer.post(&format!("{HERE}/new"), &fields).await;
    assert_eq!(wrong.status(), 422);
    assert!(wrong.text().contains("没有这一索引号"), "{}", wrong.text());
    fields.pop();
    fields.push(("record", &number));
    let added = officer.post(&format!("{HERE}/new"), &fields).await.text();
    assert!(added.contains("文章已登记") && added.contains(&number), "{added}");
    assert!(officer.post(&format!("{HERE}/new"), &fields).await.text().contains("已经登记"));
    let one = format!("{HERE}/{}", id(&app).await);
    let shown = officer.get(&one).await;
    assert_eq!(shown.one("#record").attribute("value"), Some(number.as_str()));
    fields.extend([("address", "ftp://x"), ("version", "1")]);
    assert!(officer.post(&one, &fields).await.text().contains("文章地址应以"));
    fields.retain(|(name, _)| *name != "address");
    fields.push(("address", "https://mp.weixin.qq.com/s/yanshi"));
    let other = app.document("演示通知之二").publish().await;
    let other_number = other.index_number.clone().unwrap();
    fields.retain(|(name, _)| *name != "record");
    fields.push(("record", &other_number));
    assert!(officer.post(&one, &fields).await.text().contains("文章已保存"));
    assert_eq!(officer.post(&one, &fields).await.status(), 409);
    let unreasoned = officer.post(&format!("{one}/withdraw"), &[("on", "2018-03-12"), ("reason", " ")]).await;
    assert_eq!(unreasoned.status(), 422);
    let withdrawn = [("on", "2018-03-12"), ("reason", "配图有误")];
    assert!(officer.post(&format!("{one}/withdraw"), &withdrawn).await.text().contains("文章已撤回"));
    assert_eq!(officer.post(&format!("{one}/withdraw"), &withdrawn).await.status(), 422);
    assert!(officer.page(&format!("{HERE}?state=withdrawn")).await.contains("配图有误"));
    assert!(!officer.page(&format!("{HERE}?state=live")).await.contains("演示文章"));
    let log = app.read(|tx, cx| Ok(crate::audit::queries::after(tx, &cx.site_id, 0, 1_000)?)).await;
    let acts: Vec<&str> = log
        .iter()
        .filter(|entry| entry.object_kind == "wechat_article")
        .map(|entry| entry.action.as_str())
        .collect();
    assert_eq!(acts, ["wechat_article.add", "wechat_article.change", "wechat_article.withdraw"]);
    let change = log.iter().find(|entry| entry.action == "wechat_article.change").unwrap();
    assert!(change.detail.contains(&format!("信息索引号：{number}→{other_number}")), "{}", change.detail);
    assert!(!change.detail.contains(&record.id.0) && !change.detail.contains(&other.id.0));
}

#[tokio::test]
async fn nobody_keeps_articles_of_another_organ_or_of_another_site() {
    let (app, mut officer, mut office) = start().await;
    let foreign = [FIELDS[0], ("organ", "finance"), FIELDS[2], FIELDS[3]];
    assert!(officer.post(&format!("{HERE}/new"), &foreign).await.text().contains("不在您的职责范围内"));
    assert!(office.post(&format!("{HERE}/new"), &foreign).await.text().contains("文章已登记"));
    let one = format!("{HERE}/{}", id(&app).await);
    assert_eq!(officer.get(&one).await.status(), 404);
    let withdrawn = [("on", "2018-03-12"), ("reason", "演示")];
    assert_eq!(officer.post(&format!("{one}/withdraw"), &withdrawn).await.status(), 404);
    assert!(!officer.page(HERE).await.contains("演示文章"));
    // A line of a table does not reach it either.
    let text = "标题,发布机构,公众号,发布日期\n演示文章,文化局,演示发布,2018-03-11\n";
    let shown = officer.send_file(IMPORT, ("文章.csv", whole(super::FIELDS, text).as_bytes())).await.text();
    assert!(shown.contains("由其他机构登记") && shown.contains("不能导入 1 行"), "{shown}");
    let other = app.site("forest").await;
    let mut elsewhere = other.officer("wei", Role::DisclosureOffice, "government").await;
    assert_eq!(elsewhere.get(&one).await.status(), 404);
    assert!(!elsewhere.page(HERE).await.contains("演示文章"));
    // An index number of another site is no number here.
    let record = app.document("演示通知").publish().await;
    let number = record.index_number.clone().unwrap();
    let mut fields = vec![FIELDS[0], ("organ", "government"), FIELDS[2], FIELDS[3]];
    fields.push(("record", &number));
    assert!(elsewhere.post(&format!("{HERE}/new"), &fields).await.text().contains("没有这一索引号"));
}

#[tokio::test]
async fn a_table_of_articles_is_taken_but_for_its_bad_lines_and_can_be_had_back() {
    let (app, mut officer, _) = start().await;
    let record = app.document("演示通知").publish().await;
    let number = record.index_number.clone().unwrap();
    let text = format!(
        "标题,发布机构,公众号,发布日期,信息索引号,撤回日期,撤回原因\n\
         文章一,文化局,演示发布,2018-03-11,{number},,\n文章二,文化局,演示发布,2018年3月12日,,2018-03-13,有误\n\
         文章三,文化局,演示发布,2018-03-11,x-1,,\n文章四,文化局,演示发布,2018-03-11,,2018-03-12,\n\
         文章五,文化局,,2018-03-11,,,\n"
    );
    let preview = officer.send_file(IMPORT, ("文章.csv", whole(super::FIELDS, &text).as_bytes())).await;
    let shown = preview.text();
    assert!(shown.contains("新增 2 条") && shown.contains("不能导入 3 行"), "{shown}");
    for words in ["没有这一索引号", "请写明撤回的原因", "请填写公众号"] {
        assert!(shown.contains(words), "{words}");
    }
    let seen = preview.one("input[name=seen]").attribute("value").unwrap().to_owned();
    assert!(officer.post(preview.address(), &[("seen", &seen)]).await.text().contains("新增2条"));
    let file = officer.get(&format!("{HERE}?format=xlsx&sort=published")).await;
    let lines = Table::cells("a.xlsx", file.bytes()).unwrap();
    assert_eq!((lines.len(), lines[1][5].as_str()), (3, number.as_str()));
    let back = officer.send_file(IMPORT, ("a.xlsx", file.bytes())).await.text();
    assert!(back.contains("相同 2 条"), "{back}");
}
