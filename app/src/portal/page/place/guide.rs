//! Guides (办事指南) by organ, and one of them.
//!
//! It shows what the register of service items says; it accepts no applications.

use askama::Template;

use crate::portal::page::{Day, Layout, Link};

/// One item in the list.
#[derive(Debug, Clone)]
pub struct GuideEntry {
    /// Name and `/service-items/{item_id}`.
    pub link: Link,
    /// 行政许可, 公共服务 …
    pub kind: String,
}

/// The items of an organ.
#[derive(Debug, Clone)]
pub struct GuideGroup {
    /// Code of the organ.
    pub code: String,
    /// Its name.
    pub organ: String,
    /// Its items.
    pub entries: Vec<GuideEntry>,
}

/// `/service-items`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/page/place/guides.html")]
pub struct GuidesPage {
    /// Around the content.
    pub layout: Layout,
    /// Items in all.
    pub total: usize,
    /// By organ.
    pub groups: Vec<GuideGroup>,
}

/// `/service-items/{item_id}`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/page/place/guide.html")]
pub struct GuidePage {
    /// Around the content; the title is the item's name.
    pub layout: Layout,
    /// 行政许可, 公共服务 …
    pub kind: String,
    /// Its code.
    pub code: String,
    /// The organ that answers for it.
    pub organ: Option<Link>,
    /// Its last day in the catalogue, once it is over.
    pub ended_on: Option<Day>,
    /// Head and words of what fits in a line.
    pub facts: Vec<(&'static str, String)>,
    /// Head and paragraphs of what does not.
    pub parts: Vec<(&'static str, Vec<String>)>,
    /// Where it is done online.
    pub online_address: Option<String>,
}

impl GuidePage {
    /// Whether words are one telephone number and nothing else, so that a telephone can dial it.
    fn is_phone(&self, words: &str) -> bool {
        let n_digits = words.chars().filter(char::is_ascii_digit).count();
        (7..=13).contains(&n_digits) && words.chars().all(|c| c.is_ascii_digit() || c == '-')
    }
}
