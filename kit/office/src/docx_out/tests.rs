//! Stories of written Word documents, read back through our own reader.

use super::{
    Align, Block, Cell, CoreProperties, Document, Lines, Page, Paragraph, Picture, PictureFormat, Role,
    Style, Table, write,
};
use crate::{Limits, Properties, docx, package::Package, text};

/// One black dot.
const DOT: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 58,
    126, 155, 85, 0, 0, 0, 10, 73, 68, 65, 84, 120, 156, 99, 96, 0, 0, 0, 2, 0, 1, 72, 175, 164, 113, 0, 0,
    0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];

fn look(size: f64) -> Style {
    Style {
        east_asian: "宋体".to_owned(),
        latin: "Times New Roman".to_owned(),
        size,
        tracking: 0.0,
        bold: false,
        colour: None,
        align: Align::Both,
        first_line: 2.0,
        line: Some(28.9),
        space: (0.0, 0.0),
    }
}

fn page() -> Page {
    Page {
        width: 210.0,
        height: 297.0,
        top: 37.0,
        bottom: 35.0,
        inside: 28.0,
        outside: 26.0,
        footer: 25.0,
        running: String::new(),
        number_between: ("— ".to_owned(), " —".to_owned()),
    }
}

pub(crate) fn sample() -> Document {
    let heading = |level, text: &str| Block::Paragraph(Paragraph::new(Role::Heading(level), text));
    let cell = |text: &str| Cell::text(Role::Cell, text, Align::Centre);
    let mut rows = vec![vec![cell("渠道"), cell("数量 <&>")]];
    rows.extend((0..60).map(|n| vec![cell(&format!("第{n}行")), cell(&(n * 7).to_string())]));
    rows.push(vec![Cell { span: 2, ground: Some([240, 240, 240]), ..cell("合计") }]);
    let picture = Picture {
        bytes: DOT.to_vec(),
        format: PictureFormat::Png,
        size: (30.0, 30.0),
        description: "一个“点”".to_owned(),
        keep_next: true,
    };
    Document {
        properties: CoreProperties {
            title: "一份报告".to_owned(),
            author: "某办公室".to_owned(),
            created: "2019-03-11T01:30:00Z".to_owned(),
            keywords: vec!["甲".to_owned(), "乙".to_owned()],
            ..CoreProperties::default()
        },
        page: page(),
        styles: vec![(Role::Body, look(16.0)), (Role::Title, look(22.0)), (Role::Heading(1), look(16.0))],
        blocks: vec![
            Block::Paragraph(Paragraph::new(Role::Title, "一份报告")),
            heading(1, "一、概述"),
            Block::Paragraph(Paragraph::new(Role::Body, "共 42 件\n次行")),
            heading(2, "（一）表"),
            Block::Table(Table {
                description: "各渠道的数量".to_owned(),
                widths: vec![2.0, 1.0],
                n_head: 1,
                rows,
                lines: Lines { outer: 1.0, between_rows: 0.5, between_columns: 0.0 },
            }),
            Block::Picture(picture.clone()),
            Block::Picture(picture),
        ],
    }
}

fn part(bytes: &[u8], name: &str) -> String {
    let limits = Limits::default();
    String::from_utf8(Package::open(bytes, &limits).unwrap().need(name).unwrap()).unwrap()
}

#[test]
fn the_same_document_gives_the_same_bytes_and_nothing_hides_in_it() {
    let bytes = write(&sample()).unwrap();
    assert_eq!(bytes, write(&sample()).unwrap());
    let found = docx::read(&bytes, &Limits::default()).unwrap().hidden;
    // The author is meant to be read.
    assert!(found.iter().all(|one| one.detail.contains("某办公室")), "{found:?}");
}

#[test]
fn it_is_read_back_with_headings_tables_and_pictures() {
    let bytes = write(&sample()).unwrap();
    let read = docx::read(&bytes, &Limits::default()).unwrap();
    let html = read.blocks_html;
    for expected in ["一、概述</h2>", "（一）表</h3>", "<td", "数量 &lt;&amp;&gt;", "colspan=\"2\""]
    {
        assert!(html.contains(expected), "{expected} in {html}");
    }
    assert_eq!((read.pictures.len(), read.pictures[0].alt.as_str()), (1, "一个“点”"));
    let words = text::extract("a.docx", &bytes, &Limits::default()).unwrap();
    assert!(words.iter().any(|piece| piece.text.contains("共 42 件")));
}

#[test]
fn heads_are_repeated_rows_stay_whole_and_a_file_is_kept_once() {
    let bytes = write(&sample()).unwrap();
    let main = part(&bytes, "word/document.xml");
    assert_eq!(main.matches("<w:tblHeader/>").count(), 1);
    assert_eq!(main.matches("<w:cantSplit/>").count(), 62);
    assert_eq!(main.matches("descr=\"一个“点”\"").count(), 4);
    assert_eq!(part(&bytes, "word/_rels/document.xml.rels").matches("/image\"").count(), 1);
    assert!(main.contains("<w:tblDescription w:val=\"各渠道的数量\"/>"));
}

#[test]
fn styles_carry_the_names_that_word_knows() {
    let bytes = write(&sample()).unwrap();
    let styles = part(&bytes, "word/styles.xml");
    for expected in [
        "w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/>",
        "w:eastAsia=\"宋体\"",
        "<w:outlineLvl w:val=\"0\"/>",
        "w:line=\"578\" w:lineRule=\"exact\"",
    ] {
        assert!(styles.contains(expected), "{expected} in {styles}");
    }
}

#[test]
fn the_file_says_who_speaks_and_no_more() {
    let bytes = write(&sample()).unwrap();
    let limits = Limits::default();
    let properties = Properties::read(&mut Package::open(&bytes, &limits).unwrap()).unwrap();
    assert_eq!(properties.title.as_deref(), Some("一份报告"));
    assert_eq!(properties.author.as_deref(), Some("某办公室"));
    assert_eq!((properties.company, properties.application), (None, None));
    assert!(part(&bytes, "docProps/core.xml").contains("<dc:language>zh-CN</dc:language>"));
}

#[test]
fn a_running_head_stands_over_odd_and_even_pages() {
    let with = Document { page: Page { running: "草稿 & 样张".to_owned(), ..page() }, ..sample() };
    let bytes = write(&with).unwrap();
    assert!(part(&bytes, "word/header.xml").contains("草稿 &amp; 样张"));
    assert_eq!(part(&bytes, "word/document.xml").matches("<w:headerReference").count(), 2);
}
