//! One sheet written as a package, row by row into the packed file, so that a long table needs little memory.
//!
//! Written by hand rather than by a large library: one sheet of plain values is seven small parts, and this way
//! no clock is asked, no author is named and no temporary file is made.
//! It does NOT share strings between cells; packing takes care of repetition.

use super::name::{MOST_COLUMNS, column_letters, sheet_name};
use super::{Cell, Column, Kind};
use crate::OfficeError;
use crate::xml::escape_into;
use jiff::civil::Date;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const MOST_ROWS: usize = 1_048_576;
const LONGEST_TEXT: usize = 32_767;
/// Rows looked at before the columns' widths are settled.
const ROWS_MEASURED: usize = 500;
const FLUSH_BYTES: usize = 64 * 1024;
/// Numbers of more digits lose the last ones in a spreadsheet.
const LARGEST_EXACT: u64 = 999_999_999_999_999;

pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
pub(super) const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
pub(super) const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
pub(super) const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The formats of `styles.xml`, in its order.
#[derive(Clone, Copy)]
enum Style {
    Head = 1,
    Text = 2,
    Integer = 3,
    Decimal = 4,
    Date = 5,
}

/// A workbook of one sheet while it is being written.
pub(super) struct Workbook {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    name: String,
    columns: Vec<Column>,
    /// Display widths, in units of a digit.
    widths: Vec<usize>,
    /// Rows that wait until the widths are settled; `None` afterwards.
    waiting: Option<Vec<Vec<Cell>>>,
    out: String,
    n_rows: usize,
}

impl Workbook {
    pub(super) fn new(title: &str, columns: Vec<Column>) -> Result<Workbook, OfficeError> {
        if columns.len() > MOST_COLUMNS {
            return Err(OfficeError::TooLarge { what: "列数", limit: MOST_COLUMNS as u64 });
        }
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        put(&mut zip, "[Content_Types].xml", &content_types())?;
        put(&mut zip, "_rels/.rels", &package_relations())?;
        put(&mut zip, "xl/_rels/workbook.xml.rels", &workbook_relations())?;
        put(&mut zip, "xl/styles.xml", &styles())?;
        // Room for the button of the filter.
        let widths = columns.iter().map(|column| display_width(&column.name) + 3).collect();
        let name = sheet_name(title);
        Ok(Workbook { zip, name, columns, widths, waiting: Some(Vec::new()), out: String::new(), n_rows: 0 })
    }

    pub(super) fn push(&mut self, row: Vec<Cell>) -> Result<(), OfficeError> {
        if row.len() > MOST_COLUMNS {
            return Err(OfficeError::TooLarge { what: "列数", limit: MOST_COLUMNS as u64 });
        }
        let Some(waiting) = &mut self.waiting else {
            return self.write_row(row);
        };
        for (width, cell) in self.widths.iter_mut().zip(&row) {
            *width = (*width).max(cell_width(cell));
        }
        waiting.push(row);
        if waiting.len() < ROWS_MEASURED {
            return Ok(());
        }
        self.begin_sheet()
    }

    pub(super) fn finish(mut self) -> Result<Vec<u8>, OfficeError> {
        self.begin_sheet()?;
        self.out.push_str("</sheetData>");
        let area = self.filtered_area("");
        if let Some(area) = &area {
            _ = write!(self.out, "<autoFilter ref=\"{area}\"/>");
        }
        self.out.push_str("</worksheet>");
        self.flush()?;
        let workbook = self.workbook();
        put(&mut self.zip, "xl/workbook.xml", &workbook)?;
        Ok(self.zip.finish().map_err(too_large)?.into_inner())
    }

    /// Head and body, `A1:D9`; `sign` stands before letters and numbers.
    fn filtered_area(&self, sign: &str) -> Option<String> {
        let last = column_letters(self.columns.len().checked_sub(1)?);
        Some(format!("{sign}A{sign}1:{sign}{last}{sign}{}", self.n_rows))
    }

    /// Opens the sheet and writes the head and the rows that waited; nothing when that is done.
    fn begin_sheet(&mut self) -> Result<(), OfficeError> {
        let Some(waiting) = self.waiting.take() else {
            return Ok(());
        };
        self.zip.start_file("xl/worksheets/sheet1.xml", options()).map_err(too_large)?;
        _ = write!(
            self.out,
            "{DECLARATION}<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView tabSelected=\"1\" workbookViewId=\"0\">\
             <pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>\
             <selection pane=\"bottomLeft\" activeCell=\"A2\" sqref=\"A2\"/></sheetView></sheetViews>\
             <sheetFormatPr defaultRowHeight=\"15\"/>"
        );
        self.write_widths();
        self.out.push_str("<sheetData>");
        let head = self.columns.iter().map(|column| Cell::Text(column.name.clone())).collect();
        self.write_row(head)?;
        waiting.into_iter().try_for_each(|row| self.write_row(row))
    }

    fn write_widths(&mut self) {
        if self.columns.is_empty() {
            return;
        }
        self.out.push_str("<cols>");
        for (i, (column, measured)) in self.columns.iter().zip(&self.widths).enumerate() {
            let (least, most) = match column.kind {
                Kind::Text => (8, 60),
                Kind::Integer | Kind::Decimal => (8, 24),
                Kind::Date => (12, 24),
            };
            let (at, width) = (i + 1, (measured + 1).clamp(least, most));
            _ = write!(self.out, "<col min=\"{at}\" max=\"{at}\" width=\"{width}\" customWidth=\"1\"/>");
        }
        self.out.push_str("</cols>");
    }

    fn write_row(&mut self, row: Vec<Cell>) -> Result<(), OfficeError> {
        if self.n_rows == MOST_ROWS {
            return Err(OfficeError::TooLarge { what: "行数", limit: MOST_ROWS as u64 });
        }
        self.n_rows += 1;
        let n = self.n_rows;
        _ = write!(self.out, "<row r=\"{n}\">");
        for (i, cell) in row.into_iter().enumerate() {
            write_cell(&mut self.out, (i, n), cell);
        }
        self.out.push_str("</row>");
        if self.out.len() >= FLUSH_BYTES {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), OfficeError> {
        self.zip.write_all(self.out.as_bytes()).map_err(too_large)?;
        self.out.clear();
        Ok(())
    }

    fn workbook(&self) -> String {
        let mut name = String::new();
        escape_into(&mut name, &self.name);
        let mut xml = format!(
            "{DECLARATION}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"{name}\" sheetId=\"1\" r:id=\"rId1\"/></sheets>"
        );
        if let Some(area) = self.filtered_area("$") {
            let quoted = name.replace('\'', "''");
            _ = write!(
                xml,
                "<definedNames><definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"0\" hidden=\"1\">'{quoted}'!{area}</definedName>\
                 <definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">'{quoted}'!$1:$1</definedName></definedNames>"
            );
        }
        xml.push_str("</workbook>");
        xml
    }
}

pub(super) fn write_cell(out: &mut String, (column, row): (usize, usize), cell: Cell) {
    let number = |out: &mut String, style: Style, value: &dyn std::fmt::Display| {
        let letters = column_letters(column);
        _ = write!(out, "<c r=\"{letters}{row}\" s=\"{}\"><v>{value}</v></c>", style as u8);
    };
    match cell {
        Cell::Empty => {}
        Cell::Text(text) if text.is_empty() => {}
        Cell::Text(text) => write_text(out, (column, row), &text),
        Cell::Integer(value) if value.unsigned_abs() <= LARGEST_EXACT => number(out, Style::Integer, &value),
        Cell::Integer(value) => write_text(out, (column, row), &value.to_string()),
        Cell::Decimal(value) if value.is_finite() => number(out, Style::Decimal, &value),
        Cell::Decimal(_) => {}
        Cell::Date(day) => match serial(day) {
            Some(value) => number(out, Style::Date, &value),
            None => write_text(out, (column, row), &day.to_string()),
        },
    }
}

fn write_text(out: &mut String, (column, row): (usize, usize), text: &str) {
    let style = if row == 1 { Style::Head } else { Style::Text };
    _ = write!(
        out,
        "<c r=\"{}{row}\" s=\"{}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">",
        column_letters(column),
        style as u8
    );
    let mut units = 0;
    let within = |c: &(usize, char)| {
        units += c.1.len_utf16();
        units <= LONGEST_TEXT
    };
    let length = text.char_indices().take_while(within).last().map_or(0, |(i, c)| i + c.len_utf8());
    escape_underscores(out, &text[..length]);
    out.push_str("</t></is></c>");
}

/// `_x0041_` would be read as `A`; its underscore is escaped so that it stays what it is.
fn escape_underscores(out: &mut String, text: &str) {
    let is_escape = |rest: &str| {
        let bytes = rest.as_bytes();
        bytes.len() >= 7
            && bytes[1] == b'x'
            && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
            && bytes[6] == b'_'
    };
    let mut from = 0;
    for (at, _) in text.match_indices('_').filter(|(at, _)| is_escape(&text[*at..])) {
        escape_into(out, &text[from..at]);
        out.push_str("_x005F_");
        from = at + 1;
    }
    escape_into(out, &text[from..]);
}

/// Days since the last day of 1899, as spreadsheets count them; `None` before March 1900, where they count a
/// 29 February that never was.
fn serial(day: Date) -> Option<i64> {
    let days = i64::from((day - jiff::civil::date(1899, 12, 30)).get_days());
    (days >= 61).then_some(days)
}

pub(super) fn cell_width(cell: &Cell) -> usize {
    match cell {
        Cell::Empty => 0,
        Cell::Text(text) => text.lines().map(display_width).max().unwrap_or(0),
        Cell::Integer(number) => number.to_string().len() * 4 / 3,
        Cell::Decimal(number) => format!("{number:.2}").len() * 4 / 3,
        Cell::Date(_) => 10,
    }
}

/// Width in digits of the default face; a Chinese character is two of them and a little.
pub(super) fn display_width(text: &str) -> usize {
    let wide = text.chars().filter(|&c| c >= '\u{2e80}').count();
    let narrow = text.chars().count() - wide;
    narrow + wide * 21 / 10
}

pub(super) fn put(
    zip: &mut ZipWriter<Cursor<Vec<u8>>>,
    name: &str,
    content: &str,
) -> Result<(), OfficeError> {
    zip.start_file(name, options()).map_err(too_large)?;
    zip.write_all(content.as_bytes()).map_err(too_large)
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated)
}

/// Writing into memory fails only where the format's sizes end.
pub(super) fn too_large<E>(_: E) -> OfficeError {
    OfficeError::TooLarge { what: "文件", limit: u64::from(u32::MAX) }
}

fn content_types() -> String {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    format!(
        "{DECLARATION}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/>\
         <Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{kind}.worksheet+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"{kind}.styles+xml\"/></Types>"
    )
}

pub(super) fn package_relations() -> String {
    format!(
        "{DECLARATION}<Relationships xmlns=\"{RELATIONSHIPS}\">\
         <Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    )
}

fn workbook_relations() -> String {
    format!(
        "{DECLARATION}<Relationships xmlns=\"{RELATIONSHIPS}\">\
         <Relationship Id=\"rId1\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/></Relationships>"
    )
}

/// One face that both offices have; head bold on grey; text as text (49), whole numbers as such, days as written.
pub(super) fn styles() -> String {
    let xf = |number: u32, font: u8, fill: u8, align: &str| {
        format!(
            "<xf numFmtId=\"{number}\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" \
             applyFont=\"1\" applyFill=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\"{align}/></xf>"
        )
    };
    let formats = [
        xf(0, 0, 0, ""),
        xf(49, 1, 2, " wrapText=\"1\""),
        xf(49, 0, 0, " wrapText=\"1\""),
        xf(1, 0, 0, ""),
        xf(0, 0, 0, ""),
        xf(164, 0, 0, " horizontal=\"left\""),
    ];
    let font = |bold: &str| {
        format!(
            "<font>{bold}<sz val=\"11\"/><name val=\"宋体\"/><family val=\"3\"/><charset val=\"134\"/></font>"
        )
    };
    format!(
        "{DECLARATION}<styleSheet xmlns=\"{MAIN}\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>\
         <fonts count=\"2\">{}{}</fonts><fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill>\
         <fill><patternFill patternType=\"gray125\"/></fill><fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFEFEDE6\"/>\
         <bgColor indexed=\"64\"/></patternFill></fill></fills><borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
         <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
         <cellXfs count=\"{}\">{}</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>",
        font(""),
        font("<b/>"),
        formats.len(),
        formats.concat()
    )
}
