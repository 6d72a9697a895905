//! The Chinese words for the acts in the log and for the things acted on. A test walks the source for acts without words.

/// Code and words of every act, grouped as the filter shows them.
pub const WORDS: &[(&str, &str)] = &[
    ("document.create", "新建信息"),
    ("document.hand_over", "移交信息"),
    ("document.link", "关联信息"),
    ("document.move", "移动信息"),
    ("document.open_correction", "开始更正"),
    ("document.request", "申请撤回或废止"),
    ("document.decide_request", "答复撤回或废止申请"),
    ("document.withdraw", "撤回信息"),
    ("document.withdraw_emergency", "紧急撤回"),
    ("document.repeal", "标注废止"),
    ("document.restore", "恢复导出的信息"),
    ("edition.draft", "新建版本"),
    ("edition.edit", "修改版本"),
    ("edition.delete", "删除草稿"),
    ("edition.publish", "发布"),
    ("edition.schedule", "定时发布"),
    ("edition.unschedule", "取消定时"),
    ("edition.restore_step", "恢复版本步骤"),
    ("attachment.add", "添加附件"),
    ("attachment.clean", "清理附件"),
    ("attachment.remove", "移除附件"),
    ("attachment.rename", "附件改名"),
    ("review.submit", "提交审核"),
    ("review.approve", "审核通过"),
    ("review.return", "退回修改"),
    ("review.recall", "撤回提交"),
    ("review.pass_secrecy", "保密审查通过"),
    ("review.refuse_secrecy", "保密审查不通过"),
    ("review.sign", "签发"),
    ("review.publish", "审核后发布"),
    ("review.schedule", "审核后定时发布"),
    ("review.unschedule", "取消审核后的定时"),
    ("review.publish_emergency", "紧急发布"),
    ("review.review_afterwards", "紧急发布后补审"),
    ("review.text_changed", "审核中修改文字"),
    ("review.issue_link", "发出签批链接"),
    ("review.withdraw_link", "收回签批链接"),
    ("import.start", "开始导入"),
    ("import.accept", "采纳导入的信息"),
    ("import.reject", "不采纳导入的信息"),
    ("job.cancel", "取消后台任务"),
    ("job.retry", "重新运行后台任务"),
    ("job.delete", "删除后台任务"),
    ("finding.justify", "说明检查理由"),
    ("finding.unjustify", "收回检查理由"),
    ("word.add", "新增词条"),
    ("word.change", "修改词条"),
    ("word.remove", "删除词条"),
    ("word.import", "导入词条"),
    ("list.export", "导出清单"),
    ("register.import", "导入台账"),
    ("service_item.add", "登记政务服务事项"),
    ("service_item.add_many", "成批登记政务服务事项"),
    ("service_item.change", "更改政务服务事项"),
    ("service_item.end", "政务服务事项退出目录"),
    ("service_case.add", "登记办件"),
    ("service_case.add_many", "成批登记办件"),
    ("service_case.change", "更改办件"),
    ("service_case.close", "办结办件"),
    ("service_case.remove", "删除办件"),
    ("wechat_article.add", "登记政务微信文章"),
    ("wechat_article.change", "更改政务微信文章"),
    ("wechat_article.withdraw", "撤回政务微信文章"),
    ("notice_place.add", "登记公开栏、显示屏"),
    ("notice_place.change", "更改公开栏、显示屏"),
    ("notice_place.end", "停用公开栏、显示屏"),
    ("disclosure_request.add", "登记依申请公开"),
    ("disclosure_request.change", "修改依申请公开登记"),
    ("disclosure_request.close", "办结依申请公开"),
    ("disclosure_request.remove", "删除依申请公开登记"),
    ("remedy.add", "登记行政复议、诉讼"),
    ("remedy.change", "修改行政复议、诉讼登记"),
    ("remedy.close", "登记行政复议、诉讼结果"),
    ("remedy.remove", "删除行政复议、诉讼登记"),
    ("proposal.add", "登记建议提案"),
    ("proposal.change", "修改建议提案登记"),
    ("proposal.assign", "交办建议提案"),
    ("proposal.reply", "登记建议提案答复"),
    ("proposal.rate", "登记建议提案评价"),
    ("proposal.remove", "删除建议提案登记"),
    ("training.add", "登记培训或测试"),
    ("training.change", "修改培训或测试登记"),
    ("training.remove", "删除培训或测试登记"),
    ("training.set_participant", "登记参加人员"),
    ("training.remove_participant", "移出参加人员"),
    ("finance.add", "登记经费"),
    ("finance.change", "修改经费登记"),
    ("finance.remove", "删除经费登记"),
    ("report.create", "新建年报"),
    ("report.write", "编写年报"),
    ("report.declare", "说明年报统计数"),
    ("report.ask", "要求单位填报"),
    ("report.answer", "单位填报"),
    ("report.give_back", "退回单位填报"),
    ("report.submit", "年报提交签发"),
    ("report.take_back", "年报退回编写"),
    ("report.sign", "签发年报"),
    ("report.publish", "公开年报"),
    ("report.picture", "年报图片"),
    ("report.correct", "开始更正年报"),
    ("staff.sign_in", "登录"),
    ("staff.sign_in_failed", "登录失败"),
    ("staff.recovery_code_used", "使用恢复码"),
    ("staff.second_factor_set", "设置动态口令"),
    ("staff.second_factor_reset", "重置动态口令"),
    ("staff.password", "更改口令"),
    ("staff.session_end", "退出一处登录"),
    ("staff.sessions_end", "退出全部登录"),
    ("staff.create", "新增账号"),
    ("staff.import", "批量新增账号"),
    ("staff.change", "修改账号"),
    ("staff.close", "停用账号"),
    ("staff.reopen", "重新启用账号"),
    ("staff.unlock", "解除锁定"),
    ("staff.grant", "授予岗位"),
    ("staff.grant_end", "结束岗位"),
    ("organ.create", "新增机构"),
    ("organ.edit", "修改机构"),
    ("organ.change", "机构合并、拆分、更名"),
    ("column.create", "新增栏目"),
    ("column.edit", "修改栏目"),
    ("column.close", "关闭栏目"),
    ("column.set_review", "设置栏目审核"),
    ("site.create", "新增站点"),
    ("site.change", "修改站点设置"),
    ("site.letter_head", "设置文件版头"),
    ("site.set_review", "设置站点审核"),
    ("calendar.add", "增加日历通知"),
    ("calendar.change", "修改日历通知"),
    ("calendar.end", "停用日历通知"),
    ("audit.verify", "核查留痕"),
];

/// The words for an act.
pub fn words(code: &str) -> Option<&'static str> {
    WORDS.iter().find(|(known, _)| *known == code).map(|(_, words)| *words)
}

/// The word for a kind of thing acted on.
pub fn object_words(kind: &str) -> &'static str {
    match kind {
        "document" => "信息",
        "edition" => "版本",
        "attachment" => "附件",
        "account" => "账号",
        "organ" => "机构",
        "column" => "栏目",
        "site" => "站点",
        "list" => "清单",
        "audit" => "留痕",
        "calendar_notice" => "工作日历",
        "import" => "导入",
        "job" => "后台任务",
        "word" => "词条",
        "register" => "台账",
        "service_item" => "政务服务事项",
        "service_case" => "办件",
        "wechat_article" => "政务微信文章",
        "notice_place" => "公开栏、显示屏",
        "disclosure_request" => "依申请公开",
        "remedy" => "行政复议、诉讼",
        "proposal" => "建议提案",
        "training" => "培训和测试",
        "finance" => "经费",
        "report" => "年报",
        "review" | "case" | "link" => "审核",
        _ => "其他",
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::{WORDS, words};

    /// `object.verb` in quotes where an act is written: beside `action:`, beside `cx,`, or of an object that acts are known of.
    fn acts_in(text: &str, found: &mut BTreeSet<String>) {
        let objects: BTreeSet<&str> =
            WORDS.iter().filter_map(|(code, _)| Some(code.split_once('.')?.0)).collect();
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let mut before = "";
            for (at, part) in line.split('"').enumerate() {
                let plain =
                    |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
                let act = part.split_once('.').filter(|(object, verb)| plain(object) && plain(verb));
                if let Some((object, _)) = act.filter(|_| at % 2 == 1) {
                    let written =
                        before.trim_end().ends_with("action:") || before.trim_end().ends_with("cx,");
                    if written || objects.contains(object) {
                        found.insert(part.to_owned());
                    }
                }
                before = part;
            }
        }
    }

    fn walk(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if path.is_dir() && name != "tests" {
                walk(&path, found);
            } else if name.ends_with(".rs") && name != "tests.rs" && name != "action.rs" {
                let text = fs::read_to_string(&path).unwrap();
                acts_in(text.split("#[cfg(test)]\nmod tests {").next().unwrap(), found);
            }
        }
    }

    #[test]
    fn every_act_that_the_source_writes_has_chinese_words() {
        let mut found = BTreeSet::new();
        walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        assert!(found.contains("staff.close") && found.contains("edition.publish"), "{found:?}");
        let is_file = |code: &str| ["css", "js", "toml", "html", "svg"].iter().any(|end| code.ends_with(end));
        let missing: Vec<&String> =
            found.iter().filter(|code| words(code).is_none() && !is_file(code)).collect();
        assert!(missing.is_empty(), "no words in audit/action.rs for {missing:?}");
    }

    #[test]
    fn words_are_chinese_and_codes_are_there_once() {
        let codes: BTreeSet<&str> = WORDS.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes.len(), WORDS.len());
        assert!(WORDS.iter().all(|(_, words)| !words.is_ascii()));
    }
}
