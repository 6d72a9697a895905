//! Text to structured HTML (演示数据).

use super::super::text_to_html;

#[test]
fn headings_paragraphs_tables_and_lists() {
    let html = text_to_html(
        "一、概述\n本年度<公开>。\n（一）主动公开\n（二）依申请公开情况。2018年收到申请3件，均已答复。\n## 第一章  总则\n第二章 附则\n项目 | 数量 |\n新收 | 3 | |\n结转 |\n• 甲\n• 乙",
    );
    let wanted = "<h2>一、概述</h2>\n<p>本年度&lt;公开&gt;。</p>\n<h3>（一）主动公开</h3>\n<p>（二）依申请公开情况。2018年收到申请3件，均已答复。</p>\n<h2>第一章  总则</h2>\n<h2>第二章 附则</h2>\n<table>\n<thead>\n<tr><th scope=\"col\">项目</th><th scope=\"col\">数量</th></tr>\n</thead>\n<tbody>\n<tr><th scope=\"row\">新收</th><td>3</td></tr>\n<tr><th scope=\"row\">结转</th><td></td></tr>\n</tbody>\n</table>\n<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>\n";
    assert_eq!(html, wanted);
}

#[test]
fn numbered_paragraphs_are_no_headings() {
    for text in [
        "一、由示例区政府办公室负责，各镇配合，按时完成。",
        "第三章所称机关，是指行政机关。",
        "（三）报告；",
        "二、请各单位于三月底前报送材料，",
        "一是加强领导",
    ] {
        assert_eq!(text_to_html(text), format!("<p>{text}</p>\n"));
    }
}

#[test]
fn every_character_is_escaped() {
    let html = text_to_html("<script>alert('1')&\"\u{7}");
    assert_eq!(html, "<p>&lt;script&gt;alert(&#39;1&#39;)&amp;&quot;\u{fffd}</p>\n");
}
