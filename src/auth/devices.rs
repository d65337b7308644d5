//! Devices that were let in before: a fleet that comes back at once is not looked up one by one.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use muster_db::{Database, DbError, DeviceRow, TokenHash};
use muster_protocol::DeviceId;

/// Devices in memory at most; above it each is looked up.
const DEVICES_MAX: usize = 200_000;

/// See the module's page.
#[derive(Default)]
pub struct Devices(RwLock<HashMap<TokenHash, Arc<DeviceRow>>>);

impl Devices {
    /// The device with this token, revoked ones included.
    pub async fn by_token_hash(
        &self,
        database: &Database,
        hash: &TokenHash,
    ) -> Result<Option<Arc<DeviceRow>>, DbError> {
        if let Some(device) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(hash) {
            return Ok(Some(device.clone()));
        }
        let Some(device) = database.devices().by_token_hash(hash).await?.map(Arc::new) else { return Ok(None) };
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() < DEVICES_MAX {
            known.insert(*hash, device.clone());
        }
        Ok(Some(device))
    }

    /// Forgets a device that was revoked or enrolled anew.
    pub fn forget(&self, device: DeviceId) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).retain(|_, row| row.id != device);
    }
}
