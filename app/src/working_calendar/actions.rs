//! Adding, changing and ending notices. Open periods are counted anew in the same transaction.

use kit_db::Tx;
use rules::permission::Role;

use super::{Change, NewNotice, moves, queries};
use crate::{
    audit::{self, Act},
    change_feed,
    cx::Cx,
    disclosure_request,
    error::{Error, Refusal, Result},
    notify::{self, Kind, Message},
    review, staff, standing,
};

/// Most days of one notice.
const MOST_DAYS: usize = 120;

/// Changes the notices; gives how many last days moved. `seen` is the mark of the differences that were shown.
///
/// # Errors
/// Conflict when other periods would move than were shown, or somebody changed the notice meanwhile; refused without
/// number, title or days.
pub fn change(tx: &mut Tx<'_>, cx: &Cx, change: &Change, seen: &str) -> Result<usize> {
    if let Change::Add(new) | Change::Edit(_, _, new) = change {
        check(new)?;
    }
    let moves = moves::of(tx, cx, change)?;
    if moves.seen() != seen {
        return Err(Error::Conflict);
    }
    let (id, action) = match change {
        Change::Add(new) => {
            let id = cx.new_id();
            queries::insert(tx, cx, &id, new)?;
            (id, "calendar.add")
        }
        Change::Edit(id, version, new) => {
            changed(queries::update(tx, cx, id, *version, new)?)?;
            (id.clone(), "calendar.change")
        }
        Change::End(id, version) => {
            changed(queries::end(tx, cx, id, *version)?)?;
            (id.clone(), "calendar.end")
        }
    };
    review::clocks::move_to(tx, cx, &moves.steps)?;
    standing::clocks::move_to(tx, cx, &moves.requests)?;
    disclosure_request::clocks::move_to(tx, cx, &moves.replies)?;
    // Public pages count by it too: those that are kept are made anew.
    change_feed::append(tx, cx, change_feed::Kind::Site, None, None)?;
    let notice = queries::by_id(tx, &cx.site_id, &id)?.ok_or(Error::NotFound)?.says;
    let detail = format!("{}；{} 个未办结的期限改变", told(&notice), moves.count());
    audit::actions::record(
        tx,
        cx,
        Act { action, object_kind: "calendar_notice", object_id: &id, detail: &detail },
    )?;
    if moves.count() > 0 {
        tell(tx, cx, &notice, moves.count())?;
    }
    Ok(moves.count())
}

fn changed(n_rows: u64) -> Result<()> {
    if n_rows == 0 { Err(Error::Conflict) } else { Ok(()) }
}

fn check(new: &NewNotice) -> Result<()> {
    let fault = if new.document_number.trim().is_empty() {
        "请填写文号，期限改变时以它为依据"
    } else if new.title.trim().is_empty() {
        "请填写通知标题"
    } else if new.days.is_empty() {
        "请至少写一天"
    } else if new.days.len() > MOST_DAYS {
        "一个通知最多写 120 天"
    } else {
        return Ok(());
    };
    Err(Refusal::Invalid(fault.to_owned()).into())
}

/// The notice in one line, for the log.
fn told(notice: &NewNotice) -> String {
    let day = |day: &super::NoticeDay| {
        format!("{}{}（{}）", day.on, if day.off_day { "放假" } else { "上班" }, day.name)
    };
    let days: Vec<String> = notice.days.iter().map(day).collect();
    format!("{} {}：{}", notice.document_number, notice.title, days.join("、"))
}

/// Tells the disclosure office that last days have moved.
fn tell(tx: &mut Tx<'_>, cx: &Cx, notice: &NewNotice, n_moved: usize) -> Result<()> {
    let text = format!("工作日历按“{}”调整，{n_moved} 个未办结的期限已重新计算", notice.document_number);
    let message = Message { kind: Kind::Due, text: &text, href: "/desk/reviews?show=all" };
    let office = staff::queries::holders(tx, &cx.site_id, Role::DisclosureOffice, None, &cx.today())?;
    office.iter().try_for_each(|id| notify::actions::tell(tx, cx, id, message))
}
