//! Pages as they come from word processors and old sites, and markup made to harm.

use super::*;
use proptest::prelude::*;

fn cleaned(html: &str) -> String {
    clean(html).into_string()
}

#[test]
fn word_processor_markup_becomes_plain_paragraphs() {
    let pasted = r#"<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]-->
        <style>p.MsoNormal{mso-x:1}</style>
        <p class="MsoNormal" style="text-indent:32pt"><span lang="EN-US"><o:p>&nbsp;</o:p></span></p>
        <p class=MsoNormal><b><span style='font-family:仿宋'>一、总体要求</span></b><span></span></p>
        <div onclick="x()"><![if !supportLists]>正文<i>重点</i></div>"#;
    let clean = cleaned(pasted);
    let squeezed = crate::width::squeeze_blanks(&clean);
    assert_eq!(squeezed, "<p><strong>一、总体要求</strong></p> <p>正文<em>重点</em></p>");
}

#[test]
fn scripts_handlers_styles_and_foreign_schemes_are_gone() {
    let hostile = r#"<script>alert(1)</script><p onclick=x style=y id=z class=w>a</p>
        <a href="javascript:alert(1)">b</a><a href=" jAvaScript:alert(1)">c</a>
        <a href="data:text/html,x">d</a><img src="data:image/png;base64,AAAA" onerror=x>
        <img src=x onerror=alert(1)><svg><script>1</script></svg><iframe src=x></iframe>
        <math><mtext><table><mglyph><style><img src=x onerror=1></style></math>
        <noscript><p title="</noscript><img src=x onerror=1>"></noscript>"#;
    let clean = cleaned(hostile).to_ascii_lowercase();
    for word in ["script", "onerror", "onclick", "style", "data:", "class", "id=", "iframe", "svg"] {
        assert!(!clean.contains(word), "{word} in {clean}");
    }
    assert!(clean.contains("<img src=\"x\">"), "{clean}");
}

#[test]
fn tables_keep_their_spans_and_heads() {
    let table = r#"<table border=1 width=90%><caption>演示</caption><thead><tr><th scope="col" colspan="2">甲</th></tr></thead>
        <tbody><tr><td rowspan="2" colspan="1">1</td><td rowspan="99999">2</td></tr></tbody></table>"#;
    let clean = cleaned(table);
    assert!(
        clean.contains(r#"<th scope="col" colspan="2">甲</th>"#)
            || clean.contains(r#"<th colspan="2" scope="col">甲</th>"#),
        "{clean}"
    );
    assert!(clean.contains(r#"<td rowspan="2">1</td><td>2</td>"#), "{clean}");
    assert!(clean.contains("<caption>演示</caption>"));
}

#[test]
fn links_and_pictures_keep_safe_addresses() {
    let html = r#"<a href="/a?b=1&amp;c=2" target=_blank>甲</a><a href="mailto:demo@example.org">乙</a><img src="files/1.png" alt="演示图">"#;
    assert_eq!(
        cleaned(html),
        r#"<a href="/a?b=1&amp;c=2" rel="noopener">甲</a><a href="mailto:demo@example.org" rel="noopener">乙</a><img src="files/1.png" alt="演示图">"#
    );
}

#[test]
fn an_h1_moves_all_headings_down_and_without_one_they_stay() {
    assert_eq!(cleaned("<h1>a</h1><h2>b</h2><h6>c</h6>"), "<h2>a</h2><h3>b</h3><h6>c</h6>");
    assert_eq!(cleaned("<h2>a</h2><h3>b</h3>"), "<h2>a</h2><h3>b</h3>");
}

#[test]
fn boxes_become_paragraphs_so_that_lines_do_not_run_together() {
    assert_eq!(cleaned("<div><div>甲</div><div>乙</div></div>"), "<p>甲</p><p>乙</p>");
}

#[test]
fn empty_paragraphs_and_links_without_address_go() {
    assert_eq!(cleaned("<p>&nbsp;</p><p><strong> </strong></p><a name=x>甲</a><ul></ul>"), "甲");
}

#[test]
fn text_has_a_line_per_paragraph_and_bullets_and_rows() {
    let html = "<h2>标题</h2><p>第一&nbsp;段<br>换行 &amp; 实体</p><ul><li>甲</li><li>乙</li></ul><ol start=3><li>丙</ol>\
        <table><tr><th>名称</th><th>数量</th></tr><tr><td><p>演示</p><p>数据</p></td><td>1</td></tr></table>\n<pre>a\n  b</pre>";
    assert_eq!(
        to_text(html),
        "标题\n第一 段\n换行 & 实体\n• 甲\n• 乙\n3. 丙\n名称 | 数量 |\n演示 数据 | 1 |\na\n  b"
    );
}

#[test]
fn a_table_that_only_lays_out_gives_paragraphs() {
    let html =
        "<table><tr><td>甲</td><td><table><tr><td>一</td><td>二</td></tr></table><p>乙</p></td></tr></table>";
    assert_eq!(to_text(html), "甲\n一 | 二 |\n乙");
}

#[test]
fn scripts_and_styles_are_no_text() {
    assert_eq!(to_text("<style>x{}</style><p>甲</p><script>if(a<b){}</script>乙"), "甲\n乙");
}

#[test]
fn a_lone_less_than_sign_is_text() {
    assert_eq!(to_text("若 a < b 则<b>止</b>"), "若 a < b 则止");
    assert_eq!(to_text("若 a <b 则止"), "若 a <b 则止");
}

#[test]
fn the_main_block_is_the_one_with_running_text() {
    let menu: String = (0..80).map(|n| format!("<li><a href='/{n}'>菜单名称第{n}项导航</a></li>")).collect();
    let body: String = (0..6)
        .map(|n| format!("<p>第{n}段，这里是演示数据的正文，写得比较长，读者要看的就是它。</p>"))
        .collect();
    let page = format!(
        "<html><head><title>演示</title><script>var x='很长很长的脚本';</script></head><body><div class='header'><ul>{menu}</ul></div>\
         <div id='outer'><div class='crumb'><a href='/'>首页</a></div><div id='main'><h1>标题</h1>{body}</div></div>\
         <div class='footer'>版权所有，地址：演示路一号，电话若干，邮编若干，备案若干号。</div></body></html>"
    );
    let main = main_content(&page);
    assert!(main.contains("第0段") && main.contains("第5段") && main.contains("标题"), "{main}");
    assert!(!main.contains("导航") && !main.contains("版权所有") && !main.contains("脚本"));
}

#[test]
fn links_and_images_are_listed_in_order() {
    let page =
        "<a href=' /a '>甲 <b>乙</b></a><a name=x>丙</a><a href='/d'></a><img src='1.png' alt=' 图 '><img>";
    let found = links(page);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0], Link { href: "/a".into(), text: "甲 乙".into() });
    assert_eq!(images(page), [Image { src: "1.png".into(), alt: "图".into() }]);
}

/// Each of these made some parser quadratic or recursive somewhere.
fn hostile_pages() -> Vec<String> {
    let n = 100_000;
    vec![
        "<div>".repeat(n),
        format!("{}甲{}", "<div>".repeat(n), "</div>".repeat(n)),
        "<p>".repeat(n),
        "<b>".repeat(n) + "甲",
        "<a href=x>".repeat(20_000) + "甲",
        "<table><tr><td>".repeat(n / 4) + "甲",
        "<ul><li>".repeat(n / 2),
        "<font color=1><p>".repeat(n / 4),
        "<".repeat(n * 4),
        "<a ".repeat(n * 3),
        "<a b=\"".repeat(n),
        "<!--".repeat(n),
        "</p>".repeat(n),
        "&amp".repeat(n),
        format!("<p {}>甲", (0..n).map(|i| format!("a{i}=1 ")).collect::<String>()),
        "<script>".repeat(n),
        "<svg><desc>".repeat(n / 4),
        "<b></p>".repeat(n / 4),
        "<select><option>".repeat(n / 4),
        "<o:p/>".repeat(n),
    ]
}

#[test]
fn pages_made_to_be_slow_or_deep_are_read_in_a_small_stack() {
    let work = || {
        for (n, page) in hostile_pages().into_iter().enumerate() {
            let clean = clean(&page);
            assert!(clean.as_str().len() <= page.len() * 8 + 100, "page {n}");
            to_text(&page);
            main_content(&page);
            links(&page);
        }
    };
    let thread = std::thread::Builder::new().stack_size(512 * 1024).spawn(work).unwrap();
    thread.join().unwrap();
}

#[test]
fn cleaning_real_pages_twice_changes_nothing_and_keeps_the_text() {
    let Some(pages) = real_pages() else { return };
    assert!(pages.len() >= 40);
    for (html, _) in &pages {
        let once = clean(html);
        assert_eq!(clean(once.as_str()), once);
        let keep = |text: String| text.chars().filter(|c| crate::width::is_cjk(*c)).count();
        let (before, after) = (keep(to_text(html)), keep(to_text(once.as_str())));
        assert_eq!(before, after);
    }
}

#[test]
fn the_main_block_of_real_pages_holds_their_text() {
    let Some(pages) = real_pages() else { return };
    let mut n_good = 0;
    for (html, text) in &pages {
        let main = crate::width::remove_blanks(&to_text(&main_content(html)));
        let lines: Vec<String> =
            text.lines().map(crate::width::remove_blanks).filter(|line| line.chars().count() > 20).collect();
        let found = lines.iter().filter(|line| main.contains(line.as_str())).count();
        n_good += usize::from(found * 10 >= lines.len() * 9);
    }
    assert!(n_good * 10 >= pages.len() * 9, "{n_good} of {}", pages.len());
}

/// Original pages with the text others took from them, where real inputs are present.
fn real_pages() -> Option<Vec<(String, String)>> {
    let root = std::env::var_os("GONGKAI_REAL_INPUTS")
        .map(std::path::PathBuf::from)
        .unwrap_or_else(|| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"));
    let path = root.join("docs/govcn_html.jsonl.gz");
    if !path.exists() {
        println!("skipped: real inputs not present");
        return None;
    }
    let reader = crate::lines::LineReader::open(&path, crate::lines::Limits::default()).unwrap();
    let pages = reader.map(|line| {
        let row: serde_json::Value = serde_json::from_str(&line.unwrap().text).unwrap();
        let field = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        (field("html"), field("text"))
    });
    Some(pages.collect())
}

/// Pieces of markup, parted by `¦`.
const PIECES: &str = "<p>¦</p>¦<div>¦</div>¦<table>¦</table>¦<tr>¦<td>¦</td>¦<b>¦</b>¦<i>¦<a href=x>¦</a>¦<a>¦<pre>\n\n¦</pre>¦<h1>¦</h1>¦<h3>¦<ul>¦<li>¦</ul>¦<svg>¦<style>¦</style>¦<script>¦</script>¦<!--¦-->¦<img src=x>¦<img>¦<br>¦&nbsp;¦&lt;¦&amp;lt;¦<¦>¦\"¦文¦ ¦\n¦<code>¦</code>¦<caption>¦<o:p>¦<math>¦<title>¦</title>¦<textarea>¦<select>¦<blockquote>¦</blockquote>¦<figure>¦<hr>¦<ol start=2>¦<strong>¦<em>¦<colgroup>¦<thead>¦<template>¦<plaintext>¦<frameset>";

fn soup() -> impl Strategy<Value = String> {
    let part = prop::sample::select(PIECES.split('¦').collect::<Vec<_>>());
    prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn cleaning_twice_changes_nothing(html in soup()) {
        let once = clean(&html);
        prop_assert_eq!(clean(once.as_str()), once);
    }

    #[test]
    fn cleaned_markup_holds_only_allowed_tags(html in soup()) {
        let clean = clean(&html).into_string();
        for name in ["script", "style", "svg", "math", "h1", "div", "span", "textarea", "template", "plaintext"] {
            let tag = format!("<{name}");
            prop_assert!(!clean.contains(&tag), "{}", clean);
        }
    }

    #[test]
    fn hostile_strings_never_panic(html: String) {
        let once = clean(&html);
        prop_assert_eq!(clean(once.as_str()), once);
        to_text(&html);
        main_content(&html);
        images(&html);
    }
}
