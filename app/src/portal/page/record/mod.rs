//! One record: its title, validity and number, the metadata head like a catalogue card, the body, and all that hangs on it.
//!
//! What a reader may see is decided before these structs are filled. The printed-against-parsed note of an import is not public.

mod compare;
mod print;
mod report;
#[cfg(test)]
mod sample;
mod signature;
mod versions;

use askama::Template;

use super::{Day, Layout, Link, Minute, ValidityMark};
pub use compare::{ComparePage, DiffBlock, DiffPiece, FieldChange};
pub use print::PrintPage;
pub use report::{ComparisonRow, ReportPart};
pub use versions::{OldVersionPage, VersionRow, VersionsPage};

/// One line of the metadata head. Lines without a value are left out before they come here.
#[derive(Debug, Clone)]
pub struct HeadField {
    /// 索引号, 发布机构, 成文日期 …
    pub label: String,
    /// Value as printed for readers.
    pub value: String,
    /// Where the value leads: the organ's page, the catalogue of the subject.
    pub href: Option<String>,
    /// Long values (内容概述, 关键词) take the whole width.
    pub wide: bool,
}

impl HeadField {
    /// A plain line.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into(), href: None, wide: false }
    }

    /// The same line with a link.
    pub fn leading_to(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    /// The same line over the whole width.
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }
}

/// The text of a record, as shown on its page, in print and in old versions.
#[derive(Debug, Clone)]
pub struct RecordBody {
    /// Title.
    pub title: String,
    /// 文号.
    pub document_number: Option<String>,
    /// 时效, where this kind of content has one.
    pub validity: Option<ValidityMark>,
    /// Publication moment of this version.
    pub published: Minute,
    /// 来源 (ContentSource).
    pub source: String,
    /// The metadata head.
    pub head: Vec<HeadField>,
    /// Cleaned HTML. The one value that templates print without escaping.
    pub html: String,
    /// Attachments of this version.
    pub attachments: Vec<AttachmentLink>,
    /// The text in the form of an annual report, which then stands in its place.
    pub report: Option<ReportPart>,
}

impl RecordBody {
    /// The body as it is printed: the same words, the signature at the right.
    pub fn set_html(&self) -> String {
        signature::set_signature(&self.html)
    }
}

/// A file that belongs to a record.
#[derive(Debug, Clone)]
pub struct AttachmentLink {
    /// File name as published.
    pub name: String,
    /// Address.
    pub href: String,
    /// Kind in a word: PDF, Word文档, Excel表格, 图片.
    pub kind: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

impl AttachmentLink {
    /// The size as people read it: `312 KB`, `1.4 MB`.
    pub fn size_text(&self) -> String {
        const KB: u64 = 1024;
        const MB: u64 = KB * KB;
        match self.size {
            size if size < KB => format!("{size} 字节"),
            size if size < MB => format!("{} KB", size.div_ceil(KB)),
            size => format!("{}.{} MB", size / MB, (size % MB) * 10 / MB),
        }
    }
}

/// What a reader must be told before the first word of the text.
#[derive(Debug, Clone)]
pub enum Band {
    /// Repealed, by whom if known.
    Repealed {
        /// 废止日期.
        on: Option<Day>,
        /// The document that repeals it.
        by: Option<Link>,
    },
    /// Its term has run out.
    Expired {
        /// Last day.
        on: Option<Day>,
        /// What replaced it, if anything did.
        by: Option<Link>,
    },
    /// In force as changed.
    Amended {
        /// The document that changes it.
        by: Option<Link>,
    },
    /// Not in force yet.
    NotYetInForce {
        /// First day in force.
        on: Option<Day>,
    },
    /// An old version of the same record.
    OldVersion {
        /// Number of this version.
        number: u32,
        /// The record as it is now.
        current: Link,
    },
}

impl Band {
    /// Whether it is told in the colour of state (ended), not only in ink.
    pub fn is_ended(&self) -> bool {
        matches!(self, Self::Repealed { .. } | Self::Expired { .. } | Self::OldVersion { .. })
    }
}

/// How another record belongs to this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The other explains this one.
    InterpretedBy,
    /// This one explains the other.
    Interprets,
    /// The other ended this one.
    RepealedBy,
    /// This one ended the other.
    Repeals,
    /// The other changed this one.
    AmendedBy,
    /// This one changed the other.
    Amends,
    /// They belong together.
    RelatesTo,
}

impl Relation {
    /// The heading of the group.
    pub fn heading(self) -> &'static str {
        match self {
            Self::InterpretedBy => "政策解读",
            Self::Interprets => "解读的文件",
            Self::RepealedBy => "废止本文件的文件",
            Self::Repeals => "本文件废止的文件",
            Self::AmendedBy => "修改本文件的文件",
            Self::Amends => "本文件修改的文件",
            Self::RelatesTo => "相关信息",
        }
    }

    /// Whether the group stands first, beside the text: a policy and its interpretation.
    pub fn stands_first(self) -> bool {
        matches!(self, Self::InterpretedBy | Self::Interprets)
    }
}

/// Another record.
#[derive(Debug, Clone)]
pub struct RelatedLink {
    /// Title and address.
    pub link: Link,
    /// 文号.
    pub document_number: Option<String>,
    /// 发布日期.
    pub published: Option<Day>,
}

/// Records that belong to this one in the same way.
#[derive(Debug, Clone)]
pub struct RelationGroup {
    /// How.
    pub relation: Relation,
    /// Which.
    pub items: Vec<RelatedLink>,
}

/// `/documents/{n}`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/page/record/record.html")]
pub struct RecordPage {
    /// Around the content; carries column and article tags.
    pub layout: Layout,
    /// The live version.
    pub record: RecordBody,
    /// The band above the title.
    pub band: Option<Band>,
    /// Other records, by relation.
    pub relations: Vec<RelationGroup>,
    /// Number of published versions and the address of their list; shown from two on.
    pub versions: (u32, String),
    /// Address of the QR picture; empty leaves it out.
    pub qr_src: String,
    /// Address of the print view.
    pub print_href: String,
    /// The record before it in its column.
    pub previous: Option<Link>,
    /// The record after it in its column.
    pub next: Option<Link>,
}

impl RecordPage {
    /// Whether a policy has its interpretation, or the reverse: on a phone a link leads there before the text.
    pub fn has_first_relation(&self) -> bool {
        self.relations.iter().any(|group| group.relation.stands_first())
    }
}

#[cfg(test)]
mod tests {
    use super::AttachmentLink;

    #[test]
    fn sizes_are_written_as_people_read_them() {
        let text = |size| {
            let text = String::new;
            AttachmentLink { name: text(), href: text(), kind: text(), size, sha256: text() }.size_text()
        };
        assert_eq!(text(12), "12 字节");
        assert_eq!(text(1025), "2 KB");
        assert_eq!(text(1_500_000), "1.4 MB");
    }
}
