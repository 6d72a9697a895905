//! Line files as they come: packed, glued, cut, damaged, in three encodings.

use super::*;
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use std::io::Write;
use std::path::PathBuf;
use tempfile::TempDir;

fn file(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lines.dat");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn read(bytes: &[u8], limits: Limits) -> Vec<Result<Line, LineError>> {
    let (_folder, path) = file(bytes);
    LineReader::open(&path, limits).unwrap().collect()
}

fn texts(bytes: &[u8]) -> Vec<String> {
    let lines = read(bytes, Limits::default());
    lines.into_iter().map(|line| line.map_or_else(|error| format!("错误：{error}"), |l| l.text)).collect()
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    let pair = |unit: u16| {
        if little { unit.to_le_bytes() } else { unit.to_be_bytes() }
    };
    text.encode_utf16().flat_map(pair).collect()
}

fn gb(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

const SAMPLE: &str = "第一行，演示数据\r\n\n第三行 third\n最后一行没有换行";

#[test]
fn lines_keep_their_number_and_their_place() {
    let lines = read(SAMPLE.as_bytes(), Limits::default());
    let lines: Vec<Line> = lines.into_iter().map(Result::unwrap).collect();
    assert_eq!(lines.len(), 4);
    assert_eq!((lines[0].number, lines[0].byte_offset), (1, 0));
    assert_eq!(lines[0].text, "第一行，演示数据");
    assert_eq!(lines[1].text, "");
    assert_eq!((lines[2].number, lines[2].byte_offset), (3, 27));
    assert_eq!(lines[3].text, "最后一行没有换行");
}

#[test]
fn every_encoding_gives_the_same_lines() {
    let expected = texts(SAMPLE.as_bytes());
    let with_mark = |mark: &[u8], body: Vec<u8>| [mark, &body].concat();
    let variants = [
        with_mark(b"\xEF\xBB\xBF", SAMPLE.as_bytes().to_vec()),
        with_mark(b"\xFF\xFE", utf16(SAMPLE, true)),
        with_mark(b"\xFE\xFF", utf16(SAMPLE, false)),
        utf16(SAMPLE, true),
        utf16(SAMPLE, false),
        gb(SAMPLE),
        gzip(SAMPLE.as_bytes()),
        gzip(&gb(SAMPLE)),
    ];
    for (n, variant) in variants.iter().enumerate() {
        assert_eq!(texts(variant), expected, "variant {n}");
    }
}

#[test]
fn an_utf16_file_longer_than_a_chunk_keeps_its_line_ends() {
    let text: String = (0..30_000).map(|n| format!("第{n}行：ਊ演示਀内容\n")).collect();
    let expected: Vec<&str> = text.lines().collect();
    for little in [true, false] {
        let found = texts(&utf16(&format!("\u{feff}{text}"), little));
        assert_eq!(found.len(), expected.len());
        assert!(found.iter().zip(&expected).all(|(a, b)| a == b));
    }
}

#[test]
fn an_ascii_beginning_leaves_the_encoding_open_until_the_first_chinese_line() {
    let ascii = "abc,123\n".repeat(20_000);
    for line in [gb("演示数据中文"), "演示数据中文".as_bytes().to_vec()] {
        let found = texts(&[ascii.as_bytes(), &line].concat());
        assert_eq!(found.len(), 20_001);
        assert_eq!(found[20_000], "演示数据中文");
    }
}

#[test]
fn a_gb_line_in_a_utf8_file_is_read_as_what_it_is() {
    let bytes = ["演示一\n".as_bytes(), &gb("演示数据二\n"), "演示三\n".as_bytes()].concat();
    assert_eq!(texts(&bytes), ["演示一", "演示数据二", "演示三"]);
}

#[test]
fn a_broken_line_names_its_number_and_byte_and_the_rest_goes_on() {
    let bytes = ["好的一行\n坏".as_bytes(), b"\xE4\xB8\n", "又是好的\n".as_bytes()].concat();
    let lines = read(&bytes, Limits::default());
    assert_eq!(lines.len(), 3);
    let error = lines[1].as_ref().unwrap_err();
    assert!(
        matches!(error, LineError::BrokenEncoding { number: 2, byte_offset: 16, charset: Charset::Utf8 }),
        "{error:?}"
    );
    assert!(error.to_string().contains("第 2 行在第 16 字节处"));
    assert_eq!(lines[2].as_ref().unwrap().text, "又是好的");
}

#[test]
fn a_line_that_is_too_long_is_skipped_and_the_next_one_is_read() {
    let limits = Limits { line_bytes: 100, ..Limits::default() };
    let long = "x".repeat(300_000);
    let lines = read(format!("一\n{long}\n三\n").as_bytes(), limits);
    assert_eq!(lines.len(), 3);
    let error = lines[1].as_ref().unwrap_err();
    assert!(
        matches!(error, LineError::TooLong { number: 2, byte_offset: 4, length: 300_001, limit: 100 }),
        "{error:?}"
    );
    assert_eq!(lines[2].as_ref().unwrap().number, 3);
}

#[test]
fn a_cut_archive_delivers_its_whole_lines_and_then_one_error() {
    let text: String = (0..20_000).map(|n| format!("{n} 演示数据 {}\n", n * 7919 % 10_007)).collect();
    let packed = gzip(text.as_bytes());
    let lines = read(&packed[..packed.len() * 2 / 3], Limits::default());
    let (last, good) = lines.split_last().unwrap();
    assert!(good.len() > 5_000, "{}", good.len());
    assert!(good.iter().zip(text.lines()).all(|(a, b)| a.as_ref().unwrap().text == b));
    let error = last.as_ref().unwrap_err();
    assert!(error.is_final());
    assert!(matches!(error, LineError::Stopped(ReadError::Truncated { .. })), "{error:?}");
    let expected = format!("第 {} 行后压缩包在第 {} 字节处中断", good.len(), packed.len() * 2 / 3);
    assert!(error.to_string().contains(&expected), "{error}");
}

#[test]
fn an_archive_of_several_members_with_padding_reads_as_one() {
    let bytes = [gzip("一\n二".as_bytes()), gzip("半\n三\n".as_bytes()), vec![0; 700]].concat();
    assert_eq!(texts(&bytes), ["一", "二半", "三"]);
}

#[test]
fn garbage_after_an_archive_and_a_wrong_checksum_are_told() {
    let packed = gzip("一\n二\n".as_bytes());
    let garbage = [packed.clone(), b"<html>".to_vec()].concat();
    let lines = read(&garbage, Limits::default());
    assert_eq!(lines.len(), 3);
    let error = lines[2].as_ref().unwrap_err();
    let LineError::Stopped(ReadError::TrailingGarbage { position, .. }) = error else { panic!("{error:?}") };
    assert_eq!(*position, packed.len() as u64);

    let mut wrong = packed;
    let at = wrong.len() - 6;
    wrong[at] ^= 0xFF;
    let lines = read(&wrong, Limits::default());
    let error = lines.last().unwrap().as_ref().unwrap_err();
    assert!(matches!(error, LineError::Stopped(ReadError::Checksum { .. })), "{error:?}");
}

#[test]
fn an_archive_with_a_broken_header_or_body_is_told() {
    let lines = read(b"\x1f\x8b\xff\xff\xff\xff rest", Limits::default());
    assert_eq!(lines.len(), 1);
    assert!(lines[0].as_ref().unwrap_err().is_final());
    let mut packed = gzip(SAMPLE.repeat(50).as_bytes());
    packed[12..30].fill(0xFF);
    let error = read(&packed, Limits::default()).pop().unwrap().unwrap_err();
    assert!(matches!(error, LineError::Stopped(ReadError::Corrupt { .. })), "{error:?}");
}

#[test]
fn a_gzip_bomb_is_stopped_by_its_ratio_and_by_its_size() {
    let bomb = gzip(&b"0\n".repeat(4 << 20));
    let limits = Limits { ratio_after: 1 << 20, ..Limits::default() };
    let error = read(&bomb, limits).pop().unwrap().unwrap_err();
    assert!(matches!(error, LineError::Stopped(ReadError::Bomb { limit: 200, .. })), "{error:?}");
    let limits = Limits { total_bytes: 1 << 20, ..Limits::default() };
    let lines = read(&bomb, limits);
    assert!(lines.len() < 600_000, "{}", lines.len());
    let error = lines.last().unwrap().as_ref().unwrap_err();
    assert!(matches!(error, LineError::Stopped(ReadError::TooLarge { .. })), "{error:?}");
}

#[test]
fn progress_ends_at_the_size_of_the_file() {
    let (_folder, path) = file(&gzip(SAMPLE.repeat(9_000).as_bytes()));
    let mut reader = LineReader::open(&path, Limits::default()).unwrap();
    let before = reader.bytes_read();
    assert!(reader.by_ref().all(|line| line.is_ok()));
    assert!(before <= reader.bytes_read());
    assert_eq!(reader.bytes_read(), reader.total_bytes());
}

#[test]
fn a_missing_file_and_a_folder_are_told_apart() {
    let (folder, _) = file(b"");
    let missing = LineReader::open(&folder.path().join("none"), Limits::default()).err().unwrap();
    assert!(matches!(missing, ReadError::Open { .. }));
    let not_a_file = LineReader::open(folder.path(), Limits::default()).err().unwrap();
    assert!(matches!(not_a_file, ReadError::NotAFile { .. }), "{not_a_file:?}");
}

#[test]
fn an_empty_file_has_no_lines() {
    assert!(read(b"", Limits::default()).is_empty());
    assert!(read(&gzip(b""), Limits::default()).is_empty());
}

#[test]
fn a_page_is_read_in_the_encoding_it_declares() {
    let page = "<html><head><meta charset=\"gb2312\"><title>演示</title></head></html>";
    let (_folder, path) = file(&gb(page));
    let read = read_text_file(&path, 1 << 20).unwrap();
    assert_eq!((read.text.as_str(), read.charset, read.n_replaced), (page, Charset::Gb18030, 0));
    // Declared wrongly: the bytes win.
    let (_folder, path) = file(page.as_bytes());
    assert_eq!(read_text_file(&path, 1 << 20).unwrap().text, page);
}

#[test]
fn a_page_with_one_damaged_character_is_read_and_counted() {
    let mut bytes = "演示数据。".repeat(100).into_bytes();
    bytes.truncate(bytes.len() - 1);
    let file = decode_page(&bytes).unwrap();
    assert_eq!(file.n_replaced, 1);
    assert!(decode_page(&[0xff, 0xff, 0x80, 0xff, 0x00, 0x81]).is_err());
}

#[test]
fn a_page_beyond_its_limit_is_refused() {
    let (_folder, path) = file(&b"x".repeat(200_000));
    assert!(matches!(read_text_file(&path, 1000).unwrap_err(), ReadError::TooLarge { limit: 1000, .. }));
}

proptest! {
    #[test]
    fn hostile_bytes_never_panic_and_offsets_rise(bytes in prop::collection::vec(any::<u8>(), 0..600), packed: bool) {
        let bytes = if packed { [vec![0x1f, 0x8b, 8, 0], bytes].concat() } else { bytes };
        let limits = Limits { line_bytes: 50, ..Limits::default() };
        let lines = read(&bytes, limits);
        let offsets: Vec<u64> = lines.iter().flatten().map(|line| line.byte_offset).collect();
        prop_assert!(offsets.windows(2).all(|pair| pair[0] < pair[1]));
        let _ = decode_page(&bytes);
    }

    #[test]
    fn utf8_lines_come_back_as_written(lines in prop::collection::vec("[^\\r\\n\\u{feff}\\u{0}]{0,20}", 1..20)) {
        let text = lines.iter().map(|line| format!("{line}\n")).collect::<String>();
        prop_assert_eq!(texts(text.as_bytes()), lines);
    }
}
