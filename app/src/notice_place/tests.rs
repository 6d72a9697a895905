//! Stories of boards and screens: set up, changed, removed, imported, kept apart by organ and site, taken out as a file.

use rules::permission::Role;

use super::{NewPlace, queries};
use crate::{
    organ,
    register::Table,
    test_app::{Desk, TestApp, whole},
};

const HERE: &str = "/desk/registers/notice-places";
const IMPORT: &str = "/desk/registers/imports/notice-places";

const FIELDS: [(&str, &str); 4] =
    [("name", "演示公开栏"), ("kind", "board"), ("organ", "town"), ("set_up_on", "2016-05-01")];

async fn start() -> (TestApp, Desk, Desk) {
    let app = TestApp::start().await;
    app.organ("town", "演示镇").await;
    app.organ("culture", "文化局").await;
    let officer = app.officer("lin", Role::InformationOfficer, "town").await;
    let office = app.officer("ban", Role::DisclosureOffice, "government").await;
    (app, officer, office)
}

async fn id(app: &TestApp, organ: &'static str) -> String {
    let found = app.read(move |tx, cx| {
        let organ_id = organ::queries::by_code(tx, &cx.site_id, organ)?.unwrap().id;
        let wanted = NewPlace {
            organ_id,
            kind: "board".to_owned(),
            name: "演示公开栏".to_owned(),
            place: String::new(),
            measure: String::new(),
            keeper: String::new(),
            set_up_on: String::new(),
            removed_on: None,
        };
        Ok(queries::by_key(tx, &cx.site_id, &wanted)?)
    });
    found.await.unwrap().id
}

#[tokio::test]
async fn a_board_is_set_up_changed_and_removed_and_counted_while_it_stood() {
    let (app, mut officer, _) = start().await;
    assert!(officer.post(&format!("{HERE}/new"), &FIELDS).await.text().contains("已登记"));
    let twice = officer.post(&format!("{HERE}/new"), &FIELDS).await;
    assert_eq!(twice.status(), 422);
    assert!(twice.text().contains("请换一个名称"), "{}", twice.text());
    let one = format!("{HERE}/{}", id(&app, "town").await);
    let mut fields = FIELDS.to_vec();
    fields.extend([("measure", "长6米"), ("version", "1")]);
    assert!(officer.post(&one, &fields).await.text().contains("长6米"));
    assert_eq!(officer.post(&one, &fields).await.status(), 409);
    assert_eq!(officer.post(&format!("{one}/end"), &[("on", "明天")]).await.status(), 422);
    assert!(officer.post(&format!("{one}/end"), &[("on", "2018-06-30")]).await.text().contains("已停用"));
    assert_eq!(officer.post(&format!("{one}/end"), &[("on", "2018-06-30")]).await.status(), 422);
    for (on, n) in [("2016-04-30", 0), ("2016-05-01", 1), ("2018-06-30", 1), ("2018-07-01", 0)] {
        let page = officer.get(&format!("{HERE}?on={on}&kind=board")).await;
        assert_eq!(page.select("table.stacked tbody tr").len(), n, "{on}");
    }
    let log = app.read(|tx, cx| Ok(crate::audit::queries::after(tx, &cx.site_id, 0, 1_000)?)).await;
    let acts: Vec<&str> = log
        .iter()
        .filter(|entry| entry.object_kind == "notice_place")
        .map(|entry| entry.detail.as_str())
        .collect();
    assert_eq!(acts, ["演示公开栏", "演示公开栏 规格：（空）→长6米", "演示公开栏 停用日期：2018-06-30"]);
}

#[tokio::test]
async fn nobody_keeps_boards_of_another_organ_or_of_another_site() {
    let (app, mut officer, mut office) = start().await;
    let foreign = [FIELDS[0], FIELDS[1], ("organ", "culture"), FIELDS[3]];
    assert!(officer.post(&format!("{HERE}/new"), &foreign).await.text().contains("不在您的职责范围内"));
    assert!(office.post(&format!("{HERE}/new"), &foreign).await.text().contains("已登记"));
    let one = format!("{HERE}/{}", id(&app, "culture").await);
    assert_eq!(officer.get(&one).await.status(), 404);
    assert_eq!(officer.post(&format!("{one}/end"), &[("on", "2018-06-30")]).await.status(), 404);
    assert!(!officer.page(HERE).await.contains("演示公开栏"));
    let other = app.site("forest").await;
    let mut elsewhere = other.officer("wei", Role::DisclosureOffice, "government").await;
    assert_eq!(elsewhere.get(&one).await.status(), 404);
    assert!(!elsewhere.page(HERE).await.contains("演示公开栏"));
}

#[tokio::test]
async fn a_table_of_boards_and_screens_is_taken_but_for_its_bad_lines_and_can_be_had_back() {
    let (_app, mut officer, mut office) = start().await;
    let text = "名称,类别,管理机构,位置,启用日期,停用日期\n\
                演示公开栏,政务公开栏,演示镇,院门东侧,2016-05-01,\n演示屏,电子显示屏,演示镇,广场,2017-01-01,\n\
                坏屏,霓虹灯,演示镇,广场,2017-01-01,\n他屏,电子显示屏,文化局,广场,2017-01-01,\n\
                旧屏,电子显示屏,演示镇,广场,2017-01-01,2016-01-01\n演示屏,电子显示屏,演示镇,街口,2017-01-01,\n";
    let preview = officer.send_file(IMPORT, ("公开栏.csv", whole(super::FIELDS, text).as_bytes())).await;
    let shown = preview.text();
    assert!(shown.contains("新增 2 条") && shown.contains("不能导入 4 行"), "{shown}");
    for words in ["霓虹灯", "职责范围", "停用日期早于启用日期", "与第3行重复"] {
        assert!(shown.contains(words), "{words}");
    }
    let seen = preview.one("input[name=seen]").attribute("value").unwrap().to_owned();
    let done = officer.post(preview.address(), &[("seen", &seen)]).await.text();
    assert!(done.contains("新增2条"), "{done}");
    let file = office.get(&format!("{HERE}?format=csv&kind=screen")).await;
    let lines = Table::cells("a.csv", file.bytes()).unwrap();
    assert_eq!((lines.len(), lines[1][0].as_str()), (2, "演示屏"));
    let back = office.send_file(IMPORT, ("a.csv", file.bytes())).await.text();
    assert!(back.contains("相同 1 条"), "{back}");
}
