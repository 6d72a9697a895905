//! Throw-away databases for tests: SQLite files by default, databases on the server named by
//! `GONGKAI_TEST_DATABASE` otherwise. Not for production.

use std::{
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

use crate::{Db, DbError, Migration, Sql, migrate};

static SERIAL: AtomicU32 = AtomicU32::new(0);

/// A database that lives as long as this value.
pub struct Throwaway {
    /// The open database.
    pub db: Db,
    /// Its address, for a second process.
    pub url: String,
    folder: Option<PathBuf>,
}

impl Throwaway {
    /// Makes an empty database and applies `steps`.
    ///
    /// # Errors
    /// When the server cannot be reached or a step fails.
    pub async fn create(steps: &[Migration]) -> Result<Throwaway, DbError> {
        let name = format!("t{}_{}", std::process::id(), SERIAL.fetch_add(1, Ordering::Relaxed));
        let made = match std::env::var("GONGKAI_TEST_DATABASE") {
            Ok(server) => Throwaway::on_server(&server, &name).await?,
            Err(_) => Throwaway::in_folder(&name)?,
        };
        migrate(&made.db, steps).await?;
        Ok(made)
    }

    fn in_folder(name: &str) -> Result<Throwaway, DbError> {
        let folder = std::env::temp_dir().join(format!("kit-db-{name}"));
        std::fs::create_dir_all(&folder).map_err(|e| DbError::Open(e.to_string()))?;
        let url = format!("sqlite:{}", folder.join("test.sqlite").display());
        Ok(Throwaway { db: Db::open(&url)?, url, folder: Some(folder) })
    }

    async fn on_server(server: &str, name: &str) -> Result<Throwaway, DbError> {
        let admin = Db::open(server)?;
        admin.batch(format!("create database {name}")).await?;
        let (base, _) = server.rsplit_once('/').unwrap_or((server, ""));
        let url = format!("{base}/{name}");
        Ok(Throwaway { db: Db::open(&url)?, url, folder: None })
    }
}

impl Drop for Throwaway {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

/// Prepares `statement` and gives the database's complaint, if any.
///
/// # Errors
/// What the database says about the statement.
pub async fn check_statement(db: &Db, statement: Sql) -> Result<(), DbError> {
    db.read(move |tx| tx.prepare_only(statement.text())).await
}
