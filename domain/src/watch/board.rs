//! The watches on one employee's tracks.

use muster_protocol::UtcMillis;
use muster_protocol::agent::Watch;

use super::Need;
use crate::{MonoMillis, Now};

/// One viewing session of a portal: unique in this process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ViewerId(pub u64);

/// What to tell the agent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WatchOrder {
    /// Capture, or go on with other numbers.
    Capture(Watch),
    Stop {
        track: u32,
    },
}

/// A watch that is over: the end of its viewing record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndedWatch {
    pub viewer: ViewerId,
    pub track: u32,
    pub from: UtcMillis,
    pub to: UtcMillis,
}

/// What to do about a change of watches.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WatchEffects {
    pub orders: Vec<WatchOrder>,
    /// Tracks that this viewer watches since now: the beginning of their viewing records.
    pub began: Vec<u32>,
    pub ended: Vec<EndedWatch>,
}

/// The watches on one employee's tracks, and what is captured for them. The employee's actor owns it.
#[derive(Clone, Debug)]
pub struct WatchBoard {
    linger_ms: u64,
    leases: Vec<Lease>,
    captures: Vec<Capture>,
}

#[derive(Clone, Copy, Debug)]
struct Lease {
    viewer: ViewerId,
    track: u32,
    need: Need,
    since: UtcMillis,
}

#[derive(Clone, Copy, Debug)]
struct Capture {
    track: u32,
    ordered: Need,
    /// Nobody watches any more: it stops then.
    stop_at: Option<MonoMillis>,
}

impl WatchBoard {
    /// How long a capture goes on after the last viewer has left.
    pub const LINGER_MS: u64 = 5_000;

    #[must_use]
    pub const fn new(linger_ms: u64) -> Self {
        Self { linger_ms, leases: Vec::new(), captures: Vec::new() }
    }

    /// From now on `viewer` watches exactly the tracks in `wanted`; none when it leaves. A track named twice counts with
    /// the larger need.
    pub fn set(&mut self, viewer: ViewerId, wanted: &[(u32, Need)], now: Now) -> WatchEffects {
        let mut effects = WatchEffects::default();
        self.leases.retain(|lease| {
            let stays = lease.viewer != viewer || wanted.iter().any(|(track, _)| *track == lease.track);
            if !stays {
                let Lease { viewer, track, since, .. } = *lease;
                effects.ended.push(EndedWatch { viewer, track, from: since, to: now.wall.max(since) });
            }
            stays
        });
        for (track, _) in wanted {
            let needs = wanted.iter().filter(|(other, _)| other == track).map(|(_, need)| *need);
            let Some(need) = needs.reduce(Need::largest) else { continue };
            match self.leases.iter_mut().find(|lease| lease.viewer == viewer && lease.track == *track) {
                Some(lease) => lease.need = need,
                None => {
                    self.leases.push(Lease { viewer, track: *track, need, since: now.wall });
                    effects.began.push(*track);
                }
            }
        }
        effects.orders = self.reorder(now.mono);
        effects
    }

    /// The timer fired: stops what nobody has come back to.
    pub fn wake(&mut self, now: MonoMillis) -> Vec<WatchOrder> {
        let mut orders = Vec::new();
        self.captures.retain(|capture| {
            let is_over = capture.stop_at.is_some_and(|stop_at| stop_at <= now);
            if is_over {
                orders.push(WatchOrder::Stop { track: capture.track });
            }
            !is_over
        });
        orders
    }

    /// When [`Self::wake`] has something to do.
    #[must_use]
    pub fn next_deadline(&self) -> Option<MonoMillis> {
        self.captures.iter().filter_map(|capture| capture.stop_at).min()
    }

    /// Everything that an agent has to capture: said again when a new session of it opens.
    pub fn captures(&self) -> impl Iterator<Item = Watch> {
        self.captures.iter().map(|capture| capture.ordered.of_track(capture.track))
    }

    /// Who watches what since when. The agent and the employee's portal show it.
    pub fn viewers(&self) -> impl Iterator<Item = (ViewerId, u32, UtcMillis)> {
        self.leases.iter().map(|lease| (lease.viewer, lease.track, lease.since))
    }

    /// Brings the captures in line with the leases.
    fn reorder(&mut self, now: MonoMillis) -> Vec<WatchOrder> {
        let mut orders = Vec::new();
        for capture in &mut self.captures {
            match largest_need(&self.leases, capture.track) {
                Some(need) => {
                    capture.stop_at = None;
                    if capture.ordered != need {
                        capture.ordered = need;
                        orders.push(WatchOrder::Capture(need.of_track(capture.track)));
                    }
                }
                None => capture.stop_at = capture.stop_at.or(Some(now.plus(self.linger_ms))),
            }
        }
        for lease in &self.leases {
            let track = lease.track;
            if self.captures.iter().any(|capture| capture.track == track) {
                continue;
            }
            let ordered = largest_need(&self.leases, track).unwrap_or(lease.need);
            self.captures.push(Capture { track, ordered, stop_at: None });
            orders.push(WatchOrder::Capture(ordered.of_track(track)));
        }
        orders
    }
}

fn largest_need(leases: &[Lease], track: u32) -> Option<Need> {
    leases.iter().filter(|lease| lease.track == track).map(|lease| lease.need).reduce(Need::largest)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: ViewerId = ViewerId(1);
    const BEN: ViewerId = ViewerId(2);

    fn at(ms: u64) -> Now {
        Now { mono: MonoMillis(ms), wall: UtcMillis(1_000_000 + i64::try_from(ms).unwrap()) }
    }

    fn board() -> WatchBoard {
        WatchBoard::new(WatchBoard::LINGER_MS)
    }

    #[test]
    fn the_first_watch_starts_and_the_last_one_ends_after_the_linger() {
        let mut board = board();
        let effects = board.set(ANNA, &[(0, Need::WALL)], at(0));
        assert_eq!(effects.orders, [WatchOrder::Capture(Need::WALL.of_track(0))]);
        assert_eq!(effects.began, [0]);
        assert_eq!(board.set(BEN, &[(0, Need::WALL)], at(10)).orders, []);
        assert_eq!(board.set(ANNA, &[], at(20)).orders, []);
        assert_eq!(board.next_deadline(), None, "Ben still watches");
        assert_eq!(board.set(BEN, &[], at(30)).orders, []);
        assert_eq!(board.next_deadline(), Some(MonoMillis(5_030)));
        assert_eq!(board.wake(MonoMillis(5_029)), []);
        assert_eq!(board.wake(MonoMillis(5_030)), [WatchOrder::Stop { track: 0 }]);
        assert_eq!((board.captures().count(), board.next_deadline()), (0, None));
    }

    #[test]
    fn who_comes_back_within_the_linger_restarts_nothing() {
        let mut board = board();
        board.set(ANNA, &[(0, Need::WALL)], at(0));
        board.set(ANNA, &[], at(10));
        assert_eq!(board.set(BEN, &[(0, Need::WALL)], at(4_000)).orders, []);
        assert_eq!(board.next_deadline(), None);
        assert_eq!(board.wake(MonoMillis(60_000)), []);
    }

    #[test]
    fn an_empty_set_again_does_not_prolong_the_linger() {
        let mut board = board();
        board.set(ANNA, &[(0, Need::WALL)], at(0));
        board.set(ANNA, &[], at(10));
        board.set(ANNA, &[], at(3_000));
        assert_eq!(board.next_deadline(), Some(MonoMillis(5_010)));
    }

    #[test]
    fn the_agent_captures_the_largest_that_anybody_needs() {
        let mut board = board();
        let fast = Need { frames_per_minute: 600, width: 320, quality: 40 };
        board.set(ANNA, &[(0, Need::WALL)], at(0));
        let both = Need { frames_per_minute: 600, width: 480, quality: 60 };
        assert_eq!(board.set(BEN, &[(0, fast)], at(1)).orders, [WatchOrder::Capture(both.of_track(0))]);
        let all = board.set(BEN, &[(0, fast), (0, Need::FOCUS)], at(2)).orders;
        let largest = Need { frames_per_minute: 600, width: 1920, quality: 75 };
        assert_eq!(all, [WatchOrder::Capture(largest.of_track(0))], "named twice counts once");
        assert_eq!(board.set(BEN, &[], at(3)).orders, [WatchOrder::Capture(Need::WALL.of_track(0))]);
        assert_eq!(Need::WALL.of_track(0).fps, 1.0);
    }

    #[test]
    fn every_watch_has_a_beginning_and_an_end() {
        let mut board = board();
        board.set(ANNA, &[(0, Need::WALL), (1, Need::WALL)], at(100));
        let effects = board.set(ANNA, &[(1, Need::FOCUS), (2, Need::WALL)], at(900));
        let ended = EndedWatch { viewer: ANNA, track: 0, from: at(100).wall, to: at(900).wall };
        assert_eq!((effects.began, effects.ended), (vec![2], vec![ended]));
        assert_eq!(
            board.viewers().map(|(_, track, since)| (track, since)).collect::<Vec<_>>(),
            [(1, at(100).wall), (2, at(900).wall)]
        );
        assert_eq!(board.set(ANNA, &[], at(1_000)).ended.len(), 2);
    }

    #[test]
    fn a_wall_clock_that_goes_back_makes_no_negative_viewing() {
        let mut board = board();
        board.set(ANNA, &[(0, Need::WALL)], at(0));
        let back = Now { mono: MonoMillis(50), wall: UtcMillis(5) };
        let ended = board.set(ANNA, &[], back).ended;
        assert_eq!((ended[0].from, ended[0].to), (at(0).wall, at(0).wall));
    }

    #[test]
    fn a_new_session_of_the_agent_hears_everything_again() {
        let mut board = board();
        board.set(ANNA, &[(0, Need::WALL), (3, Need::FOCUS)], at(0));
        let said: Vec<Watch> = board.captures().collect();
        assert_eq!(said, [Need::WALL.of_track(0), Need::FOCUS.of_track(3)]);
    }
}
