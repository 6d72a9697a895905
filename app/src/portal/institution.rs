//! Institutions (机构职能, Art. 20 item 2): the organs by kind, and one organ with its duties, contacts, names over time
//! and changes. An organ that has ended keeps its page and its records.

use axum::{extract::Path, response::Response};

use super::{
    cache::LISTS,
    page::{
        ColumnTags, ContactBlock, Day, InstitutionEntry, InstitutionGroup, InstitutionPage, InstitutionsPage,
        Link, NamePeriod, OrganChange,
    },
    queries::{self, Listed},
    rows::rows,
    visit::{Rendered, Visit},
};
use crate::{
    error::{Error, Result},
    id::OrganId,
    organ::{self, ChangeRecord, Organ, OrganName},
};

/// Records shown on the page of an organ.
const LATEST: i64 = 10;

fn href(organ: &Organ) -> String {
    format!("/institutions/{}", organ.code)
}

fn link(organ: &Organ) -> Link {
    Link::new(&organ.name, href(organ))
}

fn tags(name: &str) -> ColumnTags {
    ColumnTags {
        name: name.to_owned(),
        description: format!("{name}的职能、地址、办公时间和联系方式"),
        keywords: format!("{name},机构职能,联系方式"),
        kind: "机构职能".to_owned(),
    }
}

/// `/institutions`.
pub async fn list(visit: Visit) -> Response {
    let today = visit.cx().today();
    let read = visit.read(|tx, cx| {
        Ok((organ::queries::all(tx, &cx.site_id)?, queries::counts_by_organ(tx, &cx.site_id)?))
    });
    let page = read.await.and_then(|(organs, counts)| {
        let groups = visit.app.reference.organ_kinds.iter();
        let groups = groups.map(|kind| group(&kind.name, &of_kind(&organs, &kind.code), &counts, &today));
        let mut layout = visit.layout("机构职能", "/institutions");
        layout.column = Some(tags("机构职能"));
        let groups = groups.filter(|group| !(group.entries.is_empty() && group.former.is_empty())).collect();
        Rendered::kept(&InstitutionsPage { layout, groups }, vec![LISTS.to_owned()])
    });
    visit.answer(page)
}

fn of_kind<'a>(organs: &'a [Organ], kind: &str) -> Vec<&'a Organ> {
    organs.iter().filter(|organ| organ.kind == kind).collect()
}

fn group(kind: &str, organs: &[&Organ], counts: &[(OrganId, i64)], today: &str) -> InstitutionGroup {
    let entry = |organ: &&Organ| InstitutionEntry {
        link: link(organ),
        count: counts.iter().find(|(id, _)| *id == organ.id).map_or(0, |(_, n)| n.unsigned_abs()),
        children: Vec::new(),
    };
    let (entries, former): (Vec<&Organ>, Vec<&Organ>) =
        organs.iter().partition(|organ| !has_ended(organ, today));
    InstitutionGroup {
        kind: kind.to_owned(),
        entries: entries.iter().map(entry).collect(),
        former: former.iter().map(entry).collect(),
    }
}

fn has_ended(organ: &Organ, today: &str) -> bool {
    organ.valid_to_on.as_deref().is_some_and(|last| last < today)
}

struct Shown {
    organ: Organ,
    organs: Vec<Organ>,
    names: Vec<OrganName>,
    changes: Vec<ChangeRecord>,
    listed: Vec<Listed>,
    total: u64,
}

/// `/institutions/{code}`.
pub async fn show(visit: Visit, Path(code): Path<String>) -> Response {
    let page = read(&visit, code).await.and_then(|shown| institution_page(&visit, &shown));
    visit.answer(page)
}

async fn read(visit: &Visit, code: String) -> Result<Shown> {
    visit
        .read(move |tx, cx| {
            let site_id = &cx.site_id;
            let organs = organ::queries::all(tx, site_id)?;
            let organ = organs.iter().find(|organ| organ.code == code).cloned().ok_or(Error::NotFound)?;
            let counts = queries::counts_by_organ(tx, site_id)?;
            Ok(Shown {
                names: organ::queries::names(tx, site_id, &organ.id)?,
                changes: organ::queries::changes(tx, site_id)?,
                listed: queries::of_organ(tx, site_id, &organ.id, LATEST)?,
                total: counts.iter().find(|(id, _)| *id == organ.id).map_or(0, |(_, n)| n.unsigned_abs()),
                organs,
                organ,
            })
        })
        .await
}

fn institution_page(visit: &Visit, shown: &Shown) -> Result<Rendered> {
    let organ = &shown.organ;
    let mut layout = visit.layout(&organ.name, href(organ));
    layout.crumbs = vec![Link::new("机构职能", "/institutions")];
    layout.column = Some(tags(&organ.name));
    let kind = visit.app.reference.organ_kinds.get(&organ.kind);
    let parent = shown.organs.iter().find(|other| Some(&other.id) == organ.parent_id.as_ref());
    let children = shown.organs.iter().filter(|other| other.parent_id.as_ref() == Some(&organ.id));
    let today = visit.cx().today();
    let page = InstitutionPage {
        layout,
        kind: kind.map_or_else(String::new, |kind| kind.name.clone()),
        parent: parent.map(link),
        functions: functions(organ),
        contact: contact(organ),
        names: names(&shown.names),
        changes: changes(shown),
        children: children.map(link).collect(),
        ended_on: organ.valid_to_on.as_deref().filter(|last| **last < *today).and_then(day_after),
        rows: rows(&shown.listed),
        total: shown.total,
        rows_href: super::catalogue::filter_href("organ", &organ.code),
    };
    Rendered::kept(&page, vec![LISTS.to_owned()])
}

/// The duties, and who is in charge (Art. 20 item 2).
fn functions(organ: &Organ) -> Vec<String> {
    let duties = organ.duties.split('\n').filter(|line| !line.trim().is_empty()).map(str::to_owned);
    let leader = Some(&organ.contact.leader_title).filter(|title| !title.is_empty());
    duties.chain(leader.map(|title| format!("负责人：{title}。"))).collect()
}

fn contact(organ: &Organ) -> ContactBlock {
    ContactBlock {
        organ: organ.name.clone(),
        address: organ.contact.address.clone(),
        hours: organ.contact.hours.clone(),
        phone: organ.contact.phone.clone(),
        ..ContactBlock::default()
    }
}

fn names(names: &[OrganName]) -> Vec<NamePeriod> {
    let period = |name: &OrganName| NamePeriod {
        name: name.name.clone(),
        from: Day::parse(&name.from_on),
        to: name.to_on.as_deref().and_then(day_before),
    };
    names.iter().rev().map(period).collect()
}

/// An organ is gone from the day after its last one.
fn day_after(text: &str) -> Option<Day> {
    let day = Day::parse(text)?;
    day.0.tomorrow().ok().map(Day)
}

/// A name holds up to the day before the next one.
fn day_before(text: &str) -> Option<Day> {
    let day = Day::parse(text)?;
    day.0.yesterday().ok().map(Day)
}

fn changes(shown: &Shown) -> Vec<OrganChange> {
    let id = &shown.organ.id;
    let mine = shown.changes.iter().filter(|change| change.from.contains(id) || change.to.contains(id));
    let mut changes: Vec<OrganChange> = mine.map(|change| change_in_words(shown, change)).collect();
    changes.reverse();
    changes
}

fn change_in_words(shown: &Shown, change: &ChangeRecord) -> OrganChange {
    let id = &shown.organ.id;
    let began = change.to.contains(id) && !change.from.contains(id);
    let what = match (change.kind.as_str(), began) {
        ("merge", true) => "由下列机构合并组成：".to_owned(),
        ("merge", false) => "与其他机构合并，职责由下列机构承担：".to_owned(),
        ("split", true) => "由下列机构拆分而来：".to_owned(),
        ("split", false) => "拆分为下列机构：".to_owned(),
        _ if began => "由下列机构更名而来：".to_owned(),
        _ if change.note.is_empty() => "更名。".to_owned(),
        _ => change.note.clone(),
    };
    let what = if change.basis.is_empty() {
        what
    } else {
        format!("依据《{}》，{what}", change.basis.trim_matches(['《', '》']))
    };
    let others = if began { &change.from } else { &change.to };
    let others = others.iter().filter(|other| *other != id);
    let others = others.filter_map(|other| shown.organs.iter().find(|organ| organ.id == *other)).map(link);
    OrganChange { on: Day::parse(&change.changed_on), what, others: others.collect() }
}
