//! The annual report as a Word document, for those who work on with it: headings, tables and pictures are real ones, the
//! page is that of official documents (GB/T 9704-2012) with the faces that Chinese offices have.
//! It does NOT differ from the PDF in what it says.

use kit_office::docx_out::{
    Align, Block, Cell, CoreProperties, Document, Lines, Paragraph, Picture, PictureFormat, Role, Table,
    write,
};

use super::docx_look::{GROUND, PAGE_WIDTH, page, styles};
use super::printed::{DEFINITION_HEAD, Printed, QR_WORDS};
use super::{Pictures, chart, qr};
use crate::annual_report::document::{
    self as report_document, ReportChart, ReportDocument, ReportTable, Span,
};
use crate::press::Press;

/// Pixels across a chart: fine enough for a printer.
const PICTURE_WIDTH: u32 = 1680;
const QR_PIXELS: u32 = 480;
/// Values wider than so many characters take a line of the head alone.
const LONG_VALUE: f64 = 12.0;
/// Columns of at most so many characters take what they need, longer ones share the rest; as in `print/official.typ`.
const SHORT: f64 = 6.0;
const LONGEST: f64 = 24.0;

/// Writes a report as DOCX.
///
/// # Errors
/// No Chinese font on the machine for the charts (with what to install).
pub fn render(report: &ReportDocument, pictures: &Pictures, press: &Press) -> anyhow::Result<Vec<u8>> {
    let printed = Printed::of(report)?;
    let mut writing = Writing { blocks: Vec::new(), pictures, press };
    writing.blocks.push(Block::Table(card(report)));
    writing.push(Role::Title, &report.title);
    if !printed.correction.is_empty() {
        writing.push(Role::Subtitle, &printed.correction);
    }
    writing.all(&report.introduction)?;
    for part in &report.parts {
        writing.push(Role::Heading(1), &part.heading);
        writing.all(&part.blocks)?;
    }
    writing.signature(report, &printed);
    writing.annexes(report, &printed)?;
    writing.colophon(report, &printed)?;
    let document = Document {
        properties: properties(report, &printed)?,
        page: page(printed.running),
        styles: styles(),
        blocks: writing.blocks,
    };
    Ok(write(&document)?)
}

fn properties(report: &ReportDocument, printed: &Printed) -> anyhow::Result<CoreProperties> {
    let created = report.cut_off.as_deref().map(str::parse::<jiff::Timestamp>).transpose()?;
    Ok(CoreProperties {
        title: report.title.clone(),
        author: report.organ_name.clone(),
        subject: format!("{}年政府信息公开工作年度报告", report.year),
        keywords: printed.keywords.clone(),
        created: created.map_or_else(String::new, |at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
    })
}

/// The head as a catalogue card: two fields a line, a long one alone on its line.
fn card(report: &ReportDocument) -> Table {
    let mut rows: Vec<Vec<&report_document::HeadField>> = Vec::new();
    for field in &report.head {
        let is_long = |field: &report_document::HeadField| measured(&field.value) > LONG_VALUE;
        match rows.last_mut().filter(|row| row.len() == 1 && !is_long(row[0]) && !is_long(field)) {
            Some(row) => row.push(field),
            None => rows.push(vec![field]),
        }
    }
    let rows = rows.into_iter().map(|row| {
        let is_alone = row.len() == 1;
        let cells = row.into_iter().flat_map(|field| {
            let label =
                Cell { ground: Some(GROUND), ..Cell::text(Role::CellHead, &field.label, Align::Left) };
            let span = if is_alone { 3 } else { 1 };
            [label, Cell { span, ..Cell::text(Role::Cell, &field.value, Align::Left) }]
        });
        cells.collect()
    });
    Table {
        description: "信息的索引号、发布机构、日期等".to_owned(),
        widths: vec![24.0, 54.0, 24.0, 54.0],
        n_head: 0,
        rows: rows.collect(),
        lines: Lines { outer: 0.5, between_rows: 0.5, between_columns: 0.5 },
    }
}

/// The text being put together.
struct Writing<'a> {
    blocks: Vec<Block>,
    pictures: &'a Pictures,
    press: &'a Press,
}

impl Writing<'_> {
    fn push(&mut self, role: Role, text: &str) {
        self.blocks.push(Block::Paragraph(Paragraph::new(role, text)));
    }

    fn all(&mut self, blocks: &[report_document::Block]) -> anyhow::Result<()> {
        blocks.iter().try_for_each(|block| self.block(block))
    }

    fn block(&mut self, block: &report_document::Block) -> anyhow::Result<()> {
        match block {
            report_document::Block::Heading { text } => self.push(Role::Heading(2), text),
            report_document::Block::Paragraph { spans } => {
                let text: String = spans.iter().map(words).collect();
                self.push(Role::Body, &text);
            }
            report_document::Block::Table(table) => self.table(table),
            report_document::Block::Chart(drawn) => self.chart(drawn)?,
            report_document::Block::Picture { caption, sha256, .. } => self.picture(caption, sha256),
        }
        Ok(())
    }

    fn table(&mut self, table: &ReportTable) {
        if !table.caption.is_empty() {
            let caption = Paragraph { keep_next: true, ..Paragraph::new(Role::Caption, &table.caption) };
            self.blocks.push(Block::Paragraph(caption));
        }
        let head = table.head.iter().map(|words| Cell::text(Role::CellHead, words, Align::Centre)).collect();
        let centred = centred(table);
        let cell = |(at, cell): (usize, &report_document::Cell)| {
            let is_centred = cell.is_number || centred.contains(&at);
            Cell::text(Role::Cell, &cell.text, if is_centred { Align::Centre } else { Align::Left })
        };
        let body = table.rows.iter().map(|row| row.iter().enumerate().map(cell).collect());
        self.blocks.push(Block::Table(Table {
            description: table.caption.clone(),
            widths: widths(table),
            n_head: 1,
            rows: std::iter::once(head).chain(body).collect(),
            lines: Lines { outer: 1.0, between_rows: 0.25, between_columns: 0.0 },
        }));
        if !table.note.is_empty() {
            self.push(Role::Note, &table.note);
        }
    }

    fn chart(&mut self, drawn: &ReportChart) -> anyhow::Result<()> {
        let bytes = self.press.picture(&chart::chart_svg(drawn), PICTURE_WIDTH)?;
        let size = fitted(&bytes, PAGE_WIDTH);
        let description = chart::figure(drawn).text_alternative();
        let picture = Picture { bytes, format: PictureFormat::Png, size, description, keep_next: true };
        self.blocks.push(Block::Picture(picture));
        let has_takeaway = !drawn.takeaway.is_empty();
        let caption = Paragraph { keep_next: has_takeaway, ..Paragraph::new(Role::Caption, &drawn.caption) };
        self.blocks.push(Block::Paragraph(caption));
        if has_takeaway {
            let takeaway = Paragraph::new(Role::Note, &drawn.takeaway);
            self.blocks.push(Block::Paragraph(Paragraph { align: Some(Align::Centre), ..takeaway }));
        }
        Ok(())
    }

    /// Pictures of kinds that offices do not show are left to the PDF and the page.
    fn picture(&mut self, caption: &str, sha256: &str) {
        let Some(picture) = self.pictures.get(sha256) else { return };
        let format = match picture.media_type.as_str() {
            "image/png" => PictureFormat::Png,
            "image/jpeg" => PictureFormat::Jpeg,
            _ => return,
        };
        let (bytes, size) = (picture.bytes.clone(), fitted(&picture.bytes, PAGE_WIDTH * 0.8));
        let description = caption.to_owned();
        self.blocks.push(Block::Picture(Picture { bytes, format, size, description, keep_next: true }));
        self.push(Role::Caption, caption);
    }

    /// Text that stays on the page of what follows.
    fn keep(&mut self, words: Paragraph) {
        self.blocks.push(Block::Paragraph(Paragraph { keep_next: true, ..words }));
    }

    /// What is attached, the organ's name, the day; never on a page without text.
    fn signature(&mut self, report: &ReportDocument, printed: &Printed) {
        if let Some(Block::Paragraph(last)) = self.blocks.last_mut() {
            last.keep_next = true;
        }
        self.keep(Paragraph::default());
        for (at, name) in printed.annexes.iter().enumerate() {
            let number = if printed.annexes.len() > 1 { format!("{}.", at + 1) } else { String::new() };
            let before = if at == 0 { "附件：" } else { "　　　" };
            self.keep(Paragraph::new(Role::Body, format!("{before}{number}{name}")));
        }
        self.keep(Paragraph::default());
        let right = |words: &str| Paragraph {
            align: Some(Align::Right),
            right: 4.0,
            ..Paragraph::new(Role::Body, words)
        };
        self.keep(right(&report.organ_name));
        self.blocks.push(Block::Paragraph(right(&printed.signed_words)));
    }

    fn annexes(&mut self, report: &ReportDocument, printed: &Printed) -> anyhow::Result<()> {
        for (at, name) in printed.annexes.iter().enumerate() {
            let number = if printed.annexes.len() > 1 { (at + 1).to_string() } else { String::new() };
            let heading = Paragraph::new(Role::Heading(1), format!("附件{number}　{name}"));
            self.blocks.push(Block::Paragraph(Paragraph { new_page: true, ..heading }));
            if *name == super::printed::RECORDS {
                self.all(&report.annex)?;
            } else {
                self.push(Role::Note, "");
                self.definitions(report);
            }
        }
        Ok(())
    }

    fn definitions(&mut self, report: &ReportDocument) {
        let cell =
            |text: &str| report_document::Cell { text: text.to_owned(), figure: None, is_number: false };
        let number = |text: &str| report_document::Cell { is_number: true, ..cell(text) };
        let rows = report.figures.iter().map(|figure| {
            let sources = figure.n_sources.map_or_else(|| "—".to_owned(), |n| n.to_string());
            let (name, unit, definition) = (cell(&figure.name), cell(&figure.unit), cell(&figure.definition));
            vec![name, number(&figure.text), unit, definition, number(&sources)]
        });
        self.table(&ReportTable {
            code: String::new(),
            caption: String::new(),
            head: DEFINITION_HEAD.map(str::to_owned).to_vec(),
            rows: rows.collect(),
            note: String::new(),
        });
    }

    fn colophon(&mut self, report: &ReportDocument, printed: &Printed) -> anyhow::Result<()> {
        let line = |line: &super::printed::Line| {
            vec![
                Cell::text(Role::CellHead, line.label, Align::Left),
                Cell::text(Role::Cell, &line.value, Align::Left),
            ]
        };
        let words = Table {
            widths: vec![1.0, 4.0],
            rows: printed.colophon.iter().map(line).collect(),
            ..Table::default()
        };
        let mut cells = vec![Cell { blocks: vec![Block::Table(words)], ..Cell::default() }];
        let mut widths = vec![1.0];
        if let Some(svg) = qr(&report.address) {
            let picture = Picture {
                bytes: self.press.picture(&svg, QR_PIXELS)?,
                format: PictureFormat::Png,
                size: (26.0, 26.0),
                description: format!("二维码：{}", report.address),
                keep_next: true,
            };
            let under = Paragraph { align: Some(Align::Centre), ..Paragraph::new(Role::Note, QR_WORDS) };
            cells.push(Cell {
                blocks: vec![Block::Picture(picture), Block::Paragraph(under)],
                ..Cell::default()
            });
            widths = vec![116.0, 40.0];
        }
        let description = "统计期限、数据截止时间、版次和校验码".to_owned();
        let lines = Lines { outer: 1.0, ..Lines::default() };
        self.push(Role::Note, "");
        self.blocks.push(Block::Table(Table { description, widths, n_head: 0, rows: vec![cells], lines }));
        Ok(())
    }
}

fn words(span: &Span) -> &str {
    match span {
        Span::Text(text) | Span::Figure { text, .. } => text,
    }
}

/// Words in widths of a Chinese character.
fn measured(words: &str) -> f64 {
    words.chars().map(|c| if c.is_ascii() { 0.58 } else { 1.0 }).sum()
}

/// The longest words of each column.
fn lengths(table: &ReportTable) -> Vec<f64> {
    let longest = |at: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(at)).map(|cell| measured(&cell.text));
        cells.chain(table.head.get(at).map(|head| measured(head))).fold(2.0, f64::max)
    };
    (0..table.head.len()).map(longest).collect()
}

/// Columns of a few characters after the first, such as units.
fn centred(table: &ReportTable) -> Vec<usize> {
    let lengths = lengths(table);
    (1..lengths.len()).filter(|at| lengths[*at] <= 3.0).collect()
}

/// Columns by their longest words, in points.
fn widths(table: &ReportTable) -> Vec<f64> {
    let room = PAGE_WIDTH * 72.0 / 25.4;
    let lengths = lengths(table);
    if lengths.iter().all(|length| *length <= SHORT) {
        return lengths;
    }
    let needed = |length: &f64| length.max(3.5) * 12.0 + 12.0;
    let (short, long): (Vec<f64>, Vec<f64>) = lengths.iter().partition(|length| **length <= SHORT);
    let rest = (room - short.iter().map(needed).sum::<f64>()).max(room / 4.0);
    let shares: f64 = long.iter().map(|length| length.min(LONGEST)).sum();
    let width = |length: &f64| match *length <= SHORT {
        true => needed(length),
        false => rest * length.min(LONGEST) / shares,
    };
    lengths.iter().map(width).collect()
}

/// Size on paper in millimetres, as wide as wished and no higher than most of a page.
fn fitted(bytes: &[u8], wide: f64) -> (f64, f64) {
    const HIGHEST: f64 = 180.0;
    let (width, height) = super::pixels(bytes).unwrap_or((4, 3));
    let high = wide * f64::from(height) / f64::from(width);
    if high <= HIGHEST { (wide, high) } else { (wide * HIGHEST / high, HIGHEST) }
}
