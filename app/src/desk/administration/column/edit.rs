//! Adding a column, and changing what is set of one. The code is part of the address and stays.

use askama::Template;
use axum::response::Response;
use kit_web::forms::{Form, FormErrors};
use rules::permission::Act;

use crate::{
    column::{self, Column, Edited, NewColumn, with_descendants},
    desk::{form::DeskForm, officer::Officer, page::Layout},
    error::{Error, Result},
    id::{ColumnId, OrganId},
    organ,
    portal::visit::Address,
    words,
};

#[derive(Template)]
#[template(path = "desk/administration/column/edit.html")]
struct ColumnPage {
    layout: Layout,
    id: String,
    path: String,
    is_new: bool,
    fields: Fields,
    parents: Vec<(String, String)>,
    owners: Vec<(String, String)>,
    types: Vec<(String, String)>,
    areas: Vec<(String, String)>,
    content_types: Vec<Choice>,
    items: Vec<Choice>,
    errors: FormErrors,
}

/// A box that may be ticked.
struct Choice {
    code: String,
    name: String,
    is_chosen: bool,
}

/// What stands in the form.
#[derive(Default)]
struct Fields {
    code: String,
    version: i64,
    name: String,
    parent: String,
    column_type: String,
    owner: String,
    interval: String,
    description: String,
    keywords: String,
    key_area: String,
    items: Vec<String>,
    content_types: Vec<String>,
    sort: i64,
}

impl Fields {
    fn of(column: &Column) -> Fields {
        Fields {
            code: column.code.clone(),
            version: column.version,
            name: column.name.clone(),
            parent: column.parent_id.as_ref().map(|id| id.0.clone()).unwrap_or_default(),
            column_type: column.column_type.clone(),
            owner: column.owner_id.as_ref().map(|id| id.0.clone()).unwrap_or_default(),
            interval: column.update_interval_days.map(|days| days.to_string()).unwrap_or_default(),
            description: column.description.clone(),
            keywords: column.keywords.join(" "),
            key_area: column.key_area.clone().unwrap_or_default(),
            items: column.statutory_items.clone(),
            content_types: column.content_types.clone(),
            sort: column.sort,
        }
    }

    fn read(form: &Form, errors: &mut FormErrors) -> Fields {
        let interval = form.text("interval");
        if !interval.is_empty() && !interval.parse::<i64>().is_ok_and(|days| days > 0) {
            errors.add("interval", "更新期限应为天数，例如 14");
        }
        let number = |name: &str| form.text(name).parse().unwrap_or_default();
        let all = |name: &str| form.all(name).map(str::to_owned).collect();
        Fields {
            code: form.text("code"),
            version: number("version"),
            name: form.required("name", "请填写名称", errors),
            parent: form.text("parent"),
            column_type: form.required("column_type", "请选择栏目类别", errors),
            owner: form.required("owner", "请选择责任单位", errors),
            interval,
            description: form.text("description"),
            keywords: form.text("keywords"),
            key_area: form.text("key_area"),
            items: all("item"),
            content_types: all("content_type"),
            sort: number("sort"),
        }
    }

    fn edited(&self) -> Edited {
        let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        Edited {
            name: self.name.clone(),
            parent_id: some(&self.parent).map(ColumnId),
            column_type: self.column_type.clone(),
            owner_id: some(&self.owner).map(OrganId),
            update_interval_days: self.interval.parse().ok(),
            description: self.description.clone(),
            keywords: self.keywords.split_whitespace().map(str::to_owned).collect(),
            key_area: some(&self.key_area),
            statutory_items: self.items.clone(),
            content_types: self.content_types.clone(),
            sort: self.sort,
        }
    }
}

/// `/desk/admin/columns/new`.
pub async fn show_new(officer: Officer) -> Response {
    let made = page(&officer, None, Fields::default(), FormErrors::default()).await;
    officer.answer(made)
}

/// `/desk/admin/columns/{column_id}`.
pub async fn show(officer: Officer, Address(id): Address<String>) -> Response {
    let made = match find(&officer, ColumnId(id)).await {
        Ok(column) => page(&officer, Some(&column), Fields::of(&column), FormErrors::default()).await,
        Err(error) => Err(error),
    };
    officer.answer(made)
}

/// A column, for whoever keeps columns.
pub(super) async fn find(officer: &Officer, id: ColumnId) -> Result<Column> {
    officer.require(Act::ManageColumn, None)?;
    let columns = officer.read(|tx, cx| column::queries::all(tx, &cx.site_id)).await?;
    columns.into_iter().find(|column| column.id == id).ok_or(Error::NotFound)
}

async fn page(
    officer: &Officer,
    column: Option<&Column>,
    fields: Fields,
    errors: FormErrors,
) -> Result<Response> {
    officer.require(Act::ManageColumn, None)?;
    let (columns, organs) = officer
        .read(|tx, cx| Ok((column::queries::all(tx, &cx.site_id)?, organ::queries::all(tx, &cx.site_id)?)))
        .await?;
    let below = column.map(|column| with_descendants(&columns, &column.id)).unwrap_or_default();
    let above = columns.iter().filter(|other| !below.contains(&other.id));
    let owners = organs.iter().filter(|organ| organ.valid_to_on.is_none());
    let reference = officer.visit.app.reference;
    let pair = |code: &String, name: &String| (code.clone(), name.clone());
    let choice = |chosen: &[String], code: &String, name: &String| Choice {
        is_chosen: chosen.contains(code),
        code: code.clone(),
        name: name.clone(),
    };
    let title = column.map_or_else(|| "新增栏目".to_owned(), |column| column.name.clone());
    let id = column.map_or("new", |column| column.id.0.as_str());
    let page = ColumnPage {
        layout: officer.layout(title).under(&[("首页", "/desk"), ("栏目", "/desk/admin/columns")]),
        path: format!("/desk/admin/columns/{id}"),
        id: id.to_owned(),
        is_new: column.is_none(),
        parents: above.map(|column| pair(&column.id.0, &column.name)).collect(),
        owners: owners.map(|organ| pair(&organ.id.0, &organ.name)).collect(),
        types: reference.column_types.iter().map(|kind| pair(&kind.code, &kind.name)).collect(),
        areas: reference.key_areas.iter().map(|area| pair(&area.code, &area.name)).collect(),
        content_types: reference
            .content_types
            .iter()
            .map(|kind| choice(&fields.content_types, &kind.code, &kind.name))
            .collect(),
        items: reference
            .statutory_items
            .iter()
            .map(|item| choice(&fields.items, &item.code, &item.name))
            .collect(),
        fields,
        errors,
    };
    if page.errors.is_empty() { officer.page(&page) } else { officer.page_with_mistakes(&page) }
}

/// `POST /desk/admin/columns/new`.
pub async fn create(DeskForm { officer, form }: DeskForm) -> Response {
    let made = added(&officer, &form).await;
    officer.answer(made)
}

async fn added(officer: &Officer, form: &Form) -> Result<Response> {
    officer.require(Act::ManageColumn, None)?;
    let mut errors = FormErrors::default();
    let fields = Fields::read(form, &mut errors);
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if fields.code.is_empty() || !fields.code.chars().all(plain) {
        errors.add("code", "请填写代码：小写字母、数字和连字符");
    }
    if !errors.is_empty() {
        return page(officer, None, fields, errors).await;
    }
    let (code, edited) = (fields.code.clone(), fields.edited());
    let made = officer
        .act(move |tx, cx| {
            let columns = column::queries::all(tx, &cx.site_id)?;
            let parent = columns.iter().find(|column| Some(&column.id) == edited.parent_id.as_ref());
            let owner = match &edited.owner_id {
                Some(id) => organ::queries::code_of(tx, &cx.site_id, id)?,
                None => None,
            };
            let parent = parent.map(|column| column.code.clone());
            column::actions::create(tx, cx, &new_column(&code, parent, owner, edited.clone()))
        })
        .await;
    match made {
        Ok(_) => Ok(officer.go("/desk/admin/columns", "栏目已新增")),
        Err(Error::Refused(refusal)) => {
            errors.add("code", words::refusal(&refusal));
            page(officer, None, fields, errors).await
        }
        Err(error) => Err(error),
    }
}

fn new_column(code: &str, parent: Option<String>, owner: Option<String>, edited: Edited) -> NewColumn {
    NewColumn {
        code: code.to_owned(),
        name: edited.name,
        parent,
        column_type: edited.column_type,
        owner,
        update_interval_days: edited.update_interval_days,
        description: edited.description,
        keywords: edited.keywords,
        key_area: edited.key_area,
        statutory_items: edited.statutory_items,
        content_types: edited.content_types,
        sort: edited.sort,
    }
}

/// `POST /desk/admin/columns/{column_id}`.
pub async fn submit(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    let made = saved(&officer, ColumnId(id), &form).await;
    officer.answer(made)
}

async fn saved(officer: &Officer, id: ColumnId, form: &Form) -> Result<Response> {
    let column = find(officer, id.clone()).await?;
    let mut errors = FormErrors::default();
    let mut fields = Fields::read(form, &mut errors);
    fields.code.clone_from(&column.code);
    if !errors.is_empty() {
        return page(officer, Some(&column), fields, errors).await;
    }
    let (edited, version) = (fields.edited(), fields.version);
    match officer.act(move |tx, cx| column::actions::edit(tx, cx, &id, &edited, version)).await {
        Ok(()) => Ok(officer.go("/desk/admin/columns", "栏目已保存")),
        Err(Error::Refused(refusal)) => {
            errors.add("parent", words::refusal(&refusal));
            page(officer, Some(&column), fields, errors).await
        }
        Err(error) => Err(error),
    }
}
