//! One report: while it is written, its sections with live figures and the checks beside; once signed, the report as it was
//! signed and what changed since.

use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kit_web::files::content_disposition;
use rules::{permission::Act, report::Declared};

use super::{
    hide_names, may_sign, organ_of,
    pictures::file_href,
    readable, reads_names,
    shown::{Shown, figure_href, shown},
    withdrawn::{self, Face},
};
use crate::{
    annual_report::{
        self, Report,
        build::{self, Setting},
        checks,
        document::{FigureNumber, FigureValue, ReportDocument, ReportState},
        output::{self, Form},
        picture,
        prose::{self, Piece},
        queries,
        since::{self, Change},
        words,
    },
    app::task_failed,
    cx::{Cx, minute_of},
    desk::{officer::Officer, page::Layout, review::names::Names},
    error::{Error, Result},
    portal::visit::Address,
};

#[derive(Template)]
#[template(path = "desk/annual_report/edit.html")]
struct EditPage {
    layout: Layout,
    id: String,
    version: i64,
    state: &'static str,
    is_submitted: bool,
    /// How the record of the report that this one corrects stands.
    face: Face,
    correction_reason: String,
    format: String,
    sections: Vec<SectionShown>,
    figures: Vec<FigureRow>,
    faults: Vec<(bool, String)>,
    references: Vec<(String, String)>,
    may_write: bool,
    may_sign: bool,
    /// How many units answered, of how many that were asked; only a report of the whole site asks.
    units: Option<(usize, usize)>,
    said: String,
}

struct SectionShown {
    code: String,
    heading: String,
    text: String,
    version: i64,
    /// Why what was typed was not kept; it stands in `text` then.
    trouble: String,
    blocks: Vec<Shown>,
    pictures: Vec<PictureShown>,
}

/// A picture that the text of a section places.
struct PictureShown {
    code: String,
    reference: String,
    caption: String,
    src: String,
}

struct FigureRow {
    figure: FigureValue,
    href: String,
    declared: &'static str,
    is_blank: bool,
}

#[derive(Template)]
#[template(path = "desk/annual_report/signed.html")]
struct SignedPage {
    layout: Layout,
    id: String,
    state: &'static str,
    facts: Vec<(&'static str, String)>,
    record: Option<String>,
    face: Face,
    /// Signed, and its record neither published nor withdrawn yet.
    may_publish: bool,
    /// How it stands before the public, where that is not as a signed report should.
    standing: &'static str,
    introduction: Vec<Shown>,
    parts: Vec<(String, Vec<Shown>)>,
    figures: Vec<FigureRow>,
    changes: Vec<Change>,
    may_correct: bool,
}

/// `/desk/annual-reports/{id}`
pub async fn show(Address(id): Address<String>, officer: Officer) -> Response {
    let made = match readable(&officer, &id).await {
        Ok(report) if report.frozen.is_some() => signed_page(&officer, report).await,
        Ok(report) => edit_page(&officer, report, None).await.and_then(|page| officer.page(&page)),
        Err(error) => Err(error),
    };
    officer.answer(made)
}

fn rows(report: &Report, figures: Vec<FigureValue>) -> Vec<FigureRow> {
    let row = |figure: FigureValue| FigureRow {
        href: figure_href(&report.id, &figure.code),
        declared: match report.declared.get(&figure.code) {
            Some(Declared::Zero) => "已说明：本年没有",
            Some(Declared::NotApplicable) => "已说明：不适用",
            None => "",
        },
        is_blank: figure.value == FigureNumber::Blank,
        figure,
    };
    figures.into_iter().map(row).collect()
}

/// What can be referred to in a text, with its meaning.
fn references(format: &crate::reference::ReportFormat) -> Vec<(String, String)> {
    let figures = format.figures.iter().map(|one| (format!("{{{{figure:{}}}}}", one.code), one.name.clone()));
    let tables = format
        .tables
        .iter()
        .map(|one| (format!("{{{{table:{}}}}}", one.code), format!("表：{}", one.caption)));
    let charts = format.charts.iter();
    let charts = charts.map(|one| {
        let caption = one.caption.replace("{{word:district}}", "");
        (format!("{{{{chart:{}}}}}", one.code), format!("示意图：{caption}"))
    });
    let words =
        Setting::WORDS.iter().map(|(code, said)| (format!("{{{{word:{code}}}}}"), (*said).to_owned()));
    figures.chain(tables).chain(charts).chain(words).collect()
}

/// What somebody typed into a section that was not kept, and why not.
pub struct Typed {
    /// The section.
    pub code: String,
    /// The text.
    pub text: String,
    /// The sentence.
    pub trouble: String,
}

/// The page again with the text that was not kept: sent once more it takes the place of what stands there now.
///
/// # Errors
/// As the database.
pub async fn again(officer: &Officer, report: Report, typed: Typed, status: StatusCode) -> Result<Response> {
    let page = edit_page(officer, report, Some(typed)).await?;
    let mut response = officer.page(&page)?;
    *response.status_mut() = status;
    Ok(response)
}

fn section_shown(
    report: &Report,
    made: &build::Made<'_>,
    cx: &Cx,
    (one, typed): (&annual_report::Section, Option<&Typed>),
) -> SectionShown {
    let typed = typed.filter(|typed| typed.code == one.code);
    SectionShown {
        code: one.code.clone(),
        heading: made.line(checks::section_name(one)),
        text: typed.map_or_else(|| one.text.clone(), |typed| typed.text.clone()),
        version: one.version,
        trouble: typed.map(|typed| typed.trouble.clone()).unwrap_or_default(),
        blocks: shown(&report.id, &made.blocks(cx, &one.text)),
        pictures: pictures_of(report, one),
    }
}

fn pictures_of(report: &Report, section: &annual_report::Section) -> Vec<PictureShown> {
    let placed = prose::read(&section.text).into_iter().filter_map(|piece| match piece {
        Piece::Picture(code) => report.picture(&code),
        _ => None,
    });
    let shown = |picture: &picture::Picture| PictureShown {
        code: picture.code.clone(),
        reference: picture::reference(&picture.code),
        caption: picture.caption.clone(),
        src: file_href(&report.id, &picture.sha256),
    };
    placed.map(shown).collect()
}

async fn edit_page(officer: &Officer, report: Report, typed: Option<Typed>) -> Result<EditPage> {
    let may_write = officer.may(Act::WriteReport, organ_of(&report).as_ref());
    let may_sign = report.state == ReportState::Submitted && may_sign(officer, &report).await?;
    let layout = officer.layout(&report.title).under(&[("首页", "/desk"), ("年度报告", super::HERE)]);
    let layout = layout.helped_by("annual-report");
    let face = withdrawn::read(officer, &report).await?;
    officer
        .read(move |tx, cx| {
            let made = build::make(tx, cx, &report)?;
            let faults = checks::faults(tx, cx, &made)?;
            let asked = queries::asked_organs(tx, &cx.site_id, &report.id)?;
            let n_answered = asked.iter().filter(|(_, has_answered)| *has_answered).count();
            let section =
                |one: &annual_report::Section| section_shown(&report, &made, cx, (one, typed.as_ref()));
            Ok(EditPage {
                layout,
                version: report.version,
                state: words::state(report.state),
                is_submitted: report.state == ReportState::Submitted,
                face,
                correction_reason: report.correction_reason.clone(),
                format: format!("{}（{}）", made.format.name, made.format.source),
                sections: report.sections.iter().map(section).collect(),
                figures: rows(&report, made.figures.all()),
                faults: faults
                    .iter()
                    .map(|one| (one.is_blocking(), words::fault(made.format, one)))
                    .collect(),
                references: references(made.format),
                may_write: may_write && report.state == ReportState::Editing,
                may_sign,
                units: report.organ_id.is_empty().then_some((n_answered, asked.len())),
                said: typed.as_ref().map(|typed| typed.trouble.clone()).unwrap_or_default(),
                id: report.id.clone(),
            })
        })
        .await
}

async fn signed_page(officer: &Officer, report: Report) -> Result<Response> {
    let Some(frozen) = report.frozen.clone() else { return Err(Error::NotFound) };
    let wanted = report.clone();
    let (mut changes, signer, newest) = officer
        .read(move |tx, cx| {
            let signer = wanted.signed_by.as_deref().unwrap_or_default();
            let newest = queries::newest_number(tx, &cx.site_id, &wanted.organ_id, wanted.year)?;
            Ok((since::changes(tx, cx, &wanted)?, Names::read(tx, cx)?.person(signer), newest))
        })
        .await?;
    if !reads_names(officer, &report) {
        for change in &mut changes {
            hide_names(&mut change.came);
            hide_names(&mut change.went);
        }
    }
    let face = withdrawn::read(officer, &report).await?;
    let is_new = report.published_at.is_none() && face.withdrawn.is_none();
    let parts = frozen.parts.iter().map(|part| (part.heading.clone(), shown(&report.id, &part.blocks)));
    let page = SignedPage {
        layout: officer
            .layout(&report.title)
            .under(&[("首页", "/desk"), ("年度报告", super::HERE)])
            .helped_by("annual-report"),
        state: words::state(report.state),
        facts: facts(&report, &frozen, signer),
        record: record_href(officer, &report, &frozen),
        may_publish: is_new && may_sign(officer, &report).await?,
        standing: standing(&report, &face),
        introduction: shown(&report.id, &frozen.introduction),
        parts: parts.collect(),
        figures: rows(&report, frozen.figures.clone()),
        changes,
        may_correct: report.state == ReportState::Frozen
            && !is_new
            && newest == Some(report.number)
            && officer.may(Act::WriteReport, organ_of(&report).as_ref()),
        face,
        id: report.id,
    };
    officer.page(&page)
}

fn standing(report: &Report, face: &Face) -> &'static str {
    match face.withdrawn {
        Some(_) => "已撤回",
        None if face.is_concealed => "这一版不再公开",
        None if report.published_at.is_none() => "尚未公开",
        None => "",
    }
}

/// The record of a signed report: its public page once it has one, before that the desk's for those who read drafts.
fn record_href(officer: &Officer, report: &Report, frozen: &ReportDocument) -> Option<String> {
    if report.published_at.is_some() {
        return frozen.address.find("/documents/").map(|at| frozen.address[at..].to_owned());
    }
    let id = report.document_id.as_ref().filter(|_| officer.may(Act::WriteReport, None));
    id.map(|id| format!("/desk/documents/{id}"))
}

fn facts(report: &Report, frozen: &ReportDocument, signer: String) -> Vec<(&'static str, String)> {
    let index = frozen.head.first().map(|field| field.value.clone()).unwrap_or_default();
    let mut facts = vec![
        ("编制单位", frozen.organ_name.clone()),
        (
            "统计期限",
            format!("{}至{}", crate::words::date(&frozen.period.0), crate::words::date(&frozen.period.1)),
        ),
        ("统计时点", report.cut_off_at.map(minute_of).unwrap_or_default()),
        ("签发人", signer),
        ("索引号", index),
        ("版次", super::list::edition(frozen.edition)),
    ];
    if !frozen.correction_reason.is_empty() {
        facts.push(("更正原因", frozen.correction_reason.clone()));
    }
    facts
}

/// `/desk/annual-reports/{id}/forms/{form}`: the report in one of its forms, as it stands.
pub async fn download(Address((id, form)): Address<(String, String)>, officer: Officer) -> Response {
    let made = file(&officer, &id, &form).await;
    officer.answer(made)
}

async fn file(officer: &Officer, id: &str, form: &str) -> Result<Response> {
    let form = Form::from_word(form).ok_or(Error::NotFound)?;
    let report = readable(officer, id).await?;
    let document = officer.read(move |tx, cx| build::document(tx, cx, &report)).await?;
    let name = format!("{}.{}", document.title, form.extension());
    let (app, cx) = (officer.visit.app.clone(), officer.cx());
    let rendering = tokio::task::spawn_blocking(move || {
        let pictures = picture::read(&app.files, &cx.site_id, &document)?;
        output::render(form, (&document, &pictures), &app.press, cx.at)
    });
    let bytes = rendering.await.map_err(|error| task_failed(&error))??;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(form.media_type())),
        (header::CONTENT_DISPOSITION, content_disposition(&name, false)),
    ];
    Ok((headers, bytes).into_response())
}
