//! Word texts put together part by part, and what becomes of them.

use super::{Alignment, Document, read};
use crate::hidden::HiddenKind;
use crate::testing::Docx;
use crate::{Limits, OfficeError};
use proptest::prelude::*;

fn document(docx: Docx) -> Document {
    read(&docx.bytes(), &Limits::default()).unwrap()
}

fn html(body: &str) -> String {
    document(Docx::new(body).with("styles", "styles.xml", STYLES)).blocks_html
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn styled(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

const STYLES: &str = r#"<w:styles xmlns:w="w">
  <w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:rPr><w:sz w:val="32"/></w:rPr></w:style>
  <w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:sz w:val="44"/></w:rPr></w:style>
  <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
  <w:style w:type="paragraph" w:styleId="11"><w:name w:val="一级"/><w:basedOn w:val="1"/></w:style>
  <w:style w:type="paragraph" w:styleId="loop"><w:name w:val="圈"/><w:basedOn w:val="loop"/></w:style>
  <w:style w:type="character" w:styleId="secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>"#;

#[test]
fn headings_come_from_styles_and_from_the_outline() {
    let body = [
        styled(r#"<w:pStyle w:val="a3"/>"#, "关于防汛工作的通知"),
        styled(r#"<w:pStyle w:val="11"/>"#, "一、总则"),
        styled(r#"<w:outlineLvl w:val="1"/>"#, "（一）目标"),
        styled(r#"<w:outlineLvl w:val="5"/>"#, "细目"),
        styled(r#"<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>"#, "正文"),
        styled(r#"<w:pStyle w:val="loop"/>"#, "圈"),
    ];
    assert_eq!(
        html(&body.concat()),
        "<h2>关于防汛工作的通知</h2><h2>一、总则</h2><h3>（一）目标</h3><h4>细目</h4><p><strong>正文</strong></p><p>圈</p>"
    );
}

#[test]
fn a_paragraph_tells_what_a_person_would_look_at() {
    let body = [
        styled(r#"<w:pStyle w:val="a3"/>"#, "　　通知"),
        styled(r#"<w:jc w:val="right"/>"#, "2018年5月1日"),
        format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", p("格")),
    ];
    let read = document(Docx::new(&body.concat()).with("styles", "styles.xml", STYLES));
    let [title, date, cell] = &read.paragraphs[..] else { panic!("{:?}", read.paragraphs) };
    assert_eq!((title.text.as_str(), title.style.as_str(), title.level), ("通知", "Title", Some(0)));
    assert_eq!((title.alignment, title.half_points, title.strong), (Alignment::Center, 44, true));
    assert_eq!(&read.blocks_html[title.block.clone().unwrap()], "<h2>通知</h2>");
    assert_eq!((date.alignment, date.half_points, date.strong), (Alignment::Right, 32, false));
    assert_eq!(&read.blocks_html[date.block.clone().unwrap()], "<p>2018年5月1日</p>");
    assert!(cell.in_table && cell.block.is_none());
}

#[test]
fn runs_that_look_alike_become_one_and_tags_nest() {
    let run = |look: &str, text: &str| {
        format!("<w:r><w:rPr>{look}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    };
    let body = [
        run("<w:b/>", "甲"),
        run("<w:b w:val=\"true\"/>", "乙"),
        run("<w:b/><w:i/>", "丙"),
        run("<w:b w:val=\"0\"/><w:u w:val=\"single\"/>", "丁"),
        run("<w:u w:val=\"none\"/>", "m"),
        run("<w:vertAlign w:val=\"superscript\"/>", "2"),
        run("<w:vertAlign w:val=\"subscript\"/>", "i"),
        run("<w:u w:val=\"single\"/>", "   "),
    ];
    assert_eq!(
        html(&format!("<w:p>{}</w:p>", body.concat())),
        "<p><strong>甲乙<em>丙</em></strong><u>丁</u>m<sup>2</sup><sub>i</sub><u>\u{a0}\u{a0}\u{a0}</u></p>"
    );
}

#[test]
fn everything_is_escaped() {
    let body = p("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp;amp; &#x4E00;");
    assert_eq!(html(&body), "<p>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp;amp; 一</p>");
}

#[test]
fn only_addresses_of_the_web_become_links() {
    let link = |id: &str| format!("<w:hyperlink r:id=\"{id}\"><w:r><w:t>这里</w:t></w:r></w:hyperlink>");
    let body = format!("<w:p>{}{}{}</w:p>", link("good"), link("bad"), link("file"));
    let docx = Docx::new(&body)
        .related("good", "hyperlink", "https://example.org/?a=1&amp;b=&quot;2")
        .related("bad", "hyperlink", "javascript://alert(1)")
        .related("file", "hyperlink", "file:///c:/x.doc");
    let expected = "<p><a href=\"https://example.org/?a=1&amp;b=&quot;2\">这里</a>这里这里</p>";
    assert_eq!(document(docx).blocks_html, expected);
}

#[test]
fn fields_show_what_they_show_and_links_among_them_are_links() {
    let sign = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let body = format!(
        "<w:p>{}<w:r><w:instrText>HYPERLINK \"http://example.org/a\" \\o \"x\"</w:instrText></w:r>{}<w:r><w:t>一</w:t></w:r>{}<w:r><w:t>二</w:t></w:r>{}<w:r><w:instrText>PAGE</w:instrText><w:t>丢</w:t></w:r>{}</w:p>",
        sign("begin"),
        sign("separate"),
        sign("end"),
        sign("begin"),
        sign("end")
    );
    assert_eq!(html(&body), "<p><a href=\"http://example.org/a\">一</a>二</p>");
}

const NUMBERING: &str = r#"<w:numbering xmlns:w="w">
  <w:abstractNum w:abstractNumId="0">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl>
  </w:abstractNum>
  <w:abstractNum w:abstractNumId="1">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1条"/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="（%2）"/></w:lvl>
  </w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
  <w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
  <w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
</w:numbering>"#;

#[test]
fn lists_are_lists_and_numbers_of_articles_are_text() {
    let item = |list: u8, level: u8, text: &str| {
        styled(&format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>"), text)
    };
    let body = [
        item(1, 0, "甲"),
        item(1, 1, "子"),
        item(1, 1, "丑"),
        item(1, 0, "乙"),
        p("中断"),
        item(1, 0, "丙"),
        item(2, 0, "总则"),
        item(2, 1, "款"),
        item(2, 1, "款"),
        item(2, 0, "附则"),
        item(2, 1, "款"),
        item(3, 0, "另起"),
        item(0, 0, "不是列表"),
        item(9, 0, "没有这个列表"),
    ];
    let read = document(Docx::new(&body.concat()).with("numbering", "numbering.xml", NUMBERING));
    assert_eq!(
        read.blocks_html,
        "<ol><li>甲<ul><li>子</li><li>丑</li></ul></li><li>乙</li></ol><p>中断</p><ol start=\"3\"><li>丙</li></ol>\
         <p>第一条\u{3000}总则</p><p>（1）款</p><p>（2）款</p><p>第二条\u{3000}附则</p><p>（1）款</p>\
         <ol start=\"7\"><li>另起</li></ol><p>不是列表</p><p>没有这个列表</p>"
    );
    assert_eq!(read.paragraphs[6].text, "第一条\u{3000}总则");
}

#[test]
fn merged_cells_are_spans_and_repeated_rows_are_heads() {
    let cell =
        |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text));
    let two_paragraphs = format!("<w:tc>{}{}</w:tc>", p("2"), p("3"));
    let body = format!(
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
        cell("<w:gridSpan w:val=\"2\"/>", "项目"),
        cell("", "数"),
        cell("<w:vMerge w:val=\"restart\"/>", "合"),
        cell("", "a"),
        cell("", "1"),
        cell("<w:vMerge/>", ""),
        cell("", "b"),
        two_paragraphs,
    );
    assert_eq!(
        html(&body),
        "<table><thead><tr><th colspan=\"2\">项目</th><th>数</th></tr></thead><tbody><tr><td rowspan=\"2\">合</td><td>a</td><td>1</td></tr>\
         <tr><td>b</td><td><p>2</p><p>3</p></td></tr></tbody></table>"
    );
}

#[test]
fn a_first_row_in_bold_is_a_head_and_a_table_is_never_all_head() {
    let row = |cells: [&str; 2], look: &str| {
        let cell =
            |text: &str| format!("<w:tc><w:p><w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r></w:p></w:tc>");
        format!("<w:tr>{}{}</w:tr>", cell(cells[0]), cell(cells[1]))
    };
    let two = format!("<w:tbl>{}{}</w:tbl>", row(["名", "数"], "<w:b/>"), row(["甲", "1"], ""));
    assert!(
        html(&two).starts_with("<table><thead><tr><th>名</th><th>数</th></tr></thead><tbody><tr><td>甲</td>")
    );
    let one = format!("<w:tbl>{}</w:tbl>", row(["名", "数"], "<w:b/>"));
    assert_eq!(
        html(&one),
        "<table><tbody><tr><td><strong>名</strong></td><td><strong>数</strong></td></tr></tbody></table>"
    );
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nrest";

#[test]
fn pictures_keep_their_place_and_their_words() {
    let drawing = |id: &str| {
        format!(
            "<w:r><w:drawing><wp:inline><wp:docPr id=\"1\" descr=\"河道 &quot;图&quot;\"/><a:graphic><pic:pic><pic:blipFill><a:blip r:embed=\"{id}\"/></pic:blipFill></pic:pic></a:graphic></wp:inline></w:drawing></w:r>"
        )
    };
    let vml = "<w:r><w:pict><v:shape alt=\"旧图\"><v:imagedata r:id=\"two\"/></v:shape></w:pict></w:r>";
    let body = format!("<w:p>{}{}{}{vml}</w:p>", drawing("image"), drawing("image"), drawing("outside"));
    let read = document(
        Docx::new(&body)
            .with("image", "media/1.png", PNG)
            .related("two", "image", "media/2.emf")
            .part("word/media/2.emf", b"junk")
            .related("outside", "image", "http://example.org/spy.png"),
    );
    assert_eq!(
        read.blocks_html,
        "<p><img data-picture=\"0\" alt=\"河道 &quot;图&quot;\"><img data-picture=\"0\" alt=\"河道 &quot;图&quot;\"><img data-picture=\"1\" alt=\"旧图\"></p>"
    );
    assert_eq!(read.pictures.len(), 2);
    assert_eq!((read.pictures[0].media_type, read.pictures[0].bytes.as_slice()), ("image/png", PNG));
    assert!(read.hidden.iter().any(|h| h.kind == HiddenKind::ExternalLink && h.detail.contains("spy.png")));
}

#[test]
fn text_boxes_and_drawn_words_are_read_once() {
    let text_box = format!("<w:txbxContent>{}</w:txbxContent>", p("红头"));
    let body = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>{text_box}</wps:txbx></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:textbox>{text_box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>前</w:t></w:r></w:p>\
         <w:p><w:r><w:pict><v:shape><v:textpath string=\"艺术字\"/></v:shape></w:pict></w:r></w:p>"
    );
    assert_eq!(html(&body), "<p>前</p><p>红头</p><p>艺术字</p>");
}

#[test]
fn what_wraps_text_does_not_hide_it() {
    let body = "<w:sdt><w:sdtContent><w:p><w:smartTag><w:r><w:t>甲</w:t></w:r></w:smartTag><w:sdt><w:sdtContent><w:r><w:t>乙</w:t><w:tab/><w:br/><w:sym w:font=\"Wingdings\" w:char=\"F0A8\"/></w:r></w:sdtContent></w:sdt>\
                <m:oMath><m:r><m:t>x</m:t></m:r></m:oMath><w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p></w:sdtContent></w:sdt>\
                <w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:r><w:t>目录</w:t></w:r></w:p></w:sdtContent></w:sdt>";
    assert_eq!(html(body), "<p>甲乙\u{2003}<br>□x拼</p>");
}

#[test]
fn changes_are_accepted_and_told() {
    let body = "<w:p><w:r><w:t>留</w:t></w:r><w:ins w:author=\"甲\"><w:r><w:t>加</w:t></w:r></w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>\
                <w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom><w:r><w:rPr><w:b/><w:rPrChange/></w:rPr><w:t>变</w:t></w:r></w:p>";
    let read = document(Docx::new(body));
    assert_eq!(read.blocks_html, "<p>留加<strong>变</strong></p>");
    let told: Vec<_> = read.hidden.iter().map(|h| (h.kind, h.place.as_str(), h.detail.as_str())).collect();
    let expected = [
        (HiddenKind::Insertion, "第1段", "加"),
        (HiddenKind::Deletion, "第1段", "删"),
        (HiddenKind::Deletion, "第1段", "移"),
        (HiddenKind::FormatChange, "第1段", "变"),
    ];
    assert_eq!(told, expected);
}

#[test]
fn hidden_text_is_dropped_and_told() {
    let body = "<w:p><w:r><w:t>明</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"secret\"/></w:rPr><w:t>里</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>白</w:t></w:r></w:p>";
    let read = document(Docx::new(body).with("styles", "styles.xml", STYLES));
    assert_eq!(read.blocks_html, "<p>明白</p>");
    assert_eq!(read.hidden.len(), 1);
    assert_eq!((read.hidden[0].kind, read.hidden[0].detail.as_str()), (HiddenKind::HiddenText, "暗里"));
}

#[test]
fn notes_stand_at_the_end_and_comments_are_told() {
    let body = "<w:p><w:commentRangeStart w:id=\"5\"/><w:r><w:t>文</w:t><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:endnoteReference w:id=\"1\"/></w:r><w:r><w:footnoteReference w:id=\"2\"/><w:footnoteReference w:id=\"404\"/></w:r></w:p>";
    let note = |kind: &str, id: &str, text: &str| {
        format!(
            "<w:{kind}s><w:{kind} w:id=\"{id}\"><w:p><w:r><w:footnoteRef/><w:t>{text}</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p></w:{kind}></w:{kind}s>"
        )
    };
    let comments = "<w:comments><w:comment w:id=\"5\" w:author=\"甲\"><w:p><w:r><w:t>再核</w:t></w:r></w:p></w:comment></w:comments>";
    let read = document(
        Docx::new(body)
            .with("footnotes", "footnotes.xml", note("footnote", "2", "脚"))
            .with("endnotes", "endnotes.xml", note("endnote", "1", "尾"))
            .with("comments", "comments.xml", comments),
    );
    assert_eq!(
        read.blocks_html,
        "<p>文<sup>[1][2][1][3]</sup></p><p>[1] 脚<sup>[1]</sup></p><p>[2] 尾<sup>[1]</sup></p>"
    );
    let comment = &read.hidden[0];
    assert_eq!(
        (comment.kind, comment.place.as_str(), comment.detail.as_str()),
        (HiddenKind::Comment, "第1段", "甲：再核")
    );
}

#[test]
fn the_file_tells_who_made_it() {
    let core = "<cp:coreProperties><dc:creator>王某</dc:creator><cp:lastModifiedBy>李某</cp:lastModifiedBy><dc:title>旧题</dc:title></cp:coreProperties>";
    let app = "<Properties><Company>某公司</Company></Properties>";
    let custom = "<Properties><property name=\"KSOProductBuildVer\"><vt:lpwstr>2052</vt:lpwstr></property></Properties>";
    let read = document(
        Docx::new(&p("文"))
            .part("docProps/core.xml", core)
            .part("docProps/app.xml", app)
            .part("docProps/custom.xml", custom)
            .part("word/vbaProject.bin", "x")
            .part("word/embeddings/表.xlsx", "x"),
    );
    assert_eq!(read.properties.author.as_deref(), Some("王某"));
    assert_eq!(read.properties.title.as_deref(), Some("旧题"));
    let told: Vec<_> = read.hidden.iter().map(|h| (h.kind, h.detail.as_str())).collect();
    let expected = [
        (HiddenKind::Metadata, "作者：王某"),
        (HiddenKind::Metadata, "最后修改者：李某"),
        (HiddenKind::Metadata, "单位：某公司"),
        (HiddenKind::CustomProperty, "KSOProductBuildVer：2052"),
        (HiddenKind::Macro, "vbaProject.bin"),
        (HiddenKind::EmbeddedObject, "表.xlsx"),
    ];
    assert_eq!(told, expected);
}

fn refusal(docx: Docx, limits: Limits) -> OfficeError {
    read(&docx.bytes(), &limits).unwrap_err()
}

#[test]
fn bombs_are_refused_by_their_measure() {
    let usual = Limits::default();
    let deep = format!("{}{}", "<w:sdt><w:sdtContent>".repeat(200), "</w:sdtContent></w:sdt>".repeat(200));
    assert_eq!(refusal(Docx::new(&deep), usual), OfficeError::TooDeep { limit: 256 });
    let long = Docx::new(&p("字").repeat(40_000));
    let packed = Limits { part_bytes: 1 << 20, ..usual };
    assert_eq!(refusal(long, packed), OfficeError::TooLarge { what: "解压后字节数", limit: 1 << 20 });
    let many = (0..40).fold(Docx::new(""), |docx, i| docx.part(&format!("x{i}"), ""));
    assert_eq!(
        refusal(many, Limits { entries: 30, ..usual }),
        OfficeError::TooLarge { what: "压缩包条目数", limit: 30 }
    );
    let wide = Docx::new(&p("字").repeat(100));
    assert!(matches!(
        refusal(wide, Limits { nodes: 100, ..usual }),
        OfficeError::TooLarge { what: "文档元素数", .. }
    ));
    let lists = Docx::new(&p("字").repeat(100));
    assert!(matches!(refusal(lists, Limits { text_bytes: 100, ..usual }), OfficeError::TooLarge { .. }));
    assert!(matches!(
        read(&Docx::new("").bytes(), &Limits { file_bytes: 10, ..usual }),
        Err(OfficeError::TooLarge { .. })
    ));
}

#[test]
fn entities_of_a_document_type_are_refused() {
    let bytes = Docx::new("")
        .part("word/styles.xml", "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><x>&a;</x>")
        .related("s", "styles", "styles.xml");
    assert!(matches!(refusal(bytes, Limits::default()), OfficeError::Damaged { .. }));
}

#[test]
fn what_is_no_docx_is_refused_with_its_name() {
    let refuse = |bytes: &[u8]| read(bytes, &Limits::default()).unwrap_err();
    assert!(matches!(refuse(b"%PDF-1.7"), OfficeError::NotThis { .. }));
    assert!(matches!(refuse(b""), OfficeError::NotThis { .. }));
    assert!(matches!(refuse(b"PK\x03\x04rubbish"), OfficeError::Damaged { .. }));
    let compound = |name: &str| {
        let wide = name.encode_utf16().flat_map(u16::to_le_bytes);
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1].into_iter().chain(wide).collect::<Vec<u8>>()
    };
    assert_eq!(refuse(&compound("EncryptedPackage")), OfficeError::Encrypted);
    assert_eq!(refuse(&compound("WordDocument")), OfficeError::Unsupported { kind: "旧版 doc 文档" });
}

/// Pieces of texts in any order.
fn scraps() -> impl Strategy<Value = String> {
    let names = prop::sample::select(vec![
        "w:p",
        "w:r",
        "w:t",
        "w:tbl",
        "w:tr",
        "w:tc",
        "w:pPr",
        "w:numPr",
        "w:ins",
        "w:del",
        "w:drawing",
        "w:txbxContent",
        "w:fldChar",
        "w:footnoteReference",
        "w:sdt",
        "w:sdtContent",
        "mc:AlternateContent",
        "mc:Choice",
        "w:hyperlink",
    ]);
    let attributes = prop::sample::select(vec![
        "",
        "w:val=\"1\"",
        "w:id=\"2\"",
        "w:val=\"99999999999\"",
        "w:fldCharType=\"begin\"",
        "r:id=\"styles\"",
        "w:val=\"restart\"",
    ]);
    let leaf = "[字 a]{0,4}".prop_map(|text| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"));
    leaf.prop_recursive(6, 64, 6, move |inner| {
        (names.clone(), attributes.clone(), prop::collection::vec(inner, 0..6))
            .prop_map(|(name, attribute, inner)| format!("<{name} {attribute}>{}</{name}>", inner.concat()))
    })
}

/// Whether every tag that opens closes again, in order.
fn is_balanced(html: &str) -> bool {
    let mut open = Vec::new();
    for tag in html.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
        match tag.starts_with('/') {
            true if open.pop() != Some(name) => return false,
            false if !["br", "img"].contains(&name) => open.push(name),
            _ => {}
        }
    }
    open.is_empty()
}

proptest! {
    #[test]
    fn any_text_becomes_balanced_html(body in scraps()) {
        let docx = Docx::new(&body).with("styles", "styles.xml", STYLES).with("numbering", "numbering.xml", NUMBERING)
            .with("footnotes", "footnotes.xml", format!("<w:footnotes><w:footnote w:id=\"2\">{body}</w:footnote></w:footnotes>"));
        if let Ok(read) = read(&docx.bytes(), &Limits::default()) {
            prop_assert!(is_balanced(&read.blocks_html), "{}", read.blocks_html);
            for paragraph in read.paragraphs {
                prop_assert!(paragraph.block.is_none_or(|block| read.blocks_html.get(block).is_some()));
            }
        }
    }

    #[test]
    fn any_bytes_in_a_package_are_read_or_refused(body in prop::collection::vec(any::<u8>(), 0..200)) {
        let bytes = Docx::new("").part("word/styles.xml", &body).related("s", "styles", "styles.xml").bytes();
        _ = read(&bytes, &Limits::default());
        _ = read(&body, &Limits::default());
    }

    #[test]
    fn a_damaged_package_is_read_or_refused(at in 0_usize..2_000, with in any::<u8>()) {
        let mut bytes = Docx::new(&p("文")).with("styles", "styles.xml", STYLES).bytes();
        let at = at % bytes.len();
        bytes[at] = with;
        _ = read(&bytes, &Limits::default());
        bytes.truncate(at);
        _ = read(&bytes, &Limits::default());
    }
}
