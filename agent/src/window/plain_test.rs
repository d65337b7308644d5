use super::*;

const NOON: UtcMillis = UtcMillis(1_795_867_200_000);

fn policy_of(change: impl FnOnce(&mut Policy)) -> Policy {
    let mut policy = Policy {
        version: 1,
        capture_interval_minutes: 10,
        screenshots: true,
        blur: Blur::Light,
        live_view: true,
        start_mode: StartMode::Manual,
        idle_after_ms: 180_000,
        pause_allowed: false,
    };
    change(&mut policy);
    policy
}

fn watcher_named(name: &str, track: u32) -> Watcher {
    Watcher { name: name.to_owned(), since: NOON.minus(61_000), track }
}

#[test]
fn a_duration_counts_hours_without_end() {
    assert_eq!(duration(0), "0:00:00");
    assert_eq!(duration(59_999), "0:00:59");
    assert_eq!(duration(3_723_000), "1:02:03");
    assert_eq!(duration(360_000_000), "100:00:00");
}

#[test]
fn a_moment_of_another_day_says_its_date() {
    let berlin = Zone::named("Europe/Berlin").unwrap();
    assert_eq!(moment(&berlin, NOON.minus(60_000), NOON), "12:59");
    assert_eq!(moment(&berlin, NOON.minus(86_400_000), NOON), "2026-11-27 13:00");
}

#[test]
fn the_policy_is_said_in_sentences() {
    assert_eq!(
        policy(&policy_of(|_| {})),
        [
            "One screenshot at a random moment of every 10 minutes, slightly blurred. None while you are idle or on a break.",
            "Live view is allowed. You see here who is watching, as long as it lasts.",
            "Idle after 3 minutes without a key or a movement.",
            "Work starts when you punch in.",
        ]
    );
}

#[test]
fn what_is_off_is_said_too() {
    let lines = policy(&policy_of(|policy| {
        policy.screenshots = false;
        policy.live_view = false;
        policy.idle_after_ms = 90_000;
        policy.start_mode = StartMode::Auto;
        policy.pause_allowed = true;
    }));
    assert_eq!(
        lines,
        [
            "No screenshots are taken.",
            "Live view is off: nobody can watch this screen.",
            "Idle after 90 seconds without a key or a movement.",
            "Work starts by itself when the agent reaches the hub.",
            "You may pause capture.",
        ]
    );
}

#[test]
fn one_minute_is_not_minutes() {
    assert!(policy(&policy_of(|policy| policy.idle_after_ms = 60_000))[2].contains("1 minute without"));
}

#[test]
fn whoever_watches_is_named_once_however_many_displays() {
    let mia = [watcher_named("Mia Chen", 1), watcher_named("Mia Chen", 2)];
    assert_eq!(watching(&[]), "Nobody is watching");
    assert_eq!(watching(&mia), "Mia Chen is watching your screen");
    let two = [watcher_named("Mia Chen", 1), watcher_named("Omar Ali", 1)];
    assert_eq!(watching(&two), "Mia Chen and Omar Ali are watching your screen");
    let three = [watcher_named("A", 1), watcher_named("B", 1), watcher_named("C", 1)];
    assert_eq!(watching(&three), "3 people are watching your screen");
}

#[test]
fn a_watcher_says_which_display_and_since_when() {
    let displays = [(1, "DP-1".to_owned())];
    assert_eq!(watcher(&watcher_named("Mia", 1), &displays, &Zone::UTC, NOON), "Mia · DP-1 · since 11:58");
    assert_eq!(watcher(&watcher_named("Mia", 7), &displays, &Zone::UTC, NOON), "Mia · display 7 · since 11:58");
}

#[test]
fn a_connection_that_is_away_says_why_and_when_it_tries_again() {
    let away = |retry_at| Connection::Away { reason: "the hub shuts down".to_owned(), retry_at };
    let said = |connection| connection_trouble(&connection, NOON).unwrap();
    assert_eq!(
        said(away(NOON.plus(11_001))),
        "The hub shuts down. Everything is recorded meanwhile. Trying again in 12 s."
    );
    assert!(said(away(NOON.minus(5))).ends_with("Trying again now."));
    assert_eq!(connection_trouble(&Connection::Online { since: NOON }, NOON), None);
}

#[test]
fn what_waits_is_counted_and_what_is_nothing_is_not_said() {
    let of = |events, screenshots, bytes| Waiting { events, screenshots, bytes, bytes_max: 500_000_000 };
    assert_eq!(waiting(&of(0, 0, 0)), None);
    assert_eq!(waiting(&of(1, 0, 412)).unwrap(), "1 event waiting to be sent (412 B).");
    assert_eq!(waiting(&of(3, 2, 412_300)).unwrap(), "3 events and 2 screenshots waiting to be sent (412 KB).");
    assert_eq!(nearly_full(&of(3, 2, 412_300)), None);
    assert!(nearly_full(&of(3, 900, 431_250_000)).unwrap().contains("431.2 MB of 500.0 MB"));
}

#[test]
fn a_refused_item_says_what_when_and_why() {
    let item = SetAside { at: NOON, what: "Screenshot".to_owned(), reason: "over the stated size".to_owned() };
    assert_eq!(set_aside(&item, &Zone::UTC, NOON), "Screenshot of 12:00: over the stated size");
}

#[test]
fn the_tooltip_names_everybody_who_watches() {
    let mut status = Status { work: Work::Active { since: NOON }, ..Status::default() };
    status.connection = Connection::Online { since: NOON };
    assert_eq!(tooltip(&status), "Muster: active");
    status.watchers = ["A", "B", "C"].map(|name| watcher_named(name, 1)).to_vec();
    assert_eq!(tooltip(&status), "Muster: active\nWatching your screen: A, B, C");
    status.connection = Connection::Away { reason: String::new(), retry_at: NOON };
    assert!(tooltip(&status).ends_with("Offline."));
}
