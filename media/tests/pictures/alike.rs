//! Which pictures count as the same: the evidence for `NEAR_IDENTICAL_BITS_MAX`.

use crate::drawn::{desktop, jpeg, png, webp};
use muster_media::fingerprint::NEAR_IDENTICAL_BITS_MAX;
use muster_media::{Fingerprint, examine};

fn fingerprint_of(bytes: &[u8]) -> Fingerprint {
    examine(bytes).unwrap().fingerprint
}

#[test]
fn a_minute_later_and_another_encoding_are_the_same_screen() {
    for layout in 0..8 {
        let now = desktop(960, 540, layout, 1);
        let original = fingerprint_of(&jpeg(&now, 85));
        let later = desktop(960, 540, layout, 2);
        for (what, bytes) in
            [("later", jpeg(&later, 85)), ("worse", jpeg(&now, 30)), ("png", png(&now)), ("webp", webp(&now))]
        {
            let other = fingerprint_of(&bytes);
            assert!(original.is_near_identical(other), "layout {layout}, {what}: {} bits", original.distance(other));
        }
    }
}

#[test]
fn the_same_screen_at_another_resolution_is_the_same() {
    let large = desktop(1920, 1080, 3, 1);
    let small = image::imageops::thumbnail(&large, 1280, 720);
    assert!(fingerprint_of(&jpeg(&large, 85)).is_near_identical(fingerprint_of(&jpeg(&small, 85))));
}

#[test]
fn other_windows_are_another_screen() {
    let desktops: Vec<_> = (0..12).map(|layout| fingerprint_of(&jpeg(&desktop(640, 360, layout, 1), 85))).collect();
    for (index, one) in desktops.iter().enumerate() {
        for other in &desktops[index + 1..] {
            let distance = one.distance(*other);
            assert!(distance > 2 * NEAR_IDENTICAL_BITS_MAX, "{one} and {other} differ in {distance} bits");
        }
    }
}
