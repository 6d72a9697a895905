//! Content types (内容类型), to be read: what each asks for and how it behaves. They are files of the product; how one is
//! added stands in the manual.

use askama::Template;
use axum::response::Response;
use rules::permission::Act;

use crate::{
    desk::{officer::Officer, page::Layout},
    error::{Error, Result},
    portal::visit::Address,
    reference::{ContentType, Reference},
};

#[derive(Template)]
#[template(path = "desk/administration/content_type/list.html")]
struct TypesPage {
    layout: Layout,
    types: &'static [ContentType],
}

#[derive(Template)]
#[template(path = "desk/administration/content_type/one.html")]
struct TypePage {
    layout: Layout,
    content_type: &'static ContentType,
    genre: String,
    items: Vec<String>,
    properties: Vec<&'static str>,
}

fn require(officer: &Officer) -> Result<()> {
    let may = [Act::ManageColumn, Act::ManageSite].iter().any(|act| officer.may(*act, None));
    if may { Ok(()) } else { Err(Error::Forbidden) }
}

/// `/desk/admin/content-types`.
pub async fn list(officer: Officer) -> Response {
    let types = officer.visit.app.reference.content_types.iter().as_slice();
    let layout = officer.layout("内容类型").under(&[("首页", "/desk")]);
    let made = require(&officer).and_then(|()| officer.page(&TypesPage { layout, types }));
    officer.answer(made)
}

/// `/desk/admin/content-types/{code}`.
pub async fn show(officer: Officer, Address(code): Address<String>) -> Response {
    let made = one(&officer, &code);
    officer.answer(made)
}

fn one(officer: &Officer, code: &str) -> Result<Response> {
    require(officer)?;
    let reference = officer.visit.app.reference;
    let content_type = reference.content_type(code).ok_or(Error::NotFound)?;
    let crumbs = [("首页", "/desk"), ("内容类型", "/desk/admin/content-types")];
    let genre = reference.genres.get(&content_type.default_genre);
    let page = TypePage {
        layout: officer.layout(content_type.name.clone()).under(&crumbs),
        genre: genre.map(|genre| genre.name.clone()).unwrap_or_default(),
        items: items(reference, content_type),
        properties: properties(content_type),
        content_type,
    };
    officer.page(&page)
}

fn items(reference: &Reference, content_type: &ContentType) -> Vec<String> {
    let item = |code: &String| reference.statutory_items.get(code).map(|item| item.name.clone());
    content_type.statutory_items.iter().filter_map(item).collect()
}

/// How the type behaves, in sentences.
fn properties(content_type: &ContentType) -> Vec<&'static str> {
    [
        (content_type.is_normative, "按规范性文件管理"),
        (content_type.has_validity, "显示时效，可以标注废止"),
        (content_type.lapses_by_default, "没有写明有效期的，到期自动失效"),
        (content_type.wants_interpretation, "发布后三个工作日内应有政策解读"),
        (content_type.counts_as_interpretation, "可以作为政策解读"),
        (content_type.needs_attachment, "必须有附件"),
        (content_type.is_current_affairs, "属于动态信息，首页另列"),
        (content_type.is_disclosure_guide, "是公开指南，有固定网址"),
        (content_type.is_annual_report, "是年度报告，按年份排列"),
    ]
    .into_iter()
    .filter_map(|(holds, sentence)| holds.then_some(sentence))
    .collect()
}

#[cfg(test)]
mod tests {
    use rules::permission::Role;

    use crate::test_app::TestApp;

    #[tokio::test]
    async fn every_type_has_its_page_for_those_who_keep_columns_or_the_site() {
        let app = TestApp::start().await;
        let mut desk = app.officer("gong-kai", Role::DisclosureOffice, "government").await;
        let links = desk.get("/desk/admin/content-types").await.select("tbody th a");
        assert_eq!(links.len(), app.app.reference.content_types.len());
        for link in links {
            assert!(desk.page(link.attribute("href").unwrap()).await.contains("填写项"), "{}", link.text);
        }
        assert_eq!(desk.get("/desk/admin/content-types/nothing").await.status(), 404);
        let mut lin = app.officer("lin", Role::InformationOfficer, "government").await;
        assert_eq!(lin.get("/desk/admin/content-types").await.status(), 403);
        assert_eq!(lin.get("/desk/admin/content-types/nothing").await.status(), 403);
    }
}
