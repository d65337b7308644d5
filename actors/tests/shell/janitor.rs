//! What the janitor takes away, and what it leaves.

use std::sync::Arc;

use bytes::Bytes;
use muster_actors::{Hub, janitor};
use muster_db::{BlobConfig, BlobError, BlobId, BlobStore, MasterKey, OrganizationRow, RetentionDays, ScreenshotRow};
use muster_db::{ViewingRow, Whose, WorkingHours, Write};
use muster_domain::Span;
use muster_protocol::UtcMillis;
use muster_protocol::ids::ScreenshotId;
use uuid::Uuid;

use crate::universe::{START, database, durable, hub_on, id, run};

const DAY_MS: i64 = 86_400_000;

struct Store {
    blobs: BlobStore,
    _folder: tempfile::TempDir,
}

impl Store {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = MasterKey::load_or_create(&folder.path().join("master.key")).unwrap();
        let config = BlobConfig { url: folder.path().join("blobs").display().to_string(), options: Vec::new() };
        Self { blobs: BlobStore::open(&config, key).unwrap(), _folder: folder }
    }

    /// Two blobs as an upload stores them, up to the row.
    async fn upload(&self, hub: &Hub, at: UtcMillis) -> [BlobId; 2] {
        let blobs = [BlobId::generate(), BlobId::generate()];
        hub.database.commit(&[Write::BlobsDrafted { blobs, at }]).await.unwrap();
        for blob in blobs {
            self.blobs.put(blob, Bytes::from_static(b"a picture")).await.unwrap();
        }
        blobs
    }

    async fn holds(&self, blob: BlobId) -> bool {
        !matches!(self.blobs.get(blob).await, Err(BlobError::NotFound))
    }
}

fn screenshot(shot: ScreenshotId, [blob, thumbnail]: [BlobId; 2], at: UtcMillis) -> Write {
    Write::Screenshot(Box::new(ScreenshotRow {
        id: shot,
        employee: id(0),
        taken_at: at,
        received_at: at,
        device: None,
        track: None,
        media_type: "image/jpeg".into(),
        width: 640,
        height: 480,
        bytes: 9,
        content_hash: "00".repeat(32),
        perceptual_hash: 0,
        near_identical: false,
        blob,
        thumbnail,
    }))
}

fn viewing(from: UtcMillis) -> Write {
    Write::ViewingOpened(ViewingRow {
        id: Uuid::now_v7(),
        employee: id(0),
        viewer: id(1),
        what: "screen 1".into(),
        from,
        to: None,
    })
}

async fn organized() -> Arc<Hub> {
    let database = database(2).await;
    let row = OrganizationRow {
        name: "Example".into(),
        time_zone: "UTC".into(),
        working_hours: WorkingHours { start_minute: 540, end_minute: 1_080, days: vec![1, 2, 3, 4, 5] },
        retention: RetentionDays { screenshots: 90, work: 400, audit: 30 },
        version: 0,
    };
    database.organization().put(&row).await.unwrap();
    hub_on(database).await
}

#[test]
fn pictures_whose_row_never_came_go_after_a_day_and_no_others() {
    run(async || {
        durable(async {
            let (hub, store) = (organized().await, Store::new());
            let long_ago = START.minus(2 * DAY_MS);
            let cut_off = store.upload(&hub, long_ago).await;
            let under_way = store.upload(&hub, START.minus(DAY_MS / 2)).await;
            let (kept, sent_twice) = (store.upload(&hub, long_ago).await, store.upload(&hub, long_ago).await);
            let shot = ScreenshotId::generate();
            hub.database.commit(&[screenshot(shot, kept, long_ago)]).await.unwrap();
            hub.database.commit(&[screenshot(shot, sent_twice, long_ago)]).await.unwrap();

            janitor::round(hub.clone(), store.blobs.clone()).await.unwrap();
            for (blobs, stays) in [(cut_off, false), (under_way, true), (kept, true), (sent_twice, false)] {
                for blob in blobs {
                    assert_eq!(store.holds(blob).await, stays, "{blob}");
                }
            }
            let left = hub.database.draft_blobs().older_than(START, 100).await.unwrap();
            assert_eq!(left.len(), under_way.len());
        })
        .await;
    });
}

#[test]
fn viewings_go_with_the_audit_and_screenshots_with_their_blobs() {
    run(async || {
        durable(async {
            let (hub, store) = (organized().await, Store::new());
            let old = START.minus(91 * DAY_MS);
            let blobs = store.upload(&hub, old).await;
            let writes = [
                screenshot(ScreenshotId::generate(), blobs, old),
                viewing(START.minus(31 * DAY_MS)),
                viewing(START.minus(29 * DAY_MS)),
            ];
            hub.database.commit(&writes).await.unwrap();

            assert_eq!(janitor::round(hub.clone(), store.blobs.clone()).await.unwrap(), 2);
            for blob in blobs {
                assert!(!store.holds(blob).await);
            }
            let left = hub.database.viewings().list(Whose::Everyone, Span::ALL, None, 10).await.unwrap();
            assert_eq!(left.rows.iter().map(|row| row.from).collect::<Vec<_>>(), [START.minus(29 * DAY_MS)]);
            assert_eq!(janitor::round(hub, store.blobs.clone()).await.unwrap(), 0);
        })
        .await;
    });
}
