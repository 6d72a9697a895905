//! The exhaustive test: every address × every role × own organ, other organ, other site, through the router. What is
//! expected comes from the one table of `rules::permission`; the answers come from the product.

use std::collections::BTreeSet;

use axum::http::{HeaderName, Method};
use kit_db::sql;
use kit_web::test_browser::{Browser, Reply};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rules::permission::{Act, Reach, Role, reach};

use super::{
    addresses,
    table::{self, Line, Need, Sent, Subject},
    world::{Asker, Place, Values, World},
};
use crate::{
    desk::officer::COOKIE,
    routes,
    test_app::{Desk, TestApp},
};

/// Somebody with one role for the own organ, or with none at all.
pub struct Person {
    pub login: String,
    pub role: Option<Role>,
    pub desk: Desk,
}

impl Person {
    async fn hire(app: &TestApp, role: Option<Role>) -> Person {
        let login = role.map_or("nobody".to_owned(), |role| role.code().replace('_', "-"));
        let desk = match role {
            Some(role) => app.officer(&login, role, "government").await,
            None => {
                let account = app.account(&login).await;
                app.sign_in(&account, false).await
            }
        };
        Person { login, role, desk }
    }

    fn asker(&self) -> Asker<'_> {
        Asker { login: &self.login, account: &self.desk.account }
    }
}

/// Whether the table lets somebody send a request.
fn is_allowed(line: &Line, role: Option<Role>, place: Place) -> bool {
    let far = |act: &Act| role.map_or(Reach::Nowhere, |role| reach(role, *act));
    match (line.need, place) {
        (Need::Nothing, Place::Elsewhere) => false,
        (Need::Door | Need::Nothing | Need::Staff, _) => true,
        (Need::Anywhere(acts), _) => acts.iter().any(|act| far(act) != Reach::Nowhere),
        // Whoever has no role has none to lend.
        (Need::Owner, Place::Own) => role.is_some() || line.subject != Subject::Grant,
        (Need::On(acts), Place::Own) => acts.iter().any(|act| far(act) != Reach::Nowhere),
        (Need::On(acts), Place::Other) | (Need::Over(acts), Place::Own | Place::Other) => {
            acts.iter().any(|act| far(act) == Reach::WholeSite)
        }
        (Need::Owner, _) | (Need::On(_) | Need::Over(_), Place::Elsewhere) => false,
    }
}

/// Where a line is asked: a page that is about nothing in particular is the same everywhere.
fn places(line: &Line) -> &'static [Place] {
    let is_alike = line.subject == Subject::Place && !matches!(line.need, Need::On(_));
    if is_alike || matches!(line.need, Need::Anywhere(_)) { &Place::ALL[..1] } else { &Place::ALL }
}

/// Whether the subject belongs to the asker, and so is made for each anew.
fn is_own(subject: Subject) -> bool {
    use Subject as S;
    matches!(
        subject,
        S::OwnTable
            | S::OwnDraft
            | S::Upload
            | S::Document
            | S::OwnCase
            | S::OwnAsked
            | S::Message
            | S::Grant
    )
}

/// What a line's address and form say for one subject.
pub fn fill(text: &str, values: &Values, encoded: bool) -> String {
    let mut filled = text.to_owned();
    for (name, value) in values {
        let value =
            if encoded { utf8_percent_encode(value, NON_ALPHANUMERIC).to_string() } else { value.clone() };
        filled = filled.replace(&format!("{{{name}}}"), &value);
    }
    filled
}

/// Sends what a line says, as this session or without one; no redirect is followed.
async fn send(browser: &mut Browser, token: &str, line: &Line, values: &Values) -> Reply {
    let address = format!("{}{}", fill(line.address, values, true), line.query);
    let method = Method::from_bytes(line.method.as_bytes()).unwrap();
    let kind = HeaderName::from_static("content-type");
    let with_token = (HeaderName::from_static("x-csrf-token"), token);
    match line.sent {
        Sent::Nothing => browser.send(method, &address, "", &[]).await,
        Sent::Form(fields) => {
            let mut body = url::form_urlencoded::Serializer::new(String::new());
            body.append_pair("csrf", token);
            for (name, value) in fields {
                body.append_pair(&fill(name, values, false), &fill(value, values, false));
            }
            let form = [(kind, "application/x-www-form-urlencoded")];
            browser.send(method, &address, body.finish(), &form).await
        }
        Sent::Json(json) => {
            let headers = [with_token, (kind, "application/json")];
            browser.send(method, &address, fill(json, values, false), &headers).await
        }
        Sent::Part(bytes) => {
            let headers = [with_token, (kind, "application/octet-stream")];
            browser.send(method, &address, bytes, &headers).await
        }
        Sent::File(fields, name) => {
            let mut body = String::new();
            let mut part = |head: &str, value: &str| {
                body.push_str(&format!(
                    "--edge\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n"
                ));
            };
            part("name=\"csrf\"", token);
            for (field, value) in fields {
                part(&format!("name=\"{field}\""), &fill(value, values, false));
            }
            part(&format!("name=\"file\"; filename=\"{name}\""), "demonstration");
            body.push_str("--edge--\r\n");
            browser.send(method, &address, body, &[(kind, "multipart/form-data; boundary=edge")]).await
        }
    }
}

/// Sends a line as somebody of staff.
pub async fn send_as(desk: &mut Desk, line: &Line, values: &Values) -> Reply {
    let token = desk.csrf();
    send(&mut desk.browser, &token, line, values).await
}

/// How many rows there are of everything that a request could change, and how often those were changed that count it.
pub async fn rows(app: &TestApp) -> Vec<(String, i64)> {
    let read = app.read(|tx, _| {
        Ok(tx.query(
            sql!(
                "-- all sites: a test that nothing at all was changed
                 select 'audit' as name, count(*) as n from audit_entry
                 union all select 'feed', count(*) from change_feed
                 union all select 'document', count(*) + coalesce(cast(sum(version) as bigint), 0) from document
                 union all select 'edition', count(*) + coalesce(cast(sum(version) as bigint), 0) from edition
                 union all select 'attachment', count(*) from attachment
                 union all select 'save', count(*) from draft_save
                 union all select 'upload', count(*) + coalesce(cast(sum(received) as bigint), 0) from draft_upload
                 union all select 'justification', count(*) from finding_justification
                 union all select 'run', count(*) from import_run
                 union all select 'decided', count(*) from import_source where review_state <> 'needs_review'
                 union all select 'job', count(*) from job
                 union all select 'message', count(*) from message
                 union all select 'read', count(*) from message where read_at is not null
                 union all select 'organ', count(*) + coalesce(cast(sum(version) as bigint), 0) from organ
                 union all select 'column', count(*) + coalesce(cast(sum(version) as bigint), 0) from site_column
                 union all select 'account', count(*) + coalesce(cast(sum(version) as bigint), 0) from staff_account
                 union all select 'grant', count(*) from staff_grant
                 union all select 'case', count(*) + coalesce(cast(sum(version) as bigint), 0) from review_case
                 union all select 'entry', count(*) from review_entry
                 union all select 'link', count(*) from review_link
                 union all select 'spent', count(*) from review_link where used_at is not null
                 union all select 'open', count(*) from review_open_step
                 union all select 'way', count(*) from review_way
                 union all select 'request', count(*) + coalesce(cast(sum(version) as bigint), 0) from standing_request
                 union all select 'word', count(*) from word
                 union all select 'item', count(*) + coalesce(cast(sum(version) as bigint), 0) from service_item
                 union all select 'service case', count(*) + coalesce(cast(sum(version) as bigint), 0) from service_case
                 union all select 'article', count(*) + coalesce(cast(sum(version) as bigint), 0) from wechat_article
                 union all select 'place', count(*) + coalesce(cast(sum(version) as bigint), 0) from notice_place
                 union all select 'petition', count(*) + coalesce(cast(sum(version) as bigint), 0) from disclosure_request
                 union all select 'remedy', count(*) + coalesce(cast(sum(version) as bigint), 0) from remedy
                 union all select 'proposal', count(*) + coalesce(cast(sum(version) as bigint), 0) from proposal
                 union all select 'training', count(*) + coalesce(cast(sum(version) as bigint), 0) from training
                 union all select 'participant', count(*) from training_participant
                 union all select 'money', count(*) + coalesce(cast(sum(version) as bigint), 0) from finance_entry
                 union all select 'report', count(*) + coalesce(cast(sum(version) as bigint), 0) from annual_report
                 union all select 'part', count(*) + coalesce(cast(sum(version) as bigint), 0) from annual_report_return
                 union all select 'notice', count(*) + coalesce(cast(sum(version) as bigint), 0) from calendar_notice"
            ),
            &[],
        )?)
    });
    read.await.iter().map(|row| (row.get("name").unwrap(), row.get("n").unwrap())).collect()
}

/// What is wrong with an answer to somebody who may.
fn fault_of_allowed(line: &Line, reply: &Reply) -> Option<String> {
    let refused = matches!(reply.status(), 401 | 403 | 404 | 405) || reply.status() >= 500;
    if matches!(line.need, Need::Door) {
        return (reply.status() == 404 || reply.status() >= 500).then(|| reply.status().to_string());
    }
    let sent_away = reply.redirect().is_some_and(|to| to.starts_with("/desk/sign-in"));
    (refused || sent_away).then(|| format!("may, but is answered {} {:?}", reply.status(), reply.redirect()))
}

/// Asks every line as everybody, everywhere; gives what is wrong.
async fn faults(lines: &[Line]) -> Vec<String> {
    let mut world = World::open().await;
    let mut people = Vec::new();
    for role in Role::ALL.into_iter().map(Some).chain([None]) {
        people.push(Person::hire(&world.app, role).await);
    }
    let mut faults = Vec::new();
    for line in lines {
        for place in places(line) {
            let mut kept = None;
            for person in &mut people {
                if let Some(fault) = ask(&mut world, line, *place, person, &mut kept).await {
                    let (who, Line { method, address, .. }) = (&person.login, line);
                    faults
                        .push(format!("{who}, {place:?}: {method} {address} ({:?}): {fault}", line.subject));
                }
            }
        }
    }
    faults
}

/// Asks a line as one person; `kept` is a subject that nobody has changed yet.
async fn ask(
    world: &mut World,
    line: &Line,
    place: Place,
    person: &mut Person,
    kept: &mut Option<Values>,
) -> Option<String> {
    let allowed = is_allowed(line, person.role, place);
    let values = match kept.take() {
        Some(values) if !is_own(line.subject) => values,
        _ => world.make(line.subject, place, &person.asker()).await,
    };
    if line.address.starts_with("/approve/") {
        // Links are opened so many times a minute and no more.
        world.app.advance_minutes(1);
    }
    let before = if line.method == "GET" { Vec::new() } else { rows(&world.app).await };
    let reply = send_as(&mut person.desk, line, &values).await;
    let after = if line.method == "GET" { Vec::new() } else { rows(&world.app).await };
    if line.address == "/desk/sign-out" {
        let second = person.role.is_some_and(Role::needs_second_factor);
        person.desk = world.app.sign_in(&person.desk.account, second).await;
    }
    let changed = before != after;
    if !allowed || line.method == "GET" {
        *kept = Some(values);
    }
    let told = line.told_on_page && matches!(reply.status(), 200 | 422);
    match allowed {
        true => fault_of_allowed(line, &reply).or_else(|| {
            (line.changes && !changed).then(|| format!("may, but nothing is changed: {}", reply.status()))
        }),
        false if changed => Some(format!("may not, but something is changed: {}", reply.status())),
        false if told || matches!(reply.status(), 403 | 404) => None,
        false => Some(format!("may not, but is answered {} {:?}", reply.status(), reply.redirect())),
    }
}

async fn assert_no_faults(lines: &[Line]) {
    let faults = faults(lines).await;
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_address_of_the_desk_says_who_may_send_a_request_to_it() {
    let known = |line: &Line| (line.method.to_owned(), line.address.to_owned());
    let classified: BTreeSet<(String, String)> = table::lines().map(known).collect();
    let routed = addresses::of_the_desk();
    assert!(routed.len() > 100, "only {} addresses were read from routes.rs", routed.len());
    let missing: Vec<_> = routed.difference(&classified).collect();
    assert!(missing.is_empty(), "add lines to app/src/desk/tests/table.rs for {missing:#?}");
    let gone: Vec<_> = classified.difference(&routed).collect();
    assert!(gone.is_empty(), "no route answers {gone:#?}");
}

#[tokio::test]
async fn what_everybody_of_staff_sees_is_shown_to_everybody_of_staff() {
    assert_no_faults(table::EVERYBODY).await;
}

#[tokio::test]
async fn drafts_are_written_by_those_who_draft_for_the_organ_and_read_by_those_who_read_them() {
    assert_no_faults(table::WRITING).await;
}

#[tokio::test]
async fn every_step_to_the_public_is_taken_by_the_role_for_it_and_by_nobody_else() {
    assert_no_faults(table::REVIEWING).await;
}

#[tokio::test]
async fn records_are_corrected_withdrawn_and_repealed_by_the_roles_for_it_and_by_nobody_else() {
    assert_no_faults(table::RECORDS).await;
}

#[tokio::test]
async fn imports_jobs_and_words_are_kept_by_the_roles_for_it_and_by_nobody_else() {
    assert_no_faults(table::KEEPING).await;
}

#[tokio::test]
async fn registers_are_kept_by_those_who_keep_them_for_the_organ_and_by_nobody_else() {
    assert_no_faults(table::REGISTERS).await;
}

#[tokio::test]
async fn requests_remedies_proposals_trainings_and_money_are_kept_by_the_roles_for_it_and_by_nobody_else() {
    assert_no_faults(table::PROCEDURES).await;
}

#[tokio::test]
async fn annual_reports_are_written_by_the_office_answered_by_units_and_signed_by_signers_and_nobody_else() {
    assert_no_faults(table::REPORTS).await;
}

#[tokio::test]
async fn the_administration_is_done_by_the_roles_for_it_and_by_nobody_else() {
    assert_no_faults(table::ADMINISTRATION).await;
}

/// Something to stand in an address where it does not matter what.
fn anything() -> Values {
    let names = [
        "id",
        "version",
        "name",
        "page",
        "hash",
        "edition_id",
        "document_id",
        "case_id",
        "request_id",
        "run",
        "job_id",
        "what",
        "message_id",
        "account_id",
        "organ_id",
        "column_id",
        "code",
        "token",
        "content",
        "step",
        "attachment",
        "notice_id",
        "register",
        "upload_id",
        "item_id",
        "remedy_id",
        "proposal_id",
        "training_id",
        "participant_id",
        "entry_id",
        "article_id",
        "place_id",
    ];
    names.into_iter().map(|name| (name, "1".to_owned())).collect()
}

#[tokio::test]
async fn whoever_is_not_signed_in_on_this_site_gets_the_way_to_the_door_and_nothing_else() {
    let world = World::open().await;
    let foreign = world.elsewhere.officer("office", Role::DisclosureOffice, "government").await;
    let cookie = foreign.browser.cookie(COOKIE).unwrap().to_owned();
    let before = rows(&world.app).await;
    for session in [None, Some(cookie)] {
        let mut browser = Browser::new(routes::front(&world.app.app), &world.app.host);
        for line in table::lines().filter(|line| !matches!(line.need, Need::Nothing | Need::Door)) {
            if let Some(cookie) = &session {
                browser.set_cookie(COOKIE, cookie);
            }
            let reply = send(&mut browser, &foreign.csrf(), line, &anything()).await;
            let to_the_door = reply.redirect().is_some_and(|to| to.starts_with("/desk/sign-in"));
            assert!(
                to_the_door || reply.status() == 401,
                "{} {}: {}",
                line.method,
                line.address,
                reply.status()
            );
        }
    }
    assert_eq!(rows(&world.app).await, before);
}

#[tokio::test]
async fn nothing_is_changed_by_a_request_without_the_token_of_the_session() {
    let mut world = World::open().await;
    let mut office = Person::hire(&world.app, Some(Role::DisclosureOffice)).await;
    for line in table::lines().filter(|line| line.method != "GET" && !line.address.starts_with("/approve/")) {
        let values = world.make(line.subject, Place::Own, &office.asker()).await;
        let before = rows(&world.app).await;
        let reply = send(&mut office.desk.browser, "", line, &values).await;
        assert!(matches!(reply.status(), 403 | 422), "{} {}: {}", line.method, line.address, reply.status());
        assert_eq!(rows(&world.app).await, before, "{} {}", line.method, line.address);
    }
}
