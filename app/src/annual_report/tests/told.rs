//! What the log tells of a report that is written: in the words of staff, without codes and ids.

use super::{create, organ, report, start, write};
use crate::{annual_report::actions, test_app::TestApp};

async fn log(app: &TestApp) -> Vec<(String, String)> {
    let log = app.read(|tx, cx| Ok(crate::audit::queries::after(tx, &cx.site_id, 0, 1_000)?)).await;
    let ours = log.into_iter().filter(|entry| entry.object_kind == "report");
    ours.map(|entry| (entry.action, entry.detail)).collect()
}

#[tokio::test]
async fn the_log_names_sections_figures_and_units_as_people_do() {
    let app = start().await;
    let id = create(&app).await;
    let culture = organ(&app).await.0;
    write(&app, &id, "problems", "演示").await;
    for declared in [Some(rules::report::Declared::Zero), None] {
        let now = report(&app, &id).await;
        app.act(move |tx, cx| actions::declare(tx, cx, (&now.id, now.version), "budget", declared)).await;
    }
    let answer = actions::Answer { counts: Default::default(), comment: "演示".to_owned() };
    let wanted = id.clone();
    app.act(move |tx, cx| {
        actions::ask(tx, cx, &wanted, std::slice::from_ref(&culture), ("2019-02-20", "请核对"))?;
        actions::answer(tx, cx, (&wanted, &culture), 1, &answer)?;
        actions::give_back(tx, cx, (&wanted, &culture), "请核对网站信息数")
    })
    .await;
    let log = log(&app).await;
    let told = |action: &str| -> Vec<&str> {
        log.iter().filter(|(of, _)| of == action).map(|(_, detail)| detail.as_str()).collect()
    };
    assert!(told("report.write")[0].contains("问题"), "{log:?}");
    let [zero, taken_back] = told("report.declare")[..] else { panic!("{log:?}") };
    assert!(zero.ends_with("：本年没有") && taken_back.ends_with("：收回说明"), "{log:?}");
    assert_eq!(told("report.answer"), ["文化局"]);
    assert_eq!(told("report.give_back"), ["文化局：请核对网站信息数"]);
    assert!(log.iter().all(|(_, detail)| !detail.contains("budget") && !detail.contains("Zero")), "{log:?}");
}
