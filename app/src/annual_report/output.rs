//! In which forms a report is written: the command and the downloads of a published report ask here. What a form looks
//! like is not decided here.

use super::{
    document::ReportDocument,
    form::{Pictures, docx, html, json, pdf, xlsx},
};
use crate::{
    cx::zoned_of,
    error::{Error, Refusal, Result},
    press::{NoChineseFonts, Press},
};

/// A form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A page that stands alone.
    Html,
    /// To be printed.
    Pdf,
    /// To be worked on.
    Docx,
    /// The numbers.
    Xlsx,
    /// For programs.
    Json,
}

impl Form {
    /// Every form.
    pub const ALL: [Form; 5] = [Form::Html, Form::Pdf, Form::Docx, Form::Xlsx, Form::Json];
    /// The forms that a published report has as downloads.
    pub const DOWNLOADS: [Form; 4] = [Form::Pdf, Form::Docx, Form::Xlsx, Form::Json];

    /// The word of the command and the end of a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Form::Html => "html",
            Form::Pdf => "pdf",
            Form::Docx => "docx",
            Form::Xlsx => "xlsx",
            Form::Json => "json",
        }
    }

    /// The form of a word.
    pub fn from_word(word: &str) -> Option<Form> {
        Form::ALL.into_iter().find(|form| form.extension() == word)
    }

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Form::Html => "text/html; charset=utf-8",
            Form::Pdf => "application/pdf",
            Form::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Form::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Form::Json => "application/json",
        }
    }
}

/// Writes a report with its pictures in a form. `now`, milliseconds UTC, dates a printed form that is not signed yet.
///
/// # Errors
/// Refused where the machine lacks the fonts of a printed form; unexpected when the form cannot be made of this report.
pub fn render(
    form: Form,
    (document, pictures): (&ReportDocument, &Pictures),
    press: &Press,
    now: i64,
) -> Result<Vec<u8>> {
    let made = match form {
        Form::Xlsx => xlsx::render(document),
        Form::Json => json::render(document),
        Form::Html => html::render(document, pictures).map(String::into_bytes),
        Form::Pdf => pdf::render(document, pictures, press, &zoned_of(now)),
        Form::Docx => docx::render(document, pictures, press),
    };
    made.map_err(|error| match error.downcast_ref::<NoChineseFonts>() {
        Some(missing) => lacking(missing),
        None => Error::Unexpected(error),
    })
}

/// Whether the printed forms can be made on this machine.
///
/// # Errors
/// Refused with what to install where they cannot.
pub fn check_fonts(press: &Press) -> Result<()> {
    press.faces().map(drop).map_err(|missing| lacking(&missing))
}

fn lacking(missing: &NoChineseFonts) -> Error {
    Refusal::Invalid(missing.to_string()).into()
}
