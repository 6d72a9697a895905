//! Leaders' names, titles and their order, against the site's list. A mistake here is a grave error of wording
//! (国办秘函〔2019〕19号). Persons who are not on the list are not known.

use std::ops::Range;

use super::record::Spot;
use super::signs::is_han;
use super::wording::{Matched, Word, WordKind, WordMatch};
use super::{Code, Detail, Finding};

/// Characters that may stand between two names of one row: titles, signs, 同志.
const WIDEST_GAP: usize = 16;

/// What is wrong about names, titles and order.
pub(super) fn leaders(matched: &[Matched<'_>], words: &[Word]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for Matched { spot, text, matches } in matched {
        let page = Page { spot: *spot, text, matches, words };
        findings
            .extend((0..matches.len()).filter_map(|at| page.wrong_title(at).or_else(|| page.wrong_name(at))));
        findings.extend(page.wrong_order());
    }
    findings
}

/// A text with its matches.
struct Page<'a> {
    spot: Spot<'a>,
    text: &'a str,
    matches: &'a [WordMatch],
    words: &'a [Word],
}

impl<'a> Page<'a> {
    fn word(&self, at: usize, kind: WordKind) -> Option<(&'a Word, &'a Range<usize>)> {
        let found = self.matches.get(at)?;
        let word = self.words.get(found.word).filter(|word| word.kind == kind)?;
        Some((word, &found.range))
    }

    /// A name with a title of the list directly beside it that is none of his.
    fn wrong_title(&self, at: usize) -> Option<Finding> {
        let (leader, name) = self.word(at, WordKind::Name)?;
        let before = at.checked_sub(1).and_then(|at| self.word(at, WordKind::Title));
        let before = before.filter(|(_, title)| title.end == name.start);
        let behind = self.word(at + 1, WordKind::Title).filter(|(_, title)| title.start == name.end);
        let (title, place) = before.or(behind)?;
        if leader.right.is_empty() || titles(&leader.right).any(|own| is_short_for(own, &title.word)) {
            return None;
        }
        let range = place.start.min(name.start)..place.end.max(name.end);
        let is_only = titles(&leader.right).count() == 1;
        let right = if before.is_some() {
            format!("{}{}", leader.right, leader.word)
        } else {
            format!("{}{}", leader.word, leader.right)
        };
        let mend = if is_only { self.spot.replace(&range, right) } else { None };
        let finding = Finding::new(Code::LeaderTitle, self.spot.place(&range), &self.text[range.clone()]);
        Some(finding.detail(Detail::Value(leader.right.clone())).mend(mend))
    }

    /// Behind a title that one leader alone holds, a name that differs from his in one character.
    fn wrong_name(&self, at: usize) -> Option<Finding> {
        let (title, place) = self.word(at, WordKind::Title)?;
        let mut holders = self
            .words
            .iter()
            .filter(|word| word.kind == WordKind::Name && titles(&word.right).any(|own| own == title.word));
        let holder = holders.next().filter(|_| holders.next().is_none())?;
        let behind = &self.text[place.end..];
        let length = holder.word.chars().count();
        let written: String = behind.chars().take(length).collect();
        if length < 3 || !written.chars().all(is_han) || !is_one_slip(&written, &holder.word) {
            return None;
        }
        let range = place.end..place.end + written.len();
        let mend = self.spot.replace(&range, holder.word.clone());
        let finding = Finding::new(Code::LeaderName, self.spot.place(&range), &written);
        Some(finding.detail(Detail::Value(holder.word.clone())).mend(mend))
    }

    /// Rows of names whose places do not rise.
    fn wrong_order(&self) -> Vec<Finding> {
        let names = (0..self.matches.len()).filter_map(|at| self.word(at, WordKind::Name));
        let mut rows: Vec<Vec<(&Word, &Range<usize>)>> = Vec::new();
        for (word, range) in names {
            let last = rows
                .last_mut()
                .filter(|row| row.last().is_some_and(|(_, end)| self.is_in_row(end.end..range.start)));
            match last {
                Some(row) => row.push((word, range)),
                None => rows.push(vec![(word, range)]),
            }
        }
        let is_wrong = |row: &&Vec<(&Word, &Range<usize>)>| {
            !row.windows(2).all(|pair| pair[0].0.order <= pair[1].0.order)
        };
        rows.iter().filter(is_wrong).filter_map(|row| self.order_finding(row)).collect()
    }

    fn is_in_row(&self, gap: Range<usize>) -> bool {
        let gap = &self.text[gap];
        let has_end = gap.contains(['。', '；', '！', '？', '\n']);
        !has_end
            && gap.chars().count() <= WIDEST_GAP
            && gap.contains(['、', '，', ',', '和', '及', ' ', '　'])
    }

    fn order_finding(&self, row: &[(&Word, &Range<usize>)]) -> Option<Finding> {
        let range = row.first()?.1.start..row.last()?.1.end;
        let mut right: Vec<&Word> = row.iter().map(|(word, _)| *word).collect();
        right.sort_by_key(|word| word.order);
        right.dedup_by_key(|word| &word.word);
        let names: Vec<&str> = right.iter().map(|word| word.word.as_str()).collect();
        let finding = Finding::new(Code::LeaderOrder, self.spot.place(&range), &self.text[range.clone()]);
        Some(finding.detail(Detail::Value(names.join("、"))))
    }
}

/// 区委副书记、区长: two titles.
fn titles(list: &str) -> impl Iterator<Item = &str> {
    list.split(['、', '，', ',', ' ']).filter(|title| !title.is_empty())
}

/// 区长 is short for 松岭区区长, and not for 副区长.
fn is_short_for(own: &str, title: &str) -> bool {
    own.strip_suffix(title).is_some_and(|rest| !rest.ends_with(['副', '代', '原', '前']))
}

/// The same length and surname, and one other character.
fn is_one_slip(written: &str, name: &str) -> bool {
    let differences = written.chars().zip(name.chars()).filter(|(a, b)| a != b).count();
    written.chars().count() == name.chars().count()
        && written.chars().next() == name.chars().next()
        && differences == 1
}

#[cfg(test)]
mod tests {
    use super::super::wording::tests::{find_in, word};
    use super::super::wording::{WordList, matched};
    use super::super::{Mend, Record, Text};
    use super::*;

    /// Invented persons (演示数据).
    fn list() -> Vec<Word> {
        let leader = |name: &str, title: &str, order| Word { order, ..word(WordKind::Name, name, title) };
        let title = |name: &str| word(WordKind::Title, name, "");
        vec![
            leader("甲示例", "区委书记", 1),
            leader("乙示范", "区委副书记、区长", 2),
            leader("丙样本", "副区长", 3),
            leader("丁样例", "副区长", 4),
            title("区委书记"),
            title("区委副书记"),
            title("区长"),
            title("副区长"),
        ]
    }

    fn found(text: &str) -> Vec<Finding> {
        let (words, body) = (list(), Text::of_lines(text));
        let find = |text: &str| find_in(&words, text);
        let record = Record::of("", &body);
        leaders(&matched(record.texts(), WordList { words: &words, find: &find }), &words)
    }

    fn codes(text: &str) -> Vec<Code> {
        found(text).into_iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn a_title_that_is_not_the_leaders_is_told() {
        assert_eq!(codes("副区长乙示范出席会议"), [Code::LeaderTitle]);
        assert_eq!(codes("区长乙示范、副区长丙样本出席会议"), []);
        assert_eq!(codes("丙样本区长主持"), [Code::LeaderTitle]);
        let mend = found("区长丙样本主持")[0].mend.clone();
        assert_eq!(mend, Some(Mend::Replace("副区长丙样本".to_owned())));
        assert_eq!(codes("区委副书记、区长乙示范"), []);
    }

    #[test]
    fn a_name_one_character_away_from_the_only_holders_is_told() {
        let found = found("区长乙示犯主持会议");
        assert_eq!(found[0].code, Code::LeaderName);
        assert_eq!(found[0].mend, Some(Mend::Replace("乙示范".to_owned())));
        assert_eq!(codes("副区长丙样木"), [], "two persons hold the title");
        assert_eq!(codes("区长同志主持"), []);
    }

    #[test]
    fn the_order_of_a_row_follows_the_list() {
        assert_eq!(codes("丙样本、乙示范、丁样例出席"), [Code::LeaderOrder]);
        assert_eq!(codes("副区长丙样本，区长乙示范出席"), [Code::LeaderOrder]);
        assert_eq!(codes("甲示例、乙示范和丙样本出席"), []);
        assert_eq!(codes("丙样本主持。甲示例讲话"), []);
    }
}
