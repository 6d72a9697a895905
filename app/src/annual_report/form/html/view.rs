//! What the templates of the report print: places for links, first uses, charts as pictures and tables.

use std::collections::HashSet;

use askama::Template;

use super::Pictures;
use crate::{
    annual_report::{
        document::{Block, Cell, FigureNumber, FigureValue, ReportDocument, ReportTable, Span},
        form::chart,
    },
    chart::ChartView,
};

/// The text of a report.
#[derive(Debug, Clone, Template)]
#[template(path = "annual_report/form/html/body.html")]
pub struct ReportView {
    /// Number and reason of a correction; none for the first edition.
    correction: Option<(i64, String)>,
    /// The way to each part.
    contents: Vec<(String, String)>,
    introduction: Vec<BlockView>,
    parts: Vec<PartView>,
    annex: Vec<BlockView>,
    figures: Vec<FigureView>,
    period: (String, String),
    cut_off: Option<String>,
}

#[derive(Debug, Clone)]
struct PartView {
    id: String,
    heading: String,
    blocks: Vec<BlockView>,
}

#[derive(Debug, Clone)]
enum BlockView {
    Heading(String),
    Paragraph(Vec<SpanView>),
    Table(TableView),
    Chart(Box<ChartView>),
    Picture { caption: String, src: Option<String> },
}

/// A run of text; a figure has a code, and at its first use a place to come back to.
#[derive(Debug, Clone)]
struct SpanView {
    text: String,
    code: Option<String>,
    is_first: bool,
    is_number: bool,
}

#[derive(Debug, Clone)]
struct TableView {
    caption: String,
    head: Vec<String>,
    rows: Vec<Vec<SpanView>>,
    note: String,
}

/// A figure with what it means.
#[derive(Debug, Clone)]
struct FigureView {
    code: String,
    name: String,
    value: String,
    definition: String,
    n_sources: Option<i64>,
    /// It stands in the text, so that a reader can go back there.
    is_used: bool,
}

/// Remembers which figures have been met.
#[derive(Default)]
struct Met(HashSet<String>);

impl Met {
    fn span(&mut self, text: &str, code: Option<&String>, is_number: bool) -> SpanView {
        let is_first = code.is_some_and(|code| self.0.insert(code.clone()));
        SpanView { text: text.to_owned(), code: code.cloned(), is_first, is_number }
    }

    fn cell(&mut self, cell: &Cell) -> SpanView {
        self.span(&cell.text, cell.figure.as_ref(), cell.is_number)
    }

    fn table(&mut self, table: &ReportTable) -> TableView {
        TableView {
            caption: table.caption.clone(),
            head: table.head.clone(),
            rows: table.rows.iter().map(|row| row.iter().map(|cell| self.cell(cell)).collect()).collect(),
            note: table.note.clone(),
        }
    }

    fn block(&mut self, block: &Block, pictures: Pictures<'_>) -> BlockView {
        match block {
            Block::Heading { text } => BlockView::Heading(text.clone()),
            Block::Paragraph { spans } => {
                let span = |span: &Span| match span {
                    Span::Text(text) => self.span(text, None, false),
                    Span::Figure { code, text } => self.span(text, Some(code), true),
                };
                BlockView::Paragraph(spans.iter().map(span).collect())
            }
            Block::Table(table) => BlockView::Table(self.table(table)),
            Block::Chart(drawn) => BlockView::Chart(Box::new(ChartView::new(&chart::figure(drawn)))),
            Block::Picture { caption, sha256, .. } => {
                BlockView::Picture { caption: caption.clone(), src: pictures(sha256) }
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block], pictures: Pictures<'_>) -> Vec<BlockView> {
        blocks.iter().map(|block| self.block(block, pictures)).collect()
    }
}

/// Its templates escape what they are given, so it stands in other templates as it is.
impl askama::filters::HtmlSafe for ReportView {}

impl ReportView {
    pub(super) fn new(document: &ReportDocument, pictures: Pictures<'_>) -> ReportView {
        let mut met = Met::default();
        let introduction = met.blocks(&document.introduction, pictures);
        let part = |(n, part): (usize, &crate::annual_report::document::Part)| PartView {
            id: format!("part-{}", n + 1),
            heading: part.heading.clone(),
            blocks: met.blocks(&part.blocks, pictures),
        };
        let parts: Vec<PartView> = document.parts.iter().enumerate().map(part).collect();
        let annex = met.blocks(&document.annex, pictures);
        let mut contents: Vec<(String, String)> =
            parts.iter().map(|part| (part.id.clone(), part.heading.clone())).collect();
        if !annex.is_empty() {
            contents.push(("annex".to_owned(), "附件".to_owned()));
        }
        if !document.figures.is_empty() {
            contents.push(("figures".to_owned(), "指标说明".to_owned()));
        }
        ReportView {
            correction: (document.edition > 1)
                .then(|| (document.edition, document.correction_reason.clone())),
            contents,
            introduction,
            parts,
            annex,
            figures: document.figures.iter().map(|figure| figure_view(figure, &met)).collect(),
            period: (crate::words::date(&document.period.0), crate::words::date(&document.period.1)),
            cut_off: document.cut_off.as_deref().and_then(day_of),
        }
    }
}

fn figure_view(figure: &FigureValue, met: &Met) -> FigureView {
    let value = match figure.value {
        FigureNumber::Blank => "未填".to_owned(),
        FigureNumber::NotApplicable => "不适用".to_owned(),
        // A share is printed with its sign.
        _ if figure.text.ends_with(&figure.unit) => figure.text.clone(),
        _ => format!("{} {}", figure.text, figure.unit).trim_end().to_owned(),
    };
    FigureView {
        code: figure.code.clone(),
        name: figure.name.clone(),
        value,
        definition: figure.definition.clone(),
        n_sources: figure.n_sources,
        is_used: met.0.contains(&figure.code),
    }
}

/// `2019年3月8日` for an RFC 3339 moment.
fn day_of(moment: &str) -> Option<String> {
    let at: jiff::Timestamp = moment.parse().ok()?;
    Some(crate::words::date(&crate::cx::date_of(at.as_millisecond())))
}
