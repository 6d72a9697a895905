//! 人大代表建议、政协提案: the list with the rate of replies (办复率), and the page of one with its assignment, its reply and its rating.
//!
//! The supervision office and the disclosure office keep it; a lead organ's information officer records the organ's reply.

pub mod assign;
pub mod course;
pub mod form;
mod list;

use rules::permission::Act;

pub use list::show;

use super::{Register, organs};
use crate::{
    desk::officer::Officer,
    error::{Error, Result},
    id::ProposalId,
    proposal::{self, Listed, actions},
    register::Organs,
};

/// Who keeps it.
const ACT: Act = Act::KeepProposal;
/// Path of the list.
const HERE: &str = "/desk/registers/proposals";
/// The page of the manual.
const HELP: &str = "registers#proposals";

/// What the import knows of it.
pub const REGISTER: Register = Register {
    code: "proposals",
    title: "建议提案",
    act: ACT,
    fields: &proposal::FIELDS,
    key: &["number", "session", "kind"],
    take: proposal::actions::take,
};

/// The organs whose suggestions and proposals an officer sees: all of them for who keeps the register, else those that the
/// own organs handle.
async fn visible(officer: &Officer) -> Result<Organs> {
    let act = if officer.may(ACT, None) { ACT } else { Act::KeepRegister };
    organs(officer, act).await
}

/// One that the officer sees.
async fn find(officer: &Officer, id: &str) -> Result<(Organs, Listed)> {
    let organs = visible(officer).await?;
    let id = ProposalId(id.to_owned());
    let listed = officer.read(move |tx, cx| actions::find(tx, cx, &id)).await?;
    let given = listed.course.assignment.iter();
    let mut handlers = given.flat_map(|given| given.leads.iter().chain(&given.co_handlers));
    if officer.may(ACT, None) || handlers.any(|organ| organs.reaches(organ)) {
        Ok((organs, listed))
    } else {
        Err(Error::NotFound)
    }
}

/// Whether an officer records the reply: who keeps the register, or the information officer of a lead organ.
fn may_reply(officer: &Officer, listed: &Listed) -> bool {
    let leads = listed.course.assignment.iter().flat_map(|given| &given.leads);
    officer.may(ACT, None) || leads.into_iter().any(|lead| officer.may(Act::KeepRegister, Some(lead)))
}
