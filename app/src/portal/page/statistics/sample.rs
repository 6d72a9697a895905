//! Made-up statistics (演示数据).

use super::*;
use crate::{
    portal::page::ColumnTags,
    statistics::{ColumnCount, Count, Delay, FORMAT, Statistics},
};

const MONTHS: [i64; 12] = [88, 61, 104, 96, 87, 112, 93, 79, 121, 98, 76, 64];

fn counts(names: &[(&str, i64)]) -> Vec<Count> {
    let count = |(at, (name, count)): (usize, &(&str, i64))| Count {
        code: format!("c{at}"),
        name: (*name).to_owned(),
        count: *count,
    };
    names.iter().enumerate().map(count).collect()
}

fn statistics() -> Statistics {
    let month = |(at, count): (usize, &i64)| Count {
        code: format!("2018-{:02}", at + 1),
        name: format!("2018年{}月", at + 1),
        count: *count,
    };
    let day = |n: i64| Count {
        code: format!("2018-{:02}-{:02}", n % 12 + 1, (n * 7) % 28 + 1),
        name: String::new(),
        count: n % 9 + n / 30,
    };
    let organs = [
        "政府办公室",
        "财政局",
        "教育局",
        "民政局",
        "农业局",
        "卫生健康局",
        "古源镇人民政府",
        "小扬气镇人民政府",
    ];
    let organs: Vec<(&str, i64)> =
        organs.iter().zip([312, 204, 141, 96, 77, 61, 48, 33]).map(|(n, c)| (*n, c)).collect();
    let columns = [("政策文件", 146), ("政务动态", 402), ("财政信息", 84), ("重点领域", 447)];
    Statistics {
        format: FORMAT,
        site: "演示区人民政府".into(),
        as_of: "2019-01-15".into(),
        year: Some(2018),
        total: MONTHS.iter().sum(),
        by_year: counts(&[("2017年", 880), ("2018年", 1079)])
            .into_iter()
            .zip(["2017", "2018"])
            .map(|(count, code)| Count { code: code.into(), ..count })
            .collect(),
        by_month: MONTHS.iter().enumerate().map(month).collect(),
        by_day: (0..180).map(day).filter(|day| day.count > 0).collect(),
        by_organ: counts(&organs),
        by_column: columns
            .iter()
            .map(|(name, count)| ColumnCount {
                code: "c".into(),
                name: (*name).into(),
                path: (*name).into(),
                level: 1,
                own: *count,
                count: *count,
            })
            .collect(),
        by_content_type: counts(&[
            ("政务动态", 402),
            ("公告公示", 301),
            ("规范性文件", 146),
            ("政策解读", 130),
            ("财政信息", 100),
        ]),
        timeliness: timeliness(),
    }
}

fn timeliness() -> Delay {
    Delay {
        dated: 1040,
        undated: 39,
        on_time: 1012,
        late: 28,
        median_days: Some(3),
        by_working_days: counts(&[
            ("当天", 402),
            ("1—5个工作日", 391),
            ("6—10个工作日", 140),
            ("11—20个工作日", 79),
            ("超过20个工作日", 28),
        ]),
    }
}

impl StatisticsPage {
    /// A year with every chart.
    pub fn sample() -> Self {
        let mut layout = Layout::sample("公开统计", "/statistics");
        layout.column = Some(ColumnTags::sample("公开统计", "信息公开统计"));
        let years = vec![
            Link::new("2018年", ""),
            Link::new("2017年", "/statistics?year=2017"),
            Link::new("历年", "/statistics?year=all"),
        ];
        StatisticsPage { years, ..StatisticsPage::new(layout, &statistics()) }
    }

    /// A site on its first day.
    pub fn sample_empty() -> Self {
        StatisticsPage { total: 0, years: Vec::new(), ..Self::sample() }
    }
}
