//! Whatever an agent sends and whenever viewers ask: what each has on its screen is what the agent showed last.

use std::collections::BTreeMap;

use bytes::Bytes;
use muster_media::live::{Granted, Put, TrackSlot, check_frame};
use muster_protocol::UtcMillis;
use muster_protocol::portal::Tier;
use muster_protocol::tiles::Tile;
use proptest::prelude::*;

use crate::message::{self, SIZES, jpeg, places, same, whole};
use crate::viewer::{Screen, Viewer};

/// What happens next.
#[derive(Clone, Debug)]
enum Step {
    Whole {
        tier: Tier,
        size: usize,
    },
    /// The tiles whose bit is set.
    Tiles {
        size: usize,
        places: u8,
    },
    /// As a binary message, naming the tier.
    SameFrame {
        tier: Tier,
        sent_ago: u32,
    },
    /// As a text message.
    SameText {
        sent_ago: u32,
    },
    ForgetFocus,
    Clear,
    /// The agent comes back and counts from 1.
    NewSocket,
    Poll {
        viewer: usize,
    },
}

const EVERY_TILE: u8 = 0b11_1111;

fn step() -> impl Strategy<Value = Step> {
    let tier = || prop_oneof![Just(Tier::Wall), Just(Tier::Focus)];
    prop_oneof![
        2 => (tier(), 0..2_usize).prop_map(|(tier, size)| Step::Whole { tier, size }),
        3 => (0..3_usize).prop_map(|size| Step::Tiles { size, places: EVERY_TILE }),
        6 => (0..3_usize, 0..=EVERY_TILE).prop_map(|(size, places)| Step::Tiles { size, places }),
        2 => (tier(), 0..3_u32).prop_map(|(tier, sent_ago)| Step::SameFrame { tier, sent_ago }),
        2 => (0..3_u32).prop_map(|sent_ago| Step::SameText { sent_ago }),
        1 => prop_oneof![Just(Step::ForgetFocus), Just(Step::Clear), Just(Step::NewSocket)],
        8 => (0..VIEWERS).prop_map(|viewer| Step::Poll { viewer }),
    ]
}

const VIEWERS: usize = 5;

/// A slot, its viewers, and what they should see.
struct House {
    slot: TrackSlot,
    viewers: [Viewer; VIEWERS],
    wall: Option<Screen>,
    focus: Option<Screen>,
    agent_seq: u32,
    serial: u32,
    at: UtcMillis,
}

impl House {
    fn new() -> Self {
        let tiers = [Tier::Wall, Tier::Wall, Tier::Focus, Tier::Focus, Tier::Focus];
        let viewers = tiers.map(Viewer::new);
        let (wall, focus, at) = (None, None, UtcMillis(1_000));
        Self { slot: TrackSlot::new(), viewers, wall, focus, agent_seq: 0, serial: 0, at }
    }

    fn shown(&mut self, tier: Tier) -> &mut Option<Screen> {
        match tier {
            Tier::Wall => &mut self.wall,
            Tier::Focus => &mut self.focus,
        }
    }

    fn next_serial(&mut self) -> u32 {
        self.serial += 1;
        self.serial
    }

    fn put(&mut self, message: &[u8]) -> Put {
        self.slot.put(&check_frame(message, Granted { width: 1920 }).unwrap(), self.at)
    }

    fn run(&mut self, step: &Step) {
        match *step {
            Step::Whole { tier, size } => self.whole(tier, SIZES[size]),
            Step::Tiles { size, places } => self.tiles(SIZES[size], places),
            Step::SameFrame { tier, sent_ago } => {
                let message = same(tier, self.agent_seq.saturating_sub(sent_ago));
                let put = self.put(&message);
                assert!(put == Put::Ignored || put == Put::Confirmed(tier) && self.shown(tier).is_some());
            }
            Step::SameText { sent_ago } => {
                if let Some(tier) = self.slot.same(self.agent_seq.saturating_sub(sent_ago), self.at) {
                    assert!(self.shown(tier).is_some());
                }
            }
            Step::ForgetFocus => {
                self.slot.forget_focus();
                self.focus = None;
            }
            Step::Clear => {
                self.slot.clear();
                (self.wall, self.focus) = (None, None);
            }
            Step::NewSocket => self.agent_seq = 0,
            Step::Poll { viewer } => self.poll(viewer),
        }
        assert_eq!(self.slot.bytes_held(), bytes_of(&self.wall) + bytes_of(&self.focus));
    }

    fn whole(&mut self, tier: Tier, size: (u16, u16)) {
        self.agent_seq += 1;
        let jpeg = jpeg(size, self.next_serial());
        let message = whole(tier, self.agent_seq, size, &jpeg);
        assert_eq!(self.put(&message), Put::New(tier));
        *self.shown(tier) = Some(Screen::Whole { size, jpeg: Bytes::from(jpeg) });
    }

    fn tiles(&mut self, size: (u16, u16), chosen: u8) {
        self.agent_seq += 1;
        let places: Vec<_> = places(size.0, size.1).collect();
        let chosen = places.iter().enumerate().filter(|(place, _)| chosen & 1 << place != 0);
        let changed: BTreeMap<_, _> =
            chosen.map(|(_, (place, size))| (*place, Bytes::from(jpeg(*size, self.next_serial())))).collect();
        let list: Vec<_> =
            changed.iter().map(|((column, row), jpeg)| Tile { column: *column, row: *row, jpeg }).collect();
        let put = self.put(&message::tiles(self.agent_seq, size, &list));
        let is_complete = changed.len() == places.len();
        let (expected, shown) = match self.focus.take() {
            Some(Screen::Tiled { size: held, mut tiles }) if held == size => {
                let expected = if changed.is_empty() { Put::Confirmed(Tier::Focus) } else { Put::New(Tier::Focus) };
                tiles.extend(changed);
                (expected, Some(tiles))
            }
            _ if is_complete => (Put::New(Tier::Focus), Some(changed)),
            _ => (Put::Incomplete, None),
        };
        assert_eq!(put, expected);
        self.focus = shown.map(|tiles| Screen::Tiled { size, tiles });
    }

    /// What came makes the screen that of the agent; asked again at once, nothing comes.
    fn poll(&mut self, viewer: usize) {
        let is_wall = viewer < 2;
        let shown = if is_wall { &self.wall } else { &self.focus };
        let viewer = &mut self.viewers[viewer];
        let came = viewer.poll(&self.slot);
        match shown {
            Some(shown) => assert_eq!(viewer.screen.as_ref(), Some(shown)),
            None => assert_eq!(came, None),
        }
        assert_eq!(viewer.poll(&self.slot), None, "asked twice, told twice");
    }
}

fn bytes_of(screen: &Option<Screen>) -> usize {
    match screen {
        None => 0,
        Some(Screen::Whole { jpeg, .. }) => jpeg.len(),
        Some(Screen::Tiled { tiles, .. }) => tiles.values().map(Bytes::len).sum(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn every_viewer_sees_what_the_agent_showed_last(
        steps in prop::collection::vec((step(), -50..200_i64), 1..80),
    ) {
        let mut house = House::new();
        for (step, later_ms) in &steps {
            house.at = house.at.plus(*later_ms);
            house.run(step);
        }
        for viewer in 0..VIEWERS {
            house.poll(viewer);
        }
    }
}
