//! Guides (办事指南): what people can have done at the organs, by organ, and the guide of one item. They are read from the register of
//! service items; one that has left it keeps its page and says so.

use axum::response::Response;
use kit_db::Tx;

use super::{
    page::{ColumnTags, Day, GuideEntry, GuideGroup, GuidePage, GuidesPage, Link},
    visit::{Address, Rendered, Visit},
};
use crate::{
    cx::Cx,
    error::{Error, Result},
    organ::{self, Organ},
    register::choice_words,
    service_item::{
        self, Item, KINDS, NewItem,
        queries::{self, Named},
    },
};

/// Items on the page: a district has hundreds.
const MOST: i64 = 5_000;

fn tags(name: &str) -> ColumnTags {
    ColumnTags {
        name: name.to_owned(),
        description: format!("{name}的依据、条件、材料、流程、时限、收费、地点和电话"),
        keywords: format!("{name},办事指南,政务服务事项"),
        kind: "办事指南".to_owned(),
    }
}

/// `/service-items`.
pub async fn list(visit: Visit) -> Response {
    let page = visit.read(read).await.and_then(|(items, organs)| {
        let mut layout = visit.layout("办事指南", "/service-items");
        layout.column = Some(tags("办事指南"));
        let groups: Vec<GuideGroup> = organs
            .iter()
            .map(|organ| group(organ, &items))
            .filter(|group| !group.entries.is_empty())
            .collect();
        // The register is no part of the change feed: the page is made anew each time.
        Rendered::once(&GuidesPage { layout, total: items.len(), groups })
    });
    visit.answer(page)
}

/// The items in the catalogue today, and the organs in their order.
fn read(tx: &mut Tx<'_>, cx: &Cx) -> Result<(Vec<Named>, Vec<Organ>)> {
    let items = queries::named_on(tx, &cx.site_id, &cx.today(), MOST)?;
    Ok((items, organ::queries::all(tx, &cx.site_id)?))
}

fn group(organ: &Organ, items: &[Named]) -> GuideGroup {
    let own = items.iter().filter(|item| item.organ_id == organ.id);
    GuideGroup {
        code: organ.code.clone(),
        organ: organ.name.clone(),
        entries: own
            .map(|item| GuideEntry {
                link: Link::new(&item.name, format!("/service-items/{}", item.id)),
                kind: choice_words(KINDS, &item.kind),
            })
            .collect(),
    }
}

/// `/service-items/{item_id}`.
pub async fn show(Address(id): Address<String>, visit: Visit) -> Response {
    let found = visit.read(move |tx, cx| {
        let item = queries::by_id(tx, &cx.site_id, &id)?.ok_or(Error::NotFound)?;
        Ok((item, organ::queries::all(tx, &cx.site_id)?))
    });
    let page = found.await.and_then(|(item, organs)| guide(&visit, item, &organs));
    visit.answer(page)
}

fn guide(visit: &Visit, listed: Item, organs: &[Organ]) -> Result<Rendered> {
    let item = listed.item;
    let mut layout = visit.layout(&item.name, format!("/service-items/{}", listed.id));
    layout.crumbs = vec![Link::new("办事指南", "/service-items")];
    layout.column = Some(tags(&item.name));
    let organ = organs.iter().find(|organ| organ.id == item.organ_id);
    let page = GuidePage {
        layout,
        kind: choice_words(KINDS, &item.kind),
        code: item.code.clone(),
        organ: organ.map(|organ| Link::new(&organ.name, format!("/institutions/{}", organ.code))),
        ended_on: item.ended_on.as_deref().filter(|day| **day < *visit.cx().today()).and_then(Day::parse),
        facts: facts(&item),
        parts: parts(&item),
        online_address: Some(item.online_address).filter(|address| !address.is_empty()),
    };
    Rendered::once(&page)
}

/// Head and words of a field of the register.
fn said(item: &NewItem, name: &str) -> Option<(&'static str, String)> {
    let field = service_item::FIELDS.iter().find(|field| field.name == name)?;
    Some((field.head, item.value(name))).filter(|(_, words)| !words.is_empty())
}

/// What fits in a line.
fn facts(item: &NewItem) -> Vec<(&'static str, String)> {
    let days = |head, days: Option<i64>| days.map(|days| (head, format!("{days}个工作日")));
    let times = [days("法定时限", item.statutory_days), days("承诺时限", item.promised_days)];
    let names = ["fee", "result", "place", "hours", "phone", "complaint_phone"];
    times.into_iter().flatten().chain(names.into_iter().filter_map(|name| said(item, name))).collect()
}

/// What takes paragraphs.
fn parts(item: &NewItem) -> Vec<(&'static str, Vec<String>)> {
    let lines = |words: String| -> Vec<String> {
        words.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    let names = ["basis", "conditions", "materials", "procedure"];
    names.into_iter().filter_map(|name| said(item, name)).map(|(head, words)| (head, lines(words))).collect()
}
