//! What people put right afterwards.

use muster_protocol::UtcMillis;

use super::chance::{Topic, day_number, draws, happens};
use super::{Doing, Stretch, WorkDay, Worker};

/// Of a thousand long stretches without a word so many turn out to be a break.
const WAS_A_BREAK: u32 = 600;
/// Of a thousand late mornings so many were a forgotten punch-in.
const FORGOT_TO_PUNCH_IN: u32 = 200;
/// Of a thousand shifts so many have a stretch without input that was work.
const WAS_WORK: u32 = 12;
/// Nobody forgets to end a break of coffee: what is longer was lunch.
const LUNCH_MS: i64 = 24 * 60_000;

/// What the time was, after all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CorrectedKind {
    Active,
    Break,
}

/// One correction of a shift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayCorrection {
    pub from: UtcMillis,
    pub to: UtcMillis,
    pub kind: CorrectedKind,
    pub reason: &'static str,
}

impl Worker {
    /// What was wrong about this shift and was put right; most need nothing.
    #[must_use]
    pub fn correction(&self, day: &WorkDay) -> Option<DayCorrection> {
        let mut rng = draws(self.seed, Topic::Correction, day_number(day.date));
        let hands_off = || day.stretches.iter().filter(|stretch| stretch.doing == Doing::HandsOff);
        let lunch = hands_off().find(|stretch| stretch.to.since(stretch.from) >= LUNCH_MS);
        if let Some(lunch) = lunch.filter(|_| happens(&mut rng, WAS_A_BREAK)) {
            return Some(over(*lunch, CorrectedKind::Break, "Lunch: the break was not entered"));
        }
        if day.late_by_ms > 0 && happens(&mut rng, FORGOT_TO_PUNCH_IN) {
            let from = day.starts_at.minus(day.late_by_ms);
            let reason = "Was in the meeting room from the beginning and forgot to punch in";
            return Some(DayCorrection { from, to: day.starts_at, kind: CorrectedKind::Active, reason });
        }
        let call = hands_off().max_by_key(|stretch| stretch.to.since(stretch.from));
        let call = call.filter(|_| happens(&mut rng, WAS_WORK))?;
        Some(over(*call, CorrectedKind::Active, "On the telephone with a customer"))
    }
}

const fn over(stretch: Stretch, kind: CorrectedKind, reason: &'static str) -> DayCorrection {
    DayCorrection { from: stretch.from, to: stretch.to, kind, reason }
}
