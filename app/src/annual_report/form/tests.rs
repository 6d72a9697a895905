//! The documents' test: the printed forms as other programs see them.

use std::sync::LazyLock;

use kit_office::programs::{convert, pdf_pages, pdf_words};

use super::sample::sample;
use super::{Pictures, ReportPicture, docx, pdf};
use crate::annual_report::document::{Block, ReportDocument, ReportState, Span};
use crate::press::Press;

/// One for all tests of the process: the fonts are looked for once.
static PRESS: LazyLock<Press> = LazyLock::new(|| Press::new(""));

fn now() -> jiff::Zoned {
    "2024-02-01T08:00:00+08:00[Asia/Shanghai]".parse().unwrap()
}

fn as_pdf(report: &ReportDocument) -> Vec<u8> {
    pdf::render(report, &Pictures::new(), &PRESS, &now()).unwrap()
}

fn as_docx(report: &ReportDocument) -> Vec<u8> {
    docx::render(report, &Pictures::new(), &PRESS).unwrap()
}

/// Everything a reader of a printed form has to find.
fn expected(report: &ReportDocument) -> Vec<String> {
    let mut all = vec![report.title.clone(), report.organ_name.clone(), report.address.clone()];
    all.extend(report.head.iter().flat_map(|field| [field.label.clone(), field.value.clone()]));
    let parts = report.parts.iter().flat_map(|part| &part.blocks);
    for block in report.introduction.iter().chain(parts).chain(&report.annex) {
        match block {
            Block::Heading { text } => all.push(text.clone()),
            Block::Paragraph { spans } => all.push(spans.iter().map(of_span).collect()),
            Block::Table(table) => {
                all.extend([table.caption.clone(), table.note.clone()]);
                all.extend(table.head.iter().cloned());
                all.extend(table.rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect()));
            }
            Block::Chart(chart) => all.extend([chart.caption.clone(), chart.takeaway.clone()]),
            Block::Picture { caption, .. } => all.push(caption.clone()),
        }
    }
    all.extend(report.parts.iter().map(|part| part.heading.clone()));
    for figure in &report.figures {
        let sources = figure.n_sources.map_or_else(|| "—".to_owned(), |n| n.to_string());
        all.push(format!("{}{}{}", figure.name, figure.text, figure.unit));
        all.extend([figure.definition.clone(), sources]);
    }
    let said = super::printed::Printed::of(report).unwrap();
    all.extend(said.colophon.iter().flat_map(|line| [line.label.to_owned(), line.value.clone()]));
    all.extend([said.running.to_owned(), said.correction, said.signed_words]);
    all.iter().map(|words| words.chars().filter(|c| !c.is_whitespace()).collect()).collect()
}

fn of_span(span: &Span) -> &str {
    match span {
        Span::Text(text) | Span::Figure { text, .. } => text,
    }
}

/// The numbers of a page stand between sentences that run over it, a repeated head between rows; both are taken out.
fn without_pages(words: &str) -> String {
    let mut out = String::new();
    let mut rest = words;
    while let Some(at) = rest.find('—') {
        let after = &rest[at + '—'.len_utf8()..];
        let digits = after.chars().take_while(char::is_ascii_digit).count();
        let is_page = digits > 0 && after[digits..].starts_with('—');
        out.push_str(&rest[..at]);
        if !is_page {
            out.push('—');
        }
        rest = if is_page { &after[digits + '—'.len_utf8()..] } else { after };
    }
    out + rest
}

fn running_of(report: &ReportDocument) -> String {
    let running = super::printed::Printed::of(report).unwrap().running;
    running.chars().filter(|c| !c.is_whitespace()).collect()
}

fn says_everything(form: &str, words: &str, report: &ReportDocument) {
    // What runs over every page stands between two halves of a sentence.
    let running: String = running_of(report);
    let whole = without_pages(words);
    let words = format!("{}{running}", whole.replace(&running, ""));
    let missing: Vec<String> =
        expected(report).into_iter().filter(|wanted| !words.contains(wanted)).collect();
    assert!(missing.is_empty(), "{form} lacks {missing:#?}\nIt says: {words}");
}

/// Keeps the files where a person can look at them: `GONGKAI_KEEP_FORMS=folder cargo nextest run …`.
fn keep(name: &str, bytes: &[u8]) {
    if let Some(folder) = std::env::var_os("GONGKAI_KEEP_FORMS") {
        let folder = std::path::PathBuf::from(folder);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(name), bytes).unwrap();
    }
}

#[test]
fn pdf_and_word_document_say_everything_the_report_says() {
    let report = sample();
    let (pdf, docx) = (as_pdf(&report), as_docx(&report));
    keep("report.pdf", &pdf);
    keep("report.docx", &docx);
    says_everything("the PDF", &pdf_words(&pdf), &report);
    let converted = convert(&docx, "docx", "pdf");
    keep("report-docx.pdf", &converted);
    says_everything("the DOCX", &pdf_words(&converted), &report);
}

#[test]
fn a_draft_and_a_correction_say_so_in_both() {
    let draft = ReportDocument {
        state: ReportState::Editing,
        edition: 2,
        correction_reason: "补充第三季度数据".to_owned(),
        cut_off: None,
        address: String::new(),
        annex: Vec::new(),
        head: Vec::new(),
        ..sample()
    };
    let pdf = pdf_words(&as_pdf(&draft));
    says_everything("the PDF", &pdf, &draft);
    assert!(
        pdf.contains("草稿") && pdf.contains("更正说明：补充第三季度数据") && pdf.contains("尚未冻结"),
        "{pdf}"
    );
    assert!(!pdf.contains("附件1"), "{pdf}");
    says_everything("the DOCX", &pdf_words(&convert(&as_docx(&draft), "docx", "pdf")), &draft);
}

#[test]
fn the_pdf_keeps_the_rules_of_archives_and_accessibility_and_is_the_same_again() {
    let first = as_pdf(&sample());
    let plain = String::from_utf8_lossy(&first);
    assert!(plain.contains("pdfaid:part") && plain.contains("pdfuaid:part"));
    assert_eq!(first, as_pdf(&sample()));
    assert_eq!(as_docx(&sample()), as_docx(&sample()));
}

#[test]
fn no_page_of_the_pdf_is_empty_and_all_are_numbered() {
    let pdf = as_pdf(&sample());
    let pages = pdf_pages(&pdf, 40);
    let words = pdf_words(&pdf);
    for (at, page) in pages.iter().enumerate() {
        assert!(words.contains(&format!("—{}—", at + 1)), "page {} has no number", at + 1);
        // An empty page packs to almost nothing.
        assert!(page.len() > 2_000, "page {} is empty", at + 1);
    }
    assert!((6..=14).contains(&pages.len()), "{} pages", pages.len());
}

#[test]
fn a_picture_that_somebody_added_is_shown_with_its_caption() {
    let png = PRESS.picture(
        "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='6'><rect width='8' height='6'/></svg>",
        80,
    );
    let picture = ReportPicture { bytes: png.unwrap(), media_type: "image/png".to_owned() };
    let pictures = Pictures::from([("00ff".to_owned(), picture)]);
    let block = Block::Picture {
        caption: "培训现场".to_owned(),
        sha256: "00ff".to_owned(),
        media_type: "image/png".to_owned(),
    };
    let mut report = sample();
    report.parts[0].blocks.push(block);
    let with = pdf::render(&report, &pictures, &PRESS, &now()).unwrap();
    assert!(pdf_words(&with).contains("培训现场"));
    let without = docx::render(&report, &Pictures::new(), &PRESS).unwrap();
    let with = docx::render(&report, &pictures, &PRESS).unwrap();
    assert!(with.len() > without.len());
}
