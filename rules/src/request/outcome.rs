//! The lawful results of a disclosure request (办理结果), each with the row of the annual report that counts it and its
//! article.
//!
//! Two forms stand side by side: that of 国办发〔2014〕32号 for what was handled up to 2018, and the 21 result rows of
//! 国办公开办函〔2019〕60号 and 〔2021〕30号 since. One request has one result. It does not judge which result is right.

use jiff::civil::Date;

/// The form of the annual report that knows a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// 政府信息公开情况统计表, 国办发〔2014〕32号: for reports up to the year 2018.
    UpTo2018,
    /// 国办公开办函〔2019〕60号, then 国办公开办函〔2021〕30号: for reports of 2019 and later.
    Since2019,
}

impl Form {
    /// The form that counts what was handled on a day: the year of the report decides, not the day on which the revised
    /// Regulations came into force.
    pub fn of(handled_on: Date) -> Form {
        if handled_on.year() < 2019 { Form::UpTo2018 } else { Form::Since2019 }
    }
}

/// One lawful result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The stored word.
    pub code: &'static str,
    /// The form that has it.
    pub form: Form,
    /// Key of its row in the form: `3.3.1` is 三、（三）1.
    pub row: &'static str,
    /// The rows above it that it belongs to, as the form names them; empty where it stands alone.
    pub group: &'static str,
    /// The row's own words.
    pub label: &'static str,
    /// The provision behind it.
    pub basis: &'static str,
}

const NEW: Form = Form::Since2019;
const OLD: Form = Form::UpTo2018;

const fn outcome(
    (code, form, row): (&'static str, Form, &'static str),
    (group, label): (&'static str, &'static str),
    basis: &'static str,
) -> Outcome {
    Outcome { code, form, row, group, label, basis }
}

const WITHHELD: &str = "不予公开";
const CANNOT: &str = "无法提供";
const NOT_PROCESSED: &str = "不予处理";
const OTHERWISE: &str = "其他处理";
const NOT_AGREED: &str = "不同意公开答复数";

/// Every result: the rows of the form since 2019 in their order, then those of the form before.
pub const OUTCOMES: [Outcome; 34] = [
    outcome(("disclosed", NEW, "3.1"), ("", "予以公开"), "条例第三十六条第（一）、（二）项"),
    outcome(
        ("partly_disclosed", NEW, "3.2"),
        ("", "部分公开（区分处理的，只计这一情形，不计其他情形）"),
        "条例第三十七条",
    ),
    outcome(("state_secret", NEW, "3.3.1"), (WITHHELD, "属于国家秘密"), "条例第十四条"),
    outcome(("forbidden_by_law", NEW, "3.3.2"), (WITHHELD, "其他法律行政法规禁止公开"), "条例第十四条"),
    outcome(("security_and_stability", NEW, "3.3.3"), (WITHHELD, "危及“三安全一稳定”"), "条例第十四条"),
    outcome(("third_party_rights", NEW, "3.3.4"), (WITHHELD, "保护第三方合法权益"), "条例第十五条"),
    outcome(("internal_affairs", NEW, "3.3.5"), (WITHHELD, "属于三类内部事务信息"), "条例第十六条第一款"),
    outcome(("process_information", NEW, "3.3.6"), (WITHHELD, "属于四类过程性信息"), "条例第十六条第二款"),
    outcome(("enforcement_file", NEW, "3.3.7"), (WITHHELD, "属于行政执法案卷"), "条例第十六条第二款"),
    outcome(
        ("administrative_inquiry", NEW, "3.3.8"),
        (WITHHELD, "属于行政查询事项"),
        "条例第三十六条第（七）项",
    ),
    outcome(
        ("not_held", NEW, "3.4.1"),
        (CANNOT, "本机关不掌握相关政府信息"),
        "条例第三十六条第（四）、（五）项",
    ),
    outcome(("to_be_made", NEW, "3.4.2"), (CANNOT, "没有现成信息需要另行制作"), "条例第三十八条"),
    outcome(("still_unclear", NEW, "3.4.3"), (CANNOT, "补正后申请内容仍不明确"), "条例第三十条"),
    outcome(("petition", NEW, "3.5.1"), (NOT_PROCESSED, "信访举报投诉类申请"), "条例第三十九条第一款"),
    outcome(("repeated", NEW, "3.5.2"), (NOT_PROCESSED, "重复申请"), "条例第三十六条第（六）项"),
    outcome(("publication", NEW, "3.5.3"), (NOT_PROCESSED, "要求提供公开出版物"), "条例第三十九条第二款"),
    outcome(("unreasonably_many", NEW, "3.5.4"), (NOT_PROCESSED, "无正当理由大量反复申请"), "条例第三十五条"),
    outcome(
        ("confirmation", NEW, "3.5.5"),
        (NOT_PROCESSED, "要求行政机关确认或重新出具已获取信息"),
        "国办公开办函〔2021〕30号",
    ),
    outcome(
        ("not_supplemented", NEW, "3.6.1"),
        (OTHERWISE, "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
        "条例第三十条",
    ),
    outcome(
        ("fee_not_paid", NEW, "3.6.2"),
        (OTHERWISE, "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
        "条例第四十二条、国办函〔2020〕109号",
    ),
    outcome(("other", NEW, "3.6.3"), (OTHERWISE, "其他"), "国办公开办函〔2021〕30号"),
    outcome(
        ("old_already_public", OLD, "3.3.1"),
        ("", "属于已主动公开范围数"),
        "2007年条例第二十一条第（一）项",
    ),
    outcome(("old_agreed", OLD, "3.3.2"), ("", "同意公开答复数"), "2007年条例第二十一条第（一）项"),
    outcome(("old_partly_agreed", OLD, "3.3.3"), ("", "同意部分公开答复数"), "2007年条例第二十二条"),
    outcome(("old_state_secret", OLD, "3.3.4.1"), (NOT_AGREED, "涉及国家秘密"), "2007年条例第十四条第四款"),
    outcome(("old_trade_secret", OLD, "3.3.4.2"), (NOT_AGREED, "涉及商业秘密"), "2007年条例第十四条第四款"),
    outcome(("old_privacy", OLD, "3.3.4.3"), (NOT_AGREED, "涉及个人隐私"), "2007年条例第十四条第四款"),
    outcome(
        ("old_security_and_stability", OLD, "3.3.4.4"),
        (NOT_AGREED, "危及国家安全、公共安全、经济安全和社会稳定"),
        "2007年条例第八条",
    ),
    outcome(
        ("old_no_government_information", OLD, "3.3.4.5"),
        (NOT_AGREED, "不是《条例》所指政府信息"),
        "2007年条例第二条",
    ),
    outcome(
        ("old_other_grounds", OLD, "3.3.4.6"),
        (NOT_AGREED, "法律法规规定的其他情形"),
        "2007年条例第二十一条第（二）项",
    ),
    outcome(
        ("old_other_organ", OLD, "3.3.5"),
        ("", "不属于本行政机关公开数"),
        "2007年条例第二十一条第（三）项",
    ),
    outcome(("old_not_existing", OLD, "3.3.6"), ("", "申请信息不存在数"), "2007年条例第二十一条第（三）项"),
    outcome(
        ("old_to_be_supplemented", OLD, "3.3.7"),
        ("", "告知作出更改补充数"),
        "2007年条例第二十一条第（四）项",
    ),
    outcome(("old_other_way", OLD, "3.3.8"), ("", "告知通过其他途径办理数"), "国办发〔2014〕32号"),
];

impl Outcome {
    /// The result of a stored word.
    pub fn from_code(code: &str) -> Option<&'static Outcome> {
        OUTCOMES.iter().find(|outcome| outcome.code == code)
    }

    /// The results that something handled on a day may have, in the order of the form.
    pub fn of_day(handled_on: Date) -> impl Iterator<Item = &'static Outcome> {
        Outcome::of_form(Form::of(handled_on))
    }

    /// The results of a form, in its order.
    pub fn of_form(form: Form) -> impl Iterator<Item = &'static Outcome> {
        OUTCOMES.iter().filter(move |outcome| outcome.form == form)
    }

    /// The row with the rows above it: 不予公开：属于国家秘密.
    pub fn words(&self) -> String {
        if self.group.is_empty() { self.label.to_owned() } else { format!("{}：{}", self.group, self.label) }
    }

    /// The result that staff write in a table: its code, its row's words, or these with the words above; within the form
    /// of the day on which it was handled.
    pub fn parse(written: &str, handled_on: Date) -> Option<&'static Outcome> {
        let plain = |text: &str| -> String {
            let kept = text.chars().filter(|c| !c.is_whitespace() && !"：:，,、（）()“”\"".contains(*c));
            kept.collect()
        };
        let wanted = plain(written);
        let short =
            |label: &'static str| plain(label.split('（').next().unwrap_or(label).trim_end_matches('数'));
        Outcome::of_day(handled_on).find(|outcome| {
            outcome.code == written
                || plain(&outcome.words()) == wanted
                || plain(outcome.label) == wanted
                || short(outcome.label) == wanted
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::collections::BTreeSet;

    #[test]
    fn the_form_since_2019_has_the_21_rows_and_codes_are_there_once() {
        assert_eq!(Outcome::of_form(Form::Since2019).count(), 21);
        assert_eq!(Outcome::of_form(Form::UpTo2018).count(), 13);
        let codes: BTreeSet<&str> = OUTCOMES.iter().map(|outcome| outcome.code).collect();
        assert_eq!(codes.len(), OUTCOMES.len());
        let rows: BTreeSet<(Form, &str)> =
            OUTCOMES.iter().map(|outcome| (outcome.form, outcome.row)).collect();
        assert_eq!(rows.len(), OUTCOMES.len(), "one request is counted in one row");
        assert!(OUTCOMES.iter().all(|outcome| !outcome.basis.is_empty() && !outcome.label.is_ascii()));
    }

    #[test]
    fn the_year_of_the_report_decides_the_form() {
        for (handled_on, form) in [
            (date(2018, 12, 31), Form::UpTo2018),
            (date(2019, 1, 1), Form::Since2019),
            (date(2019, 5, 14), Form::Since2019),
            (date(2026, 3, 1), Form::Since2019),
        ] {
            assert_eq!(Form::of(handled_on), form, "{handled_on}");
        }
    }

    #[test]
    fn results_are_read_as_staff_write_them_within_their_form() {
        let new = date(2026, 3, 20);
        let old = date(2018, 6, 1);
        for (written, day, code) in [
            ("予以公开", new, Some("disclosed")),
            ("部分公开", new, Some("partly_disclosed")),
            ("不予公开：属于国家秘密", new, Some("state_secret")),
            ("危及三安全一稳定", new, Some("security_and_stability")),
            ("not_held", new, Some("not_held")),
            ("其他处理:其他", new, Some("other")),
            ("同意公开答复", old, Some("old_agreed")),
            ("不同意公开答复数：涉及个人隐私", old, Some("old_privacy")),
            ("涉及个人隐私", new, None),
            ("予以公开", old, None),
            ("已办结", new, None),
        ] {
            assert_eq!(Outcome::parse(written, day).map(|outcome| outcome.code), code, "{written} {day}");
        }
    }

    #[test]
    fn every_result_is_read_back_from_its_own_words() {
        for outcome in OUTCOMES {
            let day = if outcome.form == Form::UpTo2018 { date(2018, 1, 2) } else { date(2020, 1, 2) };
            assert_eq!(Outcome::parse(&outcome.words(), day).map(|found| found.code), Some(outcome.code));
            assert_eq!(Outcome::from_code(outcome.code).map(|found| found.row), Some(outcome.row));
        }
        assert_eq!(Outcome::from_code("nothing"), None);
    }
}
