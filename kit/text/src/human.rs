//! Numbers as people read them in Chinese: file sizes, counts, shares.
//!
//! It does NOT format dates or money.

/// A file size: `0 字节`, `512 字节`, `12.3 KB`, `1.5 MB`. Units of 1,024, as file managers show.
pub fn file_size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["KB", "MB", "GB", "TB", "PB"];
    if bytes < 1000 {
        return format!("{bytes} 字节");
    }
    let mut value = bytes as f64 / 1024.0;
    let mut unit = 0;
    // Below 1,000 so that no figure has four digits before the point.
    while value >= 999.5 && unit + 1 < UNITS.len() {
        value /= 1024.0;
        unit += 1;
    }
    let figure = if value < 99.95 { format!("{value:.1}") } else { format!("{value:.0}") };
    format!("{} {}", figure.trim_end_matches(".0"), UNITS[unit])
}

/// A whole number with separators: `1,234,567`.
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A rough count as Chinese says it: `9,999`, `1.2 万`, `345 万`, `1.2 亿`.
pub fn count(count: u64) -> String {
    match count {
        0..10_000 => grouped(count),
        10_000..99_995_000 => with_unit(count as f64 / 1e4, "万"),
        _ => with_unit(count as f64 / 1e8, "亿"),
    }
}

fn with_unit(value: f64, unit: &str) -> String {
    let figure = match value {
        v if v < 99.95 => format!("{v:.1}"),
        v => grouped(v.round() as u64),
    };
    format!("{} {unit}", figure.trim_end_matches(".0"))
}

/// A share in percent with at most one decimal: `98.5%`; never `100%` or `0%` unless exactly so.
/// `None` where the whole is nothing.
pub fn percent(part: u64, whole: u64) -> Option<String> {
    if whole == 0 {
        return None;
    }
    let share = part as f64 / whole as f64 * 100.0;
    let shown = match share {
        s if part < whole && s > 99.9 => 99.9,
        s if part > 0 && s < 0.1 => 0.1,
        s => s,
    };
    Some(format!("{}%", format!("{shown:.1}").trim_end_matches(".0")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_sizes_have_at_most_three_digits_and_one_decimal() {
        let expected = [
            (0, "0 字节"),
            (999, "999 字节"),
            (1000, "1 KB"),
            (12_595, "12.3 KB"),
            (1024 * 1024, "1 MB"),
            (1_023_500, "1 MB"),
            (157_286_400, "150 MB"),
            (u64::MAX, "16384 PB"),
        ];
        for (bytes, shown) in expected {
            assert_eq!(file_size(bytes), shown);
        }
    }

    #[test]
    fn counts_use_wan_and_yi() {
        let expected = [
            (0, "0"),
            (9_999, "9,999"),
            (12_000, "1.2 万"),
            (3_450_000, "345 万"),
            (99_994_000, "9,999 万"),
            (120_000_000, "1.2 亿"),
        ];
        for (number, shown) in expected {
            assert_eq!(count(number), shown);
        }
        assert_eq!(grouped(1_234_567), "1,234,567");
    }

    #[test]
    fn a_share_is_only_whole_when_it_is_exactly_so() {
        assert_eq!(percent(1, 0), None);
        assert_eq!(percent(9_999, 10_000).as_deref(), Some("99.9%"));
        assert_eq!(percent(10, 10).as_deref(), Some("100%"));
        assert_eq!(percent(1, 100_000).as_deref(), Some("0.1%"));
        assert_eq!(percent(197, 200).as_deref(), Some("98.5%"));
    }
}
