//! Checks of the reference files against each other: every code points to something, every colour
//! can be read.
//!
//! Whether the data is complete (each statutory item has a column) is a matter of tests, because a
//! site may be built with fewer columns.

use std::collections::HashSet;

use rules::theme::{Colour, LEAST_CONTRAST, check_main_colour};

use super::Reference;
use super::column::StandardColumn;
use super::content_type::{ContentType, file_of};
use super::error::{Problem, ReferenceError};
use super::reading::Source;
use super::site_parts::Theme;

const COLUMNS: &str = "standard_columns.toml";
const THEMES: &str = "themes.toml";

/// One reference from a row to another file.
struct Pointer<'a> {
    file: &'a str,
    row: &'a str,
    property: &'static str,
    code: &'a str,
    known: bool,
    target: &'static str,
}

impl Pointer<'_> {
    fn check(&self, source: &Source) -> Result<(), ReferenceError> {
        if self.known {
            return Ok(());
        }
        let code = self.code.to_owned();
        let problem = Problem::UnknownCode { property: self.property, code, target: self.target };
        let value = format!("\"{}\"", self.code);
        Err(source.error(self.file, self.row, &value, problem))
    }
}

/// Runs all checks; the first error ends them.
pub(super) fn cross_check(reference: &Reference, source: &Source) -> Result<(), ReferenceError> {
    for content_type in &reference.content_types {
        check_content_type(reference, source, content_type)?;
    }
    let mut seen = HashSet::new();
    for column in &reference.standard_columns {
        check_column(reference, source, column)?;
        check_parent(source, column, &seen)?;
        seen.insert(column.code.as_str());
    }
    check_default_theme(reference, source)?;
    reference.themes.all.iter().try_for_each(|theme| check_theme(reference, source, theme))
}

fn check_content_type(
    reference: &Reference,
    source: &Source,
    content_type: &ContentType,
) -> Result<(), ReferenceError> {
    let file = file_of(&content_type.code);
    let genre = content_type.default_genre.as_str();
    let row = content_type.code.as_str();
    let known = reference.genres.contains(genre);
    let target = "genres.toml";
    Pointer { file: &file, row, property: "default_genre", code: genre, known, target }.check(source)?;
    check_statutory(reference, source, &file, row, &content_type.statutory_items)?;
    let mut seen = HashSet::new();
    for entry in &content_type.head {
        let field = entry.field.code().to_owned();
        if !seen.insert(entry.field) {
            let problem = Problem::DuplicateField { field: field.clone() };
            return Err(source.error(&file, "", &field, problem));
        }
    }
    Ok(())
}

fn check_statutory(
    reference: &Reference,
    source: &Source,
    file: &str,
    row: &str,
    codes: &[String],
) -> Result<(), ReferenceError> {
    codes.iter().try_for_each(|code| {
        let known = reference.statutory_items.contains(code);
        let target = "statutory_items.toml";
        Pointer { file, row, property: "statutory_items", code, known, target }.check(source)
    })
}

fn check_column(
    reference: &Reference,
    source: &Source,
    column: &StandardColumn,
) -> Result<(), ReferenceError> {
    let (file, row) = (COLUMNS, column.code.as_str());
    let code = column.column_type.as_str();
    let known = reference.column_types.contains(code);
    let target = "column_types.toml";
    Pointer { file, row, property: "column_type", code, known, target }.check(source)?;
    if let Some(code) = column.key_area.as_deref() {
        let known = reference.key_areas.contains(code);
        let target = "key_areas.toml";
        Pointer { file, row, property: "key_area", code, known, target }.check(source)?;
    }
    for code in &column.content_types {
        let known = reference.content_types.contains(code);
        let target = "content_types/";
        Pointer { file, row, property: "content_types", code, known, target }.check(source)?;
    }
    if column.content_types.is_empty() {
        let problem = Problem::Empty { code: column.code.clone(), property: "content_types" };
        return Err(source.error(file, row, "content_types", problem));
    }
    check_statutory(reference, source, file, row, &column.statutory_items)
}

fn check_parent(
    source: &Source,
    column: &StandardColumn,
    seen: &HashSet<&str>,
) -> Result<(), ReferenceError> {
    let Some(parent) = column.parent.clone().filter(|parent| !seen.contains(parent.as_str())) else {
        return Ok(());
    };
    let problem = Problem::ParentLater { code: column.code.clone(), parent };
    Err(source.error(COLUMNS, &column.code, "parent", problem))
}

fn check_default_theme(reference: &Reference, source: &Source) -> Result<(), ReferenceError> {
    let code = reference.themes.default_code();
    let known = reference.themes.all.contains(code);
    let property = "default_theme";
    Pointer { file: THEMES, row: "", property, code, known, target: THEMES }.check(source)
}

fn check_theme(reference: &Reference, source: &Source, theme: &Theme) -> Result<(), ReferenceError> {
    let themes = &reference.themes;
    let refused = |value: &str, message: String| {
        let problem = Problem::Colour { code: theme.code.clone(), message };
        source.error(THEMES, &theme.code, value, problem)
    };
    if let Err(refusals) = check_main_colour(&theme.main, &themes.paper) {
        let reasons: Vec<String> = refusals.iter().map(ToString::to_string).collect();
        return Err(refused(&theme.main, reasons.join("; ")));
    }
    let parse = |text: &str| Colour::parse(text).map_err(|error| refused(text, error.to_string()));
    let contrast = parse(&theme.on_dark)?.contrast(parse(&themes.dark_paper)?);
    if contrast < LEAST_CONTRAST {
        return Err(refused(&theme.on_dark, format!("在深色底上的对比度只有 {contrast:.2}")));
    }
    Ok(())
}
