//! What hangs on organs that end, and where it goes: counted before anything is done, and done in one transaction.

use std::collections::HashMap;

use kit_db::Tx;

use super::queries;
use crate::{
    column,
    cx::Cx,
    document,
    error::{Error, Result},
    id::{ColumnId, OrganId},
    organ::{self, Change, Organ},
    review, staff,
};

/// A change with the organs on both sides.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The change.
    pub change: Change,
    /// The organs before.
    pub from: Vec<Organ>,
    /// The organs after.
    pub to: Vec<Organ>,
    /// Who takes over what no column says otherwise of.
    pub successor: OrganId,
    /// Who takes over each column; the successor where it is not named.
    pub columns: HashMap<ColumnId, OrganId>,
}

/// What hangs on one organ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// Name of the organ.
    pub organ: String,
    /// Documents it answers for.
    pub n_documents: i64,
    /// Editions of them in work.
    pub n_open: i64,
    /// Cases of them on their way to the public.
    pub n_cases: usize,
    /// Columns it owns.
    pub columns: Vec<(ColumnId, String)>,
    /// Roles held for it.
    pub n_roles: usize,
    /// Organs below it.
    pub children: Vec<String>,
}

/// What hangs on the organs of a plan that hand over. At a renaming nothing does: the organ stays the same.
pub fn loads(tx: &mut Tx<'_>, cx: &Cx, plan: &Plan) -> Result<Vec<Load>> {
    let organs = organ::queries::all(tx, &cx.site_id)?;
    let documents = queries::documents(tx, &cx.site_id)?;
    let mut loads = Vec::new();
    for from in plan.from.iter().filter(|from| hands_over(plan, from)) {
        let below = organs.iter().filter(|organ| organ.parent_id.as_ref() == Some(&from.id));
        loads.push(Load {
            organ: from.name.clone(),
            n_documents: documents.get(&from.id).copied().unwrap_or_default(),
            n_open: queries::open_editions(tx, &cx.site_id, &from.id)?,
            n_cases: review::queries::open_cases_of_organ(tx, &cx.site_id, &from.id)?.len(),
            columns: queries::columns(tx, &cx.site_id, &from.id)?,
            n_roles: staff::queries::grants_of_organ(tx, &cx.site_id, &from.id, &plan.change.on)?.len(),
            children: below.map(|organ| organ.name.clone()).collect(),
        });
    }
    Ok(loads)
}

fn hands_over(plan: &Plan, from: &Organ) -> bool {
    plan.to.iter().any(|to| to.id != from.id)
}

/// What was shown, in one line: what is done later must be the same.
pub fn seen(loads: &[Load]) -> String {
    let line = |load: &Load| {
        let columns: Vec<&str> = load.columns.iter().map(|(id, _)| id.0.as_str()).collect();
        let Load { n_documents, n_cases, n_roles, children, .. } = load;
        format!("{n_documents}/{n_cases}/{n_roles}/{}/{}", children.len(), columns.join("+"))
    };
    loads.iter().map(line).collect::<Vec<_>>().join(" ")
}

/// Records the change and moves everything.
///
/// # Errors
/// Conflict where something else hangs on the organs than was shown; as the actions.
pub fn carry_out(tx: &mut Tx<'_>, cx: &Cx, plan: &Plan, shown: &str) -> Result<()> {
    if seen(&loads(tx, cx, plan)?) != shown {
        return Err(Error::Conflict);
    }
    organ::actions::change(tx, cx, &plan.change)?;
    for from in plan.from.iter().filter(|from| hands_over(plan, from)) {
        move_columns(tx, cx, plan, &from.id)?;
        if plan.successor != from.id {
            move_rest(tx, cx, plan, &from.id)?;
        }
    }
    Ok(())
}

fn move_columns(tx: &mut Tx<'_>, cx: &Cx, plan: &Plan, from: &OrganId) -> Result<()> {
    for (id, _) in queries::columns(tx, &cx.site_id, from)? {
        let owner = plan.columns.get(&id).unwrap_or(&plan.successor);
        if owner != from {
            column::actions::change_owner(tx, cx, &id, owner)?;
        }
    }
    Ok(())
}

fn move_rest(tx: &mut Tx<'_>, cx: &Cx, plan: &Plan, from: &OrganId) -> Result<()> {
    let (to, on) = (&plan.successor, plan.change.on.as_str());
    let last_on =
        on.parse::<jiff::civil::Date>().and_then(|day| day.yesterday()).map_err(anyhow::Error::from)?;
    let cases = review::queries::open_cases_of_organ(tx, &cx.site_id, from)?;
    document::actions::hand_over_all(tx, cx, from, to)?;
    organ::actions::move_children(tx, cx, from, to)?;
    staff::actions::move_grants(tx, cx, (from, to), (&last_on.to_string(), on), &plan.change.basis)?;
    // The same people go on with them, now for the organ that took over.
    cases.iter().try_for_each(|case| review::jobs::settle(tx, cx, case))
}
