use muster_agent::platform::x11::X11Screens;
use muster_agent::platform::{CaptureError, Pixels, Screens};

use crate::support::desktops::{Desktop, Picture, until};

/// As far as the picture of a pointer reaches.
const POINTER: usize = 48;

fn grab(screens: &mut X11Screens, track: u32) -> Picture {
    let mut pixels = Pixels::default();
    screens.grab(track, &mut pixels).unwrap();
    Picture { width: pixels.width.into(), height: pixels.height.into(), bgrx: pixels.bgrx }
}

/// Splits the screen into two monitors, as two real ones would be.
fn split(desktop: &Desktop) {
    for (name, place, output) in
        [("LEFT", "960/250x1080/270+0+0", "screen"), ("RIGHT", "960/250x1080/270+960+0", "none")]
    {
        let done = desktop.on("xrandr").args(["--setmonitor", name, place, output]).status().unwrap();
        assert!(done.success());
    }
}

fn names(screens: &mut X11Screens) -> Vec<(u32, String)> {
    screens.displays().unwrap().into_iter().map(|display| (display.track, display.name)).collect()
}

#[test]
fn a_grab_is_what_another_program_sees_and_the_pointer() {
    let mut desktop = Desktop::start(1920, 1080);
    desktop.open_terminal("100x40+40+40", "words", "ls -la /usr/bin | head -200; exec sleep 600");
    desktop.point(1000, 900);
    let seen = desktop.still_picture();
    let mut screens = X11Screens::new(desktop.name.clone());
    let display = &screens.displays().unwrap()[0];
    assert_eq!((display.track, display.width, display.height), (0, 1920, 1080));
    let differences = grab(&mut screens, 0).differences(&seen);
    let is_at_pointer = |(x, y): &(usize, usize)| x.abs_diff(1000) < POINTER && y.abs_diff(900) < POINTER;
    assert!(differences.iter().all(is_at_pointer), "{:?}", differences.iter().find(|place| !is_at_pointer(place)));
    assert!(!differences.is_empty(), "the pointer is drawn");
}

#[test]
fn two_monitors_are_two_displays_and_each_shows_its_part() {
    let mut desktop = Desktop::start(1920, 1080);
    desktop.open_terminal("60x20+1100+100", "right", "seq 1 500; exec sleep 600");
    let mut screens = X11Screens::new(desktop.name.clone());
    assert_eq!(screens.displays().unwrap().len(), 1);
    split(&desktop);
    assert_eq!(names(&mut screens), [(0, "LEFT".to_owned()), (1, "RIGHT".to_owned())]);
    let seen = desktop.still_picture();
    for (track, left) in [(0, 0), (1, 960)] {
        let differences = grab(&mut screens, track).differences(&seen.cut(left, 0, 960, 1080));
        assert!(differences.iter().all(|(x, y)| left + x + POINTER > 1918 && y + POINTER > 1078), "{track}");
    }
}

#[test]
fn a_monitor_that_is_gone_is_said_and_the_other_keeps_its_number() {
    let desktop = Desktop::start(1920, 1080);
    split(&desktop);
    let mut screens = X11Screens::new(desktop.name.clone());
    assert_eq!(names(&mut screens).len(), 2);
    grab(&mut screens, 0);
    assert!(desktop.on("xrandr").args(["--delmonitor", "LEFT"]).status().unwrap().success());
    // Without it the output itself is a monitor again.
    until("the list is new", || names(&mut screens).contains(&(1, "RIGHT".to_owned())).then_some(()));
    assert!(!names(&mut screens).iter().any(|(_, name)| name == "LEFT"));
    assert!(desktop.on("xrandr").args(["--delmonitor", "RIGHT"]).status().unwrap().success());
    let mut pixels = Pixels::default();
    assert_eq!(screens.grab(1, &mut pixels), Err(CaptureError::Gone(1)));
    assert_eq!(names(&mut screens).len(), 1);
}

#[test]
fn a_screen_that_stands_still_has_not_changed_until_something_is_drawn_on_it() {
    let mut desktop = Desktop::start(1920, 1080);
    split(&desktop);
    desktop.open_terminal("60x20+100+100", "left", "exec cat");
    desktop.still_picture();
    let mut screens = X11Screens::new(desktop.name.clone());
    assert!(screens.may_have_changed(0), "it was never grabbed");
    until("both stand still", || {
        grab(&mut screens, 0);
        grab(&mut screens, 1);
        (!screens.may_have_changed(0) && !screens.may_have_changed(1)).then_some(())
    });
    desktop.type_text("hello");
    until("the typing is noticed", || screens.may_have_changed(0).then_some(()));
    assert!(!screens.may_have_changed(1), "nothing was drawn on the other one");
    grab(&mut screens, 0);
    until("it stands still again", || {
        let is_still = !screens.may_have_changed(0);
        if !is_still {
            grab(&mut screens, 0);
        }
        is_still.then_some(())
    });
}

#[test]
fn the_pointer_that_moves_is_a_change_where_it_is_and_where_it_was() {
    let desktop = Desktop::start(1920, 1080);
    split(&desktop);
    desktop.point(300, 300);
    let mut screens = X11Screens::new(desktop.name.clone());
    let mut is_changed_after = |place: (usize, usize)| {
        until("both stand still", || {
            grab(&mut screens, 0);
            grab(&mut screens, 1);
            (!screens.may_have_changed(0) && !screens.may_have_changed(1)).then_some(())
        });
        desktop.point(place.0, place.1);
        (screens.may_have_changed(0), screens.may_have_changed(1))
    };
    assert_eq!(is_changed_after((400, 400)), (true, false));
    assert_eq!(is_changed_after((1500, 400)), (true, true));
    assert_eq!(is_changed_after((1600, 400)), (false, true));
}

#[test]
fn a_server_that_died_is_said_and_one_that_comes_back_is_found() {
    let mut desktop = Desktop::start(640, 480);
    let name = desktop.name.clone();
    let mut screens = X11Screens::new(name.clone());
    grab(&mut screens, 0);
    desktop.crash();
    let mut pixels = Pixels::default();
    for _ in 0..2 {
        let error = screens.grab(0, &mut pixels).unwrap_err();
        assert!(matches!(error, CaptureError::NoDisplay(_)), "{error}");
    }
    drop(desktop);
    let again = Desktop::start_on(&name, 800, 600);
    let picture = grab(&mut screens, 0);
    assert_eq!((again.name.as_str(), picture.width, picture.height), (name.as_str(), 800, 600));
}

#[test]
fn without_a_display_the_error_says_what_to_do() {
    let error = X11Screens::new(String::new()).displays().unwrap_err();
    assert_eq!(
        error.to_string(),
        "there is no display to capture: DISPLAY is not set; start the agent inside a desktop session"
    );
    let error = X11Screens::new(":987".to_owned()).displays().unwrap_err();
    assert!(matches!(&error, CaptureError::NoDisplay(why) if why.contains("X server :987 does not answer")), "{error}");
}
