//! Staff from a table (批量导入人员): a template, a look at every row before anything is written, and then accounts by the
//! system administrator or roles by the security administrator. First passwords are shown once, and can be taken out once.

use askama::Template;
use axum::{extract::Query, response::Response};
use kit_office::{
    Limits,
    sheet::{self, Cell, Format, Kind},
};
use kit_web::forms::FormErrors;
use rules::permission::Act;
use serde::Deserialize;

use super::first_password;
use crate::{
    app::task_failed,
    audit,
    desk::{
        form::DeskForm,
        list::{self, Sheet},
        officer::Officer,
        page::Layout,
        upload::{DeskUpload, Uploaded},
    },
    error::{Error, Refusal, Result},
    staff::{
        actions,
        roster::{self, Field, Line, MOST_ROWS, Problem},
    },
    words,
};

/// Where the import stands.
const HERE: &str = "/desk/admin/staff/import";
/// Largest table, bytes.
const LARGEST: u64 = 4 << 20;

/// Who imports a table, by what they may do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Importer {
    /// Open accounts.
    Accounts,
    /// Give roles.
    Roles,
}

impl Importer {
    fn of(officer: &Officer) -> Result<Importer> {
        match (officer.may(Act::ManageAccount, None), officer.may(Act::GrantRole, None)) {
            (true, _) => Ok(Importer::Accounts),
            (false, true) => Ok(Importer::Roles),
            (false, false) => Err(Error::Forbidden),
        }
    }

    fn is_accounts(self) -> bool {
        self == Importer::Accounts
    }

    /// The columns that matter to this importer.
    fn fields(self) -> &'static [Field] {
        match self {
            Importer::Accounts => &[Field::Login, Field::Name, Field::Email, Field::Phone],
            Importer::Roles => {
                &[Field::Login, Field::Organ, Field::Role, Field::FromOn, Field::ToOn, Field::Basis]
            }
        }
    }
}

#[derive(Template)]
#[template(path = "desk/administration/staff/import.html")]
struct ImportPage {
    layout: Layout,
    importer: Importer,
    fields: &'static [Field],
    errors: FormErrors,
}

#[derive(Template)]
#[template(path = "desk/administration/staff/import_preview.html")]
struct PreviewPage {
    layout: Layout,
    importer: Importer,
    file: String,
    fields: &'static [Field],
    good: Vec<Line>,
    /// What confirming makes: accounts, each once however many rows it has, or roles.
    n_made: usize,
    problems: Vec<Problem>,
    n_bad: usize,
    unknown: String,
    /// The good rows, as the next form carries them.
    lines: String,
    refusal: Option<String>,
}

#[derive(Template)]
#[template(path = "desk/administration/staff/import_passwords.html")]
struct PasswordsPage {
    layout: Layout,
    people: Vec<(String, String, String)>,
    carried: String,
}

/// `GET /desk/admin/staff/import`.
pub async fn show(officer: Officer) -> Response {
    officer.answer(page(&officer, FormErrors::default()).and_then(|page| officer.page(&page)))
}

fn page(officer: &Officer, errors: FormErrors) -> Result<ImportPage> {
    let importer = Importer::of(officer)?;
    Ok(ImportPage { layout: layout(officer, "批量导入人员"), importer, fields: &Field::ALL, errors })
}

fn layout(officer: &Officer, title: &str) -> Layout {
    officer
        .layout(title)
        .under(&[("首页", "/desk"), ("人员", "/desk/admin/staff")])
        .helped_by("administrator")
}

/// In which format the template is wanted.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    format: String,
}

/// `GET /desk/admin/staff/import/template?format=xlsx|csv`: the head alone.
pub async fn template(officer: Officer, Query(wanted): Query<Wanted>) -> Response {
    let made = match Importer::of(&officer) {
        Ok(_) => {
            let columns = Field::ALL.iter().map(|field| sheet::Column::new(field.name(), Kind::Text));
            let columns = columns.collect();
            let sheet =
                Sheet { title: "人员导入模板".to_owned(), columns, rows: Vec::new(), personal: false };
            list::file(format_of(&wanted.format), "人员导入模板", sheet).await
        }
        Err(error) => Err(error),
    };
    officer.answer(made)
}

fn format_of(code: &str) -> Format {
    if code == "csv" { Format::Csv } else { Format::Xlsx }
}

/// `POST /desk/admin/staff/import`: what the table would do, row by row.
pub async fn preview(DeskUpload { officer, file, .. }: DeskUpload) -> Response {
    let made = try_preview(&officer, file).await;
    officer.answer(made)
}

async fn try_preview(officer: &Officer, file: Option<Uploaded>) -> Result<Response> {
    let importer = Importer::of(officer)?;
    let Some(file) = file else { return mistake(officer, "请选择要导入的表格") };
    if file.size > LARGEST {
        return mistake(officer, "表格超过 4 MB。请只保留人员名册这一张表，再导入");
    }
    let name = file.name.clone();
    let read = tokio::task::spawn_blocking(move || {
        let bytes = std::fs::read(&file.path)?;
        Ok::<_, std::io::Error>(sheet::read(&file.name, &bytes, &Limits::default()))
    });
    match read.await.map_err(|error| task_failed(&error))?? {
        Ok(rows) => {
            let table = roster::read(&rows);
            let page = look(officer, importer, (name, table.lines), table.problems, &table.unknown).await?;
            officer.page(&page)
        }
        Err(error) => mistake(officer, &error.to_string()),
    }
}

fn mistake(officer: &Officer, sentence: &str) -> Result<Response> {
    let mut errors = FormErrors::default();
    errors.add("file", sentence);
    officer.page_with_mistakes(&page(officer, errors)?)
}

/// Looks at every row as the tables are now.
async fn look(
    officer: &Officer,
    importer: Importer,
    (file, lines): (String, Vec<Line>),
    mut problems: Vec<Problem>,
    unknown: &[String],
) -> Result<PreviewPage> {
    let (lines, found) = officer
        .read(move |tx, cx| {
            let found = match importer {
                Importer::Accounts => roster::account_problems(tx, cx, &lines)?,
                Importer::Roles => roster::grants(tx, cx, &lines)?.1,
            };
            Ok((lines, found))
        })
        .await?;
    problems.extend(found);
    problems.sort_by_key(|problem| problem.row);
    let is_good = |line: &Line| problems.iter().all(|problem| problem.row != line.row);
    let (good, bad): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(is_good);
    Ok(PreviewPage {
        layout: layout(officer, "核对要导入的人员"),
        importer,
        file,
        fields: importer.fields(),
        lines: serde_json::to_string(&good)?,
        n_made: if importer.is_accounts() { roster::openings(&good).len() } else { good.len() },
        good,
        problems,
        n_bad: bad.len(),
        unknown: unknown.join("、"),
        refusal: None,
    })
}

/// `POST /desk/admin/staff/import/confirm`: does what was shown, if nothing has changed since.
pub async fn confirm(DeskForm { officer, form }: DeskForm) -> Response {
    let (file, lines) = (form.text("file"), form.raw("lines").unwrap_or_default().to_owned());
    let made = try_confirm(&officer, file, &lines).await;
    officer.answer(made)
}

async fn try_confirm(officer: &Officer, file: String, lines: &str) -> Result<Response> {
    let importer = Importer::of(officer)?;
    let unreadable = |_| Refusal::Invalid("表格的内容没有传完整，请重新选择文件".to_owned());
    let lines: Vec<Line> = serde_json::from_str(lines).map_err(unreadable)?;
    if lines.is_empty() || lines.len() > MOST_ROWS {
        return Err(Refusal::Invalid("没有可以导入的行，请重新选择文件".to_owned()).into());
    }
    let looked = look(officer, importer, (file.clone(), lines.clone()), Vec::new(), &[]).await?;
    if !looked.problems.is_empty() {
        return officer.page_with_mistakes(&looked);
    }
    let done = match importer {
        Importer::Accounts => open_accounts(officer, file, lines).await,
        Importer::Roles => give_roles(officer, file, lines).await,
    };
    match done {
        // Somebody was faster between the look and the writing: nothing was written.
        Err(Error::Refused(refusal)) => {
            officer.page_with_mistakes(&PreviewPage { refusal: Some(words::refusal(&refusal)), ..looked })
        }
        other => other,
    }
}

async fn open_accounts(officer: &Officer, file: String, lines: Vec<Line>) -> Result<Response> {
    let (mut accounts, mut people) = (Vec::new(), Vec::new());
    for line in roster::openings(&lines) {
        let (password, hash) = first_password::make(officer).await?;
        people.push((line.get(Field::Login).to_owned(), line.get(Field::Name).to_owned(), password));
        accounts.push(roster::account(line, hash));
    }
    officer
        .act(move |tx, cx| {
            for account in &accounts {
                actions::create(tx, cx, account)?;
            }
            actions::record_import(tx, cx, &file, accounts.len())
        })
        .await?;
    let carried = serde_json::to_string(&people)?;
    officer.page(&PasswordsPage { layout: layout(officer, "首次口令"), people, carried })
}

async fn give_roles(officer: &Officer, file: String, lines: Vec<Line>) -> Result<Response> {
    let n_given = officer
        .act(move |tx, cx| {
            let (grants, _) = roster::grants(tx, cx, &lines)?;
            for (_, grant) in &grants {
                actions::grant(tx, cx, grant)?;
            }
            actions::record_import(tx, cx, &file, grants.len())?;
            Ok(grants.len())
        })
        .await?;
    Ok(officer.go("/desk/admin/staff", &format!("已授予 {n_given} 个岗位")))
}

/// `POST /desk/admin/staff/import/passwords`: the first passwords that the page before showed, as a file. They are kept
/// nowhere: the page carries them.
pub async fn passwords(DeskForm { officer, form }: DeskForm) -> Response {
    let (format, carried) = (format_of(&form.text("format")), form.raw("people").unwrap_or_default());
    let made = take_out(&officer, format, carried).await;
    officer.answer(made)
}

async fn take_out(officer: &Officer, format: Format, carried: &str) -> Result<Response> {
    officer.require(Act::ManageAccount, None)?;
    let unreadable = |_| Refusal::Invalid("这一页已经失效，首次口令不能再导出".to_owned());
    let people: Vec<(String, String, String)> = serde_json::from_str(carried).map_err(unreadable)?;
    let detail = format!("首次口令 {} 个", people.len());
    officer
        .act(move |tx, cx| {
            let act =
                audit::Act { action: "list.export", object_kind: "list", object_id: HERE, detail: &detail };
            audit::actions::record(tx, cx, act)
        })
        .await?;
    let columns = ["登录名", "姓名", "首次口令"].map(|name| sheet::Column::new(name, Kind::Text));
    let row = |(login, name, password): (String, String, String)| -> Vec<Cell> {
        vec![login.into(), name.into(), password.into()]
    };
    let sheet = Sheet {
        title: "首次口令".to_owned(),
        columns: columns.into(),
        rows: people.into_iter().map(row).collect(),
        personal: true,
    };
    list::file(format, &format!("首次口令-{}", officer.cx().today()), sheet).await
}
