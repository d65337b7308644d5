//! A page's side of live view: what it watches, what it was sent, and what it gets next. The session of its socket owns it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use actix::Addr;
use bytes::Bytes;
use muster_domain::watch::ViewerId;
use muster_domain::window::{ViewerHealth, ViewerWindow};
use muster_domain::{MonoMillis, Now};
use muster_media::live::{Newer, Sent};
use muster_protocol::EmployeeId;
use muster_protocol::frame::{DOWN_HEADER_BYTES, FrameHeader, TIER_FOCUS, TIER_WALL};
use muster_protocol::limits::MEDIA_PART_BYTES_MAX;
use muster_protocol::portal::{BlankReason, Tier, TrackPhase, TrackRef, TrackState, WatchTrack};

use super::viewer::Wakes;
use super::{LiveTrack, Painted, Turn, Viewer};
use crate::Hub;
use crate::employee::{EmployeeActor, SetWatch, Wanted};

/// What to send next.
#[derive(Debug)]
pub enum ToViewer {
    State(TrackState),
    Picture(Picture),
}

/// One picture as the messages that carry it, each with its own id.
#[derive(Debug)]
pub struct Picture(pub Vec<Part>);

/// One binary message: what is this viewer's, and what it shares with all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub head: [u8; DOWN_HEADER_BYTES],
    pub body: Bytes,
}

impl Part {
    /// Bytes of the message.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        DOWN_HEADER_BYTES + self.body.len()
    }
}

/// See the module's page.
pub struct Viewing {
    hub: Arc<Hub>,
    viewer: Arc<Viewer>,
    window: ViewerWindow,
    painted: Arc<Painted>,
    watched: BTreeMap<u32, Watched>,
    /// Whose actors may believe that the page watches: they have to hear it when it does not any more.
    told: BTreeSet<EmployeeId>,
    next_number: u32,
    next_message_id: u32,
}

struct Watched {
    employee: EmployeeId,
    track: u32,
    tier: Tier,
    sent: Sent,
    access: Access,
}

/// How far the wish to watch has come.
enum Access {
    /// The employee's actor knows.
    Granted { live: Arc<LiveTrack>, actor: Addr<EmployeeActor> },
    /// Not to be seen, or nobody there.
    Denied,
    /// The actor had no room: it is asked again.
    Pending,
}

impl Viewing {
    /// A page of `person` that watches nothing yet.
    #[must_use]
    pub fn new(hub: Arc<Hub>, id: ViewerId, person: EmployeeId, painted: Arc<Painted>) -> Self {
        let window = ViewerWindow::new(hub.config.live.window);
        let viewer = Viewer::new(id, person);
        let (watched, told) = (BTreeMap::new(), BTreeSet::new());
        Self { hub, viewer, window, painted, watched, told, next_number: 1, next_message_id: 1 }
    }

    /// Yields whenever [`Self::next`] may have something.
    #[must_use]
    pub fn wakes(&self) -> Wakes {
        Wakes(self.viewer.clone())
    }

    /// From now on the page watches exactly these tracks. `focus` is enlarged. `may` says whom the page's person may watch.
    pub fn watch(&mut self, tracks: Vec<WatchTrack>, focus: Option<TrackRef>, may: impl Fn(&EmployeeId) -> bool) {
        let mut wanted = tracks;
        if let Some(TrackRef { employee, track }) = focus {
            wanted.push(WatchTrack { employee, track, tier: Tier::Focus });
        }
        let mut touched = BTreeSet::new();
        let viewer = &self.viewer;
        self.watched.retain(|number, watched| {
            let stays = wanted.iter().any(|wish| watched.is(wish));
            if !stays {
                viewer.forget(*number);
                touched.insert(watched.employee.clone());
            }
            stays
        });
        for wish in wanted {
            if !self.watched.values().any(|watched| watched.is(&wish)) {
                touched.insert(wish.employee.clone());
                let WatchTrack { employee, track, tier } = wish;
                let watched = Watched { employee, track, tier, sent: Sent::default(), access: Access::Pending };
                self.watched.insert(self.next_number, watched);
                self.next_number += 1;
            }
        }
        for employee in touched {
            self.ask(&employee, may(&employee));
        }
    }

    /// Looks again at what may have changed without the page's doing: permissions, and actors that were replaced or had no
    /// room.
    pub fn review(&mut self, may: impl Fn(&EmployeeId) -> bool) {
        let mut employees = self.told.clone();
        employees.extend(self.watched.values().map(|watched| watched.employee.clone()));
        for employee in employees {
            let is_permitted = may(&employee);
            let mut is_settled = true;
            let mut is_watched = false;
            for watched in self.watched.values().filter(|watched| watched.employee == employee) {
                is_watched |= !matches!(watched.access, Access::Denied);
                is_settled &= match &watched.access {
                    Access::Granted { actor, .. } => is_permitted && actor.connected(),
                    Access::Denied => !is_permitted,
                    Access::Pending => false,
                };
            }
            if !is_settled || is_watched != self.told.contains(&employee) {
                self.ask(&employee, is_permitted);
            }
        }
    }

    /// The page goes.
    pub fn leave(&mut self) {
        self.watch(Vec::new(), None, |_| false);
    }

    /// The next thing to send; `None` when there is nothing new or the window is full.
    pub fn next(&mut self, now: MonoMillis) -> Option<ToViewer> {
        loop {
            self.take_painted(now);
            let has_room = self.window.has_room();
            match self.viewer.turn(has_room) {
                Some(Turn::State(state)) if self.watched.contains_key(&state.number) => {
                    return Some(ToViewer::State(state));
                }
                Some(Turn::State(_)) => {}
                Some(Turn::Track(number)) => {
                    if let Some(picture) = self.picture(number, now) {
                        return Some(ToViewer::Picture(picture));
                    }
                }
                None if !has_room && self.viewer.is_dirty() && self.painted.wait() => {}
                None => return None,
            }
        }
    }

    /// How the page keeps up.
    pub fn check(&mut self, now: MonoMillis) -> ViewerHealth {
        self.take_painted(now);
        self.window.check(now)
    }

    fn take_painted(&mut self, now: MonoMillis) {
        if let Some((message_id, at)) = self.painted.take(now) {
            self.window.acknowledged(message_id, at);
        }
    }

    /// When [`Self::check`] may have something new to say.
    #[must_use]
    pub fn next_deadline(&self) -> Option<MonoMillis> {
        self.window.next_deadline()
    }

    /// The track with these coordinates, if it is watched and may be.
    #[must_use]
    pub fn live(&self, employee: &EmployeeId, track: u32) -> Option<&Arc<LiveTrack>> {
        self.watched.values().find_map(|watched| match &watched.access {
            Access::Granted { live, .. } if watched.employee == *employee && watched.track == track => Some(live),
            _ => None,
        })
    }

    /// Has the actor of `employee` know what of it is watched.
    fn ask(&mut self, employee: &EmployeeId, is_permitted: bool) {
        if !is_permitted {
            self.deny(employee);
        }
        // Also what was denied before: the right may have come back.
        let wanted = self.watched.iter().filter(|(_, watched)| watched.employee == *employee && is_permitted);
        let wanted = wanted.map(|(number, watched)| watched.as_wanted(*number)).collect::<Vec<_>>();
        let actor = match wanted.is_empty() {
            false => Some(self.hub.employee(employee)),
            true if self.told.contains(employee) => self.hub.running(employee),
            true => None,
        };
        let Some(actor) = actor else {
            self.told.remove(employee);
            return;
        };
        let numbers = wanted.iter().map(|wanted| wanted.number).collect::<Vec<_>>();
        let is_told = actor.try_send(SetWatch { viewer: self.viewer.clone(), wanted }).is_ok();
        if !numbers.is_empty() {
            self.told.insert(employee.clone());
        } else if is_told {
            self.told.remove(employee);
        }
        for number in numbers {
            let Some(watched) = self.watched.get_mut(&number) else { continue };
            if is_told {
                let live = self.hub.live.open(employee, watched.track);
                watched.access = Access::Granted { live, actor: actor.clone() };
            } else {
                metrics::counter!("muster_employee_mailbox_full_total").increment(1);
                watched.access = Access::Pending;
                self.viewer.tell(watched.blank(number, BlankReason::Overloaded, self.hub.clock.now()));
            }
        }
    }

    fn deny(&mut self, employee: &EmployeeId) {
        let now = self.hub.clock.now();
        for (number, watched) in self.watched.iter_mut().filter(|(_, watched)| watched.employee == *employee) {
            metrics::counter!("muster_watch_denied_total").increment(1);
            watched.access = Access::Denied;
            self.viewer.forget(*number);
            self.viewer.tell(watched.blank(*number, BlankReason::NotPermitted, now));
        }
    }

    /// The newest picture of `number` as messages, if it is newer than what was sent.
    fn picture(&mut self, number: u32, now: MonoMillis) -> Option<Picture> {
        let watched = self.watched.get_mut(&number)?;
        let Access::Granted { live, .. } = &watched.access else { return None };
        let newer = live.newer(watched.tier, watched.sent)?;
        watched.sent = newer.sent;
        let tier = watched.tier;
        let count = newer.body.len().div_ceil(MEDIA_PART_BYTES_MAX).max(1);
        let count = u16::try_from(count).unwrap_or(u16::MAX);
        let first = self.next_message_id;
        self.next_message_id = first.wrapping_add(u32::from(count));
        let part = |part: u16| part_of(&newer, number, tier, (part, count), first.wrapping_add(u32::from(part)));
        let parts = (0..count).map(part).collect::<Vec<_>>();
        let ids = (0..count).map(|part| first.wrapping_add(u32::from(part)));
        self.window.sent(ids.zip(parts.iter().map(|part| part.size_bytes() as u64)), now);
        Some(Picture(parts))
    }
}

impl Watched {
    fn is(&self, wish: &WatchTrack) -> bool {
        (&self.employee, self.track, self.tier) == (&wish.employee, wish.track, wish.tier)
    }

    fn as_wanted(&self, number: u32) -> Wanted {
        Wanted { track: self.track, number, tier: self.tier }
    }

    fn blank(&self, number: u32, reason: BlankReason, now: Now) -> TrackState {
        TrackState {
            employee: self.employee.clone(),
            track: self.track,
            number,
            state: TrackPhase::Blank,
            reason: Some(reason),
            detail: None,
            since: now.wall,
            display: None,
        }
    }
}

/// However a session ends: an actor that had no room for the news, or was never told, finds out.
impl Drop for Viewing {
    fn drop(&mut self) {
        self.viewer.leave();
    }
}

/// One part of a picture: header, message id, bytes.
fn part_of(newer: &Newer, number: u32, tier: Tier, (part, parts): (u16, u16), message_id: u32) -> Part {
    let from = usize::from(part) * MEDIA_PART_BYTES_MAX;
    let to = newer.body.len().min(from + MEDIA_PART_BYTES_MAX);
    let header = FrameHeader {
        kind: newer.kind,
        tier: match tier {
            Tier::Wall => TIER_WALL,
            Tier::Focus => TIER_FOCUS,
        },
        flags: 0,
        track: number,
        seq: newer.seq,
        length: newer.body.len() as u32,
        captured_at_ms: u64::try_from(newer.captured_at.0).unwrap_or_default(),
        width: newer.width,
        height: newer.height,
        part,
        parts,
    };
    Part { head: header.encode_down(message_id), body: newer.body.slice(from..to) }
}
