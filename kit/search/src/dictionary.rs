//! The dictionary apart from the index: where the words of a text begin and end, for those who must know whether a find
//! is a word of its own or lies across others.

use std::ops::Range;
use std::sync::Arc;

use crate::cut::Cutter;

/// The dictionary, loaded on first use and shared with the index.
#[derive(Clone)]
pub struct Dictionary(pub(crate) Arc<Cutter>);

impl Dictionary {
    /// The words of two characters or more in a run of Chinese characters, as places counted in characters. A text with
    /// other signs is not for this: their places are not counted.
    pub fn words(&self, run: &str) -> Vec<Range<usize>> {
        let units = self.0.cover(run).into_iter();
        let place = |unit: crate::cut::Unit| unit.place..unit.place + unit.text.chars().count();
        units.map(place).filter(|word| word.len() > 1).collect()
    }

    /// Whether the dictionary has words that lie across an end of `part` (counted in characters) in a run of Chinese
    /// characters: then the part is not a word there.
    pub fn lies_across(&self, run: &str, part: &Range<usize>) -> bool {
        let crosses = |word: &Range<usize>, border: usize| word.start < border && border < word.end;
        self.words(run).iter().any(|word| crosses(word, part.start) || crosses(word, part.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_find_across_two_words_is_told_from_a_word_of_its_own() {
        let dictionary = Dictionary(Arc::new(Cutter::new(&[])));
        assert!(dictionary.lies_across("列入目录的培训机构", &(3..5)));
        assert!(dictionary.lies_across("大力发展生活服务业", &(3..5)));
        assert!(!dictionary.lies_across("全面部暑防火工作", &(2..4)));
    }
}
