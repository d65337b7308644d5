//! One watched track: its newest pictures, whether it may be captured, and who watches it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use muster_domain::MonoMillis;
use muster_domain::Now;
use muster_domain::watch::{FrameBudget, ViewerId};
use muster_domain::window::Weight;
use muster_media::live::{
    Checked, Granted, History, HistoryConfig, Newer, Picture, Put, Refusal, Sent, TrackSlot, check_frame,
};
use muster_protocol::agent::Watch;
use muster_protocol::portal::{BlankReason, Tier, TrackPhase, TrackState};
use muster_protocol::{EmployeeId, UtcMillis};

use super::{LiveTracks, Viewer};

/// What an agent sent before it heard that it was told otherwise is dropped without blame for so long.
const LENIENT_MS: u64 = 5_000;
/// A picture that claims to be older than this is dated so: a clock that was set, not a picture that waited.
const AGE_MS_MAX: i64 = 60_000;

/// What became of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offered {
    /// It is the newest now, or says that the newest still holds.
    Taken,
    /// Nobody asked for it; the agent may not have heard that yet.
    Dropped,
    /// The agent has to send a complete picture: say `watch` again.
    Incomplete,
    /// The agent does what it must not do; the word says what, for the count.
    Refused(&'static str),
}

/// What a track shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackView {
    pub phase: TrackPhase,
    pub reason: Option<BlankReason>,
    pub detail: Option<String>,
    pub since: UtcMillis,
    pub display: Option<String>,
}

/// See the module's page. Shared by the employee's actor, the agent's socket and the viewers.
#[derive(Debug)]
pub struct LiveTrack {
    pub employee: EmployeeId,
    pub track: u32,
    state: Mutex<State>,
    directory: Weak<LiveTracks>,
}

#[derive(Debug)]
struct State {
    /// What the agent was asked for; `None`: nothing may come.
    granted: Option<Watch>,
    /// When that changed last.
    granted_at: MonoMillis,
    budget: FrameBudget,
    slot: TrackSlot,
    history: History,
    view: TrackView,
    seats: Vec<Seat>,
}

/// A viewer of this track.
#[derive(Debug)]
struct Seat {
    viewer: Arc<Viewer>,
    number: u32,
    tier: Tier,
}

impl LiveTrack {
    pub(super) fn new(employee: EmployeeId, track: u32, history: HistoryConfig, directory: Weak<LiveTracks>) -> Self {
        let view = TrackView {
            phase: TrackPhase::Blank,
            reason: Some(BlankReason::Offline),
            detail: None,
            since: UtcMillis(0),
            display: None,
        };
        let state = State {
            granted: None,
            granted_at: MonoMillis(0),
            budget: FrameBudget::full(MonoMillis(0)),
            slot: TrackSlot::default(),
            history: History::new(history),
            view,
            seats: Vec::new(),
        };
        Self { employee, track, state: Mutex::new(state), directory }
    }

    /// The agent was asked for `watch`. The picture that is shown stays; without one the track waits.
    pub(crate) fn open(&self, watch: Watch, display: Option<String>, now: Now) {
        let mut state = self.lock();
        if state.granted.is_none() {
            state.budget = FrameBudget::full(now.mono);
        }
        if state.granted != Some(watch) {
            (state.granted, state.granted_at) = (Some(watch), now.mono);
        }
        if state.view.phase == TrackPhase::Blank && state.view.reason != Some(BlankReason::CaptureFailed) {
            let since = now.wall;
            let waiting = TrackPhase::Waiting;
            self.show(&mut state, TrackView { phase: waiting, reason: None, detail: None, since, display });
        }
    }

    /// The agent broke off and may come back: the last picture stays, nothing is taken.
    pub(crate) fn hold(&self, now: Now) {
        let mut state = self.lock();
        self.revoke(&mut state, now);
        if state.view.phase != TrackPhase::Waiting {
            let display = state.view.display.clone();
            let since = now.wall;
            let waiting = TrackPhase::Waiting;
            self.show(&mut state, TrackView { phase: waiting, reason: None, detail: None, since, display });
        }
    }

    /// Nothing is captured, for this reason. The pictures are forgotten: they were of a time in which it was allowed.
    pub(crate) fn close(&self, reason: BlankReason, now: Now) {
        let mut state = self.lock();
        self.revoke(&mut state, now);
        state.slot.clear();
        state.history.clear();
        if state.view.reason != Some(reason) {
            let (display, since) = (state.view.display.clone(), now.wall);
            let blank = TrackPhase::Blank;
            self.show(&mut state, TrackView { phase: blank, reason: Some(reason), detail: None, since, display });
        }
    }

    /// The agent could not take a picture. It goes on trying; the next picture ends this.
    pub(crate) fn fail(&self, detail: &str, now: Now) {
        let mut state = self.lock();
        if state.granted.is_none() || state.view.phase == TrackPhase::Live {
            return;
        }
        let view = TrackView {
            phase: TrackPhase::Blank,
            reason: Some(BlankReason::CaptureFailed),
            detail: Some(detail.to_owned()),
            since: now.wall,
            display: state.view.display.clone(),
        };
        self.show(&mut state, view);
    }

    /// `viewer` watches from now on, and hears at once how things are. Called after the viewing is on its way to disk.
    pub(crate) fn sit(&self, viewer: &Arc<Viewer>, number: u32, tier: Tier) {
        let mut state = self.lock();
        if state.seats.iter().any(|seat| seat.viewer.id == viewer.id && seat.number == number) {
            return;
        }
        let seat = Seat { viewer: viewer.clone(), number, tier };
        viewer.tell(self.state_of(&state.view, number));
        seat.mark();
        state.seats.push(seat);
    }

    /// `viewer` keeps the seats in `numbers` and leaves the others.
    pub(crate) fn keep(&self, viewer: ViewerId, numbers: &[u32]) {
        let mut state = self.lock();
        state.seats.retain(|seat| seat.viewer.id != viewer || numbers.contains(&seat.number));
        if !state.seats.iter().any(|seat| seat.tier == Tier::Focus) {
            state.slot.forget_focus();
        }
    }

    /// A binary message of the agent, whose clock runs ahead of the hub's by `skew_ms`.
    pub fn offer(&self, message: &[u8], skew_ms: i64, now: Now) -> Offered {
        let (granted, granted_at) = {
            let state = self.lock();
            (state.granted, state.granted_at)
        };
        let is_lenient = now.mono.since(granted_at) < LENIENT_MS;
        let Some(watch) = granted else { return unwatched(is_lenient) };
        let checked = match check_frame(message, Granted { width: watch.width }) {
            Ok(checked) => checked,
            Err(refusal) => return refused(&refusal, is_lenient),
        };
        let mut state = self.lock();
        if state.granted.is_none() {
            return Offered::Dropped;
        }
        if !state.budget.take(&watch, now.mono) {
            state.slot.forget_focus();
            return Offered::Refused("too_fast");
        }
        let put = state.slot.put(&checked, on_our_clock(&checked, skew_ms, now.wall));
        self.settle(&mut state, put, now)
    }

    /// The text message "the picture of `seq` still holds".
    pub fn confirm(&self, seq: u32, now: Now) -> Offered {
        let mut state = self.lock();
        let Some(watch) = state.granted else { return unwatched(now.mono.since(state.granted_at) < LENIENT_MS) };
        if !state.budget.take(&watch, now.mono) {
            return Offered::Refused("too_fast");
        }
        let put = state.slot.same(seq, now.wall).map_or(Put::Ignored, Put::Confirmed);
        self.settle(&mut state, put, now)
    }

    /// What a viewer that was sent `sent` gets next.
    #[must_use]
    pub fn newer(&self, tier: Tier, sent: Sent) -> Option<Newer> {
        self.lock().slot.newer(tier, sent)
    }

    /// The newest whole picture of the wall tier.
    #[must_use]
    pub fn latest(&self) -> Option<Picture> {
        self.lock().slot.latest(Tier::Wall)
    }

    /// What the track shows, and why nothing if nothing.
    #[must_use]
    pub fn view(&self) -> TrackView {
        self.lock().view.clone()
    }

    /// Reads the strip of past pictures.
    pub fn history<T>(&self, read: impl FnOnce(&History) -> T) -> T {
        read(&self.lock().history)
    }

    /// Whether a page or a script of this person watches it now.
    #[must_use]
    pub fn is_watched_by(&self, person: &EmployeeId) -> bool {
        self.lock().seats.iter().any(|seat| seat.viewer.person == *person)
    }

    /// Everyone who watches it now.
    pub(super) fn viewers(&self) -> Vec<ViewerId> {
        self.lock().seats.iter().map(|seat| seat.viewer.id).collect()
    }

    /// What the agent may send, as it was asked.
    #[must_use]
    pub fn granted(&self) -> Option<Watch> {
        self.lock().granted
    }

    fn settle(&self, state: &mut State, put: Put, now: Now) -> Offered {
        let tier = match put {
            Put::New(tier) => {
                if tier == Tier::Wall
                    && let Some(picture) = state.slot.latest(Tier::Wall)
                {
                    state.history.note(&picture);
                }
                tier
            }
            Put::Confirmed(tier) => tier,
            Put::Ignored => return Offered::Taken,
            Put::Incomplete => return Offered::Incomplete,
        };
        metrics::counter!("muster_live_frames_total").increment(1);
        if let Some(directory) = self.directory.upgrade() {
            directory.note_frame();
        }
        if state.view.phase != TrackPhase::Live {
            let display = state.view.display.clone();
            let live = TrackPhase::Live;
            self.show(state, TrackView { phase: live, reason: None, detail: None, since: now.wall, display });
        }
        state.seats.iter().filter(|seat| seat.tier == tier).for_each(Seat::mark);
        Offered::Taken
    }

    fn revoke(&self, state: &mut State, now: Now) {
        if state.granted.take().is_some() {
            state.granted_at = now.mono;
        }
    }

    fn show(&self, state: &mut State, view: TrackView) {
        state.view = view;
        for seat in &state.seats {
            seat.viewer.tell(self.state_of(&state.view, seat.number));
        }
    }

    fn state_of(&self, view: &TrackView, number: u32) -> TrackState {
        TrackState {
            employee: self.employee.clone(),
            track: self.track,
            number,
            state: view.phase,
            reason: view.reason,
            detail: view.detail.clone(),
            since: view.since,
            display: view.display.clone(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for LiveTrack {
    fn drop(&mut self) {
        if let Some(directory) = self.directory.upgrade() {
            directory.forget(&self.employee);
        }
    }
}

impl Seat {
    fn mark(&self) {
        let weight = match self.tier {
            Tier::Focus => Weight::Focus,
            Tier::Wall => Weight::Background,
        };
        self.viewer.mark(self.number, weight);
    }
}

const fn unwatched(is_lenient: bool) -> Offered {
    if is_lenient { Offered::Dropped } else { Offered::Refused("unwatched") }
}

fn refused(refusal: &Refusal, is_lenient: bool) -> Offered {
    if refusal.is_unasked() && is_lenient { Offered::Dropped } else { Offered::Refused(refusal.kind()) }
}

/// When the picture was taken, by the hub's clock: never ahead of it.
fn on_our_clock(checked: &Checked<'_>, skew_ms: i64, now: UtcMillis) -> UtcMillis {
    let (Checked::Whole { header, .. } | Checked::Tiles { header, .. } | Checked::Same { header, .. }) = checked;
    let claimed = i64::try_from(header.captured_at_ms).unwrap_or(i64::MAX);
    UtcMillis(claimed.saturating_sub(skew_ms).clamp(now.0.saturating_sub(AGE_MS_MAX), now.0))
}
