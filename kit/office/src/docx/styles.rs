//! What the styles of a text say, each followed down to the one it is based on.
//!
//! It does NOT know table styles, and resolves only what the HTML or a guess about a paragraph needs.

use super::Alignment;
use crate::xml::{Element, is_on};
use std::borrow::Cow;
use std::collections::HashMap;

/// Styles based on styles based on styles: no honest text goes deeper.
const DEEPEST: usize = 24;

/// How letters look; `None` leaves it to what stands above.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) strong: Option<bool>,
    pub(super) em: Option<bool>,
    pub(super) underline: Option<bool>,
    pub(super) vanish: Option<bool>,
    pub(super) vertical: Option<Vertical>,
    pub(super) half_points: Option<u32>,
}

/// Above or below the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vertical {
    On,
    Above,
    Below,
}

impl Look {
    /// From `rPr`.
    pub(super) fn read(properties: Element<'_>) -> Look {
        let mut look = Look::default();
        for property in properties.children() {
            let value = property.attribute("val");
            let on = || Some(value.as_deref().is_none_or(is_on));
            match property.name() {
                "b" => look.strong = on(),
                "i" => look.em = on(),
                "u" => look.underline = Some(value.as_deref() != Some("none")),
                "vanish" | "specVanish" => look.vanish = on(),
                "sz" => look.half_points = value.and_then(|value| value.parse().ok()),
                "vertAlign" => {
                    look.vertical = Some(match value.as_deref() {
                        Some("superscript") => Vertical::Above,
                        Some("subscript") => Vertical::Below,
                        _ => Vertical::On,
                    });
                }
                _ => {}
            }
        }
        look
    }

    /// This look where it says something, the other one elsewhere.
    pub(super) fn over(self, base: Look) -> Look {
        Look {
            strong: self.strong.or(base.strong),
            em: self.em.or(base.em),
            underline: self.underline.or(base.underline),
            vanish: self.vanish.or(base.vanish),
            vertical: self.vertical.or(base.vertical),
            half_points: self.half_points.or(base.half_points),
        }
    }
}

/// A style, or what the properties of one paragraph say.
#[derive(Debug, Clone, Default)]
pub(super) struct Style<'t> {
    pub(super) name: Cow<'t, str>,
    based_on: Option<Cow<'t, str>>,
    pub(super) look: Look,
    pub(super) alignment: Option<Alignment>,
    /// Counted from 0; 9 is the text itself.
    pub(super) outline: Option<u8>,
    pub(super) list: Option<Cow<'t, str>>,
    pub(super) list_level: Option<u8>,
}

impl<'t> Style<'t> {
    /// From `pPr`.
    fn read_paragraph(&mut self, properties: Element<'t>) {
        self.alignment = properties.value("jc").map(|jc| match &*jc {
            "center" => Alignment::Center,
            "right" | "end" => Alignment::Right,
            "both" | "distribute" | "thaiDistribute" => Alignment::Justified,
            _ => Alignment::Left,
        });
        self.outline = properties.value("outlineLvl").and_then(|level| level.parse().ok());
        if let Some(list) = properties.child("numPr") {
            self.list = list.value("numId");
            self.list_level = list.value("ilvl").and_then(|level| level.parse().ok());
        }
    }

    fn over(self, base: Style<'t>) -> Style<'t> {
        Style {
            name: if self.name.is_empty() { base.name } else { self.name },
            based_on: None,
            look: self.look.over(base.look),
            alignment: self.alignment.or(base.alignment),
            outline: self.outline.or(base.outline),
            list_level: if self.list.is_some() {
                self.list_level
            } else {
                self.list_level.or(base.list_level)
            },
            list: self.list.or(base.list),
        }
    }

    /// `0` for a title, `1` to `9` for the outline, nothing for the text itself.
    pub(super) fn level(&self) -> Option<u8> {
        let name = self.name.to_lowercase();
        if name == "title" || name == "标题" {
            return Some(0);
        }
        if let Some(outline) = self.outline {
            return (outline < 9).then_some(outline + 1);
        }
        let number = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"))?.trim();
        number.parse().ok().filter(|level| (1..=9).contains(level))
    }
}

/// All styles of a text.
#[derive(Default)]
pub(super) struct Styles<'t> {
    by_id: HashMap<Cow<'t, str>, Style<'t>>,
    usual: Option<Cow<'t, str>>,
    base: Look,
}

impl<'t> Styles<'t> {
    pub(super) fn read(top: Element<'t>) -> Styles<'t> {
        let mut styles = Styles::default();
        for child in top.children().flat_map(|styles| styles.children()) {
            match child.name() {
                "docDefaults" => {
                    let run = child.child("rPrDefault").and_then(|run| run.child("rPr"));
                    styles.base = run.map(Look::read).unwrap_or_default();
                }
                "style" => styles.add(child),
                _ => {}
            }
        }
        styles
    }

    fn add(&mut self, element: Element<'t>) {
        let Some(id) = element.attribute("styleId") else {
            return;
        };
        let is_usual = element.attribute("default").is_some_and(|value| is_on(&value));
        if is_usual && element.attribute("type").as_deref() == Some("paragraph") {
            self.usual = Some(id.clone());
        }
        let mut style = Style {
            name: element.value("name").unwrap_or_default(),
            based_on: element.value("basedOn"),
            look: element.child("rPr").map(Look::read).unwrap_or_default(),
            ..Style::default()
        };
        if let Some(properties) = element.child("pPr") {
            style.read_paragraph(properties);
        }
        self.by_id.insert(id, style);
    }

    fn resolve(&self, id: &str) -> Style<'t> {
        let mut resolved = Style::default();
        let mut next = self.by_id.get(id);
        for _ in 0..DEEPEST {
            let Some(style) = next else {
                break;
            };
            next = style.based_on.as_deref().and_then(|id| self.by_id.get(id));
            resolved = resolved.over(style.clone());
        }
        resolved
    }

    /// What a paragraph's properties come to, and the id of its style.
    pub(super) fn paragraph(&self, properties: Option<Element<'t>>) -> (Style<'t>, Option<Cow<'t, str>>) {
        let mut own = Style::default();
        let mut id = self.usual.clone();
        if let Some(properties) = properties {
            own.read_paragraph(properties);
            id = properties.value("pStyle").or(id);
        }
        let mut style = own.over(id.as_deref().map(|id| self.resolve(id)).unwrap_or_default());
        style.look = style.look.over(self.base);
        (style, id)
    }

    /// How a run looks in a paragraph.
    pub(super) fn run(&self, properties: Option<Element<'t>>, paragraph: Look) -> Look {
        let Some(properties) = properties else {
            return paragraph;
        };
        let style = properties.value("rStyle").map(|id| self.resolve(&id).look).unwrap_or_default();
        Look::read(properties).over(style).over(paragraph)
    }
}
