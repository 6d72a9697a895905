//! From printed labels and values to the fields of a record: precedence, placeholders, dates, document numbers, and
//! the contradictions between them. It changes no printed value.

use super::ReadPage;
use super::dates::{DateReading, read_date};
use super::doubts::Doubt;
use super::labels::Field;
use super::numbers::{self, FoundNumber, NumberForm};
use super::pairs::Pair;

/// Fills the fields of `page` from the pairs of its head.
pub(super) fn fill(page: &mut ReadPage, pairs: &[Pair]) {
    page.index_number = text_of(pairs, Field::IndexNumber);
    page.issuing_organ = text_of(pairs, Field::IssuingOrgan);
    page.responsible_organ = text_of(pairs, Field::ResponsibleOrgan);
    page.source = text_of(pairs, Field::Source);
    page.validity = text_of(pairs, Field::Validity);
    page.subject_category = text_of(pairs, Field::SubjectCategory);
    page.genre = text_of(pairs, Field::Genre);
    page.disclosure_class = text_of(pairs, Field::DisclosureClass);
    page.summary = text_of(pairs, Field::Summary);
    page.keywords = text_of(pairs, Field::Keywords).map(|words| split_words(&words)).unwrap_or_default();
    page.document_number = text_of(pairs, Field::DocumentNumber);
    page.written_on = date_of(pairs, Field::WrittenOn, &mut page.doubts);
    page.published_on = date_of(pairs, Field::PublishedOn, &mut page.doubts);
    page.in_force_on = date_of(pairs, Field::InForceOn, &mut page.doubts);
    page.repealed_on = date_of(pairs, Field::RepealedOn, &mut page.doubts);
    page.expires_on = date_of(pairs, Field::ExpiresOn, &mut page.doubts);
    repeal_from_validity(page);
    doubt_repeats(pairs, &mut page.doubts);
    doubt_labels(pairs, &mut page.doubts);
}

/// The pairs of a field, best label first, without placeholders.
fn ranked(pairs: &[Pair], field: Field) -> Vec<&Pair> {
    let mut found: Vec<&Pair> =
        pairs.iter().filter(|pair| pair.field() == Some(field) && !is_nothing(&pair.value)).collect();
    // A stable sort: of two equal labels the first one printed stays first.
    found.sort_by_key(|pair| pair.known.map(|known| (!known.strong, known.rank)));
    found
}

pub(super) fn text_of(pairs: &[Pair], field: Field) -> Option<String> {
    ranked(pairs, field).first().map(|pair| pair.value.clone())
}

/// Words that pages print for "nothing here".
fn is_nothing(value: &str) -> bool {
    let bare = value.trim_matches(|c: char| c.is_whitespace() || "-—/\\*[]【】()（）".contains(c));
    bare.is_empty() || matches!(bare, "无" | "無" | "暂无" | "null" | "NULL" | "None" | "undefined" | "空")
}

fn split_words(words: &str) -> Vec<String> {
    let parts = words.split(|c: char| c.is_whitespace() || ";；,，、|".contains(c));
    let mut all: Vec<String> = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        if !all.iter().any(|seen| seen == part) {
            all.push(part.to_owned());
        }
    }
    all
}

fn date_of(pairs: &[Pair], field: Field, doubts: &mut Vec<Doubt>) -> Option<String> {
    let mut taken: Option<(&Pair, String)> = None;
    for pair in ranked(pairs, field) {
        let label = pair.label.clone();
        let printed = pair.value.clone();
        let date = match read_date(&printed) {
            DateReading::None => continue,
            DateReading::Sure(date) => date,
            DateReading::Damaged(readings) if readings.len() == 1 => {
                let reading = readings[0].clone();
                doubts.push(Doubt::DamagedDate { label: label.clone(), printed, reading: reading.clone() });
                reading
            }
            DateReading::Damaged(readings) => {
                doubts.push(Doubt::AmbiguousDate { label, printed, readings: readings.join("或") });
                continue;
            }
            DateReading::Unreadable => {
                doubts.push(Doubt::UnreadableDate { label, printed });
                continue;
            }
        };
        match &taken {
            None => taken = Some((pair, date)),
            Some((first, value)) if *value != date && first.label != pair.label => {
                doubts.push(Doubt::DatesDiffer {
                    label: first.label.clone(),
                    value: value.clone(),
                    other_label: label.clone(),
                    other: date,
                })
            }
            Some(_) => {}
        }
    }
    taken.map(|(_, date)| date)
}

/// 有效性 = `2020-08-13废止` carries the repeal date inside.
fn repeal_from_validity(page: &mut ReadPage) {
    let Some(validity) = &page.validity else {
        return;
    };
    if page.repealed_on.is_none()
        && (validity.contains("废止") || validity.contains("失效"))
        && let DateReading::Sure(date) = read_date(validity)
    {
        page.repealed_on = Some(date);
    }
}

/// The same label printed twice with different values: a head that was migrated, or two heads.
fn doubt_repeats(pairs: &[Pair], doubts: &mut Vec<Doubt>) {
    for (at, pair) in pairs.iter().enumerate() {
        let weighty =
            pair.field().is_some_and(|field| !matches!(field, Field::Noise | Field::Other | Field::Source));
        let earlier = pairs[..at].iter().find(|other| other.label == pair.label && !is_nothing(&other.value));
        if let Some(first) = earlier
            && weighty
            && !is_nothing(&pair.value)
            && !same_value(pair.field(), &first.value, &pair.value)
        {
            doubts.push(Doubt::TwoValues {
                label: pair.label.clone(),
                first: first.value.clone(),
                second: pair.value.clone(),
            });
        }
    }
}

fn same_value(field: Option<Field>, a: &str, b: &str) -> bool {
    if field.is_some_and(Field::is_date)
        && let (DateReading::Sure(a), DateReading::Sure(b)) = (read_date(a), read_date(b))
    {
        return a == b;
    }
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    bare(a) == bare(b)
}

fn doubt_labels(pairs: &[Pair], doubts: &mut Vec<Doubt>) {
    for pair in pairs.iter().filter(|pair| pair.damaged) {
        if let Some(field) = pair.field() {
            doubts.push(Doubt::DamagedLabel { label: pair.label.clone(), field: field_name(field) });
        }
    }
}

/// The official name of a field.
pub(super) fn field_name(field: Field) -> &'static str {
    match field {
        Field::IndexNumber => "索引号",
        Field::DocumentNumber => "文号",
        Field::Title => "标题",
        Field::IssuingOrgan => "发布机构",
        Field::ResponsibleOrgan => "责任部门",
        Field::Source => "来源",
        Field::WrittenOn => "成文日期",
        Field::PublishedOn => "发布日期",
        Field::InForceOn => "生效日期",
        Field::RepealedOn => "废止日期",
        Field::ExpiresOn => "失效日期",
        Field::Validity => "有效性",
        Field::SubjectCategory => "主题分类",
        Field::Genre => "体裁分类",
        Field::DisclosureClass => "公开方式",
        Field::Summary => "内容概述",
        Field::Keywords => "主题词",
        Field::Other | Field::Noise => "其他",
    }
}

/// Settles the document number from head and text; `near_title` are the title and the first lines of the text.
pub(super) fn settle_number(page: &mut ReadPage, near_title: &[String]) {
    let mut found: Vec<FoundNumber> = Vec::new();
    for (at, line) in near_title.iter().enumerate() {
        // The first entry is the title, where a number may stand in front or behind; in the text it has its own line.
        let numbers =
            if at == 0 { edge_numbers(line) } else { numbers::whole_number(line).into_iter().collect() };
        for number in numbers {
            if !found.iter().any(|other| other.essence() == number.essence()) {
                found.push(number);
            }
        }
    }
    match page.document_number.clone() {
        Some(head) => compare_numbers(page, &head, &found),
        None => adopt_number(page, &found),
    }
    propose_number(page);
}

/// Numbers at the beginning or the end of a title, not those it quotes in the middle.
fn edge_numbers(title: &str) -> Vec<FoundNumber> {
    let count = title.chars().count();
    let mut all = numbers::find_numbers(title);
    all.retain(|number| number.start <= 1 || number.end + 2 >= count);
    all.retain(|number| !number.prefix.contains("关于"));
    all
}

fn compare_numbers(page: &mut ReadPage, head: &str, found: &[FoundNumber]) {
    let Some(own) = numbers::find_numbers(head).into_iter().next() else {
        return;
    };
    let same = |other: &&FoundNumber| other.essence() == own.essence() || other.form != NumberForm::Sound;
    if let Some(other) = found.iter().find(|number| !same(number)) {
        page.doubts.push(Doubt::NumbersDiffer { head: head.to_owned(), text: other.printed.clone() });
    }
}

fn adopt_number(page: &mut ReadPage, found: &[FoundNumber]) {
    match found {
        [] => {}
        [one] => {
            page.document_number = Some(one.printed.clone());
            page.doubts.push(Doubt::NumberFromText(one.printed.clone()));
        }
        several => {
            let all: Vec<&str> = several.iter().map(|number| number.printed.as_str()).collect();
            page.doubts.push(Doubt::SeveralNumbers(all.join("、")));
        }
    }
}

fn propose_number(page: &mut ReadPage) {
    let Some(printed) = page.document_number.clone() else {
        return;
    };
    match numbers::form_of(&printed) {
        NumberForm::Sound => {}
        NumberForm::Mendable(proposal) => {
            page.document_number_proposal = Some(proposal.clone());
            page.doubts.push(Doubt::IrregularNumber { printed, proposal });
        }
        NumberForm::Damaged(proposal) => {
            page.document_number_proposal = Some(proposal.clone());
            page.doubts.push(Doubt::DamagedNumber { printed, proposal });
        }
        NumberForm::Foreign => page.doubts.push(Doubt::ForeignNumber(printed)),
    }
}

/// Contradictions between the dates and the years inside the numbers.
pub(super) fn doubt_dates(page: &mut ReadPage) {
    if let (Some(written), Some(published)) = (page.written_on.clone(), page.published_on.clone())
        && written > published
    {
        page.doubts.push(if days(&written) - days(&published) == 1 {
            Doubt::WrittenNextDay { written, published }
        } else {
            Doubt::WrittenAfterPublished { written, published }
        });
    }
    doubt_index_year(page);
    doubt_number_year(page);
}

fn year(date: &str) -> Option<i32> {
    date.get(..4)?.parse().ok()
}

/// Districts number in the year of writing, of publishing or of migrating; two years away from every date is odd.
fn doubt_index_year(page: &mut ReadPage) {
    let Some(index) = page.index_number.clone() else {
        return;
    };
    let Some(number_year) = numbers::index_year(&index) else {
        page.doubts.push(Doubt::IrregularIndex(index));
        return;
    };
    let dates: Vec<&String> = [&page.written_on, &page.published_on].into_iter().flatten().collect();
    let near = dates.iter().filter_map(|date| year(date)).any(|y| (y - number_year).abs() < 2);
    if let Some(date) = dates.first()
        && !near
    {
        let date = (*date).clone();
        page.doubts.push(Doubt::IndexYearApart { index, date });
    }
}

fn doubt_number_year(page: &mut ReadPage) {
    let Some(printed) = page.document_number.clone() else {
        return;
    };
    let Some(number) = numbers::find_numbers(&printed).into_iter().next() else {
        return;
    };
    let Ok(number_year) = number.year.parse::<i32>() else {
        return;
    };
    let apart = match (&page.written_on, &page.published_on) {
        (Some(written), _) => year(written).map(|y| (written.clone(), y - number_year)),
        // Published years later is common; published before it was numbered is not.
        (None, Some(published)) => year(published).map(|y| (published.clone(), (y - number_year).min(0))),
        _ => None,
    };
    if let Some((date, apart)) = apart
        && apart != 0
    {
        page.doubts.push(Doubt::NumberYearApart { number: printed, date, apart });
    }
}

/// A day count for differences, from `YYYY-MM-DD`.
fn days(date: &str) -> i64 {
    let part = |range: std::ops::Range<usize>| {
        date.get(range).and_then(|text| text.parse::<i64>().ok()).unwrap_or(0)
    };
    let (y, m, d) = (part(0..4), part(5..7), part(8..10));
    // Years begin in March here, so that the leap day comes last.
    let (y, m) = if m <= 2 { (y - 1, m + 9) } else { (y, m - 3) };
    365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + d
}
