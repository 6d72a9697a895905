//! The words of a report that are no figures: names, dates, the contact block, from the site's settings and the year.

use kit_db::Tx;

use super::super::{Report, count::Counts};
use crate::{
    cx::Cx,
    error::{Error, Result},
    organ::{self, Organ},
    site::{self, Contact},
};

/// The words of a report.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Name of the site.
    pub site_name: String,
    /// The organ that reports.
    pub organ_name: String,
    /// Every organ of the site.
    pub organs: Vec<Organ>,
    domain: String,
    contact: Contact,
    year: i64,
    is_whole_site: bool,
    training_dates: String,
    test_dates: String,
    key_area_names: String,
}

/// What follows the name of a district in the name of its government.
const GOVERNMENT: &str = "人民政府";

impl Setting {
    /// Reads the words.
    ///
    /// # Errors
    /// Not found when the site or the organ is gone.
    pub fn read(tx: &mut Tx<'_>, cx: &Cx, report: &Report, counts: &Counts) -> Result<Setting> {
        let site = site::queries::by_id(tx, &cx.site_id)?.ok_or(Error::NotFound)?;
        let organs = organ::queries::all(tx, &cx.site_id)?;
        let speaks = |organ: &&Organ| {
            let kind = cx.reference.organ_kinds.get(&organ.kind);
            kind.is_some_and(|kind| kind.speaks_for_the_government)
        };
        let is_whole_site = report.organ_id.is_empty();
        let reporting = if is_whole_site {
            organs.iter().filter(speaks).min_by_key(|organ| organ.sort)
        } else {
            organs.iter().find(|organ| organ.id.0 == report.organ_id)
        };
        let organ_name = match reporting {
            Some(organ) => organ.name.clone(),
            None if is_whole_site => site.profile.name.clone(),
            None => return Err(Error::NotFound),
        };
        let areas = counts.by_area(cx.reference);
        let areas: Vec<String> = areas.into_iter().filter(|(_, n)| *n > 0).map(|(name, _)| name).collect();
        Ok(Setting {
            site_name: site.profile.name,
            organ_name,
            organs,
            domain: site.profile.domain,
            contact: site.profile.contact,
            year: report.year,
            is_whole_site,
            training_dates: dates(counts, "training"),
            test_dates: dates(counts, "test"),
            key_area_names: areas.join("、"),
        })
    }

    /// The name of the district for the whole site, of the organ for its own report.
    fn district(&self) -> &str {
        match self.organ_name.strip_suffix(GOVERNMENT) {
            Some(district) if self.is_whole_site && !district.is_empty() => district,
            _ => &self.organ_name,
        }
    }

    /// A word by its code; what the site has not set is said to be missing.
    pub fn word(&self, code: &str) -> Option<String> {
        let given = |text: &str| if text.is_empty() { "（未填）".to_owned() } else { text.to_owned() };
        Some(match code {
            "year" => self.year.to_string(),
            "next_year" => (self.year + 1).to_string(),
            "last_year" => (self.year - 1).to_string(),
            "from_date" => format!("{}年1月1日", self.year),
            "to_date" => format!("{}年12月31日", self.year),
            "site" => self.site_name.clone(),
            "domain" => self.domain.clone(),
            "organ" => self.organ_name.clone(),
            "district" => self.district().to_owned(),
            "we" => if self.is_whole_site { "我区" } else { "我单位" }.to_owned(),
            "office" => given(&self.contact.office),
            "address" => given(&self.contact.address),
            "postcode" => given(&self.contact.postcode),
            "phone" => given(&self.contact.phone),
            "email" => given(&self.contact.email),
            "training_dates" => self.training_dates.clone(),
            "test_dates" => self.test_dates.clone(),
            "key_area_names" => self.key_area_names.clone(),
            _ => return None,
        })
    }

    /// Codes and meanings of the words, for whoever writes.
    pub const WORDS: [(&'static str, &'static str); 18] = [
        ("year", "年度"),
        ("next_year", "下一年度"),
        ("last_year", "上一年度"),
        ("from_date", "统计期限的第一天"),
        ("to_date", "统计期限的最后一天"),
        ("site", "网站名称"),
        ("domain", "网站域名"),
        ("organ", "编制单位"),
        ("district", "地区名称（单位年报为单位名称）"),
        ("we", "自称"),
        ("office", "联系部门"),
        ("address", "地址"),
        ("postcode", "邮编"),
        ("phone", "电话"),
        ("email", "电子邮箱"),
        ("training_dates", "培训日期"),
        ("test_dates", "能力测试日期"),
        ("key_area_names", "发布过信息的重点领域"),
    ];

    /// The present name of an organ.
    pub fn organ(&self, id: &str) -> String {
        let organ = self.organs.iter().find(|organ| organ.id.0 == id);
        organ.map_or_else(|| "（未注明单位）".to_owned(), |organ| organ.name.clone())
    }
}

/// `（7月12日、11月16日）`; empty where there was none.
fn dates(counts: &Counts, kind: &str) -> String {
    let day = |on: &str| {
        let date: jiff::civil::Date = on.parse().ok()?;
        Some(format!("{}月{}日", date.month(), date.day()))
    };
    let of_kind = counts.training_days.iter().filter(|pair| pair.one == kind);
    let days: Vec<String> = of_kind.filter_map(|pair| day(&pair.other)).collect();
    if days.is_empty() { String::new() } else { format!("（{}）", days.join("、")) }
}
