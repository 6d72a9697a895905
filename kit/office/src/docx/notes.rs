//! Footnotes and endnotes, as text behind the text.
//!
//! It does NOT keep the two apart: in one page both stand at the end.

use super::line::Line;
use super::reader::{Reader, Story};
use crate::OfficeError;
use crate::package::Relation;
use crate::xml::Element;
use std::collections::HashMap;

impl<'t> Reader<'_, 't, '_> {
    /// A reference to a note; the same note has the same number again.
    pub(super) fn note(&mut self, kind: &'static str, sign: Element<'t>, line: &mut Line<'t>) {
        let Some(id) = sign.attribute("id") else {
            return;
        };
        let known = self.notes.iter().position(|(k, i)| *k == kind && *i == id);
        let number = known.unwrap_or_else(|| {
            self.notes.push((kind, id.into_owned()));
            self.notes.len() - 1
        });
        line.note(number + 1);
    }

    /// Writes the notes that were referred to, in that order.
    pub(super) fn put_notes(
        &mut self,
        trees: &[(&'static str, Element<'t>, Vec<Relation>)],
    ) -> Result<(), OfficeError> {
        let mut bodies = HashMap::new();
        for (kind, top, _) in trees {
            for note in top.children().flat_map(|notes| notes.children()) {
                if let Some(id) = note.attribute("id") {
                    bodies.insert((*kind, id), note);
                }
            }
        }
        let mut i = 0;
        while let Some((kind, id)) = self.notes.get(i).cloned() {
            i += 1;
            if let Some(note) = bodies.get(&(kind, id.as_str().into())) {
                let relations = trees.iter().find(|(k, ..)| *k == kind).map(|(.., r)| r.clone());
                let body = std::mem::replace(
                    &mut self.story,
                    Story { name: "注释", relations: relations.unwrap_or_default() },
                );
                self.label = Some(format!("[{i}] "));
                self.blocks(*note)?;
                self.label = None;
                self.lists.close(&mut self.out);
                self.story = body;
            }
        }
        Ok(())
    }
}
