//! Which content type an imported record is, by the words another system printed beside it. The words are data
//! (`reference/import_kinds.toml`); what a content type means is not known here.

use serde::Deserialize;

#[cfg(test)]
use crate::reference::Reference;

/// The words of a record by which its kind is told.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clues<'a> {
    /// 标题.
    pub title: &'a str,
    /// The column or class in which the other system kept it.
    pub category: &'a str,
    /// 体裁.
    pub genre: &'a str,
    /// 内容概述.
    pub summary: &'a str,
    /// Whether it has a document number.
    pub is_numbered: bool,
}

/// The rows of the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kinds {
    fallback: String,
    fallback_unnumbered: String,
    kind: Vec<Row>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    field: ClueField,
    words: Vec<String>,
    content_type: String,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ClueField {
    Title,
    Category,
    Genre,
    Summary,
}

impl Kinds {
    /// The table of this build.
    pub fn embedded() -> Kinds {
        let text = include_str!("../../../reference/import_kinds.toml");
        toml::from_str(text).expect("the table is part of the build and a test reads it")
    }

    /// The content type of a record.
    pub fn content_type(&self, clues: Clues<'_>) -> &str {
        let fits = |row: &&Row| {
            let text = match row.field {
                ClueField::Title => clues.title,
                ClueField::Category => clues.category,
                ClueField::Genre => clues.genre,
                ClueField::Summary => clues.summary,
            };
            row.words.iter().any(|word| text.contains(word.as_str()))
        };
        match self.kind.iter().find(fits) {
            Some(row) => &row.content_type,
            None if clues.is_numbered => &self.fallback,
            None => &self.fallback_unnumbered,
        }
    }

    /// Codes that no content type has: the table and the folder must fit.
    #[cfg(test)]
    pub fn unknown_codes(&self, reference: &Reference) -> Vec<String> {
        let rows = self.kind.iter().map(|row| &row.content_type);
        let all = rows.chain([&self.fallback, &self.fallback_unnumbered]);
        all.filter(|code| reference.content_type(code).is_none()).cloned().collect()
    }
}
