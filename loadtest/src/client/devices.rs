//! Devices, their tokens, and what the hub kept of their events.

use muster_protocol::agent::EventKind;
use muster_protocol::{BootId, DeviceId, EmployeeId, UtcMillis};
use serde::Deserialize;

use super::RestClient;
use crate::error::LoadtestError;
use crate::secret::Secret;

/// Devices asked for in one bulk call.
const DEVICES_PER_CALL_MAX: usize = 1000;

/// A device that may connect.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EnrolledDevice {
    /// Whose it is; only the bulk call says.
    #[serde(default)]
    pub employee_id: Option<EmployeeId>,
    pub device_id: DeviceId,
    pub token: Secret,
}

/// A code that enrols one device, once.
#[derive(Clone, Debug, Deserialize)]
pub struct EnrolmentCode {
    pub code: Secret,
}

/// A durable event as the hub kept it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct EventRow {
    pub seq: u64,
    pub at: UtcMillis,
    #[serde(flatten)]
    pub kind: EventKind,
}

#[derive(Deserialize)]
struct EventRows {
    events: Vec<EventRow>,
}

impl RestClient {
    /// A one-time enrolment code for a device of `employee`; a manager or admin may.
    pub async fn create_enrolment_code(&self, employee: &EmployeeId) -> Result<EnrolmentCode, LoadtestError> {
        self.post("/api/devices/codes", &serde_json::json!({ "employeeId": employee })).await
    }

    /// Enrols a device with a code; needs no sign-in. `device` re-enrols an installation that exists.
    pub async fn enrol_device(
        &self,
        code: &Secret,
        name: &str,
        os: &str,
        device: Option<DeviceId>,
    ) -> Result<EnrolledDevice, LoadtestError> {
        let mut body = serde_json::json!({ "code": code.expose(), "name": name, "os": os });
        if let Some(device) = device {
            body["deviceId"] = serde_json::json!(device);
        }
        self.post("/api/devices/enrol", &body).await
    }

    /// Enrols a device for the person who is signed in.
    pub async fn register_own_device(&self, name: &str, os: &str) -> Result<EnrolledDevice, LoadtestError> {
        self.post("/api/devices", &serde_json::json!({ "name": name, "os": os })).await
    }

    /// One new device for each of `employees` (admin only).
    pub async fn create_devices(
        &self,
        employees: &[EmployeeId],
        name: &str,
    ) -> Result<Vec<EnrolledDevice>, LoadtestError> {
        let mut devices = Vec::with_capacity(employees.len());
        for chunk in employees.chunks(DEVICES_PER_CALL_MAX) {
            let body = serde_json::json!({ "employeeIds": chunk, "name": name });
            let page: Vec<EnrolledDevice> = self.post("/api/devices/bulk", &body).await?;
            devices.extend(page);
        }
        Ok(devices)
    }

    /// Everything that the hub keeps of one boot of a device, in order (admin only).
    pub async fn device_events(&self, device: DeviceId, boot: BootId) -> Result<Vec<EventRow>, LoadtestError> {
        let path = format!("/api/devices/{device}/events");
        let mut rows: Vec<EventRow> = Vec::new();
        loop {
            let after = rows.last().map_or(0, |row| row.seq);
            let query = [("boot", boot.to_string()), ("after", after.to_string())];
            let page: EventRows = self.get(&path, &query).await?;
            // A page that does not go on would be asked for again for ever.
            if page.events.last().is_none_or(|row| row.seq <= after) {
                return Ok(rows);
            }
            rows.extend(page.events);
        }
    }
}
