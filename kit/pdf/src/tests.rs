//! Stories of typeset documents: their text, their tags, their bytes, and what a broken source is told.

use super::{Fonts, Options, PdfError, Sources, compile};

fn options() -> Options {
    Options {
        written: "2019-03-11T09:30:00+08:00[Asia/Shanghai]".parse().unwrap(),
        creator: "kit".to_owned(),
        identity: "one".to_owned(),
    }
}

fn fonts() -> Fonts {
    Fonts::in_folders(vec!["/usr/share/fonts".into()])
}

const SOURCE: &str = r#"
#let data = json("data.json")
#set document(title: data.title, date: datetime.today())
#set text(font: "Noto Serif CJK SC", lang: "zh", region: "cn")
= #data.title
共 #data.count 件。
"#;

#[test]
fn the_same_sources_give_the_same_file_by_the_strict_rules() {
    let data = r#"{"title": "统计", "count": 42}"#;
    let sources = Sources::new("main.typ").with("main.typ", SOURCE).with("data.json", data);
    let first = compile(&fonts(), &sources, &options()).unwrap();
    assert_eq!((first.n_pages, first.complaints), (1, Vec::new()));
    let plain = String::from_utf8_lossy(&first.bytes);
    assert!(plain.contains("pdfaid:part") && plain.contains("pdfuaid:part") && plain.contains("2019"));
    assert_eq!(first.bytes, compile(&fonts(), &sources, &options()).unwrap().bytes);
}

#[test]
fn a_fault_is_told_with_its_file_and_line() {
    let sources = Sources::new("main.typ").with("main.typ", "\n#import \"part.typ\": show_it\n#show_it(3)\n");
    let part = "#let show_it(x) = {\n  x.missing\n}\n";
    let Err(PdfError::Source(faults)) = compile(&fonts(), &sources.with("part.typ", part), &options()) else {
        panic!("a fault")
    };
    assert_eq!((faults[0].file.as_str(), faults[0].line), ("part.typ", 2));
    assert!(faults[0].message.contains("main.typ:3"), "{}", faults[0]);
}

#[test]
fn broken_data_and_missing_files_are_told_by_name() {
    let told = |sources: &Sources| compile(&fonts(), sources, &options()).unwrap_err().to_string();
    let sources = Sources::new("main.typ").with("main.typ", SOURCE);
    assert!(told(&sources).contains("data.json"), "{}", told(&sources));
    let broken = sources.with("data.json", "{\n\"title\": \n}");
    assert!(told(&broken).contains("data.json 第 3 行"), "{}", told(&broken));
    assert!(told(&Sources::new("none.typ")).contains("none.typ"));
}

#[test]
fn what_breaks_the_strict_rules_is_written_all_the_same() {
    let source = "#set document(title: [T])\n#set text(lang: \"zh\")\n#image(\"dot.svg\")";
    let dot =
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>";
    let sources = Sources::new("main.typ").with("main.typ", source).with("dot.svg", dot);
    let pdf = compile(&fonts(), &sources, &options()).unwrap();
    assert!(pdf.bytes.starts_with(b"%PDF"));
    assert!(pdf.complaints[0].line == 3 && pdf.complaints[0].message.contains("alt"), "{:?}", pdf.complaints);
}

#[test]
fn without_fonts_the_error_says_what_to_install() {
    let none = Fonts::in_folders(vec!["/nowhere".into()]);
    let sources = Sources::new("main.typ").with("main.typ", "= T");
    let error = compile(&none, &sources, &options()).unwrap_err().to_string();
    assert!(error.contains("/nowhere") && error.contains("fonts-noto-cjk"), "{error}");
    assert_eq!(none.first_of(&["Noto Serif CJK SC"]), None);
}

#[test]
fn the_first_family_that_is_there_is_taken_and_letters_can_be_forgotten() {
    let fonts = fonts();
    assert_eq!(fonts.first_of(&["方正小标宋简体", "Noto Serif CJK SC"]), Some("Noto Serif CJK SC"));
    let files = fonts.files_of("Noto Sans CJK SC");
    assert!(
        files.len() > 1 && files.iter().any(|file| file.ends_with("NotoSansCJK-Regular.ttc")),
        "{files:?}"
    );
    let sources = Sources::new("main.typ").with("main.typ", "#set document(title: [T])\n字");
    let first = compile(&fonts, &sources, &options()).unwrap();
    fonts.forget();
    assert_eq!(compile(&fonts, &sources, &options()).unwrap().bytes, first.bytes);
}
