//! Which bytes a request wants (RFC 9110 §14): one range, the whole, or none that exist.
//!
//! Several ranges at once are answered with the whole, which the RFC allows and which gives
//! nobody a way to make us send the same bytes many times.

use http::header::{HeaderMap, HeaderValue, IF_RANGE, RANGE};

/// What to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Whole,
    /// First and last byte, both included.
    Part {
        start: u64,
        end: u64,
    },
    /// 416.
    Nothing,
}

/// Reads `Range` and `If-Range` against a file of `length` bytes.
pub(super) fn wanted(request: &HeaderMap, etag: &HeaderValue, length: u64) -> Wanted {
    let mut ranges = request.get_all(RANGE).iter();
    let (Some(range), None) = (ranges.next(), ranges.next()) else {
        return Wanted::Whole;
    };
    // A date, a weak or another tag: the client's part may be of another file.
    if request.get(IF_RANGE).is_some_and(|tag| tag != etag) {
        return Wanted::Whole;
    }
    range.to_str().ok().and_then(|text| parse(text, length)).unwrap_or(Wanted::Whole)
}

/// `None` for what is no single byte range: such a header is ignored.
fn parse(text: &str, length: u64) -> Option<Wanted> {
    let (unit, spec) = text.split_once('=')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    let (first, last) = spec.trim().split_once('-')?;
    if first.is_empty() {
        let n = number(last)?.min(length);
        let part = Wanted::Part { start: length - n, end: length.saturating_sub(1) };
        return Some(if n == 0 { Wanted::Nothing } else { part });
    }
    let start = number(first)?;
    let end = if last.is_empty() { u64::MAX } else { number(last)? };
    if end < start {
        return None;
    }
    if start >= length {
        return Some(Wanted::Nothing);
    }
    Some(Wanted::Part { start, end: end.min(length - 1) })
}

/// Digits only: `parse` alone would take a plus sign.
fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(range: &str, length: u64) -> Wanted {
        parse(range, length).unwrap_or(Wanted::Whole)
    }

    #[test]
    fn the_range_table_holds() {
        let part = |start, end| Wanted::Part { start, end };
        let table = [
            ("bytes=0-0", part(0, 0)),
            ("bytes=0-99", part(0, 99)),
            ("bytes=90-", part(90, 99)),
            ("bytes=90-1000", part(90, 99)),
            ("bytes=-10", part(90, 99)),
            ("bytes=-1000", part(0, 99)),
            ("Bytes = 5-6", part(5, 6)),
            ("bytes=0-99999999999999999999999", part(0, 99)),
            ("bytes=100-", Wanted::Nothing),
            ("bytes=100-200", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=99999999999999999999999-", Wanted::Nothing),
            ("bytes=6-5", Wanted::Whole),
            ("bytes=0-1,5-6", Wanted::Whole),
            ("bytes=-", Wanted::Whole),
            ("bytes=+1-2", Wanted::Whole),
            ("bytes=a-b", Wanted::Whole),
            ("lines=0-5", Wanted::Whole),
            ("bytes", Wanted::Whole),
        ];
        for (range, expected) in table {
            assert_eq!(of(range, 100), expected, "{range}");
        }
        assert_eq!((of("bytes=0-", 0), of("bytes=-5", 0)), (Wanted::Nothing, Wanted::Nothing));
    }
}
