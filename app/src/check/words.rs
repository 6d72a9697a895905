//! The Chinese words for findings: what is wrong, why it matters (with the provision or standard), how to mend it. One
//! place, so that editor, review, lists and letters say the same.

use rules::{
    check::{Cleaning, Code, Detail, Finding, Mend, Place},
    numbering::DocumentNumberFaultKind as Fault,
};

use crate::words::field_label;

/// A name for the rule.
pub fn label(code: Code) -> &'static str {
    match code {
        Code::SecrecyMark => "密级标志",
        Code::InternalMark => "内部标志",
        Code::IdentityNumber => "身份证号",
        Code::MobileNumber => "手机号码",
        Code::BankCard => "银行卡号",
        Code::RequiredField => "必填项",
        Code::NumberForm => "文号格式",
        Code::NumberTaken => "文号重复",
        Code::AttachmentMissing => "缺少附件",
        Code::AttachmentUnnamed => "附件未提及",
        Code::HiddenContent => "隐藏内容",
        Code::AuthorMetadata => "作者信息",
        Code::UnreadableFile => "附件无法读取",
        Code::DeadLink => "死链",
        Code::OutsideLink => "外链",
        Code::WrongWord => "错别字",
        Code::ForbiddenWord => "禁用词",
        Code::SensitiveWord => "敏感表述",
        Code::LeaderTitle => "领导职务",
        Code::LeaderName => "领导姓名",
        Code::LeaderOrder => "领导排序",
        Code::ImpossibleDate => "日期不存在",
        Code::BasisLater => "依据晚于本文",
        Code::ExpiresBeforeInForce => "有效期早于施行",
        Code::InForceBeforeWritten => "施行早于成文",
        Code::SignedDate => "落款日期",
        Code::NumberYear => "文号年份",
        Code::TableSum => "表格合计",
        Code::Percentage => "百分比",
        Code::TitleLength => "标题长短",
        Code::TitleForm => "标题格式",
        Code::TitlePattern => "标题要素",
        Code::SummaryLength => "概述过长",
        Code::SummaryRepeatsTitle => "概述同标题",
        Code::PictureWithoutText => "图片说明",
        Code::HeadingSkipped => "标题层级",
        Code::TableWithoutHead => "表头",
        Code::NearDuplicate => "内容相近",
        Code::LatePublication => "超过公开时限",
        Code::MixedPunctuation => "半角标点",
        Code::RepeatedPunctuation => "标点重复",
    }
}

/// What is wrong, in one sentence.
pub fn sentence(finding: &Finding) -> String {
    let excerpt = short(&finding.excerpt);
    match &finding.detail {
        Detail::None => plain(finding.code, &excerpt),
        Detail::Value(value) => with_value(finding.code, &excerpt, value),
        Detail::Figures { stated, expected } => with_figures(finding.code, &excerpt, stated, expected),
        Detail::Faults(faults) => {
            let faults: Vec<&str> = faults.iter().copied().map(fault).collect();
            format!("文号“{excerpt}”不规范：{}。", faults.join("，"))
        }
        Detail::Count(count) => with_count(finding.code, &excerpt, *count),
        Detail::Late { basis, limit, due_on, by } => format!(
            "成文日期距今已超过{limit}个工作日，公开期限为{}（{basis}），已逾期{by}个工作日。",
            crate::words::date(due_on)
        ),
    }
}

fn plain(code: Code, excerpt: &str) -> String {
    match code {
        Code::SecrecyMark => format!("带有密级标志“{excerpt}”，不得在本系统存放、发布。"),
        Code::InternalMark => format!("带有内部标志“{excerpt}”。"),
        Code::IdentityNumber => format!("含有公民身份号码“{excerpt}”。"),
        Code::MobileNumber => format!("含有手机号码“{excerpt}”。"),
        Code::BankCard => format!("含有银行卡号“{excerpt}”。"),
        Code::AttachmentUnnamed => format!("正文没有提到附件“{excerpt}”。"),
        Code::DeadLink => format!("链接“{excerpt}”指向本站不存在的页面。"),
        Code::ForbiddenWord => format!("“{excerpt}”属于禁用词。"),
        Code::SensitiveWord => format!("“{excerpt}”属于需要核对的表述。"),
        Code::LeaderOrder => format!("“{excerpt}”的排序与领导名单不一致。"),
        Code::ImpossibleDate => format!("“{excerpt}”不是存在的日期。"),
        Code::ExpiresBeforeInForce => "有效期截止日期早于施行日期。".to_owned(),
        Code::InForceBeforeWritten => "施行日期早于成文日期。".to_owned(),
        Code::TitleForm => format!("标题“{excerpt}”的首尾有标点或者中间有多余的空格。"),
        Code::TitlePattern => "标题没有写明事由或者文种（关于……的通知）。".to_owned(),
        Code::SummaryRepeatsTitle => "内容概述只是重复标题。".to_owned(),
        Code::PictureWithoutText => "图片没有替代文字。".to_owned(),
        Code::TableWithoutHead => format!("表格没有表头（从“{excerpt}”开始）。"),
        Code::RepeatedPunctuation => format!("标点“{excerpt}”重复。"),
        other => format!("{}：“{excerpt}”。", label(other)),
    }
}

fn with_value(code: Code, excerpt: &str, value: &str) -> String {
    match code {
        Code::RequiredField => format!("缺少必填项“{}”。", field_label(value)),
        Code::NumberTaken => format!("文号“{excerpt}”已用于《{value}》。"),
        Code::AttachmentMissing => format!("正文提到“{value}”，但没有上传这个附件。"),
        Code::HiddenContent | Code::AuthorMetadata => format!("{value}。"),
        Code::UnreadableFile => format!("附件没有检查：{value}。"),
        Code::OutsideLink => format!("链接“{excerpt}”指向站外地址{value}。"),
        Code::WrongWord => format!("“{excerpt}”应为“{value}”。"),
        Code::ForbiddenWord | Code::SensitiveWord => format!("“{excerpt}”：{value}。"),
        Code::LeaderTitle => format!("“{excerpt}”与领导名单不一致，名单上的职务是“{value}”。"),
        Code::LeaderName => format!("“{excerpt}”与领导名单不一致，名单上的姓名是“{value}”。"),
        Code::LeaderOrder => format!("“{excerpt}”的排序与领导名单不一致，名单上的顺序是{value}。"),
        Code::MixedPunctuation => format!("中文中用了半角标点“{excerpt}”，应为“{value}”。"),
        other => format!("{}：“{excerpt}”（{value}）。", label(other)),
    }
}

fn with_figures(code: Code, excerpt: &str, stated: &str, expected: &str) -> String {
    match code {
        Code::TableSum => format!("“{excerpt}”写的是{stated}，各项相加是{expected}。"),
        Code::Percentage => format!("“{excerpt}”中的{stated}，按前后两个数计算是{expected}。"),
        Code::BasisLater => {
            format!("本文成文于{}，引用的“{excerpt}”却是{expected}的文件。", crate::words::date(stated))
        }
        Code::SignedDate => format!("落款日期“{excerpt}”与成文日期{}不一致。", crate::words::date(expected)),
        Code::NumberYear => format!("文号的年份是{stated}，成文日期的年份是{expected}。"),
        other => format!("{}：“{excerpt}”写的是{stated}，应为{expected}。", label(other)),
    }
}

fn with_count(code: Code, excerpt: &str, count: usize) -> String {
    match code {
        Code::TitleLength if count < 5 => format!("标题只有{count}个字，看不出内容。"),
        Code::TitleLength => format!("标题有{count}个字，过长。"),
        Code::SummaryLength => format!("内容概述有{count}个字，过长。"),
        Code::HeadingSkipped => format!("标题“{excerpt}”跳过了{count}级。"),
        Code::NearDuplicate => format!("与已发布的《{excerpt}》有{count}%的内容相同。"),
        other => format!("{}：“{excerpt}”（{count}）。", label(other)),
    }
}

/// Why it matters, with the provision or standard.
pub fn why(code: Code) -> &'static str {
    match code {
        Code::SecrecyMark => {
            "《中华人民共和国保守国家秘密法》第三十一条：不得在未采取有效保密措施的信息系统中存储、处理国家秘密；发布前须经保密审查（第三十五条）。"
        }
        Code::InternalMark => {
            "《中华人民共和国政府信息公开条例》第十六条、第十七条：内部事务信息、过程性信息可以不予公开，公开前须经审查。"
        }
        Code::IdentityNumber | Code::MobileNumber | Code::BankCard => {
            "《中华人民共和国个人信息保护法》第五十一条；国办发〔2018〕23号：公开政府信息时，对个人信息作去标识化处理。"
        }
        Code::RequiredField => "《政府信息公开目录系统实施指引（试行）》：信息目录须有完整的著录项。",
        Code::NumberForm => {
            "《党政机关公文格式》（GB/T 9704—2012）7.2.5：发文字号由发文机关代字、年份和顺序号组成，年份用六角括号括入，顺序号不编虚位、不加“第”字。"
        }
        Code::NumberTaken => "一个发文字号只对应一件公文，重复会使查询、引用和依申请答复出错。",
        Code::AttachmentMissing | Code::AttachmentUnnamed => {
            "《党政机关公文格式》（GB/T 9704—2012）7.3.4：附件说明须与附件一致；附件是公文的组成部分。"
        }
        Code::HiddenContent => {
            "批注、修订和隐藏的行、列、工作表随文件一起公开，可能泄露未定稿的意见或者个人信息。"
        }
        Code::AuthorMetadata => "文件属性里的姓名等属于个人信息（《中华人民共和国个人信息保护法》第四条）。",
        Code::UnreadableFile => "扫描件、加密文件和图片里的身份证号、密级标志等，只能由人检查。",
        Code::DeadLink => "国办秘函〔2019〕19号：链接不可用按个扣分。",
        Code::OutsideLink => {
            "国办秘函〔2019〕19号：链接到反动、暴力、色情等内容单项否决；站外页面的内容会变。"
        }
        Code::WrongWord => "国办秘函〔2019〕19号：表述错误、错别字扣分，严重表述错误单项否决。",
        Code::ForbiddenWord | Code::SensitiveWord => "国办秘函〔2019〕19号：严重表述错误单项否决。",
        Code::LeaderTitle | Code::LeaderName | Code::LeaderOrder => {
            "领导姓名、职务和排序错误属于严重表述错误（国办秘函〔2019〕19号）。"
        }
        Code::ImpossibleDate
        | Code::BasisLater
        | Code::ExpiresBeforeInForce
        | Code::InForceBeforeWritten
        | Code::SignedDate
        | Code::NumberYear => "日期互相矛盾会使公文的效力存疑；时效由这些日期计算。",
        Code::TableSum | Code::Percentage => "公开的数据须准确，《中华人民共和国政府信息公开条例》第六条。",
        Code::TitleLength | Code::TitleForm | Code::TitlePattern => {
            "《党政机关公文处理工作条例》第九条：标题由发文机关名称、事由和文种组成。"
        }
        Code::SummaryLength | Code::SummaryRepeatsTitle => {
            "《政府信息公开目录系统实施指引（试行）》：内容概述用来在目录中说明信息的主要内容。"
        }
        Code::PictureWithoutText | Code::HeadingSkipped | Code::TableWithoutHead => {
            "《信息技术 互联网内容无障碍可访问性技术要求与测试方法》（GB/T 37668—2019）：读屏软件依靠替代文字、标题层级和表头。"
        }
        Code::NearDuplicate => "同一信息重复发布，读者难辨哪一件有效。",
        Code::LatePublication => {
            "《中华人民共和国政府信息公开条例》第二十六条：自政府信息形成或者变更之日起二十个工作日内公开；许可、处罚结果七个工作日（国办发〔2017〕94号）。"
        }
        Code::MixedPunctuation | Code::RepeatedPunctuation => "《标点符号用法》（GB/T 15834—2011）。",
    }
}

/// How to mend it.
pub fn how(code: Code) -> &'static str {
    match code {
        Code::SecrecyMark => "立即停止处理，删除本稿和附件，并报告保密工作机构。",
        Code::InternalMark => "确认可以公开并去掉标志；不能公开的，不要发布。",
        Code::IdentityNumber | Code::MobileNumber | Code::BankCard => {
            "打码或者删去；附件请修改后重新上传。确需公开的（如公示的办公电话），写明理由。"
        }
        Code::RequiredField => "填写这一项。",
        Code::NumberForm => "按公文原件改正；原件就是这样的，写明理由。",
        Code::NumberTaken => "核对文号；确是同一件公文的，改为更正原有信息。",
        Code::AttachmentMissing => "上传这个附件，或者改正正文中的附件说明。",
        Code::AttachmentUnnamed => "在正文末尾写明附件名称，或者去掉这个附件。",
        Code::HiddenContent => "接受或者拒绝全部修订，删除批注，取消隐藏后另存，重新上传。",
        Code::AuthorMetadata => "在“文件—检查文档”中删除属性和个人信息后重新上传。",
        Code::UnreadableFile => "逐页看过，并尽量换成可以检索的文件。",
        Code::DeadLink => "改正链接地址，或者去掉链接。",
        Code::OutsideLink => "打开链接核对内容。",
        Code::WrongWord => "改正；确实无误的（如引文、名称），写明理由。",
        Code::ForbiddenWord => "换一种说法；引文等确需使用的，写明理由。",
        Code::SensitiveWord => "对照规范表述核对。",
        Code::LeaderTitle | Code::LeaderName => "对照领导名单改正；名单已过时的，请更新名单。",
        Code::LeaderOrder => "按领导名单调整次序。",
        Code::ImpossibleDate => "改正日期。",
        Code::BasisLater => "核对成文日期和引用文件的文号、日期。",
        Code::ExpiresBeforeInForce | Code::InForceBeforeWritten => "核对成文、施行、有效期三个日期。",
        Code::SignedDate => "以公文原件的落款为准，改正其中一处。",
        Code::NumberYear => "核对文号和成文日期。",
        Code::TableSum => "核对合计和各项数字。",
        Code::Percentage => "核对百分比和两个数。",
        Code::TitleLength | Code::TitlePattern => "写成“关于……的通知”等形式，一句话说清内容。",
        Code::TitleForm => "去掉首尾的标点和多余的空格。",
        Code::SummaryLength => "压缩到三百字以内。",
        Code::SummaryRepeatsTitle => "用一两句话说明主要内容，或者留空。",
        Code::PictureWithoutText => "写一句话说明图片的内容；图片是文字的，写出全文。",
        Code::HeadingSkipped => "逐级使用标题。",
        Code::TableWithoutHead => "把第一行设为表头。",
        Code::NearDuplicate => "确是同一信息的，更正原有信息，不要另发。",
        Code::LatePublication => "尽快发布，并写明原因；成文日期有误的，请改正。",
        Code::MixedPunctuation => "换成全角标点。",
        Code::RepeatedPunctuation => "去掉多余的标点。",
    }
}

/// The words of the button that mends.
pub fn mend(mend: &Mend, detail: &Detail) -> String {
    match (mend, detail) {
        (Mend::Replace(text) | Mend::SetField { value: text, .. }, _) if text.is_empty() => "删去".to_owned(),
        (Mend::Replace(text), _) => format!("改为“{}”", short(text)),
        (Mend::SetField { value, .. }, Detail::Value(right)) if value.contains(right.as_str()) => {
            format!("改为“{}”", short(right))
        }
        (Mend::SetField { value, .. }, _) => format!("改为“{}”", short(value)),
        (Mend::HeadingLevel(level), _) => format!("改为{}级标题", level.saturating_sub(1).max(1)),
        (Mend::HeadRow, _) => "第一行设为表头".to_owned(),
        (Mend::CleanFile(Cleaning::Metadata), _) => "从文件中去掉".to_owned(),
        (Mend::CleanFile(Cleaning::Remarks), _) => "从文件中去掉批注".to_owned(),
        (Mend::CleanFile(Cleaning::Changes), _) => "接受全部修订".to_owned(),
    }
}

/// A place in words.
pub fn place(place: &Place) -> String {
    match place {
        Place::Record => "全文".to_owned(),
        Place::Field { field, .. } => field_label(field).to_owned(),
        Place::Block { block, .. } => format!("正文第{}段", block + 1),
        Place::Picture { picture } => format!("第{}幅图片", picture + 1),
        Place::Attachment { name, at } => format!("附件“{name}”{at}"),
    }
}

fn fault(fault: Fault) -> &'static str {
    match fault {
        Fault::Blank => "没有填写",
        Fault::WrongBrackets => "年份应当用六角括号〔〕",
        Fault::LeadingZero => "顺序号前不编虚位",
        Fault::OrdinalPrefix => "顺序号前不加“第”",
        Fault::ShortYear => "年份应当写全四位",
        Fault::Spaces => "中间有空格",
        Fault::MissingSuffix => "末尾缺“号”",
        Fault::FullWidthDigits => "数字应当用半角",
        Fault::TraditionalCharacters => "含有繁体字",
        Fault::ExtraText => "前后有多余的文字",
        Fault::Damaged => "年份括号缺失，年份和顺序号连在一起",
        Fault::NoOrganMark => "缺少发文机关代字",
        Fault::Unreadable => "无法识别",
    }
}

/// At most forty characters of a text, in one line.
fn short(text: &str) -> String {
    kit_text::width::truncate_chars(&kit_text::width::squeeze_blanks(text), 40)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_details() -> Vec<Detail> {
        vec![
            Detail::None,
            Detail::Value("title".to_owned()),
            Detail::Figures { stated: "1".to_owned(), expected: "2".to_owned() },
            Detail::Faults(vec![Fault::WrongBrackets]),
            Detail::Count(3),
            Detail::Late { basis: "依据".to_owned(), limit: 20, due_on: "2026-03-01".to_owned(), by: 2 },
        ]
    }

    #[test]
    fn every_finding_says_what_why_and_how_in_whole_sentences() {
        for code in Code::ALL {
            for detail in all_details() {
                let said = sentence(&Finding::new(*code, Place::Record, "原文").detail(detail));
                assert!(said.ends_with('。') && said.chars().count() > 5, "{said}");
            }
            assert!(why(*code).ends_with('。') && how(*code).ends_with('。'), "{code:?}");
            assert!((2..=8).contains(&label(*code).chars().count()), "{code:?}");
            assert!(!why(*code).chars().any(|c| c.is_ascii_lowercase()), "{code:?}");
        }
    }

    #[test]
    fn long_excerpts_are_cut_in_sentences_and_buttons() {
        let long = "长".repeat(100);
        let finding =
            Finding::new(Code::WrongWord, Place::Record, &long).detail(Detail::Value("短".to_owned()));
        assert!(sentence(&finding).chars().count() < 60);
        assert!(mend(&Mend::Replace(long), &Detail::None).chars().count() < 50);
    }
}
