//! The folder of letters where there is no mail server: one `.eml` file each, complete or not there at all.

use std::{fs, path::Path};

use crate::{Letter, MailError};

/// Writes the letter under its id; the same letter again takes the same place.
pub(crate) fn put(folder: &Path, letter: &Letter, bytes: &[u8]) -> Result<(), MailError> {
    fs::create_dir_all(folder)?;
    let unfinished = folder.join(format!("{}.part", letter.id));
    fs::write(&unfinished, bytes)?;
    fs::rename(&unfinished, folder.join(format!("{}.eml", letter.id)))?;
    Ok(())
}
