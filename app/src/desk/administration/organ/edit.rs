//! Adding an organ, and changing what is set of one. A name changes by a renaming, with its day and its basis.

use askama::Template;
use axum::response::Response;
use kit_web::forms::{Form, FormErrors};
use rules::permission::Act;

use super::{current, kind_options};
use crate::{
    desk::{form::DeskForm, officer::Officer, page::Layout},
    error::{Error, Result},
    id::OrganId,
    organ::{self, Edited, NewOrgan, Organ, OrganContact, OrganName},
    portal::visit::Address,
    words,
};

#[derive(Template)]
#[template(path = "desk/administration/organ/edit.html")]
struct OrganPage {
    layout: Layout,
    action: String,
    is_new: bool,
    fields: Fields,
    names: Vec<String>,
    ended: Option<String>,
    kinds: Vec<(String, String)>,
    parents: Vec<(String, String)>,
    errors: FormErrors,
}

/// What stands in the form.
#[derive(Default)]
struct Fields {
    code: String,
    name: String,
    kind: String,
    parent: String,
    short_name: String,
    duties: String,
    contact: OrganContact,
    sort: i64,
    version: i64,
}

impl Fields {
    fn of(organ: &Organ) -> Fields {
        Fields {
            code: organ.code.clone(),
            name: organ.name.clone(),
            kind: organ.kind.clone(),
            parent: organ.parent_id.as_ref().map(|id| id.0.clone()).unwrap_or_default(),
            short_name: organ.short_name.clone(),
            duties: organ.duties.clone(),
            contact: organ.contact.clone(),
            sort: organ.sort,
            version: organ.version,
        }
    }

    fn read(form: &Form, errors: &mut FormErrors) -> Fields {
        let number = |name: &str| form.text(name).parse().unwrap_or_default();
        Fields {
            code: form.text("code"),
            name: form.text("name"),
            kind: form.required("kind", "请选择类别", errors),
            parent: form.text("parent"),
            short_name: form.text("short_name"),
            duties: form.text("duties"),
            contact: OrganContact {
                address: form.text("address"),
                phone: form.text("phone"),
                hours: form.text("hours"),
                leader_title: form.text("leader_title"),
            },
            sort: number("sort"),
            version: number("version"),
        }
    }

    fn edited(self) -> Edited {
        let parent_id = Some(self.parent).filter(|id| !id.is_empty()).map(OrganId);
        let Fields { kind, short_name, duties, contact, sort, .. } = self;
        Edited { kind, parent_id, short_name, duties, contact, sort }
    }
}

/// `/desk/admin/organs/new`.
pub async fn show_new(officer: Officer) -> Response {
    let made = page(&officer, None, Fields::default(), FormErrors::default()).await;
    officer.answer(made)
}

/// `/desk/admin/organs/{organ_id}`.
pub async fn show(officer: Officer, Address(id): Address<String>) -> Response {
    let made = match find(&officer, OrganId(id)).await {
        Ok(organ) => page(&officer, Some(&organ), Fields::of(&organ), FormErrors::default()).await,
        Err(error) => Err(error),
    };
    officer.answer(made)
}

async fn find(officer: &Officer, id: OrganId) -> Result<Organ> {
    officer.require(Act::ManageOrgan, None)?;
    let organs = officer.read(|tx, cx| organ::queries::all(tx, &cx.site_id)).await?;
    organs.into_iter().find(|organ| organ.id == id).ok_or(Error::NotFound)
}

async fn page(
    officer: &Officer,
    organ: Option<&Organ>,
    fields: Fields,
    errors: FormErrors,
) -> Result<Response> {
    officer.require(Act::ManageOrgan, None)?;
    let id = organ.map(|organ| organ.id.clone());
    let of = id.clone();
    let (organs, names) = officer
        .read(move |tx, cx| {
            let names = match &of {
                Some(id) => organ::queries::names(tx, &cx.site_id, id)?,
                None => Vec::new(),
            };
            Ok((organ::queries::all(tx, &cx.site_id)?, names))
        })
        .await?;
    let today = officer.cx().today();
    let others = current(&organs, &today).filter(|other| Some(&other.id) != id.as_ref());
    let title = organ.map_or_else(|| "新增机构".to_owned(), |organ| organ.name.clone());
    let page = OrganPage {
        layout: officer.layout(title).under(&[("首页", "/desk"), ("机构", "/desk/admin/organs")]),
        action: format!("/desk/admin/organs/{}", id.as_ref().map_or("new", |id| id.0.as_str())),
        is_new: id.is_none(),
        names: names.iter().map(name_line).collect(),
        ended: organ.and_then(|organ| organ.valid_to_on.as_deref().map(words::date)),
        kinds: kind_options(officer.visit.app.reference),
        parents: others.map(|organ| (organ.id.0.clone(), organ.name.clone())).collect(),
        fields,
        errors,
    };
    if page.errors.is_empty() { officer.page(&page) } else { officer.page_with_mistakes(&page) }
}

fn name_line(name: &OrganName) -> String {
    let from =
        if name.from_on.is_empty() { String::new() } else { format!("{}起", words::date(&name.from_on)) };
    let to = name.to_on.as_deref().map(|day| format!("至{}", words::date(day))).unwrap_or_default();
    if from.is_empty() && to.is_empty() {
        name.name.clone()
    } else {
        format!("{}（{from}{to}）", name.name)
    }
}

/// `POST /desk/admin/organs/new`.
pub async fn create(DeskForm { officer, form }: DeskForm) -> Response {
    let made = added(&officer, &form).await;
    officer.answer(made)
}

async fn added(officer: &Officer, form: &Form) -> Result<Response> {
    officer.require(Act::ManageOrgan, None)?;
    let mut errors = FormErrors::default();
    let fields = Fields::read(form, &mut errors);
    let code = form.required("code", "请填写代码", &mut errors);
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !code.chars().all(plain) {
        errors.add("code", "代码只能用小写字母、数字和连字符");
    }
    let name = form.required("name", "请填写名称", &mut errors);
    if !errors.is_empty() {
        return page(officer, None, fields, errors).await;
    }
    let parent_id = fields.parent.clone();
    let new = NewOrgan {
        code,
        name,
        kind: fields.kind.clone(),
        parent: None,
        short_name: fields.short_name.clone(),
        duties: fields.duties.clone(),
        contact: fields.contact.clone(),
        valid_from_on: form.optional("valid_from_on"),
        valid_to_on: None,
        sort: fields.sort,
    };
    let made = officer
        .act(move |tx, cx| {
            let parent = OrganId(parent_id.clone());
            let parent = organ::queries::code_of(tx, &cx.site_id, &parent)?;
            organ::actions::create(tx, cx, &NewOrgan { parent, ..new.clone() })
        })
        .await;
    match made {
        Ok(_) => Ok(officer.go("/desk/admin/organs", "机构已新增")),
        Err(Error::Refused(refusal)) => {
            errors.add("code", words::refusal(&refusal));
            page(officer, None, fields, errors).await
        }
        Err(error) => Err(error),
    }
}

/// `POST /desk/admin/organs/{organ_id}`.
pub async fn submit(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    let made = saved(&officer, OrganId(id), &form).await;
    officer.answer(made)
}

async fn saved(officer: &Officer, id: OrganId, form: &Form) -> Result<Response> {
    let organ = find(officer, id.clone()).await?;
    let mut errors = FormErrors::default();
    let mut fields = Fields::read(form, &mut errors);
    (fields.code, fields.name) = (organ.code.clone(), organ.name.clone());
    if !errors.is_empty() {
        return page(officer, Some(&organ), fields, errors).await;
    }
    let version = fields.version;
    let edited = fields.edited();
    match officer.act(move |tx, cx| organ::actions::edit(tx, cx, &id, &edited, version)).await {
        Ok(()) => Ok(officer.go("/desk/admin/organs", "机构已保存")),
        Err(Error::Refused(refusal)) => {
            errors.add("parent", words::refusal(&refusal));
            let fields = Fields { version, ..Fields::read(form, &mut FormErrors::default()) };
            page(officer, Some(&organ), fields, errors).await
        }
        Err(error) => Err(error),
    }
}
