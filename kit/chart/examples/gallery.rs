//! Draws every chart to look at: `cargo run -p kit-chart --example gallery -- FOLDER` writes a page in which the charts
//! take their colours from a style sheet, and PNG files of the ones that stand alone, wide, narrow and in grey.
//!
//! All numbers are made up (演示数据). It does NOT belong to any product.

use std::{fs, path::PathBuf};

use kit_chart::{
    Figure, Kind, Look, Palette, Series,
    png::{Fonts, png},
};

const PAGE: &str = "<!doctype html><html lang=zh-CN><meta charset=utf-8>\
<meta name=viewport content='width=device-width'><title>演示数据</title><style>
:root{--paper:#FBFAF7;--ink:#1D1D1B;--ink-2:#5a564d;--main:#174C7C}
@media (prefers-color-scheme:dark){:root{--paper:#1B1A17;--ink:#ebe7de;--ink-2:#b3ada0;--main:#8FB8DE}}
body{margin:0 auto;padding:24px 16px;max-width:720px;background:var(--paper);color:var(--ink);\
font:18px/1.8 'PingFang SC','Noto Sans CJK SC',sans-serif}
figure{margin:0 0 56px}figcaption{font-weight:600;margin-bottom:16px}
.chart{display:block;max-width:100%;height:auto;font-variant-numeric:tabular-nums}
.chart-main{fill:var(--main)}.chart-main.chart-outlined{stroke:var(--main)}.chart-main-line{stroke:var(--main)}
.chart-hollow,.chart-paper,.chart-on{fill:var(--paper)}.chart-axis{fill:var(--ink-2)}
.chart-wide{display:none}@media (min-width:640px){.chart-wide{display:block}.chart-narrow{display:none}}
</style>";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "target/gallery".to_owned()));
    fs::create_dir_all(&folder)?;
    let fonts = Fonts::load(&Fonts::usual_places(), "Noto Sans CJK SC")?;
    let mut page = PAGE.to_owned();
    for (name, figure) in figures() {
        page.push_str(&format!(
            "<figure><figcaption>{}（演示数据）</figcaption>{}<p>{}</p></figure>",
            figure.title,
            figure.draw_for_page(),
            figure.text_alternative()
        ));
        for (suffix, palette, width) in
            [("wide", Palette::BLUE, 720), ("narrow", Palette::BLUE, 375), ("grey", Palette::GREY, 720)]
        {
            let svg = figure.draw(&Look::Sheet(palette), width);
            fs::write(folder.join(format!("{name}-{suffix}.png")), png(&svg, width * 2, &fonts)?)?;
            fs::write(folder.join(format!("{name}-{suffix}.svg")), svg)?;
        }
    }
    fs::write(folder.join("gallery.html"), page)?;
    Ok(())
}

fn figures() -> Vec<(&'static str, Figure)> {
    let mut stacked = several(Kind::StackedBar, "各渠道今年与去年数量", &["网站", "微信"], &months()[..5]);
    stacked.categories =
        ["第一类演示名称", "第二类", "第三类名称", "第四类", "第五类"].map(str::to_owned).to_vec();
    vec![
        (
            "bar",
            Figure {
                takeaway: "第一类最多，第六类还没有".into(),
                ..Figure::simple(Kind::Bar, "各类今年数量", "条", &BARS)
            },
        ),
        (
            "bar-short",
            Figure::simple(Kind::Bar, "各渠道数量", "条", &[("网站", 1124.0), ("微信", 85.0), ("公报", 0.0)]),
        ),
        ("bar-grouped", several(Kind::Bar, "三年各类数量", &["2016年", "2017年", "2018年"], &three())),
        ("bar-stacked", stacked),
        ("column", several(Kind::Column, "各月数量", &["数量"], &months())),
        ("column-wide-numbers", several(Kind::Column, "各月数量", &["数量"], &large())),
        ("column-grouped", several(Kind::Column, "各月数量，两年比较", &["2017年", "2018年"], &months())),
        (
            "column-stacked",
            several(Kind::StackedColumn, "各月办结情况", &["按时", "超期", "其他"], &triple()),
        ),
        ("line", several(Kind::Line, "各月数量", &["数量"], &months())),
        ("line-several", several(Kind::Line, "各月数量", &["网站", "微信", "公报"], &triple())),
        (
            "ring",
            Figure::simple(
                Kind::Ring,
                "按时办结",
                "件",
                &[("二十个工作日内", 478.0), ("超过二十个工作日", 19.0)],
            ),
        ),
        ("ring-many", Figure::simple(Kind::Ring, "各类今年数量", "条", &BARS)),
        ("calendar", calendar()),
        ("funnel", Figure::simple(Kind::Funnel, "办理过程", "件", &STAGES)),
        ("empty", Figure::simple(Kind::Bar, "还没有数据的图", "件", &[])),
    ]
}

const STAGES: [(&str, f64); 4] = [("收到", 952.0), ("受理", 892.0), ("答复", 870.0), ("复议", 3.0)];
const BARS: [(&str, f64); 7] = [
    ("第一类演示名称", 128.0),
    ("第二类较长的演示名称", 96.0),
    ("第三类特别长的演示名称（含若干说明，手机上一行放不下的那一种，电脑上也放不下）", 74.0),
    ("第四类", 41.0),
    ("第五类", 3.0),
    ("第六类", 0.0),
    ("第七类", 12.0),
];

fn several(kind: Kind, title: &str, names: &[&str], rows: &[(String, [f64; 3])]) -> Figure {
    let of = |at: usize| rows.iter().map(|(_, values)| values[at]).collect();
    Figure {
        kind,
        title: title.to_owned(),
        takeaway: "九月最多，二月最少".to_owned(),
        unit: "件".to_owned(),
        category: String::new(),
        categories: rows.iter().map(|(name, _)| name.clone()).collect(),
        series: names.iter().enumerate().map(|(at, name)| Series::new(*name, of(at))).collect(),
    }
}

fn named(numbers: &[[f64; 3]]) -> Vec<(String, [f64; 3])> {
    numbers.iter().enumerate().map(|(at, values)| (format!("{}月", at + 1), *values)).collect()
}

fn months() -> Vec<(String, [f64; 3])> {
    let numbers = [31, 18, 42, 39, 45, 51, 38, 44, 57, 29, 48, 36];
    named(&numbers.map(|n| [f64::from(n), f64::from((n * 7) % 53), f64::from(n % 5)]))
}

fn triple() -> Vec<(String, [f64; 3])> {
    let numbers = [31, 18, 42, 39, 45, 51, 38, 44, 57, 29, 48, 36];
    named(&numbers.map(|n| [f64::from(n), f64::from((n * 7) % 23), f64::from(n % 9)]))
}

fn large() -> Vec<(String, [f64; 3])> {
    let numbers = [31, 18, 42, 39, 45, 51, 38, 44, 57, 29, 48, 36];
    named(&numbers.map(|n| [f64::from(n * 2731), 0.0, 0.0]))
}

fn three() -> Vec<(String, [f64; 3])> {
    BARS.iter()
        .take(4)
        .map(|(name, n)| ((*name).to_owned(), [n * 0.6, n * 0.8 + 3.0, *n].map(f64::round)))
        .collect()
}

fn calendar() -> Figure {
    let mut days = Vec::new();
    let mut values = Vec::new();
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    for (month, length) in (1..).zip(lengths) {
        for day in 1..=length {
            let noise = (month * 37 + day * day * 11 + day * 5) % 17;
            days.push(format!("2018-{month:02}-{day:02}"));
            values.push(if noise > 8 { f64::from(noise - 8) } else { 0.0 });
        }
    }
    values[319] = 41.0;
    Figure {
        kind: Kind::Calendar,
        title: "2018年每天发布的数量".into(),
        takeaway: "十一月中旬最集中".into(),
        unit: "条".into(),
        category: "日期".into(),
        categories: days,
        series: vec![Series::new("数量", values)],
    }
}
