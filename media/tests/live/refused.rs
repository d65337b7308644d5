//! What an agent must not send: each is refused with its own reason.

use muster_media::PictureError;
use muster_media::live::{Granted, Refusal, check_frame};
use muster_protocol::frame::{FrameError, FrameHeader, FrameKind};
use muster_protocol::limits::{AGENT_FRAME_BYTES_MAX, WALL_PICTURE_BYTES_MAX};
use muster_protocol::portal::Tier;
use muster_protocol::tiles::{Tile, TilesError};

use crate::drawn::{self, desktop};
use crate::message::{SIZES, header, jpeg, message, same, tiles, whole};

const WALL: Granted = Granted { width: 480 };
const FOCUS: Granted = Granted { width: 1920 };
/// Two tiles beside each other, of 256 and 44 pixels.
const SIZE: (u16, u16) = SIZES[0];

fn refusal(message: &[u8], granted: Granted) -> Refusal {
    check_frame(message, granted).unwrap_err()
}

/// A whole wall picture whose header was changed.
fn with_header(change: impl FnOnce(&mut FrameHeader)) -> Vec<u8> {
    let body = jpeg(SIZE, 1);
    let mut header = header(FrameKind::Whole, Tier::Wall, 1, SIZE);
    header.length = body.len() as u32;
    change(&mut header);
    [&header.encode()[..], &body].concat()
}

/// A copy that is longer by a comment of `bytes` bytes after the first marker.
fn padded(jpeg: &[u8], bytes: usize) -> Vec<u8> {
    let comment = vec![0; bytes.min(65_000)];
    let length = u16::try_from(comment.len() + 2).unwrap().to_be_bytes();
    let longer = [&jpeg[..2], &[0xFF, 0xFE], &length, &comment, &jpeg[2..]].concat();
    if bytes > 65_000 { padded(&longer, bytes - 65_000) } else { longer }
}

#[test]
fn what_was_not_asked_for_is_nobodys_fault() {
    let wide = whole(Tier::Wall, 1, SIZE, &jpeg(SIZE, 1));
    assert_eq!(refusal(&wide, Granted { width: 240 }), Refusal::TooWide { width: 300, granted: 240 });
    let focus = whole(Tier::Focus, 1, SIZE, &jpeg(SIZE, 1));
    assert_eq!(refusal(&focus, WALL), Refusal::FocusNotAsked);
    assert_eq!(refusal(&same(Tier::Focus, 1), WALL), Refusal::FocusNotAsked);
    assert!(refusal(&wide, Granted { width: 240 }).is_unasked() && refusal(&focus, WALL).is_unasked());
    assert_eq!(refusal(&focus, WALL).kind(), "focus_not_asked");
}

#[test]
fn headers_that_cannot_be() {
    assert_eq!(refusal(b"", WALL), Refusal::Header(FrameError::TooShort));
    assert_eq!(refusal(&with_header(|header| header.tier = 0), WALL), Refusal::Tier(0));
    assert_eq!(refusal(&with_header(|header| header.tier = 3), WALL), Refusal::Tier(3));
    assert_eq!(refusal(&with_header(|header| header.parts = 2), WALL), Refusal::Parts(2));
    let bytes = jpeg(SIZE, 1).len();
    assert_eq!(refusal(&with_header(|header| header.length = 7), WALL), Refusal::Length { stated: 7, bytes });
    let claim = with_header(|header| header.length = u32::MAX);
    assert_eq!(refusal(&claim, WALL), Refusal::Length { stated: u32::MAX, bytes });
    assert!(!refusal(&claim, WALL).is_unasked());
}

#[test]
fn sizes_outside_the_limits_of_the_tier() {
    for (tier, width, height) in [
        (Tier::Wall, 0, 200),
        (Tier::Wall, 300, 0),
        (Tier::Wall, 481, 200),
        (Tier::Wall, 300, 1025),
        (Tier::Focus, 1921, 200),
        (Tier::Focus, 300, 4097),
    ] {
        let bytes = whole(tier, 1, (width, height), &jpeg(SIZE, 1));
        let expected = Refusal::Size { width, height };
        assert_eq!(refusal(&bytes, FOCUS), expected, "{tier:?}");
        assert_eq!(refusal(&bytes, Granted { width: 100 }), expected, "a defect, not a latecomer");
    }
}

#[test]
fn more_bytes_than_a_message_or_a_wall_picture_may_have() {
    let large = whole(Tier::Wall, 1, SIZE, &padded(&jpeg(SIZE, 1), WALL_PICTURE_BYTES_MAX));
    assert_eq!(refusal(&large, WALL), Refusal::WallBytes { bytes: large.len() - 32 });
    let focus = whole(Tier::Focus, 1, SIZE, &padded(&jpeg(SIZE, 1), WALL_PICTURE_BYTES_MAX));
    assert!(check_frame(&focus, FOCUS).is_ok(), "the focus tier is bounded by the message");
    let huge = whole(Tier::Focus, 1, SIZE, &vec![0; AGENT_FRAME_BYTES_MAX - 31]);
    assert_eq!(refusal(&huge, FOCUS), Refusal::MessageBytes { bytes: AGENT_FRAME_BYTES_MAX + 1 });
}

#[test]
fn pictures_that_are_not_what_their_header_says() {
    let picture = desktop(300, 200, 1, 1);
    assert_eq!(refusal(&whole(Tier::Wall, 1, SIZE, &drawn::png(&picture)), WALL), Refusal::NotJpeg);
    assert_eq!(refusal(&whole(Tier::Wall, 1, SIZE, b""), WALL), Refusal::NotJpeg);
    let whole_jpeg = drawn::jpeg(&picture, 60);
    let truncated = whole(Tier::Wall, 1, SIZE, &whole_jpeg[..whole_jpeg.len() - 2]);
    assert_eq!(refusal(&truncated, WALL), Refusal::Jpeg(PictureError::Truncated));
    let other_size = whole(Tier::Wall, 1, (200, 300), &whole_jpeg);
    let expected = Refusal::JpegSize { width: 300, height: 200, place_width: 200, place_height: 300 };
    assert_eq!(refusal(&other_size, WALL), expected);
}

/// The last frame says the size that the header demands; a decoder that takes the first would allocate 256 MiB.
#[test]
fn a_picture_with_a_second_frame_is_broken() {
    let honest = jpeg(SIZE, 1);
    let frame = honest.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    let length = usize::from(honest[frame + 3]) + 2;
    let mut huge_frame = honest[frame..frame + length].to_vec();
    huge_frame[5..9].copy_from_slice(&[0x20, 0, 0x20, 0]);
    let two_faced = [&honest[..frame], &huge_frame, &honest[frame..]].concat();
    assert_eq!(refusal(&whole(Tier::Wall, 1, SIZE, &two_faced), WALL).kind(), "jpeg");
}

#[test]
fn tiles_that_do_not_fit_their_grid() {
    let (left, right) = (jpeg((256, 200), 1), jpeg((44, 200), 1));
    let left = Tile { column: 0, row: 0, jpeg: &left };
    let right = Tile { column: 1, row: 0, jpeg: &right };
    let refused = |list: &[Tile<'_>]| refusal(&tiles(1, SIZE, list), FOCUS);
    assert!(check_frame(&tiles(1, SIZE, &[right, left]), FOCUS).is_ok(), "in any order");
    assert_eq!(refused(&[left, left]), Refusal::TileTwice { column: 0, row: 0 });
    assert_eq!(refused(&[Tile { column: 2, ..right }]), Refusal::TileOutside { column: 2, row: 0 });
    assert_eq!(refused(&[Tile { row: 255, ..left }]), Refusal::TileOutside { column: 0, row: 255 });
    let expected = Refusal::JpegSize { width: 44, height: 200, place_width: 256, place_height: 200 };
    assert_eq!(refused(&[Tile { column: 0, ..right }]), expected);
    assert_eq!(refused(&[left, right, right]), Refusal::TooManyTiles { tiles: 3, places: 2 });
    assert_eq!(refused(&[Tile { jpeg: b"no picture", ..left }]), Refusal::NotJpeg);
}

#[test]
fn bodies_that_are_no_tiles() {
    let with_body = |kind, tier, body: &[u8]| message(header(kind, tier, 1, SIZE), body);
    let no_count = with_body(FrameKind::Tiles, Tier::Focus, &[1]);
    assert_eq!(refusal(&no_count, FOCUS), Refusal::Tiles(TilesError::Length));
    let promise = with_body(FrameKind::Tiles, Tier::Focus, &[2, 0, 0, 0]);
    assert_eq!(refusal(&promise, FOCUS), Refusal::Tiles(TilesError::Length));
    let large_promise = with_body(FrameKind::Tiles, Tier::Focus, &[0xFF, 0xFF]);
    assert_eq!(refusal(&large_promise, FOCUS), Refusal::TooManyTiles { tiles: 65_535, places: 2 });
    assert_eq!(refusal(&with_body(FrameKind::Tiles, Tier::Wall, &[0, 0]), FOCUS), Refusal::TilesOnWall);
    assert_eq!(refusal(&with_body(FrameKind::Same, Tier::Wall, b"x"), WALL), Refusal::SameWithBody { bytes: 1 });
}
