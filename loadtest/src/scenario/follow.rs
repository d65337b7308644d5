//! Follows presence as a portal does: the state first, then diffs that build on it. Pure.

use muster_protocol::portal::PortalDown;
use muster_protocol::presence::PresenceEntry;

/// What is known of a roster's numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct PresenceFollower {
    /// Epoch and seq of the newest state or diff; `None` until a state came.
    last: Option<(u64, u64)>,
}

/// What a message means.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Followed {
    /// These are so now.
    Entries(Vec<PresenceEntry>),
    /// A diff is missing: subscribe again.
    Gap,
    /// Not about presence.
    Other(PortalDown),
    /// A diff that was on its way before the state: no news.
    Old,
}

impl PresenceFollower {
    /// Takes the next message of the socket.
    pub(super) fn take(&mut self, message: PortalDown) -> Followed {
        match message {
            PortalDown::PresenceState { epoch, seq, entries } => {
                self.last = Some((epoch, seq));
                Followed::Entries(entries)
            }
            PortalDown::PresenceDiff { epoch, seq, changed, .. } => match self.last {
                None => Followed::Old,
                Some((known_epoch, known_seq)) if (epoch, seq) == (known_epoch, known_seq + 1) => {
                    self.last = Some((epoch, seq));
                    Followed::Entries(changed)
                }
                Some(_) => {
                    self.last = None;
                    Followed::Gap
                }
            },
            other => Followed::Other(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(epoch: u64, seq: u64) -> PortalDown {
        PortalDown::PresenceState { epoch, seq, entries: Vec::new() }
    }

    fn diff(epoch: u64, seq: u64) -> PortalDown {
        PortalDown::PresenceDiff { epoch, seq, changed: Vec::new(), gone: Vec::new() }
    }

    #[test]
    fn diffs_follow_a_state_until_one_is_missing() {
        let mut follower = PresenceFollower::default();
        let now = Followed::Entries(Vec::new());
        for (message, expected) in [
            (diff(1, 4), Followed::Old),
            (state(1, 5), now.clone()),
            (diff(1, 6), now.clone()),
            (PortalDown::Ping, Followed::Other(PortalDown::Ping)),
            (diff(1, 7), now.clone()),
            (diff(1, 9), Followed::Gap),
            (diff(1, 10), Followed::Old),
            (state(1, 11), now.clone()),
            (diff(2, 12), Followed::Gap),
        ] {
            assert_eq!(follower.take(message.clone()), expected, "{message:?}");
        }
    }
}
