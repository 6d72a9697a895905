//! 培训和测试: the list, the page of one with its results by unit and its people, and the list of everybody who took part.

pub mod form;
mod list;
pub mod one;
pub mod participants;

use rules::permission::Act;

pub use list::show;

use super::{Register, organs};
use crate::{
    desk::officer::Officer,
    error::{Error, Result},
    id::TrainingId,
    portal::page::Link,
    register::Organs,
    training::{self, Listed, actions},
};

/// Who keeps it.
const ACT: Act = Act::KeepRegister;
/// Path of the list.
const HERE: &str = "/desk/registers/trainings";
/// The page of the manual.
const HELP: &str = "registers#trainings";

/// What the import knows of it.
pub const REGISTER: Register = Register {
    code: "trainings",
    title: "培训和测试",
    act: ACT,
    fields: &training::FIELDS,
    key: &["title", "held_on"],
    take: training::actions::take,
};

/// What the import knows of the people.
pub const PARTICIPANTS: Register = Register {
    code: "training-participants",
    title: "参加人员和成绩",
    act: ACT,
    fields: &training::participants::FIELDS,
    key: &["name", "organ", "title", "held_on"],
    take: training::participants::take,
};

/// A training or test that the officer's organs held, or that their people took part in.
async fn find(officer: &Officer, id: &str) -> Result<(Organs, Listed)> {
    let organs = organs(officer, ACT).await?;
    let (id, within) = (TrainingId(id.to_owned()), organs.within());
    let (held, is_there) = officer
        .read(move |tx, cx| {
            let held = actions::find(tx, cx, &id)?;
            let units = training::queries::by_unit(tx, &cx.site_id, &id, &within)?;
            Ok((held, !units.is_empty()))
        })
        .await?;
    if is_there || organs.reaches(&held.entry.host_organ_id) {
        Ok((organs, held))
    } else {
        Err(Error::NotFound)
    }
}

/// The ways from one training to its people.
fn people_of(held: &Listed) -> Link {
    Link::new("参加人员清单", format!("{}?training={}", PARTICIPANTS.path(), held.id.0))
}
