//! When the person acts, on which display, and in which program. Pure and seeded.
//!
//! People act for a while, then read or think. What they do moves one window at a time; everything else stands still,
//! so that a second of work changes a few tiles of a screen, as it does on real ones.

use super::layout::mix;
use super::{Displays, Scene};

/// A stretch of acting, and of reading after it.
const ACTING_MS: u64 = 9_000;
const READING_MS: u64 = 3_000;
/// Another window comes to the front after so much acting.
const TURN_MS: u64 = 20_000;
/// The order of the windows repeats after so many turns: four minutes of acting.
const TURNS: u64 = 12;
/// What stands behind a scene has a past: so much acting.
const BACKGROUND_MS: u64 = 10_000_000;
/// The pointer needs so long to the window of a new turn.
const POINTER_TRIP_MS: u64 = 1_200;

/// How a program moves while it is in front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// With the pauses that people make.
    Human,
    /// Without a pause, to measure one kind of work.
    Steady,
}

/// Where a program is in its story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AppTime {
    /// Milliseconds for which somebody acted in this program; stands still while another one is in front.
    pub local_ms: u64,
    /// Milliseconds for which the person acted at all: what arrives by itself goes by it.
    pub acted_ms: u64,
    pub is_front: bool,
    pub flow: Flow,
}

/// The last moment at which something moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tick {
    /// Milliseconds since the epoch.
    pub at_ms: u64,
    acted_ms: u64,
}

/// One turn at the desk: the program (its place in the task bar) of a display.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Turn {
    display: u8,
    app: usize,
}

/// What one display shows at one moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct View {
    desk: Desk,
    display: u8,
    pub tick: Tick,
}

/// What decides about all displays of a person.
#[derive(Clone, Copy, Debug)]
struct Desk {
    seed: u64,
    displays: Displays,
    scene: Scene,
    /// Programs open on each display.
    apps: [usize; 2],
}

impl View {
    /// The view of `display` after somebody acted at `at_ms` (since the epoch). `apps` are open on the displays.
    pub(super) fn at(seed: u64, displays: Displays, scene: Scene, apps: [usize; 2], display: u8, at_ms: u64) -> Self {
        let tick = if scene == Scene::Work { tick(seed, at_ms) } else { Tick { at_ms, acted_ms: at_ms } };
        Self { desk: Desk { seed, displays, scene, apps }, display, tick }
    }

    /// Whether the person works on this display now.
    pub(super) fn is_here(&self) -> bool {
        self.desk.turn(self.tick.acted_ms / TURN_MS).display == self.display
    }

    /// The program in front on this display.
    pub(super) fn front(&self) -> usize {
        let newest = self.tick.acted_ms / TURN_MS;
        let recent = (0..TURNS).filter_map(|back| newest.checked_sub(back)).map(|number| self.desk.turn(number));
        recent.filter(|turn| turn.display == self.display).map(|turn| turn.app).next().unwrap_or(0)
    }

    /// Where program `app` of this display is in its story.
    pub(super) fn app_time(&self, app: usize) -> AppTime {
        let is_front = self.is_here() && self.front() == app;
        let acted_ms = self.tick.acted_ms;
        let (local_ms, flow) = match self.desk.scene {
            Scene::Work => (self.desk.acted_in(Turn { display: self.display, app }, acted_ms), Flow::Human),
            _ if is_front => (acted_ms, Flow::Steady),
            _ => (BACKGROUND_MS, Flow::Human),
        };
        AppTime { local_ms, acted_ms, is_front, flow }
    }

    /// The pointer's trip: the windows it goes from and to, each with a number that is its own, and how far it is (of
    /// 255). It rests in between.
    pub(super) fn pointer(&self) -> Option<Trip> {
        if !self.is_here() {
            return None;
        }
        let number = self.tick.acted_ms / TURN_MS;
        let within_ms = match self.desk.scene {
            Scene::Work => self.tick.acted_ms % TURN_MS,
            _ => POINTER_TRIP_MS,
        };
        let (to, from) = (self.desk.turn(number), self.desk.turn(number.saturating_sub(1)));
        let from = if from.display == self.display { from } else { to };
        let done = (within_ms.min(POINTER_TRIP_MS) * 255 / POINTER_TRIP_MS) as u8;
        let salt = |number: u64| mix(self.desk.seed, (number % TURNS) ^ 0x90E);
        Some(Trip { from: (from.app, salt(number.wrapping_sub(1))), to: (to.app, salt(number)), done })
    }
}

/// See [`View::pointer`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Trip {
    pub from: (usize, u64),
    pub to: (usize, u64),
    pub done: u8,
}

impl Desk {
    fn turn(&self, number: u64) -> Turn {
        if self.scene != Scene::Work {
            return Turn { display: 0, app: 0 };
        }
        let number = number % TURNS;
        let display = match self.displays {
            Displays::Two if number % 3 == 2 => 1,
            Displays::One | Displays::Two => 0,
        };
        let apps = self.apps[usize::from(display)].max(1) as u64;
        Turn { display, app: (mix(self.seed, number ^ 0x70_0000) % apps) as usize }
    }

    /// How long somebody acted in the program of `wanted` when they acted for `acted_ms` in all.
    fn acted_in(&self, wanted: Turn, acted_ms: u64) -> u64 {
        let (newest, within_ms) = (acted_ms / TURN_MS, acted_ms % TURN_MS);
        let in_turns = |turns: u64| (0..turns).filter(|number| self.turn(*number) == wanted).count() as u64;
        let done = newest / TURNS * in_turns(TURNS) + in_turns(newest % TURNS);
        let now_ms = if self.turn(newest) == wanted { within_ms } else { 0 };
        done * TURN_MS + now_ms
    }
}

fn tick(seed: u64, at_ms: u64) -> Tick {
    const PERIOD_MS: u64 = ACTING_MS + READING_MS;
    let shifted_ms = at_ms + mix(seed, 0x71C) % PERIOD_MS;
    let within_ms = shifted_ms % PERIOD_MS;
    let reads_for_ms = within_ms.saturating_sub(ACTING_MS);
    Tick {
        at_ms: at_ms.saturating_sub(reads_for_ms),
        acted_ms: shifted_ms / PERIOD_MS * ACTING_MS + within_ms - reads_for_ms,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON_MS: u64 = 1_795_176_000_000;

    fn view(displays: Displays, display: u8, at_ms: u64) -> View {
        View::at(7, displays, Scene::Work, [4, 3], display, at_ms)
    }

    #[test]
    fn people_read_a_quarter_of_the_time_and_then_nothing_moves() {
        let ticks: Vec<Tick> = (0..120).map(|n| view(Displays::One, 0, NOON_MS + n * 100).tick).collect();
        let still = ticks.windows(2).filter(|pair| pair[0] == pair[1]).count();
        assert!((28..=31).contains(&still), "{still} of 119 steps of 100 ms stand still");
        let moved_ms = ticks.last().unwrap().acted_ms - ticks[0].acted_ms;
        assert!((8_800..=9_100).contains(&moved_ms), "{moved_ms}");
    }

    #[test]
    fn only_the_program_in_front_moves_and_it_never_goes_back() {
        for displays in [Displays::One, Displays::Two] {
            let mut before: Option<[u64; 4]> = None;
            for step in 0..6_000 {
                let view = view(displays, 0, NOON_MS + step * 100);
                let local = [0, 1, 2, 3].map(|app| view.app_time(app).local_ms);
                if let Some(before) = before {
                    let moved: Vec<usize> = (0..4).filter(|&app| local[app] != before[app]).collect();
                    assert!(moved.iter().all(|&app| local[app] > before[app]), "step {step}: went back");
                    // At the border of two turns both may have moved.
                    assert!(moved.len() <= 2, "step {step}: {moved:?} moved at once");
                }
                before = Some(local);
            }
        }
    }

    #[test]
    fn somebody_with_two_displays_works_on_one_of_them() {
        let mut here = [0, 0];
        for step in 0..2_000 {
            let at_ms = NOON_MS + step * 1_000;
            let on: Vec<bool> = (0..2).map(|display| view(Displays::Two, display, at_ms).is_here()).collect();
            assert_ne!(on[0], on[1]);
            here[usize::from(on[1])] += 1;
        }
        assert!(here[0] > here[1] && here[1] > 300, "{here:?}");
    }

    #[test]
    fn a_scene_never_pauses() {
        let view = |at_ms| View::at(7, Displays::One, Scene::Typing, [3, 0], 0, at_ms);
        for step in 0..500 {
            let view = view(NOON_MS + step * 100);
            assert_eq!((view.tick.at_ms, view.front(), view.is_here()), (NOON_MS + step * 100, 0, true));
            assert_eq!(view.app_time(0).flow, Flow::Steady);
        }
    }
}
