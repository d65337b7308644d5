//! Whether a screen may be captured now, and if not, why its tile is blank.

use muster_protocol::portal::BlankReason;

/// Everything that decides about the screens of one employee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaptureGate {
    /// An agent is connected, or broke off a moment ago and may come back.
    pub has_agent: bool,
    /// The policy allows live view of this person.
    pub is_allowed: bool,
    /// A notice is published that the person has not acknowledged.
    pub is_notice_due: bool,
    pub is_working: bool,
    pub is_on_break: bool,
    /// The person paused capture and the policy lets them.
    pub is_paused: bool,
}

impl CaptureGate {
    /// `None`: it may be captured. The first reason that holds is the one that is shown: what has to change first.
    #[must_use]
    pub const fn closed_because(&self) -> Option<BlankReason> {
        if !self.is_allowed {
            Some(BlankReason::LiveViewOff)
        } else if !self.has_agent {
            Some(BlankReason::Offline)
        } else if self.is_notice_due {
            Some(BlankReason::NoticeNotAcknowledged)
        } else if !self.is_working {
            Some(BlankReason::NotWorking)
        } else if self.is_on_break {
            Some(BlankReason::OnBreak)
        } else if self.is_paused {
            Some(BlankReason::Paused)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: CaptureGate = CaptureGate {
        has_agent: true,
        is_allowed: true,
        is_notice_due: false,
        is_working: true,
        is_on_break: false,
        is_paused: false,
    };

    #[test]
    fn each_condition_closes_it_with_its_own_reason() {
        assert_eq!(OPEN.closed_because(), None);
        let cases = [
            (CaptureGate { is_allowed: false, ..OPEN }, BlankReason::LiveViewOff),
            (CaptureGate { has_agent: false, ..OPEN }, BlankReason::Offline),
            (CaptureGate { is_notice_due: true, ..OPEN }, BlankReason::NoticeNotAcknowledged),
            (CaptureGate { is_working: false, ..OPEN }, BlankReason::NotWorking),
            (CaptureGate { is_on_break: true, ..OPEN }, BlankReason::OnBreak),
            (CaptureGate { is_paused: true, ..OPEN }, BlankReason::Paused),
        ];
        for (gate, reason) in cases {
            assert_eq!(gate.closed_because(), Some(reason));
        }
    }

    #[test]
    fn who_is_away_is_offline_and_not_just_not_working() {
        let gone = CaptureGate { has_agent: false, is_working: false, ..OPEN };
        assert_eq!(gone.closed_because(), Some(BlankReason::Offline));
    }
}
