use muster_agent::control::Deed;
use muster_protocol::portal::Tier;

use super::workplace::{JPEG_LEVELS, SignedIn, TERMINAL, Workplace, without_screenshots};
use crate::support::desktops::{Sway, difference};
use crate::support::process::agent as command;
use crate::support::{AgentProcess, Page, eventually, holds};

/// What JPEG and the scaling take from a desktop on the wall, in levels of 256 in the mean.
const WALL_LEVELS: f64 = 4.0;

#[tokio::test(flavor = "multi_thread")]
async fn the_wall_and_the_focus_show_this_very_desktop_and_what_changes_on_it() {
    let mut place = Workplace::without_screenshots().await;
    let _agent = place.begin_work().await;
    let wall = Page::watch(&place.hub.url(), &place.admin, Tier::Wall).await;
    let focus = Page::watch(&place.hub.url(), &place.admin, Tier::Focus).await;
    let before = place.desktop.still_picture();
    focus.wait_until_it_shows(&before, JPEG_LEVELS).await;
    wall.wait_until_it_shows(&before.halved(), WALL_LEVELS).await;

    place.desktop.move_window(TERMINAL, 400, 180);
    let moved = place.desktop.still_picture();
    assert!(difference(&before, &moved) > 4.0 * WALL_LEVELS, "it moved");
    focus.wait_until_it_shows(&moved, JPEG_LEVELS).await;
    wall.wait_until_it_shows(&moved.halved(), WALL_LEVELS).await;

    place.desktop.open_terminal("100x26+40+40", "alarm", "printf '\\033[41m\\033[2J'; exec sleep 600");
    let red = place.desktop.still_picture();
    assert!(difference(&moved, &red) > 2.0 * WALL_LEVELS, "a red window");
    focus.wait_until_it_shows(&red, JPEG_LEVELS).await;
    wall.wait_until_it_shows(&red.halved(), WALL_LEVELS).await;
    assert!(focus.bytes() > wall.bytes(), "the focus is larger");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_focus_shows_a_wayland_desktop_and_what_opens_on_it() {
    let place = SignedIn::under(without_screenshots()).await;
    let folder = tempfile::tempdir_in("/tmp").unwrap();
    let mut sway = Sway::start(folder.path(), 960, 540);
    let mut agent = command(place.folder.path());
    agent.env("WAYLAND_DISPLAY", &sway.name).env("XDG_SESSION_TYPE", "wayland");
    let agent = AgentProcess::start_as(agent, place.folder.path()).await;
    agent.wait_online().await;
    agent.tell(Deed::PunchIn).await.unwrap();
    let focus = Page::watch(&place.hub.url(), &place.admin, Tier::Focus).await;
    let before = sway.still_picture("HEADLESS-1");
    focus.wait_until_it_shows(&before, JPEG_LEVELS).await;

    sway.open_terminal((200, 100), "printf '\\033[41m\\033[2J'");
    let red = sway.still_picture("HEADLESS-1");
    assert!(difference(&before, &red) > 4.0 * JPEG_LEVELS, "a red window");
    focus.wait_until_it_shows(&red, JPEG_LEVELS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_watches_is_shown_and_when_nobody_does_nothing_is_captured() {
    let place = Workplace::without_screenshots().await;
    let agent = place.begin_work().await;
    let person = Page::own(&place.hub.url(), &place.hub.employee().await).await;
    let status = || {
        let output = command(place.folder.path()).arg("status").output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    wait_until_asleep(&place, &agent).await;
    let unwatched = wakes(&agent);

    let watcher = Page::watch(&place.hub.url(), &place.admin, Tier::Wall).await;
    watcher.wait_for_picture().await;
    person.wait_for_watchers(&["ADMIN Example"]).await;
    let said = status();
    assert!(said.contains("ADMIN Example is watching screen now."), "{said}");
    assert!(wakes(&agent) > unwatched);

    drop(watcher);
    person.wait_for_watchers(&[]).await;
    wait_until_asleep(&place, &agent).await;
    let said = status();
    assert!(!said.contains("watching"), "{said}");
}

/// Waits until what happens on the desktop for three seconds does not wake the thread that captures.
async fn wait_until_asleep(place: &Workplace, agent: &AgentProcess) {
    eventually(|| async {
        let before = wakes(agent);
        place.desktop.type_slowly("ten keys\n\nten keys\n\nten keys\n\n");
        let after = wakes(agent);
        holds(before == after, after - before)
    })
    .await;
}

/// How often the thread that captures went to sleep.
fn wakes(agent: &AgentProcess) -> u64 {
    let threads = std::fs::read_dir(format!("/proc/{}/task", agent.id())).unwrap().map(|thread| thread.unwrap().path());
    let is_capture = |name: String| name.trim() == "capture";
    let mut capture = threads.filter(|thread| std::fs::read_to_string(thread.join("comm")).is_ok_and(is_capture));
    let status = std::fs::read_to_string(capture.next().unwrap().join("status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
    line.unwrap().trim().parse().unwrap()
}
