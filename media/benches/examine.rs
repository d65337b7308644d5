//! CPU per uploaded screenshot, without encryption and disk: `cargo bench -p muster-media`.

#![allow(clippy::unwrap_used, reason = "a picture that does not encode ends the benchmark")]

#[path = "../tests/pictures/drawn.rs"]
#[expect(dead_code, reason = "shared with the tests, which draw more kinds")]
mod drawn;

use criterion::{Criterion, criterion_group, criterion_main};
use muster_media::{examine, inspect};

fn full_hd(criterion: &mut Criterion) {
    let picture = drawn::desktop(1920, 1080, 1, 1);
    for (name, bytes) in [("jpeg", drawn::jpeg(&picture, 75)), ("png", drawn::png(&picture))] {
        criterion.bench_function(&format!("inspect/1080p/{name}"), |bencher| bencher.iter(|| inspect(&bytes)));
        criterion.bench_function(&format!("examine/1080p/{name}"), |bencher| bencher.iter(|| examine(&bytes)));
    }
}

criterion_group!(benches, full_hd);
criterion_main!(benches);
