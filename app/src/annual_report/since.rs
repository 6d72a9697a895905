//! What changed since a report was signed: the figures now against those that were frozen, and the records that came and
//! went behind each. The signed report itself stays as it was.

use std::collections::HashSet;

use kit_db::Tx;

use super::{
    Report, build, queries,
    source::{self, Line, Register, Window, packed},
};
use crate::{cx::Cx, error::Result};

/// How many records are named on either side.
const MOST_NAMED: usize = 20;

/// A figure that is no longer what it was.
#[derive(Debug, Clone)]
pub struct Change {
    /// The figure.
    pub code: String,
    /// Its name.
    pub name: String,
    /// As signed.
    pub then: String,
    /// As it would be now.
    pub now: String,
    /// How many records came.
    pub n_came: usize,
    /// How many went.
    pub n_went: usize,
    /// The first of those that came.
    pub came: Vec<(Register, Line)>,
    /// The first of those that went.
    pub went: Vec<(Register, Line)>,
}

/// Every figure that differs, or whose records do.
///
/// # Errors
/// As the database.
pub fn changes(tx: &mut Tx<'_>, cx: &Cx, report: &Report) -> Result<Vec<Change>> {
    let Some(frozen) = &report.frozen else { return Ok(Vec::new()) };
    let made = build::make(tx, cx, report)?;
    let mut changes = Vec::new();
    for figure in &frozen.figures {
        let now = made.figures.resolved(&figure.code).map(|figure| figure.text).unwrap_or_default();
        let (came, went) = moved(tx, cx, (report, &made), &figure.code)?;
        if now == figure.text && came.is_empty() && went.is_empty() {
            continue;
        }
        let (n_came, n_went) = (came.len(), went.len());
        let first = |all: Vec<(Register, String)>| all.into_iter().take(MOST_NAMED).collect::<Vec<_>>();
        changes.push(Change {
            code: figure.code.clone(),
            name: figure.name.clone(),
            then: figure.text.clone(),
            now,
            n_came,
            n_went,
            came: source::lines(tx, cx, &first(came))?,
            went: source::lines(tx, cx, &first(went))?,
        });
    }
    Ok(changes)
}

type Found = Vec<(Register, String)>;

/// The records that came and those that went behind a counted figure; sums tell of their parts.
fn moved(
    tx: &mut Tx<'_>,
    cx: &Cx,
    (report, made): (&Report, &build::Made<'_>),
    code: &str,
) -> Result<(Found, Found)> {
    let Some(kept) = queries::source(tx, &cx.site_id, &report.id, code)? else {
        return Ok(Default::default());
    };
    let Some(figure) = made.format.figure(code) else { return Ok(Default::default()) };
    let then = packed::unpack(&kept)?;
    let measured = (&report.scope(), &figure.measure);
    let (register, now) = source::ids(tx, &cx.site_id, cx.reference, measured, Window::WHOLE)?;
    let without = |all: &[String], others: &[String]| -> Found {
        let others: HashSet<&String> = others.iter().collect();
        let left = all.iter().filter(|id| !others.contains(id));
        left.map(|id| (register, id.clone())).collect()
    };
    Ok((without(&now, &then), without(&then, &now)))
}
