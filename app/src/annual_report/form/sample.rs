//! A report with something of everything, for the tests of the forms. Its numbers are made up (演示).

use crate::annual_report::document::{
    Block, Cell, ChartKind, FigureNumber, FigureValue, HeadField, Part, ReportChart, ReportDocument,
    ReportState, ReportTable, Series, Span,
};

fn text(words: &str) -> Span {
    Span::Text(words.to_owned())
}

fn figure(code: &str, value: &str) -> Span {
    Span::Figure { code: code.to_owned(), text: value.to_owned() }
}

fn paragraph(spans: &[Span]) -> Block {
    Block::Paragraph { spans: spans.to_vec() }
}

fn heading(words: &str) -> Block {
    Block::Heading { text: words.to_owned() }
}

fn words(cell: &str) -> Cell {
    Cell { text: cell.to_owned(), figure: None, is_number: false }
}

fn number(cell: &str) -> Cell {
    Cell { text: cell.to_owned(), figure: None, is_number: true }
}

fn table(code: &str, caption: &str, head: &[&str], rows: Vec<Vec<Cell>>) -> ReportTable {
    ReportTable {
        code: code.to_owned(),
        caption: caption.to_owned(),
        head: head.iter().map(|words| (*words).to_owned()).collect(),
        rows,
        note: String::new(),
    }
}

fn chart(kind: ChartKind, caption: &str, categories: &[&str], series: &[(&str, &[f64])]) -> ReportChart {
    let series =
        series.iter().map(|(name, values)| Series { name: (*name).to_owned(), values: values.to_vec() });
    ReportChart {
        code: caption.to_owned(),
        caption: caption.to_owned(),
        takeaway: String::new(),
        kind,
        unit: "条".to_owned(),
        categories: categories.iter().map(|name| (*name).to_owned()).collect(),
        series: series.collect(),
        figures: Vec::new(),
    }
}

/// The report.
pub(crate) fn sample() -> ReportDocument {
    ReportDocument {
        site_name: "演示区人民政府".to_owned(),
        organ_name: "演示区政务公开领导小组办公室".to_owned(),
        title: "2023年演示区政府信息公开工作年度报告".to_owned(),
        year: 2023,
        edition: 1,
        correction_reason: String::new(),
        state: ReportState::Frozen,
        head: head(),
        address: "https://www.demo.gov.test/d/70421".to_owned(),
        period: ("2023-01-01".to_owned(), "2023-12-31".to_owned()),
        cut_off: Some("2024-01-22T01:30:00Z".to_owned()),
        introduction: introduction(),
        parts: vec![overview(), disclosure(), problems(), plans()],
        annex: annex(),
        figures: figures(),
    }
}

fn head() -> Vec<HeadField> {
    let fields = [
        ("索引号", "000000000-2024-00517"),
        ("发布机构", "演示区人民政府办公室"),
        ("发布日期", "2024-01-22"),
        ("废止日期", ""),
        ("文号", ""),
        ("主题分类", "县（市）区"),
        ("关键词", "政府信息公开；年度报告"),
        ("内容概述", "演示区2023年政府信息公开工作情况、存在的主要问题和2024年工作思路"),
        ("时效", "有效"),
    ];
    fields.map(|(label, value)| HeadField { label: label.to_owned(), value: value.to_owned() }).to_vec()
}

fn introduction() -> Vec<Block> {
    vec![paragraph(&[text(
        "本年报根据《中华人民共和国政府信息公开条例》的规定，由演示区政务公开领导小组办公室编制，由概述、政府信息公开情况、存在的主要问题、2024年工作思路四部分组成。\
         所列数据的统计期限自2023年1月1日起至2023年12月31日止。本年报的电子版可在演示区政府网站（www.demo.gov.test）下载。如对本年报有疑问，请与演示区政务公开领导小组办公室联系\
         （地址：演示区行政办公楼，邮编：000000，电话：0000-0000000，电子邮箱：ogi@demo.gov.test）。",
    )])]
}

fn overview() -> Part {
    let network = "区政府高度重视政府信息公开工作，明确区政府办公室为主管部门，负责推进、指导、协调、监督全区政府信息公开工作；行政服务中心为工作机构，负责日常工作；\
                   各镇、各管护区、各部门为成员单位，负责信息报送。坚持“真实、客观、公正、为民”的原则，全区上下形成了较为完善的工作网络。";
    Part {
        heading: "一、概述".to_owned(),
        blocks: vec![
            paragraph(&[
                text("2023年，我区以完善工作机制、丰富公开载体、规范公开内容、拓展公开领域为重点，在推行面"),
                figure("coverage", "96.4%"),
                text("的基础上，使全区政务公开工作呈现良好的发展态势。"),
            ]),
            heading("（一）加强组织体系"),
            paragraph(&[text(network)]),
            heading("（二）强化业务能力"),
            paragraph(&[
                text("组织"),
                figure("tested", "73"),
                text("家单位的工作人员进行集中测试，在全区"),
                figure("boards", "212"),
                text("个单位的醒目位置设置政务公开栏，并设立LED电子显示屏。"),
            ]),
        ],
    }
}

fn disclosure() -> Part {
    let channels = table(
        "channels",
        "主动公开政府信息情况",
        &["公开渠道和方式", "政府网站", "规范性文件", "政务微信", "网审平台", "重点领域"],
        vec![["2245", "34", "172", "1316", "1263"].iter().fold(vec![words("数量")], |mut row, value| {
            row.push(number(value));
            row
        })],
    );
    let channels = ReportTable {
        note: "单位：条、项。规范性文件和重点领域信息包含在政府网站公开的信息之内。".to_owned(),
        ..channels
    };
    let names = ["政府网站", "规范性文件", "政务微信", "网审平台", "重点领域"];
    let bars = chart(
        ChartKind::Bar,
        "主动公开政府信息示意图",
        &names,
        &[("", &[2245.0, 34.0, 172.0, 1316.0, 1263.0])],
    );
    let bars = ReportChart { takeaway: "政府网站是主动公开的主渠道。".to_owned(), ..bars };
    let areas =
        ["公共资源配置", "社会公益事业建设", "政府采购", "公共服务事项", "重大项目建设", "预决算公开"];
    let by_area: &[f64] = &[310.0, 144.0, 277.0, 201.0, 88.0, 243.0];
    let months = ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"];
    let by_month: &[f64] = &[12.0, 9.0, 15.0, 11.0, 18.0, 14.0, 22.0, 13.0, 17.0, 16.0, 10.0, 15.0];
    Part {
        heading: "二、政府信息公开情况".to_owned(),
        blocks: vec![
            heading("（一）主动公开情况"),
            paragraph(&[
                text("我区主动公开政府信息"),
                figure("total", "2417"),
                text("条。其中，政府网站"),
                figure("web", "2245"),
                text("条、规范性文件"),
                figure("normative", "34"),
                text("条、政务微信"),
                figure("wechat", "172"),
                text("条。"),
            ]),
            Block::Table(channels),
            Block::Chart(bars),
            Block::Chart(chart(
                ChartKind::Ring,
                "规范性文件解读情况",
                &["已解读", "未解读"],
                &[("", &[29.0, 5.0])],
            )),
            Block::Chart(chart(ChartKind::Line, "政务微信公开政府信息情况", &months, &[("", by_month)])),
            Block::Chart(chart(ChartKind::Bar, "重点领域信息公开情况", &areas, &[("", by_area)])),
            heading("（二）依申请公开情况"),
            paragraph(&[text("未发生依申请公开投诉并被纠正的案件。")]),
            heading("（三）相关费用情况"),
            paragraph(&[text("将政务公开专项经费"), figure("budget", "8600"), text("元列入财政预算。")]),
        ],
    }
}

fn problems() -> Part {
    let some = "一是从事政务公开工作的人员兼职多、流动性大，一定程度上存在信息发布不及时、突击发布等问题；二是政策解读目前以文字为主，没有广泛运用更直观明了的图表、音频、视频等方式；\
                三是部分信息公开不够规范，公开的内容与目录要求有差距。";
    Part { heading: "三、存在的主要问题".to_owned(), blocks: vec![paragraph(&[text(some)])] }
}

fn plans() -> Part {
    let plans = [
        "一要继续加大监督检查工作力度，对报送信息不及时、质量不高的单位予以通报，做到问题不解决不放过、整改不到位不放过。",
        "二要继续提升政府信息透明度，坚持“公开是原则、不公开是例外”。",
        "三要继续完善培训机制，强化领导干部和信息发布员的公开理念。",
    ];
    let blocks = plans.iter().map(|plan| paragraph(&[text(plan)])).collect();
    Part { heading: "四、2024年工作思路".to_owned(), blocks }
}

/// Long enough for a table over several pages.
fn annex() -> Vec<Block> {
    let row = |n: i64| {
        let quarters: Vec<i64> = (1..=4).map(|quarter| (n * 37 + quarter * 11) % 90).collect();
        let mut row = vec![words(&format!("第{n}单位（演示）"))];
        row.extend(quarters.iter().map(|value| number(&value.to_string())));
        row.push(number(&quarters.iter().sum::<i64>().to_string()));
        row
    };
    let head = ["单位", "第一季度", "第二季度", "第三季度", "第四季度", "合计"];
    let by_organ = table("by_organ", "各单位主动公开政府信息数量", &head, (1..=57).map(row).collect());
    let kinds = table(
        "kinds",
        "三种空值",
        &["项目", "数值"],
        vec![
            vec![words("没有发生"), number("0")],
            vec![words("未填报"), number("")],
            vec![words("不适用"), number("/")],
        ],
    );
    vec![heading("（一）各单位数量"), Block::Table(by_organ), heading("（二）其他"), Block::Table(kinds)]
}

fn figures() -> Vec<FigureValue> {
    let count = |code: &str, name: &str, text: &str, unit: &str, value: i64| FigureValue {
        code: code.to_owned(),
        name: name.to_owned(),
        definition: format!("统计期限内{name}，截至数据截止时刻仍在公开；同一信息只在首发渠道计一次。"),
        unit: unit.to_owned(),
        value: FigureNumber::Count(value),
        text: text.to_owned(),
        n_sources: Some(value),
    };
    let coverage = FigureValue {
        value: FigureNumber::Percent { part: 53, of: 55 },
        n_sources: None,
        ..count("coverage", "推行面", "96.4%", "%", 53)
    };
    let budget = FigureValue {
        value: FigureNumber::Money { fen: 860_000 },
        ..count("budget", "专项经费", "8600", "元", 3)
    };
    vec![
        coverage,
        count("tested", "集中测试单位", "73", "家", 73),
        count("boards", "政务公开栏", "212", "个", 212),
        count("total", "主动公开政府信息", "2417", "条", 2417),
        count("web", "政府网站公开政府信息", "2245", "条", 2245),
        count("normative", "主动公开规范性文件", "34", "件", 34),
        count("wechat", "政务微信公开政府信息", "172", "条", 172),
        budget,
    ]
}
