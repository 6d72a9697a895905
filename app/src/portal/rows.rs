//! Lines of lists, and the small words around them, as every page of the portal writes them.

use super::{
    page::{Day, DocumentRow, Link, Minute, ValidityMark},
    queries::Listed,
};
use crate::{
    column::{Column, path},
    cx,
    id::ColumnId,
};

/// Lines on one page of a list.
pub const PER_PAGE: u32 = 20;

/// Address of a record.
pub fn record_href(public_number: i64) -> String {
    format!("/documents/{public_number}")
}

/// Address of a column.
pub fn column_href(code: &str) -> String {
    format!("/columns/{code}")
}

/// A line of a list.
pub fn row(listed: &Listed) -> DocumentRow {
    DocumentRow {
        href: record_href(listed.public_number),
        title: listed.title.clone(),
        organ: (!listed.issuing_organ.is_empty()).then(|| listed.issuing_organ.clone()),
        document_number: listed.document_number.clone(),
        validity: mark(&listed.validity),
        published: day(&listed.listed_on),
    }
}

/// Lines of a list.
pub fn rows(listed: &[Listed]) -> Vec<DocumentRow> {
    listed.iter().map(row).collect()
}

/// The mark of a stored validity; none where nothing is stated.
pub fn mark(code: &str) -> Option<ValidityMark> {
    match code {
        "not_yet_in_force" => Some(ValidityMark::NotYetInForce),
        "in_force" => Some(ValidityMark::InForce),
        "amended" => Some(ValidityMark::Amended),
        "expired" => Some(ValidityMark::Expired),
        "repealed" => Some(ValidityMark::Repealed),
        _ => None,
    }
}

/// The day of a stored date. Every stored date was checked when it was written; a broken one shows as the first day
/// of the epoch rather than taking a whole list down.
pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap_or(Day(jiff::civil::date(1970, 1, 1)))
}

/// The moment a record shows as its publication: of a record from another system the day that system printed, of
/// every other the minute the server set.
pub fn published(published_on: Option<&str>, first_published_at: i64) -> Minute {
    match published_on.and_then(Day::parse) {
        Some(day) => Minute(day.0.at(0, 0, 0, 0)),
        None => moment(first_published_at),
    }
}

/// An instant as Beijing's clocks showed it.
pub fn moment(at: i64) -> Minute {
    Minute(cx::civil_time_of(at))
}

/// The way from the top of the column tree to a column, as links.
pub fn crumbs(columns: &[Column], id: &ColumnId) -> Vec<Link> {
    path(columns, id).iter().map(|column| Link::new(&column.name, column_href(&column.code))).collect()
}
