//! Reading and setting cookies.
//!
//! It does not sign or encrypt them: what is in them is no secret or a random session id.

use std::fmt::Write;
use std::time::Duration;

use http::header::{COOKIE, HeaderMap, HeaderValue};

/// The value of the named cookie, as sent.
///
/// If the name comes twice nobody can say which one is ours: then there is none.
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut found = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(key, _)| *key == name)
        .map(|(_, value)| value);
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

/// When a browser sends a cookie along with requests from other sites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameSite {
    /// Never.
    Strict,
    /// Only when the reader follows a link.
    Lax,
}

/// A cookie to be set. Scripts never see it (`HttpOnly`).
#[derive(Clone, Copy, Debug)]
pub struct Cookie<'a> {
    /// Letters, digits, `-` and `_`.
    pub name: &'a str,
    /// No spaces, quotes, commas, semicolons or backslashes, ASCII only.
    pub value: &'a str,
    /// The part of the site it is sent to.
    pub path: &'a str,
    /// How long it lives; `None` until the browser is closed, zero removes it.
    pub lives: Option<Duration>,
    /// Sent with requests from other sites?
    pub same_site: SameSite,
    /// Only over TLS.
    pub secure: bool,
}

/// A name, value or path that would break out of the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a cookie's name, value or path has a character that is not allowed there")]
pub struct BadCookie;

impl Cookie<'_> {
    /// The `Set-Cookie` line.
    pub fn header(&self) -> Result<HeaderValue, BadCookie> {
        let token = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        let octet = |b: u8| b.is_ascii_graphic() && !b"\",;\\".contains(&b);
        if self.name.is_empty()
            || !self.name.bytes().all(token)
            || !self.value.bytes().all(octet)
            || !self.path.starts_with('/')
            || !self.path.bytes().all(octet)
        {
            return Err(BadCookie);
        }
        let same_site = match self.same_site {
            SameSite::Strict => "Strict",
            SameSite::Lax => "Lax",
        };
        let mut line = format!("{}={}; Path={}", self.name, self.value, self.path);
        if let Some(lives) = self.lives {
            let _ = write!(line, "; Max-Age={}", lives.as_secs());
        }
        let _ = write!(line, "; HttpOnly; SameSite={same_site}");
        if self.secure {
            line.push_str("; Secure");
        }
        HeaderValue::from_str(&line).map_err(|_| BadCookie)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("a=1; session=xyz==;b"));
        headers.append(COOKIE, HeaderValue::from_static("c=3; twice=1; twice=2; same=5; same=5"));
        assert_eq!(read(&headers, "session"), Some("xyz=="));
        assert_eq!((read(&headers, "a"), read(&headers, "c")), (Some("1"), Some("3")));
        assert_eq!((read(&headers, "b"), read(&headers, "sess")), (None, None));
        assert_eq!((read(&headers, "twice"), read(&headers, "same")), (None, Some("5")));
    }

    #[test]
    fn the_line_says_what_it_must_and_cannot_be_broken_out_of() {
        let cookie = Cookie {
            name: "session",
            value: "a.b-c",
            path: "/",
            lives: Some(Duration::from_secs(60)),
            same_site: SameSite::Lax,
            secure: true,
        };
        let line = cookie.header().unwrap();
        assert_eq!(line, "session=a.b-c; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure");
        for value in ["a;b", "a b", "a\r\nb", "\"", "政"] {
            assert_eq!(Cookie { value, ..cookie }.header(), Err(BadCookie), "{value:?}");
        }
        assert_eq!(Cookie { name: "a=b", ..cookie }.header(), Err(BadCookie));
        assert_eq!(Cookie { path: "/; Domain=x", ..cookie }.header(), Err(BadCookie));
    }
}
