//! What is kept of an entry as people read it: in the log, in exported tables. An exported table has the heads of the template, so
//! that it can be changed and sent back.

use kit_db::Tx;
use kit_office::sheet::{self, Cell, Column};

use super::{Field, Kind, Organs, choice_words, yuan};
use crate::{
    cx::Cx,
    error::{Refusal, Result},
    id::OrganId,
    organ,
};

/// The fields that say something else now, for the log, organs by their present names.
///
/// # Errors
/// When the tables cannot be read.
pub fn difference(
    (tx, cx): (&mut Tx<'_>, &Cx),
    fields: &'static [Field],
    before: impl Fn(&'static str) -> String,
    after: impl Fn(&'static str) -> String,
) -> Result<String> {
    let mut changed = Vec::new();
    for field in fields {
        let (old, new) = (before(field.name), after(field.name));
        if old != new {
            let (old, new) = (named(tx, cx, field, old)?, named(tx, cx, field, new)?);
            changed.push(format!("{}：{}→{}", field.head, words(field, &old), words(field, &new)));
        }
    }
    Ok(changed.join("；"))
}

/// What is kept of a field, with the name of an organ in place of its id.
fn named(tx: &mut Tx<'_>, cx: &Cx, field: &Field, kept: String) -> Result<String> {
    if !matches!(field.kind, Kind::Organ) || kept.is_empty() {
        return Ok(kept);
    }
    let id = OrganId(kept);
    Ok(organ::queries::names(tx, &cx.site_id, &id)?.pop().map_or(id.0, |known| known.name))
}

/// The fields that say something, for the log; organs, which the log could only name by their ids, are left out.
pub fn told(fields: &'static [Field], kept: impl Fn(&'static str) -> String) -> String {
    let said = fields.iter().filter(|field| !matches!(field.kind, Kind::Organ)).filter_map(|field| {
        let value = kept(field.name);
        (!value.is_empty()).then(|| format!("{}：{}", field.head, words(field, &value)))
    });
    said.collect::<Vec<_>>().join("；")
}

/// The longest reason for taking an entry out, in characters.
const LONGEST_REASON: usize = 200;

/// What the log says of an entry that was taken out: why, and what it said.
///
/// # Errors
/// Refused without a reason, or with one that is too long.
pub fn removal(reason: &str, told: &str) -> Result<String> {
    let refused = |sentence: String| Err(Refusal::Invalid(sentence).into());
    if reason.trim().is_empty() {
        return refused("请写明删除的原因，它和原内容一起留在留痕中".to_owned());
    }
    let n_chars = reason.trim().chars().count();
    if n_chars > LONGEST_REASON {
        return refused(format!("删除的原因有{n_chars}字，最多{LONGEST_REASON}字，请缩短"));
    }
    Ok(format!("原因：{}。原内容：{told}", reason.trim()))
}

/// A kept value in words; an organ stays what it is called.
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
