//! Whether a "go back to" address stays on this site.
//!
//! It does not say whether the page exists.

/// Accepts a path of this site with query, such as `/lists?page=2`; refuses everything a browser
/// could read as another host: `//host`, `/\host`, schemes, and control characters (browsers
/// drop tabs and line ends before they read an address).
pub fn is_local_path(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next() == Some('/')
        && !matches!(chars.next(), Some('/' | '\\'))
        && text.len() <= 2048
        && !text.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\')
        && !text.split(['?', '#']).next().unwrap_or_default().contains("//")
}

#[cfg(test)]
mod tests {
    use super::is_local_path;

    #[test]
    fn paths_of_this_site_pass() {
        for path in ["/", "/a", "/a/b?page=2", "/a#b", "/s?q=%E6%94%BF&to=http://x//y", "/政策"] {
            assert!(is_local_path(path), "{path}");
        }
    }

    #[test]
    fn what_a_browser_could_take_elsewhere_is_refused() {
        let refused = [
            "",
            "a",
            "//host",
            "///host",
            "/\\host",
            "\\\\host",
            "/a\\b",
            "http://host",
            "https:/host",
            "javascript:alert(1)",
            " /a",
            "/\t/host",
            "/\n/host",
            "\t//host",
            "/a\r\nSet-Cookie: b",
            "/a//host",
            "/\u{0}",
            "/ /host",
            "?a",
            "#a",
            "/\u{2028}x",
            "/\u{3000}/host",
        ];
        for path in refused {
            assert!(!is_local_path(path), "{path:?}");
        }
        assert!(!is_local_path(&format!("/{}", "a".repeat(2048))));
    }
}
