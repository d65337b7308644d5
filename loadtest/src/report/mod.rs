//! What a run says in the end, and while it runs.

mod latency;
mod progress;
mod recorder;
mod table;

pub use latency::{Latency, LatencySummary};
pub use progress::Progress;
pub use recorder::{FleetSummary, Recorder};
pub use table::Table;
