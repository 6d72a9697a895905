//! The inside of an XLSX file: its sheets in order, and a walk through the cells of one without holding it.
//!
//! It does NOT compute formulas (the value stored beside them is taken) and knows no charts.

mod formats;
mod strings;
mod walk;

pub(crate) use walk::Met;

use crate::package::{Package, by_id};
use crate::xml::{self, Event};
use crate::{Limits, OfficeError};
use formats::Formats;

/// Who sees a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Visibility {
    Shown,
    /// Shown again by a click.
    Hidden,
    /// Shown again only by a program.
    VeryHidden,
}

/// One sheet of cells.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) part: String,
    pub(crate) visibility: Visibility,
}

/// A name that stands for cells or a formula.
#[derive(Debug, Clone)]
pub(crate) struct DefinedName {
    pub(crate) name: String,
    pub(crate) formula: String,
    pub(crate) hidden: bool,
}

/// An open workbook.
pub(crate) struct Workbook<'a> {
    pub(crate) package: Package<'a>,
    pub(crate) sheets: Vec<Sheet>,
    pub(crate) names: Vec<DefinedName>,
    shared: Vec<String>,
    formats: Formats,
    n_cells: usize,
}

impl<'a> Workbook<'a> {
    /// Reads everything but the sheets' cells.
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Workbook<'a>, OfficeError> {
        let mut package = Package::open(bytes, limits)?;
        let part = package.main_part("xl/workbook.xml")?;
        if !package.has(&part) {
            return Err(OfficeError::NotThis { expected: "xlsx 表格" });
        }
        let relations = package.relations(&part)?;
        let main = package.need(&part)?;
        let contents = Contents::read(&xml::decode(main), &part, limits)?;
        let place =
            |kind: &str| relations.iter().find(|r| r.kind == kind && !r.external).map(|r| r.target.clone());
        let shared = match place("sharedStrings") {
            Some(name) => strings::read(package.part(&name)?, &name, limits)?,
            None => Vec::new(),
        };
        let mut formats = match place("styles") {
            Some(name) => formats::read(package.part(&name)?, &name, limits)?,
            None => Formats::default(),
        };
        formats.from_1904 = contents.from_1904;
        let sheets = contents.sheets.into_iter().filter_map(|(name, id, visibility)| {
            let relation = by_id(&relations, &id).filter(|r| r.kind == "worksheet" && !r.external)?;
            Some(Sheet { name, part: relation.target.clone(), visibility })
        });
        let sheets = sheets.collect();
        Ok(Workbook { package, sheets, names: contents.names, shared, formats, n_cells: 0 })
    }
}

/// What the main part tells.
#[derive(Default)]
struct Contents {
    /// Name, id of the relation, visibility.
    sheets: Vec<(String, String, Visibility)>,
    names: Vec<DefinedName>,
    from_1904: bool,
}

impl Contents {
    fn read(text: &str, part: &str, limits: &Limits) -> Result<Contents, OfficeError> {
        let mut pull = xml::Pull::new(text, part, limits);
        let mut contents = Contents::default();
        let mut in_name = false;
        loop {
            match pull.step()? {
                Event::Open(start) => {
                    let value = |key| xml::attribute(&start, key).unwrap_or_default().into_owned();
                    in_name = false;
                    match xml::tag(&start) {
                        "sheet" => {
                            let visibility = match value("state").as_str() {
                                "hidden" => Visibility::Hidden,
                                "veryHidden" => Visibility::VeryHidden,
                                _ => Visibility::Shown,
                            };
                            let id = xml::prefixed(&start, "id").unwrap_or_default().into_owned();
                            contents.sheets.push((value("name"), id, visibility));
                        }
                        "definedName" => {
                            in_name = true;
                            let (name, hidden) = (value("name"), xml::is_on(&value("hidden")));
                            contents.names.push(DefinedName { name, formula: String::new(), hidden });
                        }
                        "workbookPr" => contents.from_1904 = xml::is_on(&value("date1904")),
                        _ => {}
                    }
                }
                Event::Text(text) if in_name => {
                    if let Some(last) = contents.names.last_mut() {
                        last.formula.push_str(&text);
                    }
                }
                Event::Text(_) => {}
                Event::Close(_) => in_name = false,
                Event::Done => return Ok(contents),
            }
        }
    }
}
