//! One shift: when it begins, what it is made of, and how it ends.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use muster_protocol::UtcMillis;
use rand::Rng;
use rand::rngs::SmallRng;

use super::Contract;
use super::chance::{Topic, about_minutes_ms, day_number, draws, happens, minutes_ms};

/// Of a thousand mornings so many begin late.
const COMES_LATE: u32 = 70;
/// Of a thousand shifts so many end without a punch-out.
const FORGETS_TO_PUNCH_OUT: u32 = 35;
/// Of a thousand lunches so many are taken with the lid closed, and so many without a word.
const CLOSES_THE_LID: u32 = 80;
const FORGETS_THE_BREAK: u32 = 40;
/// Of a thousand pauses so many are breaks; the others are hands off the keyboard.
const IS_A_BREAK: u32 = 280;
/// A shift that is shorter has no lunch.
const LUNCH_FROM_MS: i64 = 6 * 3_600_000;
/// What is left after a pause is at least so long.
const LAST_STRETCH_MS: i64 = 12 * 60_000;

/// What somebody does for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    Working,
    /// No input: reading, on the telephone, at the printer.
    HandsOff,
    /// A break, and said so.
    Break,
    /// The machine sleeps: nobody can tell what happens.
    LidClosed,
}

/// A stretch of a shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub from: UtcMillis,
    pub to: UtcMillis,
    pub doing: Doing,
}

/// How a shift ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    PunchedOut,
    /// The machine was just switched off.
    FellSilent,
}

/// One shift of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkDay {
    /// The day on which it begins.
    pub date: Date,
    pub starts_at: UtcMillis,
    /// Later than usual, by so much.
    pub late_by_ms: i64,
    /// Contiguous, from the start to the end; the first and the last are work.
    pub stretches: Vec<Stretch>,
    pub ending: Ending,
}

/// What a person is like, every day.
struct Habits {
    begins_earlier_ms: i64,
    works_longer_ms: i64,
    /// Work between two pauses, in minutes.
    concentrates_minutes: i64,
}

impl WorkDay {
    /// The shift that begins on `date`. `None` where the calendar ends.
    pub(super) fn plan(seed: u64, contract: Contract, zone: &TimeZone, date: Date) -> Option<Self> {
        let habits = Habits::of(seed);
        let mut rng = draws(seed, Topic::Shift, day_number(date));
        let late_by_ms = if happens(&mut rng, COMES_LATE) { minutes_ms(&mut rng, 25..=130) } else { 0 };
        let midnight = UtcMillis(date.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond());
        let usual_ms = contract.begins_at_minute() * 60_000 - habits.begins_earlier_ms;
        let starts_at = midnight.plus(usual_ms + about_minutes_ms(&mut rng, -14..=14) + late_by_ms);
        let mut lasts_ms = contract.lasts_minutes() * 60_000 + habits.works_longer_ms;
        lasts_ms += about_minutes_ms(&mut rng, -40..=45) - late_by_ms / 2;
        match date.weekday() {
            Weekday::Friday => lasts_ms -= 35 * 60_000,
            Weekday::Saturday if contract == Contract::Office => lasts_ms /= 2,
            _ => {}
        }
        let ends_at = starts_at.plus(lasts_ms);
        let stretches = Walk { rng: &mut rng, habits: &habits, starts_at, ends_at }.stretches();
        let ending = if happens(&mut rng, FORGETS_TO_PUNCH_OUT) { Ending::FellSilent } else { Ending::PunchedOut };
        Some(Self { date, starts_at, late_by_ms, stretches, ending })
    }

    /// When it ends.
    #[must_use]
    pub fn ends_at(&self) -> UtcMillis {
        self.stretches.last().map_or(self.starts_at, |last| last.to)
    }
}

impl Habits {
    fn of(seed: u64) -> Self {
        let mut rng = draws(seed, Topic::Habits, 0);
        Self {
            begins_earlier_ms: about_minutes_ms(&mut rng, -50..=50),
            works_longer_ms: about_minutes_ms(&mut rng, -25..=45),
            concentrates_minutes: rng.random_range(35..=75),
        }
    }
}

/// A walk through a shift, from pause to pause.
struct Walk<'a> {
    rng: &'a mut SmallRng,
    habits: &'a Habits,
    starts_at: UtcMillis,
    ends_at: UtcMillis,
}

impl Walk<'_> {
    fn stretches(mut self) -> Vec<Stretch> {
        let lasts_ms = self.ends_at.since(self.starts_at);
        let mut lunch_at = (lasts_ms >= LUNCH_FROM_MS)
            .then(|| self.starts_at.plus(lasts_ms * 42 / 100 + about_minutes_ms(self.rng, -35..=45)));
        let mut stretches = Vec::new();
        let mut from = self.starts_at;
        loop {
            let usual = self.habits.concentrates_minutes;
            let mut to = from.plus(minutes_ms(self.rng, usual / 4..=usual * 7 / 4));
            let is_lunch = lunch_at.is_some_and(|at| to >= at);
            if is_lunch {
                to = lunch_at.take().unwrap_or(to).max(from.plus(LAST_STRETCH_MS));
            }
            let (doing, pause_ms) = if is_lunch { self.lunch() } else { self.pause() };
            if to.plus(pause_ms + LAST_STRETCH_MS) > self.ends_at {
                stretches.push(Stretch { from, to: self.ends_at, doing: Doing::Working });
                return stretches;
            }
            stretches.push(Stretch { from, to, doing: Doing::Working });
            from = to.plus(pause_ms);
            stretches.push(Stretch { from: to, to: from, doing });
        }
    }

    fn lunch(&mut self) -> (Doing, i64) {
        let lasts_ms = about_minutes_ms(self.rng, 24..=66);
        let doing = match self.rng.random_range(0..1000) {
            n if n < CLOSES_THE_LID => Doing::LidClosed,
            n if n < CLOSES_THE_LID + FORGETS_THE_BREAK => Doing::HandsOff,
            _ => Doing::Break,
        };
        (doing, lasts_ms)
    }

    fn pause(&mut self) -> (Doing, i64) {
        if happens(self.rng, IS_A_BREAK) {
            return (Doing::Break, minutes_ms(self.rng, 5..=16));
        }
        // Shorter ones do not count as idle, so no agent tells of them.
        (Doing::HandsOff, minutes_ms(self.rng, 4..=9) + minutes_ms(self.rng, 0..=12))
    }
}
