//! Wall and focus: what the agent is asked for, and who gets which tiles.

use muster_protocol::agent::EventKind;
use muster_protocol::frame::{FrameKind, TIER_FOCUS};
use muster_protocol::portal::TrackPhase;
use muster_protocol::tiles::read_tiles;

use super::{E1, Scene, quick};
use crate::support::HubBuilder;
use crate::support::frames::{FOCUS, Frame, jpeg};
use crate::support::viewer::Shown;

/// All places of a picture of the size [`FOCUS`].
const ALL: [(u8, u8); 6] = [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1)];

/// Where the tiles of a picture are, and that they are those of the messages in which they came.
fn places(shown: &Shown) -> Vec<(u8, u8)> {
    assert_eq!((shown.header.kind, shown.header.tier), (FrameKind::Tiles, TIER_FOCUS));
    read_tiles(&shown.body).unwrap().iter().map(|tile| (tile.column, tile.row)).collect()
}

#[tokio::test]
async fn the_agent_is_asked_for_the_most_that_anybody_needs() {
    let mut scene = Scene::open(HubBuilder::default().set("MUSTER__LIVE__LINGER", "500ms")).await;
    let (mut wall, mut both) = (scene.viewer().await, scene.viewer().await);
    wall.watch(&E1).await;
    assert_eq!(scene.agent.watched().await.width, 480);
    both.focus(&E1, ("E1", 0)).await;
    let watch = scene.agent.watched().await;
    assert_eq!((watch.width, watch.fps, watch.quality), (1920, 4.0, 75));
    both.watch(&E1).await;
    let watch = scene.agent.watched().await;
    assert_eq!((watch.width, watch.fps, watch.quality), (480, 1.0, 60));
    both.watch(&[]).await;
    wall.until("E1", 0, TrackPhase::Waiting).await;
    scene.agent.note(EventKind::WorkContinued).await;
    wall.watch(&[]).await;
    scene.agent.unwatched(0).await;
}

#[tokio::test]
async fn a_viewer_gets_the_tiles_that_it_lacks() {
    let mut scene = Scene::open(quick()).await;
    let mut first = scene.viewer().await;
    first.focus(&E1, ("E1", 0)).await;
    assert_eq!(scene.agent.watched().await.width, 1920);
    let agent = &mut scene.agent;

    let complete = Frame::tiles(1, FOCUS, &ALL);
    agent.show_one(&complete).await;
    let shown = first.picture().await;
    let focus = shown.header.track;
    assert_eq!(places(&shown), ALL);
    assert!(shown.body == complete.body && (shown.header.width, shown.header.height) == FOCUS);

    let changed = Frame::tiles(2, FOCUS, &[(1, 1)]);
    agent.show_one(&changed).await;
    assert_eq!(first.picture().await.body, changed.body);

    // The wall beside it, under a number of its own.
    agent.show_one(&Frame::wall(3)).await;
    let wall = first.picture().await;
    assert_eq!((wall.header.kind, &wall.body), (FrameKind::Whole, &Frame::wall(3).body));
    assert!(wall.header.track < focus);

    // Who joins later gets all of them, each as new as it is. The agent is not asked again.
    let mut second = Scene::viewer(&scene).await;
    second.focus(&[], ("E1", 0)).await;
    let joined = second.picture().await;
    assert_eq!(places(&joined), ALL);
    let tiles = read_tiles(&joined.body).unwrap();
    assert_eq!(tiles[4], read_tiles(&changed.body).unwrap()[0]);
    assert_eq!(tiles[0], read_tiles(&complete.body).unwrap()[0]);
    let agent = &mut scene.agent;
    agent.show_one(&Frame::tiles(4, FOCUS, &[(0, 0), (2, 1)])).await;
    assert_eq!(places(&second.picture().await), [(0, 0), (2, 1)]);
    assert_eq!(places(&first.picture_of(focus).await), [(0, 0), (2, 1)]);
    agent.note(EventKind::WorkContinued).await;
    let asked = agent.orders().iter().filter(|order| format!("{order:?}").starts_with("Watch(")).count();
    assert_eq!(asked, 0, "{:?}", agent.orders());
}

#[tokio::test]
async fn tiles_without_their_grid_are_asked_for_again() {
    let mut scene = Scene::open(quick()).await;
    let mut viewer = scene.viewer().await;
    viewer.focus(&[], ("E1", 0)).await;
    let asked = scene.agent.watched().await;
    let agent = &mut scene.agent;
    // Nothing was complete yet; then a grid of another size.
    agent.show_one(&Frame::tiles(1, FOCUS, &[(0, 0)])).await;
    assert_eq!(agent.watched().await, asked, "the same again: the next picture has to be complete");
    agent.show_one(&Frame::tiles(2, FOCUS, &ALL)).await;
    assert_eq!(places(&viewer.picture().await), ALL);
    agent.show_one(&Frame::tiles(3, (512, 256), &[(1, 0)])).await;
    assert_eq!(agent.watched().await, asked);
    agent.show_one(&Frame::tiles(4, (512, 256), &[(0, 0), (1, 0)])).await;
    let turned = viewer.picture().await;
    assert_eq!((places(&turned), (turned.header.width, turned.header.height)), (vec![(0, 0), (1, 0)], (512, 256)));

    // An agent without tiles sends whole pictures.
    let whole = Frame::whole(5, (640, 360), jpeg((640, 360), 5));
    agent.show_one(&whole).await;
    let shown = viewer.picture().await;
    assert_eq!((shown.header.kind, shown.header.tier, &shown.body), (FrameKind::Whole, TIER_FOCUS, &whole.body));
    // After it, tiles have to be a grid again.
    agent.show_one(&Frame::tiles(6, (640, 360), &[(0, 0)])).await;
    assert_eq!(agent.watched().await, asked);

    // A picture without a changed tile says that the last one holds.
    agent.show_one(&Frame::tiles(7, FOCUS, &ALL)).await;
    let grid = viewer.picture().await;
    agent.show_one(&Frame::tiles(8, FOCUS, &[])).await;
    let same = viewer.picture().await;
    assert_eq!((same.header.kind, same.header.seq), (FrameKind::Same, grid.header.seq));
}
