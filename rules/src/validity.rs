//! The validity (时效, 有效性) of a document: in force or not, on a given day.
//!
//! Documents that were changed, repealed or have lapsed must be published as such and marked on the
//! original (《政府网站发展指引》, 国办发〔2017〕47号); normative documents lapse by themselves when their
//! period ends. Validity is computed from dates and from what is printed, dates first. It does not
//! decide whether one document repeals another: that is a link which people make.

use jiff::ToSpan;
use jiff::civil::Date;

/// Whether a document applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Validity {
    /// Published, to come into force later (尚未施行).
    NotYetInForce,
    /// 有效
    InForce,
    /// In force as changed or in part repealed (修改).
    Amended,
    /// The period has ended (失效).
    Expired,
    /// 废止
    Repealed,
    /// Nothing says anything.
    Unstated,
}

/// What is known about the validity of one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ValidityFacts {
    /// 施行日期, the first day in force.
    pub in_force_on: Option<Date>,
    /// 有效期至, the last day in force.
    pub expires_on: Option<Date>,
    /// 废止日期, the first day without force.
    pub repealed_on: Option<Date>,
    /// The first day on which a change by another document applies.
    pub amended_on: Option<Date>,
    /// What the head or an officer says.
    pub declared: Option<PrintedValidity>,
}

/// A printed statement of validity, such as `2020-08-13废止`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrintedValidity {
    /// What is stated; never `Unstated`.
    pub validity: Validity,
    /// The date printed with it: the first day of the state, or for 有效期至 the last one in force.
    pub date: Option<Date>,
}

/// Validity on a day.
pub fn validity(facts: &ValidityFacts, today: Date) -> Validity {
    let facts = with_declared_dates(facts);
    let reached = |day: Option<Date>| day.is_some_and(|day| day <= today);
    // A declaration without a date holds as long as no date says otherwise.
    let declared = facts.declared.filter(|printed| printed.date.is_none()).map(|p| p.validity);
    if reached(facts.repealed_on) || declared == Some(Validity::Repealed) {
        return Validity::Repealed;
    }
    if facts.expires_on.is_some_and(|last| last < today) || declared == Some(Validity::Expired) {
        return Validity::Expired;
    }
    if facts.in_force_on.is_some_and(|first| first > today) {
        return Validity::NotYetInForce;
    }
    if reached(facts.amended_on) || declared == Some(Validity::Amended) {
        return Validity::Amended;
    }
    if facts.in_force_on.is_some() || facts.expires_on.is_some() || facts.repealed_on.is_some() {
        return Validity::InForce;
    }
    declared.unwrap_or(Validity::Unstated)
}

/// The next day after `today` on which the answer changes, for the job that recomputes it.
pub fn changes_on(facts: &ValidityFacts, today: Date) -> Option<Date> {
    let dated = with_declared_dates(facts);
    let after_last = dated.expires_on.and_then(|last| last.tomorrow().ok());
    let mut days = [dated.in_force_on, after_last, dated.repealed_on, dated.amended_on];
    days.sort_unstable();
    let now = validity(facts, today);
    days.into_iter().flatten().find(|day| *day > today && validity(facts, *day) != now)
}

/// Moves the date of a declaration to where dates stand; stored dates are not overwritten.
fn with_declared_dates(facts: &ValidityFacts) -> ValidityFacts {
    let mut dated = *facts;
    let Some(PrintedValidity { validity, date: Some(date) }) = facts.declared else {
        return dated;
    };
    let place = match validity {
        Validity::Repealed => &mut dated.repealed_on,
        Validity::Amended => &mut dated.amended_on,
        Validity::NotYetInForce => &mut dated.in_force_on,
        Validity::InForce => &mut dated.expires_on,
        Validity::Expired => {
            dated.expires_on = dated.expires_on.or(date.yesterday().ok());
            return dated;
        }
        Validity::Unstated => return dated,
    };
    *place = place.or(Some(date));
    dated
}

/// Words of heads for each state; the longer ones first because they contain the shorter.
const PRINTED: [(&str, Validity); 29] = [
    ("尚未施行", Validity::NotYetInForce),
    ("尚未生效", Validity::NotYetInForce),
    ("未生效", Validity::NotYetInForce),
    ("部分废止", Validity::Amended),
    ("部分失效", Validity::Amended),
    ("已被修改", Validity::Amended),
    ("已修改", Validity::Amended),
    ("已修订", Validity::Amended),
    ("修改", Validity::Amended),
    ("修订", Validity::Amended),
    ("全文废止", Validity::Repealed),
    ("宣布废止", Validity::Repealed),
    ("已废止", Validity::Repealed),
    ("废止", Validity::Repealed),
    ("全文失效", Validity::Expired),
    ("宣布失效", Validity::Expired),
    ("已失效", Validity::Expired),
    ("已过期", Validity::Expired),
    ("失效", Validity::Expired),
    ("无效", Validity::Expired),
    ("有效期至", Validity::InForce),
    ("有效期内", Validity::InForce),
    ("全文有效", Validity::InForce),
    ("继续有效", Validity::InForce),
    ("现行有效", Validity::InForce),
    ("长期有效", Validity::InForce),
    ("已生效", Validity::InForce),
    ("有效", Validity::InForce),
    ("生效", Validity::InForce),
];

/// Reads a printed value; `None` where it is empty or says something that must go to a person.
pub fn parse_printed_validity(printed: &str) -> Option<PrintedValidity> {
    let text: String = printed.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.trim_matches(['【', '】', '[', ']', '(', ')', '（', '）']);
    let (word, validity) = PRINTED.iter().find(|(word, _)| text.contains(word))?;
    let (before, after) = text.split_once(word)?;
    let rest = format!("{before}{after}");
    let rest = rest.trim_matches(|c: char| "已于自从起，,。:：（）()".contains(c));
    let date = match rest {
        "" => None,
        text => Some(printed_date(text)?),
    };
    let is_until = word.ends_with('至');
    match (validity, date) {
        (Validity::InForce, Some(_)) if !is_until => None,
        (Validity::InForce, None) if is_until => None,
        _ => Some(PrintedValidity { validity: *validity, date }),
    }
}

/// `2020-08-13`, `2020年8月13日`, `2020.8.13`, `2020/8/13`; `0000-00-00` is no date.
fn printed_date(text: &str) -> Option<Date> {
    let text = text.trim_end_matches('日');
    let mut parts = text.split(['-', '.', '/', '年', '月']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// How long normative documents are valid where they do not say it themselves; settings of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NormativePeriods {
    /// Years in general.
    pub years: u8,
    /// Years for 暂行 and 试行.
    pub trial_years: u8,
}

impl Default for NormativePeriods {
    /// Five years, two on trial: the general rule; provinces differ.
    fn default() -> Self {
        Self { years: 5, trial_years: 2 }
    }
}

impl NormativePeriods {
    /// The last day in force of a normative document by default.
    pub fn expires_on(self, in_force_on: Date, on_trial: bool) -> Option<Date> {
        let years = if on_trial { self.trial_years } else { self.years };
        in_force_on.checked_add(i32::from(years).years()).ok()?.yesterday().ok()
    }
}

/// Whether the title calls the document provisional or on trial (暂行, 试行).
pub fn is_on_trial(title: &str) -> bool {
    title.contains("暂行") || title.contains("试行")
}

/// The day from which a normative document has to be evaluated: six months before its last day.
pub fn evaluation_due_on(expires_on: Date) -> Option<Date> {
    expires_on.checked_sub(6.months()).ok()
}

#[cfg(test)]
mod tests;
