//! Disclosure on request (依申请公开, Art. 27 to 33): how to apply and by when the answer comes; and the guide (Art. 12).
//!
//! The online form comes later; these pages tell the ways that are open now.

use askama::Template;

use crate::portal::page::{ContactBlock, Layout, Link, RecordBody};

/// `/apply`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/page/statute/apply.html")]
pub struct ApplyPage {
    /// Around the content.
    pub layout: Layout,
    /// Who takes requests.
    pub contact: ContactBlock,
    /// The application form as a file, and the like.
    pub forms: Vec<Link>,
    /// Postal applications: what to write on the envelope, if the site wants it.
    pub envelope_note: String,
}

/// `/disclosure-guide`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/page/statute/guide.html")]
pub struct DisclosureGuidePage {
    /// Around the content.
    pub layout: Layout,
    /// The guide; none until the site has published one.
    pub guide: Option<RecordBody>,
    /// The contact block of the site (Art. 12).
    pub contact: ContactBlock,
    /// Guides of departments and towns.
    pub others: Vec<Link>,
}
