//! How devices are stored: in one transaction with what finds them, and never over somebody else's.

use surrealdb::types::{SurrealValue, Value};

use super::{DeviceRow, device_id, token_id};
use crate::codec::{encode, object};
use crate::error::THROW_DEVICE_TAKEN;
use crate::keys;
use crate::script::Script;

/// Stores every `$put` of `$devices`; for use inside of a transaction. Whose a device is never changes: what it has
/// recorded is that person's.
pub(super) const PUT_DEVICES: &str = "
    FOR $put IN $devices {
        LET $id = $put.id;
        LET $by_token = $put.by_token;
        LET $by_time = $put.by_time;
        LET $known = (SELECT employee, token_hash, enrolled_at FROM ONLY $id);
        IF $known != NONE {
            IF $known.employee != $put.device.employee { THROW $device_taken };
            LET $known_token = type::record('device_token', $known.token_hash);
            LET $known_by_time = type::record('device_by_time', [-$known.enrolled_at, record::id($id)]);
            DELETE $known_token RETURN NONE;
            DELETE $known_by_time RETURN NONE;
        };
        UPSERT $id CONTENT $put.device RETURN NONE;
        CREATE $by_token CONTENT { device: $id } RETURN NONE;
        CREATE $by_time CONTENT { row: $id } RETURN NONE;
    };";

/// Binds what [`PUT_DEVICES`] reads.
pub(super) fn bind_devices(script: Script, devices: &[DeviceRow]) -> Script {
    let puts = devices.iter().map(encode_put).collect::<Vec<_>>();
    script.bind("devices", puts).bind("device_taken", THROW_DEVICE_TAKEN.to_owned())
}

fn encode_put(device: &DeviceRow) -> Value {
    let by_time = keys::record("device_by_time", [keys::newest_first(device.enrolled_at), keys::uuid(device.id.0)]);
    object([
        ("id", device_id(device.id).into_value()),
        ("device", encode(device)),
        ("by_token", token_id(&device.token_hash).into_value()),
        ("by_time", by_time.into_value()),
    ])
}
