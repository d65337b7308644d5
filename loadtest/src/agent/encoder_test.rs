use muster_protocol::tiles::read_tiles;

use super::*;
use crate::desktop::{Desktop, Scene, Sight};

const TILES: Wish = Wish { form: Form::Tiles, quality: 75, body_bytes_max: 1 << 20 };
const WHOLE: Wish = Wish { form: Form::Whole, ..TILES };
const NOON: muster_protocol::UtcMillis = muster_protocol::UtcMillis(1_795_176_000_123);

/// A picture whose pixels are all different.
fn noise(width: u16, height: u16) -> Picture {
    let mut state = 7u32;
    let mut byte = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let rgb = (0..usize::from(width) * usize::from(height) * 3).map(|_| byte()).collect();
    Picture { width, height, rgb }
}

fn touch(picture: &mut Picture, x: usize, y: usize) {
    let at = (y * usize::from(picture.width) + x) * 3;
    picture.rgb[at] ^= 0xFF;
}

fn tiles_of(encoded: &Encoded) -> Vec<(u8, u8, u32, u32)> {
    let Encoded::Tiles(body) = encoded else { panic!("no tiles") };
    let tiles = read_tiles(body).unwrap();
    let size = |tile: &Tile<'_>| {
        let decoded = image::load_from_memory_with_format(tile.jpeg, image::ImageFormat::Jpeg).unwrap();
        (tile.column, tile.row, decoded.width(), decoded.height())
    };
    tiles.iter().map(size).collect()
}

#[test]
fn the_first_picture_has_all_tiles_and_each_has_the_size_of_its_place() {
    let mut encoder = PictureEncoder::default();
    let tiles = tiles_of(&encoder.encode(noise(600, 300), TILES).unwrap());
    let expected =
        [(0, 0, 256, 256), (1, 0, 256, 256), (2, 0, 88, 256), (0, 1, 256, 44), (1, 1, 256, 44), (2, 1, 88, 44)];
    assert_eq!(tiles, expected);
}

#[test]
fn one_pixel_sends_its_tile_and_no_other() {
    let mut picture = noise(600, 300);
    for (x, y, place) in
        [(0, 0, (0, 0)), (255, 255, (0, 0)), (256, 255, (1, 0)), (599, 299, (2, 1)), (511, 256, (1, 1))]
    {
        let mut encoder = PictureEncoder::default();
        encoder.encode(picture.clone(), TILES).unwrap();
        touch(&mut picture, x, y);
        let tiles = tiles_of(&encoder.encode(picture.clone(), TILES).unwrap());
        let places: Vec<(u8, u8)> = tiles.iter().map(|tile| (tile.0, tile.1)).collect();
        assert_eq!(places, [place], "pixel {x}, {y}");
    }
}

#[test]
fn nothing_changed_is_nothing_to_send() {
    for wish in [TILES, WHOLE] {
        let mut encoder = PictureEncoder::default();
        encoder.encode(noise(300, 200), wish).unwrap();
        assert_eq!(encoder.encode(noise(300, 200), wish).unwrap(), Encoded::Same);
        encoder.forget();
        assert_ne!(encoder.encode(noise(300, 200), wish).unwrap(), Encoded::Same, "forgotten");
        assert_ne!(encoder.encode(noise(300, 100), wish).unwrap(), Encoded::Same, "another size");
    }
}

#[test]
fn too_many_bytes_become_worse_pictures() {
    for form in [Form::Whole, Form::Tiles] {
        let at = |body_bytes_max| {
            let wish = Wish { form, quality: 95, body_bytes_max };
            PictureEncoder::default().encode(noise(480, 270), wish).map(|encoded| encoded.len())
        };
        let best = at(usize::MAX).unwrap();
        assert!(best > 120_000, "{best}");
        assert!(at(best).unwrap() == best && at(best / 3).unwrap() <= best / 3);
        assert!(at(100).unwrap_err().to_string().contains("more than the hub takes"));
    }
}

#[test]
fn the_tiles_together_are_the_picture_after_any_number_of_changes() {
    let desktop = Desktop::new(3, "Ada Example".into()).showing(Scene::PageScroll).full_hd();
    let mut encoder = PictureEncoder::default();
    let mut shown = image::RgbImage::new(960, 540);
    let (mut drawn, mut sent) = (Vec::new(), 0);
    for step in 0..6 {
        let picture = desktop.render(960, &Sight::live(NOON.plus(step * 500)), encoder.take_spare());
        drawn.clone_from(&picture.rgb);
        let Encoded::Tiles(body) = encoder.encode(picture, TILES).unwrap() else { panic!("the page stands still") };
        for tile in read_tiles(&body).unwrap() {
            let pixels = image::load_from_memory_with_format(tile.jpeg, image::ImageFormat::Jpeg).unwrap().to_rgb8();
            image::imageops::replace(&mut shown, &pixels, i64::from(tile.column) * 256, i64::from(tile.row) * 256);
            sent += 1;
        }
    }
    assert!((13..6 * 12).contains(&sent), "{sent} tiles of 12 in 6 pictures");
    let error: u64 = drawn.iter().zip(shown.as_raw()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    let mean = error as f64 / drawn.len() as f64;
    assert!(mean < 4.0, "a mean difference of {mean:.1} of 255");
}

#[test]
fn buffers_go_round() {
    let desktop = Desktop::new(3, "Ada Example".into()).showing(Scene::Typing).full_hd();
    let mut encoder = PictureEncoder::default();
    let mut known = std::collections::BTreeSet::new();
    for step in 0..6 {
        let picture = desktop.render(480, &Sight::live(NOON.plus(step * 500)), encoder.take_spare());
        known.insert(picture.rgb.as_ptr());
        encoder.encode(picture, WHOLE).unwrap();
    }
    assert_eq!(known.len(), 2, "a buffer was allocated although one was free");
}
