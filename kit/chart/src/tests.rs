//! The geometry of the charts, measured on the SVG they write.

use crate::*;
use proptest::prelude::*;

fn words() -> Words {
    let series = vec!["按时".to_owned(), "超期".to_owned()];
    Words { title: "演示图".into(), unit: "件".into(), row: "月份".into(), series }
}

fn months(values: &[f64]) -> Vec<Row> {
    values.iter().enumerate().map(|(at, &value)| Row::new(format!("{}月", at + 1), value)).collect()
}

/// The attribute of every element with this name and class.
fn attributes(svg: &str, element: &str, class: &str, attribute: &str) -> Vec<f64> {
    let start = format!("<{element} class=\"{class}\"");
    let marked = svg.split(&start).skip(1);
    marked
        .map(|rest| {
            let tag = &rest[..rest.find('>').unwrap()];
            let value = tag.split(&format!(" {attribute}=\"")).nth(1).unwrap();
            value[..value.find('"').unwrap()].trim_end_matches('%').parse().unwrap()
        })
        .collect()
}

/// Left, right, baseline and size of every text at a width in pixels.
fn text_boxes(svg: &str, width: f64) -> Vec<(f64, f64, f64, String)> {
    let value = |tag: &str, name: &str| -> String {
        let rest = tag.split(&format!(" {name}=\"")).nth(1).unwrap();
        rest[..rest.find('"').unwrap()].to_owned()
    };
    svg.split("<text")
        .skip(1)
        .map(|rest| {
            let (tag, rest) = rest.split_once('>').unwrap();
            let text = rest.split("</text>").next().unwrap().to_owned();
            let x = value(tag, "x");
            let x = match x.strip_suffix('%') {
                Some(percent) => percent.parse::<f64>().unwrap() / 100.0 * width,
                None => x.parse().unwrap(),
            };
            let length = crate::svg::text_width(&text, value(tag, "font-size").parse().unwrap());
            let left = match value(tag, "text-anchor").as_str() {
                "start" => x,
                "middle" => x - length / 2.0,
                _ => x - length,
            };
            (left, left + length, value(tag, "y").parse().unwrap(), text)
        })
        .collect()
}

fn height(svg: &str) -> f64 {
    let rest = svg.split(" height=\"").nth(1).unwrap();
    rest[..rest.find('"').unwrap()].parse().unwrap()
}

/// Every text inside the picture and none over another, on the narrowest screen and a wide one.
fn check_texts(svg: &str) {
    for width in [300.0, 343.0, 1200.0] {
        let boxes = text_boxes(svg, width);
        for (at, (left, right, y, text)) in boxes.iter().enumerate() {
            assert!(*left >= -0.5 && *right <= width + 0.5, "{text} from {left} to {right} of {width}");
            assert!(*y > 8.0 && *y <= height(svg), "{text} at {y} of {}", height(svg));
            for (other_left, other_right, other_y, other) in &boxes[at + 1..] {
                let apart = right <= other_left || other_right <= left || (y - other_y).abs() >= 10.0;
                assert!(apart, "{text} and {other} at {width}");
            }
        }
    }
}

#[test]
fn bars_are_as_wide_as_their_numbers() {
    let rows = [Row::new("甲", 50.0), Row::new("乙", 25.0), Row::new("丙", 0.0), Row::new("丁", 100.0)];
    let chart = bar_chart(&words(), &rows);
    assert_eq!(attributes(chart.svg(), "rect", "chart-mark", "width"), [50.0, 25.0, 100.0]);
    assert_eq!(attributes(chart.svg(), "rect", "chart-mark", "x"), [0.0, 0.0, 0.0]);
    check_texts(chart.svg());
}

#[test]
fn columns_stand_on_the_baseline_and_are_as_high_as_their_numbers() {
    let chart = column_chart(&words(), &months(&[10.0, 20.0, 40.0]));
    let heights = attributes(chart.svg(), "rect", "chart-mark", "height");
    let tops = attributes(chart.svg(), "rect", "chart-mark", "y");
    assert!((heights[1] / heights[0] - 2.0).abs() < 0.01 && (heights[2] / heights[0] - 4.0).abs() < 0.01);
    let baselines: Vec<f64> = heights.iter().zip(&tops).map(|(height, top)| height + top).collect();
    assert!(baselines.windows(2).all(|pair| (pair[0] - pair[1]).abs() < 0.02), "{baselines:?}");
    let base = attributes(chart.svg(), "line", "chart-base", "y1")[0];
    assert!((base - baselines[0]).abs() <= 1.0);
}

#[test]
fn the_second_series_stands_on_the_first_and_is_told_in_numbers() {
    let rows = [Row::stacked("1月", 30.0, 10.0), Row::stacked("2月", 20.0, 0.0)];
    let chart = column_chart(&words(), &rows);
    let top_of_first = attributes(chart.svg(), "rect", "chart-mark", "y")[1];
    let second = attributes(chart.svg(), "rect", "chart-mark-2", "y")[1];
    let second_height = attributes(chart.svg(), "rect", "chart-mark-2", "height")[1];
    assert!(second + second_height <= top_of_first && second + second_height > top_of_first - 3.0);
    assert!(chart.svg().contains(">10</text>") && chart.svg().contains(">40</text>"));
    check_texts(chart.svg());
}

#[test]
fn a_ring_gives_each_part_its_share_of_the_round() {
    let chart = ring_chart(&words(), &[Row::new("按时", 75.0), Row::new("超期", 25.0)]);
    assert!(chart.svg().contains("stroke-dasharray=\"74.2 25.8\""), "{}", chart.svg());
    assert!(chart.svg().contains("rotate(180 ") && chart.svg().contains(">75%</text>"));
    check_texts(chart.svg());
}

#[test]
fn a_ring_never_says_all_when_something_is_missing() {
    let chart = ring_chart(&words(), &[Row::new("按时", 99_999.0), Row::new("超期", 1.0)]);
    assert!(chart.svg().contains(">99.9%</text>"));
    assert!(chart.svg().contains("0.1%"));
}

#[test]
fn labels_are_escaped_and_nothing_is_styled_inline() {
    let rows = [Row::new("<script>&\"甲\u{1}", 1.0), Row::new("乙", 2.0)];
    let evil = Words { title: "</title><script>".into(), unit: "<b>".into(), ..words() };
    for chart in [bar_chart(&evil, &rows), column_chart(&evil, &rows), ring_chart(&evil, &rows)] {
        let svg = chart.svg();
        assert!(!svg.contains("<script") && !svg.contains("<b>") && !svg.contains('\u{1}'));
        assert!(!svg.contains("style") && !svg.contains(" id="));
        assert!(svg.contains("role=\"img\"") && svg.contains("<title>") && svg.contains("<desc>"));
    }
}

#[test]
fn long_names_are_shortened_in_the_picture_and_whole_in_the_table() {
    let long = "特别长的演示名称".repeat(8);
    let rows = [Row::new(&long, 12_345_678.0), Row::new("短", 1.0)];
    for chart in [bar_chart(&words(), &rows), column_chart(&words(), &rows), ring_chart(&words(), &rows)] {
        check_texts(chart.svg());
        assert_eq!(chart.table().1[0][0], long);
    }
}

#[test]
fn the_sentence_tells_sum_parts_greatest_and_least() {
    let rows = [Row::stacked("1月", 30.0, 10.0), Row::stacked("2月", 1200.0, 0.0)];
    assert_eq!(
        column_chart(&words(), &rows).text_alternative(),
        "演示图：共 2 项，合计 1,240 件，其中按时 1,230 件、超期 10 件；最多的是2月（1,200 件），最少的是1月（40 件）。"
    );
    assert_eq!(bar_chart(&words(), &[]).text_alternative(), "演示图：暂无数据。");
}

#[test]
fn the_table_has_a_column_for_each_series_and_the_sum() {
    let chart = column_chart(&words(), &[Row::stacked("1月", 30.0, 10.0)]);
    assert_eq!(chart.table().0, ["月份", "按时（件）", "超期（件）", "合计（件）"]);
    assert_eq!(chart.table().1, [["1月", "30", "10", "40"]]);
}

#[test]
fn ticks_are_the_expected_round_numbers() {
    assert_eq!(ticks(69.0, 4, true).values, [0.0, 20.0, 40.0, 60.0, 80.0]);
    assert_eq!(ticks(0.9, 4, false).values, [0.0, 0.25, 0.5, 0.75, 1.0]);
    assert_eq!(ticks(3.0, 4, true).values, [0.0, 1.0, 2.0, 3.0]);
    assert_eq!(ticks(0.0, 4, true).values, [0.0, 1.0]);
    assert_eq!(format_number(1234.5), "1,234.5");
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
    fn texts_stay_inside_and_apart_for_any_year(values in prop::collection::vec((0_u32..200_000, 0_u32..90), 1..13)) {
        let rows: Vec<Row> = values
            .iter()
            .enumerate()
            .map(|(at, (a, b))| Row::stacked(format!("{}月", at + 1), f64::from(*a), f64::from(*b)))
            .collect();
        check_texts(bar_chart(&words(), &rows).svg());
        check_texts(ring_chart(&words(), &rows).svg());
        check_texts(column_chart(&words(), &rows).svg());
    }

    #[test]
    fn strange_numbers_never_panic(values in prop::collection::vec(any::<f64>(), 0..15), label: String) {
        let rows: Vec<Row> = values.iter().map(|&value| Row::new(label.clone(), value)).collect();
        for chart in [bar_chart(&words(), &rows), column_chart(&words(), &rows), ring_chart(&words(), &rows)] {
            prop_assert!(!chart.svg().contains("NaN") && !chart.svg().contains("inf"));
        }
    }
}
