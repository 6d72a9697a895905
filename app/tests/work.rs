//! The real `gongkai work`: does what another process asked for, and ends well when told to.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that fails")]

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use kit_db::testing::Throwaway;
use kit_jobs::{NewJob, State, enqueue, find};

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_only_works_does_what_waits_and_ends_well_when_told_to() {
    let database = Throwaway::create(&[]).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let command = |name: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
        command.arg(name).arg("--data").arg(folder.path()).args(["--database", &database.url]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        command
    };
    assert!(command("migrate").status().unwrap().success());
    let new = NewJob {
        tenant: "site",
        id: "job",
        kind: "sweep",
        payload: "null",
        waiting_key: None,
        run_at: 0,
        created_at: 0,
        created_by: "test",
    };
    database.db.write(move |tx| enqueue(tx, &new)).await.unwrap();

    let mut child = command("work").spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line, "WORKING\n");
    while database.db.read(|tx| find(tx, "site", "job")).await.unwrap().unwrap().state != State::Done {
        assert!(child.try_wait().unwrap().is_none(), "the process ended before its work was done");
        // another process: it looks at the queue five times a second
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let told = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(told.success() && child.wait().unwrap().success());
}
