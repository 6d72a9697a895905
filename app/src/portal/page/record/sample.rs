//! A made-up document with everything a record can have (演示数据).

use super::*;
use crate::portal::page::{ArticleTags, ColumnTags};
use jiff::civil::date;

const HTML: &str = include_str!("sample_body.html.txt");
const TITLE: &str = "松岭区人民政府关于印发松岭区政府信息公开工作办法的通知";

fn head() -> Vec<HeadField> {
    vec![
        HeadField::new("索引号", "000000000/2018-00512"),
        HeadField::new("主题分类", "综合政务／政务公开").leading_to("/catalogue?subject=0201"),
        HeadField::new("发布机构", "松岭区人民政府").leading_to("/institutions/government"),
        HeadField::new("体裁分类", "通知").leading_to("/catalogue?genre=notice"),
        HeadField::new("成文日期", "2018年11月20日"),
        HeadField::new("发布日期", "2018年11月26日"),
        HeadField::new("施行日期", "2019年1月1日"),
        HeadField::new("公开属性", "主动公开"),
        HeadField::new(
            "内容概述",
            "规定本区行政机关主动公开和依申请公开政府信息的范围、程序、期限和监督办法。",
        )
        .wide(),
        HeadField::new("关键词", "政府信息公开；办法；期限").wide(),
    ]
}

impl AttachmentLink {
    /// Two files.
    pub fn samples() -> Vec<Self> {
        let file = |name: &str, kind: &str, size| Self {
            name: name.into(),
            href: "/documents/1/files/0123456789abcdef/sample.pdf".into(),
            kind: kind.into(),
            size,
            sha256: "0123456789abcdef".repeat(4),
        };
        vec![
            file("松岭区政府信息公开工作办法.pdf", "PDF", 418_204),
            file("政府信息公开申请表（样表）.docx", "Word文档", 27_330),
        ]
    }
}

impl RecordBody {
    /// A normative document with headings, a table and a signature.
    pub fn sample() -> Self {
        Self {
            title: TITLE.into(),
            document_number: Some("松政发〔2018〕5号".into()),
            validity: Some(ValidityMark::InForce),
            published: Minute(date(2018, 11, 26).at(9, 5, 0, 0)),
            source: "松岭区人民政府办公室".into(),
            head: head(),
            html: HTML.into(),
            attachments: AttachmentLink::samples(),
            report: None,
        }
    }
}

fn layout(title: &str, path: &str) -> Layout {
    let mut layout = Layout::sample(title, path);
    layout.crumbs =
        vec![Link::new("政策文件", "/columns/policy"), Link::new("规范性文件", "/columns/normative")];
    layout.column = Some(ColumnTags::sample("规范性文件", "政策文件"));
    layout.article = Some(ArticleTags {
        title: TITLE.into(),
        published: Minute(date(2018, 11, 26).at(9, 5, 0, 0)),
        source: "松岭区人民政府办公室".into(),
        keywords: "政府信息公开,办法".into(),
        author: String::new(),
        description: "规定本区行政机关公开政府信息的范围、程序和期限。".into(),
        image: String::new(),
    });
    layout
}

fn related(title: &str, number: &str) -> RelatedLink {
    RelatedLink {
        link: Link::new(title, "/documents/7"),
        document_number: (!number.is_empty()).then(|| number.into()),
        published: Some(Day(date(2018, 11, 27))),
    }
}

fn report() -> ReportPart {
    use crate::annual_report::form::html;
    let row = |name: &str, before: &str, now: &str, change: &str| ComparisonRow {
        name: name.into(),
        unit: "条".into(),
        before: before.into(),
        now: now.into(),
        change: change.into(),
    };
    ReportPart {
        text: html::view(&html::sample::report(), &|_| None),
        year: 2018,
        before: Some(Link::new("2017年演示区政府信息公开工作年度报告", "/documents/7")),
        rows: vec![
            row("主动公开政府信息", "600", "681", "增加 81（13.5%）"),
            row("政务微信公开政府信息", "未列入", "41", "—"),
        ],
    }
}

impl RecordPage {
    /// An annual report that the platform made, with last year's beside it.
    pub fn sample_report() -> Self {
        let page = Self::sample();
        let record = RecordBody {
            title: "2018年演示区政府信息公开工作年度报告".into(),
            document_number: None,
            validity: None,
            report: Some(report()),
            ..page.record
        };
        Self { record, band: None, relations: Vec::new(), ..page }
    }

    /// A record in force, with an interpretation and an older document that it repeals.
    pub fn sample() -> Self {
        let group = |relation, items| RelationGroup { relation, items };
        Self {
            layout: layout(TITLE, "/documents/1"),
            record: RecordBody::sample(),
            band: None,
            relations: vec![
                group(
                    Relation::Repeals,
                    vec![related("松岭区人民政府关于加强政务公开栏管理的通知", "松政发〔2015〕12号")],
                ),
                group(
                    Relation::InterpretedBy,
                    vec![
                        related("《松岭区政府信息公开工作办法》解读", ""),
                        related("一图读懂：怎样申请公开政府信息", ""),
                    ],
                ),
            ],
            versions: (3, "/documents/1/versions".into()),
            qr_src: "/documents/1/qr.svg".into(),
            print_href: "/documents/1/print".into(),
            previous: Some(Link::new("松岭区城镇居民最低生活保障实施细则（试行）", "/documents/3")),
            next: Some(Link::new("松岭区中小学校车安全管理规定", "/documents/9")),
        }
    }

    /// The same, repealed.
    pub fn sample_repealed() -> Self {
        let mut page = Self::sample();
        let by = Link::new("松岭区政府信息公开条例实施办法（松政规〔2021〕2号）", "/documents/88");
        page.record.validity = Some(ValidityMark::Repealed);
        page.band = Some(Band::Repealed { on: Some(Day(date(2021, 6, 1))), by: Some(by) });
        page.relations = vec![RelationGroup {
            relation: Relation::RepealedBy,
            items: vec![related("松岭区政府信息公开条例实施办法", "松政规〔2021〕2号")],
        }];
        page
    }

    /// A short notice: few fields, nothing attached, nothing related.
    pub fn sample_plain() -> Self {
        let mut page = Self::sample();
        page.record.head.truncate(3);
        page.record.validity = None;
        page.record.document_number = None;
        page.record.title = "停水通知".into();
        page.layout.title = "停水通知".into();
        page.record.attachments.clear();
        page.record.html = "<p>因管道检修，演示街自2018年11月28日8时至17时停水，请提前储水。</p>".into();
        page.relations.clear();
        page.versions.0 = 1;
        page.previous = None;
        page
    }
}

impl PrintPage {
    /// The record on paper.
    pub fn sample() -> Self {
        Self {
            layout: layout(TITLE, "/documents/1/print"),
            record: RecordBody::sample(),
            band: None,
            record_url: "http://www.songling.example/documents/1".into(),
            record_href: "/documents/1".into(),
            qr_src: "/documents/1/qr.svg".into(),
            printed: Some(Minute(date(2018, 12, 3).at(14, 30, 0, 0))),
        }
    }
}

impl VersionRow {
    /// Version `number` of three.
    pub fn sample(number: u32) -> Self {
        let notes = ["", "更正第七条期限的表述", "增加附件：政府信息公开申请表（样表）"];
        Self {
            number,
            published: Minute(date(2018, 11, 25 + number as i8).at(9, 5, 0, 0)),
            change_note: notes[number as usize - 1].into(),
            href: format!("/documents/1/versions/{number}"),
            compare_href: (number > 1)
                .then(|| format!("/documents/1/versions/compare?from={}&to={number}", number - 1)),
            current: number == 3,
        }
    }
}

impl VersionsPage {
    /// Three versions.
    pub fn sample() -> Self {
        let mut layout = layout("版本记录", "/documents/1/versions");
        layout.crumbs.push(Link::new("信息正文", "/documents/1"));
        layout.noindex = true;
        Self {
            layout,
            record: Link::new(TITLE, "/documents/1"),
            versions: vec![VersionRow::sample(3), VersionRow::sample(2), VersionRow::sample(1)],
            compare_action: "/documents/1/versions/compare".into(),
        }
    }
}

impl OldVersionPage {
    /// Version one.
    pub fn sample() -> Self {
        let mut layout = layout("第 1 版", "/documents/1/versions/1");
        layout.noindex = true;
        let current = Link::new("查看现行版本（第 3 版）", "/documents/1");
        Self {
            layout,
            record: RecordBody::sample(),
            band: Some(Band::OldVersion { number: 1, current }),
            versions_href: "/documents/1/versions".into(),
            compare_href: "/documents/1/versions/compare?from=1&to=3".into(),
        }
    }
}

impl ComparePage {
    /// Every kind of change.
    pub fn sample() -> Self {
        let mut layout = layout("版本差异", "/documents/1/versions/compare?from=1&to=3");
        layout.noindex = true;
        let same = DiffPiece::Same;
        let paragraph = |n| format!("第{n}条　演示条文，两个版本相同。");
        Self {
            layout,
            record: Link::new(TITLE, "/documents/1"),
            from: VersionRow::sample(1),
            to: VersionRow::sample(3),
            fields: vec![
                FieldChange {
                    label: "施行日期".into(), before: String::new(), after: "2019年1月1日".into()
                },
                FieldChange {
                    label: "关键词".into(),
                    before: "信息公开".into(),
                    after: "政府信息公开；办法；期限".into(),
                },
            ],
            blocks: vec![
                DiffBlock::Unchanged((1..7).map(paragraph).collect()),
                DiffBlock::Changed(vec![
                    same("第七条　属于主动公开范围的政府信息，应当自该信息形成或者变更之日起".into()),
                    DiffPiece::Removed("二十日".into()),
                    DiffPiece::Added("二十个工作日".into()),
                    same("内及时公开。".into()),
                ]),
                DiffBlock::Unchanged((8..10).map(paragraph).collect()),
                DiffBlock::Added("第十条　申请表样式见附件。".into()),
                DiffBlock::Removed("第十一条　本办法由办公室负责解释。".into()),
            ],
            versions_href: "/documents/1/versions".into(),
        }
    }
}
