//! The verbs of the annual report: begin, write, declare, ask units, submit, sign, correct. Each checks, changes and appends
//! to the audit log in the transaction it is given.

use std::collections::BTreeSet;

use kit_db::Tx;
use rules::report::Declared;

use super::{
    Report, Section, build, checks,
    document::ReportState,
    figures::Declarations,
    format_of, queries, release,
    returns::{Return, ReturnState},
    source::{self, Window, packed},
    withdrawal, words,
};
use crate::{
    audit::{self, Act},
    cx::Cx,
    error::{Error, Refusal, Result},
    id::OrganId,
    organ,
    reference::{Measure, ReportFormat},
};

/// Longest text of a section.
const LONGEST_SECTION: usize = 40_000;
/// Longest reason, comment or note.
const LONGEST_NOTE: usize = 1_000;

pub(super) fn refused<T>(sentence: impl Into<String>) -> Result<T> {
    Err(Refusal::Invalid(sentence.into()).into())
}

pub(super) fn record(tx: &mut Tx<'_>, cx: &Cx, action: &'static str, id: &str, detail: &str) -> Result<()> {
    audit::actions::record(tx, cx, Act { action, object_kind: "report", object_id: id, detail })
}

/// A report as its format gives it, that is nowhere kept.
///
/// # Errors
/// Refused where no format is for the year.
pub fn blank(cx: &Cx, organ_id: &str, year: i64) -> Result<Report> {
    let format = format_of(cx.reference, year)?;
    let section = |section: &crate::reference::SectionFormat| Section {
        code: section.code.clone(),
        heading: section.heading.clone(),
        text: section.text.trim().to_owned(),
        written_by: String::new(),
        version: 1,
    };
    Ok(Report {
        id: cx.new_id(),
        organ_id: organ_id.to_owned(),
        year,
        format: format.code.clone(),
        number: 1,
        state: ReportState::Editing,
        title: format.title.clone(),
        sections: format.sections.iter().map(section).collect(),
        pictures: Vec::new(),
        declared: Declarations::default(),
        frozen: None,
        cut_off_at: None,
        correction_reason: String::new(),
        document_id: None,
        edition_id: None,
        published_at: None,
        authors: BTreeSet::from([cx.actor.clone()]),
        submitted_by: None,
        withdrawal_known_at: None,
        signed_by: None,
        created_by: cx.actor.clone(),
        version: 1,
    })
}

/// Begins the report of an organ (empty: the whole site) for a year.
///
/// # Errors
/// Refused where there is one, or no format is for the year; not found for an organ of elsewhere.
pub fn create(tx: &mut Tx<'_>, cx: &Cx, organ_id: &str, year: i64) -> Result<String> {
    if queries::newest_number(tx, &cx.site_id, organ_id, year)?.is_some() {
        return refused(format!("已经有{year}年度的年报：请在年报列表中打开；已签发的请办理更正"));
    }
    let is_known = organ_id.is_empty()
        || organ::queries::all(tx, &cx.site_id)?.iter().any(|organ| organ.id.0 == organ_id);
    if !is_known {
        return Err(Error::NotFound);
    }
    let mut report = blank(cx, organ_id, year)?;
    let title = build::make(tx, cx, &report)?.line(&report.title);
    report.title = title;
    queries::insert(tx, cx, &report)?;
    record(tx, cx, "report.create", &report.id, &report.title)?;
    Ok(report.id)
}

/// A report by its id.
///
/// # Errors
/// Not found when there is none.
pub fn find(tx: &mut Tx<'_>, cx: &Cx, id: &str) -> Result<Report> {
    queries::by_id(tx, &cx.site_id, id)?.ok_or(Error::NotFound)
}

/// A report that is being written and still has version `version`.
fn open(tx: &mut Tx<'_>, cx: &Cx, id: &str, version: i64) -> Result<Report> {
    let report = written(tx, cx, id)?;
    if report.version == version { Ok(report) } else { Err(Error::Conflict) }
}

/// A report that is being written.
pub(super) fn written(tx: &mut Tx<'_>, cx: &Cx, id: &str) -> Result<Report> {
    let report = find(tx, cx, id)?;
    match report.state {
        ReportState::Editing => Ok(report),
        ReportState::Submitted => refused("年报已提交签发，不能修改：请先撤回提交"),
        ReportState::Frozen | ReportState::Superseded => refused("年报已签发，不能修改：请办理更正"),
    }
}

/// Keeps what the acting person wrote or declared.
pub(super) fn keep(tx: &mut Tx<'_>, cx: &Cx, report: &mut Report) -> Result<i64> {
    report.authors.insert(cx.actor.clone());
    queries::save(tx, &cx.site_id, report)?.ok_or(Error::Conflict)
}

/// Writes a section that still has version `seen`; gives its new version. What others did to other sections meanwhile is no
/// hindrance.
///
/// # Errors
/// Conflict where somebody wrote this section meanwhile; refused where the report is signed or the text too long.
pub fn save_section(
    tx: &mut Tx<'_>,
    cx: &Cx,
    (id, seen): (&str, i64),
    code: &str,
    text: &str,
) -> Result<i64> {
    let mut report = written(tx, cx, id)?;
    if text.chars().count() > LONGEST_SECTION {
        return refused(format!("一个部分最多{LONGEST_SECTION}字，请精简"));
    }
    let section = report.sections.iter_mut().find(|section| section.code == code);
    let section = section.ok_or(Error::NotFound)?;
    if section.version != seen {
        return Err(Error::Conflict);
    }
    section.version += 1;
    section.text = text.replace("\r\n", "\n").trim().to_owned();
    section.written_by.clone_from(&cx.actor);
    let name = checks::section_name(section).to_owned();
    keep(tx, cx, &mut report)?;
    record(tx, cx, "report.write", id, &name)?;
    Ok(seen + 1)
}

/// Says of a figure without records that there was nothing, or can be nothing; or takes that back. Of a sum it is said of
/// its parts.
///
/// # Errors
/// Conflict where somebody changed the report meanwhile; refused where it is signed; not found for a figure that the format
/// does not have.
pub fn declare(
    tx: &mut Tx<'_>,
    cx: &Cx,
    (id, version): (&str, i64),
    code: &str,
    declared: Option<Declared>,
) -> Result<i64> {
    let mut report = open(tx, cx, id, version)?;
    let format = report.format(cx.reference)?;
    let counted = source::counted(format, code);
    if counted.is_empty() {
        return Err(Error::NotFound);
    }
    for figure in counted {
        match declared {
            Some(declared) => report.declared.insert(figure.code.clone(), declared),
            None => report.declared.remove(&figure.code),
        };
    }
    let name = format.figure(code).map_or(code, |figure| figure.name.as_str());
    let version = keep(tx, cx, &mut report)?;
    record(tx, cx, "report.declare", id, &format!("{name}：{}", words::declared(declared)))?;
    Ok(version)
}

/// Asks units for their own counts and a comment.
///
/// # Errors
/// Refused where the day is not in the future or an organ is unknown.
pub fn ask(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: &str,
    organs: &[String],
    (due_on, note): (&str, &str),
) -> Result<()> {
    let report = find(tx, cx, id)?;
    if report.state != ReportState::Editing {
        return refused("年报不在编写中，不能再要求单位填报");
    }
    if !report.organ_id.is_empty() {
        return refused("单位年报不需要其他单位填报");
    }
    if due_on.parse::<jiff::civil::Date>().is_err() || due_on <= cx.today().as_str() {
        return refused("截止日期应当晚于今天");
    }
    if organs.is_empty() {
        return refused("请选择单位");
    }
    let known = organ::queries::all(tx, &cx.site_id)?;
    for organ_id in organs {
        if !known.iter().any(|organ| organ.id.0 == *organ_id) {
            return Err(Error::NotFound);
        }
        queries::ask(tx, &cx.site_id, &asked(id, organ_id, due_on, note))?;
    }
    record(tx, cx, "report.ask", id, &format!("{} 个单位 {due_on}", organs.len()))
}

fn asked(report_id: &str, organ_id: &str, due_on: &str, note: &str) -> Return {
    Return {
        report_id: report_id.to_owned(),
        organ_id: organ_id.to_owned(),
        state: ReturnState::Asked,
        due_on: due_on.to_owned(),
        counts: std::collections::BTreeMap::new(),
        comment: String::new(),
        note: note.to_owned(),
        answered_by: None,
        answered_at: None,
        version: 1,
    }
}

/// What a unit answers.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its own counts by figure.
    pub counts: std::collections::BTreeMap<String, i64>,
    /// What it says besides.
    pub comment: String,
}

/// The figures that a unit may be asked for: counted from its own records.
pub fn asked_figures(format: &ReportFormat) -> Vec<&crate::reference::ReportFigure> {
    let is_own = |figure: &&crate::reference::ReportFigure| {
        let made =
            matches!(figure.measure, Measure::Sum { .. } | Measure::Percent { .. } | Measure::Money { .. });
        !made && !figure.site_only
    };
    format.figures.iter().filter(is_own).collect()
}

/// Keeps a unit's answer.
///
/// # Errors
/// Not found when it was not asked; conflict where somebody was faster; refused when the report is no longer written.
pub fn answer(
    tx: &mut Tx<'_>,
    cx: &Cx,
    (id, organ_id): (&str, &str),
    version: i64,
    answer: &Answer,
) -> Result<()> {
    let report = find(tx, cx, id)?;
    if report.state != ReportState::Editing {
        return refused("年报不在编写中，不能再填报");
    }
    let format = report.format(cx.reference)?;
    let known = asked_figures(format);
    if answer.counts.iter().any(|(code, n)| *n < 0 || !known.iter().any(|figure| figure.code == *code)) {
        return refused("填报数应当是不小于零的整数");
    }
    if answer.comment.chars().count() > LONGEST_NOTE {
        return refused(format!("说明最多{LONGEST_NOTE}字"));
    }
    let mut returned = queries::return_of(tx, &cx.site_id, id, organ_id)?.ok_or(Error::NotFound)?;
    returned.version = version;
    returned.state = ReturnState::Answered;
    returned.counts.clone_from(&answer.counts);
    returned.comment = answer.comment.trim().to_owned();
    returned.answered_by = Some(cx.actor.clone());
    returned.answered_at = Some(cx.at);
    if !queries::set_return(tx, cx, &returned)? {
        return Err(Error::Conflict);
    }
    let organ = organ_name(tx, cx, organ_id)?;
    record(tx, cx, "report.answer", id, &organ)
}

/// Gives a unit's answer back to be mended.
///
/// # Errors
/// Not found when it was not asked; refused when no reason is given or it has not answered.
pub fn give_back(tx: &mut Tx<'_>, cx: &Cx, (id, organ_id): (&str, &str), note: &str) -> Result<()> {
    if find(tx, cx, id)?.state != ReportState::Editing {
        return refused("年报不在编写中，不能再退回单位的填报");
    }
    let mut returned = queries::return_of(tx, &cx.site_id, id, organ_id)?.ok_or(Error::NotFound)?;
    if note.trim().is_empty() {
        return refused("退回必须写明原因");
    }
    if returned.state != ReturnState::Answered {
        return refused("该单位还没有填报，不能退回");
    }
    returned.state = ReturnState::Returned;
    returned.note = note.trim().to_owned();
    if !queries::set_return(tx, cx, &returned)? {
        return Err(Error::Conflict);
    }
    let organ = organ_name(tx, cx, organ_id)?;
    record(tx, cx, "report.give_back", id, &format!("{organ}：{}", returned.note))
}

/// An organ as the log names it.
fn organ_name(tx: &mut Tx<'_>, cx: &Cx, organ_id: &str) -> Result<String> {
    let id = OrganId(organ_id.to_owned());
    Ok(organ::queries::name_of(tx, &cx.site_id, &id)?.unwrap_or_default())
}

fn check_faults(tx: &mut Tx<'_>, cx: &Cx, report: &Report) -> Result<()> {
    let format = report.format(cx.reference)?;
    let faults = checks::of_report(tx, cx, report)?;
    let blocking: Vec<String> =
        faults.iter().filter(|fault| fault.is_blocking()).map(|fault| words::fault(format, fault)).collect();
    if blocking.is_empty() {
        return Ok(());
    }
    refused(format!("还有{}处必须处理：{}", blocking.len(), blocking.join("；")))
}

/// Hands a report to the signer.
///
/// # Errors
/// Refused while something blocks it; conflict where somebody was faster.
pub fn submit(tx: &mut Tx<'_>, cx: &Cx, id: &str, version: i64) -> Result<()> {
    let report = open(tx, cx, id, version)?;
    check_faults(tx, cx, &report)?;
    let known = withdrawal::of(tx, cx, &report)?.map(|withdrawal| withdrawal.at);
    queries::set_submitted(tx, cx, id, Some(&cx.actor), known)?;
    record(tx, cx, "report.submit", id, &report.title)
}

/// Takes a report back from the signer, or the signer gives it back; the reason goes to the log.
///
/// # Errors
/// Refused when it is not with the signer or no reason is given.
pub fn take_back(tx: &mut Tx<'_>, cx: &Cx, id: &str, reason: &str) -> Result<()> {
    let report = find(tx, cx, id)?;
    if report.state != ReportState::Submitted {
        return refused("年报没有提交签发，不能退回");
    }
    if reason.trim().is_empty() {
        return refused("退回必须写明原因");
    }
    queries::set_submitted(tx, cx, id, None, None)?;
    record(tx, cx, "report.take_back", id, reason.trim())
}

/// Signs a report that still has version `version`: it is frozen with its figures, the moment and the ids behind each
/// figure, and its record is made with the numbers it will be published under. `base_url` is the address in front of the
/// site's paths.
///
/// # Errors
/// Refused for whoever ever wrote in it, when it is not submitted, when the report that it corrects was withdrawn since, or
/// while something blocks it; conflict where it is not what the signer has read.
pub fn sign(tx: &mut Tx<'_>, cx: &Cx, (id, version): (&str, i64), base_url: &str) -> Result<()> {
    let report = find(tx, cx, id)?;
    if report.state != ReportState::Submitted {
        return refused("年报还没有提交签发");
    }
    if report.version != version {
        return Err(Error::Conflict);
    }
    if report.authors.contains(&cx.actor) || report.submitted_by.as_deref() == Some(&cx.actor) {
        return refused("编写年报的人不能签发：请由另一位签发人签发");
    }
    withdrawal::check_known(tx, cx, &report, "请退回编写，删去不应公开的内容后重新提交")?;
    check_faults(tx, cx, &report)?;
    let made = build::make(tx, cx, &report)?;
    let signed = release::record(tx, cx, &made, base_url)?;
    queries::set_frozen(tx, cx, id, &signed.frozen, (&signed.document_id, &signed.edition_id))?;
    keep_sources(tx, cx, &report, made.format)?;
    queries::supersede(tx, &cx.site_id, &report)?;
    record(tx, cx, "report.sign", id, &report.title)
}

fn keep_sources(tx: &mut Tx<'_>, cx: &Cx, report: &Report, format: &ReportFormat) -> Result<()> {
    let is_counted = |figure: &&crate::reference::ReportFigure| {
        !matches!(figure.measure, Measure::Sum { .. } | Measure::Percent { .. })
    };
    for figure in format.figures.iter().filter(is_counted) {
        let measured = (&report.scope(), &figure.measure);
        let (_, ids) = source::ids(tx, &cx.site_id, cx.reference, measured, Window::WHOLE)?;
        let n = i64::try_from(ids.len()).map_err(anyhow::Error::from)?;
        queries::insert_source(tx, &cx.site_id, &report.id, &figure.code, (n, &packed::pack(&ids)))?;
    }
    Ok(())
}

/// Begins the correction of a signed report: a further edition with its reason, beginning with the same prose. The signed
/// one stays readable and counts until the correction is signed.
///
/// # Errors
/// Refused when it is not signed, neither published nor withdrawn before it could be, no reason is given, or a correction is
/// begun already.
pub fn correct(tx: &mut Tx<'_>, cx: &Cx, id: &str, reason: &str) -> Result<String> {
    let signed = find(tx, cx, id)?;
    if signed.state != ReportState::Frozen {
        return refused("只能更正已签发的年报");
    }
    if signed.published_at.is_none() && withdrawal::of(tx, cx, &signed)?.is_none() {
        return refused("年报还没有公开，请先公开再更正");
    }
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > LONGEST_NOTE {
        return refused(format!("请写明更正原因，最多{LONGEST_NOTE}字"));
    }
    let newest = queries::newest_number(tx, &cx.site_id, &signed.organ_id, signed.year)?;
    if newest.is_some_and(|newest| newest != signed.number) {
        return refused("这份年报的更正已经开始，请在年报列表中打开");
    }
    let mut authors = signed.authors.clone();
    authors.insert(cx.actor.clone());
    let next = Report {
        id: cx.new_id(),
        number: signed.number + 1,
        state: ReportState::Editing,
        frozen: None,
        correction_reason: reason.to_owned(),
        edition_id: None,
        published_at: None,
        withdrawal_known_at: None,
        authors,
        created_by: cx.actor.clone(),
        ..signed
    };
    queries::insert(tx, cx, &next)?;
    record(tx, cx, "report.correct", &next.id, reason)?;
    Ok(next.id)
}
