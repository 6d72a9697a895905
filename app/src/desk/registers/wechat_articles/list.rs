//! The list of articles.

use askama::Template;
use axum::response::Response;
use rules::permission::Act;

use super::{
    ACT, HELP, HERE, REGISTER,
    queries::{self, Listed, Wanted},
};
use crate::{
    desk::{
        list::{self, Column, Filter, List, Sheet, State},
        officer::Officer,
        page::Layout,
        registers::{OrganCount, Register, organ_counts, organs},
    },
    error::Result,
    register::{self, Organs},
    wechat_article::FIELDS,
    words,
};

const COLUMNS: [Column; 6] = [
    Column::sorted("title", "标题"),
    Column::sorted("account", "公众号"),
    Column::plain("发布机构"),
    Column::sorted("published", "发布"),
    Column::plain("对应信息"),
    Column::plain("状态"),
];

/// States that the list can be narrowed to.
const STATES: [(&str, &str); 2] = [("live", "在发"), ("withdrawn", "已撤回")];

#[derive(Template)]
#[template(path = "desk/registers/wechat_articles/list.html")]
struct ArticlesPage {
    layout: Layout,
    register: &'static Register,
    list: List,
    by_organ: Vec<OrganCount>,
    rows: Vec<Line>,
}

struct Line {
    href: String,
    title: String,
    account: String,
    organ: String,
    published: String,
    index_number: String,
    withdrawn: Option<String>,
}

/// `/desk/registers/wechat-articles`.
pub async fn show(officer: Officer) -> Response {
    officer.answer(answer(&officer).await)
}

async fn answer(officer: &Officer) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let state = State::of(officer, &COLUMNS, "-published").exported_by(officer, &[Act::ExportRecords]);
    let format = state.format()?;
    let wanted = Wanted {
        within: organs.narrowed(&state.text("organ")),
        state: state.text("state"),
        from: state.day("from").unwrap_or_default(),
        to: state.day("to").unwrap_or_default(),
        text: state.text("q"),
        order: state.order(),
    };
    let (limit, offset) = state.window();
    let (articles, counts) = officer
        .read(move |tx, cx| {
            let articles = queries::page(tx, &cx.site_id, &wanted, limit, offset)?;
            Ok((articles, queries::by_organ(tx, &cx.site_id, &wanted)?))
        })
        .await?;
    if let Some(format) = format {
        return list::export(officer, &state, format, sheet(&articles, &organs)).await;
    }
    let total: i64 = counts.iter().map(|(_, n)| n).sum();
    let filters = vec![
        Filter::text(&state, "q", "标题、公众号或索引号"),
        Filter::choice(&state, "organ", "发布机构", organs.choices()),
        Filter::choice(&state, "state", "状态", STATES),
        Filter::day(&state, "from", "发布从"),
        Filter::day(&state, "to", "到"),
    ];
    officer.page(&ArticlesPage {
        layout: officer.layout(REGISTER.title).under(&[("首页", "/desk")]).helped_by(HELP),
        register: &REGISTER,
        list: List::new(&state, &COLUMNS, filters, total.unsigned_abs()),
        by_organ: organ_counts(&state, &organs, &counts),
        rows: articles.iter().map(|article| line(article, &organs)).collect(),
    })
}

fn line(listed: &Listed, organs: &Organs) -> Line {
    let article = &listed.article.article;
    let withdrawn = article.withdrawn_on.as_deref().map(|day| {
        format!("{}撤回：{}", words::date(day), article.withdrawn_reason.as_deref().unwrap_or_default())
    });
    Line {
        href: format!("{HERE}/{}", listed.article.id),
        title: article.title.clone(),
        account: article.account.clone(),
        organ: organs.name(&article.organ_id).to_owned(),
        published: words::date(&article.published_on),
        index_number: listed.index_number.clone(),
        withdrawn,
    }
}

fn sheet(articles: &[Listed], organs: &Organs) -> Sheet {
    let row = |listed: &Listed| register::cells(FIELDS, organs, |field| listed.value(field));
    Sheet {
        title: REGISTER.title.to_owned(),
        columns: register::columns(FIELDS),
        rows: articles.iter().map(row).collect(),
        personal: false,
    }
}
