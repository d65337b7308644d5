//! What passing time means: idleness, sleep, clocks that jump, and signs that work goes on.

use muster_domain::Now;
use muster_protocol::agent::EventKind;

use super::{IDLE_AFTER_MS, Machine};
use crate::core::event::{Effect, Look};
use crate::core::shift::Shift;

impl Machine {
    /// After a restart: a shift whose last sign lies too far back has ended there. The hub concludes the same from the
    /// silence, so no event says it.
    pub(super) fn wake(&mut self, now: Now) {
        let silence_ms = now.wall.since(self.memory.last_sign);
        if self.memory.shift.is_some() && silence_ms > self.memory.offline_after_ms {
            self.memory.shift = None;
            self.memory.marks.add(&EventKind::WorkStopped, self.memory.last_sign);
            self.ended_by_absence = Some(self.memory.last_sign);
        }
        self.sum_up(now);
    }

    /// The look at the person.
    pub(super) fn looked(&mut self, look: Look, now: Now, effects: &mut Vec<Effect>) {
        let was_locked = self.look.0.is_locked;
        self.look = (look, now.mono);
        let idle_after_ms = self.policy().map_or(IDLE_AFTER_MS, |policy| policy.idle_after_ms);
        let idle_ms = look.idle_ms.unwrap_or_default();
        let last_input = now.wall.minus(i64::try_from(idle_ms).unwrap_or(i64::MAX));
        let is_resting = look.is_locked || idle_ms >= idle_after_ms;
        let change = self
            .memory
            .shift
            .as_mut()
            .and_then(|shift| if is_resting { shift.rest(last_input) } else { shift.stir(last_input) });
        let is_news = change.is_some() || was_locked != look.is_locked;
        self.record_some(change, effects);
        if is_news {
            self.beat(now, effects);
        }
    }

    /// Compares the clocks with the last event. Time that nobody has seen is never work.
    pub(super) fn watch_clocks(&mut self, now: Now, effects: &mut Vec<Effect>) {
        let finding = self.clocks.look(now);
        if let Some(by_ms) = finding.jumped_by_ms.filter(|_| self.memory.policy.is_some()) {
            self.record(EventKind::ClockJumped { by_ms }, now.wall, effects);
        }
        let Some(away_since) = finding.away_since else { return };
        let is_long = now.wall.since(away_since) > self.memory.offline_after_ms;
        self.is_arriving |= is_long;
        self.lens.forget_schedule();
        let Some(shift) = self.memory.shift.take() else { return };
        self.record(EventKind::WorkStopped, away_since.max(shift.since), effects);
        if is_long {
            self.ended_by_absence = Some(away_since);
            return;
        }
        // A nap: the person goes on where they were.
        let mut resumed = Shift::begun(now.wall);
        self.record(EventKind::WorkStarted, now.wall, effects);
        let on_break = shift.break_since.and_then(|_| resumed.begin_break(now.wall));
        self.record_some(on_break, effects);
        self.memory.shift = Some(resumed);
        self.memory.last_sign = now.wall;
    }

    pub(super) fn is_sign_due(&self, now: Now) -> bool {
        let since_ms = now.wall.since(self.memory.last_sign);
        // A clock that was set back makes the last sign worthless.
        since_ms < 0 || since_ms >= self.timing.sign_every_ms.min(self.memory.offline_after_ms / 2)
    }

    /// Leaves a sign that work went on at this moment.
    pub(super) fn say_work_goes_on(&mut self, now: Now, effects: &mut Vec<Effect>) {
        if self.memory.shift.is_some() {
            self.memory.last_sign = now.wall;
            self.record(EventKind::WorkContinued, now.wall, effects);
        }
    }
}
