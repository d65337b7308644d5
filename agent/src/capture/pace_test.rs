use super::*;

const WALL: Watch = Watch { track: 0, fps: 2.0, width: 320, quality: 60 };
const FOCUS: Watch = Watch { track: 0, fps: 4.0, width: 1920, quality: 70 };

/// Runs `pace` for `seconds` against a hub that answers after `answer_ms`; every look shows something new. Returns when each
/// tier was looked at.
fn run(pace: &mut TrackPace, seconds: u64, answer_ms: u64) -> Vec<(u64, Tier)> {
    let mut looks = vec![];
    let mut answer: Option<(u64, u32)> = None;
    for now_ms in 0..seconds * 1_000 {
        if let Some((_, seq)) = answer.take_if(|(at_ms, _)| *at_ms <= now_ms) {
            pace.got(seq);
        }
        if let Some(look) = pace.begin(now_ms) {
            assert_eq!(answer, None, "a picture is on its way");
            looks.push((now_ms, look.tier));
            answer = Some((now_ms + answer_ms, pace.sent(look.tier)));
        }
    }
    looks
}

fn times(looks: &[(u64, Tier)], tier: Tier) -> Vec<u64> {
    looks.iter().filter(|look| look.1 == tier).map(|look| look.0).collect()
}

#[test]
fn a_wall_comes_at_its_rate_and_no_focus_beside_it() {
    let mut pace = TrackPace::default();
    assert_eq!(pace.due_at_ms(), None);
    pace.watch(WALL, 0);
    let looks = run(&mut pace, 5, 20);
    assert_eq!(times(&looks, Tier::Wall), (0..10).map(|n| n * 500).collect::<Vec<_>>());
    assert!(times(&looks, Tier::Focus).is_empty());
}

#[test]
fn a_focus_comes_at_its_rate_and_a_wall_beside_it_once_a_second() {
    let mut pace = TrackPace::default();
    pace.watch(FOCUS, 0);
    let looks = run(&mut pace, 10, 20);
    assert!((38..=41).contains(&times(&looks, Tier::Focus).len()), "{looks:?}");
    let wall = times(&looks, Tier::Wall);
    assert_eq!(wall.len(), 10, "{wall:?}");
    assert!(wall.windows(2).all(|pair| pair[1] - pair[0] >= 750), "{wall:?}");
}

#[test]
fn a_hub_that_answers_late_brakes_and_nothing_is_made_up_for() {
    let mut pace = TrackPace::default();
    pace.watch(FOCUS, 0);
    let looks = run(&mut pace, 20, 1_000);
    assert!(looks.windows(2).all(|pair| pair[1].0 - pair[0].0 >= 1_000), "{looks:?}");
    let (focus, wall) = (times(&looks, Tier::Focus).len(), times(&looks, Tier::Wall).len());
    assert!(focus >= 8 && wall >= 8, "both get their turn: {focus} and {wall}");
}

#[test]
fn nothing_comes_while_a_picture_is_unanswered_nor_for_the_answer_to_another() {
    let mut pace = TrackPace::default();
    pace.watch(WALL, 0);
    pace.begin(0).unwrap();
    let seq = pace.sent(Tier::Wall);
    pace.got(seq + 1);
    assert_eq!((pace.due_at_ms(), pace.begin(60_000)), (None, None));
    pace.got(seq);
    assert!(pace.begin(60_000).is_some());
}

#[test]
fn a_rate_is_never_half_above_what_was_asked_for_however_late_the_thread_is() {
    let mut pace = TrackPace::default();
    pace.watch(WALL, 0);
    let mut looks = vec![];
    // The thread wakes every 370 ms, and once after ten seconds.
    for now_ms in (0..20_000).step_by(370).chain((30_000..60_000).step_by(370)) {
        if pace.begin(now_ms).is_some() {
            let seq = pace.sent(Tier::Wall);
            pace.got(seq);
            looks.push(now_ms);
        }
    }
    assert!(looks.windows(2).all(|pair| pair[1] - pair[0] >= 370), "{looks:?}");
    assert!(looks.windows(7).all(|seven| seven[6] - seven[0] >= 2_000), "{looks:?}");
}

#[test]
fn the_first_picture_of_each_tier_is_complete_and_again_after_every_watch() {
    let mut pace = TrackPace::default();
    let mut extents = vec![];
    for again in 0..2 {
        pace.watch(FOCUS, again * 10_000);
        for step in 0..4 {
            let look = pace.begin(again * 10_000 + step * 1_000).unwrap();
            let seq = pace.sent(look.tier);
            pace.got(seq);
            extents.push((look.tier, look.extent));
        }
    }
    for turn in extents.chunks(4) {
        for tier in [Tier::Focus, Tier::Wall] {
            let of_tier: Vec<_> = turn.iter().filter(|(of, _)| *of == tier).map(|(_, extent)| *extent).collect();
            assert_eq!(of_tier[0], Extent::Complete, "{turn:?}");
            assert!(of_tier[1..].iter().all(|extent| *extent == Extent::Changes), "{turn:?}");
        }
    }
}

#[test]
fn a_watch_said_again_does_not_bring_pictures_sooner() {
    let mut pace = TrackPace::default();
    pace.watch(WALL, 0);
    pace.begin(0).unwrap();
    let seq = pace.sent(Tier::Wall);
    pace.got(seq);
    pace.watch(WALL, 10);
    assert_eq!(pace.due_at_ms(), Some(500));
    pace.unwatch();
    assert_eq!(pace.due_at_ms(), None);
    pace.watch(WALL, 100);
    assert_eq!(pace.due_at_ms(), Some(500));
}

#[test]
fn the_count_goes_on_over_watches_and_is_shared_by_the_tiers() {
    let mut pace = TrackPace::default();
    pace.watch(FOCUS, 0);
    assert_eq!((pace.sent(Tier::Focus), pace.sent(Tier::Wall)), (1, 2));
    pace.unwatch();
    pace.watch(FOCUS, 0);
    assert_eq!(pace.sent(Tier::Focus), 3);
}

#[test]
fn a_still_screen_is_answered_with_the_number_of_its_tier() {
    let mut pace = TrackPace::default();
    pace.watch(FOCUS, 0);
    assert_eq!(pace.same(Tier::Focus), None, "the hub has none");
    let (focus, wall) = (pace.sent(Tier::Focus), pace.sent(Tier::Wall));
    pace.got(wall);
    assert_eq!(pace.same(Tier::Focus), Some(focus));
    assert_eq!(pace.due_at_ms(), None, "it is answered too");
    pace.got(focus);
    assert!(pace.due_at_ms().is_some());
}

#[test]
fn what_is_unanswered_when_nobody_watches_any_more_still_brakes() {
    let mut pace = TrackPace::default();
    pace.watch(WALL, 0);
    pace.begin(0).unwrap();
    let seq = pace.sent(Tier::Wall);
    pace.unwatch();
    pace.watch(WALL, 5_000);
    assert_eq!(pace.due_at_ms(), None);
    pace.got(seq);
    assert_eq!(pace.begin(5_000).map(|look| look.extent), Some(Extent::Complete));
}

#[test]
fn a_failed_look_is_tried_again_later_and_complete() {
    let mut pace = TrackPace::default();
    pace.watch(WALL, 0);
    pace.begin(0).unwrap();
    let seq = pace.sent(Tier::Wall);
    pace.got(seq);
    pace.begin(500).unwrap();
    pace.failed(500);
    assert_eq!(pace.due_at_ms(), Some(500 + RETRY_MS));
    assert_eq!(pace.begin(500 + RETRY_MS).map(|look| look.extent), Some(Extent::Complete));
}

#[test]
fn rates_that_are_none_are_kept_within_reason() {
    for (fps, interval) in [(0.0, 10_000), (-1.0, 10_000), (f32::NAN, 1_000), (f32::INFINITY, 1_000), (1e9, 33)] {
        assert_eq!(interval_ms(&Watch { fps, ..WALL }, Tier::Wall), interval, "{fps}");
    }
}
