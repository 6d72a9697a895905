//! Merge (合并), split (拆分), renaming (更名): a form, then what moves, then the deed.

use std::collections::HashMap;

use askama::Template;
use axum::response::Response;
use kit_web::forms::{Form, FormErrors};
use rules::permission::Act;

use super::{
    current,
    moves::{self, Load, Plan},
};
use crate::{
    desk::{form::DeskForm, list::State, officer::Officer, page::Layout},
    error::{Error, Result},
    id::{ColumnId, OrganId},
    organ::{self, Change, ChangeKind, Organ},
    words,
};

#[derive(Template)]
#[template(path = "desk/administration/organ/reorganise.html")]
struct ChangePage {
    layout: Layout,
    kind: ChangeKind,
    organs: Vec<Choice>,
    on: String,
    new_name: String,
    basis: String,
    note: String,
    errors: FormErrors,
}

/// An organ that may stand on either side.
struct Choice {
    code: String,
    name: String,
    is_from: bool,
    is_to: bool,
}

#[derive(Template)]
#[template(path = "desk/administration/organ/preview.html")]
struct PreviewPage {
    layout: Layout,
    plan: Plan,
    day: String,
    loads: Vec<Load>,
    seen: String,
}

impl ChangePage {
    fn is_merge(&self) -> bool {
        self.kind == ChangeKind::Merge
    }

    fn is_split(&self) -> bool {
        self.kind == ChangeKind::Split
    }

    fn is_rename(&self) -> bool {
        self.kind == ChangeKind::Rename
    }
}

impl PreviewPage {
    fn is_rename(&self) -> bool {
        self.plan.change.kind == ChangeKind::Rename
    }
}

fn title(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Merge => "机构合并",
        ChangeKind::Split => "机构拆分",
        ChangeKind::Rename => "机构更名",
    }
}

fn kind(code: &str) -> Result<ChangeKind> {
    let kinds = [ChangeKind::Merge, ChangeKind::Split, ChangeKind::Rename];
    kinds.into_iter().find(|kind| kind.code() == code).ok_or(Error::NotFound)
}

fn layout(officer: &Officer, kind: ChangeKind) -> Layout {
    officer.layout(title(kind)).under(&[("首页", "/desk"), ("机构", "/desk/admin/organs")])
}

/// `/desk/admin/organs/change?kind=…`.
pub async fn show(officer: Officer) -> Response {
    let state = State::of(&officer, &[], "");
    let mut form = vec![("kind", state.text("kind")), ("from", state.text("from"))];
    form.push(("on", officer.cx().today()));
    let encoded = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let form = Form::parse(encoded.as_bytes()).unwrap_or_default();
    let made = page(&officer, &form, FormErrors::default()).await;
    officer.answer(made)
}

async fn page(officer: &Officer, form: &Form, errors: FormErrors) -> Result<Response> {
    officer.require(Act::ManageOrgan, None)?;
    let kind = kind(&form.text("kind"))?;
    let organs = officer.read(|tx, cx| organ::queries::all(tx, &cx.site_id)).await?;
    let today = officer.cx().today();
    let choice = |organ: &Organ| Choice {
        is_from: form.all("from").any(|code| code == organ.code),
        is_to: form.all("to").any(|code| code == organ.code),
        code: organ.code.clone(),
        name: organ.name.clone(),
    };
    let page = ChangePage {
        layout: layout(officer, kind),
        kind,
        organs: current(&organs, &today).map(choice).collect(),
        on: form.text("on"),
        new_name: form.text("new_name"),
        basis: form.text("basis"),
        note: form.text("note"),
        errors,
    };
    if page.errors.is_empty() { officer.page(&page) } else { officer.page_with_mistakes(&page) }
}

/// `POST /desk/admin/organs/change`: shows what moves, or does it once that was confirmed.
pub async fn submit(DeskForm { officer, form }: DeskForm) -> Response {
    let made = go_on(&officer, &form).await;
    officer.answer(made)
}

async fn go_on(officer: &Officer, form: &Form) -> Result<Response> {
    officer.require(Act::ManageOrgan, None)?;
    let organs = officer.read(|tx, cx| organ::queries::all(tx, &cx.site_id)).await?;
    let plan = match read_plan(form, &organs, &officer.cx().today())? {
        Ok(plan) => plan,
        Err(errors) => return page(officer, form, errors).await,
    };
    if form.text("confirmed") != "yes" {
        return preview(officer, plan).await;
    }
    let (carried, seen) = (plan.clone(), form.raw("seen").unwrap_or_default().to_owned());
    match officer.act(move |tx, cx| moves::carry_out(tx, cx, &carried, &seen)).await {
        Ok(()) => {
            let said = format!("{}已办理", title(plan.change.kind));
            Ok(officer.go("/desk/admin/organs", &said))
        }
        Err(Error::Refused(refusal)) => {
            let mut errors = FormErrors::default();
            errors.add("from", words::refusal(&refusal));
            page(officer, form, errors).await
        }
        Err(error) => Err(error),
    }
}

async fn preview(officer: &Officer, plan: Plan) -> Result<Response> {
    let of = plan.clone();
    let loads = officer.read(move |tx, cx| moves::loads(tx, cx, &of)).await?;
    let page = PreviewPage {
        layout: layout(officer, plan.change.kind),
        day: words::date(&plan.change.on),
        seen: moves::seen(&loads),
        loads,
        plan,
    };
    officer.page(&page)
}

/// The plan of a form, or what is wrong in it.
fn read_plan(form: &Form, organs: &[Organ], today: &str) -> Result<Result<Plan, FormErrors>> {
    let kind = kind(&form.text("kind"))?;
    let mut errors = FormErrors::default();
    let side = |name: &str| -> Vec<Organ> {
        let codes: Vec<&str> = form.all(name).collect();
        organs.iter().filter(|organ| codes.contains(&organ.code.as_str())).cloned().collect()
    };
    let from = side("from");
    let to = if kind == ChangeKind::Rename { from.clone() } else { side("to") };
    check_sides(kind, (&from, &to), &mut errors);
    let on = form.required("on", "请填写生效日期", &mut errors);
    if on.parse::<jiff::civil::Date>().is_err() {
        errors.add("on", "日期应为年-月-日");
    } else if on.as_str() > today {
        errors.add("on", "请在生效当日或以后办理");
    }
    let basis = form.required("basis", "请填写依据，例如批复的文号", &mut errors);
    let new_name =
        (kind == ChangeKind::Rename).then(|| form.required("new_name", "请填写新名称", &mut errors));
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    let codes = |organs: &[Organ]| organs.iter().map(|organ| organ.code.clone()).collect();
    let change =
        Change { kind, on, from: codes(&from), to: codes(&to), new_name, note: form.text("note"), basis };
    let among = |code: &str| to.iter().find(|organ| organ.code == code).map(|organ| organ.id.clone());
    let first = to.first().map(|organ| organ.id.clone()).ok_or(Error::NotFound)?;
    let successor = among(&form.text("successor")).unwrap_or(first);
    Ok(Ok(Plan { change, columns: column_choices(form, &to), from, to, successor }))
}

fn check_sides(kind: ChangeKind, (from, to): (&[Organ], &[Organ]), errors: &mut FormErrors) {
    match kind {
        ChangeKind::Merge if from.len() < 2 => errors.add("from", "请选择至少两个要合并的机构"),
        ChangeKind::Split | ChangeKind::Rename if from.len() != 1 => errors.add("from", "请选择一个机构"),
        _ => {}
    }
    match kind {
        ChangeKind::Merge if to.len() != 1 => errors.add("to", "请选择合并后的机构"),
        ChangeKind::Split if to.len() < 2 => errors.add("to", "请选择至少两个拆分后的机构"),
        _ => {}
    }
}

/// Who takes over each column: fields `column` with its id and the code of the organ.
fn column_choices(form: &Form, to: &[Organ]) -> HashMap<ColumnId, OrganId> {
    let chosen = form.all("column").filter_map(|pair| pair.split_once(' '));
    let organ = |code: &str| to.iter().find(|organ| organ.code == code).map(|organ| organ.id.clone());
    chosen.filter_map(|(id, code)| Some((ColumnId(id.to_owned()), organ(code)?))).collect()
}
