//! Files made for tests out of their parts.
//!
//! It does NOT check what it packs: tests pack nonsense on purpose.

use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A package of parts.
pub(crate) fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Relations of a part, as `(id, kind, target)`; addresses lead outside.
pub(crate) fn relations(list: &[(&str, &str, &str)]) -> String {
    let all = list.iter().map(|(id, kind, target)| {
        let outside = if target.contains("://") { " TargetMode=\"External\"" } else { "" };
        format!("<Relationship Id=\"{id}\" Type=\"http://x/{kind}\" Target=\"{target}\"{outside}/>")
    });
    format!("<Relationships>{}</Relationships>", all.collect::<String>())
}

/// A DOCX being put together.
pub(crate) struct Docx {
    body: String,
    parts: Vec<(String, Vec<u8>)>,
    relations: Vec<(String, String, String)>,
}

impl Docx {
    pub(crate) fn new(body: &str) -> Docx {
        let body =
            format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
        Docx { body, parts: Vec::new(), relations: Vec::new() }
    }

    /// A part under `word/`, related to the body.
    pub(crate) fn with(mut self, kind: &str, file: &str, content: impl AsRef<[u8]>) -> Docx {
        self.parts.push((format!("word/{file}"), content.as_ref().to_vec()));
        self.related(kind, kind, file)
    }

    /// A relation with an id of its own.
    pub(crate) fn related(mut self, id: &str, kind: &str, target: &str) -> Docx {
        self.relations.push((id.to_owned(), kind.to_owned(), target.to_owned()));
        self
    }

    /// A part that nothing is related to.
    pub(crate) fn part(mut self, name: &str, content: impl AsRef<[u8]>) -> Docx {
        self.parts.push((name.to_owned(), content.as_ref().to_vec()));
        self
    }

    pub(crate) fn bytes(self) -> Vec<u8> {
        let related: Vec<(&str, &str, &str)> =
            self.relations.iter().map(|(i, k, t)| (i.as_str(), k.as_str(), t.as_str())).collect();
        let (main, own) = (relations(&[("r", "officeDocument", "word/document.xml")]), relations(&related));
        let mut parts: Vec<(&str, &[u8])> = vec![
            ("[Content_Types].xml", b"<Types/>"),
            ("_rels/.rels", main.as_bytes()),
            ("word/document.xml", self.body.as_bytes()),
            ("word/_rels/document.xml.rels", own.as_bytes()),
        ];
        parts.extend(self.parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())));
        package(&parts)
    }
}

/// A workbook out of `(name, attributes of the sheet, inside of worksheet)`, with more parts.
pub(crate) fn xlsx(sheets: &[(&str, &str, &str)], more: &[(&str, &[u8])]) -> Vec<u8> {
    let names: String = sheets
        .iter()
        .enumerate()
        .map(|(i, (name, attributes, _))| {
            format!("<sheet name=\"{name}\" sheetId=\"{i}\" r:id=\"rId{i}\" {attributes}/>")
        })
        .collect();
    let workbook = format!("<workbook xmlns:r=\"r\"><sheets>{names}</sheets></workbook>");
    let files: Vec<(String, String)> =
        (0..sheets.len()).map(|i| (format!("rId{i}"), format!("worksheets/sheet{i}.xml"))).collect();
    let mut related: Vec<(&str, &str, &str)> =
        files.iter().map(|(id, file)| (id.as_str(), "worksheet", file.as_str())).collect();
    related.push(("s", "styles", "styles.xml"));
    related.push(("t", "sharedStrings", "sharedStrings.xml"));
    let own = relations(&related);
    let main = relations(&[("r", "officeDocument", "xl/workbook.xml")]);
    let contents: Vec<(String, String)> = sheets
        .iter()
        .enumerate()
        .map(|(i, (_, _, inside))| {
            (format!("xl/worksheets/sheet{i}.xml"), format!("<worksheet>{inside}</worksheet>"))
        })
        .collect();
    let mut parts: Vec<(&str, &[u8])> = vec![("_rels/.rels", main.as_bytes())];
    if !more.iter().any(|(name, _)| *name == "xl/workbook.xml") {
        parts.push(("xl/workbook.xml", workbook.as_bytes()));
    }
    parts.push(("xl/_rels/workbook.xml.rels", own.as_bytes()));
    parts.extend(contents.iter().map(|(name, content)| (name.as_str(), content.as_bytes())));
    parts.extend(more);
    package(&parts)
}

/// A PDF of objects numbered from 1, with the inside of its trailer.
pub(crate) fn pdf(objects: &[&[u8]], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", i + 1).bytes());
        out.extend(*object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    out.extend(format!("trailer\n<< /Size {size} {trailer} >>\nstartxref\n{table}\n%%EOF\n").bytes());
    out
}

/// A PDF of one page: its fonts (and what follows them among the resources), its program, objects from number 5 on.
pub(crate) fn pdf_page(fonts: &str, program: &str, more: &[(usize, &str)]) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [3 0 R] /Count 1 /Resources << /Font << {fonts} >> >> >>"),
        "<< /Type /Page /Parent 2 0 R /Contents [4 0 R] >>".to_owned(),
        format!("<< /Length {} >> stream\n{program}\nendstream", program.len()),
    ];
    for (number, object) in more {
        objects.resize(*number, "null".to_owned());
        objects[number - 1] = (*object).to_owned();
    }
    pdf(&objects.iter().map(String::as_bytes).collect::<Vec<_>>(), "/Root 1 0 R")
}

/// Bytes as zlib packs them.
pub(crate) fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}
