//! `App`: database, clock, ids, files, search index, page cache, configuration. Built once for production and once for
//! tests; the only place that asks what time it is or for randomness.

use std::{
    net::IpAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use kit_db::{Db, DbError, Migration, Tx};
use kit_mail::Mail;
use kit_search::Index;
use kit_web::rate::{Allowance, RateLimiter};
use rust_embed::RustEmbed;

use crate::{
    attachment::files::Files,
    config::Config,
    cx::{Cx, Ids},
    error::{Error, Result},
    id::SiteId,
    portal::{
        cache::Pages,
        faces::Faces,
        search::{SEARCHES, since_epoch},
    },
    press::Press,
    reference::Reference,
    secret::Secrets,
    site::{self, Site},
    statistics::YearMemo,
    word_list::Lists,
    work::Work,
    working_calendar::Calendars,
};

/// The class of requests in which signing in is limited; searches have class 0.
const SIGN_INS: kit_web::rate::Class = 1;
/// The class in which opening one-time links is limited.
const LINKS: kit_web::rate::Class = 2;
/// Openings of one-time links, with their pictures and files, a minute from one address.
const LINKS_PER_MINUTE: u32 = 60;
/// More at once would let anybody who knocks take the machine's memory.
const PASSWORD_CHECKS: usize = 2;

#[derive(RustEmbed)]
#[folder = "../migrations/"]
#[include = "*.sql"]
struct MigrationFiles;

/// What time it is.
#[derive(Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands until it is set; milliseconds UTC.
    #[cfg(test)]
    Fixed(Arc<std::sync::atomic::AtomicI64>),
}

impl Clock {
    /// Milliseconds UTC.
    #[allow(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    pub fn now(&self) -> i64 {
        match self {
            Clock::System => jiff::Timestamp::now().as_millisecond(),
            #[cfg(test)]
            Clock::Fixed(at) => at.load(std::sync::atomic::Ordering::SeqCst),
        }
    }
}

/// The running product.
pub struct App {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
    /// Where ids come from.
    pub ids: Ids,
    /// The file store.
    pub files: Files,
    /// The search index; a derivative of the database.
    pub index: Index,
    /// Rendered public pages.
    pub pages: Pages,
    /// The sites by their host names.
    pub faces: Faces,
    /// Where letters go.
    pub mail: Arc<Mail>,
    /// The jobs that this process does.
    pub work: Work,
    /// What makes printed forms.
    pub press: Press,
    limiter: RateLimiter,
    /// The tables that rules read.
    pub reference: &'static Reference,
    /// What seals personal data and marks forms.
    pub secrets: Arc<Secrets>,
    /// Passwords that are checked at the same time: each takes memory on purpose.
    pub password_checks: tokio::sync::Semaphore,
    /// The word lists of the sites, compiled.
    word_lists: Lists,
    /// This year of each site by month, as the desk's home shows it.
    pub year_memo: YearMemo,
    /// The working calendars of the sites.
    pub calendars: Calendars,
    /// What the administrator set.
    pub config: Config,
}

impl App {
    /// Opens everything for production.
    ///
    /// # Errors
    /// When the folder, the database or the index cannot be opened, or a migration fails.
    pub async fn open(config: Config) -> anyhow::Result<Arc<App>> {
        std::fs::create_dir_all(&config.data)
            .map_err(|error| anyhow::anyhow!("数据目录 {} 无法建立：{error}", config.data.display()))?;
        let db = Db::open(&database_address(&config))?;
        App::build(config, db, Clock::System, Ids::from_system()).await
    }

    /// Builds the product over a database, a clock and a source of ids.
    ///
    /// # Errors
    /// As [`App::open`].
    pub async fn build(config: Config, db: Db, clock: Clock, ids: Ids) -> anyhow::Result<Arc<App>> {
        kit_db::migrate(&db, &migrations()).await?;
        let reference = Reference::get();
        let files = Files::open(&config.data.join("files"))?;
        let index = Index::open(&config.data.join("search"), &crate::search::setup())?;
        let pages = Pages::with_budget(config.page_cache_mb << 20);
        let searches =
            Allowance { burst: config.searches_per_minute, per_minute: config.searches_per_minute };
        let sign_ins =
            Allowance { burst: config.sign_ins_per_minute, per_minute: config.sign_ins_per_minute };
        let links = Allowance { burst: LINKS_PER_MINUTE, per_minute: LINKS_PER_MINUTE };
        let limiter = RateLimiter::new(vec![searches, sign_ins, links], 50_000);
        let faces = Faces::default();
        let mail = Arc::new(config.mail.open(&config.data)?);
        let work = Work::new(db.clone(), config.jobs_at_once);
        let press = Press::new(&config.font_dir);
        let word_lists = Lists::new(index.dictionary());
        let secrets = Arc::new(Secrets::open(&config.secret_file(), ids.bytes())?);
        let password_checks = tokio::sync::Semaphore::new(PASSWORD_CHECKS);
        Ok(Arc::new(App {
            db,
            clock,
            ids,
            files,
            index,
            pages,
            faces,
            mail,
            work,
            press,
            limiter,
            reference,
            secrets,
            word_lists,
            year_memo: YearMemo::default(),
            calendars: Calendars::new(reference),
            password_checks,
            config,
        }))
    }

    /// Whether a client has used up its searches of this minute; this one is counted.
    pub fn is_too_busy(&self, client: IpAddr) -> bool {
        self.limiter.take(client, SEARCHES, since_epoch(self.clock.now())).is_err()
    }

    /// Whether a client has tried to sign in too often this minute; this try is counted.
    pub fn signs_in_too_often(&self, client: IpAddr) -> bool {
        self.limiter.take(client, SIGN_INS, since_epoch(self.clock.now())).is_err()
    }

    /// Whether a client has opened one-time links too often this minute; this one is counted.
    pub fn opens_links_too_often(&self, client: IpAddr) -> bool {
        self.limiter.take(client, LINKS, since_epoch(self.clock.now())).is_err()
    }

    /// The port under which local host names are reached.
    pub fn port(&self) -> u16 {
        match self.faces.port() {
            0 => self.config.listen.port(),
            port => port,
        }
    }

    /// The circumstances of an action that begins now.
    pub fn cx(&self, site_id: &SiteId, actor: &str) -> Cx {
        Cx {
            site_id: site_id.clone(),
            actor: actor.to_owned(),
            address: String::new(),
            at: self.clock.now(),
            ids: self.ids.clone(),
            reference: self.reference,
            secrets: self.secrets.clone(),
            word_lists: self.word_lists.clone(),
            calendar: self.calendars.of(site_id),
        }
    }

    /// Runs `work` in a durable transaction and lets the page cache follow before it returns, so that whoever is told
    /// of a change never sees a page from before it. Days are counted by the calendar as it stands in the transaction, not as
    /// it stood when the request came.
    ///
    /// # Errors
    /// What `work` returns.
    pub async fn act<T, F>(&self, cx: Cx, mut work: F) -> Result<T>
    where
        F: FnMut(&mut Tx<'_>, &Cx) -> Result<T> + Send + 'static,
        T: Send + 'static,
    {
        let site_id = cx.site_id.clone();
        let calendars = self.calendars.clone();
        let write = move |tx: &mut Tx<'_>| {
            let cx = Cx { calendar: calendars.within(tx, &cx.site_id)?, ..cx.clone() };
            work(tx, &cx)
        };
        let value = self.db.write(write).await?;
        self.pages.follow(&self.db, &site_id).await?;
        Ok(value)
    }

    /// The site of a code.
    ///
    /// # Errors
    /// Refused when there is none.
    pub async fn site(&self, code: &str) -> Result<Site> {
        let code = code.to_owned();
        self.db
            .read(move |tx| {
                let unknown = || crate::error::Refusal::Unknown { what: "站点", code: code.clone() };
                site::queries::by_code(tx, &code)?.ok_or_else(|| Error::Refused(unknown()))
            })
            .await
    }
}

fn database_address(config: &Config) -> String {
    if config.database.is_empty() {
        format!("sqlite:{}", embedded_database(&config.data).display())
    } else {
        config.database.clone()
    }
}

/// Where the embedded database lies.
pub fn embedded_database(data: &Path) -> PathBuf {
    data.join("gongkai.sqlite")
}

/// The history of the tables, from the files of `migrations/`.
pub fn migrations() -> Vec<Migration> {
    let mut steps: Vec<Migration> = MigrationFiles::iter().filter_map(|name| migration(&name)).collect();
    steps.sort_by_key(|step| step.number);
    steps
}

fn migration(name: &str) -> Option<Migration> {
    let (number, _) = name.split_once('_')?;
    let file = MigrationFiles::get(name)?;
    let text = String::from_utf8_lossy(&file.data).into_owned();
    Some(Migration { number: number.parse().ok()?, name: name.to_owned(), text })
}

/// The error of a task that ended without an answer.
pub fn task_failed(error: &tokio::task::JoinError) -> Error {
    Error::from(DbError::Panicked(error.to_string()))
}

#[cfg(test)]
mod tests;
