//! Excerpts and highlights, made by whoever has the text from the terms a search gave back.
//! It marks; it does not write HTML, so nothing it returns is escaped.

use crate::fold::{Kind, fold, is_content, kind};

/// A stretch of text, marked or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// As in the original.
    pub text: String,
    /// One of the terms.
    pub marked: bool,
}

/// Context kept before the first term of a window.
const LEAD: usize = 12;
const ELLIPSIS: &str = "…";

/// The whole text with the terms marked: for titles.
#[must_use]
pub fn highlight(text: &str, terms: &[String]) -> Vec<Piece> {
    let source = Source::new(text);
    let spans = source.spans(terms);
    source.pieces(0, source.chars.len(), &spans)
}

/// The best stretches of a text, at most `max_fragments` of them and `max_chars` characters in all (the
/// ellipses between and around them not counted). A text without any of the terms gives its beginning.
#[must_use]
pub fn excerpt(text: &str, terms: &[String], max_chars: usize, max_fragments: usize) -> Vec<Piece> {
    let source = Source::new(text);
    let n_chars = source.chars.len();
    let spans = source.spans(terms);
    if n_chars <= max_chars {
        return source.pieces(0, n_chars, &spans);
    }
    let windows = windows(&source, &spans, max_chars, max_fragments.max(1));
    let mut pieces = Vec::new();
    let mut end = 0;
    for (from, to) in windows {
        if from > end || (pieces.is_empty() && from > 0) {
            pieces.push(Piece { text: ELLIPSIS.to_owned(), marked: false });
        }
        pieces.extend(source.pieces(from, to, &spans));
        end = to;
    }
    if end < n_chars {
        pieces.push(Piece { text: ELLIPSIS.to_owned(), marked: false });
    }
    joined(pieces)
}

/// A place where a term stands, in characters, and which term it is.
#[derive(Clone, Copy)]
struct Span {
    from: usize,
    to: usize,
    term: usize,
}

struct Source {
    chars: Vec<char>,
    /// Folded content characters with their places.
    content: Vec<(char, usize)>,
}

impl Source {
    fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let folded = chars.iter().map(|c| fold(*c)).enumerate();
        let content = folded.filter(|(_, c)| is_content(*c)).map(|(at, c)| (c, at)).collect();
        Self { chars, content }
    }

    /// Where the terms stand; at one place the longest wins, and spans do not overlap.
    fn spans(&self, terms: &[String]) -> Vec<Span> {
        let mut terms: Vec<(usize, Vec<char>)> = terms
            .iter()
            .map(|term| term.chars().map(fold).filter(|c| is_content(*c)).collect())
            .enumerate()
            .filter(|(_, term): &(usize, Vec<char>)| !term.is_empty())
            .collect();
        terms.sort_by_key(|(_, term)| std::cmp::Reverse(term.len()));
        let mut spans = Vec::new();
        let mut at = 0;
        while at < self.content.len() {
            match terms.iter().find(|(_, term)| self.stands(at, term)) {
                Some((number, term)) => {
                    let last = self.content[at + term.len() - 1].1;
                    spans.push(Span { from: self.content[at].1, to: last + 1, term: *number });
                    at += term.len();
                }
                None => at += 1,
            }
        }
        spans
    }

    /// Whether a term stands here, not inside a longer word of letters.
    fn stands(&self, at: usize, term: &[char]) -> bool {
        let Some(here) = self.content.get(at..at + term.len()) else {
            return false;
        };
        here.iter().map(|(c, _)| c).eq(term)
            && (at == 0 || !self.joined(at - 1))
            && !self.joined(at + term.len() - 1)
    }

    /// Whether this content character and the next are letters of one run.
    fn joined(&self, at: usize) -> bool {
        match (self.content.get(at), self.content.get(at + 1)) {
            (Some((a, i)), Some((b, j))) => {
                kind(*a) == Kind::Letter && kind(*b) == Kind::Letter && i + 1 == *j
            }
            _ => false,
        }
    }

    /// The text from one character to another, marked where spans say so. A span that the edge would cut
    /// is marked as far as it goes.
    fn pieces(&self, from: usize, to: usize, spans: &[Span]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut at = from;
        let mut push = |from: usize, to: usize, marked| {
            if from < to {
                pieces.push(Piece { text: self.chars[from..to].iter().collect(), marked });
            }
        };
        for span in spans.iter().filter(|span| span.to > from && span.from < to) {
            push(at, span.from.max(from), false);
            push(span.from.max(from), span.to.min(to), true);
            at = span.to.min(to);
        }
        push(at, to, false);
        pieces
    }
}

/// The best windows, in the order of the text, not overlapping.
fn windows(source: &Source, spans: &[Span], max_chars: usize, n: usize) -> Vec<(usize, usize)> {
    let n_chars = source.chars.len();
    if spans.is_empty() || max_chars == 0 {
        return vec![(0, max_chars.min(n_chars))];
    }
    let size = (max_chars / n).max(1);
    let mut seen = std::collections::BTreeSet::new();
    let mut chosen: Vec<(usize, usize)> = Vec::new();
    while chosen.len() < n {
        let free = |(from, to): &(usize, usize)| chosen.iter().all(|c| *to <= c.0 || *from >= c.1);
        let candidates = spans.iter().map(|span| window(source, span.from, size)).filter(free);
        let best = candidates.max_by_key(|w| (worth(spans, *w, &seen), std::cmp::Reverse(w.0)));
        let Some(best) = best else { break };
        if worth(spans, best, &seen).0 == 0 && !chosen.is_empty() {
            break;
        }
        seen.extend(spans.iter().filter(|s| s.from >= best.0 && s.to <= best.1).map(|s| s.term));
        chosen.push(best);
    }
    // One window found although several were allowed: it gets all the room.
    if let [only] = chosen[..] {
        let first = spans[spans.partition_point(|span| span.from < only.0)];
        return vec![window(source, first.from, max_chars)];
    }
    chosen.sort_unstable();
    chosen
}

/// New terms first, then all terms.
fn worth(spans: &[Span], window: (usize, usize), seen: &std::collections::BTreeSet<usize>) -> (usize, usize) {
    let first = spans.partition_point(|span| span.from < window.0);
    let inside = spans[first..].iter().take_while(|span| span.to <= window.1);
    let mut new = std::collections::BTreeSet::new();
    let mut all = 0;
    for span in inside {
        all += 1;
        if !seen.contains(&span.term) {
            new.insert(span.term);
        }
    }
    (new.len(), all)
}

/// A window of `size` characters around `at`, beginning at a sentence if one begins close by.
fn window(source: &Source, at: usize, size: usize) -> (usize, usize) {
    let n_chars = source.chars.len();
    let lead = LEAD.min(size / 3);
    let earliest = at.saturating_sub(lead);
    let begins = |i: &usize| {
        *i == 0 || matches!(kind(fold(source.chars[i - 1])), Kind::Stop) || source.chars[i - 1] == '\n'
    };
    let from = (earliest..=at).find(begins).unwrap_or(earliest);
    let from = from.min(n_chars.saturating_sub(size));
    (from, (from + size).min(n_chars))
}

/// Neighbours of one kind become one piece.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match joined.last_mut() {
            Some(last) if !last.marked && !piece.marked => last.text.push_str(&piece.text),
            _ => joined.push(piece),
        }
    }
    joined
}
