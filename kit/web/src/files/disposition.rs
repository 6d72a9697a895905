//! The name a file is saved under: RFC 6266 with the UTF-8 form of RFC 5987 for Chinese names and
//! an ASCII stand-in for old clients.
//!
//! It does not check that the name's ending fits the content.

use std::fmt::Write;

use http::HeaderValue;

/// Longer names make some clients give up; the ending is kept.
const MAX_CHARS: usize = 150;

/// `inline` or `attachment` with the file's name made safe.
pub fn content_disposition(name: &str, inline: bool) -> HeaderValue {
    let name = safe_name(name);
    let kind = if inline { "inline" } else { "attachment" };
    let ascii: String = name.chars().map(|c| if c.is_ascii() && c != '%' { c } else { '_' }).collect();
    let mut line = format!("{kind}; filename=\"{ascii}\"");
    if ascii != name {
        line.push_str("; filename*=UTF-8''");
        name.bytes().for_each(|byte| push_encoded(&mut line, byte));
    }
    HeaderValue::from_str(&line).expect("safe names hold no control character")
}

/// Without folders, quotes, control characters, invisible direction marks and leading dots.
fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let hidden = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let kept: String = last
        .chars()
        .filter(|c| !c.is_control() && !hidden(*c))
        .map(|c| if "\"<>:|?*;".contains(c) { '_' } else { c })
        .collect();
    let trimmed = kept.trim().trim_start_matches('.').trim_end_matches(['.', ' ']);
    if trimmed.is_empty() { "file".to_owned() } else { shorten(trimmed) }
}

fn shorten(name: &str) -> String {
    if name.chars().count() <= MAX_CHARS {
        return name.to_owned();
    }
    let ending = match name.rsplit_once('.') {
        Some((_, ending)) if ending.chars().count() <= 10 => format!(".{ending}"),
        _ => String::new(),
    };
    let kept = MAX_CHARS - ending.chars().count();
    name.chars().take(kept).collect::<String>() + &ending
}

/// RFC 5987 `attr-char` as it is, everything else percent-encoded.
fn push_encoded(line: &mut String, byte: u8) {
    if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
        line.push(char::from(byte));
    } else {
        let _ = write!(line, "%{byte:02X}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_chinese_name_is_given_in_both_forms() {
        let line = content_disposition("公开 指南.pdf", true);
        assert_eq!(
            line,
            "inline; filename=\"__ __.pdf\"; filename*=UTF-8''%E5%85%AC%E5%BC%80%20%E6%8C%87%E5%8D%97.pdf"
        );
        assert_eq!(content_disposition("a.txt", false), "attachment; filename=\"a.txt\"");
    }

    #[test]
    fn folders_quotes_line_ends_and_direction_marks_are_taken_out() {
        let of = |name: &str| content_disposition(name, false).to_str().unwrap().to_owned();
        assert_eq!(of("../../etc/passwd"), "attachment; filename=\"passwd\"");
        assert_eq!(of("C:\\x\\a.txt"), "attachment; filename=\"a.txt\"");
        assert_eq!(of("a\"; filename=\"b.exe"), "attachment; filename=\"a__ filename=_b.exe\"");
        assert_eq!(of("a\r\nSet-Cookie: x"), "attachment; filename=\"aSet-Cookie_ x\"");
        assert_eq!(of("a\u{202e}fdp.exe"), "attachment; filename=\"afdp.exe\"");
        assert_eq!(of("..."), "attachment; filename=\"file\"");
        assert!(of("100%.txt").contains("filename*=UTF-8''100%25.txt"));
        let long = of(&format!("{}.docx", "a".repeat(400)));
        assert_eq!(long.len(), "attachment; filename=\"\"".len() + MAX_CHARS);
        assert!(long.ends_with(".docx\""));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn no_name_breaks_out_of_its_quotes(name in any::<String>()) {
            let line = content_disposition(&name, false);
            let line = line.to_str().unwrap();
            prop_assert_eq!(line.matches('"').count(), 2);
            prop_assert!(!line.contains('\\') && !line.contains('/'));
        }
    }
}
