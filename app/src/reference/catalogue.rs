//! The classifications of the catalogue: subject categories (主题分类) and genres (体裁分类).
//!
//! Printed values of other sites are matched by name only; what fits no name stays unmatched.

use serde::Deserialize;

use super::Reference;
use super::table::Coded;

/// One of the 22 classes of subjects.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectCategory {
    /// Two digits.
    pub code: String,
    /// Chinese name.
    pub name: String,
    /// Its subdivisions.
    pub children: Vec<SubjectChild>,
}

/// A subdivision of a class.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectChild {
    /// Four digits, the first two those of the class.
    pub code: String,
    /// Chinese name; 其他 stands in many classes.
    pub name: String,
}

/// A class, perhaps with a subdivision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SubjectMatch<'a> {
    /// The class.
    pub category: &'a SubjectCategory,
    /// The subdivision.
    pub child: Option<&'a SubjectChild>,
}

impl SubjectMatch<'_> {
    /// As the document library prints it: 综合政务\政务公开.
    pub fn path(self) -> String {
        match self.child {
            Some(child) => format!("{}\\{}", self.category.name, child.name),
            None => self.category.name.clone(),
        }
    }
}

/// One genre of documents.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Genre {
    /// Code.
    pub code: String,
    /// Chinese name.
    pub name: String,
    /// Words with which titles of the genre end.
    pub title_endings: Vec<String>,
}

impl Coded for SubjectCategory {
    fn code(&self) -> &str {
        &self.code
    }
}

impl Coded for Genre {
    fn code(&self) -> &str {
        &self.code
    }
}

impl Reference {
    /// The subject that another site printed: `综合政务\政务公开`, a class, or the name of one
    /// subdivision that stands in a single class.
    pub fn subject_by_printed(&self, printed: &str) -> Option<SubjectMatch<'_>> {
        let text: String = printed.chars().filter(|c| !c.is_whitespace()).collect();
        let parts: Vec<&str> = text.split(['\\', '/', '>', '＞']).filter(|p| !p.is_empty()).collect();
        match parts.as_slice() {
            [name] => self.category_by_name(name).or_else(|| self.only_child(name)),
            [class, name] => {
                let found = self.category_by_name(class)?;
                let child = found.category.children.iter().find(|child| child.name == *name);
                Some(SubjectMatch { child, ..found })
            }
            _ => None,
        }
    }

    fn category_by_name(&self, name: &str) -> Option<SubjectMatch<'_>> {
        let category = self.subject_categories.iter().find(|category| category.name == name)?;
        Some(SubjectMatch { category, child: None })
    }

    fn only_child(&self, name: &str) -> Option<SubjectMatch<'_>> {
        let mut found = self.subject_categories.iter().flat_map(|category| {
            let children = category.children.iter().filter(|child| child.name == name);
            children.map(move |child| SubjectMatch { category, child: Some(child) })
        });
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// The genre that another site printed.
    pub fn genre_by_printed(&self, printed: &str) -> Option<&Genre> {
        let text: String = printed.chars().filter(|c| !c.is_whitespace()).collect();
        self.genres.iter().find(|genre| genre.name == text || genre.title_endings.contains(&text))
    }

    /// The genre with the longest ending that the title has, a note in brackets left out.
    pub fn genre_by_title(&self, title: &str) -> Option<&Genre> {
        let title = title.trim();
        let title = match title.rfind(['（', '(']) {
            Some(at) if title.ends_with(['）', ')']) => title[..at].trim_end(),
            _ => title,
        };
        let endings = self
            .genres
            .iter()
            .flat_map(|genre| genre.title_endings.iter().map(move |ending| (ending.as_str(), genre)));
        let fitting = endings.filter(|(ending, _)| title.ends_with(ending));
        fitting.max_by_key(|(ending, _)| ending.len()).map(|(_, genre)| genre)
    }
}
