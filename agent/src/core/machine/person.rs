//! What the person wants.

use muster_domain::Now;
use muster_protocol::agent::EventKind;
use muster_protocol::policy::StartMode;

use super::Machine;
use crate::core::Command;
use crate::core::event::Effect;
use crate::core::memory::Accepted;
use crate::core::shift::Shift;

impl Machine {
    pub(super) fn wished(&mut self, command: &Command, now: Now, effects: &mut Vec<Effect>) {
        match command {
            Command::PunchIn => self.start_work(now, effects),
            Command::PunchOut => self.stop_work(now, effects),
            Command::BeginBreak => {
                let change = self.memory.shift.as_mut().and_then(|shift| shift.begin_break(now.wall));
                self.record_some(change, effects);
            }
            Command::EndBreak => {
                let change = self.memory.shift.as_mut().and_then(|shift| shift.end_break(now.wall));
                self.record_some(change, effects);
            }
            Command::Pause => self.pause(true, now, effects),
            Command::Resume => self.pause(false, now, effects),
            Command::AcceptNotice { version } => self.accept(*version, now, effects),
            Command::DismissMessage => self.message = None,
            // Whoever leaves this machine to somebody else works here no more.
            Command::SignOut => self.stop_work(now, effects),
            Command::SignIn { .. } | Command::Quit => {}
        }
    }

    pub(super) fn start_work(&mut self, now: Now, effects: &mut Vec<Effect>) {
        self.is_arriving = false;
        self.ended_by_absence = None;
        if self.memory.shift.is_some() {
            return;
        }
        self.memory.shift = Some(Shift::begun(now.wall));
        self.memory.last_sign = now.wall;
        self.record(EventKind::WorkStarted, now.wall, effects);
    }

    fn stop_work(&mut self, now: Now, effects: &mut Vec<Effect>) {
        self.is_arriving = false;
        let Some(shift) = self.memory.shift.take() else { return };
        self.record(EventKind::WorkStopped, now.wall.max(shift.since), effects);
    }

    /// With `start_mode` `auto` work starts when the agent comes online: after its own start and after a long sleep, not
    /// after each lost socket, or nobody could punch out.
    pub(super) fn arrive(&mut self, now: Now, effects: &mut Vec<Effect>) {
        if !self.is_arriving || self.link.is_none() {
            return;
        }
        self.is_arriving = false;
        if self.policy().is_some_and(|policy| policy.start_mode == StartMode::Auto) {
            self.start_work(now, effects);
        }
    }

    fn pause(&mut self, is_paused: bool, now: Now, effects: &mut Vec<Effect>) {
        let is_allowed = self.policy().is_some_and(|policy| policy.pause_allowed);
        if is_paused == self.memory.is_paused || (is_paused && !is_allowed) {
            return;
        }
        self.memory.is_paused = is_paused;
        self.beat(now, effects);
    }

    fn accept(&mut self, version: u64, now: Now, effects: &mut Vec<Effect>) {
        // Only what was shown can be accepted.
        if let Some(notice) = self.memory.notice.take_if(|notice| notice.version == version) {
            self.memory.accepted = Some(Accepted::of(&notice));
            self.record(EventKind::NoticeAcknowledged { version }, now.wall, effects);
        }
    }
}
