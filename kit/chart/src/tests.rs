//! What the pictures must hold to, measured on the SVG they write.

use proptest::prelude::*;

use crate::{look::Tone, *};

const KINDS: [Kind; 8] = [
    Kind::Bar,
    Kind::Column,
    Kind::StackedBar,
    Kind::StackedColumn,
    Kind::Line,
    Kind::Ring,
    Kind::Calendar,
    Kind::Funnel,
];
const WIDTHS: [u32; 5] = [280, 343, 480, 720, 1200];

fn figure(kind: Kind, names: &[&str], series: &[(&str, &[f64])]) -> Figure {
    Figure {
        kind,
        title: "演示图".into(),
        takeaway: "一句话说明".into(),
        unit: "件".into(),
        category: "月份".into(),
        categories: names.iter().map(|name| (*name).to_owned()).collect(),
        series: series.iter().map(|(name, values)| Series::new(*name, values.to_vec())).collect(),
    }
}

/// The value of an attribute of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let rest = tag.split(&format!(" {name}=\"")).nth(1)?;
    rest.split('"').next()
}

fn number(tag: &str, name: &str) -> f64 {
    attribute(tag, name).map_or(0.0, |value| value.parse().unwrap())
}

/// Every tag of a name, with what follows up to the next tag.
fn tags<'a>(svg: &'a str, name: &str) -> Vec<(&'a str, &'a str)> {
    let start = format!("<{name} ");
    let rest = svg.split(start.as_str()).skip(1);
    rest.map(|rest| {
        let (tag, after) = rest.split_once('>').unwrap();
        (
            &svg[tag.as_ptr() as usize - svg.as_ptr() as usize - 1..][..tag.len() + 1],
            after.split('<').next().unwrap(),
        )
    })
    .collect()
}

fn size(svg: &str) -> (f64, f64) {
    let (tag, _) = tags(svg, "svg")[0];
    (number(tag, "width"), number(tag, "height"))
}

/// Left, right, top, bottom of every text.
fn text_boxes(svg: &str) -> Vec<([f64; 4], String)> {
    let of = |(tag, text): (&str, &str)| {
        let size = number(tag, "font-size");
        let text =
            text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("&quot;", "\"");
        let width = crate::text::text_width(&text, size);
        let x = number(tag, "x");
        let left = match attribute(tag, "text-anchor") {
            Some("middle") => x - width / 2.0,
            Some("end") => x - width,
            _ => x,
        };
        let y = number(tag, "y");
        ([left, left + width, y - size * 0.72, y + size * 0.08], text)
    };
    tags(svg, "text").into_iter().map(of).collect()
}

/// Every text and every mark inside the picture, and no text over another.
fn check(svg: &str) {
    let (width, height) = size(svg);
    let boxes = text_boxes(svg);
    for (at, ([left, right, top, bottom], text)) in boxes.iter().enumerate() {
        assert!(*left >= -0.6 && *right <= width + 0.6, "{text} from {left} to {right} of {width}\n{svg}");
        assert!(*top >= -0.6 && *bottom <= height + 0.6, "{text} from {top} to {bottom} of {height}\n{svg}");
        for ([other_left, other_right, other_top, other_bottom], other) in &boxes[at + 1..] {
            let apart = right <= &(other_left + 0.6)
                || other_right <= &(left + 0.6)
                || bottom <= other_top
                || other_bottom <= top;
            assert!(apart, "{text} and {other} touch at {width}\n{svg}");
        }
    }
    for (tag, _) in tags(svg, "rect") {
        let (x, y) = (number(tag, "x"), number(tag, "y"));
        assert!(x >= -0.6 && x + number(tag, "width") <= width + 0.6, "{tag} leaves {width}");
        assert!(y >= -0.6 && y + number(tag, "height") <= height + 0.6, "{tag} leaves {height}");
    }
    for attribute_name in ["points", "d"] {
        for element in ["polyline", "polygon", "path"] {
            for (tag, _) in tags(svg, element) {
                let places = attribute(tag, attribute_name).unwrap_or("");
                assert!(!places.contains("NaN") && !places.contains("inf"), "{tag}");
            }
        }
    }
    for (tag, _) in tags(svg, "polyline").into_iter().chain(tags(svg, "polygon")) {
        for point in attribute(tag, "points").unwrap().split(' ') {
            let (x, y) = point.split_once(',').unwrap();
            let (x, y): (f64, f64) = (x.parse().unwrap(), y.parse().unwrap());
            assert!(
                (-0.6..=width + 0.6).contains(&x) && (-0.6..=height + 0.6).contains(&y),
                "{point} outside"
            );
        }
    }
}

fn check_all(figure: &Figure) {
    for width in WIDTHS {
        for look in [Look::Page, Look::Paper(Palette::BLUE), Look::Sheet(Palette::GREY)] {
            check(&figure.draw(&look, width));
        }
    }
}

/// The marks' places and sizes: x, y, width, height.
fn marks(svg: &str) -> Vec<[f64; 4]> {
    let strong = |(tag, _): &(&str, &str)| tag.contains("chart-main");
    let place = |(tag, _): (&str, &str)| ["x", "y", "width", "height"].map(|name| number(tag, name));
    tags(svg, "rect").into_iter().filter(strong).map(place).collect()
}

#[test]
fn bars_are_as_long_as_their_numbers_and_start_at_zero() {
    let svg = figure(Kind::Bar, &["甲", "乙", "丙", "丁"], &[("", &[50.0, 25.0, 0.0, 100.0])])
        .draw(&Look::Page, 720);
    let marks = marks(&svg);
    assert_eq!(marks.len(), 3, "nothing is drawn for nothing");
    assert!((marks[0][2] / marks[1][2] - 2.0).abs() < 0.01 && (marks[2][2] / marks[0][2] - 2.0).abs() < 0.01);
    assert!(marks.iter().all(|mark| (mark[0] - marks[0][0]).abs() < 0.01));
}

#[test]
fn columns_stand_on_the_zero_line_and_are_as_high_as_their_numbers() {
    let svg =
        figure(Kind::Column, &["1月", "2月", "3月"], &[("", &[10.0, 20.0, 40.0])]).draw(&Look::Page, 720);
    let marks = marks(&svg);
    assert!((marks[1][3] / marks[0][3] - 2.0).abs() < 0.01 && (marks[2][3] / marks[0][3] - 4.0).abs() < 0.01);
    let feet: Vec<f64> = marks.iter().map(|mark| mark[1] + mark[3]).collect();
    assert!(feet.windows(2).all(|pair| (pair[0] - pair[1]).abs() < 0.02), "{feet:?}");
    let base = tags(&svg, "line").into_iter().find(|(tag, _)| tag.contains("chart-base")).unwrap().0;
    assert!((number(base, "y1") - feet[0]).abs() <= 1.0);
}

#[test]
fn the_parts_of_a_stack_stand_on_each_other_and_have_their_numbers() {
    let svg =
        figure(Kind::StackedColumn, &["1月", "2月"], &[("按时", &[30.0, 20.0]), ("超期", &[10.0, 0.0])])
            .draw(&Look::Page, 720);
    let marks: Vec<[f64; 4]> = marks(&svg).into_iter().filter(|mark| mark[2] > 20.0).collect();
    let (lower, upper) = (marks[0], marks[1]);
    assert!(upper[1] + upper[3] <= lower[1] && upper[1] + upper[3] > lower[1] - 3.0);
    for text in [">30</text>", ">10</text>", ">40</text>", ">20</text>"] {
        assert!(svg.contains(text), "{text}");
    }
}

#[test]
fn a_ring_never_says_all_when_something_is_missing() {
    let ring = figure(Kind::Ring, &["按时", "超期"], &[("", &[99_999.0, 1.0])]);
    let svg = ring.draw(&Look::Page, 720);
    assert!(svg.contains(">99.9%</text>") && svg.contains("0.1%") && !svg.contains("100%"));
    assert!(
        figure(Kind::Ring, &["按时", "超期"], &[("", &[9.0, 0.0])]).draw(&Look::Page, 720).contains(">100%<")
    );
}

#[test]
fn a_calendar_has_a_field_for_every_day_of_the_year() {
    let calendar = figure(Kind::Calendar, &["2020-02-29", "2020-11-16"], &[("", &[1.0, 41.0])]);
    for width in [343, 720] {
        let svg = calendar.draw(&Look::Page, width);
        let busy = tags(&svg, "rect").into_iter().filter(|(tag, _)| number(tag, "width") != 12.0).count();
        let quiet = attribute(tags(&svg, "path")[0].0, "d").unwrap().matches('M').count();
        assert_eq!((busy, quiet), (2, 364));
        assert!(
            svg.contains("<title>11月16日：41 件</title>") && svg.contains("最多的一天：11月16日，41 件")
        );
    }
    check_all(&calendar);
}

#[test]
fn labels_are_escaped_and_a_page_gets_no_styles_ids_or_colours() {
    for kind in KINDS {
        let mut evil =
            figure(kind, &["<script>&\"甲\u{1}", "乙"], &[("<i>", &[1.0, 2.0]), ("b", &[3.0, 1.0])]);
        evil.title = "</title><script>".into();
        evil.unit = "<b>".into();
        let svg = evil.draw(&Look::Page, 720);
        assert!(
            !svg.contains("<script")
                && !svg.contains("<b>")
                && !svg.contains("<i>")
                && !svg.contains('\u{1}')
        );
        assert!(!svg.contains("style") && !svg.contains(" id="));
        assert!(svg.contains("role=\"img\"") && svg.contains("<title>") && svg.contains("<desc>"));
        assert!(!svg.replace("#fff", "").contains("=\"#"), "a page has its own colours: {svg}");
        let paper = evil.draw(&Look::Paper(Palette::BLUE), 720);
        assert!(!paper.contains("chart-"), "what stands alone needs no style sheet");
    }
}

#[test]
fn long_names_are_shortened_in_the_picture_and_whole_in_the_table_and_under_the_pointer() {
    let long = "特别长的演示名称".repeat(8);
    for kind in KINDS {
        let figure = figure(kind, &[&long, "短"], &[("", &[12_345_678.0, 1.0])]);
        check_all(&figure);
        assert_eq!(figure.table().rows[0], [long.clone(), "12,345,678".to_owned()]);
        if kind != Kind::Calendar {
            assert!(figure.draw(&Look::Page, 343).contains(&format!("<title>{long}：")), "{kind:?}");
        }
    }
}

#[test]
fn nothing_one_thing_and_very_much_can_be_drawn() {
    let names: Vec<String> = (0..60).map(|n| format!("第{n}个名称")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let huge: Vec<f64> = (0..60).map(|n| 1e15 / f64::from(n + 1)).collect();
    for kind in KINDS {
        check_all(&figure(kind, &[], &[]));
        check_all(&figure(kind, &["甲"], &[("", &[0.0])]));
        check_all(&figure(kind, &["甲"], &[("", &[f64::NAN])]));
        check_all(&figure(kind, &["2018-01-01"], &[("", &[7.0])]));
        check_all(&figure(kind, &names, &[("", &huge)]));
        check_all(&figure(kind, &["甲", "乙"], &[("", &[1e300, f64::INFINITY])]));
    }
}

#[test]
fn the_sentence_tells_sum_parts_greatest_and_least() {
    let stacked = figure(
        Kind::StackedColumn,
        &["1月", "2月", "3月", "4月"],
        &[("按时", &[30.0, 1200.0, 31.0, 32.0]), ("超期", &[10.0, 0.0, 9.0, 9.0])],
    );
    assert_eq!(
        stacked.text_alternative(),
        "演示图：共 4 项，合计 1,321 件，其中按时 1,293 件、超期 28 件；最多的是2月（1,200 件），最少的是1月（40 件）。"
    );
    let compared = Figure { kind: Kind::Column, ..stacked };
    assert!(!compared.text_alternative().contains("合计"), "years are not added up");
    assert_eq!(figure(Kind::Bar, &[], &[]).text_alternative(), "演示图：暂无数据。");
    assert_eq!(
        figure(Kind::Ring, &["按时", "超期"], &[("", &[3.0, 1.0])]).text_alternative(),
        "演示图：合计 4 件；按时 3 件，占 75%；超期 1 件，占 25%。"
    );
    assert_eq!(
        figure(Kind::Line, &["2016", "2017", "2018"], &[("网站", &[3.0, 9.0, 4.0])]).text_alternative(),
        "演示图：网站从2016 3 件到2018 4 件，最高2017 9 件。"
    );
    assert_eq!(
        figure(Kind::Funnel, &["收到", "办结"], &[("", &[10.0, 8.0])]).text_alternative(),
        "演示图：收到 10 件，办结 8 件（上一步的 80%）。"
    );
}

#[test]
fn the_table_has_a_column_for_each_series_and_the_sum_of_what_is_stacked() {
    let stacked = figure(Kind::StackedBar, &["1月"], &[("按时", &[30.0]), ("超期", &[10.0])]);
    assert_eq!(stacked.table().head, ["月份", "按时（件）", "超期（件）", "合计（件）"]);
    assert_eq!(stacked.table().rows, [["1月", "30", "10", "40"]]);
    assert_eq!(figure(Kind::Bar, &["1月"], &[("", &[f64::NAN])]).table().rows, [["1月", "—"]]);
}

#[test]
fn ticks_are_the_expected_round_numbers() {
    assert_eq!(ticks(69.0, 4, true).values, [0.0, 20.0, 40.0, 60.0, 80.0]);
    assert_eq!(ticks(0.9, 4, false).values, [0.0, 0.25, 0.5, 0.75, 1.0]);
    assert_eq!(ticks(3.0, 4, true).values, [0.0, 1.0, 2.0, 3.0]);
    assert_eq!(ticks(0.0, 4, true).values, [0.0, 1.0]);
    assert_eq!(format_number(1234.5), "1,234.5");
}

/// WCAG 2.2: text 4.5 to 1 (1.4.3), what a mark is known by 3 to 1 (1.4.11): its fill or its outline.
#[test]
fn colours_can_be_told_from_the_paper_and_texts_from_what_they_stand_on() {
    for palette in [Palette::BLUE, Palette::GREY, Palette::with_main(Rgb(0xa5, 0x2a, 0x1e))] {
        assert!(palette.ink.contrast(palette.paper) >= 7.0 && palette.soft.contrast(palette.paper) >= 4.5);
        for series in 0..6 {
            let tone = Tone::of_series(series);
            let hue = if tone.hue == look::Hue::Main { palette.main } else { palette.ink };
            let fill = hue.over(palette.paper, tone.strength);
            let edge = if tone.outlined { hue } else { fill };
            assert!(edge.contrast(palette.paper) >= 3.0, "series {series} on paper");
            let text = if tone.voice() == text::Voice::On { palette.paper } else { palette.ink };
            assert!(text.contrast(fill) >= 4.5, "a number on series {series}: {}", text.contrast(fill));
        }
    }
}

/// Neighbours of a stack differ without colour: in hatching, or in brightness by 1.8 to 1 and more.
#[test]
fn neighbouring_series_differ_in_grey() {
    for palette in [Palette::BLUE, Palette::GREY] {
        for series in 0..5 {
            let (a, b) = (Tone::of_series(series), Tone::of_series(series + 1));
            let fill = |tone: Tone| {
                let hue = if tone.hue == look::Hue::Main { palette.main } else { palette.ink };
                hue.over(palette.paper, tone.strength)
            };
            assert!(
                a.hatched != b.hatched || fill(a).contrast(fill(b)) >= 1.8,
                "series {series} and the next"
            );
        }
    }
}

#[test]
fn a_picture_becomes_a_png_of_the_wanted_width() {
    let Ok(fonts) = png::Fonts::load(&png::Fonts::usual_places(), "Noto Sans CJK SC") else {
        println!("skipped: the fonts are not installed");
        return;
    };
    let svg = figure(Kind::Bar, &["甲", "乙"], &[("", &[1.0, 2.0])]).draw(&Look::Sheet(Palette::BLUE), 360);
    let bytes = png::png(&svg, 720, &fonts).unwrap();
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
    assert_eq!(bytes[16..20], 720_u32.to_be_bytes());
    assert!(png::png("<p>", 720, &fonts).is_err() && png::png(&svg, 0, &fonts).is_err());
}

proptest! {
    #[test]
    fn ticks_are_round_start_at_zero_and_reach_the_greatest(greatest in 1e-6_f64..1e12, most in 1_usize..9) {
        let found = ticks(greatest, most, false);
        prop_assert_eq!(found.values[0], 0.0);
        prop_assert!(found.end() >= greatest * (1.0 - 1e-6));
        prop_assert!(found.values.len() <= most + 1);
        let lead = found.step / 10_f64.powf(found.step.log10().floor());
        let round = [1.0, 2.0, 2.5, 5.0, 10.0].iter().any(|known| (lead - known).abs() < 1e-6);
        prop_assert!(round, "{}", found.step);
    }

    #[test]
    fn whole_numbers_get_whole_ticks(greatest in 0_u32..1_000_000, most in 1_usize..9) {
        let found = ticks(f64::from(greatest), most, true);
        prop_assert!(found.values.iter().all(|value| value.fract() == 0.0));
    }

    #[test]
    fn everything_stays_inside_and_apart_whatever_the_numbers(
        numbers in prop::collection::vec(([0_u32..200_000, 0..90, 0..4000], 0_usize..30), 1..16),
        n_series in 1_usize..4,
        kind in 0_usize..8,
    ) {
        let long = "很长的一个名称（带括号的）和其余的字以及更多的字句说明事项";
        let months: Vec<String> = (1..=numbers.len()).map(|at| format!("{at}月")).collect();
        let names: Vec<String> =
            numbers.iter().map(|(_, n)| long.chars().cycle().take(n + 1).collect()).collect();
        let days: Vec<String> = (1..=numbers.len()).map(|at| format!("2018-{:02}-{at:02}", at % 12 + 1)).collect();
        for categories in [months, names, days] {
            let series = (0..n_series).map(|series| {
                let values = numbers.iter().map(|(values, _)| f64::from(values[series])).collect();
                Series::new(format!("系列{series}"), values)
            });
            let figure = Figure { categories, series: series.collect(), ..figure(KINDS[kind], &[], &[]) };
            check_all(&figure);
        }
    }

    #[test]
    fn strange_numbers_and_names_never_panic(
        values in prop::collection::vec(any::<f64>(), 0..15),
        label: String,
        kind in 0_usize..8,
    ) {
        let mut figure = figure(KINDS[kind], &[], &[]);
        figure.categories = vec![label.clone(); values.len()];
        figure.series = vec![Series::new(label, values)];
        let svg = figure.draw_for_page();
        prop_assert!(!svg.contains("NaN") && !svg.contains("inf"));
    }
}

/// One picture a kind, kept in `snapshots/`; `CHART_SNAPSHOTS=write` writes them anew, to be looked at before they are kept.
#[test]
fn pictures_look_as_they_did() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots");
    let months = ["1月", "2月", "3月", "4月"];
    let days = ["2018-01-02", "2018-06-15", "2018-11-16", "2018-12-31"];
    let (first, second) = ([31.0, 18.0, 42.0, 39.0], [3.0, 0.0, 9.0, 1.0]);
    for kind in KINDS {
        let names = if kind == Kind::Calendar { days } else { months };
        let figure = figure(kind, &names, &[("按时", &first), ("超期", &second)]);
        for (suffix, svg) in
            [("page", figure.draw_for_page()), ("sheet", figure.draw(&Look::Sheet(Palette::BLUE), 600))]
        {
            let file = folder.join(format!("{kind:?}-{suffix}.svg").to_lowercase());
            let lines = svg.replace("><", ">\n<") + "\n";
            if std::env::var("CHART_SNAPSHOTS").is_ok_and(|wish| wish == "write") {
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(&file, &lines).unwrap();
            }
            let kept = std::fs::read_to_string(&file).unwrap_or_default();
            assert!(kept == lines, "{} is drawn otherwise than it was", file.display());
        }
    }
}
