//! Retention: what is older than the organization keeps it is deleted, piece by piece, with a receipt for every picture.

use std::sync::Arc;
use std::time::Duration;

use actix::{Actor, ActorFutureExt, Addr, AsyncContext, Context, WrapFuture};
use muster_db::{BlobStore, DbError, DeletionReason, RetentionDays};
use muster_protocol::UtcMillis;

use crate::hub::Hub;

/// How often it looks.
const EVERY: Duration = Duration::from_secs(3_600);
/// Rows in one step: small transactions leave room for others between them.
const STEP: usize = 500;
const DAY_MS: i64 = 86_400_000;

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
    let Some(organization) = hub.policies.organization() else { return Ok(0) };
    let now = hub.clock.wall();
    let kept = organization.retention;
    let pictures = delete_screenshots(&hub, &blobs, before(now, kept.screenshots), now).await?;
    let work = delete_work(&hub, kept, now).await?;
    let alerts = delete_alerts(&hub, before(now, kept.work)).await?;
    let mut entries = 0;
    loop {
        let deleted = hub.database.audit().delete_before(before(now, kept.audit), STEP).await?;
        entries += deleted;
        if deleted < STEP {
            break;
        }
    }
    Ok(pictures + work + alerts + entries)
}

fn before(now: UtcMillis, days: u32) -> UtcMillis {
    now.minus(i64::from(days) * DAY_MS)
}

async fn delete_screenshots(hub: &Hub, blobs: &BlobStore, until: UtcMillis, now: UtcMillis) -> Result<usize, DbError> {
    let mut deleted = 0;
    loop {
        let rows = hub.database.screenshots().older_than(until, STEP).await?;
        for row in &rows {
            for blob in [row.blob, row.thumbnail] {
                blobs.delete(blob).await.map_err(|error| DbError::Unavailable(error.to_string()))?;
            }
            let reason = DeletionReason { at: now, why: "retention".to_owned(), by: None };
            hub.database.screenshots().delete(row, &reason).await?;
        }
        deleted += rows.len();
        if rows.len() < STEP {
            return Ok(deleted);
        }
    }
}

/// As long as the hours that they are about.
async fn delete_alerts(hub: &Hub, until: UtcMillis) -> Result<usize, DbError> {
    let mut deleted = 0;
    loop {
        let step = hub.database.alerts().delete_before(until, STEP).await?;
        deleted += step;
        if step < STEP {
            return Ok(deleted);
        }
    }
}

/// Hours, marks, presence history and agents' notes are kept for the same time.
async fn delete_work(hub: &Hub, kept: RetentionDays, now: UtcMillis) -> Result<usize, DbError> {
    let until = before(now, kept.work);
    let mut deleted = 0;
    for person in hub.people.all() {
        let employee = person.id();
        loop {
            let step = [
                hub.database.work().delete_sessions_before(employee, until, STEP).await?,
                hub.database.work().delete_marks_before(employee, until, STEP).await?,
                hub.database.presence().delete_before(employee, until, STEP).await?,
                hub.database.agent_events().delete_before(employee, until, STEP).await?,
            ];
            deleted += step.iter().sum::<usize>();
            if step.iter().all(|rows| *rows < STEP) {
                break;
            }
        }
    }
    Ok(deleted)
}
