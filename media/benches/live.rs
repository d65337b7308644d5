//! CPU per live picture at the hub, and of finding changed tiles at the agent: `cargo bench -p muster-media --bench live`.

#![allow(clippy::unwrap_used, reason = "a picture that does not encode ends the benchmark")]

#[path = "../tests/pictures/drawn.rs"]
#[expect(dead_code, reason = "shared with the tests, which draw more kinds")]
mod drawn;

use criterion::{Criterion, criterion_group, criterion_main};
use muster_media::live::{Granted, Sent, TileChanges, TrackSlot, check_frame, shrink_jpeg};
use muster_protocol::UtcMillis;
use muster_protocol::frame::{FrameHeader, FrameKind, TIER_FOCUS, TIER_WALL};
use muster_protocol::portal::Tier;
use muster_protocol::tiles::{Tile, grid_of, tile_size, write_tiles};

const FOCUS: Granted = Granted { width: 1920 };

fn message(kind: FrameKind, tier: u8, (width, height): (u16, u16), body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap();
    let (flags, captured_at_ms, part, parts) = (0, 0, 0, 1);
    let header =
        FrameHeader { kind, tier, flags, track: 1, seq: 1, length, captured_at_ms, width, height, part, parts };
    [&header.encode()[..], body].concat()
}

/// A full-HD desktop as all of its tiles.
fn complete_grid() -> Vec<u8> {
    let (width, height) = (1920, 1080);
    let picture = drawn::desktop(1920, 1080, 1, 1);
    let (columns, rows) = grid_of(width, height);
    let mut owned = vec![];
    for (column, row) in (0..rows as u8).flat_map(|row| (0..columns as u8).map(move |column| (column, row))) {
        let (w, h) = tile_size(width, height, column, row).unwrap();
        let (x, y) = (u32::from(column) * 256, u32::from(row) * 256);
        let tile = image::imageops::crop_imm(&picture, x, y, u32::from(w), u32::from(h)).to_image();
        owned.push((column, row, drawn::jpeg(&tile, 75)));
    }
    let tiles: Vec<_> = owned.iter().map(|(column, row, jpeg)| Tile { column: *column, row: *row, jpeg }).collect();
    message(FrameKind::Tiles, TIER_FOCUS, (width, height), &write_tiles(&tiles))
}

fn hub(criterion: &mut Criterion) {
    let wall_jpeg = drawn::jpeg(&drawn::desktop(480, 270, 1, 1), 60);
    let wall = message(FrameKind::Whole, TIER_WALL, (480, 270), &wall_jpeg);
    let full_hd = drawn::jpeg(&drawn::desktop(1920, 1080, 1, 1), 75);
    for (name, tier, bytes) in [("wall", Tier::Wall, wall), ("40 tiles", Tier::Focus, complete_grid())] {
        println!("{name}: {} bytes", bytes.len());
        criterion.bench_function(&format!("check/{name}"), |bencher| bencher.iter(|| check_frame(&bytes, FOCUS)));
        let checked = check_frame(&bytes, FOCUS).unwrap();
        let mut slot = TrackSlot::new();
        criterion.bench_function(&format!("put/{name}"), |bencher| bencher.iter(|| slot.put(&checked, UtcMillis(0))));
        let poll = || slot.newer(tier, Sent::default());
        criterion.bench_function(&format!("newer, all of it/{name}"), |bencher| bencher.iter(poll));
    }
    criterion.bench_function("shrink/1080p to 320", |bencher| bencher.iter(|| shrink_jpeg(&full_hd, 320)));
}

fn agent(criterion: &mut Criterion) {
    let pixels: Vec<u8> =
        drawn::desktop(1920, 1080, 1, 1).pixels().flat_map(|pixel| [pixel[2], pixel[1], pixel[0], 0]).collect();
    let mut changes = TileChanges::new();
    criterion.bench_function("changed tiles/1080p", |bencher| {
        bencher.iter(|| changes.changed(&pixels, 1920, 1080, 1920 * 4, 4));
    });
}

criterion_group!(benches, hub, agent);
criterion_main!(benches);
