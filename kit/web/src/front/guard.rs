//! What is refused before anything looks at a request: addresses that cannot be read in one way
//! only, and hosts that are not hosts.
//!
//! Framing of requests (smuggling) is hyper's work; what an address means is the router's.

use http::header::HOST;
use http::request::Parts;
use http::{HeaderMap, Uri};
use percent_encoding::percent_decode_str;

/// A Chinese file name of 255 characters takes 2,295 bytes percent-encoded.
const MAX_PATH: usize = 4096;
const MAX_QUERY: usize = 4096;
const MAX_HOST: usize = 260;

/// Whether the request can be understood in exactly one way.
pub(super) fn is_sound(parts: &Parts) -> bool {
    is_sound_path(parts.uri.path())
        && parts.uri.query().is_none_or(is_sound_query)
        && is_sound_host(&parts.uri, &parts.headers)
}

/// No empty or dot segments, no backslash, no control character: raw or percent-encoded.
///
/// An encoded slash is refused too: proxies disagree on whether it divides segments.
fn is_sound_path(path: &str) -> bool {
    if path.len() > MAX_PATH || !path.starts_with('/') || !has_sound_segments(path) {
        return false;
    }
    if !path.contains('%') {
        return true;
    }
    let slashes = |text: &str| text.bytes().filter(|byte| *byte == b'/').count();
    decode(path).is_some_and(|plain| slashes(&plain) == slashes(path) && has_sound_segments(&plain))
}

fn has_sound_segments(path: &str) -> bool {
    // C1 controls (U+0080–009F) count as controls as well.
    if path.chars().any(|c| c.is_control() || c == '\\') {
        return false;
    }
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let empty_inside = segment.is_empty() && segments.peek().is_some();
        if empty_inside || segment == "." || segment == ".." {
            return false;
        }
    }
    true
}

fn is_sound_query(query: &str) -> bool {
    let readable = |text: &str| text.chars().all(|c| !c.is_control() || matches!(c, '\t' | '\r' | '\n'));
    query.len() <= MAX_QUERY
        && (!query.contains('%') && readable(query) || decode(query).is_some_and(|q| readable(&q)))
}

/// Strict percent-decoding: every `%` has two hexadecimal digits and the result is UTF-8.
fn decode(text: &str) -> Option<String> {
    let mut rest = text.as_bytes();
    while let Some(at) = rest.iter().position(|byte| *byte == b'%') {
        let digits = rest.get(at + 1..at + 3)?;
        if !digits.iter().all(u8::is_ascii_hexdigit) {
            return None;
        }
        rest = &rest[at + 3..];
    }
    percent_decode_str(text).decode_utf8().ok().map(|plain| plain.into_owned())
}

/// Exactly one host, of host characters; an absolute address must name the same one.
fn is_sound_host(uri: &Uri, headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return false;
    };
    let host = host.as_bytes();
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b".-:[]_".contains(byte);
    let same = |of: &str| of.as_bytes().eq_ignore_ascii_case(host);
    !host.is_empty()
        && host.len() <= MAX_HOST
        && host.iter().all(plain)
        && uri.authority().is_none_or(|authority| same(authority.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paths_that_can_be_read_in_two_ways_are_refused() {
        let long = format!("/{}", "a".repeat(MAX_PATH));
        let refused = [
            "",
            "*",
            "a",
            "//",
            "//host/x",
            "/a//b",
            "/..",
            "/a/../b",
            "/./a",
            "/a/..",
            "/%2e%2e/a",
            "/%2E./a",
            "/a%2fb",
            "/a%5cb",
            "/a\\b",
            "/a%00b",
            "/a%0ab",
            "/a%7f",
            "/%",
            "/%1",
            "/%zz",
            "/%ff",
            "/%c0%ae%c0%ae/",
            "/%ed%a0%80",
            "/%c2%85",
            &long,
        ];
        for path in refused {
            assert!(!is_sound_path(path), "{path:.40}");
        }
    }

    #[test]
    fn ordinary_paths_pass() {
        let allowed = [
            "/",
            "/documents/12",
            "/columns/a/",
            "/a..b",
            "/...",
            "/a.b/.well-known",
            "/a%20b",
            "/%E6%94%BF%E5%BA%9C.pdf",
            "/a+b",
            "/a;b=c",
        ];
        for path in allowed {
            assert!(is_sound_path(path), "{path}");
        }
    }

    #[test]
    fn queries_must_be_utf_8_without_control_characters() {
        let long = "q".repeat(MAX_QUERY + 1);
        for query in ["q=%ff", "q=%d5%fe%b8%ae", "q=%00", "q=%", "q=%1b", "q=%u653f", &long] {
            assert!(!is_sound_query(query), "{query:.40}");
        }
        for query in ["", "q=%E6%94%BF", "q=a%2Fb&return=/x/../y", "q=a%0D%0Ab", "q=a+b"] {
            assert!(is_sound_query(query), "{query}");
        }
    }

    #[test]
    fn there_is_exactly_one_host_and_it_looks_like_one() {
        let sound = |uri: &str, hosts: &[&str]| {
            let mut headers = HeaderMap::new();
            for host in hosts {
                headers.append(HOST, host.parse().unwrap());
            }
            is_sound_host(&uri.parse().unwrap(), &headers)
        };
        assert!(sound("/", &["example.gov"]) && sound("/", &["[::1]:80"]));
        assert!(sound("http://Example.gov/x", &["example.gov"]));
        assert!(!sound("/", &[]) && !sound("/", &[""]) && !sound("/", &["a", "b"]));
        assert!(!sound("/", &["a/b"]) && !sound("/", &["a b"]) && !sound("/", &["user@a"]));
        assert!(!sound("http://other/x", &["example.gov"]));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn a_path_that_passes_has_no_dot_segment_nul_or_backslash_once_decoded(
            path in "/([a./%\\\\]|%2[eEfF]|%5[cC]|%00|%E6%94%BF){0,12}",
        ) {
            if is_sound_path(&path) {
                let plain = percent_decode_str(&path).decode_utf8().unwrap().into_owned();
                prop_assert!(!plain.contains(['\0', '\\']) && !plain.contains("//"));
                prop_assert!(!plain.split('/').any(|segment| segment == ".." || segment == "."));
            }
        }

        #[test]
        fn no_text_makes_the_checks_panic(text in "\\PC*") {
            is_sound_path(&text);
            is_sound_query(&text);
        }
    }
}
