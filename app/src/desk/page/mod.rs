//! What every page of the desk shares: the shell with the person, the ways to the work, the word of what was just done,
//! and the page of trouble.

use std::sync::Arc;

use askama::Template;
use axum::http::StatusCode;
use rules::permission::Act;

use crate::portal::page::{AssetLinks, Link, SiteFace};

/// Everything around the content of a desk page.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The site.
    pub site: Arc<SiteFace>,
    /// Front-end files.
    pub assets: Arc<AssetLinks>,
    /// Title of the page.
    pub title: String,
    /// Path and query of this page.
    pub path: String,
    /// The way here, the page itself left out; the desk's home is always the first.
    pub crumbs: Vec<Link>,
    /// Who is signed in.
    pub person: Option<Person>,
    /// The ways to the work that this person may do.
    pub nav: Vec<NavItem>,
    /// Messages not read yet.
    pub n_unread: i64,
    /// Token for the forms of this page.
    pub csrf: String,
    /// What was just done.
    pub notice: Option<Notice>,
    /// The page of the manual that helps here.
    pub help: Option<Link>,
    /// Whether the page loads the editor.
    pub with_editor: bool,
}

/// Who is signed in, as the shell shows it.
#[derive(Debug, Clone)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Roles, in words.
    pub roles: String,
}

/// What was just done, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice(pub String);

/// A way to some work.
#[derive(Debug, Clone)]
pub struct NavItem {
    /// Heading under which it stands.
    pub group: &'static str,
    /// What it is called.
    pub text: &'static str,
    /// Where it leads.
    pub href: &'static str,
    /// Who sees it: whoever may do one of these; everybody where there is none.
    pub acts: &'static [Act],
    /// Whether this page belongs to it.
    pub is_here: bool,
}

/// Group, text, address, who sees it. The order is the order on the page.
const NAV: &[(&str, &str, &str, &[Act])] = &[
    ("我的工作", "首页", "/desk", &[]),
    ("我的工作", "信息", "/desk/documents", &[Act::ReadDrafts]),
    (
        "我的工作",
        "审核",
        "/desk/reviews",
        &[Act::Review, Act::ReviewSecrecy, Act::SignOff, Act::Publish, Act::ConfirmWithdrawal],
    ),
    ("我的工作", "栏目更新", "/desk/columns", &[Act::ReadDrafts, Act::Supervise]),
    ("我的工作", "日历", "/desk/calendar", &[]),
    ("我的工作", "消息", "/desk/messages", &[]),
    ("检查", "检查结果", "/desk/findings", &[Act::ReadDrafts, Act::Supervise]),
    ("检查", "词库", "/desk/words", &[Act::ManageWordList]),
    ("检查", "导入与核对", "/desk/admin/imports", &[Act::ImportRecords]),
    ("台账", "政务服务事项", "/desk/registers/service-items", &[Act::KeepRegister]),
    ("台账", "办件", "/desk/registers/service-cases", &[Act::KeepRegister]),
    ("台账", "政务微信文章", "/desk/registers/wechat-articles", &[Act::KeepRegister]),
    ("台账", "公开栏与显示屏", "/desk/registers/notice-places", &[Act::KeepRegister]),
    ("台账", "依申请公开", "/desk/registers/disclosure-requests", &[Act::KeepRegister]),
    ("台账", "行政复议、行政诉讼", "/desk/registers/remedies", &[Act::KeepRegister]),
    ("台账", "建议提案", "/desk/registers/proposals", &[Act::KeepProposal, Act::KeepRegister]),
    ("台账", "培训和测试", "/desk/registers/trainings", &[Act::KeepRegister]),
    ("台账", "公开工作经费", "/desk/registers/finances", &[Act::KeepRegister]),
    (
        "年报",
        "年度报告",
        "/desk/annual-reports",
        &[Act::WriteReport, Act::AnswerReport, Act::SignReport, Act::Supervise],
    ),
    ("管理", "站点", "/desk/admin/site", &[Act::ManageSite]),
    ("管理", "机构", "/desk/admin/organs", &[Act::ManageOrgan]),
    ("管理", "栏目", "/desk/admin/columns", &[Act::ManageColumn]),
    ("管理", "人员", "/desk/admin/staff", &[Act::ManageAccount, Act::GrantRole, Act::ManageSession]),
    ("管理", "内容类型", "/desk/admin/content-types", &[Act::ManageColumn, Act::ManageSite]),
    ("管理", "工作日历", "/desk/admin/calendar", &[Act::ManageCalendar]),
    ("管理", "留痕", "/desk/admin/audit", &[Act::ReadAudit]),
    ("管理", "后台任务", "/desk/admin/jobs", &[Act::ManageJob]),
    ("管理", "运行状况", "/desk/admin/health", &[Act::ManageJob]),
];

/// Every way to some work, with the one that leads to `path` marked: the longest address that `path` begins with.
pub fn nav(path: &str) -> Vec<NavItem> {
    let path = path.split('?').next().unwrap_or_default();
    let holds = |href: &str| path == href || (href != "/desk" && path.starts_with(&format!("{href}/")));
    let here =
        NAV.iter().map(|(_, _, href, _)| *href).filter(|href| holds(href)).max_by_key(|href| href.len());
    NAV.iter()
        .map(|(group, text, href, acts)| NavItem { group, text, href, acts, is_here: here == Some(*href) })
        .collect()
}

impl Layout {
    /// A page without a person.
    pub fn empty(site: Arc<SiteFace>, assets: Arc<AssetLinks>, title: String, path: String) -> Layout {
        Layout {
            site,
            assets,
            title,
            path,
            crumbs: Vec::new(),
            person: None,
            nav: Vec::new(),
            n_unread: 0,
            csrf: String::new(),
            notice: None,
            help: None,
            with_editor: false,
        }
    }

    /// The same page with the way that leads to it.
    #[must_use]
    pub fn under(mut self, crumbs: &[(&str, &str)]) -> Layout {
        self.crumbs = crumbs.iter().map(|(text, href)| Link::new(*text, *href)).collect();
        self
    }

    /// The same page with the page of the manual that helps on it: file and heading under `/desk/manual/`.
    #[must_use]
    pub fn helped_by(mut self, page: &str) -> Layout {
        self.help = Some(Link::new("本页帮助", format!("/desk/manual/{page}")));
        self
    }

    /// The ways to the work by their headings.
    pub fn nav_groups(&self) -> Vec<(&'static str, Vec<&NavItem>)> {
        let mut groups: Vec<(&'static str, Vec<&NavItem>)> = Vec::new();
        for item in &self.nav {
            match groups.last_mut() {
                Some((group, items)) if *group == item.group => items.push(item),
                _ => groups.push((item.group, vec![item])),
            }
        }
        groups
    }
}

/// Why a page is not the one that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// There is no such thing that this person may see.
    NotFound,
    /// No role of this person reaches it.
    Forbidden,
    /// The rules say no.
    Refused,
    /// Somebody was faster.
    Conflict,
    /// The form is not of this session.
    Stale,
    /// Our fault.
    Broken,
}

impl Trouble {
    /// Heading of the page.
    pub fn title(self) -> &'static str {
        match self {
            Trouble::NotFound => "没有找到",
            Trouble::Forbidden => "没有权限",
            Trouble::Refused => "不能办理",
            Trouble::Conflict => "内容已被他人修改",
            Trouble::Stale => "页面已过期",
            Trouble::Broken => "系统出错",
        }
    }

    /// What it means and what to do.
    pub fn advice(self) -> &'static str {
        match self {
            Trouble::NotFound => "这一页不存在，或者不在您的职责范围内。请从左侧重新进入。",
            Trouble::Forbidden => "您的岗位不能办理这一事项。如果需要，请联系安全管理员授予岗位。",
            Trouble::Refused => "请按上面的说明处理后再试，没有做任何更改。",
            Trouble::Conflict => "您的更改没有保存。请返回并刷新页面，核对对方的更改后再提交。",
            Trouble::Stale => {
                "为防止他人冒用，这张表单已经失效，没有做任何更改。请返回上一页，刷新后再提交。"
            }
            Trouble::Broken => "没有做任何更改。请稍后再试；如果仍然出错，请把下面的编号告诉管理员。",
        }
    }

    /// Status of the answer.
    pub fn status(self) -> StatusCode {
        match self {
            Trouble::NotFound => StatusCode::NOT_FOUND,
            Trouble::Forbidden | Trouble::Stale => StatusCode::FORBIDDEN,
            Trouble::Refused => StatusCode::UNPROCESSABLE_ENTITY,
            Trouble::Conflict => StatusCode::CONFLICT,
            Trouble::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// The page of trouble.
#[derive(Template)]
#[template(path = "desk/page/trouble.html")]
pub struct TroublePage {
    /// The shell.
    pub layout: Layout,
    /// What kind it is.
    pub trouble: Trouble,
    /// The sentence of a refusal.
    pub detail: String,
    /// The number under which the log has the cause.
    pub request_number: Option<String>,
    /// Where it can be done instead.
    pub way_out: Option<Link>,
}

#[cfg(test)]
mod tests {
    use super::nav;

    #[test]
    fn exactly_the_nearest_way_is_marked() {
        for (path, here) in [
            ("/desk", Some("/desk")),
            ("/desk/documents?page=2", Some("/desk/documents")),
            ("/desk/documents/1/compare", Some("/desk/documents")),
            ("/desk/admin/imports/new", Some("/desk/admin/imports")),
            ("/desk/documentsx", None),
            ("/desk/account/password", None),
        ] {
            let marked: Vec<&str> =
                nav(path).iter().filter(|item| item.is_here).map(|item| item.href).collect();
            assert_eq!(marked, here.into_iter().collect::<Vec<_>>(), "{path}");
        }
    }
}
