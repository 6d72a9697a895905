//! The site (站点): what it says of itself, how index numbers are made, its colour with the contrast measured, the day of
//! mourning, what stands on letters. What the footer still lacks is told first.

mod fields;
mod looks;
#[cfg(test)]
mod tests;

use askama::Template;
use axum::response::Response;
use kit_web::forms::{Form, FormErrors};
use rules::permission::Act;

use self::{
    fields::Fields,
    looks::{ThemeRow, index_examples, themes},
};
use crate::{
    background,
    desk::{form::DeskForm, officer::Officer, page::Layout},
    error::{Error, Result},
    site::{self, LetterHead, Profile},
    words,
};

#[derive(Template)]
#[template(path = "desk/administration/site/site.html")]
struct SitePage {
    layout: Layout,
    fields: Fields,
    letter_head: LetterHead,
    missing: Vec<(String, String)>,
    examples: Result<Vec<String>, String>,
    themes: Vec<ThemeRow>,
    errors: FormErrors,
}

/// `/desk/admin/site`.
pub async fn show(officer: Officer) -> Response {
    let made = match read(&officer).await {
        Ok((fields, head)) => page(&officer, fields, head, FormErrors::default()),
        Err(error) => Err(error),
    };
    officer.answer(made)
}

async fn read(officer: &Officer) -> Result<(Fields, LetterHead)> {
    officer.require(Act::ManageSite, None)?;
    officer
        .read(|tx, cx| {
            let profile = site::queries::by_id(tx, &cx.site_id)?.ok_or(Error::NotFound)?.profile;
            let version = site::queries::version(tx, &cx.site_id)?;
            Ok((Fields { profile, version }, site::queries::letter_head(tx, &cx.site_id)?))
        })
        .await
}

fn page(officer: &Officer, fields: Fields, letter_head: LetterHead, errors: FormErrors) -> Result<Response> {
    let reference = officer.visit.app.reference;
    let missing = site::missing_footer(reference, &fields.profile);
    let page = SitePage {
        layout: officer.layout("站点").under(&[("首页", "/desk")]),
        missing: missing.iter().map(|item| (item.name.clone(), item.hint.clone())).collect(),
        examples: index_examples(&fields.profile, &officer.cx().today()),
        themes: themes(reference),
        fields,
        letter_head,
        errors,
    };
    if page.errors.is_empty() { officer.page(&page) } else { officer.page_with_mistakes(&page) }
}

/// `POST /desk/admin/site`: checks the form, or saves it.
pub async fn submit(DeskForm { officer, form }: DeskForm) -> Response {
    let made = save(&officer, &form).await;
    officer.answer(made)
}

async fn save(officer: &Officer, form: &Form) -> Result<Response> {
    let (known, _) = read(officer).await?;
    let mut errors = FormErrors::default();
    let fields = Fields::read(form, &known.profile, officer.visit.app.reference, &mut errors);
    let head = LetterHead { issuer_mark: form.text("issuer_mark"), registry: form.text("registry") };
    // The button beside the pattern shows its examples and keeps nothing.
    if !errors.is_empty() || form.text("do") == "check" {
        return page(officer, fields, head, errors);
    }
    match change(officer, &fields, &head).await {
        Ok(()) => {
            background::refresh_sites(&officer.visit.app).await?;
            Ok(officer.go("/desk/admin/site", "站点设置已保存"))
        }
        Err(Error::Refused(refusal)) => {
            errors.add("name", words::refusal(&refusal));
            page(officer, fields, head, errors)
        }
        Err(error) => Err(error),
    }
}

async fn change(officer: &Officer, fields: &Fields, head: &LetterHead) -> Result<()> {
    let (profile, version, head): (Profile, i64, LetterHead) =
        (fields.profile.clone(), fields.version, head.clone());
    officer
        .act(move |tx, cx| {
            if site::queries::version(tx, &cx.site_id)? != version {
                return Err(Error::Conflict);
            }
            if site::queries::letter_head(tx, &cx.site_id)? != head {
                site::actions::set_letter_head(tx, cx, &head)?;
            }
            site::actions::change(tx, cx, &profile)
        })
        .await
}
