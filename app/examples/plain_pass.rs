//! The yardstick for the benchmark of the checks: one pass of an Aho–Corasick automaton of the same words over the same
//! document, and nothing else. Also writes that document, invented from beginning to end (演示数据).

use std::{error::Error, fmt::Write as _, fs, time::Instant};

use aho_corasick::{AhoCorasick, MatchKind};

/// Characters of a document of fifty pages.
const CHARS: usize = 25_000;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["write", file] => fs::write(file, document())?,
        ["pass", list, file, rounds] => pass(list, file, rounds.parse()?)?,
        _ => return Err("usage: plain_pass write FILE | pass WORD_LIST.toml FILE ROUNDS".into()),
    }
    Ok(())
}

/// Headings, paragraphs, links and a table of nine rows on every page.
fn document() -> String {
    let mut html = String::from("<h1>关于印发松岭区春季森林防火工作方案（演示）的通知</h1>\n");
    let mut n = 0;
    while html.chars().count() < CHARS {
        n += 1;
        let _ = write!(
            html,
            "<h2>第{n}部分（演示数据）</h2><p>各镇、各单位：根据《森林防火条例》和国办发〔2019〕{n}号，结合本区实际，现将第{n}阶段有关事项通知如下。\
             共排查隐患{}处，其中已整改{n}处，联系电话0457-332{:04}。</p><p>（一）落实责任，加强巡护，严格火源管理；（二）值班人员保持通信畅通，\
             遇有火情立即报告，不得迟报、漏报、瞒报，详见<a href=\"/columns/policy\">政策文件</a>。</p><table><tr><th>乡镇</th><th>户数</th><th>人数</th></tr>",
            n * 2,
            n
        );
        for row in 0..8 {
            let _ = write!(html, "<tr><td>第{row}镇</td><td>{}</td><td>{}</td></tr>", n + row, n * 3 + row);
        }
        let _ =
            writeln!(html, "<tr><td>合计</td><td>{}</td><td>{}</td></tr></table>", n * 8 + 28, n * 24 + 28);
    }
    html
}

/// The median of the rounds in milliseconds.
fn pass(list: &str, file: &str, rounds: usize) -> Result<(), Box<dyn Error>> {
    let list: toml::Table = toml::from_str(&fs::read_to_string(list)?)?;
    let rows = list.get("word").and_then(toml::Value::as_array).ok_or("no words")?;
    let words = rows.iter().filter_map(|row| row.get("word")?.as_str());
    let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words)?;
    let text = fs::read_to_string(file)?;
    let mut times: Vec<f64> = Vec::new();
    let mut n_found = 0;
    for _ in 0..rounds {
        let start = Instant::now();
        n_found += automaton.find_iter(&text).count();
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    println!("{:.4} {} {n_found}", times[times.len() / 2], text.chars().count());
    Ok(())
}
