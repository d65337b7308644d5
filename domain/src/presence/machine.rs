//! The presence machine of one employee.

use muster_protocol::presence::{Overlay, Reason, Status};
use muster_protocol::{DeviceId, UtcMillis};

use super::flapping::Flapping;
use super::link::{Line, Link};
use super::{Activity, LinkId, Presence, PresenceConfig, PresenceEffects, PresenceInput};
use crate::{MonoMillis, Now};

/// Who is here and why, for one employee. There are 100,000 of them: a beat costs a look at one or two links, nothing is
/// allocated but one link per session, and the size is bounded by a test.
#[derive(Clone, Debug)]
pub struct PresenceMachine {
    presence: Presence,
    /// What covers the status, also while it is offline and therefore not shown.
    cover: Option<Overlay>,
    /// An administrator set the status, and the employee has not been heard from since.
    held: bool,
    links: Vec<Link>,
    flapping: Flapping,
    /// No deadline lies before this moment. A touch leaves it alone although it moves a deadline, which makes the timer
    /// lazy: it fires, finds nothing due, and is armed again.
    wake_at: Option<MonoMillis>,
}

/// What the links together say.
enum Standing {
    Input,
    Idle { since: UtcMillis },
    Here,
    Nobody,
}

/// Why and since when an employee is offline, if nothing holds the status any longer.
#[derive(Clone, Copy)]
struct Ending {
    reason: Reason,
    at: UtcMillis,
}

impl PresenceMachine {
    /// Starts from what is stored. Nobody is linked to a machine that was just made, so a status that needs a link is
    /// read as [`Presence::after_restart`].
    #[must_use]
    pub fn new(last: Presence) -> Self {
        let presence = last.after_restart();
        Self {
            presence,
            cover: presence.overlay,
            held: presence.reason == Reason::SetByAdmin,
            links: Vec::new(),
            flapping: Flapping::default(),
            wake_at: None,
        }
    }

    /// Takes in what was heard. Only [`PresenceInput::Wake`] ends a link by time.
    pub fn apply(&mut self, input: PresenceInput, config: &PresenceConfig, now: Now) -> PresenceEffects {
        let left = Ending { reason: Reason::Logout, at: now.wall };
        match input {
            PresenceInput::Touch { link, activity } => match self.position(link) {
                Some(index) => self.touch(index, activity, config, now),
                None => PresenceEffects::default(),
            },
            PresenceInput::Request { activity } => {
                let index = self.request_link(now);
                self.touch(index, activity, config, now)
            }
            PresenceInput::Connect { link, device } => self.connect(link, device, config, now),
            PresenceInput::Break { link } => self.broke(link, config, now),
            PresenceInput::Bye { link } => match self.position(link) {
                Some(index) => {
                    self.links.swap_remove(index);
                    self.leave(left, config, now)
                }
                None => PresenceEffects::default(),
            },
            PresenceInput::Logout => {
                self.links.retain(|link| link.id != LinkId::REQUESTS);
                self.leave(left, config, now)
            }
            PresenceInput::SetStatus { status } => {
                self.held = true;
                self.become_status(status, Reason::SetByAdmin, now.wall, config, now)
            }
            PresenceInput::Cover { overlay } => {
                self.cover = overlay;
                self.settle(left, config, now)
            }
            PresenceInput::Wake => self.wake(config, now),
        }
    }

    /// When the timer has to fire. Compare with what is armed after each `apply` (a beat that changes nothing leaves it
    /// alone) and arm what it says now, earlier or later.
    #[must_use]
    pub const fn next_deadline(&self) -> Option<MonoMillis> {
        self.wake_at
    }

    /// The true presence now. While `unstable`, screens show an earlier one.
    #[must_use]
    pub const fn presence(&self) -> Presence {
        self.presence
    }

    /// Whether a session stands that was heard from within `offline_after`.
    #[must_use]
    pub fn has_sessions(&self) -> bool {
        self.links.iter().any(|link| link.line == Line::Live)
    }

    /// The session of `device` whose socket stands.
    #[must_use]
    pub fn link_of(&self, device: DeviceId) -> Option<LinkId> {
        let of_device = |link: &&Link| link.device == Some(device) && !matches!(link.line, Line::Broken { .. });
        self.links.iter().find(of_device).map(|link| link.id)
    }

    /// Whether there is nothing left to wait for, so that the actor may be dropped and rebuilt from what is stored.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.presence.status == Status::Offline
            && !self.presence.unstable
            && self.links.is_empty()
            && self.cover.is_none()
    }

    /// The link with this id, unless its socket is known to be broken.
    fn position(&self, id: LinkId) -> Option<usize> {
        if id == LinkId::REQUESTS {
            return None;
        }
        self.links.iter().position(|link| link.id == id && !matches!(link.line, Line::Broken { .. }))
    }

    /// The link whose place a new session takes: the one of its device; without a device a broken one that no device will
    /// come back for, so that a page that is reloaded over and over leaves one link and not hundreds.
    fn predecessor(&self, id: LinkId, device: Option<DeviceId>) -> Option<usize> {
        if device.is_some() {
            return self.links.iter().position(|link| link.device == device);
        }
        let same = self.links.iter().position(|link| link.id == id);
        same.or_else(|| self.links.iter().position(Link::is_abandoned))
    }

    fn request_link(&mut self, now: Now) -> usize {
        match self.links.iter().position(|link| link.id == LinkId::REQUESTS) {
            Some(index) => index,
            // Silent until the touch that follows, which thereby is news.
            None => self.add(Link { line: Line::Silent, ..Link::new(LinkId::REQUESTS, None, now) }),
        }
    }

    fn add(&mut self, link: Link) -> usize {
        // `push` alone would reserve room for four: most employees have one link.
        self.links.reserve_exact(1);
        self.links.push(link);
        self.links.len() - 1
    }

    /// A beat that changes nothing ends here: two stores and a comparison.
    fn touch(
        &mut self,
        index: usize,
        activity: Option<Activity>,
        config: &PresenceConfig,
        now: Now,
    ) -> PresenceEffects {
        self.see(now);
        let link = &mut self.links[index];
        let before = (link.line, link.says_input());
        link.heard_at = now.mono;
        link.line = Line::Live;
        link.activity = activity.or(link.activity);
        let is_news = before != (link.line, link.says_input());
        if !is_news && !self.held {
            return PresenceEffects::default();
        }
        self.held = false;
        self.settle(Ending { reason: Reason::Timeout, at: now.wall }, config, now)
    }

    fn connect(&mut self, id: LinkId, device: Option<DeviceId>, config: &PresenceConfig, now: Now) -> PresenceEffects {
        if id == LinkId::REQUESTS {
            return PresenceEffects::default();
        }
        let mut replaced = None;
        match self.predecessor(id, device) {
            Some(index) => {
                let old = self.links[index];
                if device.is_some() && old.id > id {
                    // The newer session of this device was faster: the late one is the one to close.
                    return PresenceEffects { replaced: Some(id), ..PresenceEffects::default() };
                }
                let stood = !matches!(old.line, Line::Broken { .. });
                replaced = (stood && old.id != id).then_some(old.id);
                self.links[index] = Link { activity: old.activity, ..Link::new(id, device, now) };
            }
            None => {
                self.add(Link::new(id, device, now));
            }
        }
        self.see(now);
        self.held = false;
        let effects = self.settle(Ending { reason: Reason::Timeout, at: now.wall }, config, now);
        PresenceEffects { replaced, ..effects }
    }

    fn broke(&mut self, id: LinkId, config: &PresenceConfig, now: Now) -> PresenceEffects {
        let Some(index) = self.position(id) else { return PresenceEffects::default() };
        match self.links[index].line {
            Line::Live => self.links[index].line = Line::Broken { at: now.mono },
            Line::Silent | Line::Broken { .. } => {
                self.links.swap_remove(index);
            }
        }
        self.wake_at = self.earliest(config);
        PresenceEffects::default()
    }

    /// After a clean leave: somebody who says goodbye is not waiting for a page that broke a moment ago.
    fn leave(&mut self, ending: Ending, config: &PresenceConfig, now: Now) -> PresenceEffects {
        self.links.retain(|link| !link.is_abandoned());
        self.see(now);
        self.held = false;
        self.settle(ending, config, now)
    }

    fn wake(&mut self, config: &PresenceConfig, now: Now) -> PresenceEffects {
        let Some(due) = self.wake_at.filter(|due| *due <= now.mono) else { return PresenceEffects::default() };
        let late_ms = now.mono.since(due);
        if late_ms > config.stall_ms {
            self.links.iter_mut().for_each(|link| link.forgive(late_ms, config, now.mono));
            self.flapping.forgive(late_ms);
            self.wake_at = self.earliest(config);
            return PresenceEffects::default();
        }
        let ending = self.end_due_links(config, now);
        let mut effects = self.settle(ending, config, now);
        let quiet = self.flapping.quiet_at(config).is_none_or(|quiet_at| quiet_at <= now.mono);
        if self.presence.unstable && quiet {
            self.presence.unstable = false;
            effects.publish = Some(self.presence);
            self.wake_at = self.earliest(config);
        }
        effects
    }

    /// Ends what is due and tells how the last of it ended.
    fn end_due_links(&mut self, config: &PresenceConfig, now: Now) -> Ending {
        let mut last: Option<(MonoMillis, Reason)> = None;
        self.links.retain_mut(|link| {
            let Some(due) = link.deadline(config).filter(|due| *due <= now.mono) else { return true };
            if last.is_none_or(|(latest, _)| latest <= due) {
                last = Some((due, link.end_reason()));
            }
            let socket_stands = link.line == Line::Live && link.id != LinkId::REQUESTS;
            link.line = Line::Silent;
            socket_stands
        });
        let (due, reason) = last.unwrap_or((now.mono, Reason::Timeout));
        let late_ms = i64::try_from(now.mono.since(due)).unwrap_or(i64::MAX);
        Ending { reason, at: now.wall.minus(late_ms) }
    }

    /// Brings the presence in line with the links and the cover, and re-arms.
    fn settle(&mut self, ending: Ending, config: &PresenceConfig, now: Now) -> PresenceEffects {
        if self.held {
            return self.become_status(self.presence.status, self.presence.reason, now.wall, config, now);
        }
        let (status, reason, since) = match self.standing() {
            Standing::Input => (Status::Active, Reason::Input, now.wall),
            // Who was offline a moment ago was not idle before that.
            Standing::Idle { since } if self.presence.status == Status::Active => {
                (Status::Idle, Reason::NoInput, since.min(now.wall))
            }
            Standing::Idle { .. } => (Status::Idle, Reason::NoInput, now.wall),
            Standing::Here => (Status::Active, Reason::Seen, now.wall),
            Standing::Nobody => (Status::Offline, ending.reason, ending.at),
        };
        if status != self.presence.status {
            return self.become_status(status, reason, since, config, now);
        }
        // The reason is that of the change and stays with the status. Only "set by an administrator" ends with the hold:
        // a stored presence with that reason still holds after a restart.
        let was_held = self.presence.reason == Reason::SetByAdmin && status != Status::Offline;
        let reason = if was_held { reason } else { self.presence.reason };
        self.become_status(status, reason, now.wall, config, now)
    }

    fn become_status(
        &mut self,
        status: Status,
        reason: Reason,
        since: UtcMillis,
        config: &PresenceConfig,
        now: Now,
    ) -> PresenceEffects {
        let before = self.presence;
        let overlay = if status == Status::Offline { None } else { self.cover };
        let mut effects = PresenceEffects::default();
        if (status, overlay, reason) != (before.status, before.overlay, before.reason) {
            let since = since.max(before.since.plus(1));
            let is_flapping = self.flapping.note(config, now.mono);
            let unstable = before.unstable || is_flapping;
            self.presence = Presence { status, overlay, reason, since, last_seen: before.last_seen, unstable };
            effects.transition = Some(self.presence);
            effects.publish = (!before.unstable).then_some(self.presence);
        }
        self.wake_at = self.earliest(config);
        effects
    }

    fn standing(&self) -> Standing {
        let mut standing = Standing::Nobody;
        for link in self.links.iter().filter(|link| link.line != Line::Silent) {
            standing = match (link.activity, standing) {
                (Some(Activity::Input), _) => return Standing::Input,
                (Some(Activity::Idle { since }), Standing::Idle { since: other }) => {
                    Standing::Idle { since: since.max(other) }
                }
                (Some(Activity::Idle { since }), _) => Standing::Idle { since },
                (None, Standing::Nobody) => Standing::Here,
                (None, standing) => standing,
            };
        }
        standing
    }

    fn earliest(&self, config: &PresenceConfig) -> Option<MonoMillis> {
        let of_links = self.links.iter().filter_map(|link| link.deadline(config)).min();
        let of_flapping = if self.presence.unstable { self.flapping.quiet_at(config) } else { None };
        [of_links, of_flapping].into_iter().flatten().min()
    }

    /// Notes the sign of life. Never goes back, also when the wall clock does.
    fn see(&mut self, now: Now) {
        self.presence.last_seen = self.presence.last_seen.max(Some(now.wall));
    }
}
