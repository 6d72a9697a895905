//! Migrations: numbered files, forward only, each applied once and remembered with a digest, so that an edited old file
//! is noticed. There is no way back: a mistake is mended by the next number.

use crate::{Db, DbError, Tx, params, sql};

/// One step of the schema's history.
#[derive(Debug, Clone)]
pub struct Migration {
    /// Position in the history; steps are applied in this order.
    pub number: u32,
    /// What the step does, in a few words (the file's name).
    pub name: String,
    /// Statements, each ended by `;` at the end of a line.
    pub text: String,
}

/// Applies what is missing and gives the numbers applied.
///
/// # Errors
/// [`DbError::Migration`] when a step fails or an applied step's text was changed afterwards.
pub async fn migrate(db: &Db, steps: &[Migration]) -> Result<Vec<u32>, DbError> {
    let mut steps = steps.to_vec();
    steps.sort_by_key(|step| step.number);
    db.write(move |tx| {
        create_history(tx)?;
        let mut applied = Vec::new();
        for step in &steps {
            if apply(tx, step)? {
                applied.push(step.number);
            }
        }
        Ok(applied)
    })
    .await
}

fn create_history(tx: &mut Tx<'_>) -> Result<(), DbError> {
    tx.execute_text(
        "create table if not exists schema_migration
         (number bigint primary key, name text not null, digest text not null)",
    )
}

fn apply(tx: &mut Tx<'_>, step: &Migration) -> Result<bool, DbError> {
    let number = i64::from(step.number);
    let digest = digest(&step.text);
    let known =
        tx.query_opt(sql!("select digest from schema_migration where number = $1"), params![number])?;
    if let Some(row) = known {
        return if row.get::<String>("digest")? == digest { Ok(false) } else { Err(changed(step)) };
    }
    for statement in statements(&step.text) {
        tx.execute_text(statement).map_err(|error| failed(step, &error))?;
    }
    tx.execute(
        sql!("insert into schema_migration (number, name, digest) values ($1, $2, $3)"),
        params![number, step.name.as_str(), digest],
    )?;
    Ok(true)
}

fn changed(step: &Migration) -> DbError {
    DbError::Migration {
        number: step.number,
        reason: format!("{} was applied with another text; add a new step instead of editing it", step.name),
    }
}

fn failed(step: &Migration, error: &DbError) -> DbError {
    DbError::Migration { number: step.number, reason: error.to_string() }
}

/// The statements of a file: cut at `;` that ends a line, comments kept.
fn statements(text: &str) -> impl Iterator<Item = &str> {
    text.split(";\n").map(str::trim).filter(|statement| {
        statement.lines().any(|line| !line.trim().is_empty() && !line.trim_start().starts_with("--"))
    })
}

/// FNV-1a over the text: it guards against an edit by mistake, not against an attacker.
fn digest(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// The schema as the database itself describes it, for a file that shows every change of it in a review.
///
/// # Errors
/// Whatever the database reports.
pub async fn schema(db: &Db) -> Result<String, DbError> {
    let sqlite = matches!(db.kind, crate::Kind::Sqlite(_));
    db.read(move |tx| if sqlite { sqlite_schema(tx) } else { postgres_schema(tx) }).await
}

fn sqlite_schema(tx: &mut Tx<'_>) -> Result<String, DbError> {
    let rows = tx.query(sql!("select sql from sqlite_schema where sql is not null order by name"), &[])?;
    let texts: Result<Vec<String>, _> = rows.iter().map(|row| row.get::<String>("sql")).collect();
    Ok(texts?.join(";\n\n") + ";\n")
}

fn postgres_schema(tx: &mut Tx<'_>) -> Result<String, DbError> {
    let rows = tx.query(
        sql!(
            "select table_name || '.' || column_name || ' ' || data_type
                    || case when is_nullable = 'NO' then ' not null' else '' end as line
             from information_schema.columns where table_schema = 'public'
             order by table_name, ordinal_position"
        ),
        &[],
    )?;
    let indexes = tx.query(
        sql!("select indexdef as line from pg_indexes where schemaname = 'public' order by indexname"),
        &[],
    )?;
    let lines: Result<Vec<String>, _> =
        rows.iter().chain(&indexes).map(|row| row.get::<String>("line")).collect();
    Ok(lines?.join("\n") + "\n")
}
