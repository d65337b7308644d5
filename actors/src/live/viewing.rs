//! A page's side of live view: what it watches, what it was sent, and what it gets next. The session of its socket owns it.

use std::collections::BTreeMap;
use std::sync::Arc;

use actix::Addr;
use bytes::{Bytes, BytesMut};
use muster_domain::watch::ViewerId;
use muster_domain::window::{ViewerHealth, ViewerWindow};
use muster_domain::{MonoMillis, Now};
use muster_media::live::{Newer, Sent};
use muster_protocol::EmployeeId;
use muster_protocol::frame::{DOWN_HEADER_BYTES, FrameHeader, TIER_FOCUS, TIER_WALL};
use muster_protocol::limits::MEDIA_PART_BYTES_MAX;
use muster_protocol::portal::{BlankReason, Tier, TrackPhase, TrackRef, TrackState, WatchTrack};

use super::viewer::Wakes;
use super::{LiveTrack, Turn, Viewer};
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
pub struct Picture(pub Vec<Bytes>);

/// See the module's page.
pub struct Viewing {
    hub: Arc<Hub>,
    viewer: Arc<Viewer>,
    window: ViewerWindow,
    watched: BTreeMap<u32, Watched>,
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
    pub fn new(hub: Arc<Hub>, id: ViewerId, person: EmployeeId) -> Self {
        let window = ViewerWindow::new(hub.config.live.window);
        let viewer = Viewer::new(id, person);
        Self { hub, viewer, window, watched: BTreeMap::new(), next_number: 1, next_message_id: 1 }
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
        let is_wanted = |watched: &Watched| wanted.iter().any(|wish| watched.is(wish));
        let gone = self.watched.iter().filter(|(_, watched)| !is_wanted(watched)).map(|(number, _)| *number);
        let gone = gone.collect::<Vec<_>>();
        let mut touched = Vec::new();
        for number in gone {
            touched.extend(self.watched.remove(&number).map(|watched| (watched.employee, watched.access)));
            self.viewer.forget(number);
        }
        for wish in wanted {
            if !self.watched.values().any(|watched| watched.is(&wish)) {
                touched.push((wish.employee.clone(), Access::Pending));
                let WatchTrack { employee, track, tier } = wish;
                let watched = Watched { employee, track, tier, sent: Sent::default(), access: Access::Pending };
                self.watched.insert(self.next_number, watched);
                self.next_number += 1;
            }
        }
        touched.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        touched.dedup_by(|(later, _), (earlier, _)| later == earlier);
        for (employee, access) in touched {
            // Who is not watched any more is told even if the person may not be watched any more.
            let knows_of_us = matches!(access, Access::Granted { .. });
            self.ask(&employee, may(&employee), knows_of_us);
        }
    }

    /// Looks again at what may have changed without the page's doing: permissions, and actors that were replaced.
    pub fn review(&mut self, may: impl Fn(&EmployeeId) -> bool) {
        let mut employees = self.watched.values().map(|watched| watched.employee.clone()).collect::<Vec<_>>();
        employees.dedup();
        for employee in employees {
            let is_permitted = may(&employee);
            let is_settled = |watched: &Watched| match &watched.access {
                Access::Granted { actor, .. } => is_permitted && actor.connected(),
                Access::Denied => !is_permitted,
                Access::Pending => false,
            };
            if !self.watched.values().filter(|watched| watched.employee == employee).all(is_settled) {
                self.ask(&employee, is_permitted, true);
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
            match self.viewer.turn(self.window.has_room())? {
                Turn::State(state) if self.watched.contains_key(&state.number) => return Some(ToViewer::State(state)),
                Turn::State(_) => {}
                Turn::Track(number) => {
                    if let Some(picture) = self.picture(number, now) {
                        return Some(ToViewer::Picture(picture));
                    }
                }
            }
        }
    }

    /// The page has painted everything up to `message_id`.
    pub fn acknowledged(&mut self, message_id: u32, now: MonoMillis) {
        self.window.acknowledged(message_id, now);
    }

    /// How the page keeps up.
    pub fn check(&mut self, now: MonoMillis) -> ViewerHealth {
        self.window.check(now)
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

    /// Has the actor of `employee` know what of it is watched. `knows_of_us`: it has to hear it even if that is nothing.
    fn ask(&mut self, employee: &EmployeeId, is_permitted: bool, knows_of_us: bool) {
        // Also by a track that was not touched: denied below, nobody else would tell the actor that it is watched no more.
        let is_granted = |watched: &Watched| matches!(watched.access, Access::Granted { .. });
        let knows_of_us = knows_of_us
            || self.watched.values().any(|watched| watched.employee == *employee && is_granted(watched));
        if !is_permitted {
            self.deny(employee);
        }
        let of_employee =
            |watched: &Watched| watched.employee == *employee && !matches!(watched.access, Access::Denied);
        let wanted = self.watched.iter().filter(|(_, watched)| of_employee(watched) && is_permitted);
        let wanted = wanted.map(|(number, watched)| watched.as_wanted(*number)).collect::<Vec<_>>();
        let actor = match wanted.is_empty() {
            false => Some(self.hub.employee(employee)),
            true if knows_of_us => self.hub.running(employee),
            true => None,
        };
        let Some(actor) = actor else { return };
        let numbers = wanted.iter().map(|wanted| wanted.number).collect::<Vec<_>>();
        let is_told = actor.try_send(SetWatch { viewer: self.viewer.clone(), wanted }).is_ok();
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
        let mut parts = Vec::with_capacity(newer.body.len().div_ceil(MEDIA_PART_BYTES_MAX).max(1));
        let count = u16::try_from(parts.capacity()).unwrap_or(u16::MAX);
        for part in 0..count {
            let message = message_of(&newer, number, tier, (part, count), self.next_message_id);
            self.window.sent(self.next_message_id, message.len() as u64, now);
            self.next_message_id = self.next_message_id.wrapping_add(1);
            parts.push(message);
        }
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

/// One part of a picture: header, message id, bytes.
fn message_of(newer: &Newer, number: u32, tier: Tier, (part, parts): (u16, u16), message_id: u32) -> Bytes {
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
    let mut message = BytesMut::with_capacity(DOWN_HEADER_BYTES + to - from);
    message.extend_from_slice(&header.encode_down(message_id));
    message.extend_from_slice(&newer.body[from..to]);
    message.freeze()
}
