//! A made-up site for looking at pages (演示数据). It stands for no real place.

use std::sync::Arc;

use super::{AssetLinks, ColumnTags, ContactBlock, Filing, Layout, SiteFace, Theme};

impl SiteFace {
    /// The demonstration district.
    pub fn sample() -> Self {
        Self {
            name: "松岭区人民政府政务公开平台（演示）".into(),
            tagline: "公开是原则，不公开是例外".into(),
            domain: "www.songling.example".into(),
            base_url: "http://www.songling.example".into(),
            id_code: "2327620001".into(),
            theme: Theme::default(),
            mourning: false,
            demonstration: true,
            sponsor: "松岭区人民政府（演示）".into(),
            operator: "松岭区人民政府办公室（演示）".into(),
            contact: ContactBlock::sample(),
            party_government_mark: Some(Filing {
                number: "党政机关网站标识".into(),
                href: "https://bszs.conac.cn/".into(),
            }),
            error_report_href: Some("https://zfwzgl.www.gov.cn/exposure/jiucuo.html".into()),
            icp: Some(Filing {
                number: "黑ICP备00000000号".into(),
                href: "https://beian.miit.gov.cn/".into(),
            }),
            police: Some(Filing {
                number: "黑公网安备 00000000000000号".into(),
                href: "https://beian.mps.gov.cn/".into(),
            }),
        }
    }
}

impl ContactBlock {
    /// A contact block with every line filled.
    pub fn sample() -> Self {
        Self {
            organ: "松岭区政府信息公开办公室（演示）".into(),
            address: "松岭区演示路1号行政办公楼".into(),
            postcode: "165000".into(),
            hours: "工作日 8:30—11:30，13:30—17:00".into(),
            phone: "0457-0000000".into(),
            fax: "0457-0000001".into(),
            email: "gongkai@songling.example".into(),
        }
    }
}

impl AssetLinks {
    /// Unhashed names, as the sample folder serves them.
    pub fn sample() -> Self {
        Self {
            style: "/assets/site.css".into(),
            script: "/assets/site.js".into(),
            icon: "/assets/icon.svg".into(),
            desk_style: "/assets/desk.css".to_owned(),
            desk_script: "/assets/desk.js".to_owned(),
            editor_script: "/assets/editor.js".to_owned(),
        }
    }
}

impl ColumnTags {
    /// Column tags of a kind.
    pub fn sample(name: &str, kind: &str) -> Self {
        Self {
            name: name.into(),
            description: format!("松岭区{name}（演示）"),
            keywords: format!("{name},政府信息公开"),
            kind: kind.into(),
        }
    }
}

impl Layout {
    /// A layout of the demonstration district.
    pub fn sample(title: &str, path: &str) -> Self {
        Self::new(Arc::new(SiteFace::sample()), Arc::new(AssetLinks::sample()), title, path)
    }
}
