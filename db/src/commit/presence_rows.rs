//! The rows of a batch that are about presence.

use std::collections::HashMap;

use muster_protocol::{EmployeeId, UtcMillis};
use surrealdb::types::Value;

use super::Transaction;
use crate::PresenceChanged;
use crate::presence::{encode_change, encode_last_seen, encode_page, encode_state};

#[derive(Default)]
pub(super) struct PresenceRows<'a> {
    changes: Vec<Value>,
    now: HashMap<&'a EmployeeId, Value>,
    last_seen: HashMap<&'a EmployeeId, UtcMillis>,
    pages: HashMap<u8, Value>,
}

impl<'a> PresenceRows<'a> {
    pub(super) fn changed(&mut self, change: &'a PresenceChanged) {
        self.changes.push(encode_change(change));
        self.now.insert(&change.employee, encode_state(change));
        if let Some(at) = change.last_seen {
            let latest = self.last_seen.entry(&change.employee).or_insert(at);
            *latest = (*latest).max(at);
        }
    }

    pub(super) fn page(&mut self, page: u8, seen: &[(EmployeeId, UtcMillis)]) {
        self.pages.insert(page, encode_page(page, seen));
    }

    pub(super) fn add_to(self, transaction: &mut Transaction) {
        let last_seen = self.last_seen.iter().map(|(employee, at)| encode_last_seen(employee, *at));
        transaction.add("changes", self.changes, ADD_CHANGES);
        transaction.add("now", self.now.into_values().collect(), PUT_NOW);
        transaction.add("seen", last_seen.collect(), PUT_LAST_SEEN);
        transaction.add("pages", self.pages.into_values().collect(), PUT_PAGES);
    }
}

const ADD_CHANGES: &str = "INSERT IGNORE INTO presence_change $changes RETURN NONE;";

const PUT_NOW: &str = "
    INSERT INTO presence_now $now ON DUPLICATE KEY UPDATE
        status = $input.status, overlay = $input.overlay, reason = $input.reason, since = $input.since RETURN NONE;";

const PUT_LAST_SEEN: &str = "
    INSERT INTO last_seen $seen ON DUPLICATE KEY UPDATE
        at = IF $input.at > at { $input.at } ELSE { at } RETURN NONE;";

const PUT_PAGES: &str = "
    INSERT INTO last_seen_page $pages ON DUPLICATE KEY UPDATE seen = $input.seen RETURN NONE;";
