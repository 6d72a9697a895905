//! The part with the text: paragraphs, tables, pictures, and the sheet they stand on.

use std::fmt::Write;

use super::{Align, Block, Cell, Document, Page, Paragraph, Picture, PictureFormat, Role, Table};
use crate::xml::escape_into;

/// English Metric Units in a millimetre.
const EMU: f64 = 36_000.0;

/// The text being written, and the pictures met in it.
pub(super) struct Body<'a> {
    pub(super) xml: String,
    pub(super) pictures: Vec<(&'a [u8], PictureFormat)>,
    /// Width of the text in twips.
    room: f64,
    n_drawn: usize,
}

/// Twentieths of a point.
pub(super) fn twips(points: f64) -> i64 {
    (points * 20.0).round() as i64
}

pub(super) fn twips_of_mm(mm: f64) -> i64 {
    twips(mm * 72.0 / 25.4)
}

impl Role {
    /// The id and, where Word has one of its own, the name of the style.
    pub(super) fn style(self) -> (&'static str, &'static str) {
        match self {
            Role::Body => ("Normal", "Normal"),
            Role::Title => ("Title", "Title"),
            Role::Subtitle => ("Subtitle", "Subtitle"),
            Role::Heading(1) => ("Heading1", "heading 1"),
            Role::Heading(2) => ("Heading2", "heading 2"),
            Role::Heading(_) => ("Heading3", "heading 3"),
            Role::Caption => ("Caption", "caption"),
            Role::Note => ("Note", "Note"),
            Role::Cell => ("TableText", "Table Text"),
            Role::CellHead => ("TableHead", "Table Head"),
            Role::Picture => ("Picture", "Picture"),
            Role::Running => ("Footer", "footer"),
        }
    }
}

impl Align {
    pub(super) fn name(self) -> &'static str {
        match self {
            Align::Left => "left",
            Align::Centre => "center",
            Align::Right => "right",
            Align::Both => "both",
        }
    }
}

/// The whole part, and the pictures it shows.
pub(super) fn body<'a>(document: &'a Document, sections: &str) -> Body<'a> {
    let page = &document.page;
    let room = twips_of_mm(page.width - page.inside - page.outside) as f64;
    let mut body = Body { xml: String::new(), pictures: Vec::new(), room, n_drawn: 0 };
    for block in &document.blocks {
        body.block(block, room);
    }
    body.xml.push_str(sections);
    body
}

/// The sheet: size, edges, page numbers, lines.
pub(super) fn section(page: &Page, line: Option<f64>, has_header: bool) -> String {
    let mm = twips_of_mm;
    let mut xml = String::from("<w:sectPr>");
    if has_header {
        xml.push_str("<w:headerReference w:type=\"default\" r:id=\"rIdHeader\"/><w:headerReference w:type=\"even\" r:id=\"rIdHeader\"/>");
    }
    _ = write!(
        xml,
        "<w:footerReference w:type=\"default\" r:id=\"rIdFooterOdd\"/><w:footerReference w:type=\"even\" r:id=\"rIdFooterEven\"/>\
         <w:pgSz w:w=\"{}\" w:h=\"{}\"/><w:pgMar w:top=\"{}\" w:right=\"{}\" w:bottom=\"{}\" w:left=\"{}\" w:header=\"{}\" w:footer=\"{}\" w:gutter=\"0\"/>",
        mm(page.width),
        mm(page.height),
        mm(page.top),
        mm(page.outside),
        mm(page.bottom),
        mm(page.inside),
        mm(page.top / 2.0),
        mm(page.footer)
    );
    if let Some(line) = line {
        _ = write!(xml, "<w:docGrid w:type=\"lines\" w:linePitch=\"{}\"/>", twips(line));
    }
    xml.push_str("</w:sectPr>");
    xml
}

impl<'a> Body<'a> {
    fn block(&mut self, block: &'a Block, room: f64) {
        match block {
            Block::Paragraph(words) => self.paragraph(words),
            Block::Table(table) => self.table(table, room),
            Block::Picture(picture) => self.picture(picture),
        }
    }

    fn paragraph(&mut self, words: &Paragraph) {
        let role = words.role.unwrap_or(Role::Body);
        self.xml.push_str("<w:p><w:pPr>");
        if role != Role::Body {
            _ = write!(self.xml, "<w:pStyle w:val=\"{}\"/>", role.style().0);
        }
        if words.keep_next {
            self.xml.push_str("<w:keepNext/>");
        }
        if words.new_page {
            self.xml.push_str("<w:pageBreakBefore/>");
        }
        if words.right > 0.0 {
            _ = write!(self.xml, "<w:ind w:rightChars=\"{}\"/>", (words.right * 100.0).round());
        }
        if let Some(align) = words.align {
            _ = write!(self.xml, "<w:jc w:val=\"{}\"/>", align.name());
        }
        self.xml.push_str("</w:pPr>");
        for (at, line) in words.text.split('\n').enumerate() {
            let line_break = if at > 0 { "<w:br/>" } else { "" };
            if line.is_empty() && at == 0 {
                continue;
            }
            _ = write!(self.xml, "<w:r>{line_break}<w:t xml:space=\"preserve\">");
            escape_into(&mut self.xml, line);
            self.xml.push_str("</w:t></w:r>");
        }
        self.xml.push_str("</w:p>");
    }

    fn table(&mut self, table: &'a Table, room: f64) {
        let n_columns = table.widths.len().max(1);
        let sum: f64 = table.widths.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        let widths: Vec<f64> = table.widths.iter().map(|width| (room * width / sum).floor()).collect();
        self.table_properties(table, room);
        self.xml.push_str("<w:tblGrid>");
        for width in &widths {
            _ = write!(self.xml, "<w:gridCol w:w=\"{width}\"/>");
        }
        self.xml.push_str("</w:tblGrid>");
        for (at, row) in table.rows.iter().enumerate() {
            let head = if at < table.n_head { "<w:tblHeader/>" } else { "" };
            _ = write!(self.xml, "<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>");
            let mut column = 0;
            for cell in row {
                let span = cell.span.clamp(1, n_columns.saturating_sub(column).max(1));
                let width: f64 = widths.iter().skip(column).take(span).sum();
                self.cell(cell, span, width);
                column += span;
            }
            self.xml.push_str("</w:tr>");
        }
        self.xml.push_str("</w:tbl>");
        // Two tables that touch would be read as one, and a cell must end with a paragraph.
        if room == self.room {
            self.xml.push_str("<w:p><w:pPr><w:pStyle w:val=\"TableText\"/></w:pPr></w:p>");
        }
    }

    fn table_properties(&mut self, table: &Table, room: f64) {
        let line = |name: &str, points: f64| {
            let eighths = (points * 8.0).round();
            if eighths > 0.0 {
                format!("<w:{name} w:val=\"single\" w:sz=\"{eighths}\" w:space=\"0\" w:color=\"1D1D1B\"/>")
            } else {
                format!("<w:{name} w:val=\"nil\"/>")
            }
        };
        let lines = table.lines;
        _ = write!(
            self.xml,
            "<w:tbl><w:tblPr><w:tblW w:w=\"{room}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblBorders>{}{}{}{}{}{}</w:tblBorders>\
             <w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:top w:w=\"40\" w:type=\"dxa\"/><w:left w:w=\"100\" w:type=\"dxa\"/>\
             <w:bottom w:w=\"40\" w:type=\"dxa\"/><w:right w:w=\"100\" w:type=\"dxa\"/></w:tblCellMar>",
            line("top", lines.outer),
            line("left", lines.between_columns),
            line("bottom", lines.outer),
            line("right", lines.between_columns),
            line("insideH", lines.between_rows),
            line("insideV", lines.between_columns),
        );
        if table.n_head > 0 {
            self.xml.push_str("<w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>");
        }
        if !table.description.is_empty() {
            self.xml.push_str("<w:tblDescription w:val=\"");
            escape_into(&mut self.xml, &table.description);
            self.xml.push_str("\"/>");
        }
        self.xml.push_str("</w:tblPr>");
    }

    fn cell(&mut self, cell: &'a Cell, span: usize, width: f64) {
        _ = write!(self.xml, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>");
        if span > 1 {
            _ = write!(self.xml, "<w:gridSpan w:val=\"{span}\"/>");
        }
        if let Some(ground) = cell.ground {
            _ = write!(self.xml, "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{}\"/>", hex(ground));
        }
        self.xml.push_str("<w:vAlign w:val=\"center\"/></w:tcPr>");
        for block in &cell.blocks {
            self.block(block, width);
        }
        if !matches!(cell.blocks.last(), Some(Block::Paragraph(_) | Block::Picture(_))) {
            self.xml.push_str("<w:p><w:pPr><w:pStyle w:val=\"TableText\"/></w:pPr></w:p>");
        }
        self.xml.push_str("</w:tc>");
    }

    fn picture(&mut self, picture: &'a Picture) {
        let file = self.file(picture);
        self.n_drawn += 1;
        let (wide, high) = ((picture.size.0 * EMU).round(), (picture.size.1 * EMU).round());
        let keep = if picture.keep_next { "<w:keepNext/>" } else { "" };
        let mut words = String::new();
        escape_into(&mut words, &picture.description);
        let n = self.n_drawn;
        _ = write!(
            self.xml,
            "<w:p><w:pPr><w:pStyle w:val=\"Picture\"/>{keep}</w:pPr><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
             <wp:extent cx=\"{wide}\" cy=\"{high}\"/><wp:docPr id=\"{n}\" name=\"图{n}\" descr=\"{words}\"/>\
             <wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/></wp:cNvGraphicFramePr>\
             <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>\
             <pic:nvPicPr><pic:cNvPr id=\"{n}\" name=\"图{n}\" descr=\"{words}\"/><pic:cNvPicPr/></pic:nvPicPr>\
             <pic:blipFill><a:blip r:embed=\"rIdPicture{file}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
             <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        );
    }

    /// The number of the file; the same file is kept once.
    fn file(&mut self, picture: &'a Picture) -> usize {
        let entry = (picture.bytes.as_slice(), picture.format);
        let known = self.pictures.iter().position(|other| *other == entry);
        known.unwrap_or_else(|| {
            self.pictures.push(entry);
            self.pictures.len() - 1
        }) + 1
    }
}

pub(super) fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("{red:02X}{green:02X}{blue:02X}")
}
