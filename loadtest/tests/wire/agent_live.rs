//! The simulated agent's live pictures, against a door that speaks the protocol by hand.

use muster_loadtest::agent::AgentCommand;
use muster_loadtest::agent::behaviour::Command;
use muster_loadtest::agent::display::FocusPictures;
use muster_loadtest::agent::pace::Pause;
use muster_loadtest::agent::{Habits, Screenshots};
use muster_loadtest::desktop::{Displays, Scene};
use muster_protocol::UtcMillis;
use muster_protocol::agent::{AgentDown, AgentUp, BeatState, Watch, Watcher, Welcome};
use muster_protocol::frame::{FrameHeader, FrameKind, TIER_FOCUS, TIER_WALL};
use muster_protocol::policy::Policy;
use muster_protocol::tiles::{grid_of, read_tiles, tile_size};

use crate::support::{FakeDoor, FakeSession, Heard, POLICY, TestAgent, welcome};

/// No portal door is needed: nothing is uploaded.
const NO_REST: &str = "http://127.0.0.1:9";
/// Somebody who never stops typing: every look at the screen shows something new.
const TYPIST: Habits = Habits { screenshots: Screenshots::Never, scene: Scene::Typing, ..Habits::OFFICE };
const WALL: Watch = Watch { track: 0, fps: 60.0, width: 160, quality: 50 };
const FOCUS: Watch = Watch { width: 1280, ..WALL };
/// Beats come every 25 ms: so many take several times as long as a picture.
const SILENT_BEATS: usize = 12;

async fn watch(session: &mut FakeSession, watch: Watch) {
    session.say(AgentDown::Watch(watch)).await;
}

async fn take(session: &mut FakeSession, header: &FrameHeader) {
    session.say(AgentDown::Got { track: header.track, seq: header.seq }).await;
}

/// The next picture of `tier`, with everything before it taken.
async fn picture_of(session: &mut FakeSession, tier: u8) -> (FrameHeader, Vec<u8>) {
    loop {
        let (header, body) = session.frame().await;
        take(session, &header).await;
        if header.tier == tier {
            return (header, body);
        }
    }
}

async fn expect_silence(session: &mut FakeSession, why: &str) {
    for _ in 0..SILENT_BEATS {
        match session.hear().await {
            Heard::Said(AgentUp::Beat(_) | AgentUp::Events(_)) => {}
            other => panic!("{other:?} {why}"),
        }
    }
}

/// Width and height of a JPEG that decodes.
fn size_of(jpeg: &[u8]) -> (u16, u16) {
    let decoded = image::load_from_memory_with_format(jpeg, image::ImageFormat::Jpeg).unwrap();
    (decoded.width() as u16, decoded.height() as u16)
}

/// How many tiles a body has, each with the size of its place.
fn tiles_in(header: &FrameHeader, body: &[u8]) -> usize {
    assert_eq!((header.kind, header.tier), (FrameKind::Tiles, TIER_FOCUS));
    let tiles = read_tiles(body).unwrap();
    for tile in &tiles {
        let place = tile_size(header.width, header.height, tile.column, tile.row);
        assert_eq!(place, Some(size_of(tile.jpeg)), "tile {}, {}", tile.column, tile.row);
    }
    tiles.len()
}

fn all_tiles(header: &FrameHeader) -> usize {
    let (columns, rows) = grid_of(header.width, header.height);
    usize::from(columns) * usize::from(rows)
}

#[tokio::test]
async fn there_is_one_unacknowledged_picture_at_most() {
    let door = FakeDoor::open().await;
    let _agent = TestAgent::start(&door, NO_REST, TYPIST);
    let mut session = door.welcome(welcome(0)).await;
    watch(&mut session, WALL).await;
    let (first, picture) = session.frame().await;
    assert_eq!((first.kind, first.tier, first.seq, first.track), (FrameKind::Whole, TIER_WALL, 1, 0));
    assert_eq!(size_of(&picture), (first.width, first.height));
    assert_eq!((first.width, first.length as usize), (160, picture.len()));
    expect_silence(&mut session, "while picture 1 was not taken").await;

    take(&mut session, &first).await;
    let (second, _) = session.frame().await;
    assert_eq!((second.seq, second.kind), (2, FrameKind::Whole));
    assert!(second.captured_at_ms > first.captured_at_ms, "the picture from before the answer, not the newest");

    session.say(AgentDown::Unwatch { track: 0 }).await;
    take(&mut session, &second).await;
    expect_silence(&mut session, "although nobody watches").await;

    watch(&mut session, WALL).await;
    assert_eq!(session.frame().await.0.seq, 3, "the count goes on");
}

#[tokio::test]
async fn the_focus_is_tiles_with_a_wall_picture_beside_them() {
    let door = FakeDoor::open().await;
    let _agent = TestAgent::start(&door, NO_REST, TYPIST);
    let mut session = door.welcome(welcome(0)).await;
    watch(&mut session, FOCUS).await;
    let (mut walls, mut changed, mut captured_at_ms) = (0, Vec::new(), Vec::new());
    for number in 1..=12 {
        let (header, body) = session.frame().await;
        assert_eq!(header.seq, number, "both tiers share the count");
        if header.tier == TIER_WALL {
            assert_eq!((header.kind, header.width), (FrameKind::Whole, 480));
            assert_eq!(size_of(&body), (header.width, header.height));
            walls += 1;
            captured_at_ms.push(header.captured_at_ms);
        } else {
            assert_eq!(header.width, 1280);
            changed.push((tiles_in(&header, &body), all_tiles(&header)));
        }
        take(&mut session, &header).await;
    }
    let (first, all) = changed[0];
    assert_eq!(first, all, "the first is complete");
    // The whole editor may scroll once.
    let few = changed.iter().filter(|(tiles, all)| (1..=all / 3).contains(tiles)).count();
    assert!(few >= changed.len() - 2, "{changed:?}");
    assert!(walls >= 1);
    assert!(captured_at_ms.windows(2).all(|pair| pair[1] - pair[0] >= 750), "more than one a second");

    // The hub lost tiles and says the same again.
    watch(&mut session, FOCUS).await;
    loop {
        let (header, body) = picture_of(&mut session, TIER_FOCUS).await;
        if tiles_in(&header, &body) == all_tiles(&header) {
            break;
        }
    }
}

#[tokio::test]
async fn an_agent_without_tiles_sends_whole_focus_pictures() {
    let door = FakeDoor::open().await;
    let _agent = TestAgent::start(&door, NO_REST, Habits { focus_pictures: FocusPictures::Whole, ..TYPIST });
    let mut session = door.welcome(welcome(0)).await;
    watch(&mut session, FOCUS).await;
    for _ in 0..2 {
        let (header, body) = picture_of(&mut session, TIER_FOCUS).await;
        assert_eq!((header.kind, size_of(&body)), (FrameKind::Whole, (1280, header.height)));
    }
}

#[tokio::test]
async fn an_unchanged_screen_costs_a_header() {
    let door = FakeDoor::open().await;
    let agent = TestAgent::start(&door, NO_REST, TYPIST);
    let mut session = door.welcome(welcome(0)).await;
    watch(&mut session, FOCUS).await;
    let (_, _) = picture_of(&mut session, TIER_WALL).await;
    assert!(agent.handle.tell(AgentCommand::Person(Command::Pause(Pause::HandsOff))).await);
    let (mut newest, mut unchanged) = (0, 0);
    while unchanged < 3 {
        let (header, body) = picture_of(&mut session, TIER_FOCUS).await;
        if header.kind == FrameKind::Same {
            assert_eq!((header.seq, header.length, body.len()), (newest, 0, 0));
            assert_eq!(header.width, 1280);
            unchanged += 1;
        } else {
            (newest, unchanged) = (header.seq, 0);
        }
    }
    assert!(agent.handle.tell(AgentCommand::Person(Command::Resume)).await);
    while picture_of(&mut session, TIER_FOCUS).await.0.kind == FrameKind::Same {}
}

/// The upper edge of a wall picture.
fn upper_edge(jpeg: &[u8]) -> Vec<u8> {
    let decoded = image::load_from_memory_with_format(jpeg, image::ImageFormat::Jpeg).unwrap().to_rgb8();
    decoded.into_raw()[..480 * 3 * 12].to_vec()
}

#[tokio::test]
async fn who_watches_is_shown_on_their_display() {
    let door = FakeDoor::open().await;
    let agent = TestAgent::start(&door, NO_REST, Habits { displays: Displays::Two, ..TYPIST });
    let mut session = door.welcome(welcome(0)).await;
    // Of a locked screen only the clock in its middle changes.
    assert!(agent.handle.tell(AgentCommand::Person(Command::Pause(Pause::Locked))).await);
    while session.beat().await.state != BeatState::Locked {}
    for track in [0, 1] {
        watch(&mut session, Watch { track, width: 480, ..WALL }).await;
    }
    let mut edges = [Vec::new(), Vec::new()];
    while edges.iter().any(Vec::is_empty) {
        let (header, picture) = session.frame().await;
        take(&mut session, &header).await;
        if header.kind == FrameKind::Whole {
            edges[header.track as usize] = upper_edge(&picture);
        }
    }
    let mia = Watcher { name: "Mia Moser".to_owned(), since: UtcMillis(0), track: 1 };
    session.say(AgentDown::Watchers { people: vec![mia] }).await;
    loop {
        let (header, picture) = session.frame().await;
        take(&mut session, &header).await;
        if header.kind == FrameKind::Whole && upper_edge(&picture) != edges[header.track as usize] {
            assert_eq!(header.track, 1, "the banner is on the other display");
            break;
        }
    }
}

#[tokio::test]
async fn two_displays_have_a_track_each() {
    let door = FakeDoor::open().await;
    let _agent = TestAgent::start(&door, NO_REST, Habits { displays: Displays::Two, ..TYPIST });
    let mut session = door.welcome(welcome(0)).await;
    let displays = session.hello.displays.clone();
    let said: Vec<(u32, bool)> = displays.iter().map(|display| (display.track, display.primary)).collect();
    assert_eq!(said, [(0, true), (1, false)]);
    for track in [0, 1, 7] {
        watch(&mut session, Watch { track, ..FOCUS }).await;
    }
    // Neither waits for the other; a display that is not there sends nothing.
    let mut first = [session.frame().await.0, session.frame().await.0];
    expect_silence(&mut session, "while both have a picture on the way").await;
    first.sort_by_key(|header| header.track);
    for (header, display) in first.iter().zip(&displays) {
        assert_eq!((header.track, header.seq), (display.track, 1));
        let (width, height) = (u32::from(display.width), u32::from(display.height));
        assert_eq!(u32::from(header.height), (1280 * height + width / 2) / width, "another shape than in hello");
    }
}

#[tokio::test]
async fn live_view_that_the_policy_forbids_ends_at_once_and_begins_complete() {
    let door = FakeDoor::open().await;
    let _agent = TestAgent::start(&door, NO_REST, TYPIST);
    let mut session = door.welcome(welcome(0)).await;
    watch(&mut session, FOCUS).await;
    let (mut newest, _) = picture_of(&mut session, TIER_FOCUS).await;
    session.say(AgentDown::Policy(Policy { version: 2, live_view: false, ..POLICY })).await;
    // What was under way when it was forbidden comes and is taken; after that there is silence.
    let mut silent = 0;
    while silent < SILENT_BEATS {
        match session.hear().await {
            Heard::Frame(header, _) => {
                take(&mut session, &header).await;
                (newest, silent) = (header, 0);
            }
            Heard::Said(_) => silent += 1,
            Heard::Ended => panic!("the agent left"),
        }
    }
    session.say(AgentDown::Policy(Policy { version: 3, ..POLICY })).await;
    let (header, _) = session.frame().await;
    assert!(header.seq > newest.seq);
}

#[tokio::test]
async fn a_message_is_never_larger_than_the_hub_takes() {
    const BYTES_MAX: u32 = 100_000;
    let door = FakeDoor::open().await;
    let _agent = TestAgent::start(&door, NO_REST, TYPIST);
    let mut said = welcome(0);
    said.limits.frame_bytes_max = BYTES_MAX;
    let mut session = door.welcome(Welcome { ..said }).await;
    watch(&mut session, Watch { quality: 100, width: 1920, ..FOCUS }).await;
    let (header, body) = picture_of(&mut session, TIER_FOCUS).await;
    assert_eq!(tiles_in(&header, &body), all_tiles(&header));
    assert!(body.len() + 32 <= BYTES_MAX as usize, "{} bytes", body.len());
}
