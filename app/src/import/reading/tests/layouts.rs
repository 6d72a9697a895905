//! One made-up page (演示数据) for each layout in which heads are printed.

use super::super::read_html;
use super::*;

const TITLE: &str = "示例区人民政府关于印发示例区防汛应急预案的通知";

/// Every layout says the same thing.
fn assert_standard(page: &ReadPage) {
    assert_eq!(page.index_number.as_deref(), Some("000000000/2024-00017"), "{:?}", page.printed);
    assert_eq!(page.issuing_organ.as_deref(), Some("示例区人民政府办公室"), "{:?}", page.printed);
    assert_eq!(page.document_number.as_deref(), Some("示政发〔2024〕5号"), "{:?}", page.printed);
    assert_eq!(page.published_on.as_deref(), Some("2024-03-12"), "{:?}", page.printed);
    assert_eq!(page.validity, None, "{:?}", page.printed);
    assert_eq!(page.title, TITLE);
    assert!(!page.needs_review(), "{:?}", page.doubts);
    assert!(page.body.starts_with("各镇人民政府"), "{}", page.body);
    assert!(page.body.ends_with("现予印发。"), "{}", page.body);
}

const BODY: &str = "各镇人民政府，区直各单位：\n《示例区防汛应急预案》已经区政府同意，现予印发。";

#[test]
fn several_pairs_on_one_line() {
    assert_standard(&page(
        TITLE,
        &format!(
            "首页 > 政务公开 > 文件\n索 引 号: 000000000/2024-00017 发布机构: 示例区人民政府办公室\n文  号: 示政发〔2024〕5号 有效性: 发布日期: 2024-03-12 09:30\n{TITLE}\n{BODY}"
        ),
    ));
}

#[test]
fn full_width_colons_and_blanks() {
    assert_standard(&page(
        TITLE,
        &format!(
            "索　引　号：000000000/2024-00017　　发布机构：示例区人民政府办公室\u{a0}\u{a0}有效性：\n文　　号：示政发〔2024〕5号　　发布日期：2024年3月12日\n\n{TITLE}\n\n{BODY}\n附件：\n扫一扫在手机打开当前页"
        ),
    ));
}

#[test]
fn one_pair_a_line_with_bullets() {
    assert_standard(&page(
        TITLE,
        &format!(
            "• 索引号：000000000/2024-00017\n• 发布机构：示例区人民政府办公室\n• 文号：示政发〔2024〕5号\n• 发布日期：2024/3/12\n• 有效性：\n\n{TITLE}\n打印 关闭\n{BODY}"
        ),
    ));
}

#[test]
fn values_on_the_following_line() {
    assert_standard(&page(
        TITLE,
        &format!(
            "索引号：\n000000000/2024-00017\n\n发文机关：\n示例区人民政府办公室\n\n有效性：\n\n发文字号：\n示政发〔2024〕5号\n\n发布日期：\n2024年03月12日\n\n主 题 词：\n{TITLE}\n{BODY}"
        ),
    ));
}

#[test]
fn labels_without_colons_on_lines_of_their_own() {
    assert_standard(&page(
        TITLE,
        &format!(
            "索引号\n000000000/2024-00017\n发布机构\n示例区人民政府办公室\n发文字号\n示政发〔2024〕5号\n发布日期\n2024-03-12\n{TITLE}\n{BODY}"
        ),
    ));
}

#[test]
fn labels_in_brackets() {
    assert_standard(&page(
        TITLE,
        &format!(
            "[ 索引号 ] 000000000/2024-00017 [ 发文字号 ] 示政发〔2024〕5号\n[ 发布机构 ] 示例区人民政府办公室 [ 有效性 ]\n[ 发布日期 ] 2024-03-12\n{TITLE}\n{BODY}"
        ),
    ));
    assert_standard(&page(
        TITLE,
        &format!(
            "【索引号】000000000/2024-00017 • 【文号】示政发〔2024〕5号 • 【发布机构】示例区人民政府办公室 • 【发布日期】2024.03.12\n{TITLE}\n{BODY}"
        ),
    ));
}

#[test]
fn table_rows_with_colons_and_missing_cells() {
    assert_standard(&page(
        TITLE,
        &format!(
            "索引号: | 000000000/2024-00017 | 发布机构: | 示例区人民政府办公室 |\n有效性: | 文 号: | 示政发〔2024〕5号 | |\n发布日期: | 2024-03-12 | 关键词: | |\n{TITLE}\n{BODY}"
        ),
    ));
}

#[test]
fn table_rows_without_colons() {
    assert_standard(&page(
        TITLE,
        &format!(
            "| 索引号 | 000000000/2024-00017 | 有效性 | |\n| 关键词 | 发布机构 | 示例区人民政府办公室 | |\n| 发文字号 | 示政发〔2024〕5号 | 发布日期 | 2024-03-12 ||\n{TITLE}\n{BODY}"
        ),
    ));
}

#[test]
fn labels_without_colons_on_one_line() {
    assert_standard(&page(
        TITLE,
        &format!(
            "索引号 000000000/2024-00017 发布机构 示例区人民政府办公室\n发文字号 示政发〔2024〕5号 有 效 性\n发布日期 2024-03-12\n{TITLE}\n{BODY}"
        ),
    ));
}

#[test]
fn damaged_labels_are_known_by_their_values_and_stay_as_printed() {
    let read = page(
        TITLE,
        &format!(
            "号: 000000000/2024-00017 发布机构: 示例区人民政府办公室\n发文字号: 示政发〔2024〕5号 性: 有效\n称: {TITLE}\n发布日期: 2024-03-12\n{BODY}"
        ),
    );
    assert_eq!(value(&read, "号"), "000000000/2024-00017");
    assert_eq!(read.index_number.as_deref(), Some("000000000/2024-00017"));
    assert_eq!(read.validity.as_deref(), Some("有效"));
    assert_eq!(read.title, TITLE);
    assert!(has(&read, "damaged_label") && !read.needs_review());
}

#[test]
fn values_without_labels_are_named_by_shape_and_await_review() {
    let read = page(
        TITLE,
        &format!(
            "首页 > 公开\n{TITLE}\n000000000/2024-00017\n防汛抗旱\n示政发〔2024〕5号\n区政府办公室\n2024-03-11\n2024-03-12\n有效\n\n{BODY}"
        ),
    );
    assert_eq!(read.index_number.as_deref(), Some("000000000/2024-00017"));
    assert_eq!(read.subject_category.as_deref(), Some("防汛抗旱"));
    assert_eq!(read.document_number.as_deref(), Some("示政发〔2024〕5号"));
    assert_eq!(read.issuing_organ.as_deref(), Some("区政府办公室"));
    assert_eq!(
        (read.written_on.as_deref(), read.published_on.as_deref()),
        (Some("2024-03-11"), Some("2024-03-12"))
    );
    assert_eq!(read.validity.as_deref(), Some("有效"));
    assert!(has(&read, "unlabelled_values") && read.needs_review());
}

#[test]
fn labels_that_stick_to_the_value_before_them() {
    let read = page(
        TITLE,
        &format!(
            "发文字号:示政发〔2024〕5号\n发文机关:示例区人民政府\n成文日期:2024-03-11生效日期:2024-04-01\n2024-03-12 10:20作者:示例区信息中心来源:示例区应急局\n{BODY}"
        ),
    );
    assert_eq!(read.written_on.as_deref(), Some("2024-03-11"));
    assert_eq!(read.in_force_on.as_deref(), Some("2024-04-01"));
    assert_eq!(read.source.as_deref(), Some("示例区应急局"));
    assert_eq!(read.published_on.as_deref(), Some("2024-03-12"));
}

#[test]
fn a_value_with_colons_or_label_words_inside_is_not_cut() {
    let title = "关于公开文号管理和信息来源核查情况的说明：第一批";
    let read = page(
        "",
        &format!(
            "索引号：000000000/2024-00017 发布机构：示例区政府\n名称：{title}\n发布日期：2024-03-12 16:40:05\n\n{BODY}"
        ),
    );
    assert_eq!(value(&read, "名称"), title);
    assert_eq!(value(&read, "发布日期"), "2024-03-12 16:40:05");
    assert_eq!(read.title, title);
}

#[test]
fn traditional_heads_are_read_and_kept_as_printed() {
    let read = page(
        "示例縣關於防汛的通知",
        "索 引 號：000000000/2024-00017 發文機關：示例縣政府辦\n發(fā)布時(shí)間：2024-03-12\n標  題：示例縣關於防汛的通知\n各鎮人民政府：",
    );
    assert_eq!(value(&read, "索引號"), "000000000/2024-00017");
    assert_eq!(read.issuing_organ.as_deref(), Some("示例縣政府辦"));
    assert_eq!(read.published_on.as_deref(), Some("2024-03-12"));
}

#[test]
fn unknown_labels_among_known_ones_are_kept() {
    let read = page(
        TITLE,
        &format!(
            "索引号: 000000000/2024-00017 发布机构: 示例区政府\n办理窗口: 三号厅 发布日期: 2024-03-12\n{BODY}"
        ),
    );
    assert_eq!(value(&read, "办理窗口"), "三号厅");
    assert_eq!(read.issuing_organ.as_deref(), Some("示例区政府"));
}

#[test]
fn an_empty_head_is_a_head() {
    let read = page(TITLE, &format!("索引号：  发布机构：\n文号：  发布日期：\n{TITLE}\n{BODY}"));
    assert_eq!(read.printed.len(), 4);
    assert!(!has(&read, "no_head"));
    assert_eq!(read.index_number, None);
}

#[test]
fn a_page_on_a_single_line_keeps_its_text() {
    let sentence = "各镇人民政府要落实责任。".repeat(60);
    let read = page(
        TITLE,
        &format!(
            "索引号：000000000/2024-00017 发布机构：示例区政府 文号：示政发〔2024〕5号 发布日期：2024-03-12 {sentence}"
        ),
    );
    assert_eq!(read.published_on.as_deref(), Some("2024-03-12"));
    assert_eq!(read.body, sentence);
}

#[test]
fn the_line_of_date_and_source_is_no_head() {
    let read = page(
        TITLE,
        &format!("{TITLE}\n发布时间：2024-03-12 来源：示例区政府 浏览次数：12 【打印】 【关闭】\n{BODY}"),
    );
    assert!(has(&read, "no_head") && read.needs_review());
    assert_eq!(read.source.as_deref(), Some("示例区政府"));
    assert_eq!(value(&read, "浏览次数"), "12");
    assert_eq!(read.body, BODY);
}

#[test]
fn words_of_the_text_are_not_taken_for_a_head() {
    let text = format!("{TITLE}\n{BODY}\n时间：2024年3月12日\n文号：见附件\n来源：统计局\n标题：无");
    let read = page(TITLE, &text);
    assert!(read.printed.is_empty(), "{:?}", read.printed);
    assert!(read.body.ends_with("标题：无"));
    let list = page(
        TITLE,
        &format!("{BODY}\n序号 | 文件名称 | 文号 | 发布机构 |\n1 | 某办法 | 示政发〔2020〕1号 | 区政府 |"),
    );
    assert!(list.printed.is_empty(), "{:?}", list.printed);
}

#[test]
fn a_list_of_documents_above_the_text_is_no_head() {
    let read = page(
        "文件清单",
        "文件名称 | 文号 | 发布机构 | 成文日期 |\n某办法 | 示政发〔2020〕1号 | 区政府 | 2020-01-02 |",
    );
    assert!(has(&read, "no_head"), "{:?}", read.printed);
    assert!(read.body.contains("某办法"));
}

#[test]
fn heads_in_html_tables_lists_and_definition_lists() {
    let head = [
        "<table><tr><td>索 引 号：</td><td>000000000/2024-00017</td><td>发文机关：</td><td>示例区人民政府办公室</td></tr><tr><td>发文字号：</td><td>示政发〔2024〕5号</td><td>发布日期：</td><td>2024年03月12日</td></tr></table>",
        "<ul><li><b>索引号：</b><span>000000000/2024-00017</span></li><li>发布机构：示例区人民政府办公室</li><li>文号：示政发〔2024〕5号</li><li>发布日期：2024-03-12</li></ul>",
        "<dl><dt>索引号</dt><dd>000000000/2024-00017</dd><dt>发布机构</dt><dd>示例区人民政府办公室</dd><dt>文号</dt><dd>示政发〔2024〕5号</dd><dt>发布日期</dt><dd>2024-03-12</dd></dl>",
        "<div><label>索引号：</label>000000000/2024-00017&nbsp;&nbsp;<label>发布机构：</label>示例区人民政府办公室</div><div>文&emsp;号：示政发〔2024〕5号 发布日期：2024-03-12</div>",
    ];
    for head in head {
        let html = format!(
            "<html><head><title>x</title><script>var a='文号：1';</script></head><body><nav>首页</nav>{head}<h1>{TITLE}</h1><p>各镇人民政府，区直各单位：</p><p>《示例区防汛应急预案》<b>已经</b>区政府同意，现予印发。</p><footer>版权所有</footer></body></html>"
        );
        assert_standard(&read_html("https://www.example.gov.cn/a", TITLE, &html, &labels()));
    }
}

#[test]
fn html_tables_of_the_text_keep_their_cells() {
    let html = "<p>索引号：000000000/2024-00017 发布机构：甲 发布日期：2024-03-12</p><p>一、情况</p><table><tr><th>项目</th><th>数量</th></tr><tr><td><p>新收</p></td><td>1|2</td></tr></table>";
    let read = read_html("", "某报告", html, &labels());
    assert_eq!(read.body, "一、情况\n项目 | 数量 |\n新收 | 1｜2 |");
}

#[test]
fn cells_and_bars_on_lines_of_their_own() {
    assert_standard(&page(
        TITLE,
        &format!(
            "索引号\n|\n000000000/2024-00017\n|\n发布机构\n|\n示例区人民政府办公室\n|\n文号\n|\n示政发〔2024〕5号\n|\n发布日期\n|\n2024-03-12\n|\n{TITLE}\n{BODY}"
        ),
    ));
}

#[test]
fn a_title_broken_over_two_lines_and_semicolons_between_pairs() {
    let read = page(
        "",
        &format!(
            "索引号：000000000/2024-00017；文号：示政发〔2024〕5号；\n名称：示例区人民政府关于印发\n示例区防汛应急预案的通知\n发布机构：示例区政府\n{BODY}"
        ),
    );
    assert_eq!(value(&read, "索引号"), "000000000/2024-00017");
    assert_eq!(read.title, TITLE);
    assert_eq!(read.body, BODY);
}

#[test]
fn labels_torn_from_their_values_await_review() {
    let read = page(
        TITLE,
        &format!(
            "索引号：\n文号：\n发布机构：\n000000000/2024-00017\n示政发〔2024〕5号\n示例区政府\n{TITLE}\n{BODY}"
        ),
    );
    assert!(has(&read, "stray_index") && read.needs_review(), "{:?}", read);
}
