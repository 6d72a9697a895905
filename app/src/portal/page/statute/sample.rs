//! Made-up statutory pages (演示数据); the wording of the items is that of the Regulations.

use super::*;
use crate::portal::page::{ColumnTags, ContactBlock, DocumentRow, Layout, Link, Paging, RecordBody};

const AREAS: [(&str, &str, &str, u64); 6] = [
    (
        "公共资源配置",
        "public-resources",
        "保障性住房分配、土地和矿业权出让、政府投资工程招标投标等信息。",
        96,
    ),
    (
        "社会公益事业建设",
        "public-welfare",
        "脱贫攻坚、社会救助、教育、医疗卫生、环境保护、食品药品安全等信息。",
        148,
    ),
    ("政府采购", "procurement", "集中采购目录、采购公告、中标结果和履约情况。", 87),
    ("公共服务事项", "public-services", "办事依据、条件、程序和结果，与群众日常生活有关的服务信息。", 163),
    ("重大项目建设", "major-projects", "重大建设项目的批准和实施情况。", 52),
    ("预决算公开", "budget", "政府和部门的预算、决算、“三公”经费。", 84),
];

const ITEMS: [&str; 17] = [
    "行政法规、规章和规范性文件",
    "机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名",
    "国民经济和社会发展规划、专项规划、区域规划及相关政策",
    "国民经济和社会发展统计信息",
    "办理行政许可和其他对外管理服务事项的依据、条件、程序以及办理结果",
    "实施行政处罚、行政强制的依据、条件、程序以及本行政机关认为具有一定社会影响的行政处罚决定",
    "财政预算、决算信息",
    "行政事业性收费项目及其依据、标准",
    "政府集中采购项目的目录、标准及实施情况",
    "重大建设项目的批准和实施情况",
    "扶贫、教育、医疗、社会保障、促进就业等方面的政策、措施及其实施情况",
    "突发公共事件的应急预案、预警信息及应对情况",
    "环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况",
    "公务员招考的职位、名额、报考条件等事项以及录用结果",
    "法律、法规、规章和国家有关规定规定应当主动公开的其他政府信息",
    "市政建设方面的政府信息",
    "社会救助方面的政府信息",
];

impl KeyAreaEntry {
    /// The six areas.
    pub fn samples() -> Vec<Self> {
        let entry = |(n, (name, code, say, count)): (usize, &(&str, &str, &str, u64))| Self {
            link: Link::new(*name, format!("/key-areas/{code}")),
            description: (*say).into(),
            count: *count,
            latest: Some(DocumentRow::sample(n + 2)),
        };
        AREAS.iter().enumerate().map(entry).collect()
    }
}

impl KeyAreasPage {
    /// The six areas.
    pub fn sample() -> Self {
        let mut layout = Layout::sample("重点领域信息公开", "/key-areas");
        layout.column = Some(ColumnTags::sample("重点领域信息公开", "信息公开目录"));
        Self { layout, key_areas: KeyAreaEntry::samples() }
    }
}

impl KeyAreaPage {
    /// One area.
    pub fn sample() -> Self {
        let mut layout = Layout::sample("政府采购", "/key-areas/procurement");
        layout.crumbs = vec![Link::new("重点领域", "/key-areas")];
        layout.column = Some(ColumnTags::sample("政府采购", "信息公开目录"));
        Self {
            layout,
            description: AREAS[2].2.into(),
            areas: KeyAreaEntry::samples().into_iter().map(|area| area.link).collect(),
            columns: vec![
                Link::new("集中采购目录", "/columns/catalogue"),
                Link::new("采购公告", "/columns/tender"),
                Link::new("中标结果", "/columns/award"),
            ],
            rows: DocumentRow::samples(8),
            paging: Paging::sample(),
        }
    }
}

impl StatutoryItemsPage {
    /// The fifteen items and two of the additions.
    pub fn sample() -> Self {
        let mut layout = Layout::sample("法定主动公开内容", "/statutory-items");
        layout.column = Some(ColumnTags::sample("法定主动公开内容", "信息公开目录"));
        let item = |(number, text): (u32, &str)| StatutoryItemEntry {
            number,
            text: text.into(),
            column: (number != 14).then(|| Link::new("演示栏目", "/columns/sample")),
            owner: Some(Link::new("松岭区财政局", "/institutions/finance")),
            count: u64::from(number * 37 % 120),
        };
        Self { layout, items: (1..).zip(ITEMS).map(item).collect() }
    }
}

impl AnnualReportsPage {
    /// Three years.
    pub fn sample() -> Self {
        let mut layout = Layout::sample("政府信息公开年报", "/annual-reports");
        layout.column = Some(ColumnTags::sample("政府信息公开年报", "信息公开年报"));
        let year = |year: i16| AnnualReportEntry {
            year,
            government: Some(DocumentRow {
                title: format!("{year}年松岭区政府信息公开工作年度报告"),
                ..DocumentRow::sample(0)
            }),
            units: DocumentRow::samples(3),
        };
        Self { layout, years: vec![year(2018), year(2017), year(2016)] }
    }
}

impl ApplyPage {
    /// All ways open.
    pub fn sample() -> Self {
        let mut layout = Layout::sample("依申请公开", "/apply");
        layout.column = Some(ColumnTags::sample("依申请公开", "依申请公开"));
        Self {
            layout,
            contact: ContactBlock::sample(),
            forms: vec![Link::new("政府信息公开申请表（演示）", "/documents/1/files/0/form.docx")],
            envelope_note: "邮寄的，请在信封上注明“政府信息公开申请”。".into(),
        }
    }
}

impl DisclosureGuidePage {
    /// The guide with its contact block.
    pub fn sample() -> Self {
        let mut layout = Layout::sample("政府信息公开指南", "/disclosure-guide");
        layout.column = Some(ColumnTags::sample("政府信息公开指南", "信息公开指南"));
        Self {
            layout,
            guide: Some(RecordBody::sample()),
            contact: ContactBlock::sample(),
            others: vec![
                Link::new("松岭区财政局公开指南", "/documents/31"),
                Link::new("松岭区教育局公开指南", "/documents/32"),
            ],
        }
    }

    /// Not published yet.
    pub fn sample_empty() -> Self {
        Self { guide: None, others: Vec::new(), ..Self::sample() }
    }
}
