//! Devices: the desktops that agents run on, and the one-time codes that enrol them.

use muster_protocol::{DeviceId, EmployeeId, UtcMillis};
use serde::{Deserialize, Serialize};
use surrealdb::types::{RecordId, SurrealValue};

use crate::codec::{encode, encode_with_id};
use crate::error::THROW_NOT_FOUND;
use crate::script::Script;
use crate::{Database, DbError, TokenHash, keys};

/// A device, `device:⟨uuid⟩`; `device_token:⟨hash⟩` finds it by its token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceRow {
    #[serde(rename = "device")]
    pub id: DeviceId,
    pub employee: EmployeeId,
    pub name: String,
    pub os: String,
    pub agent_version: String,
    pub token_hash: TokenHash,
    pub enrolled_at: UtcMillis,
    /// Of its last hello.
    pub last_seen: Option<UtcMillis>,
    /// The device's clock minus the hub's, at its last hello.
    pub clock_skew_ms: Option<i64>,
    /// Since then its token is worth nothing.
    pub revoked_at: Option<UtcMillis>,
}

/// A code that enrols one device for an employee, `enrolment:⟨hash⟩`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolmentRow {
    pub code_hash: TokenHash,
    pub employee: EmployeeId,
    pub created_by: EmployeeId,
    pub created_at: UtcMillis,
    pub expires_at: UtcMillis,
}

/// What a device says of itself when it enrols.
#[derive(Clone, Debug)]
pub struct NewDevice {
    pub id: DeviceId,
    pub name: String,
    pub os: String,
    pub agent_version: String,
    pub token_hash: TokenHash,
}

/// The store of devices. Hellos are written with [`crate::Write::DeviceSeen`].
#[derive(Clone)]
pub struct Devices {
    database: Database,
}

impl Database {
    /// The store of devices.
    #[must_use]
    pub fn devices(&self) -> Devices {
        Devices { database: self.clone() }
    }
}

impl Devices {
    /// Stores a device, in place of the one with this id; the token of that one is worth nothing then.
    pub async fn put(&self, device: &DeviceRow) -> Result<(), DbError> {
        let script = Script::new(format!("BEGIN; {PUT_DEVICE} COMMIT;"));
        self.database.tell(bind_device(script, device)).await
    }

    /// Offers a one-time code.
    pub async fn offer_enrolment(&self, enrolment: &EnrolmentRow) -> Result<(), DbError> {
        let script = Script::new("INSERT INTO enrolment $row RETURN NONE")
            .bind("row", encode_with_id(enrolment_id(&enrolment.code_hash), enrolment));
        self.database.tell(script).await
    }

    /// Uses a code up and stores the device for the code's employee. [`DbError::NotFound`]: the code is unknown, used,
    /// or has expired.
    pub async fn enrol(&self, code: &TokenHash, device: &NewDevice, at: UtcMillis) -> Result<DeviceRow, DbError> {
        let read = Script::new("SELECT * FROM $id").bind("id", enrolment_id(code));
        let enrolment: Option<EnrolmentRow> = self.database.ask(read, |answer| answer.row(0)).await?;
        let enrolment = enrolment.filter(|enrolment| at < enrolment.expires_at).ok_or(DbError::NotFound)?;
        let row = DeviceRow {
            id: device.id,
            employee: enrolment.employee,
            name: device.name.clone(),
            os: device.os.clone(),
            agent_version: device.agent_version.clone(),
            token_hash: device.token_hash,
            enrolled_at: at,
            last_seen: None,
            clock_skew_ms: None,
            revoked_at: None,
        };
        let script = Script::new(format!(
            "BEGIN;
             IF array::len((DELETE $code RETURN BEFORE)) = 0 {{ THROW $not_found }};
             {PUT_DEVICE}
             COMMIT;"
        ))
        .bind("code", enrolment_id(code))
        .bind("not_found", THROW_NOT_FOUND.to_owned());
        self.database.tell(bind_device(script, &row)).await?;
        Ok(row)
    }

    /// Deletes the codes that have expired; says how many.
    pub async fn purge_enrolments(&self, at: UtcMillis) -> Result<usize, DbError> {
        let script =
            Script::new("RETURN array::len((DELETE enrolment WHERE expires_at <= $at RETURN BEFORE))").bind("at", at.0);
        Ok(self.database.ask(script, |answer| answer.row(0)).await?.unwrap_or_default())
    }

    /// The device that holds a token, also when it is revoked: look at `revoked_at`.
    pub async fn by_token_hash(&self, token: &TokenHash) -> Result<Option<DeviceRow>, DbError> {
        let script = Script::new("SELECT VALUE device.* FROM $by_token").bind("by_token", token_id(token));
        self.database.ask(script, |answer| answer.row(0)).await
    }

    /// A device by id.
    pub async fn get(&self, id: DeviceId) -> Result<Option<DeviceRow>, DbError> {
        self.database.ask(Script::new("SELECT * FROM $id").bind("id", device_id(id)), |answer| answer.row(0)).await
    }

    /// The devices of an employee.
    pub async fn of_employee(&self, employee: &EmployeeId) -> Result<Vec<DeviceRow>, DbError> {
        let script =
            Script::new("SELECT * FROM device WHERE employee = $employee").bind("employee", keys::employee(employee));
        self.database.ask(script, |answer| answer.rows(0)).await
    }

    /// Every device.
    pub async fn all(&self) -> Result<Vec<DeviceRow>, DbError> {
        self.database.ask(Script::new("SELECT * FROM device"), |answer| answer.rows(0)).await
    }

    /// Makes a device's token worthless from `at` on; a second call changes nothing.
    pub async fn revoke(&self, id: DeviceId, at: UtcMillis) -> Result<DeviceRow, DbError> {
        let script = Script::new("UPDATE $id SET revoked_at = revoked_at ?? $at RETURN AFTER")
            .bind("id", device_id(id))
            .bind("at", at.0);
        self.database.ask(script, |answer| answer.row(0)).await?.ok_or(DbError::NotFound)
    }
}

const PUT_DEVICE: &str = "
    LET $old_token = type::record('device_token', (SELECT VALUE token_hash FROM ONLY $id) ?? 'none');
    DELETE $old_token RETURN NONE;
    UPSERT $id CONTENT $device RETURN NONE;
    CREATE $new_token CONTENT { device: $id } RETURN NONE;";

fn bind_device(script: Script, device: &DeviceRow) -> Script {
    script
        .bind("id", device_id(device.id).into_value())
        .bind("device", encode(device))
        .bind("new_token", token_id(&device.token_hash))
}

pub(crate) fn device_id(id: DeviceId) -> RecordId {
    keys::by_uuid("device", id.0)
}

fn token_id(token: &TokenHash) -> RecordId {
    keys::named("device_token", &token.hex())
}

fn enrolment_id(code: &TokenHash) -> RecordId {
    keys::named("enrolment", &code.hex())
}
