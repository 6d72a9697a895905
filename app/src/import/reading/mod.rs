//! Reads disclosure pages as governments printed them: the metadata head in its many layouts, the title, the text, and
//! every doubt a person should settle. Text in, [`ReadPage`] out; it stores nothing, fetches nothing and corrects nothing.

mod body;
mod clone;
mod dates;
mod doubts;
mod fields;
mod head;
mod html;
mod labels;
mod lines;
mod numbers;
mod pairs;
mod rows;
mod structure;
mod unlabelled;
mod zone;

#[cfg(test)]
mod tests;

pub use doubts::Doubt;
pub use labels::{Field, HeadLabels};
pub use structure::text_to_html;

/// What was read from one page. Texts are as printed; dates are `YYYY-MM-DD`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadPage {
    /// Every label of the head in order (blanks inside it squeezed out) with its value as printed; empty stays empty.
    pub printed: Vec<(String, String)>,
    /// The title; the note without its brackets when there is nothing better.
    pub title: String,
    /// 索引号
    pub index_number: Option<String>,
    /// 文号 as printed in the head, or else under the title.
    pub document_number: Option<String>,
    /// The form GB/T 9704 wants, when the printed one differs and can be read.
    pub document_number_proposal: Option<String>,
    /// 发布机构 / 发文机关
    pub issuing_organ: Option<String>,
    /// 责任部门
    pub responsible_organ: Option<String>,
    /// 来源
    pub source: Option<String>,
    /// 成文日期
    pub written_on: Option<String>,
    /// 发布日期
    pub published_on: Option<String>,
    /// 生效日期
    pub in_force_on: Option<String>,
    /// 废止日期
    pub repealed_on: Option<String>,
    /// 失效日期
    pub expires_on: Option<String>,
    /// 有效性 as printed
    pub validity: Option<String>,
    /// 主题分类
    pub subject_category: Option<String>,
    /// 体裁分类
    pub genre: Option<String>,
    /// 公开方式 / 公开属性
    pub disclosure_class: Option<String>,
    /// 内容概述
    pub summary: Option<String>,
    /// 主题词 / 关键词
    pub keywords: Vec<String>,
    /// The text of the document, one paragraph or table row a line.
    pub body: String,
    /// Lines of the page that are neither head nor text: menus, toolbars, the repeated title.
    pub left_out: Vec<String>,
    /// What a person should look at; see [`Doubt::blocks`].
    pub doubts: Vec<Doubt>,
}

impl ReadPage {
    /// Whether a person must look before the record may go live.
    #[cfg(test)]
    pub fn needs_review(&self) -> bool {
        self.doubts.iter().any(Doubt::blocks)
    }
}

/// Reads a page given as text. `url` may be empty (a file); `title` is what a list calls the page, and may be empty.
pub fn read_text(url: &str, title: &str, text: &str, labels: &HeadLabels) -> ReadPage {
    let lines: Vec<&str> = text.split(['\n', '\r', '\u{2028}', '\u{85}']).collect();
    let note = note_title(title);
    let listed = if note.is_some() { "" } else { title.trim() };
    let head = head::find_head(&lines, listed, labels);
    let mut page = ReadPage {
        printed: head.pairs.iter().map(|pair| (pair.label.clone(), pair.value.clone())).collect(),
        ..ReadPage::default()
    };
    fields::fill(&mut page, &head.pairs);
    if page.published_on.is_none() && !head.unlabelled {
        page.published_on = head::loose_date(&lines, &head);
    }
    let head_title = fields::text_of(&head.pairs, Field::Title);
    let known = choose_title(listed, head_title.as_deref(), labels, &mut page.doubts);
    let beforehand = match (known.as_str(), note) {
        ("", None) => body::Known::Nothing,
        ("", Some(_)) => body::Known::Note,
        (title, _) => body::Known::Title(title),
    };
    let sorted = body::sort(&lines, &head, beforehand, labels);
    page.title = if known.is_empty() { sorted.title.clone().unwrap_or_default() } else { known };
    if note.is_some_and(|note| is_rest_of(&page.title, note, labels)) {
        page.title.clear();
    }
    settle_title(&mut page, note);
    fields::settle_number(&mut page, &sorted.near_title);
    fields::doubt_dates(&mut page);
    page.body = sorted.body.join("\n");
    page.left_out = sorted.left_out;
    doubt_head(&mut page, &head);
    page.doubts.extend(clone::doubts(url, title, text, labels));
    page
}

/// Reads a page given as HTML; heads in tables, definition lists and bullets become the text layouts of [`read_text`].
pub fn read_html(url: &str, title: &str, html: &str, labels: &HeadLabels) -> ReadPage {
    let (text, own_title) = html::to_text(html);
    let title = if title.trim().is_empty() { own_title.as_str() } else { title };
    read_text(url, title, &text, labels)
}

/// `(某县某预案)`: lists write a note in brackets where a page has no title.
fn note_title(title: &str) -> Option<&str> {
    let title = title.trim();
    let inner = title.strip_prefix(['(', '（'])?.strip_suffix([')', '）'])?;
    let nested = inner.find([')', '）']).is_some_and(|close| inner[..close].find(['(', '（']).is_none());
    (!nested).then_some(inner)
}

/// Whether the title found on the page is only the end or the middle of what the note says.
fn is_rest_of(found: &str, note: &str, labels: &HeadLabels) -> bool {
    let (found, note) = (lines::title_key(found, labels), lines::title_key(note, labels));
    found.chars().count() < note.chars().count() && note.contains(&found)
}

/// The listed title, unless the head prints a better one (a cut title ends with dots).
fn choose_title(listed: &str, head: Option<&str>, labels: &HeadLabels, doubts: &mut Vec<Doubt>) -> String {
    let Some(head) = head else {
        return listed.to_owned();
    };
    let cut = head.trim_end_matches(['.', '…', '。']);
    if listed.is_empty() {
        return head.to_owned();
    }
    let (a, b) = (lines::title_key(cut, labels), lines::title_key(listed, labels));
    if !a.contains(&b) && !b.contains(&a) {
        doubts.push(Doubt::TitleDiffers { head: head.to_owned(), page: listed.to_owned() });
    }
    listed.to_owned()
}

fn settle_title(page: &mut ReadPage, note: Option<&str>) {
    if page.title.is_empty() {
        match note {
            Some(note) => {
                page.title = note.to_owned();
                page.doubts.push(Doubt::TitleIsNote(note.to_owned()));
            }
            None => page.doubts.push(Doubt::TitleMissing),
        }
    }
    // 【已失效】某通知: some sites state validity in front of the title only.
    if page.validity.is_none()
        && let Some((mark, _)) = page.title.strip_prefix('【').and_then(|rest| rest.split_once('】'))
        && (unlabelled::is_validity(mark))
    {
        page.validity = Some(mark.to_owned());
    }
}

fn doubt_head(page: &mut ReadPage, head: &head::Head) {
    if !head.present {
        page.doubts.insert(0, Doubt::NoHead);
    }
    if head.unlabelled {
        let bare = head.pairs.iter().filter(|pair| !pair.marked);
        let names: Vec<String> = bare.map(|pair| format!("“{}”", pair.label)).collect();
        page.doubts.push(Doubt::UnlabelledValues(names.join("、")));
    }
    let stray = page.left_out.iter().find(|line| numbers::looks_like_index_number(line));
    if let Some(stray) = stray.filter(|_| head.present && page.index_number.is_none()) {
        page.doubts.push(Doubt::StrayIndex(stray.trim().to_owned()));
    }
    if page.body.is_empty() {
        page.doubts.push(Doubt::EmptyBody);
    }
}
