use muster_agent::platform::Presence;
use muster_agent::platform::x11::X11Presence;

use crate::support::desktops::{Desktop, until};

#[test]
fn keys_and_the_mouse_are_the_last_input_and_time_passes_without() {
    let desktop = Desktop::start(640, 480);
    let mut presence = X11Presence::new(desktop.name.clone());
    type Input = fn(&Desktop);
    let inputs: [Input; 2] = [|desktop| desktop.type_text("a"), |desktop| desktop.point(100, 100)];
    for input in inputs {
        let before = until("time passes", || presence.idle_ms().ok().filter(|idle_ms| *idle_ms >= 700));
        input(&desktop);
        let after = presence.idle_ms().unwrap();
        assert!(after < before, "{before} ms, then {after}");
    }
}

#[test]
fn the_last_input_does_not_come_nearer_by_itself() {
    let desktop = Desktop::start(640, 480);
    let mut presence = X11Presence::new(desktop.name.clone());
    let mut last = presence.idle_ms().unwrap();
    until("a second passes", || {
        let idle_ms = presence.idle_ms().unwrap();
        assert!(idle_ms >= last, "{last} ms, then {idle_ms}");
        last = idle_ms;
        (idle_ms > 1_000).then_some(())
    });
}

#[test]
fn a_new_monitor_is_noticed_once() {
    let desktop = Desktop::start(640, 480);
    let mut presence = X11Presence::new(desktop.name.clone());
    presence.idle_ms().unwrap();
    assert!(presence.displays_changed(), "a server that was just found");
    assert!(!presence.displays_changed());
    assert!(
        desktop.on("xrandr").args(["--setmonitor", "LEFT", "320/80x480/120+0+0", "screen"]).status().unwrap().success()
    );
    until("it is noticed", || {
        presence.idle_ms().unwrap();
        presence.displays_changed().then_some(())
    });
    presence.idle_ms().unwrap();
    assert!(!presence.displays_changed());
}

#[test]
fn without_a_server_it_is_an_error_and_the_session_counts_as_unlocked() {
    let mut presence = X11Presence::new(":987".to_owned());
    let error = presence.idle_ms().unwrap_err().to_string();
    assert!(error.contains("X server :987 does not answer"), "{error}");
    assert!(!presence.is_locked());
}
