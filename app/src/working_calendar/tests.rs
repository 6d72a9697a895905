//! Stories of the calendar as the system administrator keeps it: what moves is shown first, and then it is so everywhere.

use rules::permission::Role;

use crate::test_app::{Desk, Record, TestApp};

/// A site on which something waits: a secrecy review since Friday 20 March 2026, due on Tuesday the 24th.
struct Waiting {
    app: TestApp,
    administrator: Desk,
    keeper: Desk,
    case: String,
    record: Record,
}

impl Waiting {
    async fn open() -> Waiting {
        let app = TestApp::start().await;
        let mut drafter = app.officer("drafter", Role::InformationOfficer, "government").await;
        let keeper = app.officer("keeper", Role::SecrecyReviewer, "government").await;
        let administrator = app.officer("xi-tong", Role::SystemAdministrator, "government").await;
        let record = app.document("等待审查的信息").written("2026-03-20").draft().await;
        let sent = drafter.post(&format!("/desk/editions/{}/submit", record.edition.0), &[]).await;
        assert!(sent.text().contains("已送审"), "{}", sent.text());
        Waiting { case: sent.address().to_owned(), app, administrator, keeper, record }
    }

    /// Sends the form, and again with what the preview showed.
    async fn confirm(&mut self, path: &str, fields: &[(&str, &str)]) -> String {
        let preview = self.administrator.post(path, fields).await;
        assert_eq!(preview.status(), 200, "{}", preview.text());
        let seen = preview.one("input[name=seen]").attribute("value").unwrap().to_owned();
        let all = [fields, &[("confirmed", "yes"), ("seen", seen.as_str())]].concat();
        self.administrator.post(path, &all).await.text()
    }

    async fn due_on(&self) -> String {
        let steps = self.app.read(|tx, cx| crate::review::queries::all_open_steps(tx, &cx.site_id)).await;
        steps[0].step.due_on.clone()
    }
}

const NEW: &str = "/desk/admin/calendar/notices/new";
const ORDER: [(&str, &str); 3] = [
    ("document_number", "松政办发〔2026〕9号"),
    ("title", "关于防汛期间放假的通知"),
    ("days", "2026-03-23 放假 防汛应急"),
];

#[tokio::test]
async fn a_local_order_moves_what_is_open_after_it_was_shown_and_not_before() {
    let mut here = Waiting::open().await;
    assert_eq!(here.due_on().await, "2026-03-24");
    let preview = here.administrator.post(NEW, &ORDER).await.text();
    for word in ["还没有做任何更改", "保密审查", "2026年3月24日", "2026年3月25日", "公开期限", "个工作日 →"]
    {
        assert!(preview.contains(word), "{word}: {preview}");
    }
    assert!(!preview.contains("等待审查的信息"), "whoever keeps the calendar does not read drafts");
    assert_eq!(here.due_on().await, "2026-03-24");
    let done = here.confirm(NEW, &ORDER).await;
    assert!(done.contains("日历通知已增加，1 个未办结的期限已重新计算"), "{done}");
    assert_eq!(here.due_on().await, "2026-03-25");
    assert!(here.keeper.page(&here.case.clone()).await.contains("还有 2 个工作日"));
    let ledger = here.keeper.page("/desk/deadlines/publication?formed_on=2026-03-20").await;
    assert!(ledger.contains("防汛应急放假") && ledger.contains("松政办发〔2026〕9号"), "{ledger}");
    assert!(here.keeper.page("/desk/calendar?month=2026-03").await.contains("防汛应急"));
    let year = here.administrator.page("/desk/admin/calendar?year=2026").await;
    assert!(year.contains("松政办发〔2026〕9号") && year.contains("生效"), "{year}");
    let other = here.app.site("yichun").await;
    let there = other.app.cx(&other.site_id, "test");
    assert!(there.calendar().is_working_day("2026-03-23".parse().unwrap()), "another site goes on working");
    drop(here.record);
}

#[tokio::test]
async fn a_notice_is_changed_and_ended_and_last_days_move_back() {
    let mut here = Waiting::open().await;
    here.confirm(NEW, &ORDER).await;
    let page = here.administrator.get("/desk/admin/calendar").await;
    let address = page.one("#notices ~ .table-wrap a").attribute("href").unwrap().to_owned();
    let form = here.administrator.page(&address).await;
    assert!(form.contains("2026-03-23 放假 防汛应急"), "{form}");
    let longer = [ORDER[0], ORDER[1], ("days", "2026-03-23至2026-03-24 放假 防汛应急"), ("version", "1")];
    assert!(here.confirm(&address, &longer).await.contains("日历通知已修改，1 个"));
    assert_eq!(here.due_on().await, "2026-03-26");
    let late = here.administrator.post(&address, &longer).await;
    assert_eq!(late.status(), 409, "somebody changed it meanwhile");
    assert!(
        here.confirm(&format!("{address}/end"), &[("version", "2")]).await.contains("日历通知已停用，1 个")
    );
    assert_eq!(here.due_on().await, "2026-03-24");
    assert_eq!(here.administrator.get(&address).await.status(), 404);
    assert!(here.administrator.page("/desk/admin/calendar").await.contains("已停用"));
    let log = here.app.read(|tx, cx| Ok(crate::audit::queries::after(tx, &cx.site_id, 0, 1_000)?)).await;
    let acts: Vec<&str> =
        log.iter().map(|entry| entry.action.as_str()).filter(|act| act.starts_with("calendar.")).collect();
    assert_eq!(acts, ["calendar.add", "calendar.change", "calendar.end"]);
}

#[tokio::test]
async fn mistakes_contradictions_and_what_was_not_shown_change_nothing() {
    let mut here = Waiting::open().await;
    let wrong = here.administrator.post(NEW, &[("days", "23日 放假 防汛"), ("noticed_year", "明年")]).await;
    assert_eq!(wrong.status(), 422);
    for sentence in ["请填写文号", "请填写通知标题", "第 1 行", "年度应为四位数字"] {
        assert!(wrong.text().contains(sentence), "{sentence}: {}", wrong.text());
    }
    let unseen = [&ORDER[..], &[("confirmed", "yes"), ("seen", "other")]].concat();
    assert_eq!(here.administrator.post(NEW, &unseen).await.status(), 409);
    assert_eq!(here.due_on().await, "2026-03-24");
    here.confirm(NEW, &ORDER).await;
    let against = [("document_number", "二号"), ("title", "照常上班"), ("days", "2026-03-23 上班 防汛")];
    let refused = here.administrator.post(NEW, &against).await;
    assert!(refused.status() == 422 && refused.text().contains("安排相反"), "{}", refused.text());
}

#[tokio::test]
async fn the_yearly_notice_can_be_entered_before_the_software_brings_it() {
    let mut here = Waiting::open().await;
    assert!(here.administrator.page("/desk/admin/calendar?year=2031").await.contains("还没有放假通知"));
    let notice = [
        ("document_number", "国办发明电〔2030〕1号"),
        ("title", "国务院办公厅关于2031年部分节假日安排的通知"),
        ("noticed_year", "2031"),
        ("days", "2031-01-01 放假 元旦"),
    ];
    assert!(here.confirm(NEW, &notice).await.contains("0 个未办结的期限"));
    let year = here.administrator.page("/desk/admin/calendar?year=2031").await;
    assert!(!year.contains("还没有放假通知") && year.contains("元旦"), "{year}");
}

#[tokio::test]
async fn public_pages_that_are_kept_follow_the_calendar() {
    let mut here = Waiting::open().await;
    // Twenty working days after it was written are over on Wednesday the 18th.
    here.app.document("写成以后隔了很久才发布").written("2026-02-12").publish().await;
    let page = "/statistics?year=2026";
    assert!(here.app.page(page).await.contains("20个工作日内发布 0%"), "{}", here.app.page(page).await);
    let before = here.app.read(|tx, cx| Ok(crate::change_feed::head(tx, &cx.site_id)?)).await;
    here.confirm(NEW, &[ORDER[0], ORDER[1], ("days", "2026-03-16至2026-03-17 放假 防汛应急")]).await;
    assert!(here.app.page(page).await.contains("20个工作日内发布 100%"), "{}", here.app.page(page).await);
    let told = here.app.read(move |tx, cx| Ok(crate::change_feed::after(tx, &cx.site_id, before, 10)?)).await;
    assert_eq!(
        told.iter().map(|change| change.kind).collect::<Vec<_>>(),
        [crate::change_feed::Kind::Site],
        "other processes are told too"
    );
}

#[tokio::test]
async fn what_is_written_counts_by_the_calendar_of_its_transaction_not_by_that_of_its_request() {
    let app = TestApp::start().await;
    let begun = app.app.cx(&app.site_id, "lin");
    let holiday = |cx: &crate::cx::Cx| !cx.calendar().is_working_day("2026-03-23".parse().unwrap());
    assert!(!holiday(&begun));
    let day =
        super::NoticeDay { on: "2026-03-23".parse().unwrap(), off_day: true, name: "防汛".to_owned() };
    let new = super::NewNotice {
        document_number: "松政办发〔2026〕9号".to_owned(),
        title: "放假".to_owned(),
        noticed_year: None,
        days: vec![day],
    };
    app.act(move |tx, cx| Ok(super::queries::insert(tx, cx, "notice", &new)?)).await;
    assert!(app.app.act(begun, move |_, cx| Ok(holiday(cx))).await.unwrap());
}
