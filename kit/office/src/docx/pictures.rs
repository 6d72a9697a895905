//! Pictures and drawings: what can be taken over, which is pictures, words in text boxes and words drawn as shapes.
//!
//! It does NOT draw: charts, diagrams and shapes without words are left out.

use super::Picture;
use super::blocks::chosen;
use super::line::{Around, Line};
use super::reader::Reader;
use super::styles::Look;
use crate::OfficeError;
use crate::package::by_id;
use crate::xml::Element;
use std::borrow::Cow;

impl<'t> Reader<'_, 't, '_> {
    /// Reads a drawing of either generation, with the words that describe it.
    pub(super) fn drawing(
        &mut self,
        parent: Element<'t>,
        alt: &str,
        line: &mut Line<'t>,
    ) -> Result<(), OfficeError> {
        let mut alt = Cow::Borrowed(alt);
        for child in parent.children() {
            let words = |name: &str| child.attribute(name).filter(|words| !words.trim().is_empty());
            match child.name() {
                "docPr" | "cNvPr" => alt = words("descr").or_else(|| words("title")).unwrap_or(alt),
                "txbxContent" => line.boxes.push(child),
                "blip" => self.picture(child.attribute("embed"), &alt, line)?,
                "imagedata" => {
                    let alt = words("title").unwrap_or(Cow::Borrowed(&alt));
                    self.picture(child.prefixed("id"), &alt, line)?;
                }
                "textpath" => {
                    let drawn = words("string").unwrap_or_default();
                    line.words(&drawn, Look::default(), Around::default());
                }
                "AlternateContent" => {
                    chosen(child).map_or(Ok(()), |inner| self.drawing(inner, &alt, line))?;
                }
                _ => {
                    let own = words("alt").unwrap_or(Cow::Borrowed(&alt));
                    self.drawing(child, &own, line)?;
                }
            }
        }
        Ok(())
    }

    fn picture(
        &mut self,
        id: Option<Cow<'t, str>>,
        alt: &str,
        line: &mut Line<'t>,
    ) -> Result<(), OfficeError> {
        let relation = id.and_then(|id| by_id(&self.story.relations, &id).filter(|r| !r.external));
        // Headers and notes keep their pictures to themselves.
        let Some(part) =
            relation.map(|r| r.target.clone()).filter(|_| self.with_pictures && self.story.name.is_empty())
        else {
            return Ok(());
        };
        let number = match self.known_pictures.get(&part) {
            Some(&number) => number,
            None => {
                let Some(bytes) = self.package.part(&part)? else {
                    return Ok(());
                };
                let media_type = media_type(&bytes);
                self.pictures.push(Picture { bytes, media_type, alt: alt.trim().to_owned() });
                self.known_pictures.insert(part, self.pictures.len() - 1);
                self.pictures.len() - 1
            }
        };
        line.picture(number, alt);
        Ok(())
    }
}

fn media_type(bytes: &[u8]) -> &'static str {
    let begins = |magic: &[u8]| bytes.starts_with(magic);
    match () {
        () if begins(b"\x89PNG\r\n\x1a\n") => "image/png",
        () if begins(b"\xff\xd8\xff") => "image/jpeg",
        () if begins(b"GIF8") => "image/gif",
        () if begins(b"BM") => "image/bmp",
        () if begins(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") => "image/webp",
        () if begins(b"II*\0") || begins(b"MM\0*") => "image/tiff",
        () if begins(b"\xd7\xcd\xc6\x9a") => "image/wmf",
        () if begins(b"\x01\0\0\0") && bytes.get(40..44) == Some(b" EMF") => "image/emf",
        () => "application/octet-stream",
    }
}
