//! The form of a notice: its number, its title, and its days, one line for a day or for several in a row, as people write
//! them down from the paper.

use jiff::civil::Date;
use kit_web::forms::{Form, FormErrors};

use crate::working_calendar::{NewNotice, NoticeDay};

/// Days that one line may stand for.
const LONGEST_RANGE: usize = 60;

/// What was typed.
#[derive(Default, Clone)]
pub struct Fields {
    pub document_number: String,
    pub title: String,
    pub noticed_year: String,
    pub days: String,
    pub version: i64,
}

impl Fields {
    /// A notice as its form shows it.
    pub fn of(notice: &NewNotice, version: i64) -> Fields {
        let line = |day: &NoticeDay| {
            format!("{} {} {}", day.on, if day.off_day { "放假" } else { "上班" }, day.name)
        };
        Fields {
            document_number: notice.document_number.clone(),
            title: notice.title.clone(),
            noticed_year: notice.noticed_year.map(|year| year.to_string()).unwrap_or_default(),
            days: notice.days.iter().map(line).collect::<Vec<_>>().join("\n"),
            version,
        }
    }

    /// What a form says.
    pub fn read(form: &Form) -> Fields {
        Fields {
            document_number: form.text("document_number"),
            title: form.text("title"),
            noticed_year: form.text("noticed_year"),
            days: form.text("days"),
            version: form.text("version").parse().unwrap_or_default(),
        }
    }

    /// The notice, or what is wrong, line by line.
    pub fn notice(&self) -> Result<NewNotice, FormErrors> {
        let mut errors = FormErrors::default();
        for (field, value, sentence) in [
            ("document_number", &self.document_number, "请填写文号，期限改变时以它为依据"),
            ("title", &self.title, "请填写通知标题"),
        ] {
            if value.is_empty() {
                errors.add(field, sentence);
            }
        }
        let noticed_year = match self.noticed_year.as_str() {
            "" => None,
            typed => {
                let year = typed.parse().ok().filter(|year| (2008..=2100).contains(year));
                if year.is_none() {
                    errors.add("noticed_year", "年度应为四位数字，例如 2027；不是年度通知的不填");
                }
                year
            }
        };
        let days = match days(&self.days) {
            Ok(days) => days,
            Err(sentence) => {
                errors.add("days", sentence);
                Vec::new()
            }
        };
        let (document_number, title) = (self.document_number.clone(), self.title.clone());
        errors.or(NewNotice { document_number, title, noticed_year, days })
    }
}

/// The days of all lines, in order; the first line that cannot be read is named with the way it should look.
fn days(text: &str) -> Result<Vec<NoticeDay>, String> {
    let mut days: Vec<NoticeDay> = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let fault = |why: &str| format!("第 {number} 行“{}”{why}", line.trim());
        for day in days_of_line(line).map_err(|why| fault(&why))? {
            if days.iter().any(|known| known.on == day.on) {
                return Err(fault(&format!("：{} 已经写过", day.on)));
            }
            days.push(day);
        }
    }
    if days.is_empty() {
        return Err("请至少写一天，例如：2026-10-01至2026-10-07 放假 国庆节".to_owned());
    }
    days.sort_by_key(|day| day.on);
    Ok(days)
}

fn days_of_line(line: &str) -> Result<Vec<NoticeDay>, String> {
    let mut words = line.split_whitespace();
    let (Some(dates), Some(kind)) = (words.next(), words.next()) else {
        return Err("应为“日期 放假或者上班 事由”".to_owned());
    };
    let off_day = match kind {
        "放假" | "休息" => true,
        "上班" | "调休上班" => false,
        _ => return Err("中，日期之后应写“放假”或者“上班”".to_owned()),
    };
    let name = words.collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err("没有写事由，例如“国庆节”或者“防汛应急”".to_owned());
    }
    let day = |on: Date| NoticeDay { on, off_day, name: name.clone() };
    Ok(range(dates)?.into_iter().map(day).collect())
}

/// `2026-10-01`, or `2026-10-01至2026-10-07`.
fn range(text: &str) -> Result<Vec<Date>, String> {
    let date = |text: &str| {
        let read = text.trim().parse::<Date>().ok().filter(|day| (2008..=2100).contains(&day.year()));
        read.ok_or_else(|| format!("中的“{text}”不是日期，应为年-月-日，例如 2026-10-01"))
    };
    let Some((from, to)) = text.split_once(['至', '～', '~']) else { return Ok(vec![date(text)?]) };
    let (from, to) = (date(from)?, date(to)?);
    let days = std::iter::successors(Some(from), |day| day.tomorrow().ok()).take_while(|day| *day <= to);
    let days: Vec<Date> = days.take(LONGEST_RANGE + 1).collect();
    match days.len() {
        0 => Err("的结束日期早于开始日期".to_owned()),
        n if n > LONGEST_RANGE => Err(format!("超过 {LONGEST_RANGE} 天，请核对日期")),
        _ => Ok(days),
    }
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn a_line_stands_for_a_day_or_for_several_in_a_row() {
        let read = days("2026-10-01至2026-10-03 放假 国庆节\n\n2026-09-27 上班 国庆节 调休\n").unwrap();
        let shown: Vec<String> =
            read.iter().map(|day| format!("{} {} {}", day.on, day.off_day, day.name)).collect();
        let expected = [
            "2026-09-27 false 国庆节 调休",
            "2026-10-01 true 国庆节",
            "2026-10-02 true 国庆节",
            "2026-10-03 true 国庆节",
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named_with_the_way_it_should_look() {
        for (text, part) in [
            ("", "请至少写一天"),
            ("2026-10-01", "第 1 行“2026-10-01”应为“日期"),
            ("2026-10-01 放假 国庆\n10月2日 放假 国庆", "第 2 行“10月2日 放假 国庆”中的“10月2日”不是日期"),
            ("2026-10-01 也许 国庆", "应写“放假”或者“上班”"),
            ("2026-10-01 放假", "没有写事由"),
            ("2026-10-07至2026-10-01 放假 国庆", "早于开始日期"),
            ("2026-01-01至2026-12-31 放假 国庆", "超过 60 天"),
            ("2026-10-01 放假 国庆\n2026-10-01 上班 国庆", "已经写过"),
            ("1999-10-01 放假 国庆", "不是日期"),
        ] {
            let fault = days(text).unwrap_err();
            assert!(fault.contains(part), "{text}: {fault}");
        }
    }
}
