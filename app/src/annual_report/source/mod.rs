//! The records behind a figure: their ids, page by page, and a line for each. The same ids are kept when the report is
//! frozen, so that it can be said later which records came and which went.

pub mod packed;
pub mod queries;

use std::collections::HashMap;

use kit_db::Tx;

use super::count::Scope;
use crate::{
    cx::Cx,
    error::Result,
    id::SiteId,
    reference::{
        ArticleClass, DocumentClass, Measure, ProposalCount, Reference, ReportFigure, ReportFormat,
        RequestCount, TrainingCount,
    },
};

/// Where the records of a figure are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Register {
    /// Records of the website.
    Document,
    /// Articles on WeChat.
    Article,
    /// Service items.
    Item,
    /// Cases.
    Case,
    /// Organs.
    Organ,
    /// Boards and screens.
    Place,
    /// Trainings and tests.
    Training,
    /// Who took part.
    Participant,
    /// Requests for information.
    Request,
    /// Reconsiderations and lawsuits.
    Remedy,
    /// Suggestions and proposals.
    Proposal,
    /// Money.
    Money,
}

impl Register {
    /// What a list of them is called.
    pub fn label(self) -> &'static str {
        match self {
            Register::Document => "网站信息",
            Register::Article => "政务微信文章",
            Register::Item => "政务服务事项",
            Register::Case => "办件",
            Register::Organ => "单位",
            Register::Place => "公开栏和电子屏",
            Register::Training => "培训和测试",
            Register::Participant => "参加人员",
            Register::Request => "依申请公开",
            Register::Remedy => "复议和诉讼",
            Register::Proposal => "建议和提案",
            Register::Money => "经费",
        }
    }
}

/// Where the records of a measure are kept; sums and shares have none of their own.
pub fn register(measure: &Measure) -> Register {
    match measure {
        Measure::Articles { .. } => Register::Article,
        Measure::ServiceItems => Register::Item,
        Measure::ServiceUnits | Measure::BoardOrgans { .. } => Register::Organ,
        Measure::Trainings { what: TrainingCount::Units, .. } => Register::Organ,
        Measure::Trainings { what: TrainingCount::People, .. } => Register::Participant,
        Measure::Trainings { what: TrainingCount::Held, .. } => Register::Training,
        Measure::Cases { .. } => Register::Case,
        Measure::Places { .. } => Register::Place,
        Measure::Requests { .. } => Register::Request,
        Measure::Remedies { .. } => Register::Remedy,
        Measure::Proposals { .. } => Register::Proposal,
        Measure::Money { .. } => Register::Money,
        _ => Register::Document,
    }
}

/// A window of a list: where it begins and how long it is.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// How many to leave out.
    pub offset: i64,
    /// How many to give.
    pub limit: i64,
}

impl Window {
    /// The whole list.
    pub const WHOLE: Window = Window { offset: 0, limit: i64::MAX };
}

/// One record as a list shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: String,
    /// Its title or name.
    pub title: String,
    /// The organ it belongs to.
    pub organ: String,
    /// Its day.
    pub on: String,
    /// Number, kind and state, in words.
    pub note: String,
}

/// The counted figures behind a figure: of a sum those of its parts, of a share those of the whole, else itself.
pub fn counted<'a>(format: &'a ReportFormat, code: &str) -> Vec<&'a ReportFigure> {
    let Some(figure) = format.figure(code) else { return Vec::new() };
    match &figure.measure {
        Measure::Sum { parts } => parts.iter().flat_map(|part| counted(format, part)).collect(),
        Measure::Percent { whole, .. } => counted(format, whole),
        _ => vec![figure],
    }
}

/// The ids behind one counted measure, in a lasting order; a sum has none of its own.
///
/// # Errors
/// As the database.
pub fn ids(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    reference: &Reference,
    (scope, measure): (&Scope, &Measure),
    window: Window,
) -> Result<(Register, Vec<String>)> {
    let register = register(measure);
    let of = queries::Of { site_id, scope, window };
    let normative = || {
        let codes =
            reference.content_types.iter().filter(|kind| kind.is_normative).map(|kind| kind.code.as_str());
        piped(codes)
    };
    let found = match measure {
        Measure::Documents { which: DocumentClass::All } => queries::documents(tx, of)?,
        Measure::Documents { which: DocumentClass::Normative } => {
            queries::documents_of_types(tx, of, &normative())?
        }
        Measure::Documents { which: DocumentClass::KeyArea } => queries::documents_of_key_areas(tx, of)?,
        Measure::KeyAreaKinds => queries::documents_of_key_areas(tx, of)?,
        Measure::Interpreted => queries::interpreted(tx, of, &normative())?,
        Measure::Articles { which } => queries::articles(tx, of, *which == ArticleClass::OfARecord)?,
        other => of_register(tx, of, other)?,
    };
    Ok((register, found))
}

fn of_register(tx: &mut Tx<'_>, of: queries::Of<'_>, measure: &Measure) -> Result<Vec<String>> {
    Ok(match measure {
        Measure::ServiceItems => queries::items(tx, of)?,
        Measure::ServiceUnits => queries::service_units(tx, of)?,
        Measure::Cases { route, handling } => queries::cases(tx, of, route, handling)?,
        Measure::BoardOrgans { kinds } => {
            queries::board_organs(tx, of, &piped(kinds.iter().map(String::as_str)))?
        }
        Measure::Places { kind } => queries::places(tx, of, kind)?,
        Measure::Trainings { kind, what } => match what {
            TrainingCount::Held => queries::trainings(tx, of, kind)?,
            TrainingCount::People => queries::participants(tx, of, kind)?,
            TrainingCount::Units => queries::training_units(tx, of, kind)?,
        },
        Measure::Requests { what } => match what {
            RequestCount::Received => queries::requests_received(tx, of)?,
            RequestCount::Handled => queries::requests_handled(tx, of)?,
            RequestCount::Corrected => queries::requests_corrected(tx, of)?,
        },
        Measure::Remedies { kind } => queries::remedies(tx, of, kind)?,
        Measure::Proposals { kind, what } => {
            queries::proposals(tx, of, kind, *what == ProposalCount::Replied)?
        }
        Measure::Money { kind } => queries::money(tx, of, kind)?,
        _ => Vec::new(),
    })
}

/// Codes between bars, so that a statement can look for `|code|` in them.
fn piped<'a>(codes: impl Iterator<Item = &'a str>) -> String {
    codes.fold("|".to_owned(), |all, code| format!("{all}{code}|"))
}

/// The ids behind a figure, one page of them, with the register of each: first those of its first part, and so on.
/// `n_of` says how many records a counted figure has.
///
/// # Errors
/// As the database.
pub fn page(
    tx: &mut Tx<'_>,
    cx: &Cx,
    (format, scope, code): (&ReportFormat, &Scope, &str),
    n_of: impl Fn(&str) -> i64,
    window: Window,
) -> Result<Vec<(Register, String)>> {
    let mut found = Vec::new();
    let (mut offset, mut limit) = (window.offset, window.limit);
    for figure in counted(format, code) {
        let n = n_of(&figure.code);
        if offset >= n {
            offset -= n;
            continue;
        }
        if limit <= 0 {
            break;
        }
        let part = Window { offset, limit };
        let (register, ids) = ids(tx, &cx.site_id, cx.reference, (scope, &figure.measure), part)?;
        limit = limit.saturating_sub(i64::try_from(ids.len()).unwrap_or(i64::MAX));
        offset = 0;
        found.extend(ids.into_iter().map(|id| (register, id)));
    }
    Ok(found)
}

/// Lines for records by their ids, in their order; of what is gone only the id is told.
///
/// # Errors
/// As the database.
pub fn lines(tx: &mut Tx<'_>, cx: &Cx, found: &[(Register, String)]) -> Result<Vec<(Register, Line)>> {
    let mut ids: HashMap<Register, Vec<&str>> = HashMap::new();
    for (register, id) in found {
        ids.entry(*register).or_default().push(id);
    }
    let mut known = HashMap::new();
    for (register, ids) in ids {
        known.insert(register, queries::lines(tx, &cx.site_id, register, &ids)?);
    }
    let line = |(register, id): &(Register, String)| {
        let gone = || Line { id: id.clone(), title: "（已删除）".to_owned(), ..Line::default() };
        let line = known.get(register).and_then(|lines| lines.get(id)).cloned();
        (*register, line.unwrap_or_else(gone))
    };
    Ok(found.iter().map(line).collect())
}
