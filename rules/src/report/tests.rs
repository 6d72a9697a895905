//! Tables of figures and sentences, and what is found wrong with them.

use super::{Declared, Fault, Figure, Sum, Value, emptiness, jumps, likeness, prose, sums, typed_numbers};

fn figure(code: &str, name: &str, unit: &str, value: Value) -> Figure {
    Figure { code: code.to_owned(), name: name.to_owned(), unit: unit.to_owned(), value, is_used: true }
}

fn some() -> Vec<Figure> {
    vec![
        figure("total", "主动公开政府信息数", "条", Value::Count(30)),
        figure("website", "政府网站公开数", "条", Value::Count(20)),
        figure("wechat", "政务微信公开数", "条", Value::Count(10)),
        figure("remedy", "行政复议数", "件", Value::Count(0)),
        figure("rate", "办复率", "%", Value::Percent { part: 44, of: 44 }),
    ]
}

#[test]
fn values_are_printed_as_the_report_prints_them() {
    for (value, text) in [
        (Value::Count(43_210), "43210"),
        (Value::Count(0), "0"),
        (Value::Percent { part: 44, of: 44 }, "100"),
        (Value::Percent { part: 1, of: 3 }, "33.33"),
        (Value::Percent { part: 1, of: 2 }, "50"),
        (Value::Percent { part: 9_999_999, of: 10_000_000 }, "99.99"),
        (Value::Percent { part: 0, of: 0 }, "—"),
        (Value::Money(700_000), "7000"),
        (Value::Money(12_345), "123.45"),
        (Value::Blank, ""),
        (Value::NotApplicable, "—"),
    ] {
        assert_eq!(value.text(), text);
    }
}

#[test]
fn a_sum_that_does_not_add_up_is_told_with_both_numbers() {
    let sum = |parts: &[&str]| Sum {
        total: "total".to_owned(),
        parts: parts.iter().map(|part| (*part).to_owned()).collect(),
    };
    assert!(sums(&some(), &[sum(&["website", "wechat"])]).is_empty());
    let broken = sums(&some(), &[sum(&["website"])]);
    assert_eq!(broken, [Fault::Sum { total: "total".to_owned(), says: 30, parts: 20 }]);
    let mut blank = some();
    blank[2].value = Value::Blank;
    assert_eq!(sums(&blank, &[sum(&["website", "wechat"])]).len(), 1, "a blank part is not its last value");
}

#[test]
fn twice_or_half_of_last_year_is_a_jump_and_little_numbers_are_not() {
    for (before, is_told) in [(10, true), (14, false), (20, false), (41, true), (0, true), (18, false)] {
        let told = jumps(&some(), &[("website".to_owned(), before)]);
        assert_eq!(!told.is_empty(), is_told, "{before}");
    }
    assert!(jumps(&some(), &[("remedy".to_owned(), 4)]).is_empty());
}

#[test]
fn empty_and_zero_and_not_applicable_are_three_things() {
    let mut figures = some();
    assert!(emptiness(&figures, &[]).is_empty(), "zero is a number");
    figures[3].value = Value::Blank;
    assert_eq!(emptiness(&figures, &[]), [Fault::Empty { code: "remedy".to_owned() }]);
    figures[3].value = Value::NotApplicable;
    assert!(emptiness(&figures, &[]).is_empty());
    let denied = emptiness(&some(), &[("wechat".to_owned(), Declared::Zero)]);
    assert_eq!(denied, [Fault::Denied { code: "wechat".to_owned(), n: 10 }]);
}

#[test]
fn typed_numbers_are_those_that_count_something() {
    let text = "2018年7月15日，按〔2018〕12号文件，第3条，公开1，309条、２０项，电话0457-3322168，办结率99.5%，用时3个月，一、二";
    let units = ["条", "个", "项", "%"];
    let found: Vec<String> = typed_numbers(text, &units).into_iter().map(|typed| typed.text).collect();
    assert_eq!(found, ["309条", "20项", "99.5%"]);
    assert_eq!(typed_numbers("公开1,309条", &units)[0].number, "1309");
    assert!(typed_numbers("20个工作日内答复", &units).is_empty());
}

#[test]
fn the_prose_is_held_against_the_figures() {
    let told = |text: &str| prose("s", text, &some());
    assert!(matches!(&told("政府网站公开20条")[..], [Fault::Typed { code, .. }] if code == "website"));
    assert!(
        matches!(&told("政务微信公开12条")[..], [Fault::Contradicts { code, text, .. }] if code == "wechat" && text == "12条")
    );
    assert!(matches!(&told("共发布30条")[..], [Fault::Typed { code, .. }] if code == "total"));
    assert!(matches!(&told("共发布31条")[..], [Fault::Unfounded { .. }]));
    assert!(matches!(&told("办复率98%")[..], [Fault::Contradicts { .. }]));
    assert!(told("召开会议3次，2018年11月16日").is_empty(), "no figure counts meetings");
}

#[test]
fn a_number_is_read_in_the_unit_of_its_figure_however_that_is_written() {
    let figures = [
        figure("people", "接受培训人次", "人次", Value::Count(120)),
        figure("staff", "工作人员数", "人", Value::Count(7)),
        figure("times", "培训次数", "次", Value::Count(3)),
        figure("screens", "电子显示屏数", "块", Value::Count(5)),
        figure("kinds", "重点领域类别", "类", Value::Count(8)),
    ];
    for (text, wanted) in [
        ("共培训120人次", "people"),
        ("配备7人", "staff"),
        ("集中培训3次", "times"),
        ("设置5块屏", "screens"),
        ("涉及8类信息", "kinds"),
    ] {
        let told = prose("s", text, &figures);
        assert!(matches!(&told[..], [Fault::Typed { code, .. }] if code == wanted), "{text}: {told:?}");
    }
    let wrong = prose("s", "接受培训人次为121人次", &figures);
    assert!(
        matches!(&wrong[..], [Fault::Contradicts { code, text, .. }] if code == "people" && text == "121人次")
    );
}

#[test]
fn a_year_exchanged_makes_no_new_text() {
    let text = "全区政务公开工作还存在一些问题和薄弱环节，从事政务公开工作人员兼职多、流动性大，一定程度上存在信息发布不及时、突击发布、信息质量不高、工作的连续性差等问题，需要改进。";
    assert_eq!(likeness(&format!("2018年，{text}"), &format!("2017年，{text}")), Some(100));
    let other = "今年我们重点推进公共资源配置、重大项目建设、社会公益事业建设领域的信息公开，健全目录，完善网站信息报送制度，加强对负责人和信息发布员的业务培训，增强专业素养。";
    assert!(likeness(text, other).unwrap() < 20);
    assert_eq!(likeness("很短", "很短"), None);
}
