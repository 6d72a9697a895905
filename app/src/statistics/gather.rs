//! Puts the counted groups together with the names of organs, columns and kinds.

use std::collections::HashMap;

use kit_db::Tx;

use super::{
    ColumnCount, Count, FORMAT, Span, Statistics, queries,
    timeliness::{self, MonthDelay},
};
use crate::{
    column::{self, Column},
    cx::{Cx, civil_of},
    error::{Error, Result},
    id::ColumnId,
    organ, site,
};

/// The year that is shown when none is asked for: the newest that has records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// The newest year with records; all time on an empty site.
    Newest,
    /// All years.
    All,
    /// One year; not found when it has no records.
    Year(i16),
}

/// Counts; each group costs one question.
pub fn read(tx: &mut Tx<'_>, cx: &Cx, asked: Asked) -> Result<Statistics> {
    let by_year: Vec<Count> = queries::by_year(tx, &cx.site_id)?
        .into_iter()
        .map(|(year, count)| Count { name: format!("{year}年"), code: year, count })
        .collect();
    let known = |year: i16| by_year.iter().any(|count| count.code.parse() == Ok(year));
    let year = match asked {
        Asked::All => None,
        Asked::Newest => by_year.last().and_then(|count| count.code.parse().ok()),
        Asked::Year(year) if known(year) => Some(year),
        Asked::Year(_) => return Err(Error::NotFound),
    };
    let span = Span::of(year);
    let days = queries::by_day(tx, &cx.site_id, &span)?;
    let today = civil_of(cx.at);
    Ok(Statistics {
        format: FORMAT,
        site: site::queries::by_id(tx, &cx.site_id)?.ok_or(Error::NotFound)?.profile.name,
        as_of: today.to_string(),
        year,
        total: days.iter().map(|(_, n)| n).sum(),
        by_month: months(&days, year, &today.to_string()),
        by_day: days
            .into_iter()
            .map(|(day, count)| Count { name: crate::words::date(&day), code: day, count })
            .collect(),
        by_organ: organs(tx, cx, &span)?,
        by_column: columns(tx, cx, &span)?,
        by_content_type: content_types(tx, cx, &span)?,
        timeliness: timeliness::count(cx.calendar(), &queries::by_delay(tx, &cx.site_id, &span)?),
        by_year,
    })
}

/// This year by month as far as it has gone, each with what was late; none while nothing was published.
pub fn this_year(tx: &mut Tx<'_>, cx: &Cx) -> Result<Option<(i16, Vec<MonthDelay>)>> {
    let today = civil_of(cx.at);
    let pairs = queries::by_delay(tx, &cx.site_id, &Span::of(Some(today.year())))?;
    let months = timeliness::by_month(cx.calendar(), &pairs, today.month());
    Ok((!pairs.is_empty()).then_some((today.year(), months)))
}

/// The months of a year that have begun; over all time those that have records.
fn months(days: &[(String, i64)], year: Option<i16>, today: &str) -> Vec<Count> {
    let mut counts: Vec<Count> = Vec::new();
    let months = year.into_iter().flat_map(|year| (1..=12).map(move |month| format!("{year:04}-{month:02}")));
    counts.extend(months.filter(|month| month.as_str() <= &today[..7]).map(|month| named_month(month, 0)));
    for (day, n) in days {
        let month = day.get(..7).unwrap_or(day);
        match counts.iter_mut().find(|count| count.code == month) {
            Some(count) => count.count += n,
            None => counts.push(named_month(month.to_owned(), *n)),
        }
    }
    counts.sort_by(|a, b| a.code.cmp(&b.code));
    counts
}

fn named_month(code: String, count: i64) -> Count {
    let name = match code.split_once('-') {
        Some((year, month)) => format!("{year}年{}月", month.trim_start_matches('0')),
        None => code.clone(),
    };
    Count { code, name, count }
}

fn organs(tx: &mut Tx<'_>, cx: &Cx, span: &Span) -> Result<Vec<Count>> {
    let counted = queries::by_organ(tx, &cx.site_id, span)?;
    let organs = organ::queries::all(tx, &cx.site_id)?;
    let mut unnamed = 0;
    let mut counts = Vec::with_capacity(counted.len());
    for (id, count) in counted {
        match organs.iter().find(|organ| Some(&organ.id) == id.as_ref()) {
            Some(organ) => counts.push(Count { code: organ.code.clone(), name: organ.name.clone(), count }),
            None => unnamed += count,
        }
    }
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.code.cmp(&b.code)));
    if unnamed > 0 {
        counts.push(Count { code: String::new(), name: "未注明本站机构".to_owned(), count: unnamed });
    }
    Ok(counts)
}

fn content_types(tx: &mut Tx<'_>, cx: &Cx, span: &Span) -> Result<Vec<Count>> {
    let counted = queries::by_content_type(tx, &cx.site_id, span)?;
    let mut counts: Vec<Count> = counted
        .into_iter()
        .map(|(code, count)| {
            let kind = cx.reference.content_types.get(&code);
            Count { name: kind.map_or_else(|| code.clone(), |kind| kind.name.clone()), code, count }
        })
        .collect();
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.code.cmp(&b.code)));
    Ok(counts)
}

fn columns(tx: &mut Tx<'_>, cx: &Cx, span: &Span) -> Result<Vec<ColumnCount>> {
    let own: HashMap<ColumnId, i64> = queries::by_column(tx, &cx.site_id, span)?.into_iter().collect();
    let all = column::queries::all(tx, &cx.site_id)?;
    let mut counts = Vec::new();
    for top in all.iter().filter(|column| column.parent_id.is_none()) {
        below(&all, &own, top, (String::new(), 1), &mut counts);
    }
    Ok(counts)
}

/// A column and those below it, in the order of the tree; what they have together.
fn below(
    all: &[Column],
    own: &HashMap<ColumnId, i64>,
    column: &Column,
    (above, level): (String, usize),
    counts: &mut Vec<ColumnCount>,
) -> i64 {
    let path = if above.is_empty() { column.name.clone() } else { format!("{above} / {}", column.name) };
    let here = own.get(&column.id).copied().unwrap_or(0);
    let at = counts.len();
    counts.push(ColumnCount {
        code: column.code.clone(),
        name: column.name.clone(),
        path: path.clone(),
        level,
        own: here,
        count: here,
    });
    // The tree is a handful of levels deep; the bound keeps a broken row from looping.
    if level < 16 {
        let children = all.iter().filter(|child| child.parent_id.as_ref() == Some(&column.id));
        for child in children {
            let n = below(all, own, child, (path.clone(), level + 1), counts);
            counts[at].count += n;
        }
    }
    counts[at].count
}
