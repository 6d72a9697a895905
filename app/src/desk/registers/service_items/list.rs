//! The list of service items.

use askama::Template;
use axum::response::Response;
use rules::permission::Act;

use super::{ACT, HELP, HERE, REGISTER};
use crate::{
    desk::{
        list::{self, Column, Filter, List, Sheet, State},
        officer::Officer,
        page::Layout,
        registers::{OrganCount, Register, organ_counts, organs},
    },
    error::Result,
    register::{self, Organs, choice_words},
    service_item::{
        FIELDS, Item, KINDS,
        queries::{self, Wanted},
    },
    words,
};

const COLUMNS: [Column; 6] = [
    Column::sorted("name", "事项名称"),
    Column::sorted("code", "事项编码"),
    Column::plain("实施机构"),
    Column::plain("类型"),
    Column::plain("时限"),
    Column::sorted("entered", "在目录中"),
];

#[derive(Template)]
#[template(path = "desk/registers/service_items/list.html")]
struct ItemsPage {
    layout: Layout,
    register: &'static Register,
    list: List,
    by_organ: Vec<OrganCount>,
    rows: Vec<Line>,
}

struct Line {
    href: String,
    name: String,
    code: String,
    organ: String,
    kind: String,
    days: String,
    period: String,
    has_ended: bool,
}

/// `/desk/registers/service-items`.
pub async fn show(officer: Officer) -> Response {
    officer.answer(answer(&officer).await)
}

async fn answer(officer: &Officer) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let state = State::of(officer, &COLUMNS, "code").exported_by(officer, &[Act::ExportRecords]);
    let format = state.format()?;
    let wanted = Wanted {
        within: organs.narrowed(&state.text("organ")),
        kind: state.text("kind"),
        on: state.day("on").unwrap_or_default(),
        text: state.text("q"),
        order: state.order(),
    };
    let (limit, offset) = state.window();
    let (items, counts) = officer
        .read(move |tx, cx| {
            let items = queries::page(tx, &cx.site_id, &wanted, limit, offset)?;
            Ok((items, queries::by_organ(tx, &cx.site_id, &wanted)?))
        })
        .await?;
    if let Some(format) = format {
        return list::export(officer, &state, format, sheet(&items, &organs)).await;
    }
    let total: i64 = counts.iter().map(|(_, n)| n).sum();
    let filters = vec![
        Filter::text(&state, "q", "名称或编码"),
        Filter::choice(&state, "organ", "实施机构", organs.choices()),
        Filter::choice(&state, "kind", "类型", KINDS.iter().copied()),
        Filter::day(&state, "on", "某日在目录中"),
    ];
    officer.page(&ItemsPage {
        layout: officer.layout(REGISTER.title).under(&[("首页", "/desk")]).helped_by(HELP),
        register: &REGISTER,
        list: List::new(&state, &COLUMNS, filters, total.unsigned_abs()),
        by_organ: organ_counts(&state, &organs, &counts),
        rows: items.iter().map(|item| line(item, &organs)).collect(),
    })
}

fn line(item: &Item, organs: &Organs) -> Line {
    let Item { id, item, .. } = item;
    let days = |words: &str, days: Option<i64>| days.map(|days| format!("{words}{days}个工作日"));
    let days: Vec<String> =
        [days("承诺", item.promised_days), days("法定", item.statutory_days)].into_iter().flatten().collect();
    Line {
        href: format!("{HERE}/{id}"),
        name: item.name.clone(),
        code: item.code.clone(),
        organ: organs.name(&item.organ_id).to_owned(),
        kind: choice_words(KINDS, &item.kind),
        days: days.join("，"),
        period: words::period(&item.entered_on, item.ended_on.as_deref()),
        has_ended: item.ended_on.is_some(),
    }
}

fn sheet(items: &[Item], organs: &Organs) -> Sheet {
    let row = |item: &Item| register::cells(FIELDS, organs, |field| item.item.value(field));
    Sheet {
        title: REGISTER.title.to_owned(),
        columns: register::columns(FIELDS),
        rows: items.iter().map(row).collect(),
        personal: false,
    }
}
