//! A chart as a Chinese sentence, from the same numbers: for those who do not see it.

use crate::{
    day::Day,
    figure::{Figure, Kind},
    ring::percent,
};

pub(crate) fn sentence(figure: &Figure) -> String {
    let title = &figure.title;
    if figure.is_empty() {
        return format!("{title}：暂无数据。");
    }
    let said = match figure.kind {
        Kind::Calendar => calendar(figure),
        Kind::Funnel => funnel(figure),
        Kind::Ring => ring(figure),
        Kind::Line => line(figure),
        _ if figure.unit == "%" => each(figure),
        _ => bars(figure),
    };
    format!("{title}：{said}。")
}

fn sum(figure: &Figure) -> f64 {
    (0..figure.series.len()).map(|series| figure.sum(series)).sum()
}

/// `共 12 项，合计 340 件，其中按时 338 件、超期 2 件；最多的是3月（45 件），最少的是2月（12 件）`
fn bars(figure: &Figure) -> String {
    let n = figure.categories.len();
    if n <= 3 && figure.series.len() == 1 {
        return each(figure);
    }
    let mut text = format!("共 {n} 项");
    let parts: Vec<String> = figure
        .series
        .iter()
        .enumerate()
        .map(|(at, series)| format!("{} {}", series.name, figure.amount(figure.sum(at))))
        .collect();
    match (figure.series.len(), figure.is_stacked()) {
        (1, _) => text.push_str(&format!("，合计 {}", figure.amount(sum(figure)))),
        (_, true) => {
            text.push_str(&format!("，合计 {}，其中{}", figure.amount(sum(figure)), parts.join("、")));
        }
        // Series that are compared are not added up.
        (_, false) => text.push_str(&format!("，{}", parts.join("、"))),
    }
    text + &extremes(figure)
}

/// `甲 3 件，乙 5 件`
fn each(figure: &Figure) -> String {
    let parts: Vec<String> =
        (0..figure.categories.len()).map(|at| figure.tip(at).replace('：', " ")).collect();
    parts.join("，")
}

fn extremes(figure: &Figure) -> String {
    let n = figure.categories.len();
    let total = |at: &usize| figure.total(*at);
    // The first of equals, in both directions.
    let most = (0..n).rev().max_by(|a, b| total(a).total_cmp(&total(b)));
    let least = (0..n).min_by(|a, b| total(a).total_cmp(&total(b)));
    match (most, least) {
        (Some(most), Some(least)) if n > 1 && total(&most) > total(&least) => {
            let say = |at: usize| format!("{}（{}）", figure.categories[at], figure.amount(figure.total(at)));
            format!("；最多的是{}，最少的是{}", say(most), say(least))
        }
        _ if n > 1 => "；各项相同".to_owned(),
        _ => String::new(),
    }
}

fn ring(figure: &Figure) -> String {
    let whole = sum(figure);
    let part = |at: usize| {
        let value = figure.total(at);
        let share = percent(value, whole).map_or_else(String::new, |share| format!("，占 {share}"));
        format!("{} {}{share}", figure.categories[at], figure.amount(value))
    };
    let parts: Vec<String> = (0..figure.categories.len()).map(part).collect();
    format!("合计 {}；{}", figure.amount(whole), parts.join("；"))
}

fn line(figure: &Figure) -> String {
    let run = |series: usize| {
        let known: Vec<(usize, f64)> =
            (0..figure.categories.len()).filter_map(|at| Some((at, figure.value(series, at)?))).collect();
        let name = &figure.series[series].name;
        let say = |&(at, value): &(usize, f64)| format!("{} {}", figure.categories[at], figure.amount(value));
        match (known.first(), known.last()) {
            (Some(first), Some(last)) if known.len() > 1 => {
                let most = known.iter().rev().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or(last);
                format!("{name}从{}到{}，最高{}", say(first), say(last), say(most))
            }
            (Some(only), _) => format!("{name}{}", say(only)),
            _ => format!("{name}暂无数据"),
        }
    };
    let runs: Vec<String> = (0..figure.series.len()).map(run).collect();
    runs.join("；")
}

fn calendar(figure: &Figure) -> String {
    let busy: Vec<usize> = (0..figure.categories.len()).filter(|&at| figure.total(at) > 0.0).collect();
    let most = busy.iter().rev().max_by(|a, b| figure.total(**a).total_cmp(&figure.total(**b)));
    let Some(&most) = most else { return "每天都是 0".to_owned() };
    let day =
        Day::parse(&figure.categories[most]).map_or_else(|| figure.categories[most].clone(), Day::words);
    let amount = figure.amount(figure.total(most));
    format!("{} 天合计 {}，最多的是{day}（{amount}）", busy.len(), figure.amount(sum(figure)))
}

fn funnel(figure: &Figure) -> String {
    let stage = |at: usize| {
        let value = figure.total(at);
        let left = at.checked_sub(1).and_then(|before| percent(value, figure.total(before)));
        let left = left.map_or_else(String::new, |share| format!("（上一步的 {share}）"));
        format!("{} {}{left}", figure.categories[at], figure.amount(value))
    };
    let stages: Vec<String> = (0..figure.categories.len()).map(stage).collect();
    stages.join("，")
}
