//! What is known while a text is read: where we are, what has been written, what has been met.
//!
//! It does NOT read elements itself; blocks, runs, tables and notes each do their part.

use super::lists::Lists;
use super::numbering::Numbering;
use super::styles::Styles;
use super::{Paragraph, Picture};
use crate::OfficeError;
use crate::hidden::{Findings, HiddenKind};
use crate::package::{Package, Relation};
use std::collections::HashMap;

/// A field such as a page number: an instruction, then what it shows.
#[derive(Default)]
pub(super) struct Field {
    pub(super) instruction: String,
    pub(super) shows: bool,
}

/// Reads one text and the parts around it.
pub(super) struct Reader<'r, 't, 'a> {
    pub(super) package: &'r mut Package<'a>,
    pub(super) styles: &'r Styles<'t>,
    pub(super) numbering: Numbering,
    pub(super) findings: Findings,
    pub(super) pictures: Vec<Picture>,
    /// Pictures by the names of their parts.
    pub(super) known_pictures: HashMap<String, usize>,
    pub(super) with_pictures: bool,
    pub(super) paragraphs: Vec<Paragraph>,
    /// The place of each paragraph, in words.
    pub(super) places: Vec<String>,
    /// Paragraphs in which comments begin.
    pub(super) comment_places: HashMap<String, String>,
    /// Notes by kind and id, in the order in which they are referred to.
    pub(super) notes: Vec<(&'static str, String)>,
    pub(super) story: Story,
    pub(super) out: String,
    pub(super) lists: Lists,
    pub(super) fields: Vec<Field>,
    pub(super) n_tables: usize,
    pub(super) in_head: bool,
    /// Stands before the next paragraph.
    pub(super) label: Option<String>,
    pub(super) vanished: String,
}

/// The part being read.
#[derive(Default)]
pub(super) struct Story {
    /// `页眉`; empty for the body, whose paragraphs are numbered.
    pub(super) name: &'static str,
    pub(super) relations: Vec<Relation>,
}

impl Reader<'_, '_, '_> {
    /// The paragraph being read, in words.
    pub(super) fn place(&self) -> String {
        match self.story.name {
            "" => format!("第{}段", self.paragraphs.len() + 1),
            name => name.to_owned(),
        }
    }

    /// Tells what was met and is not, or not only, in the text.
    pub(super) fn tell(&mut self, kind: HiddenKind, text: impl Into<String>) {
        let place = self.place();
        self.findings.add(kind, place, text);
    }

    /// Refuses a text that grows beyond the limit.
    pub(super) fn check_size(&self) -> Result<(), OfficeError> {
        let limit = self.package.limits().text_bytes;
        match self.out.len() > limit {
            true => Err(OfficeError::TooLarge { what: "文字字节数", limit: limit as u64 }),
            false => Ok(()),
        }
    }

    /// Lets `read` write to a page of its own, with lists of its own, and hands that page over.
    pub(super) fn apart(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<(), OfficeError>,
    ) -> Result<String, OfficeError> {
        let out = std::mem::take(&mut self.out);
        let lists = std::mem::take(&mut self.lists);
        read(self)?;
        self.lists.close(&mut self.out);
        self.lists = lists;
        Ok(std::mem::replace(&mut self.out, out))
    }
}
