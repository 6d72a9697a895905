//! Files that hide something in every way there is, and plain ones that hide nothing.

use super::{HiddenKind, Strip, find, strip_metadata};
use crate::Limits;
use crate::testing::{Docx, package, relations, xlsx};
use crate::text::extract;
use proptest::prelude::*;

fn told(bytes: &[u8]) -> Vec<(HiddenKind, String, String)> {
    let found = find("a", bytes, &Limits::default()).unwrap();
    found.into_iter().map(|hidden| (hidden.kind, hidden.place, hidden.detail)).collect()
}

fn words(bytes: &[u8]) -> Vec<(String, String)> {
    let pieces = extract("a", bytes, &Limits::default()).unwrap();
    pieces.into_iter().map(|piece| (piece.place, piece.text)).collect()
}

fn own(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

/// A workbook with a secret of each kind.
fn secretive_xlsx() -> Vec<u8> {
    let cell = |place: &str, text: &str| format!("<c r=\"{place}\" t=\"str\"><v>{text}</v></c>");
    let first = format!(
        "<cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"9\" max=\"9\" hidden=\"1\"/></cols><sheetData>\
         <row r=\"1\">{}{}</row><row r=\"2\" hidden=\"1\">{}</row><row r=\"3\" hidden=\"1\">{}</row><row r=\"5\" hidden=\"1\"/>\
         <row r=\"6\"><c r=\"A6\"><f>[1]Sheet1!A1</f><v>7</v></c></row></sheetData>",
        cell("A1", "明"),
        cell("B1", "列里"),
        cell("A2", "行里"),
        cell("A3", "还有"),
    );
    let workbook = r#"<workbook xmlns:r="r"><sheets><sheet name="表" r:id="rId0"/><sheet name="藏" state="hidden" r:id="rId1"/><sheet name="深" state="veryHidden" r:id="rId2"/></sheets>
        <definedNames><definedName name="外">'[2]别处'!$A$1</definedName><definedName name="_xlnm._FilterDatabase" hidden="1">表!$A$1</definedName><definedName name="暗" hidden="1">42</definedName></definedNames></workbook>"#;
    let comments = r#"<comments><authors><author>甲</author></authors><commentList><comment ref="B1" authorId="0"><text><r><t>请核</t></r></text></comment></commentList></comments>"#;
    let related = relations(&[("c", "comments", "../comments1.xml")]);
    let outside = relations(&[("x", "externalLinkPath", "file:///c:/预算.xlsx")]);
    let core = "<cp:coreProperties><dc:creator>王某</dc:creator></cp:coreProperties>";
    let hidden = "<sheetData><row><c t=\"str\"><v>身份</v></c></row></sheetData>";
    xlsx(
        &[("表", "", &first), ("藏", "", hidden), ("深", "", "")],
        &[
            ("xl/workbook.xml", workbook.as_bytes()),
            ("xl/comments1.xml", comments.as_bytes()),
            ("xl/worksheets/_rels/sheet0.xml.rels", related.as_bytes()),
            ("xl/externalLinks/_rels/externalLink1.xml.rels", outside.as_bytes()),
            ("xl/vbaProject.bin", b"x"),
            ("xl/pivotCache/pivotCacheRecords1.xml", b"<x/>"),
            ("docProps/core.xml", core.as_bytes()),
        ],
    )
}

#[test]
fn a_workbook_tells_every_kind_of_secret_with_its_place() {
    let expected = [
        (HiddenKind::HiddenRow, "表 第2–3行", "行里 还有"),
        (HiddenKind::HiddenColumn, "表 B–C列", "列里"),
        (HiddenKind::ExternalLink, "表 A6", "[1]Sheet1!A1"),
        (HiddenKind::Comment, "表 B1", "甲：请核"),
        (HiddenKind::HiddenSheet, "藏", "整张工作表"),
        (HiddenKind::VeryHiddenSheet, "深", "整张工作表，只能用程序取消隐藏"),
        (HiddenKind::ExternalLink, "名称 外", "'[2]别处'!$A$1"),
        (HiddenKind::HiddenText, "名称 暗", "42"),
        (HiddenKind::EmbeddedObject, "文件", "数据透视表保存的源数据"),
        (HiddenKind::Metadata, "文件属性", "作者：王某"),
        (HiddenKind::Macro, "文件", "vbaProject.bin"),
        (HiddenKind::ExternalLink, "externalLink1.xml", "file:///c:/预算.xlsx"),
    ];
    let expected: Vec<_> = expected.iter().map(|(k, p, d)| (*k, (*p).to_owned(), (*d).to_owned())).collect();
    assert_eq!(told(&secretive_xlsx()), expected);
}

#[test]
fn the_words_of_a_workbook_are_those_of_every_cell_and_remark() {
    let expected = [
        ("表!A1", "明"),
        ("表!B1", "列里"),
        ("表!A2", "行里"),
        ("表!A3", "还有"),
        ("表!A6", "7"),
        ("藏!A1", "身份"),
        ("表 B1 批注", "甲：请核"),
    ];
    assert_eq!(words(&secretive_xlsx()), own(&expected));
}

#[test]
fn a_plain_workbook_hides_nothing() {
    use crate::sheet::{Cell, Column, Kind, Table, to_xlsx};
    let columns = vec![Column::new("名", Kind::Text)];
    let bytes = to_xlsx(Table { title: "表".to_owned(), columns, rows: [vec![Cell::from("甲")]] }).unwrap();
    assert_eq!(told(&bytes), []);
    assert_eq!(words(&bytes), own(&[("表!A1", "名"), ("表!A2", "甲")]));
}

#[test]
fn the_words_of_a_text_are_those_of_all_its_parts() {
    let p = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let body = format!(
        "{}<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl><w:p><w:r><w:footnoteReference w:id=\"1\"/></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>",
        p("文"),
        p("格")
    );
    let bytes = Docx::new(&body)
        .with(
            "footnotes",
            "footnotes.xml",
            format!("<w:footnotes><w:footnote w:id=\"1\">{}</w:footnote></w:footnotes>", p("注")),
        )
        .with("header", "header1.xml", format!("<w:hdr>{}</w:hdr>", p("眉")))
        .with("footer", "footer1.xml", format!("<w:ftr>{}</w:ftr>", p("脚")))
        .with(
            "comments",
            "comments.xml",
            format!("<w:comments><w:comment w:author=\"甲\">{}</w:comment></w:comments>", p("批")),
        )
        .bytes();
    let expected = [
        ("第1段", "文"),
        ("第2段", "格"),
        ("第3段", "[1]"),
        ("注释", "[1] 注"),
        ("页眉", "眉"),
        ("页脚", "脚"),
        ("第3段 修订：删除", "删"),
        ("批注 批注", "甲：批"),
    ];
    assert_eq!(words(&bytes), own(&expected));
}

#[test]
fn slides_tell_their_notes_remarks_and_whether_they_are_skipped() {
    let p = |text: &str| format!("<a:p><a:r><a:t>{text}</a:t></a:r></a:p>");
    let slide = |show: &str, inside: String| format!("<p:sld {show}><p:sp>{inside}</p:sp></p:sld>");
    let presentation = "<p:presentation><p:sldIdLst><p:sldId id=\"256\" r:id=\"b\"/><p:sldId id=\"257\" r:id=\"a\"/></p:sldIdLst></p:presentation>";
    let shape = format!("<p:nvSpPr><p:cNvPr hidden=\"1\"/></p:nvSpPr>{}", p("藏"));
    let parts = [
        ("_rels/.rels", relations(&[("r", "officeDocument", "ppt/presentation.xml")])),
        ("ppt/presentation.xml", presentation.to_owned()),
        (
            "ppt/_rels/presentation.xml.rels",
            relations(&[("a", "slide", "slides/slide1.xml"), ("b", "slide", "slides/slide2.xml")]),
        ),
        ("ppt/slides/slide1.xml", slide("", shape)),
        ("ppt/slides/slide2.xml", slide("show=\"0\"", p("跳过"))),
        (
            "ppt/slides/_rels/slide1.xml.rels",
            relations(&[("n", "notesSlide", "../notesSlides/n.xml"), ("c", "comments", "../comments/c.xml")]),
        ),
        (
            "ppt/notesSlides/n.xml",
            format!(
                "<p:notes><p:sp>{}</p:sp><p:sp><a:p><a:fld><a:t>1</a:t></a:fld></a:p></p:sp></p:notes>",
                p("备")
            ),
        ),
        ("ppt/comments/c.xml", "<p:cmLst><p:cm><p:text>批</p:text></p:cm></p:cmLst>".to_owned()),
    ];
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, content)| (*name, content.as_bytes())).collect();
    let bytes = package(&parts);
    let kinds: Vec<_> =
        told(&bytes).into_iter().map(|(kind, place, detail)| (kind, format!("{place} {detail}"))).collect();
    let expected = [
        (HiddenKind::HiddenSlide, "第1页 跳过"),
        (HiddenKind::HiddenText, "第2页 藏"),
        (HiddenKind::Notes, "第2页 备"),
        (HiddenKind::Comment, "第2页 批"),
    ];
    assert_eq!(kinds, expected.map(|(kind, words)| (kind, words.to_owned())));
    let expected = [("第1页", "跳过"), ("第2页", "藏"), ("第2页 演讲者备注", "备"), ("第2页 批注", "批")];
    assert_eq!(words(&bytes), own(&expected));
}

#[test]
fn plain_text_hides_nothing_and_has_its_words_by_line() {
    assert_eq!(told(b"a,b"), []);
    assert_eq!(words("一\n\n二,三".as_bytes()), own(&[("第1行", "一"), ("第3行", "二,三")]));
}

const ALL: Strip = Strip { comments: true, changes: true };

/// A text whose file tells of people in every way.
fn talkative_docx() -> Vec<u8> {
    let body = "<w:p><w:pPr><w:rPr><w:ins w:author=\"王某\"/></w:rPr></w:pPr><w:commentRangeStart w:id=\"1\"/><w:r><w:t>留 &amp; 存</w:t></w:r><w:commentRangeEnd w:id=\"1\"/><w:r><w:commentReference w:id=\"1\"/></w:r>\
                <w:ins w:id=\"1\" w:author=\"王某\"><w:r><w:rPr><w:b/><w:rPrChange w:author=\"王某\"><w:rPr/></w:rPrChange></w:rPr><w:t>加</w:t></w:r></w:ins><w:del w:author='王某'><w:r><w:delText>删</w:delText></w:r></w:del></w:p>\
                <w:tbl><w:tr><w:tc><w:p><w:r><w:t>行</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:trPr><w:del w:author=\"王某\"/></w:trPr><w:tc><w:p><w:r><w:t>去行</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
                <w:tbl><w:tr><w:trPr><w:del w:author=\"王某\"/></w:trPr><w:tc><w:p><w:r><w:t>去表</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let types = "<Types><Override PartName=\"/docProps/custom.xml\"/><Override PartName=\"/word/document.xml\"/><Override PartName=\"/word/comments.xml\"/></Types>";
    let main = relations(&[
        ("a", "officeDocument", "word/document.xml"),
        ("b", "custom-properties", "docProps/custom.xml"),
        ("c", "core-properties", "docProps/core.xml"),
    ]);
    let own = relations(&[("c", "comments", "comments.xml"), ("i", "image", "media/1.png")]);
    let body =
        format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    package(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", main.as_bytes()),
        ("docProps/core.xml", "<p><dc:title>题</dc:title><dc:creator>王某</dc:creator><cp:lastModifiedBy>李某</cp:lastModifiedBy></p>".as_bytes()),
        ("docProps/app.xml", "<Properties><Company>某公司</Company><Pages>2</Pages></Properties>".as_bytes()),
        ("docProps/custom.xml", b"<Properties><property name=\"x\"><v>1</v></property></Properties>"),
        ("word/document.xml", body.as_bytes()),
        ("word/_rels/document.xml.rels", own.as_bytes()),
        ("word/comments.xml", "<w:comments><w:comment w:id=\"1\" w:author=\"王某\"><w:p><w:r><w:t>批</w:t></w:r></w:p></w:comment></w:comments>".as_bytes()),
        ("word/media/1.png", b"picture"),
    ])
}

fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let n = archive.len();
    let read = |i: usize| {
        let mut entry = archive.by_index(i).unwrap();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        (entry.name().unwrap().into_owned(), text)
    };
    (0..n).map(read).collect()
}

#[test]
fn a_file_written_again_tells_of_nobody_and_says_the_same() {
    let before = talkative_docx();
    let after = strip_metadata(&before, ALL, &Limits::default()).unwrap();
    assert_eq!(told(&after), []);
    let html = |bytes: &[u8]| crate::docx::read(bytes, &Limits::default()).unwrap().blocks_html;
    assert_eq!(html(&after), html(&before));
    assert_eq!(
        html(&after),
        "<p>留 &amp; 存<strong>加</strong></p><table><tbody><tr><td>行</td></tr></tbody></table>"
    );
    let parts = parts(&after);
    for (name, text) in &parts {
        for gone in ["王某", "李某", "某公司", "删", "去行", "去表", "custom", "comments"] {
            assert!(!text.contains(gone) && !name.contains(gone), "{gone} in {name}: {text}");
        }
    }
    let text = |name: &str| parts.iter().find(|(n, _)| n == name).unwrap().1.clone();
    assert!(text("docProps/core.xml").contains("<dc:title>题</dc:title>"));
    assert_eq!(text("word/media/1.png"), "picture");
    assert!(text("word/_rels/document.xml.rels").contains("media/1.png"));
    assert!(
        !text("word/document.xml").contains("去表")
            && !text("word/document.xml").contains("commentReference")
    );
    assert_eq!(text("word/document.xml").matches("<w:tbl>").count(), 1);
}

#[test]
fn remarks_and_changes_stay_unless_asked_but_their_authors_go() {
    let after = strip_metadata(&talkative_docx(), Strip::default(), &Limits::default()).unwrap();
    let kinds: Vec<_> = told(&after).into_iter().map(|(kind, _, detail)| (kind, detail)).collect();
    assert!(kinds.contains(&(HiddenKind::Comment, "作者：批".to_owned())), "{kinds:?}");
    assert!(kinds.contains(&(HiddenKind::Deletion, "删".to_owned())));
    assert!(kinds.iter().all(|(kind, _)| !matches!(kind, HiddenKind::Metadata | HiddenKind::CustomProperty)));
    assert!(parts(&after).iter().all(|(_, text)| !text.contains("王某")));
}

#[test]
fn a_workbook_keeps_its_cells_and_loses_its_authors_and_remarks() {
    let after = strip_metadata(&secretive_xlsx(), ALL, &Limits::default()).unwrap();
    let kinds: Vec<_> = told(&after).into_iter().map(|(kind, ..)| kind).collect();
    assert!(!kinds.contains(&HiddenKind::Metadata) && !kinds.contains(&HiddenKind::Comment), "{kinds:?}");
    assert!(kinds.contains(&HiddenKind::HiddenRow));
    let cells =
        |bytes: &[u8]| words(bytes).into_iter().filter(|(place, _)| place.contains('!')).collect::<Vec<_>>();
    assert_eq!(cells(&after), cells(&secretive_xlsx()));
}

#[test]
fn what_is_no_package_is_not_written_again() {
    assert!(strip_metadata(b"%PDF-1.7", ALL, &Limits::default()).is_err());
    assert!(strip_metadata(b"PK\x03\x04", ALL, &Limits::default()).is_err());
}

/// A photograph of one grey point with a note of place, camera and turn, colours, a remark and XMP.
fn photograph() -> Vec<u8> {
    use exif::{Field, In, Rational, Tag, Value};
    let degrees = |n| Value::Rational(vec![Rational { num: n, denom: 1 }; 3]);
    let fields = [
        Field { tag: Tag::Make, ifd_num: In::PRIMARY, value: Value::Ascii(vec![b"DemoCamera".to_vec()]) },
        Field { tag: Tag::Orientation, ifd_num: In::PRIMARY, value: Value::Short(vec![6]) },
        Field { tag: Tag::GPSLatitude, ifd_num: In::PRIMARY, value: degrees(50) },
        Field { tag: Tag::GPSLongitude, ifd_num: In::PRIMARY, value: degrees(124) },
    ];
    let mut writer = exif::experimental::Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut note = std::io::Cursor::new(Vec::new());
    writer.write(&mut note, false).unwrap();
    let segment = |marker: u8, content: &[u8]| {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker], &length[..], content].concat()
    };
    [
        b"\xff\xd8".to_vec(),
        segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
        segment(0xe1, &[b"Exif\0\0", note.into_inner().as_slice()].concat()),
        segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x>secret</x>"),
        segment(0xe2, b"ICC_PROFILE\0colours"),
        segment(0xfe, b"remark"),
        segment(0xda, b"\x01\x01\0\0\x3f\0"),
        b"picture itself\xff\xd9".to_vec(),
    ]
    .concat()
}

#[test]
fn a_photograph_tells_where_it_was_taken_and_with_what() {
    let found = told(&photograph());
    assert_eq!(
        found.iter().map(|(kind, ..)| *kind).collect::<Vec<_>>(),
        [HiddenKind::PlaceOfCapture, HiddenKind::Metadata]
    );
    assert!(found[0].2.contains("50 deg") && found[1].2.contains("DemoCamera"), "{found:?}");
}

#[test]
fn a_photograph_loses_its_notes_and_keeps_its_colours_its_turn_and_itself() {
    let after = strip_metadata(&photograph(), Strip::default(), &Limits::default()).unwrap();
    assert!(told(&after).is_empty(), "{:?}", told(&after));
    let has = |words: &[u8]| after.windows(words.len()).any(|window| window == words);
    assert!(has(b"colours") && after.ends_with(b"picture itself\xff\xd9"));
    assert!(!has(b"secret") && !has(b"remark") && !has(b"DemoCamera"));
    let exif = exif::Reader::new().read_from_container(&mut std::io::Cursor::new(&after)).unwrap();
    let turn = exif.get_field(exif::Tag::Orientation, exif::In::PRIMARY).unwrap();
    assert_eq!((turn.value.get_uint(0), exif.fields().count()), (Some(6), 1));
    assert_eq!(strip_metadata(&after, Strip::default(), &Limits::default()).unwrap(), after);
}

#[test]
fn a_png_loses_its_words_and_a_damaged_picture_is_told_so() {
    let chunk = |name: &[u8; 4], content: &[u8]| {
        [&u32::try_from(content.len()).unwrap().to_be_bytes()[..], name, content, b"crc!"].concat()
    };
    let png = [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &[0; 13]),
        chunk(b"tEXt", b"Author\0somebody"),
        chunk(b"IDAT", b"picture"),
        chunk(b"IEND", b""),
    ]
    .concat();
    let after = strip_metadata(&png, Strip::default(), &Limits::default()).unwrap();
    let has = |words: &[u8]| after.windows(words.len()).any(|window| window == words);
    assert!(has(b"picture") && has(b"IHDR") && after.ends_with(b"IENDcrc!") && !has(b"somebody"));
    for cut in [&png[..60], &photograph()[..40]] {
        let refused = strip_metadata(cut, Strip::default(), &Limits::default());
        assert!(matches!(refused, Err(crate::OfficeError::Damaged { .. })), "{refused:?}");
    }
}

proptest! {
    #[test]
    fn a_damaged_package_is_written_again_or_refused(at in 0_usize..5_000, with in any::<u8>()) {
        let mut bytes = talkative_docx();
        let at = at % bytes.len();
        bytes[at] = with;
        if let Ok(after) = strip_metadata(&bytes, ALL, &Limits::default()) {
            _ = find("a", &after, &Limits::default());
        }
        _ = find("a", &bytes, &Limits::default());
        _ = extract("a", &bytes, &Limits::default());
    }

    #[test]
    fn any_bytes_are_looked_through_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), beginning in prop::sample::select(vec![&b""[..], b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"])) {
        let bytes = [beginning, &bytes].concat();
        _ = find("a", &bytes, &Limits::default());
        _ = extract("a.csv", &bytes, &Limits::default());
        _ = crate::sheet::read("a.csv", &bytes, &Limits::default());
        _ = strip_metadata(&bytes, ALL, &Limits::default());
    }
}
