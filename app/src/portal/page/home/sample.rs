//! A made-up front page (演示数据).

use super::*;
use crate::portal::page::ColumnTags;

const MONTHS: [(i64, i64); 11] = [
    (88, 80),
    (61, 55),
    (104, 97),
    (96, 96),
    (87, 81),
    (112, 100),
    (93, 90),
    (79, 79),
    (121, 108),
    (98, 95),
    (76, 70),
];

impl Openness {
    /// January to November.
    pub fn sample() -> Self {
        let month = |(month, (published, on_time))| MonthDelay { month, published, on_time };
        Self { year: 2018, months: (1..).zip(MONTHS).map(month).collect(), answered: Some(23) }
    }
}

impl HomePage {
    /// Every block filled.
    pub fn sample() -> Self {
        let mut layout = Layout::sample("", "/");
        layout.column = Some(ColumnTags::sample("首页", "首页"));
        let entry = |text: &str, href: &str, note: &str| StatutoryEntry {
            link: Link::new(text, href),
            note: note.into(),
        };
        Self {
            layout,
            suggestions: ["低保标准", "森林防火", "校车安全", "采购目录"]
                .map(|word| Link::new(word, format!("/search?q={word}")))
                .to_vec(),
            total: 1209,
            in_force: 146,
            statutory: vec![
                entry("政府信息公开指南", "/disclosure-guide", "怎样查、向谁问"),
                entry("政府信息公开目录", "/catalogue", "全部公开信息，可筛选"),
                entry("政府信息公开年报", "/annual-reports", "每年公开工作的账目"),
                entry("依申请公开", "/apply", "没有公开的，20个工作日答复"),
            ],
            key_areas: KeyAreaEntry::samples(),
            documents: DocumentRow::samples(5),
            documents_href: "/columns/policy".into(),
            interpretations: vec![3, 2, 0, 8]
                .into_iter()
                .map(|n| {
                    let row = DocumentRow::sample(n);
                    DocumentRow { title: format!("《{}》解读", row.title), validity: None, ..row }
                })
                .collect(),
            interpretations_href: "/columns/interpretation".into(),
            notices: DocumentRow::samples(9).split_off(4),
            notices_href: "/columns/notice".into(),
            columns: [
                "政策文件",
                "政务动态",
                "财政信息",
                "规划计划",
                "统计数据",
                "人事信息",
                "行政许可",
                "行政处罚",
                "应急管理",
                "机构职能",
            ]
            .map(|name| Link::new(name, "/columns/sample"))
            .to_vec(),
            openness: Some(Openness::sample()),
        }
    }

    /// A site on its first day: nothing published yet.
    pub fn sample_empty() -> Self {
        Self {
            suggestions: Vec::new(),
            total: 0,
            in_force: 0,
            key_areas: KeyAreaEntry::samples()
                .into_iter()
                .map(|area| KeyAreaEntry { count: 0, latest: None, ..area })
                .collect(),
            documents: Vec::new(),
            interpretations: Vec::new(),
            notices: Vec::new(),
            openness: None,
            ..Self::sample()
        }
    }
}
