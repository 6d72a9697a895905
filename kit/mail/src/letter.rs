//! A letter and its addresses: UTF-8 throughout, plain text with a simple HTML alternative.

use std::{
    fmt,
    str::FromStr,
    time::{Duration, UNIX_EPOCH},
};

use lettre::{
    Message,
    message::{Mailbox, MultiPart, SinglePart, header::ContentType},
};

use crate::MailError;

/// The address of one mailbox, such as `office@example.cn`: no name, no list, no blanks, no control characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(lettre::Address);

impl FromStr for Address {
    type Err = MailError;

    fn from_str(text: &str) -> Result<Address, MailError> {
        // The parser knows quoted local parts, in which almost anything may stand; no office has one.
        let is_plain = |c: char| !c.is_control() && !c.is_whitespace() && !"\"()<>,;:\\[]".contains(c);
        if text.len() > 254 || !text.chars().all(is_plain) {
            return Err(MailError::Address);
        }
        text.parse().map(Address).map_err(|_| MailError::Address)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Address {
    /// What stands behind the `@`.
    pub fn domain(&self) -> &str {
        self.0.domain()
    }
}

/// A letter to one mailbox.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Name shown as the sender; may be empty.
    pub from_name: String,
    /// The sender's address.
    pub from: Address,
    /// The receiver's address.
    pub to: Address,
    /// One line.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same for programs that show HTML.
    pub html: String,
    /// What names the letter for ever: letters, digits, `-`, `_` and `.`. The same again is the same letter.
    pub id: String,
    /// Its date, milliseconds UTC.
    pub at: i64,
}

impl Letter {
    /// What stands in the header `Message-ID`.
    pub fn message_id(&self) -> String {
        format!("<{}@{}>", self.id, self.from.domain())
    }

    pub(crate) fn compose(&self) -> Result<Message, MailError> {
        let named = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        if self.id.is_empty() || self.id.starts_with('.') || !self.id.chars().all(named) {
            return Err(MailError::Compose(
                "an id of letters, digits, '-', '_' and '.' is needed".to_owned(),
            ));
        }
        let name = one_line(&self.from_name);
        let sender = Mailbox::new((!name.is_empty()).then_some(name), self.from.0.clone());
        let date = UNIX_EPOCH + Duration::from_millis(u64::try_from(self.at).unwrap_or_default());
        let part = |kind: ContentType, body: &str| SinglePart::builder().header(kind).body(body.to_owned());
        let both = MultiPart::alternative()
            .boundary(format!("part-{}", self.id))
            .singlepart(part(ContentType::TEXT_PLAIN, &self.text))
            .singlepart(part(ContentType::TEXT_HTML, &self.html));
        Message::builder()
            .from(sender)
            .to(Mailbox::new(None, self.to.0.clone()))
            .subject(one_line(&self.subject))
            .message_id(Some(self.message_id()))
            .date(date)
            .multipart(both)
            .map_err(|error| MailError::Compose(error.to_string()))
    }
}

/// Line breaks and other control characters become blanks: a header is one line.
fn one_line(text: &str) -> String {
    let blanked: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    blanked.trim().to_owned()
}
