//! The sockets of one person that are open now.

use muster_domain::presence::LinkId;
use muster_protocol::agent::AgentDown;
use muster_protocol::{CloseCode, DeviceId};

use super::Connect;

/// Usually one; two for a person with a portal open beside the agent.
#[derive(Default)]
pub(super) struct Sessions(Vec<Connect>);

impl Sessions {
    pub fn add(&mut self, session: Connect) {
        self.0.push(session);
    }

    pub fn remove(&mut self, link: LinkId) {
        self.0.retain(|session| session.link != link);
    }

    /// How far the clock of the session's device runs ahead of the hub's.
    pub fn clock_skew_ms(&self, link: LinkId) -> i64 {
        self.0.iter().find(|session| session.link == link).map_or(0, |session| session.clock_skew_ms)
    }

    /// Says `message` to every agent.
    pub fn tell(&self, message: &AgentDown) {
        for outbox in self.0.iter().filter_map(|session| session.outbox.as_ref()) {
            outbox.push(message.clone());
        }
    }

    /// Ends one session.
    pub fn close(&mut self, link: LinkId, code: CloseCode) {
        self.close_where(code, None, |session| session.link == link);
    }

    /// Ends the sessions of one device, or all.
    pub fn close_device(&mut self, device: Option<DeviceId>, code: CloseCode, retry_after_ms: Option<u64>) {
        self.close_where(code, retry_after_ms, |session| device.is_none() || session.device == device);
    }

    fn close_where(&mut self, code: CloseCode, retry_after_ms: Option<u64>, which: impl Fn(&Connect) -> bool) {
        for outbox in self.0.iter().filter(|session| which(session)).filter_map(|session| session.outbox.as_ref()) {
            outbox.close(code, retry_after_ms);
        }
        self.0.retain(|session| !which(session));
    }
}
