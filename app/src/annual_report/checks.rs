//! What is wrong with a report while it is written: the rules of `rules::report` over its figures, its prose and what
//! stands beside it (last year's report, other organs' reports). What a unit answers is held against its records where the
//! answer is shown.

use kit_db::Tx;
use rules::report::{self as rule, Declared, Fault, MOST_ALIKE};

use super::{
    Report, Section,
    build::{self, Made},
    count,
    figures::Figures,
    picture,
    prose::{self, Piece, Run},
    queries,
    returns::Return,
};
use crate::{cx::Cx, error::Result};

/// Everything that is to be said of a report, what blocks it first.
///
/// # Errors
/// As the database.
pub fn faults(tx: &mut Tx<'_>, cx: &Cx, made: &Made<'_>) -> Result<Vec<Fault>> {
    made.document(cx)?;
    let used = made.used();
    let figures = made.figures.for_checks(|code| used.iter().any(|known| known == code));
    let declared: Vec<(String, Declared)> =
        made.report.declared.iter().map(|(code, declared)| (code.clone(), *declared)).collect();
    let mut faults = rule::sums(&figures, &made.format.sums());
    faults.extend(rule::emptiness(&figures, &declared));
    for section in &made.report.sections {
        faults.extend(section_faults(made, section, &figures));
    }
    faults.extend(rule::jumps(&figures, &before(tx, cx, made)?));
    faults.extend(alike(tx, cx, made)?);
    faults.sort_by_key(|fault| !fault.is_blocking());
    Ok(faults)
}

fn section_faults(made: &Made<'_>, section: &Section, figures: &[rule::Figure]) -> Vec<Fault> {
    let name = made.line(section_name(section));
    if section.text.trim().is_empty() {
        return vec![Fault::NoText { section: name }];
    }
    let typed = prose::typed(&section.text);
    let unknown = unknown(made, &section.text);
    let unknown = unknown.into_iter().map(|reference| Fault::Unknown { section: name.clone(), reference });
    unknown.chain(rule::prose(&name, &typed, figures)).collect()
}

/// What a section is called where it has no heading.
pub fn section_name(section: &Section) -> &str {
    if section.heading.is_empty() { "引言" } else { &section.heading }
}

/// References that lead nowhere, as written.
fn unknown(made: &Made<'_>, text: &str) -> Vec<String> {
    let of_run = |run: Run| match run {
        Run::Figure(code) => made.figures.value(&code).is_none().then(|| format!("{{{{figure:{code}}}}}")),
        Run::Word(code) => made.setting.word(&code).is_none().then(|| format!("{{{{word:{code}}}}}")),
        Run::Broken(text) => Some(text),
        Run::Text(_) => None,
    };
    let of_piece = |piece: Piece| match piece {
        Piece::Heading(runs) | Piece::Paragraph(runs) => runs.into_iter().filter_map(of_run).collect(),
        Piece::Table(code) => {
            let is_known = made.format.tables.iter().any(|table| table.code == code);
            if is_known { Vec::new() } else { vec![format!("{{{{table:{code}}}}}")] }
        }
        Piece::Chart(code) => {
            let is_known = made.format.charts.iter().any(|chart| chart.code == code);
            if is_known { Vec::new() } else { vec![format!("{{{{chart:{code}}}}}")] }
        }
        Piece::Picture(code) => {
            let is_known = made.report.picture(&code).is_some();
            if is_known { Vec::new() } else { vec![picture::reference(&code)] }
        }
    };
    prose::read(text).into_iter().flat_map(of_piece).collect::<Vec<String>>()
}

/// The figures of the year before: as they were signed, else as the records give them, where there are any.
fn before(tx: &mut Tx<'_>, cx: &Cx, made: &Made<'_>) -> Result<Vec<(String, i64)>> {
    let report = made.report;
    let mut scope = report.scope();
    scope.year -= 1;
    let last = queries::newest_signed(tx, &cx.site_id, &report.organ_id, scope.year)?;
    if let Some(frozen) = last.and_then(|last| last.frozen) {
        let number = |figure: super::document::FigureValue| match figure.value {
            super::document::FigureNumber::Count(n) => Some((figure.code, n)),
            _ => None,
        };
        return Ok(frozen.figures.into_iter().filter_map(number).collect());
    }
    let counts = count::count(tx, &cx.site_id, &scope)?;
    if counts.documents.is_empty() {
        return Ok(Vec::new());
    }
    let figures = Figures::compute(cx.reference, made.format, &scope, &counts, &Default::default());
    let number = |figure: &crate::reference::ReportFigure| {
        let value = figures.value(&figure.code)?.number().filter(|n| *n > 0)?;
        (figure.unit != "元").then(|| (figure.code.clone(), value))
    };
    Ok(made.format.figures.iter().filter_map(number).collect())
}

/// Sections that repeat last year's or another organ's report.
fn alike(tx: &mut Tx<'_>, cx: &Cx, made: &Made<'_>) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for (other, sections) in queries::beside(tx, &cx.site_id, made.report)? {
        for section in made.report.sections.iter().filter(|section| !section.written_by.is_empty()) {
            let Some(theirs) = sections.iter().find(|theirs| theirs.code == section.code) else { continue };
            let percent = rule::likeness(&prose::typed(&section.text), &prose::typed(&theirs.text));
            if let Some(percent) = percent.filter(|percent| *percent >= MOST_ALIKE) {
                let section = made.line(section_name(section));
                faults.push(Fault::Alike { section, other: other.clone(), percent });
            }
        }
    }
    Ok(faults)
}

/// Where a unit's own counts differ from what its records give; `organ` is its name.
///
/// # Errors
/// As the database.
pub fn of_return(
    tx: &mut Tx<'_>,
    cx: &Cx,
    report: &Report,
    (returned, organ): (&Return, &str),
) -> Result<Vec<Fault>> {
    if returned.counts.is_empty() {
        return Ok(Vec::new());
    }
    let figures = of_unit(tx, cx, report, &returned.organ_id)?;
    let fault = |(code, says): (&String, &i64)| {
        let counted = figures.number(code);
        let differs = counted != *says;
        differs.then(|| Fault::Unit { organ: organ.to_owned(), code: code.clone(), says: *says, counted })
    };
    Ok(returned.counts.iter().filter_map(fault).collect())
}

/// The figures of one unit for the year of a report.
///
/// # Errors
/// As the database.
pub fn of_unit(tx: &mut Tx<'_>, cx: &Cx, report: &Report, organ_id: &str) -> Result<Figures> {
    let format = report.format(cx.reference)?;
    let scope = count::Scope { organ_id: organ_id.to_owned(), year: report.year };
    let counts = count::count(tx, &cx.site_id, &scope)?;
    Ok(Figures::compute(cx.reference, format, &scope, &counts, &Default::default()))
}

/// The faults of a stored report.
///
/// # Errors
/// As the database.
pub fn of_report(tx: &mut Tx<'_>, cx: &Cx, report: &Report) -> Result<Vec<Fault>> {
    let made = build::make(tx, cx, report)?;
    faults(tx, cx, &made)
}
