//! What a change of the notices moves: the last day of every open period that the product keeps, before and after.

use jiff::civil::Date;
use kit_db::Tx;
use rules::calendar::Calendar;
use sha2::{Digest, Sha256};

use super::{Change, NewNotice, merged, queries};
use crate::{
    cx::Cx,
    disclosure_request::{self, clocks::MovedReply},
    error::{Error, Refusal, Result},
    review::{self, clocks::MovedStep},
    standing::{self, clocks::MovedRequest},
};

/// Everything that moves.
#[derive(Debug, Clone)]
pub struct Moves {
    /// The calendar as it counts now.
    pub before: Calendar,
    /// The calendar as it will count.
    pub after: Calendar,
    /// Steps of reviews.
    pub steps: Vec<MovedStep>,
    /// Requests for withdrawal or repeal that wait for a second person.
    pub requests: Vec<MovedRequest>,
    /// Replies to disclosure requests.
    pub replies: Vec<MovedReply>,
}

impl Moves {
    /// How many last days move.
    pub fn count(&self) -> usize {
        self.steps.len() + self.requests.len() + self.replies.len()
    }

    /// A mark of what was shown: what is done later must be the same.
    pub fn seen(&self) -> String {
        let mut hash = Sha256::new();
        for MovedStep { case_id, position, before, after, .. } in &self.steps {
            hash.update(format!("{} {position} {before} {after}\n", case_id.0));
        }
        for MovedRequest { id, before, after, .. } in &self.requests {
            hash.update(format!("{} {before} {after}\n", id.0));
        }
        for MovedReply { id, before, after, .. } in &self.replies {
            hash.update(format!("{} {before} {after}\n", id.0));
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// What `change` would move; nothing is changed.
///
/// # Errors
/// Not found and conflict where the notice is another one by now; refused when two notices would contradict each other.
pub fn of(tx: &mut Tx<'_>, cx: &Cx, change: &Change) -> Result<Moves> {
    let known = queries::in_force(tx, &cx.site_id)?;
    let before = merged(cx.reference, known.iter().map(|notice| &notice.says));
    let mut notices: Vec<(String, NewNotice)> =
        known.iter().map(|notice| (notice.id.clone(), notice.says.clone())).collect();
    let checked = |id: &String, version: i64| match known.iter().find(|notice| notice.id == *id) {
        Some(notice) if notice.version == version => Ok(()),
        Some(_) => Err(Error::Conflict),
        None => Err(Error::NotFound),
    };
    match change {
        Change::Add(new) => notices.push((String::new(), new.clone())),
        Change::Edit(id, version, new) => {
            checked(id, *version)?;
            notices.iter_mut().filter(|(known, _)| known == id).for_each(|(_, says)| says.clone_from(new));
        }
        Change::End(id, version) => {
            checked(id, *version)?;
            notices.retain(|(known, _)| known != id);
        }
    }
    check_agree(&notices)?;
    let after = merged(cx.reference, notices.iter().map(|(_, says)| says));
    Ok(Moves {
        steps: review::clocks::moved(tx, cx, &before, &after)?,
        requests: standing::clocks::moved(tx, cx, &before, &after)?,
        replies: disclosure_request::clocks::moved(tx, cx, &after)?,
        before,
        after,
    })
}

/// Two notices in force do not say opposite things about one day.
fn check_agree(notices: &[(String, NewNotice)]) -> Result<()> {
    let mut named: Vec<(Date, bool, &str)> = Vec::new();
    for (_, says) in notices {
        for day in &says.days {
            let other = named.iter().find(|(on, off_day, _)| *on == day.on && *off_day != day.off_day);
            if let Some((on, _, number)) = other {
                let sentence = format!(
                    "{on} 在“{number}”和“{}”中的安排相反。请先修改或者停用其中一个通知",
                    says.document_number
                );
                return Err(Refusal::Invalid(sentence).into());
            }
            named.push((day.on, day.off_day, &says.document_number));
        }
    }
    Ok(())
}
