//! The mail server: where it is, how the way to it is encrypted, and handing a letter over.

use std::{fmt, str::FromStr, time::Duration};

use lettre::{
    Message, SmtpTransport, Transport,
    transport::smtp::{
        authentication::Credentials,
        client::{Tls, TlsParameters},
    },
};
use percent_encoding::percent_decode_str;
use url::Url;

use crate::MailError;

/// How long one step of the conversation may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// How the way to the server is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// Not at all: a server on the same machine or in the same closed network.
    None,
    /// After a greeting in clear (STARTTLS), and not without it.
    Starttls,
    /// From the first byte.
    Implicit,
}

/// A mail server, written `smtp://user:password@host:port?tls=none|starttls|implicit`. User and password may be left
/// out; without `tls` the port says: 465 implicit, 587 STARTTLS, others none.
#[derive(Clone, PartialEq, Eq)]
pub struct Server {
    /// Host name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Encryption of the way.
    pub encryption: Encryption,
    /// User and password.
    pub account: Option<(String, String)>,
}

/// Without the password, so that no log has it.
impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let user = self.account.as_ref().map(|(user, _)| user);
        write!(f, "Server({}:{}, {:?}, {user:?})", self.host, self.port, self.encryption)
    }
}

impl FromStr for Server {
    type Err = MailError;

    fn from_str(text: &str) -> Result<Server, MailError> {
        let wrong = |what: &str| MailError::Server(what.to_owned());
        let url = Url::parse(text).map_err(|error| MailError::Server(error.to_string()))?;
        if url.scheme() != "smtp" {
            return Err(wrong("it begins with smtp://"));
        }
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(|| wrong("a host is needed"))?;
        let told = url.query_pairs().find(|(key, _)| key == "tls").map(|(_, value)| value.into_owned());
        let (port, encryption) = match (url.port(), told.as_deref()) {
            (port, Some("none")) => (port.unwrap_or(25), Encryption::None),
            (port, Some("starttls")) => (port.unwrap_or(587), Encryption::Starttls),
            (port, Some("implicit")) => (port.unwrap_or(465), Encryption::Implicit),
            (_, Some(_)) => return Err(wrong("tls is none, starttls or implicit")),
            (Some(465), None) => (465, Encryption::Implicit),
            (Some(587), None) => (587, Encryption::Starttls),
            (port, None) => (port.unwrap_or(25), Encryption::None),
        };
        let plain = |part: &str| percent_decode_str(part).decode_utf8_lossy().into_owned();
        let account = url.password().map(|password| (plain(url.username()), plain(password)));
        Ok(Server { host: host.trim_matches(['[', ']']).to_owned(), port, encryption, account })
    }
}

/// The way to a server. Connections are made for each letter: a district sends a few an hour.
pub struct Smtp(SmtpTransport);

impl Smtp {
    pub(crate) fn new(server: &Server) -> Result<Smtp, MailError> {
        let parameters =
            || TlsParameters::new(server.host.clone()).map_err(|error| MailError::Server(error.to_string()));
        let tls = match server.encryption {
            Encryption::None => Tls::None,
            Encryption::Starttls => Tls::Required(parameters()?),
            Encryption::Implicit => Tls::Wrapper(parameters()?),
        };
        let way = SmtpTransport::builder_dangerous(server.host.clone()).port(server.port).tls(tls);
        let way = way.timeout(Some(PATIENCE));
        let way = match server.account.clone() {
            Some((user, password)) => way.credentials(Credentials::new(user, password)),
            None => way,
        };
        Ok(Smtp(way.build()))
    }

    pub(crate) fn send(&self, message: &Message) -> Result<(), MailError> {
        match self.0.send(message) {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err(MailError::Refused(error.to_string())),
            Err(error) => Err(MailError::Unreached(with_causes(&error))),
        }
    }
}

fn with_causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
