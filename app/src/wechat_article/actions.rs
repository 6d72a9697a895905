//! Every change of articles: entering, changing, taking back with a reason. Nothing is deleted.

use kit_db::Tx;

use super::{Article, FIELDS, NewArticle, queries};
use crate::{
    audit::{self, Act},
    cx::Cx,
    document,
    error::{Error, Refusal, Result},
    register,
};

/// What an article cannot be: the field and a sentence.
pub fn check(article: &NewArticle) -> Result<(), (&'static str, String)> {
    let fault = |field, sentence: &str| Err((field, sentence.to_owned()));
    let is_address = |address: &str| address.starts_with("https://") || address.starts_with("http://");
    if article.title.is_empty() {
        return fault("title", "请填写标题");
    }
    if article.account.is_empty() {
        return fault("account", "请填写公众号");
    }
    if !article.address.is_empty() && !is_address(&article.address) {
        return fault("address", "文章地址应以https://或http://开头");
    }
    match (&article.withdrawn_on, &article.withdrawn_reason) {
        (Some(day), _) if *day < article.published_on => {
            fault("withdrawn_on", "撤回日期早于发布日期，请核对")
        }
        (Some(_), None) => fault("withdrawn_reason", "请写明撤回的原因"),
        (None, Some(_)) => fault("withdrawn_on", "写了撤回原因的，请填写撤回日期"),
        _ => Ok(()),
    }
}

fn refuse((_, sentence): (&'static str, String)) -> Error {
    Refusal::Invalid(sentence).into()
}

fn taken(article: &NewArticle) -> Error {
    let NewArticle { account, published_on, title, .. } = article;
    Refusal::Invalid(format!("“{account}”{published_on}发布的“{title}”已经登记")).into()
}

/// Enters an article.
///
/// # Errors
/// Refused when it cannot be so, or is entered already.
pub fn add(tx: &mut Tx<'_>, cx: &Cx, article: &NewArticle) -> Result<String> {
    check(article).map_err(refuse)?;
    let id = cx.new_id();
    if queries::insert(tx, cx, &id, article)? == 0 {
        return Err(taken(article));
    }
    record(tx, cx, "wechat_article.add", &id, &article.key().join(" "))?;
    Ok(id)
}

/// Changes an article; `version` is the one that was shown.
///
/// # Errors
/// Not found when there is none, conflict when somebody was faster, else as [`add`].
pub fn change(tx: &mut Tx<'_>, cx: &Cx, id: &str, article: &NewArticle, version: i64) -> Result<()> {
    let before = find(tx, cx, id)?;
    check(article).map_err(refuse)?;
    if before.article.key() != article.key() && queries::by_key(tx, &cx.site_id, article)?.is_some() {
        return Err(taken(article));
    }
    if queries::update(tx, &cx.site_id, id, article, version)? == 0 {
        return Err(Error::Conflict);
    }
    let (old, new) = (record_number(tx, cx, &before.article)?, record_number(tx, cx, article)?);
    let value = |article: &NewArticle, record: &str, field| {
        if field == "record" { record.to_owned() } else { article.value(field) }
    };
    let changed = register::difference(
        (tx, cx),
        FIELDS,
        |field| value(&before.article, &old, field),
        |field| value(article, &new, field),
    )?;
    record(tx, cx, "wechat_article.change", id, &format!("{} {changed}", article.title))
}

/// The index number of the record that an article shows, for the log; empty where it shows none.
fn record_number(tx: &mut Tx<'_>, cx: &Cx, article: &NewArticle) -> Result<String> {
    let Some(id) = &article.document_id else { return Ok(String::new()) };
    let number = document::queries::by_id(tx, &cx.site_id, id)?.and_then(|record| record.index_number);
    Ok(number.unwrap_or_else(|| "没有索引号的信息".to_owned()))
}

/// Takes an article back on a day, with the reason.
///
/// # Errors
/// Not found when there is none; refused when it was taken back, the day is before it was published, or there is no reason.
pub fn withdraw(tx: &mut Tx<'_>, cx: &Cx, id: &str, on: &str, reason: &str) -> Result<()> {
    let before = find(tx, cx, id)?;
    if before.article.withdrawn_on.is_some() {
        return Err(Refusal::Invalid("这篇文章已经撤回".to_owned()).into());
    }
    let reason = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    let withdrawn =
        NewArticle { withdrawn_on: Some(on.to_owned()), withdrawn_reason: reason.clone(), ..before.article };
    check(&withdrawn).map_err(refuse)?;
    if queries::update(tx, &cx.site_id, id, &withdrawn, before.version)? == 0 {
        return Err(Error::Conflict);
    }
    let detail = format!("{} 撤回日期：{on}；原因：{}", withdrawn.title, reason.unwrap_or_default());
    record(tx, cx, "wechat_article.withdraw", id, &detail)
}

fn find(tx: &mut Tx<'_>, cx: &Cx, id: &str) -> Result<Article> {
    queries::by_id(tx, &cx.site_id, id)?.ok_or(Error::NotFound)
}

fn record(tx: &mut Tx<'_>, cx: &Cx, action: &'static str, id: &str, detail: &str) -> Result<()> {
    audit::actions::record(tx, cx, Act { action, object_kind: "wechat_article", object_id: id, detail })
}
