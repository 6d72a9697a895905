//! Tables: merged cells as spans, heads as heads.
//!
//! It does NOT keep widths, borders and colours.

use super::blocks::chosen;
use super::reader::Reader;
use crate::OfficeError;
use crate::hidden::HiddenKind;
use crate::xml::{Element, is_on};

/// The widest span that browsers accept.
const WIDEST: usize = 1_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Merge {
    No,
    Begins,
    GoesOn,
}

struct Cell<'t> {
    element: Element<'t>,
    column: usize,
    columns: usize,
    rows: usize,
    merge: Merge,
    /// Part of a cell above it.
    covered: bool,
}

struct Row<'t> {
    element: Element<'t>,
    cells: Vec<Cell<'t>>,
    is_head: bool,
}

impl<'t> Reader<'_, 't, '_> {
    /// Reads a table.
    pub(super) fn table(&mut self, table: Element<'t>) -> Result<(), OfficeError> {
        let mut rows = Vec::new();
        self.collect_rows(table, &mut rows);
        if rows.iter().all(|row| row.cells.is_empty()) {
            return Ok(());
        }
        merge_down(&mut rows);
        let n_head = self.n_head(&rows);
        self.lists.close(&mut self.out);
        self.out.push_str("<table>");
        self.n_tables += 1;
        let was_head = std::mem::replace(&mut self.in_head, false);
        for (i, row) in rows.iter().enumerate() {
            self.in_head = i < n_head;
            match i {
                0 if n_head > 0 => self.out.push_str("<thead>"),
                0 => self.out.push_str("<tbody>"),
                i if i == n_head => self.out.push_str("</thead><tbody>"),
                _ => {}
            }
            self.row(row)?;
        }
        self.in_head = was_head;
        self.n_tables -= 1;
        self.out.push_str(if n_head == rows.len() { "</thead></table>" } else { "</tbody></table>" });
        self.check_size()
    }

    fn collect_rows(&mut self, parent: Element<'t>, rows: &mut Vec<Row<'t>>) {
        for child in parent.children() {
            match child.name() {
                "tr" => self.collect_row(child, rows),
                "sdt" => {
                    child.child("sdtContent").into_iter().for_each(|inner| self.collect_rows(inner, rows))
                }
                "ins" | "moveTo" | "customXml" | "smartTag" => self.collect_rows(child, rows),
                "del" | "moveFrom" => self.deleted(child),
                "AlternateContent" => {
                    chosen(child).into_iter().for_each(|inner| self.collect_rows(inner, rows))
                }
                _ => {}
            }
        }
    }

    fn collect_row(&mut self, element: Element<'t>, rows: &mut Vec<Row<'t>>) {
        let properties = element.child("trPr");
        let has = |name: &str| properties.is_some_and(|properties| properties.child(name).is_some());
        let is_set = |name: &str| {
            let switch = properties.and_then(|properties| properties.child(name));
            switch.is_some_and(|switch| switch.attribute("val").is_none_or(|value| is_on(&value)))
        };
        if has("del") {
            return self.deleted(element);
        }
        if is_set("hidden") {
            return self.tell(HiddenKind::HiddenRow, element.text());
        }
        if has("ins") {
            self.tell(HiddenKind::Insertion, element.text());
        }
        let before = properties.and_then(|p| p.value("gridBefore")).and_then(|n| n.parse().ok()).unwrap_or(0);
        let mut cells = Vec::new();
        collect_cells(element, &mut cells, &mut usize::min(before, WIDEST));
        rows.push(Row { element, cells, is_head: is_set("tblHeader") });
    }

    /// Rows at the top that are heads: those that repeat on each page, else a first row that is all bold. A cell that
    /// reaches down takes the rows it reaches with it; a table is never all head.
    fn n_head(&self, rows: &[Row<'t>]) -> usize {
        let marked = rows.iter().take_while(|row| row.is_head).count();
        let wide = rows[0].cells.len() > 1 && rows.len() > 1;
        let n = if marked == 0 && wide && self.is_bold(rows[0].element) { 1 } else { marked };
        let reach =
            |(i, row): (usize, &Row<'t>)| i + row.cells.iter().map(|cell| cell.rows).max().unwrap_or(1);
        let n = rows.iter().take(n).enumerate().map(reach).max().unwrap_or(0).max(n);
        if n >= rows.len() { 0 } else { n }
    }

    fn is_bold(&self, row: Element<'t>) -> bool {
        let mut n = 0;
        for paragraph in row.below("p") {
            let (style, _) = self.styles.paragraph(paragraph.child("pPr"));
            for run in paragraph.children().filter(|child| child.name() == "r") {
                if run.text().trim().is_empty() {
                    continue;
                }
                n += 1;
                if self.styles.run(run.child("rPr"), style.look).strong != Some(true) {
                    return false;
                }
            }
        }
        n > 0
    }

    fn row(&mut self, row: &Row<'t>) -> Result<(), OfficeError> {
        self.out.push_str("<tr>");
        let tag = if self.in_head { "th" } else { "td" };
        for cell in row.cells.iter().filter(|cell| !cell.covered) {
            let html = self.apart(|reader| reader.blocks(cell.element))?;
            self.out.push_str(&format!("<{tag}"));
            if cell.columns > 1 {
                self.out.push_str(&format!(" colspan=\"{}\"", cell.columns));
            }
            if cell.rows > 1 {
                self.out.push_str(&format!(" rowspan=\"{}\"", cell.rows));
            }
            self.out.push_str(&format!(">{}</{tag}>", only_paragraph(&html)));
        }
        self.out.push_str("</tr>");
        self.check_size()
    }
}

fn collect_cells<'t>(parent: Element<'t>, cells: &mut Vec<Cell<'t>>, column: &mut usize) {
    for child in parent.children() {
        match child.name() {
            "tc" => {
                let properties = child.child("tcPr");
                let value = |name: &str| properties.and_then(|properties| properties.value(name));
                let columns = value("gridSpan").and_then(|n| n.parse().ok()).unwrap_or(1).clamp(1, WIDEST);
                // A way of old programs to merge cells of one row.
                if let (Some("continue"), Some(before)) = (value("hMerge").as_deref(), cells.last_mut()) {
                    before.columns = (before.columns + columns).min(WIDEST);
                } else {
                    let merge = match properties.and_then(|properties| properties.child("vMerge")) {
                        Some(merge) if merge.attribute("val").as_deref() == Some("restart") => Merge::Begins,
                        Some(_) => Merge::GoesOn,
                        None => Merge::No,
                    };
                    let column = *column;
                    cells.push(Cell { element: child, column, columns, rows: 1, merge, covered: false });
                }
                *column = column.saturating_add(columns);
            }
            "sdt" => {
                child.child("sdtContent").into_iter().for_each(|inner| collect_cells(inner, cells, column));
            }
            "customXml" | "smartTag" => collect_cells(child, cells, column),
            _ => {}
        }
    }
}

/// Lets each cell that begins a merge reach down over those that go on with it.
fn merge_down(rows: &mut [Row<'_>]) {
    for i in 0..rows.len() {
        for k in 0..rows[i].cells.len() {
            let (column, merge) = (rows[i].cells[k].column, rows[i].cells[k].merge);
            if merge != Merge::Begins {
                continue;
            }
            let mut reach = 1;
            while let Some(row) = rows.get_mut(i + reach) {
                let below = row.cells.binary_search_by_key(&column, |cell| cell.column);
                let goes_on = |cell: &Cell<'_>| cell.merge == Merge::GoesOn && !cell.covered;
                match below.ok().map(|at| &mut row.cells[at]).filter(|cell| goes_on(cell)) {
                    Some(cell) => cell.covered = true,
                    None => break,
                }
                reach += 1;
            }
            rows[i].cells[k].rows = reach;
        }
    }
}

/// A cell of one paragraph needs no paragraph around it.
fn only_paragraph(html: &str) -> &str {
    let inner = html.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
    inner.filter(|inner| !inner.contains("</p>") && !inner.contains("<p>")).unwrap_or(html)
}
