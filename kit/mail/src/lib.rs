//! Letters to people: through a mail server, or into a folder of `.eml` files where there is none.
//!
//! Addresses are typed: an [`Address`] holds one address and nothing else, and no other part of a letter reaches a
//! header without being encoded, so no header can be slipped in. Identity and date of a letter are given by the caller.
//! This crate keeps no queue and tries nothing twice.

mod letter;
mod outbox;
mod smtp;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

pub use letter::{Address, Letter};
pub use smtp::{Encryption, Server};

use crate::smtp::Smtp;

/// Why a letter was not handed over.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The text is no address of a mailbox.
    #[error("not an e-mail address")]
    Address,
    /// The description of the mail server cannot be understood.
    #[error("not a description of a mail server: {0}")]
    Server(String),
    /// The letter's own parts do not make a letter.
    #[error("the letter cannot be composed: {0}")]
    Compose(String),
    /// The server refused the letter for good (its code begins with 5).
    #[error("the mail server refused the letter: {0}")]
    Refused(String),
    /// The server could not be reached or is busy; worth another try.
    #[error("the mail server did not take the letter: {0}")]
    Unreached(String),
    /// The file cannot be written.
    #[error("the outbox folder: {0}")]
    Outbox(#[from] std::io::Error),
}

impl MailError {
    /// Whether the same letter may be taken another time.
    pub fn is_passing(&self) -> bool {
        matches!(self, MailError::Unreached(_) | MailError::Outbox(_))
    }
}

/// Where letters go.
pub enum Mail {
    /// A mail server.
    Smtp(Box<Smtp>),
    /// A folder; each letter becomes a file that every mail program opens.
    Outbox(PathBuf),
}

impl Mail {
    /// Letters go to a server.
    ///
    /// # Errors
    /// [`MailError::Server`] when its encryption cannot be set up.
    pub fn to_server(server: &Server) -> Result<Mail, MailError> {
        Ok(Mail::Smtp(Box::new(Smtp::new(server)?)))
    }

    /// Letters go to a folder, which is made with the first of them.
    pub fn to_folder(folder: &Path) -> Mail {
        Mail::Outbox(folder.to_owned())
    }

    /// Hands a letter over; waits for the server, so asynchronous callers put it on a thread of its own.
    ///
    /// # Errors
    /// As [`MailError`] says; [`MailError::is_passing`] tells whether to try again.
    pub fn send(&self, letter: &Letter) -> Result<(), MailError> {
        let message = letter.compose()?;
        match self {
            Mail::Smtp(smtp) => smtp.send(&message),
            Mail::Outbox(folder) => outbox::put(folder, letter, &message.formatted()),
        }
    }
}
