//! The reference files load, point to each other and cover the law; errors name file and line.

use std::collections::HashSet;

use jiff::civil::date;

use super::reading::Source;
use super::*;

fn reference() -> Reference {
    Reference::load().unwrap()
}

#[test]
fn everything_loads_and_is_found_by_its_code() {
    let reference = reference();
    assert_eq!(reference.content_types.len(), 25);
    assert_eq!(reference.subject_categories.len(), 22);
    assert_eq!(reference.key_areas.len(), 6);
    assert_eq!(reference.column_types.len(), 18);
    assert_eq!(reference.footer_items.len(), 7);
    assert_eq!(reference.content_types.iter().next().unwrap().code, "normative_document");
    assert!(reference.content_types.get("no such type").is_none());
    assert_eq!(reference.themes.default_theme().main, "#174C7C");
}

#[test]
fn the_calendar_counts_over_the_spring_festival() {
    let calendar = reference().calendar;
    let due = calendar.add_working_days(date(2018, 2, 9), 20).unwrap();
    assert_eq!(due, date(2018, 3, 14));
    assert!(calendar.source_of(date(2018, 2, 15)).unwrap().contains("gov.cn"));
}

#[test]
fn every_statutory_item_and_key_area_has_a_column() {
    let reference = reference();
    let columns = &reference.standard_columns;
    for item in &reference.statutory_items {
        let covered = columns.iter().any(|column| column.statutory_items.contains(&item.code));
        assert!(covered, "no column for {} {}", item.code, item.name);
        let types = &reference.content_types;
        let covered = types.iter().any(|kind| kind.statutory_items.contains(&item.code));
        assert!(covered, "no content type for {} {}", item.code, item.name);
    }
    for area in &reference.key_areas {
        let n = columns.iter().filter(|column| column.key_area.as_ref() == Some(&area.code)).count();
        assert_eq!(n, 1, "{}", area.code);
    }
    let article_20 = reference.statutory_items.iter().filter(|item| item.article == 20);
    assert!(article_20.map(|item| item.number).eq(1..=15));
}

#[test]
fn no_content_type_is_unused_and_no_genre_repeats_another() {
    let reference = reference();
    for kind in &reference.content_types {
        let used = reference.standard_columns.iter().any(|c| c.content_types.contains(&kind.code));
        assert!(used, "no column takes {}", kind.code);
        assert!(kind.head.iter().any(|entry| entry.field == HeadField::Title), "{}", kind.code);
        for field in kind.required_fields() {
            assert!(!field.is_computed(), "{} requires a computed {field:?}", kind.code);
        }
    }
    let mut endings = HashSet::new();
    for genre in &reference.genres {
        for ending in &genre.title_endings {
            assert!(endings.insert(ending), "{ending} stands in two genres");
        }
    }
}

#[test]
fn names_are_unique_and_column_keywords_are_not_empty() {
    let reference = reference();
    let mut names = HashSet::new();
    for column in &reference.standard_columns {
        assert!(names.insert(&column.name), "{} twice", column.name);
        assert!(!column.keywords.is_empty() && !column.description.is_empty(), "{}", column.code);
    }
    let mut codes = HashSet::new();
    for category in &reference.subject_categories {
        for child in &category.children {
            assert!(codes.insert(&child.code) && child.code.starts_with(&category.code));
        }
    }
}

#[test]
fn the_code_of_a_head_field_is_the_one_in_the_files() {
    let reference = reference();
    let fields = reference.content_types.iter().flat_map(|kind| &kind.head);
    for entry in fields {
        let json = format!("\"{}\"", entry.field.code());
        assert_eq!(serde_json::from_str::<HeadField>(&json).unwrap(), entry.field);
    }
}

#[test]
fn printed_subjects_are_matched_by_name() {
    let reference = reference();
    for (printed, code) in [
        ("综合政务\\政务公开", Some("0201")),
        ("综合政务", Some("02")),
        ("综合政务\\没有的", Some("02")),
        ("卫生、体育\\卫生", Some("1301")),
        ("林业", Some("0602")),
        ("其他", Some("22")),
        ("县(市)区", None),
        ("", None),
    ] {
        let found = reference.subject_by_printed(printed);
        let found =
            found.map(|found| found.child.map_or(found.category.code.as_str(), |child| child.code.as_str()));
        assert_eq!(found, code, "{printed}");
    }
    assert_eq!(reference.subject_by_printed("政务公开").unwrap().path(), "综合政务\\政务公开");
}

#[test]
fn genres_are_matched_by_name_and_by_the_end_of_a_title() {
    let reference = reference();
    let code = |genre: Option<&Genre>| genre.map(|genre| genre.code.clone());
    for (title, expected) in [
        ("演示数据：关于开展某项工作的通知", Some("notice")),
        ("演示数据：关于某项目的批复（试行）", Some("reply")),
        ("演示数据：某事的会议纪要", Some("minutes")),
        ("演示数据：关于某事的复函", Some("letter")),
        ("演示数据：某处概况", None),
    ] {
        assert_eq!(code(reference.genre_by_title(title)).as_deref(), expected, "{title}");
    }
    assert_eq!(code(reference.genre_by_printed("通 知")).as_deref(), Some("notice"));
    assert_eq!(code(reference.genre_by_printed("命令（令）")).as_deref(), Some("order"));
    assert_eq!(code(reference.genre_by_printed("部门文件")), None);
}

#[test]
fn levels_bind_the_items_of_the_law() {
    let reference = reference();
    let n = |level| reference.statutory_items.iter().filter(|item| item.binds(level)).count();
    assert_eq!(n(StatutoryLevel::County), 22);
    assert_eq!(n(StatutoryLevel::Town), 22);
    assert_eq!(n(StatutoryLevel::None), 15);
}

/// Loads the files with one text changed and gives the error as the administrator reads it.
fn error_after(file: &str, from: &str, to: &str) -> String {
    Reference::from_source(&Source::edited(file, from, to)).unwrap_err().to_string()
}

#[test]
fn an_unknown_code_is_named_with_file_and_line() {
    let error = error_after("content_types/notice.toml", "\"public_notice\"", "\"shout\"");
    assert!(error.starts_with("reference/content_types/notice.toml 第 8 行：default_genre"), "{error}");
    assert!(error.contains("“shout”") && error.contains("genres.toml"), "{error}");
    for (from, property) in [
        ("column_type = \"news\"", "column_type"),
        ("content_types = [\"government_news\"]", "content_types"),
        ("statutory_items = [\"art20-15\"]", "statutory_items"),
        ("key_area = \"public-resources\"", "key_area"),
    ] {
        let is_list = from.ends_with(']');
        let to = format!("{property} = {}", if is_list { "[\"nowhere\"]" } else { "\"nowhere\"" });
        let error = error_after("standard_columns.toml", from, &to);
        assert!(error.contains(property) && error.contains("nowhere"), "{error}");
    }
}

#[test]
fn a_duplicate_code_is_named_with_the_line_of_the_second() {
    let error = error_after("genres.toml", "code = \"decision\"", "code = \"resolution\"");
    assert!(error.starts_with("reference/genres.toml 第 11 行：代码“resolution”出现两次"), "{error}");
}

#[test]
fn an_unknown_or_missing_property_is_named_with_its_line() {
    let error = error_after("key_areas.toml", "basis = ", "bassis = ");
    assert!(error.contains("reference/key_areas.toml 第 9 行") && error.contains("bassis"), "{error}");
    let error = error_after("content_types/notice.toml", "needs_attachment = false\n", "");
    assert!(error.contains("needs_attachment"), "{error}");
    let error = error_after("themes.toml", "paper = \"", "paper = ");
    assert!(error.starts_with("reference/themes.toml 第 5 行"), "{error}");
    let error = error_after("footer_items.toml", "[[item]]", "[[itme]]");
    assert!(error.contains("itme"), "{error}");
}

#[test]
fn wrong_order_wrong_names_and_faint_colours_are_refused() {
    let error = error_after("standard_columns.toml", "parent = \"\"", "parent = \"leaders\"");
    assert!(error.contains("应当排在上级栏目“leaders”之后"), "{error}");
    let error = error_after("content_types/notice.toml", "code = \"notice\"", "code = \"notices\"");
    assert!(error.contains("文件名应当与代码“notices”一致"), "{error}");
    let error = error_after("themes.toml", "#A52A1E", "#FFB0A0");
    assert!(error.contains("颜色“vermilion”不合格"), "{error}");
    let error = error_after("themes.toml", "#8FB8DE", "#174C7C");
    assert!(error.contains("深色底"), "{error}");
    let error = error_after("themes.toml", "default_theme = \"indigo\"", "default_theme = \"x\"");
    assert!(error.contains("default_theme"), "{error}");
    let error = error_after("calendar/holidays.toml", "2018-02-15", "2018-02-32");
    assert!(error.contains("“2018-02-32”不是日期"), "{error}");
    let title = "field = \"title\"";
    let error = error_after("content_types/notice.toml", title, "field = \"summary\"");
    assert!(error.contains("著录项“summary”出现两次"), "{error}");
}
