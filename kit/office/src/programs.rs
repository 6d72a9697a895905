//! Other programs' opinion of our files, for tests: LibreOffice converts them, poppler reads and draws pages.
//!
//! A missing program fails the test with the way to install it. It does NOT belong into the product.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use tempfile::TempDir;

/// Longest time for one conversion; a machine under load needs some.
const PATIENCE: Duration = Duration::from_secs(240);

/// Converts a file with LibreOffice: `convert(&docx, "docx", "pdf")`. Each call has a profile of its own, so that calls
/// beside each other do not meet.
///
/// # Panics
/// When LibreOffice is missing, fails or takes too long.
pub fn convert(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let folder = TempDir::new().expect("a folder for the conversion");
    let input = folder.path().join(format!("file.{from}"));
    fs::write(&input, bytes).expect("the file to convert");
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let mut command = Command::new(program("soffice"));
    command.args([&profile, "--headless", "--norestore", "--convert-to", to, "--outdir"]);
    command.arg(folder.path()).arg(&input).env("HOME", folder.path());
    run(command, folder.path());
    let output = folder.path().join(format!("file.{}", to.split(':').next().unwrap_or(to)));
    fs::read(&output).unwrap_or_else(|error| {
        let log = fs::read_to_string(folder.path().join("log")).unwrap_or_default();
        panic!("LibreOffice did not convert the {from} to {to} ({error}): {log}")
    })
}

/// The words of a PDF as poppler reads them, without any white space: lines break anywhere.
///
/// # Panics
/// When `pdftotext` is missing or fails.
pub fn pdf_words(bytes: &[u8]) -> String {
    let folder = pdf_folder(bytes);
    let mut command = Command::new(program("pdftotext"));
    command
        .args(["-enc", "UTF-8", "-raw"])
        .arg(folder.path().join("file.pdf"))
        .arg(folder.path().join("file.txt"));
    run(command, folder.path());
    let text = fs::read_to_string(folder.path().join("file.txt")).expect("the words of the PDF");
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The pages of a PDF as PNG pictures.
///
/// # Panics
/// When `pdftoppm` is missing or fails.
pub fn pdf_pages(bytes: &[u8], dots_per_inch: u32) -> Vec<Vec<u8>> {
    let folder = pdf_folder(bytes);
    let mut command = Command::new(program("pdftoppm"));
    command.args(["-png", "-r", &dots_per_inch.to_string()]);
    command.arg(folder.path().join("file.pdf")).arg(folder.path().join("page"));
    run(command, folder.path());
    let entries = fs::read_dir(folder.path()).expect("the folder of pages").flatten();
    let mut pages: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| is_png(path)).collect();
    pages.sort();
    pages.iter().map(|page| fs::read(page).expect("a page")).collect()
}

fn is_png(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "png")
}

fn pdf_folder(bytes: &[u8]) -> TempDir {
    let folder = TempDir::new().expect("a folder for the PDF");
    fs::write(folder.path().join("file.pdf"), bytes).expect("the PDF");
    folder
}

/// The place of a program.
fn program(name: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join(name)).find(|place| place.is_file());
    found.unwrap_or_else(|| panic!("{name} is missing; install it with: scripts/setup.sh test"))
}

/// Runs to the end, with what it says in the file `log`.
fn run(mut command: Command, folder: &Path) {
    let log = fs::File::create(folder.join("log")).expect("a log");
    let errors = log.try_clone().expect("a log");
    let began = Instant::now();
    let mut child =
        command.stdin(Stdio::null()).stdout(log).stderr(errors).spawn().expect("a program that starts");
    loop {
        match child.try_wait().expect("a program to wait for") {
            Some(status) if status.success() => return,
            Some(status) => {
                let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
                panic!("{command:?} ended with {status}: {log}")
            }
            None if began.elapsed() > PATIENCE => {
                _ = child.kill();
                panic!("{command:?} took longer than {} s", PATIENCE.as_secs())
            }
            // another process: the program that converts
            None => thread::sleep(Duration::from_millis(20)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{convert, pdf_words};
    use crate::sheet::{Cell, Column, Kind, Table, to_xlsx};

    #[test]
    fn libreoffice_opens_the_sheets_written_here() {
        let table = Table {
            title: "渠道".to_owned(),
            columns: vec![
                Column::new("名称", Kind::Text),
                Column::new("数量", Kind::Integer),
                Column::new("日期", Kind::Date),
            ],
            rows: vec![
                vec![
                    Cell::from("门户网站 <&>"),
                    Cell::from(4321),
                    Cell::from(jiff::civil::date(2018, 12, 31)),
                ],
                vec![Cell::from("0012"), Cell::from(-5), Cell::Empty],
            ],
        };
        let csv = convert(&to_xlsx(table).unwrap(), "xlsx", "csv:Text - txt - csv (StarCalc):44,34,76");
        let csv = String::from_utf8(csv).unwrap();
        assert_eq!(csv.trim_end(), "名称,数量,日期\n门户网站 <&>,4321,2018-12-31\n0012,-5,");
    }

    #[test]
    fn libreoffice_opens_the_documents_written_here() {
        let document = crate::docx_out::write(&crate::docx_out::tests::sample()).unwrap();
        let pdf = convert(&document, "docx", "pdf");
        let words = pdf_words(&pdf);
        for expected in ["一份报告", "一、概述", "共42件", "（一）表", "第59行413", "合计", "—1—", "—2—"]
        {
            assert!(words.contains(expected), "{expected} in {words}");
        }
        // The head stands over both pages of the table.
        assert!(words.matches("渠道数量<&>").count() >= 2, "{words}");
    }
}
