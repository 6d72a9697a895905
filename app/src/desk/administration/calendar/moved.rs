//! The open last days that a change of the calendar moves, as the preview lists them: those that are kept, and those that
//! are counted anew with every page.

use kit_db::Tx;

use crate::{
    cx::{Cx, minute_of},
    desk::{
        deadline,
        home::queries as home,
        review::names::{self, Names},
    },
    error::Result,
    words,
    working_calendar::moves::Moves,
};

/// Texts being written that are looked at.
const MOST: i64 = 5_000;

/// A last day that moves.
pub struct MoveLine {
    /// What is due.
    pub what: String,
    /// The organ, or the column of a text being written.
    pub whose: String,
    /// When the period began.
    pub since: String,
    /// The last day as it stands.
    pub before: String,
    /// The last day as it will be.
    pub after: String,
}

impl MoveLine {
    /// Everything that moves, reviews first.
    pub fn all(tx: &mut Tx<'_>, cx: &Cx, moves: &Moves) -> Result<Vec<MoveLine>> {
        let names = Names::read(tx, cx)?;
        let steps = moves.steps.iter().map(|step| MoveLine {
            what: names::work(step.work, None),
            whose: step.organ_id.as_ref().map(|id| names.organ(id)).unwrap_or_default(),
            since: minute_of(step.since_at),
            before: words::date(&step.before),
            after: words::date(&step.after),
        });
        let requests = moves.requests.iter().map(|request| MoveLine {
            what: format!("{}申请的确认", words::standing_kind(request.kind)),
            whose: request.organ_id.as_ref().map(|id| names.organ(id)).unwrap_or_default(),
            since: minute_of(request.requested_at),
            before: words::date(&request.before),
            after: words::date(&request.after),
        });
        let replies = moves.replies.iter().map(|reply| MoveLine {
            what: format!("依申请公开 {} 的答复", reply.number),
            whose: names.organ(&reply.organ_id),
            since: words::date(&reply.received_on.to_string()),
            before: words::date(&reply.before.to_string()),
            after: words::date(&reply.after.to_string()),
        });
        let mut lines: Vec<MoveLine> = steps.chain(requests).chain(replies).collect();
        lines.extend(publications(tx, cx, moves)?);
        Ok(lines)
    }
}

/// The days by which texts being written must be public (Art. 26): nothing keeps them, they follow the calendar.
fn publications(tx: &mut Tx<'_>, cx: &Cx, moves: &Moves) -> Result<Vec<MoveLine>> {
    let open = home::open_editions(tx, &cx.site_id, None, MOST)?;
    let line = |edition: home::OpenEdition| {
        let formed_on = edition.written_on.filter(|_| !edition.is_correction)?;
        let due = |calendar| deadline::due_on_by(calendar, cx.reference, &edition.content_type, &formed_on);
        let (before, after) = (due(&moves.before)?, due(&moves.after)?);
        (before != after).then(|| MoveLine {
            what: "公开期限（《条例》第二十六条）".to_owned(),
            whose: edition.column,
            since: words::date(&formed_on),
            before: words::date(&before.to_string()),
            after: words::date(&after.to_string()),
        })
    };
    Ok(open.into_iter().filter_map(line).collect())
}
