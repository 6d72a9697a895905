//! Heads in table rows, `| label | value | label | value ||`: cells are names or values by their look and order.
//! It does not look at pairs inside running lines but through `pairs`.

use super::labels::{HeadLabels, Known};
use super::lines::Line;
use super::numbers;
use super::pairs::{Pair, label_text, read_span};

/// `| label | value | label | value ||`, with or without colons, cells missing or left over.
pub(super) fn read_row(line: &Line, labels: &HeadLabels, in_head: bool) -> Vec<Pair> {
    let cells = split_cells(&line.folded);
    let read: Vec<Cell> = cells.iter().map(|(a, b)| Cell::read(line, labels, *a, *b)).collect();
    let names: Vec<&Cell> = read.iter().filter(|cell| cell.label.is_some()).collect();
    let colons = names.iter().any(|cell| cell.colon);
    if names.is_empty() {
        return Vec::new();
    }
    let mut pairs: Vec<Pair> = Vec::new();
    let mut open = false;
    for cell in &read {
        match &cell.label {
            Some((label, known)) if cell.colon || !(colons && open) => {
                pairs.push(Pair {
                    label: label.clone(),
                    known: *known,
                    value: String::new(),
                    marked: true,
                    damaged: cell.damaged,
                });
                open = true;
            }
            _ if cell.is_empty() => {}
            _ => {
                let inner = read_span(line, labels, cell.from, cell.to, false);
                if inner.iter().any(|pair| pair.known.is_some() && pair.marked) {
                    pairs.extend(inner);
                    open = false;
                } else if open && let Some(last) = pairs.last_mut() {
                    last.value = line.value(cell.from, cell.to);
                    open = false;
                }
            }
        }
    }
    if !colons && !in_head && pairs.len() >= 2 && pairs.iter().all(|pair| pair.value.is_empty()) {
        // Names without any value: the head row of a list of documents.
        return Vec::new();
    }
    pairs
}

struct Cell {
    from: usize,
    to: usize,
    label: Option<(String, Option<Known>)>,
    colon: bool,
    damaged: bool,
}

impl Cell {
    fn is_empty(&self) -> bool {
        self.from == self.to
    }

    fn read(line: &Line, labels: &HeadLabels, from: usize, to: usize) -> Cell {
        let text = &line.folded[..to];
        let mut cell = Cell { from, to, label: None, colon: false, damaged: false };
        if from == to {
            return cell;
        }
        let bare = text[from..to].iter().rposition(|c| *c != ':' && *c != ' ').map_or(from, |p| from + p + 1);
        cell.colon = text[bare..to].contains(&':');
        match labels.match_at(text, from) {
            Some((end, known)) if end == bare && (known.strong || cell.colon) => {
                cell.label = Some((label_text(line, from, bare), Some(known)));
            }
            _ if cell.colon
                && (1..=10).contains(&(bare - from))
                && text[from..bare].iter().all(|c| numbers::is_han(*c) || matches!(c, '/' | ' ')) =>
            {
                cell.damaged = bare - from <= 2 && labels.ending_with(&text[from..bare]).next().is_some();
                cell.label = Some((label_text(line, from, bare), None));
            }
            _ => {}
        }
        cell
    }
}

/// The ranges between bars, without the blanks around the text.
fn split_cells(folded: &[char]) -> Vec<(usize, usize)> {
    let mut cells = Vec::new();
    let mut from = 0;
    for at in 0..=folded.len() {
        if at == folded.len() || folded[at] == '|' {
            let (mut a, mut b) = (from, at);
            while a < b && folded[a] == ' ' {
                a += 1;
            }
            while b > a && folded[b - 1] == ' ' {
                b -= 1;
            }
            cells.push((a, b));
            from = at + 1;
        }
    }
    cells
}
