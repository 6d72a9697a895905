//! The parts of a DOCX brought together: the body with its styles, numbers and notes, the remarks, what stands above and
//! below each page.
//!
//! It does NOT read alternative bodies (glossaries, mail-merge data).

use super::numbering::Numbering;
use super::reader::{Reader, Story};
use super::styles::Styles;
use super::{Document, lists::Lists};
use crate::hidden::{Finding, Findings, HiddenKind, package_findings};
use crate::package::{Package, Relation};
use crate::properties::Properties;
use crate::xml::{self, Element, Tree};
use crate::{Limits, OfficeError};
use std::collections::HashMap;

/// A text with everything that is in the file beside it.
pub(crate) struct Everything {
    /// Without its findings.
    pub(crate) document: Document,
    pub(crate) findings: Vec<Finding>,
    /// The place of each paragraph of the body and the notes.
    pub(crate) places: Vec<String>,
    /// Words of headers and footers, by place.
    pub(crate) margins: Vec<(String, String)>,
}

/// The text of one part, its name and what it is related to.
#[derive(Default)]
struct Part {
    name: String,
    text: String,
    relations: Vec<Relation>,
}

impl Part {
    fn open(package: &mut Package<'_>, name: &str) -> Result<Part, OfficeError> {
        let Some(bytes) = package.part(name)? else {
            return Ok(Part::default());
        };
        let relations = package.relations(name)?;
        Ok(Part { name: name.to_owned(), text: xml::decode(bytes), relations })
    }

    /// The first part that another is related to in this way; an empty one if there is none.
    fn related(package: &mut Package<'_>, main: &Part, kind: &str) -> Result<Part, OfficeError> {
        match main.relations.iter().find(|r| r.kind == kind && !r.external) {
            Some(relation) => Part::open(package, &relation.target),
            None => Ok(Part::default()),
        }
    }

    fn tree(&self, limits: &Limits) -> Result<Tree<'_>, OfficeError> {
        Tree::read(&self.text, &self.name, limits)
    }
}

/// Reads all of a DOCX.
pub(crate) fn read_everything(
    bytes: &[u8],
    limits: &Limits,
    with_pictures: bool,
) -> Result<Everything, OfficeError> {
    let mut package = open(bytes, limits)?;
    let main_name = package.main_part("word/document.xml")?;
    if !package.has(&main_name) || !main_name.ends_with(".xml") {
        return Err(OfficeError::NotThis { expected: "docx 文档" });
    }
    let main = Part::open(&mut package, &main_name)?;
    let styles = Part::related(&mut package, &main, "styles")?;
    let numbering = Part::related(&mut package, &main, "numbering")?;
    let footnotes = Part::related(&mut package, &main, "footnotes")?;
    let endnotes = Part::related(&mut package, &main, "endnotes")?;
    let comments = Part::related(&mut package, &main, "comments")?;
    let (main_tree, styles_tree) = (main.tree(limits)?, styles.tree(limits)?);
    let (footnotes_tree, endnotes_tree) = (footnotes.tree(limits)?, endnotes.tree(limits)?);
    let styles = Styles::read(styles_tree.top());
    let numbering = Numbering::read(numbering.tree(limits)?.top());
    let properties = Properties::read(&mut package)?;
    let Some(body) = main_tree.top().below("body").next() else {
        return Err(OfficeError::NotThis { expected: "docx 文档" });
    };
    let mut reader = new_reader(&mut package, &styles, numbering, with_pictures);
    reader.story.relations = main.relations.clone();
    reader.blocks(body)?;
    reader.lists.close(&mut reader.out);
    reader.put_notes(&[
        ("footnote", footnotes_tree.top(), footnotes.relations.clone()),
        ("endnote", endnotes_tree.top(), endnotes.relations.clone()),
    ])?;
    reader.tell_comments(comments.tree(limits)?.top());
    let Reader { out, pictures, paragraphs, places, mut findings, .. } = reader;
    let margins = read_margins(&mut package, &main, &styles, &mut findings)?;
    package_findings(&mut package, &mut findings)?;
    let document = Document { blocks_html: out, pictures, paragraphs, properties, hidden: Vec::new() };
    Ok(Everything { document, findings: findings.into_list(), places, margins })
}

/// Opens the package, after a look whether it is one.
fn open<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Package<'a>, OfficeError> {
    match crate::kind::kind_of("", bytes, limits)? {
        crate::kind::FileKind::Docx => Package::open(bytes, limits),
        _ => Err(OfficeError::NotThis { expected: "docx 文档" }),
    }
}

fn new_reader<'r, 't, 'a>(
    package: &'r mut Package<'a>,
    styles: &'r Styles<'t>,
    numbering: Numbering,
    with_pictures: bool,
) -> Reader<'r, 't, 'a> {
    let findings = Findings::new(package.limits());
    Reader {
        package,
        styles,
        numbering,
        findings,
        pictures: Vec::new(),
        known_pictures: HashMap::new(),
        with_pictures,
        paragraphs: Vec::new(),
        places: Vec::new(),
        comment_places: HashMap::new(),
        notes: Vec::new(),
        story: Story::default(),
        out: String::new(),
        lists: Lists::default(),
        fields: Vec::new(),
        n_tables: 0,
        in_head: false,
        label: None,
        vanished: String::new(),
    }
}

impl Reader<'_, '_, '_> {
    fn tell_comments(&mut self, top: Element<'_>) {
        for comment in top.children().flat_map(|comments| comments.children()) {
            let author = comment.attribute("author").unwrap_or_default();
            let text: Vec<String> = comment.below("p").map(Element::text).collect();
            let id = comment.attribute("id").unwrap_or_default();
            let place = self.comment_places.get(&*id).cloned().unwrap_or_else(|| "批注".to_owned());
            self.findings.add(HiddenKind::Comment, place, format!("{author}：{}", text.join("\n")));
        }
    }
}

/// Headers and footers, each with styles and numbers of its own count.
fn read_margins<'t>(
    package: &mut Package<'_>,
    main: &Part,
    styles: &Styles<'t>,
    findings: &mut Findings,
) -> Result<Vec<(String, String)>, OfficeError> {
    let limits = *package.limits();
    let mut words = Vec::new();
    for relation in main.relations.iter().filter(|r| !r.external) {
        let name = match relation.kind.as_str() {
            "header" => "页眉",
            "footer" => "页脚",
            _ => continue,
        };
        let part = Part::open(package, &relation.target)?;
        let tree = part.tree(&limits)?;
        // Styles live longer than this tree; a copy of the reader's words is all that leaves.
        let found = margin_words(package, &tree, styles, (name, part.relations.clone()), findings)?;
        words.extend(found.into_iter().map(|text| (name.to_owned(), text)));
    }
    Ok(words)
}

fn margin_words(
    package: &mut Package<'_>,
    tree: &Tree<'_>,
    styles: &Styles<'_>,
    (name, relations): (&'static str, Vec<Relation>),
    findings: &mut Findings,
) -> Result<Vec<String>, OfficeError> {
    let empty = Findings::new(package.limits());
    let mut reader = new_reader(package, styles, Numbering::default(), false);
    reader.findings = std::mem::replace(findings, empty);
    reader.story = Story { name, relations };
    let read = tree.top().children().try_for_each(|top| reader.blocks(top));
    let Reader { paragraphs, findings: told, .. } = reader;
    *findings = told;
    read.map(|()| paragraphs.into_iter().map(|paragraph| paragraph.text).collect())
}
