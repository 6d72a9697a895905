//! Files by content, honest and disguised.

use super::*;
use proptest::prelude::*;

/// A zip with stored entries of these names and no content.
fn zip(names: &[&str]) -> Vec<u8> {
    let (mut local, mut central) = (Vec::new(), Vec::new());
    for name in names {
        let length = (name.len() as u16).to_le_bytes();
        central.extend(b"PK\x01\x02");
        central.extend([0; 24]);
        central.extend(length);
        central.extend([0; 16]);
        central.extend(name.as_bytes());
        local.extend(b"PK\x03\x04");
        local.extend([0; 22]);
        local.extend(length);
        local.extend([0; 2]);
        local.extend(name.as_bytes());
    }
    let start = (local.len() as u32).to_le_bytes();
    let mut whole = [local, central].concat();
    whole.extend(b"PK\x05\x06");
    whole.extend([0; 12]);
    whole.extend(start);
    whole.extend([0; 2]);
    whole
}

/// A compound file whose only directory sector names one stream.
fn ole(stream: &str) -> Vec<u8> {
    let mut bytes = vec![0; 512 * 2];
    bytes[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    bytes[30] = 9;
    bytes[48..52].copy_from_slice(&0_u32.to_le_bytes());
    let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes[512..512 + name.len()].copy_from_slice(&name);
    bytes[512 + 64] = name.len() as u8 + 2;
    bytes
}

#[test]
fn honest_files_are_known_by_their_content() {
    let office = |part| zip(&["[Content_Types].xml", part]);
    let table: Vec<(Vec<u8>, &str, &str)> = vec![
        (b"%PDF-1.7 \xe2\xe3".to_vec(), "a.pdf", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "a.PNG", "image/png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(), "a.jpeg", "image/jpeg"),
        (office("word/document.xml"), "a.docx", container::DOCX),
        (office("xl/workbook.xml"), "a.xlsx", container::XLSX),
        (office("ppt/presentation.xml"), "a.pptx", container::PPTX),
        (zip(&["OFD.xml", "Doc_0/Document.xml"]), "a.ofd", "application/ofd"),
        (zip(&["a.txt"]), "a.zip", "application/zip"),
        (ole("WordDocument"), "a.doc", "application/msword"),
        (ole("Workbook"), "a.xls", "application/vnd.ms-excel"),
        (ole("PowerPoint Document"), "a.ppt", "application/vnd.ms-powerpoint"),
        (b"Rar!\x1a\x07\x01\0".to_vec(), "a.rar", "application/vnd.rar"),
        ("演示数据\n第二行".into(), "a.txt", "text/plain"),
        ("名称,数量\n演示,1\n".into(), "a.csv", "text/csv"),
        (encoding_rs::GB18030.encode("名称,数量\n演示,1").0.into_owned(), "a.csv", "text/csv"),
        (br"{\rtf1\ansi}".to_vec(), "a.rtf", "application/rtf"),
        (b"{\"a\":1}".to_vec(), "a.json", "application/json"),
    ];
    for (bytes, name, expected) in table {
        let sniffed = sniff(&bytes, name).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
        assert_eq!(sniffed.media_type, expected, "{name}");
        assert!(sniffed.extension_matches, "{name}");
    }
}

#[test]
fn a_name_that_says_otherwise_is_noticed() {
    let sniffed = sniff(b"%PDF-1.4", "photo.jpg").unwrap();
    assert!(!sniffed.extension_matches);
    assert_eq!(sniffed.extension, "pdf");
    assert!(!sniff(b"%PDF-1.4", "no extension").unwrap().extension_matches);
}

#[test]
fn programs_scripts_pages_and_macros_are_refused_whatever_they_are_called() {
    let table: Vec<(Vec<u8>, &str, Refusal)> = vec![
        (vec![], "a.pdf", Refusal::Empty),
        (b"MZ\x90\0\x03\0\0\0".to_vec(), "a.pdf", Refusal::Executable),
        (b"\x7fELF\x02\x01".to_vec(), "a.txt", Refusal::Executable),
        (zip(&["META-INF/MANIFEST.MF", "A.class"]), "a.zip", Refusal::Executable),
        (b"%PDF-1.7".to_vec(), "a.pdf.exe", Refusal::Executable),
        (b"%PDF-1.7".to_vec(), "a.exe. ", Refusal::Executable),
        (b"alert(1)".to_vec(), "a.js", Refusal::Script),
        (b"#!/bin/sh\nls".to_vec(), "a.txt", Refusal::Script),
        (b"  <!-- x --> <!DOCTYPE html><p>".to_vec(), "a.txt", Refusal::Html),
        (b"hello <script>alert(1)</script>".to_vec(), "a.txt", Refusal::Html),
        (b"<p>x".to_vec(), "a.html", Refusal::Html),
        (b"<?xml version='1.0'?><!-- c --><svg xmlns='x'/>".to_vec(), "a.png", Refusal::Svg),
        (b"x".to_vec(), "a.svg", Refusal::Svg),
        (zip(&["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]), "a.docx", Refusal::Macro),
        (b"\xff\xfe<\0s\0v\0g\0>\0".to_vec(), "a.txt", Refusal::Svg),
    ];
    for (bytes, name, expected) in table {
        assert_eq!(sniff(&bytes, name).unwrap_err(), expected, "{name} {bytes:?}");
    }
}

#[test]
fn text_that_speaks_of_small_things_is_no_markup() {
    for text in ["MZ 开头的演示文本", "若 a < b 且 c > d", "x <scripted> y", "PDF 文件说明"] {
        assert_eq!(sniff(text.as_bytes(), "a.txt").unwrap().media_type, "text/plain", "{text}");
    }
}

#[test]
fn only_types_that_cannot_run_anything_are_shown_inline() {
    assert!(is_inline("application/pdf") && is_inline("image/png") && is_inline("text/plain"));
    for refused in ["text/html", "image/svg+xml", "application/xml", container::DOCX, "application/zip"] {
        assert!(!is_inline(refused), "{refused}");
    }
}

#[test]
fn unknown_bytes_are_offered_for_download() {
    let sniffed = sniff(&[1, 2, 3, 0, 255, 254, 9], "a.bin").unwrap();
    assert_eq!((sniffed.media_type, sniffed.inline), ("application/octet-stream", false));
}

proptest! {
    #[test]
    fn hostile_bytes_never_panic(start in 0_usize..6, bytes in prop::collection::vec(any::<u8>(), 0..1500), name in "\\PC{0,12}") {
        let magics: [&[u8]; 6] = [b"", b"PK\x03\x04", b"PK\x05\x06", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], b"<svg", b"MZ"];
        let _ = sniff(&[magics[start], &bytes].concat(), &name);
    }

    #[test]
    fn a_damaged_container_never_panics(at in 0_usize..1024, value: u8, cut in 0_usize..1024) {
        for mut bytes in [ole("WordDocument"), zip(&["[Content_Types].xml", "word/document.xml"])] {
            let at = at % bytes.len();
            bytes[at] = value;
            bytes.truncate(cut.max(8));
            let _ = sniff(&bytes, "a.doc");
        }
    }
}
