//! The lens: what may be captured now, who watches, and when the next screenshot is due.

use std::collections::BTreeMap;

use muster_domain::{MonoMillis, Now};
use muster_protocol::agent::{Display, EventKind, Watch, Watcher};
use muster_protocol::limits::TEXT_CHARS_MAX;

use super::Machine;
use crate::capture::{Order, Report, Shot};
use crate::core::event::{Effect, Picture};
use crate::core::schedule::Schedule;
use crate::core::status::Status;

/// Reason of the `capture_failed` event of a spool that takes no more screenshots.
const NO_ROOM: &str = "the spool is full: screenshots are not taken until the hub has taken some of what waits";

/// What the machine knows of capture.
#[derive(Debug)]
pub(super) struct Lens {
    seed: u64,
    pub displays: Vec<Display>,
    /// What the hub wants to see on this socket, permitted or not.
    pub watches: BTreeMap<u32, Watch>,
    pub watchers: Vec<Watcher>,
    /// Live pictures are permitted, and the capture thread knows what is watched.
    pub is_open: bool,
    schedule: Option<Schedule>,
    problem: Option<Problem>,
    is_full: bool,
    /// The hub was told of the spool that is full.
    is_full_recorded: bool,
}

/// Why no picture can be taken.
#[derive(Debug)]
struct Problem {
    reason: String,
    /// The hub was told. It is, as soon as there would be something to capture.
    is_recorded: bool,
}

impl Lens {
    pub const fn new(seed: u64) -> Self {
        Self {
            seed,
            displays: Vec::new(),
            watches: BTreeMap::new(),
            watchers: Vec::new(),
            is_open: false,
            schedule: None,
            problem: None,
            is_full: false,
            is_full_recorded: false,
        }
    }

    /// Nobody watches: a new socket, or none.
    pub fn begin(&mut self) {
        self.watches.clear();
        self.watchers.clear();
    }

    pub const fn forget_schedule(&mut self) {
        self.schedule = None;
    }

    pub fn due_at(&self) -> Option<MonoMillis> {
        self.schedule.map(|schedule| schedule.due_at())
    }

    pub fn show(&self, status: &mut Status) {
        status.watchers = self.watchers.clone();
        status.displays = self.displays.iter().map(|display| (display.track, display.name.clone())).collect();
        status.capture_problem = self.problem.as_ref().map(|problem| problem.reason.clone());
        if self.is_full {
            status.warnings.push("There is no room for more screenshots until the hub has taken some.".to_owned());
        }
    }
}

impl Machine {
    /// At work, not on a break, not paused, and the notice accepted. Everything that is captured asks this first.
    fn may_capture(&self) -> bool {
        let is_at_work = self.memory.shift.is_some_and(|shift| shift.break_since.is_none());
        self.memory.policy.is_some() && self.memory.notice.is_none() && is_at_work && !self.memory.is_paused
    }

    fn may_show(&self) -> bool {
        self.link.is_some() && self.may_capture() && self.policy().is_some_and(|policy| policy.live_view)
    }

    fn may_take_screenshots(&self) -> bool {
        self.may_capture() && self.policy().is_some_and(|policy| policy.screenshots)
    }

    /// Opens or closes the lens, and keeps the schedule that the policy asks for.
    pub(super) fn settle_lens(&mut self, now: Now, effects: &mut Vec<Effect>) {
        let is_open = self.may_show();
        if self.lens.is_open && !is_open {
            effects.insert(0, Effect::Capture(Order::Halt));
        }
        if !self.lens.is_open && is_open {
            effects.extend(self.lens.watches.values().map(|watch| Effect::Capture(Order::Watch(*watch))));
        }
        self.lens.is_open = is_open;
        self.settle_schedule(now);
        if self.lens.schedule.as_mut().is_some_and(|schedule| schedule.is_due(now.mono)) {
            self.take_screenshot(effects);
        }
        self.record_failures(now, effects);
    }

    /// An interval counts from the moment it is set, so that a change holds for the very next screenshot.
    fn settle_schedule(&mut self, now: Now) {
        let is_wanted = self.memory.shift.is_some() && self.policy().is_some_and(|policy| policy.screenshots);
        let minutes = self.policy().map_or(0, |policy| u64::from(policy.capture_interval_minutes));
        let interval_ms = minutes * self.timing.minute_ms;
        if !is_wanted {
            self.lens.schedule = None;
        } else if self.lens.schedule.is_none_or(|schedule| schedule.interval_ms() != interval_ms) {
            // Another seed for each stretch: the moments of two mornings have nothing in common.
            let seed = self.lens.seed ^ now.wall.0.cast_unsigned();
            self.lens.schedule = Some(Schedule::begun(now.mono, interval_ms, seed));
        }
    }

    /// One of each display, unless it may not be, nobody is there, or there is no room. The moment is not made up for.
    pub(super) fn take_screenshot(&mut self, effects: &mut Vec<Effect>) {
        let is_idle = self.memory.shift.is_none_or(|shift| shift.idle_since.is_some());
        let Some(policy) = self.policy() else { return };
        if self.may_take_screenshots() && !is_idle && !self.lens.is_full {
            effects.push(Effect::Capture(Order::Screenshot { blur: policy.blur }));
        }
    }

    /// What the capture thread says. A picture that comes after the gate closed is dropped here.
    pub(super) fn captured(&mut self, report: Report, effects: &mut Vec<Effect>) {
        match report {
            Report::Displays(displays) => {
                if self.link.as_ref().is_some_and(|link| link.displays != displays) {
                    effects.push(Effect::Reconnect);
                }
                self.lens.displays = displays;
            }
            Report::Frame { track, seq, message } => self.pass_on(track, seq, Picture::Frame(message), effects),
            Report::Same { track, seq } => self.pass_on(track, seq, Picture::Same, effects),
            Report::Screenshot(shot) => self.keep(shot, effects),
            Report::Failed { reason } => self.capture_failed(reason.to_string()),
            Report::Recovered => self.lens.problem = None,
        }
    }

    fn pass_on(&self, track: u32, seq: u32, picture: Picture, effects: &mut Vec<Effect>) {
        if self.may_show() && self.lens.watches.contains_key(&track) {
            effects.push(Effect::Show { track, seq, picture });
        }
    }

    fn keep(&self, shot: Shot, effects: &mut Vec<Effect>) {
        if self.may_take_screenshots() {
            effects.push(Effect::Keep(shot));
        }
    }

    fn capture_failed(&mut self, reason: String) {
        if self.lens.problem.as_ref().is_none_or(|known| known.reason != reason) {
            self.lens.problem = Some(Problem { reason, is_recorded: false });
        }
    }

    /// The spool has no room for screenshots any more, or has some again.
    pub(super) fn room(&mut self, is_full: bool) {
        self.lens.is_full = is_full;
        self.lens.is_full_recorded &= is_full;
    }

    /// Says once why there are no pictures, when there should be some.
    fn record_failures(&mut self, now: Now, effects: &mut Vec<Effect>) {
        if (self.may_show() || self.may_take_screenshots())
            && let Some(problem) = self.lens.problem.as_mut().filter(|problem| !problem.is_recorded)
        {
            problem.is_recorded = true;
            let reason = problem.reason.chars().take(TEXT_CHARS_MAX).collect();
            self.record(EventKind::CaptureFailed { reason }, now.wall, effects);
        }
        if self.lens.is_full && !self.lens.is_full_recorded && self.may_take_screenshots() {
            self.lens.is_full_recorded = true;
            self.record(EventKind::CaptureFailed { reason: NO_ROOM.to_owned() }, now.wall, effects);
        }
    }
}
