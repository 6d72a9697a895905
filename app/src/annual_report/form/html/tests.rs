//! The report as HTML.

use askama::Template;

use super::{render, sample::report, view};
use crate::annual_report::{document::FigureNumber, form::Pictures};

#[test]
fn every_figure_of_the_text_leads_to_its_definition_and_back() {
    let document = report();
    let html = view(&document, &|_| None).render().unwrap();
    for figure in &document.figures {
        let code = &figure.code;
        assert!(html.contains(&format!("href=\"#f-{code}\"")) && html.contains(&format!("id=\"f-{code}\"")));
        assert_eq!(html.matches(&format!("id=\"u-{code}\"")).count(), 1, "the first use is named once");
        assert!(html.contains(&format!("href=\"#u-{code}\"")) && html.contains(&figure.definition));
    }
    assert!(html.contains("由 681 条记录统计得出") && html.contains("数字固定于2019年1月20日"));
}

#[test]
fn every_diagram_has_its_table_and_the_contents_lead_to_every_part() {
    let document = report();
    let html = view(&document, &|_| None).render().unwrap();
    assert_eq!(html.matches("<figure class=\"chart-figure\">").count(), 3);
    assert_eq!(html.matches("查看数据表").count(), 3);
    for part in ["part-1", "part-2", "part-3", "annex", "figures"] {
        assert!(
            html.contains(&format!("href=\"#{part}\"")) && html.contains(&format!("id=\"{part}\"")),
            "{part}"
        );
    }
}

#[test]
fn the_file_stands_alone_and_needs_neither_script_nor_network() {
    let html = render(&report(), &Pictures::new()).unwrap();
    assert!(html.starts_with("<!DOCTYPE html>"));
    for foreign in ["<script", "src=", "<link", "@import", "url(http"] {
        assert!(!html.contains(foreign), "{foreign}");
    }
    assert!(
        html.contains("000000000-2019-00001")
            && html.contains("扫一扫")
            && html.contains("https://demo.example/documents/1")
    );
}

#[test]
fn texts_are_escaped_and_a_correction_says_why() {
    let mut document = report();
    document.title = "<b>标题</b>".into();
    document.parts[0].heading = "<script>".into();
    document.edition = 2;
    document.correction_reason = "少计一条<i>".into();
    let html = render(&document, &Pictures::new()).unwrap();
    assert!(!html.contains("<script>") && !html.contains("<b>标题") && !html.contains("<i>"));
    assert!(html.contains("第2版（更正）") && html.contains("更正原因：少计一条"));
}

#[test]
fn empty_and_not_applicable_are_said_in_words() {
    let mut document = report();
    document.figures[0].value = FigureNumber::Blank;
    document.figures[1].value = FigureNumber::NotApplicable;
    let html = view(&document, &|_| None).render().unwrap();
    assert!(html.contains("<b>未填</b>") && html.contains("<b>不适用</b>"));
}

/// Written beside the sample pages of the portal, to be looked at.
#[test]
fn the_sample_report_can_be_looked_at() {
    let html = render(&report(), &Pictures::new()).unwrap();
    if let Ok(folder) = std::env::var("GONGKAI_SAMPLES_DIR") {
        std::fs::write(std::path::Path::new(&folder).join("report-file.html"), html).unwrap();
    }
}
