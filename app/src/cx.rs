//! `Cx`: who acts, on which site, at what moment. The first thing every action asks for; it decides nothing itself.

use jiff::{Timestamp, tz::Offset};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use rules::calendar::Calendar;
use std::sync::{Arc, Mutex};

use crate::{id::SiteId, reference::Reference, secret::Secrets, word_list::Lists};

/// Beijing time: the one civil time of the law and of every page.
pub const BEIJING: Offset = Offset::constant(8);

/// The circumstances of an action.
#[derive(Clone)]
pub struct Cx {
    /// The site acted on.
    pub site_id: SiteId,
    /// Who acts: the login of an account, or the name of a command (`import`, `schedule`).
    pub actor: String,
    /// From which address the request came; empty for commands and the clock.
    pub address: String,
    /// The moment, milliseconds UTC.
    pub at: i64,
    /// Where new ids come from.
    pub ids: Ids,
    /// The tables that rules read.
    pub reference: &'static Reference,
    /// What seals personal data and marks forms.
    pub secrets: Arc<Secrets>,
    /// The compiled word lists, as far as somebody has asked for them.
    pub word_lists: Lists,
    /// The site's working calendar as it counts now.
    pub calendar: Arc<Calendar>,
}

impl Cx {
    /// A new id, ordered by time.
    pub fn new_id(&self) -> String {
        self.ids.next(self.at)
    }

    /// A new secret of 32 random bytes as hexadecimal text: a session's or a one-time link's token.
    pub fn new_token(&self) -> String {
        self.ids.bytes::<32>().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Seals a text for its one place in the database; see [`Secrets::seal`].
    pub fn seal(&self, place: &str, text: &str) -> String {
        self.secrets.seal(place, text, self.ids.bytes())
    }

    /// The site's working calendar (工作日历): the national notices and its own. Every period in working days is counted
    /// by it.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The civil date in Beijing, `YYYY-MM-DD`.
    pub fn today(&self) -> String {
        date_of(self.at)
    }
}

/// The civil date in Beijing of an instant.
pub fn date_of(at: i64) -> String {
    civil_time_of(at).date().to_string()
}

/// The civil date and time in Beijing of an instant, as `YYYY-MM-DD HH:MM` (the form of the page tag PubDate).
pub fn minute_of(at: i64) -> String {
    civil_time_of(at).strftime("%Y-%m-%d %H:%M").to_string()
}

/// The civil date in Beijing of an instant, to reckon with.
pub fn civil_of(at: i64) -> jiff::civil::Date {
    civil_time_of(at).date()
}

/// The instant of `YYYY-MM-DD HH:MM` (or a bare date, midnight) in Beijing; `None` for anything else.
pub fn instant_of(text: &str) -> Option<i64> {
    let text = if text.len() == 10 { format!("{text} 00:00") } else { text.to_owned() };
    let civil = jiff::civil::DateTime::strptime("%Y-%m-%d %H:%M", &text).ok()?;
    Some(BEIJING.to_timestamp(civil).ok()?.as_millisecond())
}

/// Date and time in Beijing of an instant.
pub fn civil_time_of(at: i64) -> jiff::civil::DateTime {
    let instant = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
    BEIJING.to_datetime(instant)
}

/// An instant in Beijing with its zone, for documents that bear it.
pub fn zoned_of(at: i64) -> jiff::Zoned {
    let instant = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
    instant.to_zoned(BEIJING.to_time_zone())
}

/// Source of ids: time-ordered UUIDs whose random part comes from a generator given at start.
#[derive(Clone)]
pub struct Ids(Arc<Mutex<StdRng>>);

impl Ids {
    /// Ids whose random part the operating system seeds.
    pub fn from_system() -> Ids {
        let rng =
            StdRng::try_from_rng(&mut rand::rngs::SysRng).expect("the operating system gives random bytes");
        Ids(Arc::new(Mutex::new(rng)))
    }

    /// Ids that are the same in every run of a test.
    #[cfg(test)]
    pub fn from_seed(seed: u64) -> Ids {
        Ids(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }

    /// Random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut random = [0_u8; N];
        self.0.lock().expect("no holder of this lock can panic").fill(&mut random);
        random
    }

    fn next(&self, at: i64) -> String {
        let millis = u64::try_from(at).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid().to_string()
    }
}
