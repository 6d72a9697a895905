//! The list of places.

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
    notice_place::{
        FIELDS, KINDS, Place,
        queries::{self, Wanted},
    },
    register::{self, Organs, choice_words},
    words,
};

const COLUMNS: [Column; 6] = [
    Column::sorted("name", "名称"),
    Column::plain("类别"),
    Column::plain("管理机构"),
    Column::plain("位置和规格"),
    Column::plain("管理岗位"),
    Column::sorted("set_up", "使用"),
];

#[derive(Template)]
#[template(path = "desk/registers/notice_places/list.html")]
struct PlacesPage {
    layout: Layout,
    register: &'static Register,
    list: List,
    by_organ: Vec<OrganCount>,
    rows: Vec<Line>,
}

struct Line {
    href: String,
    name: String,
    kind: String,
    organ: String,
    place: String,
    keeper: String,
    period: String,
    has_ended: bool,
}

/// `/desk/registers/notice-places`.
pub async fn show(officer: Officer) -> Response {
    officer.answer(answer(&officer).await)
}

async fn answer(officer: &Officer) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let state = State::of(officer, &COLUMNS, "name").exported_by(officer, &[Act::ExportRecords]);
    let format = state.format()?;
    let wanted = Wanted {
        within: organs.narrowed(&state.text("organ")),
        kind: state.text("kind"),
        on: state.day("on").unwrap_or_default(),
        text: state.text("q"),
        order: state.order(),
    };
    let (limit, offset) = state.window();
    let (places, counts) = officer
        .read(move |tx, cx| {
            let places = queries::page(tx, &cx.site_id, &wanted, limit, offset)?;
            Ok((places, queries::by_organ(tx, &cx.site_id, &wanted)?))
        })
        .await?;
    if let Some(format) = format {
        return list::export(officer, &state, format, sheet(&places, &organs)).await;
    }
    let total: i64 = counts.iter().map(|(_, n)| n).sum();
    let filters = vec![
        Filter::text(&state, "q", "名称或位置"),
        Filter::choice(&state, "organ", "管理机构", organs.choices()),
        Filter::choice(&state, "kind", "类别", KINDS.iter().copied()),
        Filter::day(&state, "on", "某日在使用"),
    ];
    officer.page(&PlacesPage {
        layout: officer.layout(REGISTER.title).under(&[("首页", "/desk")]).helped_by(HELP),
        register: &REGISTER,
        list: List::new(&state, &COLUMNS, filters, total.unsigned_abs()),
        by_organ: organ_counts(&state, &organs, &counts),
        rows: places.iter().map(|place| line(place, &organs)).collect(),
    })
}

fn line(listed: &Place, organs: &Organs) -> Line {
    let place = &listed.place;
    let where_and_size: Vec<&str> =
        [place.place.as_str(), place.measure.as_str()].into_iter().filter(|text| !text.is_empty()).collect();
    Line {
        href: format!("{HERE}/{}", listed.id),
        name: place.name.clone(),
        kind: choice_words(KINDS, &place.kind),
        organ: organs.name(&place.organ_id).to_owned(),
        place: where_and_size.join("，"),
        keeper: place.keeper.clone(),
        period: words::period(&place.set_up_on, place.removed_on.as_deref()),
        has_ended: place.removed_on.is_some(),
    }
}

fn sheet(places: &[Place], organs: &Organs) -> Sheet {
    let row = |listed: &Place| register::cells(FIELDS, organs, |field| listed.place.value(field));
    Sheet {
        title: REGISTER.title.to_owned(),
        columns: register::columns(FIELDS),
        rows: places.iter().map(row).collect(),
        personal: false,
    }
}
