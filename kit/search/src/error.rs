//! What can go wrong with an index, each with its mend. It says nothing about single entries:
//! those are refused one by one (see [`crate::Refused`]) so that a batch goes on.

/// Why an index could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Another writer, usually in another process, holds the index. Try again later.
    #[error("another process is writing this search index; try again later")]
    Locked,
    /// The files cannot be read. Open the index again: it is then set aside and begun anew.
    #[error("the search index is damaged ({0}); open it again and it will be rebuilt from nothing")]
    Damaged(String),
    /// A group name that cannot be stored.
    #[error("group `{0}` is empty, too long or holds control characters; use a short plain name")]
    BadGroup(String),
    /// A facet that was not declared when the index was opened.
    #[error("facet `{0}` was not declared in the setup of this index; declare it there")]
    UnknownFacet(String),
    /// The folder cannot be used.
    #[error("the folder of the search index cannot be used: {0}")]
    Folder(#[from] std::io::Error),
    /// Anything else the index library reports.
    #[error("the search index failed: {0}")]
    Engine(tantivy::TantivyError),
}

impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> Self {
        use tantivy::TantivyError as T;
        use tantivy::directory::error::{LockError, OpenReadError};
        match error {
            T::LockFailure(LockError::LockBusy, _) => Self::Locked,
            T::OpenReadError(OpenReadError::IoError { io_error, filepath }) if passing(&io_error) => {
                let what = format!("{}: {io_error}", filepath.display());
                Self::Folder(std::io::Error::new(io_error.kind(), what))
            }
            T::DataCorruption(_) | T::OpenReadError(_) | T::IncompatibleIndex(_) => {
                Self::Damaged(error.to_string())
            }
            other => Self::Engine(other),
        }
    }
}

/// Whether a failure to open a file says nothing about the file: no permission, or too many files open
/// (EMFILE 24, ENFILE 23). A good index must not be thrown away for that.
fn passing(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::PermissionDenied || matches!(error.raw_os_error(), Some(23 | 24))
}

/// Runs work over index files. The library panics on some damaged files; that becomes
/// [`SearchError::Damaged`] here, so one bad disk block never takes the process down.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T, SearchError>) -> Result<T, SearchError> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let what = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("unknown");
        Err(SearchError::Damaged(what.to_owned()))
    })
}
