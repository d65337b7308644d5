use super::*;
use crate::MonoMillis;

const PART_BYTES: u64 = 32 * 1024;

/// A viewer behind a link of so many bytes per millisecond, with a queue that holds everything.
struct Link {
    bytes_per_ms: u64,
    round_trip_ms: u64,
    free_at_ms: u64,
}

impl Link {
    /// When the acknowledgement of a message sent at `now_ms` comes back.
    fn answer_at_ms(&mut self, bytes: u64, now_ms: u64) -> u64 {
        self.free_at_ms = self.free_at_ms.max(now_ms) + bytes / self.bytes_per_ms;
        self.free_at_ms + self.round_trip_ms
    }
}

/// Sends as much as the window allows for `length_ms`; returns the window, and the longest delay of the second half.
fn drive(window: &mut ViewerWindow, link: &mut Link, length_ms: u64) -> (u64, u64) {
    let mut answers: Vec<(u64, u32, u64)> = vec![];
    let (mut message_id, mut longest_ms) = (0, 0);
    for now_ms in 0..length_ms {
        while let Some(answer) = answers.first().copied().filter(|answer| answer.0 <= now_ms) {
            answers.remove(0);
            window.acknowledged(answer.1, MonoMillis(now_ms));
            if now_ms > length_ms / 2 {
                longest_ms = longest_ms.max(now_ms - answer.2);
            }
        }
        while window.has_room() {
            message_id += 1;
            window.sent([(message_id, PART_BYTES)], MonoMillis(now_ms));
            assert!(window.in_flight_bytes() <= window.window_bytes() + PART_BYTES);
            answers.push((link.answer_at_ms(PART_BYTES, now_ms), message_id, now_ms));
        }
    }
    (window.window_bytes(), longest_ms)
}

#[test]
fn a_fast_link_gets_the_largest_window() {
    let mut link = Link { bytes_per_ms: 1_000_000, round_trip_ms: 20, free_at_ms: 0 };
    let (window_bytes, _) = drive(&mut ViewerWindow::new(WindowConfig::default()), &mut link, 5_000);
    assert_eq!(window_bytes, WindowConfig::default().max_bytes);
}

#[test]
fn a_slow_link_keeps_its_pictures_young() {
    // 10 Mbit/s with 20 ms: 25 KB are enough to fill it, everything more is a queue.
    let mut link = Link { bytes_per_ms: 1_250, round_trip_ms: 20, free_at_ms: 0 };
    let (window_bytes, longest_ms) = drive(&mut ViewerWindow::new(WindowConfig::default()), &mut link, 300_000);
    assert!((64 * 1024..400 * 1024).contains(&window_bytes), "{window_bytes}");
    assert!(longest_ms < 300, "{longest_ms}");
}

#[test]
fn a_crawling_link_falls_to_the_smallest_window_that_still_moves() {
    // 64 kbit/s: one part takes four seconds.
    let mut link = Link { bytes_per_ms: 8, round_trip_ms: 50, free_at_ms: 0 };
    let mut window = ViewerWindow::new(WindowConfig::default());
    let (window_bytes, _) = drive(&mut window, &mut link, 120_000);
    assert!(window_bytes <= 64 * 1024, "never more than two parts: {window_bytes}");
}

#[test]
fn a_window_that_is_not_used_does_not_grow() {
    let mut window = ViewerWindow::new(WindowConfig::default());
    window.sent([(0, 64 * 1024)], MonoMillis(0));
    window.acknowledged(0, MonoMillis(20));
    assert_eq!(window.window_bytes(), 128 * 1024, "it was full once");
    for id in 1..1_000 {
        window.sent([(id, 1_000)], MonoMillis(u64::from(id) * 100));
        window.acknowledged(id, MonoMillis(u64::from(id) * 100 + 20));
    }
    assert_eq!(window.window_bytes(), 128 * 1024);
}

#[test]
fn it_never_shrinks_below_the_smallest_window() {
    let mut window = ViewerWindow::new(WindowConfig::default());
    for id in 0..100 {
        let at_ms = u64::from(id) * 500;
        window.sent([(id, 1_000)], MonoMillis(at_ms));
        window.acknowledged(id, MonoMillis(at_ms + if id % 10 == 0 { 20 } else { 400 }));
    }
    assert_eq!(window.window_bytes(), WindowConfig::default().min_bytes);
}

#[test]
fn one_queue_shrinks_the_window_once() {
    let mut window = ViewerWindow::new(WindowConfig::default());
    window.sent([(1, 1_000)], MonoMillis(0));
    window.acknowledged(1, MonoMillis(20));
    for id in 2..8 {
        window.sent([(id, 1_000)], MonoMillis(100 + u64::from(id)));
    }
    for id in 2..8 {
        window.acknowledged(id, MonoMillis(400 + u64::from(id)));
    }
    assert_eq!(window.window_bytes(), 64 * 1024 * 85 / 100);
    window.sent([(9, 1_000)], MonoMillis(500));
    window.acknowledged(9, MonoMillis(900));
    assert_eq!(window.window_bytes(), 64 * 1024 * 85 / 100 * 85 / 100);
}

#[test]
fn acknowledgements_of_nothing_change_nothing() {
    let mut window = ViewerWindow::new(WindowConfig::default());
    window.sent([(7, 500)], MonoMillis(0));
    for made_up in [0, 6, 8, u32::MAX] {
        window.acknowledged(made_up, MonoMillis(5));
    }
    assert_eq!(window.in_flight_bytes(), 500);
    window.acknowledged(7, MonoMillis(10));
    window.acknowledged(7, MonoMillis(11));
    assert_eq!((window.in_flight_bytes(), window.next_deadline()), (0, None));
}

#[test]
fn ids_wrap_around() {
    let mut window = ViewerWindow::new(WindowConfig::default());
    for id in [u32::MAX - 1, u32::MAX, 0, 1] {
        window.sent([(id, 100)], MonoMillis(0));
    }
    window.acknowledged(0, MonoMillis(9));
    assert_eq!(window.in_flight_bytes(), 100);
}

#[test]
fn small_messages_are_bounded_too() {
    let mut window = ViewerWindow::new(WindowConfig::default());
    let sent = (1..10_000).take_while(|id| {
        let has_room = window.has_room();
        window.sent([(*id, 20)], MonoMillis(0));
        has_room
    });
    assert_eq!(sent.count(), 1_024);
}

#[test]
fn who_says_nothing_is_paused_and_then_closed() {
    let mut window = ViewerWindow::new(WindowConfig::default());
    assert_eq!(window.next_deadline(), None);
    window.sent([(1, 100)], MonoMillis(1_000));
    window.sent([(2, 100)], MonoMillis(2_000));
    assert_eq!(window.check(MonoMillis(3_999)), ViewerHealth::KeepsUp);
    assert_eq!(window.check(MonoMillis(4_000)), ViewerHealth::Paused);
    assert!(!window.has_room());
    assert_eq!(window.next_deadline(), Some(MonoMillis(16_000)));
    assert_eq!(window.check(MonoMillis(16_000)), ViewerHealth::Slow);
    assert_eq!(window.next_deadline(), None);
}

#[test]
fn an_acknowledgement_ends_the_pause() {
    let mut window = ViewerWindow::new(WindowConfig::default());
    window.sent([(1, 100)], MonoMillis(0));
    window.sent([(2, 100)], MonoMillis(0));
    window.check(MonoMillis(3_000));
    window.acknowledged(1, MonoMillis(9_000));
    assert!(window.has_room());
    assert_eq!(window.next_deadline(), Some(MonoMillis(12_000)));
}

#[test]
fn a_pause_of_the_hub_is_not_the_viewers_fault() {
    let mut window = ViewerWindow::new(WindowConfig::default());
    window.sent([(1, 100)], MonoMillis(0));
    assert_eq!(window.check(MonoMillis(40_000)), ViewerHealth::KeepsUp);
    assert_eq!(window.next_deadline(), Some(MonoMillis(43_000)));
}

/// Each picture comes in two parts and is acknowledged by its last.
#[test]
fn pictures_of_several_parts_are_measured_too() {
    let mut window = ViewerWindow::new(WindowConfig::default());
    let mut id = 0;
    let mut painted = 0;
    for at_ms in (0..300_000).step_by(50) {
        for _ in 0..4 {
            if window.has_room() {
                window.sent([(id, 32_804), (id + 1, 28_000)], MonoMillis(at_ms));
                id += 2;
                painted += 1;
            }
        }
        window.acknowledged(id - 1, MonoMillis(at_ms + 20));
    }
    assert!(painted > 4 * 6_000 * 9 / 10, "{painted} of 24,000: the window was shut for longer than its measurements");
}
