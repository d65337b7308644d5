//! The schema: numbered scripts, each applied once, in their order.

use std::time::Duration;

use muster_protocol::ids::SessionId;
use surrealdb::types::Value;

use crate::error::THROW_CONFLICT;
use crate::script::Script;
use crate::{Database, DbError};

/// Every script, by the version that it leads to. A script that was ever released is never changed again.
const MIGRATIONS: [&str; 10] = [
    include_str!("../migrations/001_people.surql"),
    include_str!("../migrations/002_presence.surql"),
    include_str!("../migrations/003_work.surql"),
    include_str!("../migrations/004_policy.surql"),
    include_str!("../migrations/005_records.surql"),
    include_str!("../migrations/006_devices_and_receipts.surql"),
    include_str!("../migrations/007_last_seen_pages.surql"),
    include_str!("../migrations/008_alerts.surql"),
    include_str!("../migrations/009_invitations.surql"),
    include_str!("../migrations/010_draft_blobs.surql"),
];

/// The version that this program knows.
pub const SCHEMA_VERSION: u32 = MIGRATIONS.len() as u32;

/// Takes the lock record. A migrating hub that dies leaves its lock behind: a minute later another one takes it over.
const LOCK: &str = "
    BEGIN;
    IF (SELECT VALUE until FROM ONLY schema_lock:migration) > time::now() { THROW $held };
    UPSERT schema_lock:migration CONTENT { holder: $holder, until: time::now() + 1m } RETURN NONE;
    COMMIT;";
/// Between two looks at a lock that another hub holds.
const LOCK_RETRY_AFTER: Duration = Duration::from_millis(250);
/// Looks at a lock before giving up: longer than a lock holds.
const LOCK_ATTEMPTS_MAX: u32 = 300;

impl Database {
    /// A later program's mark on purpose: the tests' way to see a hub refuse its own data.
    #[doc(hidden)]
    pub async fn pretend_newer_schema(&self) -> Result<(), DbError> {
        let script = Script::new("UPDATE schema:version SET number = $number RETURN NONE");
        self.tell(script.bind("number", i64::from(SCHEMA_VERSION) + 1)).await
    }
}

/// Brings the schema up to date. Several hubs of one database may call this at once; one does it, the others wait.
pub(crate) async fn run(database: &Database) -> Result<(), DbError> {
    database.tell(Script::new(DEFINE_BOOKKEEPING)).await?;
    if version(database).await? == SCHEMA_VERSION {
        return Ok(());
    }
    let holder = SessionId::generate().to_string();
    lock(database, &holder).await?;
    let migrated = apply(database).await;
    let unlocked = database.tell(Script::new(UNLOCK).bind("holder", holder)).await;
    migrated.and(unlocked)
}

/// Applies what is missing.
async fn apply(database: &Database) -> Result<(), DbError> {
    let found = version(database).await?;
    for (next, script) in (1..).zip(MIGRATIONS).skip(found as usize) {
        tracing::info!(version = next, "migrating the database");
        let text = format!("BEGIN;\n{script}\nUPSERT schema:version SET number = $number RETURN NONE;\nCOMMIT;");
        database.tell(Script::new(text).bind("number", i64::from(next))).await?;
    }
    Ok(())
}

/// The stored version, 0 in a new database. A later one than ours is an error: its data is not for this program.
async fn version(database: &Database) -> Result<u32, DbError> {
    let script = Script::new("SELECT VALUE number FROM schema:version");
    let found: u32 = database.ask(script, |answer| answer.row(0)).await?.unwrap_or_default();
    if found > SCHEMA_VERSION {
        return Err(DbError::SchemaNewer { found, known: SCHEMA_VERSION });
    }
    Ok(found)
}

async fn lock(database: &Database, holder: &str) -> Result<(), DbError> {
    for _ in 0..LOCK_ATTEMPTS_MAX {
        let script =
            Script::new(LOCK).bind("holder", holder.to_owned()).bind("held", Value::String(THROW_CONFLICT.to_owned()));
        match database.tell(script).await {
            Err(DbError::Conflict) => tokio::time::sleep(LOCK_RETRY_AFTER).await,
            other => return other,
        }
    }
    Err(DbError::Unavailable("another hub is migrating the database".into()))
}

const DEFINE_BOOKKEEPING: &str = "
    DEFINE TABLE IF NOT EXISTS schema SCHEMAFULL;
    DEFINE FIELD IF NOT EXISTS number ON schema TYPE int;
    DEFINE TABLE IF NOT EXISTS schema_lock SCHEMAFULL;
    DEFINE FIELD IF NOT EXISTS holder ON schema_lock TYPE string;
    DEFINE FIELD IF NOT EXISTS until ON schema_lock TYPE datetime;";

const UNLOCK: &str = "DELETE schema_lock:migration WHERE holder = $holder RETURN NONE";
