use std::time::{Duration, Instant};

use muster_agent::control::Deed;

use super::workplace::Workplace;
use crate::support::{Page, now};

/// The policy's least `idle_after_ms`, and a little.
const LONGER_THAN_IDLE: Duration = Duration::from_secs(33);
/// Between a key and the moment that this test takes it for, and the seconds between two looks of the agent.
const OFF_MS_MAX: i64 = 1_500;

#[track_caller]
fn assert_near(one: i64, other: i64) {
    assert!((one - other).abs() <= OFF_MS_MAX, "{one} and {other} are {} ms apart", one - other);
}

#[tokio::test(flavor = "multi_thread")]
async fn typing_is_work_and_stillness_is_idle_since_the_last_key() {
    let place = Workplace::without_screenshots().await;
    let agent = place.begin_work().await;
    let page = Page::own(&place.hub.url(), &place.admin).await;
    page.wait_for_presence("active").await;
    let begun = Instant::now();
    while begun.elapsed() < LONGER_THAN_IDLE {
        place.desktop.type_slowly("the quick brown fox jumps over the lazy dog\n");
        assert_eq!(agent.status().await["work"]["kind"], "active");
    }
    let last_key_at = now().0;
    page.wait_for_presence("active").await;

    let idle = page.wait_for_presence("idle").await;
    assert_near(idle["since"].as_i64().unwrap(), last_key_at);
    assert_eq!(idle["reason"], "no_input");
    assert_near(agent.status().await["work"]["since"].as_i64().unwrap(), last_key_at);

    place.desktop.type_text("x");
    let back_at = now().0;
    page.wait_for_presence("active").await;
    agent.tell(Deed::PunchOut).await.unwrap();
    agent.wait_sent().await;

    let segments = place.admin.segments().await;
    let kinds: Vec<_> = segments.iter().map(|(kind, ..)| kind.as_str()).collect();
    assert_eq!(kinds, ["active", "idle", "active"]);
    let (_, idle_from, idle_to) = segments[1];
    assert_near(idle_from, last_key_at);
    assert_near(idle_to, back_at);

    let of =
        |wanted: &str| segments.iter().filter(|(kind, ..)| kind == wanted).map(|(_, from, to)| to - from).sum::<i64>();
    let (net_ms, idle_ms) = (of("active"), of("idle"));
    let hours = place.admin.today().await;
    assert_eq!((hours.active_ms, hours.idle_ms, hours.net_ms), (net_ms + idle_ms, idle_ms, net_ms));
    let own = agent.status().await["today"].clone();
    let own = ["active_ms", "idle_ms", "net_ms"].map(|field| own[field].as_i64());
    assert_eq!(own, [hours.active_ms, hours.idle_ms, hours.net_ms].map(Some), "the agent says the same");
}
