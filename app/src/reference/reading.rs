//! Reading the files under `reference/`: embedded text in, typed rows out, errors with their line.
//!
//! It does not check rows against each other.

use std::borrow::Cow;

use rust_embed::RustEmbed;
use serde::de::{Deserialize, DeserializeOwned, Deserializer};

use super::error::{Problem, ReferenceError};
use super::table::{Coded, Table};

#[derive(RustEmbed)]
#[folder = "../reference/"]
#[include = "*.toml"]
struct Embedded;

/// The files by path below `reference/`, in the order of their paths.
pub(super) struct Source {
    files: Vec<(String, Cow<'static, str>)>,
}

impl Source {
    /// The files of this build.
    pub(super) fn embedded() -> Self {
        let mut files: Vec<_> = Embedded::iter().filter_map(embedded_file).collect();
        files.sort();
        Self { files }
    }

    /// The same files with the text of one changed, to see errors.
    #[cfg(test)]
    pub(super) fn edited(file: &str, from: &str, to: &str) -> Self {
        let mut source = Self::embedded();
        let found = source.files.iter_mut().find(|(path, _)| path == file);
        let (_, text) = found.expect("a test names an existing file");
        assert!(text.contains(from), "{file} does not contain {from}");
        *text = Cow::Owned(text.replacen(from, to, 1));
        source
    }

    /// Paths of the files in a folder.
    pub(super) fn paths_in<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        let paths = self.files.iter().map(|(path, _)| path.as_str());
        paths.filter(move |path| path.starts_with(folder))
    }

    fn text(&self, file: &str) -> Result<&str, ReferenceError> {
        let found = self.files.iter().find(|(path, _)| path == file);
        found.map(|(_, text)| text.as_ref()).ok_or_else(|| ReferenceError {
            file: file.to_owned(),
            line: 1,
            problem: Problem::Missing,
        })
    }

    /// A whole file as one value.
    pub(super) fn value<T: DeserializeOwned>(&self, file: &str) -> Result<T, ReferenceError> {
        let text = self.text(file)?;
        toml::from_str(text).map_err(|error| ReferenceError {
            file: file.to_owned(),
            line: error.span().map_or(1, |span| line_at(text, span.start)),
            problem: Problem::Unreadable { message: error.message().trim().to_owned() },
        })
    }

    /// A file that is one list of rows under `name` and nothing else.
    pub(super) fn table<T>(&self, file: &str, name: &str) -> Result<Table<T>, ReferenceError>
    where
        T: Coded + DeserializeOwned,
    {
        #[derive(serde::Deserialize)]
        #[serde(transparent)]
        struct File<T> {
            lists: std::collections::BTreeMap<String, Vec<T>>,
        }
        let mut lists = self.value::<File<T>>(file)?.lists;
        let rows = lists.remove(name).unwrap_or_default();
        if let Some(other) = lists.keys().next() {
            let message = format!("不认识的 [[{other}]]，应当是 [[{name}]]");
            return Err(self.error(file, "", other, Problem::Unreadable { message }));
        }
        if rows.is_empty() {
            let message = format!("没有一个 [[{name}]]");
            return Err(self.error(file, "", "", Problem::Unreadable { message }));
        }
        self.unique(file, rows)
    }

    /// Rows with unique codes.
    pub(super) fn unique<T: Coded>(&self, file: &str, rows: Vec<T>) -> Result<Table<T>, ReferenceError> {
        Table::new(rows).map_err(|code| {
            let problem = Problem::DuplicateCode { code: code.clone() };
            self.error(file, &code, "", problem)
        })
    }

    /// An error at the line where `value` stands within the row with `code`; at the row's code when
    /// `value` is empty. Of two rows with one code it is the second.
    pub(super) fn error(&self, file: &str, code: &str, value: &str, problem: Problem) -> ReferenceError {
        let text = self.text(file).unwrap_or_default();
        let row = format!("code = \"{code}\"");
        let start = if code.is_empty() { 0 } else { text.rfind(&row).unwrap_or(0) };
        let offset = if value.is_empty() { 0 } else { text[start..].find(value).unwrap_or(0) };
        ReferenceError { file: file.to_owned(), line: line_at(text, start + offset), problem }
    }
}

fn embedded_file(path: Cow<'static, str>) -> Option<(String, Cow<'static, str>)> {
    let bytes = Embedded::get(&path)?.data;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Some((path.into_owned(), Cow::Owned(text)))
}

fn line_at(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}

/// For properties that may point to nothing: TOML has no null, and every property is written out.
pub(super) fn none_if_empty<'de, D>(deserializer: D) -> Result<Option<String>, D::Error>
where
    D: Deserializer<'de>,
{
    let text = String::deserialize(deserializer)?;
    Ok((!text.is_empty()).then_some(text))
}
