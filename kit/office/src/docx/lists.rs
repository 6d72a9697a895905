//! Lists inside lists, opened and closed as the paragraphs of a text come.
//!
//! It does NOT count; the numbers come from the text's numbering.

/// An open list.
struct Open {
    level: u8,
    id: String,
    tag: &'static str,
}

/// The lists that are open, the outermost first.
#[derive(Default)]
pub(super) struct Lists(Vec<Open>);

impl Lists {
    /// Begins an item: `start` is its number in an ordered list, nothing in one without order.
    pub(super) fn item(&mut self, out: &mut String, (id, level): (&str, u8), start: Option<u32>) {
        let tag = if start.is_some() { "ol" } else { "ul" };
        while self.0.last().is_some_and(|open| open.level > level) {
            self.close_one(out);
        }
        match self.0.last() {
            Some(open) if open.level == level && open.tag == tag && open.id == id => {
                out.push_str("</li><li>");
                return;
            }
            Some(open) if open.level == level => self.close_one(out),
            _ => {}
        }
        match start {
            Some(start) if start != 1 => out.push_str(&format!("<ol start=\"{start}\"><li>")),
            _ => out.push_str(&format!("<{tag}><li>")),
        }
        self.0.push(Open { level, id: id.to_owned(), tag });
    }

    /// Ends all lists.
    pub(super) fn close(&mut self, out: &mut String) {
        while !self.0.is_empty() {
            self.close_one(out);
        }
    }

    fn close_one(&mut self, out: &mut String) {
        if let Some(open) = self.0.pop() {
            out.push_str(&format!("</li></{}>", open.tag));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lists;

    #[test]
    fn lists_nest_by_level_and_begin_anew_for_another_kind() {
        let mut out = String::new();
        let mut lists = Lists::default();
        let items = [("1", 0, Some(1)), ("1", 2, None), ("1", 1, None), ("1", 0, Some(2)), ("2", 0, Some(5))];
        for (id, level, start) in items {
            lists.item(&mut out, (id, level), start);
            out.push('x');
        }
        lists.close(&mut out);
        let expected = "<ol><li>x<ul><li>x</li></ul><ul><li>x</li></ul></li><li>x</li></ol><ol start=\"5\"><li>x</li></ol>";
        assert_eq!(out, expected);
    }
}
