use image::RgbImage;
use muster_media::encode::{Pixels, Scaler, blur, screenshot};
use muster_media::inspect;
use muster_protocol::limits::SCREENSHOT_BYTES_MAX;
use muster_protocol::policy::Blur;

use crate::drawn::Numbers;
use crate::screen::{difference, grabbed, noise};

const WIDTH: usize = 960;
const HEIGHT: usize = 540;

/// Lines of text on white: glyphs of 5 by 7 dots drawn from `seed`, with a gap between letters, words and lines.
fn text(seed: u64) -> Pixels {
    let mut bgrx = vec![255; WIDTH * HEIGHT * 4];
    let mut numbers = Numbers::new(seed);
    let alphabet: Vec<[u32; 7]> = (0..26)
        .map(|letter| {
            let mut dots = Numbers::new(letter + 900);
            [0; 7].map(|_: u32| dots.between(1, 32))
        })
        .collect();
    for (line, column) in (8..HEIGHT - 16).step_by(14).flat_map(|y| (8..WIDTH - 16).step_by(6).map(move |x| (y, x))) {
        // Both texts have their gaps in the same places: what remains to be told apart are the letters.
        if column % 42 < 6 {
            continue;
        }
        let glyph = alphabet[numbers.between(0, 26) as usize];
        for (dy, row) in glyph.iter().enumerate() {
            for dx in (0..5).filter(|dx| row >> dx & 1 == 1) {
                let at = ((line + dy) * WIDTH + column + dx) * 4;
                bgrx[at..at + 3].fill(0);
            }
        }
    }
    Pixels { width: WIDTH as u16, height: HEIGHT as u16, bgrx }
}

fn shot(mut picture: Pixels, policy: Blur) -> RgbImage {
    let jpeg = screenshot(&mut picture, policy, &mut Scaler::new()).unwrap();
    image::load_from_memory(&jpeg).unwrap().to_rgb8()
}

/// The largest difference that any pixel of two pictures shows.
fn largest_difference(one: &RgbImage, other: &RgbImage) -> u8 {
    one.as_raw().iter().zip(other.as_raw()).map(|(a, b)| a.abs_diff(*b)).max().unwrap()
}

#[test]
fn without_blur_two_texts_look_different_and_strongly_blurred_alike() {
    let told_apart = |policy| largest_difference(&shot(text(1), policy), &shot(text(2), policy));
    let (sharp, light, strong) = (told_apart(Blur::None), told_apart(Blur::Light), told_apart(Blur::Strong));
    assert!(sharp > 200, "the texts are not different: {sharp}");
    assert!(strong <= 24, "two texts differ by {strong} levels");
    assert!(light > strong && light < sharp / 2, "light is between them: {light}");
}

#[test]
fn a_blurred_screen_still_shows_where_its_windows_are() {
    let sharp = shot(grabbed(1920, 1080, 1), Blur::None);
    let strong = shot(grabbed(1920, 1080, 1), Blur::Strong);
    let empty = RgbImage::from_pixel(1920, 1080, image::Rgb([128, 128, 128]));
    let (to_sharp, to_empty) = (difference(&strong, &sharp), difference(&empty, &sharp));
    assert!(to_sharp < to_empty / 2.0, "{to_sharp} against {to_empty}");
}

#[test]
fn blur_leaves_nothing_sharp_in_memory_and_keeps_the_size() {
    let mut picture = text(1);
    blur(&mut picture, Blur::Strong, &mut Scaler::new()).unwrap();
    assert_eq!((usize::from(picture.width), usize::from(picture.height)), (WIDTH, HEIGHT));
    let darkest = picture.bgrx.chunks_exact(4).map(|pixel| pixel[0]).min().unwrap();
    assert!(darkest > 64, "a dot of a letter is still {darkest}");
}

#[test]
fn a_screenshot_of_noise_is_within_what_the_hub_takes() {
    let mut picture = noise(8192, 2400);
    let jpeg = screenshot(&mut picture, Blur::None, &mut Scaler::new()).unwrap();
    assert!((SCREENSHOT_BYTES_MAX / 3..=SCREENSHOT_BYTES_MAX).contains(&jpeg.len()), "{}", jpeg.len());
    let info = inspect(&jpeg).unwrap();
    assert_eq!((info.width, info.height), (8192, 2400));
}

#[test]
fn a_screen_wider_than_a_picture_may_be_is_made_smaller() {
    let mut picture = Pixels { width: 10_000, height: 100, bgrx: vec![90; 10_000 * 100 * 4] };
    let info = inspect(&screenshot(&mut picture, Blur::None, &mut Scaler::new()).unwrap()).unwrap();
    assert_eq!((info.width, info.height), (8192, 82));
}
