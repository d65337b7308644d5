use image::RgbImage;
use muster_media::encode::{Encoded, TierEncoder};
use muster_protocol::limits::AGENT_FRAME_BYTES_MAX;
use muster_protocol::portal::Tier;

use crate::drawn::desktop;
use crate::screen::{difference, grabbed, message, noise, paint};

#[test]
fn all_tiles_first_and_then_those_that_changed_make_the_screen() {
    let mut tier = TierEncoder::new(Tier::Focus);
    let mut canvas = RgbImage::new(1, 1);
    let tiles = paint(&tier.encode(&grabbed(1920, 1080, 1), 1920, 80).unwrap(), 1920, &mut canvas);
    assert_eq!(tiles.len(), 40);
    // The clock in the lower right corner.
    let tiles = paint(&tier.encode(&grabbed(1920, 1080, 2), 1920, 80).unwrap(), 1920, &mut canvas);
    assert!((1..=2).contains(&tiles.len()) && tiles.contains(&(7, 4)), "{tiles:?}");
    let off = difference(&canvas, &desktop(1920, 1080, 1, 2));
    assert!(off < 4.0, "{off} levels off");
    assert_eq!(tier.encode(&grabbed(1920, 1080, 2), 1920, 80), Ok(Encoded::Same));
}

#[test]
fn a_larger_screen_is_scaled_to_what_was_asked_for() {
    let mut canvas = RgbImage::new(1, 1);
    let encoded = TierEncoder::new(Tier::Focus).encode(&grabbed(2560, 1440, 1), 1280, 80).unwrap();
    paint(&encoded, 1280, &mut canvas);
    assert_eq!(canvas.dimensions(), (1280, 720));
}

#[test]
fn no_wish_makes_it_larger_than_the_tier() {
    let mut canvas = RgbImage::new(1, 1);
    let encoded = TierEncoder::new(Tier::Focus).encode(&grabbed(3840, 2160, 1), u16::MAX, 80).unwrap();
    paint(&encoded, 1920, &mut canvas);
    assert_eq!(canvas.dimensions(), (1920, 1080));
}

#[test]
fn the_worst_screen_there_is_fits_into_one_message() {
    let mut canvas = RgbImage::new(1, 1);
    let encoded = TierEncoder::new(Tier::Focus).encode(&noise(1920, 4096), 1920, 100).unwrap();
    let tiles = paint(&encoded, 1920, &mut canvas);
    assert_eq!((tiles.len(), canvas.dimensions()), (8 * 16, (1920, 4096)));
    let bytes = message(&encoded).len();
    assert!((AGENT_FRAME_BYTES_MAX / 3..=AGENT_FRAME_BYTES_MAX).contains(&bytes), "{bytes}");
}

#[test]
fn another_size_begins_a_new_grid() {
    let mut tier = TierEncoder::new(Tier::Focus);
    tier.encode(&grabbed(1920, 1080, 1), 1920, 80).unwrap();
    let mut canvas = RgbImage::new(1, 1);
    let tiles = paint(&tier.encode(&grabbed(1280, 720, 1), 1920, 80).unwrap(), 1920, &mut canvas);
    assert_eq!(tiles.len(), 15);
}
