//! From a report and the counts to the document: every reference resolved, tables and diagrams drawn up, the head and the
//! annex filled in. A signed report is given back as it was signed.

mod annex;
mod charts;
mod setting;

use std::cell::RefCell;

use kit_db::Tx;

pub use setting::Setting;

use super::{
    Report,
    count::{self, Counts},
    document::{Block, Cell, FigureValue, HeadField, Part, ReportDocument, ReportState, ReportTable, Span},
    figures::Figures,
    prose::{self, Piece, Run},
};
use crate::{
    cx::Cx,
    error::Result,
    reference::{ReportFormat, TableFormat},
};

/// A report at work: its format, what was counted, and the words of its site.
pub struct Made<'a> {
    /// The report.
    pub report: &'a Report,
    /// Its format.
    pub format: &'a ReportFormat,
    /// What was counted.
    pub counts: Counts,
    /// The figures.
    pub figures: Figures,
    /// The words.
    pub setting: Setting,
    used: RefCell<Vec<String>>,
}

/// Counts and computes what a report needs.
///
/// # Errors
/// As the database.
pub fn make<'a>(tx: &mut Tx<'_>, cx: &Cx, report: &'a Report) -> Result<Made<'a>> {
    let format = report.format(cx.reference)?;
    let counts = count::count(tx, &cx.site_id, &report.scope())?;
    let figures = Figures::compute(cx.reference, format, &report.scope(), &counts, &report.declared);
    let setting = Setting::read(tx, cx, report, &counts)?;
    Ok(Made { report, format, counts, figures, setting, used: RefCell::new(Vec::new()) })
}

/// The document as it stands: signed as it was signed, else computed now.
///
/// # Errors
/// As the database.
pub fn document(tx: &mut Tx<'_>, cx: &Cx, report: &Report) -> Result<ReportDocument> {
    if let Some(frozen) = &report.frozen {
        let mut document = frozen.clone();
        document.state = report.state;
        return Ok(document);
    }
    let made = make(tx, cx, report)?;
    made.document(cx)
}

impl Made<'_> {
    /// The document as it is now.
    ///
    /// # Errors
    /// Unexpected where the format is broken.
    pub fn document(&self, cx: &Cx) -> Result<ReportDocument> {
        self.used.borrow_mut().clear();
        let sections = &self.report.sections;
        let introduction = sections.iter().filter(|section| section.heading.is_empty());
        let introduction = introduction.flat_map(|section| self.blocks(cx, &section.text)).collect();
        let parts = sections.iter().filter(|section| !section.heading.is_empty());
        let parts = parts.map(|section| Part {
            heading: self.line(&section.heading),
            blocks: self.blocks(cx, &section.text),
        });
        let parts = parts.collect();
        let annex = self.annex(cx);
        let figures = self.used.borrow().iter().filter_map(|code| self.figures.resolved(code)).collect();
        let scope = self.report.scope();
        Ok(ReportDocument {
            site_name: self.setting.site_name.clone(),
            organ_name: self.setting.organ_name.clone(),
            title: self.line(&self.report.title),
            year: self.report.year,
            edition: self.report.number,
            correction_reason: self.report.correction_reason.clone(),
            state: self.report.state,
            head: self.head(&Given::default()),
            address: String::new(),
            period: (scope.first_on(), scope.last_on()),
            cut_off: None,
            introduction,
            parts,
            annex,
            figures,
        })
    }

    /// The same as it is signed, with the numbers that its record was given.
    ///
    /// # Errors
    /// As [`Made::document`].
    pub fn frozen(&self, cx: &Cx, given: &Given) -> Result<ReportDocument> {
        let cut_off = jiff::Timestamp::from_millisecond(cx.at).map_err(anyhow::Error::from)?;
        let cut_off = crate::cx::BEIJING.to_datetime(cut_off);
        Ok(ReportDocument {
            state: ReportState::Frozen,
            head: self.head(given),
            address: given.address.clone(),
            cut_off: Some(format!("{}+08:00", cut_off.strftime("%Y-%m-%dT%H:%M:%S"))),
            ..self.document(cx)?
        })
    }

    /// The figures that the document shows.
    pub fn used(&self) -> Vec<String> {
        self.used.borrow().clone()
    }

    fn head(&self, given: &Given) -> Vec<HeadField> {
        let value = |field: &str| match field {
            "index_number" => given.index_number.clone(),
            "issuing_organ" => self.setting.organ_name.clone(),
            "published_on" => given.published_on.clone(),
            _ => String::new(),
        };
        let field = |head: &crate::reference::HeadLabel| HeadField {
            label: head.label.clone(),
            value: value(&head.field),
        };
        self.format.head.iter().map(field).collect()
    }

    /// A line with its words in place.
    pub fn line(&self, text: &str) -> String {
        let text_of = |run: Run| match run {
            Run::Text(text) | Run::Broken(text) => text,
            Run::Figure(code) => self.figure(&code).map_or_else(|| code, |figure| figure.text),
            Run::Word(code) => self.setting.word(&code).unwrap_or_else(|| format!("{{{{word:{code}}}}}")),
        };
        prose::runs(text).into_iter().map(text_of).collect()
    }

    fn figure(&self, code: &str) -> Option<FigureValue> {
        let figure = self.figures.resolved(code)?;
        let mut used = self.used.borrow_mut();
        if !used.iter().any(|known| known == code) {
            used.push(code.to_owned());
        }
        Some(figure)
    }

    fn spans(&self, runs: Vec<Run>) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for run in runs {
            let text = match run {
                Run::Figure(code) => match self.figure(&code) {
                    Some(figure) => {
                        spans.push(Span::Figure { code, text: figure.text });
                        continue;
                    }
                    None => format!("{{{{figure:{code}}}}}"),
                },
                Run::Word(code) => self.setting.word(&code).unwrap_or_else(|| format!("{{{{word:{code}}}}}")),
                Run::Text(text) | Run::Broken(text) => text,
            };
            match spans.last_mut() {
                Some(Span::Text(before)) => before.push_str(&text),
                _ => spans.push(Span::Text(text)),
            }
        }
        spans
    }

    /// The blocks of a text.
    pub fn blocks(&self, cx: &Cx, text: &str) -> Vec<Block> {
        let block = |piece: Piece| match piece {
            Piece::Heading(runs) => {
                let text_of = |span: Span| match span {
                    Span::Text(text) | Span::Figure { text, .. } => text,
                };
                Some(Block::Heading { text: self.spans(runs).into_iter().map(text_of).collect() })
            }
            Piece::Paragraph(runs) => Some(Block::Paragraph { spans: self.spans(runs) }),
            Piece::Table(code) => {
                let table = self.format.tables.iter().find(|table| table.code == code)?;
                Some(Block::Table(self.table(table)))
            }
            Piece::Chart(code) => {
                let chart = self.format.charts.iter().find(|chart| chart.code == code)?;
                Some(Block::Chart(self.chart(cx, chart)))
            }
            Piece::Picture(code) => self.report.picture(&code).map(|picture| Block::Picture {
                caption: picture.caption.clone(),
                sha256: picture.sha256.clone(),
                media_type: picture.media_type.clone(),
            }),
        };
        prose::read(text).into_iter().filter_map(block).collect()
    }

    fn table(&self, table: &TableFormat) -> ReportTable {
        let plain = |text: &str| Cell { text: text.to_owned(), figure: None, is_number: false };
        let cell = |column: &crate::reference::TableColumn| {
            let text = self.figure(&column.figure).map(|figure| figure.text).unwrap_or_default();
            Cell { text, figure: Some(column.figure.clone()), is_number: true }
        };
        let head = std::iter::once(table.corner.clone());
        ReportTable {
            code: table.code.clone(),
            caption: self.line(&table.caption),
            head: head.chain(table.columns.iter().map(|column| column.head.clone())).collect(),
            rows: vec![std::iter::once(plain(&table.row)).chain(table.columns.iter().map(cell)).collect()],
            note: table.note.clone(),
        }
    }
}

/// What publication gives to a report.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// 索引号.
    pub index_number: String,
    /// 发布日期.
    pub published_on: String,
    /// Absolute address of the record's page.
    pub address: String,
}
