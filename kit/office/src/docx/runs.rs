//! What stands inside a paragraph: runs of letters, links, fields, signs, and what was changed among them.
//!
//! It does NOT compute fields; it takes what the program computed last.

use super::blocks::chosen;
use super::line::{Around, Line};
use super::reader::{Field, Reader};
use super::styles::Look;
use crate::OfficeError;
use crate::hidden::HiddenKind;
use crate::package::by_id;
use crate::xml::Element;

/// Fields inside fields: no honest text goes deeper.
const DEEPEST_FIELD: usize = 64;

impl<'t> Reader<'_, 't, '_> {
    /// Reads everything inside a paragraph, or inside what stands in one.
    pub(super) fn runs(
        &mut self,
        parent: Element<'t>,
        around: Around,
        line: &mut Line<'t>,
    ) -> Result<(), OfficeError> {
        for child in parent.children() {
            match child.name() {
                "r" => self.run(child, around, line)?,
                "hyperlink" => {
                    let address = child.prefixed("id").and_then(|id| self.address(&id));
                    let link = address.and_then(|address| line.link(&address));
                    self.runs(child, Around { link: link.or(around.link), ..around }, line)?;
                }
                "fldSimple" => {
                    let address = child.attribute("instr").as_deref().and_then(address_in);
                    let link = address.and_then(|address| line.link(&address));
                    self.runs(child, Around { link: link.or(around.link), ..around }, line)?;
                }
                "ins" | "moveTo" => {
                    if !around.inserted {
                        self.tell(HiddenKind::Insertion, child.text());
                    }
                    self.runs(child, Around { inserted: true, ..around }, line)?;
                }
                "del" | "moveFrom" => {
                    line.lost_words = true;
                    self.deleted(child);
                }
                "sdt" => child.child("sdtContent").map_or(Ok(()), |inner| self.runs(inner, around, line))?,
                "smartTag" | "customXml" | "dir" | "bdo" => self.runs(child, around, line)?,
                "AlternateContent" => chosen(child).map_or(Ok(()), |inner| self.runs(inner, around, line))?,
                "oMath" | "oMathPara" => line.words(&child.text(), around.look, around),
                "commentRangeStart" => self.comment_begins(child),
                _ => {}
            }
        }
        Ok(())
    }

    fn run(&mut self, run: Element<'t>, around: Around, line: &mut Line<'t>) -> Result<(), OfficeError> {
        let properties = run.child("rPr");
        let look = self.styles.run(properties, around.look);
        if properties.is_some_and(|properties| properties.child("rPrChange").is_some()) {
            self.tell(HiddenKind::FormatChange, run.text());
        }
        if look.vanish == Some(true) {
            self.vanished.push_str(&run.text());
            // Fields are counted all the same, or what follows them would be lost.
            run.children().for_each(|child| self.field_sign(child));
            return Ok(());
        }
        let around = Around { link: around.link.or_else(|| self.field_link(line)), ..around };
        self.signs(run, look, around, line)
    }

    /// The signs of a run, one after the other.
    fn signs(
        &mut self,
        parent: Element<'t>,
        look: Look,
        around: Around,
        line: &mut Line<'t>,
    ) -> Result<(), OfficeError> {
        for sign in parent.children() {
            self.field_sign(sign);
            if self.fields.iter().any(|field| !field.shows) {
                continue;
            }
            match sign.name() {
                "t" => line.words(&sign.own_text(), look, around),
                "tab" | "ptab" => line.words("\u{2003}", look, around),
                "noBreakHyphen" => line.words("-", look, around),
                "sym" => line.words(symbol(sign), look, around),
                "cr" => line.line_break(),
                "br" if !matches!(sign.attribute("type").as_deref(), Some("page" | "column")) => {
                    line.line_break()
                }
                "ruby" => sign.child("rubyBase").map_or(Ok(()), |base| self.runs(base, around, line))?,
                "footnoteReference" => self.note("footnote", sign, line),
                "endnoteReference" => self.note("endnote", sign, line),
                "commentReference" => self.comment_begins(sign),
                "drawing" | "pict" | "object" => self.drawing(sign, "", line)?,
                "AlternateContent" => {
                    chosen(sign).map_or(Ok(()), |inner| self.signs(inner, look, around, line))?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Follows the beginning, the middle and the end of fields, and their instructions.
    fn field_sign(&mut self, sign: Element<'t>) {
        match sign.name() {
            "fldChar" => match sign.attribute("fldCharType").as_deref() {
                Some("begin") if self.fields.len() < DEEPEST_FIELD => self.fields.push(Field::default()),
                Some("separate") => {
                    if let Some(field) = self.fields.last_mut() {
                        field.shows = true;
                    }
                }
                Some("end") => drop(self.fields.pop()),
                _ => {}
            },
            "instrText" => {
                if let Some(field) = self.fields.last_mut() {
                    field.instruction.push_str(&sign.own_text());
                }
            }
            _ => {}
        }
    }

    /// The link of the innermost field that is one.
    fn field_link(&self, line: &mut Line<'t>) -> Option<usize> {
        let addresses = self.fields.iter().rev().filter(|field| field.shows);
        let address = addresses.filter_map(|field| address_in(&field.instruction)).next()?;
        line.link(&address)
    }

    fn address(&self, id: &str) -> Option<String> {
        by_id(&self.story.relations, id).filter(|r| r.external).map(|r| r.target.clone())
    }

    fn comment_begins(&mut self, sign: Element<'t>) {
        if let Some(id) = sign.attribute("id") {
            let place = self.place();
            self.comment_places.entry(id.into_owned()).or_insert(place);
        }
    }
}

/// The address in `HYPERLINK "http://…" \o "…"`.
fn address_in(instruction: &str) -> Option<String> {
    let rest = instruction.trim_start().strip_prefix("HYPERLINK")?.trim_start();
    let address = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split_whitespace().next(),
    };
    address.map(str::to_owned)
}

/// Signs of the picture fonts that forms use; others are shown as a dot.
fn symbol(sign: Element<'_>) -> &'static str {
    let code = sign.attribute("char").and_then(|c| u32::from_str_radix(&c, 16).ok()).unwrap_or(0);
    match code & 0xFF {
        0xA8 | 0x6F | 0x71 | 0x72 | 0xA3 | 0x2A => "□",
        0xFE | 0x52 | 0x54 => "☑",
        0xFD | 0x53 | 0x51 => "☒",
        0xFC | 0x50 => "√",
        0xFB | 0x4F => "×",
        0x6C | 0x9F | 0xB7 => "●",
        0x6E => "■",
        0xD8 => "➢",
        0xE0 => "→",
        _ => "•",
    }
}
