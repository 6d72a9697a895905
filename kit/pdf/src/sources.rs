//! The files of one document, in memory.

use std::collections::BTreeMap;

use typst::foundations::Bytes;
use typst::syntax::{FileId, RootedPath, VirtualPath, VirtualRoot};

/// The main source and what it includes and reads, by name.
///
/// Names are remembered by the typesetter for the life of the process: name pictures by their place in the document
/// (`chart-1.svg`), not by their content.
#[derive(Debug, Clone)]
pub struct Sources {
    pub(crate) main: String,
    pub(crate) files: BTreeMap<String, Bytes>,
}

impl Sources {
    /// A document whose text begins in the file of this name.
    pub fn new(main: &str) -> Sources {
        Sources { main: main.to_owned(), files: BTreeMap::new() }
    }

    /// Adds a file; a source finds it under this name.
    #[must_use]
    pub fn with(mut self, name: &str, content: impl Into<Vec<u8>>) -> Sources {
        self.files.insert(name.to_owned(), Bytes::new(content.into()));
        self
    }

    pub(crate) fn get(&self, id: FileId) -> Option<&Bytes> {
        self.files.get(id.get().vpath().get_without_slash())
    }
}

/// The typesetter's number of a file.
pub(crate) fn id_of(name: &str) -> FileId {
    // A name that is no path leads to a file that is not there.
    let path = VirtualPath::new(name).or_else(|_| VirtualPath::new("main.typ"));
    RootedPath::new(VirtualRoot::Project, path.expect("a plain name is a path")).intern()
}
