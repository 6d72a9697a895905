//! The statistics as charts.

use kit_chart::{Figure, Kind, Series, format_number};

use super::{Count, Statistics, timeliness::MonthDelay};

/// Bars of a chart of organs; the table has them all.
const MOST_BARS: usize = 15;

impl Statistics {
    /// `2018年`, or `历年`.
    pub fn period_name(&self) -> String {
        self.year.map_or_else(|| "历年".to_owned(), |year| format!("{year}年"))
    }

    /// Columns by month, or by year over all time.
    pub fn chart_over_time(&self) -> Figure {
        let (title, category, counts): (String, &str, Vec<Count>) = match self.year {
            Some(year) => {
                let short = |count: &Count| Count {
                    name: count.name.trim_start_matches(&format!("{year}年")).to_owned(),
                    ..count.clone()
                };
                (format!("{year}年各月发布的信息"), "月份", self.by_month.iter().map(short).collect())
            }
            None => ("历年发布的信息".to_owned(), "年份", self.by_year.clone()),
        };
        let takeaway = greatest(&counts).map_or_else(String::new, |most| {
            format!("{}发布最多，{} 条", most.name, format_number(most.count as f64))
        });
        figure(Kind::Column, &title, category, &counts, takeaway)
    }

    /// A field a day; none over all time.
    pub fn chart_of_days(&self) -> Option<Figure> {
        let year = self.year?;
        let busy = self.by_day.len();
        let takeaway = format!("全年有 {busy} 天发布了信息，颜色越深发布越多");
        let days: Vec<Count> =
            self.by_day.iter().map(|day| Count { name: day.code.clone(), ..day.clone() }).collect();
        (!days.is_empty())
            .then(|| figure(Kind::Calendar, &format!("{year}年每天发布的信息"), "日期", &days, takeaway))
    }

    /// Bars by working days between writing and publication.
    pub fn chart_of_delay(&self) -> Figure {
        let takeaway = self
            .timeliness
            .on_time_text()
            .map_or_else(String::new, |share| format!("{share} 在成文后20个工作日内发布"));
        let title = format!("{}信息从成文到发布的时间", self.period_name());
        figure(Kind::Bar, &title, "用时", &self.timeliness.by_working_days, takeaway)
    }

    /// Bars by organ, the greatest first.
    pub fn chart_of_organs(&self) -> Figure {
        let named = self.by_organ.iter().filter(|count| !count.code.is_empty()).count();
        let takeaway = match named {
            0 => String::new(),
            n if n > MOST_BARS => format!("{n} 个机构发布了信息，图中是最多的 {MOST_BARS} 个"),
            n => format!("{n} 个机构发布了信息"),
        };
        let shown = &self.by_organ[..self.by_organ.len().min(MOST_BARS)];
        figure(Kind::Bar, &format!("{}各机构发布的信息", self.period_name()), "机构", shown, takeaway)
    }

    /// Bars by column of the first level, the greatest first.
    pub fn chart_of_columns(&self) -> Figure {
        let tops = self.by_column.iter().filter(|column| column.level == 1 && column.count > 0);
        let mut counts: Vec<Count> = tops
            .map(|column| Count { code: column.code.clone(), name: column.name.clone(), count: column.count })
            .collect();
        counts.sort_by_key(|count| std::cmp::Reverse(count.count));
        let takeaway = counts.first().map_or_else(String::new, |most| format!("“{}”最多", most.name));
        figure(Kind::Bar, &format!("{}各栏目发布的信息", self.period_name()), "栏目", &counts, takeaway)
    }

    /// Kinds of content as parts of the whole.
    pub fn chart_of_content_types(&self) -> Figure {
        let title = format!("{}各类信息所占的份额", self.period_name());
        figure(Kind::Ring, &title, "信息类型", &self.by_content_type, String::new())
    }
}

/// Columns by month: on time below, late above.
pub fn chart_of_openness(year: i16, months: &[MonthDelay]) -> Figure {
    let series = |name: &str, of: fn(&MonthDelay) -> i64| {
        Series::new(name, months.iter().map(|month| of(month) as f64).collect())
    };
    Figure {
        kind: Kind::StackedColumn,
        title: format!("{year}年各月公开的信息"),
        takeaway: String::new(),
        unit: "条".to_owned(),
        category: "月份".to_owned(),
        categories: months.iter().map(|month| format!("{}月", month.month)).collect(),
        series: vec![
            series("按时公开", |month| month.on_time),
            series("晚于20个工作日", |month| month.published - month.on_time),
        ],
    }
}

fn greatest(counts: &[Count]) -> Option<&Count> {
    counts.iter().rev().max_by_key(|count| count.count).filter(|count| count.count > 0)
}

fn figure(kind: Kind, title: &str, category: &str, counts: &[Count], takeaway: String) -> Figure {
    Figure {
        kind,
        title: title.to_owned(),
        takeaway,
        unit: "条".to_owned(),
        category: category.to_owned(),
        categories: counts.iter().map(|count| count.name.clone()).collect(),
        series: vec![Series::new("", counts.iter().map(|count| count.count as f64).collect())],
    }
}
