//! What the typesetter sees of the world: the given sources, the fonts, the given day.

use std::path::PathBuf;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{DiagSpan, FileId, Lines, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};

use crate::error::Fault;
use crate::sources::{Sources, id_of};
use crate::{Fonts, fonts::Shelf};

/// What every source may call; the same for all documents.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// One document being typeset.
pub(crate) struct Desk<'a> {
    shelf: &'a Shelf,
    sources: &'a Sources,
    today: Option<Datetime>,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(fonts: &'a Fonts, sources: &'a Sources, today: Option<Datetime>) -> Desk<'a> {
        Desk { shelf: fonts.shelf(), sources, today }
    }

    /// What the typesetter complains of, with file and line.
    pub(crate) fn faults(&self, list: &[SourceDiagnostic]) -> Vec<Fault> {
        list.iter().map(|one| self.fault(one)).collect()
    }

    fn fault(&self, one: &SourceDiagnostic) -> Fault {
        let mut message = one.message.to_string();
        for hint in &one.hints {
            message.push_str(&format!("（{}）", hint.v));
        }
        // What goes wrong inside a shared source is told with the line that called it.
        let called = one.trace.iter().filter_map(|point| self.place(point.span.into())).next_back();
        let Some((file, line)) = self.place(one.span).or_else(|| called.clone()) else {
            return Fault { file: String::new(), line: 0, message };
        };
        if let Some((caller, at)) = called.filter(|(caller, at)| (caller, *at) != (&file, line)) {
            message.push_str(&format!("（{caller}:{at}）"));
        }
        Fault { file, line, message }
    }

    fn place(&self, span: DiagSpan) -> Option<(String, usize)> {
        let id = span.id()?;
        let file = id.get().vpath().get_without_slash().to_owned();
        let line = || {
            let text = self.sources.get(id)?.as_str().ok()?;
            Lines::new(text).byte_to_line(self.range(span)?.start)
        };
        Some((file, line().map_or(0, |line| line + 1)))
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.shelf.book()
    }

    fn main(&self) -> FileId {
        id_of(&self.sources.main)
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let bytes = self.file(id)?;
        let text = bytes.as_str().map_err(|_| FileError::InvalidUtf8)?;
        Ok(Source::new(id, text.to_owned()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let missing = || FileError::NotFound(PathBuf::from(id.get().vpath().get_without_slash()));
        self.sources.get(id).cloned().ok_or_else(missing)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shelf.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}
