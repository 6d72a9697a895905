//! Closed lists: values with the word that is stored and the word that people read, in the order in which lists show them.
//! It is no law itself; the modules with such lists say where each of them comes from.

/// A value, its stored word, its Chinese word.
pub type Coded<T> = (T, &'static str, &'static str);

/// Stored word and Chinese word of every value.
pub const fn pairs<T: Copy, const N: usize>(all: &[Coded<T>; N]) -> [(&'static str, &'static str); N] {
    let mut pairs = [("", ""); N];
    let mut at = 0;
    while at < N {
        pairs[at] = (all[at].1, all[at].2);
        at += 1;
    }
    pairs
}

/// Gives an enum that has a list `ALL` of [`Coded`] values the ways between value and words.
#[macro_export]
macro_rules! coded {
    ($($type:ty),* $(,)?) => {$(
        impl $type {
            /// Stored word and Chinese word of every value, in the order of lists.
            pub const PAIRS: &'static [(&'static str, &'static str)] = &$crate::coded::pairs(&Self::ALL);

            /// The stored word.
            pub fn code(self) -> &'static str {
                Self::ALL.iter().find(|(value, ..)| *value == self).map_or("", |(_, code, _)| *code)
            }

            /// The Chinese word.
            pub fn label(self) -> &'static str {
                Self::ALL.iter().find(|(value, ..)| *value == self).map_or("", |(.., label)| *label)
            }

            /// The value of a stored word.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().find(|(_, known, _)| *known == code).map(|(value, ..)| *value)
            }
        }
    )*};
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::{proposal, remedy, request};

    #[test]
    fn words_lead_back_to_their_values_and_are_there_once() {
        let lists = [
            request::ApplicantKind::PAIRS,
            request::Way::PAIRS,
            request::Complaint::PAIRS,
            remedy::RemedyKind::PAIRS,
            remedy::RemedyOutcome::PAIRS,
            proposal::ProposalKind::PAIRS,
            proposal::Part::PAIRS,
            proposal::ReplyClass::PAIRS,
            proposal::Rating::PAIRS,
        ];
        for list in lists {
            let codes: BTreeSet<&str> = list.iter().map(|(code, _)| *code).collect();
            let labels: BTreeSet<&str> = list.iter().map(|(_, label)| *label).collect();
            assert_eq!((codes.len(), labels.len()), (list.len(), list.len()), "{list:?}");
        }
        let way = request::Way::from_code("fax").unwrap();
        assert_eq!((way.code(), way.label()), ("fax", "传真"));
        assert_eq!(request::Way::from_code("pigeon"), None);
    }
}
