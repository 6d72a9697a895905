//! The disclosure class (公开属性) that every document carries from its draft on.
//!
//! 国办发〔2016〕80号: proactive, on request, or withheld, and a withheld one needs its reason. This
//! module does not judge whether the class is right; people do, with Articles 14 to 16 before them.

/// 公开属性, also printed as 公开方式.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DisclosureClass {
    /// 主动公开
    Proactive,
    /// 依申请公开
    OnRequest,
    /// 不予公开
    Withheld,
}

impl DisclosureClass {
    /// Reads a printed value; `None` where it is empty or has another meaning.
    pub fn parse_printed(printed: &str) -> Option<Self> {
        let text: String = printed.chars().filter(|c| !c.is_whitespace()).collect();
        match text.trim_matches(['。', '（', '）', '(', ')']) {
            "主动公开" | "主动" | "全文主动公开" => Some(Self::Proactive),
            "依申请公开" | "依申请" => Some(Self::OnRequest),
            "不予公开" | "不公开" | "免予公开" => Some(Self::Withheld),
            _ => None,
        }
    }

    /// Whether a reason must stand beside the class (国办发〔2016〕80号).
    pub fn needs_reason(self) -> bool {
        self == Self::Withheld
    }

    /// Whether a document of this class may stand in public lists, search, feeds and interfaces.
    /// One on request goes to its applicant only, one withheld to nobody.
    pub fn may_appear_publicly(self) -> bool {
        self == Self::Proactive
    }
}

#[cfg(test)]
mod tests {
    use super::DisclosureClass::{OnRequest, Proactive, Withheld};
    use super::*;

    #[test]
    fn printed_values_are_read_and_others_left_alone() {
        for (text, expected) in [
            ("主动公开", Some(Proactive)),
            (" 主 动 公 开 ", Some(Proactive)),
            ("依申请公开", Some(OnRequest)),
            ("不予公开", Some(Withheld)),
            ("不公开", Some(Withheld)),
            ("", None),
            ("长期公开", None),
            ("面向社会", None),
        ] {
            assert_eq!(DisclosureClass::parse_printed(text), expected, "{text}");
        }
    }

    #[test]
    fn only_proactive_documents_appear_publicly_and_only_withheld_ones_need_a_reason() {
        for (class, public, reason) in
            [(Proactive, true, false), (OnRequest, false, false), (Withheld, false, true)]
        {
            assert_eq!(class.may_appear_publicly(), public, "{class:?}");
            assert_eq!(class.needs_reason(), reason, "{class:?}");
        }
    }
}
