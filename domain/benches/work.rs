//! What the hub computes most: a beat, a month of hours, a viewer's acknowledgement. `cargo bench -p muster-domain`.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use muster_domain::presence::{Activity, LinkId, Presence, PresenceConfig, PresenceInput, PresenceMachine};
use muster_domain::window::{ViewerWindow, WindowConfig};
use muster_domain::work::{Mark, MarkKind, MarkSource, WorkLog, derive, totals};
use muster_domain::{MonoMillis, Now, Span};
use muster_protocol::{BootId, DeviceId, UtcMillis};
use uuid::Uuid;

const OFFLINE_AFTER_MS: i64 = 120_000;
const HOUR_MS: i64 = 3_600_000;

/// A month of one employee: 22 days of eight hours with beats, idle now and then, and a break at noon.
fn month() -> Vec<Mark> {
    let (device, boot) = (DeviceId(Uuid::from_u128(1)), BootId(Uuid::from_u128(2)));
    let mut list: Vec<(i64, MarkKind)> = Vec::new();
    for day in 0..22 {
        let start = day * 24 * HOUR_MS;
        let end = start + 8 * HOUR_MS;
        list.extend([
            (start, MarkKind::Start),
            (start, MarkKind::Covered { to: UtcMillis(end) }),
            (end, MarkKind::Stop),
        ]);
        list.extend([(start + 4 * HOUR_MS, MarkKind::BreakBegan), (start + 5 * HOUR_MS, MarkKind::BreakEnded)]);
        for idle in 0..20 {
            let from = start + idle * HOUR_MS * 2 / 5;
            list.extend([(from, MarkKind::Idle), (from + HOUR_MS / 10, MarkKind::Active)]);
        }
    }
    let mark = |(seq, (at, kind)): (u64, (i64, MarkKind))| Mark {
        at: UtcMillis(at),
        kind,
        source: MarkSource { device, boot, seq },
    };
    (0..).zip(list).map(mark).collect()
}

fn hours(criterion: &mut Criterion) {
    let marks = month();
    criterion.bench_function("work: derive a month (990 marks)", |bencher| {
        bencher.iter(|| derive(black_box(&marks), OFFLINE_AFTER_MS));
    });
    let sessions = derive(&marks, OFFLINE_AFTER_MS);
    let segments: Vec<_> = sessions.iter().flat_map(|session| session.segments.clone()).collect();
    criterion.bench_function("work: total a month", |bencher| bencher.iter(|| totals(black_box(&segments))));
    let day: Vec<Mark> = marks.iter().filter(|mark| mark.at.0 < 8 * HOUR_MS).copied().collect();
    let mut log = WorkLog::new(OFFLINE_AFTER_MS, Span::ALL.from, day.clone(), derive(&day, OFFLINE_AFTER_MS));
    let mut at = UtcMillis(8 * HOUR_MS);
    criterion.bench_function("work: a beat", |bencher| {
        bencher.iter(|| {
            at = at.plus(1);
            log.beat(black_box(at));
        });
    });
    criterion.bench_function("work: a checkpoint of a day", |bencher| {
        bencher.iter(|| {
            let change = log.checkpoint();
            log.abandon();
            change
        });
    });
}

fn presence(criterion: &mut Criterion) {
    let config = PresenceConfig::default();
    let link = LinkId(1);
    let mut machine = PresenceMachine::new(Presence::default());
    let mut now = Now::default();
    machine.apply(PresenceInput::Connect { link, device: Some(DeviceId(Uuid::from_u128(1))) }, &config, now);
    criterion.bench_function("presence: a touch", |bencher| {
        bencher.iter(|| {
            now = Now { mono: now.mono.plus(1), wall: now.wall.plus(1) };
            let touch = PresenceInput::Touch { link, activity: Some(Activity::Input) };
            machine.apply(black_box(touch), &config, now)
        });
    });
}

fn window(criterion: &mut Criterion) {
    let mut window = ViewerWindow::new(WindowConfig::default());
    let (mut message_id, mut at_ms) = (0_u32, 0);
    criterion.bench_function("window: send and acknowledge", |bencher| {
        bencher.iter(|| {
            message_id = message_id.wrapping_add(1);
            at_ms += 1;
            window.sent([(message_id, 20_000)], MonoMillis(at_ms));
            window.acknowledged(black_box(message_id), MonoMillis(at_ms + 15));
            window.has_room()
        });
    });
}

criterion_group!(benches, hours, presence, window);
criterion_main!(benches);
