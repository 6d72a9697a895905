//! Paragraphs, and everything that may stand between and around them.
//!
//! It does NOT read what stands inside a paragraph; runs do.

use super::Paragraph;
use super::line::{Around, Line};
use super::numbering::Mark;
use super::reader::Reader;
use super::styles::Style;
use crate::OfficeError;
use crate::hidden::HiddenKind;
use crate::xml::Element;

impl<'t> Reader<'_, 't, '_> {
    /// Reads every block inside an element.
    pub(super) fn blocks(&mut self, parent: Element<'t>) -> Result<(), OfficeError> {
        for child in parent.children() {
            match child.name() {
                "p" => self.paragraph(child)?,
                "tbl" => self.table(child)?,
                "sdt" if is_table_of_contents(child) => {}
                "sdt" => child.child("sdtContent").map_or(Ok(()), |content| self.blocks(content))?,
                "customXml" | "smartTag" | "ins" | "moveTo" => self.blocks(child)?,
                "del" | "moveFrom" => self.deleted(child),
                "AlternateContent" => chosen(child).map_or(Ok(()), |content| self.blocks(content))?,
                "altChunk" => self.tell(HiddenKind::EmbeddedObject, "插入的另一份文档"),
                _ => {}
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, element: Element<'t>) -> Result<(), OfficeError> {
        let properties = element.child("pPr");
        let (style, id) = self.styles.paragraph(properties);
        let around = Around {
            look: style.look,
            is_head: self.in_head || (style.level().is_some() && self.n_tables == 0),
            ..Around::default()
        };
        let mut line = Line::default();
        self.runs(element, around, &mut line)?;
        if !self.vanished.is_empty() {
            line.lost_words = true;
            let text = std::mem::take(&mut self.vanished);
            self.tell(HiddenKind::HiddenText, text);
        }
        self.tell_of_changes(properties);
        let boxes = std::mem::take(&mut line.boxes);
        // An empty paragraph of a list has its number all the same, unless its words were taken away.
        let mark = if line.is_blank() && line.lost_words { None } else { self.mark(&style, id.as_deref()) };
        if !line.is_blank() {
            self.put(line, &style, mark)?;
        }
        boxes.into_iter().try_for_each(|text_box| self.blocks(text_box))
    }

    /// Changes of the paragraph itself: its end added or deleted, its format.
    fn tell_of_changes(&mut self, properties: Option<Element<'t>>) {
        let Some(properties) = properties else {
            return;
        };
        let of_mark = |name: &str| properties.child("rPr").is_some_and(|mark| mark.child(name).is_some());
        if of_mark("ins") {
            self.tell(HiddenKind::Insertion, "插入的段落标记");
        }
        if of_mark("del") {
            self.tell(HiddenKind::Deletion, "删除的段落标记");
        }
        if properties.child("pPrChange").is_some() {
            self.tell(HiddenKind::FormatChange, "段落格式");
        }
    }

    /// Text that was deleted or moved away: told, not written.
    pub(super) fn deleted(&mut self, element: Element<'t>) {
        let is_text = |e: &Element<'_>| matches!(e.name(), "t" | "delText");
        let text: String = element.every().filter(is_text).map(|t| t.own_text().into_owned()).collect();
        self.tell(HiddenKind::Deletion, text);
    }

    /// What stands before a paragraph of a list, the list and the level.
    fn mark(&mut self, style: &Style<'t>, id: Option<&str>) -> Option<(Mark, String, u8)> {
        let list = style.list.as_deref().filter(|list| *list != "0")?.to_owned();
        let of_style = || self.numbering.level_of_style(&list, id?);
        let level = style.list_level.or_else(of_style).unwrap_or(0).min(8);
        self.numbering.next(&list, level).map(|mark| (mark, list, level))
    }

    /// Writes a line as the block it is, and keeps it for guessing.
    fn put(
        &mut self,
        line: Line<'t>,
        style: &Style<'t>,
        mark: Option<(Mark, String, u8)>,
    ) -> Result<(), OfficeError> {
        let level = style.level();
        let heading = level.filter(|_| self.n_tables == 0 && self.story.name.is_empty());
        let mut label = self.label.take().unwrap_or_default();
        let item = match mark {
            Some((Mark::Ordinal(number), ..)) if heading.is_some() => {
                label.push_str(&format!("{number}. "));
                None
            }
            Some((Mark::Label(words), ..)) => {
                label.push_str(&words);
                None
            }
            Some((Mark::Ordinal(number), list, level)) => Some((list, level, Some(number))),
            Some((Mark::Bullet, list, level)) if heading.is_none() => Some((list, level, None)),
            Some((Mark::Bullet, ..)) | None => None,
        };
        let mut paragraph = Paragraph {
            text: format!("{label}{}", line.text()),
            style: style.name.clone().into_owned(),
            alignment: style.alignment.unwrap_or_default(),
            level,
            half_points: line.half_points,
            strong: line.is_strong(),
            in_table: self.n_tables > 0,
            block: None,
        };
        let html = format!("{}{}", kit_text::html::escape(&label), line.finish());
        match item {
            Some((list, level, number)) => {
                self.lists.item(&mut self.out, (&list, level), number);
                self.out.push_str(&html);
            }
            None => {
                self.lists.close(&mut self.out);
                let tag =
                    heading.map_or("p", |level| ["h2", "h2", "h3"].get(usize::from(level)).unwrap_or(&"h4"));
                let from = self.out.len();
                self.out.push_str(&format!("<{tag}>{html}</{tag}>"));
                paragraph.block = (self.n_tables == 0).then_some(from..self.out.len());
            }
        }
        self.places.push(self.place());
        self.paragraphs.push(paragraph);
        self.check_size()
    }
}

/// A table of contents is made again from the headings wherever one is wanted.
fn is_table_of_contents(element: Element<'_>) -> bool {
    let gallery =
        element.child("sdtPr").and_then(|p| p.child("docPartObj")).and_then(|o| o.value("docPartGallery"));
    gallery.as_deref() == Some("Table of Contents")
}

/// Of several ways to say the same: the first that has what we read, else the one for old programs.
pub(super) fn chosen(element: Element<'_>) -> Option<Element<'_>> {
    let is_read = |e: &Element<'_>| matches!(e.name(), "t" | "blip" | "txbxContent" | "imagedata" | "tbl");
    let mut choices = element.children().filter(|e| e.name() == "Choice");
    choices.find(|choice| choice.every().any(|e| is_read(&e))).or_else(|| element.child("Fallback"))
}
