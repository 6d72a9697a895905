//! Small PDF files written by hand, object by object.

use super::pages;
use crate::hidden::{HiddenKind, find};
use crate::testing::{deflated, pdf, pdf_page};
use crate::text::extract;
use crate::{Limits, OfficeError};
use proptest::prelude::*;

fn page(fonts: &str, program: &str) -> String {
    let bytes = pdf_page(fonts, program, &[]);
    let mut all = pages(&bytes, &Limits::default()).unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

const LATIN: &str = "/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

#[test]
fn chinese_is_read_through_the_table_of_the_font() {
    let table = "begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 3 beginbfchar <0001> <5173> <0002> <4E8E> <0003> <2F49> endbfchar \
                 1 beginbfrange <0010> <0019> <0030> endbfrange endcmap";
    let font = "/F1 << /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [<< /Subtype /CIDFontType2 /DW 1000 /W [16 [500 500] 18 25 500] >>] /ToUnicode 10 0 R >>";
    let program = "BT /F1 12 Tf 100 700 Td <000100020003> Tj 0 -20 Td <0010001100120019> Tj ET";
    let bytes = pdf_page(
        font,
        program,
        &[(10, &format!("<< /Length {} >> stream\n{table}\nendstream", table.len()))],
    );
    let pieces = extract("a.pdf", &bytes, &Limits::default()).unwrap();
    assert_eq!((pieces[0].place.as_str(), pieces[0].text.as_str()), ("第1页", "关于月\n0129"));
}

#[test]
fn chinese_in_the_encodings_of_old_programs_is_read_without_a_table() {
    let font = |encoding: &str| {
        format!(
            "/F1 << /Type /Font /Subtype /Type0 /Encoding /{encoding} /DescendantFonts [<< /Subtype /CIDFontType0 >>] >>"
        )
    };
    assert_eq!(page(&font("GBK-EUC-H"), "BT /F1 9 Tf <CDA8D6AA31> Tj ET"), "通知1");
    assert_eq!(page(&font("UniGB-UCS2-H"), "BT /F1 9 Tf <901A77E5> Tj ET"), "通知");
}

#[test]
fn digits_drawn_one_by_one_stay_together_and_cells_stay_apart() {
    // Helvetica without widths: each character counts half its size.
    let digit = |x: f32, c: char| format!("1 0 0 1 {x} 700 Tm ({c}) Tj ");
    let number: String =
        "110101".chars().enumerate().map(|(i, c)| digit(100.0 + 5.0 * i as f32, c)).collect();
    let program = format!(
        "BT /F1 10 Tf {number} 1 0 0 1 150 700 Tm [(13) -20 (8) 500 (00)] TJ 0 -12 TD (next) Tj T* (line) Tj ET"
    );
    assert_eq!(page(LATIN, &program), "110101 13800\nnext\nline");
}

#[test]
fn places_are_followed_through_states_and_forms() {
    let form = "<< /Type /XObject /Subtype /Form /Matrix [1 0 0 1 0 -50] /Length 31 >> stream\nBT /F1 10 Tf 0 0 Td (form) Tj ET \nendstream";
    let objects = [
        (10, form),
        (
            11,
            "<< /Type /XObject /Subtype /Form /Resources << /XObject << /X 11 0 R >> >> /Length 5 >> stream\n/X Do\nendstream",
        ),
    ];
    let resources = format!("{LATIN} >> /XObject << /X 10 0 R /Loop 11 0 R");
    let program = "q 1 0 0 1 0 300 cm BT /F1 10 Tf 10 0 Td (a) Tj ET Q q 1 0 0 1 15 300 cm BT /F1 10 Tf (b) Tj ET Q /X Do /Loop Do";
    let bytes = pdf_page(&resources, program, &objects);
    assert_eq!(pages(&bytes, &Limits::default()).unwrap(), ["ab\nform"]);
}

#[test]
fn characters_by_name_are_read_and_unknown_ones_leave_a_gap() {
    let font =
        "/F1 << /Type /Font /Subtype /Type1 /Encoding << /Differences [1 /seven /uni4E2D /g99 65 /B] >> >>";
    assert_eq!(page(font, "BT /F1 9 Tf (\\001\\002\\003A\\222) Tj ET"), "7中 B’");
}

/// A file with a secret of each kind.
fn secretive() -> Vec<u8> {
    let xmp = "<?xpacket?><x:xmpmeta><rdf:RDF><dc:creator><rdf:Seq><rdf:li>李某</rdf:li></rdf:Seq></dc:creator></rdf:RDF></x:xmpmeta>";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R /Metadata 5 0 R /OpenAction 6 0 R /Names << /EmbeddedFiles << /Names [(a) 7 0 R] >> >> /OCProperties << /OCGs [8 0 R 9 0 R] /D << /OFF [9 0 R] >> >> >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /Annots [4 0 R << /Subtype /Link /Contents (link) >>] >>".to_owned(),
        "<< /Type /Annot /Subtype /Text /T (zhang) /Contents <FEFF8BF7683854C1> >>".to_owned(),
        format!("<< /Type /Metadata /Length {} >> stream\n{xmp}\nendstream", xmp.len()),
        "<< /S /JavaScript /JS (app.alert\\(1\\)) >>".to_owned(),
        "<< /Type /Filespec /F (a.xlsx) /UF <FEFF8868002E0078006C00730078> /EF << /F 10 0 R >> >>".to_owned(),
        "<< /Type /OCG /Name (shown) >>".to_owned(),
        "<< /Type /OCG /Name (draft) >>".to_owned(),
        "<< /Length 1 >> stream\nx\nendstream".to_owned(),
        "<< /Author <FEFF738B67D0> /Company (ACME) /Producer (WPS) /Source (D:/x.doc) >>".to_owned(),
    ];
    pdf(&objects.iter().map(String::as_bytes).collect::<Vec<_>>(), "/Root 1 0 R /Info 11 0 R")
}

#[test]
fn a_pdf_tells_every_kind_of_secret_with_its_place() {
    let found = find("a.pdf", &secretive(), &Limits::default()).unwrap();
    let told: Vec<_> = found.iter().map(|h| (h.kind, h.place.as_str(), h.detail.as_str())).collect();
    let expected = [
        (HiddenKind::Metadata, "文件属性", "作者：王某"),
        (HiddenKind::Metadata, "文件属性", "单位：ACME"),
        (HiddenKind::CustomProperty, "文件属性", "Source：D:/x.doc"),
        (HiddenKind::Metadata, "文件属性", "作者：李某"),
        (HiddenKind::Annotation, "第1页", "zhang：请核品"),
        (HiddenKind::Macro, "文件", "JavaScript app.alert(1)"),
        (HiddenKind::EmbeddedObject, "文件", "表.xlsx"),
        (HiddenKind::HiddenLayer, "文件", "draft"),
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_plain_pdf_hides_nothing_and_remarks_are_words_too() {
    assert_eq!(find("a", &pdf_page(LATIN, "BT (x) Tj ET", &[]), &Limits::default()).unwrap(), []);
    let pieces = extract("a", &secretive(), &Limits::default()).unwrap();
    assert_eq!(
        pieces.iter().map(|p| (p.place.as_str(), p.text.as_str())).collect::<Vec<_>>(),
        [("第1页 页面注释", "zhang：请核品")]
    );
}

#[test]
fn bombs_are_refused_by_their_measure() {
    let limits = Limits { total_bytes: 1 << 20, ..Limits::default() };
    let packed = deflated(&b"(x) Tj ".repeat(300_000));
    let stream = [
        format!("<< /Filter /FlateDecode /Length {} >> stream\n", packed.len()).as_bytes(),
        &packed,
        b"\nendstream",
    ]
    .concat();
    let objects: [&[u8]; 4] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
        &stream,
    ];
    let bomb = pdf(&objects, "/Root 1 0 R");
    assert_eq!(pages(&bomb, &limits), Err(OfficeError::TooLarge { what: "解压后字节数", limit: 1 << 20 }));
    assert!(pages(&bomb, &Limits::default()).is_ok());
    let nested = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    _ = pages(&pdf(&[nested.as_bytes()], "/Root 1 0 R"), &Limits::default());
    let many = Limits { pages: 0, ..Limits::default() };
    assert_eq!(
        pages(&pdf_page(LATIN, "", &[]), &many),
        Err(OfficeError::TooLarge { what: "页数", limit: 0 })
    );
}

#[test]
fn a_file_behind_a_password_is_told_from_a_damaged_one() {
    let objects: [&[u8]; 4] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /Length 40 /O <0102030405060708091011121314151617181920212223242526272829303132> /U <0102030405060708091011121314151617181920212223242526272829303132> >>",
        b"<< >>",
    ];
    let bytes = pdf(&objects, "/Root 1 0 R /Encrypt 3 0 R /ID [(a) (a)]");
    assert_eq!(pages(&bytes, &Limits::default()), Err(OfficeError::Encrypted));
    assert!(matches!(pages(b"%PDF-1.4 nothing", &Limits::default()), Err(OfficeError::Damaged { .. })));
}

proptest! {
    #[test]
    fn any_program_of_a_page_is_read(program in "(/F1|BT|ET|Tj|TJ|Tf|Td|Tm|q|Q|Do|ID|<[0-9a-f]{0,4}>|\\([a-z\\\\(]{0,3}\\)|\\[|\\]|-?[0-9]{1,9}| ){0,60}") {
        _ = pages(&pdf_page(LATIN, &program, &[]), &Limits::default());
    }

    #[test]
    fn a_damaged_file_is_read_or_refused(at in 0_usize..3_000, with in prop::collection::vec(any::<u8>(), 0..8)) {
        let mut bytes = secretive();
        let at = at % bytes.len();
        let end = (at + with.len()).min(bytes.len());
        bytes.splice(at..end, with);
        _ = find("a.pdf", &bytes, &Limits::default());
        _ = pages(&bytes, &Limits::default());
    }
}
