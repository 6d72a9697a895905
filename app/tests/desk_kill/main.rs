//! The real process, killed while officers autosave, upload in pieces and approve: what was acknowledged is there after the
//! next start, nothing half-done is live, and whoever was cut off goes on. Points are what can be seen from outside (so many
//! acknowledgements, so much of a request), not times. Says nothing about power cuts.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that fails")]

mod client;
mod office;

use std::{sync::mpsc, thread};

use client::{Answer, Client, Cut, Kind};
use kit_db::{Sql, sql};
use office::{Office, autosave};

/// Saves one text after the other until the process is gone; tells each acknowledged number.
fn save_on(mut client: Client, edition: String, from: (i64, usize), told: &mpsc::Sender<usize>) {
    let (mut version, mut n) = from;
    loop {
        n += 1;
        let Ok(answer) = autosave(&mut client, &edition, version, &text(n)) else { return };
        if answer.status != 200 {
            return;
        }
        version = answer.json()["version"].as_i64().unwrap();
        if told.send(n).is_err() {
            return;
        }
    }
}

fn text(n: usize) -> String {
    format!("第（{n}）次自动保存的演示正文。")
}

/// Number of the save whose text stands in the editor.
fn saved(page: &Answer) -> usize {
    page.between("第（", "）次").parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_autosave_that_was_acknowledged_survives_the_kill_and_writing_goes_on() {
    let mut office = Office::open().await;
    let mut drafter = office.officer("drafter", "information_officer");
    let edition = office.write(&mut drafter, "自动保存到一半").await;
    let (mut version, mut last) = (1, 0);
    for n_saves in [1, 2, 5, 13, 34] {
        drafter.get(&format!("/desk/editions/{edition}/edit"));
        let (tell, told) = mpsc::channel();
        let (writer, of) = (drafter.clone(), edition.clone());
        let writing = thread::spawn(move || save_on(writer, of, (version, last), &tell));
        let mut acknowledged = last;
        for _ in 0..n_saves {
            acknowledged = told.recv().unwrap();
        }
        office.kill_and_start(&mut [&mut drafter]);
        writing.join().unwrap();
        acknowledged = told.try_iter().last().unwrap_or(acknowledged);
        let page = drafter.get(&format!("/desk/editions/{edition}/edit"));
        let found = saved(&page);
        // The one that was on its way when the process died may have been kept without being acknowledged.
        assert!(found == acknowledged || found == acknowledged + 1, "{found} after {acknowledged}");
        version = drafter.get(&format!("/desk/editions/{edition}/state")).json()["version"].as_i64().unwrap();
        last = found;
    }
    let answer = autosave(&mut drafter, &edition, version, &text(last + 1)).unwrap();
    assert_eq!(answer.status, 200, "{}", answer.body);
    let live = sql!("select count(*) as n from document where $1 = 'x' and state <> 'draft'");
    assert_eq!(office.number(live, "x").await, 0);
    office.assert_nothing_is_half_done().await;
}

/// Length of a part.
const PART: usize = 48 * 1024;

/// A file of twelve parts, the last of them short, in which no two parts are alike.
fn file() -> String {
    let lines = (0..PART * 12 / 32 - 100).map(|n| format!("demonstration, line {n:010}\n"));
    lines.collect()
}

fn standing(answer: &Answer) -> (usize, Option<String>) {
    let json = answer.json();
    let sha256 = json["attachment"]["sha256"].as_str().map(str::to_owned);
    (usize::try_from(json["received"].as_i64().unwrap()).unwrap(), sha256)
}

/// The part that begins at `from`.
fn part(bytes: &[u8], from: usize) -> &[u8] {
    &bytes[from..bytes.len().min(from + PART)]
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_goes_on_where_its_acknowledged_parts_end_whenever_the_process_is_killed() {
    let mut office = Office::open().await;
    let mut drafter = office.officer("drafter", "information_officer");
    let edition = office.write(&mut drafter, "大附件").await;
    let file = file();
    drafter.get("/desk/account");
    let announced = serde_json::json!({ "name": "演示数据.txt", "size": file.len() }).to_string();
    let path = format!("/desk/editions/{edition}/uploads");
    let begun = drafter.send("POST", &path, Kind::Json, announced.as_bytes());
    let upload = format!("/desk/uploads/{}", begun.json()["upload"].as_str().unwrap());
    let cuts = [Cut::Half, Cut::Whole, Cut::WholeAndOthers(1), Cut::WholeAndOthers(4), Cut::Half, Cut::Whole];
    let (mut received, mut at, mut done) = (0, 0, None);
    while done.is_none() {
        let sent = part(file.as_bytes(), received);
        let cut = cuts.get(at).copied().unwrap_or(if at % 2 == 0 { Cut::Answered } else { Cut::Whole });
        let place = format!("{upload}?from={received}");
        let open = drafter.send_cut(cut, "PUT", &place, (Kind::Bytes, sent));
        office.kill_and_start(&mut [&mut drafter]);
        drop(open);
        let (now, sha256) = standing(&drafter.get(&upload));
        match cut {
            Cut::Half => assert_eq!(now, received, "half a part counts for nothing"),
            Cut::Answered => assert_eq!(now, received + sent.len(), "what was acknowledged is there"),
            _ => assert!([received, received + sent.len()].contains(&now), "{now} after {received}"),
        }
        (received, done, at) = (now, sha256, at + 1);
        assert!(at < 60, "the upload does not come to its end");
    }
    assert_eq!(received, file.len());
    let again = standing(&drafter.get(&upload));
    assert_eq!(again.1, done, "asked again, it is the same file");
    let kept =
        drafter.get(&format!("/desk/editions/{edition}/files/%E6%BC%94%E7%A4%BA%E6%95%B0%E6%8D%AE.txt"));
    assert!(kept.body == file, "the file is not the one that was sent");
    let files = sql!("select count(*) as n from attachment where edition_id = $1");
    assert_eq!(office.number(files, &edition).await, 1);
    office.assert_nothing_is_half_done().await;
}

/// A step of the way: who takes it, how its form looks, and how it is found in the database.
struct Step {
    verb: &'static str,
    fields: &'static [(&'static str, &'static str)],
    entries: Sql,
    acts: Sql,
}

/// The three steps that end with a record before readers.
fn steps() -> [Step; 3] {
    let entries = |statement| statement;
    [
        Step {
            verb: "secrecy",
            fields: &[("verdict", "pass"), ("opinion", "不涉密，可以公开"), ("basis", "no_secret")],
            entries: entries(sql!(
                "select count(*) as n from review_entry r
                   join review_case c on c.site_id = r.site_id and c.case_id = r.case_id
                   join secrecy_form f on f.site_id = r.site_id and f.case_id = r.case_id and f.position = r.position
                  where c.edition_id = $1"
            )),
            acts: sql!(
                "select count(*) as n from audit_entry where object_id = $1 and action = 'review.pass_secrecy'"
            ),
        },
        Step {
            verb: "approve",
            fields: &[("at", "sign_off-0"), ("party", "0")],
            entries: entries(sql!(
                "select count(*) as n from review_entry r
                   join review_case c on c.site_id = r.site_id and c.case_id = r.case_id
                  where c.edition_id = $1 and r.deed = 'approved' and r.gate = 'sign_off'"
            )),
            acts: sql!("select count(*) as n from audit_entry where object_id = $1 and action = 'review.sign'"),
        },
        Step {
            verb: "publish",
            fields: &[],
            entries: entries(sql!(
                "select count(*) as n from edition e
                   join document d on d.site_id = e.site_id and d.document_id = e.document_id
                  where e.edition_id = $1 and e.state = 'live' and d.state = 'live' and d.public_number is not null"
            )),
            acts: sql!("select count(*) as n from audit_entry where object_id = $1 and action = 'review.publish'"),
        },
    ]
}

/// Sends a step as far as `cut` says, kills the process, looks at what is there, and sends the step again.
async fn take_killed(
    office: &mut Office,
    officers: &mut [&mut Client],
    who: usize,
    (edition, case): (&str, &str),
    (step, cut): (&Step, Cut),
) {
    let content = officers[who].get(case).between("name=\"content\" value=\"", "\"");
    let fields = [&[("content", content.as_str())], step.fields].concat();
    let body = officers[who].form(&fields);
    let path = format!("{case}/{}", step.verb);
    let open = officers[who].send_cut(cut, "POST", &path, (Kind::Form, &body));
    office.kill_and_start(officers);
    drop(open);
    let (entries, acts) =
        (office.number(step.entries, edition).await, office.number(step.acts, edition).await);
    assert_eq!(entries, acts, "{path} is there by half after {cut:?}");
    match cut {
        Cut::Half => assert_eq!(entries, 0, "{path} was decided by half a request"),
        Cut::Answered => assert_eq!(entries, 1, "{path} was acknowledged and is lost"),
        _ => assert!(entries <= 1, "{path} was decided twice"),
    }
    let again = officers[who].post(&path, &fields);
    assert_eq!(again.status, 303, "{path} again after {cut:?}: {}", again.body);
    assert_eq!(office.number(step.entries, edition).await, 1, "{path} again after {cut:?}");
    assert_eq!(office.number(step.acts, edition).await, 1, "{path} again after {cut:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_cut_off_by_the_kill_is_there_whole_or_not_at_all_and_is_repeated() {
    let mut office = Office::open().await;
    let mut drafter = office.officer("drafter", "information_officer");
    let mut keeper = office.officer("keeper", "secrecy_reviewer");
    let mut signer = office.officer("signer", "signer");
    let cuts = [Cut::Half, Cut::Whole, Cut::WholeAndOthers(1), Cut::WholeAndOthers(4), Cut::Answered];
    for (at, cut) in cuts.into_iter().enumerate() {
        let edition = office.write(&mut drafter, &format!("第{at}件演示通知")).await;
        autosave(&mut drafter, &edition, 1, &text(at)).unwrap();
        let sent = drafter.post(&format!("/desk/editions/{edition}/submit"), &[]);
        let case = sent.location().unwrap_or_else(|| panic!("{}", sent.body)).to_owned();
        let mut officers = [&mut drafter, &mut keeper, &mut signer];
        for (step, who) in steps().iter().zip([1, 2, 2]) {
            take_killed(&mut office, &mut officers, who, (&edition, &case), (step, cut)).await;
        }
        let page = office.visitor().get(&format!("/documents/{}", at + 1));
        assert!(page.status == 200 && page.body.contains(&text(at)), "{cut:?}: {}", page.body);
        office.assert_nothing_is_half_done().await;
    }
}
