//! Who watches the person's screens, and what is captured for them.
//!
//! The rules decide (`muster_domain::watch`); this brings agent, tracks, records and the person's own screens in line with
//! them, whenever anything has changed that they depend on.

use std::sync::Arc;

use actix::Handler;
use muster_db::{ViewingRow, Write};
use muster_domain::watch::{CaptureGate, ClosedViewing, OpenedViewing, ViewerId, ViewingBook, WatchBoard};
use muster_domain::{MonoMillis, Now};
use muster_protocol::EmployeeId;
use muster_protocol::agent::{Watch, Watcher};
use muster_protocol::limits::TRACK_MAX;
use muster_protocol::portal::BlankReason;
use muster_protocol::presence::Overlay;
use uuid::Uuid;

use super::{EmployeeActor, PauseCapture, SetWatch, Wanted};
use crate::journal::Note;
use crate::live::{LiveConfig, LiveTrack, Viewer};

/// What is known of the watches on one person; nothing is allocated for somebody whom nobody watches.
pub(super) struct LiveDesk {
    board: WatchBoard,
    book: ViewingBook<Uuid>,
    tracks: Vec<Held>,
    viewers: Vec<Arc<Viewer>>,
    /// What the person was shown last.
    shown: Vec<Watcher>,
}

/// A track with a watch, or one that lingers.
struct Held {
    live: Arc<LiveTrack>,
    /// What its agent was asked for last; `None`: nothing, or it has been replaced since.
    asked: Option<Watch>,
}

impl LiveDesk {
    pub fn new(config: &LiveConfig) -> Self {
        Self {
            board: WatchBoard::new(config.linger_ms),
            book: ViewingBook::new(config.linger_ms),
            tracks: Vec::new(),
            viewers: Vec::new(),
            shown: Vec::new(),
        }
    }

    pub fn next_deadline(&self) -> Option<MonoMillis> {
        self.board.next_deadline().into_iter().chain(self.book.next_deadline()).min()
    }

    /// Nobody watches, nothing lingers.
    fn is_over(&self) -> bool {
        self.viewers.is_empty() && self.tracks.is_empty() && self.book.is_empty()
    }

    fn person_of(&self, viewer: ViewerId) -> Option<EmployeeId> {
        self.viewers.iter().find(|known| known.id == viewer).map(|known| known.person.clone())
    }
}

impl EmployeeActor {
    /// Brings everything in line with what may be captured now. Called whenever something has changed; free of charge
    /// for somebody whom nobody watches.
    pub(super) fn refresh_live(&mut self, now: Now) {
        let Some(mut desk) = self.live.take() else { return };
        // Who had no chance to say so.
        for gone in desk.viewers.extract_if(.., |viewer| viewer.has_left()).collect::<Vec<_>>() {
            self.set_watch(&mut desk, &gone, &[], now);
        }
        desk.board.wake(now.mono);
        let closed = desk.book.wake(now.mono);
        self.record_closed(closed);
        self.refresh_tracks(&mut desk, now);
        self.show_watchers(&mut desk);
        self.live = (!desk.is_over()).then_some(desk);
    }

    /// A session of the person began: its agent has not been asked for anything yet.
    pub(super) fn introduce_live(&mut self, now: Now) {
        if self.is_rebuilt {
            // It may have been asked by the actor that was lost, and nobody may watch any more.
            self.sessions.stop_newest();
        }
        if let Some(desk) = &mut self.live {
            for held in &mut desk.tracks {
                held.asked = None;
            }
            if !desk.shown.is_empty() {
                self.sessions.show_watchers_to_newest(&desk.shown);
            }
        }
        self.refresh_live(now);
    }

    /// The agent could not take a picture.
    pub(super) fn capture_failed(&self, reason: &str, now: Now) {
        for held in self.live.iter().flat_map(|desk| &desk.tracks) {
            held.live.fail(reason, now);
        }
    }

    /// The hub stops: what is watched now ends now.
    pub(super) fn end_viewings(&mut self, now: Now) {
        let Some(mut desk) = self.live.take() else { return };
        for viewer in std::mem::take(&mut desk.viewers) {
            self.set_watch(&mut desk, &viewer, &[], now);
        }
        let closed = desk.book.wake(MonoMillis(u64::MAX));
        self.record_closed(closed);
        self.live = Some(desk);
    }

    fn refresh_tracks(&self, desk: &mut LiveDesk, now: Now) {
        for watch in desk.board.captures() {
            if !desk.tracks.iter().any(|held| held.live.track == watch.track) {
                let live = self.hub.live.open(&self.employee, watch.track);
                desk.tracks.push(Held { live, asked: None });
            }
        }
        let gate = self.gate(now).closed_because();
        let board = &desk.board;
        desk.tracks.retain_mut(|held| {
            let wanted = board.captures().find(|watch| watch.track == held.live.track);
            self.refresh_track(held, wanted, gate, now);
            wanted.is_some()
        });
    }

    fn refresh_track(&self, held: &mut Held, wanted: Option<Watch>, gate: Option<BlankReason>, now: Now) {
        let track = held.live.track;
        let display = self.sessions.display(track);
        let is_reconnecting = !self.sessions.has_agent();
        let missing = (display.is_none() && !is_reconnecting).then_some(BlankReason::NoSuchTrack);
        let granted = wanted.filter(|_| gate.or(missing).is_none() && !is_reconnecting);
        match (gate.or(missing), granted) {
            (_, Some(watch)) => {
                let name = display.filter(|name| !name.is_empty()).map(str::to_owned);
                held.live.open(watch, name, now);
            }
            (Some(reason), None) => held.live.close(reason, now),
            (None, None) => held.live.hold(now),
        }
        // After the track: the agent's first picture may come before this function ends.
        match granted {
            Some(watch) if held.asked != granted => self.sessions.ask(watch),
            None if held.asked.is_some() => self.sessions.stop(track),
            _ => {}
        }
        held.asked = granted;
    }

    fn gate(&self, now: Now) -> CaptureGate {
        let person = self.hub.people.get(&self.employee);
        let policy = person.map(|person| self.hub.policies.of(&person));
        let may_come_back = self.agent_may_return_until.is_some_and(|until| until > now.mono);
        CaptureGate {
            has_agent: self.sessions.has_agent() || may_come_back,
            is_allowed: policy.as_ref().is_some_and(|policy| policy.live_view),
            is_notice_due: self.hub.policies.notice_due(&self.employee).is_some(),
            is_working: self.desk.working_since(now).is_some(),
            is_on_break: self.desk.overlay(now) == Some(Overlay::Break),
            is_paused: policy.is_some_and(|policy| policy.pause_allowed) && self.sessions.is_paused(),
        }
    }

    fn set_watch(&mut self, desk: &mut LiveDesk, viewer: &Arc<Viewer>, wanted: &[Wanted], now: Now) {
        let config = &self.hub.config.live;
        let needs = wanted.iter().map(|wanted| (wanted.track, config.need_of(wanted.tier))).collect::<Vec<_>>();
        if !wanted.is_empty() && desk.person_of(viewer.id).is_none() {
            desk.viewers.push(viewer.clone());
        }
        let effects = desk.board.set(viewer.id, &needs, now);
        for track in effects.began {
            if let Some(opened) = desk.book.began(&viewer.person, track, Uuid::now_v7(), now) {
                self.record_opened(&opened);
            }
        }
        for ended in effects.ended {
            desk.book.ended(&viewer.person, ended.track, now);
        }
        self.refresh_tracks(desk, now);
        let numbers = wanted.iter().map(|wanted| wanted.number).collect::<Vec<_>>();
        for held in &desk.tracks {
            held.live.keep(viewer.id, &numbers);
            for wanted in wanted.iter().filter(|wanted| wanted.track == held.live.track) {
                held.live.sit(viewer, wanted.number, wanted.tier);
            }
        }
        if wanted.is_empty() {
            desk.viewers.retain(|known| known.id != viewer.id);
        }
    }

    /// Shows the person who is watching, if that is not what was shown last.
    fn show_watchers(&self, desk: &mut LiveDesk) {
        let named = |viewing: &OpenedViewing<Uuid>| {
            let person = self.hub.people.get(&viewing.watcher)?;
            Some(Watcher { name: person.row().name.clone(), since: viewing.from, track: viewing.track })
        };
        let people = desk.book.watching().filter_map(named).collect::<Vec<_>>();
        if people != desk.shown {
            self.sessions.show_watchers(&people);
            desk.shown = people;
        }
    }

    fn record_opened(&self, opened: &OpenedViewing<Uuid>) {
        let row = ViewingRow {
            id: opened.id,
            employee: self.employee.clone(),
            viewer: opened.watcher.clone(),
            what: what(opened.track),
            from: opened.from,
            to: None,
        };
        self.note(vec![Write::ViewingOpened(row)]);
    }

    fn record_closed(&self, closed: Vec<ClosedViewing<Uuid>>) {
        if closed.is_empty() {
            return;
        }
        let write =
            |ClosedViewing { id, from, to }| Write::ViewingClosed { employee: self.employee.clone(), from, id, to };
        self.note(closed.into_iter().map(write).collect());
    }

    fn note(&self, writes: Vec<Write>) {
        if self.hub.journal.try_send(Note(writes)).is_err() {
            metrics::counter!("muster_journal_mailbox_full_total").increment(1);
        }
    }
}

/// What was watched, in words for people.
fn what(track: u32) -> String {
    let (device, display) = (track / (TRACK_MAX + 1), track % (TRACK_MAX + 1));
    match device {
        0 => format!("screen {}", display + 1),
        _ => format!("screen {} of device {}", display + 1, device + 1),
    }
}

impl Handler<SetWatch> for EmployeeActor {
    type Result = ();

    fn handle(&mut self, SetWatch { viewer, wanted }: SetWatch, context: &mut Self::Context) {
        let now = self.now();
        let desk = self.live.take();
        let mut desk = desk.unwrap_or_else(|| Box::new(LiveDesk::new(&self.hub.config.live)));
        self.set_watch(&mut desk, &viewer, &wanted, now);
        self.live = Some(desk);
        self.arm(context, now);
    }
}

impl Handler<PauseCapture> for EmployeeActor {
    type Result = ();

    fn handle(&mut self, PauseCapture { link, is_paused }: PauseCapture, context: &mut Self::Context) {
        if self.sessions.pause(link, is_paused) {
            self.arm(context, self.now());
        }
    }
}
