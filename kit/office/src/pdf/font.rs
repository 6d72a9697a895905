//! Fonts as far as words need them: which character a code is, and how wide it is.
//!
//! It does NOT read the outlines: a font without a table of its characters stays silent.

use super::cmap::CMap;
use encoding_rs::{GB18030, MACINTOSH, UTF_16BE, WINDOWS_1252};
use lopdf::{Dictionary, Document, Object};
use std::collections::HashMap;

/// The largest table of characters that is read.
const LARGEST_TABLE: usize = 8 << 20;

/// How bytes are cut into codes.
#[derive(Debug)]
enum Codes {
    /// One byte each, with the character of each.
    One(Box<[Option<char>; 256]>),
    /// Two bytes each, numbers of the font's own.
    Two,
    /// GBK or GB18030.
    Gb,
    /// UTF-16.
    Wide,
}

/// A font of a page.
#[derive(Debug)]
pub(super) struct Font {
    codes: Codes,
    table: Option<CMap>,
    widths: HashMap<u32, f32>,
    /// First and last code that share a width.
    stretches: Vec<(u32, u32, f32)>,
    usual_width: f32,
}

impl Font {
    pub(super) fn read(dictionary: &Dictionary, document: &Document) -> Font {
        let table = dictionary.get_deref(b"ToUnicode", document).and_then(Object::as_stream);
        let table = table.and_then(|stream| stream.decompressed_content_with_limit(LARGEST_TABLE));
        let table = table.ok().map(|program| CMap::read(&program));
        let is_composite = dictionary.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Type0");
        match is_composite {
            true => composite(dictionary, document, table),
            false => simple(dictionary, document, table),
        }
    }

    /// Goes through the codes of a string: the code, how many bytes it has, its width in thousandths of the size.
    pub(super) fn each(&self, bytes: &[u8], mut take: impl FnMut(u32, &[u8], f32)) {
        let mut rest = bytes;
        while let Some(&first) = rest.first() {
            let n = match self.codes {
                Codes::One(_) => 1,
                Codes::Two | Codes::Wide => 2,
                Codes::Gb if first < 0x81 => 1,
                Codes::Gb => 2,
            };
            let (code, after) = rest.split_at(n.min(rest.len()));
            let number = code.iter().fold(0, |sum, &byte| sum << 8 | u32::from(byte));
            let width = match self.codes {
                Codes::Gb if n == 1 => 500.0,
                Codes::Wide if number < 0x80 => 500.0,
                Codes::Gb | Codes::Wide => 1_000.0,
                _ => self.width(number),
            };
            take(number, code, width);
            rest = after;
        }
    }

    fn width(&self, code: u32) -> f32 {
        let of_stretch =
            || self.stretches.iter().find(|(from, to, _)| (*from..=*to).contains(&code)).map(|s| s.2);
        self.widths.get(&code).copied().or_else(of_stretch).unwrap_or(self.usual_width)
    }

    /// Adds the character of a code.
    pub(super) fn push(&self, number: u32, code: &[u8], out: &mut String) {
        let from = out.len();
        let found = self.table.as_ref().is_some_and(|table| table.push(number, out));
        if !found {
            match &self.codes {
                Codes::One(chars) => out.extend(chars[(number & 0xFF) as usize]),
                Codes::Gb => out.push_str(&GB18030.decode_without_bom_handling(code).0),
                Codes::Wide => out.push_str(&UTF_16BE.decode_without_bom_handling(code).0),
                Codes::Two => {}
            }
        }
        plain_characters(out, from);
    }
}

fn simple(dictionary: &Dictionary, document: &Document, table: Option<CMap>) -> Font {
    let mut font = Font {
        codes: Codes::One(Box::new(characters(dictionary, document))),
        table,
        widths: HashMap::new(),
        stretches: Vec::new(),
        usual_width: 500.0,
    };
    let first =
        dictionary.get_deref(b"FirstChar", document).and_then(Object::as_i64).unwrap_or(0).clamp(0, 255);
    let widths = dictionary.get_deref(b"Widths", document).and_then(Object::as_array);
    for (code, width) in (first as u32..256).zip(widths.map(Vec::as_slice).unwrap_or_default()) {
        let width = document.dereference(width).and_then(|(_, width)| width.as_float());
        font.widths.extend(width.ok().map(|width| (code, width)));
    }
    font
}

/// The character of each code by the font's encoding.
fn characters(dictionary: &Dictionary, document: &Document) -> [Option<char>; 256] {
    let encoding = dictionary.get_deref(b"Encoding", document).ok();
    let differences = encoding.and_then(|encoding| encoding.as_dict().ok());
    let base = match differences {
        Some(dictionary) => dictionary.get_deref(b"BaseEncoding", document).ok(),
        None => encoding,
    };
    let is_mac = base.and_then(|base| base.as_name().ok()) == Some(b"MacRomanEncoding");
    let decoder = if is_mac { MACINTOSH } else { WINDOWS_1252 };
    let mut characters = std::array::from_fn(|code| {
        let byte = [code as u8];
        let c = decoder.decode_without_bom_handling(&byte).0.chars().next();
        c.filter(|c| !c.is_control())
    });
    let list =
        differences.and_then(|d| d.get_deref(b"Differences", document).and_then(Object::as_array).ok());
    let mut code = 0_usize;
    for entry in list.into_iter().flatten() {
        match entry {
            Object::Integer(number) => code = usize::try_from(*number).unwrap_or(256),
            Object::Name(name) => {
                if let Some(place) = characters.get_mut(code) {
                    *place = character_of(name);
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    characters
}

/// The character that a name stands for: `a`, `uni4E2D`, `u1F600`, `five`, `comma`.
fn character_of(name: &[u8]) -> Option<char> {
    let name = std::str::from_utf8(name).ok()?;
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return Some(c);
    }
    let code = name.strip_prefix("uni").and_then(|hex| hex.get(..4)).or_else(|| name.strip_prefix('u'));
    if let Some(c) = code.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32) {
        return Some(c);
    }
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)
}

const NAMED: &[(&str, char)] = &[
    ("space", ' '),
    ("exclam", '!'),
    ("quotedbl", '"'),
    ("numbersign", '#'),
    ("dollar", '$'),
    ("percent", '%'),
    ("ampersand", '&'),
    ("quotesingle", '\''),
    ("parenleft", '('),
    ("parenright", ')'),
    ("asterisk", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("hyphen", '-'),
    ("minus", '-'),
    ("period", '.'),
    ("slash", '/'),
    ("zero", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
    ("colon", ':'),
    ("semicolon", ';'),
    ("less", '<'),
    ("equal", '='),
    ("greater", '>'),
    ("question", '?'),
    ("at", '@'),
    ("bracketleft", '['),
    ("backslash", '\\'),
    ("bracketright", ']'),
    ("asciicircum", '^'),
    ("underscore", '_'),
    ("grave", '`'),
    ("braceleft", '{'),
    ("bar", '|'),
    ("braceright", '}'),
    ("asciitilde", '~'),
    ("quoteleft", '‘'),
    ("quoteright", '’'),
    ("quotedblleft", '“'),
    ("quotedblright", '”'),
    ("endash", '–'),
    ("emdash", '—'),
    ("bullet", '•'),
    ("periodcentered", '·'),
    ("middot", '·'),
    ("degree", '°'),
    ("multiply", '×'),
    ("section", '§'),
    ("fi", 'ﬁ'),
    ("fl", 'ﬂ'),
    ("ellipsis", '…'),
    ("nbspace", ' '),
    ("yen", '¥'),
];

fn composite(dictionary: &Dictionary, document: &Document, table: Option<CMap>) -> Font {
    let name = dictionary.get_deref(b"Encoding", document).and_then(Object::as_name).unwrap_or_default();
    let begins = |word: &[u8]| name.starts_with(word);
    let codes = match () {
        () if begins(b"GB") && !begins(b"GBT") => Codes::Gb,
        () if begins(b"Uni") => Codes::Wide,
        () => Codes::Two,
    };
    let mut font = Font { codes, table, widths: HashMap::new(), stretches: Vec::new(), usual_width: 1_000.0 };
    let descendants = dictionary.get_deref(b"DescendantFonts", document).and_then(Object::as_array);
    let first = descendants.ok().and_then(|list| list.first());
    let descendant = first.and_then(|first| document.dereference(first).ok()?.1.as_dict().ok());
    let Some(descendant) = descendant else {
        return font;
    };
    if let Ok(width) = descendant.get_deref(b"DW", document).and_then(Object::as_float) {
        font.usual_width = width;
    }
    let widths = descendant.get_deref(b"W", document).and_then(Object::as_array);
    let mut rest = widths.map(Vec::as_slice).unwrap_or_default();
    let number = |object: &Object| document.dereference(object).ok().and_then(|(_, n)| n.as_float().ok());
    // `c [w w w]` or `first last w`.
    while let [from, second, ..] = rest {
        let from = number(from).unwrap_or(0.0) as u32;
        match document.dereference(second).map(|(_, second)| second) {
            Ok(Object::Array(list)) => {
                let widths =
                    (from..=u32::MAX).zip(list).filter_map(|(code, width)| Some((code, number(width)?)));
                font.widths.extend(widths);
                rest = &rest[2..];
            }
            Ok(to) => {
                let (Some(width), Ok(to)) = (rest.get(2).and_then(number), to.as_float()) else {
                    break;
                };
                if font.stretches.len() < 1_000 {
                    font.stretches.push((from, to as u32, width));
                }
                rest = &rest[3..];
            }
            Err(_) => break,
        }
    }
    font
}

/// The radicals of the dictionary, which programs write for the characters that look the same.
const RADICALS: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴\
    廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿\
    目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵\
    邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// Replaces look-alikes by what they mean, and drops what is no text.
fn plain_characters(out: &mut String, from: usize) {
    let is_odd = |c: char| {
        c.is_control()
            || matches!(c, '\u{2f00}'..='\u{2fd5}' | '\u{fffd}' | '\u{fb01}' | '\u{fb02}' | '\u{ad}')
    };
    if !out[from..].contains(is_odd) {
        return;
    }
    let odd = out.split_off(from);
    for c in odd.chars() {
        match c {
            '\u{2f00}'..='\u{2fd5}' => out.extend(RADICALS.chars().nth((u32::from(c) - 0x2f00) as usize)),
            'ﬁ' => out.push_str("fi"),
            'ﬂ' => out.push_str("fl"),
            '\n' | '\r' | '\t' => out.push(' '),
            c if is_odd(c) => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{RADICALS, character_of, plain_characters};

    #[test]
    fn names_of_characters_are_known() {
        let names: [&[u8]; 6] = [b"A", b"uni4E2D", b"u1F600", b"seven", b"g12", b"uniXYZ"];
        assert_eq!(names.map(character_of), [Some('A'), Some('中'), Some('😀'), Some('7'), None, None]);
    }

    #[test]
    fn radicals_become_the_characters_they_look_like() {
        assert_eq!(RADICALS.chars().count(), 214);
        let mut text = String::from("a⽉⽇\u{2fd5}ﬁ\u{0}");
        plain_characters(&mut text, 1);
        assert_eq!(text, "a月日龠fi");
    }
}
