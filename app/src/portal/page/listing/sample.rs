//! Made-up lists for looking at pages (演示数据).

use super::*;
use crate::portal::page::{ColumnTags, Layout, Link};

/// Titles with organ, number, validity and date, enough for every list.
const ROWS: [(&str, &str, &str, Option<ValidityMark>, &str); 10] = [
    (
        "松岭区人民政府关于印发松岭区政府信息公开工作办法的通知",
        "松岭区人民政府",
        "松政发〔2018〕5号",
        Some(ValidityMark::InForce),
        "2018-11-26",
    ),
    (
        "松岭区人民政府办公室关于做好2018年冬季森林防火工作的通知",
        "松岭区人民政府办公室",
        "松政办发〔2018〕41号",
        Some(ValidityMark::InForce),
        "2018-11-12",
    ),
    (
        "松岭区城镇居民最低生活保障实施细则（试行）",
        "松岭区民政局",
        "松民发〔2018〕17号",
        Some(ValidityMark::NotYetInForce),
        "2018-10-30",
    ),
    (
        "松岭区人民政府关于调整国有建设用地基准地价的公告",
        "松岭区国土资源分局",
        "松国土资〔2018〕9号",
        Some(ValidityMark::Amended),
        "2018-09-18",
    ),
    ("松岭区2018年第三季度重大建设项目进展情况", "松岭区发展和改革局", "", None, "2018-10-15"),
    (
        "松岭区小型水利工程管理暂行办法",
        "松岭区水务局",
        "松水发〔2016〕3号",
        Some(ValidityMark::Expired),
        "2016-05-20",
    ),
    (
        "松岭区人民政府关于加强政务公开栏管理的通知",
        "松岭区人民政府",
        "松政发〔2015〕12号",
        Some(ValidityMark::Repealed),
        "2015-07-02",
    ),
    ("松岭区2018年区级财政预算公开说明", "松岭区财政局", "", None, "2018-02-09"),
    (
        "松岭区中小学校车安全管理规定",
        "松岭区教育局",
        "松教发〔2018〕6号",
        Some(ValidityMark::InForce),
        "2018-08-27",
    ),
    (
        "关于公布2018年度政府集中采购目录及限额标准的通知",
        "松岭区财政局",
        "松财采〔2018〕2号",
        Some(ValidityMark::InForce),
        "2018-01-22",
    ),
];

impl DocumentRow {
    /// Row `n` of the made-up list, from the start again after the last.
    pub fn sample(n: usize) -> Self {
        let (title, organ, number, validity, published) = ROWS[n % ROWS.len()];
        Self {
            href: format!("/documents/{}", n + 1),
            title: title.into(),
            organ: Some(organ.into()),
            document_number: (!number.is_empty()).then(|| number.into()),
            validity,
            published: Day::parse(published).expect("sample dates are civil dates"),
        }
    }

    /// The first `count` rows.
    pub fn samples(count: usize) -> Vec<Self> {
        (0..count).map(Self::sample).collect()
    }
}

impl Facet {
    /// A filter with these values, counts falling.
    pub fn sample(label: &str, name: &str, values: &[&str], selected: usize) -> Self {
        let value = |(i, text): (usize, &&str)| FacetValue {
            label: (*text).into(),
            count: 400 / (i as u64 + 1),
            href: format!("/catalogue?{name}={}", i + 1),
            selected: i == selected,
        };
        Self {
            label: label.into(),
            name: name.into(),
            values: values.iter().enumerate().map(value).collect(),
        }
    }

    /// All five filters.
    pub fn samples() -> Vec<Self> {
        const NONE: usize = usize::MAX;
        let organs = [
            "松岭区人民政府",
            "松岭区人民政府办公室",
            "松岭区财政局",
            "松岭区民政局",
            "松岭区教育局",
            "松岭区发展和改革局",
            "松岭区水务局",
            "松岭区卫生和计划生育局",
            "松岭区林业局",
            "演示一镇",
            "演示二镇",
            "演示三镇",
        ];
        let subjects =
            ["综合政务", "财政、金融、审计", "民政、扶贫、救灾", "城乡建设、环境保护", "科技、教育"];
        vec![
            Self::sample("时效", "validity", &["现行有效", "尚未施行", "已修改", "已失效", "已废止"], 0),
            Self::sample("年份", "year", &["2018年", "2017年", "2016年", "2015年"], NONE),
            Self::sample("发布机构", "organ", &organs, NONE),
            Self::sample("主题分类", "subject", &subjects, NONE),
            Self::sample("体裁分类", "genre", &["通知", "公告", "意见", "批复"], 0),
        ]
    }
}

impl ActiveFilter {
    /// Two filters that are set.
    pub fn samples() -> Vec<Self> {
        let filter = |label: &str, value: &str| Self {
            label: label.into(),
            value: value.into(),
            remove_href: "/catalogue".into(),
        };
        vec![filter("时效", "现行有效"), filter("体裁分类", "通知")]
    }
}

impl SortChoice {
    /// Orders, the first one chosen.
    pub fn samples(labels: &[&str]) -> Vec<Self> {
        let choice = |(i, label): (usize, &&str)| Self {
            label: (*label).into(),
            href: format!("/catalogue?sort={i}"),
            selected: i == 0,
        };
        labels.iter().enumerate().map(choice).collect()
    }
}

impl Paging {
    /// Page 3 of 14.
    pub fn sample() -> Self {
        Self::new(278, 20, 3, |page| format!("?page={page}"))
    }

    /// One page, nothing on it.
    pub fn nothing() -> Self {
        Self::new(0, 20, 1, |page| format!("?page={page}"))
    }
}

impl ColumnPage {
    /// A column with children and records.
    pub fn sample() -> Self {
        let mut layout = Layout::sample("规范性文件", "/columns/normative");
        layout.crumbs = vec![Link::new("政策文件", "/columns/policy")];
        layout.column = Some(ColumnTags::sample("规范性文件", "政策文件"));
        layout.feed = Some(Link::new("规范性文件", "/columns/normative/feed.atom"));
        Self {
            layout,
            description: "本区行政机关制定、涉及公民和组织权利义务、在一定期限内反复适用的文件。".into(),
            owner: Some(Link::new("松岭区人民政府办公室", "/institutions/office")),
            siblings: vec![
                Link::new("规范性文件", "/columns/normative"),
                Link::new("其他文件", "/columns/other"),
                Link::new("政策解读", "/columns/interpretation"),
            ],
            children: vec![
                Link::new("区政府文件", "/columns/government"),
                Link::new("区政府办公室文件", "/columns/office"),
                Link::new("部门文件", "/columns/departments"),
            ],
            rows: DocumentRow::samples(10),
            paging: Paging::sample(),
        }
    }

    /// A column in which nothing was published yet.
    pub fn sample_empty() -> Self {
        let mut page = Self::sample();
        page.children.clear();
        page.rows.clear();
        page.paging = Paging::nothing();
        page
    }
}

impl CataloguePage {
    /// Two filters set.
    pub fn sample() -> Self {
        let mut layout = Layout::sample("政府信息公开目录", "/catalogue");
        layout.column = Some(ColumnTags::sample("政府信息公开目录", "信息公开目录"));
        Self {
            layout,
            facets: Facet::samples(),
            active: ActiveFilter::samples(),
            sorts: SortChoice::samples(&["最新发布", "最早发布", "标题"]),
            rows: DocumentRow::samples(10),
            paging: Paging::sample(),
        }
    }

    /// Nothing matches.
    pub fn sample_empty() -> Self {
        Self { rows: Vec::new(), paging: Paging::nothing(), ..Self::sample() }
    }
}

fn pieces(text: &str) -> Vec<ExcerptPiece> {
    let piece = |(i, part): (usize, &str)| ExcerptPiece { text: part.into(), marked: i % 2 == 1 };
    text.split('|').enumerate().map(piece).collect()
}

impl SearchPage {
    /// Results with excerpts.
    pub fn sample() -> Self {
        let mut layout = Layout::sample("搜索“松政发〔2018〕5号”", "/search?q=松政发〔2018〕5号");
        layout.query = "松政发〔2018〕5号".into();
        layout.noindex = true;
        let hit = |row: DocumentRow| SearchHit {
            row,
            title: Vec::new(),
            excerpt: pieces(
                "……现将《松岭区政府信息公开工作办法》（|松政发〔2018〕5号|）印发给你们，请认真贯彻执行。各镇、各部门应当明确专人负责，自信息形成之日起二十个工作日内予以公开……",
            ),
        };
        Self {
            layout,
            understood: Some("按文号查找：松政发〔2018〕5号".into()),
            kept: vec![("year".into(), "2018".into())],
            facets: Facet::samples(),
            active: Vec::new(),
            sorts: SortChoice::samples(&["相关度", "最新发布"]),
            hits: DocumentRow::samples(7).into_iter().map(hit).collect(),
            paging: Paging::sample(),
            suggestions: Vec::new(),
        }
    }

    /// Nothing found.
    pub fn sample_empty() -> Self {
        let mut page = Self::sample();
        page.layout.query = "轨道交通三号线".into();
        page.layout.title = "搜索“轨道交通三号线”".into();
        page.understood = None;
        page.hits.clear();
        page.paging = Paging::nothing();
        page.suggestions =
            ["低保", "校车", "基准地价"].map(|w| Link::new(w, format!("/search?q={w}"))).to_vec();
        page
    }
}
