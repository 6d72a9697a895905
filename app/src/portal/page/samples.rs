//! Every page, rendered from its sample. With `GONGKAI_SAMPLES_DIR` the pages are also written there, to be looked at.

use std::path::Path;

use askama::Template;

use super::*;

fn push<T: Template>(pages: &mut Vec<(String, String)>, name: &str, page: &T) {
    let html = page.render().unwrap_or_else(|error| panic!("{name} does not render: {error}"));
    pages.push((name.to_owned(), html));
}

fn lists(pages: &mut Vec<(String, String)>) {
    push(pages, "home", &HomePage::sample());
    push(pages, "home-empty", &HomePage::sample_empty());
    push(pages, "column", &ColumnPage::sample());
    push(pages, "column-empty", &ColumnPage::sample_empty());
    push(pages, "catalogue", &CataloguePage::sample());
    push(pages, "catalogue-empty", &CataloguePage::sample_empty());
    push(pages, "search", &SearchPage::sample());
    push(pages, "search-empty", &SearchPage::sample_empty());
}

fn records(pages: &mut Vec<(String, String)>) {
    push(pages, "record", &RecordPage::sample());
    push(pages, "record-repealed", &RecordPage::sample_repealed());
    push(pages, "record-report", &RecordPage::sample_report());
    push(pages, "record-plain", &RecordPage::sample_plain());
    push(pages, "print", &PrintPage::sample());
    push(pages, "versions", &VersionsPage::sample());
    push(pages, "old-version", &OldVersionPage::sample());
    push(pages, "compare", &ComparePage::sample());
}

fn statutory(pages: &mut Vec<(String, String)>) {
    push(pages, "key-areas", &KeyAreasPage::sample());
    push(pages, "key-area", &KeyAreaPage::sample());
    push(pages, "statutory-items", &StatutoryItemsPage::sample());
    push(pages, "annual-reports", &AnnualReportsPage::sample());
    push(pages, "statistics", &StatisticsPage::sample());
    push(pages, "statistics-empty", &StatisticsPage::sample_empty());
    push(pages, "apply", &ApplyPage::sample());
    push(pages, "guide", &DisclosureGuidePage::sample());
    push(pages, "guide-empty", &DisclosureGuidePage::sample_empty());
}

fn places(pages: &mut Vec<(String, String)>) {
    push(pages, "institutions", &InstitutionsPage::sample());
    push(pages, "institution", &InstitutionPage::sample());
    push(pages, "institution-ended", &InstitutionPage::sample_ended());
    push(pages, "guides", &GuidesPage::sample());
    push(pages, "guides-empty", &GuidesPage::sample_empty());
    push(pages, "guide-of-item", &GuidePage::sample());
    push(pages, "site-map", &SiteMapPage::sample());
    push(pages, "error-404", &ErrorPage::sample(ErrorKind::NotFound));
    push(pages, "error-410", &ErrorPage::sample(ErrorKind::Gone));
    push(pages, "error-429", &ErrorPage::sample(ErrorKind::TooMany));
    push(pages, "error-500", &ErrorPage::sample(ErrorKind::Broken));
}

fn all() -> Vec<(String, String)> {
    let mut pages = Vec::new();
    lists(&mut pages);
    records(&mut pages);
    statutory(&mut pages);
    places(&mut pages);
    pages
}

#[test]
fn every_page_renders_its_sample() {
    let pages = all();
    if let Ok(folder) = std::env::var("GONGKAI_SAMPLES_DIR") {
        for (name, html) in &pages {
            std::fs::write(Path::new(&folder).join(format!("{name}.html")), html).unwrap();
        }
    }
    for (name, html) in &pages {
        assert!(html.contains("<html lang=\"zh-CN\""), "{name} names no language");
        for tag in ["SiteName", "SiteDomain", "SiteIDCode"] {
            assert!(html.contains(&format!("<meta name=\"{tag}\" content=\"")), "{name} lacks {tag}");
        }
        assert_eq!(html.matches("<h1").count(), 1, "{name} has one main heading");
    }
}

#[test]
fn no_page_carries_inline_style_or_script() {
    for (name, html) in all() {
        assert!(!html.contains(" style=\""), "{name}: style-src 'self' would refuse it");
        assert!(!html.contains("<script>"), "{name}: script-src 'self' would refuse it");
        assert!(!html.contains(" onclick="), "{name}: script-src 'self' would refuse it");
    }
}

#[test]
fn an_article_carries_all_three_groups_of_official_tags() {
    let html = RecordPage::sample().render().unwrap();
    for tag in ["ColumnName", "ColumnType", "ArticleTitle", "PubDate", "ContentSource", "Url"] {
        assert!(html.contains(&format!("<meta name=\"{tag}\" content=\"")), "{tag} is missing");
    }
    assert!(html.contains("<meta name=\"PubDate\" content=\"2018-11-26 09:05\">"));
    assert!(!html.contains("<meta name=\"Author\""), "an empty tag is not printed");
}

#[test]
fn the_footer_names_the_required_items_in_their_order() {
    let html = HomePage::sample().render().unwrap();
    let items = [
        "党政机关网站标识",
        "我为政府网站找错",
        "网站标识码",
        "主办单位",
        "ICP备案编号",
        "公安机关备案标识",
        "站点地图",
    ];
    let foot = html.split("<footer").nth(1).expect("the page has a foot");
    let places: Vec<_> = items.map(|item| foot.find(item).expect(item)).to_vec();
    assert!(places.is_sorted(), "《政府网站发展指引》 gives the order: {places:?}");
}

#[test]
fn text_from_people_is_escaped() {
    let mut page = RecordPage::sample();
    page.record.title = "<b>\"&'".into();
    page.layout.query = "\"><script>".into();
    let html = page.render().unwrap();
    assert!(!html.contains("<b>\"&'") && !html.contains("\"><script>"));
}

/// All templates below a folder, with their text.
fn templates(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            templates(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "html") {
            found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn exactly_one_template_prints_markup_without_escaping() {
    let mut found = Vec::new();
    templates(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/portal/page"), &mut found);
    assert!(found.len() > 30, "the templates stand beside their structs");
    let unescaped: Vec<_> = found.iter().filter(|(_, text)| text.contains("|safe")).collect();
    assert_eq!(unescaped.len(), 1, "the body of a record is the only markup from outside");
    assert!(unescaped[0].0.ends_with("record/body.html"));
}

#[test]
fn reading_mode_leads_back_to_the_same_address() {
    let mut page = CataloguePage::sample();
    page.layout.path = "/catalogue?year=2018&page=2".into();
    let html = page.render().unwrap();
    assert!(html.contains("return=%2Fcatalogue%3Fyear%3D2018%26page%3D2"));
}
