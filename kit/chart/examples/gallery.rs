//! Prints a page with every chart, to look at: `cargo run -p kit-chart --example gallery > gallery.html`.
//!
//! All numbers are made up (演示数据). It does NOT belong to any product page.

use kit_chart::{Row, Words, bar_chart, column_chart, ring_chart};

const PAGE: &str =
    "<!doctype html><html lang=zh-CN><meta charset=utf-8><meta name=viewport content='width=device-width'>\
<title>演示数据</title><style>
body{margin:0 auto;padding:24px 16px;max-width:1200px;background:#FBFAF7;color:#1D1D1B;\
font-family:'PingFang SC','Noto Sans CJK SC',sans-serif}
main{display:grid;gap:48px;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr))}
figure{margin:0}figcaption{font-size:18px;font-weight:600;margin-bottom:16px}
.chart{display:block;font-variant-numeric:tabular-nums;overflow:visible}
.chart-mark{fill:#174C7C;fill-opacity:1}circle.chart-mark{fill:none;stroke:#174C7C;stroke-opacity:1}
.chart-mark-2{fill:#A33B20;fill-opacity:1}circle.chart-mark-2{fill:none;stroke:#A33B20;stroke-opacity:1}
.chart-value-2{fill:#A33B20}.chart-axis{fill:#5C5A54}.chart-label{fill:#3A3935}
.grey .chart-mark,.grey .chart-mark-2{fill:currentColor;fill-opacity:revert-layer}
</style><main>";

fn main() {
    println!("{PAGE}");
    show("各月办结情况", column_chart(&words("各月办结情况", "件", &["按时", "超期"]), &months()).svg());
    show("各类今年数量", bar_chart(&words("各类今年数量", "条", &[]), &bars()).svg());
    show("按时办结", ring_chart(&words("按时办结", "件", &[]), &parts()).svg());
    let single: Vec<Row> =
        months().iter().map(|row| Row::new(row.label.clone(), row.value(0) * 31.0)).collect();
    show("各月数量", column_chart(&words("各月数量", "条", &[]), &single).svg());
    println!("</main>");
}

fn show(caption: &str, svg: &str) {
    println!("<figure><figcaption>{caption}（演示数据）</figcaption>{svg}</figure>");
}

fn words(title: &str, unit: &str, series: &[&str]) -> Words {
    let series = series.iter().map(|name| (*name).to_owned()).collect();
    Words { title: title.into(), unit: unit.into(), row: String::new(), series }
}

fn months() -> Vec<Row> {
    let numbers = [
        (31, 0),
        (18, 1),
        (42, 0),
        (39, 2),
        (45, 0),
        (51, 3),
        (38, 0),
        (44, 0),
        (57, 12),
        (29, 0),
        (48, 1),
        (36, 0),
    ];
    let row = |(at, (first, second)): (usize, &(i32, i32))| {
        Row::stacked(format!("{}月", at + 1), f64::from(*first), f64::from(*second))
    };
    numbers.iter().enumerate().map(row).collect()
}

fn bars() -> Vec<Row> {
    let names = [
        ("第一类演示名称", 128.0),
        ("第二类较长的演示名称", 96.0),
        ("第三类特别长的演示名称（含若干说明，手机上一行放不下的那一种）", 74.0),
        ("第四类", 41.0),
        ("第五类", 3.0),
        ("第六类", 0.0),
    ];
    names.into_iter().map(|(name, value)| Row::new(name, value)).collect()
}

fn parts() -> Vec<Row> {
    vec![Row::new("按时办结", 478.0), Row::new("超期办结", 19.0)]
}
