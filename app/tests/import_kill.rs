//! A killed import: the real process is killed at several moments and started again; what comes out is what an import
//! that nobody killed gives, and the log's chain is whole. It tests no reading, only that nothing is lost or doubled.

use std::{
    fmt::Write as _,
    path::Path,
    process::{Command, Output, Stdio},
    time::Duration,
};

const RECORDS: usize = 1_500;

fn gongkai(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    command.args(arguments).stdin(Stdio::null());
    command
}

fn output(arguments: &[&str]) -> Output {
    gongkai(arguments).output().expect("the product starts")
}

fn succeed(arguments: &[&str]) -> String {
    let output = output(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// Made-up records (演示数据), some of them repeating a document number.
fn archive(folder: &Path) -> String {
    let mut lines = String::new();
    for n in 0..RECORDS {
        let number = n % 1_400 + 1;
        let line = serde_json::json!({
            "url": format!("https://www.example.gov.cn/{n}.html"),
            "title": format!("演示县人民政府关于演示事项{n}的通知"),
            "excerpt": format!(
                "索引号：11230000/2018-{n:05}\n发布机构：演示县人民政府\n文号：演政发〔2018〕{number}号\n\
                 成文日期：2018-03-01\n发布日期：2018-03-02\n演示县人民政府关于演示事项{n}的通知\n\
                 各乡镇人民政府：\n现将演示事项{n}通知如下，请遵照执行。（演示数据）"
            ),
        });
        writeln!(lines, "{line}").expect("a string takes all");
    }
    let path = folder.join("pages.jsonl");
    std::fs::write(&path, lines).expect("the folder is ours");
    path.display().to_string()
}

/// What must be equal after both runs: everything but ids and moments.
fn essence(data: &str) -> Vec<serde_json::Value> {
    let exported = succeed(&["export", "records", "--site", "a", "--data", data]);
    let essence = |line: &str| {
        let mut record: serde_json::Value = serde_json::from_str(line).expect("a JSON line");
        let restore = record["restore"].take();
        record["public_number"] = restore["public_number"].clone();
        record
    };
    let mut all: Vec<_> = exported.lines().map(essence).collect();
    all.sort_by_key(|record| record["source_url"].to_string());
    all
}

fn prepare(folder: &Path, name: &str) -> String {
    let data = folder.join(name).display().to_string();
    succeed(&["init", "--data", &data, "--site", "a", "--name", "演示站点"]);
    data
}

#[test]
fn an_import_killed_at_many_moments_and_run_again_ends_as_if_nobody_had_killed_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = archive(folder.path());
    let calm = prepare(folder.path(), "calm");
    let import = |data: &str| -> Vec<String> {
        ["import", "pages", &file, "--site", "a", "--data", data, "--publish"].map(str::to_owned).into()
    };
    succeed(&import(&calm).iter().map(String::as_str).collect::<Vec<_>>());
    let expected = essence(&calm);
    assert_eq!(expected.len(), RECORDS);

    let killed = prepare(folder.path(), "killed");
    let mut n_killed = 0;
    for wait in [40, 90, 150, 230, 330, 450, 600] {
        let arguments = import(&killed);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let mut child =
            gongkai(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
        // Not a wait for something to happen: the moment of the kill is the test's input.
        std::thread::park_timeout(Duration::from_millis(wait));
        n_killed += usize::from(child.try_wait().expect("its own child").is_none());
        child.kill().expect("its own child");
        child.wait().expect("its own child");
        succeed(&["audit", "verify", "--data", &killed]);
    }
    assert!(n_killed > 0, "every run ended before it was killed");
    succeed(&import(&killed).iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(essence(&killed), expected);
    succeed(&["audit", "verify", "--data", &killed]);
}
