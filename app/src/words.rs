//! The Chinese words for what the rules and the rows say in code: refusals, states, kinds. One place, so that every
//! screen, letter and command says the same; the rules themselves stay free of sentences.

use rules::{
    password::PasswordRefusal,
    permission::Role,
    publication::{PublicationRefusal, Shortcoming},
};

use crate::error::Refusal;

mod review;

pub use review::{review_gate, standing_kind, standing_state};

/// Why something was refused, and what to do about it.
pub fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Step(step) => publication_step(*step).to_owned(),
        Refusal::NotReady(list) => {
            let sentences: Vec<String> = list.iter().map(shortcoming).collect();
            format!("还不能发布：{}", sentences.join("；"))
        }
        Refusal::Review(step) => review::step(*step),
        Refusal::Request(refusal) => review::request(*refusal).to_owned(),
        Refusal::Way(fault) => review::way_fault(*fault).to_owned(),
        Refusal::Findings(found) => {
            let sentences: Vec<&str> = found.iter().take(3).map(|shown| shown.sentence.as_str()).collect();
            format!("检查发现{}个必须处理的问题：{}", found.len(), sentences.concat())
        }
        Refusal::CodeTaken(code) => format!("代码“{code}”已被使用，请换一个"),
        Refusal::HostTaken(host) => format!("域名“{host}”已属于另一个站点"),
        Refusal::Unknown { what, code } => format!("没有代码或名称为“{code}”的{what}"),
        Refusal::Kept(_) => "这条信息是已签发的年度报告，不能作为普通信息修改、送审、更正、废止或者删除：请在“年度报告”中打开这份年报，在那里公开或者办理更正；含有不应公开的内容的，可以撤回".to_owned(),
        Refusal::Attachment(sentence) | Refusal::Invalid(sentence) => sentence.clone(),
    }
}

fn publication_step(refusal: PublicationRefusal) -> &'static str {
    match refusal {
        PublicationRefusal::NeverLive => "该信息从未发布，不能更正、撤回或废止；请先发布",
        PublicationRefusal::Withdrawn => "该信息已撤回；如需恢复，请发布新的版本",
        PublicationRefusal::AlreadyLive => "这一版本已经发布",
        PublicationRefusal::AlreadyScheduled => "这一版本已定时，请先取消定时",
        PublicationRefusal::NotScheduled => "这一版本没有定时",
        PublicationRefusal::PastEdition => "这是历史版本，不能再次发布；请新建版本",
        PublicationRefusal::EditionAlreadyOpen => "已有一个未完成的版本，请先完成或删除它",
        PublicationRefusal::EditionNotLive => "这一版本尚未发布",
    }
}

fn shortcoming(shortcoming: &Shortcoming) -> String {
    match shortcoming {
        Shortcoming::NoTitle => "没有标题".to_owned(),
        Shortcoming::NoDisclosureClass => "没有选择公开属性".to_owned(),
        Shortcoming::NotProactive => "公开属性不是“主动公开”，不能上网".to_owned(),
        Shortcoming::Empty => "正文和附件都是空的".to_owned(),
        Shortcoming::NoAttachment => "这类信息须有附件".to_owned(),
        Shortcoming::FieldMissing { field } => format!("缺少必填项“{}”", field_label(field)),
        Shortcoming::NoChangeNote => "更正须说明改了什么、为什么改".to_owned(),
        Shortcoming::WrittenAfterPublication => "成文日期晚于发布日期".to_owned(),
        Shortcoming::Backdated => "发布日期早于系统首次发布的日期，不能倒填".to_owned(),
    }
}

/// Why a password is not taken.
pub fn password(refusal: PasswordRefusal) -> &'static str {
    match refusal {
        PasswordRefusal::TooShort => "口令太短，至少 8 个字符",
        PasswordRefusal::TooLong => "口令太长，最多 128 个字符",
        PasswordRefusal::TooUniform => "口令须含大写字母、小写字母、数字、其他符号中的三类",
        PasswordRefusal::HoldsLogin => "口令不能含有登录名",
        PasswordRefusal::Common => "这个口令太常见，容易被猜到，请换一个",
        PasswordRefusal::Recent => "不能与最近 5 次用过的口令相同",
    }
}

/// 岗位
pub fn role(role: Role) -> &'static str {
    match role {
        Role::InformationOfficer => "信息员",
        Role::Reviewer => "审核员",
        Role::SecrecyReviewer => "保密审查员",
        Role::Signer => "签发人",
        Role::DisclosureOffice => "公开工作主管部门",
        Role::SupervisionOffice => "督办室",
        Role::SystemAdministrator => "系统管理员",
        Role::SecurityAdministrator => "安全管理员",
        Role::AuditAdministrator => "审计管理员",
    }
}

/// Several roles in one line, each once.
pub fn roles(roles: impl Iterator<Item = Role>) -> String {
    let mut names: Vec<&'static str> = Vec::new();
    for name in roles.map(role) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() { "无岗位".to_owned() } else { names.join("、") }
}

/// From one day to another, or on without an end.
pub fn period(from_on: &str, to_on: Option<&str>) -> String {
    match to_on {
        Some(to_on) => format!("{}至{}", date(from_on), date(to_on)),
        None => format!("自{}起", date(from_on)),
    }
}

/// Where an edition stands, for staff.
pub fn edition_state(code: &str) -> &'static str {
    match code {
        "draft" => "草稿",
        "scheduled" => "定时发布",
        "live" => "已公开",
        "superseded" => "历史版本",
        "concealed" => "不再公开",
        _ => "未定",
    }
}

/// The label of a head field (domain 6.3).
pub fn field_label(field: &str) -> &'static str {
    match field {
        "title" => "标题",
        "index_number" => "索引号",
        "document_number" => "文号",
        "issuing_organ" => "发布机构",
        "written_on" => "成文日期",
        "published_on" => "发布日期",
        "in_force_on" => "施行日期",
        "expires_on" => "有效期至",
        "repealed_on" => "废止日期",
        "validity" => "时效",
        "subject_category" => "主题分类",
        "genre" => "体裁分类",
        "disclosure_class" => "公开属性",
        "summary" => "内容概述",
        "keywords" => "关键词",
        "source" => "来源",
        _ => "其他",
    }
}

/// 时效 for a stored word; nothing where nothing is stated.
pub fn validity(code: &str) -> Option<&'static str> {
    match code {
        "not_yet_in_force" => Some("尚未施行"),
        "in_force" => Some("现行有效"),
        "amended" => Some("已修改"),
        "expired" => Some("已失效"),
        "repealed" => Some("已废止"),
        _ => None,
    }
}

/// 公开属性 for a stored word.
pub fn disclosure_class(code: &str) -> &'static str {
    match code {
        "proactive" => "主动公开",
        "on_request" => "依申请公开",
        "withheld" => "不予公开",
        _ => "未定",
    }
}

/// How a background job stands.
pub fn job_state(state: kit_jobs::State) -> &'static str {
    use kit_jobs::State;
    match state {
        State::Ready => "等待执行",
        State::Running => "正在执行",
        State::Done => "已完成",
        State::Failed => "失败",
        State::Cancelled => "已取消",
    }
}

/// Why an imported record is on the review list or was not taken in: a heading for lists. A code of a newer version
/// stands for itself.
pub fn import_reason(code: &str) -> String {
    let known = IMPORT_REASONS.iter().find(|(known, _)| *known == code);
    known.map_or(code, |(_, word)| word).to_owned()
}

const IMPORT_REASONS: &[(&str, &str)] = &[
    ("ambiguous_date", "日期可作多种读法"),
    ("articles_only", "只有条文，没有全文"),
    ("attachment", "附件有误"),
    ("broken_file", "文件损坏"),
    ("broken_line", "行不完整或无法解析"),
    ("damaged_date", "日期残缺"),
    ("damaged_label", "标签缺字"),
    ("damaged_number", "文号残缺"),
    ("database_differs", "与文件库不一致"),
    ("dates_differ", "日期不一致"),
    ("empty_body", "页头之下没有正文"),
    ("field_missing", "缺少字段"),
    ("field_type", "字段类型不对"),
    ("foreign_number", "不是通常形式的文号"),
    ("gambling", "夹杂推广词语"),
    ("index_year_apart", "索引号年份与日期不符"),
    ("irregular_index", "索引号形式不明"),
    ("irregular_number", "文号不合公文格式"),
    ("link_target_missing", "相关文件不存在"),
    ("machine_converted", "疑为仿冒页面（机器繁简转换）"),
    ("mojibake", "乱码"),
    ("no_body", "没有正文"),
    ("no_column", "没有可归入的栏目"),
    ("no_head", "没有著录项"),
    ("not_government_address", "不是政府网站的网址"),
    ("not_proactive", "公开属性不是主动公开"),
    ("not_ready", "不符合发布要求"),
    ("number_from_text", "文号取自正文"),
    ("number_year_apart", "文号年份与日期不符"),
    ("numbers_differ", "文号与正文不一致"),
    ("question_marks", "成串的问号"),
    ("record_differs", "与已有记录不一致"),
    ("refused", "不能导入"),
    ("repeated_address", "同一地址有多条记录"),
    ("repeated_document_number", "文号重复"),
    ("repeated_headings", "重复的表头"),
    ("repeated_index_number", "索引号重复"),
    ("reworded", "文字经过改写"),
    ("several_numbers", "有多个文号"),
    ("source_changed", "来源内容有变化"),
    ("stray_index", "索引号位置不明"),
    ("title_differs", "标题不一致"),
    ("title_is_note", "没有正式标题"),
    ("title_missing", "没有标题"),
    ("traditional", "疑为仿冒页面（繁体）"),
    ("two_values", "同一项有两个值"),
    ("undecodable", "编码有误"),
    ("unexpected", "系统出错"),
    ("unknown_disclosure_class", "公开属性不明"),
    ("unknown_shape", "不认识的记录形式"),
    ("unlabelled_values", "页头没有标签"),
    ("unreadable_date", "日期无法读取"),
    ("unreadable_file", "文件无法读取"),
    ("written_after_published", "成文晚于发布"),
    ("written_next_day", "成文比发布晚一天"),
];

/// 2018年3月11日 for a stored date; the text itself where it is none.
pub fn date(text: &str) -> String {
    match text.parse::<jiff::civil::Date>() {
        Ok(date) => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        Err(_) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_is_a_chinese_sentence_without_latin_letters() {
        use PublicationRefusal as P;
        let steps = [
            P::NeverLive,
            P::Withdrawn,
            P::AlreadyLive,
            P::AlreadyScheduled,
            P::NotScheduled,
            P::PastEdition,
            P::EditionAlreadyOpen,
            P::EditionNotLive,
        ];
        let lists = [
            Shortcoming::NoTitle,
            Shortcoming::NoDisclosureClass,
            Shortcoming::NotProactive,
            Shortcoming::Empty,
            Shortcoming::NoAttachment,
            Shortcoming::FieldMissing { field: "title".to_owned() },
            Shortcoming::NoChangeNote,
            Shortcoming::WrittenAfterPublication,
            Shortcoming::Backdated,
        ];
        let keeper = crate::document::Keeper { object_kind: "report".to_owned(), object_id: "1".to_owned() };
        let others = [Refusal::NotReady(lists.to_vec()), Refusal::Kept(keeper)];
        let refusals = steps.into_iter().map(Refusal::Step).chain(others);
        for sentence in refusals.map(|r| refusal(&r)) {
            assert!(sentence.chars().count() > 4, "{sentence}");
            assert!(!sentence.chars().any(|c| c.is_ascii_alphabetic()), "{sentence}");
        }
    }

    #[test]
    fn dates_are_written_out() {
        assert_eq!(date("2018-03-11"), "2018年3月11日");
        assert_eq!(date("不详"), "不详");
    }
}
