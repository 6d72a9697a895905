//! Two organs of one site and an organ of another, and the making of everything a request can be about: each time anew,
//! through the actions that staff use.

use std::collections::BTreeMap;

use jiff::civil::date;
use kit_db::Tx;
use rules::{
    check::WordKind,
    permission::Role,
    review::{Gate, Step},
};

use super::table::Subject;
use crate::{
    column::{self, NewColumn},
    cx::Cx,
    document::{self, Content, NewDocument},
    draft::{
        self,
        upload::{self, NewUpload, Purpose},
    },
    error::Result,
    id::{AccountId, CaseId, DocumentId, EditionId},
    import::{self, Finding, Incoming},
    intake::{self, NewRun, What},
    notify, organ,
    review::{
        Actor, Remark,
        actions::{self, Judgement},
        dossier::Dossier,
        emergency, links,
        secrecy::{self, SecrecyForm},
        way::{self, Party, RoundSetting},
    },
    staff::{self, Grant},
    standing::{self, Grounds},
    test_app::{Record, TestApp},
    word_list::{self, NewWord},
    working_calendar::{self, NewNotice, NoticeDay},
};

/// Where the subject of a request belongs, seen from the organ for which the asker holds a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The organ of the asker.
    Own,
    /// Another organ of the same site.
    Other,
    /// An organ of another site that the same product serves.
    Elsewhere,
}

impl Place {
    pub const ALL: [Place; 3] = [Place::Own, Place::Other, Place::Elsewhere];
}

/// The names that stand in addresses and forms, with what they mean for one subject.
pub type Values = BTreeMap<&'static str, String>;

/// The asker, as far as subjects belong to somebody.
pub struct Asker<'a> {
    pub login: &'a str,
    pub account: &'a AccountId,
}

/// One of the places with everything needed to work there.
#[derive(Clone)]
pub(super) struct Ground {
    pub app: TestApp,
    pub organ: &'static str,
    pub organ_name: String,
    column: &'static str,
}

/// Both sites.
pub struct World {
    pub app: TestApp,
    pub elsewhere: TestApp,
    serial: usize,
}

impl World {
    pub async fn open() -> World {
        let app = TestApp::start().await;
        let elsewhere = app.site("yichun").await;
        let organ = app.organ("forestry", "林业局").await;
        let owned = NewColumn {
            code: "forest".to_owned(),
            name: "林业信息".to_owned(),
            parent: None,
            column_type: "policy".to_owned(),
            owner: Some("forestry".to_owned()),
            update_interval_days: None,
            description: String::new(),
            keywords: Vec::new(),
            key_area: None,
            statutory_items: Vec::new(),
            content_types: Vec::new(),
            sort: 2,
        };
        app.act(move |tx, cx| column::actions::create(tx, cx, &owned)).await;
        drop(organ);
        for site in [&app, &elsewhere] {
            site.act(|tx, cx| {
                let round =
                    RoundSetting {
                        name: "科室审核".to_owned(), all: true, parties: vec![Party::OwnOrgan]
                    };
                let setting = way::Setting { rounds: vec![round], ..way::setting(tx, cx)? };
                way::set(tx, cx, &setting)
            })
            .await;
        }
        World { app, elsewhere, serial: 0 }
    }

    fn ground(&self, place: Place) -> Ground {
        let (app, organ, organ_name, column) = match place {
            Place::Own => (&self.app, "government", "songling区人民政府", "policy"),
            Place::Other => (&self.app, "forestry", "林业局", "forest"),
            Place::Elsewhere => (&self.elsewhere, "government", "yichun区人民政府", "policy"),
        };
        Ground { app: app.clone(), organ, organ_name: organ_name.to_owned(), column }
    }

    /// Makes what a request is about; gives the values that its address and form name.
    pub async fn make(&mut self, subject: Subject, place: Place, asker: &Asker<'_>) -> Values {
        self.serial += 1;
        let ground = self.ground(place);
        let mut values = ground.place().await;
        values.insert("serial", self.serial.to_string());
        let own = place == Place::Own;
        let made = match subject {
            Subject::Place => Values::new(),
            Subject::Draft => ground.draft("author", self.serial).await,
            Subject::OwnDraft => ground.draft(asker.login, self.serial).await,
            Subject::Upload => ground.upload(asker.login, Purpose::Attachment, self.serial).await,
            Subject::Document => ground.upload(asker.login, Purpose::Document, self.serial).await,
            Subject::AtRound => ground.case("author", Gate::Round(0), self.serial).await,
            Subject::OwnCase => ground.case(asker.login, Gate::Round(0), self.serial).await,
            Subject::AtSecrecy => ground.case("author", Gate::Secrecy, self.serial).await,
            Subject::AtSignOff => ground.case("author", Gate::SignOff, self.serial).await,
            Subject::AtPublication => ground.case("author", Gate::Publication, self.serial).await,
            Subject::Scheduled => ground.scheduled(self.serial).await,
            Subject::Emergency => ground.emergency(self.serial).await,
            Subject::Linked => ground.linked(self.serial).await,
            Subject::Live => ground.live(self.serial).await,
            Subject::Asked => ground.asked("author", self.serial).await,
            Subject::OwnAsked => ground.asked(asker.login, self.serial).await,
            Subject::WithdrawnAtOnce => ground.withdrawn_at_once(self.serial).await,
            Subject::Unsure => ground.unsure(self.serial).await,
            Subject::Run => ground.run(self.serial).await,
            Subject::Message => ground.message(own.then_some(asker.account), self.serial).await,
            Subject::Grant => ground.grant(own.then_some(asker.account), self.serial).await,
            Subject::Account => ground.account(self.serial).await,
            Subject::Organ => ground.new_organ(self.serial).await,
            Subject::Column => ground.new_column(self.serial).await,
            Subject::Word => ground.word(self.serial).await,
            Subject::Notice => ground.notice(self.serial).await,
            Subject::ServiceItem => ground.service_item(self.serial).await,
            Subject::ServiceCase => ground.service_case(self.serial).await,
            Subject::Article => ground.article(self.serial).await,
            Subject::Board => ground.board(self.serial).await,
            Subject::OwnTable => ground.table(asker.login, self.serial).await,
            Subject::Request => ground.request(self.serial).await,
            Subject::Remedy => ground.remedy(self.serial).await,
            Subject::Proposal => ground.proposal(false, self.serial).await,
            Subject::Answered => ground.proposal(true, self.serial).await,
            Subject::Training => ground.training(self.serial).await,
            Subject::Money => ground.money(self.serial).await,
            Subject::Report => ground.report().await,
            Subject::Section => ground.section().await,
            Subject::Picture => ground.picture().await,
            Subject::Part => ground.part().await,
        };
        values.extend(made);
        values
    }
}

impl Ground {
    pub async fn by<T: Send + 'static>(
        &self,
        login: &str,
        work: impl FnMut(&mut Tx<'_>, &Cx) -> Result<T> + Send + 'static,
    ) -> T {
        self.app.app.act(self.app.app.cx(&self.app.site_id, login), work).await.unwrap()
    }

    /// What every address may name.
    async fn place(&self) -> Values {
        let (organ, column) = (self.organ, self.column);
        let read = self.app.read(move |tx, cx| {
            let organ = organ::queries::by_code(tx, &cx.site_id, organ)?.unwrap().id;
            Ok((organ, column::queries::by_code(tx, &cx.site_id, column)?.unwrap().id))
        });
        let (organ, column_id) = read.await;
        Values::from([
            ("organ_id", organ.0),
            ("organ", self.organ.to_owned()),
            ("organ_name", self.organ_name.clone()),
            ("register", "notice-places".to_owned()),
            ("column_id", column_id.0),
            ("column_code", column.to_owned()),
            ("page", "review".to_owned()),
            ("name", "staff.png".to_owned()),
            ("code", "other".to_owned()),
        ])
    }

    /// Somebody of this organ who has that role, without an account: for the making of subjects only.
    async fn actor(&self, login: &str, role: Role) -> Actor {
        let organ = self.organ;
        let organ_id =
            self.app.read(move |tx, cx| Ok(organ::queries::by_code(tx, &cx.site_id, organ)?.unwrap().id));
        let grant = Grant {
            id: String::new(),
            account_id: AccountId(login.to_owned()),
            organ_id: organ_id.await,
            role,
            from_on: "2026-01-01".to_owned(),
            to_on: None,
            acting_for: None,
            basis: String::new(),
        };
        Actor { login: login.to_owned(), grants: vec![grant] }
    }

    async fn write(&self, login: &str, serial: usize) -> Record {
        let content = Content {
            title: format!("关于演示事项{serial}的通知"),
            issuing_organ: self.organ_name.clone(),
            disclosure_class: "proactive".to_owned(),
            body_html: format!("<p>演示数据：第{serial}项的正文。</p>"),
            body_text: format!("演示数据：第{serial}项的正文。"),
            ..Content::default()
        };
        let column = self.column;
        let made = self.by(login, move |tx, cx| {
            let column_id = column::queries::by_code(tx, &cx.site_id, column)?.unwrap().id;
            let content_type = "other".to_owned();
            let new = NewDocument { content_type, column_id, content: content.clone() };
            let made = document::actions::create(tx, cx, &new)?;
            draft::actions::begin(tx, cx, &made.1)?;
            Ok(made)
        });
        let (id, edition) = made.await;
        let record = Record { app: self.app.clone(), id, edition, index_number: None, number: 0 };
        record.attach("附件.txt", b"demonstration").await.unwrap();
        // The file is read in the background before it can be submitted.
        crate::work::run_due(&self.app.app).await;
        record
    }

    async fn draft(&self, login: &str, serial: usize) -> Values {
        let record = self.write(login, serial).await;
        let (edition, helper) = (record.edition.clone(), "helper");
        self.by(helper, move |tx, cx| {
            let known = document::actions::find_edition(tx, cx, &edition)?;
            let content =
                Content { title: format!("{}（修改）", known.content.title), ..known.content.clone() };
            draft::actions::save(tx, cx, &known, known.version, &content).map(drop)
        })
        .await;
        let edition = record.edition.clone();
        let read = self.app.read(move |tx, cx| {
            let now = document::actions::find_edition(tx, cx, &edition)?;
            let oldest =
                draft::queries::steps(tx, &cx.site_id, &edition)?.iter().map(|step| step.version).min();
            Ok((now.version, oldest.unwrap()))
        });
        let (version, step) = read.await;
        let mut values = self.values_of(&record).await;
        values.insert("id", record.edition.0.clone());
        values.insert("version", version.to_string());
        values.insert("step", step.to_string());
        values
    }

    async fn values_of(&self, record: &Record) -> Values {
        let edition = record.edition.clone();
        let files = self
            .app
            .read(move |tx, cx| Ok(crate::attachment::queries::of_edition(tx, &cx.site_id, &edition)?))
            .await;
        Values::from([
            ("document_id", record.id.0.clone()),
            ("edition_id", record.edition.0.clone()),
            ("attachment", files[0].id.clone()),
            ("hash", files[0].file.sha256.clone()),
            ("name", files[0].name.clone()),
        ])
    }

    async fn upload(&self, login: &str, purpose: Purpose, serial: usize) -> Values {
        let edition = self.write("author", serial).await.edition;
        let upload = self
            .by(login, move |tx, cx| {
                let new = NewUpload { name: "演示.txt".to_owned(), size: 3, purpose };
                let begun = upload::begin(tx, cx, &edition, &new, 1 << 20)?;
                if purpose == Purpose::Document {
                    upload::keep_document(tx, cx, &begun.id)?;
                }
                Ok(begun)
            })
            .await;
        if purpose == Purpose::Document {
            upload::write_part(&self.app.app.files, &upload, 0, b"abc").unwrap();
        }
        Values::from([("id", upload.id)])
    }

    /// A case that waits at a gate.
    async fn case(&self, author: &str, until: Gate, serial: usize) -> Values {
        let record = self.write(author, serial).await;
        let edition = record.edition.clone();
        let by = self.actor(author, Role::InformationOfficer).await;
        let (case, _) = self.by(author, move |tx, cx| actions::submit(tx, cx, &by, &edition, "")).await;
        let content = self.content(&record.edition).await;
        if until > Gate::Round(0) {
            self.decide("reviewer", Role::Reviewer, (&case, &content), Gate::Round(0)).await;
        }
        if until > Gate::Secrecy {
            let (actor, id, seen) =
                (self.actor("keeper", Role::SecrecyReviewer).await, case.clone(), content.clone());
            self.by("keeper", move |tx, cx| secrecy::pass(tx, cx, &actor, &id, &seen, &secrecy_form())).await;
        }
        if until > Gate::SignOff {
            self.decide("signer", Role::Signer, (&case, &content), Gate::SignOff).await;
        }
        let mut values = self.values_of(&record).await;
        values.insert("case_id", case.0);
        values.insert("content", content);
        values
    }

    async fn content(&self, edition: &EditionId) -> String {
        let edition = edition.clone();
        self.app.read(move |tx, cx| Ok(Dossier::of_edition(tx, cx, &edition)?.content().0.clone())).await
    }

    async fn decide(&self, login: &str, role: Role, (case, seen): (&CaseId, &str), gate: Gate) {
        let (actor, case) = (self.actor(login, role).await, case.clone());
        let judgement = Judgement { step: Step::at(gate), seen: seen.to_owned(), remark: Remark::default() };
        self.by(login, move |tx, cx| actions::approve(tx, cx, &actor, &case, &judgement)).await;
    }

    async fn scheduled(&self, serial: usize) -> Values {
        let values = self.case("author", Gate::Publication, serial).await;
        let actor = self.actor("publisher", Role::Signer).await;
        let (case, seen) = (CaseId(values["case_id"].clone()), values["content"].clone());
        let at = crate::cx::instant_of("2026-04-01 09:00").unwrap();
        self.by("publisher", move |tx, cx| actions::schedule(tx, cx, &actor, &case, &seen, at)).await;
        values
    }

    async fn emergency(&self, serial: usize) -> Values {
        let values = self.case("author", Gate::Round(0), serial).await;
        let actor = self.actor("second", Role::Signer).await;
        let (case, seen) = (CaseId(values["case_id"].clone()), values["content"].clone());
        self.by("second", move |tx, cx| {
            emergency::publish(tx, cx, &actor, &case, (&seen, "主管道破裂"), &secrecy_form())
        })
        .await;
        values
    }

    async fn linked(&self, serial: usize) -> Values {
        let mut values = self.case("author", Gate::SignOff, serial).await;
        let (actor, case) = (self.actor("publisher", Role::Signer).await, CaseId(values["case_id"].clone()));
        let made = self.by("publisher", move |tx, cx| {
            let token = links::issue(tx, cx, &actor, &case, Step::at(Gate::SignOff), "演示区长")?;
            let mark = crate::review::queries::links(tx, &cx.site_id, &case)?[0].mark.clone();
            Ok((token, mark))
        });
        let (token, mark) = made.await;
        values.extend([("token", token), ("mark", mark)]);
        values
    }

    async fn live(&self, serial: usize) -> Values {
        let record = self.write("author", serial).await.publish().await;
        let repealing = self.write("author", serial + 100_000).await.publish().await;
        let mut values = self.values_of(&record).await;
        values.insert("repealing", repealing.index_number.unwrap());
        values
    }

    async fn asked(&self, login: &str, serial: usize) -> Values {
        let mut values = self.live(serial).await;
        let (actor, document) =
            (self.actor(login, Role::InformationOfficer).await, DocumentId(values["document_id"].clone()));
        let request = self.by(login, move |tx, cx| {
            standing::actions::request_withdrawal(tx, cx, &actor, &document, &grounds())
        });
        values.insert("request_id", request.await.0);
        values
    }

    async fn withdrawn_at_once(&self, serial: usize) -> Values {
        let mut values = self.live(serial).await;
        let (actor, document) = (
            self.actor("office.one", Role::DisclosureOffice).await,
            DocumentId(values["document_id"].clone()),
        );
        let request = self.by("office.one", move |tx, cx| {
            standing::actions::withdraw_emergency(tx, cx, &actor, &document, &grounds())
        });
        values.insert("request_id", request.await.0);
        values
    }

    async fn unsure(&self, serial: usize) -> Values {
        let incoming = Incoming {
            place: "演示".to_owned(),
            address: format!("https://www.example.gov.cn/{serial}.html"),
            origin: "pages",
            content_hash: serial.to_string(),
            content_type: "other".to_owned(),
            content: Content {
                title: format!("关于导入演示事项{serial}的通知"),
                issuing_organ: self.organ_name.clone(),
                disclosure_class: "proactive".to_owned(),
                body_html: "<p>演示数据。</p>".to_owned(),
                body_text: "演示数据。".to_owned(),
                ..Content::default()
            },
            printed: Vec::new(),
            reasons: vec![Finding::new("ambiguous_date", "日期不明")],
            remarks: Vec::new(),
            repeats_are_expected: false,
        };
        let (column, address) = (self.column, incoming.address.clone());
        self.by("import", move |tx, cx| {
            let column_id = column::queries::by_code(tx, &cx.site_id, column)?.unwrap().id;
            import::actions::take_in(tx, cx, &incoming, &column_id, true).map(drop)
        })
        .await;
        let known = self.app.read(move |tx, cx| Ok(import::queries::known(tx, cx, &address)?.unwrap())).await;
        Values::from([("document_id", known.document_id.0), ("imported_at", self.app.now().to_string())])
    }

    async fn run(&self, serial: usize) -> Values {
        let by = self.app.account(&format!("importer{serial}")).await;
        let id = format!("run-{serial}");
        let new = NewRun {
            id: id.clone(),
            what: What::Pages,
            file_name: "pages.jsonl".to_owned(),
            size: 1,
            page_address: None,
            column_code: Some(self.column.to_owned()),
            publishes: false,
            by,
            by_name: "演示".to_owned(),
        };
        self.by("importer", move |tx, cx| intake::actions::start(tx, cx, &new)).await;
        let run = id.clone();
        let found = self.app.read(move |tx, cx| intake::queries::find(tx, &cx.site_id, &run)).await.unwrap();
        Values::from([("run", id), ("job_id", found.job.0), ("what", "cancel".to_owned())])
    }

    async fn message(&self, asker: Option<&AccountId>, serial: usize) -> Values {
        let account = match asker {
            Some(account) => account.clone(),
            None => self.app.account(&format!("reader{serial}")).await,
        };
        let made = self.by("test", move |tx, cx| {
            let message =
                notify::Message { kind: notify::Kind::System, text: "演示消息", href: "/desk/messages" };
            notify::actions::tell(tx, cx, &account, message)?;
            let all =
                notify::queries::list(tx, (&cx.site_id, &account), notify::queries::Filter::default(), 0, 1);
            Ok(all?.remove(0).id)
        });
        Values::from([("message_id", made.await.0)])
    }

    async fn grant(&self, asker: Option<&AccountId>, serial: usize) -> Values {
        let colleague = self.app.account(&format!("colleague{serial}")).await;
        let of = match asker {
            Some(account) => account.clone(),
            None => {
                let account = self.app.account(&format!("holder{serial}")).await;
                self.app.grant(&account, Role::Reviewer, self.organ).await;
                account
            }
        };
        let grants =
            self.app.read(move |tx, cx| staff::queries::grants_on(tx, &cx.site_id, &of, &cx.today())).await;
        let grant = grants.first().map(|grant| grant.id.clone()).unwrap_or_default();
        Values::from([("grant", grant), ("colleague", colleague.0)])
    }

    async fn account(&self, serial: usize) -> Values {
        let account = self.app.account(&format!("kept{serial}")).await;
        self.app.grant(&account, Role::InformationOfficer, self.organ).await;
        let id = account.clone();
        let read = self.app.read(move |tx, cx| {
            let grants = staff::queries::grants_on(tx, &cx.site_id, &id, &cx.today())?;
            Ok((staff::queries::account(tx, &cx.site_id, &id)?.unwrap().version, grants[0].id.clone()))
        });
        let (version, grant) = read.await;
        Values::from([("account_id", account.0), ("version", version.to_string()), ("grant", grant)])
    }

    async fn new_organ(&self, serial: usize) -> Values {
        let organ = self.app.organ(&format!("kept-{serial}"), &format!("演示机构{serial}")).await;
        Values::from([("organ_id", organ.0), ("version", "1".to_owned())])
    }

    async fn new_column(&self, serial: usize) -> Values {
        let column = self.app.column(&format!("kept-{serial}"), "演示栏目", None).await;
        Values::from([("column_id", column.0), ("version", "1".to_owned())])
    }

    async fn notice(&self, serial: usize) -> Values {
        let day = NoticeDay { on: date(2026, 12, 1), off_day: true, name: "演示".to_owned() };
        let new = NewNotice {
            document_number: format!("演示〔2026〕{serial}号"),
            title: "演示放假通知".to_owned(),
            noticed_year: None,
            days: vec![day],
        };
        let id = self.by("test", move |tx, cx| {
            let id = cx.new_id();
            working_calendar::queries::insert(tx, cx, &id, &new)?;
            Ok(id)
        });
        Values::from([("notice_id", id.await)])
    }

    async fn word(&self, serial: usize) -> Values {
        let word = NewWord {
            kind: WordKind::Wrong,
            word: format!("演示词{serial}"),
            right: format!("演示正词{serial}"),
            note: "演示".to_owned(),
            order: 0,
            blocking: false,
        };
        let id = self.by("test", move |tx, cx| word_list::actions::add(tx, cx, &word)).await;
        Values::from([("id", id)])
    }
}

/// A filled-in secrecy form.
fn secrecy_form() -> SecrecyForm {
    SecrecyForm {
        opinion: "不涉密，可以公开。".to_owned(),
        bases: vec!["no_secret".to_owned()],
        ..SecrecyForm::default()
    }
}

fn grounds() -> Grounds {
    Grounds { reason: "content_error".to_owned(), note: "数字有误".to_owned(), told: String::new() }
}
