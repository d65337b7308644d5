use std::collections::BTreeSet;

use super::*;

const NOON: UtcMillis = UtcMillis(1_795_176_000_123);

fn picture(seed: u64, width: u16, moment: DesktopMoment) -> Picture {
    Desktop::new(seed, "Ada Example".into()).render(width, moment, Vec::new())
}

fn pixels_that_differ(a: &Picture, b: &Picture) -> usize {
    a.rgb.chunks_exact(3).zip(b.rgb.chunks_exact(3)).filter(|(a, b)| a != b).count()
}

#[test]
fn the_same_moment_is_the_same_picture() {
    let first = picture(7, 640, DesktopMoment::live(NOON));
    let dirty = vec![0xAB; 9_999_999];
    let again = Desktop::new(7, "Ada Example".into()).render(640, DesktopMoment::live(NOON), dirty);
    assert!(first == again, "a reused buffer or a second call changes the picture");
}

#[test]
fn a_second_later_something_has_moved_but_not_everything() {
    for seed in 0..8 {
        let before = picture(seed, 960, DesktopMoment::live(NOON));
        let after = picture(seed, 960, DesktopMoment::live(NOON.plus(1_000)));
        let changed = pixels_that_differ(&before, &after);
        let all = before.rgb.len() / 3;
        assert!((20..all / 2).contains(&changed), "seed {seed}: {changed} of {all} pixels changed");
    }
}

#[test]
fn only_the_clock_moves_while_nobody_types() {
    let before = picture(7, 1920, DesktopMoment { wall: NOON, last_input: NOON });
    let after = picture(7, 1920, DesktopMoment { wall: NOON.plus(60_000), last_input: NOON });
    let rows = Desktop::new(7, "".into()).screen().height_at(1920) - layout::TASK_BAR_HEIGHT as u16;
    let above = usize::from(rows) * 1920 * 3;
    assert!(before.rgb[..above] == after.rgb[..above], "a window moved although nobody typed");
    assert!(before.rgb != after.rgb, "the clock stands still");
}

#[test]
fn people_have_different_desktops() {
    let pictures: BTreeSet<Vec<u8>> = (0..40).map(|seed| picture(seed, 160, DesktopMoment::live(NOON)).rgb).collect();
    assert_eq!(pictures.len(), 40);
}

#[test]
fn every_width_has_its_height_and_nothing_is_drawn_outside() {
    for width in [1, 2, 17, 160, 333, 480, 1919, 1920] {
        for seed in 0..6 {
            let desktop = Desktop::new(seed, "Zoë Über-Långnamn von und zu Beispiel".into());
            let picture = desktop.render(width, DesktopMoment::live(NOON), Vec::new());
            assert_eq!(picture.height, desktop.screen().height_at(width));
            assert_eq!(picture.rgb.len(), usize::from(width) * usize::from(picture.height) * 3);
        }
    }
}

#[test]
fn the_jpeg_is_the_picture() {
    let drawn = picture(3, 960, DesktopMoment::live(NOON));
    let jpeg = drawn.to_jpeg(90).unwrap();
    let decoded = image::load_from_memory_with_format(&jpeg, image::ImageFormat::Jpeg).unwrap().to_rgb8();
    assert_eq!(decoded.dimensions(), (960, u32::from(drawn.height)));
    let error: u64 = drawn.rgb.iter().zip(decoded.as_raw()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    let mean = error as f64 / drawn.rgb.len() as f64;
    assert!(mean < 4.0, "a mean difference of {mean:.1} of 255 is not this picture");
}

#[test]
fn a_small_picture_looks_like_the_large_one() {
    let large = picture(4, 1920, DesktopMoment::live(NOON));
    let small = picture(4, 480, DesktopMoment::live(NOON));
    let mut error = 0;
    for y in 0..usize::from(small.height) {
        for x in 0..480 {
            for channel in 0..3 {
                let at = |dx: usize, dy: usize| {
                    let (x, y) = (4 * x + dx, (4 * y + dy).min(usize::from(large.height) - 1));
                    u32::from(large.rgb[(y * 1920 + x) * 3 + channel])
                };
                let mean =
                    (0..4).flat_map(|dy| (0..4).map(move |dx| (dx, dy))).map(|(dx, dy)| at(dx, dy)).sum::<u32>() / 16;
                error += mean.abs_diff(u32::from(small.rgb[(y * 480 + x) * 3 + channel]));
            }
        }
    }
    let mean = f64::from(error) / small.rgb.len() as f64;
    assert!(mean < 8.0, "a mean difference of {mean:.1} of 255");
}
