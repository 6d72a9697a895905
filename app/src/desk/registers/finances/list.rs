//! The list of sums of money, with the sums by purpose.

use askama::Template;
use axum::response::Response;
use rules::permission::Act;

use super::{ACT, HELP, HERE, REGISTER};
use crate::{
    desk::{
        list::{self, Column, Filter, List, Sheet, State},
        officer::Officer,
        page::Layout,
        registers::{Register, organs},
    },
    error::Result,
    finance::{FIELDS, FinanceKind, Listed, Purpose, PurposeSum, queries},
    register::{self, Organs, yuan},
    words,
};

const COLUMNS: [Column; 7] = [
    Column::sorted("booked", "日期"),
    Column::plain("年度"),
    Column::plain("类别"),
    Column::plain("单位"),
    Column::plain("用途"),
    Column::sorted("amount", "金额（元）").of_numbers(),
    Column::plain("文件或凭证号"),
];

#[derive(Template)]
#[template(path = "desk/registers/finances/list.html")]
struct FinancesPage {
    layout: Layout,
    register: &'static Register,
    list: List,
    sums: Vec<Sum>,
    rows: Vec<Line>,
}

/// What is in the budget and what was spent for a purpose.
struct Sum {
    purpose: &'static str,
    budget: String,
    expense: String,
}

struct Line {
    href: String,
    booked: String,
    year: i64,
    kind: &'static str,
    organ: String,
    purpose: &'static str,
    amount: String,
    voucher: String,
    note: String,
}

/// `/desk/registers/finances`.
pub async fn show(officer: Officer) -> Response {
    officer.answer(answer(&officer).await)
}

async fn answer(officer: &Officer) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let state = State::of(officer, &COLUMNS, "-booked").exported_by(officer, &[Act::ExportRecords]);
    let format = state.format()?;
    let wanted = queries::Filter {
        within: organs.narrowed(&state.text("organ")),
        year: state.text("year").parse().ok(),
        kind: state.text("kind"),
        purpose: state.text("purpose"),
        text: state.text("q"),
        sort: state.order(),
    };
    let window = state.window();
    let ((entries, total), sums) = officer
        .read(move |tx, cx| {
            let page = queries::page(tx, &cx.site_id, &wanted, window)?;
            Ok((page, queries::sums(tx, &cx.site_id, &wanted)?))
        })
        .await?;
    if let Some(format) = format {
        return list::export(officer, &state, format, sheet(&entries, &organs)).await;
    }
    let filters = vec![
        Filter::text(&state, "q", "凭证号或说明"),
        Filter::text(&state, "year", "年度"),
        Filter::choice(&state, "kind", "类别", FinanceKind::PAIRS.iter().copied()),
        Filter::choice(&state, "purpose", "用途", Purpose::PAIRS.iter().copied()),
        Filter::choice(&state, "organ", "单位", organs.choices()),
    ];
    officer.page(&FinancesPage {
        layout: officer.layout(REGISTER.title).under(&[("首页", "/desk")]).helped_by(HELP),
        register: &REGISTER,
        list: List::new(&state, &COLUMNS, filters, total.unsigned_abs()),
        sums: by_purpose(&sums),
        rows: entries.iter().map(|entry| line(entry, &organs)).collect(),
    })
}

/// A row for each purpose that has money, and the total; a purpose without an entry shows nothing, not zero.
fn by_purpose(sums: &[PurposeSum]) -> Vec<Sum> {
    let of = |kind, purpose: Option<Purpose>| {
        let matching =
            sums.iter().filter(|sum| sum.kind == kind && purpose.is_none_or(|one| sum.purpose == one));
        let fens: Vec<i64> = matching.map(|sum| sum.amount_fen).collect();
        if fens.is_empty() { String::new() } else { yuan(fens.iter().sum()) }
    };
    let row = |name, purpose| Sum {
        purpose: name,
        budget: of(FinanceKind::Budget, purpose),
        expense: of(FinanceKind::Expense, purpose),
    };
    let has_money = |purpose: &Purpose| sums.iter().any(|sum| sum.purpose == *purpose);
    let purposes = Purpose::ALL.into_iter().map(|(purpose, ..)| purpose).filter(has_money);
    let mut rows: Vec<Sum> = purposes.map(|purpose| row(purpose.label(), Some(purpose))).collect();
    if !rows.is_empty() {
        rows.push(row("合计", None));
    }
    rows
}

fn line(listed: &Listed, organs: &Organs) -> Line {
    let entry = &listed.entry;
    Line {
        href: format!("{HERE}/{}", listed.id.0),
        booked: words::date(&entry.booked_on.to_string()),
        year: entry.year,
        kind: entry.kind.label(),
        organ: organs.name(&entry.organ_id).to_owned(),
        purpose: entry.purpose.label(),
        amount: yuan(entry.amount_fen),
        voucher: entry.voucher.clone(),
        note: entry.note.clone(),
    }
}

fn sheet(entries: &[Listed], organs: &Organs) -> Sheet {
    let row = |listed: &Listed| register::cells(&FIELDS, organs, |field| listed.entry.value(field));
    Sheet {
        title: REGISTER.title.to_owned(),
        columns: register::columns(&FIELDS),
        rows: entries.iter().map(row).collect(),
        personal: false,
    }
}
