//! The history of a case in sentences: who did what when, for whom, and what was written beside it.

use rules::review::{Deed, Gate, ReturnTo, Way};

use super::names::{self, Names};
use crate::{
    cx::Cx,
    review::{EntryRow, Mark, secrecy::SecrecyForm},
};

/// One line of the history.
pub struct HistoryLine {
    /// When.
    pub at: String,
    /// Who; acting for whom; by whose link.
    pub who: String,
    /// What was done.
    pub what: String,
    /// Whether it stopped or set back the way.
    pub is_setback: bool,
    /// What was written beside it.
    pub reason: String,
    /// Places in the text.
    pub marks: Vec<Mark>,
    /// The secrecy form, where one was filled in.
    pub form: Option<FormView>,
    /// Whether it was about another content than the one there is now.
    pub is_of_other_content: bool,
}

/// A secrecy form as it is shown.
pub struct FormView {
    /// The provisions chosen, in words.
    pub bases: Vec<String>,
    /// Further basis.
    pub note: String,
    /// Places masked, each with the reason.
    pub masked: Vec<(String, String)>,
}

/// The history, the newest first.
pub fn lines(
    cx: &Cx,
    names: &Names,
    way: &Way,
    entries: &[EntryRow],
    forms: &[(i64, SecrecyForm)],
    now: &str,
) -> Vec<HistoryLine> {
    let line = |row: &EntryRow| HistoryLine {
        at: names::moment(row.at),
        who: who(names, row),
        what: what(names, way, &row.entry.deed),
        is_setback: matches!(
            row.entry.deed,
            Deed::Returned(..) | Deed::Refused(_) | Deed::Objected | Deed::Recalled
        ),
        reason: row.remark.reason.clone(),
        marks: row.remark.marks.clone(),
        form: forms.iter().find(|(at, _)| *at == row.position).map(|(_, form)| form_view(cx, form)),
        is_of_other_content: row.entry.content.0 != now,
    };
    entries.iter().rev().map(line).collect()
}

/// Who did it, for whom, by whose link.
pub fn who(names: &Names, row: &EntryRow) -> String {
    let Some(hand) = &row.entry.hand else { return "系统".to_owned() };
    let mut who = names.person(&hand.person.0);
    if let Some(person) = &hand.acting_for {
        who = format!("{who}（代{}）", names.person(&person.0));
    }
    if let Some(person) = &hand.issued_by {
        who = format!("{who}，链接由{}签发", names.person(&person.0));
    }
    who
}

/// What was done, in words.
pub fn what(names: &Names, way: &Way, deed: &Deed) -> String {
    let gate = |gate: Gate| names::gate(gate, Some(way));
    match deed {
        Deed::Submitted { .. } => "送审".to_owned(),
        Deed::Changed => "改动了内容，须重新办理受影响的环节".to_owned(),
        Deed::Approved(step) if step.gate == Gate::SignOff => "签发".to_owned(),
        Deed::Approved(step) => format!("{}通过", gate(step.gate)),
        Deed::Returned(step, ReturnTo::Authors(persons)) => {
            let to: Vec<String> = persons.iter().map(|person| names.person(&person.0)).collect();
            format!("从{}退回给{}", gate(step.gate), to.join("、"))
        }
        Deed::Returned(step, ReturnTo::Gate(to)) => {
            format!("从{}退回到{}", gate(step.gate), gate(*to))
        }
        Deed::Refused(step) => format!("{}不通过", gate(step.gate)),
        Deed::Recalled => "撤回送审".to_owned(),
        Deed::Published => "发布".to_owned(),
        Deed::Scheduled => "定时发布".to_owned(),
        Deed::Unscheduled => "取消定时".to_owned(),
        Deed::PublishedInEmergency => "紧急发布（第二人）".to_owned(),
        Deed::Upheld => "事后审查通过".to_owned(),
        Deed::Objected => "事后审查未通过".to_owned(),
    }
}

fn form_view(cx: &Cx, form: &SecrecyForm) -> FormView {
    let basis = |code: &String| match cx.reference.secrecy_bases.get(code) {
        Some(basis) => format!("{}（{}）", basis.name, basis.provision),
        None => code.clone(),
    };
    FormView {
        bases: form.bases.iter().map(basis).collect(),
        note: form.note.clone(),
        masked: form.masked.iter().map(|masked| (masked.place.clone(), masked.reason.clone())).collect(),
    }
}
