//! Uploaded tables: the line of heads is found, each line below is read against the declared fields. Also the two tables that are
//! given out: the template, and the lines that could not be taken, ready to be mended and sent again.
//!
//! Lines whose first cell begins with `#` say nothing: the template explains itself in them.

use std::collections::{BTreeMap, HashMap};

use kit_office::{
    Limits,
    sheet::{self, Cell, Column},
};
use kit_text::width;

use super::{Fault, Field, Organs, Row};

/// Lines among which the heads are looked for: a title may stand above them.
const HEADS_WITHIN: usize = 10;
/// Characters of a line after which no further field of it is told.
const TOLD: usize = 60;
/// What the first cell of a line that is not read begins with.
const EXPLAINED: char = '#';
/// Heads that [`bad_rows`] adds.
const ADDED: [&str; 2] = ["原行号", "问题"];

/// A table as it was read.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Lines whose fields are all as declared.
    pub rows: Vec<Row>,
    /// What is wrong in the others.
    pub faults: Vec<Fault>,
    /// Heads that no field has.
    pub unused: Vec<String>,
    /// The cells of lines with faults, in the order of the fields.
    bad: BTreeMap<usize, Vec<String>>,
}

impl Table {
    /// The rows of text in a file.
    ///
    /// # Errors
    /// A sentence, when it is no table.
    pub fn cells(name: &str, bytes: &[u8]) -> Result<Vec<Vec<String>>, String> {
        sheet::read(name, bytes, &Limits::default()).map_err(|error| error.to_string())
    }

    /// Reads rows of text. Every field must have its column, those that may be empty too; no two lines may have the same in
    /// all fields named by `key`.
    ///
    /// # Errors
    /// A sentence, when heads are missing or there is no line below them.
    pub fn read(
        lines: Vec<Vec<String>>,
        fields: &'static [Field],
        key: &[&str],
        organs: &Organs,
    ) -> Result<Table, String> {
        let heads = Heads::find(&lines, fields)?;
        let mut table = Table { unused: heads.unused, ..Table::default() };
        let mut seen: HashMap<Vec<String>, usize> = HashMap::new();
        for (at, line) in lines.into_iter().enumerate().skip(heads.line + 1) {
            if is_silent(&line) {
                continue;
            }
            let cells: Vec<String> =
                heads.places.iter().map(|place| line.get(*place).cloned().unwrap_or_default()).collect();
            let read = Row::read(at + 1, fields, cells.clone(), organs)
                .and_then(|row| once(row, key, &mut seen).map_err(|fault| vec![fault]));
            match read {
                Ok(row) => table.rows.push(row),
                Err(faults) => {
                    table.faults.extend(faults);
                    table.bad.insert(at + 1, cells);
                }
            }
        }
        if table.rows.is_empty() && table.faults.is_empty() {
            return Err("表头下面没有内容。请从第二行起填写，以“#”开头的行不读取".to_owned());
        }
        Ok(table)
    }

    /// Number of lines that could not be read.
    pub fn n_bad(&self) -> usize {
        self.bad.len()
    }

    /// What a line that could be read says, the fields named by `key` first; the rest of a long one is left out.
    pub fn told(&self, line: usize, key: &[&str]) -> String {
        let Ok(at) = self.rows.binary_search_by_key(&line, |row| row.line) else { return String::new() };
        let row = &self.rows[at];
        let mut said: Vec<(&Field, &String)> =
            row.fields.iter().zip(&row.cells).filter(|(_, cell)| !cell.trim().is_empty()).collect();
        said.sort_by_key(|(field, _)| !key.contains(&field.name));
        let (mut told, mut is_cut) = (String::new(), false);
        for (field, cell) in said {
            is_cut = told.chars().count() > TOLD;
            if is_cut {
                break;
            }
            let between = if told.is_empty() { "" } else { "；" };
            let cell: String = cell.split_whitespace().collect::<Vec<_>>().join(" ");
            told += &format!("{between}{}：{cell}", field.head);
        }
        if is_cut { told + "…" } else { told }
    }

    /// The cells of a line, in the order of the fields.
    fn cells_of(&self, line: usize) -> Vec<String> {
        let row = || {
            let at = self.rows.binary_search_by_key(&line, |row| row.line).ok()?;
            Some(self.rows[at].cells.clone())
        };
        self.bad.get(&line).cloned().or_else(row).unwrap_or_default()
    }
}

fn is_silent(line: &[String]) -> bool {
    let mut said = line.iter().filter(|cell| !cell.trim().is_empty());
    said.next().is_none_or(|first| first.trim_start().starts_with(EXPLAINED))
}

/// The row, unless an earlier one has the same key.
fn once(row: Row, key: &[&str], seen: &mut HashMap<Vec<String>, usize>) -> Result<Row, Fault> {
    let Some(first) = key.first() else { return Ok(row) };
    let values = key.iter().map(|name| row.text(name)).collect();
    match seen.get(&values) {
        Some(line) => {
            let name = row.fields.iter().find(|field| field.name == *first).map_or("", |field| field.name);
            Err(row.fault(name, format!("与第{line}行重复，请删去一行")))
        }
        None => {
            seen.insert(values, row.line);
            Ok(row)
        }
    }
}

/// Where the fields stand.
struct Heads {
    line: usize,
    places: Vec<usize>,
    unused: Vec<String>,
}

impl Heads {
    /// The line with the most heads.
    fn find(lines: &[Vec<String>], fields: &'static [Field]) -> Result<Heads, String> {
        let met = |line: &[String]| fields.iter().filter(|field| place(line, field).is_some()).count();
        let first = lines.iter().enumerate().take(HEADS_WITHIN).rev().max_by_key(|(_, line)| met(line));
        let Some((at, line)) = first.filter(|(_, line)| met(line) > 0) else {
            return Err("没有找到表头。请下载模板，把内容填入模板后上传".to_owned());
        };
        // A column that is not there says nothing; taking it for empty would wipe what is kept.
        let missing = fields.iter().filter(|field| place(line, field).is_none());
        let missing: Vec<&str> = missing.map(|field| field.head).collect();
        if !missing.is_empty() {
            return Err(format!(
                "第{}行的表头缺少：{}。请下载模板，按模板补上这些列，可空的列可以不填",
                at + 1,
                missing.join("、")
            ));
        }
        let places: Vec<usize> = fields.iter().filter_map(|field| place(line, field)).collect();
        let is_unused = |(at, head): &(usize, &String)| !places.contains(at) && !ADDED.contains(&head.trim());
        let unused = line.iter().enumerate().filter(is_unused);
        let unused = unused.map(|(_, head)| head.trim().to_owned()).filter(|head| !head.is_empty()).collect();
        Ok(Heads { line: at, places, unused })
    }
}

/// Where the head of a field stands; stars and （必填） beside it do not count.
fn place(line: &[String], field: &Field) -> Option<usize> {
    let plain = |cell: &str| {
        let folded = width::remove_blanks(&width::fold(cell));
        folded.replace("(必填)", "").trim_matches('*').to_owned()
    };
    let head = plain(field.head);
    line.iter().position(|cell| plain(cell) == head || cell.trim() == field.name)
}

fn columns(fields: &[Field]) -> Vec<Column> {
    // Everything is text: what people paste stays as they wrote it, numbers with zeros before them too.
    fields.iter().map(|field| Column::new(field.head, sheet::Kind::Text)).collect()
}

/// The template: heads, a line that explains each field, and an example; neither of them is read.
///
/// # Errors
/// A sentence of the writer.
pub fn template(title: &str, fields: &[Field]) -> Result<Vec<u8>, String> {
    let marked = |mark: &str, texts: Vec<String>| -> Vec<Cell> {
        let mark =
            |(at, text): (usize, String)| if at == 0 { format!("{EXPLAINED}{mark}{text}") } else { text };
        texts.into_iter().enumerate().map(mark).map(Cell::from).collect()
    };
    let explained = fields.iter().map(Field::explained).collect();
    let example = fields.iter().map(|field| field.example.to_owned()).collect();
    let rows = vec![marked("说明：", explained), marked("演示：", example)];
    sheet::to_xlsx(sheet::Table { title: title.to_owned(), columns: columns(fields), rows })
        .map_err(|error| error.to_string())
}

/// The lines that could not be taken, as they were sent, with what is wrong in each.
///
/// # Errors
/// A sentence of the writer.
pub fn bad_rows(title: &str, fields: &[Field], table: &Table, faults: &[Fault]) -> Result<Vec<u8>, String> {
    let mut by_line: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for fault in faults {
        by_line.entry(fault.line).or_default().push(format!("{}：{}", fault.head, fault.mend));
    }
    let rows = by_line.into_iter().map(|(line, mends)| {
        let mut cells: Vec<Cell> = table.cells_of(line).into_iter().map(Cell::from).collect();
        cells.push(line.to_string().into());
        cells.push(mends.join("；").into());
        cells
    });
    let mut columns = columns(fields);
    columns.extend(ADDED.map(|head| Column::new(head, sheet::Kind::Text)));
    sheet::to_xlsx(sheet::Table { title: title.to_owned(), columns, rows }).map_err(|error| error.to_string())
}
