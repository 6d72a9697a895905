//! Stories of the demonstration's whole year: loaded through the actions of staff, the tables hold exactly what the data say that the
//! published report of that year counts.

use std::sync::Arc;

use kit_db::{params, sql};

use crate::{background, cx::instant_of, demo::load, test_app::TestApp};

/// The folder and the code of the district.
const SITE: &str = "songling";

/// What the written data say must be counted.
pub(super) struct Expected(toml::Table);

impl Expected {
    pub(super) fn read() -> Expected {
        Expected(toml::from_str(&load::text("songling/expected-2018.toml").unwrap()).unwrap())
    }

    pub(super) fn year(&self) -> i64 {
        self.0["year"].as_integer().unwrap()
    }

    pub(super) fn number(&self, table: &str, field: &str) -> i64 {
        self.0[table][field].as_integer().unwrap_or_else(|| panic!("{table}.{field}"))
    }

    /// First instant of the year and of the next.
    fn instants(&self) -> (i64, i64) {
        let first = |year: i64| instant_of(&format!("{year}-01-01 00:00")).unwrap();
        (first(self.year()), first(self.year() + 1))
    }
}

/// The whole district of the demonstration.
pub(super) async fn district() -> TestApp {
    let app = TestApp::start().await;
    app.today("2026-12-31");
    load::load(&app.app, SITE, Arc::new(|_, _| ())).await.unwrap();
    let site = app.app.site(SITE).await.unwrap();
    background::refresh_sites(&app.app).await.unwrap();
    app.on(&site)
}

#[tokio::test]
async fn the_year_holds_as_many_public_records_as_the_published_report_counts() {
    let app = district().await;
    let expected = Expected::read();
    let (from, to) = expected.instants();
    let [website, normative, key_areas, withdrawn] = app
        .read(move |tx, cx| {
            let rows = tx.query(
                sql!(
                    "select sum(case when d.state = 'live' then 1 else 0 end) as n_live,
                            sum(case when d.state = 'live' and d.content_type = 'normative_document'
                                     then 1 else 0 end) as n_normative,
                            sum(case when d.state = 'live' and c.key_area is not null
                                     then 1 else 0 end) as n_key_areas,
                            sum(case when d.state = 'withdrawn' then 1 else 0 end) as n_withdrawn
                       from document d
                       join site_column c on c.site_id = d.site_id and c.column_id = d.column_id
                      where d.site_id = $1 and d.first_published_at >= $2 and d.first_published_at < $3"
                ),
                params![&cx.site_id, from, to],
            )?;
            let count = |name: &str| rows[0].get::<i64>(name);
            Ok([count("n_live")?, count("n_normative")?, count("n_key_areas")?, count("n_withdrawn")?])
        })
        .await;
    assert_eq!(website, expected.number("records", "website"));
    assert_eq!(normative, expected.number("records", "normative_documents"));
    assert_eq!(key_areas, expected.number("records", "key_areas"));
    assert_eq!(withdrawn, expected.number("records", "withdrawn"));
}

#[tokio::test]
async fn the_organs_at_the_end_of_the_year_are_the_towns_areas_communities_and_departments_of_the_report() {
    let app = district().await;
    let expected = Expected::read();
    let last_day = format!("{}-12-31", expected.year());
    let kinds: Vec<String> = app
        .read(move |tx, cx| {
            let rows = tx.query(
                sql!(
                    "select kind from organ where site_id = $1 and kind <> 'government'
                        and valid_from_on <= $2 and (valid_to_on is null or valid_to_on >= $2)"
                ),
                params![&cx.site_id, last_day],
            )?;
            Ok(rows.iter().map(|row| row.get("kind")).collect::<std::result::Result<_, _>>()?)
        })
        .await;
    let n_of = |kind: &str| kinds.iter().filter(|other| *other == kind).count() as i64;
    let apart = [("town", "towns"), ("dispatched", "management_areas"), ("community", "communities")];
    for (kind, field) in apart {
        assert_eq!(n_of(kind), expected.number("organs", field), "{kind}");
    }
    let departments = kinds.len() as i64 - apart.iter().map(|(kind, _)| n_of(kind)).sum::<i64>();
    assert_eq!(departments, expected.number("organs", "departments"));
}
