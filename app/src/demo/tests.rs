//! Stories of the demonstration: whoever tries the product can sign in as anybody, and nowhere else.

mod year;

use std::{collections::HashSet, sync::Arc};

use axum::http::{HeaderName, Method};
use kit_web::test_browser::{Browser, Reply};
use rules::{
    permission::Role,
    review::{Gate, Step},
};

use super::{load, staff, work};
use crate::{
    background,
    review::{
        Actor,
        waiting::{Work, waiting_for},
    },
    routes,
    staff::queries,
    test_app::TestApp,
};

/// The folder and the code of the smaller site.
const SITE: &str = "forest-district";
const CODE: &str = "forest";

/// The smaller site of the demonstration, beside the site of the other stories.
async fn forest() -> TestApp {
    let app = TestApp::start().await;
    app.today("2026-12-31");
    load::load(&app.app, SITE, Arc::new(|_, _| ())).await.unwrap();
    let site = app.app.site(CODE).await.unwrap();
    background::refresh_sites(&app.app).await.unwrap();
    app.on(&site)
}

async fn send(browser: &mut Browser, address: &str, fields: &[(&str, &str)]) -> Reply {
    let encoded = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let form = [(HeaderName::from_static("content-type"), "application/x-www-form-urlencoded")];
    browser.send(Method::POST, address, encoded, &form).await
}

async fn show(browser: &mut Browser, address: &str) -> String {
    browser.get(address).await.one("input[name=csrf]").attribute("value").unwrap().to_owned()
}

#[test]
fn every_role_is_there_in_both_sites_and_every_name_says_that_it_is_made_up() {
    for name in load::SITES {
        let people = staff::read(name).unwrap().people;
        let roles: HashSet<Role> = people.iter().map(|person| person.role().unwrap()).collect();
        assert_eq!(roles.len(), Role::ALL.len(), "{name}");
        let organs: HashSet<&str> = people.iter().map(|person| person.organ.as_str()).collect();
        assert_eq!(organs.len(), 3, "{name}");
        for person in people {
            assert!(person.name.starts_with("演示"), "{}", person.name);
            assert_eq!(rules::password::check(staff::PASSWORD, &person.login), Ok(()), "{}", person.login);
            let has_secret = person.typed_secret().unwrap().is_some();
            assert_eq!(has_secret, person.role().unwrap().needs_second_factor(), "{}", person.login);
        }
    }
}

#[tokio::test]
async fn staff_are_added_once_also_to_a_demonstration_of_an_earlier_version() {
    let app = forest().await;
    let n_people = staff::read(SITE).unwrap().people.len();
    assert_eq!(staff::load(&app.app, SITE).await.unwrap(), n_people);
    assert_eq!(staff::load(&app.app, SITE).await.unwrap(), 0);
    let accounts = app.read(|tx, cx| queries::all(tx, &cx.site_id)).await;
    assert_eq!(accounts.len(), n_people);
    let hashes: HashSet<String> = accounts.into_iter().map(|account| account.password_hash).collect();
    assert_eq!(hashes.len(), 1, "the one password is hashed once");
}

#[tokio::test]
async fn a_signer_of_the_demonstration_signs_in_with_the_printed_password_and_code() {
    let app = forest().await;
    staff::load(&app.app, SITE).await.unwrap();
    let mut browser = Browser::new(routes::front(&app.app), &app.host);
    let csrf = show(&mut browser, "/desk/sign-in").await;
    let fields = [("csrf", csrf.as_str()), ("login", "zf-qianfa"), ("password", staff::PASSWORD)];
    let reply = send(&mut browser, "/desk/sign-in", &fields).await;
    let asks_for_code = reply.redirect().is_some_and(|path| path.starts_with("/desk/sign-in/code"));
    assert!(asks_for_code, "{}", reply.html());
    let csrf = show(&mut browser, "/desk/sign-in/code").await;
    let code = staff::code(&app.app, CODE, "zf-qianfa").await.unwrap();
    let reply = send(&mut browser, "/desk/sign-in/code", &[("csrf", &csrf), ("code", &code)]).await;
    assert_eq!(reply.redirect(), Some("/desk"), "{}", reply.html());
    assert!(browser.get("/desk").await.text().contains("演示签发人甲"));
}

#[tokio::test]
async fn a_site_that_is_no_demonstration_gets_no_account_and_shows_no_code() {
    let app = forest().await;
    app.change_site(|profile| profile.demonstration = false).await;
    assert_eq!(staff::load(&app.app, SITE).await.unwrap(), 0);
    assert!(staff::code(&app.app, CODE, "zf-qianfa").await.is_err());
    assert!(app.read(|tx, cx| queries::all(tx, &cx.site_id)).await.is_empty());
}

#[tokio::test]
async fn a_login_without_a_second_factor_or_without_an_account_has_no_code() {
    let app = forest().await;
    for login in ["zf-xinxi", "nobody"] {
        assert!(staff::code(&app.app, CODE, login).await.is_err(), "{login}");
    }
}

/// The district with its staff, on a day.
async fn songling(day: &str) -> TestApp {
    let app = TestApp::start().await;
    app.today(day);
    // The site of the other stories has the district's code.
    app.act(|tx, cx| {
        let update = kit_db::sql!("update site set code = 'another' where site_id = $1");
        Ok(tx.execute(update, kit_db::params![&cx.site_id])?)
    })
    .await;
    load::load(&app.app, "songling", Arc::new(|_, _| ())).await.unwrap();
    let site = app.app.site("songling").await.unwrap();
    background::refresh_sites(&app.app).await.unwrap();
    staff::load(&app.app, "songling").await.unwrap();
    app.on(&site)
}

/// What waits for somebody: the title's beginning, the work, whether it is late.
async fn waits_for(app: &TestApp, login: &'static str) -> Vec<(String, Work, bool)> {
    app.read(move |tx, cx| {
        let account = staff::account(tx, cx, login).unwrap();
        let grants = queries::grants_on(tx, &cx.site_id, &account.id, &cx.today()).unwrap();
        let actor = Actor { login: account.login, grants };
        let all = waiting_for(tx, cx, &actor).unwrap();
        Ok::<_, crate::error::Error>(
            all.into_iter()
                .map(|waiting| {
                    let late = waiting.is_overdue(cx);
                    assert_eq!(late, waiting.step.escalated_at.is_some(), "{}", waiting.title);
                    (waiting.title.chars().take(12).collect(), waiting.step.work, late)
                })
                .collect::<Vec<_>>(),
        )
    })
    .await
}

#[tokio::test]
async fn work_in_every_stage_waits_for_the_persons_whose_turn_it_is_on_whatever_day_it_is_loaded() {
    // A Thursday, a Sunday, and the first working day after a holiday over the end of the year.
    for day in ["2026-11-26", "2027-03-07", "2027-01-04"] {
        let app = songling(day).await;
        assert_eq!(work::load(&app.app, "songling").await.unwrap(), 15, "{day}");
        assert_eq!(work::load(&app.app, "songling").await.unwrap(), 0, "{day}");
        let at = |gate| Work::Take(Step::at(gate));
        let expected: [(&'static str, &str, Work, bool); 9] = [
            ("zf-shenhe", "关于公布冬季除雪值班联系", at(Gate::Round(0)), false),
            ("mz-shenhe", "关于临时救助申请材料简化", at(Gate::Round(0)), true),
            ("zf-baomi", "关于开展政务公开开放日活", at(Gate::Secrecy), false),
            ("zf-qianfa", "松岭区人民政府办公室关于", at(Gate::SignOff), false),
            ("mz-qianfa", "城乡低保对象动态调整情况", at(Gate::SignOff), false),
            ("xyq-qianfa", "小扬气镇开展独居老人走访", at(Gate::Publication), false),
            ("zf-xinxi", "关于开展城市照明设施检修", Work::Mend, false),
            ("xyq-xinxi2", "小扬气镇落实冬季值班备勤", Work::Mend, false),
            ("xyq-shenhe", "小扬气镇举办冬季用火用电", at(Gate::Round(0)), false),
        ];
        for (login, title, work, late) in expected {
            let waits = waits_for(&app, login).await;
            assert!(waits.contains(&(title.to_owned(), work, late)), "{day} {login}: {waits:?}");
        }
    }
}

#[tokio::test]
async fn the_home_page_shows_an_officer_what_came_back_what_is_written_and_which_columns_are_late() {
    let app = songling("2026-11-26").await;
    work::load(&app.app, "songling").await.unwrap();
    let mut browser = Browser::new(routes::front(&app.app), &app.host);
    let csrf = show(&mut browser, "/desk/sign-in").await;
    let fields = [("csrf", csrf.as_str()), ("login", "zf-xinxi"), ("password", staff::PASSWORD)];
    send(&mut browser, "/desk/sign-in", &fields).await;
    let home = browser.get("/desk").await.text();
    for words in ["关于开展城市照明设施检修的通知", "关于调整区行政服务中心冬季办公时间的通知", "超期"]
    {
        assert!(home.contains(words), "{words}: {home}");
    }
}

#[tokio::test]
async fn every_text_of_the_work_says_that_it_is_made_up_and_marks_stand_on_words_of_the_text() {
    let text = load::text_if_any("work/songling.toml").unwrap().unwrap();
    let file: toml::Table = toml::from_str(&text).unwrap();
    for record in file["record"].as_array().unwrap() {
        let body = record["body"].as_str().unwrap();
        assert!(body.contains("（演示数据）"), "{}", record["key"]);
        let steps = record.get("step").and_then(toml::Value::as_array).cloned().unwrap_or_default();
        for mark in
            steps.iter().filter_map(|step| step.get("marks")).filter_map(toml::Value::as_array).flatten()
        {
            assert!(body.contains(mark["excerpt"].as_str().unwrap()), "{}: {mark}", record["key"]);
        }
    }
}

#[tokio::test]
async fn a_site_that_is_no_demonstration_gets_no_work() {
    let app = songling("2026-11-26").await;
    app.change_site(|profile| profile.demonstration = false).await;
    assert_eq!(work::load(&app.app, "songling").await.unwrap(), 0);
}
