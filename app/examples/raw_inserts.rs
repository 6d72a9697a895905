//! The yardstick for the benchmark of imports: the rows that an import left behind, inserted as they are into an empty
//! database of the same schema, prepared statements, fifty records a transaction. It checks nothing and is no product.

use std::{error::Error, path::Path, time::Instant};

use rusqlite::{Connection, params_from_iter, types::Value};

/// Tables an import fills; one row of `document` is one record.
const TABLES: [&str; 5] = ["document", "edition", "import_source", "audit_entry", "change_feed"];
/// Records of one transaction.
const UNIT: usize = 50;

struct Table {
    insert: String,
    rows: Vec<Vec<Value>>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(from), Some(to)) = (arguments.next(), arguments.next()) else {
        return Err("usage: raw_inserts FINISHED.sqlite NEW.sqlite".into());
    };
    let finished = Connection::open(Path::new(&from))?;
    let tables = TABLES.map(|name| read(&finished, name));
    let tables = tables.into_iter().collect::<Result<Vec<_>, _>>()?;
    let mut fresh = Connection::open(Path::new(&to))?;
    fresh.execute_batch("pragma journal_mode = wal; pragma synchronous = full;")?;
    for statement in schema(&finished)? {
        fresh.execute_batch(&statement)?;
    }
    let start = Instant::now();
    insert(&mut fresh, &tables)?;
    println!("{} {:.3}", tables[0].rows.len(), start.elapsed().as_secs_f64());
    Ok(())
}

fn schema(finished: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut find = finished
        .prepare("select sql from sqlite_master where sql is not null and type in ('table', 'index')")?;
    find.query_map([], |row| row.get(0))?.collect()
}

fn read(finished: &Connection, name: &str) -> rusqlite::Result<Table> {
    let mut all = finished.prepare(&format!("select * from {name}"))?;
    let n = all.column_count();
    let places: Vec<String> = (1..=n).map(|place| format!("?{place}")).collect();
    let rows = all.query_map([], |row| (0..n).map(|at| row.get(at)).collect())?.collect::<Result<_, _>>()?;
    Ok(Table { insert: format!("insert into {name} values ({})", places.join(", ")), rows })
}

/// Each transaction takes its share of every table, as an import would.
fn insert(fresh: &mut Connection, tables: &[Table]) -> rusqlite::Result<()> {
    let n_units = tables[0].rows.len().div_ceil(UNIT).max(1);
    for unit in 0..n_units {
        let transaction = fresh.transaction()?;
        for table in tables {
            let share = |n: usize| table.rows.len() * n / n_units;
            let mut insert = transaction.prepare_cached(&table.insert)?;
            for row in &table.rows[share(unit)..share(unit + 1)] {
                insert.execute(params_from_iter(row))?;
            }
        }
        transaction.commit()?;
    }
    Ok(())
}
