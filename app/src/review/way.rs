//! The ways that a site sets: rounds of a column or of the whole site, separation of duty, time limits.

use kit_db::Tx;
use rules::{
    permission::Role,
    review::{Need, Round, Separation, Way},
};
use serde::{Deserialize, Serialize};

use super::queries;
use crate::{
    audit::{self, Act},
    column,
    cx::Cx,
    error::{Error, Refusal, Result},
    id::{ColumnId, OrganId},
    organ,
};

/// A round as it is set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundSetting {
    /// What staff call it.
    pub name: String,
    /// Whether all parties must approve; otherwise one of them is enough.
    pub all: bool,
    /// Who is asked, all at the same time.
    pub parties: Vec<Party>,
}

/// Who is asked in a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// Reviewers of the organ that answers for the record.
    OwnOrgan,
    /// Reviewers of a certain organ (会签), by its id.
    Organ(String),
    /// The disclosure office of the site.
    DisclosureOffice,
}

impl Party {
    /// The role asked and the organ for which it is held; the disclosure office is asked whatever the organ.
    pub fn asked(&self, own: Option<&OrganId>) -> (Role, Option<OrganId>) {
        match self {
            Party::OwnOrgan => (Role::Reviewer, own.cloned()),
            Party::Organ(id) => (Role::Reviewer, Some(OrganId(id.clone()))),
            Party::DisclosureOffice => (Role::DisclosureOffice, None),
        }
    }

    /// How `rules::review` tells it from others.
    fn key(&self) -> String {
        match self {
            Party::OwnOrgan => "own".to_owned(),
            Party::Organ(id) => format!("organ {id}"),
            Party::DisclosureOffice => "office".to_owned(),
        }
    }

    fn of_key(key: &str) -> Party {
        match key.split_once(' ') {
            Some((_, id)) => Party::Organ(id.to_owned()),
            None if key == "office" => Party::DisclosureOffice,
            None => Party::OwnOrgan,
        }
    }
}

/// What a site sets of all its ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Rounds of columns that have none of their own, and whose columns above have none.
    pub rounds: Vec<RoundSetting>,
    /// A reviewer of a round may also sign.
    pub reviewer_may_sign: bool,
    /// The secrecy reviewer may also review or sign.
    pub secrecy_may_be_shared: bool,
    /// Working days for one step.
    pub step_days: u32,
    /// Working days for the review after an emergency publication.
    pub afterwards_days: u32,
    /// Hours for which a one-time link is good.
    pub link_hours: u32,
}

impl Default for Setting {
    /// Secrecy review and sign-off only; two working days for a step, one after an emergency.
    fn default() -> Setting {
        Setting {
            rounds: Vec::new(),
            reviewer_may_sign: false,
            secrecy_may_be_shared: false,
            step_days: 2,
            afterwards_days: 1,
            link_hours: 24,
        }
    }
}

impl Setting {
    /// Whether nobody takes two steps of one content.
    pub fn one_step_only(&self) -> bool {
        !(self.reviewer_may_sign || self.secrecy_may_be_shared)
    }

    fn separation(&self) -> Separation {
        Separation {
            reviewer_may_sign: self.reviewer_may_sign,
            secrecy_may_be_shared: self.secrecy_may_be_shared,
        }
    }
}

/// What the site sets, or what holds where it has set nothing.
pub fn setting(tx: &mut Tx<'_>, cx: &Cx) -> Result<Setting> {
    Ok(queries::setting(tx, &cx.site_id)?.unwrap_or_default())
}

/// The way that an edition in a column takes when it is submitted now.
pub fn of_column(tx: &mut Tx<'_>, cx: &Cx, column_id: &ColumnId) -> Result<Way> {
    let setting = setting(tx, cx)?;
    let own = rounds_of_column(tx, cx, column_id)?;
    let separation = setting.separation();
    way(own.unwrap_or(setting.rounds), separation)
}

/// The rounds set for a column or the nearest column above it.
pub fn rounds_of_column(tx: &mut Tx<'_>, cx: &Cx, column_id: &ColumnId) -> Result<Option<Vec<RoundSetting>>> {
    let parents = column::queries::parents(tx, &cx.site_id)?;
    let mut next = Some(column_id);
    // A tree that bites its tail would be a broken row; it has no more levels than columns.
    for _ in 0..=parents.len() {
        let Some(id) = next else { break };
        if let Some(rounds) = queries::rounds(tx, &cx.site_id, id)? {
            return Ok(Some(rounds));
        }
        next = parents.get(id);
    }
    Ok(None)
}

/// The rounds that a column has of its own.
pub fn own_rounds(tx: &mut Tx<'_>, cx: &Cx, column_id: &ColumnId) -> Result<Option<Vec<RoundSetting>>> {
    queries::rounds(tx, &cx.site_id, column_id)
}

/// Sets the rounds of a column, or takes them away so that the column above speaks for it again.
///
/// # Errors
/// Refused for more than three rounds, a round without a name, without parties or with an unknown organ; not found when
/// the site has no such column.
pub fn set_rounds(
    tx: &mut Tx<'_>,
    cx: &Cx,
    column_id: &ColumnId,
    rounds: Option<&[RoundSetting]>,
) -> Result<()> {
    column::queries::by_id(tx, &cx.site_id, column_id)?.ok_or(Error::NotFound)?;
    match rounds {
        Some(rounds) => {
            check(tx, cx, rounds)?;
            queries::set_rounds(tx, cx, column_id, rounds)?;
        }
        None => queries::drop_rounds(tx, &cx.site_id, column_id)?,
    }
    let detail = serde_json::to_string(&rounds)?;
    let act =
        Act { action: "column.set_review", object_kind: "column", object_id: &column_id.0, detail: &detail };
    audit::actions::record(tx, cx, act)
}

/// Sets what holds for all ways of the site.
///
/// # Errors
/// As [`set_rounds`]; also refused for limits of no days or hours.
pub fn set(tx: &mut Tx<'_>, cx: &Cx, setting: &Setting) -> Result<()> {
    check(tx, cx, &setting.rounds)?;
    if [setting.step_days, setting.afterwards_days, setting.link_hours].contains(&0) {
        return Err(Refusal::Invalid("审核、事后审查和链接的时限至少为 1".to_owned()).into());
    }
    queries::set_setting(tx, cx, setting)?;
    let detail = format!("{setting:?}");
    let act =
        Act { action: "site.set_review", object_kind: "site", object_id: &cx.site_id.0, detail: &detail };
    audit::actions::record(tx, cx, act)
}

fn check(tx: &mut Tx<'_>, cx: &Cx, rounds: &[RoundSetting]) -> Result<()> {
    way(rounds.to_vec(), Separation::default())?;
    for party in rounds.iter().flat_map(|round| &round.parties) {
        if let Party::Organ(id) = party {
            let unknown = || Refusal::Unknown { what: "机构", code: id.clone() };
            organ::queries::code_of(tx, &cx.site_id, &OrganId(id.clone()))?.ok_or_else(unknown)?;
        }
    }
    Ok(())
}

fn way(rounds: Vec<RoundSetting>, separation: Separation) -> Result<Way> {
    let rounds = rounds.into_iter().map(|round| Round {
        name: round.name,
        parties: round.parties.iter().map(Party::key).collect(),
        need: if round.all { Need::All } else { Need::Any },
    });
    Way::new(rounds.collect(), separation).map_err(|fault| Refusal::Way(fault).into())
}

/// The parties of a round.
pub fn parties(round: &Round) -> Vec<Party> {
    round.parties.iter().map(|key| Party::of_key(key)).collect()
}

/// A way as a case keeps it.
#[derive(Serialize, Deserialize)]
struct StoredWay {
    rounds: Vec<RoundSetting>,
    reviewer_may_sign: bool,
    secrecy_may_be_shared: bool,
}

/// The stored text of a way.
pub fn to_text(way: &Way) -> Result<String> {
    let round = |round: &Round| RoundSetting {
        name: round.name.clone(),
        all: round.need == Need::All,
        parties: parties(round),
    };
    let Separation { reviewer_may_sign, secrecy_may_be_shared } = way.separation();
    let rounds = way.rounds().iter().map(round).collect();
    Ok(serde_json::to_string(&StoredWay { rounds, reviewer_may_sign, secrecy_may_be_shared })?)
}

/// The way of a stored text.
pub fn of_text(text: &str) -> Result<Way> {
    let StoredWay { rounds, reviewer_may_sign, secrecy_may_be_shared } = serde_json::from_str(text)?;
    let stored = way(rounds, Separation { reviewer_may_sign, secrecy_may_be_shared });
    stored.map_err(|fault| Error::Unexpected(anyhow::anyhow!("review_case.way: {fault}")))
}
