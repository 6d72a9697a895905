//! The Chinese sentences for what is wrong with a report, each with the way out.

use rules::report::{Declared, Fault};

use super::document::ReportState;
use crate::reference::ReportFormat;

/// The state of a report in the words of staff.
pub fn state(state: ReportState) -> &'static str {
    match state {
        ReportState::Editing => "编写中",
        ReportState::Submitted => "待签发",
        ReportState::Frozen => "已签发",
        ReportState::Superseded => "已被更正",
    }
}

/// What is said of a figure without records.
pub fn declared(declared: Option<Declared>) -> &'static str {
    match declared {
        Some(Declared::Zero) => "本年没有",
        Some(Declared::NotApplicable) => "不适用",
        None => "收回说明",
    }
}

/// The sentence of a fault.
pub fn fault(format: &ReportFormat, fault: &Fault) -> String {
    let name = |code: &str| format.figure(code).map_or_else(|| code.to_owned(), |figure| figure.name.clone());
    match fault {
        Fault::Sum { total, says, parts } => {
            format!("“{}”为{says}，各分项之和为{parts}，两者应当相等：请核对分项的登记", name(total))
        }
        Fault::Jump { code, now, before } => {
            format!("“{}”由上年的{before}变为{now}，变化较大：请核对登记，属实的在正文中说明原因", name(code))
        }
        Fault::Typed { section, text, code } => format!(
            "{section}：“{text}”是直接写的数字，与“{}”相同：请改为引用 {{{{figure:{code}}}}}，登记变化时正文随之变化",
            name(code)
        ),
        Fault::Contradicts { section, text, code } => format!(
            "{section}：正文写“{text}”，与“{}”的统计数不符：请改为引用 {{{{figure:{code}}}}}，或者更正登记",
            name(code)
        ),
        Fault::Unfounded { section, text } => {
            format!("{section}：“{text}”与年报中的任何统计数都不相同：请核对来源")
        }
        Fault::Unknown { section, reference } => {
            format!("{section}：“{reference}”无法识别：请按编写页“可以引用的内容”改正")
        }
        Fault::Empty { code } => format!(
            "“{}”没有登记，是空白，不能当作零：请补充登记，或者在“没有登记的统计数”中说明“本年没有”或“不适用”",
            name(code)
        ),
        Fault::Denied { code, n } => {
            format!("“{}”已说明没有或不适用，但登记中有{n}：请取消说明，或者更正登记", name(code))
        }
        Fault::NoText { section } => format!("{section}：还没有正文，请编写"),
        Fault::Alike { section, other, percent } => {
            format!("{section}：与《{other}》的同一部分有{percent}%相同：请按本年度、本单位的实际情况重写")
        }
        Fault::Unit { organ, code, says, counted } => format!(
            "{organ}自报“{}”为{says}，按登记统计为{counted}：请与该单位核对，补充或更正登记",
            name(code)
        ),
    }
}
