//! The inside of a PPTX file: its slides in order, with their words, notes and remarks.
//!
//! It does NOT read masters and layouts: what stands there is on every slide and secret on none.

use crate::hidden::{Finding, Findings, HiddenKind, package_findings};
use crate::package::{Package, by_id};
use crate::xml::{self, Element, Tree, is_on};
use crate::{Limits, OfficeError};

/// One slide.
pub(crate) struct Slide {
    pub(crate) text: String,
}

/// Every slide, and what the file hides.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<(Vec<Slide>, Vec<Finding>), OfficeError> {
    let mut package = Package::open(bytes, limits)?;
    let mut findings = Findings::new(limits);
    let parts = parts_in_order(&mut package)?;
    if parts.len() > limits.pages {
        return Err(OfficeError::TooLarge { what: "幻灯片数", limit: limits.pages as u64 });
    }
    let mut slides = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        slides.push(read_slide(&mut package, part, i + 1, &mut findings)?);
    }
    package_findings(&mut package, &mut findings)?;
    Ok((slides, findings.into_list()))
}

fn parts_in_order(package: &mut Package<'_>) -> Result<Vec<String>, OfficeError> {
    let main = package.main_part("ppt/presentation.xml")?;
    let relations = package.relations(&main)?;
    let text = xml::decode(package.need(&main)?);
    let tree = Tree::read(&text, &main, package.limits())?;
    let ids = tree.top().below("sldId").filter_map(|slide| slide.prefixed("id"));
    let slides = ids.filter_map(|id| by_id(&relations, &id).filter(|r| r.kind == "slide" && !r.external));
    Ok(slides.map(|relation| relation.target.clone()).collect())
}

fn read_slide(
    package: &mut Package<'_>,
    part: &str,
    number: usize,
    findings: &mut Findings,
) -> Result<Slide, OfficeError> {
    let place = format!("第{number}页");
    let Some(bytes) = package.part(part)? else {
        return Ok(Slide { text: String::new() });
    };
    let content = xml::decode(bytes);
    let tree = Tree::read(&content, part, package.limits())?;
    let text = paragraphs(tree.top());
    let shown = tree.top().child("sld").and_then(|slide| slide.attribute("show"));
    if shown.is_some_and(|shown| !is_on(&shown)) {
        findings.add(HiddenKind::HiddenSlide, &place, text.clone());
    }
    for shape in tree.top().every() {
        let of_shape = shape.children().find_map(|properties| properties.child("cNvPr"));
        if of_shape.and_then(|p| p.attribute("hidden")).is_some_and(|hidden| is_on(&hidden)) {
            findings.add(HiddenKind::HiddenText, &place, paragraphs(shape));
        }
    }
    for relation in package.relations(part)?.into_iter().filter(|r| !r.external) {
        if !["notesSlide", "comments"].contains(&relation.kind.as_str()) {
            continue;
        }
        let Some(bytes) = package.part(&relation.target)? else {
            continue;
        };
        let content = xml::decode(bytes);
        let tree = Tree::read(&content, &relation.target, package.limits())?;
        match relation.kind.as_str() {
            "notesSlide" => tell_notes(tree.top(), &place, findings),
            _ => tell_comments(tree.top(), &place, findings),
        }
    }
    Ok(Slide { text })
}

/// The notes themselves, without the number of the slide that stands beside them.
fn tell_notes(top: Element<'_>, place: &str, findings: &mut Findings) {
    let is_number = |shape: &Element<'_>| shape.below("fld").next().is_some();
    let notes: Vec<String> = top.below("sp").filter(|shape| !is_number(shape)).map(paragraphs).collect();
    let notes = notes.join("\n");
    if !notes.trim().is_empty() {
        findings.add(HiddenKind::Notes, place, notes);
    }
}

fn tell_comments(top: Element<'_>, place: &str, findings: &mut Findings) {
    for comment in top.every().filter(|e| e.name() == "cm") {
        let old: String =
            comment.children().filter(|c| c.name() == "text").map(|t| t.own_text().into_owned()).collect();
        let said = if old.is_empty() { paragraphs(comment) } else { old };
        findings.add(HiddenKind::Comment, place, said);
    }
}

/// The words of every paragraph, a line each.
fn paragraphs(top: Element<'_>) -> String {
    let lines = top.below("p").map(Element::text).filter(|line| !line.trim().is_empty());
    lines.collect::<Vec<String>>().join("\n")
}
