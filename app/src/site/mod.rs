//! Sites (站点): the tenants of one installation, each chosen by the host name of the request.
//!
//! A site carries what every page of it must say of itself: name, domain, 网站标识码 (《政府网站发展指引》 annex, page tags
//! SiteName, SiteDomain, SiteIDCode), contact block and footer items. It does not know its columns or organs.

pub mod actions;
pub mod queries;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::{
    id::SiteId,
    reference::{FooterItem, FooterValue, Reference},
};

/// What an administrator sets of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Short code used by commands and in file names: lower-case letters, digits, hyphens.
    pub code: String,
    /// Full name (网站名称, page tag SiteName).
    pub name: String,
    /// Short name for narrow places.
    pub short_name: String,
    /// One line that says what this place is.
    #[serde(default)]
    pub tagline: String,
    /// Domain (page tag SiteDomain).
    pub domain: String,
    /// Further host names under which the site answers.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// 网站标识码: ten characters, the first six the region code (page tag SiteIDCode).
    pub identification_code: String,
    /// Region code, six digits (GB/T 2260).
    pub region_code: String,
    /// Organisation code of the publisher in index numbers, nine characters.
    pub organ_code: String,
    /// How index numbers are composed, for example `{org}-{year}-{serial:5}`.
    pub index_number_pattern: String,
    /// Code of the theme in `reference/themes.toml`.
    pub theme: String,
    /// Whether all content is made up for showing the product (演示数据).
    #[serde(default)]
    pub demonstration: bool,
    /// Whether pages are shown in grey for a day of mourning.
    #[serde(default)]
    pub mourning: bool,
    /// How citizens reach the disclosure office.
    #[serde(default)]
    pub contact: Contact,
    /// What the foot of every page must show.
    #[serde(default)]
    pub footer: Footer,
}

impl Profile {
    /// The address in front of the paths of this site. A development host is reached over its port; a real one stands
    /// behind a proxy that speaks TLS.
    pub fn base_url(&self, port: u16) -> String {
        let domain = &self.domain;
        let local = domain.ends_with("localhost") || domain.starts_with("127.");
        if local { format!("http://{domain}:{port}") } else { format!("https://{domain}") }
    }
}

/// The contact block of the disclosure office (公开工作机构, Art. 12).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Contact {
    /// Name of the office.
    pub office: String,
    /// Address.
    pub address: String,
    /// Postcode.
    pub postcode: String,
    /// Telephone.
    pub phone: String,
    /// Fax.
    pub fax: String,
    /// E-mail.
    pub email: String,
    /// Office hours.
    pub hours: String,
}

/// Footer items of 《政府网站发展指引》: those that a site must fill in itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Footer {
    /// 主办单位.
    pub host_unit: String,
    /// 承办单位.
    pub operator: String,
    /// ICP备案编号.
    pub icp: String,
    /// 公安机关备案标识.
    pub public_security: String,
    /// Address of 我为政府网站找错.
    pub error_report: String,
}

/// A site as it stands in the database.
#[derive(Debug, Clone)]
pub struct Site {
    /// Identity.
    pub id: SiteId,
    /// What is set of it.
    pub profile: Profile,
}

/// What stands on letters of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LetterHead {
    /// 发文机关标志, for example 松岭区人民政府办公室文件.
    pub issuer_mark: String,
    /// 版记: who prints and how to reach them.
    pub registry: String,
}

/// Required items of the footer (《政府网站发展指引》) for which the site has not given anything.
pub fn missing_footer<'a>(reference: &'a Reference, profile: &Profile) -> Vec<&'a FooterItem> {
    let given = [
        ("report_errors", &profile.footer.error_report),
        ("site_id_code", &profile.identification_code),
        ("sponsor", &profile.footer.host_unit),
        ("icp_number", &profile.footer.icp),
        ("police_number", &profile.footer.public_security),
    ];
    let is_missing = |item: &&FooterItem| {
        let value = given.iter().find(|(code, _)| *code == item.code);
        item.required && item.value != FooterValue::None && value.is_some_and(|(_, value)| value.is_empty())
    };
    reference.footer_items.iter().filter(is_missing).collect()
}
