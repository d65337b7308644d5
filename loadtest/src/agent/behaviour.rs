//! What one simulated person does: works, pauses, leaves, returns. Pure; seeded, so that a run can be repeated.

use muster_protocol::agent::{Beat, BeatState, EventKind};
use rand::SeedableRng;
use rand::rngs::SmallRng;

use super::pace::{Pace, Pause};

/// Somebody at the keyboard touches it at least so often.
const TYPING_GAP_MS: u64 = 2_000;

/// The person's state. Instants are monotonic milliseconds.
#[derive(Debug)]
pub struct Behaviour {
    pace: Pace,
    rng: SmallRng,
    idle_after_ms: u64,
    activity: Activity,
    /// Whether work was started and not stopped.
    working: bool,
    /// When the script changes the activity; `None` when only commands do.
    next_change_at_ms: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Activity {
    /// Not at work yet: nothing was started.
    Arriving,
    Typing,
    /// No input since then. `reported` once it counts as idle.
    HandsOff {
        since_ms: u64,
        reported: bool,
    },
    Locked {
        since_ms: u64,
    },
    Resting {
        since_ms: u64,
    },
    /// Left cleanly.
    Away,
    /// Typing, but the network is gone.
    Unplugged,
}

/// What the agent has to do about it.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Spool this event.
    Record { kind: EventKind, at_ms: u64 },
    /// Tell the hub the new state at once instead of with the next beat.
    Beat,
    /// Say `bye` once everything is acknowledged, and close.
    Leave,
    /// Drop the socket without a word.
    Unplug,
    /// Connect again.
    Return,
}

/// What a test or a scenario makes the person do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    StartWork,
    StopWork,
    /// Begins a pause that lasts until `Resume`.
    Pause(Pause),
    /// Back to typing, from whatever it was.
    Resume,
}

impl Behaviour {
    /// A person who arrives at `now_ms`.
    #[must_use]
    pub fn new(pace: Pace, seed: u64, now_ms: u64) -> Self {
        let mut rng = SmallRng::seed_from_u64(seed);
        let next_change_at_ms = now_ms.checked_add(pace.draw_work_ms(&mut rng));
        Self { pace, rng, idle_after_ms: 180_000, activity: Activity::Arriving, working: false, next_change_at_ms }
    }

    /// The policy's limit: no input for so long is idle.
    pub fn set_idle_after(&mut self, idle_after_ms: u64) {
        self.idle_after_ms = idle_after_ms;
    }

    /// When [`Self::advance`] has something to do; `None` for a person whom only commands move.
    #[must_use]
    pub fn next_at_ms(&self) -> Option<u64> {
        let idle_at_ms = match self.activity {
            Activity::HandsOff { since_ms, reported: false } => Some(since_ms + self.idle_after_ms),
            _ => None,
        };
        [idle_at_ms, self.next_change_at_ms].into_iter().flatten().min()
    }

    /// Does what is due at `now_ms`.
    pub fn advance(&mut self, now_ms: u64) -> Vec<Act> {
        let mut acts = self.notice_idle(now_ms);
        if self.next_change_at_ms.is_some_and(|at_ms| at_ms <= now_ms) {
            acts.extend(self.follow_script(now_ms));
        }
        acts
    }

    /// Does what it is told; the script pauses until `Resume`.
    pub fn obey(&mut self, command: Command, now_ms: u64) -> Vec<Act> {
        match command {
            Command::StartWork => self.start_work(now_ms),
            Command::StopWork => self.stop_work(now_ms),
            Command::Pause(pause) => {
                let mut acts = self.resume(now_ms);
                acts.extend(self.pause(pause, now_ms));
                self.next_change_at_ms = None;
                acts
            }
            Command::Resume => self.resume(now_ms),
        }
    }

    /// Punches in, unless that was done.
    pub fn start_work(&mut self, now_ms: u64) -> Vec<Act> {
        if self.activity == Activity::Arriving {
            self.activity = Activity::Typing;
        }
        if std::mem::replace(&mut self.working, true) {
            return Vec::new();
        }
        vec![Act::Record { kind: EventKind::WorkStarted, at_ms: now_ms }]
    }

    /// Punches out, unless that was done.
    pub fn stop_work(&mut self, now_ms: u64) -> Vec<Act> {
        if !std::mem::replace(&mut self.working, false) {
            return Vec::new();
        }
        vec![Act::Record { kind: EventKind::WorkStopped, at_ms: now_ms }]
    }

    /// What a beat says now.
    #[must_use]
    pub fn beat(&self, now_ms: u64) -> Beat {
        let state =
            if matches!(self.activity, Activity::Locked { .. }) { BeatState::Locked } else { BeatState::Normal };
        Beat { idle_ms: now_ms.saturating_sub(self.last_input_at_ms(now_ms)), state }
    }

    /// When the person last touched keyboard or mouse.
    #[must_use]
    pub fn last_input_at_ms(&self, now_ms: u64) -> u64 {
        self.hands_off_since_ms().unwrap_or(now_ms - now_ms % TYPING_GAP_MS)
    }

    /// Since when the hands are off keyboard and mouse; `None` while they are on them.
    #[must_use]
    pub fn hands_off_since_ms(&self) -> Option<u64> {
        match self.activity {
            Activity::HandsOff { since_ms, .. } | Activity::Locked { since_ms } | Activity::Resting { since_ms } => {
                Some(since_ms)
            }
            Activity::Arriving | Activity::Typing | Activity::Away | Activity::Unplugged => None,
        }
    }

    /// Whether the screen is locked.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        matches!(self.activity, Activity::Locked { .. })
    }

    /// Whether nothing was started yet.
    #[must_use]
    pub fn is_arriving(&self) -> bool {
        self.activity == Activity::Arriving
    }

    /// Whether a work session is open.
    #[must_use]
    pub fn is_working(&self) -> bool {
        self.working
    }

    /// Whether a screenshot may be taken: working, and neither idle nor on a break.
    #[must_use]
    pub fn may_be_captured(&self) -> bool {
        self.working
            && match self.activity {
                Activity::Typing | Activity::Unplugged => true,
                Activity::HandsOff { reported, .. } => !reported,
                Activity::Arriving | Activity::Locked { .. } | Activity::Resting { .. } | Activity::Away => false,
            }
    }

    /// Whether the person's agent should be connected.
    #[must_use]
    pub fn is_present(&self) -> bool {
        !matches!(self.activity, Activity::Away | Activity::Unplugged)
    }

    fn follow_script(&mut self, now_ms: u64) -> Vec<Act> {
        if self.activity != Activity::Typing && self.activity != Activity::Arriving {
            return self.resume(now_ms);
        }
        let Some((pause, lasts_ms)) = self.pace.draw_pause(&mut self.rng) else {
            self.next_change_at_ms = None;
            return Vec::new();
        };
        self.next_change_at_ms = Some(now_ms + lasts_ms);
        self.pause(pause, now_ms)
    }

    fn pause(&mut self, pause: Pause, now_ms: u64) -> Vec<Act> {
        let (activity, acts) = match pause {
            Pause::HandsOff => (Activity::HandsOff { since_ms: now_ms, reported: false }, Vec::new()),
            Pause::Locked => (Activity::Locked { since_ms: now_ms }, self.report(EventKind::IdleBegan, now_ms)),
            Pause::Rest => (Activity::Resting { since_ms: now_ms }, self.report(EventKind::BreakBegan, now_ms)),
            Pause::Away => {
                let mut acts = self.stop_work(now_ms);
                acts.push(Act::Leave);
                (Activity::Away, acts)
            }
            Pause::Unplugged => (Activity::Unplugged, vec![Act::Unplug]),
        };
        self.activity = activity;
        acts
    }

    /// A change that the hub hears of at once; it is an event only within a work session.
    fn report(&self, kind: EventKind, at_ms: u64) -> Vec<Act> {
        if self.working { vec![Act::Record { kind, at_ms }, Act::Beat] } else { vec![Act::Beat] }
    }

    /// Back to typing; the script plans the next pause.
    fn resume(&mut self, now_ms: u64) -> Vec<Act> {
        let mut acts = self.notice_idle(now_ms);
        let before = std::mem::replace(&mut self.activity, Activity::Typing);
        match before {
            Activity::HandsOff { reported: true, .. } | Activity::Locked { .. } => {
                acts.extend(self.report(EventKind::IdleEnded, now_ms));
            }
            Activity::Resting { .. } => acts.extend(self.report(EventKind::BreakEnded, now_ms)),
            Activity::Away => {
                acts.extend(self.start_work(now_ms));
                acts.push(Act::Return);
            }
            Activity::Unplugged => acts.push(Act::Return),
            Activity::Arriving => self.activity = Activity::Arriving,
            Activity::Typing | Activity::HandsOff { reported: false, .. } => {}
        }
        self.next_change_at_ms = now_ms.checked_add(self.pace.draw_work_ms(&mut self.rng));
        acts
    }

    /// Hands off for longer than the limit: idle, dated back to the last input.
    fn notice_idle(&mut self, now_ms: u64) -> Vec<Act> {
        let Activity::HandsOff { since_ms, reported: false } = self.activity else { return Vec::new() };
        if now_ms < since_ms + self.idle_after_ms {
            return Vec::new();
        }
        self.activity = Activity::HandsOff { since_ms, reported: true };
        self.report(EventKind::IdleBegan, since_ms)
    }
}

#[cfg(test)]
#[path = "behaviour_test.rs"]
mod tests;
