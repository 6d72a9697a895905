//! Telling an officer something, and what the officer does with it.

use kit_db::Tx;
use serde::{Deserialize, Serialize};

use super::{Kind, Message, queries};
use crate::{
    cx::Cx,
    error::{Error, Result},
    id::{AccountId, JobId, MessageId},
    job::{
        self,
        actions::{When, enqueue},
    },
    staff,
};

/// How long a letter waits for what follows at once: several steps of one act, a handful of approvals.
const GATHERED: i64 = 60_000;
/// The shortest time between two letters to one officer.
const BETWEEN: i64 = 10 * 60_000;
/// How long messages are kept once they were read: half a year.
const KEPT: i64 = 183 * 24 * 60 * 60 * 1_000;

/// What the job of a letter is told.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct LetterTo {
    /// Id of the account.
    pub account: String,
}

/// Tells an officer something, in the transaction of the act it tells of: no act without its message, no message
/// without its act. An e-mail follows where the officer has an address and wants this kind.
pub fn tell(tx: &mut Tx<'_>, cx: &Cx, to: &AccountId, message: Message<'_>) -> Result<()> {
    let by_mail = wants_mail(tx, cx, to, message.kind)?;
    queries::insert(tx, cx, to, message, by_mail)?;
    if by_mail {
        let gathered = cx.at + GATHERED;
        let last = queries::last_mailed_at(tx, &cx.site_id, to)?;
        let at = last.map_or(gathered, |last| gathered.max(last + BETWEEN));
        let when = When { at: Some(at), key: Some(&to.0) };
        enqueue(tx, cx, job::Kind::Letter, &LetterTo { account: to.0.clone() }, when)?;
    }
    Ok(())
}

fn wants_mail(tx: &mut Tx<'_>, cx: &Cx, account: &AccountId, kind: Kind) -> Result<bool> {
    let chosen = preferences(tx, cx, account)?.into_iter().find(|(known, _)| *known == kind);
    let wanted = chosen.is_some_and(|(_, by_mail)| by_mail);
    Ok(wanted && !staff::actions::contact(tx, cx, account)?.email.is_empty())
}

/// For each kind, whether the officer has it by e-mail.
pub fn preferences(tx: &mut Tx<'_>, cx: &Cx, account: &AccountId) -> Result<Vec<(Kind, bool)>> {
    let chosen = queries::preferences(tx, &cx.site_id, account)?;
    let of = |kind: Kind| {
        let own = chosen.iter().find(|(known, _)| *known == kind).map(|(_, by_mail)| *by_mail);
        (kind, own.unwrap_or_else(|| kind.is_mailed_unasked()))
    };
    Ok(Kind::ALL.map(of).to_vec())
}

/// The officer chooses which kinds come by e-mail; those not named come to the desk only.
pub fn choose(tx: &mut Tx<'_>, cx: &Cx, account: &AccountId, by_mail: &[Kind]) -> Result<()> {
    for kind in Kind::ALL {
        queries::set_preference(tx, cx, account, kind, by_mail.contains(&kind))?;
    }
    Ok(())
}

/// The officer has read a message; gives the address it leads to.
///
/// # Errors
/// Not found when it is not the officer's own.
pub fn read(tx: &mut Tx<'_>, cx: &Cx, account: &AccountId, id: &MessageId) -> Result<String> {
    let message = queries::find(tx, &cx.site_id, account, id)?.ok_or(Error::NotFound)?;
    queries::set_read(tx, cx, account, id)?;
    Ok(message.href)
}

/// The officer has read everything that came up to a moment; gives how many were unread.
pub fn read_all(tx: &mut Tx<'_>, cx: &Cx, account: &AccountId, until: i64) -> Result<u64> {
    Ok(queries::set_all_read(tx, cx, account, until)?)
}

/// Puts what waits into the letter, or nothing when the letter was put together before: it never changes once it may
/// have been sent. Gives what the letter tells.
pub(super) fn gather(
    tx: &mut Tx<'_>,
    cx: &Cx,
    account: &AccountId,
    letter: &JobId,
) -> Result<Vec<super::Posted>> {
    let known = queries::of_letter(tx, &cx.site_id, account, letter)?;
    if !known.is_empty() {
        return Ok(known);
    }
    queries::put_into_letter(tx, cx, account, letter)?;
    Ok(queries::of_letter(tx, &cx.site_id, account, letter)?)
}

/// Removes messages read long ago; gives how many.
pub fn sweep(tx: &mut Tx<'_>, cx: &Cx) -> Result<u64> {
    Ok(queries::delete_read_before(tx, &cx.site_id, cx.at - KEPT)?)
}
