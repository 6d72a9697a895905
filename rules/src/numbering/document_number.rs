//! The document number (文号, 发文字号) that the issuing organ printed on its document.
//!
//! GB/T 9704-2012, 7.2.5: the organ's mark (发文机关代字), the full year in 〔〕, the serial in Arabic
//! numerals without leading zero or 第, then 号. Decrees (令), announcements (公告) and unified numbers
//! of normative documents have forms of their own. Old documents and text extraction give others:
//! they are kept as printed, their faults named, and a correction proposed only where there is just
//! one reading. Whether the number was really issued is not known here.

use thiserror::Error;

mod faulty;

/// The family to which a sound number belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentNumberForm {
    /// 松政发〔2018〕5号
    Regular,
    /// ××市人民政府令第10号, sometimes with the year: ××省人民政府令〔2011〕第22号.
    Decree,
    /// ××公告2018年第5号
    Announcement,
    /// A unified number of normative documents (规范性文件统一编号), HFGS—2017—9.
    Unified,
}

/// A sound document number in its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentNumber {
    /// The number exactly as given, blanks at both ends left out.
    pub printed: String,
    /// The family.
    pub form: DocumentNumberForm,
    /// 代字: 松政发; for a decree the issuer with 令, for a unified number its letters.
    pub organ_mark: String,
    /// The year, where the form has one.
    pub year: Option<u16>,
    /// The serial.
    pub serial: u32,
}

/// One thing that is wrong with a printed number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DocumentNumberFaultKind {
    /// Nothing is printed, or a word for nothing (无, null).
    Blank,
    /// The year stands in other brackets than 〔〕.
    WrongBrackets,
    /// The serial begins with a zero (编虚位).
    LeadingZero,
    /// 第 before the serial.
    OrdinalPrefix,
    /// Two digits of year.
    ShortYear,
    /// Blanks within the number.
    Spaces,
    /// The closing 号 is missing.
    MissingSuffix,
    /// Full-width digits.
    FullWidthDigits,
    /// Traditional characters, for example 號.
    TraditionalCharacters,
    /// Text before or after the number.
    ExtraText,
    /// Brackets were lost, year and serial have run together.
    Damaged,
    /// The organ's mark is missing: such digits may as well be a date.
    NoOrganMark,
    /// None of the known forms.
    Unreadable,
}

/// What is wrong with a printed number, and what it should be where that is certain.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("document number {printed:?} has faults: {kinds:?}")]
pub struct DocumentNumberFault {
    /// The value as given.
    pub printed: String,
    /// Every fault found, sorted, at least one.
    pub kinds: Vec<DocumentNumberFaultKind>,
    /// A sound number for a person to accept or not; never applied by itself.
    pub proposal: Option<String>,
}

impl DocumentNumber {
    /// Reads a printed number; blanks at both ends are ignored.
    pub fn parse(printed: &str) -> Result<Self, DocumentNumberFault> {
        let text = printed.trim();
        sound(text).ok_or_else(|| faulty::explain(text))
    }
}

/// The number, if it has one of the sound forms.
fn sound(text: &str) -> Option<DocumentNumber> {
    titled(text, "令", DocumentNumberForm::Decree)
        .or_else(|| titled(text, "公告", DocumentNumberForm::Announcement))
        .or_else(|| regular(text))
        .or_else(|| unified(text))
}

/// `^[一-龥]{2,15}〔\d{4}〕[1-9]\d{0,3}号$`
fn regular(text: &str) -> Option<DocumentNumber> {
    let (organ_mark, rest) = text.split_once('〔')?;
    let (year, rest) = rest.split_once('〕')?;
    let serial = rest.strip_suffix('号')?;
    let length = organ_mark.chars().count();
    let sound =
        (2..=15).contains(&length) && organ_mark.chars().all(is_han) && year.len() == 4 && is_serial(serial);
    if !sound {
        return None;
    }
    Some(DocumentNumber {
        printed: text.to_owned(),
        form: DocumentNumberForm::Regular,
        organ_mark: organ_mark.to_owned(),
        year: Some(digits(year)?),
        serial: digits(serial)?.into(),
    })
}

/// `国务院令第711号`, `××令2018年第5号`, `××令〔2018〕第5号`, the same with 公告, also with Chinese
/// numerals: here 第 belongs to the form.
fn titled(text: &str, word: &str, form: DocumentNumberForm) -> Option<DocumentNumber> {
    let (front, serial) = text.strip_suffix('号')?.rsplit_once('第')?;
    let (title, dated) = front.rsplit_once(word)?;
    let year = match dated {
        "" => None,
        dated => Some(decree_year(dated)?),
    };
    let serial = if is_serial(serial) { digits(serial)? } else { chinese_numeral(serial)? };
    if title.chars().count() < 2 || !title.chars().all(is_han_or_place) {
        return None;
    }
    Some(DocumentNumber {
        printed: text.to_owned(),
        form,
        organ_mark: format!("{title}{word}"),
        year,
        serial: serial.into(),
    })
}

/// `2018年` or `〔2018〕`
fn decree_year(text: &str) -> Option<u16> {
    let bracketed = text.strip_prefix('〔').and_then(|rest| rest.strip_suffix('〕'));
    let year = digits(bracketed.or_else(|| text.strip_suffix('年'))?)?;
    (1949..=2099).contains(&year).then_some(year)
}

/// Capital letters and digits, year and serial between dashes of any kind.
fn unified(text: &str) -> Option<DocumentNumber> {
    let mut parts = text.split(['-', '—', '–', '－', '―']).filter(|part| !part.is_empty());
    let (code, year, serial) = (parts.next()?, parts.next()?, parts.next()?);
    let code_fits = (2..=12).contains(&code.len())
        && code.starts_with(|first: char| first.is_ascii_uppercase())
        && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let year = digits(year).filter(|year| (1949..=2099).contains(year))?;
    if parts.next().is_some() || !code_fits || serial.len() > 5 {
        return None;
    }
    Some(DocumentNumber {
        printed: text.to_owned(),
        form: DocumentNumberForm::Unified,
        organ_mark: code.to_owned(),
        year: Some(year),
        serial: serial.bytes().all(|b| b.is_ascii_digit()).then(|| serial.parse().ok())??,
    })
}

fn is_han(character: char) -> bool {
    ('\u{4e00}'..='\u{9fa5}').contains(&character)
}

/// Han characters and the crosses by which samples leave a place name open.
fn is_han_or_place(character: char) -> bool {
    is_han(character) || matches!(character, '×' | '〇')
}

/// One to four digits without leading zero.
fn is_serial(text: &str) -> bool {
    (1..=4).contains(&text.len()) && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn digits(text: &str) -> Option<u16> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// 一 to 九千九百九十九, as decrees of the President number themselves (第七十一号).
fn chinese_numeral(text: &str) -> Option<u16> {
    const DIGITS: &str = "〇一二三四五六七八九";
    let (mut total, mut digit) = (0u16, None);
    for character in text.chars() {
        let unit = match character {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '零' => 0,
            other => {
                let place = DIGITS.chars().position(|known| known == other)?;
                if digit.replace(u16::try_from(place).ok()?).is_some() {
                    return None;
                }
                continue;
            }
        };
        // 十一 has no digit before its ten; a zero holds an empty place.
        total = total.checked_add(unit * digit.take().unwrap_or(1))?;
    }
    total = total.checked_add(digit.unwrap_or(0))?;
    (total > 0).then_some(total)
}

#[cfg(test)]
mod tests;
