//! Who asks: the account behind a request to the desk, its roles of today, and what it may do. A request without a
//! session is sent to the sign-in page, one that still owes a step (second factor, new password) to that step.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use kit_db::Tx;
use kit_web::cookie;
use rules::permission::Act;

use super::{
    answer::{redirect, signed_out},
    client, form,
    page::{Layout, NavItem, Notice, Person, nav},
};
use crate::{
    app::App,
    cx::Cx,
    error::{Error, Result},
    id::OrganId,
    notify,
    portal::visit::Visit,
    staff::{
        self, Account, Grant,
        session::{self, Client, Session, SignedIn, Stage},
    },
    words,
};

/// Name of the cookie that holds the session's token.
pub const COOKIE: &str = "desk_session";
/// Name of the cookie that holds what the last act had to say.
pub const NOTICE: &str = "desk_notice";

/// Somebody of staff who is signed in.
pub struct Officer {
    /// The request.
    pub visit: Visit,
    /// The account.
    pub account: Account,
    /// Roles that hold today.
    pub grants: Vec<Grant>,
    /// The session.
    pub session: Session,
    /// Where the request comes from.
    pub client: Client,
    /// Messages not read yet.
    pub n_unread: i64,
    notice: Option<Notice>,
}

impl Officer {
    /// Whether a role of today reaches `act` on what `organ` answers for; without an organ, on anything at all.
    pub fn may(&self, act: Act, organ: Option<&OrganId>) -> bool {
        staff::may(&self.grants, act, organ)
    }

    /// Goes on only where [`Officer::may`].
    ///
    /// # Errors
    /// Forbidden otherwise.
    pub fn require(&self, act: Act, organ: Option<&OrganId>) -> Result<()> {
        if self.may(act, organ) { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// The organs on whose records `act` may be done; `None` is every organ of the site.
    pub fn organs(&self, act: Act) -> Option<Vec<OrganId>> {
        staff::organs(&self.grants, act)
    }

    /// The circumstances of an act of this person.
    pub fn cx(&self) -> Cx {
        let mut cx = self.visit.app.cx(&self.visit.host.site.id, &self.account.login);
        cx.address.clone_from(&self.client.address);
        cx
    }

    /// Reads from the database with the site at hand.
    ///
    /// # Errors
    /// What `work` returns.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        F: FnOnce(&mut Tx<'_>, &Cx) -> Result<T> + Send + 'static,
        T: Send + 'static,
    {
        let cx = self.cx();
        self.visit.app.db.read(move |tx| work(tx, &cx)).await
    }

    /// Does something in one transaction, as [`App::act`].
    ///
    /// # Errors
    /// What `work` returns.
    pub async fn act<T, F>(&self, work: F) -> Result<T>
    where
        F: FnMut(&mut Tx<'_>, &Cx) -> Result<T> + Send + 'static,
        T: Send + 'static,
    {
        self.visit.app.act(self.cx(), work).await
    }

    /// A fresh token for a form of this session.
    pub fn csrf(&self) -> String {
        let app = &self.visit.app;
        app.secrets.forms().token(&self.session.hash, app.ids.bytes())
    }

    /// Whether a token belongs to a form of this session.
    pub fn accepts(&self, token: &str) -> bool {
        self.visit.app.secrets.forms().accepts(&self.session.hash, token)
    }

    /// Everything around the content of a desk page.
    pub fn layout(&self, title: impl Into<String>) -> Layout {
        let mut layout = Layout::new(&self.visit, title);
        layout.csrf = self.csrf();
        layout.notice.clone_from(&self.notice);
        layout.n_unread = self.n_unread;
        layout.nav = nav(&layout.path).into_iter().filter(|item| self.shows(item)).collect();
        layout.person = Some(Person {
            name: self.account.name.clone(),
            roles: words::roles(self.grants.iter().map(|grant| grant.role)),
        });
        layout
    }

    fn shows(&self, item: &NavItem) -> bool {
        item.acts.is_empty() || item.acts.iter().any(|act| self.may(*act, None))
    }

    /// Whether this page tells what was just done.
    pub fn has_notice(&self) -> bool {
        self.notice.is_some()
    }

    /// Whether a second factor is asked of a role and was not set up yet.
    pub fn owes_second_factor(&self) -> bool {
        !self.account.has_second_factor && self.grants.iter().any(|grant| grant.role.needs_second_factor())
    }

    /// The page where the person must go first, if any.
    fn owes(&self) -> Option<&'static str> {
        if self.account.must_change_password {
            return Some("/desk/account/password");
        }
        self.owes_second_factor().then_some("/desk/account/second-factor")
    }
}

impl FromRequestParts<Arc<App>> for Officer {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Officer, Response> {
        let visit = Visit::from_request_parts(parts, app).await?;
        let client = client::client(&visit.app, parts);
        let found = match find(&visit, &parts.headers).await {
            Ok(found) => found,
            Err(error) => return Err(visit.answer(Err(error))),
        };
        let Some((signed_in, n_unread)) = found else { return Err(signed_out(&visit, parts)) };
        if signed_in.session.stage == Stage::Password {
            return Err(redirect("/desk/sign-in/code"));
        }
        let SignedIn { account, grants, session } = signed_in;
        let notice = notice(&parts.headers);
        let officer = Officer { visit, account, grants, session, client, n_unread, notice };
        officer.check_path(parts)?;
        Ok(officer)
    }
}

impl Officer {
    /// Whoever owes a step reaches the pages of the own account and the way out, nothing else.
    #[allow(clippy::result_large_err, reason = "the error is the answer to the request")]
    fn check_path(&self, parts: &Parts) -> Result<(), Response> {
        if parts.method != Method::GET && form::is_from_elsewhere(&parts.headers) {
            return Err((StatusCode::FORBIDDEN, "来自其他网站的提交已被拒绝。").into_response());
        }
        let free = ["/desk/account/", "/desk/sign-out"];
        match self.owes() {
            Some(step) if !free.iter().any(|path| parts.uri.path().starts_with(path)) => Err(redirect(step)),
            _ => Ok(()),
        }
    }
}

/// Who the session cookie names, with the number of messages not read; the use of the session is written down once a
/// minute.
async fn find(visit: &Visit, headers: &HeaderMap) -> Result<Option<(SignedIn, i64)>> {
    let Some(hash) = session_mark(visit, headers) else { return Ok(None) };
    let idle = visit.app.config.idle_minutes;
    let found = visit
        .read(move |tx, cx| {
            let Some(signed_in) = session::find(tx, cx, &hash, idle)? else { return Ok(None) };
            let n_unread = notify::queries::n_unread(tx, &cx.site_id, &signed_in.account.id)?;
            Ok(Some((signed_in, n_unread)))
        })
        .await?;
    if let Some((signed_in, _)) = &found {
        touch(visit, signed_in).await?;
    }
    Ok(found)
}

async fn touch(visit: &Visit, signed_in: &SignedIn) -> Result<()> {
    let cx = visit.cx();
    if !signed_in.is_to_be_touched(cx.at) {
        return Ok(());
    }
    let hash = signed_in.session.hash.clone();
    visit.app.db.write(move |tx| session::touch(tx, &cx.site_id, &hash, cx.at)).await
}

/// The mark of the session that a request shows.
pub fn session_mark(visit: &Visit, headers: &HeaderMap) -> Option<String> {
    let token = cookie::read(headers, COOKIE)?;
    Some(session::mark(&visit.app.secrets, token))
}

fn notice(headers: &HeaderMap) -> Option<Notice> {
    Notice::from_cookie(cookie::read(headers, NOTICE)?)
}
