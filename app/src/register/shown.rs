//! What is kept of an entry as people read it: in the log, in exported tables. An exported table has the heads of the template, so
//! that it can be changed and sent back.

use kit_office::sheet::{self, Cell, Column};

use super::{Field, Kind, Organs, choice_words, yuan};
use crate::{
    error::{Refusal, Result},
    id::OrganId,
};

/// The fields that say something else now, for the log.
pub fn difference(
    fields: &'static [Field],
    before: impl Fn(&'static str) -> String,
    after: impl Fn(&'static str) -> String,
) -> String {
    let changed = fields.iter().filter_map(|field| {
        let (old, new) = (before(field.name), after(field.name));
        (old != new).then(|| format!("{}：{}→{}", field.head, words(field, &old), words(field, &new)))
    });
    changed.collect::<Vec<_>>().join("；")
}

/// The fields that say something, for the log; organs, which the log could only name by their ids, are left out.
pub fn told(fields: &'static [Field], kept: impl Fn(&'static str) -> String) -> String {
    let said = fields.iter().filter(|field| !matches!(field.kind, Kind::Organ)).filter_map(|field| {
        let value = kept(field.name);
        (!value.is_empty()).then(|| format!("{}：{}", field.head, words(field, &value)))
    });
    said.collect::<Vec<_>>().join("；")
}

/// What the log says of an entry that was taken out: why, and what it said.
///
/// # Errors
/// Refused without a reason.
pub fn removal(reason: &str, told: &str) -> Result<String> {
    if reason.trim().is_empty() {
        return Err(Refusal::Invalid("请写明删除的原因，它和原内容一起留在留痕中".to_owned()).into());
    }
    Ok(format!("原因：{}。原内容：{told}", reason.trim()))
}

/// A kept value in words; an organ stays its id.
fn words(field: &Field, kept: &str) -> String {
    match field.kind {
        _ if kept.is_empty() => "（空）".to_owned(),
        Kind::Choice(options) => choice_words(options, kept),
        Kind::Money => kept.parse().map_or_else(|_| kept.to_owned(), yuan),
        _ => kept.to_owned(),
    }
}

/// The heads of an exported table.
pub fn columns(fields: &[Field]) -> Vec<Column> {
    let kind = |kind: Kind| match kind {
        Kind::Date => sheet::Kind::Date,
        Kind::Integer => sheet::Kind::Integer,
        Kind::Money => sheet::Kind::Decimal,
        Kind::Text(_) | Kind::Choice(_) | Kind::Organ => sheet::Kind::Text,
    };
    fields.iter().map(|field| Column::new(field.head, kind(field.kind))).collect()
}

/// A row of an exported table; `kept` says what is kept of each field.
pub fn cells(fields: &'static [Field], organs: &Organs, kept: impl Fn(&'static str) -> String) -> Vec<Cell> {
    fields.iter().map(|field| cell(field, organs, kept(field.name))).collect()
}

fn cell(field: &Field, organs: &Organs, kept: String) -> Cell {
    if kept.is_empty() {
        return Cell::Empty;
    }
    match field.kind {
        Kind::Text(_) => kept.into(),
        Kind::Date => kept.parse::<jiff::civil::Date>().map_or_else(|_| kept.into(), Cell::from),
        Kind::Integer => kept.parse::<i64>().map_or_else(|_| kept.into(), Cell::from),
        // Fen are whole; up to some ten thousand billion yuan a cell holds them without loss.
        #[allow(clippy::cast_precision_loss, reason = "amounts of a district are far below 2^53 fen")]
        Kind::Money => {
            kept.parse::<i64>().map_or_else(|_| kept.into(), |fen| Cell::Decimal(fen as f64 / 100.0))
        }
        Kind::Choice(options) => choice_words(options, &kept).into(),
        Kind::Organ => organs.name(&OrganId(kept)).into(),
    }
}
