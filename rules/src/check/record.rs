//! A record as checks see it: fields, body, attached files, and the facts that had to be looked up elsewhere.

use std::ops::Range;

use jiff::civil::Date;

use super::{Mend, Place, Text};

/// A record being written or already live.
#[derive(Debug, Clone)]
pub struct Record<'a> {
    /// 标题
    pub title: &'a str,
    /// 内容概述
    pub summary: &'a str,
    /// 文号 as entered.
    pub document_number: Option<&'a str>,
    /// 成文日期
    pub written_on: Option<Date>,
    /// 施行日期
    pub in_force_on: Option<Date>,
    /// 有效期至
    pub expires_on: Option<Date>,
    /// The body.
    pub body: &'a Text,
    /// Names of the attached files, with their endings, in their order.
    pub attachments: &'a [String],
}

/// The inside of an attached file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileText {
    /// Its text in pieces, each with its place in the file.
    pub pieces: Vec<Piece>,
    /// What it hides.
    pub hidden: Vec<Hidden>,
    /// Why its text could not be read, in a sentence of the product.
    pub fault: Option<String>,
}

/// A piece of a file's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// 第2页, 工作表“名册”B3: empty where a file has no places.
    pub at: String,
    /// What stands there.
    pub text: String,
}

/// What a file can be written again without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cleaning {
    /// Names of people and firms, the place and the camera of a photograph.
    Metadata,
    /// Remarks of reviewers, with the names.
    Remarks,
    /// Tracked changes, which are accepted, with the names.
    Changes,
}

impl Cleaning {
    /// All of them.
    pub const ALL: [Cleaning; 3] = [Cleaning::Metadata, Cleaning::Remarks, Cleaning::Changes];

    /// As it is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            Cleaning::Metadata => "metadata",
            Cleaning::Remarks => "remarks",
            Cleaning::Changes => "changes",
        }
    }

    /// By its code.
    pub fn from_code(code: &str) -> Option<Cleaning> {
        Cleaning::ALL.into_iter().find(|cleaning| cleaning.code() == code)
    }
}

/// Something a file carries that readers do not see at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hidden {
    /// Whether it only names who made the file.
    pub is_metadata: bool,
    /// How the file can be written again without it, where that is possible.
    pub cleaning: Option<Cleaning>,
    /// What it is, in a phrase of the product: 批注3处.
    pub what: String,
    /// Where.
    pub at: String,
    /// Some of it.
    pub excerpt: String,
}

/// Where a text of the record stands.
#[derive(Debug, Clone, Copy)]
pub(super) enum Spot<'a> {
    Field(&'static str, &'a str),
    Block(usize),
    File(&'a str),
}

impl Spot<'_> {
    /// The place of a part of the text.
    pub(super) fn place(self, range: &Range<usize>) -> Place {
        match self {
            Spot::Field(field, _) => Place::Field { field: field.to_owned(), range: range.clone() },
            Spot::Block(block) => Place::Block { block, range: range.clone() },
            // A file bears other names in other records: whoever asks puts it in.
            Spot::File(at) => Place::Attachment { name: String::new(), at: at.to_owned() },
        }
    }

    /// The mend that puts `text` in place of a part; files are mended by their makers.
    pub(super) fn replace(self, range: &Range<usize>, text: String) -> Option<Mend> {
        match self {
            Spot::Field(field, value) => {
                let value = format!("{}{text}{}", value.get(..range.start)?, value.get(range.end..)?);
                Some(Mend::SetField { field: field.to_owned(), value })
            }
            Spot::Block(_) => Some(Mend::Replace(text)),
            Spot::File(_) => None,
        }
    }
}

impl<'a> Record<'a> {
    /// A record of which only title and body are known.
    pub fn of(title: &'a str, body: &'a Text) -> Record<'a> {
        Record {
            title,
            summary: "",
            document_number: None,
            written_on: None,
            in_force_on: None,
            expires_on: None,
            body,
            attachments: &[],
        }
    }

    /// What the form and the body say.
    pub(super) fn texts(&self) -> impl Iterator<Item = (Spot<'a>, &'a str)> {
        let fields = [("title", self.title), ("summary", self.summary)];
        let fields = fields.into_iter().map(|(field, text)| (Spot::Field(field, text), text));
        let blocks = self.body.blocks.iter().enumerate();
        fields.chain(blocks.map(|(at, block)| (Spot::Block(at), block.text.as_str())))
    }
}

impl FileText {
    /// The pieces with their places.
    pub(super) fn texts(&self) -> impl Iterator<Item = (Spot<'_>, &str)> {
        self.pieces.iter().map(|piece| (Spot::File(&piece.at), piece.text.as_str()))
    }
}
