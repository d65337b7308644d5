use muster_agent::platform::wayland::WaylandScreens;
use muster_agent::platform::{CaptureError, Pixels, Screens};
use tempfile::TempDir;

use crate::support::desktops::{Picture, Sway, until};

fn start() -> (TempDir, Sway) {
    let folder = tempfile::tempdir_in("/tmp").unwrap();
    let sway = Sway::start(folder.path(), 640, 400);
    (folder, sway)
}

/// The same with a second display, and a window on each.
fn start_with_two() -> (TempDir, Sway) {
    let (folder, mut sway) = start();
    sway.say("create_output");
    sway.say("output HEADLESS-2 resolution 800x300 position 640 0");
    sway.open_terminal((40, 30), "seq 1 200");
    sway.open_terminal((700, 20), "ls /usr/bin | head -200");
    (folder, sway)
}

fn grab(screens: &mut WaylandScreens, track: u32) -> Picture {
    let mut pixels = Pixels::default();
    screens.grab(track, &mut pixels).unwrap();
    // What the fourth byte of a pixel is means nothing.
    pixels.bgrx.chunks_exact_mut(4).for_each(|pixel| pixel[3] = 0);
    Picture { width: pixels.width.into(), height: pixels.height.into(), bgrx: pixels.bgrx }
}

fn displays(screens: &mut WaylandScreens) -> Vec<(u32, String, u16, u16, bool)> {
    let named = screens.displays().unwrap().into_iter();
    named.map(|it| (it.track, it.name, it.width, it.height, it.primary)).collect()
}

#[test]
fn a_grab_is_what_another_program_sees_on_each_display() {
    let (_folder, sway) = start_with_two();
    let mut screens = WaylandScreens::new(sway.name.clone());
    let expected = [(0, "HEADLESS-1".to_owned(), 640, 400, true), (1, "HEADLESS-2".to_owned(), 800, 300, false)];
    until("both have their size", || (displays(&mut screens) == expected).then_some(()));
    for (track, name) in [(0, "HEADLESS-1"), (1, "HEADLESS-2")] {
        let seen = sway.still_picture(name);
        assert!(seen.colours() > 2, "there is a window with words on {name}");
        assert_eq!(grab(&mut screens, track).differences(&seen), [], "{name}");
    }
}

#[test]
fn a_display_that_is_turned_is_seen_upright() {
    let (_folder, mut sway) = start();
    sway.open_terminal((20, 10), "ls /usr/bin | head -200");
    let mut screens = WaylandScreens::new(sway.name.clone());
    for turn in ["90", "180", "270", "flipped", "flipped-90", "flipped-180", "flipped-270", "normal"] {
        sway.say(&format!("output HEADLESS-1 transform {turn}"));
        let seen = sway.still_picture("HEADLESS-1");
        let (width, height) = if turn.ends_with("90") || turn.ends_with("270") { (400, 640) } else { (640, 400) };
        assert_eq!((seen.width, seen.height), (width, height), "{turn}");
        until(turn, || (grab(&mut screens, 0) == seen).then_some(()));
        let [(_, _, told_width, told_height, _)] = displays(&mut screens)[..] else { panic!("one display") };
        assert_eq!((usize::from(told_width), usize::from(told_height)), (width, height), "{turn}");
    }
}

#[test]
fn a_screen_that_stands_still_has_not_changed_until_something_is_drawn_on_it() {
    let (_folder, sway) = start_with_two();
    sway.still_picture("HEADLESS-1");
    sway.still_picture("HEADLESS-2");
    let mut screens = WaylandScreens::new(sway.name.clone());
    assert!(screens.may_have_changed(0), "it was never grabbed");
    let until_still = |screens: &mut WaylandScreens| {
        let mut looks = 0;
        until("both stand still", || {
            let is_changed = [0, 1].map(|track| screens.may_have_changed(track)).contains(&true);
            if is_changed {
                grab(screens, 0);
                grab(screens, 1);
            }
            // What was drawn before is said a frame later.
            looks = if is_changed { 0 } else { looks + 1 };
            (looks == 5).then_some(())
        });
    };
    until_still(&mut screens);
    sway.say("[app_id=foot] move left 5");
    until("what moves on the first is noticed", || screens.may_have_changed(0).then_some(()));
    until_still(&mut screens);
    screens.rest();
    assert!(screens.may_have_changed(0), "after a rest nothing is known");
    assert_eq!(grab(&mut screens, 0).differences(&sway.still_picture("HEADLESS-1")), []);
}

#[test]
fn a_display_that_is_plugged_in_is_found_and_one_that_never_was_is_gone() {
    let (_folder, sway) = start();
    let mut screens = WaylandScreens::new(sway.name.clone());
    let mut pixels = Pixels::default();
    assert_eq!(screens.grab(1, &mut pixels), Err(CaptureError::Gone(1)));
    let first = grab(&mut screens, 0);
    sway.say("create_output");
    sway.say("output HEADLESS-2 resolution 320x200 position 640 0");
    until("the second is there in its size", || {
        let seconds = displays(&mut screens).into_iter().nth(1);
        (seconds == Some((1, "HEADLESS-2".to_owned(), 320, 200, false))).then_some(())
    });
    assert_eq!(grab(&mut screens, 1).width, 320);
    assert_eq!(grab(&mut screens, 0).differences(&first), []);
}

#[test]
fn a_compositor_that_died_is_said_and_one_that_comes_back_is_found() {
    let (folder, mut sway) = start();
    let mut screens = WaylandScreens::new(sway.name.clone());
    grab(&mut screens, 0);
    sway.crash();
    let mut pixels = Pixels::default();
    for _ in 0..2 {
        let error = screens.grab(0, &mut pixels).unwrap_err();
        assert!(matches!(error, CaptureError::NoDisplay(_)), "{error}");
    }
    drop(sway);
    let again = Sway::start(folder.path(), 800, 600);
    assert_eq!(again.name, format!("{}/wayland-1", folder.path().display()));
    until("it has its size", || {
        let picture = grab(&mut screens, 0);
        ((picture.width, picture.height) == (800, 600)).then_some(())
    });
}

#[test]
fn without_a_compositor_the_error_says_what_to_do() {
    let error = WaylandScreens::new(String::new()).displays().unwrap_err();
    assert_eq!(
        error.to_string(),
        "there is no display to capture: WAYLAND_DISPLAY is not set; start the agent inside a desktop session"
    );
    let error = WaylandScreens::new("/nowhere/wayland-9".to_owned()).displays().unwrap_err();
    assert!(matches!(&error, CaptureError::NoDisplay(why) if why.contains("does not answer")), "{error}");
}
