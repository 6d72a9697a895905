//! A made-up report with every kind of block (演示数据).

use crate::annual_report::document::*;

fn text(text: &str) -> Span {
    Span::Text(text.to_owned())
}

fn figure(code: &str, text: &str) -> Span {
    Span::Figure { code: code.to_owned(), text: text.to_owned() }
}

fn paragraph(spans: Vec<Span>) -> Block {
    Block::Paragraph { spans }
}

fn heading(text: &str) -> Block {
    Block::Heading { text: text.to_owned() }
}

fn plain(text_of: &str) -> Block {
    paragraph(vec![text(text_of)])
}

fn chart(caption: &str, kind: ChartKind, names: &[(&str, f64)]) -> Block {
    Block::Chart(ReportChart {
        code: caption.to_owned(),
        caption: caption.to_owned(),
        takeaway: "政府网站最多。".to_owned(),
        kind,
        unit: "条".to_owned(),
        categories: names.iter().map(|(name, _)| (*name).to_owned()).collect(),
        series: vec![Series { name: "数量".into(), values: names.iter().map(|(_, n)| *n).collect() }],
        figures: Vec::new(),
    })
}

fn value(code: &str, name: &str, n: i64, unit: &str) -> FigureValue {
    FigureValue {
        code: code.to_owned(),
        name: name.to_owned(),
        definition: format!("统计年度内首次公开、年末仍然公开的{name}，同一条信息只计一次。"),
        unit: unit.to_owned(),
        value: FigureNumber::Count(n),
        text: n.to_string(),
        n_sources: Some(n),
    }
}

fn channels() -> Block {
    let number = |code: &str, n: &str| Cell { text: n.into(), figure: Some(code.into()), is_number: true };
    Block::Table(ReportTable {
        code: "channels".into(),
        caption: "公开渠道和方式".into(),
        head: ["公开渠道和方式", "政府网站", "规范性文件", "政务微信"].map(str::to_owned).to_vec(),
        rows: vec![vec![
            Cell { text: "数量".into(), figure: None, is_number: false },
            number("site", "640"),
            number("normative", "9"),
            number("wechat", "41"),
        ]],
        note: "规范性文件包含在政府网站的数量之内。".into(),
    })
}

fn months() -> Block {
    let names: Vec<String> = (1..=12).map(|month| format!("{month}月")).collect();
    let numbers = [31.0, 18.0, 42.0, 39.0, 45.0, 51.0, 38.0, 44.0, 57.0, 29.0, 48.0, 36.0];
    let pairs: Vec<(&str, f64)> = names.iter().map(String::as_str).zip(numbers).collect();
    chart("各月主动公开政府信息示意图", ChartKind::Bar, &pairs)
}

fn disclosure() -> Part {
    let total = paragraph(vec![
        text("本年度，主动公开政府信息"),
        figure("total", "681"),
        text("条。其中，政府网站公开"),
        figure("site", "640"),
        text("条，政务微信公开"),
        figure("wechat", "41"),
        text("条；制发规范性文件"),
        figure("normative", "9"),
        text("件。"),
    ]);
    Part {
        heading: "二、政府信息公开情况".into(),
        blocks: vec![
            heading("（一）主动公开情况"),
            total,
            channels(),
            chart(
                "主动公开政府信息示意图",
                ChartKind::Bar,
                &[("政府网站", 640.0), ("规范性文件", 9.0), ("政务微信", 41.0)],
            ),
            months(),
            heading("（二）依申请公开情况"),
            plain("本年度没有发生依申请公开投诉并被纠正的情况。"),
        ],
    }
}

/// A frozen report of a place that does not exist.
pub fn report() -> ReportDocument {
    let head = [
        ("索引号", "000000000-2019-00001"),
        ("发布机构", "演示区人民政府办公室"),
        ("发布日期", "2019-03-11"),
    ];
    ReportDocument {
        site_name: "演示区人民政府".into(),
        organ_name: "演示区人民政府办公室".into(),
        title: "2018年演示区政府信息公开工作年度报告".into(),
        year: 2018,
        edition: 1,
        correction_reason: String::new(),
        state: ReportState::Frozen,
        head: head.map(|(label, value)| HeadField { label: label.into(), value: value.into() }).to_vec(),
        address: "https://demo.example/documents/1".into(),
        period: ("2018-01-01".into(), "2018-12-31".into()),
        cut_off: Some("2019-01-20T08:00:00Z".into()),
        introduction: vec![plain(
            "本年报根据《中华人民共和国政府信息公开条例》编制。所列数据的统计期限自2018年1月1日起至12月31日止。",
        )],
        parts: vec![
            Part {
                heading: "一、概述".into(),
                blocks: vec![
                    heading("（一）加强组织体系"),
                    plain(&"演示区高度重视政府信息公开工作，明确主管部门，健全工作网络。".repeat(4)),
                ],
            },
            disclosure(),
            Part {
                heading: "三、存在的主要问题".into(),
                blocks: vec![plain("部分信息公开不够及时，解读方式单一。")],
            },
        ],
        annex: vec![chart(
            "各机构公开的信息",
            ChartKind::Bar,
            &[("政府办公室", 312.0), ("财政局", 204.0), ("教育局", 124.0)],
        )],
        figures: vec![
            value("total", "主动公开政府信息", 681, "条"),
            value("site", "政府网站公开政府信息", 640, "条"),
            value("wechat", "政务微信公开政府信息", 41, "条"),
            value("normative", "规范性文件", 9, "件"),
        ],
    }
}
