//! The live view's side of a session: draws what is watched and sends it, one frame per track at a time.

use bytes::{BufMut, Bytes, BytesMut};
use muster_protocol::agent::Watch;
use muster_protocol::frame::{FrameHeader, FrameKind, HEADER_BYTES};
use muster_protocol::limits;
use tokio_tungstenite::tungstenite::Message;

use super::Observation;
use super::live::LiveTrack;
use super::session::Session;
use crate::error::LoadtestError;

/// Up to this width a watch is the wall's, above it the focus's.
const WALL_WIDTH_MAX: u16 = 480;
/// `tier` of the frame header.
const TIER_WALL: u8 = 1;
const TIER_FOCUS: u8 = 2;

/// A live frame that has been drawn.
pub(super) struct Drawing {
    track: u32,
    seq: u32,
    captured_at_ms: u64,
    width: u16,
    height: u16,
    jpeg: Result<Bytes, LoadtestError>,
}

impl Session<'_> {
    /// Somebody watches a display, or wants it otherwise.
    pub(super) fn watch(&mut self, watch: Watch, now_ms: u64) {
        if let Some(live) = self.tracks.iter_mut().find(|live| live.watch().track == watch.track) {
            live.change(watch, now_ms);
        } else if self.tracks.len() < limits::DISPLAYS_MAX {
            self.tracks.push(LiveTrack::new(watch, now_ms));
        }
    }

    /// Nobody watches it any more.
    pub(super) fn unwatch(&mut self, track: u32) {
        self.tracks.retain(|live| live.watch().track != track);
    }

    /// When the next frame is due, if any may be sent.
    pub(super) fn next_frame_at_ms(&self) -> Option<u64> {
        let due = self.tracks.iter().filter_map(LiveTrack::due_at_ms).min();
        due.filter(|_| self.agent.may_be_watched())
    }

    /// Starts drawing each watched display whose next frame is due.
    pub(super) fn draw_due_frames(&mut self, now_ms: u64) {
        if !self.agent.may_be_watched() {
            return;
        }
        for live in &mut self.tracks {
            let watch = live.watch();
            let Some(seq) = live.begin(now_ms) else { continue };
            let order = self.agent.picture_order(watch.width, watch.quality, now_ms);
            let painter = self.agent.around.painter.clone();
            self.drawings.spawn(async move {
                let (width, height) = order.size();
                let captured_at_ms = u64::try_from(order.moment.wall.0).unwrap_or_default();
                let jpeg = painter.jpeg(order).await;
                Drawing { track: watch.track, seq, captured_at_ms, width, height, jpeg }
            });
        }
    }

    /// Sends what was drawn, if it is still wanted.
    pub(super) async fn send_frame(&mut self, drawing: Drawing) -> Result<(), LoadtestError> {
        let Drawing { track, seq, captured_at_ms, width, height, jpeg } = drawing;
        let jpeg = jpeg?;
        let now_us = self.agent.around.clock.mono_us();
        let live = self.tracks.iter_mut().find(|live| live.watch().track == track);
        if !live.is_some_and(|live| live.sent(seq, now_us)) {
            return Ok(());
        }
        let header = FrameHeader {
            kind: FrameKind::Whole,
            tier: if width <= WALL_WIDTH_MAX { TIER_WALL } else { TIER_FOCUS },
            flags: 0,
            track,
            seq,
            length: u32::try_from(jpeg.len()).unwrap_or(u32::MAX),
            captured_at_ms,
            width,
            height,
            part: 0,
            parts: 1,
        };
        let mut message = BytesMut::with_capacity(HEADER_BYTES + jpeg.len());
        message.put_slice(&header.encode());
        message.put_slice(&jpeg);
        self.send(Message::Binary(message.freeze())).await?;
        self.agent.observe(&Observation::FrameSent { track, seq, bytes: jpeg.len() });
        Ok(())
    }
}
