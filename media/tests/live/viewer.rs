//! A viewer that applies what it gets, as a portal does, and refuses what a portal could not show.

use std::collections::BTreeMap;

use bytes::Bytes;
use muster_media::inspect;
use muster_media::live::{Newer, Sent, TrackSlot};
use muster_protocol::UtcMillis;
use muster_protocol::frame::FrameKind;
use muster_protocol::portal::Tier;
use muster_protocol::tiles::{read_tiles, tile_size};

/// What can be seen of one tier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screen {
    Whole { size: (u16, u16), jpeg: Bytes },
    Tiled { size: (u16, u16), tiles: BTreeMap<(u8, u8), Bytes> },
}

/// A viewer of one tier of one track.
#[derive(Clone, Debug)]
pub struct Viewer {
    tier: Tier,
    sent: Sent,
    pub screen: Option<Screen>,
    pub seq: u32,
    pub captured_at: UtcMillis,
}

impl Viewer {
    pub fn new(tier: Tier) -> Self {
        Self { tier, sent: Sent::default(), screen: None, seq: 0, captured_at: UtcMillis(0) }
    }

    /// Asks for what is newer and shows it; what kind it was, if anything came.
    pub fn poll(&mut self, slot: &TrackSlot) -> Option<FrameKind> {
        let newer = slot.newer(self.tier, self.sent)?;
        self.show(&newer);
        assert!(newer.captured_at >= self.captured_at, "the picture's moment went back");
        (self.sent, self.seq, self.captured_at) = (newer.sent, newer.seq, newer.captured_at);
        Some(newer.kind)
    }

    fn show(&mut self, newer: &Newer) {
        let size = (newer.width, newer.height);
        match newer.kind {
            FrameKind::Same => {
                assert_eq!(newer.seq, self.seq, "a confirmation of something that was not sent");
                assert!(newer.captured_at > self.captured_at && newer.body.is_empty());
                return;
            }
            FrameKind::Whole => self.screen = Some(Screen::Whole { size, jpeg: newer.body.clone() }),
            FrameKind::Tiles => {
                let mut tiles = match self.screen.take() {
                    Some(Screen::Tiled { size: shown, tiles }) if shown == size => tiles,
                    _ => BTreeMap::new(),
                };
                let changed = read_tiles(&newer.body).unwrap();
                assert!(!changed.is_empty(), "a picture without any change");
                tiles.extend(changed.iter().map(|t| ((t.column, t.row), Bytes::copy_from_slice(t.jpeg))));
                self.screen = Some(Screen::Tiled { size, tiles });
            }
        }
        assert!(newer.seq > self.seq, "{} after {}", newer.seq, self.seq);
        self.screen.as_ref().unwrap().assert_complete();
    }
}

impl Screen {
    /// Every place has a picture of its size: nothing is missing, nothing is of another grid.
    fn assert_complete(&self) {
        let sides = |jpeg: &Bytes| inspect(jpeg).map(|info| (info.width, info.height)).unwrap();
        let wide = |(width, height): (u16, u16)| (u32::from(width), u32::from(height));
        match self {
            Self::Whole { size, jpeg } => assert_eq!(sides(jpeg), wide(*size)),
            Self::Tiled { size, tiles } => {
                let places: Vec<_> = crate::message::places(size.0, size.1).map(|(place, _)| place).collect();
                assert_eq!(tiles.len(), places.len(), "a hole or a tile outside");
                for ((column, row), jpeg) in tiles {
                    assert_eq!(sides(jpeg), wide(tile_size(size.0, size.1, *column, *row).unwrap()));
                }
            }
        }
    }
}
