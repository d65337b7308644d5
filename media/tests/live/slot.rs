//! One slot, message by message.

use muster_media::live::{Granted, Put, Sent, TrackSlot, check_frame};
use muster_protocol::UtcMillis;
use muster_protocol::frame::FrameKind;
use muster_protocol::portal::Tier;
use muster_protocol::tiles::{Tile, read_tiles};

use crate::message::{self, SIZES, jpeg, places, same, whole};
use crate::viewer::Viewer;

const FOCUS: Granted = Granted { width: 1920 };
const SIZE: (u16, u16) = SIZES[0];

fn put(slot: &mut TrackSlot, message: &[u8], at_ms: i64) -> Put {
    slot.put(&check_frame(message, FOCUS).unwrap(), UtcMillis(at_ms))
}

/// Every tile of a picture, `serial` in each.
fn all_tiles(seq: u32, size: (u16, u16), serial: u32) -> Vec<u8> {
    let owned: Vec<_> = places(size.0, size.1).map(|(place, size)| (place, jpeg(size, serial))).collect();
    let tiles: Vec<_> = owned.iter().map(|((column, row), jpeg)| Tile { column: *column, row: *row, jpeg }).collect();
    message::tiles(seq, size, &tiles)
}

/// The left tile alone.
fn left_tile(seq: u32, serial: u32) -> Vec<u8> {
    message::tiles(seq, SIZE, &[Tile { column: 0, row: 0, jpeg: &jpeg((256, 200), serial) }])
}

#[test]
fn the_newest_wall_picture_is_shared_by_all_who_ask() {
    let mut slot = TrackSlot::new();
    assert_eq!(slot.newer(Tier::Wall, Sent::default()), None);
    let picture = jpeg(SIZE, 1);
    assert_eq!(put(&mut slot, &whole(Tier::Wall, 40, SIZE, &picture), 5_000), Put::New(Tier::Wall));
    let first = slot.newer(Tier::Wall, Sent::default()).unwrap();
    let latest = slot.latest(Tier::Wall).unwrap();
    assert_eq!((first.kind, first.seq, first.captured_at), (FrameKind::Whole, 1, UtcMillis(5_000)));
    assert_eq!((first.width, first.height, &first.body[..]), (300, 200, &picture[..]));
    assert_eq!(first.body.as_ptr(), latest.jpeg.as_ptr());
    assert_eq!(slot.bytes_held(), picture.len());
    assert_eq!(slot.newer(Tier::Focus, Sent::default()), None);
    assert_eq!(slot.latest(Tier::Focus), None);
}

#[test]
fn a_viewer_that_skipped_pictures_gets_the_newest_only() {
    let (mut slot, mut viewer) = (TrackSlot::new(), Viewer::new(Tier::Wall));
    for seq in 1..=5 {
        put(&mut slot, &whole(Tier::Wall, seq, SIZE, &jpeg(SIZE, seq)), i64::from(seq) * 1_000);
    }
    assert_eq!(viewer.poll(&slot), Some(FrameKind::Whole));
    assert_eq!((viewer.seq, viewer.captured_at), (5, UtcMillis(5_000)));
    assert_eq!(viewer.poll(&slot), None);
}

#[test]
fn tiles_reach_those_who_lack_them() {
    let (mut slot, mut early, mut late) = (TrackSlot::new(), Viewer::new(Tier::Focus), Viewer::new(Tier::Focus));
    assert_eq!(put(&mut slot, &all_tiles(1, SIZE, 1), 1_000), Put::New(Tier::Focus));
    assert_eq!(early.poll(&slot), Some(FrameKind::Tiles));
    let held = slot.bytes_held();
    assert_eq!(put(&mut slot, &left_tile(2, 2), 1_100), Put::New(Tier::Focus));
    assert_eq!(slot.bytes_held(), held, "a tile replaces a tile");
    let for_a_newcomer = slot.newer(Tier::Focus, Sent::default()).unwrap();
    assert_eq!(read_tiles(&for_a_newcomer.body).map(|tiles| tiles.len()), Ok(2));
    assert_eq!((early.poll(&slot), late.poll(&slot)), (Some(FrameKind::Tiles), Some(FrameKind::Tiles)));
    assert_eq!(early.screen, late.screen);
    assert_eq!(slot.latest(Tier::Focus), None, "there is no whole picture");
}

#[test]
fn tiles_without_their_grid_are_incomplete_until_all_come() {
    let mut slot = TrackSlot::new();
    assert_eq!(put(&mut slot, &left_tile(1, 1), 0), Put::Incomplete);
    assert_eq!(put(&mut slot, &all_tiles(2, SIZES[1], 2), 0), Put::New(Tier::Focus));
    assert_eq!(put(&mut slot, &left_tile(3, 3), 0), Put::Incomplete, "of another size");
    assert_eq!((slot.newer(Tier::Focus, Sent::default()), slot.bytes_held()), (None, 0));
    assert_eq!(slot.same(2, UtcMillis(0)), None, "what was dropped cannot be confirmed");
    assert_eq!(slot.same(3, UtcMillis(0)), None, "nor what was never taken");
    assert_eq!(put(&mut slot, &left_tile(4, 4), 0), Put::Incomplete);
    assert_eq!(put(&mut slot, &all_tiles(5, SIZE, 5), 0), Put::New(Tier::Focus));
    put(&mut slot, &whole(Tier::Focus, 6, SIZE, &jpeg(SIZE, 6)), 0);
    assert_eq!(put(&mut slot, &left_tile(7, 7), 0), Put::Incomplete, "a whole picture has no tiles to replace");
}

#[test]
fn a_grid_that_outgrows_a_message_is_asked_for_again() {
    let comment = [&[0xFF, 0xFE, 0xFF, 0xFF][..], &[0; 65_533]].concat();
    let padded = |size| [&jpeg(size, 1)[..2], &comment.repeat(14), &jpeg(size, 1)[2..]].concat();
    let (left, right) = (padded((256, 200)), padded((44, 200)));
    let mut slot = TrackSlot::new();
    put(&mut slot, &all_tiles(1, SIZE, 1), 0);
    let left = message::tiles(2, SIZE, &[Tile { column: 0, row: 0, jpeg: &left }]);
    assert_eq!(put(&mut slot, &left, 0), Put::New(Tier::Focus));
    let right = message::tiles(3, SIZE, &[Tile { column: 1, row: 0, jpeg: &right }]);
    assert_eq!((put(&mut slot, &right, 0), slot.bytes_held()), (Put::Incomplete, 0));
}

#[test]
fn confirmations_of_what_is_held_are_worth_a_message() {
    let (mut slot, mut viewer) = (TrackSlot::new(), Viewer::new(Tier::Wall));
    put(&mut slot, &whole(Tier::Wall, 7, SIZE, &jpeg(SIZE, 1)), 1_000);
    viewer.poll(&slot);
    assert_eq!(put(&mut slot, &same(Tier::Wall, 7), 3_000), Put::Confirmed(Tier::Wall));
    assert_eq!((viewer.poll(&slot), viewer.captured_at), (Some(FrameKind::Same), UtcMillis(3_000)));
    assert_eq!(slot.same(7, UtcMillis(4_000)), Some(Tier::Wall));
    assert_eq!(viewer.poll(&slot), Some(FrameKind::Same));
    assert_eq!(put(&mut slot, &same(Tier::Wall, 6), 9_000), Put::Ignored);
    assert_eq!(put(&mut slot, &same(Tier::Focus, 7), 9_000), Put::Ignored);
    assert_eq!((slot.same(8, UtcMillis(9_000)), viewer.poll(&slot)), (None, None));
    let latest = slot.latest(Tier::Wall).unwrap();
    assert_eq!((latest.captured_at, latest.confirmed_at), (UtcMillis(1_000), UtcMillis(4_000)));
    assert_eq!(Viewer::new(Tier::Wall).poll(&slot), Some(FrameKind::Whole), "who joins gets no confirmation first");
}

#[test]
fn no_tile_at_all_confirms_the_others() {
    let mut slot = TrackSlot::new();
    assert_eq!(put(&mut slot, &message::tiles(1, SIZE, &[]), 0), Put::Incomplete);
    put(&mut slot, &all_tiles(2, SIZE, 1), 0);
    assert_eq!(put(&mut slot, &message::tiles(3, SIZE, &[]), 500), Put::Confirmed(Tier::Focus));
    assert_eq!(slot.same(3, UtcMillis(900)), Some(Tier::Focus));
    assert_eq!(put(&mut slot, &message::tiles(4, SIZES[1], &[]), 500), Put::Incomplete, "of another size");
}

#[test]
fn moments_never_go_back() {
    let (mut slot, mut viewer) = (TrackSlot::new(), Viewer::new(Tier::Wall));
    put(&mut slot, &whole(Tier::Wall, 1, SIZE, &jpeg(SIZE, 1)), 9_000);
    viewer.poll(&slot);
    put(&mut slot, &whole(Tier::Wall, 2, SIZE, &jpeg(SIZE, 2)), 4_000);
    assert_eq!((viewer.poll(&slot), viewer.captured_at), (Some(FrameKind::Whole), UtcMillis(9_000)));
    assert_eq!(put(&mut slot, &same(Tier::Wall, 2), 5_000), Put::Confirmed(Tier::Wall));
    assert_eq!(viewer.poll(&slot), None, "nothing newer to say");
}

#[test]
fn what_is_forgotten_is_freed_and_numbers_go_on() {
    let (mut slot, mut viewer) = (TrackSlot::new(), Viewer::new(Tier::Focus));
    let wall = jpeg(SIZE, 1);
    put(&mut slot, &whole(Tier::Wall, 1, SIZE, &wall), 0);
    put(&mut slot, &all_tiles(2, SIZE, 2), 0);
    viewer.poll(&slot);
    slot.forget_focus();
    assert_eq!((slot.bytes_held(), viewer.poll(&slot)), (wall.len(), None));
    assert_eq!((slot.same(2, UtcMillis(5)), slot.same(1, UtcMillis(5))), (None, Some(Tier::Wall)));
    slot.clear();
    assert_eq!((slot.bytes_held(), slot.latest(Tier::Wall), slot.same(1, UtcMillis(5))), (0, None, None));
    put(&mut slot, &all_tiles(1, SIZE, 3), 0);
    assert_eq!((viewer.poll(&slot), viewer.seq), (Some(FrameKind::Tiles), 2));
}

#[test]
fn numbers_of_an_earlier_socket_confirm_nothing() {
    let mut slot = TrackSlot::new();
    put(&mut slot, &whole(Tier::Focus, 3, SIZE, &jpeg(SIZE, 1)), 0);
    put(&mut slot, &whole(Tier::Wall, 4, SIZE, &jpeg(SIZE, 2)), 0);
    put(&mut slot, &whole(Tier::Wall, 3, SIZE, &jpeg(SIZE, 3)), 0);
    assert_eq!(slot.same(3, UtcMillis(100)), Some(Tier::Wall), "the agent counts anew, and this is its wall's picture");
}
