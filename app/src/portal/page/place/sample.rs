//! Made-up institutions and wrong turns (演示数据).

use super::*;
use crate::portal::page::{ColumnTags, ContactBlock, Day, DocumentRow, Layout, Link};

fn entry(name: &str, count: u64) -> InstitutionEntry {
    let link = Link::new(name, "/institutions/sample");
    InstitutionEntry { link, count, children: Vec::new() }
}

fn day(text: &str) -> Option<Day> {
    Some(Day::parse(text).expect("sample dates are civil dates"))
}

impl InstitutionsPage {
    /// Three kinds of institutions.
    pub fn sample() -> Self {
        let mut layout = Layout::sample("机构职能", "/institutions");
        layout.column = Some(ColumnTags::sample("机构职能", "机构职能"));
        let departments = [
            "松岭区人民政府办公室",
            "松岭区发展和改革局",
            "松岭区教育局",
            "松岭区民政局",
            "松岭区财政局",
            "松岭区人力资源和社会保障局",
            "松岭区水务局",
            "松岭区卫生健康局",
        ];
        let mut offices: Vec<_> = departments.iter().zip(10..).map(|(n, c)| entry(n, c * 7)).collect();
        offices[0].children = vec![entry("松岭区政务服务中心", 64), entry("松岭区督查室", 12)];
        let towns = ["演示一镇", "演示二镇", "演示三镇"].map(|name| entry(name, 21)).to_vec();
        Self {
            layout,
            groups: vec![
                InstitutionGroup {
                    kind: "区政府工作部门".into(),
                    entries: offices,
                    former: vec![entry("松岭区卫生局", 40), entry("松岭区计划生育局", 18)],
                },
                InstitutionGroup { kind: "镇".into(), entries: towns, former: Vec::new() },
            ],
        }
    }
}

impl InstitutionPage {
    /// One that grew out of two.
    pub fn sample() -> Self {
        let mut layout = Layout::sample("松岭区卫生健康局", "/institutions/health");
        layout.crumbs = vec![Link::new("机构职能", "/institutions")];
        layout.column = Some(ColumnTags::sample("机构职能", "机构职能"));
        let name = |name: &str, from, to| NamePeriod { name: name.into(), from, to };
        Self {
            layout,
            kind: "区政府工作部门".into(),
            parent: Some(Link::new("松岭区人民政府", "/institutions/government")),
            functions: vec![
                "贯彻执行卫生健康事业发展的法律法规和政策，拟订本区规划并组织实施。".into(),
                "负责疾病预防控制、公共卫生应急和医疗机构监督管理。".into(),
                "负责计划生育管理和服务工作。".into(),
            ],
            contact: ContactBlock::sample(),
            names: vec![
                name("松岭区卫生健康局", day("2018-12-01"), None),
                name("松岭区卫生和计划生育局", day("2014-06-01"), day("2018-11-30")),
            ],
            changes: vec![OrganChange {
                on: day("2014-06-01"),
                what: "由下列机构合并组成：".into(),
                others: vec![
                    Link::new("松岭区卫生局", "/institutions/health-old"),
                    Link::new("松岭区计划生育局", "/institutions/planning-old"),
                ],
            }],
            children: vec![Link::new("松岭区疾病预防控制中心", "/institutions/cdc")],
            ended_on: None,
            rows: DocumentRow::samples(5),
            total: 118,
            rows_href: "/catalogue?organ=health".into(),
        }
    }

    /// One that has ended.
    pub fn sample_ended() -> Self {
        let mut page = Self::sample();
        page.layout.title = "松岭区卫生局".into();
        page.ended_on = day("2014-05-31");
        page
    }
}

impl SiteMapPage {
    /// A small tree.
    pub fn sample() -> Self {
        let branch = |name: &str, below: &[&str]| SiteMapBranch {
            link: Link::new(name, "/columns/sample"),
            children: below.iter().map(|text| Link::new(*text, "/columns/sample")).collect(),
        };
        Self {
            layout: Layout::sample("站点地图", "/site-map"),
            branches: vec![
                branch("政策文件", &["规范性文件", "其他文件", "政策解读"]),
                branch("政务动态", &["工作动态", "公告公示"]),
                branch("财政信息", &["财政预算", "财政决算", "“三公”经费"]),
                branch("规划计划", &["发展规划", "专项规划"]),
                branch("人事信息", &[]),
            ],
        }
    }
}

impl ErrorPage {
    /// An error of a kind.
    pub fn sample(kind: ErrorKind) -> Self {
        let mut layout = Layout::sample(kind.title(), "/documents/999");
        layout.noindex = true;
        let gone = kind == ErrorKind::Gone;
        Self {
            layout,
            kind,
            detail: if gone {
                "撤回原因：内容有误，更正后重新发布。".into()
            } else {
                String::new()
            },
            request_number: (kind == ErrorKind::Broken).then(|| "0192f3c1-7a50".into()),
            nearby: (0..3).map(DocumentRow::sample).map(|row| Link::new(row.title, row.href)).collect(),
        }
    }
}

impl GuidesPage {
    /// Two organs.
    pub fn sample() -> Self {
        let mut layout = Layout::sample("办事指南", "/service-items");
        layout.column = Some(ColumnTags::sample("办事指南", "办事指南"));
        let entry = |name: &str| GuideEntry {
            link: Link::new(name, "/service-items/sample"),
            kind: "行政许可".into(),
        };
        let group = |code: &str, organ: &str, names: &[&str]| GuideGroup {
            code: code.into(),
            organ: organ.into(),
            entries: names.iter().map(|name| entry(name)).collect(),
        };
        let groups = vec![
            group("construction", "演示区住房和城乡建设局", &["演示事项：临时占用道路许可"]),
            group("health", "演示区卫生健康局", &["演示事项：医师执业注册", "演示事项：公共场所卫生许可"]),
        ];
        Self { layout, total: 3, groups }
    }

    /// No item yet.
    pub fn sample_empty() -> Self {
        Self { total: 0, groups: Vec::new(), ..Self::sample() }
    }
}

impl GuidePage {
    /// One with everything said.
    pub fn sample() -> Self {
        let mut layout = Layout::sample("演示事项：临时占用道路许可", "/service-items/sample");
        layout.crumbs = vec![Link::new("办事指南", "/service-items")];
        layout.column = Some(ColumnTags::sample("办事指南", "办事指南"));
        Self {
            layout,
            kind: "行政许可".into(),
            code: "演示-XK-001".into(),
            organ: Some(Link::new("演示区住房和城乡建设局", "/institutions/construction")),
            ended_on: day("2018-06-30"),
            facts: vec![("法定时限", "20个工作日".into()), ("收费情况", "不收费".into())],
            parts: vec![
                ("设定依据", vec!["《城市道路管理条例》第三十一条".into()]),
                ("申请材料", vec!["申请表".into(), "平面图".into()]),
            ],
            online_address: Some("https://example.gov.cn/item/1".into()),
        }
    }
}
