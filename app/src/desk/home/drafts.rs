//! What is being written, with the day by which it must be public.

use rules::review::Stage;

use super::queries::{self, OpenEdition};
use crate::{
    cx::{Cx, civil_of, minute_of},
    desk::{deadline, officer::Officer, review::names},
    error::Result,
    id::OrganId,
    portal::page::Day,
};

/// How many texts are looked at: an organ that has more open at once has another trouble.
const MOST: i64 = 500;

/// A text being written, as lists show it.
#[derive(Debug, Clone)]
pub struct DraftLine {
    /// Edition, for its address.
    pub edition_id: String,
    /// Document, for its address.
    pub document_id: String,
    /// Title; a text without one is called so.
    pub title: String,
    /// Column.
    pub column: String,
    /// Who began it.
    pub created_by: String,
    /// Whether the record is public already.
    pub is_correction: bool,
    /// When it will go live by itself.
    pub publish_at: Option<String>,
    /// Where it stands: a draft, or who has to look at it.
    pub stage: String,
    /// The class of its mark.
    pub stage_look: &'static str,
    /// Whether its authors write on it: it is not on its way, or came back.
    pub is_in_hand: bool,
    /// When it must be public at the latest.
    pub due: Option<Due>,
}

/// A day by which something must be public.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The day.
    pub on: Day,
    /// Days that are left; below zero when it has passed.
    pub left: i32,
}

impl DraftLine {
    /// A draft is gone on with; a text on its way is looked at.
    pub fn href(&self) -> String {
        if self.is_in_hand {
            format!("/desk/editions/{}/edit", self.edition_id)
        } else {
            format!("/desk/documents/{}", self.document_id)
        }
    }
}

impl Due {
    /// The class of its mark.
    pub fn class(&self) -> &'static str {
        match self.left {
            left if left < 0 => "late",
            left if left <= 5 => "waiting",
            _ => "",
        }
    }

    /// How much time is left, in words.
    pub fn words(&self) -> String {
        match self.left {
            left if left < 0 => format!("已超期 {} 天", -left),
            0 => "今天到期".to_owned(),
            left => format!("还有 {left} 天"),
        }
    }
}

/// What the organs are writing, or all of the site, the newest first.
pub async fn of(officer: &Officer, organs: Option<Vec<OrganId>>) -> Result<Vec<DraftLine>> {
    let editions = officer
        .read(move |tx, cx| {
            let Some(organs) = organs else {
                return Ok(queries::open_editions(tx, &cx.site_id, None, MOST)?);
            };
            let mut all = Vec::new();
            for organ in &organs {
                all.extend(queries::open_editions(tx, &cx.site_id, Some(organ), MOST)?);
            }
            all.sort_by_key(|edition| std::cmp::Reverse(edition.created_at));
            Ok(all)
        })
        .await?;
    let cx = officer.cx();
    Ok(editions.into_iter().map(|edition| line(&cx, edition)).collect())
}

/// The line of a text.
pub fn line(cx: &Cx, edition: OpenEdition) -> DraftLine {
    let today = civil_of(cx.at);
    // A correction keeps to no new limit: the record is public.
    let due_on = edition
        .written_on
        .as_deref()
        .filter(|_| !edition.is_correction)
        .and_then(|formed_on| deadline::due_on(cx, &edition.content_type, formed_on));
    let stage = edition.stage.unwrap_or(Stage::Draft);
    let due = due_on.map(|on| Due { on: Day(on), left: today.until(on).map_or(0, |span| span.get_days()) });
    DraftLine {
        edition_id: edition.edition_id.0,
        document_id: edition.document_id.0,
        title: if edition.title.is_empty() { "（未填标题）".to_owned() } else { edition.title },
        column: edition.column,
        created_by: edition.created_by,
        is_correction: edition.is_correction,
        publish_at: edition.publish_at.map(minute_of),
        stage: names::stage(stage, None),
        stage_look: names::stage_look(stage),
        is_in_hand: matches!(stage, Stage::Draft | Stage::Recalled | Stage::Returned | Stage::Objected),
        due,
    }
}
