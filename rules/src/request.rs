//! Disclosure requests (依申请公开) as the statutory tables count them: kinds of applicant, ways in, and the period of the
//! reply.
//!
//! The pauses for supplements and third parties (Arts. 30, 32) come with the handling of requests; this module counts the
//! plain period and one extension.

pub mod outcome;
pub mod remedy;

use jiff::civil::{Date, date};

use crate::{
    calendar::{Calendar, CalendarError},
    coded::Coded,
    deadline::TimeLimit,
};

/// Who asks: the seven columns of the table, 总计 left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ApplicantKind {
    /// 自然人
    NaturalPerson,
    /// 商业企业
    Enterprise,
    /// 科研机构
    Research,
    /// 社会公益组织
    Social,
    /// 法律服务机构
    LegalService,
    /// 其他
    Other,
}

/// How the request came: the four rows of the form up to 2018.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Way {
    /// 当面
    InPerson,
    /// 传真
    Fax,
    /// 网络
    Online,
    /// 信函
    Letter,
}

/// What became of a complaint (投诉、举报, Arts. 47 and 51) about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Complaint {
    /// Nobody complained.
    None,
    /// Received, not decided.
    Pending,
    /// Found unfounded: nothing to correct.
    Dismissed,
    /// Found right: the act was corrected (被纠正).
    Corrected,
}

impl ApplicantKind {
    /// Every kind with its stored word and its head in the table, in the table's order.
    pub const ALL: [Coded<Self>; 6] = [
        (Self::NaturalPerson, "natural_person", "自然人"),
        (Self::Enterprise, "enterprise", "商业企业"),
        (Self::Research, "research", "科研机构"),
        (Self::Social, "social", "社会公益组织"),
        (Self::LegalService, "legal_service", "法律服务机构"),
        (Self::Other, "other", "其他"),
    ];
}

impl Way {
    /// Every way with its stored word and its row in the form.
    pub const ALL: [Coded<Self>; 4] = [
        (Self::InPerson, "in_person", "当面"),
        (Self::Fax, "fax", "传真"),
        (Self::Online, "online", "网络"),
        (Self::Letter, "letter", "信函"),
    ];
}

impl Complaint {
    /// Every state with its stored word and what people read.
    pub const ALL: [Coded<Self>; 4] = [
        (Self::None, "none", "无投诉"),
        (Self::Pending, "pending", "投诉处理中"),
        (Self::Dismissed, "dismissed", "投诉不成立"),
        (Self::Corrected, "corrected", "投诉属实并纠正"),
    ];
}

crate::coded!(ApplicantKind, Way, Complaint);

/// The period of the reply for a request received on a day.
pub fn reply_limit(received_on: Date) -> TimeLimit {
    if received_on < date(2019, 5, 15) {
        TimeLimit {
            working_days: 15,
            basis: "《中华人民共和国政府信息公开条例》（国务院令第492号）第二十四条",
        }
    } else {
        TimeLimit {
            working_days: 20,
            basis: "《中华人民共和国政府信息公开条例》（国务院令第711号）第三十三条",
        }
    }
}

/// The last day of the reply. An extension, once, adds at most the same number of working days (the same article).
///
/// # Errors
/// When the count leaves the calendar.
pub fn due_on(calendar: &Calendar, received_on: Date, extended: bool) -> Result<Date, CalendarError> {
    let days = reply_limit(received_on).working_days;
    calendar.add_working_days(received_on, if extended { days * 2 } else { days })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::tests::national;

    #[test]
    fn the_period_follows_the_regulations_in_force_on_the_day_of_receipt() {
        let calendar = national();
        for (received_on, extended, due) in [
            // 15 working days over the Spring Festival of 2018 with its two make-up days.
            (date(2018, 2, 9), false, date(2018, 3, 7)),
            (date(2018, 3, 1), false, date(2018, 3, 22)),
            (date(2018, 3, 1), true, date(2018, 4, 13)),
            (date(2019, 5, 14), false, date(2019, 6, 4)),
            (date(2019, 5, 15), false, date(2019, 6, 13)),
        ] {
            assert_eq!(due_on(&calendar, received_on, extended).unwrap(), due, "{received_on} {extended}");
        }
    }
}
