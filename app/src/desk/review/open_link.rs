//! `/approve/{token}`: what the holder of a one-time link sees. The record, two buttons, and nothing else of the site's
//! work; a link that cannot be used looks the same whatever the cause.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{Html, IntoResponse, Response},
};
use kit_text::diff::{DiffBlock, PieceKind};
use kit_web::forms::Form;

use super::{
    case_page::{self, CaseView},
    decisions::said,
    names::{self, Names},
};
use crate::{
    app::App,
    cx::Cx,
    desk::{client, page::Layout},
    error::{Error, Result},
    portal::visit::{Address, Visit},
    review::{
        Outcome, Remark,
        links::{self, Opened},
    },
    words,
};

#[derive(Template)]
#[template(path = "desk/review/open_link.html")]
struct LinkPage {
    layout: Layout,
    holder: String,
    step: String,
    verb: &'static str,
    until: String,
    view: CaseView,
    typed: String,
    mistake: Option<String>,
}

#[derive(Template)]
#[template(path = "desk/review/link_end.html")]
struct EndPage {
    layout: Layout,
    heading: &'static str,
    sentence: String,
}

/// Somebody with a link: a visit from an address that has not tried too many.
pub struct Holder {
    visit: Visit,
    address: String,
}

impl FromRequestParts<Arc<App>> for Holder {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Holder, Response> {
        let visit = Visit::from_request_parts(parts, app).await?;
        let client = client::client(app, parts);
        let holder = Holder { visit, address: client.address.clone() };
        if client::address(app, parts).is_some_and(|from| app.opens_links_too_often(from)) {
            let sentence = "访问过于频繁，请一分钟后再试。".to_owned();
            return Err(holder.end(StatusCode::TOO_MANY_REQUESTS, "请稍后再试", sentence));
        }
        Ok(holder)
    }
}

impl Holder {
    fn cx(&self, actor: &str) -> Cx {
        let mut cx = self.visit.app.cx(&self.visit.host.site.id, actor);
        cx.address.clone_from(&self.address);
        cx
    }

    fn answer(&self, made: Result<Response>) -> Response {
        match made {
            Ok(response) => response,
            Err(Error::NotFound | Error::Conflict) => {
                self.end(StatusCode::NOT_FOUND, "链接不能使用", unusable())
            }
            Err(Error::Refused(refusal)) => {
                self.end(StatusCode::UNPROCESSABLE_ENTITY, "不能办理", words::refusal(&refusal))
            }
            Err(error) => {
                let number = self.cx("link").new_id();
                tracing::error!(request = number, %error, "the page of a one-time link could not be made");
                let sentence = format!("没有做任何更改。请稍后再试，或者把编号 {number} 告诉签发链接的人。");
                self.end(StatusCode::INTERNAL_SERVER_ERROR, "系统出错", sentence)
            }
        }
    }

    fn end(&self, status: StatusCode, heading: &'static str, sentence: String) -> Response {
        let layout = Layout::new(&self.visit, heading);
        match (EndPage { layout, heading, sentence }).render() {
            Ok(html) => closed((status, Html(html)).into_response()),
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}

fn unusable() -> String {
    "链接已经使用、已经作废或者过期。如仍需办理，请联系发给您链接的人。".to_owned()
}

/// Kept by nobody, and told to no other site where the reader goes on to: the address is the key.
fn closed(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// `/approve/{token}`
pub async fn show(holder: Holder, Address(token): Address<String>) -> Response {
    let made = page(&holder, token, String::new(), None).await;
    holder.answer(made)
}

async fn page(holder: &Holder, token: String, typed: String, mistake: Option<String>) -> Result<Response> {
    let cx = holder.cx("link");
    let base = format!("/approve/{token}");
    let read = holder.visit.app.db.read(move |tx| {
        let Opened { link, dossier, is_open } = links::open(tx, &cx, &token)?;
        if !is_open {
            return Err(Error::NotFound);
        }
        let names = Names::read(tx, &cx)?;
        let mut view = case_page::view(tx, &cx, &dossier, &names)?;
        view.sheet = super::sheet::Sheet::new(cx.reference, &dossier.now, &base);
        let step = names::gate(link.step.gate, Some(&dossier.case.way));
        Ok((link, view, step))
    });
    let (link, view, step) = read.await?;
    let signs = link.step.gate == rules::review::Gate::SignOff;
    let page = LinkPage {
        layout: Layout::new(&holder.visit, view.sheet.title.clone()),
        holder: link.holder,
        step,
        verb: if signs { "同意签发" } else { "同意" },
        until: names::moment(link.expires_at),
        view,
        typed,
        mistake: mistake.clone(),
    };
    let html = page.render().map_err(|error| Error::Unexpected(error.into()))?;
    let status = if mistake.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(closed((status, Html(html)).into_response()))
}

/// `POST /approve/{token}`. The token in the address is what proves the holder; there is no session to be ridden on.
pub async fn decide(holder: Holder, Address(token): Address<String>, form: Form) -> Response {
    let approves = form.raw("verdict") == Some("approve");
    let remark = Remark::new(&form.text("reason"));
    let (cx, used) = (holder.cx("link"), token.clone());
    let work = holder.visit.app.act(cx, move |tx, cx| links::decide(tx, cx, &used, approves, &remark));
    let made = match work.await {
        Ok(outcome) => Ok(done(&holder, outcome, approves)),
        Err(Error::Refused(refusal)) => {
            page(&holder, token, form.text("reason"), Some(words::refusal(&refusal))).await
        }
        Err(error) => Err(error),
    };
    holder.answer(made)
}

fn done(holder: &Holder, outcome: Outcome, approves: bool) -> Response {
    let heading = if outcome == Outcome::TextChanged { "没有办理" } else { "已办理" };
    let sentence = said(outcome, if approves { "您已同意" } else { "您已退回" });
    holder.end(StatusCode::OK, heading, format!("{sentence}。可以关闭本页。"))
}

/// `/approve/{token}/files/{hash}/{name}`
pub async fn file(
    holder: Holder,
    method: Method,
    headers: HeaderMap,
    Address((token, hash, _name)): Address<(String, String, String)>,
) -> Response {
    let cx = holder.cx("link");
    let found = holder.visit.app.db.read(move |tx| {
        let Opened { dossier, is_open, .. } = links::open(tx, &cx, &token)?;
        if is_open { case_page::file_of(tx, &cx, &dossier, &hash) } else { Err(Error::NotFound) }
    });
    let made = match found.await {
        Ok(file) => case_page::send(&holder.visit, &file, &method, &headers).await.map(closed),
        Err(error) => Err(error),
    };
    holder.answer(made)
}
