//! The PostgreSQL protocol: a pool of connections; each unit of work is one serializable transaction, driven from a
//! blocking thread so that the work reads top-down without `await`. It knows no schema.

use std::{error::Error as StdError, str::FromStr, sync::Arc};

use bytes::BytesMut;
use deadpool_postgres::{Client, Manager, ManagerConfig, Pool, RecyclingMethod};
use tokio::runtime::Handle;
use tokio_postgres::{
    NoTls,
    types::{IsNull, ToSql, Type, to_sql_checked},
};

use crate::{DbError, Row, Value};

/// Connections at the most. A unit holds one for as long as it runs.
const CONNECTIONS: usize = 16;

pub(crate) struct PostgresDb {
    pool: Pool,
}

impl PostgresDb {
    pub(crate) fn open(url: &str) -> Result<PostgresDb, DbError> {
        let config = tokio_postgres::Config::from_str(url).map_err(|e| DbError::Open(e.to_string()))?;
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = Manager::from_config(config, NoTls, recycling);
        let pool = Pool::builder(manager).max_size(CONNECTIONS).build();
        Ok(PostgresDb { pool: pool.map_err(|e| DbError::Open(e.to_string()))? })
    }

    pub(crate) fn client(&self, handle: &Handle) -> Result<Client, DbError> {
        handle.block_on(self.pool.get()).map_err(|e| DbError::Open(chain(&e)))
    }
}

/// A transaction on one connection; the caller begins and ends it with [`PostgresTx::control`].
pub(crate) struct PostgresTx<'a> {
    pub(crate) client: &'a Client,
    pub(crate) handle: &'a Handle,
}

impl PostgresTx<'_> {
    /// `begin`, `commit`, `rollback`.
    pub(crate) fn control(&self, sql: &str) -> Result<(), DbError> {
        self.handle.block_on(self.client.batch_execute(sql)).map_err(|e| error(&e, sql))
    }

    pub(crate) fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, DbError> {
        let params = pointers(params);
        let rows = self.handle.block_on(async {
            let statement = self.client.prepare_cached(sql).await?;
            self.client.query(&statement, &params).await
        });
        let rows = rows.map_err(|e| error(&e, sql))?;
        let Some(first) = rows.first() else { return Ok(Vec::new()) };
        let names: Arc<[String]> = first.columns().iter().map(|c| c.name().to_owned()).collect();
        rows.iter().map(|row| convert(row, &names)).collect::<Result<_, _>>().map_err(|e| error(&e, sql))
    }

    pub(crate) fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, DbError> {
        let params = pointers(params);
        let changed = self.handle.block_on(async {
            let statement = self.client.prepare_cached(sql).await?;
            self.client.execute(&statement, &params).await
        });
        changed.map_err(|e| error(&e, sql))
    }

    pub(crate) fn execute_text(&mut self, text: &str) -> Result<(), DbError> {
        self.control(text)
    }

    pub(crate) fn prepare_only(&mut self, text: &str) -> Result<(), DbError> {
        self.handle.block_on(self.client.prepare(text)).map(drop).map_err(|e| error(&e, text))
    }
}

fn pointers(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Text(text) => text.to_sql(ty, out),
            Value::Int(number) if *ty == Type::INT4 => i32::try_from(*number)?.to_sql(ty, out),
            Value::Int(number) => number.to_sql(ty, out),
            Value::Bool(flag) => flag.to_sql(ty, out),
            Value::Bytes(bytes) => bytes.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn convert(row: &tokio_postgres::Row, names: &Arc<[String]>) -> Result<Row, tokio_postgres::Error> {
    let values = (0..names.len()).map(|index| cell(row, index)).collect::<Result<_, _>>()?;
    Ok(Row { names: names.clone(), values })
}

fn cell(row: &tokio_postgres::Row, index: usize) -> Result<Value, tokio_postgres::Error> {
    let ty = row.columns()[index].type_();
    Ok(match *ty {
        Type::INT8 => row.try_get::<_, Option<i64>>(index)?.into(),
        Type::INT4 => row.try_get::<_, Option<i32>>(index)?.map(i64::from).into(),
        Type::BOOL => row.try_get::<_, Option<bool>>(index)?.into(),
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(index)?.into(),
        _ => row.try_get::<_, Option<String>>(index)?.into(),
    })
}

fn error(error: &tokio_postgres::Error, sql: &str) -> DbError {
    let Some(db) = error.as_db_error() else {
        return DbError::Driver { message: chain(error), sql: sql.to_owned() };
    };
    match db.code().code() {
        "23505" => DbError::Unique {
            what: db.constraint().map_or_else(|| db.message().to_owned(), ToOwned::to_owned),
        },
        // Class 40 is "transaction rollback": serialization failure, deadlock and their kin.
        code if code.starts_with("40") => DbError::Serialization(db.message().to_owned()),
        code => DbError::Driver { message: format!("{code}: {}", db.message()), sql: sql.to_owned() },
    }
}

fn chain(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        text = format!("{text}: {inner}");
        source = inner.source();
    }
    text
}
