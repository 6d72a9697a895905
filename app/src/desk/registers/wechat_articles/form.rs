//! The form of one article: entering, changing, taking it back.

use askama::Template;
use axum::response::Response;
use kit_web::forms::Form;

use super::{
    ACT, HELP, HERE, REGISTER,
    queries::{self, Listed},
};
use crate::{
    desk::{
        form::DeskForm,
        officer::Officer,
        page::Layout,
        registers::{Entry, day, organs, refused},
    },
    error::{Error, Result},
    portal::visit::Address,
    register::Organs,
    wechat_article::{self, FIELDS, NewArticle, actions},
    words,
};

#[derive(Template)]
#[template(path = "desk/registers/wechat_articles/form.html")]
struct ArticlePage {
    layout: Layout,
    action: String,
    entry: Entry,
    /// The version shown; none where the article is new.
    version: Option<i64>,
    withdrawn: Option<String>,
}

/// `/desk/registers/wechat-articles/new`.
pub async fn show_new(officer: Officer) -> Response {
    let made = organs(&officer, ACT).await;
    officer.answer(made.and_then(|organs| page(&officer, None, Entry::empty(FIELDS, &organs))))
}

fn page(officer: &Officer, article: Option<&Listed>, entry: Entry) -> Result<Response> {
    let title = article.map_or("新增文章", |article| article.article.article.title.as_str());
    let page = ArticlePage {
        layout: officer.layout(title).under(&[("首页", "/desk"), (REGISTER.title, HERE)]).helped_by(HELP),
        action: format!("{HERE}/{}", article.map_or("new", |article| article.article.id.as_str())),
        version: article.map(|article| article.article.version),
        withdrawn: article
            .and_then(|article| article.article.article.withdrawn_on.as_deref().map(words::date)),
        entry,
    };
    if page.entry.errors.is_empty() { officer.page(&page) } else { officer.page_with_mistakes(&page) }
}

/// The article, where it is of an organ within reach.
async fn find(officer: &Officer, organs: &Organs, id: String) -> Result<Listed> {
    let article = officer.read(move |tx, cx| Ok(queries::one(tx, &cx.site_id, &id)?)).await?;
    article.filter(|article| organs.reaches(&article.article.article.organ_id)).ok_or(Error::NotFound)
}

/// `/desk/registers/wechat-articles/{article_id}`.
pub async fn show(Address(id): Address<String>, officer: Officer) -> Response {
    officer.answer(shown(&officer, id).await)
}

async fn shown(officer: &Officer, id: String) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let article = find(officer, &organs, id).await?;
    let entry = Entry::showing(FIELDS, &organs, |field| article.value(field));
    page(officer, Some(&article), entry)
}

/// The article that was sent; its record is looked up by its index number.
async fn read(
    officer: &Officer,
    organs: &Organs,
    form: &Form,
) -> Result<std::result::Result<NewArticle, Entry>> {
    let row = match Entry::read(FIELDS, organs, form) {
        Ok(row) => row,
        Err(entry) => return Ok(Err(entry)),
    };
    let rows = [row.clone()];
    let records = officer.read(move |tx, cx| wechat_article::records(tx, cx, &rows)).await?;
    let article = NewArticle::of(&row, &records);
    Ok(article.map_err(|fault| Entry::sent(FIELDS, organs, form).with([fault])))
}

/// `POST /desk/registers/wechat-articles/new`.
pub async fn create(DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(created(&officer, &form).await)
}

async fn created(officer: &Officer, form: &Form) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let new = match read(officer, &organs, form).await? {
        Ok(new) => new,
        Err(entry) => return page(officer, None, entry),
    };
    officer.require(ACT, Some(&new.organ_id))?;
    match officer.act(move |tx, cx| actions::add(tx, cx, &new)).await {
        Ok(_) => Ok(officer.go(HERE, "文章已登记")),
        Err(error) => {
            let entry = refused(Entry::sent(FIELDS, &organs, form), "title", error)?;
            page(officer, None, entry)
        }
    }
}

/// `POST /desk/registers/wechat-articles/{article_id}`.
pub async fn submit(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(changed(&officer, id, &form).await)
}

async fn changed(officer: &Officer, id: String, form: &Form) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    let article = find(officer, &organs, id.clone()).await?;
    let new = match read(officer, &organs, form).await? {
        Ok(new) => new,
        Err(entry) => return page(officer, Some(&article), entry),
    };
    officer.require(ACT, Some(&new.organ_id))?;
    let version = form.text("version").parse().unwrap_or_default();
    match officer.act(move |tx, cx| actions::change(tx, cx, &id, &new, version)).await {
        Ok(()) => Ok(officer.go(HERE, "文章已保存")),
        Err(error) => {
            let entry = refused(Entry::sent(FIELDS, &organs, form), "title", error)?;
            page(officer, Some(&article), entry)
        }
    }
}

/// `POST /desk/registers/wechat-articles/{article_id}/withdraw`.
pub async fn withdraw(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    officer.answer(withdrawn(&officer, id, &form).await)
}

async fn withdrawn(officer: &Officer, id: String, form: &Form) -> Result<Response> {
    let organs = organs(officer, ACT).await?;
    find(officer, &organs, id.clone()).await?;
    let (on, reason) = (day(form, "on", "请填写撤回日期")?, form.text("reason"));
    officer.act(move |tx, cx| actions::withdraw(tx, cx, &id, &on, &reason)).await?;
    Ok(officer.go(HERE, "文章已撤回"))
}
