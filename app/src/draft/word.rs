//! What a Word document that an officer uploads says (从文档导入): its text for the body, and which of its lines are the
//! title, the document number and the date. They are proposals: a person confirms them.

use std::ops::Range;

use jiff::civil::Date;
use kit_office::docx::{self, Alignment, Paragraph, Picture};
use rules::numbering::DocumentNumber;

use crate::reference::Reference;

/// Lines from the top among which a title is looked for: the red head, the number and blanks stand before it.
const TOP: usize = 12;
/// More characters than any title has.
const LONGEST_TITLE: usize = 120;

/// What was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word {
    /// The title; empty where no line looks like one.
    pub title: String,
    /// 文号
    pub document_number: Option<String>,
    /// 成文日期
    pub written_on: Option<String>,
    /// The body without the lines that became title and number. Pictures carry `data-picture`, see [`with_pictures`].
    pub body_html: String,
    /// The pictures, in the order of their numbers.
    pub pictures: Vec<Picture>,
}

/// Reads a DOCX.
///
/// # Errors
/// Why it cannot be read, in a sentence people can act on.
pub fn read(reference: &Reference, bytes: &[u8]) -> Result<Word, kit_office::OfficeError> {
    let document = docx::read(bytes, &kit_office::Limits::default())?;
    let top: Vec<&Paragraph> = document.paragraphs.iter().filter(|line| !line.in_table).take(TOP).collect();
    let number = top.iter().find(|line| is_number(&line.text)).copied();
    let title = title(reference, &top);
    let mut cut: Vec<Range<usize>> =
        title.iter().chain(number.iter()).filter_map(|line| line.block.clone()).collect();
    cut.sort_by_key(|range| range.start);
    Ok(Word {
        title: title
            .iter()
            .map(|line| line.text.trim())
            .collect::<String>()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
        document_number: number.map(|line| line.text.trim().to_owned()),
        written_on: document
            .paragraphs
            .iter()
            .rev()
            .filter(|line| !line.in_table)
            .find_map(|line| bare_date(&line.text)),
        body_html: without(&document.blocks_html, &cut),
        pictures: document.pictures,
    })
}

fn is_number(text: &str) -> bool {
    DocumentNumber::parse(text.trim()).is_ok()
}

/// The lines of the title: those in the style of titles, else the largest centred ones, else the first that names a
/// subject and a kind of document (关于……的通知).
fn title<'a>(reference: &Reference, top: &[&'a Paragraph]) -> Vec<&'a Paragraph> {
    let styled = run(top, |line| line.level == Some(0));
    if !styled.is_empty() {
        return styled;
    }
    let may_be = |line: &Paragraph| {
        line.alignment == Alignment::Center && !is_number(&line.text) && !is_red_head(&line.text)
    };
    let largest = top.iter().filter(|line| may_be(line)).map(|line| line.half_points).max();
    let centred = run(top, |line| may_be(line) && Some(line.half_points) == largest);
    if !centred.is_empty() {
        return centred;
    }
    let named = |line: &&&Paragraph| {
        line.text.contains("关于") && reference.genre_by_title(line.text.trim()).is_some()
    };
    top.iter()
        .find(named)
        .filter(|line| line.text.chars().count() <= LONGEST_TITLE)
        .into_iter()
        .copied()
        .collect()
}

/// The first lines in a row of which `holds` is true, as long as a title may be.
fn run<'a>(top: &[&'a Paragraph], holds: impl Fn(&Paragraph) -> bool) -> Vec<&'a Paragraph> {
    let lines: Vec<&Paragraph> =
        top.iter().skip_while(|line| !holds(line)).take_while(|line| holds(line)).copied().collect();
    let length: usize = lines.iter().map(|line| line.text.chars().count()).sum();
    if length <= LONGEST_TITLE { lines } else { Vec::new() }
}

/// 松岭区人民政府文件: the large red line over a document.
fn is_red_head(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    text.ends_with("文件") && !text.contains("关于")
}

fn without(html: &str, cut: &[Range<usize>]) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut at = 0;
    for range in cut {
        kept.push_str(html.get(at..range.start).unwrap_or_default());
        at = at.max(range.end);
    }
    kept.push_str(html.get(at..).unwrap_or_default());
    kept
}

/// The date of a line that says nothing else: 2018年3月11日 or 二〇一八年三月十一日.
fn bare_date(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let day = rest.strip_suffix('日')?;
    let date = Date::new(
        i16::try_from(figures(year)?).ok()?,
        i8::try_from(figures(month)?).ok()?,
        i8::try_from(figures(day)?).ok()?,
    );
    date.ok().filter(|date| (1949..=2200).contains(&date.year())).map(|date| date.to_string())
}

/// A number in figures, or in Chinese as dates write it: 二〇一八, 十一, 二十三.
fn figures(text: &str) -> Option<u32> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let digit = |c: char| {
        "〇一二三四五六七八九".chars().position(|known| known == c).or_else(|| "○零".contains(c).then_some(0))
    };
    if let Some((tens, ones)) = text.split_once('十') {
        let part = |part: &str, empty: u32| match part.chars().next() {
            None => Some(empty),
            Some(c) if part.chars().count() == 1 => digit(c).and_then(|d| u32::try_from(d).ok()),
            Some(_) => None,
        };
        return Some(part(tens, 1)? * 10 + part(ones, 0)?);
    }
    let digits =
        text.chars().map(|c| digit(c).and_then(|d| u32::try_from(d).ok())).collect::<Option<Vec<_>>>()?;
    (!digits.is_empty() && digits.len() <= 4)
        .then(|| digits.iter().fold(0, |number, digit| number * 10 + digit))
}

/// The body with its pictures at the addresses that `address` gives for their numbers; one that has none leaves a word.
pub fn with_pictures(html: &str, address: impl Fn(usize) -> Option<String>) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("<img ") {
        out.push_str(&rest[..at]);
        let Some(end) = rest[at..].find('>') else { break };
        let tag = &rest[at..=at + end];
        let number = attribute(tag, "data-picture").and_then(|number| number.parse().ok());
        match number.and_then(&address) {
            Some(src) => {
                let alt = attribute(tag, "alt").unwrap_or_default();
                out.push_str(&format!("<img src=\"{src}\" alt=\"{alt}\">"));
            }
            None => out.push_str("【图片需重新粘贴】"),
        }
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
    out
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let from = tag.find(&format!("{name}=\""))? + name.len() + 2;
    tag[from..].split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, alignment: Alignment, half_points: u32, level: Option<u8>) -> Paragraph {
        Paragraph {
            text: text.to_owned(),
            style: String::new(),
            alignment,
            level,
            half_points,
            strong: false,
            in_table: false,
            block: None,
        }
    }

    fn title_of(lines: &[Paragraph]) -> String {
        let top: Vec<&Paragraph> = lines.iter().collect();
        title(Reference::get(), &top).iter().map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn the_title_is_the_styled_line_else_the_largest_centred_ones_below_the_red_head() {
        use Alignment::{Center, Left};
        let red = line("松岭区人民政府文件", Center, 72, None);
        let number = line("松政发〔2018〕5号", Center, 32, None);
        let (one, two) =
            (line("松岭区人民政府关于", Center, 44, None), line("做好防火工作的通知", Center, 44, None));
        let body = line("各镇、街道：", Left, 32, None);
        let lines = [red.clone(), number.clone(), one, two, body.clone()];
        assert_eq!(title_of(&lines), "松岭区人民政府关于做好防火工作的通知");
        let styled = line("样式标题", Left, 0, Some(0));
        assert_eq!(title_of(&[red, number, styled]), "样式标题");
        assert_eq!(title_of(&[line("关于值班的通知", Left, 32, None), body.clone()]), "关于值班的通知");
        assert_eq!(title_of(&[body]), "");
    }

    #[test]
    fn dates_are_read_in_figures_and_in_chinese() {
        assert_eq!(bare_date("2018年3月11日").as_deref(), Some("2018-03-11"));
        assert_eq!(bare_date("二〇一八年 十一月二十三日").as_deref(), Some("2018-11-23"));
        assert_eq!(bare_date("二○一八年十月十日").as_deref(), Some("2018-10-10"));
        for wrong in ["2018年2月30日", "自2018年3月11日起施行", "十年", "年月日", ""] {
            assert_eq!(bare_date(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn pictures_get_their_addresses_and_lost_ones_a_word() {
        let html = "<p><img data-picture=\"0\" alt=\"图\"></p><p><img data-picture=\"1\" alt=\"\"></p>";
        let made = with_pictures(html, |number| (number == 0).then(|| "a%2Epng".to_owned()));
        assert_eq!(made, "<p><img src=\"a%2Epng\" alt=\"图\"></p><p>【图片需重新粘贴】</p>");
        assert_eq!(without("abcdef", &[1..2, 3..5]), "acf");
    }
}
