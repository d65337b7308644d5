//! CPU per picture at the agent: `cargo bench -p muster-media --bench encode`.

#![allow(clippy::unwrap_used, reason = "a picture that does not encode ends the benchmark")]

#[path = "../tests/pictures/drawn.rs"]
#[expect(dead_code, reason = "shared with the tests, which draw more kinds")]
mod drawn;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use muster_media::encode::{Encoded, Pixels, Scaler, TierEncoder, screenshot};
use muster_protocol::policy::Blur;
use muster_protocol::portal::Tier;

fn grabbed(width: u32, height: u32, clock: u64) -> Pixels {
    let picture = drawn::desktop(width, height, 1, clock);
    let bgrx = picture.pixels().flat_map(|pixel| [pixel[2], pixel[1], pixel[0], 0]).collect();
    Pixels { width: width as u16, height: height as u16, bgrx }
}

fn bytes(encoded: &Encoded) -> usize {
    match encoded {
        Encoded::Whole { body, .. } | Encoded::Tiles { body, .. } => body.len(),
        Encoded::Same => 0,
    }
}

fn live(criterion: &mut Criterion) {
    let screens = [grabbed(1920, 1080, 1), grabbed(1920, 1080, 2)];
    for (name, kind, width) in
        [("wall 480", Tier::Wall, 480), ("focus 1920", Tier::Focus, 1920), ("focus 1280", Tier::Focus, 1280)]
    {
        let mut tier = TierEncoder::new(kind);
        println!("{name}: {} bytes", bytes(&tier.encode(&screens[0], width, 70).unwrap()));
        criterion.bench_function(&format!("{name}/complete"), |bencher| {
            bencher.iter(|| {
                tier.forget();
                tier.encode(&screens[0], width, 70).unwrap()
            });
        });
        tier.encode(&screens[0], width, 70).unwrap();
        criterion.bench_function(&format!("{name}/the same"), |bencher| {
            bencher.iter(|| tier.encode(&screens[0], width, 70).unwrap());
        });
        let mut turn = 0;
        criterion.bench_function(&format!("{name}/a clock ticks"), |bencher| {
            bencher.iter(|| {
                turn += 1;
                tier.encode(&screens[turn % 2], width, 70).unwrap()
            });
        });
    }
}

fn shots(criterion: &mut Criterion) {
    let screen = grabbed(1920, 1080, 1);
    let mut scaler = Scaler::new();
    for blur in [Blur::None, Blur::Light, Blur::Strong] {
        println!("screenshot {blur:?}: {} bytes", screenshot(&mut screen.clone(), blur, &mut scaler).unwrap().len());
        criterion.bench_function(&format!("screenshot/{blur:?}"), |bencher| {
            let shoot = |mut picture: Pixels| screenshot(&mut picture, blur, &mut scaler).unwrap();
            bencher.iter_batched(|| screen.clone(), shoot, BatchSize::LargeInput);
        });
    }
}

criterion_group!(benches, live, shots);
criterion_main!(benches);
