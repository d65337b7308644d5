//! Devices: the desktops that agents run on, and the one-time codes that enrol them.

mod put;

use std::cmp::Reverse;

use muster_protocol::{DeviceId, EmployeeId, UtcMillis};
use serde::{Deserialize, Serialize};
use surrealdb::types::RecordId;
use uuid::Uuid;

use self::put::{PUT_DEVICES, bind_devices};
use crate::codec::encode_with_id;
use crate::error::THROW_NOT_FOUND;
use crate::page::{Cursor, Page, Paged, Whose, page};
use crate::script::Script;
use crate::{Database, DbError, TokenHash, keys};

/// A device, `device:⟨uuid⟩`; `device_token:⟨hash⟩` finds it by its token, `device_by_time:[-enrolled_at, device]`
/// puts the latest enrolled first.
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
    /// [`DbError::AlreadyExists`]: the device is somebody else's, or the token another one's.
    pub async fn put(&self, device: &DeviceRow) -> Result<(), DbError> {
        self.put_all(std::slice::from_ref(device)).await
    }

    /// Stores devices as [`Devices::put`] does: all of them or none.
    pub async fn put_all(&self, devices: &[DeviceRow]) -> Result<(), DbError> {
        let script = Script::new(format!("BEGIN; {PUT_DEVICES} COMMIT;"));
        self.database.tell(bind_devices(script, devices)).await
    }

    /// Offers a one-time code.
    pub async fn offer_enrolment(&self, enrolment: &EnrolmentRow) -> Result<(), DbError> {
        let script = Script::new("INSERT INTO enrolment $row RETURN NONE")
            .bind("row", encode_with_id(enrolment_id(&enrolment.code_hash), enrolment));
        self.database.tell(script).await
    }

    /// Uses a code up and stores the device for the code's employee. [`DbError::NotFound`]: the code is unknown, used,
    /// or has expired. [`DbError::AlreadyExists`]: the device is somebody else's; the code stays good.
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
             {PUT_DEVICES}
             COMMIT;"
        ))
        .bind("code", enrolment_id(code))
        .bind("not_found", THROW_NOT_FOUND.to_owned());
        self.database.tell(bind_devices(script, std::slice::from_ref(&row))).await?;
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

    /// One page of `whose` devices, the latest enrolled first.
    pub async fn page(
        &self,
        whose: Whose<'_>,
        cursor: Option<&Cursor>,
        limit: usize,
    ) -> Result<Page<DeviceRow>, DbError> {
        let rows = match whose {
            Whose::Everyone => self.latest(cursor, limit + 1).await?,
            Whose::These(employees) => {
                let mut rows = self.of_employees(employees).await?;
                rows.sort_by_key(order);
                rows.retain(|row| cursor.is_none_or(|cursor| order(row) > (Reverse(cursor.at), cursor.id)));
                rows
            }
        };
        Ok(page(rows, limit))
    }

    async fn latest(&self, cursor: Option<&Cursor>, limit: usize) -> Result<Vec<DeviceRow>, DbError> {
        let end = [keys::at(UtcMillis(i64::MAX))];
        let range = match cursor {
            Some(cursor) => keys::behind("device_by_time", None, *cursor, end),
            None => keys::range("device_by_time", [keys::at(UtcMillis(i64::MIN))], end),
        };
        let script = Script::new("SELECT VALUE row.* FROM type::record($range[0]) LIMIT $limit")
            .bind("range", keys::start_of(range))
            .bind("limit", limit);
        self.database.ask(script, |answer| answer.rows(0)).await
    }

    async fn of_employees(&self, employees: &[EmployeeId]) -> Result<Vec<DeviceRow>, DbError> {
        let employees = employees.iter().map(keys::employee).collect::<Vec<_>>();
        let script = Script::new("SELECT * FROM device WHERE employee IN $employees").bind("employees", employees);
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

/// The latest enrolled first, as the keys of `device_by_time` sort.
fn order(row: &DeviceRow) -> (Reverse<UtcMillis>, Uuid) {
    (Reverse(row.enrolled_at), row.id.0)
}

impl Paged for DeviceRow {
    fn place(&self) -> Cursor {
        Cursor { at: self.enrolled_at, id: self.id.0 }
    }
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
