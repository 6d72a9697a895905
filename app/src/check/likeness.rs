//! Which texts are nearly the same. A text is taken as the set of its character triples; from them come a few keys so
//! made that texts which share most of their triples share a key (min-wise hashing in bands). Finding the candidates is
//! then a look into an index; how alike two texts are is counted from the triples themselves.

use std::collections::HashSet;

/// Values of a print: each the least hash in its part of the range.
const VALUES: usize = 64;
/// Values that make a key; more of them ask for more likeness.
const IN_A_KEY: usize = 4;
/// Keys of a text.
pub const KEYS: usize = VALUES / IN_A_KEY;
/// Texts of fewer triples say too little to be compared.
const FEWEST: usize = 80;

/// The triples of a text, hashed.
pub struct Triples(HashSet<u64>);

impl Triples {
    /// Those of letters, digits and Chinese characters; signs and blanks do not count.
    pub fn of(text: &str) -> Triples {
        let mut chars = text.chars().filter(|c| c.is_alphanumeric());
        let (mut one, mut two) = (chars.next(), chars.next());
        let mut triples = HashSet::new();
        for three in chars {
            if let (Some(a), Some(b)) = (one, two) {
                triples.insert(scattered(
                    u64::from(u32::from(a)) << 42
                        | u64::from(u32::from(b)) << 21
                        | u64::from(u32::from(three)),
                ));
            }
            (one, two) = (two, Some(three));
        }
        Triples(triples)
    }

    /// The keys under which a text is found; none for a short one.
    pub fn keys(&self) -> Option<[i64; KEYS]> {
        if self.0.len() < FEWEST {
            return None;
        }
        let print = self.print();
        let mut keys = [0; KEYS];
        for (at, (key, values)) in keys.iter_mut().zip(print.chunks(IN_A_KEY)).enumerate() {
            let mixed = values.iter().fold(at as u64, |mixed, value| scattered(mixed ^ value));
            *key = mixed.cast_signed();
        }
        Some(keys)
    }

    /// Percent of the triples of both that they share.
    pub fn likeness(&self, other: &Triples) -> u8 {
        let shared = self.0.intersection(&other.0).count();
        let all = self.0.len() + other.0.len() - shared;
        u8::try_from(100 * shared / all.max(1)).unwrap_or(100)
    }

    /// The least hash of each part of the range; an empty part borrows from the next that is not.
    fn print(&self) -> [u64; VALUES] {
        let mut least = [u64::MAX; VALUES];
        for hash in &self.0 {
            let part = &mut least[(hash >> (64 - VALUES.ilog2())) as usize];
            *part = (*part).min(*hash);
        }
        let mut print = least;
        for (at, value) in print.iter_mut().enumerate() {
            let mut steps = (0..VALUES).map(|step| (step as u64, least[(at + step) % VALUES]));
            let found = steps.find(|(_, value)| *value != u64::MAX);
            *value = found.map_or(0, |(step, value)| value.wrapping_add(scattered(step)));
        }
        print
    }
}

/// A number whose bits all depend on all bits of another (the finisher of SplitMix64).
fn scattered(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences that differ from one another.
    fn text(from: usize, to: usize) -> String {
        (from..to)
            .map(|n| format!("第{n}条 本区第{}项事务由第{}办公室于{}日内办理。", n * 7, n * 13, n * 3))
            .collect()
    }

    fn share_a_key(one: &str, other: &str) -> bool {
        let keys = |text: &str| Triples::of(text).keys();
        // A text too short to be told from others has no keys and meets nobody.
        let (Some(one), Some(other)) = (keys(one), keys(other)) else { return false };
        one.iter().zip(other).any(|(a, b)| *a == b)
    }

    #[test]
    fn texts_that_share_nine_triples_of_ten_meet_under_a_key() {
        for n in 0..50 {
            let one = text(n * 100, n * 100 + 60);
            let other = text(n * 100 + 2, n * 100 + 60);
            assert!(Triples::of(&one).likeness(&Triples::of(&other)) >= 90);
            assert!(share_a_key(&one, &other), "{n}");
        }
    }

    #[test]
    fn signs_and_blanks_make_no_difference_and_other_texts_no_match() {
        let one = text(0, 40);
        let spaced = one.replace('。', " . ").replace('第', " 第");
        assert_eq!(Triples::of(&one).likeness(&Triples::of(&spaced)), 100);
        let other = "春季森林防火期内，各镇、各单位应当落实责任，加强巡护，严格火源管理。".repeat(3)
            + "值班人员保持通信畅通，遇有火情立即报告，不得迟报、漏报、瞒报。未经批准，任何人不得携带火种进入林区，违者依法处理。";
        assert!(Triples::of(&one).likeness(&Triples::of(&other)) < 5);
        assert!(!share_a_key(&one, &other));
    }

    #[test]
    fn a_short_text_is_compared_with_nothing() {
        assert_eq!(Triples::of("关于防火的通知").keys(), None);
        assert_eq!(Triples::of("").likeness(&Triples::of("")), 0);
    }
}
