//! What every public page shares: the site's face, the official page tags, the way home, the required foot.
//!
//! It carries no content of a page and asks nobody for data.

use super::Minute;

#[cfg(test)]
mod sample;

/// A text that leads somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What the reader sees.
    pub text: String,
    /// Where it leads.
    pub href: String,
}

impl Link {
    /// A link from its two parts.
    pub fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into() }
    }
}

/// The one main colour of a site, by its code in `reference/themes.toml` (《网页设计规范》: one main colour, three at most).
/// The styles are made from the same file; a code that they do not know is shown in the default colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme(String);

impl Theme {
    /// The theme of a code that can stand in `data-theme`: small letters and hyphens.
    pub fn from_code(code: &str) -> Option<Self> {
        let fits = |c: char| c.is_ascii_lowercase() || c == '-';
        (!code.is_empty() && code.chars().all(fits)).then(|| Self(code.to_owned()))
    }

    /// The code.
    pub fn code(&self) -> &str {
        &self.0
    }
}

impl Default for Theme {
    fn default() -> Self {
        Self("indigo".to_owned())
    }
}

/// Whom to ask, as the guide and the footer print it (Art. 12). Empty strings are not printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactBlock {
    /// The body that answers.
    pub organ: String,
    /// Office address.
    pub address: String,
    /// Postcode.
    pub postcode: String,
    /// Office hours.
    pub hours: String,
    /// Telephone.
    pub phone: String,
    /// Fax.
    pub fax: String,
    /// E-mail or another address on the net.
    pub email: String,
}

/// A filing number that the footer shows with its link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    /// The number as issued.
    pub number: String,
    /// The page of the authority that proves it.
    pub href: String,
}

/// The face of a site (tenant): the same on all its pages.
#[derive(Debug, Clone)]
pub struct SiteFace {
    /// Name of the site (SiteName).
    pub name: String,
    /// One line that says what this place is.
    pub tagline: String,
    /// Domain (SiteDomain).
    pub domain: String,
    /// Scheme and authority without a final slash; canonical addresses begin with it.
    pub base_url: String,
    /// 政府网站标识码 (SiteIDCode).
    pub id_code: String,
    /// The main colour.
    pub theme: Theme,
    /// Greyscale on days of mourning.
    pub mourning: bool,
    /// Whether all data are made up (演示数据).
    pub demonstration: bool,
    /// 主办单位.
    pub sponsor: String,
    /// 承办单位; may be empty.
    pub operator: String,
    /// The disclosure office and how to reach it.
    pub contact: ContactBlock,
    /// 党政机关网站标识, if issued.
    pub party_government_mark: Option<Filing>,
    /// 我为政府网站找错.
    pub error_report_href: Option<String>,
    /// ICP备案编号.
    pub icp: Option<Filing>,
    /// 公安机关备案标识.
    pub police: Option<Filing>,
}

/// Addresses of the built front-end files, from `manifest.json`.
#[derive(Debug, Clone)]
pub struct AssetLinks {
    /// `site.css`.
    pub style: String,
    /// `site.js`.
    pub script: String,
    /// `icon.svg`.
    pub icon: String,
    /// `desk.css`.
    pub desk_style: String,
    /// `desk.js`.
    pub desk_script: String,
    /// `editor.js`.
    pub editor_script: String,
}

/// 栏目标签 of home, column and article pages.
#[derive(Debug, Clone)]
pub struct ColumnTags {
    /// ColumnName.
    pub name: String,
    /// ColumnDescription.
    pub description: String,
    /// ColumnKeywords.
    pub keywords: String,
    /// ColumnType, one of the fixed list (首页, 政策文件, 信息公开目录 …).
    pub kind: String,
}

/// 内容页标签 of article pages. Empty strings are not printed.
#[derive(Debug, Clone)]
pub struct ArticleTags {
    /// ArticleTitle.
    pub title: String,
    /// PubDate.
    pub published: Minute,
    /// ContentSource.
    pub source: String,
    /// Keywords.
    pub keywords: String,
    /// Author.
    pub author: String,
    /// Description.
    pub description: String,
    /// Image, an absolute address.
    pub image: String,
}

/// Everything around the content of one page.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The site.
    pub site: std::sync::Arc<SiteFace>,
    /// Front-end files.
    pub assets: std::sync::Arc<AssetLinks>,
    /// Title of the page without the site's name; empty on the home page.
    pub title: String,
    /// Path and query of this page, as the canonical address has it.
    pub path: String,
    /// Senior mode is on for this reader.
    pub senior: bool,
    /// The way here from the home page, the page itself left out.
    pub crumbs: Vec<Link>,
    /// Column tags, where the page type wants them.
    pub column: Option<ColumnTags>,
    /// Article tags, where the page type wants them.
    pub article: Option<ArticleTags>,
    /// The feed of this page.
    pub feed: Option<Link>,
    /// What stands in the search field of the head.
    pub query: String,
    /// Search engines keep this page out (results, old versions, errors).
    pub noindex: bool,
}

impl Layout {
    /// A page with a title at a path; the rest is set where the page needs it.
    pub fn new(
        site: std::sync::Arc<SiteFace>,
        assets: std::sync::Arc<AssetLinks>,
        title: impl Into<String>,
        path: impl Into<String>,
    ) -> Self {
        Self {
            site,
            assets,
            title: title.into(),
            path: path.into(),
            senior: false,
            crumbs: Vec::new(),
            column: None,
            article: None,
            feed: None,
            query: String::new(),
            noindex: false,
        }
    }

    /// The main navigation: the routes every site has.
    pub fn nav(&self) -> Vec<Link> {
        NAV.iter().map(|(text, href)| Link::new(*text, *href)).collect()
    }

    /// Whether a navigation item is the page or the section it belongs to.
    pub fn is_here(&self, href: &str) -> bool {
        let path = self.path.split('?').next().unwrap_or_default();
        path == href || self.crumbs.iter().any(|crumb| crumb.href == href)
    }

    /// The whole title of the browser window.
    pub fn window_title(&self) -> String {
        if self.title.is_empty() {
            return self.site.name.clone();
        }
        format!("{} - {}", self.title, self.site.name)
    }

    /// The one lasting address of the page.
    pub fn canonical(&self) -> String {
        format!("{}{}", self.site.base_url, self.path)
    }

    /// Whether this is the home page, which has no way back and its own search field.
    pub fn is_home(&self) -> bool {
        self.path == "/"
    }

    /// The classes of the root element.
    pub fn root_class(&self) -> &'static str {
        match (self.senior, self.site.mourning) {
            (false, false) => "",
            (true, false) => "senior",
            (false, true) => "mourning",
            (true, true) => "senior mourning",
        }
    }
}

/// Text and path of the main navigation, in the order of the statutory row.
const NAV: [(&str, &str); 7] = [
    ("公开目录", "/catalogue"),
    ("重点领域", "/key-areas"),
    ("法定主动公开", "/statutory-items"),
    ("公开指南", "/disclosure-guide"),
    ("机构职能", "/institutions"),
    ("公开年报", "/annual-reports"),
    ("依申请公开", "/apply"),
];
