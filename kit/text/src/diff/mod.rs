//! What changed between two texts, as people read it: paragraphs that stayed, came or went, and
//! words within a paragraph that changed.
//!
//! Work is bounded by counting, not by a clock, so that the same texts always give the same answer.
//! It does NOT know HTML: compare the readable text.

mod anchors;
mod inline;
#[cfg(test)]
mod tests;

use similar::DiffOp;
use std::collections::HashMap;

/// A run of paragraphs or one changed paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiffBlock {
    /// Paragraphs that are the same in both; foldable.
    Same {
        /// The paragraphs.
        paragraphs: Vec<String>,
    },
    /// One paragraph whose words changed.
    Changed {
        /// Its text in pieces, old before new where both stand.
        pieces: Vec<DiffPiece>,
    },
    /// A paragraph only the new text has.
    Added {
        /// The paragraph.
        text: String,
    },
    /// A paragraph only the old text has.
    Removed {
        /// The paragraph.
        text: String,
    },
}

/// A piece of a changed paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffPiece {
    /// Whether it stayed, went or came.
    pub kind: PieceKind,
    /// The words.
    pub text: String,
}

/// What happened to a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind {
    /// In both texts.
    Same,
    /// Only in the old text.
    Deleted,
    /// Only in the new text.
    Inserted,
}

/// How many paragraphs changed, for a sentence above the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DiffCount {
    /// Paragraphs whose words changed.
    pub n_changed: usize,
    /// Paragraphs that came.
    pub n_added: usize,
    /// Paragraphs that went.
    pub n_removed: usize,
}

/// Counts the changes of a comparison.
pub fn count(blocks: &[DiffBlock]) -> DiffCount {
    let mut counted = DiffCount::default();
    for block in blocks {
        match block {
            DiffBlock::Same { .. } => {}
            DiffBlock::Changed { .. } => counted.n_changed += 1,
            DiffBlock::Added { .. } => counted.n_added += 1,
            DiffBlock::Removed { .. } => counted.n_removed += 1,
        }
    }
    counted
}

/// Compares two texts by paragraph (a line each; blank lines and blanks at the ends do not count).
pub fn compare(old: &str, new: &str) -> Vec<DiffBlock> {
    let (old, new) = (paragraphs(old), paragraphs(new));
    let mut names = HashMap::new();
    let old_ids = intern(&old, &mut names);
    let new_ids = intern(&new, &mut names);
    let mut blocks = Blocks { done: Vec::new(), budget: inline::Budget::default() };
    for op in anchors::diff(&old_ids, &new_ids) {
        match op {
            DiffOp::Equal { old_index, len, .. } => blocks.same(&old[old_index..old_index + len]),
            DiffOp::Delete { old_index, old_len, .. } => {
                blocks.changed(&old[old_index..old_index + old_len], &[]);
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                blocks.changed(&[], &new[new_index..new_index + new_len]);
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                blocks.changed(&old[old_index..old_index + old_len], &new[new_index..new_index + new_len]);
            }
        }
    }
    blocks.done
}

fn paragraphs(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

/// Equal paragraphs get equal numbers: comparing numbers costs nothing.
fn intern<'a>(lines: &[&'a str], names: &mut HashMap<&'a str, u32>) -> Vec<u32> {
    lines
        .iter()
        .map(|line| {
            let next = names.len() as u32;
            *names.entry(line).or_insert(next)
        })
        .collect()
}

struct Blocks {
    done: Vec<DiffBlock>,
    budget: inline::Budget,
}

impl Blocks {
    fn same(&mut self, lines: &[&str]) {
        let lines = lines.iter().map(|line| (*line).to_owned());
        match self.done.last_mut() {
            Some(DiffBlock::Same { paragraphs }) => paragraphs.extend(lines),
            _ => self.done.push(DiffBlock::Same { paragraphs: lines.collect() }),
        }
    }

    /// Pairs the old and the new paragraphs of one changed place, in order.
    fn changed(&mut self, old: &[&str], new: &[&str]) {
        let mut next_new = 0;
        for (old_at, partner) in inline::pair(old, new).into_iter().enumerate() {
            let Some((new_at, pieces)) = partner.and_then(|new_at| {
                Some((new_at, inline::pieces(old[old_at], new[new_at], &mut self.budget)?))
            }) else {
                self.done.push(DiffBlock::Removed { text: old[old_at].to_owned() });
                continue;
            };
            self.added(&new[next_new..new_at]);
            next_new = new_at + 1;
            self.done.push(DiffBlock::Changed { pieces });
        }
        self.added(&new[next_new..]);
    }

    fn added(&mut self, lines: &[&str]) {
        let lines = lines.iter().map(|line| DiffBlock::Added { text: (*line).to_owned() });
        self.done.extend(lines);
    }
}
