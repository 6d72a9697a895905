//! Stories of the audit log: it remembers every act, and shows when somebody touched it.

use kit_db::{params, sql};

use super::{Verdict, actions, queries};
use crate::test_app::TestApp;

async fn verdict(app: &TestApp) -> Verdict {
    app.read(|tx, cx| actions::verify(tx, &cx.site_id)).await
}

/// A site on which everything has happened once.
async fn busy() -> TestApp {
    let app = TestApp::start().await;
    let old = app.document("旧办法").publish().await;
    let new = app.document("新办法").attach("附表.txt", "演示数据").publish().await;
    new.repeal(&old, "2026-03-20").await.unwrap();
    new.correct("更正", |_| ()).await;
    old.withdraw("duplicate", "").await.unwrap();
    app.document("定时").schedule("2026-03-20 10:00").await;
    app.at("2026-03-20 10:00");
    app.settle().await;
    app
}

#[tokio::test]
async fn every_act_leaves_its_row_and_the_chain_holds() {
    let app = busy().await;
    let Verdict::Intact { entries, .. } = verdict(&app).await else { panic!("the chain is broken") };
    let rows = app.read(|tx, cx| Ok(queries::after(tx, &cx.site_id, 0, 1_000)?)).await;
    assert_eq!(rows.len() as i64, entries);
    let acts: Vec<&str> = rows.iter().map(|row| row.action.as_str()).collect();
    for act in [
        "site.create",
        "organ.create",
        "column.create",
        "document.create",
        "attachment.add",
        "edition.publish",
        "edition.draft",
        "edition.schedule",
        "document.repeal",
        "document.withdraw",
        "document.link",
    ] {
        assert!(acts.contains(&act), "{act} is missing in {acts:?}");
    }
    assert!(rows.iter().any(|row| row.actor == "schedule" && row.action == "edition.publish"));
}

#[tokio::test]
async fn a_refused_act_leaves_no_row() {
    let app = TestApp::start().await;
    let before = verdict(&app).await;
    let draft = app.document("没有正文").body("").draft().await;
    let after_draft = verdict(&app).await;
    assert_ne!(before, after_draft);
    assert!(draft.try_publish().await.is_err());
    assert_eq!(verdict(&app).await, after_draft);
}

#[tokio::test]
async fn a_row_that_was_changed_is_named() {
    let app = busy().await;
    app.act(|tx, cx| {
        let change = sql!("update audit_entry set actor = '别人' where site_id = $1 and position = 5");
        Ok(tx.execute(change, params![&cx.site_id])?)
    })
    .await;
    assert!(matches!(verdict(&app).await, Verdict::Broken { position: 5, .. }));
}

#[tokio::test]
async fn a_row_taken_out_is_missed_in_the_middle_and_at_the_end() {
    for position in [4_i64, i64::MAX] {
        let app = busy().await;
        let Verdict::Intact { entries, .. } = verdict(&app).await else { panic!("the chain is broken") };
        let position = position.min(entries);
        app.act(move |tx, cx| {
            let delete = sql!("delete from audit_entry where site_id = $1 and position = $2");
            Ok(tx.execute(delete, params![&cx.site_id, position])?)
        })
        .await;
        assert!(matches!(verdict(&app).await, Verdict::Broken { position: at, .. } if at == position));
    }
}

#[tokio::test]
async fn the_chains_of_two_sites_are_independent() {
    let app = busy().await;
    let other = app.site("forest").await;
    app.act(|tx, cx| {
        Ok(tx.execute(sql!("delete from audit_entry where site_id = $1"), params![&cx.site_id])?)
    })
    .await;
    assert!(matches!(verdict(&app).await, Verdict::Broken { position: 1, .. }));
    assert!(matches!(verdict(&other).await, Verdict::Intact { .. }));
}
