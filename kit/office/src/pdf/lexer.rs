//! The signs of a page's program: numbers, names, strings, operators.
//!
//! It does NOT build a list of them; a page may have millions.

/// One sign.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token<'a> {
    Number(f32),
    /// Without its slash, escapes resolved.
    Name(Vec<u8>),
    /// The bytes of a string, however it was written.
    Text(Vec<u8>),
    ArrayBegins,
    ArrayEnds,
    DictionaryBegins,
    DictionaryEnds,
    Operator(&'a [u8]),
}

/// Strings inside strings: no honest page goes deeper.
const DEEPEST: usize = 64;

/// Goes through a program sign by sign.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Lexer<'a> {
        Lexer { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Takes bytes as long as they are of a kind.
    fn run_of(&mut self, is: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = &self.bytes[self.at..];
        let n = rest.iter().position(|&byte| !is(byte)).unwrap_or(rest.len());
        self.at += n;
        &rest[..n]
    }

    fn skip_blank(&mut self) {
        loop {
            self.run_of(is_blank);
            if self.peek() != Some(b'%') {
                return;
            }
            self.run_of(|byte| byte != b'\n' && byte != b'\r');
        }
    }

    /// After `ID`: behind the picture's bytes, which end with `EI`.
    pub(super) fn skip_picture(&mut self) {
        let rest = &self.bytes[self.at.min(self.bytes.len())..];
        let is_end = |w: &[u8]| is_blank(w[0]) && &w[1..3] == b"EI" && (is_blank(w[3]) || w[3] == b'Q');
        self.at = match rest.windows(4).position(is_end) {
            Some(at) => self.at + at + 3,
            None => self.bytes.len(),
        };
    }

    fn literal(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut depth = 1;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'\\' => self.escape(&mut out),
                b'(' if depth < DEEPEST => {
                    depth += 1;
                    out.push(byte);
                }
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                    out.push(byte);
                }
                byte => out.push(byte),
            }
        }
        out
    }

    fn escape(&mut self, out: &mut Vec<u8>) {
        let Some(byte) = self.peek() else {
            return;
        };
        self.at += 1;
        match byte {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'\r' if self.peek() == Some(b'\n') => self.at += 1,
            b'\r' | b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    match self.peek() {
                        Some(digit @ b'0'..=b'7') => code = code * 8 + u32::from(digit - b'0'),
                        _ => break,
                    }
                    self.at += 1;
                }
                out.push(code as u8);
            }
            byte => out.push(byte),
        }
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        let inside = self.run_of(|byte| byte != b'>');
        self.at += 1;
        let mut digits = inside.iter().filter_map(|&byte| char::from(byte).to_digit(16));
        let mut out = Vec::with_capacity(inside.len() / 2 + 1);
        while let Some(high) = digits.next() {
            out.push((high * 16 + digits.next().unwrap_or(0)) as u8);
        }
        out
    }

    fn name(&mut self) -> Vec<u8> {
        let raw = self.run_of(is_regular);
        let mut out = Vec::with_capacity(raw.len());
        let mut at = 0;
        while at < raw.len() {
            let code = (raw[at] == b'#').then(|| raw.get(at + 1..at + 3)).flatten();
            let code = code.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
            out.push(code.unwrap_or(raw[at]));
            at += if code.is_some() { 3 } else { 1 };
        }
        out
    }

    fn two(&mut self, second: u8) -> bool {
        let is = self.peek() == Some(second);
        self.at += usize::from(is);
        is
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            self.skip_blank();
            let byte = self.peek()?;
            if is_regular(byte) {
                let word = self.run_of(is_regular);
                return Some(number(word).map_or(Token::Operator(word), Token::Number));
            }
            self.at += 1;
            return Some(match byte {
                b'(' => Token::Text(self.literal()),
                b'/' => Token::Name(self.name()),
                b'[' => Token::ArrayBegins,
                b']' => Token::ArrayEnds,
                b'<' if self.two(b'<') => Token::DictionaryBegins,
                b'<' => Token::Text(self.hexadecimal()),
                b'>' if self.two(b'>') => Token::DictionaryEnds,
                _ => continue,
            });
        }
    }
}

fn number(word: &[u8]) -> Option<f32> {
    if !word.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.')) {
        return None;
    }
    let value: f32 = std::str::from_utf8(word).ok()?.parse().ok()?;
    value.is_finite().then_some(value)
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | 12 | 0)
}

fn is_regular(byte: u8) -> bool {
    !is_blank(byte) && !b"()<>[]{}/%".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::{Lexer, Token};

    #[test]
    fn a_program_is_read_sign_by_sign() {
        let program =
            b"/F#31 12.5 Tf % words ) (\n[(a\\(b\\051(c)\\n) -20<4e2D0>]TJ T* <</A 1>>BDC ID \x01EI)\n EI Q";
        let mut lexer = Lexer::new(program);
        let tokens: Vec<Token> = lexer.by_ref().take(14).collect();
        let expected = [
            Token::Name(b"F1".to_vec()),
            Token::Number(12.5),
            Token::Operator(b"Tf"),
            Token::ArrayBegins,
            Token::Text(b"a(b)(c)\n".to_vec()),
            Token::Number(-20.0),
            Token::Text(vec![0x4e, 0x2d, 0]),
            Token::ArrayEnds,
            Token::Operator(b"TJ"),
            Token::Operator(b"T*"),
            Token::DictionaryBegins,
            Token::Name(b"A".to_vec()),
            Token::Number(1.0),
            Token::DictionaryEnds,
        ];
        assert_eq!(tokens, expected);
        assert_eq!(lexer.next(), Some(Token::Operator(b"BDC")));
        assert_eq!(lexer.next(), Some(Token::Operator(b"ID")));
        lexer.skip_picture();
        assert_eq!(lexer.collect::<Vec<_>>(), [Token::Operator(b"Q")]);
    }
}
