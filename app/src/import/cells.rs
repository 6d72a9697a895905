//! Texts whose tables were flattened with carriage returns, as spreadsheet exports of page bodies have them: three
//! between two cells, five or more between two rows. It makes lines and `a | b |` rows and judges nothing.

/// Carriage returns between two cells and between two rows.
const CELL: usize = 3;
const ROW: usize = 5;
/// A longer one is a paragraph.
const LONGEST_CELL: usize = 120;

/// The text with one paragraph or table row a line.
pub fn unflatten(text: &str) -> String {
    let mut lines = Vec::new();
    for block in split_runs(text, ROW) {
        let cells = split_runs(block, CELL);
        // The same marks between whole paragraphs separate nothing but paragraphs.
        let is_row = cells.len() > 1 && cells.iter().all(|cell| cell.chars().count() <= LONGEST_CELL);
        if is_row {
            let row: Vec<String> =
                cells.iter().map(|cell| cell.replace('\r', "").trim().to_owned()).collect();
            lines.push(format!("{} |", row.join(" | ")));
        } else {
            lines.extend(block.split(['\r', '\n']).flat_map(paragraphs));
        }
    }
    lines.retain(|line| !line.trim().is_empty());
    lines.join("\n")
}

/// Splits at runs of at least `n` carriage returns.
fn split_runs(text: &str, n: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut rest) = (0, 0);
    while let Some(found) = text[rest..].find('\r') {
        let at = rest + found;
        let run = text[at..].bytes().take_while(|byte| *byte == b'\r').count();
        if run >= n {
            parts.push(&text[start..at]);
            start = at + run;
        }
        rest = at + run;
    }
    parts.push(&text[start..]);
    parts
}

/// Two ideographic blanks begin a paragraph where the line ends were lost.
fn paragraphs(line: &str) -> Vec<String> {
    line.split("\u{3000}\u{3000}")
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_cells_come_back_and_paragraphs_stay() {
        let text = "一、概述\r本年情况。\r\r\r\r\r\r信息内容\r\r\r制发\r件数\r\r\r\r\r规章\r\r\r0\r\r\r\r\r\r二、申请";
        assert_eq!(unflatten(text), "一、概述\n本年情况。\n信息内容 | 制发件数 |\n规章 | 0 |\n二、申请");
    }

    #[test]
    fn paragraphs_between_the_same_marks_stay_paragraphs() {
        let long = "本年度报告".repeat(30);
        assert_eq!(unflatten(&format!("{long}\r\r\r{long}")), format!("{long}\n{long}"));
    }

    #[test]
    fn two_ideographic_blanks_begin_a_paragraph() {
        assert_eq!(
            unflatten("各县：\u{3000}\u{3000}一、甲。\u{3000}\u{3000}二、乙。"),
            "各县：\n一、甲。\n二、乙。"
        );
        assert_eq!(unflatten("\n\n\n"), "");
    }
}
