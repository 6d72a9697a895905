//! The import of a table into a register: send it, look at what would become of each line, take the good ones in one transaction, and
//! get the others back as a file to be mended.

use askama::Template;
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use kit_office::sheet::Format;
use kit_web::{files::content_disposition, forms::FormErrors};
use sha2::{Digest, Sha256};

use super::{Register, find, organs};
use crate::{
    app::task_failed,
    desk::{form::DeskForm, officer::Officer, page::Layout, upload::DeskUpload},
    error::{Error, Refusal, Result},
    portal::visit::Address,
    register::{
        self, Counts, Doing, Fault, Standing, Table,
        actions::{self, Upload},
    },
};

/// The largest table that is taken; what is larger is sent in parts.
pub const LARGEST: usize = 10 << 20;
/// Faults on the page; the file has all of them.
const SHOWN: usize = 200;
/// The page of the manual.
const HELP: &str = "registers#import";

#[derive(Template)]
#[template(path = "desk/registers/import.html")]
struct SendPage {
    layout: Layout,
    register: &'static Register,
    fields: Vec<(&'static str, String)>,
    errors: FormErrors,
}

#[derive(Template)]
#[template(path = "desk/registers/preview.html")]
struct PreviewPage {
    layout: Layout,
    register: &'static Register,
    id: String,
    file_name: String,
    counts: Counts,
    is_taken: bool,
    unused: String,
    faults: Vec<Fault>,
    n_unlisted: usize,
    lines: Vec<Written>,
    n_unlisted_lines: usize,
}

/// A line that will be written.
struct Written {
    line: usize,
    what: &'static str,
    told: String,
}

/// `/desk/registers/imports/{register}`.
pub async fn show(Address(code): Address<String>, officer: Officer) -> Response {
    let made = find(&code).and_then(|register| send_page(&officer, register, FormErrors::default()));
    officer.answer(made)
}

fn send_page(officer: &Officer, register: &'static Register, errors: FormErrors) -> Result<Response> {
    officer.require(register.act, None)?;
    let title = format!("导入{}", register.title);
    let page = SendPage {
        layout: officer
            .layout(title)
            .under(&[("首页", "/desk"), (register.title, &register.path())])
            .helped_by(HELP),
        register,
        fields: register.fields.iter().map(|field| (field.head, field.explained())).collect(),
        errors,
    };
    if page.errors.is_empty() { officer.page(&page) } else { officer.page_with_mistakes(&page) }
}

/// `/desk/registers/imports/{register}/template`: an empty table that explains itself.
pub async fn template(Address(code): Address<String>, officer: Officer) -> Response {
    let made = find(&code).and_then(|register| {
        officer.require(register.act, None)?;
        let bytes = register::template(register.title, register.fields).map_err(anyhow::Error::msg)?;
        Ok(file(&format!("{}模板", register.title), bytes))
    });
    officer.answer(made)
}

fn file(name: &str, bytes: Vec<u8>) -> Response {
    let name = format!("{name}.{}", Format::Xlsx.extension());
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(Format::Xlsx.media_type())),
        (header::CONTENT_DISPOSITION, content_disposition(&name, false)),
    ];
    (headers, bytes).into_response()
}

/// `POST /desk/registers/imports/{register}`: keeps the table for its preview.
pub async fn send(Address(code): Address<String>, sent: DeskUpload) -> Response {
    let officer = &sent.officer;
    let made = match find(&code) {
        Ok(register) => kept(officer, register, &sent).await,
        Err(error) => Err(error),
    };
    officer.answer(made)
}

async fn kept(officer: &Officer, register: &'static Register, sent: &DeskUpload) -> Result<Response> {
    let organs = organs(officer, register.act).await?;
    let refused = |sentence: String| {
        let mut errors = FormErrors::default();
        errors.add("file", sentence);
        send_page(officer, register, errors)
    };
    let Some(uploaded) = &sent.file else { return refused(sent.missing().to_owned()) };
    let bytes = tokio::fs::read(&uploaded.path).await?;
    let name = uploaded.name.clone();
    let read = tokio::task::spawn_blocking(move || {
        let sha256: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let lines = Table::cells(&name, &bytes)?;
        Table::read(lines.clone(), register.fields, register.key, &organs)?;
        Ok::<_, String>((sha256, lines))
    });
    let (sha256, lines) = match read.await.map_err(|error| task_failed(&error))? {
        Ok(read) => read,
        Err(sentence) => return refused(sentence),
    };
    let file_name = uploaded.name.clone();
    let upload = Upload { register: register.code.to_owned(), file_name, sha256, lines, taken: None };
    let id = officer.act(move |tx, cx| actions::keep(tx, cx, &upload)).await?;
    Ok(officer.go(&format!("{}/{id}", register.import_path()), "已读取，还没有导入；请核对后确认"))
}

/// What would become of an upload, or what became of it.
struct Looked {
    upload: Upload,
    table: Table,
    counts: Counts,
    faults: Vec<Fault>,
    lines: Vec<(usize, Standing)>,
}

async fn look(officer: &Officer, register: &'static Register, id: String) -> Result<Looked> {
    let organs = organs(officer, register.act).await?;
    officer
        .read(move |tx, cx| {
            let mut upload = actions::find(tx, cx, register.code, &id)?;
            let table = read(register, std::mem::take(&mut upload.lines), &organs)?;
            let taken = (register.take)(tx, cx, &table.rows, &organs, Doing::Looking)?;
            let counts = upload.taken.unwrap_or_else(|| with_unread(taken.counts, &table));
            let mut faults = table.faults.clone();
            faults.extend(taken.faults);
            faults.sort_by_key(|fault| fault.line);
            Ok(Looked { upload, table, counts, faults, lines: taken.lines })
        })
        .await
}

fn read(register: &'static Register, lines: Vec<Vec<String>>, organs: &register::Organs) -> Result<Table> {
    let table = Table::read(lines, register.fields, register.key, organs);
    table.map_err(|sentence| Refusal::Invalid(sentence).into())
}

fn with_unread(counts: Counts, table: &Table) -> Counts {
    Counts { bad: counts.bad + table.n_bad(), ..counts }
}

/// `/desk/registers/imports/{register}/{upload_id}`: what would become of it, or what became of it.
pub async fn preview(Address((code, id)): Address<(String, String)>, officer: Officer) -> Response {
    let made = match find(&code) {
        Ok(register) => preview_page(&officer, register, id).await,
        Err(error) => Err(error),
    };
    officer.answer(made)
}

async fn preview_page(officer: &Officer, register: &'static Register, id: String) -> Result<Response> {
    let Looked { upload, table, counts, mut faults, lines } = look(officer, register, id.clone()).await?;
    let n_unlisted = faults.len().saturating_sub(SHOWN);
    faults.truncate(SHOWN);
    // What was taken stands in the register: looked at again, its lines say nothing new.
    let lines = if upload.taken.is_some() { Vec::new() } else { lines };
    let crumbs = [
        ("首页", "/desk"),
        (register.title, &register.path()),
        (&format!("导入{}", register.title), &register.import_path()),
    ];
    let title = if upload.taken.is_some() { "导入结果" } else { "核对后确认" };
    officer.page(&PreviewPage {
        layout: officer.layout(title).under(&crumbs).helped_by(HELP),
        register,
        id,
        file_name: upload.file_name,
        counts,
        is_taken: upload.taken.is_some(),
        unused: table.unused.join("、"),
        faults,
        n_unlisted,
        n_unlisted_lines: lines.len().saturating_sub(SHOWN),
        lines: written(register, &table, &lines),
    })
}

fn written(register: &Register, table: &Table, lines: &[(usize, Standing)]) -> Vec<Written> {
    let one = |(line, standing): &(usize, Standing)| {
        let what = if *standing == Standing::New { "新增" } else { "更改" };
        Written { line: *line, what, told: table.told(*line, register.key) }
    };
    lines.iter().take(SHOWN).map(one).collect()
}

/// `/desk/registers/imports/{register}/{upload_id}/bad-rows`: the lines that cannot be taken, as a table.
pub async fn bad_rows(Address((code, id)): Address<(String, String)>, officer: Officer) -> Response {
    let made = match find(&code) {
        Ok(register) => bad_rows_file(&officer, register, id).await,
        Err(error) => Err(error),
    };
    officer.answer(made)
}

async fn bad_rows_file(officer: &Officer, register: &'static Register, id: String) -> Result<Response> {
    let Looked { table, faults, .. } = look(officer, register, id).await?;
    let bytes = tokio::task::spawn_blocking(move || {
        register::bad_rows(register.title, register.fields, &table, &faults)
    });
    let bytes = bytes.await.map_err(|error| task_failed(&error))?.map_err(anyhow::Error::msg)?;
    Ok(file(&format!("{}未导入的行", register.title), bytes))
}

/// `POST /desk/registers/imports/{register}/{upload_id}`: takes what was shown.
pub async fn take(Address((code, id)): Address<(String, String)>, sent: DeskForm) -> Response {
    let DeskForm { officer, form } = sent;
    let made = match find(&code) {
        Ok(register) => taken(&officer, register, id, form.text("seen")).await,
        Err(error) => Err(error),
    };
    officer.answer(made)
}

async fn taken(officer: &Officer, register: &'static Register, id: String, seen: String) -> Result<Response> {
    let organs = organs(officer, register.act).await?;
    let path = format!("{}/{id}", register.import_path());
    let counts = officer
        .act(move |tx, cx| {
            let mut upload = actions::find(tx, cx, register.code, &id)?;
            let table = read(register, std::mem::take(&mut upload.lines), &organs)?;
            let taken = (register.take)(tx, cx, &table.rows, &organs, Doing::Taking)?;
            let counts = with_unread(taken.counts, &table);
            // Somebody else's change came between: it is shown first what becomes of the lines now.
            if counts.mark() != seen {
                return Err(Error::Conflict);
            }
            actions::close(tx, cx, &id, &upload, counts)?;
            Ok(counts)
        })
        .await?;
    Ok(officer.go(&path, &format!("导入完成：新增{}条，更改{}条", counts.new, counts.changed)))
}
