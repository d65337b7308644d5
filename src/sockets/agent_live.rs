//! The pictures of one agent: offered to the track that somebody watches, answered with `got`, and counted when nobody
//! asked for them.

use std::sync::Arc;

use muster_actors::Outbox;
use muster_actors::live::{LiveTrack, LiveTracks, Offered};
use muster_domain::{MonoMillis, Now};
use muster_protocol::agent::AgentDown;
use muster_protocol::frame::FrameHeader;
use muster_protocol::limits::TRACK_MAX;
use muster_protocol::{CloseCode, EmployeeId};

use super::token_bucket::TokenBucket;

/// Pictures in a second that may be wrong before the agent is closed; four times as many at once. A defect shows in
/// seconds, and a change of what is watched never looks like one.
const FAULTS_PER_SECOND: u32 = 4;

/// What an agent's pictures have to pass.
pub(super) struct LiveGate {
    faults: TokenBucket,
}

impl LiveGate {
    pub fn new(now: MonoMillis) -> Self {
        Self { faults: TokenBucket::full(FAULTS_PER_SECOND, now) }
    }

    /// Takes a binary message. The code says why the agent is closed.
    pub fn take(
        &mut self,
        tracks: &LiveTracks,
        employee: &EmployeeId,
        outbox: &Outbox,
        message: &[u8],
        skew_ms: i64,
        now: Now,
    ) -> Result<(), CloseCode> {
        let Ok((header, _)) = FrameHeader::decode(message) else { return Err(CloseCode::ProtocolError) };
        let track = find(tracks, employee, outbox, header.track);
        let offered = track.as_ref().map_or(Offered::Refused("unwatched"), |track| track.offer(message, skew_ms, now));
        self.answer(offered, track, outbox, (header.track, header.seq), now)
    }

    /// Takes the text message "the picture of this seq still holds".
    pub fn confirm(
        &mut self,
        tracks: &LiveTracks,
        employee: &EmployeeId,
        outbox: &Outbox,
        (track, seq): (u32, u32),
        now: Now,
    ) -> Result<(), CloseCode> {
        let live = find(tracks, employee, outbox, track);
        let offered = live.as_ref().map_or(Offered::Refused("unwatched"), |live| live.confirm(seq, now));
        self.answer(offered, live, outbox, (track, seq), now)
    }

    fn answer(
        &mut self,
        offered: Offered,
        live: Option<Arc<LiveTrack>>,
        outbox: &Outbox,
        (track, seq): (u32, u32),
        now: Now,
    ) -> Result<(), CloseCode> {
        match offered {
            Offered::Taken => {}
            Offered::Dropped => metrics::counter!("muster_live_frames_dropped_total").increment(1),
            Offered::Incomplete => ask_again(live, outbox, track),
            Offered::Refused(why) => {
                metrics::counter!("muster_live_frames_refused_total", "why" => why).increment(1);
                if !self.faults.take(FAULTS_PER_SECOND, now.mono) {
                    return Err(if why == "too_fast" { CloseCode::TooFast } else { CloseCode::ProtocolError });
                }
                ask_again(live, outbox, track);
            }
        }
        // Last: with it the agent may send the next one, which has to be what it was asked for just before.
        outbox.push(AgentDown::Got { track, seq });
        Ok(())
    }
}

/// `watch` again asks for complete pictures: tiles may have been in what was not taken.
fn ask_again(live: Option<Arc<LiveTrack>>, outbox: &Outbox, track: u32) {
    if let Some(watch) = live.and_then(|live| live.granted()) {
        outbox.push(AgentDown::Watch(muster_protocol::agent::Watch { track, ..watch }));
    }
}

fn find(tracks: &LiveTracks, employee: &EmployeeId, outbox: &Outbox, track: u32) -> Option<Arc<LiveTrack>> {
    (track <= TRACK_MAX).then(|| tracks.find(employee, outbox.track_base() + track)).flatten()
}
