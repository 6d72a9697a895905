//! Remedies against acts in disclosure work (Art. 51): administrative reconsideration (行政复议) and litigation (行政诉讼), with
//! the results of the annual report's table four. It does not follow a case through its stages.

use crate::coded::Coded;

/// Which remedy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RemedyKind {
    /// 行政复议
    Reconsideration,
    /// 行政诉讼
    Litigation,
}

/// Its result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RemedyOutcome {
    /// 结果维持; at court also the dismissal of the claim.
    Upheld,
    /// 结果纠正
    Corrected,
    /// 其他结果: withdrawn, settled, not admitted.
    Other,
    /// 尚未审结
    Pending,
}

impl RemedyKind {
    /// Both with their stored words and what people read.
    pub const ALL: [Coded<Self>; 2] = [
        (Self::Reconsideration, "reconsideration", "行政复议"),
        (Self::Litigation, "litigation", "行政诉讼"),
    ];
}

impl RemedyOutcome {
    /// The four results with their stored words and their heads in the table.
    pub const ALL: [Coded<Self>; 4] = [
        (Self::Upheld, "upheld", "结果维持"),
        (Self::Corrected, "corrected", "结果纠正"),
        (Self::Other, "other", "其他结果"),
        (Self::Pending, "pending", "尚未审结"),
    ];
}

crate::coded!(RemedyKind, RemedyOutcome);

/// The group of table four (国办公开办函〔2021〕30号) that counts a remedy.
pub fn group(kind: RemedyKind, after_reconsideration: bool) -> &'static str {
    match (kind, after_reconsideration) {
        (RemedyKind::Reconsideration, _) => "行政复议",
        (RemedyKind::Litigation, false) => "未经复议直接起诉",
        (RemedyKind::Litigation, true) => "复议后起诉",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lawsuits_are_divided_by_what_went_before() {
        assert_eq!(group(RemedyKind::Reconsideration, false), "行政复议");
        assert_eq!(group(RemedyKind::Litigation, false), "未经复议直接起诉");
        assert_eq!(group(RemedyKind::Litigation, true), "复议后起诉");
    }
}
