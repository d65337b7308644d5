//! A database for one test.

use muster_db::{Database, DatabaseConfig, DbError, NewPerson};
use muster_domain::Role;
use muster_domain::permission::Capabilities;
use muster_protocol::{EmployeeId, UtcMillis};
use surrealdb::engine::any;
use tempfile::TempDir;

/// Declares tests that run on both engines: each name is a function that takes `&Database`.
macro_rules! on_both_engines {
    ($($test:ident),+ $(,)?) => {
        mod in_memory {
            $(
                #[tokio::test]
                async fn $test() {
                    super::$test(&$crate::support::in_memory().await).await;
                }
            )+
        }
        mod in_a_folder {
            $(
                #[tokio::test]
                async fn $test() {
                    let folder = $crate::support::Folder::new();
                    let database = folder.open().await;
                    super::$test(&database).await;
                    database.close().await;
                }
            )+
        }
    };
}
pub(crate) use on_both_engines;

pub async fn in_memory() -> Database {
    Database::open(&DatabaseConfig::at("mem://")).await.unwrap()
}

/// A data folder that is deleted after the test.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn config(&self) -> DatabaseConfig {
        DatabaseConfig::at(format!("surrealkv://{}", self.0.path().join("db").display()))
    }

    pub async fn open(&self) -> Database {
        Database::open(&self.config()).await.unwrap()
    }

    /// Runs a statement that this crate would not run.
    pub async fn tamper(&self, statement: &str) {
        let config = self.config();
        let client = any::connect(config.url).await.unwrap();
        client.use_ns(config.namespace).use_db(config.database).await.unwrap();
        client.query(statement).await.unwrap().check().unwrap();
    }

    /// Opens it after a foreign connection, which ends in the background.
    pub async fn open_when_free(&self) -> Database {
        self.when_free().await.unwrap()
    }

    /// What opening says as soon as nobody else holds the folder's store.
    pub async fn when_free(&self) -> Result<Database, DbError> {
        loop {
            match Database::open(&self.config()).await {
                Err(DbError::Unavailable(_) | DbError::DataFolderInUse { .. }) => tokio::task::yield_now().await,
                other => return other,
            }
        }
    }
}

pub fn employee(id: &str) -> EmployeeId {
    EmployeeId::new(id).unwrap()
}

pub const fn at(ms: i64) -> UtcMillis {
    UtcMillis(ms)
}

pub fn person(email: &str) -> NewPerson {
    NewPerson {
        id: None,
        name: "Ada Lovelace".into(),
        email: email.into(),
        role: Role::Employee,
        team: None,
        managed_teams: Vec::new(),
        capabilities: Capabilities::NONE,
        password_hash: None,
        created_at: at(1_000),
    }
}
