//! One cell against its declared field: what is kept of it, or the sentence that says how to mend it.

use kit_text::width;

use super::{Field, Kind, Organs};

/// That a field must be given.
pub fn missing(head: &str) -> String {
    format!("请填写{head}")
}

/// Reads a cell that has no blanks at its ends.
pub fn read(field: &Field, cell: &str, organs: &Organs) -> Result<String, String> {
    if cell.is_empty() {
        return if field.required { Err(missing(field.head)) } else { Ok(String::new()) };
    }
    match field.kind {
        Kind::Text(most) => text(cell, most),
        Kind::Date => date(cell).ok_or_else(|| format!("“{cell}”不是日期，请写成2018-03-11这样")),
        Kind::Integer => whole(cell).ok_or_else(|| format!("“{cell}”不是从0开始的整数")),
        Kind::Money => {
            fen(cell).ok_or_else(|| format!("“{cell}”不是金额，请写成5000或5000.50这样，单位为元"))
        }
        Kind::Choice(options) => choice(cell, options),
        Kind::Organ => organ(cell, organs),
    }
}

fn text(cell: &str, most: usize) -> Result<String, String> {
    let n_chars = cell.chars().count();
    if n_chars > most {
        return Err(format!("有{n_chars}字，最多{most}字，请缩短"));
    }
    if cell.chars().any(|c| c.is_control() && c != '\n' && c != '\r' && c != '\t') {
        return Err("含有看不见的控制字符，请重新输入".to_owned());
    }
    Ok(cell.replace("\r\n", "\n"))
}

/// `2018-03-11`, `2018/3/11`, `2018.3.11`, `2018年3月11日`, `20180311`, each with or without a time behind it.
fn date(cell: &str) -> Option<String> {
    let folded = width::fold(cell);
    let day = folded.split([' ', 'T']).next()?;
    let is_run = day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = if is_run {
        vec![&day[..4], &day[4..6], &day[6..]]
    } else {
        day.trim_end_matches('日').split(['-', '/', '.', '年', '月']).collect()
    };
    let [year, month, day] = parts.as_slice() else { return None };
    let day = jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    (1949..=2999).contains(&day.year()).then(|| day.to_string())
}

/// Digits, with or without commas between thousands.
fn whole(cell: &str) -> Option<String> {
    let folded = width::fold(cell).replace(',', "");
    let plain = folded.strip_suffix(".0").unwrap_or(&folded);
    let is_digits = !plain.is_empty() && plain.len() <= 15 && plain.bytes().all(|byte| byte.is_ascii_digit());
    is_digits.then(|| plain.parse::<i64>().ok()).flatten().map(|number| number.to_string())
}

/// Yuan as fen.
fn fen(cell: &str) -> Option<String> {
    let folded = width::fold(cell).replace([',', '¥', ' '], "");
    let plain = folded.strip_suffix('元').unwrap_or(&folded);
    let (yuan, rest) = plain.split_once('.').unwrap_or((plain, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if yuan.is_empty() || yuan.len() > 13 || rest.len() > 2 || !is_digits(yuan) || !is_digits(rest) {
        return None;
    }
    let fen: i64 = format!("{yuan}{rest:0<2}").parse().ok()?;
    Some(fen.to_string())
}

fn choice(cell: &str, options: &'static [(&'static str, &'static str)]) -> Result<String, String> {
    let known = options.iter().find(|(code, words)| *code == cell || *words == cell);
    known.map(|(code, _)| (*code).to_owned()).ok_or_else(|| {
        let words: Vec<&str> = options.iter().map(|(_, words)| *words).collect();
        format!("“{cell}”不在可选范围内，请填“{}”之一", words.join("”“"))
    })
}

fn organ(cell: &str, organs: &Organs) -> Result<String, String> {
    match organs.find(cell) {
        Some(id) if organs.reaches(id) => Ok(id.0.clone()),
        Some(_) => Err(format!("“{cell}”不在您的职责范围内，只能登记本机构的内容")),
        None => Err(format!("没有名称或代码为“{cell}”的机构，请按“机构”中的名称填写")),
    }
}

/// Fen as yuan, for forms and lists.
pub fn yuan(fen: i64) -> String {
    let (sign, fen) = (if fen < 0 { "-" } else { "" }, fen.unsigned_abs());
    if fen % 100 == 0 {
        format!("{sign}{}", fen / 100)
    } else {
        format!("{sign}{}.{:02}", fen / 100, fen % 100)
    }
}
