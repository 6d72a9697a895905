//! A browser that speaks to the real process over a socket, and can stop in the middle of a request.

use std::{
    collections::BTreeMap,
    io::{Read, Write},
    net::TcpStream,
};

/// How much of a request is sent before the process dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Half of it: the process never knows what was meant.
    Half,
    /// All of it; the process dies without having been listened to.
    Whole,
    /// All of it, and the process answers so many other readers first.
    WholeAndOthers(usize),
    /// All of it, and the answer came.
    Answered,
}

/// What a body is.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    Form,
    Json,
    Bytes,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Form => "application/x-www-form-urlencoded",
            Kind::Json => "application/json",
            Kind::Bytes => "application/octet-stream",
        }
    }
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    /// Where it redirects to.
    pub fn location(&self) -> Option<&str> {
        self.header("location: ").next()
    }

    fn header(&self, name: &'static str) -> impl Iterator<Item = &str> {
        self.head.lines().filter_map(move |line| {
            let (known, value) = line.split_at_checked(name.len())?;
            known.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    /// What stands between two pieces of the body.
    #[track_caller]
    pub fn between(&self, before: &str, after: &str) -> String {
        let at = self.body.find(before).unwrap_or_else(|| panic!("no {before} in {}", self.body));
        let rest = &self.body[at + before.len()..];
        rest[..rest.find(after).unwrap()].to_owned()
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

/// Somebody with cookies and a token.
#[derive(Clone)]
pub struct Client {
    pub address: String,
    host: String,
    cookies: BTreeMap<String, String>,
    pub csrf: String,
}

impl Client {
    pub fn new(address: &str, host: &str) -> Client {
        let (cookies, csrf) = (BTreeMap::new(), String::new());
        Client { address: address.to_owned(), host: host.to_owned(), cookies, csrf }
    }

    fn request(&self, method: &str, path: &str, kind: Kind, body: &[u8]) -> Vec<u8> {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nCookie: {}\r\nX-Csrf-Token: {}\r\n\
             Content-Type: {}\r\nContent-Length: {}\r\n\r\n",
            self.host,
            cookies.join("; "),
            self.csrf,
            kind.name(),
            body.len()
        );
        [head.as_bytes(), body].concat()
    }

    /// Sends a request and reads the answer; the process may be gone.
    pub fn try_send(&mut self, method: &str, path: &str, kind: Kind, body: &[u8]) -> std::io::Result<Answer> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.write_all(&self.request(method, path, kind, body))?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let text = String::from_utf8_lossy(&answer).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            return Err(std::io::Error::other("the answer broke off"));
        };
        let status = head.get(9..12).and_then(|status| status.parse().ok()).unwrap_or_default();
        let answer = Answer { status, head: head.to_owned(), body: body.to_owned() };
        self.keep_cookies(&answer);
        Ok(answer)
    }

    fn keep_cookies(&mut self, answer: &Answer) {
        for line in answer.header("set-cookie: ") {
            let pair = line.split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    #[track_caller]
    pub fn send(&mut self, method: &str, path: &str, kind: Kind, body: &[u8]) -> Answer {
        self.try_send(method, path, kind, body).unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    #[track_caller]
    pub fn get(&mut self, path: &str) -> Answer {
        let answer = self.send("GET", path, Kind::Form, &[]);
        if let Some(at) = answer.body.find("data-csrf=\"") {
            let rest = &answer.body[at + "data-csrf=\"".len()..];
            self.csrf = rest[..rest.find('"').unwrap()].to_owned();
        }
        answer
    }

    /// The fields of a form with the token, as they are sent.
    pub fn form(&self, fields: &[(&str, &str)]) -> Vec<u8> {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.append_pair("csrf", &self.csrf).extend_pairs(fields);
        body.finish().into_bytes()
    }

    #[track_caller]
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = self.form(fields);
        self.send("POST", path, Kind::Form, &body)
    }

    /// Sends a request as far as `cut` says. What is still on its way keeps its connection, which is given.
    pub fn send_cut(
        &mut self,
        cut: Cut,
        method: &str,
        path: &str,
        (kind, body): (Kind, &[u8]),
    ) -> Option<TcpStream> {
        if cut == Cut::Answered {
            self.send(method, path, kind, body);
            return None;
        }
        let request = self.request(method, path, kind, body);
        let sent = if cut == Cut::Half { request.len() - body.len() / 2 - 1 } else { request.len() };
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(&request[..sent]).unwrap();
        if let Cut::WholeAndOthers(n) = cut {
            for _ in 0..n {
                self.send("GET", "/healthz", Kind::Form, &[]);
            }
        }
        Some(stream)
    }
}
