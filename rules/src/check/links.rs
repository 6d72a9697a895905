//! Links of the body: those that lead to no page of the site, and those that leave it. Which is which is looked up by the
//! product; whether a page of others is there is not asked.

use std::collections::HashSet;

use super::{Code, Detail, Finding, Link, Place, Record};

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// To a page of the site, or nowhere in particular (a mail address, a place of the same page).
    Sound,
    /// To a page that the site does not have.
    Dead,
    /// Out of the site.
    Outside,
}

/// Dead links, and outside addresses, each once. `targets` are those of the body's links, in their order.
pub(super) fn links(record: &Record<'_>, targets: &[Target]) -> Vec<Finding> {
    let mut listed = HashSet::new();
    let links = record.body.links.iter().zip(targets);
    links
        .filter_map(|(link, target)| match target {
            Target::Sound => None,
            Target::Dead => Some(finding(record, link, Code::DeadLink)),
            Target::Outside => listed.insert(link.address.as_str()).then(|| {
                finding(record, link, Code::OutsideLink).detail(Detail::Value(link.address.clone()))
            }),
        })
        .collect()
}

fn finding(record: &Record<'_>, link: &Link, code: Code) -> Finding {
    let text = record.body.blocks.get(link.block).and_then(|block| block.text.get(link.range.clone()));
    let excerpt = text.filter(|text| !text.is_empty()).unwrap_or(&link.address);
    Finding::new(code, Place::Block { block: link.block, range: link.range.clone() }, excerpt)
}

#[cfg(test)]
mod tests {
    use super::super::Text;
    use super::*;

    #[test]
    fn dead_links_are_told_and_outside_addresses_listed_once() {
        let mut body = Text::of_lines("见通知和省政府网、省政府网。");
        let link = |from: usize, to: usize, address: &str| Link {
            block: 0,
            range: from..to,
            address: address.to_owned(),
        };
        body.links = vec![
            link(3, 9, "/documents/9"),
            link(12, 24, "https://a.gov.test/"),
            link(27, 39, "https://a.gov.test/"),
        ];
        let found = links(&Record::of("", &body), &[Target::Dead, Target::Outside, Target::Outside]);
        let told: Vec<(Code, &str)> = found.iter().map(|f| (f.code, f.excerpt.as_str())).collect();
        assert_eq!(told, [(Code::DeadLink, "通知"), (Code::OutsideLink, "省政府网")]);
        assert_eq!(links(&Record::of("", &body), &[Target::Sound; 3]), []);
    }
}
