//! Through the cells of a sheet, one after the other.
//!
//! It does NOT keep what was met: the caller takes what it needs.

use super::{Workbook, strings};
use crate::OfficeError;
use crate::sheet::cell_place;
use crate::xml::{self, Event};
use quick_xml::events::BytesStart;

/// What is met on the way, rows and columns counted from 0.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Met {
    /// Columns that share a setting, both ends included.
    Columns { from: usize, to: usize, hidden: bool },
    /// A row begins.
    Row { row: usize, hidden: bool },
    /// A cell that is not empty.
    Cell { row: usize, column: usize, text: String },
    /// A formula that names another file or a program.
    Outside { row: usize, column: usize, formula: String },
}

/// The cell being read.
#[derive(Default)]
struct Open {
    row: usize,
    column: usize,
    kind: String,
    style: usize,
    value: String,
    formula: String,
}

#[derive(Clone, Copy, PartialEq)]
enum In {
    Nothing,
    Value,
    Formula,
}

impl Workbook<'_> {
    /// Walks through a sheet by its place in [`Workbook::sheets`], until `meet` says stop with `false`.
    pub(crate) fn walk(
        &mut self,
        sheet: usize,
        mut meet: impl FnMut(Met) -> Result<bool, OfficeError>,
    ) -> Result<(), OfficeError> {
        let Some(part) = self.sheets.get(sheet).map(|sheet| sheet.part.clone()) else {
            return Ok(());
        };
        let bytes = self.package.need(&part)?;
        let text = xml::decode(bytes);
        let limits = *self.package.limits();
        let mut pull = xml::Pull::new(&text, &part, &limits);
        let (mut open, mut inside, mut reading) = (Open::default(), In::Nothing, false);
        let mut next_row = 0;
        loop {
            match pull.step()? {
                Event::Open(start) => match xml::tag(&start) {
                    "col" if !meet(columns(&start))? => return Ok(()),
                    "row" => {
                        let row = number(&start, "r").map_or(next_row, |r| r.saturating_sub(1));
                        if row >= limits.rows {
                            return Err(OfficeError::TooLarge { what: "行数", limit: limits.rows as u64 });
                        }
                        next_row = row + 1;
                        open = Open { row, ..Open::default() };
                        if !meet(Met::Row { row, hidden: on(&start, "hidden") })? {
                            return Ok(());
                        }
                    }
                    "c" => open = self.open_cell(&start, &open)?,
                    "rPh" => reading = true,
                    "v" => inside = In::Value,
                    "t" if !reading => inside = In::Value,
                    "f" => inside = In::Formula,
                    _ => {}
                },
                Event::Text(text) => match inside {
                    In::Value => open.value.push_str(&text),
                    In::Formula => open.formula.push_str(&text),
                    In::Nothing => {}
                },
                Event::Close(end) => {
                    inside = In::Nothing;
                    match xml::local(end.name().0) {
                        "rPh" => reading = false,
                        "c" if !self.close_cell(&mut open, &mut meet)? => return Ok(()),
                        _ => {}
                    }
                }
                Event::Done => return Ok(()),
            }
        }
    }

    fn open_cell(&mut self, start: &BytesStart<'_>, before: &Open) -> Result<Open, OfficeError> {
        self.n_cells += 1;
        let most = self.package.limits().cells;
        if self.n_cells > most {
            return Err(OfficeError::TooLarge { what: "单元格数", limit: most as u64 });
        }
        // The row is the one it stands in; cells without a place follow one another.
        let place = xml::attribute(start, "r").and_then(|r| cell_place(&r));
        let (row, column) = (before.row, place.map_or(before.column, |(_, column)| column));
        let kind = xml::attribute(start, "t").unwrap_or_default().into_owned();
        let style = number(start, "s").unwrap_or(0);
        Ok(Open { row, column, kind, style, ..Open::default() })
    }

    /// Tells what the cell holds; afterwards `open` stands on the cell behind it.
    fn close_cell(
        &self,
        open: &mut Open,
        meet: &mut impl FnMut(Met) -> Result<bool, OfficeError>,
    ) -> Result<bool, OfficeError> {
        let Open { row, column, kind, style, value, formula } = std::mem::take(open);
        (open.row, open.column) = (row, column + 1);
        let leads_out = formula.contains('[') || formula.contains('|') || formula.contains("://");
        if leads_out && !meet(Met::Outside { row, column, formula })? {
            return Ok(false);
        }
        let text = self.shown(&kind, style, value);
        if text.is_empty() { Ok(true) } else { meet(Met::Cell { row, column, text }) }
    }

    fn shown(&self, kind: &str, style: usize, mut value: String) -> String {
        match kind {
            "s" => {
                let shared = value.trim().parse().ok().and_then(|i: usize| self.shared.get(i));
                shared.cloned().unwrap_or_default()
            }
            "inlineStr" | "str" => {
                strings::unescape(&mut value);
                value
            }
            "b" => if value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            "e" | "d" => value,
            _ if value.is_empty() => value,
            _ => self.formats.show(&value, style),
        }
    }
}

fn columns(start: &BytesStart<'_>) -> Met {
    let from = number(start, "min").unwrap_or(1).saturating_sub(1);
    let to = number(start, "max").unwrap_or(1).saturating_sub(1);
    Met::Columns { from, to: to.max(from), hidden: on(start, "hidden") }
}

fn number(start: &BytesStart<'_>, name: &str) -> Option<usize> {
    xml::attribute(start, name)?.trim().parse().ok()
}

fn on(start: &BytesStart<'_>, name: &str) -> bool {
    xml::attribute(start, name).is_some_and(|value| xml::is_on(&value))
}
