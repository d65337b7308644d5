use image::RgbImage;
use image::imageops::{FilterType, resize};
use muster_media::encode::{EncodeError, Encoded, Pixels, TierEncoder};
use muster_protocol::limits::WALL_PICTURE_BYTES_MAX;
use muster_protocol::portal::Tier;

use crate::drawn::desktop;
use crate::screen::{difference, grabbed, message, noise, paint};

#[test]
fn a_wall_picture_is_the_screen_made_small() {
    let encoded = TierEncoder::new(Tier::Wall).encode(&grabbed(1920, 1080, 1), 480, 70).unwrap();
    let mut canvas = RgbImage::new(1, 1);
    paint(&encoded, 480, &mut canvas);
    let small = resize(&desktop(1920, 1080, 1, 1), 480, 270, FilterType::Triangle);
    let off = difference(&canvas, &small);
    assert!(off < 4.0, "{off} levels off");
}

#[test]
fn colours_keep_their_places() {
    let red = Pixels { width: 640, height: 480, bgrx: [0, 0, 255, 0].repeat(640 * 480) };
    let encoded = TierEncoder::new(Tier::Wall).encode(&red, 480, 90).unwrap();
    let mut canvas = RgbImage::new(1, 1);
    paint(&encoded, 480, &mut canvas);
    let pixel = canvas.get_pixel(100, 100).0;
    assert!(pixel[0] > 250 && pixel[1] < 5 && pixel[2] < 5, "{pixel:?}");
}

#[test]
fn a_still_screen_is_encoded_once_and_again_when_it_is_forgotten() {
    let mut tier = TierEncoder::new(Tier::Wall);
    let screen = grabbed(1280, 720, 1);
    let first = tier.encode(&screen, 480, 70).unwrap();
    assert_eq!(tier.encode(&screen, 480, 70), Ok(Encoded::Same));
    tier.forget();
    assert_eq!(tier.encode(&screen, 480, 70), Ok(first));
    assert_ne!(tier.encode(&grabbed(1280, 720, 2), 480, 70), Ok(Encoded::Same));
    assert_ne!(tier.encode(&grabbed(1280, 720, 2), 320, 70), Ok(Encoded::Same), "narrower is another picture");
}

#[test]
fn noise_is_encoded_worse_until_the_hub_takes_it() {
    let noise = noise(480, 1024);
    let encoded = TierEncoder::new(Tier::Wall).encode(&noise, 480, 100).unwrap();
    let mut canvas = RgbImage::new(1, 1);
    paint(&encoded, 480, &mut canvas);
    let bytes = message(&encoded).len() - 32;
    assert!((WALL_PICTURE_BYTES_MAX / 3..=WALL_PICTURE_BYTES_MAX).contains(&bytes), "{bytes}");
}

#[test]
fn a_screen_without_its_pixels_is_an_error_and_the_next_is_complete() {
    let mut tier = TierEncoder::new(Tier::Wall);
    let screen = grabbed(640, 480, 1);
    tier.encode(&screen, 480, 70).unwrap();
    let broken = Pixels { bgrx: vec![0; 12], ..screen.clone() };
    assert_eq!(tier.encode(&broken, 480, 70), Err(EncodeError::Incomplete));
    assert_ne!(tier.encode(&screen, 480, 70), Ok(Encoded::Same));
}
