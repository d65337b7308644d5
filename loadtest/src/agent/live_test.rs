use super::*;

const WALL: Watch = Watch { track: 1, fps: 2.0, width: 480, quality: 60 };
const FOCUS: Watch = Watch { width: 1920, quality: 75, ..WALL };

fn watched(watch: Watch, now_ms: u64) -> LiveTrack {
    let mut track = LiveTrack::new();
    track.watch(watch, now_ms);
    track
}

/// Takes the picture that is due, sends it and has it taken by the hub.
#[track_caller]
fn pass(track: &mut LiveTrack, seen: Seen, now_ms: u64) -> (Shot, u32) {
    let shot = track.begin(now_ms).expect("a picture is due");
    let seq = track.sent(&shot, seen, now_ms * 1_000).expect("it is wanted");
    assert_eq!(track.got(seq, now_ms * 1_000 + 250), Some(250));
    (shot, seq)
}

#[test]
fn nobody_watches_nothing_is_taken() {
    let mut track = LiveTrack::new();
    assert_eq!((track.due_at_ms(), track.begin(5_000)), (None, None));
    track.watch(WALL, 5_000);
    assert_eq!(track.due_at_ms(), Some(5_000));
    track.unwatch();
    assert_eq!((track.due_at_ms(), track.begin(9_000)), (None, None));
}

#[test]
fn the_next_picture_waits_for_the_one_before() {
    let mut track = watched(WALL, 1_000);
    let shot = track.begin(1_000).unwrap();
    assert_eq!((shot.tier, shot.width, shot.quality, shot.extent), (Tier::Wall, 480, 60, Extent::Complete));
    assert_eq!(track.begin(9_000), None, "one is being drawn");
    assert_eq!(track.sent(&shot, Seen::News, 1_010_000), Some(1));
    assert_eq!(track.begin(9_000), None, "one is not taken yet");
    assert_eq!(track.got(7, 0), None, "that one was never sent");
    assert_eq!(track.got(1, 1_030_000), Some(20_000));
    assert_eq!(track.got(1, 1_030_000), None, "taken twice");
    assert_eq!(track.begin(1_400), None, "two a second, not more");
    assert_eq!(track.begin(1_500).unwrap().extent, Extent::Changes);
}

#[test]
fn a_slow_hub_is_not_repaid_with_a_burst() {
    let mut track = watched(WALL, 0);
    let shot = track.begin(0).unwrap();
    track.sent(&shot, Seen::News, 0);
    track.got(1, 10_000_000);
    pass(&mut track, Seen::News, 10_000);
    assert_eq!(track.begin(10_333), None, "half above two a second is already too much");
    pass(&mut track, Seen::News, 10_375);
    assert_eq!(track.begin(10_700), None);
}

#[test]
fn focus_pictures_have_a_wall_picture_beside_them_once_a_second() {
    let mut track = watched(FOCUS, 0);
    let mut taken = Vec::new();
    for now_ms in (0..4_000).step_by(10) {
        while track.due_at_ms().is_some_and(|due_at_ms| due_at_ms <= now_ms) {
            let (shot, seq) = pass(&mut track, Seen::News, now_ms);
            assert_eq!(seq as usize, taken.len() + 1, "both tiers share the count");
            taken.push((shot.tier, shot.width, now_ms));
        }
    }
    let of = |tier| taken.iter().filter(|taken| taken.0 == tier).collect::<Vec<_>>();
    assert_eq!((of(Tier::Focus).len(), of(Tier::Wall).len()), (8, 4));
    assert!(of(Tier::Focus).iter().all(|taken| taken.1 == 1920) && of(Tier::Wall).iter().all(|taken| taken.1 == 480));
}

#[test]
fn a_hub_that_is_slow_to_take_gets_both_tiers_in_turn() {
    let mut track = watched(FOCUS, 0);
    let tiers: Vec<Tier> = (0..8).map(|n| pass(&mut track, Seen::News, n * 3_000).0.tier).collect();
    assert!(tiers.windows(2).all(|pair| pair[0] != pair[1]), "{tiers:?}");
}

#[test]
fn after_every_watch_the_next_picture_of_each_tier_is_complete() {
    let mut track = watched(FOCUS, 0);
    for now_ms in [0, 0, 500] {
        pass(&mut track, Seen::News, now_ms);
    }
    // The very same words: the hub lost tiles.
    track.watch(FOCUS, 600);
    let mut complete = Vec::new();
    for now_ms in [1_000, 1_000, 1_500, 2_000, 2_000] {
        let (shot, _) = pass(&mut track, Seen::News, now_ms);
        complete.push((shot.tier, shot.extent));
    }
    use Extent::{Changes, Complete};
    use Tier::{Focus, Wall};
    let expected = [(Focus, Complete), (Wall, Complete), (Focus, Changes), (Focus, Changes), (Wall, Changes)];
    assert_eq!(complete, expected);
}

#[test]
fn an_unchanged_screen_names_the_picture_of_its_tier() {
    let mut track = watched(FOCUS, 0);
    assert_eq!(pass(&mut track, Seen::News, 0).1, 1, "focus");
    assert_eq!(pass(&mut track, Seen::News, 0).1, 2, "wall");
    assert_eq!(pass(&mut track, Seen::Same, 500).1, 1, "the focus picture holds");
    assert_eq!(pass(&mut track, Seen::Same, 1_000).1, 1);
    assert_eq!(pass(&mut track, Seen::Same, 1_000).1, 2, "the wall picture holds");
    assert_eq!(pass(&mut track, Seen::News, 1_500).1, 3, "what is the same uses up no number");
}

#[test]
fn nothing_holds_before_the_first_picture() {
    let mut track = watched(WALL, 0);
    let shot = track.begin(0).unwrap();
    assert_eq!(track.sent(&shot, Seen::Same, 0), None);
    assert_eq!(track.begin(0).unwrap().extent, Extent::Complete);
}

#[test]
fn what_was_drawn_for_an_earlier_watch_is_not_sent() {
    let mut track = watched(FOCUS, 0);
    let shot = track.begin(0).unwrap();
    track.watch(WALL, 10);
    assert_eq!(track.sent(&shot, Seen::News, 20_000), None, "too wide now");
    let (shot, seq) = pass(&mut track, Seen::News, 20);
    assert_eq!((shot.width, shot.extent, seq), (480, Extent::Complete, 1));

    let shot = track.begin(600).unwrap();
    track.unwatch();
    assert_eq!(track.sent(&shot, Seen::News, 600_000), None);
    track.watch(WALL, 700);
    assert_eq!(track.begin(700).map(|shot| shot.extent), Some(Extent::Complete));
}

#[test]
fn the_count_and_the_brake_outlive_an_unwatch() {
    let mut track = watched(WALL, 0);
    pass(&mut track, Seen::News, 0);
    let shot = track.begin(500).unwrap();
    assert_eq!(track.sent(&shot, Seen::News, 0), Some(2));
    track.unwatch();
    track.watch(WALL, 2_000);
    assert_eq!(track.begin(5_000), None, "the second one is still without an answer");
    assert!(track.got(2, 0).is_some());
    assert_eq!(pass(&mut track, Seen::News, 5_000).1, 3);
}

#[test]
fn saying_watch_again_and_again_does_not_raise_the_rate() {
    let mut track = watched(WALL, 0);
    let mut taken = 0;
    for now_ms in (0..10_000).step_by(10) {
        track.watch(WALL, now_ms);
        if track.due_at_ms().is_some_and(|due_at_ms| due_at_ms <= now_ms) {
            pass(&mut track, Seen::News, now_ms);
            taken += 1;
        }
    }
    assert_eq!(taken, 20);
}

#[test]
fn a_shot_that_may_not_leave_is_taken_again() {
    let mut track = watched(WALL, 0);
    pass(&mut track, Seen::News, 0);
    let shot = track.begin(500).unwrap();
    track.discard(&shot);
    let again = track.begin(500).unwrap();
    assert_eq!(again.extent, Extent::Complete);
    assert_eq!(track.sent(&again, Seen::News, 0), Some(2), "a picture that was not sent has no number");
}

#[test]
fn strange_wishes_are_tamed() {
    for (fps, every_ms) in [(0.0, 10_000), (-3.0, 10_000), (f32::NAN, 1_000), (f32::INFINITY, 1_000), (1e9, 16)] {
        assert_eq!(interval_ms(&Watch { fps, ..WALL }, Tier::Wall), every_ms, "{fps}");
    }
    assert_eq!(watched(Watch { width: 0, ..WALL }, 0).begin(0).unwrap().width, 1);
    assert_eq!(watched(Watch { width: 60_000, ..WALL }, 0).begin(0).unwrap().width, FOCUS_WIDTH_MAX);
}
