//! Answers of the desk: pages that nobody keeps, redirects with a word of what was done, refusals on a page of their own,
//! and the same for scripts as JSON.

use std::time::Duration;

use askama::Template;
use axum::{
    Json,
    http::{HeaderValue, Method, StatusCode, header, request::Parts},
    response::{Html, IntoResponse, Response},
};
use kit_web::cookie::{Cookie, SameSite};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::json;

use super::{
    annual_report, form,
    officer::{COOKIE, NOTICE, Officer},
    page::{Layout, Notice, Trouble, TroublePage},
};
use crate::{
    error::{Error, Refusal, Result},
    portal::{page::Link, visit::Visit},
    words,
};

/// How long the word of what was done may take to the next page.
const NOTICE_LIVES: Duration = Duration::from_secs(60);

impl Officer {
    /// A page made for this request alone.
    ///
    /// # Errors
    /// Unexpected when the template fails.
    pub fn page(&self, page: &impl Template) -> Result<Response> {
        let html = page.render().map_err(|error| Error::Unexpected(error.into()))?;
        let mut response = Html(html).into_response();
        self.forget_notice(&mut response);
        Ok(response)
    }

    /// The same page again with what is wrong in the form.
    ///
    /// # Errors
    /// As [`Officer::page`].
    pub fn page_with_mistakes(&self, page: &impl Template) -> Result<Response> {
        let mut response = self.page(page)?;
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        Ok(response)
    }

    /// The answer to this request: what was made, or the page that says why not.
    pub fn answer(&self, made: Result<Response>) -> Response {
        let response = match made {
            Ok(response) => response,
            Err(error) => self.trouble(error),
        };
        unkept(response)
    }

    /// The answer to a script: what was made as JSON, or the refusal with its sentence.
    pub fn answer_json<T: Serialize>(&self, made: Result<T>) -> Response {
        match made {
            Ok(value) => unkept(Json(value).into_response()),
            Err(error) => {
                let (trouble, sentence) = self.read_error(error);
                json_refusal(trouble.status(), &sentence)
            }
        }
    }

    /// Goes on to another page of the desk, which will say `said`.
    pub fn go(&self, path: &str, said: &str) -> Response {
        let mut response = redirect(path);
        let value = utf8_percent_encode(said, NON_ALPHANUMERIC).to_string();
        set_cookie(&self.visit, &mut response, NOTICE, &value, Some(NOTICE_LIVES));
        response
    }

    fn forget_notice(&self, response: &mut Response) {
        if self.has_notice() {
            set_cookie(&self.visit, response, NOTICE, "", Some(Duration::ZERO));
        }
    }

    /// The page for a form whose token is not of this session.
    pub fn stale_form(&self) -> Response {
        self.trouble_page(Trouble::Stale, String::new(), None, None)
    }

    /// The same for scripts.
    pub fn stale_json(&self) -> Response {
        json_refusal(StatusCode::FORBIDDEN, "页面已过期，请刷新后再试")
    }

    /// A script sent more than is taken at once.
    pub fn too_large_json(&self) -> Response {
        json_refusal(StatusCode::PAYLOAD_TOO_LARGE, "内容太长，一次最多保存 4 MB")
    }

    /// A script sent something else than was agreed.
    pub fn bad_json(&self, reason: &str) -> Response {
        tracing::warn!(path = self.visit.path, reason, "a script sent what cannot be read");
        json_refusal(StatusCode::BAD_REQUEST, "提交的内容无法识别，请刷新页面后再试")
    }

    fn trouble(&self, error: Error) -> Response {
        let way_out = way_out(&error);
        let (trouble, sentence) = self.read_error(error);
        let number = (trouble == Trouble::Broken).then(|| sentence.clone());
        let detail = if number.is_some() { String::new() } else { sentence };
        self.trouble_page(trouble, detail, number, way_out)
    }

    /// What kind of trouble an error is and its sentence; for unexpected ones the number under which the log has it.
    fn read_error(&self, error: Error) -> (Trouble, String) {
        match error {
            Error::NotFound => (Trouble::NotFound, "没有找到".to_owned()),
            Error::Forbidden => (Trouble::Forbidden, "您的岗位没有这项权限".to_owned()),
            Error::Conflict => (Trouble::Conflict, "其他人刚刚修改了同一内容，请刷新后再试".to_owned()),
            Error::Refused(refusal) => (Trouble::Refused, words::refusal(&refusal)),
            Error::Unexpected(error) => {
                let number = self.cx().new_id();
                tracing::error!(request = number, path = self.visit.path, %error, "a desk page could not be made");
                (Trouble::Broken, number)
            }
        }
    }

    fn trouble_page(
        &self,
        trouble: Trouble,
        detail: String,
        number: Option<String>,
        way_out: Option<Link>,
    ) -> Response {
        let layout = self.layout(trouble.title());
        let page = TroublePage { layout, trouble, detail, request_number: number, way_out };
        match page.render() {
            Ok(html) => (trouble.status(), Html(html)).into_response(),
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}

/// The page on which what is refused here can be done.
fn way_out(error: &Error) -> Option<Link> {
    match error {
        Error::Refused(Refusal::Kept(keeper)) => {
            Some(Link::new("打开年报", annual_report::href(&keeper.object_id)))
        }
        _ => None,
    }
}

/// A refusal as scripts read it.
pub fn json_refusal(status: StatusCode, sentence: &str) -> Response {
    unkept((status, Json(json!({ "error": sentence }))).into_response())
}

/// A page for somebody who is not signed in.
///
/// # Errors
/// Unexpected when the template fails.
pub fn open_page(page: &impl Template, status: StatusCode) -> Result<Response> {
    let html = page.render().map_err(|error| Error::Unexpected(error.into()))?;
    Ok(unkept((status, Html(html)).into_response()))
}

/// Goes on to another page.
pub fn redirect(path: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let location = HeaderValue::from_str(path).unwrap_or_else(|_| HeaderValue::from_static("/desk"));
    response.headers_mut().insert(header::LOCATION, location);
    unkept(response)
}

/// Nothing of the desk is kept by browsers or on the way.
fn unkept(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The way to the sign-in page; scripts are told instead, so that what was typed stays where it is.
pub fn signed_out(visit: &Visit, parts: &Parts) -> Response {
    if parts.headers.contains_key(form::HEADER) {
        return json_refusal(
            StatusCode::UNAUTHORIZED,
            "登录已过期，请在新窗口登录后继续；已写的内容还在本页",
        );
    }
    let back = if parts.method == Method::GET { visit.path.as_str() } else { "/desk" };
    let back = utf8_percent_encode(back, NON_ALPHANUMERIC);
    redirect(&format!("/desk/sign-in?return={back}"))
}

/// Gives the browser the token of its session, or takes it away.
pub fn set_session(visit: &Visit, response: &mut Response, token: Option<&str>) {
    let lives = token.is_none().then_some(Duration::ZERO);
    set_cookie(visit, response, COOKIE, token.unwrap_or_default(), lives);
}

/// Sets a cookie of the desk.
pub fn set_cookie(visit: &Visit, response: &mut Response, name: &str, value: &str, lives: Option<Duration>) {
    let secure = visit.host.face.base_url.starts_with("https");
    let cookie = Cookie { name, value, path: "/desk", lives, same_site: SameSite::Lax, secure };
    if let Ok(cookie) = cookie.header() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

impl Notice {
    /// What the cookie of the last act says; what is no text is nothing.
    pub fn from_cookie(value: &str) -> Option<Notice> {
        let text = percent_encoding::percent_decode_str(value).decode_utf8().ok()?;
        (!text.is_empty() && text.chars().count() <= 200).then(|| Notice(text.into_owned()))
    }
}

impl Layout {
    /// A page of the desk without a person: signing in.
    pub fn new(visit: &Visit, title: impl Into<String>) -> Layout {
        Layout::empty(
            visit.host.face.clone(),
            crate::portal::faces::asset_links(),
            title.into(),
            visit.path.clone(),
        )
    }
}
