//! The product as the stories use it: the real router over a real throw-away database (SQLite, or PostgreSQL where
//! `GONGKAI_TEST_DATABASE` names a server), a clock that stands until it is moved, ids from a seed. The verbs read like the
//! procedure. Nothing of our own code is replaced here, and nothing sleeps.

use std::{
    io::Cursor,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use kit_db::{Tx, testing::Throwaway};
use kit_web::test_browser::{Browser, Reply};

use crate::{
    app::{App, Clock, migrations},
    attachment, background,
    column::{self, NewColumn},
    config::Config,
    cx::{Cx, Ids, instant_of},
    document::{self, ChangeReason, Content, NewDocument},
    error::Result,
    id::{ColumnId, DocumentId, EditionId, OrganId, SiteId},
    organ::{self, Change, ChangeKind, NewOrgan, OrganContact},
    portal::queries,
    press::Press,
    publishing, routes,
    site::{self, Profile},
    work,
};

mod desk;

pub use desk::{Desk, PASSWORD, whole};

/// One site of the product under test; [`TestApp::site`] gives a further one of the same product.
#[derive(Clone)]
pub struct TestApp {
    pub app: Arc<App>,
    pub site_id: SiteId,
    pub host: String,
    shared: Arc<Shared>,
    /// Removed with its last user.
    _folder: Arc<tempfile::TempDir>,
}

struct Shared {
    clock: Arc<AtomicI64>,
    database: Throwaway,
}

impl TestApp {
    /// The product with the site `songling`, at nine in the morning of 20 March 2026.
    pub async fn start() -> TestApp {
        TestApp::without_a_site().await.site("songling").await
    }

    /// The product before anybody has set up a site, at the same moment.
    pub async fn without_a_site() -> TestApp {
        let database = Throwaway::create(&migrations()).await.unwrap();
        let shared = Arc::new(Shared { clock: Arc::default(), database });
        let (app, folder) = shared.build(Ids::from_seed(2018)).await;
        let nobody = SiteId(String::new());
        let started = TestApp { app, site_id: nobody, host: String::new(), shared, _folder: folder };
        started.today("2026-03-20");
        started
    }

    /// A further site with one organ (`government`) and one column (`policy`), under `CODE.gov.test`.
    pub async fn site(&self, code: &str) -> TestApp {
        static REGION: AtomicU64 = AtomicU64::new(100_000);
        let region = REGION.fetch_add(1, Ordering::Relaxed);
        let host = format!("{code}.gov.test");
        let profile = profile(code, &host, region);
        let mut cx = self.app.cx(&self.site_id, "test");
        cx.site_id = SiteId(cx.new_id());
        let made = self.app.act(cx, move |tx, cx| site::actions::create(tx, cx, &profile)).await.unwrap();
        let site = TestApp { site_id: made.id, host, ..self.clone() };
        site.organ("government", &format!("{code}区人民政府")).await;
        site.column("policy", "政策文件", None).await;
        background::refresh_sites(&site.app).await.unwrap();
        site
    }

    /// The same product, seen from another site of it.
    pub fn on(&self, site: &site::Site) -> TestApp {
        TestApp { site_id: site.id.clone(), host: site.profile.domain.clone(), ..self.clone() }
    }

    /// Adds a host name that the site answers to, as an administrator would.
    pub async fn change_site(&self, change: impl Fn(&mut Profile) + Send + 'static) {
        self.act(move |tx, cx| {
            let mut profile = site::queries::by_id(tx, &cx.site_id)?.unwrap().profile;
            change(&mut profile);
            site::actions::change(tx, cx, &profile)
        })
        .await;
        background::refresh_sites(&self.app).await.unwrap();
    }

    /// The same site in a second process over the same database, with its own files, index and pages.
    pub async fn second_process(&self) -> TestApp {
        let (app, folder) = self.shared.build(self.app.ids.clone()).await;
        background::refresh_sites(&app).await.unwrap();
        TestApp { app, _folder: folder, ..self.clone() }
    }

    /// The same product on a machine that has no Chinese fonts.
    pub async fn without_fonts(&self) -> TestApp {
        let (mut app, folder) = self.shared.build(self.app.ids.clone()).await;
        Arc::get_mut(&mut app).expect("nobody else has it yet").press = Press::without_fonts();
        background::refresh_sites(&app).await.unwrap();
        TestApp { app, _folder: folder, ..self.clone() }
    }

    /// Sets the clock to nine in the morning of a day in Beijing.
    pub fn today(&self, day: &str) {
        self.at(&format!("{day} 09:00"));
    }

    /// Sets the clock to `YYYY-MM-DD HH:MM` in Beijing.
    pub fn at(&self, minute: &str) {
        self.shared.clock.store(instant_of(minute).unwrap(), Ordering::SeqCst);
    }

    pub fn advance_minutes(&self, minutes: i64) {
        self.shared.clock.fetch_add(minutes * 60_000, Ordering::SeqCst);
    }

    pub fn now(&self) -> i64 {
        self.shared.clock.load(Ordering::SeqCst)
    }

    /// Does something as an officer of the site, as [`App::act`] does it.
    pub async fn act<T: Send + 'static>(
        &self,
        work: impl FnMut(&mut Tx<'_>, &Cx) -> Result<T> + Send + 'static,
    ) -> T {
        self.try_act(work).await.unwrap()
    }

    pub async fn try_act<T: Send + 'static>(
        &self,
        work: impl FnMut(&mut Tx<'_>, &Cx) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.app.act(self.app.cx(&self.site_id, "test"), work).await
    }

    /// Reads as the site.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx<'_>, &Cx) -> Result<T> + Send + 'static,
    ) -> T {
        let cx = self.app.cx(&self.site_id, "test");
        self.app.db.read(move |tx| work(tx, &cx)).await.unwrap()
    }

    /// Lets everything follow: due work, page cache, search index, background jobs.
    pub async fn settle(&self) {
        background::round(&self.app).await.unwrap();
        work::run_due(&self.app).await;
    }

    pub async fn organ(&self, code: &str, name: &str) -> OrganId {
        let new = NewOrgan {
            code: code.to_owned(),
            name: name.to_owned(),
            kind: if code == "government" { "government" } else { "department" }.to_owned(),
            parent: None,
            short_name: name.to_owned(),
            duties: "演示数据：职责".to_owned(),
            contact: OrganContact::default(),
            valid_from_on: None,
            valid_to_on: None,
            sort: 1,
        };
        self.act(move |tx, cx| organ::actions::create(tx, cx, &new)).await
    }

    /// Records a merge, split or renaming of organs, by their codes.
    pub async fn reorganise(
        &self,
        kind: ChangeKind,
        on: &str,
        from: &[&str],
        to: &[&str],
        name: Option<&str>,
    ) {
        let owned = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
        let change = Change {
            kind,
            on: on.to_owned(),
            from: owned(from),
            to: owned(to),
            new_name: name.map(str::to_owned),
            note: String::new(),
            basis: "演示数据".to_owned(),
        };
        self.act(move |tx, cx| organ::actions::change(tx, cx, &change)).await;
    }

    pub async fn column(&self, code: &str, name: &str, parent: Option<&str>) -> ColumnId {
        let new = NewColumn {
            code: code.to_owned(),
            name: name.to_owned(),
            parent: parent.map(str::to_owned),
            column_type: "policy".to_owned(),
            owner: Some("government".to_owned()),
            update_interval_days: None,
            description: String::new(),
            keywords: Vec::new(),
            key_area: None,
            statutory_items: Vec::new(),
            content_types: Vec::new(),
            sort: 1,
        };
        self.act(move |tx, cx| column::actions::create(tx, cx, &new)).await
    }

    /// The beginning of a document in the column `policy`, issued by the government.
    pub fn document(&self, title: &str) -> Draft {
        let issuing_organ = format!("{}区人民政府", self.host.split('.').next().unwrap_or_default());
        let content = Content {
            title: title.to_owned(),
            issuing_organ,
            disclosure_class: "proactive".to_owned(),
            body_html: "<p>演示数据：正文。</p>".to_owned(),
            body_text: "演示数据：正文。".to_owned(),
            ..Content::default()
        };
        Draft {
            app: self.clone(),
            kind: "other".to_owned(),
            column: "policy".to_owned(),
            content,
            files: Vec::new(),
        }
    }

    /// A reader of this site.
    pub fn browser(&self) -> Browser {
        Browser::new(routes::front(&self.app), &self.host)
    }

    /// What a new reader gets under an address of this site.
    pub async fn get(&self, address: &str) -> Reply {
        self.browser().get(address).await
    }

    /// The text of a page that must be there.
    pub async fn page(&self, address: &str) -> String {
        let reply = self.get(address).await;
        assert_eq!(reply.status(), 200, "{address}: {}", reply.html());
        reply.text()
    }
}

impl Shared {
    async fn build(&self, ids: Ids) -> (Arc<App>, Arc<tempfile::TempDir>) {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().to_owned();
        let config = Config {
            data,
            searches_per_minute: 1_000_000,
            sign_ins_per_minute: 1_000_000,
            password_memory_kib: 64,
            ..Config::default()
        };
        let clock = Clock::Fixed(self.clock.clone());
        (App::build(config, self.database.db.clone(), clock, ids).await.unwrap(), Arc::new(folder))
    }
}

fn profile(code: &str, host: &str, region: u64) -> Profile {
    Profile {
        code: code.to_owned(),
        name: format!("{code}区人民政府（演示）"),
        short_name: code.to_owned(),
        tagline: "演示数据".to_owned(),
        domain: host.to_owned(),
        hosts: Vec::new(),
        identification_code: format!("{region}0001"),
        region_code: region.to_string(),
        organ_code: "000000000".to_owned(),
        index_number_pattern: "{org}-{year}-{serial:5}".to_owned(),
        theme: "indigo".to_owned(),
        demonstration: true,
        mourning: false,
        contact: site::Contact::default(),
        footer: site::Footer::default(),
    }
}

/// A document being written.
#[derive(Clone)]
pub struct Draft {
    app: TestApp,
    kind: String,
    column: String,
    content: Content,
    files: Vec<(String, Vec<u8>)>,
}

impl Draft {
    /// A content type of `reference/content_types/`.
    pub fn kind(mut self, code: &str) -> Draft {
        self.kind = code.to_owned();
        self
    }

    pub fn column(mut self, code: &str) -> Draft {
        self.column = code.to_owned();
        self
    }

    pub fn number(mut self, number: &str) -> Draft {
        self.content.document_number = Some(number.to_owned());
        self
    }

    pub fn organ(mut self, name: &str) -> Draft {
        self.content.issuing_organ = name.to_owned();
        self
    }

    pub fn written(mut self, day: &str) -> Draft {
        self.content.written_on = Some(day.to_owned());
        self
    }

    pub fn in_force(mut self, from: &str, to: Option<&str>) -> Draft {
        self.content.in_force_on = Some(from.to_owned());
        self.content.expires_on = to.map(str::to_owned);
        self
    }

    pub fn subject(mut self, subject: &str, genre: &str) -> Draft {
        self.content.subject_category = Some(subject.to_owned());
        self.content.genre = Some(genre.to_owned());
        self
    }

    pub fn body(mut self, text: &str) -> Draft {
        self.content.body_html = format!("<p>{text}</p>");
        self.content.body_text = text.to_owned();
        self
    }

    /// Anything else.
    pub fn with(mut self, change: impl FnOnce(&mut Content)) -> Draft {
        change(&mut self.content);
        self
    }

    pub fn attach(mut self, name: &str, text: &str) -> Draft {
        self.files.push((name.to_owned(), text.as_bytes().to_vec()));
        self
    }

    /// Leaves it as a draft.
    pub async fn draft(self) -> Record {
        let (app, draft) = (self.app.clone(), self.clone());
        let made = app.act(move |tx, cx| {
            let column = column::queries::by_code(tx, &cx.site_id, &draft.column)?.unwrap();
            let (content_type, content) = (draft.kind.clone(), draft.content.clone());
            document::actions::create(tx, cx, &NewDocument { content_type, column_id: column.id, content })
        });
        let (id, edition) = made.await;
        let record = Record { app, id, edition, index_number: None, number: 0 };
        for (name, bytes) in self.files {
            record.attach(&name, &bytes).await.unwrap();
        }
        record
    }

    /// Publishes it now.
    pub async fn publish(self) -> Record {
        self.draft().await.publish().await
    }

    /// Publishes it at `YYYY-MM-DD HH:MM` in Beijing.
    pub async fn schedule(self, minute: &str) -> Record {
        let record = self.draft().await;
        record.schedule(minute).await.unwrap();
        record
    }
}

/// A document that has been made; `edition` is its newest edition.
#[derive(Clone)]
pub struct Record {
    pub app: TestApp,
    pub id: DocumentId,
    pub edition: EditionId,
    /// 索引号, once published.
    pub index_number: Option<String>,
    /// The number in its address, once published.
    pub number: i64,
}

impl Record {
    pub fn address(&self) -> String {
        assert!(self.number > 0, "the document has not been published");
        format!("/documents/{}", self.number)
    }

    /// Streams a file into the store and attaches it to the newest edition; gives its hash.
    pub async fn attach(&self, name: &str, bytes: &[u8]) -> Result<String> {
        let stored = self.app.app.files.store(&self.app.site_id, name, &mut Cursor::new(bytes))?;
        let (edition, name, sha256) = (self.edition.clone(), name.to_owned(), stored.sha256.clone());
        self.app.try_act(move |tx, cx| attachment::actions::attach(tx, cx, &edition, &name, &stored)).await?;
        Ok(sha256)
    }

    pub async fn try_publish(&self) -> Result<Record> {
        let edition = self.edition.clone();
        let published =
            self.app.try_act(move |tx, cx| publishing::actions::publish(tx, cx, &edition)).await?;
        Ok(Record {
            number: published.public_number,
            index_number: Some(published.index_number),
            ..self.clone()
        })
    }

    pub async fn publish(self) -> Record {
        self.try_publish().await.unwrap()
    }

    pub async fn schedule(&self, minute: &str) -> Result<()> {
        let (edition, at) = (self.edition.clone(), instant_of(minute).unwrap());
        self.app.try_act(move |tx, cx| publishing::actions::schedule(tx, cx, &edition, at)).await
    }

    pub async fn unschedule(&self) -> Result<()> {
        let edition = self.edition.clone();
        self.app.try_act(move |tx, cx| publishing::actions::unschedule(tx, cx, &edition)).await
    }

    /// What the newest edition says.
    pub async fn content(&self) -> Content {
        let id = self.id.clone();
        let newest = move |tx: &mut Tx<'_>, cx: &Cx| document::queries::newest_edition(tx, &cx.site_id, &id);
        self.app.read(newest).await.unwrap().content
    }

    /// Opens the next edition, with the files of the newest, as a draft beside the live one.
    pub async fn next_draft(&self, note: &str, change: impl FnOnce(&mut Content)) -> Record {
        let mut content = self.content().await;
        change(&mut content);
        let (id, before, note) = (self.id.clone(), self.edition.clone(), note.to_owned());
        let edition = self.app.act(move |tx, cx| {
            let reason = ChangeReason { code: "wording", note: &note };
            let edition = document::actions::draft_edition(tx, cx, &id, &content, reason)?;
            attachment::actions::carry_over(tx, cx, &before, &edition)?;
            Ok(edition)
        });
        Record { edition: edition.await, ..self.clone() }
    }

    /// Corrects the live record.
    pub async fn correct(&self, note: &str, change: impl FnOnce(&mut Content)) -> Record {
        self.try_correct("wording", note, change).await.unwrap()
    }

    pub async fn try_correct(
        &self,
        code: &'static str,
        note: &str,
        change: impl FnOnce(&mut Content),
    ) -> Result<Record> {
        let mut content = self.content().await;
        change(&mut content);
        let (id, note) = (self.id.clone(), note.to_owned());
        let (edition, published) = self
            .app
            .try_act(move |tx, cx| {
                let reason = ChangeReason { code, note: &note };
                let published = publishing::actions::correct(tx, cx, &id, &content, reason)?;
                Ok((document::queries::newest_edition(tx, &cx.site_id, &id)?.unwrap().id, published))
            })
            .await?;
        let (number, index_number) = (published.public_number, Some(published.index_number));
        Ok(Record { edition, number, index_number, ..self.clone() })
    }

    pub async fn withdraw(&self, code: &'static str, note: &str) -> Result<()> {
        let (id, note) = (self.id.clone(), note.to_owned());
        let reason = move |tx: &mut Tx<'_>, cx: &Cx| {
            publishing::actions::withdraw(tx, cx, &id, ChangeReason { code, note: &note })
        };
        self.app.try_act(reason).await
    }

    /// This document repeals another one from a day on.
    pub async fn repeal(&self, other: &Record, on: &str) -> Result<()> {
        let (id, other, on) = (self.id.clone(), other.id.clone(), on.to_owned());
        self.app.try_act(move |tx, cx| publishing::actions::repeal(tx, cx, &id, &other, &on)).await
    }

    pub async fn link(&self, kind: &'static str, other: &Record) {
        let (id, other) = (self.id.clone(), other.id.clone());
        let link = move |tx: &mut Tx<'_>, cx: &Cx| {
            publishing::actions::link(
                tx,
                cx,
                &id,
                publishing::actions::Link { kind, to: &other, effective_on: None },
            )
        };
        self.app.act(link).await;
    }

    /// The document's row, for those who may see everything.
    pub async fn row(&self) -> document::Document {
        let id = self.id.clone();
        self.app.read(move |tx, cx| document::actions::find(tx, cx, &id)).await
    }

    /// The addresses of the files that the newest edition carries, public or not.
    pub async fn files(&self) -> Vec<String> {
        let (edition, number) = (self.edition.clone(), self.number);
        let read =
            move |tx: &mut Tx<'_>, cx: &Cx| Ok(attachment::queries::of_edition(tx, &cx.site_id, &edition)?);
        let public = |kept: attachment::Attachment| queries::PublicFile {
            name: kept.name,
            media_type: kept.file.media_type,
            size: kept.file.size,
            sha256: kept.file.sha256,
        };
        let files = self.app.read(read).await.into_iter().map(public);
        files.map(|file| crate::portal::file::address(number, &file)).collect()
    }
}

/// A photograph whose note names the camera.
pub fn photograph() -> Vec<u8> {
    let note = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x0f\0\x02\0\0\0\x08\0\0\0\x1a\0\0\0\0DemoCam\0";
    let length = u16::try_from(note.len() + 2).unwrap().to_be_bytes();
    let picture = b"\xff\xda\0\x08\x01\x01\0\0\x3f\0picture\xff\xd9";
    [&b"\xff\xd8\xff\xe1"[..], &length, note, picture].concat()
}
