//! An installation of its own with three officers, set up the way an administrator does it, and its serving process.

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use kit_db::{Sql, Value, sql, testing::Throwaway};

use crate::client::{Answer, Client, Kind};

const HOST: &str = "a.localhost";
const PASSWORD: &str = "Kill-Test-演示-7";

const ORGANS: &str = "[[organ]]\ncode = \"government\"\nname = \"演示区人民政府\"\nkind = \"government\"\n\
                      short_name = \"区政府\"\nsort = 10\nvalid_from_on = \"2019-03-01\"\nduties = \"演示数据\"\n\
                      [organ.contact]\naddress = \"演示地址\"\nphone = \"0457-0009010\"\nhours = \"工作日\"\n\
                      leader_title = \"区长\"\n";

/// An installation, and whether its process runs.
pub struct Office {
    database: Throwaway,
    folder: tempfile::TempDir,
    server: Option<Child>,
    address: String,
}

impl Office {
    pub async fn open() -> Office {
        let folder = tempfile::tempdir().unwrap();
        let database = Throwaway::create(&[]).await.unwrap();
        let mut office = Office { database, folder, server: None, address: String::new() };
        office.run(&["init", "--site", "a", "--name", "演示站点"]);
        let organs = office.folder.path().join("organs.toml");
        std::fs::write(&organs, ORGANS).unwrap();
        office.run(&["organs", organs.to_str().unwrap(), "--site", "a"]);
        office.start();
        office
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
        command.args(arguments).arg("--data").arg(self.data()).args(["--database", &self.database.url]);
        command.env("GONGKAI_LOG", "error").env("GONGKAI_PASSWORD_MEMORY_KIB", "8192");
        command.env("GONGKAI_SIGN_INS_PER_MINUTE", "10000");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Runs a command to its end; gives what it printed.
    pub fn run(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {errors}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    pub fn start(&mut self) {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("LISTENING http://");
        self.address = address.unwrap_or_else(|| panic!("{line}")).to_owned();
        self.server = Some(child);
    }

    /// SIGKILL; nothing in the process runs any more.
    pub fn kill(&mut self) {
        let mut child = self.server.take().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// Killed and started again; those who were signed in go on.
    pub fn kill_and_start(&mut self, clients: &mut [&mut Client]) {
        self.kill();
        self.start();
        for client in clients {
            client.address.clone_from(&self.address);
        }
    }

    pub fn visitor(&self) -> Client {
        Client::new(&self.address, HOST)
    }

    /// A new officer, signed in with a password of his own and, where one is asked for, a second factor.
    pub fn officer(&self, login: &str, role: &str) -> Client {
        let create = ["admin", "account", "create", login, "--name", "演示人员", "--role", role];
        let first = self.run(&[&create[..], &["--organ", "government", "--site", "a"]].concat());
        let mut client = self.visitor();
        client.get("/desk/sign-in");
        let signed_in = client.post("/desk/sign-in", &[("login", login), ("password", &first)]);
        assert_eq!(signed_in.status, 303, "{}", signed_in.body);
        client.get("/desk/account/password");
        let own = [("old", first.as_str()), ("new", PASSWORD), ("again", PASSWORD)];
        let changed = client.post("/desk/account/password", &own);
        assert_eq!(changed.status, 303, "{}", changed.body);
        let home = client.get("/desk");
        if home.location() == Some("/desk/account/second-factor") {
            let secret = client.get("/desk/account/second-factor").between("class=\"secret\">", "</code>");
            let set = client.post("/desk/account/second-factor", &[("code", &code(&secret))]);
            assert_eq!(set.status, 200, "{}", set.body);
        }
        assert_eq!(client.get("/desk").status, 200);
        client
    }

    /// A number from the database, about one id.
    pub async fn number(&self, statement: Sql, id: &str) -> i64 {
        let id: Value = id.into();
        let read = self.database.db.read(move |tx| tx.query_one(statement, &[id])?.get("n"));
        read.await.unwrap()
    }

    async fn text(&self, statement: Sql) -> String {
        self.database.db.read(move |tx| tx.query_one(statement, &[])?.get("text")).await.unwrap()
    }

    /// Begins a record through the pages; gives the id of its edition.
    pub async fn write(&self, client: &mut Client, title: &str) -> String {
        let organ = self.text(sql!("select organ_id as text from organ")).await;
        let column = self
            .text(sql!(
                "select min(column_id) as text from site_column where content_types like '%\"other\"%'"
            ))
            .await;
        let fields = [("organ", organ.as_str()), ("column", &column), ("kind", "other"), ("title", title)];
        let made = client.post("/desk/documents", &fields);
        let to = made.location().unwrap_or_else(|| panic!("{}", made.body));
        to.split('/').nth(3).unwrap().to_owned()
    }

    /// What is public is public whole, and the log's chain has no gap.
    pub async fn assert_nothing_is_half_done(&self) {
        let faults = [
            sql!(
                "select count(*) as n from document d
                  where $1 = 'x' and d.state = 'live' and (d.index_number is null or d.public_number is null
                        or (select count(*) from edition e where e.site_id = d.site_id
                             and e.document_id = d.document_id and e.state = 'live') <> 1
                        or not exists (select 1 from change_feed f
                                        where f.site_id = d.site_id and f.document_id = d.document_id))"
            ),
            sql!(
                "select count(*) as n from edition e
                   join document d on d.site_id = e.site_id and d.document_id = e.document_id
                  where $1 = 'x' and e.state = 'live' and (d.state <> 'live' or d.live_edition_id <> e.edition_id)"
            ),
            sql!(
                "select count(*) as n from review_entry r
                   join review_case c on c.site_id = r.site_id and c.case_id = r.case_id
                  where $1 = 'x' and r.deed = 'published'
                    and not exists (select 1 from edition e where e.site_id = c.site_id
                                     and e.edition_id = c.edition_id and e.state in ('live', 'superseded'))"
            ),
        ];
        for statement in faults {
            assert_eq!(self.number(statement, "x").await, 0, "{}", statement.text());
        }
        assert!(self.run(&["audit", "verify"]).contains("链条完整"));
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        if let Some(child) = &mut self.server {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Saves a text and gives the answer, if the process lives to give it.
pub fn autosave(client: &mut Client, edition: &str, version: i64, text: &str) -> std::io::Result<Answer> {
    let body =
        serde_json::json!({ "version": version, "content": { "body_html": format!("<p>{text}</p>") } });
    let path = format!("/desk/editions/{edition}/autosave");
    client.try_send("POST", &path, Kind::Json, body.to_string().as_bytes())
}

/// The six digits that a telephone shows now for a secret as people type it.
fn code(typed: &str) -> String {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (mut bits, mut n_bits, mut secret) = (0_u32, 0, Vec::new());
    for digit in typed.chars().filter_map(|c| ALPHABET.find(c)) {
        (bits, n_bits) = (bits << 5 | u32::try_from(digit).unwrap(), n_bits + 5);
        if n_bits >= 8 {
            n_bits -= 8;
            secret.push(u8::try_from(bits >> n_bits & 0xff).unwrap());
        }
    }
    let totp = totp_rs::Builder::new().with_secret(secret).with_account_name("a").build().unwrap();
    #[allow(clippy::disallowed_methods, reason = "the real process asks the real clock")]
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    totp.generate(now.as_secs()).to_string()
}
