//! Signing in, in one or two steps, and out. Whatever was wrong, the sentence is the same.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{FromRequest, FromRequestParts, Query, Request},
    http::{HeaderMap, StatusCode},
    response::Response,
};

use kit_db::Tx;
use kit_web::{cookie, forms::Form, local_path::is_local_path};
use serde::Deserialize;

use crate::{
    app::App,
    cx::Cx,
    desk::{
        answer::{open_page, redirect, set_cookie, set_session},
        client::{address, client},
        form::{DeskForm, FIELD, is_from_elsewhere},
        officer::session_mark,
        page::Layout,
    },
    error::{Error, Result},
    portal::visit::Visit,
    staff::{
        password, queries,
        session::{self, Client, Session, Stage},
        sign_in,
    },
};

/// Cookie that binds the sign-in form to the browser that was shown it.
const DOOR: &str = "desk_door";
/// One sentence for a wrong login, a wrong password, a closed and a locked account.
const WRONG: &str =
    "登录名或口令不正确，或者账号已被锁定。连续 5 次不正确会锁定 30 分钟；忘记口令请联系系统管理员。";
const WRONG_CODE: &str = "动态口令不正确或已用过，请输入手机上新的 6 位数字，或一个未用过的恢复码。";
const TOO_OFTEN: &str = "尝试过于频繁，请一分钟后再试。";
const STALE: &str = "页面已过期，请重新填写。";

/// Where to go after signing in.
#[derive(Deserialize, Default)]
pub struct Back {
    #[serde(default, rename = "return")]
    back: String,
}

#[derive(Template)]
#[template(path = "desk/account/sign_in.html")]
struct SignInPage {
    layout: Layout,
    back: String,
    login: String,
    mistake: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "desk/account/code.html")]
struct CodePage {
    layout: Layout,
    back: String,
    mistake: Option<&'static str>,
}

/// A form sent by a browser without a session.
pub struct Knock {
    visit: Visit,
    form: Form,
    headers: HeaderMap,
    client: Client,
    too_often: bool,
}

impl FromRequest<Arc<App>> for Knock {
    type Rejection = Response;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Knock, Response> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, app).await?;
        let client = client(app, &parts);
        let too_often = address(app, &parts).is_some_and(|address| app.signs_in_too_often(address));
        let headers = parts.headers.clone();
        let form = Form::from_request(Request::from_parts(parts, body), app).await?;
        Ok(Knock { visit, form, headers, client, too_often })
    }
}

impl Knock {
    /// The form was shown to this browser, and no other site's page sent it.
    fn is_ours(&self) -> bool {
        let door = cookie::read(&self.headers, DOOR).unwrap_or_default();
        let token = self.form.raw(FIELD).unwrap_or_default();
        !door.is_empty()
            && !is_from_elsewhere(&self.headers)
            && self.visit.app.secrets.forms().accepts(&door_name(door), token)
    }

    fn back(&self) -> String {
        self.form.text("return")
    }

    fn cx(&self, actor: &str) -> Cx {
        let mut cx = self.visit.app.cx(&self.visit.host.site.id, actor);
        cx.address.clone_from(&self.client.address);
        cx
    }
}

fn door_name(door: &str) -> String {
    format!("door:{door}")
}

/// `/desk/sign-in`.
pub async fn show(visit: Visit, Query(query): Query<Back>) -> Response {
    sign_in_page(&visit, StatusCode::OK, query.back, String::new(), None)
}

fn sign_in_page(
    visit: &Visit,
    status: StatusCode,
    back: String,
    login: String,
    mistake: Option<&'static str>,
) -> Response {
    let (layout, door) = open_layout(visit, "登录");
    finish(visit, open_page(&SignInPage { layout, back, login, mistake }, status), &door)
}

fn code_page(visit: &Visit, status: StatusCode, back: String, mistake: Option<&'static str>) -> Response {
    let (layout, door) = open_layout(visit, "输入动态口令");
    finish(visit, open_page(&CodePage { layout, back, mistake }, status), &door)
}

/// A layout whose forms are bound to a fresh cookie.
fn open_layout(visit: &Visit, title: &str) -> (Layout, String) {
    let door: String = visit.app.ids.bytes::<16>().iter().map(|byte| format!("{byte:02x}")).collect();
    let mut layout = Layout::new(visit, title);
    layout.csrf = visit.app.secrets.forms().token(&door_name(&door), visit.app.ids.bytes());
    (layout, door)
}

fn finish(visit: &Visit, made: Result<Response>, door: &str) -> Response {
    match made {
        Ok(mut response) => {
            set_cookie(visit, &mut response, DOOR, door, None);
            response
        }
        Err(error) => visit.answer(Err(error)),
    }
}

/// `POST /desk/sign-in`.
pub async fn submit(knock: Knock) -> Response {
    let again = |status, mistake| {
        sign_in_page(&knock.visit, status, knock.back(), knock.form.text("login"), Some(mistake))
    };
    if knock.too_often {
        return again(StatusCode::TOO_MANY_REQUESTS, TOO_OFTEN);
    }
    if !knock.is_ours() {
        return again(StatusCode::FORBIDDEN, STALE);
    }
    match check_password(&knock).await {
        Ok(Some((Stage::Full, token))) => signed_in(&knock.visit, &token, &knock.back()),
        Ok(Some((Stage::Password, token))) => {
            let back =
                percent_encoding::utf8_percent_encode(&knock.back(), percent_encoding::NON_ALPHANUMERIC)
                    .to_string();
            let mut response = redirect(&format!("/desk/sign-in/code?return={back}"));
            set_session(&knock.visit, &mut response, Some(&token));
            response
        }
        Ok(None) => again(StatusCode::UNPROCESSABLE_ENTITY, WRONG),
        Err(error) => knock.visit.answer(Err(error)),
    }
}

/// Opens a session where the password is right; notes the failure where it is not.
async fn check_password(knock: &Knock) -> Result<Option<(Stage, String)>> {
    let app = &knock.visit.app;
    let login = knock.form.text("login").to_lowercase();
    let typed = login.clone();
    let account = knock.visit.read(move |tx, cx| queries::by_login(tx, &cx.site_id, &typed)).await?;
    let open = account.as_ref().filter(|account| sign_in::is_open(account, app.clock.now()));
    let phc = open.map(|account| account.password_hash.as_str());
    // The password itself is never trimmed.
    let is_right = password::verify(app, knock.form.raw("password").unwrap_or_default(), phc).await?;
    let actor = if account.is_some() { login.as_str() } else { "" };
    let cx = knock.cx(actor);
    let account_id = account.as_ref().map(|account| account.id.clone());
    let Some(id) = account_id.clone().filter(|_| is_right) else {
        app.act(cx, move |tx, cx| sign_in::fail(tx, cx, account_id.as_ref())).await?;
        return Ok(None);
    };
    let (token, client) = (cx.new_token(), knock.client.clone());
    let given = token.clone();
    match app.act(cx, move |tx, cx| sign_in::pass(tx, cx, &id, &given, &client)).await {
        Ok(stage) => Ok(Some((stage, token))),
        Err(Error::Forbidden) => Ok(None),
        Err(error) => Err(error),
    }
}

fn signed_in(visit: &Visit, token: &str, back: &str) -> Response {
    let inside = is_local_path(back) && back.starts_with("/desk") && !back.starts_with("/desk/sign-");
    let mut response = redirect(if inside { back } else { "/desk" });
    set_session(visit, &mut response, Some(token));
    response
}

/// `/desk/sign-in/code`.
pub async fn show_code(visit: Visit, headers: HeaderMap, Query(query): Query<Back>) -> Response {
    match waiting(&visit, &headers).await {
        Ok(Some(_)) => code_page(&visit, StatusCode::OK, query.back, None),
        Ok(None) => redirect("/desk/sign-in"),
        Err(error) => visit.answer(Err(error)),
    }
}

/// The session that waits for its second factor.
async fn waiting(visit: &Visit, headers: &HeaderMap) -> Result<Option<Session>> {
    let Some(hash) = session_mark(visit, headers) else { return Ok(None) };
    let idle = visit.app.config.idle_minutes;
    let found = visit.read(move |tx, cx| session::find(tx, cx, &hash, idle)).await?;
    Ok(found.map(|signed_in| signed_in.session).filter(|session| session.stage == Stage::Password))
}

/// `POST /desk/sign-in/code`.
pub async fn submit_code(knock: Knock) -> Response {
    let again = |status, mistake| code_page(&knock.visit, status, knock.back(), Some(mistake));
    if knock.too_often {
        return again(StatusCode::TOO_MANY_REQUESTS, TOO_OFTEN);
    }
    if !knock.is_ours() {
        return again(StatusCode::FORBIDDEN, STALE);
    }
    match check_code(&knock).await {
        Ok(Code::Right(token)) => signed_in(&knock.visit, &token, &knock.back()),
        Ok(Code::Wrong) => again(StatusCode::UNPROCESSABLE_ENTITY, WRONG_CODE),
        Ok(Code::NobodyWaits) => redirect("/desk/sign-in"),
        Err(error) => knock.visit.answer(Err(error)),
    }
}

enum Code {
    Right(String),
    Wrong,
    NobodyWaits,
}

async fn check_code(knock: &Knock) -> Result<Code> {
    let app = &knock.visit.app;
    let Some(session) = waiting(&knock.visit, &knock.headers).await? else { return Ok(Code::NobodyWaits) };
    let id = session.account_id.clone();
    let account = {
        let id = id.clone();
        knock.visit.read(move |tx, cx| queries::account(tx, &cx.site_id, &id)).await?
    };
    let cx = knock.cx(&account.ok_or(Error::NotFound)?.login);
    let (token, client, code) = (cx.new_token(), knock.client.clone(), knock.form.text("code"));
    let given = token.clone();
    let pass = move |tx: &mut Tx<'_>, cx: &Cx| sign_in::pass_code(tx, cx, &session, &code, &given, &client);
    match app.act(cx.clone(), pass).await {
        Ok(()) => Ok(Code::Right(token)),
        Err(Error::Forbidden) => {
            app.act(cx, move |tx, cx| sign_in::fail(tx, cx, Some(&id))).await?;
            Ok(Code::Wrong)
        }
        Err(error) => Err(error),
    }
}

/// `POST /desk/sign-out`.
pub async fn sign_out(DeskForm { officer, .. }: DeskForm) -> Response {
    let (id, hash) = (officer.account.id.clone(), officer.session.hash.clone());
    match officer.act(move |tx, cx| session::end(tx, cx, &id, &hash)).await {
        Ok(()) => {
            let mut response = redirect("/desk/sign-in");
            set_session(&officer.visit, &mut response, None);
            response
        }
        Err(error) => officer.answer(Err(error)),
    }
}
