//! The machine: everything that happens goes in, what is to be done comes out.
//!
//! It reads no clock and does nothing itself. [`Machine::apply`] takes one event; the files beside this one are its parts by
//! who speaks: [`person`], [`hub`], the [`lens`] (what may be captured) and [`time`].

mod hub;
mod lens;
mod person;
mod time;

#[cfg(test)]
mod machine_test;

use muster_domain::{MonoMillis, Now, Zone};
use muster_protocol::UtcMillis;
use muster_protocol::agent::{Beat, BeatState, Display, EventKind};
use muster_protocol::policy::Policy;

use self::lens::Lens;
use super::clock_watch::ClockWatch;
use super::event::{Effect, Event, Look};
use super::memory::Memory;
use super::status::{Status, Today, Work};

/// Numbers that only tests have a reason to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// The length of a minute of the policy's screenshot interval.
    pub minute_ms: u64,
    /// Work says that it goes on so often while the hub is away; more often where the hub's patience is short.
    pub sign_every_ms: i64,
}

impl Default for Timing {
    fn default() -> Self {
        Self { minute_ms: 60_000, sign_every_ms: 60_000 }
    }
}

/// Idle after so long, until a policy says otherwise.
const IDLE_AFTER_MS: u64 = 180_000;

/// One person's agent, without its machine.
#[derive(Debug)]
pub struct Machine {
    memory: Memory,
    zone: Zone,
    timing: Timing,
    clocks: ClockWatch,
    /// The last look, and when it was taken.
    look: (Look, MonoMillis),
    link: Option<Link>,
    lens: Lens,
    /// The agent came to the machine and has not met the hub yet: with `start_mode` `auto` work starts when it does.
    is_arriving: bool,
    /// Work ended here because nobody knows of any later, until the person works again.
    ended_by_absence: Option<UtcMillis>,
    message: Option<String>,
    today: Today,
    /// A mark was made since `today` was summed up.
    is_sum_due: bool,
}

/// The socket that is open.
#[derive(Debug)]
struct Link {
    beat_every_ms: u64,
    next_beat_at: MonoMillis,
    /// As `hello` told them.
    displays: Vec<Display>,
}

impl Machine {
    /// A machine that goes on from what it remembers. `seed` decides about the moments of screenshots.
    #[must_use]
    pub fn new(memory: Memory, zone: Zone, timing: Timing, seed: u64, now: Now) -> Self {
        let mut machine = Self {
            memory,
            zone,
            timing,
            clocks: ClockWatch::default(),
            look: (Look::default(), now.mono),
            link: None,
            lens: Lens::new(seed),
            is_arriving: true,
            ended_by_absence: None,
            message: None,
            today: Today::default(),
            is_sum_due: true,
        };
        machine.wake(now);
        machine
    }

    /// Takes in what happened and returns what is to be done.
    #[must_use]
    pub fn apply(&mut self, event: Event, now: Now) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.watch_clocks(now, &mut effects);
        match event {
            Event::Looked(look) => self.looked(look, now, &mut effects),
            Event::Wished(command) => self.wished(&command, now, &mut effects),
            Event::Opened { welcome, displays } => self.opened(*welcome, displays, now, &mut effects),
            Event::Told(message) => self.told(*message, now, &mut effects),
            Event::Lost => self.lost(now, &mut effects),
            Event::Captured(report) => self.captured(report, &mut effects),
            Event::Room { is_full } => self.room(is_full),
            Event::Ending => {
                self.say_work_goes_on(now, &mut effects);
                self.link = None;
            }
            Event::Tick => {}
        }
        self.arrive(now, &mut effects);
        self.do_what_is_due(now, &mut effects);
        self.settle_lens(now, &mut effects);
        self.sum_up(now);
        effects
    }

    /// When [`Event::Tick`] has something to do, if nothing else happens.
    #[must_use]
    pub fn next_deadline(&self) -> Option<MonoMillis> {
        let beat = self.link.as_ref().map(|link| link.next_beat_at);
        [beat, self.lens.due_at()].into_iter().flatten().min()
    }

    /// What has to survive a restart.
    #[must_use]
    pub const fn memory(&self) -> &Memory {
        &self.memory
    }

    /// The displays, for `hello`.
    #[must_use]
    pub fn displays(&self) -> &[Display] {
        &self.lens.displays
    }

    /// Fills in what the machine knows of the status.
    pub fn show(&self, status: &mut Status) {
        status.work = self.memory.shift.map_or(Work::Off, |shift| shift.work());
        status.today = self.today;
        status.policy = self.memory.policy.clone();
        status.notice = self.memory.notice.clone();
        status.is_paused = self.memory.is_paused;
        status.message = self.message.clone();
        self.lens.show(status);
        if let Some(at) = self.ended_by_absence {
            let at = self.zone.clock(at);
            status.warnings.push(format!("Work ended at {at}, when this machine went to sleep. Punch in to go on."));
        }
    }

    fn record(&mut self, kind: EventKind, at: UtcMillis, effects: &mut Vec<Effect>) {
        self.memory.marks.add(&kind, at);
        self.is_sum_due = true;
        effects.push(Effect::Record { kind, at });
    }

    fn record_some(&mut self, change: Option<(EventKind, UtcMillis)>, effects: &mut Vec<Effect>) {
        if let Some((kind, at)) = change {
            self.record(kind, at, effects);
        }
    }

    /// Says now how the person is, also if the cadence would wait.
    fn beat(&mut self, now: Now, effects: &mut Vec<Effect>) {
        let Some(link) = &mut self.link else { return };
        link.next_beat_at = now.mono.plus(link.beat_every_ms);
        let (look, looked_at) = self.look;
        let idle_ms = look.idle_ms.map_or(0, |idle_ms| idle_ms + now.mono.since(looked_at));
        let state = match (self.memory.is_paused, look.is_locked) {
            (true, _) => BeatState::Paused,
            (false, true) => BeatState::Locked,
            (false, false) => BeatState::Normal,
        };
        effects.push(Effect::Beat(Beat { idle_ms, state }));
    }

    fn do_what_is_due(&mut self, now: Now, effects: &mut Vec<Effect>) {
        if self.link.as_ref().is_some_and(|link| link.next_beat_at <= now.mono) {
            self.beat(now, effects);
        }
        if self.memory.shift.is_some() && self.is_sign_due(now) {
            if self.link.is_some() {
                // The hub hears the beats; this is for a restart.
                self.memory.last_sign = now.wall;
            } else {
                self.say_work_goes_on(now, effects);
            }
        }
    }

    fn policy(&self) -> Option<&Policy> {
        self.memory.policy.as_ref()
    }

    /// Sums are made anew when something changed them, and once a minute while work goes on.
    fn sum_up(&mut self, now: Now) {
        let is_working = self.memory.shift.is_some();
        let is_old = (now.wall.since(self.today.as_of)).abs() >= 60_000;
        if is_old || std::mem::take(&mut self.is_sum_due) {
            let since = self.memory.shift.map(|shift| shift.since);
            self.memory.marks.forget_old(now, &self.zone, since);
            self.today = self.memory.marks.today(now, &self.zone, is_working);
        }
    }
}
