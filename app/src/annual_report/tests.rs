//! Stories of the annual report: it follows the records until it is signed, stays as it was afterwards, and says what changed.

mod pictures;
mod signing;
mod told;
mod withdrawn;

pub(crate) use pictures::stored_picture;

use super::{
    Report, actions, build, checks,
    document::{Block, FigureNumber, ReportDocument, ReportState, Span},
    form::Pictures,
    output::{self, Form},
    queries, release,
    returns::ReturnState,
    since,
    source::{self, Window},
};
use crate::{
    column::{self, NewColumn},
    error::{Error, Refusal},
    id::OrganId,
    notice_place::{self, NewPlace},
    service_case::{self, NewCase},
    test_app::TestApp,
    wechat_article::{self, NewArticle},
};

const YEAR: i64 = 2018;

fn column_of(code: &str, key_area: Option<&str>, takes: &str) -> NewColumn {
    NewColumn {
        code: code.to_owned(),
        name: format!("演示{code}"),
        parent: None,
        column_type: "policy".to_owned(),
        owner: Some("government".to_owned()),
        update_interval_days: None,
        description: String::new(),
        keywords: Vec::new(),
        key_area: key_area.map(str::to_owned),
        statutory_items: Vec::new(),
        content_types: if takes.is_empty() { Vec::new() } else { vec![takes.to_owned()] },
        sort: 1,
    }
}

/// A site with a few records of the year: five on the website (one normative and interpreted, one in a key area), one of
/// another year, two articles, cases on three ways, a board.
pub(crate) async fn start() -> TestApp {
    let app = TestApp::start().await;
    app.organ("culture", "文化局").await;
    for new in [column_of("area", Some("public-services"), ""), column_of("reports", None, "annual_report")] {
        app.act(move |tx, cx| column::actions::create(tx, cx, &new)).await;
    }
    app.today("2017-12-31");
    app.document("上一年的信息").publish().await;
    app.today("2018-02-03");
    let rules = app.document("演示办法").kind("normative_document").number("松政规〔2018〕1号");
    let rules = rules.written("2018-02-01").in_force("2018-03-01", None).subject("综合政务/其他", "notice");
    let rules = rules.with(|content| content.summary = "演示".to_owned()).publish().await;
    app.document("演示办法解读").kind("interpretation").publish().await.link("interprets", &rules).await;
    app.today("2018-05-06");
    app.document("重点领域信息").column("area").publish().await;
    app.document("演示通知甲").publish().await;
    app.at("2018-12-31 23:59");
    app.document("演示通知乙").organ("文化局").publish().await;
    article(&app, "文章甲").await;
    article(&app, "文章乙").await;
    for (number, route, handling) in
        [("1", "paper", "accepted"), ("2", "online", "accepted"), ("3", "online", "pushed")]
    {
        case(&app, number, route, handling).await;
    }
    board(&app).await;
    app.today("2019-02-01");
    app
}

pub(crate) async fn organ(app: &TestApp) -> OrganId {
    app.read(|tx, cx| Ok(crate::organ::queries::by_code(tx, &cx.site_id, "culture")?.unwrap().id)).await
}

pub(crate) async fn article(app: &TestApp, title: &str) -> String {
    let new = NewArticle {
        organ_id: organ(app).await,
        document_id: None,
        account: "演示发布".to_owned(),
        title: title.to_owned(),
        address: String::new(),
        published_on: "2018-07-15".to_owned(),
        withdrawn_on: None,
        withdrawn_reason: None,
    };
    app.act(move |tx, cx| wechat_article::actions::add(tx, cx, &new)).await
}

async fn case(app: &TestApp, number: &str, route: &str, handling: &str) {
    let new = NewCase {
        number: number.to_owned(),
        item_id: None,
        organ_id: organ(app).await,
        route: route.to_owned(),
        handling: handling.to_owned(),
        accepted_on: "2018-03-05".to_owned(),
        closed_on: None,
        result: String::new(),
    };
    app.act(move |tx, cx| service_case::actions::add(tx, cx, &new)).await;
}

async fn board(app: &TestApp) {
    let new = NewPlace {
        organ_id: organ(app).await,
        kind: "board".to_owned(),
        name: "公开栏".to_owned(),
        place: "一楼大厅".to_owned(),
        measure: String::new(),
        keeper: String::new(),
        set_up_on: "2016-01-01".to_owned(),
        removed_on: None,
    };
    app.act(move |tx, cx| notice_place::actions::add(tx, cx, &new)).await;
}

async fn document(app: &TestApp) -> ReportDocument {
    app.read(|tx, cx| super::current(tx, cx, "", YEAR)).await
}

fn count(document: &ReportDocument, code: &str) -> i64 {
    let figure = document.figures.iter().find(|figure| figure.code == code);
    match figure.unwrap_or_else(|| panic!("no figure {code}")).value {
        FigureNumber::Count(n) => n,
        other => panic!("{code} is {other:?}"),
    }
}

fn prose(document: &ReportDocument) -> String {
    super::body::text(document)
}

pub(crate) async fn create(app: &TestApp) -> String {
    app.act(|tx, cx| actions::create(tx, cx, "", YEAR)).await
}

pub(crate) async fn report(app: &TestApp, id: &str) -> Report {
    let id = id.to_owned();
    app.read(move |tx, cx| actions::find(tx, cx, &id)).await
}

/// Writes what only people can write and says of every empty register that there was nothing.
pub(crate) async fn finish(app: &TestApp, id: &str) {
    for (code, text) in [("problems", "演示数据：部分信息发布不及时。"), ("plans", "演示数据：加强培训。")]
    {
        write(app, id, code, text).await;
    }
    let now = report(app, id).await;
    let faults = {
        let now = now.clone();
        app.read(move |tx, cx| checks::of_report(tx, cx, &now)).await
    };
    for fault in faults {
        if let rules::report::Fault::Empty { code } = fault {
            let now = report(app, id).await;
            let zero = Some(rules::report::Declared::Zero);
            app.act(move |tx, cx| actions::declare(tx, cx, (&now.id, now.version), &code, zero)).await;
        }
    }
}

/// Writes a section as it stands.
pub(crate) async fn write(app: &TestApp, id: &str, code: &'static str, text: &str) {
    let seen = report(app, id).await.section(code).unwrap().version;
    let (id, text) = (id.to_owned(), text.to_owned());
    app.act(move |tx, cx| actions::save_section(tx, cx, (&id, seen), code, &text)).await;
}

/// A report that `test` wrote and submitted and another person signed and published.
pub(crate) async fn signed(app: &TestApp) -> String {
    let id = create(app).await;
    sign(app, &id).await;
    id
}

pub(crate) async fn sign(app: &TestApp, id: &str) {
    submit(app, id).await;
    let (cx, version) = (app.app.cx(&app.site_id, "signer"), report(app, id).await.version);
    release::sign(&app.app, cx, (id, version), "https://s.test".to_owned()).await.unwrap();
}

/// Finishes a report and hands it to the signer.
pub(crate) async fn submit(app: &TestApp, id: &str) {
    finish(app, id).await;
    let now = report(app, id).await;
    app.act(move |tx, cx| actions::submit(tx, cx, &now.id, now.version)).await;
}

#[tokio::test]
async fn the_figures_are_counted_from_the_records_of_the_year() {
    let app = start().await;
    let made = document(&app).await;
    for (code, n) in [
        ("website", 5),
        ("wechat", 2),
        ("active_total", 7),
        ("normative", 1),
        ("interpreted", 1),
        ("key_areas", 1),
        ("key_area_kinds", 1),
        ("cases_offline", 1),
        ("cases_online", 2),
        ("cases_online_pushed", 1),
        ("boards_departments", 1),
        ("boards_towns", 0),
    ] {
        assert_eq!(count(&made, code), n, "{code}");
    }
    assert!(prose(&made).contains("主动公开政府信息7条。其中，政府网站公开政府信息5条"), "{}", prose(&made));
    let empty = made.figures.iter().find(|figure| figure.code == "suggestions").unwrap();
    assert_eq!((empty.value, empty.text.as_str()), (FigureNumber::Blank, "（未填）"));
    assert_eq!(made.parts.len(), 4);
    assert!(made.parts[3].heading.starts_with("四、2019年工作思路"));
}

#[tokio::test]
async fn every_figure_tells_how_many_records_are_behind_it() {
    let app = start().await;
    // Two records of one kind of key area: the figure counts kinds, behind it are records.
    let second = app.document("同一领域的信息").column("area");
    second.with(|content| content.published_on = Some("2018-05-07".to_owned())).publish().await;
    app.read(|tx, cx| {
        let report = actions::blank(cx, "", YEAR)?;
        let made = build::make(tx, cx, &report)?;
        for figure in made.figures.all() {
            let n_of = |code: &str| made.figures.resolved(code).and_then(|f| f.n_sources).unwrap_or_default();
            let scope = report.scope();
            let found = source::page(tx, cx, (made.format, &scope, &figure.code), n_of, Window::WHOLE)?;
            let lines = source::lines(tx, cx, &found)?;
            assert_eq!(found.len() as i64, figure.n_sources.unwrap_or_default(), "{}", figure.code);
            assert!(lines.iter().all(|(_, line)| !line.title.is_empty() && line.title != "（已删除）"));
        }
        Ok(())
    })
    .await;
}

const ALL_REGISTERS: [source::Register; 12] = [
    source::Register::Document,
    source::Register::Article,
    source::Register::Item,
    source::Register::Case,
    source::Register::Organ,
    source::Register::Place,
    source::Register::Training,
    source::Register::Participant,
    source::Register::Request,
    source::Register::Remedy,
    source::Register::Proposal,
    source::Register::Money,
];

#[tokio::test]
async fn lines_come_in_the_order_of_their_ids_however_many_and_tell_what_is_gone() {
    let app = start().await;
    let first = article(&app, "第一篇").await;
    let last = article(&app, "最后一篇").await;
    app.read(move |tx, cx| {
        let id = |n: u128| uuid::Uuid::from_u128(n).to_string();
        let gone = (1..=1_200).map(id).chain(["演示-1".to_owned()]);
        let ids: Vec<String> = [first.clone()].into_iter().chain(gone).chain([last, first]).collect();
        let found: Vec<_> = ids.iter().map(|id| (source::Register::Article, id.clone())).collect();
        let lines = source::lines(tx, cx, &found)?;
        assert!(lines.iter().map(|(_, line)| &line.id).eq(ids.iter()));
        let titles: Vec<&str> = lines.iter().map(|(_, line)| line.title.as_str()).collect();
        assert_eq!((titles[0], titles[1], titles[1_201]), ("第一篇", "（已删除）", "（已删除）"));
        assert_eq!(titles[1_202..], ["最后一篇", "第一篇"]);
        for register in ALL_REGISTERS {
            let none = source::lines(tx, cx, &[(register, ids[1].clone()), (register, ids[2].clone())])?;
            assert!(none.iter().all(|(_, line)| line.title == "（已删除）"), "{register:?}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn withdrawing_a_record_and_adding_an_article_move_the_figures_in_every_form() {
    let app = start().await;
    let before = document(&app).await;
    let gone = app.document("要撤回的").with(|content| content.published_on = Some("2018-08-08".to_owned()));
    let gone = gone.publish().await;
    assert_eq!(count(&document(&app).await, "website"), count(&before, "website") + 1);
    gone.withdraw("duplicate", "演示").await.unwrap();
    assert_eq!(document(&app).await, before);
    article(&app, "又一篇").await;
    let after = document(&app).await;
    assert_eq!(count(&after, "wechat"), count(&before, "wechat") + 1);
    assert_eq!(count(&after, "active_total"), count(&before, "active_total") + 1);
    let json = output::render(Form::Json, (&after, &Pictures::new()), &app.app.press, app.now()).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let figures = json["report"]["figures"].as_array().unwrap();
    let total = figures.iter().find(|figure| figure["code"] == "active_total").unwrap();
    assert_eq!(total["value"]["value"], 8);
    let xlsx = output::render(Form::Xlsx, (&after, &Pictures::new()), &app.app.press, app.now()).unwrap();
    let text = kit_office::text::extract("a.xlsx", &xlsx, &kit_office::Limits::default()).unwrap();
    let text = format!("{text:?}");
    assert!(text.contains("主动公开政府信息数") && text.contains('8'));
}

#[tokio::test]
async fn a_report_goes_from_writing_over_signing_to_a_public_record_with_its_number_and_files() {
    let app = start().await;
    let id = signed(&app).await;
    let report = report(&app, &id).await;
    assert_eq!(report.state, ReportState::Frozen);
    let frozen = report.frozen.unwrap();
    assert_eq!(frozen.cut_off.as_deref(), Some("2019-02-01T09:00:00+08:00"));
    let number = frozen.head.iter().find(|field| field.label == "索引号").unwrap().value.clone();
    let path = frozen.address.strip_prefix("https://s.test").unwrap();
    let page = app.page(path).await;
    assert!(page.contains(&number) && page.contains(&frozen.title), "{page}");
    assert!(page.replace(' ', "").contains("政府网站公开政府信息5条"), "{page}");
    assert!(page.contains(".xlsx") && page.contains(".json"), "{page}");
}

#[tokio::test]
async fn a_signed_report_stays_and_shows_what_changed_since() {
    let app = start().await;
    let record =
        app.document("要撤回的").with(|content| content.published_on = Some("2018-08-08".to_owned()));
    let record = record.publish().await;
    let id = signed(&app).await;
    let then = document(&app).await;
    record.withdraw("duplicate", "演示").await.unwrap();
    article(&app, "又一篇").await;
    assert_eq!(document(&app).await, then);
    let report = report(&app, &id).await;
    let changes = app.read(move |tx, cx| since::changes(tx, cx, &report)).await;
    let of = |code: &str| changes.iter().find(|change| change.code == code).unwrap();
    let website = of("website");
    assert_eq!((website.then.as_str(), website.now.as_str()), ("6", "5"));
    assert_eq!((website.n_came, website.n_went), (0, 1));
    assert_eq!(website.went[0].1.title, "要撤回的");
    assert_eq!((of("wechat").n_came, of("wechat").now.as_str()), (1, "3"));
    // One came and one went: the sum is what it was.
    let unchanged = ["active_total", "normative"];
    assert!(!changes.iter().any(|change| unchanged.contains(&change.code.as_str())));
}

#[tokio::test]
async fn a_correction_is_a_further_edition_with_its_reason_and_both_stay_readable() {
    let app = start().await;
    let first = signed(&app).await;
    article(&app, "漏计的文章").await;
    let wanted = first.clone();
    let next = app.act(move |tx, cx| actions::correct(tx, cx, &wanted, "漏计政务微信文章")).await;
    assert_eq!(
        count(&document(&app).await, "wechat"),
        2,
        "the signed one counts until the correction is signed"
    );
    let draft = report(&app, &next).await;
    let draft = app.read(move |tx, cx| build::document(tx, cx, &draft)).await;
    assert_eq!(count(&draft, "wechat"), 3);
    sign(&app, &next).await;
    let (old, new) = (report(&app, &first).await, report(&app, &next).await);
    assert_eq!((old.state, new.state, new.number), (ReportState::Superseded, ReportState::Frozen, 2));
    assert_eq!(count(old.frozen.as_ref().unwrap(), "wechat"), 2);
    let frozen = new.frozen.unwrap();
    assert_eq!(frozen.correction_reason, "漏计政务微信文章");
    assert_eq!(frozen.address, old.frozen.unwrap().address);
    let path = frozen.address.strip_prefix("https://s.test").unwrap().to_owned();
    let close = |page: String| page.replace(' ', "");
    assert!(close(app.page(&path).await).contains("政务微信公开政府信息3条"));
    let old = app.page(&format!("{path}/versions/1")).await;
    assert!(close(old).contains("政务微信公开政府信息2条"));
    let again = app.try_act(move |tx, cx| actions::correct(tx, cx, &first, "再来")).await;
    assert!(matches!(again, Err(Error::Refused(_))));
}

#[tokio::test]
async fn who_wrote_a_report_may_not_sign_it_and_blanks_must_be_explained_first() {
    let app = start().await;
    let id = create(&app).await;
    let now = report(&app, &id).await;
    let early = app.try_act(move |tx, cx| actions::submit(tx, cx, &now.id, now.version)).await;
    let Err(Error::Refused(Refusal::Invalid(why))) = early else { panic!("submitted with blanks") };
    assert!(why.contains("是空白，不能当作零") && why.contains("还没有正文"), "{why}");
    submit(&app, &id).await;
    let now = report(&app, &id).await;
    let own =
        app.try_act(move |tx, cx| actions::sign(tx, cx, (&now.id, now.version), "https://s.test")).await;
    let Err(Error::Refused(Refusal::Invalid(why))) = own else { panic!("signed by the writer") };
    assert!(why.contains("编写年报的人不能签发"), "{why}");
    let now = report(&app, &id).await;
    let late = app.try_act(move |tx, cx| actions::save_section(tx, cx, (&now.id, 2), "plans", "改")).await;
    assert!(matches!(late, Err(Error::Refused(_))));
}

#[tokio::test]
async fn numbers_typed_in_prose_are_held_against_the_tables() {
    let app = start().await;
    let id = create(&app).await;
    let text = "政府网站公开政府信息9条，政务微信公开政府信息2条，共发布77条。{{figure:nothing}}";
    write(&app, &id, "problems", text).await;
    let now = report(&app, &id).await;
    let told = app
        .read(move |tx, cx| {
            let faults = checks::of_report(tx, cx, &now)?;
            let format = now.format(cx.reference)?;
            Ok(faults.iter().map(|fault| super::words::fault(format, fault)).collect::<Vec<_>>())
        })
        .await;
    for sentence in [
        "正文写“9条”",
        "“2条”是直接写的数字",
        "“77条”与年报中的任何统计数都不相同",
        "“{{figure:nothing}}”无法识别",
    ] {
        assert!(told.iter().any(|told| told.contains(sentence)), "{sentence}: {told:#?}");
    }
    let stale = report(&app, &id).await;
    let lost =
        app.try_act(move |tx, cx| actions::save_section(tx, cx, (&stale.id, 1), "problems", "改")).await;
    assert!(matches!(lost, Err(Error::Conflict)));
}

#[tokio::test]
async fn a_unit_has_a_report_of_its_own_records_and_figures_of_the_site_do_not_apply() {
    let app = start().await;
    let culture = organ(&app).await;
    let made = app.read(move |tx, cx| super::current(tx, cx, &culture.0, YEAR)).await;
    assert_eq!(made.organ_name, "文化局");
    assert!(made.title.contains("文化局"), "{}", made.title);
    assert_eq!((count(&made, "website"), count(&made, "wechat")), (1, 2));
    let towns = made.figures.iter().find(|figure| figure.code == "boards_towns").unwrap();
    assert_eq!(towns.value, FigureNumber::NotApplicable);
}

#[tokio::test]
async fn a_unit_answers_with_its_own_counts_which_are_held_against_its_records() {
    let app = start().await;
    let id = create(&app).await;
    let culture = organ(&app).await;
    let (asked, organ_id) = (id.clone(), culture.0.clone());
    app.act(move |tx, cx| {
        actions::ask(tx, cx, &asked, std::slice::from_ref(&organ_id), ("2019-02-20", "请核对"))
    })
    .await;
    let (asked, organ_id) = (id.clone(), culture.0.clone());
    let waiting = app.read(move |tx, cx| queries::open_returns(tx, &cx.site_id, &organ_id)).await;
    assert_eq!((waiting.len(), waiting[0].0.state), (1, ReturnState::Asked));
    assert!(waiting[0].0.is_late("2019-02-21") && !waiting[0].0.is_late("2019-02-20"));
    let counts = [("website".to_owned(), 4), ("wechat".to_owned(), 2)].into_iter().collect();
    let answer = actions::Answer { counts, comment: "演示".to_owned() };
    let organ_id = culture.0.clone();
    app.act(move |tx, cx| actions::answer(tx, cx, (&asked, &organ_id), 1, &answer)).await;
    let now = report(&app, &id).await;
    let organ_id = culture.0.clone();
    let units = app
        .read(move |tx, cx| {
            let answered = queries::return_of(tx, &cx.site_id, &now.id, &organ_id)?.unwrap();
            checks::of_return(tx, cx, &now, (&answered, "文化局"))
        })
        .await;
    assert!(matches!(units[..], [rules::report::Fault::Unit { says: 4, counted: 1, .. }]), "{units:?}");
    let (asked, organ_id) = (id.clone(), culture.0.clone());
    app.act(move |tx, cx| actions::give_back(tx, cx, (&asked, &organ_id), "请核对网站信息数")).await;
    let organ_id = culture.0.clone();
    let waiting = app.read(move |tx, cx| queries::open_returns(tx, &cx.site_id, &organ_id)).await;
    assert_eq!(waiting[0].0.state, ReturnState::Returned);
    submit(&app, &id).await;
    let late = app.try_act(move |tx, cx| actions::give_back(tx, cx, (&id, &culture.0), "请核对")).await;
    assert!(matches!(late, Err(Error::Refused(Refusal::Invalid(said))) if said.contains("不在编写中")));
}

#[tokio::test]
async fn a_report_repeating_another_organs_text_is_told_and_years_without_a_format_are_refused() {
    let app = start().await;
    let culture = organ(&app).await;
    let long = "全区政务公开工作还存在一些问题和薄弱环节，从事政务公开工作人员兼职多、流动性大，一定程度上存在信息发布不及时、突击发布、信息质量不高、工作的连续性差等问题，需要改进。";
    let mut last = String::new();
    for organ_id in [String::new(), culture.0] {
        let id = app.act(move |tx, cx| actions::create(tx, cx, &organ_id, YEAR)).await;
        write(&app, &id, "problems", long).await;
        last = id;
    }
    let now = report(&app, &last).await;
    let faults = app.read(move |tx, cx| checks::of_report(tx, cx, &now)).await;
    assert!(faults.iter().any(|fault| matches!(fault, rules::report::Fault::Alike { percent: 100, .. })));
    let refused = app.try_act(|tx, cx| actions::create(tx, cx, "", 2022)).await;
    assert!(matches!(refused, Err(Error::Refused(_))));
    let twice = app.try_act(|tx, cx| actions::create(tx, cx, "", YEAR)).await;
    assert!(matches!(twice, Err(Error::Refused(_))));
}

#[tokio::test]
async fn the_json_follows_its_published_schema() {
    let app = start().await;
    let made = document(&app).await;
    let json: serde_json::Value = serde_json::from_slice(
        &output::render(Form::Json, (&made, &Pictures::new()), &app.app.press, app.now()).unwrap(),
    )
    .unwrap();
    let schema = include_str!("../../../docs/manual/annual-report.schema.json");
    let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
    assert_eq!(json["$schema"], schema["$id"]);
    schema_holds(&schema, &schema, &json, "$");
}

/// As much of JSON Schema as the schema uses: type, properties, required, additionalProperties, items, enum, oneOf, $ref.
fn schema_holds(root: &serde_json::Value, schema: &serde_json::Value, value: &serde_json::Value, at: &str) {
    assert!(fits(root, schema, value), "{at}: {value} does not fit {schema}");
    if let (Some(properties), Some(object)) = (schema["properties"].as_object(), value.as_object()) {
        for (name, value) in object {
            let inner = properties.get(name).unwrap_or_else(|| panic!("{at}.{name} is not in the schema"));
            schema_holds(root, inner, value, &format!("{at}.{name}"));
        }
    }
}

fn fits(root: &serde_json::Value, schema: &serde_json::Value, value: &serde_json::Value) -> bool {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = root.pointer(reference.trim_start_matches('#')).unwrap();
        return fits(root, target, value);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        return choices.iter().filter(|choice| fits(root, choice, value)).count() == 1;
    }
    if schema.get("const").is_some_and(|only| only != value) {
        return false;
    }
    if schema["enum"].as_array().is_some_and(|known| !known.contains(value)) {
        return false;
    }
    let is_type = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("unknown type {other}"),
    };
    let types: Vec<&str> = match &schema["type"] {
        serde_json::Value::String(one) => vec![one],
        serde_json::Value::Array(many) => many.iter().filter_map(|one| one.as_str()).collect(),
        _ => Vec::new(),
    };
    if !types.is_empty() && !types.iter().any(|name| is_type(name)) {
        return false;
    }
    if let Some(object) = value.as_object() {
        let required = schema["required"].as_array();
        if required.is_some_and(|all| all.iter().any(|name| !object.contains_key(name.as_str().unwrap()))) {
            return false;
        }
        let properties = schema["properties"].as_object();
        let known = |(name, value): (&String, &serde_json::Value)| match properties.and_then(|p| p.get(name))
        {
            Some(inner) => fits(root, inner, value),
            None => schema["additionalProperties"] != false,
        };
        if !object.iter().all(known) {
            return false;
        }
    }
    let items = schema.get("items");
    let holds = |value: &serde_json::Value| items.is_none_or(|items| fits(root, items, value));
    value.as_array().is_none_or(|all| all.iter().all(holds))
}

#[tokio::test]
async fn spans_and_tables_carry_the_figures_they_show() {
    let app = start().await;
    let made = document(&app).await;
    let blocks: Vec<&Block> = made.parts.iter().flat_map(|part| &part.blocks).collect();
    let shown = blocks.iter().any(|block| {
        matches!(block, Block::Paragraph { spans } if spans.contains(&Span::Figure { code: "website".to_owned(), text: "5".to_owned() }))
    });
    assert!(shown);
    let table = blocks.iter().find_map(|block| match block {
        Block::Table(table) if table.code == "channels" => Some(table),
        _ => None,
    });
    let cells: Vec<&str> = table.unwrap().rows[0].iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(cells[..4], ["数量", "5", "1", "2"]);
    let charts = blocks.iter().filter(|block| matches!(block, Block::Chart(_))).count();
    assert_eq!(charts, 4, "the four diagrams of the source");
}

#[tokio::test]
async fn a_report_is_begun_for_a_year_that_has_a_format() {
    let app = TestApp::start().await;
    let reference = app.app.reference;
    assert_eq!(super::years(reference), "2008—2018年");
    assert_eq!(super::next_year(reference, 2025), 2018, "the newest year with a format");
    assert_eq!(super::next_year(reference, 2016), 2016, "the year before this one");
}
