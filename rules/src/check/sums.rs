//! Sums in tables: a row or column called 合计 against its parts. Told only where the parts are certain: one total whose
//! parts are all other rows, or subtotals that close their groups; tables with 其中 are left alone.

use super::signs::{bare, half_width};
use super::{Code, Detail, Finding, Place, Record};

const TOTALS: [&str; 7] = ["合计", "总计", "共计", "总和", "全区合计", "全县合计", "全市合计"];
const SUBTOTALS: [&str; 2] = ["小计", "分计"];
/// Lines whose figures do not add up to a total.
const NOT_ADDED: [&str; 12] =
    ["率", "比", "占", "增", "均", "年份", "年度", "序号", "编号", "代码", "电话", "单价"];
/// A table of more cells is data to download, not a table to read.
const MOST_CELLS: usize = 20_000;

/// Every total that is not the sum of its parts.
pub(super) fn sums(record: &Record<'_>) -> Vec<Finding> {
    let grids = (0..record.body.tables.len()).filter_map(|table| Grid::read(record, table));
    grids
        .flat_map(|grid| {
            let rows = grid.wrong_totals();
            let columns = grid.turned().wrong_totals();
            // A total in the corner is judged once.
            let mut findings: Vec<Finding> = Vec::new();
            for finding in rows.into_iter().chain(columns) {
                if !findings.iter().any(|known| known.place == finding.place) {
                    findings.push(finding);
                }
            }
            findings
        })
        .collect()
}

/// A number as printed: its value in its last place, and how many places.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Figure {
    value: i128,
    places: u32,
}

#[derive(Debug, Clone, Default)]
struct GridCell {
    text: String,
    /// The block it stands in.
    block: Option<usize>,
    figure: Option<Figure>,
}

/// A table as rows of cells; covered places hold nothing.
struct Grid {
    cells: Vec<Vec<GridCell>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Part,
    Subtotal,
    Total,
    /// 其中, shares, serial numbers.
    Aside,
}

impl Grid {
    fn read(record: &Record<'_>, table: usize) -> Option<Grid> {
        let size = &record.body.tables[table];
        let (n_rows, n_columns) = (size.n_rows, size.n_columns);
        if n_rows < 3 || n_columns < 2 || n_rows * n_columns > MOST_CELLS {
            return None;
        }
        let mut cells = vec![vec![GridCell::default(); n_columns]; n_rows];
        for (block, cell, text) in record.body.cells(table) {
            let Some(here) = cells.get_mut(cell.row).and_then(|row| row.get_mut(cell.column)) else {
                continue;
            };
            // A cell of several paragraphs is no figure, unless only one of them says something.
            here.text.push_str(text.trim());
            here.block.get_or_insert(block);
            here.figure =
                if cell.is_head || cell.n_rows * cell.n_columns > 1 { None } else { figure(&here.text) };
        }
        Some(Grid { cells })
    }

    fn turned(&self) -> Grid {
        let n_columns = self.cells.first().map_or(0, Vec::len);
        let column = |at: usize| self.cells.iter().map(|row| row[at].clone()).collect();
        Grid { cells: (0..n_columns).map(column).collect() }
    }

    /// What stands before the first figure of a line.
    fn label(&self, row: usize) -> String {
        let words = self.cells[row].iter().take_while(|cell| cell.figure.is_none());
        let text: String = words.map(|cell| cell.text.as_str()).collect();
        bare(&text)
    }

    fn kind(&self, row: usize) -> Kind {
        let label = self.label(row);
        let short = label.trim_end_matches("数").trim_end_matches("额");
        let is = |words: &[&str]| words.iter().any(|word| short == *word || label == *word);
        if is(&TOTALS) {
            Kind::Total
        } else if is(&SUBTOTALS) || (label.ends_with("小计") && label.chars().count() <= 12) {
            Kind::Subtotal
        } else if label.contains("其中") || NOT_ADDED.iter().any(|word| label.contains(word)) {
            Kind::Aside
        } else {
            Kind::Part
        }
    }

    /// Rows with figures, in groups that a total closes or opens: the total's row and those of its parts.
    fn groups(&self) -> Vec<(usize, Vec<usize>)> {
        let rows: Vec<(usize, Kind)> = (0..self.cells.len())
            .filter(|row| self.cells[*row].iter().any(|cell| cell.figure.is_some()))
            .map(|row| (row, self.kind(row)))
            .collect();
        let of =
            |kind: Kind| rows.iter().filter(|(_, k)| *k == kind).map(|(row, _)| *row).collect::<Vec<_>>();
        let (parts, subtotals, totals) = (of(Kind::Part), of(Kind::Subtotal), of(Kind::Total));
        let [total] = totals[..] else { return Vec::new() };
        let has_aside = (0..self.cells.len()).any(|row| self.label(row).contains("其中"));
        let at_edge = rows.first().is_some_and(|(row, _)| *row == total)
            || rows.last().is_some_and(|(row, _)| *row == total);
        if has_aside || !at_edge {
            return Vec::new();
        }
        if subtotals.is_empty() {
            return vec![(total, parts)];
        }
        let mut groups = vec![(total, subtotals.clone())];
        // Subtotals at the end of their groups; where one opens its group instead, none is judged.
        let closes = subtotals.last().is_some_and(|last| parts.iter().all(|part| part < last));
        let mut from = 0;
        for subtotal in subtotals.iter().filter(|_| closes) {
            groups.push((
                *subtotal,
                parts.iter().copied().filter(|part| (from..*subtotal).contains(part)).collect(),
            ));
            from = *subtotal;
        }
        groups
    }

    fn wrong_totals(&self) -> Vec<Finding> {
        self.groups()
            .into_iter()
            .filter(|(_, parts)| parts.len() >= 2)
            .flat_map(|group| self.judge(&group))
            .collect()
    }

    /// The columns of one group in which the total is not the sum.
    fn judge(&self, (total, parts): &(usize, Vec<usize>)) -> Vec<Finding> {
        let n_columns = self.cells[*total].len();
        let is_added = |column: &usize| !NOT_ADDED.iter().any(|word| self.head(*column).contains(word));
        let compared: Vec<(usize, Figure, Figure)> = (0..n_columns)
            .filter(is_added)
            .filter_map(|column| {
                let stated = self.cells[*total][column].figure?;
                Some((column, stated, self.sum(column, parts)?))
            })
            .collect();
        let (right, wrong): (Vec<_>, Vec<_>) =
            compared.into_iter().partition(|(_, stated, sum)| is_equal(*stated, *sum, parts.len()));
        // Where nothing adds up the row is no total of these rows.
        if wrong.len() > right.len() + 1 {
            return Vec::new();
        }
        wrong
            .into_iter()
            .filter_map(|(column, stated, sum)| self.finding(*total, column, stated, sum))
            .collect()
    }

    fn head(&self, column: usize) -> String {
        let above = self.cells.iter().map(|row| &row[column]).take_while(|cell| cell.figure.is_none());
        above.map(|cell| cell.text.as_str()).collect()
    }

    /// The sum of a column's parts; `None` when one is no figure or fewer than two say anything.
    fn sum(&self, column: usize, parts: &[usize]) -> Option<Figure> {
        let mut sum = Figure { value: 0, places: 0 };
        let mut n_figures = 0;
        for part in parts {
            let cell = &self.cells[*part][column];
            match cell.figure {
                Some(figure) => {
                    sum = add(sum, figure)?;
                    n_figures += 1;
                }
                None if cell.text.chars().all(|c| c.is_whitespace() || "-—/\\无―－".contains(c)) => {}
                None => return None,
            }
        }
        (n_figures >= 2).then_some(sum)
    }

    fn finding(&self, row: usize, column: usize, stated: Figure, sum: Figure) -> Option<Finding> {
        let cell = &self.cells[row][column];
        let block = cell.block?;
        let place = Place::Block { block, range: 0..cell.text.len() };
        let label = self.label(row);
        let head: String = self.head(column).chars().take(20).collect();
        let excerpt =
            [label.as_str(), head.as_str()].join(if head.is_empty() || label.is_empty() { "" } else { "·" });
        let detail = Detail::Figures { stated: printed(stated), expected: printed(sum) };
        Some(Finding::new(Code::TableSum, place, &excerpt).detail(detail))
    }
}

/// Whole numbers must be equal; of decimals each part may have been rounded.
fn is_equal(stated: Figure, sum: Figure, n_parts: usize) -> bool {
    let places = stated.places.max(sum.places);
    let (Some(a), Some(b)) = (scaled(stated, places), scaled(sum, places)) else { return true };
    let unit = 10_i128.pow(places - stated.places);
    let slack = if places == 0 { 0 } else { unit * (i128::try_from(n_parts).unwrap_or(0) + 1) / 2 };
    (a - b).abs() <= slack
}

fn add(one: Figure, other: Figure) -> Option<Figure> {
    let places = one.places.max(other.places);
    Some(Figure { value: scaled(one, places)?.checked_add(scaled(other, places)?)?, places })
}

fn scaled(figure: Figure, places: u32) -> Option<i128> {
    figure.value.checked_mul(10_i128.checked_pow(places - figure.places)?)
}

/// 1,209.50, １２, -3; nothing with a unit or a percent sign.
fn figure(text: &str) -> Option<Figure> {
    let plain: String = text.trim().chars().map(half_width).filter(|c| *c != ',' && *c != ' ').collect();
    let (sign, digits) = plain.strip_prefix('-').map_or((1, plain.as_str()), |rest| (-1, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() + fraction.len() > 18 || !is_plain(whole) || !is_plain(fraction) {
        return None;
    }
    let value: i128 = format!("{whole}{fraction}").parse().ok()?;
    Some(Figure { value: sign * value, places: u32::try_from(fraction.len()).ok()? })
}

fn printed(figure: Figure) -> String {
    let unit = 10_i128.pow(figure.places);
    let sign = if figure.value < 0 { "-" } else { "" };
    let (whole, rest) = (figure.value.abs() / unit, figure.value.abs() % unit);
    match figure.places {
        0 => format!("{sign}{whole}"),
        places => format!("{sign}{whole}.{rest:0width$}", width = places as usize),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Block, BlockKind, Cell, Table, Text};
    use super::*;

    /// A table from rows of cells separated by blanks; `.` is an empty cell.
    fn table(rows: &[&str]) -> Text {
        let mut text = Text::default();
        let n_columns = rows[0].split(' ').count();
        for (row, line) in rows.iter().enumerate() {
            for (column, cell_text) in line.split(' ').enumerate().filter(|(_, cell)| *cell != ".") {
                let cell = Cell { table: 0, row, column, n_rows: 1, n_columns: 1, is_head: row == 0 };
                text.blocks.push(Block { kind: BlockKind::Cell(cell), text: cell_text.to_owned() });
            }
        }
        text.tables.push(Table { n_rows: rows.len(), n_columns, has_head: true });
        text
    }

    fn found(rows: &[&str]) -> Vec<(String, String)> {
        let body = table(rows);
        let say = |finding: Finding| match finding.detail {
            Detail::Figures { stated, expected } => (stated, expected),
            other => panic!("{other:?}"),
        };
        sums(&Record::of("", &body)).into_iter().map(say).collect()
    }

    fn pair(stated: &str, expected: &str) -> (String, String) {
        (stated.to_owned(), expected.to_owned())
    }

    #[test]
    fn a_total_that_is_not_the_sum_is_told_with_both_figures() {
        let rows = ["乡镇 户数 人数", "甲镇 10 20", "乙镇 11 25", "合计 21 46"];
        assert_eq!(found(&rows), [pair("46", "45")]);
        assert_eq!(found(&["乡镇 户数", "合计 21", "甲镇 10", "乙镇 12"]), [pair("21", "22")]);
        assert_eq!(
            found(&["乡镇 上半年 下半年 合计", "甲镇 1 2 3", "乙镇 2 2 5", "丙镇 1 1 2"]),
            [pair("5", "4")]
        );
        assert_eq!(found(&["项目 万元", "甲 1,200.5", "乙 300.5", "合计 1,501.0"]), []);
        assert_eq!(found(&["项目 万元", "甲 0.335", "乙 0.335", "合计 0.70"]), [pair("0.70", "0.670")]);
    }

    #[test]
    fn sound_and_unclear_tables_are_left_alone() {
        for rows in [
            vec!["乡镇 户数 人数", "甲镇 10 20", "乙镇 11 25", "合计 21 45"],
            vec!["项目 数量", "收入 100", "其中：税收 60", "支出 50", "合计 150"],
            vec!["项目 占比", "甲 10", "乙 20", "合计 100"],
            vec!["乡镇 人数", "甲镇 10", "乙镇 若干", "合计 21"],
            vec!["乡镇 人数", "甲镇 10", "乙镇 /", "合计 21"],
            vec!["部门 甲 乙 丙", "一 1 2 3", "二 1 2 3", "合计 9 9 9"],
            vec!["项目 金额", "甲 33.3", "乙 33.3", "丙 33.3", "合计 100.0"],
        ] {
            assert_eq!(found(&rows), [], "{rows:?}");
        }
    }

    #[test]
    fn subtotals_close_their_groups_and_make_the_total() {
        let rows = ["乡镇 人数", "甲 1", "乙 2", "小计 3", "丙 4", "丁 5", "小计 8", "合计 12"];
        assert_eq!(found(&rows), [pair("12", "11"), pair("8", "9")]);
    }

    #[test]
    fn figures_are_read_as_printed() {
        assert_eq!(figure("1,209.50"), Some(Figure { value: 120_950, places: 2 }));
        assert_eq!(figure("－３"), Some(Figure { value: -3, places: 0 }));
        for text in ["12%", "3人", "", "1.2.3", "2018-03"] {
            assert_eq!(figure(text), None, "{text}");
        }
        assert_eq!(printed(Figure { value: -105, places: 1 }), "-10.5");
    }
}
