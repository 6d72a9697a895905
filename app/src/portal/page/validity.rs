//! Whether a document is in force (时效), as a word and a shape so that it never depends on colour alone.
//!
//! It does not decide: the rules do, from dates and repeals.

/// What a reader must know before relying on a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValidityMark {
    /// 有效.
    InForce,
    /// 尚未施行: published, but its first day lies ahead.
    NotYetInForce,
    /// 已修改: in force as changed by a later document.
    Amended,
    /// 失效: its term has run out.
    Expired,
    /// 废止: ended by another document.
    Repealed,
}

impl ValidityMark {
    /// The word on the page.
    pub fn word(self) -> &'static str {
        match self {
            Self::InForce => "现行有效",
            Self::NotYetInForce => "尚未施行",
            Self::Amended => "已修改",
            Self::Expired => "已失效",
            Self::Repealed => "已废止",
        }
    }

    /// The class that gives the mark its shape and colour.
    pub fn class(self) -> &'static str {
        match self {
            Self::InForce => "in-force",
            Self::NotYetInForce => "not-yet",
            Self::Amended => "amended",
            Self::Expired => "expired",
            Self::Repealed => "repealed",
        }
    }

    /// Whether the reader must not rely on the document any more.
    pub fn is_ended(self) -> bool {
        matches!(self, Self::Expired | Self::Repealed)
    }
}
