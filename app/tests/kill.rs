//! The real process, killed at many points: nothing acknowledged is lost, nothing is half live, and index and pages agree
//! with the database after the next start. Points are what can be seen from outside (a line, a file, so many answers), not
//! times, so that a fast machine and a slow one are killed at the same places. Says nothing about power cuts.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
};

use kit_db::{Db, DbError, Row, Sql, sql, testing::Throwaway};

/// An installation of its own: a database and a folder of data.
struct Installation {
    database: Throwaway,
    folder: tempfile::TempDir,
}

impl Installation {
    async fn new() -> Installation {
        Installation { database: Throwaway::create(&[]).await.unwrap(), folder: tempfile::tempdir().unwrap() }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
        command
            .args(arguments)
            .arg("--data")
            .arg(self.folder.path())
            .args(["--database", &self.database.url]);
        command.env("GONGKAI_SEARCHES_PER_MINUTE", "100000").env("GONGKAI_LOG", "error");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs a command to its end; gives what it printed.
    fn run(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {errors}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn prepare(&self) {
        self.run(&["demo", "--prepare-only"]);
    }

    /// Starts loading the demonstration district and kills it at a point; gives whether it was still at work.
    fn killed_while_preparing(&self, point: &Point) -> bool {
        let mut child = self.command(&["demo", "--prepare-only"]).spawn().unwrap();
        let mut errors = BufReader::new(child.stderr.take().unwrap());
        match point {
            Point::Start => {}
            Point::Line(wanted) => await_line(&mut errors, wanted),
            Point::IndexFiles(n) => await_files(&mut child, &self.folder.path().join("search"), *n),
        }
        !kill(child).success()
    }

    fn serve(&self) -> Server {
        let mut child = self.command(&["serve", "--listen", "127.0.0.1:0"]).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("LISTENING http://");
        Server { address: address.unwrap_or_else(|| panic!("{line}")).to_owned(), child }
    }

    async fn rows(&self, statement: Sql) -> Vec<Row> {
        self.database.db.read(move |tx| tx.query(statement, &[])).await.unwrap()
    }

    async fn number(&self, statement: Sql) -> i64 {
        self.rows(statement).await[0].get("n").unwrap()
    }

    /// How many rows of each kind there are: what two whole installations have in common.
    async fn figures(&self) -> BTreeMap<&'static str, i64> {
        let counts = [
            ("documents", sql!("select count(*) as n from document")),
            ("live documents", sql!("select count(*) as n from live_document")),
            ("editions", sql!("select count(*) as n from edition")),
            ("attachments", sql!("select count(*) as n from attachment")),
            ("links", sql!("select count(*) as n from document_link")),
            ("changes", sql!("select count(*) as n from change_feed")),
            ("acts", sql!("select count(*) as n from audit_entry")),
        ];
        let mut figures = BTreeMap::new();
        for (name, statement) in counts {
            figures.insert(name, self.number(statement).await);
        }
        figures
    }

    /// No document is live by half, no number is missing or given twice, and every act is in the log.
    async fn assert_nothing_is_half_live(&self) {
        let faults = [
            sql!(
                "select d.document_id as fault from document d
                  where d.state = 'live' and (d.index_number is null or d.public_number is null
                        or d.first_published_at is null or d.listed_on is null
                        or (select count(*) from edition e where e.site_id = d.site_id and e.document_id = d.document_id
                             and e.state = 'live' and e.edition_id = d.live_edition_id) <> 1)"
            ),
            sql!(
                "select e.edition_id as fault from edition e
                   join document d on d.site_id = e.site_id and d.document_id = e.document_id
                  where e.state = 'live' and (d.state <> 'live' or d.live_edition_id <> e.edition_id)"
            ),
            sql!(
                "select d.document_id as fault from document d
                  where d.public_number is not null
                    and (not exists (select 1 from change_feed f
                                      where f.site_id = d.site_id and f.document_id = d.document_id)
                         or not exists (select 1 from audit_entry a
                                         where a.site_id = d.site_id and a.object_id = d.document_id
                                           and a.action = 'edition.publish'))"
            ),
            sql!(
                "select c.site_id || ' ' || c.name as fault from counter c
                  where (c.name = 'change_feed' and c.value <> (select count(*) from change_feed f where f.site_id = c.site_id))
                     or (c.name = 'change_feed' and c.value <> (select max(f.position) from change_feed f where f.site_id = c.site_id))
                     or (c.name = 'audit' and c.value <> (select count(*) from audit_entry a where a.site_id = c.site_id))
                     or (c.name = 'public_number'
                         and c.value <> (select count(*) from document d where d.site_id = c.site_id and d.public_number is not null))"
            ),
        ];
        for statement in faults {
            let found = self.rows(statement).await;
            let found: Vec<String> = found.iter().map(|row| row.get("fault").unwrap()).collect();
            assert!(found.is_empty(), "{found:?} by: {}", statement.text());
        }
        let verdict = self.run(&["audit", "verify"]);
        assert!(verdict.contains("链条完整"), "{verdict}");
    }

    /// Every file of an attachment lies whole in the store.
    async fn assert_files_are_whole(&self) {
        for row in self.rows(sql!("select site_id, sha256, size from attachment")).await {
            let (site, sha256): (String, String) = (row.get("site_id").unwrap(), row.get("sha256").unwrap());
            let place = self.folder.path().join("files").join(site).join(&sha256[..2]).join(&sha256);
            let size = std::fs::metadata(&place).map(|kept| kept.len()).unwrap_or_default();
            assert_eq!(size, row.get::<i64>("size").unwrap().unsigned_abs(), "{}", place.display());
        }
    }

    /// Pages and search of a new process show what the database says.
    async fn assert_readers_see_what_is_live(&self) {
        let server = self.serve();
        let documents = self
            .rows(sql!(
                "select h.host, d.public_number, d.index_number, d.state from document d
                   join site s on s.site_id = d.site_id
                   join site_host h on h.site_id = s.site_id and h.host = s.domain
                  where d.public_number is not null order by d.site_id, d.public_number"
            ))
            .await;
        assert!(documents.len() > 100, "only {} records were loaded", documents.len());
        server.await_index(documents.last().unwrap());
        for row in &documents {
            let (host, number): (String, i64) = (row.get("host").unwrap(), row.get("public_number").unwrap());
            let (index_number, state): (String, String) =
                (row.get("index_number").unwrap(), row.get("state").unwrap());
            let is_live = state == "live";
            let (status, _) = server.get(&host, &format!("/documents/{number}")).unwrap();
            assert_eq!(status, if is_live { 200 } else { 410 }, "/documents/{number} on {host}");
            let (_, found) = server.get(&host, &format!("/search?q={index_number}")).unwrap();
            let link = format!("href=\"/documents/{number}\"");
            assert_eq!(found.contains(&link), is_live, "{index_number} in the search of {host}");
        }
    }
}

/// Where a loading process is killed.
#[derive(Debug)]
enum Point {
    /// As soon as it has been started.
    Start,
    /// When it has written a line that contains this.
    Line(&'static str),
    /// When so many files of the search index exist.
    IndexFiles(usize),
}

fn await_line(errors: &mut impl BufRead, wanted: &str) {
    let mut line = String::new();
    while errors.read_line(&mut line).unwrap() > 0 {
        if line.contains(wanted) {
            return;
        }
        line.clear();
    }
}

fn await_files(child: &mut Child, folder: &Path, n: usize) {
    let count = || std::fs::read_dir(folder).map(Iterator::count).unwrap_or_default();
    while count() < n && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
}

/// Every point on the embedded database; every second one on a server, where each installation takes longer.
fn stride() -> usize {
    if std::env::var_os("GONGKAI_TEST_DATABASE").is_some() { 2 } else { 1 }
}

/// SIGKILL; nothing in the process runs any more.
fn kill(mut child: Child) -> ExitStatus {
    // A process that has ended already cannot be killed: its status says so.
    let _ = child.kill();
    child.wait().unwrap()
}

/// A serving process; killed when dropped.
struct Server {
    address: String,
    child: Child,
}

impl Server {
    /// Status and body of a page.
    fn get(&self, host: &str, path: &str) -> std::io::Result<(u16, String)> {
        let mut stream = TcpStream::connect(&self.address)?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.get(9..12).and_then(|status| status.parse().ok()).unwrap_or_default();
        Ok((status, answer))
    }

    /// Asks until the search knows a record: the index of a process that was killed follows in the background.
    fn await_index(&self, row: &Row) {
        let (host, index_number): (String, String) =
            (row.get("host").unwrap(), row.get("index_number").unwrap());
        let found = |_: &u32| {
            let (_, page) = self.get(&host, &format!("/search?q={index_number}")).unwrap();
            page.contains("href=\"/documents/")
        };
        assert!((0..5_000).any(|attempt| found(&attempt)), "the index does not follow");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_loading_process_killed_at_many_points_is_made_whole_by_the_next_run() {
    let whole = Installation::new().await;
    whole.prepare();
    let expected = whole.figures().await;
    let points = [
        Point::Start,
        Point::Line("装入演示数据 10%"),
        Point::Line("装入演示数据 50%"),
        Point::Line("装入演示数据 100%"),
        Point::Line("已装入演示站点 songling"),
        Point::Line("已装入演示站点 forest"),
        Point::IndexFiles(3),
        Point::IndexFiles(12),
    ];
    let mut n_killed = 0;
    for (index, point) in points.iter().enumerate().step_by(stride()) {
        let installation = Installation::new().await;
        n_killed += usize::from(installation.killed_while_preparing(point));
        installation.prepare();
        assert_eq!(installation.figures().await, expected, "killed at {point:?}");
        installation.assert_nothing_is_half_live().await;
        installation.assert_files_are_whole().await;
        if index % 4 == 2 {
            installation.assert_readers_see_what_is_live().await;
        }
    }
    assert!(n_killed >= 4 / stride(), "only {n_killed} processes were still at work when they were killed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_killed_again_and_again_gets_there_in_the_end() {
    let installation = Installation::new().await;
    for point in
        [Point::Line("30%"), Point::Line("70%"), Point::Start, Point::Line("100%"), Point::IndexFiles(6)]
    {
        installation.killed_while_preparing(&point);
    }
    installation.prepare();
    installation.assert_nothing_is_half_live().await;
    installation.assert_files_are_whole().await;
    installation.assert_readers_see_what_is_live().await;
}

/// Makes every proactive draft due, and a hundred copies of one of them.
async fn make_due(db: &Db) -> i64 {
    db.write(|tx| {
        let copies = tx.query(
            sql!(
                "select d.document_id, e.edition_id from document d
                   join edition e on e.site_id = d.site_id and e.document_id = d.document_id
                  where d.state = 'live' and e.state = 'live' order by d.document_id limit 100"
            ),
            &[],
        )?;
        for row in &copies {
            let ids = [row.get::<String>("document_id")?.into(), row.get::<String>("edition_id")?.into()];
            tx.execute(
                sql!(
                    "insert into document (site_id, document_id, content_type, column_id, state, validity, created_at, version)
                     select site_id, 'copy-' || document_id, content_type, column_id, 'draft', 'unstated', created_at, 1
                       from document where document_id = $1 and $2 <> ''"
                ),
                &ids,
            )?;
            tx.execute(
                sql!(
                    "insert into edition (site_id, edition_id, document_id, number, state, title, document_number, issuing_organ,
                                          issuing_organ_id, written_on, in_force_on, subject_category, genre,
                                          disclosure_class, summary, keywords, body_html, body_text, publish_at,
                                          created_at, created_by, version)
                     select site_id, 'copy-' || edition_id, 'copy-' || document_id, 1, 'scheduled', title, document_number,
                            issuing_organ, issuing_organ_id, written_on, in_force_on, subject_category, genre,
                            disclosure_class, summary, keywords, body_html, body_text || ' 演示数据', 1, created_at,
                            created_by, 1
                       from edition where document_id = $1 and edition_id = $2"
                ),
                &ids,
            )?;
        }
        Ok::<i64, DbError>(copies.len() as i64)
    })
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_serving_process_killed_while_a_schedule_publishes_publishes_everything_once() {
    for n_answers in [0, 3, 10, 30, 100].into_iter().step_by(stride()) {
        let installation = Installation::new().await;
        installation.prepare();
        let live_before = installation.number(sql!("select count(*) as n from live_document")).await;
        let n_due = make_due(&installation.database.db).await;
        assert_eq!(n_due, 100);
        let server = installation.serve();
        for _ in 0..n_answers {
            server.get("songling.localhost", "/healthz").unwrap();
        }
        drop(server);
        let server = installation.serve();
        let waiting = sql!("select count(*) as n from edition where state = 'scheduled' and publish_at = 1");
        let mut left = n_due;
        for _ in 0..5_000 {
            server.get("songling.localhost", "/healthz").unwrap();
            left = installation.number(waiting).await;
            if left == 0 {
                break;
            }
        }
        assert_eq!(left, 0, "killed after {n_answers} answers");
        drop(server);
        let published =
            sql!("select count(*) as n from document where document_id like 'copy-%' and state = 'live'");
        let returned =
            sql!("select count(*) as n from edition where edition_id like 'copy-%' and state = 'draft'");
        let (published, returned) =
            (installation.number(published).await, installation.number(returned).await);
        assert_eq!(published + returned, n_due);
        assert!(published > 50, "only {published} could be published");
        let live = installation.number(sql!("select count(*) as n from live_document")).await;
        assert_eq!(live, live_before + published);
        let acts = sql!(
            "select count(*) as n from audit_entry where object_id like 'copy-%' and action = 'edition.publish'"
        );
        assert_eq!(installation.number(acts).await, published, "an edition was published twice");
        installation.assert_nothing_is_half_live().await;
    }
}
