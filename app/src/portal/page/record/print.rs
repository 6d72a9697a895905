//! The print view: the record alone on paper, with its head, its address and its code.
//!
//! It is a page, not a PDF; letters and reports on paper are typeset elsewhere.

use askama::Template;

use super::{Band, RecordBody};
use crate::portal::page::{Layout, Minute};

/// `/documents/{n}/print`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/page/record/print.html")]
pub struct PrintPage {
    /// Head tags and the site's name; nothing around the sheet is printed.
    pub layout: Layout,
    /// The live version.
    pub record: RecordBody,
    /// What must be known first.
    pub band: Option<Band>,
    /// Address of the record, absolute, printed at the foot.
    pub record_url: String,
    /// The way back.
    pub record_href: String,
    /// Address of the QR picture; empty leaves it out.
    pub qr_src: String,
    /// Moment of this rendering, printed at the foot if given.
    pub printed: Option<Minute>,
}
