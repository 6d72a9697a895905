//! Comparisons as people read them, and texts made to be slow.

use super::*;
use proptest::prelude::*;

fn marked(old: &str, new: &str) -> Vec<String> {
    compare(old, new)
        .into_iter()
        .map(|block| match block {
            DiffBlock::Same { paragraphs } => format!("={}", paragraphs.len()),
            DiffBlock::Added { text } => format!("+{text}"),
            DiffBlock::Removed { text } => format!("-{text}"),
            DiffBlock::Changed { pieces } => pieces
                .iter()
                .map(|piece| match piece.kind {
                    PieceKind::Same => piece.text.clone(),
                    PieceKind::Deleted => format!("[-{}-]", piece.text),
                    PieceKind::Inserted => format!("[+{}+]", piece.text),
                })
                .collect(),
        })
        .collect()
}

/// The paragraphs of one side, put together again from a comparison.
fn side(blocks: &[DiffBlock], kept: PieceKind) -> Vec<String> {
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            DiffBlock::Same { paragraphs } => lines.extend(paragraphs.iter().cloned()),
            DiffBlock::Added { text } if kept == PieceKind::Inserted => lines.push(text.clone()),
            DiffBlock::Removed { text } if kept == PieceKind::Deleted => lines.push(text.clone()),
            DiffBlock::Added { .. } | DiffBlock::Removed { .. } => {}
            DiffBlock::Changed { pieces } => lines.push(
                pieces
                    .iter()
                    .filter(|piece| piece.kind == PieceKind::Same || piece.kind == kept)
                    .map(|piece| piece.text.as_str())
                    .collect(),
            ),
        }
    }
    lines
}

#[test]
fn numbers_change_whole() {
    assert_eq!(
        marked("补助标准为每人每月 1,250.5 元，占 12%。", "补助标准为每人每月 1,350.5 元，占 15%。"),
        ["补助标准为每人每月 [-1,250.5-][+1,350.5+] 元，占 [-12%-][+15%+]。"]
    );
}

#[test]
fn islands_of_chance_agreement_are_merged() {
    assert_eq!(
        marked("由东门值班人员负责登记和答疑。", "由西区值班小组负责登记和答疑。"),
        ["由[-东门值班人员-][+西区值班小组+]负责登记和答疑。"]
    );
}

#[test]
fn unchanged_paragraphs_fold_and_new_ones_are_added_where_they_stand() {
    assert_eq!(
        marked("一、总则\n二、范围\n三、附则", "一、总则\n二、范围\n（新增）本办法所称演示数据。\n三、附则"),
        ["=2", "+（新增）本办法所称演示数据。", "=1"]
    );
}

#[test]
fn a_changed_paragraph_is_matched_although_another_came_before_it() {
    let old = "开头\n申请人应当提交身份证明和申请表。\n结尾";
    let new = "开头\n窗口设在演示大厅二楼。\n申请人应当提交身份证明、申请表和授权书。\n结尾";
    let found = marked(old, new);
    assert_eq!(found[1], "+窗口设在演示大厅二楼。");
    assert!(found[2].starts_with("申请人应当提交身份证明"), "{found:?}");
    assert_eq!(found.len(), 4);
}

#[test]
fn paragraphs_with_little_in_common_are_replaced_as_a_whole() {
    assert_eq!(marked("甲乙丙丁戊己庚辛", "春夏秋冬东南西北"), ["-甲乙丙丁戊己庚辛", "+春夏秋冬东南西北"]);
}

#[test]
fn equal_texts_have_no_changes_and_blanks_do_not_count() {
    let blocks = compare("　一\n\n二  \n", "一\n二");
    assert_eq!(count(&blocks), DiffCount::default());
    assert_eq!(compare("", ""), []);
}

#[test]
fn changes_are_counted_by_kind() {
    let counted = count(&compare("第一段内容不变\n第二段写作甲\n要删掉的", "第一段内容不变\n第二段写作乙"));
    assert_eq!(counted, DiffCount { n_changed: 1, n_added: 0, n_removed: 1 });
}

/// Pseudo-random but fixed: a linear congruence.
fn noise(seed: u64, n: usize) -> impl Iterator<Item = u64> {
    (0..n).scan(seed, |state, _| {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Some(*state >> 33)
    })
}

#[test]
fn a_megabyte_without_anything_in_common_still_ends() {
    let lines = |seed| noise(seed, 90_000).map(|n| format!("{}\n", n % 50_000)).collect::<String>();
    let (old, new) = (lines(1), lines(2));
    let blocks = compare(&old, &new);
    assert_eq!(side(&blocks, PieceKind::Deleted), old.lines().collect::<Vec<_>>());
    assert_eq!(side(&blocks, PieceKind::Inserted), new.lines().collect::<Vec<_>>());
}

#[test]
fn a_megabyte_in_one_paragraph_still_ends() {
    let text = |seed| {
        noise(seed, 300_000).filter_map(|n| char::from_u32(0x4e00 + n as u32 % 40)).collect::<String>()
    };
    let (old, new) = (text(1), text(2));
    let blocks = compare(&old, &new);
    assert_eq!(side(&blocks, PieceKind::Deleted), [old]);
    assert_eq!(side(&blocks, PieceKind::Inserted), [new]);
}

#[test]
fn a_long_text_with_one_change_shows_only_that() {
    let old: String = (0..40_000).map(|n| format!("第{n}段演示数据\n")).collect();
    let new = old.replace("第20000段演示数据", "第20000段演示资料");
    assert_eq!(marked(&old, &new), ["=20000", "第20000段演示[-数据-][+资料+]", "=19999"]);
}

proptest! {
    #[test]
    fn both_texts_can_be_put_together_again(
        old in prop::collection::vec("[甲乙丙1a，。 ]{0,9}", 0..12),
        new in prop::collection::vec("[甲乙丙1a，。 ]{0,9}", 0..12),
    ) {
        let (old, new) = (old.join("\n"), new.join("\n"));
        let blocks = compare(&old, &new);
        prop_assert_eq!(side(&blocks, PieceKind::Deleted), paragraphs(&old));
        prop_assert_eq!(side(&blocks, PieceKind::Inserted), paragraphs(&new));
    }

    #[test]
    fn hostile_texts_never_panic(old: String, new: String) {
        compare(&old, &new);
    }
}
