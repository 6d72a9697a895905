//! Formats of the annual report (年度报告格式), side by side, one file each; a report uses the one whose years hold its own.
//!
//! What a figure counts is a measure with its parameters; how it is counted is the business of the annual report, and no
//! value stands here.

use serde::Deserialize;

use super::error::{Problem, ReferenceError};
use super::reading::Source;
use super::table::{Coded, Table};

const FOLDER: &str = "report_formats/";

/// One format.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportFormat {
    /// Code, also the name of its file.
    pub code: String,
    /// Chinese name.
    pub name: String,
    /// The document that fixes it.
    pub source: String,
    /// First year it is for.
    pub from_year: i64,
    /// Last year it is for.
    pub to_year: i64,
    /// The report's title, with words.
    pub title: String,
    /// The head of the record, in order.
    pub head: Vec<HeadLabel>,
    /// The figures.
    #[serde(rename = "figure")]
    pub figures: Vec<ReportFigure>,
    /// The tables.
    #[serde(rename = "table")]
    pub tables: Vec<TableFormat>,
    /// The diagrams (示意图).
    #[serde(rename = "chart")]
    pub charts: Vec<ChartFormat>,
    /// The sections with the text they begin with.
    #[serde(rename = "section")]
    pub sections: Vec<SectionFormat>,
}

/// A label of the head and what stands beside it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadLabel {
    /// Which field.
    pub field: String,
    /// How it is called.
    pub label: String,
}

/// A figure.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportFigure {
    /// Code, named in texts, tables and every form.
    pub code: String,
    /// Chinese name.
    pub name: String,
    /// 条, 件, %, 元.
    pub unit: String,
    /// What is counted and what is not.
    pub definition: String,
    /// How it is counted.
    pub measure: Measure,
    /// Whether it is of the whole site only and does not apply to one organ.
    #[serde(default)]
    pub site_only: bool,
}

/// What a figure counts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case", deny_unknown_fields)]
pub enum Measure {
    /// The sum of other figures.
    Sum {
        /// Their codes.
        parts: Vec<String>,
    },
    /// A share of two figures.
    Percent {
        /// How many of them.
        part: String,
        /// Of how many.
        whole: String,
    },
    /// Records of the website.
    Documents {
        /// Which of them.
        which: DocumentClass,
    },
    /// Normative documents with an interpretation.
    Interpreted,
    /// Key areas in which something was published.
    KeyAreaKinds,
    /// Articles on WeChat.
    Articles {
        /// Which of them.
        which: ArticleClass,
    },
    /// Service items at the end of the year.
    ServiceItems,
    /// Organs that have any.
    ServiceUnits,
    /// Cases of the year.
    Cases {
        /// On which way.
        route: String,
        /// How handled; empty for both.
        #[serde(default)]
        handling: String,
    },
    /// Organs of some kinds that have a notice board at the end of the year.
    BoardOrgans {
        /// Codes of `organ_kinds.toml`.
        kinds: Vec<String>,
    },
    /// Notice places of a kind at the end of the year.
    Places {
        /// The kind.
        kind: String,
    },
    /// Trainings and tests.
    Trainings {
        /// `training` or `test`.
        kind: String,
        /// What of them.
        what: TrainingCount,
    },
    /// Requests for information.
    Requests {
        /// What of them.
        what: RequestCount,
    },
    /// Reconsiderations or lawsuits.
    Remedies {
        /// The kind.
        kind: String,
    },
    /// Suggestions and proposals.
    Proposals {
        /// The kind; empty for both.
        kind: String,
        /// What of them.
        what: ProposalCount,
    },
    /// Money of the year.
    Money {
        /// `budget` or `expense`.
        kind: String,
    },
}

/// Which records of the website.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentClass {
    /// Every one.
    All,
    /// Those of a normative kind.
    Normative,
    /// Those in a column of a key area.
    KeyArea,
}

/// Which articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArticleClass {
    /// Every one.
    All,
    /// Those that pass on a record of the website.
    OfARecord,
}

/// What is counted of trainings and tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrainingCount {
    /// How often held.
    Held,
    /// Who came, each time anew.
    People,
    /// Organs from which somebody came.
    Units,
}

/// What is counted of requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestCount {
    /// Received in the year.
    Received,
    /// Handled in the year.
    Handled,
    /// Complained of and corrected in the year.
    Corrected,
}

/// What is counted of suggestions and proposals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProposalCount {
    /// Received in the year.
    Received,
    /// Received in the year and replied to.
    Replied,
}

/// A table with one row of figures.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableFormat {
    /// Code.
    pub code: String,
    /// Above the table.
    pub caption: String,
    /// In the corner.
    pub corner: String,
    /// At the head of the row.
    pub row: String,
    /// Under the table.
    pub note: String,
    /// The columns.
    pub columns: Vec<TableColumn>,
}

/// A column of a table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableColumn {
    /// Its head.
    pub head: String,
    /// The figure under it.
    pub figure: String,
}

/// A diagram.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChartFormat {
    /// Code.
    pub code: String,
    /// Under the diagram, with words.
    pub caption: String,
    /// How it is drawn.
    pub kind: Drawing,
    /// 条, 件.
    pub unit: String,
    /// What it draws.
    pub data: ChartData,
    /// The figures whose records it draws, where it does not draw figures.
    #[serde(default)]
    pub figures: Vec<String>,
}

/// How a diagram is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Drawing {
    /// A bar a category.
    Bar,
    /// Bars on top of each other.
    StackedBar,
    /// A line.
    Line,
    /// Parts of a whole.
    Ring,
}

/// What a diagram draws.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case", deny_unknown_fields)]
pub enum ChartData {
    /// Figures of the report.
    Figures {
        /// One a bar.
        bars: Vec<ChartBar>,
    },
    /// Records of the website by month.
    DocumentsByMonth,
    /// Articles on WeChat by month.
    ArticlesByMonth,
    /// Normative documents by month, with and without an interpretation.
    InterpretationByMonth,
    /// Records by key area.
    KeyAreas,
}

/// A figure as a bar.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChartBar {
    /// Its label.
    pub label: String,
    /// The figure.
    pub figure: String,
}

/// A section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionFormat {
    /// Code.
    pub code: String,
    /// With its number; empty for the introduction, which stands before the parts.
    pub heading: String,
    /// The text a new report begins with; empty where only people can write it.
    pub text: String,
}

impl Coded for ReportFormat {
    fn code(&self) -> &str {
        &self.code
    }
}

impl ReportFormat {
    /// Whether it is for a year.
    pub fn holds(&self, year: i64) -> bool {
        (self.from_year..=self.to_year).contains(&year)
    }

    /// A figure by its code.
    pub fn figure(&self, code: &str) -> Option<&ReportFigure> {
        self.figures.iter().find(|figure| figure.code == code)
    }

    /// The figures that are sums of others.
    pub fn sums(&self) -> Vec<rules::report::Sum> {
        let sum = |figure: &ReportFigure| match &figure.measure {
            Measure::Sum { parts } => {
                Some(rules::report::Sum { total: figure.code.clone(), parts: parts.clone() })
            }
            _ => None,
        };
        self.figures.iter().filter_map(sum).collect()
    }

    /// Every code of a figure that something of the format points to.
    fn pointers(&self) -> Vec<&str> {
        let tables = self.tables.iter().flat_map(|table| &table.columns).map(|column| column.figure.as_str());
        let bars = self.charts.iter().flat_map(|chart| match &chart.data {
            ChartData::Figures { bars } => bars.as_slice(),
            _ => &[],
        });
        let measured = self.figures.iter().flat_map(|figure| match &figure.measure {
            Measure::Sum { parts } => parts.iter().map(String::as_str).collect(),
            Measure::Percent { part, whole } => vec![part.as_str(), whole.as_str()],
            _ => Vec::new(),
        });
        let drawn = self.charts.iter().flat_map(|chart| &chart.figures).map(String::as_str);
        tables.chain(drawn).chain(bars.map(|bar| bar.figure.as_str())).chain(measured).collect()
    }
}

/// Every format of `reference/report_formats/`, by file.
pub(super) fn read(source: &Source) -> Result<Table<ReportFormat>, ReferenceError> {
    let mut formats = Vec::new();
    for path in source.paths_in(FOLDER) {
        let format: ReportFormat = source.value(path)?;
        if format!("{FOLDER}{}.toml", format.code) != path {
            let code = format.code;
            return Err(source.error(path, &code, "", Problem::FileName { code: code.clone() }));
        }
        if let Some(code) = format.pointers().into_iter().find(|code| format.figure(code).is_none()) {
            let problem = Problem::UnknownCode {
                property: "figure",
                code: code.to_owned(),
                target: "同一文件的 [[figure]]",
            };
            return Err(source.error(path, "", &format!("\"{code}\""), problem));
        }
        formats.push(format);
    }
    source.unique(FOLDER, formats)
}
