//! The newest picture of one tier of a track, its number and its moments.

use bytes::Bytes;
use muster_protocol::UtcMillis;
use muster_protocol::frame::{FrameHeader, FrameKind};
use muster_protocol::portal::Tier;
use muster_protocol::tiles::Tile;

use super::grid::Grid;

/// What came of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// There is a new picture.
    New(Tier),
    /// The picture is the same and was still true just now.
    Confirmed(Tier),
    /// Tiles without the rest of their grid, or more than a grid may hold. What the focus tier showed is dropped: ask the
    /// agent for a complete picture.
    Incomplete,
    /// A confirmation of something that is not held.
    Ignored,
}

/// What a viewer was sent of one tier of one slot. The default is nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    seq: u32,
    confirmed_at: UtcMillis,
}

/// What a viewer gets next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newer {
    pub kind: FrameKind,
    /// Of the picture; a confirmation carries the number of what it confirms.
    pub seq: u32,
    /// The last moment at which the picture was true, by the hub's clock. Never goes back within a tier.
    pub captured_at: UtcMillis,
    /// In pixels, of the whole picture.
    pub width: u16,
    /// In pixels, of the whole picture.
    pub height: u16,
    /// A JPEG, shared with the slot; or tiles as [`muster_protocol::tiles::write_tiles`] writes them; or nothing.
    pub body: Bytes,
    /// What the viewer has been sent once this is sent.
    pub sent: Sent,
}

/// A whole picture, as it is served over REST and noted in the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub seq: u32,
    pub captured_at: UtcMillis,
    /// The last moment at which it was still true; not before `captured_at`.
    pub confirmed_at: UtcMillis,
    /// In pixels.
    pub width: u16,
    /// In pixels.
    pub height: u16,
    /// Shared with the slot.
    pub jpeg: Bytes,
}

/// One tier of a slot.
#[derive(Clone, Debug)]
pub(super) struct Newest {
    tier: Tier,
    /// Of the newest picture; 0 before the first. Goes on for as long as the slot lives: at 30 a second, for four years.
    seq: u32,
    /// The agent's number of what it showed last, as long as that is held.
    agent_seq: Option<u32>,
    captured_at: UtcMillis,
    /// The latest moment of this tier, which the next one does not fall behind.
    confirmed_at: UtcMillis,
    shown: Option<Shown>,
}

#[derive(Clone, Debug)]
enum Shown {
    Whole { width: u16, height: u16, jpeg: Bytes },
    Tiled(Grid),
}

impl Newest {
    pub const fn new(tier: Tier) -> Self {
        let never = UtcMillis(0);
        Self { tier, seq: 0, agent_seq: None, captured_at: never, confirmed_at: never, shown: None }
    }

    /// Takes a whole picture.
    pub fn put_whole(&mut self, header: &FrameHeader, jpeg: &[u8], at: UtcMillis) -> Put {
        let shown = Shown::Whole { width: header.width, height: header.height, jpeg: Bytes::copy_from_slice(jpeg) };
        self.show(shown, header.seq, at)
    }

    /// Takes the tiles that changed, or all of them.
    pub fn put_tiles(&mut self, header: &FrameHeader, tiles: &[Tile<'_>], at: UtcMillis) -> Put {
        let seq = self.seq + 1;
        let grid = match self.shown.take() {
            Some(Shown::Tiled(grid)) if grid.size() == (header.width, header.height) && tiles.is_empty() => {
                self.shown = Some(Shown::Tiled(grid));
                self.agent_seq = Some(header.seq);
                return self.confirm(at);
            }
            Some(Shown::Tiled(mut grid)) if grid.size() == (header.width, header.height) => {
                grid.place(tiles, seq).then_some(grid)
            }
            _ => Grid::complete(header.width, header.height, tiles, seq),
        };
        match grid {
            Some(grid) => self.show(Shown::Tiled(grid), header.seq, at),
            None => {
                self.forget();
                Put::Incomplete
            }
        }
    }

    /// The agent says that picture `agent_seq` still holds.
    pub fn same(&mut self, agent_seq: u32, at: UtcMillis) -> Put {
        if self.agent_seq == Some(agent_seq) { self.confirm(at) } else { Put::Ignored }
    }

    fn show(&mut self, shown: Shown, agent_seq: u32, at: UtcMillis) -> Put {
        self.seq += 1;
        self.agent_seq = Some(agent_seq);
        self.confirmed_at = at.max(self.confirmed_at);
        self.captured_at = self.confirmed_at;
        self.shown = Some(shown);
        Put::New(self.tier)
    }

    fn confirm(&mut self, at: UtcMillis) -> Put {
        self.confirmed_at = at.max(self.confirmed_at);
        Put::Confirmed(self.tier)
    }

    /// Frees what is shown. Numbers and moments go on.
    pub fn forget(&mut self) {
        self.shown = None;
        self.agent_seq = None;
    }

    /// A picture numbered `agent_seq` has come for the other tier. An agent counts both together, upwards, so a number from
    /// there on that is remembered here is that of an earlier socket, and must not be taken for one of this.
    pub fn other_tier_came(&mut self, agent_seq: u32) {
        self.agent_seq = self.agent_seq.filter(|remembered| *remembered < agent_seq);
    }

    pub fn newer(&self, sent: Sent) -> Option<Newer> {
        let shown = self.shown.as_ref()?;
        let now = Sent { seq: self.seq, confirmed_at: self.confirmed_at };
        let (kind, body) = if sent.seq < now.seq {
            shown.since(sent.seq)
        } else if sent.confirmed_at < now.confirmed_at {
            (FrameKind::Same, Bytes::new())
        } else {
            return None;
        };
        let (width, height) = shown.size();
        Some(Newer { kind, seq: now.seq, captured_at: now.confirmed_at, width, height, body, sent: now })
    }

    pub fn latest(&self) -> Option<Picture> {
        let Some(Shown::Whole { width, height, jpeg }) = &self.shown else { return None };
        Some(Picture {
            seq: self.seq,
            captured_at: self.captured_at,
            confirmed_at: self.confirmed_at,
            width: *width,
            height: *height,
            jpeg: jpeg.clone(),
        })
    }

    pub fn bytes_held(&self) -> usize {
        match &self.shown {
            None => 0,
            Some(Shown::Whole { jpeg, .. }) => jpeg.len(),
            Some(Shown::Tiled(grid)) => grid.bytes_held(),
        }
    }
}

impl Shown {
    const fn size(&self) -> (u16, u16) {
        match self {
            Self::Whole { width, height, .. } => (*width, *height),
            Self::Tiled(grid) => grid.size(),
        }
    }

    /// What a viewer needs that has everything up to `seq`.
    fn since(&self, seq: u32) -> (FrameKind, Bytes) {
        match self {
            Self::Whole { jpeg, .. } => (FrameKind::Whole, jpeg.clone()),
            Self::Tiled(grid) => (FrameKind::Tiles, grid.newer_than(seq)),
        }
    }
}
