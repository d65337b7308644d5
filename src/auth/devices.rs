//! Devices that were let in before: a fleet that comes back at once is not looked up one by one.
//!
//! **Invariant**: once [`Devices::forget`] has returned, no row from before it is answered any more. A look-up that was
//! under way meanwhile may still hand one out, so a session looks a second time when [`Devices::forget`]'s caller can
//! find it.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use muster_db::{Database, DbError, DeviceRow, TokenHash};
use muster_protocol::DeviceId;

/// Devices in memory at most; above it each is looked up.
const DEVICES_MAX: usize = 200_000;

/// See the module's page.
#[derive(Default)]
pub struct Devices(RwLock<Known>);

#[derive(Default)]
struct Known {
    rows: HashMap<TokenHash, Arc<DeviceRow>>,
    /// Counts up with everything that is forgotten: a row that was read before is not kept after.
    generation: u64,
}

impl Devices {
    /// The device with this token, revoked ones included.
    pub async fn by_token_hash(
        &self,
        database: &Database,
        hash: &TokenHash,
    ) -> Result<Option<Arc<DeviceRow>>, DbError> {
        self.known_or_read(hash, async || database.devices().by_token_hash(hash).await).await
    }

    async fn known_or_read(
        &self,
        hash: &TokenHash,
        read: impl AsyncFnOnce() -> Result<Option<DeviceRow>, DbError>,
    ) -> Result<Option<Arc<DeviceRow>>, DbError> {
        let generation = {
            let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
            if let Some(device) = known.rows.get(hash) {
                return Ok(Some(device.clone()));
            }
            known.generation
        };
        let Some(device) = read().await?.map(Arc::new) else { return Ok(None) };
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.generation == generation && known.rows.len() < DEVICES_MAX {
            known.rows.insert(*hash, device.clone());
        }
        Ok(Some(device))
    }

    /// Forgets a device that was revoked or enrolled anew; to be called after the commit.
    pub fn forget(&self, device: DeviceId) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.generation += 1;
        known.rows.retain(|_, row| row.id != device);
    }
}

#[cfg(test)]
mod tests {
    use muster_protocol::{EmployeeId, UtcMillis};

    use super::*;

    fn row() -> DeviceRow {
        DeviceRow {
            id: DeviceId::generate(),
            employee: EmployeeId::new("E1").unwrap(),
            name: "desk".to_owned(),
            os: "linux".to_owned(),
            agent_version: String::new(),
            token_hash: TokenHash::of("token"),
            enrolled_at: UtcMillis(1),
            last_seen: None,
            clock_skew_ms: None,
            revoked_at: None,
        }
    }

    #[actix_web::test]
    async fn a_known_device_is_read_once() {
        let (devices, row) = (Devices::default(), row());
        let first = devices.known_or_read(&row.token_hash, async || Ok(Some(row.clone()))).await.unwrap();
        let second = devices.known_or_read(&row.token_hash, async || panic!("it is known")).await.unwrap();
        assert_eq!((first.as_deref(), second.as_deref()), (Some(&row), Some(&row)));
    }

    #[actix_web::test]
    async fn a_row_that_was_read_before_the_device_was_forgotten_is_not_kept() {
        let (devices, row) = (Devices::default(), row());
        let revoked = DeviceRow { revoked_at: Some(UtcMillis(2)), ..row.clone() };
        let read_before = async || {
            devices.forget(row.id);
            Ok(Some(row.clone()))
        };
        devices.known_or_read(&row.token_hash, read_before).await.unwrap();
        let after = devices.known_or_read(&row.token_hash, async || Ok(Some(revoked.clone()))).await.unwrap();
        assert_eq!(after.as_deref(), Some(&revoked));
    }
}
