//! Money for disclosure work (相关费用): what is in the budget (列入预算) and what was spent (支出), by purpose. Sums are kept in 分 and shown
//! in 元.
//!
//! Fees collected from applicants stand with their requests; bookkeeping is not here.

pub mod actions;
pub mod queries;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use rules::coded::Coded;

use crate::{
    error::Wrong,
    id::{FinanceEntryId, OrganId},
    register::{Fault, Field, Kind, Row},
};

/// Budget or expense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FinanceKind {
    /// 列入预算
    Budget,
    /// 支出
    Expense,
}

/// What the money is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// 宣传
    Publicity,
    /// 管理
    Administration,
    /// 培训
    Training,
    /// 政府网站建设维护
    Website,
    /// 其他
    Other,
}

impl FinanceKind {
    /// Both with their stored words and what people read.
    pub const ALL: [Coded<Self>; 2] =
        [(Self::Budget, "budget", "列入预算"), (Self::Expense, "expense", "支出")];
}

impl Purpose {
    /// Every purpose with its stored word and what people read.
    pub const ALL: [Coded<Self>; 5] = [
        (Self::Publicity, "publicity", "宣传"),
        (Self::Administration, "administration", "管理"),
        (Self::Training, "training", "培训"),
        (Self::Website, "website", "网站建设维护"),
        (Self::Other, "other", "其他"),
    ];
}

rules::coded!(FinanceKind, Purpose);

/// The fields of an entry.
pub const FIELDS: [Field; 8] = [
    Field::required("kind", "类别", Kind::Choice(FinanceKind::PAIRS), "列入预算"),
    Field::required("year", "年度", Kind::Integer, "2018"),
    Field::required("organ", "单位", Kind::Organ, "区人民政府"),
    Field::required("purpose", "用途", Kind::Choice(Purpose::PAIRS), "宣传"),
    Field::required("amount", "金额（元）", Kind::Money, "1200.00"),
    Field::required("booked_on", "日期", Kind::Date, "2018-01-20").noted("预算下达或支付的日期"),
    Field::required("voucher", "文件或凭证号", Kind::Text(60), "演示财预〔2018〕3号")
        .noted("同一单位、年度、类别、用途中不可重复"),
    Field::optional("note", "说明", Kind::Text(200), "演示：公开栏制作"),
];

/// A sum as staff enter it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Budget or expense.
    pub kind: FinanceKind,
    /// The budget year.
    pub year: i64,
    /// Whose money.
    pub organ_id: OrganId,
    /// What for.
    pub purpose: Purpose,
    /// How much, in fen.
    pub amount_fen: i64,
    /// The day of the budget or of the payment.
    pub booked_on: Date,
    /// The document or voucher behind it.
    pub voucher: String,
    /// What else to know.
    pub note: String,
}

/// A sum of the register.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Identity.
    pub id: FinanceEntryId,
    /// What was entered.
    pub entry: Entry,
    /// Version, for lost races.
    pub version: i64,
}

/// The sum of what was entered of a kind for a purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PurposeSum {
    /// Budget or expense.
    pub kind: FinanceKind,
    /// What for.
    pub purpose: Purpose,
    /// How many sums.
    pub n_entries: i64,
    /// How much, in fen.
    pub amount_fen: i64,
}

impl Entry {
    /// The entry of a row, if it fits on `today`.
    ///
    /// # Errors
    /// What does not, field by field.
    pub fn read(row: &Row, today: Date) -> Result<Entry, Vec<Fault>> {
        let kind = FinanceKind::from_code(&row.text("kind"));
        let purpose = Purpose::from_code(&row.text("purpose"));
        let day = row.text("booked_on").parse().ok();
        let (Some(kind), Some(purpose), Some(booked_on)) = (kind, purpose, day) else {
            return Err(vec![row.fault("kind", "请选择类别、用途并填写日期")]);
        };
        let entry = Entry {
            kind,
            year: row.number("year").unwrap_or_default(),
            organ_id: row.organ("organ"),
            purpose,
            amount_fen: row.number("amount").unwrap_or_default(),
            booked_on,
            voucher: row.text("voucher"),
            note: row.text("note"),
        };
        let wrong = entry.wrong(today);
        if wrong.is_empty() {
            return Ok(entry);
        }
        Err(wrong.into_iter().map(|(field, sentence)| row.fault(field, sentence)).collect())
    }

    /// What is kept of a field, as forms show it.
    pub fn value(&self, field: &str) -> String {
        match field {
            "kind" => self.kind.code().to_owned(),
            "year" => self.year.to_string(),
            "organ" => self.organ_id.0.clone(),
            "purpose" => self.purpose.code().to_owned(),
            "amount" => self.amount_fen.to_string(),
            "booked_on" => self.booked_on.to_string(),
            "voucher" => self.voucher.clone(),
            "note" => self.note.clone(),
            _ => String::new(),
        }
    }

    /// Everything that does not fit on `today`, field by field.
    pub fn wrong(&self, today: Date) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        let mut add = |field, sentence: &str| wrong.push((field, sentence.to_owned()));
        if self.year < 2008 || self.year > i64::from(today.year()) + 1 {
            add("year", "年度应为四位数字，不早于2008年，不晚于明年");
        }
        if self.amount_fen < 1 {
            add("amount", "金额应大于0");
        }
        if self.voucher.trim().is_empty() {
            add("voucher", "请填写文件或凭证号");
        }
        if self.booked_on > today {
            add("booked_on", "日期在今天之后");
        }
        if self.kind == FinanceKind::Expense && i64::from(self.booked_on.year()) < self.year {
            add("booked_on", "支出的日期早于所填年度");
        }
        wrong
    }
}
