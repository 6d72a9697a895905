//! Organs (机构): the tree, what is set of each, and merge, split and renaming in two steps: first what would move, then
//! all of it in one transaction.

pub mod edit;
pub mod list;
pub mod moves;
pub mod queries;
pub mod reorganise;
#[cfg(test)]
mod tests;

use crate::{organ::Organ, reference::Reference};

/// Code and words of every kind of organ.
fn kind_options(reference: &Reference) -> Vec<(String, String)> {
    reference.organ_kinds.iter().map(|kind| (kind.code.clone(), kind.name.clone())).collect()
}

/// The organs that exist on `today`.
fn current<'a>(organs: &'a [Organ], today: &'a str) -> impl Iterator<Item = &'a Organ> {
    organs.iter().filter(move |organ| organ.valid_to_on.as_deref().is_none_or(|day| day >= today))
}
