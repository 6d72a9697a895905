//! What registers (台账) share: the declared fields of an entry, and reading entries from uploaded tables and from forms against
//! them, with every fault named by line, field, value and mend.
//!
//! It keeps no entries and knows no register: each has its own folder, tables, statements and acts.

pub mod actions;
mod organs;
pub mod queries;
mod shown;
mod table;
mod taken;
#[cfg(test)]
mod tests;
mod value;

use kit_db::Tx;

use crate::{cx::Cx, error::Result, id::OrganId};

pub use organs::Organs;
pub use shown::{cells, columns, difference, removal, told};
pub use table::{Table, bad_rows, template};
pub use taken::{Counts, Standing, Taken};
pub use value::{missing, yuan};

/// One field of an entry.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Name in forms and in code.
    pub name: &'static str,
    /// Head of its column, label of its input.
    pub head: &'static str,
    /// Whether it must be given.
    pub required: bool,
    /// What may stand in it.
    pub kind: Kind,
    /// What else to know about it, in a sentence without its end; may be empty.
    pub note: &'static str,
    /// What stands in the example row of the template.
    pub example: &'static str,
}

impl Field {
    /// A field that must be given.
    pub const fn required(
        name: &'static str,
        head: &'static str,
        kind: Kind,
        example: &'static str,
    ) -> Field {
        Field { name, head, required: true, kind, note: "", example }
    }

    /// A field that may be empty.
    pub const fn optional(
        name: &'static str,
        head: &'static str,
        kind: Kind,
        example: &'static str,
    ) -> Field {
        Field { name, head, required: false, kind, note: "", example }
    }

    /// The same field with what else to know about it.
    #[must_use]
    pub const fn noted(mut self, note: &'static str) -> Field {
        self.note = note;
        self
    }

    /// What may stand in it, in words: for the template, the import page and hints of forms.
    pub fn explained(&self) -> String {
        let must = if self.required { "必填" } else { "可空" };
        let kind = self.kind.explained();
        let note = if self.note.is_empty() { String::new() } else { format!("；{}", self.note) };
        format!("{must}；{kind}{note}")
    }
}

/// What may stand in a field, and what is kept of it.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Words, at most so many characters.
    Text(usize),
    /// A day; kept as `YYYY-MM-DD`.
    Date,
    /// A whole number from 0.
    Integer,
    /// Yuan with at most two decimals; kept in fen.
    Money,
    /// One of some: pairs of code and words; kept as code.
    Choice(&'static [(&'static str, &'static str)]),
    /// An organ of the site by code or name; kept as its id.
    Organ,
}

impl Kind {
    fn explained(self) -> String {
        match self {
            Kind::Text(most) => format!("文字，最多{most}字"),
            Kind::Date => "日期，如2018-03-11".to_owned(),
            Kind::Integer => "整数".to_owned(),
            Kind::Money => "金额，单位元，最多两位小数".to_owned(),
            Kind::Choice(options) => {
                let words: Vec<&str> = options.iter().map(|(_, words)| *words).collect();
                format!("填“{}”之一", words.join("”“"))
            }
            Kind::Organ => "机构的名称或代码，须与“机构”中一致".to_owned(),
        }
    }
}

/// The words for a code of a choice; the code itself where it is not known.
pub fn choice_words(options: &'static [(&'static str, &'static str)], code: &str) -> String {
    let known = options.iter().find(|(known, _)| *known == code);
    known.map_or_else(|| code.to_owned(), |(_, words)| (*words).to_owned())
}

/// What is wrong in one field of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Line of the file, from 1; 0 in a form.
    pub line: usize,
    /// Name of the field.
    pub field: &'static str,
    /// Its head.
    pub head: &'static str,
    /// What stands in it.
    pub value: String,
    /// What is wrong and how it is mended.
    pub mend: String,
}

/// An entry whose fields are all as declared.
#[derive(Debug, Clone)]
pub struct Row {
    /// Line of the file, from 1; 0 for a form.
    pub line: usize,
    fields: &'static [Field],
    values: Vec<String>,
    cells: Vec<String>,
}

impl Row {
    /// Reads the cells of an entry, in the order of `fields`.
    ///
    /// # Errors
    /// Every field that is not as declared.
    pub fn read(
        line: usize,
        fields: &'static [Field],
        cells: Vec<String>,
        organs: &Organs,
    ) -> std::result::Result<Row, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut values = Vec::with_capacity(fields.len());
        for (at, field) in fields.iter().enumerate() {
            let cell = cells.get(at).map(|cell| cell.trim()).unwrap_or_default();
            match value::read(field, cell, organs) {
                Ok(value) => values.push(value),
                Err(mend) => {
                    let Field { name, head, .. } = *field;
                    faults.push(Fault { line, field: name, head, value: cell.to_owned(), mend });
                }
            }
        }
        if faults.is_empty() { Ok(Row { line, fields, values, cells }) } else { Err(faults) }
    }

    fn place(&self, name: &str) -> Option<usize> {
        let at = self.fields.iter().position(|field| field.name == name);
        debug_assert!(at.is_some(), "no field is called {name}");
        at
    }

    /// What is kept of a field; empty where it was left empty.
    pub fn text(&self, name: &str) -> String {
        self.place(name).and_then(|at| self.values.get(at)).cloned().unwrap_or_default()
    }

    /// The same, `None` if empty.
    pub fn optional(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// A whole number or fen, `None` if empty.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.optional(name)?.parse().ok()
    }

    /// An organ.
    pub fn organ(&self, name: &str) -> OrganId {
        OrganId(self.text(name))
    }

    /// That a field of this line cannot be taken as it is.
    pub fn fault(&self, name: &'static str, mend: impl Into<String>) -> Fault {
        let at = self.place(name);
        let value = at.and_then(|at| self.cells.get(at)).cloned().unwrap_or_default();
        let head = at.and_then(|at| self.fields.get(at)).map_or(name, |field| field.head);
        Fault { line: self.line, field: name, head, value, mend: mend.into() }
    }
}

/// Whether rows are only looked at, for the preview, or taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Nothing is written.
    Looking,
    /// What is new or changed is written.
    Taking,
}

/// Compares the rows of a table with the register and, when [`Doing::Taking`], writes what is new or changed. Each entry that
/// is changed has its row in the audit log; what is new has one each or is told as a number, as the register likes.
pub type Take = fn(&mut Tx<'_>, &Cx, &[Row], &Organs, Doing) -> Result<Taken>;

/// The pattern that finds a text anywhere, for `like … escape '!'`.
pub fn like(text: &str) -> String {
    let plain = text.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{plain}%")
}
