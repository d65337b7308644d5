//! The viewers of a wall: each watches its tracks, and comes back if it is closed.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;

use muster_protocol::frame::FrameKind;
use muster_protocol::portal::{PortalDown, Tier, TrackPhase, TrackRef, TrackState, WatchTrack};
use muster_protocol::{CloseCode, close::CloseAction, limits::WATCHED_TRACKS_MAX};
use rand::SeedableRng;
use rand::rngs::SmallRng;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::tally::{Class, Tally};
use crate::agent::backoff::{Backoff, DELAY_MS_MAX};
use crate::client::RestClient;
use crate::clock::Clock;
use crate::error::LoadtestError;
use crate::picture_source::Stamp;
use crate::viewer::{Arrival, Keep, Picture, PictureFault, PortalViewer, ViewerConfig};

/// What viewers share.
pub(super) struct Audience {
    pub(super) rest: RestClient,
    pub(super) clock: Clock,
    pub(super) tally: Arc<Tally>,
    /// The tracks of the wall, in the order of their agents' numbers.
    pub(super) tracks: Vec<TrackRef>,
    pub(super) paint_ms: u64,
}

/// Viewers under way.
pub(super) struct Viewers {
    audience: Arc<Audience>,
    tasks: JoinSet<()>,
    stop: watch::Sender<bool>,
    seats: usize,
    /// Tracks watched, each counted for every viewer of it.
    places: usize,
}

/// One viewer.
struct Seat {
    number: usize,
    class: Class,
    /// Numbers of the tracks that it watches, with their agents' numbers.
    sources: HashMap<TrackRef, u32>,
    by: Option<SocketAddr>,
}

impl Viewers {
    pub(super) fn new(audience: Audience) -> Self {
        let audience = Arc::new(audience);
        Self { audience, tasks: JoinSet::new(), stop: watch::Sender::new(false), seats: 0, places: 0 }
    }

    /// `count` more viewers, each with `tracks_each` tracks: the next ones after those of the viewer before.
    pub(super) fn add(&mut self, class: Class, count: usize, tracks_each: usize, by: Option<SocketAddr>) {
        let all = self.audience.tracks.len();
        let each = tracks_each.clamp(1, WATCHED_TRACKS_MAX).min(all);
        for _ in 0..count {
            let numbers = (0..each).map(|step| (self.seats * each + step) % all);
            let sources =
                numbers.map(|number| (self.audience.tracks[number].clone(), u32::try_from(number).unwrap_or(u32::MAX)));
            let seat = Seat { number: self.seats, class, sources: sources.collect(), by };
            self.seats += 1;
            self.places += each;
            self.tasks.spawn(seat.watch_until(self.audience.clone(), self.stop.subscribe()));
        }
    }

    /// Tracks that are watched, each counted for every viewer of it.
    pub(super) fn places(&self) -> usize {
        self.places
    }

    /// Everybody leaves.
    pub(super) async fn leave(mut self) {
        self.stop.send_replace(true);
        while self.tasks.join_next().await.is_some() {}
    }
}

impl Seat {
    /// Watches until `stop`, over as many sockets as it takes.
    async fn watch_until(self, audience: Arc<Audience>, mut stop: watch::Receiver<bool>) {
        let mut backoff = Backoff::new(DELAY_MS_MAX);
        let mut rng = SmallRng::seed_from_u64(self.number as u64);
        loop {
            let opened_at_ms = audience.clock.mono_ms();
            let error = tokio::select! {
                result = self.watch_once(&audience) => match result { Ok(never) => match never {}, Err(error) => error },
                () = stopped(&mut stop) => return,
            };
            audience.tally.close(self.class, &error.kind());
            if let LoadtestError::Closed { code, .. } = &error
                && CloseCode::action_of(*code) == CloseAction::Stop
            {
                return;
            }
            let now_ms = audience.clock.mono_ms();
            backoff.session_lasted(now_ms - opened_at_ms);
            let delay_ms = backoff.next_delay_ms(error.retry_after_ms(), &mut rng);
            tokio::select! {
                () = audience.clock.sleep_until_ms(now_ms + delay_ms) => {}
                () = stopped(&mut stop) => return,
            }
        }
    }

    /// One socket, to its end.
    async fn watch_once(&self, audience: &Audience) -> Result<std::convert::Infallible, LoadtestError> {
        let clock = audience.clock;
        let config = ViewerConfig { clock, by: self.by, paint_ms: audience.paint_ms, keep: Keep::Nothing };
        let mut viewer = PortalViewer::open(&audience.rest, config).await?;
        let tracks = self.sources.keys().map(|of| WatchTrack {
            employee: of.employee.clone(),
            track: of.track,
            tier: Tier::Wall,
        });
        viewer.watch(tracks.collect(), None).await?;
        let watched_us = clock.mono_us();
        let mut on_screen = OnScreen::default();
        loop {
            match viewer.next().await? {
                Arrival::Picture(picture) => self.look(&picture, watched_us, &mut on_screen, audience),
                Arrival::Message(PortalDown::TrackState(state)) => self.note(&state, &on_screen, audience),
                Arrival::Message(_) => {}
                Arrival::Fault(fault) => audience.tally.fault(fault.kind()),
            }
        }
    }

    /// Until it has shown something, a track may well say that its person does not work yet; afterwards never.
    fn note(&self, state: &TrackState, on_screen: &OnScreen, audience: &Audience) {
        let of = TrackRef { employee: state.employee.clone(), track: state.track };
        let phase = state.reason.map_or_else(|| name_of(&state.state), |reason| name_of(&reason));
        if !on_screen.contains_key(&of) {
            let source = self.sources.get(&of).copied().unwrap_or(u32::MAX);
            audience.tally.still_waiting(self.number, source, phase);
        } else if state.state == TrackPhase::Blank {
            audience.tally.blank(phase);
        }
    }

    fn look(&self, picture: &Picture, watched_us: u64, on_screen: &mut OnScreen, audience: &Audience) {
        let tally = &audience.tally;
        if picture.kind == FrameKind::Same {
            return;
        }
        let due_us = match Stamp::of(&picture.body) {
            Some(stamp) if self.sources.get(&*picture.of) != Some(&stamp.source) => {
                return tally.fault(PictureFault::SomebodyElse.kind());
            }
            Some(stamp) => stamp.due_us,
            // An agent that is not of this run: the hub's clock is the next best.
            None => {
                let age_us = audience.clock.utc().since(picture.captured_at).max(0).unsigned_abs() * 1_000;
                picture.received_us.saturating_sub(age_us)
            }
        };
        let before = on_screen.insert(picture.of.clone(), due_us);
        if let (None, Some(source)) = (before, self.sources.get(&*picture.of)) {
            tally.first_picture(self.number, *source, picture.received_us.saturating_sub(watched_us));
        }
        let age_of = |due_us: u64| picture.received_us.saturating_sub(due_us);
        tally.picture(self.class, age_of(due_us), before.map(age_of), picture.wire_bytes);
    }
}

/// When the picture that is shown of each track was due.
type OnScreen = HashMap<Arc<TrackRef>, u64>;

/// The word of the wire.
fn name_of(reason: &impl serde::Serialize) -> String {
    serde_json::to_value(reason).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Waits until everybody is to leave, or nobody is left to say so.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stopped| *stopped).await;
}
