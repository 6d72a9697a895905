//! A new document: first the column, then the kind of content that it takes; the rest is proposed from what the officer
//! chose there last time.

use askama::Template;
use axum::{extract::Query, response::Response};
use kit_db::Tx;
use kit_web::forms::FormErrors;
use rules::permission::Act;
use serde::Deserialize;

use super::queries;
use crate::{
    column::{self, Column},
    cx::Cx,
    desk::{form::DeskForm, officer::Officer, page::Layout},
    document::{self, Content, NewDocument},
    draft,
    error::{Error, Refusal, Result},
    id::{ColumnId, EditionId, OrganId},
    organ::{self, Organ},
    portal::page::Link,
    reference::{ContentType, Reference},
    staff::{self, Grant},
};

/// Which column was chosen.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    column: String,
}

#[derive(Template)]
#[template(path = "desk/editor/new.html")]
struct NewPage {
    layout: Layout,
    own_columns: Vec<Link>,
    other_columns: Vec<Link>,
    chosen: Option<Chosen>,
    errors: FormErrors,
}

/// The second step: what is asked once the column is known.
struct Chosen {
    column_id: String,
    column: String,
    kinds: Vec<Kind>,
    organs: Vec<Choice>,
    title: String,
}

struct Kind {
    code: String,
    name: String,
    description: String,
    chosen: bool,
}

struct Choice {
    id: String,
    name: String,
    chosen: bool,
}

/// `GET /desk/documents/new`.
pub async fn show(Query(asked): Query<Asked>, officer: Officer) -> Response {
    let made = page(&officer, &asked.column, String::new(), FormErrors::default()).await;
    officer.answer(made.and_then(|page| officer.page(&page)))
}

async fn page(officer: &Officer, column: &str, title: String, errors: FormErrors) -> Result<NewPage> {
    officer.require(Act::Draft, None)?;
    let (login, wanted) = (officer.account.login.clone(), ColumnId(column.to_owned()));
    let (columns, organs, last) = officer
        .read(move |tx, cx| {
            Ok((
                column::queries::all(tx, &cx.site_id)?,
                organ::queries::all(tx, &cx.site_id)?,
                queries::last_choice(tx, &cx.site_id, &login, &wanted)?,
            ))
        })
        .await?;
    let reach = officer.organs(Act::Draft);
    let is_own = |column: &Column| {
        reach.as_ref().is_none_or(|reach| column.owner_id.as_ref().is_some_and(|owner| reach.contains(owner)))
    };
    let (own, other): (Vec<&Column>, Vec<&Column>) = columns.iter().partition(|column| is_own(column));
    let chosen = columns.iter().find(|known| known.id.0 == column).map(|column| Chosen {
        column_id: column.id.0.clone(),
        column: column.name.clone(),
        kinds: kinds(
            officer.visit.app.reference,
            column,
            last.as_ref().map(|last| last.content_type.as_str()),
        ),
        organs: organ_choices(
            reach.as_deref(),
            &organs,
            last.as_ref().map(|last| last.issuing_organ.as_str()),
        ),
        title,
    });
    let mut layout = officer.layout("新建信息");
    layout.crumbs = vec![Link::new("信息", "/desk/documents")];
    Ok(NewPage { layout, own_columns: links(&own), other_columns: links(&other), chosen, errors })
}

fn links(columns: &[&Column]) -> Vec<Link> {
    let link =
        |column: &&Column| Link::new(&column.name, format!("/desk/documents/new?column={}", column.id.0));
    columns.iter().map(link).collect()
}

/// The kinds that a column takes, all where it names none; the one chosen last time or the first is proposed.
fn kinds(reference: &Reference, column: &Column, last: Option<&str>) -> Vec<Kind> {
    let of_column = column.content_types.iter().filter_map(|code| reference.content_type(code));
    let mut list: Vec<&ContentType> = of_column.collect();
    if list.is_empty() {
        list = reference.content_types.iter().collect();
    }
    let proposed =
        last.filter(|last| list.iter().any(|kind| kind.code == *last)).unwrap_or(&list[0].code).to_owned();
    let kind = |kind: &ContentType| Kind {
        code: kind.code.clone(),
        name: kind.name.clone(),
        description: kind.description.clone(),
        chosen: kind.code == proposed,
    };
    list.into_iter().map(kind).collect()
}

fn organ_choices(reach: Option<&[OrganId]>, organs: &[Organ], last: Option<&str>) -> Vec<Choice> {
    let reached = organs.iter().filter(|organ| reach.is_none_or(|reach| reach.contains(&organ.id)));
    let choice = |organ: &Organ| Choice {
        id: organ.id.0.clone(),
        name: organ.name.clone(),
        chosen: Some(organ.name.as_str()) == last,
    };
    reached.map(choice).collect()
}

/// `POST /desk/documents`.
pub async fn create(sent: DeskForm) -> Response {
    let DeskForm { officer, form } = sent;
    let mut errors = FormErrors::default();
    let title = form.required("title", "请填写标题，以后可以改", &mut errors);
    let kind = form.required("kind", "请选择信息类别", &mut errors);
    if !errors.is_empty() {
        let again = page(&officer, &form.text("column"), title, errors).await;
        return officer.answer(again.and_then(|page| officer.page_with_mistakes(&page)));
    }
    let first = First {
        grants: officer.grants.clone(),
        column: ColumnId(form.text("column")),
        organ: OrganId(form.text("organ")),
        kind,
        title,
    };
    let made = officer.act(move |tx, cx| begin(tx, cx, &first)).await;
    officer
        .answer(made.map(|id| officer.go(&format!("/desk/editions/{}/edit", id.0), "已新建，内容会自动保存")))
}

/// What is chosen before the first word is written.
struct First {
    grants: Vec<Grant>,
    column: ColumnId,
    organ: OrganId,
    kind: String,
    title: String,
}

fn begin(tx: &mut Tx<'_>, cx: &Cx, first: &First) -> Result<EditionId> {
    if !staff::may(&first.grants, Act::Draft, Some(&first.organ)) {
        return Err(Error::Forbidden);
    }
    let column = column::queries::by_id(tx, &cx.site_id, &first.column)?.ok_or(Error::NotFound)?;
    let kind = cx.reference.content_type(&first.kind).ok_or(Error::NotFound)?;
    let takes = &column.content_types;
    if !takes.is_empty() && !takes.contains(&kind.code) {
        return Err(Refusal::Invalid(format!("栏目“{}”不收“{}”，请另选", column.name, kind.name)).into());
    }
    let content = proposal(tx, cx, first, &column, kind)?;
    let new = NewDocument { content_type: kind.code.clone(), column_id: column.id, content };
    let (document_id, edition_id) = document::actions::create(tx, cx, &new)?;
    if document::actions::find(tx, cx, &document_id)?.responsible_organ_id.as_ref() != Some(&first.organ) {
        document::actions::hand_over(tx, cx, &document_id, &first.organ)?;
    }
    draft::actions::begin(tx, cx, &edition_id)?;
    Ok(edition_id)
}

/// What the officer chose here last time, as far as it is not the text itself.
fn proposal(tx: &mut Tx<'_>, cx: &Cx, first: &First, column: &Column, kind: &ContentType) -> Result<Content> {
    let organs = organ::queries::all(tx, &cx.site_id)?;
    let organ = organs.iter().find(|organ| organ.id == first.organ).ok_or(Error::NotFound)?;
    let last = queries::last_choice(tx, &cx.site_id, &cx.actor, &column.id)?;
    let last = last.filter(|last| last.content_type == kind.code);
    let genre = cx.reference.genre_by_title(&first.title).or(cx.reference.genres.get(&kind.default_genre));
    Ok(Content {
        title: first.title.clone(),
        issuing_organ: organ.name.clone(),
        issuing_organ_id: Some(organ.id.clone()),
        genre: last.as_ref().and_then(|last| last.genre.clone()).or(genre.map(|genre| genre.name.clone())),
        subject_category: last.as_ref().and_then(|last| last.subject_category.clone()),
        disclosure_class: last.map_or_else(|| "proactive".to_owned(), |last| last.disclosure_class),
        ..Content::default()
    })
}
