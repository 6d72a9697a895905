//! The merged calendar of each site, kept until its notices change: it is asked for with every page.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use kit_db::Tx;
use rules::calendar::Calendar;

use super::{merged, queries};
use crate::{error::Result, id::SiteId, reference::Reference};

/// The calendar of each site that has notices of its own, with the state it was made from.
type BySite = HashMap<SiteId, (String, Arc<Calendar>)>;

/// The calendars of the sites, shared by all requests.
#[derive(Clone)]
pub struct Calendars {
    reference: &'static Reference,
    common: Arc<Calendar>,
    by_site: Arc<RwLock<BySite>>,
}

impl Calendars {
    /// No site has notices of its own, as far as is known.
    pub fn new(reference: &'static Reference) -> Calendars {
        let common = Arc::new(reference.calendar.clone());
        Calendars { reference, common, by_site: Arc::default() }
    }

    /// The calendar of a site.
    pub fn of(&self, site_id: &SiteId) -> Arc<Calendar> {
        let known = self.by_site.read().unwrap_or_else(PoisonError::into_inner);
        known.get(site_id).map_or_else(|| self.common.clone(), |(_, calendar)| calendar.clone())
    }

    /// Looks whether the notices of a site have changed, here or in another process, and merges them again; gives whether
    /// they had.
    ///
    /// # Errors
    /// When the tables cannot be read.
    pub fn follow(&self, tx: &mut Tx<'_>, site_id: &SiteId) -> Result<bool> {
        let state = queries::state(tx, site_id)?;
        if self.known(site_id, &state).is_some() {
            return Ok(false);
        }
        let calendar = Arc::new(self.merge(tx, site_id)?);
        let mut by_site = self.by_site.write().unwrap_or_else(PoisonError::into_inner);
        by_site.insert(site_id.clone(), (state, calendar));
        Ok(true)
    }

    /// The calendar as the notices stand in this transaction. What is kept here stays as it is: the transaction may see what
    /// is never committed.
    ///
    /// # Errors
    /// When the tables cannot be read.
    pub fn within(&self, tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Arc<Calendar>> {
        let state = queries::state(tx, site_id)?;
        match self.known(site_id, &state) {
            Some(calendar) => Ok(calendar),
            None => Ok(Arc::new(self.merge(tx, site_id)?)),
        }
    }

    /// The calendar that is kept, if it was made from this state; of a site that never had a notice, the common one.
    fn known(&self, site_id: &SiteId, state: &str) -> Option<Arc<Calendar>> {
        let by_site = self.by_site.read().unwrap_or_else(PoisonError::into_inner);
        match by_site.get(site_id) {
            Some((known, calendar)) => (known == state).then(|| calendar.clone()),
            None => (state == queries::NO_NOTICES).then(|| self.common.clone()),
        }
    }

    fn merge(&self, tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Calendar> {
        let notices = queries::in_force(tx, site_id)?;
        Ok(merged(self.reference, notices.iter().map(|notice| &notice.says)))
    }
}
