//! 年报: the annual reports of the site and of its organs. Written here with live figures and checks beside, answered by
//! units, signed by another person, and afterwards read beside what changed since.

pub mod list;
pub mod pictures;
pub mod records;
pub mod report;
mod shown;
pub mod steps;
#[cfg(test)]
mod tests;
pub mod units;
mod withdrawn;

use rules::permission::Act;

use super::officer::Officer;
use crate::{
    annual_report::{
        Report, actions,
        source::{Line, Register},
    },
    error::{Error, Result},
    id::OrganId,
    organ,
};

/// Where the reports are listed.
pub const HERE: &str = "/desk/annual-reports";

/// The page of one report.
pub fn href(id: &str) -> String {
    format!("{HERE}/{id}")
}

fn organ_of(report: &Report) -> Option<OrganId> {
    (!report.organ_id.is_empty()).then(|| OrganId(report.organ_id.clone()))
}

/// A report that the officer may read: whoever writes or signs it, or supervises.
///
/// # Errors
/// Not found when there is none; forbidden otherwise.
pub async fn readable(officer: &Officer, id: &str) -> Result<Report> {
    let wanted = id.to_owned();
    let report = officer.read(move |tx, cx| actions::find(tx, cx, &wanted)).await?;
    let organ = organ_of(&report);
    let reads = officer.may(Act::WriteReport, organ.as_ref()) || officer.may(Act::Supervise, None);
    if reads || may_sign(officer, &report).await? { Ok(report) } else { Err(Error::Forbidden) }
}

/// Whether the officer may sign a report: its organ's signer, for the whole site the signer of an organ that speaks for the
/// government (Art. 49).
///
/// # Errors
/// As the database.
pub async fn may_sign(officer: &Officer, report: &Report) -> Result<bool> {
    let Some(organs) = officer.organs(Act::SignReport) else { return Ok(true) };
    if let Some(organ) = organ_of(report) {
        return Ok(organs.contains(&organ));
    }
    if organs.is_empty() {
        return Ok(false);
    }
    let reference = officer.visit.app.reference;
    let all = officer.read(|tx, cx| organ::queries::all(tx, &cx.site_id)).await?;
    let speaks = |organ: &organ::Organ| {
        let kind = reference.organ_kinds.get(&organ.kind);
        kind.is_some_and(|kind| kind.speaks_for_the_government) && organs.contains(&organ.id)
    };
    Ok(all.iter().any(speaks))
}

/// Whether the officer may read who took part in trainings: whoever keeps that register for what the report is of.
pub fn reads_names(officer: &Officer, report: &Report) -> bool {
    match (officer.organs(Act::KeepRegister), organ_of(report)) {
        (None, _) => true,
        (Some(organs), Some(organ)) => organs.contains(&organ),
        (Some(_), None) => false,
    }
}

/// Leaves of the names of persons the first character: 演**.
fn hide_names(lines: &mut [(Register, Line)]) {
    for (_, line) in lines.iter_mut().filter(|(register, _)| *register == Register::Participant) {
        line.title = line.title.chars().take(1).chain("**".chars()).collect();
    }
}

/// Goes on only for whoever may write a report.
///
/// # Errors
/// Not found when there is none; forbidden otherwise.
pub async fn writable(officer: &Officer, id: &str) -> Result<Report> {
    let report = readable(officer, id).await?;
    officer.require(Act::WriteReport, organ_of(&report).as_ref())?;
    Ok(report)
}
