//! Changes inside one paragraph: numbers and Latin words whole, Chinese by character, with islands
//! of chance agreement merged so that a change reads as one.
//!
//! It does NOT segment Chinese into words: characters with merging read as well and need no dictionary.

use super::{DiffPiece, PieceKind};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::HashMap;

/// Units of work left for one comparison; a paragraph pair costs the product of its changed lengths.
pub(super) struct Budget(u64);

impl Default for Budget {
    fn default() -> Budget {
        Budget(60_000_000)
    }
}

/// Paragraph pairs of one changed place that are matched by likeness; beyond, by order.
const MATCHED: usize = 2_500;
/// Below this likeness two paragraphs are different paragraphs.
const ALIKE: f64 = 0.35;

/// For each old paragraph the new one it became, in rising order.
pub(super) fn pair(old: &[&str], new: &[&str]) -> Vec<Option<usize>> {
    if old.len() * new.len() > MATCHED {
        return by_order(old, new);
    }
    let grams_old: Vec<_> = old.iter().map(|text| Grams::of(text)).collect();
    let grams_new: Vec<_> = new.iter().map(|text| Grams::of(text)).collect();
    // best[i][j]: the greatest sum of likenesses pairing old[i..] with new[j..] in order.
    let mut best = vec![vec![0.0_f64; new.len() + 1]; old.len() + 1];
    let mut like = vec![vec![0.0_f64; new.len()]; old.len()];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            like[i][j] = grams_old[i].likeness(&grams_new[j]);
            let paired = if like[i][j] >= ALIKE { like[i][j] + best[i + 1][j + 1] } else { 0.0 };
            best[i][j] = paired.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let mut partners = vec![None; old.len()];
    let (mut i, mut j) = (0, 0);
    while i < old.len() && j < new.len() {
        if like[i][j] >= ALIKE && best[i][j] == like[i][j] + best[i + 1][j + 1] {
            partners[i] = Some(j);
            i += 1;
            j += 1;
        } else if best[i][j] == best[i + 1][j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    partners
}

fn by_order(old: &[&str], new: &[&str]) -> Vec<Option<usize>> {
    let alike = |at: usize| {
        let partner = new.get(at)?;
        (Grams::of(old[at]).likeness(&Grams::of(partner)) >= ALIKE).then_some(at)
    };
    (0..old.len()).map(alike).collect()
}

/// Pairs of neighbouring characters of a paragraph (its beginning, where it is very long).
struct Grams {
    counts: HashMap<(char, char), u32>,
    total: u32,
}

impl Grams {
    fn of(text: &str) -> Grams {
        let mut counts = HashMap::new();
        let (mut before, mut total) = ('\n', 0);
        for c in text.chars().filter(|c| !c.is_whitespace()).take(2_000) {
            *counts.entry((before, c)).or_default() += 1;
            total += 1;
            before = c;
        }
        Grams { counts, total }
    }

    fn likeness(&self, other: &Grams) -> f64 {
        let (small, large) =
            if self.counts.len() <= other.counts.len() { (self, other) } else { (other, self) };
        let shared: u32 =
            small.counts.iter().map(|(gram, n)| (*n).min(large.counts.get(gram).copied().unwrap_or(0))).sum();
        f64::from(shared * 2) / f64::from((self.total + other.total).max(1))
    }
}

/// The pieces of a changed paragraph; `None` where so little stayed that the whole reads better.
pub(super) fn pieces(old: &str, new: &str, budget: &mut Budget) -> Option<Vec<DiffPiece>> {
    let (old_tokens, new_tokens) = (tokens(old), tokens(new));
    let head = old_tokens.iter().zip(&new_tokens).take_while(|(a, b)| a == b).count();
    let most = old_tokens.len().min(new_tokens.len()) - head;
    let ends = old_tokens.iter().rev().zip(new_tokens.iter().rev()).take(most);
    let tail = ends.take_while(|(a, b)| a == b).count();
    let old_middle = &old_tokens[head..old_tokens.len() - tail];
    let new_middle = &new_tokens[head..new_tokens.len() - tail];
    let cost = (old_middle.len() as u64 + 1) * (new_middle.len() as u64 + 1);
    let mut runs = Runs::default();
    runs.push(PieceKind::Same, &old_tokens[..head]);
    if cost <= budget.0 {
        budget.0 -= cost;
        for op in capture_diff_slices(Algorithm::Myers, old_middle, new_middle) {
            runs.push_op(op, old_middle, new_middle);
        }
    } else {
        runs.push(PieceKind::Deleted, old_middle);
        runs.push(PieceKind::Inserted, new_middle);
    }
    runs.push(PieceKind::Same, &old_tokens[old_tokens.len() - tail..]);
    let pieces = merge_islands(runs.0);
    let same: usize = chars_of(&pieces, PieceKind::Same);
    let shorter = old.chars().count().min(new.chars().count());
    (same * 4 >= shorter).then_some(pieces)
}

/// Latin words and numbers (with their point, comma or percent sign) whole, all else by character.
fn tokens(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            c if c.is_ascii_digit() => number_length(rest),
            c if c.is_ascii_alphabetic() => {
                rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len())
            }
            c => c.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        found.push(token);
        rest = after;
    }
    found
}

fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut length = 0;
    while length < bytes.len() {
        let next_is_digit = bytes.get(length + 1).is_some_and(u8::is_ascii_digit);
        match bytes[length] {
            b'0'..=b'9' => length += 1,
            b'.' | b',' if next_is_digit => length += 1,
            b'%' => return length + 1,
            _ => break,
        }
    }
    length
}

/// Runs of tokens of one kind.
#[derive(Default)]
struct Runs(Vec<DiffPiece>);

impl Runs {
    fn push(&mut self, kind: PieceKind, tokens: &[&str]) {
        if tokens.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(last) if last.kind == kind => last.text.extend(tokens.iter().copied()),
            _ => self.0.push(DiffPiece { kind, text: tokens.concat() }),
        }
    }

    fn push_op(&mut self, op: DiffOp, old: &[&str], new: &[&str]) {
        let (tag, old_range, new_range) = op.as_tag_tuple();
        match tag {
            similar::DiffTag::Equal => self.push(PieceKind::Same, &old[old_range]),
            _ => {
                self.push(PieceKind::Deleted, &old[old_range]);
                self.push(PieceKind::Inserted, &new[new_range]);
            }
        }
    }
}

/// One changed stretch: what went and what came, before the text that stayed after it.
#[derive(Default)]
struct Change {
    deleted: String,
    inserted: String,
    after: String,
    /// Characters of both, kept because long chains of changes ask often.
    size: usize,
}

/// Merges what stayed between two changes by chance (a character or two) into one change.
fn merge_islands(pieces: Vec<DiffPiece>) -> Vec<DiffPiece> {
    let mut before = String::new();
    let mut changes: Vec<Change> = Vec::new();
    for piece in pieces {
        match (piece.kind, changes.last_mut()) {
            (PieceKind::Same, None) => before.push_str(&piece.text),
            (PieceKind::Same, Some(change)) => change.after.push_str(&piece.text),
            (kind, Some(change)) if change.after.is_empty() => change.add(kind, &piece.text),
            (kind, _) => {
                let mut change = Change::default();
                change.add(kind, &piece.text);
                changes.push(change);
            }
        }
    }
    let mut merged: Vec<Change> = Vec::new();
    for change in changes {
        match merged.last_mut() {
            Some(last) if is_island(&last.after, last.size, change.size) => last.absorb(change),
            _ => merged.push(change),
        }
    }
    let mut out = Vec::new();
    put(&mut out, PieceKind::Same, before);
    for change in merged {
        put(&mut out, PieceKind::Deleted, change.deleted);
        put(&mut out, PieceKind::Inserted, change.inserted);
        put(&mut out, PieceKind::Same, change.after);
    }
    out
}

impl Change {
    fn add(&mut self, kind: PieceKind, text: &str) {
        self.size += text.chars().count();
        match kind {
            PieceKind::Deleted => self.deleted.push_str(text),
            PieceKind::Inserted => self.inserted.push_str(text),
            PieceKind::Same => self.after.push_str(text),
        }
    }

    fn absorb(&mut self, next: Change) {
        let island = std::mem::take(&mut self.after);
        self.size += 2 * island.chars().count() + next.size;
        self.deleted.push_str(&island);
        self.inserted.push_str(&island);
        self.deleted.push_str(&next.deleted);
        self.inserted.push_str(&next.inserted);
        self.after = next.after;
    }
}

/// Text between two changes that is short against them. Closing punctuation is a border, not an island.
fn is_island(text: &str, left: usize, right: usize) -> bool {
    let length = text.chars().count();
    if text.contains(['。', '；', '\n', '，']) {
        return false;
    }
    length <= 1 && left + right > 2
        || length <= 2 && left.min(right) >= 3
        || length <= 3 && left.min(right) >= 8
}

fn put(out: &mut Vec<DiffPiece>, kind: PieceKind, text: String) {
    if !text.is_empty() {
        out.push(DiffPiece { kind, text });
    }
}

fn chars_of(pieces: &[DiffPiece], kind: PieceKind) -> usize {
    pieces.iter().filter(|piece| piece.kind == kind).map(|piece| piece.text.chars().count()).sum()
}
