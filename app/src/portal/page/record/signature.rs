//! The signature of an official document (发文机关署名, 成文日期) stands at the right, as GB/T 9704 sets it.
//!
//! It only adds a class to paragraphs that are there; it never changes a word.

/// Last characters of names that sign documents.
const SIGNERS: &str = "府局厅委会办室处院心站所队部署镇乡司厂场校区";
/// A name longer than this is a sentence.
const LONGEST_NAME: usize = 30;

/// The body with the signing organ and its date marked `signature`.
pub fn set_signature(html: &str) -> String {
    let parts: Vec<&str> = html.split("<p>").collect();
    let mut marked = vec![false; parts.len()];
    for here in 2..parts.len() {
        // The first paragraph is an address or a title, so a signer is at least the second.
        if is_date(parts[here]) && here > 2 && is_signer(parts[here - 1]) {
            marked[here - 1] = true;
            marked[here] = true;
        }
    }
    let mut set = String::with_capacity(html.len() + 64);
    for (place, part) in parts.iter().enumerate() {
        match (place, marked[place]) {
            (0, _) => {}
            (_, true) => set.push_str("<p class=\"signature\">"),
            (_, false) => set.push_str("<p>"),
        }
        set.push_str(part);
    }
    set
}

/// The text of a paragraph that holds nothing else, up to its end.
fn plain(part: &str) -> Option<&str> {
    let text = part.split_once("</p>")?.0.trim();
    (!text.contains('<')).then_some(text)
}

fn is_signer(part: &str) -> bool {
    let Some(text) = plain(part) else { return false };
    let follows_at_once = part.trim_end().ends_with("</p>");
    let short = text.chars().count() <= LONGEST_NAME;
    follows_at_once && short && text.ends_with(|last| SIGNERS.contains(last))
}

/// Whether a paragraph is a date and nothing else: 2018年11月20日.
fn is_date(part: &str) -> bool {
    let Some(text) = plain(part) else { return false };
    let Some((year, rest)) = text.split_once('年') else { return false };
    let Some((month, day)) = rest.split_once('月') else { return false };
    let digits = |text: &str, most: usize| {
        !text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    year.len() == 4
        && digits(year, 4)
        && digits(month, 2)
        && day.strip_suffix('日').is_some_and(|day| digits(day, 2))
}

#[cfg(test)]
mod tests {
    use super::set_signature;

    #[test]
    fn the_signer_and_its_date_are_marked() {
        let html =
            "<p>各镇：</p><p>请执行。</p><p>松岭区财政局</p>\n<p>2018年3月1日</p><p>（此件公开发布）</p>";
        let set = set_signature(html);
        assert_eq!(set.matches("class=\"signature\"").count(), 2);
        assert_eq!(set.replace(" class=\"signature\"", ""), html, "no word is changed");
    }

    #[test]
    fn sentences_titles_and_dates_alone_are_left_as_they_are() {
        for html in [
            "<p>一、请各镇执行。</p><p>抓紧办理。</p><p>2018年3月1日</p>",
            "<p>松岭区财政局</p><p>2018年3月1日</p><p>正文。</p>",
            "<p>甲</p><p>松岭区财政局</p><h2>附件</h2><p>2018年3月1日</p>",
            "<p>甲</p><p>乙</p><p>松岭区财政局</p><p>自2018年3月1日起施行</p>",
            "",
        ] {
            assert_eq!(set_signature(html), html);
        }
    }
}
