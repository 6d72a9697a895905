//! One story for both databases: SQLite by default, the server of `GONGKAI_TEST_DATABASE` otherwise.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use kit_db::{Db, DbError, Migration, Tx, migrate, params, sql, testing::Throwaway};

fn steps() -> Vec<Migration> {
    let text = "create table purse (owner text primary key, amount bigint not null, open boolean not null, seal bytea);\n\
                create table entry (position bigint primary key, note text);\n";
    vec![Migration { number: 1, name: "purse".into(), text: text.into() }]
}

async fn purse(amount: i64) -> Throwaway {
    let throwaway = Throwaway::create(&steps()).await.unwrap();
    throwaway
        .db
        .write(move |tx| {
            tx.execute(
                sql!("insert into purse (owner, amount, open, seal) values ($1, $2, $3, $4)"),
                params!["甲", amount, true, vec![0_u8, 255]],
            )
        })
        .await
        .unwrap();
    throwaway
}

async fn amount(db: &Db) -> i64 {
    db.read(|tx| {
        tx.query_one(sql!("select amount from purse where owner = $1"), params!["甲"])?.get("amount")
    })
    .await
    .unwrap()
}

fn add_one(tx: &mut Tx<'_>) -> Result<i64, DbError> {
    let sql = sql!("update purse set amount = amount + 1 where owner = $1 returning amount");
    tx.query_one(sql, params!["甲"])?.get("amount")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_value_comes_back_as_it_went_in() {
    let t = purse(7).await;
    let row =
        t.db.read(|tx| tx.query_one(sql!("select owner, amount, open, seal from purse"), &[])).await.unwrap();
    assert_eq!(row.get::<String>("owner").unwrap(), "甲");
    assert_eq!(row.get::<i64>("amount").unwrap(), 7);
    assert!(row.get::<bool>("open").unwrap());
    assert_eq!(row.get::<Option<Vec<u8>>>("seal").unwrap(), Some(vec![0, 255]));
    assert!(matches!(row.get::<String>("amount"), Err(DbError::Column { .. })));
    assert!(matches!(row.get::<String>("absent"), Err(DbError::Column { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parameter_is_found_by_its_number_wherever_it_stands() {
    let t = purse(0).await;
    let row = t
        .db
        .write(|tx| {
            let sql = sql!("update purse set amount = $2, open = $3 where owner = $1 and amount < $2 returning amount, open");
            tx.query_one(sql, params!["甲", 9_i64, false])
        })
        .await
        .unwrap();
    assert_eq!((row.get::<i64>("amount").unwrap(), row.get::<bool>("open").unwrap()), (9, false));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_unit_changes_nothing_and_its_neighbours_commit() {
    let t = purse(0).await;
    let mut tasks = Vec::new();
    for n in 0..60 {
        let db = t.db.clone();
        tasks.push(tokio::spawn(async move {
            db.write(move |tx| {
                add_one(tx)?;
                if n % 3 == 0 { Err(DbError::Closed) } else { Ok(()) }
            })
            .await
        }));
    }
    let mut failed = 0;
    for task in tasks {
        failed += u32::from(task.await.unwrap().is_err());
    }
    assert_eq!((failed, amount(&t.db).await), (20, 40));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_in_a_unit_is_an_error_and_the_database_goes_on() {
    let t = purse(5).await;
    let result: Result<(), DbError> =
        t.db.write(|tx| {
            add_one(tx)?;
            panic!("broken work")
        })
        .await;
    assert!(matches!(result, Err(DbError::Panicked(text)) if text.contains("broken work")));
    assert_eq!(t.db.write(add_one).await.unwrap(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_loses_a_race_is_run_again_and_counts_once() {
    let t = purse(0).await;
    let runs = Arc::new(AtomicU32::new(0));
    t.db.inject_lost_races(1);
    let seen = runs.clone();
    let after =
        t.db.write(move |tx| {
            seen.fetch_add(1, Ordering::SeqCst);
            add_one(tx)
        })
        .await
        .unwrap();
    assert_eq!((after, runs.load(Ordering::SeqCst), amount(&t.db).await), (1, 2, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_counters_lose_no_step() {
    let t = purse(0).await;
    let mut tasks = Vec::new();
    for _ in 0..40 {
        let db = t.db.clone();
        tasks.push(tokio::spawn(async move { db.write(add_one).await.unwrap() }));
    }
    let mut seen = Vec::new();
    for task in tasks {
        seen.push(task.await.unwrap());
    }
    seen.sort_unstable();
    assert_eq!(seen, (1..=40).collect::<Vec<i64>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_row_of_the_same_key_is_refused_as_unique() {
    let t = purse(0).await;
    let again =
        t.db.write(|tx| {
            let sql = sql!("insert into purse (owner, amount, open) values ($1, $2, $3)");
            tx.execute(sql, params!["甲", 1_i64, false])
        })
        .await;
    assert!(again.unwrap_err().is_unique("purse"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_cannot_write() {
    let t = purse(1).await;
    let result = t.db.read(|tx| tx.execute(sql!("delete from purse"), &[])).await;
    assert!(result.is_err());
    assert_eq!(amount(&t.db).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_migration_is_applied_once_and_an_edited_one_is_refused() {
    let t = purse(1).await;
    assert_eq!(migrate(&t.db, &steps()).await.unwrap(), Vec::<u32>::new());
    let mut edited = steps();
    edited[0].text.push_str("drop table purse;\n");
    assert!(matches!(migrate(&t.db, &edited).await, Err(DbError::Migration { number: 1, .. })));
    assert_eq!(amount(&t.db).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_committed_is_there_after_opening_again() {
    let t = purse(41).await;
    t.db.write(add_one).await.unwrap();
    assert_eq!(amount(&Db::open(&t.url).unwrap()).await, 42);
}
