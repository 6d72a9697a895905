//! How alike two texts are: a report that repeats last year's or another organ's is what inspectors look for first
//! (国办公开办函〔2021〕30号 wants nothing padded, and Art. 47 is the answer to a report that is copied).

use std::collections::HashSet;

/// Characters in a row that are compared.
const SHINGLE: usize = 5;
/// Texts shorter than this are alike by nature.
const SHORTEST: usize = 60;
/// Above this many percent a text is said to repeat another.
pub const MOST_ALIKE: u8 = 80;

/// How much of the shorter text stands in the other one, in percent; none for texts too short to say.
pub fn likeness(one: &str, other: &str) -> Option<u8> {
    let (one, other) = (letters(one), letters(other));
    if one.len().min(other.len()) < SHORTEST {
        return None;
    }
    let shingles =
        |text: &[char]| -> HashSet<Vec<char>> { text.windows(SHINGLE).map(<[char]>::to_vec).collect() };
    let (one, other) = (shingles(&one), shingles(&other));
    let common = one.intersection(&other).count();
    let least = one.len().min(other.len()).max(1);
    u8::try_from(common * 100 / least).ok()
}

/// What a text says without blanks, marks and digits: a year exchanged for another makes no new text.
fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}
