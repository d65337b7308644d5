//! Viewers with the same view: they share one sequence and one encoding.

use std::collections::HashMap;
use std::sync::Arc;

use actix::{Message, Recipient};
use muster_protocol::portal::PortalDown;

/// A text message for a viewer's socket, encoded once for all who get it.
#[derive(Clone, Debug, Message)]
#[rtype(result = "()")]
pub struct Outbound(pub Arc<str>);

impl Outbound {
    /// Encodes `message`.
    #[must_use]
    pub fn encode(message: &PortalDown) -> Self {
        Self(serde_json::to_string(message).expect("wire messages have string keys only").into())
    }
}

/// The members of one view and the number of the last diff they were sent.
#[derive(Default)]
pub(super) struct Group {
    pub seq: u64,
    pub members: HashMap<u64, Recipient<Outbound>>,
}

impl Group {
    /// Sends `message` to everyone. Who cannot keep up misses it (and sees the gap); who is gone is forgotten.
    pub fn send(&mut self, message: &Outbound) {
        self.members.retain(|_, member| match member.try_send(message.clone()) {
            Ok(()) => true,
            Err(actix::prelude::SendError::Full(_)) => {
                metrics::counter!("muster_roster_diffs_skipped_total").increment(1);
                true
            }
            Err(actix::prelude::SendError::Closed(_)) => false,
        });
    }
}
