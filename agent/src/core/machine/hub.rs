//! What the hub says.

use muster_domain::Now;
use muster_protocol::agent::{AgentDown, Display, Welcome};
use muster_protocol::policy::{Notice, Policy};

use super::{Link, Machine};
use crate::capture::Order;
use crate::core::event::Effect;
use crate::core::memory::Accepted;

impl Machine {
    /// A socket is open: whatever the hub said on an earlier one is void.
    pub(super) fn opened(&mut self, welcome: Welcome, displays: Vec<Display>, now: Now, effects: &mut Vec<Effect>) {
        self.memory.offline_after_ms = i64::try_from(welcome.offline_after_ms).unwrap_or(i64::MAX);
        self.set_policy(welcome.policy, now, effects);
        self.memory.notice = None;
        if let Some(notice) = welcome.notice {
            self.set_notice(notice);
        }
        let beat_every_ms = welcome.beat_every_ms.max(1);
        let is_outdated = displays != self.lens.displays;
        // The first beat goes at once: the hub takes a new session for somebody at the keyboard.
        self.link = Some(Link { beat_every_ms, next_beat_at: now.mono, displays });
        self.lens.begin();
        effects.push(Effect::Capture(Order::Begin));
        if is_outdated {
            effects.push(Effect::Reconnect);
        }
    }

    pub(super) fn lost(&mut self, now: Now, effects: &mut Vec<Effect>) {
        if self.link.take().is_some() {
            self.lens.begin();
            // Nobody knows which of the last beats arrived.
            self.say_work_goes_on(now, effects);
        }
    }

    pub(super) fn told(&mut self, message: AgentDown, now: Now, effects: &mut Vec<Effect>) {
        match message {
            AgentDown::Policy(policy) => {
                if self.policy().is_none_or(|known| known.version < policy.version) {
                    self.set_policy(policy, now, effects);
                }
            }
            AgentDown::Notice(notice) => self.set_notice(notice),
            AgentDown::StartWork => self.start_work(now, effects),
            AgentDown::TakeScreenshot { .. } => self.take_screenshot(effects),
            AgentDown::Watch(watch) => {
                self.lens.watches.insert(watch.track, watch);
                if self.lens.is_open {
                    effects.push(Effect::Capture(Order::Watch(watch)));
                }
            }
            AgentDown::Unwatch { track } => {
                self.lens.watches.remove(&track);
                effects.insert(0, Effect::Capture(Order::Unwatch { track }));
            }
            AgentDown::Got { track, seq } => effects.push(Effect::Capture(Order::Got { track, seq })),
            AgentDown::Watchers { people } => self.lens.watchers = people,
            AgentDown::Message { text } => self.message = Some(text),
            // The session's own affairs.
            AgentDown::Welcome(_) | AgentDown::Ack { .. } | AgentDown::Refused { .. } | AgentDown::Close(_) => {}
        }
    }

    fn set_policy(&mut self, policy: Policy, now: Now, effects: &mut Vec<Effect>) {
        let may_pause = policy.pause_allowed;
        self.memory.policy = Some(policy);
        if self.memory.is_paused && !may_pause {
            self.memory.is_paused = false;
            self.beat(now, effects);
        }
    }

    /// A notice that was accepted already stays accepted, also when the hub has not heard of it yet.
    fn set_notice(&mut self, notice: Notice) {
        if self.memory.accepted != Some(Accepted::of(&notice)) {
            self.memory.notice = Some(notice);
        }
    }
}
