//! Retention: what is older than the organization keeps it is deleted, piece by piece, with a receipt for every picture.

use std::sync::Arc;
use std::time::Duration;

use actix::{Actor, ActorFutureExt, Addr, AsyncContext, Context, WrapFuture};
use muster_db::{BlobId, BlobStore, DbError, DeletionReason, RetentionDays};
use muster_protocol::UtcMillis;

use crate::hub::Hub;

/// How often it looks.
const EVERY: Duration = Duration::from_secs(3_600);
/// Rows in one step: small transactions leave room for others between them.
const STEP: usize = 500;
const DAY_MS: i64 = 86_400_000;
/// No upload takes as long from its first byte on disk to its row.
const ABANDONED_AFTER_MS: i64 = DAY_MS;

/// See the module's page.
pub struct Janitor {
    hub: Arc<Hub>,
    blobs: BlobStore,
}

/// Starts the janitor; it ends when its address is dropped.
#[must_use]
pub fn start(hub: &Arc<Hub>, blobs: BlobStore) -> Addr<Janitor> {
    Janitor { hub: hub.clone(), blobs }.start()
}

impl Actor for Janitor {
    type Context = Context<Self>;

    fn started(&mut self, context: &mut Self::Context) {
        context.run_interval(EVERY, |janitor, context| {
            let round = round(janitor.hub.clone(), janitor.blobs.clone());
            context.spawn(round.into_actor(janitor).map(|outcome, _, _| match outcome {
                Ok(deleted) if deleted > 0 => tracing::info!(deleted, "deleted what is past its retention"),
                Ok(_) => {}
                Err(error) => tracing::warn!(%error, "retention could not be finished and is tried again in an hour"),
            }));
        });
    }
}

/// One round; returns how many rows went.
pub async fn round(hub: Arc<Hub>, blobs: BlobStore) -> Result<usize, DbError> {
    let now = hub.clock.wall();
    delete_abandoned(&hub, &blobs, now.minus(ABANDONED_AFTER_MS)).await?;
    let Some(organization) = hub.policies.organization() else { return Ok(0) };
    let kept = organization.retention;
    let database = &hub.database;
    let pictures = delete_screenshots(&hub, &blobs, before(now, kept.screenshots), now).await?;
    let work = delete_work(&hub, kept, now).await?;
    // As long as the hours that they are about.
    let (until, alerts) = (before(now, kept.work), database.alerts());
    let alerts = in_steps(async || alerts.delete_before(until, STEP).await).await?;
    // Who watched whom is kept as long as who did what.
    let (until, viewings, audit) = (before(now, kept.audit), database.viewings(), database.audit());
    let viewings = in_steps(async || viewings.delete_before(until, STEP).await).await?;
    let entries = in_steps(async || audit.delete_before(until, STEP).await).await?;
    Ok(pictures + work + alerts + viewings + entries)
}

/// Repeats a step until it finds less than it may delete.
async fn in_steps(step: impl AsyncFn() -> Result<usize, DbError>) -> Result<usize, DbError> {
    let mut deleted = 0;
    loop {
        let some = step().await?;
        deleted += some;
        if some < STEP {
            return Ok(deleted);
        }
    }
}

/// Pictures whose row never came: of a hub that died in between, or of one screenshot that was sent twice at once.
async fn delete_abandoned(hub: &Hub, blobs: &BlobStore, until: UtcMillis) -> Result<usize, DbError> {
    let drafts = hub.database.draft_blobs();
    in_steps(async || {
        let abandoned = drafts.older_than(until, STEP).await?;
        for blob in &abandoned {
            delete_blob(blobs, *blob).await?;
        }
        drafts.forget(&abandoned).await?;
        Ok(abandoned.len())
    })
    .await
}

async fn delete_blob(blobs: &BlobStore, blob: BlobId) -> Result<(), DbError> {
    blobs.delete(blob).await.map_err(|error| DbError::Unavailable(error.to_string()))
}

fn before(now: UtcMillis, days: u32) -> UtcMillis {
    now.minus(i64::from(days) * DAY_MS)
}

async fn delete_screenshots(hub: &Hub, blobs: &BlobStore, until: UtcMillis, now: UtcMillis) -> Result<usize, DbError> {
    let screenshots = hub.database.screenshots();
    in_steps(async || {
        let rows = screenshots.older_than(until, STEP).await?;
        for row in &rows {
            delete_blob(blobs, row.blob).await?;
            delete_blob(blobs, row.thumbnail).await?;
            let reason = DeletionReason { at: now, why: "retention".to_owned(), by: None };
            screenshots.delete(row, &reason).await?;
        }
        Ok(rows.len())
    })
    .await
}

/// Hours, marks, presence history and agents' notes are kept for the same time.
async fn delete_work(hub: &Hub, kept: RetentionDays, now: UtcMillis) -> Result<usize, DbError> {
    let until = before(now, kept.work);
    let (work, presence, notes) = (hub.database.work(), hub.database.presence(), hub.database.agent_events());
    let mut deleted = 0;
    for person in hub.people.all() {
        let employee = person.id();
        deleted += in_steps(async || work.delete_sessions_before(employee, until, STEP).await).await?;
        deleted += in_steps(async || work.delete_marks_before(employee, until, STEP).await).await?;
        deleted += in_steps(async || presence.delete_before(employee, until, STEP).await).await?;
        deleted += in_steps(async || notes.delete_before(employee, until, STEP).await).await?;
    }
    Ok(deleted)
}
