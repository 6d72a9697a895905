//! The annex (附件): what the figures count, by organ, by month and by key area, and every figure with its definition.

use std::collections::BTreeMap;

use super::{
    super::document::{Block, Cell, ReportTable},
    Made,
};
use crate::cx::Cx;

fn text(text: impl Into<String>) -> Cell {
    Cell { text: text.into(), figure: None, is_number: false }
}

fn count(n: i64) -> Cell {
    Cell { text: n.to_string(), figure: None, is_number: true }
}

fn heads(heads: &[&str]) -> Vec<String> {
    heads.iter().map(|head| (*head).to_owned()).collect()
}

impl Made<'_> {
    pub(super) fn annex(&self, cx: &Cx) -> Vec<Block> {
        let mut annex = Vec::new();
        if self.report.organ_id.is_empty() {
            annex.push(Block::Table(self.by_organ()));
        }
        annex.push(Block::Table(self.months()));
        annex.push(Block::Table(self.by_area(cx)));
        annex
    }

    /// Records and articles of each organ, the most first.
    fn by_organ(&self) -> ReportTable {
        let mut organs: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
        for pair in &self.counts.documents_by_organ {
            organs.entry(&pair.one).or_default().0 += pair.n;
        }
        for group in &self.counts.articles {
            organs.entry(&group.organ_id).or_default().1 += group.n;
        }
        let mut rows: Vec<(String, i64, i64)> = organs
            .into_iter()
            .map(|(id, (website, wechat))| (self.setting.organ(id), website, wechat))
            .collect();
        rows.sort_by(|one, other| (other.1 + other.2).cmp(&(one.1 + one.2)).then(one.0.cmp(&other.0)));
        let sum = |of: fn(&(String, i64, i64)) -> i64| rows.iter().map(of).sum::<i64>();
        let total = vec![text("合计"), count(sum(|r| r.1)), count(sum(|r| r.2)), count(sum(|r| r.1 + r.2))];
        let row = |(name, website, wechat): &(String, i64, i64)| {
            vec![text(name.as_str()), count(*website), count(*wechat), count(website + wechat)]
        };
        ReportTable {
            code: "by_organ".to_owned(),
            caption: "附表1　各单位主动公开政府信息情况".to_owned(),
            head: heads(&["单位", "政府网站", "政务微信", "合计"]),
            rows: rows.iter().map(row).chain([total]).collect(),
            note: "按负责该信息的单位统计。".to_owned(),
        }
    }

    fn months(&self) -> ReportTable {
        let months: Vec<(i64, i64)> = (1..=12)
            .map(|month| {
                let month = format!("{month:02}");
                (self.counts.documents_in(&month, |_| true), self.counts.articles_in(&month))
            })
            .collect();
        let row = |(month, (website, wechat)): (usize, &(i64, i64))| {
            vec![text(format!("{month}月")), count(*website), count(*wechat), count(website + wechat)]
        };
        let sum = |of: fn(&(i64, i64)) -> i64| months.iter().map(of).sum::<i64>();
        let total = vec![text("合计"), count(sum(|m| m.0)), count(sum(|m| m.1)), count(sum(|m| m.0 + m.1))];
        ReportTable {
            code: "by_month".to_owned(),
            caption: "附表2　各月主动公开政府信息情况".to_owned(),
            head: heads(&["月份", "政府网站", "政务微信", "合计"]),
            rows: (1..).zip(&months).map(row).chain([total]).collect(),
            note: String::new(),
        }
    }

    fn by_area(&self, cx: &Cx) -> ReportTable {
        let areas = self.counts.by_area(cx.reference);
        let total = vec![text("合计"), count(areas.iter().map(|(_, n)| n).sum())];
        let row = |(name, n): &(String, i64)| vec![text(name.as_str()), count(*n)];
        ReportTable {
            code: "by_area".to_owned(),
            caption: "附表3　重点领域信息公开情况".to_owned(),
            head: heads(&["重点领域", "条数"]),
            rows: areas.iter().map(row).chain([total]).collect(),
            note: String::new(),
        }
    }
}
