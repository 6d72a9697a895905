//! Prepared files that hide something: a Word text with remarks and tracked changes, a workbook with a hidden sheet, a PDF
//! with a remark and an author. What is hidden is told, and looked through like what is seen.

use std::io::{Cursor, Write};

use rules::check::Code;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{IDENTITY, MOBILE, of_edition, with};
use crate::{check::shown::Shown, test_app::TestApp};

fn package(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn relations(list: &[(&str, &str)]) -> String {
    let one = |(at, (kind, target)): (usize, &(&str, &str))| {
        format!("<Relationship Id=\"rId{at}\" Type=\"http://schemas.test/{kind}\" Target=\"{target}\"/>")
    };
    format!("<Relationships>{}</Relationships>", list.iter().enumerate().map(one).collect::<String>())
}

fn content_types(part: &str, kind: &str) -> String {
    format!(
        "<Types><Override PartName=\"/{part}\" ContentType=\"application/vnd.openxmlformats-officedocument.{kind}.main+xml\"/></Types>"
    )
}

/// A text with a tracked insertion and a remark that holds a mobile number.
fn word_file() -> Vec<u8> {
    let main = "word/document.xml";
    let body = "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>名单如下。</w:t></w:r>\
                <w:ins w:author=\"甲\"><w:r><w:t>新增一人。</w:t></w:r></w:ins></w:p></w:body></w:document>";
    let remarks = format!(
        "<w:comments xmlns:w=\"w\"><w:comment w:id=\"1\" w:author=\"甲\"><w:p><w:r><w:t>电话{MOBILE}</w:t></w:r></w:p></w:comment></w:comments>"
    );
    package(&[
        ("[Content_Types].xml", content_types(main, "wordprocessingml.document")),
        ("_rels/.rels", relations(&[("officeDocument", main)])),
        (main, body.to_owned()),
        ("word/_rels/document.xml.rels", relations(&[("comments", "comments.xml")])),
        ("word/comments.xml", remarks),
    ])
}

/// A workbook whose second sheet is not shown and holds an identity number.
fn workbook() -> Vec<u8> {
    let main = "xl/workbook.xml";
    let sheets = "<workbook xmlns:r=\"r\"><sheets><sheet name=\"公示\" sheetId=\"1\" r:id=\"rId0\"/>\
                  <sheet name=\"底表\" sheetId=\"2\" state=\"hidden\" r:id=\"rId1\"/></sheets></workbook>";
    let sheet = |text: &str| {
        format!(
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{text}</t></is></c></row></sheetData></worksheet>"
        )
    };
    package(&[
        ("[Content_Types].xml", content_types(main, "spreadsheetml.sheet")),
        ("_rels/.rels", relations(&[("officeDocument", main)])),
        (main, sheets.to_owned()),
        (
            "xl/_rels/workbook.xml.rels",
            relations(&[("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml")]),
        ),
        ("xl/worksheets/sheet1.xml", sheet("张某某")),
        ("xl/worksheets/sheet2.xml", sheet(IDENTITY)),
    ])
}

/// A page with an author in its properties and a remark on it.
fn pdf() -> Vec<u8> {
    let program = "BT /F1 12 Tf 20 100 Td (list of names) Tj ET";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Annots [6 0 R] \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{program}\nendstream", program.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        "<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (to be checked) /T (Zhang) >>".to_owned(),
        "<< /Author (Zhang) >>".to_owned(),
    ];
    let (mut out, mut places) = ("%PDF-1.7\n".to_owned(), Vec::new());
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out += &format!("{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let (table, size) = (out.len(), objects.len() + 1);
    out += &format!("xref\n0 {size}\n0000000000 65535 f \n");
    for place in places {
        out += &format!("{place:010} 00000 n \n");
    }
    out += &format!("trailer\n<< /Size {size} /Root 1 0 R /Info 7 0 R >>\nstartxref\n{table}\n%%EOF\n");
    out.into_bytes()
}

/// The sentences of a code about a file.
fn said<'a>(found: &'a [Shown], code: Code, name: &str) -> Vec<&'a str> {
    let of_file =
        found.iter().filter(|shown| shown.code == code && shown.place.name.as_deref() == Some(name));
    of_file.map(|shown| shown.sentence.as_str()).collect()
}

#[tokio::test]
async fn what_word_texts_workbooks_and_pdfs_hide_is_told_and_looked_through() {
    let app = TestApp::start().await;
    let record = app.document("关于公布名单的通知").body("名单见附件1、附件2、附件3。").draft().await;
    for (name, bytes) in [("附件1.docx", word_file()), ("附件2.xlsx", workbook()), ("附件3.pdf", pdf())]
    {
        record.attach(name, &bytes).await.unwrap();
    }
    app.settle().await;
    let found = of_edition(&record).await;
    assert_eq!(with(&found, Code::UnreadableFile), None, "{found:?}");
    let word = said(&found, Code::HiddenContent, "附件1.docx").concat();
    assert!(word.contains("批注1处") && word.contains("修订：插入1处"), "{word}");
    assert!(said(&found, Code::HiddenContent, "附件2.xlsx").concat().contains("隐藏工作表1处"), "{found:?}");
    assert!(said(&found, Code::HiddenContent, "附件3.pdf").concat().contains("页面注释1处"), "{found:?}");
    assert!(said(&found, Code::AuthorMetadata, "附件3.pdf").concat().contains("作者信息"), "{found:?}");
    // What is hidden is personal data all the same.
    assert_eq!(said(&found, Code::MobileNumber, "附件1.docx").len(), 1);
    assert_eq!(said(&found, Code::IdentityNumber, "附件2.xlsx").len(), 1);
    for code in [Code::HiddenContent, Code::MobileNumber, Code::IdentityNumber] {
        assert!(with(&found, code).unwrap().is_blocking(), "{code:?}");
    }
    assert!(!with(&found, Code::AuthorMetadata).unwrap().is_blocking());
}
