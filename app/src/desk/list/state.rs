//! The state of a list, as its address has it.

use kit_office::sheet::Format;
use kit_web::forms::Form;
use rules::permission::Act;
use url::form_urlencoded::Serializer;

use super::{Head, MOST_EXPORTED, PER_PAGE};
use crate::{desk::officer::Officer, error::Result, portal::page::Link};

/// Fields of an address that belong to one answer and not to the list.
const PASSING: [&str; 4] = ["page", "before", "format", "reason"];

/// A column of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The words in its head.
    pub text: &'static str,
    /// Name of its order in the address; none where the list is not sorted by it.
    pub key: Option<&'static str>,
    /// Whether numbers stand in it.
    pub is_number: bool,
}

impl Column {
    /// A column that the list can be sorted by.
    pub const fn sorted(key: &'static str, text: &'static str) -> Column {
        Column { text, key: Some(key), is_number: false }
    }

    /// A column that it cannot be sorted by.
    pub const fn plain(text: &'static str) -> Column {
        Column { text, key: None, is_number: false }
    }

    /// The same column, in which numbers stand.
    #[must_use]
    pub const fn of_numbers(mut self) -> Column {
        self.is_number = true;
        self
    }
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// The column's name in the address.
    pub key: &'static str,
    /// Whether the greatest comes first.
    pub descending: bool,
}

/// What the address says of a list.
#[derive(Debug, Clone)]
pub struct State {
    path: String,
    form: Form,
    fields: Vec<(String, String)>,
    sort: Option<Sort>,
    may_export: bool,
}

impl State {
    /// The state in the address of this request. `columns` can be sorted by; without a word in the address the order is
    /// `default`, a column's name, with `-` before it for the greatest first.
    pub fn of(officer: &Officer, columns: &[Column], default: &str) -> State {
        State::read(&officer.visit.path, columns, default)
    }

    pub(super) fn read(address: &str, columns: &[Column], default: &str) -> State {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        // What cannot be read is an address that somebody wrote by hand: the list is shown without it.
        let read = Form::parse(query.as_bytes());
        let query = if read.is_ok() { query } else { "" };
        let form = read.unwrap_or_default();
        let fields = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let order = |text: &str| {
            let key = text.trim_start_matches('-');
            let column = columns.iter().find_map(|column| column.key.filter(|known| *known == key));
            column.map(|key| Sort { key, descending: text.starts_with('-') })
        };
        let sort = order(&form.text("sort")).or_else(|| order(default));
        State { path: path.to_owned(), form, fields, sort, may_export: false }
    }

    /// The same list, which whoever may do one of `acts` on anything may take out as a file.
    #[must_use]
    pub fn exported_by(mut self, officer: &Officer, acts: &[Act]) -> State {
        self.may_export = acts.iter().any(|act| officer.may(*act, None));
        self
    }

    /// The same state for the page at `path`, where this request is for a part of it.
    #[must_use]
    pub fn at(mut self, path: &str) -> State {
        path.clone_into(&mut self.path);
        self
    }

    /// Path of the page.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The words in a field; empty where there are none.
    pub fn text(&self, name: &str) -> String {
        self.form.text(name)
    }

    /// A field that is not empty.
    pub fn optional(&self, name: &str) -> Option<String> {
        self.form.optional(name)
    }

    /// A day as `YYYY-MM-DD`, however it was written; none where the field holds something else.
    pub fn day(&self, name: &str) -> Option<String> {
        let day = self.optional(name)?.parse::<jiff::civil::Date>().ok()?;
        Some(day.to_string())
    }

    /// The page asked for, from 1.
    pub fn page(&self) -> u32 {
        self.text("page").parse().unwrap_or(1).max(1)
    }

    /// The order; `None` only for a list that has none.
    pub fn sort(&self) -> Option<Sort> {
        self.sort
    }

    /// The order as a statement takes it: the column's name, with `-` before it for the greatest first.
    pub fn order(&self) -> String {
        self.sort.map_or_else(String::new, |sort| {
            format!("{}{}", if sort.descending { "-" } else { "" }, sort.key)
        })
    }

    /// Sorts rows that were read whole: `by` compares two rows in the order of a column's name.
    pub fn sort_rows<T>(&self, rows: &mut [T], by: impl Fn(&'static str, &T, &T) -> std::cmp::Ordering) {
        if let Some(sort) = self.sort() {
            rows.sort_by(|one, other| {
                let order = by(sort.key, one, other);
                if sort.descending { order.reverse() } else { order }
            });
        }
    }

    /// How many rows to read and how many to leave out before them: a page, or all of them for a file.
    pub fn window(&self) -> (i64, i64) {
        if self.wants_file() {
            return (MOST_EXPORTED, 0);
        }
        (i64::from(PER_PAGE), i64::from(self.page() - 1) * i64::from(PER_PAGE))
    }

    fn wants_file(&self) -> bool {
        self.form.optional("format").is_some()
    }

    /// The format of the file asked for, if one is.
    ///
    /// # Errors
    /// Forbidden for whoever may not take the list out; not found for a format that is not known.
    pub fn format(&self) -> Result<Option<Format>> {
        let Some(code) = self.form.optional("format") else { return Ok(None) };
        if !self.may_export {
            return Err(crate::error::Error::Forbidden);
        }
        match code.as_str() {
            "xlsx" => Ok(Some(Format::Xlsx)),
            "csv" => Ok(Some(Format::Csv)),
            _ => Err(crate::error::Error::NotFound),
        }
    }

    /// The address of this list with some fields changed (an empty one is left out), on its first page.
    pub fn address(&self, changes: &[(&str, &str)]) -> String {
        let stays =
            |name: &str| !PASSING.contains(&name) && !changes.iter().any(|(changed, _)| *changed == name);
        let kept = self.fields.iter().filter(|(name, _)| stays(name));
        let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
        let mut query = Serializer::new(String::new());
        for (name, value) in kept.chain(changes.iter().copied()).filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        let query = query.finish();
        if query.is_empty() { self.path.clone() } else { format!("{}?{query}", self.path) }
    }

    /// Fields of these names with what stands in them.
    pub(super) fn kept(&self, names: &[&str]) -> Vec<(String, String)> {
        let kept =
            self.fields.iter().filter(|(name, value)| names.contains(&name.as_str()) && !value.is_empty());
        kept.cloned().collect()
    }

    /// All that makes this list what it is, for the form that asks why it is taken out.
    pub(super) fn lasting(&self) -> Vec<(String, String)> {
        let lasting =
            |(name, value): &&(String, String)| !PASSING.contains(&name.as_str()) && !value.is_empty();
        self.fields.iter().filter(lasting).cloned().collect()
    }

    pub(super) fn head(&self, column: Column) -> Head {
        let here = self.sort.filter(|sort| column.key == Some(sort.key));
        let next = |key: &str| match here {
            Some(sort) if !sort.descending => format!("-{key}"),
            _ => key.to_owned(),
        };
        Head {
            text: column.text,
            href: column.key.map(|key| self.address(&[("sort", &next(key))])),
            sorted: here.map(|sort| if sort.descending { "descending" } else { "ascending" }),
            is_number: column.is_number,
        }
    }

    pub(super) fn files(&self) -> Vec<Link> {
        if !self.may_export {
            return Vec::new();
        }
        let file = |text: &str, format: &str| Link::new(text, self.address(&[("format", format)]));
        vec![file("导出 Excel 表格", "xlsx"), file("导出 CSV", "csv")]
    }
}
