//! Stories of the demonstration's whole year: loaded through the actions of staff, the tables hold exactly what the data say that the
//! published report of that year counts. The figures stand in the data, never here.

use std::sync::Arc;

use kit_db::{Sql, params, sql};
use kit_office::programs;

use crate::{
    annual_report::{
        self,
        document::{FigureNumber, ReportDocument},
        output::{self, Form},
        picture,
    },
    audit, background,
    cx::instant_of,
    demo::load,
    document::ChangeReason,
    id::DocumentId,
    organ, publishing,
    test_app::TestApp,
    wechat_article::{self, NewArticle},
};

/// The folder and the code of the district.
const SITE: &str = "songling";

/// What the written data say must be counted.
struct Expected(toml::Table);

impl Expected {
    fn read() -> Expected {
        Expected(toml::from_str(&load::text("songling/expected-2018.toml").unwrap()).unwrap())
    }

    fn year(&self) -> i64 {
        self.0["year"].as_integer().unwrap()
    }

    fn number(&self, table: &str, field: &str) -> i64 {
        self.0[table][field].as_integer().unwrap_or_else(|| panic!("{table}.{field}"))
    }

    fn text(&self, table: &str, field: &str) -> String {
        self.0[table][field].as_str().unwrap_or_else(|| panic!("{table}.{field}")).to_owned()
    }
}

/// The district of the demonstration and what must be counted in it.
struct District {
    app: TestApp,
    expected: Expected,
}

impl District {
    async fn load() -> District {
        let app = TestApp::without_a_site().await;
        app.today("2026-12-31");
        load::load(&app.app, SITE, Arc::new(|_, _| ())).await.unwrap();
        let site = app.app.site(SITE).await.unwrap();
        background::refresh_sites(&app.app).await.unwrap();
        District { app: app.on(&site), expected: Expected::read() }
    }

    /// The number that a statement over the first and the last day of the year counts as `n`.
    async fn count(&self, sql: Sql) -> i64 {
        let year = self.expected.year();
        self.count_between(sql, format!("{year}-01-01"), format!("{year}-12-31")).await
    }

    async fn count_between(&self, sql: Sql, from: String, to: String) -> i64 {
        self.app
            .read(move |tx, cx| {
                let rows = tx.query(sql, params![&cx.site_id, &from, &to])?;
                Ok(rows[0].get::<i64>("n")?)
            })
            .await
    }

    async fn holds(&self, table: &str, field: &str, sql: Sql) {
        assert_eq!(self.count(sql).await, self.expected.number(table, field), "{table}.{field}");
    }

    async fn records(&self) {
        let first = |year: i64| instant_of(&format!("{year}-01-01 00:00")).unwrap();
        let (from, to) = (first(self.expected.year()), first(self.expected.year() + 1));
        let rows = self
            .app
            .read(move |tx, cx| {
                let sql = sql!(
                    "select sum(case when d.state = 'live' then 1 else 0 end) as website,
                            sum(case when d.state = 'live' and d.content_type = 'normative_document'
                                     then 1 else 0 end) as normative_documents,
                            sum(case when d.state = 'live' and c.key_area is not null
                                     then 1 else 0 end) as key_areas,
                            sum(case when d.state = 'withdrawn' then 1 else 0 end) as withdrawn
                       from document d
                       join site_column c on c.site_id = d.site_id and c.column_id = d.column_id
                      where d.site_id = $1 and d.first_published_at >= $2 and d.first_published_at < $3"
                );
                Ok(tx.query(sql, params![&cx.site_id, from, to])?)
            })
            .await;
        for field in ["website", "normative_documents", "key_areas", "withdrawn"] {
            assert_eq!(rows[0].get::<i64>(field).unwrap(), self.expected.number("records", field), "{field}");
        }
    }

    /// Towns, areas, communities, and everything else but the government itself; each has one board of its own.
    async fn organs(&self) {
        let last_day = format!("{}-12-31", self.expected.year());
        let rows = self
            .app
            .read(move |tx, cx| {
                let sql = sql!(
                    "select o.kind,
                            (select count(*) from notice_place p
                              where p.site_id = o.site_id and p.organ_id = o.organ_id and p.kind = 'board'
                                and p.set_up_on <= $2 and (p.removed_on is null or p.removed_on >= $2)) as n_boards
                       from organ o
                      where o.site_id = $1 and o.kind <> 'government'
                        and o.valid_from_on <= $2 and (o.valid_to_on is null or o.valid_to_on >= $2)"
                );
                Ok(tx.query(sql, params![&cx.site_id, &last_day])?)
            })
            .await;
        let mut rest = rows.len() as i64;
        for (kind, field) in
            [("town", "towns"), ("dispatched", "management_areas"), ("community", "communities")]
        {
            let n = rows.iter().filter(|row| row.get::<String>("kind").unwrap() == kind).count() as i64;
            assert_eq!(n, self.expected.number("organs", field), "{kind}");
            rest -= n;
        }
        assert_eq!(rest, self.expected.number("organs", "departments"));
        assert!(rows.iter().all(|row| row.get::<i64>("n_boards").unwrap() == 1));
    }

    async fn service(&self) {
        let items = sql!(
            "select count(*) as n from service_item
              where site_id = $1 and entered_on <= $3 and (ended_on is null or ended_on >= $3) and $2 <= $3"
        );
        self.holds("service", "items", items).await;
        let units = sql!(
            "select count(distinct organ_id) as n from service_item
              where site_id = $1 and entered_on <= $3 and (ended_on is null or ended_on >= $3) and $2 <= $3"
        );
        self.holds("service", "units", units).await;
        let offline = sql!(
            "select count(*) as n from service_case
              where site_id = $1 and accepted_on >= $2 and accepted_on <= $3 and route <> 'online'"
        );
        self.holds("service", "offline", offline).await;
        let accepted = sql!(
            "select count(*) as n from service_case where site_id = $1 and accepted_on >= $2
                and accepted_on <= $3 and route = 'online' and handling = 'accepted'"
        );
        self.holds("service", "accepted_online", accepted).await;
        let pushed = sql!(
            "select count(*) as n from service_case where site_id = $1 and accepted_on >= $2
                and accepted_on <= $3 and route = 'online' and handling = 'pushed'"
        );
        self.holds("service", "pushed_online", pushed).await;
    }

    async fn channels_and_requests(&self) {
        let articles = sql!(
            "select count(*) as n from wechat_article where site_id = $1 and published_on >= $2
                and published_on <= $3 and withdrawn_on is null"
        );
        self.holds("wechat", "articles", articles).await;
        let corrected = sql!(
            "select count(*) as n from disclosure_request
              where site_id = $1 and corrected_on >= $2 and corrected_on <= $3"
        );
        self.holds("requests", "corrected", corrected).await;
        let reconsiderations = sql!(
            "select count(*) as n from remedy where site_id = $1 and filed_on >= $2 and filed_on <= $3
                and kind = 'reconsideration'"
        );
        self.holds("requests", "reconsiderations", reconsiderations).await;
        let lawsuits = sql!(
            "select count(*) as n from remedy where site_id = $1 and filed_on >= $2 and filed_on <= $3
                and kind = 'litigation'"
        );
        self.holds("requests", "lawsuits", lawsuits).await;
    }

    async fn proposals(&self) {
        let suggestions = sql!(
            "select count(*) as n from proposal where site_id = $1 and received_on >= $2
                and received_on <= $3 and kind = 'suggestion'"
        );
        self.holds("proposals", "suggestions", suggestions).await;
        let proposals = sql!(
            "select count(*) as n from proposal where site_id = $1 and received_on >= $2
                and received_on <= $3 and kind = 'proposal'"
        );
        self.holds("proposals", "proposals", proposals).await;
        let replied = sql!(
            "select count(*) as n from proposal where site_id = $1 and received_on >= $2
                and received_on <= $3 and replied_on <= $3"
        );
        self.holds("proposals", "replied", replied).await;
    }

    async fn training_and_money(&self) {
        let tested = sql!(
            "select count(distinct p.organ_id) as n from training_participant p
               join training t on t.site_id = p.site_id and t.training_id = p.training_id
              where p.site_id = $1 and t.kind = 'test' and t.held_on >= $2 and t.held_on <= $3 and p.attended"
        );
        let tested_on = self.expected.text("training", "tested_on");
        let units = self.count_between(tested, tested_on.clone(), tested_on).await;
        assert_eq!(units, self.expected.number("training", "tested_units"));
        for (kind, field) in [("budget", "budget_yuan"), ("expense", "spent_yuan")] {
            let sum = sql!(
                "select cast(sum(amount_fen) as bigint) as n from finance_entry
                  where site_id = $1 and cast(year as text) = $2 and kind = $3"
            );
            let fen = self.count_between(sum, self.expected.year().to_string(), kind.to_owned()).await;
            assert_eq!(fen, 100 * self.expected.number("finance", field), "{field}");
        }
    }
}

/// The report of a year: its figures, and its five forms, each as the text that a reader finds in it, without white space.
struct Told {
    report: ReportDocument,
    forms: Vec<(Form, String)>,
}

impl Told {
    async fn of(app: &TestApp, year: i64) -> Told {
        let report = app.read(move |tx, cx| annual_report::current(tx, cx, "", year)).await;
        let pictures = picture::read(&app.app.files, &app.site_id, &report).unwrap();
        let written = |form: Form| {
            let bytes = output::render(form, (&report, &pictures), &app.app.press, app.now()).unwrap();
            (form, text_of(form, &bytes))
        };
        let forms = Form::ALL.into_iter().map(written).collect();
        Told { report, forms }
    }

    /// A figure by its code: a share in percent, money in yuan.
    fn number(&self, code: &str) -> i64 {
        let figure = self.report.figures.iter().find(|figure| figure.code == code);
        match figure.unwrap_or_else(|| panic!("the report does not show {code}")).value {
            FigureNumber::Count(n) => n,
            FigureNumber::Percent { part, of } => part * 100 / of,
            FigureNumber::Money { fen } => fen / 100,
            FigureNumber::Blank | FigureNumber::NotApplicable => panic!("{code} has no number"),
        }
    }

    /// The figure has that number, and so has it in every form: by its code in those for programs, as a text in the others
    /// where it is too large to stand there by chance.
    fn tells(&self, code: &str, number: i64) {
        assert_eq!(self.number(code), number, "{code}");
        let plain = number.to_string();
        let grouped = kit_chart::format_number(number as f64);
        for (form, text) in &self.forms {
            if *form == Form::Json {
                let json: serde_json::Value = serde_json::from_str(text).unwrap();
                let figures = json["report"]["figures"].as_array().unwrap();
                let figure = figures.iter().find(|figure| figure["code"] == code).unwrap();
                let printed = figure["text"].as_str().unwrap();
                assert_eq!(printed, plain, "{code} in the JSON");
            } else if number >= LEAST_TELLING {
                let told = [&plain, &grouped].into_iter().any(|digits| stands_alone(text, digits));
                assert!(told, "{code} = {number} is not in the {}", form.extension());
            }
        }
    }
}

/// Smaller numbers stand everywhere by chance.
const LEAST_TELLING: i64 = 100;

fn text_of(form: Form, bytes: &[u8]) -> String {
    let text = match form {
        Form::Html | Form::Json => String::from_utf8(bytes.to_vec()).unwrap(),
        Form::Pdf => programs::pdf_words(bytes),
        Form::Docx | Form::Xlsx => {
            let name = format!("report.{}", form.extension());
            let pieces = kit_office::text::extract(&name, bytes, &kit_office::Limits::default()).unwrap();
            pieces.iter().map(|piece| piece.text.as_str()).collect()
        }
    };
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether the digits are not a part of a longer number.
fn stands_alone(text: &str, digits: &str) -> bool {
    text.match_indices(digits).any(|(at, _)| {
        let is_digit = |c: char| c.is_ascii_digit();
        !text[..at].ends_with(is_digit) && !text[at + digits.len()..].starts_with(is_digit)
    })
}

impl Expected {
    /// What the report tells: the code of each figure and its number.
    fn of_the_report(&self) -> Vec<(&'static str, i64)> {
        let (website, wechat) = (self.number("records", "website"), self.number("wechat", "articles"));
        let told = [
            ("normative", "records", "normative_documents"),
            ("key_areas", "records", "key_areas"),
            ("boards_towns", "organs", "towns"),
            ("boards_management_areas", "organs", "management_areas"),
            ("boards_communities", "organs", "communities"),
            ("boards_departments", "organs", "departments"),
            ("tested_units", "organs", "tested"),
            ("service_units", "service", "units"),
            ("service_items", "service", "items"),
            ("cases_offline", "service", "offline"),
            ("cases_online", "service", "online"),
            ("cases_online_accepted", "service", "accepted_online"),
            ("cases_online_pushed", "service", "pushed_online"),
            ("reconsiderations", "requests", "reconsiderations"),
            ("litigations", "requests", "lawsuits"),
            ("suggestions", "proposals", "suggestions"),
            ("proposals", "proposals", "proposals"),
            ("budget", "finance", "budget_yuan"),
        ];
        let counted = told.map(|(code, table, field)| (code, self.number(table, field)));
        let sums = [
            ("website", website),
            ("wechat", wechat),
            ("active_total", website + wechat),
            ("reply_rate", 100),
        ];
        sums.into_iter().chain(counted).collect()
    }
}

#[tokio::test]
async fn the_report_of_the_year_tells_in_all_five_forms_what_the_published_one_told_and_follows_the_records()
{
    let District { app, expected } = District::load().await;
    let year = expected.year();
    let before = Told::of(&app, year).await;
    for (code, number) in expected.of_the_report() {
        before.tells(code, number);
    }
    // One record taken back: one less on the website, one less in all.
    let of_the_year = app
        .read(move |tx, cx| {
            let sql = sql!(
                "select d.document_id from document d join site_column c on c.site_id = d.site_id and c.column_id = d.column_id
                  where d.site_id = $1 and d.state = 'live' and d.listed_on between $2 and $3 and c.key_area is null
                    and d.content_type = 'notice' order by d.public_number limit 1"
            );
            let (first, last) = (format!("{year}-01-01"), format!("{year}-12-31"));
            Ok(tx.query_one(sql, params![&cx.site_id, first, last])?.get::<String>("document_id")?)
        })
        .await;
    let gone = DocumentId(of_the_year);
    app.act(move |tx, cx| {
        publishing::actions::withdraw(tx, cx, &gone, ChangeReason { code: "duplicate", note: "演示" })
    })
    .await;
    let (website, wechat) = (expected.number("records", "website"), expected.number("wechat", "articles"));
    let after = Told::of(&app, year).await;
    after.tells("website", website - 1);
    after.tells("active_total", website + wechat - 1);
    for (form, text) in &after.forms {
        assert!(
            !stands_alone(text, &website.to_string()),
            "the {} still tells the old number",
            form.extension()
        );
    }
    // One more article.
    app.act(move |tx, cx| {
        let organ_id = organ::queries::by_code(tx, &cx.site_id, "government-office")?.unwrap().id;
        let new = NewArticle {
            organ_id,
            document_id: None,
            account: "松岭发布（演示）".to_owned(),
            title: "演示：又一篇文章".to_owned(),
            address: String::new(),
            published_on: format!("{year}-12-30"),
            withdrawn_on: None,
            withdrawn_reason: None,
        };
        wechat_article::actions::add(tx, cx, &new).map(drop)
    })
    .await;
    let after = Told::of(&app, year).await;
    after.tells("wechat", wechat + 1);
    after.tells("active_total", website + wechat);
}

#[tokio::test]
async fn the_loaded_year_holds_what_the_published_report_counts() {
    let district = District::load().await;
    district.records().await;
    district.organs().await;
    district.service().await;
    district.channels_and_requests().await;
    district.proposals().await;
    district.training_and_money().await;
    let verdict = district.app.read(|tx, cx| audit::actions::verify(tx, &cx.site_id)).await;
    assert!(matches!(verdict, audit::Verdict::Intact { .. }), "{verdict:?}");
}
