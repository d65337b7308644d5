//! What the viewers of a wall have seen, counted.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::report::{Latency, LatencyTimeline};

/// No stretch is being measured.
const NONE: usize = usize::MAX;

/// How a viewer is connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// As fast as this machine.
    Fast,
    /// Over a throttled line.
    Slow,
}

/// Everything that viewers count; shared by all of them.
#[derive(Debug)]
pub(super) struct Tally {
    stretches: Vec<Stretch>,
    current: AtomicUsize,
    /// From `watch` to a track's first picture.
    pub(super) first_pictures: Latency,
    /// Seats and the agents whose pictures they have shown.
    shown: Mutex<HashSet<(usize, u32)>>,
    /// What the hub said last of each track that had shown nothing then.
    waiting: Mutex<HashMap<(usize, u32), String>>,
    faults: Counts,
    closes: Counts,
    blanks: Counts,
}

/// One measured stretch.
#[derive(Debug, Default)]
pub(super) struct Stretch {
    pub(super) fast: ClassTally,
    pub(super) slow: ClassTally,
}

/// One class of viewers in one stretch.
#[derive(Debug, Default)]
pub(super) struct ClassTally {
    pub(super) frames: AtomicU64,
    pub(super) bytes: AtomicU64,
    /// From the moment a picture was due at the agent to its last byte at the viewer.
    pub(super) age: LatencyTimeline,
    /// How old a picture had become on the screen when the next one replaced it.
    pub(super) outgrown: Latency,
}

#[derive(Debug, Default)]
struct Counts(Mutex<BTreeMap<String, u64>>);

impl Counts {
    fn add(&self, kind: String) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(kind).or_default() += 1;
    }

    fn get(&self) -> BTreeMap<String, u64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Class {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Fast => "fast",
            Self::Slow => "slow",
        }
    }
}

impl Stretch {
    pub(super) fn class(&self, class: Class) -> &ClassTally {
        match class {
            Class::Fast => &self.fast,
            Class::Slow => &self.slow,
        }
    }

    /// Pictures that reached any viewer.
    pub(super) fn frames(&self) -> u64 {
        [&self.fast, &self.slow].map(|class| class.frames.load(Ordering::Relaxed)).iter().sum()
    }
}

impl Tally {
    /// For so many stretches; none has begun.
    pub(super) fn new(stretches: usize) -> Self {
        Self {
            stretches: (0..stretches).map(|_| Stretch::default()).collect(),
            current: AtomicUsize::new(NONE),
            first_pictures: Latency::default(),
            shown: Mutex::default(),
            waiting: Mutex::default(),
            faults: Counts::default(),
            closes: Counts::default(),
            blanks: Counts::default(),
        }
    }

    pub(super) fn begin(&self, stretch: usize) {
        self.current.store(stretch, Ordering::Relaxed);
    }

    pub(super) fn end(&self) {
        self.current.store(NONE, Ordering::Relaxed);
    }

    pub(super) fn stretch(&self, stretch: usize) -> &Stretch {
        &self.stretches[stretch]
    }

    /// The one that is being measured.
    fn current(&self) -> Option<&Stretch> {
        self.stretches.get(self.current.load(Ordering::Relaxed))
    }

    /// A picture came. `outgrown_us` is the age of the one that it replaces.
    pub(super) fn picture(&self, class: Class, age_us: u64, outgrown_us: Option<u64>, wire_bytes: usize) {
        let Some(stretch) = self.current() else { return };
        let class = stretch.class(class);
        class.frames.fetch_add(1, Ordering::Relaxed);
        class.bytes.fetch_add(wire_bytes as u64, Ordering::Relaxed);
        class.age.record_us(age_us);
        if let Some(outgrown_us) = outgrown_us {
            class.outgrown.record_us(outgrown_us);
        }
    }

    /// The viewer at `seat` shows its first picture of an agent on this socket.
    pub(super) fn first_picture(&self, seat: usize, source: u32, after_us: u64) {
        let is_new = self.shown.lock().unwrap_or_else(PoisonError::into_inner).insert((seat, source));
        if is_new {
            self.first_pictures.record_us(after_us);
        }
    }

    /// How many tracks have ever been shown, each counted for every viewer of it.
    pub(super) fn shown(&self) -> usize {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// The hub says this of a track that has shown nothing at `seat` yet.
    pub(super) fn still_waiting(&self, seat: usize, source: u32, state: String) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).insert((seat, source), state);
    }

    /// What was said last of the tracks that never showed anything.
    pub(super) fn states_without_picture(&self) -> BTreeMap<String, u64> {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let mut states = BTreeMap::new();
        for (_, state) in waiting.iter().filter(|(place, _)| !shown.contains(place)) {
            *states.entry(state.clone()).or_default() += 1;
        }
        states
    }

    /// A track turned blank that had shown something.
    pub(super) fn blank(&self, reason: String) {
        self.blanks.add(reason);
    }

    /// The hub sent what the protocol does not allow.
    pub(super) fn fault(&self, kind: &str) {
        self.faults.add(kind.to_owned());
    }

    /// A viewer's socket ended or did not open.
    pub(super) fn close(&self, class: Class, kind: &str) {
        self.closes.add(format!("{}: {kind}", class.name()));
    }

    pub(super) fn faults(&self) -> BTreeMap<String, u64> {
        self.faults.get()
    }

    pub(super) fn closes(&self) -> BTreeMap<String, u64> {
        self.closes.get()
    }

    pub(super) fn blanks(&self) -> BTreeMap<String, u64> {
        self.blanks.get()
    }
}
