//! Which characters the codes of a font stand for, as the file says it (`ToUnicode`).
//!
//! It does NOT follow other tables that a table builds upon.

use super::lexer::{Lexer, Token};
use std::collections::HashMap;

/// Codes and ranges of one table.
const MOST_ENTRIES: usize = 200_000;

/// A table from codes to text.
#[derive(Debug, Default)]
pub(super) struct CMap {
    single: HashMap<u32, String>,
    /// First and last code and the text of the first, by first code.
    ranges: Vec<(u32, u32, String)>,
}

impl CMap {
    pub(super) fn read(program: &[u8]) -> CMap {
        let mut map = CMap::default();
        let mut operands: Vec<Operand> = Vec::new();
        let mut array: Option<Vec<Vec<u8>>> = None;
        for token in Lexer::new(program) {
            if map.single.len() + map.ranges.len() > MOST_ENTRIES || operands.len() > MOST_ENTRIES {
                break;
            }
            match token {
                Token::ArrayBegins => array = Some(Vec::new()),
                Token::ArrayEnds => operands.extend(array.take().map(Operand::Array)),
                Token::Text(text) => match &mut array {
                    Some(array) => array.push(text),
                    None => operands.push(Operand::Text(text)),
                },
                Token::Operator(word) => {
                    match word {
                        b"endbfchar" => map.add_single(&operands),
                        b"endbfrange" => map.add_ranges(&operands),
                        _ => {}
                    }
                    operands.clear();
                }
                _ => {}
            }
        }
        map.ranges.sort();
        map
    }

    fn add_single(&mut self, operands: &[Operand]) {
        for pair in operands.chunks_exact(2) {
            if let [Operand::Text(code), Operand::Text(text)] = pair {
                self.single.insert(number(code), utf16(text));
            }
        }
    }

    fn add_ranges(&mut self, operands: &[Operand]) {
        for triple in operands.chunks_exact(3) {
            match triple {
                [Operand::Text(from), Operand::Text(to), Operand::Text(text)] => {
                    self.ranges.push((number(from), number(to), utf16(text)));
                }
                [Operand::Text(from), Operand::Text(_), Operand::Array(texts)] => {
                    let from = number(from);
                    let codes = (from..=u32::MAX).zip(texts);
                    self.single.extend(codes.map(|(code, text)| (code, utf16(text))));
                }
                _ => {}
            }
        }
    }

    /// Adds the text of a code; tells whether there is one.
    pub(super) fn push(&self, code: u32, out: &mut String) -> bool {
        if let Some(text) = self.single.get(&code) {
            out.push_str(text);
            return true;
        }
        let at = self.ranges.partition_point(|(from, ..)| *from <= code);
        let Some((from, _, text)) =
            at.checked_sub(1).map(|i| &self.ranges[i]).filter(|(_, to, _)| code <= *to)
        else {
            return false;
        };
        let mut chars = text.chars();
        let last =
            chars.next_back().and_then(|last| char::from_u32(u32::from(last).checked_add(code - from)?));
        out.push_str(chars.as_str());
        out.extend(last);
        last.is_some()
    }
}

enum Operand {
    Text(Vec<u8>),
    Array(Vec<Vec<u8>>),
}

fn number(code: &[u8]) -> u32 {
    code.iter().take(4).fold(0, |sum, &byte| sum << 8 | u32::from(byte))
}

/// Text as tables have it, two bytes a unit.
pub(super) fn utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).filter_map(Result::ok).collect()
}

#[cfg(test)]
mod tests {
    use super::CMap;

    #[test]
    fn codes_are_found_alone_and_in_ranges() {
        let map = CMap::read(
            b"1 begincodespacerange <0000> <ffff> endcodespacerange 2 beginbfchar <0003> <0020> <0004> <D83DDE00> endbfchar\n\
              2 beginbfrange <0010><0012><4e00> <0020> <0021> [<5b57><00660066>] endbfrange",
        );
        let text = |code: u32| {
            let mut out = String::new();
            map.push(code, &mut out).then_some(out)
        };
        assert_eq!([3, 4, 0x12, 0x21].map(text), ["\u{20}", "😀", "丂", "ff"].map(|t| Some(t.to_owned())));
        assert_eq!([5, 0x13, 0x22].map(text), [None, None, None]);
    }
}
