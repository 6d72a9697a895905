//! The stories of messages: told with the act, gathered into letters, read at the desk, chosen by their reader.

use rules::permission::Role;

use super::{Kind, Message, actions, queries};
use crate::{
    error::{Error, Refusal, Result},
    id::AccountId,
    test_app::TestApp,
};

const TASK: Message<'static> =
    Message { kind: Kind::Task, text: "演示数据：一条信息等待审核", href: "/desk/reviews/1" };

async fn tell(app: &TestApp, to: &AccountId, message: Message<'static>) {
    let to = to.clone();
    app.act(move |tx, cx| actions::tell(tx, cx, &to, message)).await;
}

/// The letters in the outbox, each as its text with the encoding of its parts undone.
fn letters(app: &TestApp) -> Vec<String> {
    let folder = app.app.config.data.join("outbox");
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| plain(&std::fs::read_to_string(path).unwrap())).collect()
}

/// Head as it is, text parts decoded: the library packs them as it finds shorter.
fn plain(letter: &str) -> String {
    let blocks = letter.split("\r\n\r\n").flat_map(|block| block.split("\r\n--"));
    blocks.map(unpacked).collect::<Vec<_>>().join("\n")
}

fn unpacked(block: &str) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let packed: String = block.split_whitespace().collect();
    let base64 = STANDARD.decode(packed).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    base64.unwrap_or_else(|| {
        let quoted = block.replace("=\r\n", "").replace('%', "%25").replace('=', "%");
        percent_encoding::percent_decode_str(&quoted).decode_utf8_lossy().into_owned()
    })
}

async fn n_unread(app: &TestApp, account: &AccountId) -> i64 {
    let account = account.clone();
    app.read(move |tx, cx| Ok(queries::n_unread(tx, &cx.site_id, &account)?)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_of_an_act_that_was_rolled_back_was_never_told() {
    let app = TestApp::start().await;
    let account = app.account("lin").await;
    let to = account.clone();
    let failed: Result<()> = app
        .try_act(move |tx, cx| {
            actions::tell(tx, cx, &to, TASK)?;
            Err(Refusal::Invalid("演示数据".to_owned()).into())
        })
        .await;
    assert!(matches!(failed, Err(Error::Refused(_))));
    app.advance_minutes(60);
    app.settle().await;
    assert_eq!((n_unread(&app, &account).await, letters(&app).len()), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_within_ten_minutes_goes_in_one_letter() {
    let app = TestApp::start().await;
    let account = app.account("lin").await;
    tell(&app, &account, TASK).await;
    tell(&app, &account, Message { text: "演示数据：第二条", ..TASK }).await;
    app.settle().await;
    assert!(letters(&app).is_empty(), "the first letter waits a minute for what follows");
    app.advance_minutes(1);
    app.settle().await;
    tell(&app, &account, Message { text: "演示数据：第三条", ..TASK }).await;
    app.advance_minutes(9);
    app.settle().await;
    assert_eq!(letters(&app).len(), 1);
    app.advance_minutes(1);
    app.settle().await;
    let all = letters(&app);
    assert_eq!(all.len(), 2);
    let first = all.iter().find(|letter| letter.contains("第二条")).unwrap();
    assert!(first.contains("To: lin@gov.test") && first.contains("From: "), "{first}");
    assert!(first.contains("等待审核") && !first.contains("第三条"), "{first}");
    assert!(first.contains("https://songling.gov.test/desk/reviews/1"), "{first}");
    assert!(!first.contains("演示lin"), "a letter names nobody: {first}");
    assert!(all.iter().any(|letter| letter.contains("第三条") && !letter.contains("第二条")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_read_at_the_desk_in_time_is_not_mailed() {
    let app = TestApp::start().await;
    let account = app.account("lin").await;
    tell(&app, &account, TASK).await;
    let (reader, now) = (account.clone(), app.now());
    app.act(move |tx, cx| actions::read_all(tx, cx, &reader, now)).await;
    app.advance_minutes(30);
    app.settle().await;
    assert!(letters(&app).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn only_chosen_kinds_are_mailed_and_all_come_to_the_desk() {
    let app = TestApp::start().await;
    let account = app.account("lin").await;
    let chooser = account.clone();
    app.act(move |tx, cx| actions::choose(tx, cx, &chooser, &[Kind::System])).await;
    tell(&app, &account, TASK).await;
    app.advance_minutes(30);
    app.settle().await;
    assert!(letters(&app).is_empty());
    tell(&app, &account, Message { kind: Kind::System, text: "演示数据：导入完成", href: "/desk" }).await;
    app.advance_minutes(30);
    app.settle().await;
    assert_eq!((letters(&app).len(), n_unread(&app, &account).await), (1, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_was_put_together_does_not_change_when_it_is_sent_again() {
    let app = TestApp::start().await;
    let account = app.account("lin").await;
    tell(&app, &account, TASK).await;
    let (to, letter) = (account.clone(), crate::id::JobId("letter".to_owned()));
    let gather = move |tx: &mut kit_db::Tx<'_>, cx: &crate::cx::Cx| actions::gather(tx, cx, &to, &letter);
    let first = app.act(gather.clone()).await;
    tell(&app, &account, Message { text: "演示数据：后来的", ..TASK }).await;
    assert_eq!((first.len(), app.act(gather).await), (1, first));
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_are_read_one_by_one_or_all_and_only_by_their_reader() {
    let app = TestApp::start().await;
    let mut desk = app.officer("lin", Role::InformationOfficer, "government").await;
    let other = app.account("wang").await;
    for text in ["演示数据：甲", "演示数据：乙", "演示数据：丙"] {
        tell(&app, &desk.account, Message { text, href: "/desk/account", ..TASK }).await;
        app.advance_minutes(1);
    }
    tell(&app, &other, Message { text: "演示数据：别人的", ..TASK }).await;
    let page = desk.get("/desk/messages").await;
    assert_eq!(page.select(".message-list li.unread").len(), 3, "{}", page.text());
    assert!(!page.text().contains("别人的"));
    assert!(page.one(".top-person .badge").text.starts_with('3'));
    let form = page.select(".message-list form")[0].attribute("action").unwrap().to_owned();
    assert_eq!(desk.post(&form, &[]).await.address(), "/desk/account", "the message leads to its page");
    let unread = desk.get("/desk/messages?unread=yes").await;
    assert_eq!(unread.select(".message-list li").len(), 2);
    let until = unread.one("button[name=until]").attribute("value").unwrap().to_owned();
    app.advance_minutes(1);
    tell(&app, &desk.account, Message { text: "演示数据：刚到的", ..TASK }).await;
    let said = desk.post("/desk/messages/read", &[("until", &until)]).await;
    assert!(said.text().contains("已将 2 条消息标为已读"), "{}", said.text());
    assert_eq!((n_unread(&app, &desk.account).await, n_unread(&app, &other).await), (1, 1));
    let theirs = app
        .read(move |tx, cx| Ok(queries::list(tx, (&cx.site_id, &other), queries::Filter::default(), 0, 10)?));
    let address = format!("/desk/messages/{}", theirs.await[0].id.0);
    assert_eq!(desk.post(&address, &[]).await.status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_chooses_at_the_desk_what_comes_by_mail() {
    let app = TestApp::start().await;
    let mut desk = app.officer("lin", Role::InformationOfficer, "government").await;
    let checked = |page: &kit_web::test_browser::Reply| {
        let boxes = page.select("input[name=by_mail]");
        let on = boxes.iter().filter(|one| one.attribute("checked").is_some());
        on.map(|one| one.attribute("value").unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(checked(&desk.get("/desk/messages/preferences").await), ["task", "returned", "due"]);
    desk.post("/desk/messages/preferences", &[("by_mail", "system"), ("by_mail", "due")]).await;
    assert_eq!(checked(&desk.get("/desk/messages/preferences").await), ["due", "system"]);
}
