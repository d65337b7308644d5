//! What a viewer has on its screen: the watched tracks, and the newest picture of each. Pure.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use muster_protocol::UtcMillis;
use muster_protocol::frame::{DOWN_HEADER_BYTES, FrameHeader, FrameKind, TIER_FOCUS, TIER_WALL};
use muster_protocol::portal::{Tier, TrackRef, TrackState};

use super::assembly::Assembly;
use super::fault::PictureFault;
use super::grid::TileGrid;
use crate::jpeg_head::JpegHead;

/// Numbers that one socket may hear of; a hub that goes on giving new ones is heard no more.
const NUMBERS_MAX: usize = 4_096;

/// Whether whole pictures stay in memory after they have been looked at. Tiles always do: later ones need them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    #[default]
    Nothing,
    Pictures,
}

/// One picture that has come, all its parts together.
#[derive(Clone, Debug)]
pub struct Picture {
    pub of: Arc<TrackRef>,
    pub tier: Tier,
    pub kind: FrameKind,
    pub seq: u32,
    /// By the hub's clock.
    pub captured_at: UtcMillis,
    /// Monotonic microseconds when its last part was read.
    pub received_us: u64,
    /// Of all its messages, headers included.
    pub wire_bytes: usize,
    /// A JPEG, the body of tiles, or nothing.
    pub body: Bytes,
}

/// What is shown of one track and tier.
#[derive(Clone, Debug)]
pub enum Shown {
    /// A whole picture; its bytes only with [`Keep::Pictures`].
    Whole(Bytes),
    Tiles(TileGrid),
}

/// The tracks of one socket.
#[derive(Debug, Default)]
pub struct Screen {
    keep: Keep,
    tracks: HashMap<u32, ShownTrack>,
    assembly: Assembly,
    last_message_id: Option<u32>,
}

#[derive(Debug)]
struct ShownTrack {
    state: TrackState,
    of: Arc<TrackRef>,
    wall: ShownTier,
    focus: ShownTier,
}

#[derive(Debug, Default)]
struct ShownTier {
    /// The newest seq of a picture.
    seq: Option<u32>,
    shown: Option<Shown>,
}

impl Screen {
    /// An empty screen.
    #[must_use]
    pub fn new(keep: Keep) -> Self {
        Self { keep, ..Self::default() }
    }

    /// The newest state of a track.
    #[must_use]
    pub fn state(&self, of: &TrackRef) -> Option<&TrackState> {
        self.track(of).map(|track| &track.state)
    }

    /// What is shown of a track.
    #[must_use]
    pub fn shown(&self, of: &TrackRef, tier: Tier) -> Option<&Shown> {
        let track = self.track(of)?;
        match tier {
            Tier::Wall => track.wall.shown.as_ref(),
            Tier::Focus => track.focus.shown.as_ref(),
        }
    }

    fn track(&self, of: &TrackRef) -> Option<&ShownTrack> {
        self.tracks.values().find(|track| *track.of == *of)
    }

    /// The hub says what a track does, and the number of its pictures.
    pub(super) fn note(&mut self, state: &TrackState) {
        let is_of = |of: &TrackRef| of.employee == state.employee && of.track == state.track;
        if let Some(known) = self.tracks.get_mut(&state.number).filter(|known| is_of(&known.of)) {
            known.state = state.clone();
            return;
        }
        self.tracks.retain(|_, known| !is_of(&known.of));
        if self.tracks.len() < NUMBERS_MAX {
            let of = Arc::new(TrackRef { employee: state.employee.clone(), track: state.track });
            let (wall, focus) = (ShownTier::default(), ShownTier::default());
            self.tracks.insert(state.number, ShownTrack { state: state.clone(), of, wall, focus });
        }
    }

    /// Takes one binary message. Returns the picture that it completes.
    pub(super) fn take(
        &mut self,
        header: FrameHeader,
        message_id: u32,
        body: Bytes,
        received_us: u64,
    ) -> Result<Option<Picture>, PictureFault> {
        if let Some(before) = self.last_message_id.replace(message_id)
            && message_id <= before
        {
            return Err(PictureFault::MessageId { before, id: message_id });
        }
        let Some((header, body)) = self.assembly.take(header, body)? else { return Ok(None) };
        let track = self.tracks.get_mut(&header.track).ok_or(PictureFault::UnknownNumber(header.track))?;
        let tier = match header.tier {
            TIER_WALL => Tier::Wall,
            TIER_FOCUS => Tier::Focus,
            other => return Err(PictureFault::Tier(other)),
        };
        let shown = if tier == Tier::Wall { &mut track.wall } else { &mut track.focus };
        shown.take(&header, tier, &body, self.keep)?;
        Ok(Some(Picture {
            of: track.of.clone(),
            tier,
            kind: header.kind,
            seq: header.seq,
            captured_at: UtcMillis(i64::try_from(header.captured_at_ms).unwrap_or(i64::MAX)),
            received_us,
            wire_bytes: body.len() + DOWN_HEADER_BYTES * usize::from(header.parts.max(1)),
            body,
        }))
    }
}

impl ShownTier {
    fn take(&mut self, header: &FrameHeader, tier: Tier, body: &Bytes, keep: Keep) -> Result<(), PictureFault> {
        if header.kind == FrameKind::Same {
            return self.seq.map(|_| ()).ok_or(PictureFault::SameAsNothing);
        }
        if let Some(before) = self.seq
            && header.seq <= before
        {
            return Err(PictureFault::SeqNotGrowing { before, seq: header.seq });
        }
        match (header.kind, &mut self.shown) {
            (FrameKind::Tiles, _) if tier == Tier::Wall => return Err(PictureFault::TilesOnTheWall),
            (FrameKind::Tiles, Some(Shown::Tiles(grid))) if grid.fits(header) => grid.apply(header, body)?,
            (FrameKind::Tiles, shown) => *shown = Some(Shown::Tiles(TileGrid::begin(header, body)?)),
            (_, shown) => {
                let head = JpegHead::read(body).ok_or(PictureFault::NoJpeg)?;
                let (expected, got) = ((header.width, header.height), (head.width, head.height));
                if expected != got {
                    return Err(PictureFault::WrongSize { expected, got });
                }
                let kept = if keep == Keep::Pictures { body.clone() } else { Bytes::new() };
                *shown = Some(Shown::Whole(kept));
            }
        }
        self.seq = Some(header.seq);
        Ok(())
    }
}
