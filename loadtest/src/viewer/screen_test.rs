//! Pictures in parts, in tiles and unchanged, and everything that a hub must not send.

use bytes::Bytes;
use muster_protocol::frame::{FrameHeader, FrameKind, TIER_FOCUS, TIER_WALL};
use muster_protocol::portal::{Tier, TrackPhase, TrackRef, TrackState};
use muster_protocol::tiles::{Tile, write_tiles};
use muster_protocol::{EmployeeId, UtcMillis};

use super::{Keep, Picture, PictureFault, Screen, Shown};

const NUMBER: u32 = 7;

fn track(name: &str) -> TrackRef {
    TrackRef { employee: EmployeeId::new(name).unwrap(), track: 0 }
}

fn state(name: &str, number: u32) -> TrackState {
    let TrackRef { employee, track } = track(name);
    let (reason, detail, display) = (None, None, None);
    TrackState { employee, track, number, state: TrackPhase::Live, reason, detail, since: UtcMillis(5), display }
}

fn jpeg(width: u16, height: u16, shade: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let pixels = vec![shade; usize::from(width) * usize::from(height) * 3];
    let encoder = jpeg_encoder::Encoder::new(&mut bytes, 50);
    encoder.encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

/// A screen that knows one track, and what the hub sends it.
struct Sent {
    screen: Screen,
    message_id: u32,
}

impl Sent {
    fn new() -> Self {
        let mut screen = Screen::new(Keep::Pictures);
        screen.note(&state("ada", NUMBER));
        Self { screen, message_id: 0 }
    }

    fn send(&mut self, header: FrameHeader, body: &[u8]) -> Result<Option<Picture>, PictureFault> {
        self.message_id += 1;
        self.screen.take(header, self.message_id, Bytes::copy_from_slice(body), 1_000)
    }

    /// A body in as many parts as it takes.
    fn send_all(&mut self, header: FrameHeader, body: &[u8]) -> Result<Option<Picture>, PictureFault> {
        let parts: Vec<&[u8]> = body.chunks(32 * 1024).collect();
        let mut last = None;
        for (part, bytes) in (0..).zip(&parts) {
            assert!(last.is_none(), "a picture is not complete before its last part");
            let header = FrameHeader { part, parts: parts.len() as u16, ..header };
            last = self.send(header, bytes)?;
        }
        Ok(last)
    }

    fn tiles(&mut self, seq: u32, tiles: &[(u8, u8, Vec<u8>)]) -> Result<Option<Picture>, PictureFault> {
        let tiles: Vec<Tile<'_>> =
            tiles.iter().map(|(column, row, jpeg)| Tile { column: *column, row: *row, jpeg }).collect();
        let body = write_tiles(&tiles);
        let header =
            FrameHeader { kind: FrameKind::Tiles, tier: TIER_FOCUS, width: 300, height: 260, ..wall(seq, &body) };
        self.send_all(header, &body)
    }
}

fn wall(seq: u32, body: &[u8]) -> FrameHeader {
    FrameHeader {
        kind: FrameKind::Whole,
        tier: TIER_WALL,
        flags: 0,
        track: NUMBER,
        seq,
        length: body.len() as u32,
        captured_at_ms: 1_795_000_000_000,
        width: 64,
        height: 32,
        part: 0,
        parts: 1,
    }
}

/// A whole grid of 300 × 260 pixels: two columns and two rows.
fn grid(shade: u8) -> Vec<(u8, u8, Vec<u8>)> {
    vec![
        (0, 0, jpeg(256, 256, shade)),
        (1, 0, jpeg(44, 256, shade)),
        (0, 1, jpeg(256, 4, shade)),
        (1, 1, jpeg(44, 4, shade)),
    ]
}

#[test]
fn a_small_picture_comes_in_one_message() {
    let mut sent = Sent::new();
    let body = jpeg(64, 32, 9);
    for parts in [0, 1] {
        let header = FrameHeader { parts, ..wall(1 + u32::from(parts), &body) };
        let picture = sent.send(header, &body).unwrap().unwrap();
        assert_eq!((&*picture.of, picture.tier, picture.kind), (&track("ada"), Tier::Wall, FrameKind::Whole));
        assert_eq!((picture.captured_at, picture.received_us), (UtcMillis(1_795_000_000_000), 1_000));
        assert_eq!((picture.body.len(), picture.wire_bytes), (body.len(), body.len() + 36));
    }
    let shown = sent.screen.shown(&track("ada"), Tier::Wall).unwrap();
    assert!(matches!(shown, Shown::Whole(bytes) if *bytes == body), "{shown:?}");
    assert!(sent.screen.shown(&track("ada"), Tier::Focus).is_none());
    assert_eq!(sent.screen.state(&track("ada")).unwrap().since, UtcMillis(5));
}

#[test]
fn a_large_picture_comes_in_parts() {
    let mut sent = Sent::new();
    // Comments in front make it large without making it slow.
    let mut body = vec![0xFF, 0xD8];
    body.extend_from_slice(&[0xFF, 0xFE, 0xFF, 0xFF]);
    body.resize(2 + 2 + 65_535, b'.');
    body.extend_from_slice(&jpeg(64, 32, 9)[2..]);
    let picture = sent.send_all(wall(1, &body), &body).unwrap().unwrap();
    assert_eq!((&picture.body[..], picture.wire_bytes), (&body[..], body.len() + 3 * 36));
}

#[test]
fn parts_have_to_follow_each_other() {
    let body = vec![1; 40_000];
    let part = |seq: u32, part: u16| FrameHeader { part, parts: 3, ..wall(seq, &body) };
    for (first, second) in [
        (part(1, 1), None),
        (part(1, 0), Some(part(1, 0))),
        (part(1, 0), Some(part(1, 2))),
        (part(1, 0), Some(part(2, 1))),
        (part(1, 0), Some(FrameHeader { track: 8, ..part(1, 1) })),
        (part(1, 0), Some(FrameHeader { length: 1, ..part(1, 1) })),
    ] {
        let mut sent = Sent::new();
        let result = sent.send(first, &body[..10]);
        let result = second.map_or(result, |second| sent.send(second, &body[..10]));
        assert_eq!(result.unwrap_err(), PictureFault::MixedParts, "{first:?} {second:?}");
    }
}

#[test]
fn the_length_has_to_be_as_announced() {
    let body = jpeg(64, 32, 9);
    let longer = FrameHeader { length: 1 + body.len() as u32, ..wall(1, &body) };
    assert!(matches!(Sent::new().send(longer, &body), Err(PictureFault::Length { .. })));
    let mut sent = Sent::new();
    let header = FrameHeader { parts: 2, ..wall(1, &body[..20]) };
    sent.send(header, &body[..15]).unwrap();
    let result = sent.send(FrameHeader { part: 1, ..header }, &body[..15]);
    assert_eq!(result.unwrap_err(), PictureFault::Length { said: 20, came: 30 });
    let huge = FrameHeader { length: u32::MAX, parts: 9, ..wall(1, &body) };
    assert_eq!(Sent::new().send(huge, &body).unwrap_err(), PictureFault::TooLarge(u32::MAX));
    assert_eq!(Sent::new().send(wall(1, &[0; 32_769]), &[0; 32_769]).unwrap_err(), PictureFault::PartTooLarge(32_769));
}

#[test]
fn a_wall_picture_is_a_jpeg_of_the_size_it_says() {
    let (small, large) = (jpeg(64, 31, 9), b"GIF89a".to_vec());
    let wrong = PictureFault::WrongSize { expected: (64, 32), got: (64, 31) };
    assert_eq!(Sent::new().send(wall(1, &small), &small).unwrap_err(), wrong);
    assert_eq!(Sent::new().send(wall(1, &large), &large).unwrap_err(), PictureFault::NoJpeg);
    let tiles = FrameHeader { kind: FrameKind::Tiles, ..wall(1, &small) };
    assert_eq!(Sent::new().send(tiles, &small).unwrap_err(), PictureFault::TilesOnTheWall);
    let tier = FrameHeader { tier: 3, ..wall(1, &small) };
    assert_eq!(Sent::new().send(tier, &small).unwrap_err(), PictureFault::Tier(3));
}

#[test]
fn numbers_and_ids_only_grow() {
    let mut sent = Sent::new();
    let body = jpeg(64, 32, 9);
    sent.send(wall(5, &body), &body).unwrap();
    assert_eq!(sent.send(wall(5, &body), &body).unwrap_err(), PictureFault::SeqNotGrowing { before: 5, seq: 5 });
    sent.send(FrameHeader { tier: TIER_FOCUS, ..wall(1, &body) }, &body).unwrap();
    sent.message_id -= 1;
    assert_eq!(sent.send(wall(6, &body), &body).unwrap_err(), PictureFault::MessageId { before: 3, id: 3 });
    let unknown = FrameHeader { track: 99, ..wall(9, &body) };
    assert_eq!(sent.send(unknown, &body).unwrap_err(), PictureFault::UnknownNumber(99));
}

#[test]
fn same_as_before_needs_something_before() {
    let mut sent = Sent::new();
    let same = |seq| FrameHeader { kind: FrameKind::Same, captured_at_ms: 9, ..wall(seq, &[]) };
    assert_eq!(sent.send(same(1), &[]).unwrap_err(), PictureFault::SameAsNothing);
    let body = jpeg(64, 32, 9);
    sent.send(wall(1, &body), &body).unwrap();
    let picture = sent.send(same(1), &[]).unwrap().unwrap();
    assert_eq!((picture.kind, picture.captured_at, picture.wire_bytes), (FrameKind::Same, UtcMillis(9), 36));
    assert!(matches!(sent.screen.shown(&track("ada"), Tier::Wall), Some(Shown::Whole(bytes)) if *bytes == body));
}

#[test]
fn tiles_are_laid_over_the_grid() {
    let mut sent = Sent::new();
    sent.tiles(1, &grid(10)).unwrap().unwrap();
    let newer = (1, 0, jpeg(44, 256, 200));
    sent.tiles(2, std::slice::from_ref(&newer)).unwrap().unwrap();
    let Some(Shown::Tiles(grid_shown)) = sent.screen.shown(&track("ada"), Tier::Focus) else { panic!("no tiles") };
    assert_eq!((grid_shown.width, grid_shown.height), (300, 260));
    let places: Vec<(u16, u16, u32, &[u8])> =
        grid_shown.tiles().map(|(column, row, tile)| (column, row, tile.seq, &tile.jpeg[..])).collect();
    let older = grid(10);
    let expected: Vec<(u16, u16, u32, &[u8])> =
        vec![(0, 0, 1, &older[0].2), (1, 0, 2, &newer.2), (0, 1, 1, &older[2].2), (1, 1, 1, &older[3].2)];
    assert_eq!(places, expected);
}

#[test]
fn a_grid_begins_whole_and_each_tile_fits_its_place() {
    let mut sent = Sent::new();
    assert_eq!(sent.tiles(1, &grid(10)[..3]).unwrap_err(), PictureFault::TilesMissing { missing: 1 });
    sent.tiles(2, &grid(10)).unwrap();
    let outside = PictureFault::TileOutside { column: 2, row: 0 };
    assert_eq!(sent.tiles(3, &[(2, 0, jpeg(44, 256, 1))]).unwrap_err(), outside);
    let wrong = PictureFault::WrongSize { expected: (44, 256), got: (256, 256) };
    assert_eq!(sent.tiles(4, &[(1, 0, jpeg(256, 256, 1))]).unwrap_err(), wrong);
    let header = FrameHeader { kind: FrameKind::Tiles, tier: TIER_FOCUS, width: 300, height: 260, ..wall(5, &[9]) };
    assert_eq!(sent.send(header, &[9]).unwrap_err(), PictureFault::Tiles);
    // Another size begins anew.
    let small = write_tiles(&[Tile { column: 0, row: 0, jpeg: &jpeg(100, 90, 1) }]);
    let header = FrameHeader { width: 100, height: 90, ..wall(6, &small) };
    sent.send(FrameHeader { kind: FrameKind::Tiles, tier: TIER_FOCUS, ..header }, &small).unwrap();
    assert_eq!(sent.tiles(7, &grid(10)[..1]).unwrap_err(), PictureFault::TilesMissing { missing: 3 });
}

#[test]
fn a_track_may_get_another_number_and_a_number_another_track() {
    let mut sent = Sent::new();
    let body = jpeg(64, 32, 9);
    sent.send(wall(5, &body), &body).unwrap();
    sent.screen.note(&state("ada", 8));
    sent.screen.note(&state("bruno", NUMBER));
    assert!(sent.screen.shown(&track("ada"), Tier::Wall).is_none(), "it begins anew");
    let picture = sent.send(wall(1, &body), &body).unwrap().unwrap();
    assert_eq!(*picture.of, track("bruno"));
    for number in 0..10_000 {
        sent.screen.note(&state(&format!("person{number}"), number));
    }
    assert!(sent.screen.state(&track("person9999")).is_none(), "a hub that never stops naming tracks is not followed");
}

#[test]
fn a_wall_does_not_keep_what_nobody_asks_for() {
    let mut sent = Sent { screen: Screen::new(Keep::Nothing), message_id: 0 };
    sent.screen.note(&state("ada", NUMBER));
    let body = jpeg(64, 32, 9);
    sent.send(wall(1, &body), &body).unwrap();
    assert!(matches!(sent.screen.shown(&track("ada"), Tier::Wall), Some(Shown::Whole(bytes)) if bytes.is_empty()));
}
