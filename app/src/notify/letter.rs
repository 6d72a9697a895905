//! What a letter says: the site's name, the sentences, where each leads. No names, no numbers, nothing of anybody.

use askama::Template;
use kit_mail::Letter;

use super::Posted;
use crate::{cx::minute_of, error::Result, site::Site};

#[derive(Template)]
#[template(path = "notify/letter.txt")]
struct PlainLetter<'a>(&'a Sheet);

#[derive(Template)]
#[template(path = "notify/letter.html")]
struct HtmlLetter<'a>(&'a Sheet);

struct Sheet {
    site: String,
    desk: String,
    lines: Vec<SheetLine>,
}

struct SheetLine {
    kind: &'static str,
    text: String,
    href: String,
    at: String,
}

/// Fills subject and texts of a letter.
pub(super) fn compose(site: &Site, messages: &[Posted], port: u16, empty: Letter) -> Result<Letter> {
    let base = site.profile.base_url(port);
    let line = |message: &Posted| SheetLine {
        kind: message.kind.name(),
        text: message.text.clone(),
        href: format!("{base}{}", message.href),
        at: minute_of(message.created_at),
    };
    let lines = messages.iter().map(line).collect();
    let sheet = Sheet { site: site.profile.name.clone(), desk: format!("{base}/desk"), lines };
    let subject = match messages {
        [only] => format!("【{}】{}", sheet.site, only.kind.name()),
        more => format!("【{}】{} 条新消息", sheet.site, more.len()),
    };
    let broken = |error: askama::Error| anyhow::Error::from(error);
    Ok(Letter {
        subject,
        text: PlainLetter(&sheet).render().map_err(broken)?,
        html: HtmlLetter(&sheet).render().map_err(broken)?,
        ..empty
    })
}
