//! Stories of signing in and of the own account. Each is named after the requirement of the OWASP Application Security
//! Verification Standard (4.0.3) that it shows.

use axum::http::{HeaderName, Method};
use kit_web::test_browser::{Browser, Reply};
use rules::permission::Role;

use crate::{
    id::AccountId,
    staff::second_factor,
    test_app::{Desk, PASSWORD, TestApp},
};

/// Shows the sign-in page and sends it filled in; redirects are not followed.
async fn knock(browser: &mut Browser, login: &str, password: &str) -> Reply {
    let page = browser.get("/desk/sign-in").await;
    let csrf = page.one("input[name=csrf]").attribute("value").unwrap().to_owned();
    send(browser, "/desk/sign-in", &[("csrf", &csrf), ("login", login), ("password", password)]).await
}

async fn send(browser: &mut Browser, address: &str, fields: &[(&str, &str)]) -> Reply {
    let encoded = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let form = [(HeaderName::from_static("content-type"), "application/x-www-form-urlencoded")];
    browser.send(Method::POST, address, encoded, &form).await
}

async fn officer(app: &TestApp, login: &str) -> AccountId {
    let account = app.account(login).await;
    app.grant(&account, Role::InformationOfficer, "government").await;
    account
}

#[tokio::test]
async fn v2_1_the_right_password_opens_the_desk_and_a_wrong_one_does_not() {
    let app = TestApp::start().await;
    officer(&app, "lin").await;
    let mut browser = app.browser();
    assert_eq!(knock(&mut browser, "lin", "Wrong-password-1").await.status(), 422);
    assert!(browser.cookie("desk_session").is_none());
    let reply = knock(&mut browser, "lin", PASSWORD).await;
    assert_eq!((reply.status(), reply.redirect()), (303, Some("/desk")));
    assert!(browser.get("/desk").await.text().contains("演示lin"));
}

#[tokio::test]
async fn v2_2_1_five_failures_lock_an_account_for_thirty_minutes_even_for_the_right_password() {
    let app = TestApp::start().await;
    officer(&app, "lin").await;
    let mut browser = app.browser();
    for _ in 0..5 {
        knock(&mut browser, "lin", "Wrong-password-1").await;
    }
    assert_eq!(knock(&mut browser, "lin", PASSWORD).await.status(), 422);
    app.advance_minutes(29);
    assert_eq!(knock(&mut browser, "lin", PASSWORD).await.status(), 422);
    app.advance_minutes(1);
    assert_eq!(knock(&mut browser, "lin", PASSWORD).await.status(), 303);
}

#[tokio::test]
async fn v2_2_1_failures_are_counted_in_a_row_only() {
    let app = TestApp::start().await;
    officer(&app, "lin").await;
    for _ in 0..3 {
        let mut browser = app.browser();
        for _ in 0..4 {
            knock(&mut browser, "lin", "Wrong-password-1").await;
        }
        assert_eq!(knock(&mut browser, "lin", PASSWORD).await.status(), 303);
    }
}

#[tokio::test]
async fn v3_2_2_and_2_2_a_login_that_does_not_exist_is_answered_like_a_wrong_password_and_like_a_locked_account()
 {
    let app = TestApp::start().await;
    officer(&app, "lin").await;
    let mut replies = Vec::new();
    let mut browser = app.browser();
    for login in ["nobody", "lin", "lin", "lin", "lin", "lin", "lin"] {
        let reply = knock(&mut browser, login, "Wrong-password-1").await;
        replies.push((reply.status(), reply.one("[role=alert]").text));
    }
    assert!(replies.windows(2).all(|two| two[0] == two[1]), "{replies:?}");
}

#[tokio::test]
async fn v3_2_1_the_token_is_new_after_signing_in_and_after_the_second_factor() {
    let app = TestApp::start().await;
    let (mut desk, id) = with_second_factor(&app).await;
    let mut browser = app.browser();
    browser.set_cookie("desk_session", &"a".repeat(64));
    let reply = knock(&mut browser, "signer", PASSWORD).await;
    assert_eq!(reply.redirect(), Some("/desk/sign-in/code?return="));
    let waiting = browser.cookie("desk_session").unwrap().to_owned();
    assert_ne!(waiting, "a".repeat(64));
    assert_eq!(
        browser.get("/desk").await.address(),
        "/desk/sign-in/code",
        "the password alone opens nothing"
    );
    assert_eq!(give_code(&app, &mut browser, &id).await.redirect(), Some("/desk"));
    assert_ne!(browser.cookie("desk_session").unwrap(), waiting);
    let mut thief = app.browser();
    thief.set_cookie("desk_session", &waiting);
    assert_eq!(thief.get("/desk").await.address(), "/desk/sign-in?return=%2Fdesk");
    desk.page("/desk").await;
}

/// A signer whose telephone is set up.
async fn with_second_factor(app: &TestApp) -> (Desk, AccountId) {
    let account = app.account("signer").await;
    app.grant(&account, Role::Signer, "government").await;
    let mut desk = app.sign_in(&account, false).await;
    let page = desk.get("/desk").await;
    assert_eq!(page.address(), "/desk/account/second-factor", "a signer must set it up first");
    let code = code(app, &account).await;
    let reply = desk.post("/desk/account/second-factor", &[("code", &code)]).await;
    assert_eq!(reply.select(".codes code").len(), 10, "{}", reply.text());
    (desk, account)
}

async fn code(app: &TestApp, account: &AccountId) -> String {
    let (id, now) = (account.clone(), app.now());
    app.read(move |tx, cx| Ok(second_factor::code_at(tx, cx, &id, now))).await
}

async fn give_code(app: &TestApp, browser: &mut Browser, id: &AccountId) -> Reply {
    app.advance_minutes(1);
    let code = code(app, id).await;
    answer_code(browser, &code).await
}

async fn answer_code(browser: &mut Browser, code: &str) -> Reply {
    let page = browser.get("/desk/sign-in/code").await;
    let csrf = page.one("input[name=csrf]").attribute("value").unwrap().to_owned();
    send(browser, "/desk/sign-in/code", &[("csrf", &csrf), ("code", code)]).await
}

#[tokio::test]
async fn v2_8_4_a_code_is_good_once() {
    let app = TestApp::start().await;
    let (_, id) = with_second_factor(&app).await;
    let mut first = app.browser();
    knock(&mut first, "signer", PASSWORD).await;
    assert_eq!(give_code(&app, &mut first, &id).await.status(), 303);
    let mut second = app.browser();
    knock(&mut second, "signer", PASSWORD).await;
    let same = code(&app, &id).await;
    assert_eq!(answer_code(&mut second, &same).await.status(), 422);
}

#[tokio::test]
async fn v2_6_1_a_recovery_code_is_good_once() {
    let app = TestApp::start().await;
    let account = app.account("signer").await;
    app.grant(&account, Role::Signer, "government").await;
    let mut desk = app.sign_in(&account, false).await;
    desk.get("/desk").await;
    let first_code = code(&app, &account).await;
    let reply = desk.post("/desk/account/second-factor", &[("code", &first_code)]).await;
    let recovery = reply.select(".codes code")[0].text.clone();
    for expected in [303, 422] {
        let mut browser = app.browser();
        knock(&mut browser, "signer", PASSWORD).await;
        assert_eq!(answer_code(&mut browser, &recovery).await.status(), expected);
    }
}

#[tokio::test]
async fn v2_2_1_wrong_codes_lock_like_wrong_passwords() {
    let app = TestApp::start().await;
    with_second_factor(&app).await;
    let mut browser = app.browser();
    knock(&mut browser, "signer", PASSWORD).await;
    for _ in 0..5 {
        assert_eq!(answer_code(&mut browser, "000000").await.status(), 422);
    }
    assert_eq!(knock(&mut app.browser(), "signer", PASSWORD).await.status(), 422);
}

#[tokio::test]
async fn v3_3_1_signing_out_ends_the_session_for_good() {
    let app = TestApp::start().await;
    let mut desk = app.officer("lin", Role::InformationOfficer, "government").await;
    let token = desk.browser.cookie("desk_session").unwrap().to_owned();
    desk.post("/desk/sign-out", &[]).await;
    let mut again = app.browser();
    again.set_cookie("desk_session", &token);
    assert_eq!(again.get("/desk").await.address(), "/desk/sign-in?return=%2Fdesk");
}

#[tokio::test]
async fn v3_3_2_a_session_ends_after_idle_time_and_after_half_a_day() {
    let app = TestApp::start().await;
    let mut desk = app.officer("lin", Role::InformationOfficer, "government").await;
    app.advance_minutes(29);
    desk.page("/desk").await;
    app.advance_minutes(29);
    desk.page("/desk").await;
    app.advance_minutes(30);
    assert!(desk.get("/desk").await.address().starts_with("/desk/sign-in"));
    let mut busy = app.officer("wang", Role::InformationOfficer, "government").await;
    for _ in 0..28 {
        app.advance_minutes(25);
        busy.page("/desk").await;
    }
    app.advance_minutes(20);
    assert!(busy.get("/desk").await.address().starts_with("/desk/sign-in"));
}

#[tokio::test]
async fn v3_3_2_an_administrator_is_signed_out_after_half_of_it() {
    let app = TestApp::start().await;
    let mut desk = app.officer("system", Role::SystemAdministrator, "government").await;
    app.advance_minutes(14);
    desk.page("/desk").await;
    app.advance_minutes(15);
    assert!(desk.get("/desk").await.address().starts_with("/desk/sign-in"));
}

#[tokio::test]
async fn v3_3_3_a_new_password_ends_all_other_sessions() {
    let app = TestApp::start().await;
    let mut desk = app.officer("lin", Role::InformationOfficer, "government").await;
    let mut other = app.sign_in(&desk.account, false).await;
    let fields = [("old", PASSWORD), ("new", "Xiaoyangqi-演示-8"), ("again", "Xiaoyangqi-演示-8")];
    let reply = desk.post("/desk/account/password", &fields).await;
    assert!(reply.text().contains("口令已更改"), "{}", reply.text());
    assert!(other.get("/desk").await.address().starts_with("/desk/sign-in"));
    assert_eq!(knock(&mut app.browser(), "lin", PASSWORD).await.status(), 422);
    assert_eq!(knock(&mut app.browser(), "lin", "Xiaoyangqi-演示-8").await.status(), 303);
}

#[tokio::test]
async fn v2_1_a_bad_old_or_recent_password_is_refused_beside_its_field() {
    let app = TestApp::start().await;
    let mut desk = app.officer("lin", Role::InformationOfficer, "government").await;
    for (old, new, field) in [
        ("wrong", "Xiaoyangqi-演示-8", "#old-error"),
        (PASSWORD, "short", "#new-error"),
        (PASSWORD, "linlin-Lin-2026", "#new-error"),
        (PASSWORD, PASSWORD, "#new-error"),
    ] {
        let reply = desk.post("/desk/account/password", &[("old", old), ("new", new), ("again", new)]).await;
        assert_eq!(reply.status(), 422);
        reply.one(field);
    }
}

#[tokio::test]
async fn v3_3_4_sessions_are_listed_and_can_be_ended() {
    let app = TestApp::start().await;
    let mut desk = app.officer("lin", Role::InformationOfficer, "government").await;
    let mut other = app.sign_in(&desk.account, false).await;
    let page = desk.get("/desk/account").await;
    let button = page.one("button[name=session]:not([value=others])");
    desk.post("/desk/account/sessions", &[("session", button.attribute("value").unwrap())]).await;
    assert!(other.get("/desk").await.address().starts_with("/desk/sign-in"));
    desk.page("/desk").await;
}

#[tokio::test]
async fn v3_4_the_cookie_is_out_of_reach_of_scripts_and_of_other_paths() {
    let app = TestApp::start().await;
    officer(&app, "lin").await;
    let reply = knock(&mut app.browser(), "lin", PASSWORD).await;
    let cookies: Vec<&str> =
        reply.headers().get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
    let session = cookies.iter().find(|cookie| cookie.starts_with("desk_session=")).unwrap();
    for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/desk"] {
        assert!(session.contains(part), "{session}");
    }
}

#[tokio::test]
async fn v4_2_2_a_form_without_its_token_or_with_anothers_is_refused() {
    let app = TestApp::start().await;
    let mut desk = app.officer("lin", Role::InformationOfficer, "government").await;
    let other = app.officer("wang", Role::InformationOfficer, "government").await;
    for token in ["", "x", &other.csrf()] {
        let reply = send(&mut desk.browser, "/desk/sign-out", &[("csrf", token)]).await;
        assert_eq!(reply.status(), 403, "{token}");
    }
    desk.page("/desk").await;
    let mut browser = app.browser();
    let reply = send(&mut browser, "/desk/sign-in", &[("login", "lin"), ("password", PASSWORD)]).await;
    assert_eq!(reply.status(), 403);
}

#[tokio::test]
async fn v4_2_2_a_form_sent_from_another_site_is_refused_whatever_it_carries() {
    let app = TestApp::start().await;
    let mut desk = app.officer("lin", Role::InformationOfficer, "government").await;
    let body = format!("csrf={}", desk.csrf());
    let headers = [
        (HeaderName::from_static("content-type"), "application/x-www-form-urlencoded"),
        (HeaderName::from_static("sec-fetch-site"), "cross-site"),
    ];
    let reply = desk.browser.send(Method::POST, "/desk/sign-out", body, &headers).await;
    assert_eq!(reply.status(), 403);
    desk.page("/desk").await;
}

#[tokio::test]
async fn v5_1_5_nobody_is_led_to_another_site_after_signing_in() {
    let app = TestApp::start().await;
    officer(&app, "lin").await;
    for (back, expected) in [
        ("/desk/documents?page=2", "/desk/documents?page=2"),
        ("https://elsewhere.test/", "/desk"),
        ("//elsewhere.test/", "/desk"),
        ("/\\elsewhere.test", "/desk"),
        ("/desk/sign-in", "/desk"),
        ("/", "/desk"),
    ] {
        let mut browser = app.browser();
        let page = browser.get("/desk/sign-in").await;
        let csrf = page.one("input[name=csrf]").attribute("value").unwrap().to_owned();
        let fields = [("csrf", csrf.as_str()), ("login", "lin"), ("password", PASSWORD), ("return", back)];
        assert_eq!(send(&mut browser, "/desk/sign-in", &fields).await.redirect(), Some(expected), "{back}");
    }
}

#[tokio::test]
async fn v2_10_a_session_of_one_site_is_nothing_on_another() {
    let app = TestApp::start().await;
    let other = app.site("forest").await;
    let desk = app.officer("lin", Role::InformationOfficer, "government").await;
    let mut elsewhere = other.browser();
    elsewhere.set_cookie("desk_session", desk.browser.cookie("desk_session").unwrap());
    assert!(elsewhere.get("/desk").await.address().starts_with("/desk/sign-in"));
    assert_eq!(knock(&mut elsewhere, "lin", PASSWORD).await.status(), 422);
}

#[tokio::test]
async fn an_administrator_holds_no_second_role_and_nobody_grants_to_himself() {
    let app = TestApp::start().await;
    let account = app.account("admin").await;
    app.grant(&account, Role::SystemAdministrator, "government").await;
    let refused = app
        .try_act({
            let account = account.clone();
            move |tx, cx| {
                let organ_id = crate::organ::queries::by_code(tx, &cx.site_id, "government")?.unwrap().id;
                let new = super::NewGrant {
                    account_id: account.clone(),
                    organ_id,
                    role: Role::InformationOfficer,
                    from_on: cx.today(),
                    to_on: None,
                    acting_for: None,
                    basis: String::new(),
                };
                super::actions::grant(tx, cx, &new)
            }
        })
        .await;
    assert!(refused.unwrap_err().to_string().contains("三个人"));
}

#[tokio::test]
async fn a_delegated_role_holds_for_its_days_and_names_who_it_is_for() {
    let app = TestApp::start().await;
    let mut desk = app.officer("lin", Role::InformationOfficer, "government").await;
    let colleague = app.account("wang").await;
    let page = desk.get("/desk/account").await;
    let grant = page.one("#grant option").attribute("value").unwrap().to_owned();
    let fields =
        [("grant", grant.as_str()), ("to", &colleague.0), ("from_on", "2026-03-23"), ("to_on", "2026-03-24")];
    desk.post("/desk/account/delegations", &fields).await;
    let mut other = app.sign_in(&colleague, false).await;
    assert!(!other.page("/desk").await.contains("信息员"));
    for (day, holds) in [("2026-03-23", true), ("2026-03-24", true), ("2026-03-25", false)] {
        app.today(day);
        let mut other = app.sign_in(&colleague, false).await;
        assert_eq!(other.page("/desk").await.contains("信息员"), holds, "{day}");
    }
    app.today("2026-03-23");
    let mut other = app.sign_in(&colleague, false).await;
    assert!(other.page("/desk/account").await.contains("代演示lin"));
}

#[tokio::test]
async fn every_sign_in_and_failure_is_in_the_log_with_its_address() {
    let app = TestApp::start().await;
    officer(&app, "lin").await;
    let mut browser = app.browser();
    knock(&mut browser, "nobody", "Wrong-password-1").await;
    knock(&mut browser, "lin", "Wrong-password-1").await;
    knock(&mut browser, "lin", PASSWORD).await;
    let rows = app.read(|tx, cx| Ok(crate::audit::queries::after(tx, &cx.site_id, 0, 1_000)?)).await;
    let told: Vec<(&str, &str, &str)> = rows
        .iter()
        .filter(|row| row.action.starts_with("staff.sign_in"))
        .map(|row| (row.action.as_str(), row.actor.as_str(), row.address.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("staff.sign_in_failed", "", "127.0.0.1"),
            ("staff.sign_in_failed", "lin", "127.0.0.1"),
            ("staff.sign_in", "lin", "127.0.0.1"),
        ]
    );
    assert!(rows.iter().all(|row| !row.detail.contains("Wrong-password-1")), "a password is in the log");
}
