//! The manual is whole: every page that the desk names and every link of the manual leads somewhere.

use std::{collections::HashSet, fs, path::Path};

use rules::permission::Role;

use super::{INDEX, ManualFiles, markdown, read};
use crate::test_app::TestApp;

fn names() -> Vec<String> {
    ManualFiles::iter().filter_map(|file| file.strip_suffix(".md").map(str::to_owned)).collect()
}

/// The headings of a page that have a name.
fn ids(name: &str) -> HashSet<String> {
    let page = read(name).unwrap_or_else(|| panic!("the manual has no page {name}"));
    page.html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next().map(str::to_owned)).collect()
}

fn assert_leads_somewhere(target: &str, from: &str) {
    let (page, heading) = target.split_once('#').map_or((target, None), |(page, id)| (page, Some(id)));
    assert!(read(page).is_some(), "{from} leads to the page {page} of the manual, which does not exist");
    if let Some(heading) = heading {
        assert!(ids(page).contains(heading), "{from} leads to {target}: no such heading");
    }
}

/// Every text in quotes that follows `before` in the sources of a folder.
fn named(folder: &Path, before: &str, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            named(&path, before, found);
        } else if path.extension().is_some_and(|kind| kind == "rs" || kind == "html") {
            let text = fs::read_to_string(&path).unwrap();
            let targets = text.split(before).skip(1).filter_map(|rest| rest.split('"').next());
            found.extend(targets.map(|target| (path.display().to_string(), target.to_owned())));
        }
    }
}

#[test]
fn every_page_of_the_desk_that_names_a_help_page_names_one_that_exists() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/desk");
    let mut found = Vec::new();
    named(&source, ".helped_by(\"", &mut found);
    named(&source, "href=\"/desk/manual/", &mut found);
    for (file, target) in found.iter().filter(|(_, target)| !target.contains("{{")) {
        assert_leads_somewhere(target, file);
    }
}

#[test]
fn every_link_between_pages_of_the_manual_leads_to_a_page_and_heading_that_exist() {
    for name in names() {
        let html = read(&name).unwrap().html;
        for target in html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            if let Some(heading) = target.strip_prefix('#') {
                assert!(ids(&name).contains(heading), "{name} leads to {target}: no such heading");
            } else if let Some(page) = target.strip_prefix("/desk/manual/") {
                assert_leads_somewhere(page, &name);
            }
        }
    }
}

#[test]
fn every_page_is_reached_from_the_first_one_and_has_a_title() {
    let index = read(INDEX).unwrap().html;
    for name in names().into_iter().filter(|name| name != INDEX) {
        assert!(index.contains(&format!("/desk/manual/{name}\"")), "the first page does not lead to {name}");
        assert!(!read(&name).unwrap().title.is_empty(), "{name} has no title");
    }
}

#[test]
fn links_between_files_become_addresses_and_absent_pictures_go() {
    let text = "# 标题\n\n## 退回 {#return}\n\n[审核](review.md#return) [目录](README.md) [站](/)\n\n![图](pictures/no.png)\n";
    let page = markdown::page(text, &|_| false);
    assert_eq!(page.title, "标题");
    assert_eq!(page.headings[0].text, "退回");
    assert!(page.html.contains("<h2 id=\"return\">"), "{}", page.html);
    assert!(page.html.contains("href=\"/desk/manual/review#return\""), "{}", page.html);
    assert!(page.html.contains("href=\"/desk/manual\""), "{}", page.html);
    assert!(!page.html.contains("<img"), "{}", page.html);
}

#[tokio::test]
async fn staff_read_the_manual_at_the_desk_and_a_page_that_does_not_exist_says_so() {
    let app = TestApp::start().await;
    let mut desk = app.officer("lin", Role::InformationOfficer, "government").await;
    assert!(desk.page("/desk/manual").await.contains("使用手册"));
    assert!(desk.page("/desk/manual/first-day-officer").await.contains("第一天"));
    for missing in ["/desk/manual/no-such-page", "/desk/manual/pictures/no-such.png"] {
        assert_eq!(desk.get(missing).await.status(), 404, "{missing}");
    }
}
