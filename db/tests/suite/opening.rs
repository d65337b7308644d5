//! Opening, closing and reopening.

use std::time::Duration;

use muster_db::{Database, DatabaseConfig, DbError, SCHEMA_VERSION};

use crate::support::{Folder, at, employee, in_memory, on_both_engines, person};

on_both_engines!(a_database_answers_until_it_is_closed);

async fn a_database_answers_until_it_is_closed(database: &Database) {
    database.ping().await.unwrap();
    let clone = database.clone();
    database.close().await;
    assert!(matches!(clone.ping().await, Err(DbError::Unavailable(_))));
    clone.close().await;
}

#[tokio::test]
async fn reopening_keeps_everything() {
    let folder = Folder::new();
    for round in 0..3 {
        let database = folder.open().await;
        database.people().create(&person(&format!("ada{round}@example.org"))).await.unwrap();
        assert_eq!(database.people().count().await.unwrap(), round + 1);
        database.close().await;
    }
    let last = folder.open().await.people().get(&employee("3")).await.unwrap().unwrap();
    assert_eq!((last.email.as_str(), last.created_at), ("ada2@example.org", at(1_000)));
}

#[tokio::test]
async fn a_folder_in_use_is_said_to_be_in_use() {
    let folder = Folder::new();
    let database = folder.open().await;
    let error = Database::open(&folder.config()).await.err().unwrap();
    assert!(matches!(error, DbError::DataFolderInUse { .. }), "{error}");
    database.close().await;
    folder.open().await.ping().await.unwrap();
}

#[tokio::test]
async fn a_file_in_place_of_the_folder_is_said_to_be_unwritable() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let config = DatabaseConfig::at(format!("surrealkv://{}", file.path().join("db").display()));
    let error = Database::open(&config).await.err().unwrap();
    assert!(matches!(error, DbError::DataFolderUnwritable { .. }), "{error}");
}

#[tokio::test]
async fn a_newer_schema_stops_the_hub() {
    let folder = Folder::new();
    folder.open().await.close().await;
    folder.tamper(&format!("UPDATE schema:version SET number = {}", SCHEMA_VERSION + 1)).await;
    let error = folder.when_free().await.err().unwrap();
    let expected = (SCHEMA_VERSION + 1, SCHEMA_VERSION);
    assert!(matches!(error, DbError::SchemaNewer { found, known } if (found, known) == expected), "{error}");
}

#[tokio::test]
async fn a_server_that_is_away_is_unavailable() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let config = DatabaseConfig { query_timeout: Duration::from_secs(2), ..DatabaseConfig::at(format!("ws://{free}")) };
    let error = Database::open(&config).await.err().unwrap();
    assert!(matches!(error, DbError::Unavailable(_)), "{error}");
}

#[tokio::test]
async fn a_query_that_takes_too_long_is_unavailable() {
    let config = DatabaseConfig { query_timeout: Duration::from_nanos(1), ..DatabaseConfig::at("mem://") };
    let error = Database::open(&config).await.err().unwrap();
    assert!(matches!(error, DbError::Unavailable(_)), "{error}");
}

#[tokio::test]
async fn dropping_the_last_clone_inside_a_runtime_is_no_panic() {
    let database = in_memory().await;
    drop(database.clone());
    database.ping().await.unwrap();
    drop(database);
}
