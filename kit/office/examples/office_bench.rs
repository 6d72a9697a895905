//! How long office files take: `cargo run --release -p kit-office --example office_bench`.
//!
//! A two-page letter is the reference: at most 1 ms. It does NOT read real files; what it reads it makes.

use kit_office::sheet::{Cell, Column, Kind, Table, to_csv, to_xlsx};
use kit_office::{Limits, docx, hidden, sheet, text};
use std::io::{Cursor, Write};
use std::time::{Duration, Instant};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const RUNS: u32 = 200;
const ROWS: i64 = 20_000;

fn main() {
    let limits = Limits::default();
    let letter = letter();
    println!("letter: {} bytes", letter.len());
    time("letter to HTML", RUNS, || docx::read(&letter, &limits).map(|read| read.blocks_html.len()));
    time("what the letter hides", RUNS, || hidden::find("a.docx", &letter, &limits).map(|found| found.len()));
    time("words of the letter", RUNS, || {
        text::extract("a.docx", &letter, &limits).map(|pieces| pieces.len())
    });
    let all = hidden::Strip { comments: true, changes: true };
    time("letter written again", RUNS, || {
        hidden::strip_metadata(&letter, all, &limits).map(|bytes| bytes.len())
    });
    time("sheet of 20,000 rows", 5, || to_xlsx(table()).map(|bytes| bytes.len()));
    time("the same as CSV", 5, || to_csv(table()).map(|bytes| bytes.len()));
    if let Ok(workbook) = to_xlsx(table()) {
        time("sheet read back", 5, || sheet::read("a.xlsx", &workbook, &limits).map(|rows| rows.len()));
    }
    let pages = pdf(50);
    time("words of a PDF of 50 pages", 20, || {
        text::extract("a.pdf", &pages, &limits).map(|pieces| pieces.len())
    });
}

fn time<T: std::fmt::Debug, E: std::fmt::Debug>(name: &str, n: u32, work: impl Fn() -> Result<T, E>) {
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..n {
        let begun = Instant::now();
        let done = work();
        times.push(begun.elapsed());
        assert!(done.is_ok(), "{name}: {done:?}");
    }
    times.sort();
    let at = |part: usize| times[(times.len() - 1) * part / 100];
    println!("{name}: p50 {:?}, p99 {:?}", at(50), at(99));
}

fn table() -> Table<impl Iterator<Item = Vec<Cell>>> {
    let columns = vec![
        Column::new("编号", Kind::Integer),
        Column::new("标题", Kind::Text),
        Column::new("日期", Kind::Date),
        Column::new("件数", Kind::Decimal),
    ];
    let day = jiff::civil::date(2018, 5, 1);
    let row = move |n: i64| {
        vec![n.into(), format!("演示数据第{n}行的标题").into(), day.into(), (n as f64 / 8.0).into()]
    };
    Table { title: "演示".to_owned(), columns, rows: (0..ROWS).map(row) }
}

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let begun = zip.start_file(*name, SimpleFileOptions::default());
        begun.and_then(|()| Ok(zip.write_all(content.as_bytes())?)).expect("writing into memory");
    }
    zip.finish().expect("writing into memory").into_inner()
}

/// Two pages: a title, 24 paragraphs of several runs, a table of five rows, eighty styles as a word processor writes them.
fn letter() -> Vec<u8> {
    let run = |text: &str| {
        format!(
            "<w:r w:rsidR=\"00A77B3E\"><w:rPr><w:rFonts w:hint=\"eastAsia\" w:ascii=\"仿宋_GB2312\"/><w:sz w:val=\"32\"/></w:rPr><w:t>{text}</w:t></w:r>"
        )
    };
    let sentence = "各单位要切实做好汛期值守，及时报送情况，确保安全。";
    let paragraph = format!(
        "<w:p><w:pPr><w:spacing w:line=\"560\"/><w:ind w:firstLine=\"640\"/></w:pPr>{}</w:p>",
        run(sentence).repeat(3)
    );
    let cell = format!("<w:tc><w:tcPr><w:tcW w:w=\"1000\"/></w:tcPr><w:p>{}</w:p></w:tc>", run("数"));
    let table = format!("<w:tbl>{}</w:tbl>", format!("<w:tr>{}</w:tr>", cell.repeat(4)).repeat(5));
    let title =
        format!("<w:p><w:pPr><w:pStyle w:val=\"s1\"/></w:pPr>{}</w:p>", run("关于做好防汛工作的通知"));
    let body = format!(
        "<w:document><w:body>{title}{}{table}<w:sectPr/></w:body></w:document>",
        paragraph.repeat(24)
    );
    let styles: String = (0..80)
        .map(|i| format!("<w:style w:styleId=\"s{i}\"><w:name w:val=\"heading {i}\"/><w:basedOn w:val=\"s0\"/><w:rPr><w:b/><w:sz w:val=\"44\"/></w:rPr></w:style>"))
        .collect();
    let styles = format!("<w:styles>{styles}</w:styles>");
    package(&[
        (
            "_rels/.rels",
            "<Relationships><Relationship Id=\"r\" Type=\"x/officeDocument\" Target=\"word/document.xml\"/></Relationships>",
        ),
        (
            "word/_rels/document.xml.rels",
            "<Relationships><Relationship Id=\"s\" Type=\"x/styles\" Target=\"styles.xml\"/></Relationships>",
        ),
        ("word/document.xml", &body),
        ("word/styles.xml", &styles),
        ("docProps/core.xml", "<p><creator>演示</creator></p>"),
    ])
}

/// Pages of thirty lines of thirty characters in GBK.
fn pdf(n_pages: usize) -> Vec<u8> {
    let line = format!("<{}> Tj T*\n", "D6D0".repeat(30));
    let program = format!("BT /F1 16 Tf 28 TL 80 700 Td {} ET", line.repeat(30));
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!(
            "<< /Type /Pages /Kids [{}] /Count {n_pages} /Resources << /Font << /F1 << /Type /Font /Subtype /Type0 /Encoding /GBK-EUC-H /DescendantFonts [<< /Subtype /CIDFontType0 >>] >> >> >> >>",
            (0..n_pages).map(|i| format!("{} 0 R ", i + 4)).collect::<String>()
        ),
        format!("<< /Length {} >> stream\n{program}\nendstream", program.len()),
    ];
    objects.resize(n_pages + 3, "<< /Type /Page /Parent 2 0 R /Contents 3 0 R >>".to_owned());
    let mut out = "%PDF-1.7\n".to_owned();
    let mut places = String::new();
    for (i, object) in objects.iter().enumerate() {
        places.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", i + 1));
    }
    let (size, table) = (objects.len() + 1, out.len());
    out.push_str(&format!("xref\n0 {size}\n0000000000 65535 f \n{places}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"));
    out.into_bytes()
}
