//! Which paragraphs stayed, in bounded time: an exact answer for honest texts, and for huge ones
//! the paragraphs that occur once in both as fixed points between which the rest is compared.
//!
//! It does NOT look inside paragraphs.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::HashMap;

/// Paragraphs of both sides together that are compared exactly (the worst case is quadratic).
const EXACT: usize = 12_000;

pub(super) fn diff(old: &[u32], new: &[u32]) -> Vec<DiffOp> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let mut ops = Vec::new();
    if head > 0 {
        ops.push(DiffOp::Equal { old_index: 0, new_index: 0, len: head });
    }
    middle((head, &old[head..old.len() - tail]), (head, &new[head..new.len() - tail]), &mut ops);
    if tail > 0 {
        let (old_index, new_index) = (old.len() - tail, new.len() - tail);
        ops.push(DiffOp::Equal { old_index, new_index, len: tail });
    }
    ops
}

/// A part of one side: where it starts, and its paragraphs.
type Part<'a> = (usize, &'a [u32]);

fn middle(old: Part<'_>, new: Part<'_>, ops: &mut Vec<DiffOp>) {
    if old.1.len() + new.1.len() <= EXACT {
        return exact(old, new, ops);
    }
    let (mut old_from, mut new_from, mut exact_left) = (0, 0, EXACT * 4);
    for (old_at, new_at) in fixed_points(old.1, new.1).into_iter().chain([(old.1.len(), new.1.len())]) {
        let old_part = (old.0 + old_from, &old.1[old_from..old_at]);
        let new_part = (new.0 + new_from, &new.1[new_from..new_at]);
        let size = old_part.1.len() + new_part.1.len();
        // Many small gaps are cheap; a large one, or too many, are told as replaced.
        if size <= EXACT / 12 || size <= exact_left.min(EXACT) {
            exact_left = exact_left.saturating_sub(if size <= 40 { 0 } else { size });
            exact(old_part, new_part, ops);
        } else {
            replaced(old_part, new_part, ops);
        }
        if old_at < old.1.len() && new_at < new.1.len() {
            ops.push(DiffOp::Equal { old_index: old.0 + old_at, new_index: new.0 + new_at, len: 1 });
        }
        (old_from, new_from) = ((old_at + 1).min(old.1.len()), (new_at + 1).min(new.1.len()));
    }
}

fn exact(old: Part<'_>, new: Part<'_>, ops: &mut Vec<DiffOp>) {
    if old.1.is_empty() && new.1.is_empty() {
        return;
    }
    for op in capture_diff_slices(Algorithm::Myers, old.1, new.1) {
        ops.push(match op {
            DiffOp::Equal { old_index, new_index, len } => {
                DiffOp::Equal { old_index: old_index + old.0, new_index: new_index + new.0, len }
            }
            DiffOp::Delete { old_index, old_len, new_index } => {
                DiffOp::Delete { old_index: old_index + old.0, old_len, new_index: new_index + new.0 }
            }
            DiffOp::Insert { old_index, new_index, new_len } => {
                DiffOp::Insert { old_index: old_index + old.0, new_index: new_index + new.0, new_len }
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => DiffOp::Replace {
                old_index: old_index + old.0,
                old_len,
                new_index: new_index + new.0,
                new_len,
            },
        });
    }
}

fn replaced(old: Part<'_>, new: Part<'_>, ops: &mut Vec<DiffOp>) {
    let (old_index, new_index) = (old.0, new.0);
    let (old_len, new_len) = (old.1.len(), new.1.len());
    ops.push(DiffOp::Replace { old_index, old_len, new_index, new_len });
}

/// Paragraphs that occur exactly once on both sides, the longest chain of them in both orders.
fn fixed_points(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    let (old_once, new_once) = (occurring_once(old), occurring_once(new));
    let mut pairs: Vec<(usize, usize)> =
        old_once.into_iter().filter_map(|(id, old_at)| Some((old_at, *new_once.get(&id)?))).collect();
    pairs.sort_unstable();
    longest_rising(&pairs)
}

fn occurring_once(ids: &[u32]) -> HashMap<u32, usize> {
    let mut seen: HashMap<u32, Option<usize>> = HashMap::new();
    for (at, &id) in ids.iter().enumerate() {
        seen.entry(id).and_modify(|place| *place = None).or_insert(Some(at));
    }
    seen.into_iter().filter_map(|(id, place)| Some((id, place?))).collect()
}

/// The longest chain whose second parts rise, by patience sorting.
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut piles: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for (at, pair) in pairs.iter().enumerate() {
        let pile = piles.partition_point(|&top| pairs[top].1 < pair.1);
        before[at] = pile.checked_sub(1).map(|left| piles[left]);
        match piles.get_mut(pile) {
            Some(top) => *top = at,
            None => piles.push(at),
        }
    }
    let mut chain = Vec::with_capacity(piles.len());
    let mut next = piles.last().copied();
    while let Some(at) = next {
        chain.push(pairs[at]);
        next = before[at];
    }
    chain.reverse();
    chain
}
