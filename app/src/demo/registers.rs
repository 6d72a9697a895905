//! The registers (台账) of a demonstration site, from `demo/SITE/registers/`: tables as the import of the desk takes them, read
//! against the same fields and taken through the same acts. Only cases are kept more closely, as numbers of a month (see
//! [`super::cases`]).
//!
//! Nothing is passed over: a line that a person at the desk would have to mend stops the loading.

use std::collections::HashMap;

use anyhow::anyhow;
use kit_db::Tx;

use super::{cases, load};
use crate::{
    cx::Cx,
    disclosure_request, document,
    error::Result,
    finance,
    id::DocumentId,
    notice_place, proposal,
    register::{Doing, Field, Organs, Table, Take},
    remedy, service_item, training, wechat_article,
};

/// Lines of a table, the heads among them.
type Lines = Vec<Vec<String>>;

/// A register, as far as its tables are concerned.
struct Register {
    /// Name of its file without the ending.
    file: &'static str,
    fields: &'static [Field],
    /// The fields that tell one entry from another.
    key: &'static [&'static str],
    take: Take,
}

const fn register(
    file: &'static str,
    fields: &'static [Field],
    key: &'static [&'static str],
    take: Take,
) -> Register {
    Register { file, fields, key, take }
}

/// In the order in which one rests on another.
const REGISTERS: [Register; 9] = [
    register("service_items", service_item::FIELDS, &["code"], service_item::take),
    register(
        "wechat_articles",
        wechat_article::FIELDS,
        &["title", "account", "published_on"],
        wechat_article::take,
    ),
    register("notice_places", notice_place::FIELDS, &["name", "kind", "organ"], notice_place::take),
    register(
        "disclosure_requests",
        &disclosure_request::FIELDS,
        &["number"],
        disclosure_request::actions::take,
    ),
    register("remedies", &remedy::FIELDS, &["number", "kind"], remedy::actions::take),
    register("proposals", &proposal::FIELDS, &["number", "session", "kind"], proposal::actions::take),
    register("trainings", &training::FIELDS, &["title", "held_on"], training::actions::take),
    register(
        "training_participants",
        &training::participants::FIELDS,
        &["name", "organ", "title", "held_on"],
        training::participants::take,
    ),
    register(
        "finance_entries",
        &finance::FIELDS,
        &["voucher", "organ", "kind", "year", "purpose"],
        finance::actions::take,
    ),
];
/// The register whose entries may name a record of the site, by the key that the record has in its file, and the head under
/// which they do.
const NAMING_RECORDS: (&str, &str) = ("wechat_articles", "信息索引号");

/// The tables of a site, read and not yet taken.
#[derive(Clone, Default)]
pub(super) struct Registers {
    tables: Vec<(usize, Lines)>,
    cases: Lines,
}

impl Registers {
    /// The tables of a folder of `demo/`; none where it keeps no registers.
    ///
    /// # Errors
    /// When a file is no table.
    pub(super) fn read(name: &str) -> anyhow::Result<Registers> {
        let lines = |file: &str| {
            let path = format!("{name}/registers/{file}.csv");
            let Some(text) = load::text_if_any(&path)? else { return Ok(Lines::new()) };
            Table::cells(&path, text.as_bytes()).map_err(|sentence| anyhow!("demo/{path}：{sentence}"))
        };
        let mut registers = Registers { cases: lines("service_cases")?, ..Registers::default() };
        for (at, register) in REGISTERS.iter().enumerate() {
            registers.tables.push((at, lines(register.file)?));
        }
        registers.tables.retain(|(_, lines)| !lines.is_empty());
        Ok(registers)
    }

    /// How many steps taking them has, for progress.
    pub(super) fn steps(&self) -> usize {
        self.tables.iter().map(|(_, lines)| lines.len()).sum::<usize>() + self.cases.len()
    }

    /// Enters everything; `documents` are the records by their keys. Tells `done` how many steps are behind.
    ///
    /// # Errors
    /// Unexpected, naming the file and the line, when something does not fit.
    pub(super) fn take(
        self,
        tx: &mut Tx<'_>,
        cx: &Cx,
        documents: &HashMap<String, DocumentId>,
        done: &dyn Fn(usize),
    ) -> Result<()> {
        let organs = Organs::of(tx, cx, None)?;
        let mut n_done = 0;
        for (at, mut lines) in self.tables {
            let register = &REGISTERS[at];
            n_done += lines.len();
            if register.file == NAMING_RECORDS.0 {
                name_records(tx, cx, &mut lines, documents)?;
            }
            enter(tx, cx, register, lines, &organs)?;
            done(n_done);
        }
        cases::enter(tx, cx, &self.cases, &|n_lines| done(n_done + n_lines))
    }
}

fn enter(tx: &mut Tx<'_>, cx: &Cx, register: &Register, lines: Lines, organs: &Organs) -> Result<()> {
    let file = register.file;
    let table = Table::read(lines, register.fields, register.key, organs)
        .map_err(|sentence| anyhow!("demo/…/registers/{file}.csv：{sentence}"))?;
    let taken = (register.take)(tx, cx, &table.rows, organs, Doing::Taking)?;
    if let Some(fault) = table.faults.iter().chain(&taken.faults).next() {
        let (line, head, mend) = (fault.line, fault.head, &fault.mend);
        return Err(anyhow!("demo/…/registers/{file}.csv 第{line}行“{head}”：{mend}").into());
    }
    match table.unused.first() {
        Some(head) => Err(anyhow!("demo/…/registers/{file}.csv 有用不到的列“{head}”").into()),
        None => Ok(()),
    }
}

/// Puts the index number that a record was given in place of its key.
fn name_records(
    tx: &mut Tx<'_>,
    cx: &Cx,
    lines: &mut Lines,
    documents: &HashMap<String, DocumentId>,
) -> Result<()> {
    let Some((heads, lines)) = lines.split_first_mut() else { return Ok(()) };
    let Some(at) = heads.iter().position(|head| head == NAMING_RECORDS.1) else { return Ok(()) };
    for cell in lines.iter_mut().filter_map(|line| line.get_mut(at)).filter(|cell| !cell.is_empty()) {
        let id = documents.get(cell).ok_or_else(|| anyhow!("没有记录 {cell}"))?;
        let record = document::actions::find(tx, cx, id)?;
        *cell = record.index_number.ok_or_else(|| anyhow!("记录 {cell} 没有索引号"))?;
    }
    Ok(())
}
