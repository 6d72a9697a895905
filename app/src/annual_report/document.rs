//! A report with every figure resolved: the one source of the page, the PDF, the DOCX, the XLSX and the JSON, so that all
//! five carry the same numbers. It holds no reference that is still to be looked up and knows nothing of any form.

use serde::{Deserialize, Serialize};

/// A report with every figure resolved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportDocument {
    /// Name of the site.
    pub site_name: String,
    /// Name of the organ the report is of; for the whole site the organ that makes it.
    pub organ_name: String,
    /// 2018年…政府信息公开工作年度报告.
    pub title: String,
    /// The year reported on.
    pub year: i64,
    /// 1 for the first; each correction is one more.
    pub edition: i64,
    /// Why it was corrected; empty for the first.
    pub correction_reason: String,
    /// How far it has come.
    pub state: ReportState,
    /// The head of the record: index number, issuing organ, dates and so on.
    pub head: Vec<HeadField>,
    /// Absolute address of the record's page, for the QR code; empty before publication.
    pub address: String,
    /// First and last day counted, `YYYY-MM-DD`.
    pub period: (String, String),
    /// The moment the figures were frozen, RFC 3339.
    pub cut_off: Option<String>,
    /// The introduction with the contact block as text.
    pub introduction: Vec<Block>,
    /// The four parts.
    pub parts: Vec<Part>,
    /// Lists of what the figures count, by organ and by month.
    pub annex: Vec<Block>,
    /// Every figure used, in order of first use.
    pub figures: Vec<FigureValue>,
}

impl ReportDocument {
    /// Everything that it shows, from top to bottom.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        let parts = self.parts.iter().flat_map(|part| &part.blocks);
        self.introduction.iter().chain(parts).chain(&self.annex)
    }
}

/// How far a report has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportState {
    /// Being written; figures are live.
    Editing,
    /// Handed to the signer; figures are live.
    Submitted,
    /// Signed; figures are as they were at the cut-off.
    Frozen,
    /// Frozen, and corrected by a later edition.
    Superseded,
}

/// One line of the head.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeadField {
    /// 索引号, 发布机构 and so on.
    pub label: String,
    /// As printed; empty when there is none.
    pub value: String,
}

/// One of the numbered parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// With its number: 一、概述.
    pub heading: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A piece of the report, from top to bottom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A heading inside a part: （一）主动公开情况.
    Heading {
        /// With its number.
        text: String,
    },
    /// Running text.
    Paragraph {
        /// Text and figures in reading order.
        spans: Vec<Span>,
    },
    /// A table.
    Table(ReportTable),
    /// A diagram (示意图).
    Chart(ReportChart),
    /// A picture somebody added.
    Picture {
        /// Under the picture.
        caption: String,
        /// Digest of the file.
        sha256: String,
        /// Its type.
        media_type: String,
    },
}

/// A run inside a paragraph.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Span {
    /// Text as written.
    Text(String),
    /// A figure.
    Figure {
        /// Which one.
        code: String,
        /// Its value as printed.
        text: String,
    },
}

/// A table of text and figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportTable {
    /// Names the table in every form.
    pub code: String,
    /// Above the table.
    pub caption: String,
    /// Heads of the columns.
    pub head: Vec<String>,
    /// Rows of cells, each as long as the head.
    pub rows: Vec<Vec<Cell>>,
    /// Under the table; empty when there is none.
    pub note: String,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// As printed.
    pub text: String,
    /// The figure it shows, if it shows one.
    pub figure: Option<String>,
    /// Whether it is set as a number.
    pub is_number: bool,
}

/// A diagram with its numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportChart {
    /// Names the diagram in every form.
    pub code: String,
    /// Under the diagram.
    pub caption: String,
    /// What a reader should take from it, in one sentence.
    pub takeaway: String,
    /// How it is drawn; a block's own kind stands beside it, so it is written as `drawn_as`.
    #[serde(rename = "drawn_as")]
    pub kind: ChartKind,
    /// 条, 件 and so on.
    pub unit: String,
    /// One label a value; for a calendar `YYYY-MM-DD`.
    pub categories: Vec<String>,
    /// One or more rows of values.
    pub series: Vec<Series>,
    /// The figures it draws, where they are figures of the report.
    pub figures: Vec<String>,
}

/// A row of values, one a category.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// In the legend.
    pub name: String,
    /// One value a category.
    pub values: Vec<f64>,
}

/// How a diagram is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// A bar a category.
    Bar,
    /// Bars of several series side by side.
    GroupedBar,
    /// Bars of several series on top of each other.
    StackedBar,
    /// A line over the categories.
    Line,
    /// Parts of a whole.
    Ring,
    /// A day a cell.
    Calendar,
    /// Steps that lose some on the way.
    Funnel,
}

/// A figure with its value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureValue {
    /// Names it in every form.
    pub code: String,
    /// Its name in Chinese.
    pub name: String,
    /// What is counted and what is not.
    pub definition: String,
    /// 条, 件, %, 元 and so on.
    pub unit: String,
    /// The value.
    pub value: FigureNumber,
    /// The value as printed, without its unit.
    pub text: String,
    /// How many records are behind it, where it is counted from records.
    pub n_sources: Option<i64>,
}

/// A value: empty, zero and not applicable are three things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum FigureNumber {
    /// How many.
    Count(i64),
    /// A share.
    Percent {
        /// How many of them.
        part: i64,
        /// Of how many.
        of: i64,
    },
    /// Money.
    Money {
        /// In fen.
        fen: i64,
    },
    /// Nobody keeps this, or nobody has entered it yet.
    Blank,
    /// The organ has nothing of the kind.
    NotApplicable,
}
