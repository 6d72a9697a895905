//! This year by month, kept between the pages that show it: it counts a whole year. It is counted anew when the site's change
//! feed went on, on another day and by another calendar; it is never written down.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use kit_db::Tx;
use rules::calendar::Calendar;

use super::{gather, timeliness::MonthDelay};
use crate::{change_feed, cx::Cx, error::Result, id::SiteId};

/// A year and its months; none while nothing was published in it.
pub type Year = Option<(i16, Vec<MonthDelay>)>;

/// What was counted, for whom it still holds.
struct Counted {
    today: String,
    position: i64,
    calendar: Arc<Calendar>,
    year: Arc<Year>,
}

/// This year of each site, shared by all requests.
#[derive(Clone, Default)]
pub struct YearMemo(Arc<RwLock<HashMap<SiteId, Counted>>>);

impl YearMemo {
    /// This year as far as it has gone, as this transaction sees it.
    ///
    /// # Errors
    /// When the tables cannot be read.
    pub fn this_year(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Arc<Year>> {
        let (today, position) = (cx.today(), change_feed::head(tx, &cx.site_id)?);
        if let Some(known) = self.known(cx, &today, position) {
            return Ok(known);
        }
        let year = Arc::new(gather::this_year(tx, cx)?);
        let counted = Counted { today, position, calendar: cx.calendar.clone(), year: year.clone() };
        let mut by_site = self.0.write().unwrap_or_else(PoisonError::into_inner);
        by_site.insert(cx.site_id.clone(), counted);
        Ok(year)
    }

    fn known(&self, cx: &Cx, today: &str, position: i64) -> Option<Arc<Year>> {
        let by_site = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let known = by_site.get(&cx.site_id)?;
        let holds =
            known.today == today && known.position == position && Arc::ptr_eq(&known.calendar, &cx.calendar);
        holds.then(|| known.year.clone())
    }
}
