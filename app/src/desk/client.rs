//! Where a request comes from, as the audit log and the sessions remember it.

use std::net::IpAddr;

use axum::http::{header, request::Parts};
use kit_web::front::Peer;

use crate::{app::App, staff::session::Client};

/// The client's address, believing only the proxies that the configuration trusts.
pub fn address(app: &App, parts: &Parts) -> Option<IpAddr> {
    let Peer(peer) = parts.extensions.get::<Peer>()?;
    Some(app.config.trusted_proxies.client_address(peer.ip(), &parts.headers))
}

/// Address and browser of a request.
pub fn client(app: &App, parts: &Parts) -> Client {
    let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    Client {
        address: address(app, parts).map(|address| address.to_string()).unwrap_or_default(),
        agent: agent.unwrap_or_default().to_owned(),
    }
}
