//! Work time: marks go in, contiguous segments come out, totals are sums of segments and nothing else.
//!
//! Everything that is known about an employee's work is a *set* of [`Mark`]s. Sessions and segments are derived from the
//! set, so late, doubled, split and reordered deliveries give the same hours by construction.
//!
//! Start reading at [`mod@derive`] (the law), then [`log`] (how it meets the database).

pub mod change;
pub mod correction;
mod coverage;
pub mod derive;
pub mod idle_delta;
pub mod log;
pub mod mark;
pub mod segment;
pub mod totals;

#[cfg(test)]
mod derive_test;
#[cfg(test)]
mod log_test;

pub use change::WorkChange;
pub use correction::{Correction, CorrectionError, CorrectionKind, corrected};
pub use coverage::CLOCK_SET_MS_MAX;
pub use derive::{WorkSession, derive};
pub use idle_delta::{IdleDeltaError, idle_delta_marks};
pub use log::{PlanError, WorkLog};
pub use mark::{Mark, MarkKind, MarkSource};
pub use segment::{Segment, SegmentKind};
pub use totals::{Totals, clip, totals};
