//! Setting up the second factor: scan, type the first code, keep the recovery codes.

use askama::Template;
use axum::response::Response;
use kit_web::forms::FormErrors;

use crate::{
    desk::{form::DeskForm, officer::Officer, page::Layout},
    error::{Error, Result},
    staff::second_factor::{self, Enrolment},
    words,
};

#[derive(Template)]
#[template(path = "desk/account/second_factor.html")]
struct SecondFactorPage {
    layout: Layout,
    is_set: bool,
    owes: bool,
    secret: String,
    qr: String,
    errors: FormErrors,
}

#[derive(Template)]
#[template(path = "desk/account/recovery_codes.html")]
struct RecoveryCodesPage {
    layout: Layout,
    codes: Vec<String>,
}

fn layout(officer: &Officer, title: &str) -> Layout {
    officer.layout(title).under(&[("首页", "/desk"), ("我的账号", "/desk/account")])
}

/// `/desk/account/second-factor`: begins an enrolment, or goes on with the one begun.
pub async fn show(officer: Officer) -> Response {
    let made = page(&officer, FormErrors::default()).await;
    officer.answer(made.and_then(|page| officer.page(&page)))
}

async fn page(officer: &Officer, errors: FormErrors) -> Result<SecondFactorPage> {
    let is_set = officer.account.has_second_factor;
    let enrolment = if is_set { None } else { Some(enrolment(officer).await?) };
    let qr = enrolment.as_ref().map(|enrolment| qr_svg(&enrolment.address)).unwrap_or_default();
    Ok(SecondFactorPage {
        layout: layout(officer, "动态口令"),
        is_set,
        owes: officer.owes_second_factor(),
        secret: enrolment.map(|enrolment| enrolment.secret).unwrap_or_default(),
        qr,
        errors,
    })
}

async fn enrolment(officer: &Officer) -> Result<Enrolment> {
    let (id, issuer) = (officer.account.id.clone(), officer.visit.host.site.profile.short_name.clone());
    officer
        .act(move |tx, cx| match second_factor::begun(tx, cx, &id, &issuer)? {
            Some(enrolment) => Ok(enrolment),
            None => second_factor::begin(tx, cx, &id, &issuer),
        })
        .await
}

fn qr_svg(address: &str) -> String {
    let code =
        qrcode::QrCode::new(address).expect("an enrolment address is far shorter than a QR code can hold");
    let svg = code.render::<qrcode::render::svg::Color>().quiet_zone(true).min_dimensions(200, 200).build();
    // A picture inside a page has no XML declaration of its own.
    svg.split_once("?>").map_or_else(|| svg.clone(), |(_, picture)| picture.to_owned())
}

/// `POST /desk/account/second-factor`.
pub async fn submit(DeskForm { officer, form }: DeskForm) -> Response {
    let (id, code) = (officer.account.id.clone(), form.text("code"));
    let confirmed = officer.act(move |tx, cx| second_factor::confirm(tx, cx, &id, &code)).await;
    let made = match confirmed {
        Ok(codes) => officer.page(&RecoveryCodesPage { layout: layout(&officer, "保存恢复码"), codes }),
        Err(Error::Refused(refusal)) => {
            let mut errors = FormErrors::default();
            errors.add("code", words::refusal(&refusal));
            page(&officer, errors).await.and_then(|page| officer.page_with_mistakes(&page))
        }
        Err(error) => Err(error),
    };
    officer.answer(made)
}
