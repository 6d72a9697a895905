//! What an XLSX hides: sheets, rows and columns, remarks, links to other files, copies of data it was made from.
//!
//! It does NOT find cells whose format or colour makes them invisible.

use super::{Finding, Findings, HiddenKind, package_findings};
use crate::sheet::column_letters;
use crate::workbook::{Met, Sheet, Visibility, Workbook};
use crate::xml::{self, Element, Tree};
use crate::{Limits, OfficeError};

/// Characters kept of what stands in a hidden row or column.
const SAMPLE_BYTES: usize = 400;

pub(crate) fn find(bytes: &[u8], limits: &Limits) -> Result<Vec<Finding>, OfficeError> {
    let mut workbook = Workbook::open(bytes, limits)?;
    let mut findings = Findings::new(limits);
    for sheet in 0..workbook.sheets.len() {
        tell_sheet(&mut workbook, sheet, &mut findings)?;
        tell_remarks(&mut workbook, sheet, &mut findings)?;
    }
    tell_names(&workbook, &mut findings);
    tell_copies(&workbook, &mut findings);
    package_findings(&mut workbook.package, &mut findings)?;
    Ok(findings.into_list())
}

/// Stretches and links kept of one sheet.
const MOST_STRETCHES: usize = 1_000;

/// Neighbouring rows or columns that are hidden, with a sample of what they hold.
struct Stretch {
    from: usize,
    to: usize,
    sample: String,
}

impl Stretch {
    fn take(&mut self, text: &str) {
        if self.sample.is_empty() {
            self.sample.extend(text.chars().take(SAMPLE_BYTES / 4));
        } else if self.sample.len() + text.len() < SAMPLE_BYTES {
            self.sample.push(' ');
            self.sample.push_str(text);
        }
    }
}

/// What is met in one sheet.
#[derive(Default)]
struct Seen {
    columns: Vec<Stretch>,
    rows: Vec<Stretch>,
    row_is_hidden: bool,
    links: Vec<(String, String)>,
}

impl Seen {
    fn take(&mut self, met: Met) {
        match met {
            Met::Columns { from, to, hidden: true } if self.columns.len() < MOST_STRETCHES => {
                self.columns.push(Stretch { from, to, sample: String::new() });
            }
            Met::Columns { .. } => {}
            Met::Row { hidden, .. } => self.row_is_hidden = hidden,
            Met::Cell { row, column, text } => {
                if self.row_is_hidden {
                    self.take_row(row, &text);
                }
                let over = self.columns.iter_mut().find(|s| (s.from..=s.to).contains(&column));
                over.into_iter().for_each(|stretch| stretch.take(&text));
            }
            Met::Outside { row, column, formula } => {
                if self.links.len() < MOST_STRETCHES {
                    self.links.push((format!("{}{}", column_letters(column), row + 1), formula));
                }
            }
        }
    }

    fn take_row(&mut self, row: usize, text: &str) {
        if !self.rows.last().is_some_and(|stretch| (stretch.from..=stretch.to + 1).contains(&row)) {
            if self.rows.len() == MOST_STRETCHES {
                return;
            }
            self.rows.push(Stretch { from: row, to: row, sample: String::new() });
        }
        if let Some(stretch) = self.rows.last_mut() {
            stretch.to = row;
            stretch.take(text);
        }
    }
}

/// A hidden sheet, and hidden rows and columns that hold something; empty ones hide nothing.
fn tell_sheet(workbook: &mut Workbook<'_>, at: usize, findings: &mut Findings) -> Result<(), OfficeError> {
    let Sheet { name, visibility, .. } = workbook.sheets[at].clone();
    match visibility {
        Visibility::Shown => {}
        Visibility::Hidden => findings.add(HiddenKind::HiddenSheet, &name, "整张工作表"),
        Visibility::VeryHidden => {
            findings.add(HiddenKind::VeryHiddenSheet, &name, "整张工作表，只能用程序取消隐藏");
        }
    }
    let mut seen = Seen::default();
    workbook.walk(at, |met| {
        seen.take(met);
        Ok(true)
    })?;
    for stretch in seen.rows {
        let place = from_to((stretch.from + 1).to_string(), (stretch.to + 1).to_string());
        findings.add(HiddenKind::HiddenRow, format!("{name} 第{place}行"), stretch.sample);
    }
    for stretch in seen.columns.into_iter().filter(|stretch| !stretch.sample.is_empty()) {
        let place = from_to(column_letters(stretch.from), column_letters(stretch.to));
        findings.add(HiddenKind::HiddenColumn, format!("{name} {place}列"), stretch.sample);
    }
    for (cell, formula) in seen.links {
        findings.add(HiddenKind::ExternalLink, format!("{name} {cell}"), formula);
    }
    Ok(())
}

fn from_to(from: String, to: String) -> String {
    if from == to { from } else { format!("{from}–{to}") }
}

/// Remarks of both kinds that spreadsheets have.
fn tell_remarks(workbook: &mut Workbook<'_>, at: usize, findings: &mut Findings) -> Result<(), OfficeError> {
    let sheet = workbook.sheets[at].clone();
    for relation in workbook.package.relations(&sheet.part)? {
        if relation.external || !["comments", "threadedComment"].contains(&relation.kind.as_str()) {
            continue;
        }
        let Some(bytes) = workbook.package.part(&relation.target)? else {
            continue;
        };
        let text = xml::decode(bytes);
        let tree = Tree::read(&text, &relation.target, workbook.package.limits())?;
        let top = tree.top();
        let authors: Vec<_> = top.below("author").map(Element::own_text).collect();
        let is_remark = |e: &Element<'_>| matches!(e.name(), "comment" | "threadedComment");
        for remark in top.every().filter(is_remark) {
            let cell = remark.attribute("ref").unwrap_or_default();
            let number = remark.attribute("authorId").and_then(|id| id.parse::<usize>().ok());
            let author = number.and_then(|number| authors.get(number)).filter(|author| !author.is_empty());
            let said = match remark.name() {
                "comment" => remark.text(),
                _ => remark.child("text").map(|text| text.own_text().into_owned()).unwrap_or_default(),
            };
            let said = author.map_or_else(|| said.clone(), |author| format!("{author}：{said}"));
            findings.add(HiddenKind::Comment, format!("{} {cell}", sheet.name), said);
        }
    }
    Ok(())
}

/// Names that lead to other files, and names nobody sees; those the program makes for itself are left out.
fn tell_names(workbook: &Workbook<'_>, findings: &mut Findings) {
    for name in &workbook.names {
        let leads_out = name.formula.contains('[') || name.formula.contains("://");
        let kind = match () {
            () if leads_out => HiddenKind::ExternalLink,
            () if name.hidden && !name.name.starts_with("_xl") => HiddenKind::HiddenText,
            () => continue,
        };
        findings.add(kind, format!("名称 {}", name.name), name.formula.clone());
    }
}

/// Data that stays in the file though no cell shows it.
fn tell_copies(workbook: &Workbook<'_>, findings: &mut Findings) {
    let copies = [
        ("xl/pivotcache/pivotcacherecords", HiddenKind::EmbeddedObject, "数据透视表保存的源数据"),
        ("xl/model/", HiddenKind::EmbeddedObject, "数据模型"),
        ("xl/revisions/", HiddenKind::Deletion, "共享工作簿的修订记录"),
        ("xl/connections.xml", HiddenKind::ExternalLink, "数据连接"),
    ];
    for (beginning, kind, words) in copies {
        if workbook.package.names().iter().any(|name| name.to_lowercase().starts_with(beginning)) {
            findings.add(kind, "文件", words);
        }
    }
}
