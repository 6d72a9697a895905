//! Word lists in files: tables (CSV, XLSX) and plain lines. A line that cannot work is named with its number, the rest goes
//! on.
//!
//! With a head (词语, 正确写法, 类型, 说明, 排序) the columns may stand in any order; without one they are word, right word and
//! whatever else. Lines that begin with `#` say nothing.

use kit_office::Limits;
use rules::check::WordKind;

use super::{NewWord, actions, kind_of};

/// A list as it was read.
#[derive(Debug, Default)]
pub struct ReadList {
    /// Words that can work.
    pub words: Vec<NewWord>,
    /// Lines that cannot.
    pub faults: Vec<LineFault>,
}

/// A line that cannot work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineFault {
    /// Its number, from 1.
    pub line: usize,
    /// Why, in a sentence.
    pub reason: String,
}

/// What words are that do not say it themselves.
#[derive(Debug, Clone, Copy)]
pub struct Defaults {
    /// Their kind.
    pub kind: WordKind,
    /// Whether they stop a record.
    pub blocking: bool,
}

/// Reads a file.
///
/// # Errors
/// A sentence, when it is neither a table nor text.
pub fn read(name: &str, bytes: &[u8], defaults: Defaults) -> Result<ReadList, String> {
    let lower = name.to_lowercase();
    let rows = if lower.ends_with(".csv") || lower.ends_with(".xlsx") {
        kit_office::sheet::read(name, bytes, &Limits::default()).map_err(|error| error.to_string())?
    } else {
        let (text, _) = kit_text::lines::decode_text(bytes).map_err(|error| error.to_string())?;
        text.lines().map(cells).collect()
    };
    Ok(read_rows(&rows, defaults))
}

/// The cells of a plain line: between tabs, else between commas, else between blanks.
fn cells(line: &str) -> Vec<String> {
    let trimmed = |cells: Vec<&str>| cells.into_iter().map(|cell| cell.trim().to_owned()).collect();
    if line.trim().is_empty() || line.starts_with('#') {
        Vec::new()
    } else if line.contains('\t') {
        trimmed(line.split('\t').collect())
    } else if line.contains([',', '，']) {
        trimmed(line.split([',', '，']).collect())
    } else {
        trimmed(line.split_whitespace().collect())
    }
}

/// Which column says what.
struct Columns {
    word: usize,
    right: usize,
    kind: Option<usize>,
    note: Option<usize>,
    order: Option<usize>,
}

impl Columns {
    const PLAIN: Columns = Columns { word: 0, right: 1, kind: None, note: None, order: None };

    /// The columns that a head names.
    fn named(row: &[String]) -> Option<Columns> {
        let find = |names: &[&str]| row.iter().position(|cell| names.contains(&cell.trim()));
        Some(Columns {
            word: find(&["词语", "词", "错误写法", "姓名", "word"])?,
            right: find(&["正确写法", "正确", "职务", "right"]).unwrap_or(usize::MAX),
            kind: find(&["类型", "类别", "kind"]),
            note: find(&["说明", "备注", "note"]),
            order: find(&["排序", "次序", "order"]),
        })
    }
}

fn read_rows(rows: &[Vec<String>], defaults: Defaults) -> ReadList {
    let mut list = ReadList::default();
    let mut columns = Columns::PLAIN;
    let mut seen = std::collections::HashMap::new();
    let is_said = |row: &&Vec<String>| row.iter().any(|cell| !cell.trim().is_empty());
    let comment = |row: &[String]| row.first().is_some_and(|cell| cell.starts_with('#'));
    let mut is_first = true;
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| is_said(row) && !comment(row)) {
        if std::mem::take(&mut is_first)
            && let Some(named) = Columns::named(row)
        {
            columns = named;
            continue;
        }
        let line = at + 1;
        let read =
            word(row, &columns, defaults).and_then(|word| match seen.get(&(word.kind, word.word.clone())) {
                Some(first) => Err(format!("“{}”与第{first}行重复", word.word)),
                None => Ok(word),
            });
        match read {
            Ok(word) => {
                seen.insert((word.kind, word.word.clone()), line);
                list.words.push(word);
            }
            Err(reason) => list.faults.push(LineFault { line, reason }),
        }
    }
    list
}

fn word(row: &[String], columns: &Columns, defaults: Defaults) -> Result<NewWord, String> {
    let cell = |at: usize| row.get(at).map(|cell| cell.trim().to_owned()).unwrap_or_default();
    let of = |at: Option<usize>| at.map(cell).unwrap_or_default();
    let kind = match of(columns.kind) {
        none if none.is_empty() => defaults.kind,
        said => kind_of(&said).ok_or_else(|| format!("没有“{said}”这种类型"))?,
    };
    let order = match of(columns.order) {
        none if none.is_empty() => 0,
        said => said.parse().map_err(|_| format!("排序“{said}”不是整数"))?,
    };
    let word = NewWord {
        kind,
        word: cell(columns.word),
        right: cell(columns.right),
        note: of(columns.note),
        order,
        blocking: defaults.blocking,
    };
    actions::check(&word).map(|()| word)
}
