//! The pictures of a report: added to a section with their words, described anew, taken out; and shown to those who may
//! read the report.

use std::io::Cursor;

use axum::{
    http::{HeaderMap, Method},
    response::Response,
};
use kit_office::{
    Limits, OfficeError,
    hidden::{Strip, strip_metadata},
};

use super::{href, readable, writable};
use crate::{
    annual_report::picture,
    app::task_failed,
    attachment::StoredFile,
    desk::{
        form::DeskForm,
        officer::Officer,
        stored_file::{ASKED_AGAIN, Sent},
        upload::{DeskUpload, Uploaded},
    },
    draft::scan::scan,
    error::{Error, Refusal, Result},
    portal::visit::Address,
};

/// Largest form with a picture; a little more than the picture, so that one that is too large is told so by name.
pub const LARGEST_FORM: usize = 12 << 20;

/// Where a report's pictures are shown to staff.
pub fn file_href(id: &str, sha256: &str) -> String {
    format!("{}/files/{sha256}", href(id))
}

fn place(id: &str, section: &str) -> String {
    format!("{}#section-{section}", href(id))
}

/// `POST /desk/annual-reports/{id}/sections/{code}/pictures`
pub async fn add(Address((id, section)): Address<(String, String)>, sent: DeskUpload) -> Response {
    let made = added(&sent, &id, &section).await;
    sent.officer.answer(made)
}

async fn added(sent: &DeskUpload, id: &str, section: &str) -> Result<Response> {
    let officer = &sent.officer;
    let report = writable(officer, id).await?;
    let Some(uploaded) = &sent.file else {
        return Err(Refusal::Invalid("请选择一幅图片".to_owned()).into());
    };
    let stored = store(officer, uploaded).await?;
    let (section_code, caption) = (section.to_owned(), sent.form.text("caption"));
    officer
        .act(move |tx, cx| picture::add(tx, cx, (&report.id, &section_code), &caption, &stored).map(drop))
        .await?;
    Ok(officer.go(&place(id, section), "图片已加在这一部分的末尾；要换位置，请在正文中移动它的引用"))
}

/// Lets the administrator's command look at the file, and puts it into the store.
async fn store(officer: &Officer, uploaded: &Uploaded) -> Result<StoredFile> {
    let app = officer.visit.app.clone();
    if uploaded.size > picture::LARGEST.unsigned_abs() {
        let most = picture::LARGEST >> 20;
        return Err(Refusal::Invalid(format!("图片超过 {most} MB，请缩小后重新选择")).into());
    }
    if !app.config.scan_command.is_empty() {
        scan(&app.config.scan_command, &uploaded.path, &uploaded.name).await?;
    }
    let (site_id, name) = (officer.visit.host.site.id.clone(), uploaded.name.clone());
    let bytes = tokio::fs::read(&uploaded.path).await?;
    let storing = tokio::task::spawn_blocking(move || {
        app.files.store(&site_id, &name, &mut Cursor::new(without_notes(bytes)?))
    });
    storing.await.map_err(|error| task_failed(&error))?
}

/// The picture without what a photograph notes beside it: where, by whom and with what it was taken.
fn without_notes(bytes: Vec<u8>) -> Result<Vec<u8>> {
    match strip_metadata(&bytes, Strip::default(), &Limits::default()) {
        Ok(clean) if picture::has_too_many_points(&clean) => {
            Err(Refusal::Invalid("图片的尺寸太大，请缩小到长边 6000 点以内后重新选择".to_owned()).into())
        }
        Ok(clean) => Ok(clean),
        Err(OfficeError::Damaged { .. }) => {
            Err(Refusal::Invalid("图片文件已损坏，请重新导出后再选择".to_owned()).into())
        }
        // It is told by its kind that it is no picture.
        Err(_) => Ok(bytes),
    }
}

/// `POST /desk/annual-reports/{id}/pictures/{code}`: new words, or taken out.
pub async fn change(Address((id, code)): Address<(String, String)>, sent: DeskForm) -> Response {
    let DeskForm { officer, form } = sent;
    let made = async {
        let report = writable(&officer, &id).await?;
        let (caption, is_removal) = (form.text("caption"), form.text("do") == "remove");
        let act = move |tx: &mut kit_db::Tx<'_>, cx: &crate::cx::Cx| match is_removal {
            true => picture::remove(tx, cx, (&report.id, &code)),
            false => picture::describe(tx, cx, (&report.id, &code), &caption),
        };
        officer.act(act).await?;
        let said = if is_removal { "图片已删除" } else { "图片说明已修改" };
        Ok(officer.go(&place(&id, &form.text("section")), said))
    };
    officer.answer(made.await)
}

/// `GET /desk/annual-reports/{id}/files/{sha256}`
pub async fn show(
    Address((id, sha256)): Address<(String, String)>,
    method: Method,
    headers: HeaderMap,
    officer: Officer,
) -> Response {
    let made = async {
        let report = readable(&officer, &id).await?;
        let picture = report.pictures.iter().find(|picture| picture.sha256 == sha256);
        let picture = picture.ok_or(Error::NotFound)?;
        let sent = Sent {
            name: &picture.caption,
            sha256: &sha256,
            media_type: &picture.media_type,
            cache: ASKED_AGAIN,
        };
        sent.answer(&officer.visit, &method, &headers).await
    };
    match made.await {
        Ok(response) => response,
        Err(error) => officer.answer(Err(error)),
    }
}
