//! What readers with a screen reader depend on (GB/T 37668-2019): text alternatives of pictures, heading levels without
//! gaps, head cells of tables. Colours and the page around are not the record's business.

use super::{BlockKind, Code, Detail, Finding, Mend, Place, Record};

/// The page's own title is the heading of the first level.
const PAGE_LEVEL: u8 = 1;

/// All of it.
pub(super) fn structure(record: &Record<'_>) -> Vec<Finding> {
    let mut findings = headings(record);
    findings.extend(pictures(record));
    findings.extend(tables(record));
    findings
}

fn headings(record: &Record<'_>) -> Vec<Finding> {
    let mut before = PAGE_LEVEL;
    let mut findings = Vec::new();
    for (at, block) in record.body.blocks.iter().enumerate() {
        let BlockKind::Heading(level) = block.kind else { continue };
        if level > before + 1 {
            let place = Place::Block { block: at, range: 0..block.text.len() };
            let skipped = Detail::Count(usize::from(level - before - 1));
            let finding = Finding::new(Code::HeadingSkipped, place, &block.text).detail(skipped);
            findings.push(finding.mend(Mend::HeadingLevel(before + 1)));
        }
        before = level;
    }
    findings
}

fn pictures(record: &Record<'_>) -> impl Iterator<Item = Finding> {
    let pictures = record.body.pictures.iter().enumerate();
    pictures.filter(|(_, picture)| says_nothing(&picture.alt)).map(|(at, picture)| {
        let name = picture.address.rsplit('/').next().unwrap_or_default();
        let excerpt = if picture.alt.is_empty() { name } else { &picture.alt };
        Finding::new(Code::PictureWithoutText, Place::Picture { picture: at }, excerpt)
    })
}

/// Nothing, the name of a file, or only that it is a picture.
fn says_nothing(alt: &str) -> bool {
    let alt = alt.trim().to_lowercase();
    let is_file =
        [".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tmp"].iter().any(|ending| alt.ends_with(ending));
    let rest = alt.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    is_file || ["", "图", "图片", "照片", "image", "img", "picture", "说明"].contains(&rest)
}

fn tables(record: &Record<'_>) -> impl Iterator<Item = Finding> {
    let tables = record.body.tables.iter().enumerate();
    let without = tables.filter(|(_, table)| !table.has_head && table.n_rows > 1 && table.n_columns > 1);
    without.filter_map(|(at, _)| {
        let (block, _, text) = record.body.cells(at).next()?;
        let place = Place::Block { block, range: 0..text.len() };
        Some(Finding::new(Code::TableWithoutHead, place, text).mend(Mend::HeadRow))
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Block, Cell, Picture, Table, Text};
    use super::*;

    #[test]
    fn headings_go_down_one_level_at_a_time() {
        let heading = |level, text: &str| Block { kind: BlockKind::Heading(level), text: text.to_owned() };
        let blocks = vec![heading(2, "一"), heading(4, "（一）"), heading(2, "二"), heading(3, "（一）")];
        let body = Text { blocks, ..Text::default() };
        let found = structure(&Record::of("", &body));
        assert_eq!((found.len(), found[0].excerpt.as_str()), (1, "（一）"));
        assert_eq!(found[0].mend, Some(Mend::HeadingLevel(3)));
    }

    #[test]
    fn pictures_want_words_and_not_the_name_of_a_file() {
        let picture = |alt: &str| Picture { alt: alt.to_owned(), address: "/files/a.png".to_owned() };
        let pictures = ["", "图片1", "IMG_2018.jpg", "防火区域示意图：红色为一级区"].map(picture).to_vec();
        let body = Text { pictures, ..Text::default() };
        let found = structure(&Record::of("", &body));
        let excerpts: Vec<&str> = found.iter().map(|finding| finding.excerpt.as_str()).collect();
        assert_eq!(excerpts, ["a.png", "图片1", "IMG_2018.jpg"]);
    }

    #[test]
    fn tables_want_a_head_unless_they_are_a_single_line() {
        let cell = Cell { table: 0, row: 0, column: 0, n_rows: 1, n_columns: 1, is_head: false };
        let blocks = vec![Block { kind: BlockKind::Cell(cell), text: "乡镇".to_owned() }];
        let of = |n_rows, has_head| {
            let tables = vec![Table { n_rows, n_columns: 2, has_head }];
            let body = Text { blocks: blocks.clone(), tables, ..Text::default() };
            structure(&Record::of("", &body)).len()
        };
        assert_eq!((of(2, false), of(2, true), of(1, false)), (1, 0, 0));
    }
}
