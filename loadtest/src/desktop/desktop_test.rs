use std::collections::BTreeSet;

use super::*;

const NOON: UtcMillis = UtcMillis(1_795_176_000_123);

fn picture(seed: u64, width: u16, sight: Sight) -> Picture {
    Desktop::new(seed, "Ada Example".into()).render(width, &sight, Vec::new())
}

fn pixels_that_differ(a: &Picture, b: &Picture) -> usize {
    a.rgb.chunks_exact(3).zip(b.rgb.chunks_exact(3)).filter(|(a, b)| a != b).count()
}

#[test]
fn the_same_moment_is_the_same_picture() {
    let first = picture(7, 640, Sight::live(NOON));
    let dirty = vec![0xAB; 9_999_999];
    let again = Desktop::new(7, "Ada Example".into()).render(640, &Sight::live(NOON), dirty);
    assert!(first == again, "a reused buffer or a second call changes the picture");
}

/// The 256-pixel tiles of a full-HD picture that differ.
fn tiles_that_differ(a: &Picture, b: &Picture) -> usize {
    let pixel = |x: usize, y: usize| (y * usize::from(a.width) + x) * 3;
    let rows_of = |row: usize| row * 256..usize::from(a.height).min((row + 1) * 256);
    let span = |column: usize| (column * 256, usize::from(a.width).min((column + 1) * 256));
    let differs = |column: usize, row: usize| {
        let (left, right) = span(column);
        rows_of(row).any(|y| a.rgb[pixel(left, y)..pixel(right, y)] != b.rgb[pixel(left, y)..pixel(right, y)])
    };
    let (columns, rows) = (usize::from(a.width).div_ceil(256), usize::from(a.height).div_ceil(256));
    (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row))).filter(|at| differs(at.0, at.1)).count()
}

#[test]
fn a_minute_of_work_moves_a_few_tiles_and_sometimes_none() {
    for seed in 0..6 {
        let desktop = Desktop::new(seed, "Ada".into()).full_hd();
        let at = |second: i64| desktop.render(1920, &Sight::live(NOON.plus(second * 1_000)), Vec::new());
        let mut before = at(0);
        let mut changed = Vec::new();
        for second in 1..=60 {
            let after = at(second);
            changed.push(tiles_that_differ(&before, &after));
            before = after;
        }
        let unchanged = changed.iter().filter(|tiles| **tiles == 0).count();
        changed.sort_unstable();
        assert!((8..=20).contains(&unchanged), "seed {seed}: {unchanged} of 60 seconds are the same picture");
        assert!((1..=20).contains(&changed[30]), "seed {seed}: {} of 40 tiles change in a usual second", changed[30]);
    }
}

#[test]
fn a_scene_moves_all_the_time() {
    for scene in [Scene::Typing, Scene::TerminalOutput, Scene::PageScroll] {
        let desktop = Desktop::new(7, "Ada Example".into()).showing(scene).full_hd();
        let at = |step: i64| desktop.render(1920, &Sight::live(NOON.plus(step * 500)), Vec::new());
        for step in 0..10 {
            let changed = tiles_that_differ(&at(step), &at(step + 1));
            assert!((1..40).contains(&changed), "{scene:?}, step {step}: {changed} tiles");
        }
    }
}

#[test]
fn nothing_moves_while_the_hands_are_off_but_the_minutes() {
    let desktop = Desktop::new(7, "Ada Example".into());
    let since = NOON.plus(-60_000);
    let at = |ms: i64| {
        let moment = DesktopMoment { wall: NOON.plus(ms), hands: Hands::OffSince(since) };
        desktop.render(1920, &Sight::clear(moment), Vec::new())
    };
    // The moment is 0.123 s after a full minute.
    assert!(at(0) == at(59_000), "something moved within a minute");
    assert!(at(0) != at(60_000), "the clock stands still");
    let bar = usize::from(desktop.screen().height_at(1920)) - layout::task_bar_height(desktop.screen()) as usize;
    assert!(at(0).rgb[..bar * 1920 * 3] == at(60_000).rgb[..bar * 1920 * 3], "a window moved although nobody typed");
}

#[test]
fn the_display_that_nobody_looks_at_stands_still() {
    let at = |display, ms| {
        let desktop = Desktop::of_displays(7, "Ada Example".into(), Displays::Two, display);
        desktop.render(480, &Sight::live(NOON.plus(ms)), Vec::new())
    };
    let mut moved = [0, 0];
    for step in 0..60 {
        for display in 0..2 {
            let differs = at(display, step * 1_000) != at(display, step * 1_000 + 500);
            moved[usize::from(display)] += usize::from(differs);
        }
    }
    assert!(moved[0] + moved[1] >= 40, "{moved:?}");
    assert!(moved.iter().all(|moved| *moved < 55), "one of them never rested: {moved:?}");
}

#[test]
fn a_locked_screen_shows_nothing_of_the_work() {
    let locked = |ms: i64| {
        let moment = DesktopMoment { wall: NOON.plus(ms), hands: Hands::Locked };
        picture(7, 480, Sight::clear(moment))
    };
    assert!(locked(0) == locked(30_000));
    assert!(pixels_that_differ(&locked(0), &picture(7, 480, Sight::live(NOON))) > 480 * 270 / 3);
}

#[test]
fn the_banner_lies_over_everything() {
    let desktop = Desktop::new(7, "Ada Example".into());
    let with = |banner: Option<&str>| {
        let sight = Sight { banner: banner.map(Into::into), ..Sight::live(NOON) };
        desktop.render(480, &sight, Vec::new())
    };
    let (without, mia) = (with(None), with(Some("Mia is watching this screen")));
    assert!(pixels_that_differ(&without, &mia) > 300);
    assert_eq!(with(Some(&"x".repeat(10_000))).rgb.len(), without.rgb.len());
}

#[test]
fn a_blurred_picture_keeps_its_size_and_loses_its_edges() {
    let desktop = Desktop::new(7, "Ada Example".into());
    let edges = |blur| {
        let picture = desktop.render(1920, &Sight { blur, ..Sight::live(NOON) }, Vec::new());
        assert_eq!((picture.width, picture.height), (1920, desktop.screen().height_at(1920)));
        picture
            .rgb
            .chunks_exact(3)
            .zip(picture.rgb[3..].chunks_exact(3))
            .filter(|(a, b)| a[1].abs_diff(b[1]) > 60)
            .count()
    };
    let (clear, light, strong) = (edges(Blur::None), edges(Blur::Light), edges(Blur::Strong));
    assert!(clear > 20_000 && light < clear / 10 && strong < clear / 10, "{clear}, {light}, {strong} edges");
}

/// What the clock of a wall picture says, by comparing it with clocks drawn alone.
fn read_clock(picture: &Picture, screen: Screen) -> String {
    let bar = layout::task_bar_height(screen);
    let height = bar * 2 / 3;
    let luma = |rgb: &[u8]| rgb.iter().map(|part| i64::from(*part)).sum::<i64>();
    let mut read = String::new();
    for template in "00:00:00.000".chars() {
        let candidates = if template == '0' { "0123456789".to_owned() } else { template.to_string() };
        let misfit = |candidate: &char| {
            let mut canvas = Canvas::new(screen, picture.width, Vec::new());
            canvas.fill(canvas.screen(), canvas::Color::hex(0x15171C));
            let text = format!("{read}{candidate}");
            let right = canvas.screen().right() - bar / 3;
            let x = right - canvas.clock_width(height, "00:00:00.000");
            let y = canvas.screen().bottom() - bar + (bar - height) / 2;
            canvas.clock(x, y, height, canvas::Color::hex(0xE6E8EE), &text);
            let (from, to) = (x + canvas.clock_width(height, &read), x + canvas.clock_width(height, &text));
            let drawn = canvas.finish();
            let scale = |at: i32| (at * i32::from(picture.width) / i32::from(screen.width)) as usize;
            let (top, bottom) = (scale(y), usize::from(picture.height));
            let columns = || scale(from)..scale(to).min(usize::from(picture.width));
            let at = |x: usize, y: usize| (y * usize::from(picture.width) + x) * 3;
            (top..bottom)
                .flat_map(|y| columns().map(move |x| at(x, y)))
                .map(|at| (luma(&picture.rgb[at..at + 3]) - luma(&drawn.rgb[at..at + 3])).pow(2))
                .sum::<i64>()
        };
        read.push(candidates.chars().min_by_key(misfit).unwrap());
    }
    read
}

#[test]
fn the_clock_can_be_read_off_a_wall_jpeg() {
    for screen in [(1920, 1080), (2560, 1440), (1366, 768), (1680, 1050)] {
        let screen = Screen { width: screen.0, height: screen.1 };
        let desktop = Desktop { screen, scene: Scene::Typing, ..Desktop::new(1, "Ada Example".into()) };
        for step in 0..12 {
            let wall = NOON.plus(step * 4_713_539);
            let jpeg = desktop.render(480, &Sight::live(wall), Vec::new()).to_jpeg(60).unwrap();
            let decoded = image::load_from_memory_with_format(&jpeg, image::ImageFormat::Jpeg).unwrap().to_rgb8();
            let (width, height) = (decoded.width() as u16, decoded.height() as u16);
            let seen = read_clock(&Picture { width, height, rgb: decoded.into_raw() }, screen);
            assert_eq!(seen, shell::ticking(wall.0 as u64), "{screen:?}");
        }
    }
}

#[test]
fn people_have_different_desktops() {
    let pictures: BTreeSet<Vec<u8>> = (0..40).map(|seed| picture(seed, 160, Sight::live(NOON)).rgb).collect();
    assert_eq!(pictures.len(), 40);
}

#[test]
fn every_width_has_its_height_and_nothing_is_drawn_outside() {
    for width in [1, 2, 17, 160, 333, 480, 1919, 1920] {
        for seed in 0..6 {
            let desktop = Desktop::new(seed, "Zoë Über-Långnamn von und zu Beispiel".into());
            let picture = desktop.render(width, &Sight::live(NOON), Vec::new());
            assert_eq!(picture.height, desktop.screen().height_at(width));
            assert_eq!(picture.rgb.len(), usize::from(width) * usize::from(picture.height) * 3);
        }
    }
}

#[test]
fn the_jpeg_is_the_picture() {
    let drawn = picture(3, 960, Sight::live(NOON));
    let jpeg = drawn.to_jpeg(90).unwrap();
    let decoded = image::load_from_memory_with_format(&jpeg, image::ImageFormat::Jpeg).unwrap().to_rgb8();
    assert_eq!(decoded.dimensions(), (960, u32::from(drawn.height)));
    let error: u64 = drawn.rgb.iter().zip(decoded.as_raw()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    let mean = error as f64 / drawn.rgb.len() as f64;
    assert!(mean < 4.0, "a mean difference of {mean:.1} of 255 is not this picture");
}

#[test]
fn a_small_picture_looks_like_the_large_one() {
    let large = picture(4, 1920, Sight::live(NOON));
    let small = picture(4, 480, Sight::live(NOON));
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
