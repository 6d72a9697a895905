//! Staff for the stories: an account with a role, signed in, whose forms carry their token.

use axum::http::{HeaderName, Method};
use kit_web::test_browser::{Browser, Reply};
use rules::permission::Role;

use super::TestApp;
use crate::{
    id::AccountId,
    organ,
    register::Field,
    routes,
    staff::{
        self, NewAccount, NewGrant,
        session::{self, Client, Stage},
    },
};

/// The password of every account of a story.
pub const PASSWORD: &str = "Songling-演示-7";

/// Somebody of staff at the desk.
pub struct Desk {
    app: TestApp,
    /// The account.
    pub account: AccountId,
    /// What it does in a browser.
    pub browser: Browser,
    token: String,
}

/// A table of a story with the heads that it left out, so that it has every column.
pub fn whole(fields: &[Field], text: &str) -> String {
    let (heads, rest) = text.split_once('\n').unwrap();
    let known: Vec<&str> = heads.split(',').collect();
    let missing = fields.iter().filter(|field| !known.contains(&field.head));
    let missing: String = missing.map(|field| format!(",{}", field.head)).collect();
    format!("{heads}{missing}\n{rest}")
}

impl TestApp {
    /// An account without a role; its password is [`PASSWORD`].
    pub async fn account(&self, login: &str) -> AccountId {
        let phc = staff::password::hash(&self.app, PASSWORD).await.unwrap();
        let new = NewAccount {
            login: login.to_owned(),
            name: format!("演示{login}"),
            email: format!("{login}@gov.test"),
            phone: String::new(),
            password_hash: phc,
            must_change_password: false,
        };
        self.act(move |tx, cx| staff::actions::create(tx, cx, &new)).await
    }

    /// Gives a role for the organ of a code, from today on.
    pub async fn grant(&self, account: &AccountId, role: Role, organ: &str) {
        let (account_id, organ) = (account.clone(), organ.to_owned());
        self.act(move |tx, cx| {
            let organ_id = organ::queries::by_code(tx, &cx.site_id, &organ)?.unwrap().id;
            let new = NewGrant {
                account_id: account_id.clone(),
                organ_id,
                role,
                from_on: cx.today(),
                to_on: None,
                acting_for: None,
                basis: "演示数据".to_owned(),
            };
            staff::actions::grant(tx, cx, &new)
        })
        .await;
    }

    /// An account with one role for the organ `organ`, signed in (with its second factor, where one is asked for).
    pub async fn officer(&self, login: &str, role: Role, organ: &str) -> Desk {
        let account = self.account(login).await;
        self.grant(&account, role, organ).await;
        self.sign_in(&account, role.needs_second_factor()).await
    }

    /// Signs an account in without going through the door.
    pub async fn sign_in(&self, account: &AccountId, with_second_factor: bool) -> Desk {
        let (id, account) = (account.clone(), account.clone());
        let token = self
            .act(move |tx, cx| {
                if with_second_factor {
                    staff::queries::confirm_totp(tx, &cx.site_id, &id, cx.at, 0)?;
                }
                let token = cx.new_token();
                session::open(tx, cx, &id, Stage::Full, &token, &Client::default())?;
                Ok(token)
            })
            .await;
        let mut browser = Browser::new(routes::front(&self.app), &self.host);
        browser.set_cookie(crate::desk::officer::COOKIE, &token);
        Desk { app: self.clone(), account, browser, token }
    }
}

impl Desk {
    /// Opens a page of the desk and follows redirects.
    pub async fn get(&mut self, address: &str) -> Reply {
        self.browser.get(address).await
    }

    /// The text of a page that must be there.
    pub async fn page(&mut self, address: &str) -> String {
        let reply = self.get(address).await;
        assert_eq!(reply.status(), 200, "{address}: {}", reply.html());
        reply.text()
    }

    /// Sends a form with its token and follows redirects.
    pub async fn post(&mut self, address: &str, fields: &[(&str, &str)]) -> Reply {
        let csrf = self.csrf();
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend_from_slice(fields);
        self.browser.post(address, &all).await
    }

    /// Sends a form with its token and a file in the field `file`, and follows redirects.
    pub async fn send_file(&mut self, address: &str, file: (&str, &[u8])) -> Reply {
        self.send_with_file(address, &[], file).await
    }

    /// The same with further fields.
    pub async fn send_with_file(
        &mut self,
        address: &str,
        fields: &[(&str, &str)],
        (name, bytes): (&str, &[u8]),
    ) -> Reply {
        let token = self.csrf();
        let texts = std::iter::once(("csrf", token.as_str())).chain(fields.iter().copied());
        let mut head: String = texts
            .map(|(field, text)| {
                format!("--edge\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{text}\r\n")
            })
            .collect();
        head.push_str(&format!(
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        ));
        let body = [head.as_bytes(), bytes, b"\r\n--edge--\r\n"].concat();
        let form = [(HeaderName::from_static("content-type"), "multipart/form-data; boundary=edge")];
        let sent = self.browser.send(Method::POST, address, body, &form).await;
        match sent.redirect().map(str::to_owned) {
            Some(address) => self.browser.get(&address).await,
            None => sent,
        }
    }

    /// Sends JSON as the scripts of the desk do.
    pub async fn json(&mut self, address: &str, value: &serde_json::Value) -> Reply {
        let csrf = self.csrf();
        let headers = [
            (HeaderName::from_static("x-csrf-token"), csrf.as_str()),
            (HeaderName::from_static("content-type"), "application/json"),
        ];
        self.browser.send(Method::POST, address, value.to_string(), &headers).await
    }

    /// A token for the forms of this session.
    pub fn csrf(&self) -> String {
        let secrets = &self.app.app.secrets;
        secrets.forms().token(&session::mark(secrets, &self.token), self.app.app.ids.bytes())
    }
}
