//! What a run says in the end, and while it runs.

mod axis;
mod conditions;
mod latency;
mod page;
mod plot;
mod processes;
mod progress;
mod recorder;
mod table;
mod timeline;

#[cfg(test)]
mod page_test;

pub use axis::{Axis, Scale, Unit};
pub use conditions::Conditions;
pub(crate) use latency::Percentile;
pub use latency::{CurvePoint, Latency, LatencySummary};
pub use page::{Figure, Page, Presented, Section, Verdict};
pub use plot::{Line, Plot};
pub(crate) use processes::table_of;
pub use processes::{ProcessPoint, Processes, ProcessesUse, process_plots};
pub use progress::Progress;
pub use recorder::{FleetSummary, Recorder};
pub use table::Table;
pub use timeline::{LatencyPoint, LatencyTimeline};
