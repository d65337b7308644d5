//! The rows of a batch that are records of their own: screenshots, viewings, alerts, audit, acknowledgements, agents' notes.

use std::collections::HashMap;

use muster_protocol::ids::AlertId;
use muster_protocol::{DeviceId, EmployeeId, UtcMillis};
use surrealdb::types::{SurrealValue, Value};
use uuid::Uuid;

use super::Transaction;
use crate::alerts::{CLEAR_ALERTS, RAISE_ALERTS, encode_cleared, encode_raised};
use crate::codec::object;
use crate::draft_blobs::encode_draft;
use crate::screenshots::{ADD_SCREENSHOTS, encode_screenshot};
use crate::viewings::{CLOSE_VIEWINGS, OPEN_VIEWINGS, encode_closed, encode_opened};
use crate::{
    AcknowledgementRow, AgentEventRow, AlertRow, AuditEntry, BlobId, ScreenshotRow, ViewingRow, agent_events, audit,
    devices, keys, notices,
};

#[derive(Default)]
pub(super) struct RecordRows {
    acknowledgements: Vec<Value>,
    notes: Vec<Value>,
    drafts: Vec<Value>,
    screenshots: Vec<Value>,
    opened: Vec<Value>,
    closed: Vec<Value>,
    raised: Vec<Value>,
    cleared: Vec<Value>,
    audit: Vec<Value>,
    devices: HashMap<DeviceId, Value>,
}

impl RecordRows {
    pub(super) fn acknowledged(&mut self, row: &AcknowledgementRow) {
        self.acknowledgements.push(notices::encode_row(row));
    }

    pub(super) fn noted(&mut self, row: &AgentEventRow) {
        self.notes.push(agent_events::encode_event(row));
    }

    pub(super) fn drafted(&mut self, blobs: [BlobId; 2], at: UtcMillis) {
        self.drafts.extend(blobs.map(|blob| encode_draft(blob, at)));
    }

    pub(super) fn taken(&mut self, row: &ScreenshotRow) {
        self.screenshots.push(encode_screenshot(row));
    }

    pub(super) fn opened(&mut self, row: &ViewingRow) {
        self.opened.push(encode_opened(row));
    }

    pub(super) fn closed(&mut self, employee: &EmployeeId, from: UtcMillis, id: Uuid, to: UtcMillis) {
        self.closed.push(encode_closed(employee, from, id, to));
    }

    pub(super) fn raised(&mut self, row: &AlertRow) {
        self.raised.push(encode_raised(row));
    }

    pub(super) fn cleared(&mut self, employee: &EmployeeId, since: UtcMillis, id: AlertId, until: UtcMillis) {
        self.cleared.push(encode_cleared(employee, since, id, until));
    }

    pub(super) fn audited(&mut self, entry: &AuditEntry) {
        self.audit.push(audit::encode_entry(entry));
    }

    pub(super) fn device_seen(&mut self, id: DeviceId, at: UtcMillis, clock_skew_ms: i64, version: &str, os: &str) {
        let seen = object([
            ("last_seen", keys::at(at)),
            ("clock_skew_ms", clock_skew_ms.into_value()),
            ("agent_version", keys::text(version)),
            ("os", keys::text(os)),
        ]);
        self.devices.insert(id, object([("id", devices::device_id(id).into_value()), ("seen", seen)]));
    }

    pub(super) fn add_to(self, transaction: &mut Transaction) {
        transaction.add("acknowledgements", self.acknowledgements, ADD_ACKNOWLEDGEMENTS);
        transaction.add("notes", self.notes, "INSERT IGNORE INTO agent_event $notes RETURN NONE;");
        transaction.add("drafts", self.drafts, "INSERT IGNORE INTO draft_blob $drafts RETURN NONE;");
        transaction.add("screenshots", self.screenshots, ADD_SCREENSHOTS);
        transaction.add("opened", self.opened, OPEN_VIEWINGS);
        transaction.add("closed", self.closed, CLOSE_VIEWINGS);
        transaction.add("raised", self.raised, RAISE_ALERTS);
        transaction.add("cleared", self.cleared, CLEAR_ALERTS);
        transaction.add("audit", self.audit, "INSERT IGNORE INTO audit $audit RETURN NONE;");
        transaction.add("devices", self.devices.into_values().collect(), PUT_DEVICES_SEEN);
    }
}

const ADD_ACKNOWLEDGEMENTS: &str = "INSERT IGNORE INTO acknowledgement $acknowledgements RETURN NONE;";

const PUT_DEVICES_SEEN: &str = "
    FOR $device IN $devices {
        LET $id = $device.id;
        UPDATE $id MERGE $device.seen RETURN NONE;
    };";
