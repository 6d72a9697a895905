//! Names that spreadsheets give to things: columns by letters, cells by both, sheets by words with rules.
//!
//! It does NOT read references to other sheets or files.

/// The most columns of a sheet.
pub(crate) const MOST_COLUMNS: usize = 16_384;

/// `0` is `A`, `26` is `AA`.
pub(crate) fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + (rest % 26) as u8);
        rest /= 26;
    }
    letters.iter().rev().map(|&letter| char::from(letter)).collect()
}

/// `B3` is row 2 and column 1, both counted from 0; `None` for what is no cell of a sheet.
pub(crate) fn cell_place(reference: &str) -> Option<(usize, usize)> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (column, row) = reference.split_at(letters);
    let row: usize = row.parse().ok()?;
    Some((row.checked_sub(1)?, column_number(column)?))
}

/// `A` is `0`.
fn column_number(letters: &str) -> Option<usize> {
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let value = |byte: u8| usize::from(byte.to_ascii_uppercase() - b'A') + 1;
    let number = letters.bytes().fold(0, |sum, byte| sum * 26 + value(byte)) - 1;
    (number < MOST_COLUMNS).then_some(number)
}

/// A title as a sheet's name: without the signs that are not allowed, at most 31 units long.
pub(super) fn sheet_name(title: &str) -> String {
    let allowed = |c: &char| !c.is_control() && !['[', ']', ':', '*', '?', '/', '\\'].contains(c);
    let mut units = 0;
    let within = |c: &char| {
        units += c.len_utf16();
        units <= 31
    };
    let name: String = title.chars().filter(allowed).take_while(within).collect();
    match name.trim().trim_matches('\'').trim() {
        "" => "Sheet1".to_owned(),
        // The name of Excel's own log of changes.
        name if name.eq_ignore_ascii_case("history") => format!("{name}_"),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{cell_place, column_letters, sheet_name};

    #[test]
    fn columns_have_letters_and_cells_have_places() {
        assert_eq!([0, 25, 26, 701, 702, 16_383].map(column_letters), ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
        assert_eq!(cell_place("A1"), Some((0, 0)));
        assert_eq!(cell_place("xfd1048576"), Some((1_048_575, 16_383)));
        for wrong in ["", "A", "1", "A0", "XFE1", "AAAA1", "A-1", "甲1", "A99999999999999999999"] {
            assert_eq!(cell_place(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_sheet_has_a_name_that_excel_accepts() {
        assert_eq!(sheet_name("2018年[1]/统计*表?"), "2018年1统计表");
        assert_eq!(sheet_name("''"), "Sheet1");
        assert_eq!(sheet_name("History"), "History_");
        assert_eq!(sheet_name(&"长".repeat(40)).chars().count(), 31);
    }
}
