//! Stories of the demonstration: whoever tries the product can sign in as anybody, and nowhere else.

mod year;

use std::{collections::HashSet, sync::Arc};

use axum::http::{HeaderName, Method};
use kit_web::test_browser::{Browser, Reply};
use rules::permission::Role;

use super::{load, staff};
use crate::{background, routes, staff::queries, test_app::TestApp};

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
