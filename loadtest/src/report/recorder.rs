//! Counts and measures a whole fleet.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use super::{Figure, Latency, LatencySummary, Page, Presented, Section, Table, Verdict};
use crate::agent::{Identity, Observation, Observer};

/// Observes every agent of a fleet.
#[derive(Debug, Default)]
pub struct Recorder {
    connected: AtomicI64,
    connects: AtomicU64,
    returns: AtomicU64,
    leaves: AtomicU64,
    unplugs: AtomicU64,
    beats: AtomicU64,
    events_acknowledged: AtomicU64,
    events_refused: AtomicU64,
    screenshots: AtomicU64,
    screenshot_bytes: AtomicU64,
    frames: AtomicU64,
    connecting: Latency,
    acknowledging: Latency,
    uploading: Latency,
    taking: Latency,
    errors: Mutex<BTreeMap<String, u64>>,
}

/// What a run of a fleet came to.
#[derive(Clone, Debug, Serialize)]
pub struct FleetSummary {
    pub agents: u64,
    pub seconds: f64,
    pub connected_at_end: i64,
    pub connects: u64,
    pub reconnects: u64,
    pub clean_leaves: u64,
    pub dropped_sockets: u64,
    pub beats: u64,
    pub beats_per_second: f64,
    pub events_acknowledged: u64,
    pub events_refused: u64,
    /// Still spooled when the run ended.
    pub events_unacknowledged: u64,
    pub screenshots: u64,
    pub screenshot_mib: f64,
    pub frames: u64,
    pub connect_to_welcome: LatencySummary,
    pub event_to_ack: LatencySummary,
    pub screenshot_to_created: LatencySummary,
    /// From a live frame's sending to the hub's `got`: how hard the hub brakes.
    pub frame_to_got: LatencySummary,
    /// Failures by kind; a hub that closes for a reason is one.
    pub errors: BTreeMap<String, u64>,
}

impl Observer for Recorder {
    fn observe(&self, _agent: &Identity, observation: &Observation<'_>) {
        match observation {
            Observation::Welcomed { took_us, is_return, .. } => {
                self.connected.fetch_add(1, Ordering::Relaxed);
                count(if *is_return { &self.returns } else { &self.connects });
                self.connecting.record_us(*took_us);
            }
            Observation::NotConnected { error } => self.fail(format!("connect: {}", error.kind())),
            Observation::BeatSent { .. } => count(&self.beats),
            Observation::EventAcknowledged { took_us, .. } => {
                count(&self.events_acknowledged);
                self.acknowledging.record_us(*took_us);
            }
            Observation::EventRefused { reason, .. } => {
                count(&self.events_refused);
                self.fail(format!("event refused: {reason}"));
            }
            Observation::ScreenshotStored { took_us, bytes, .. } => {
                count(&self.screenshots);
                self.screenshot_bytes.fetch_add(*bytes as u64, Ordering::Relaxed);
                self.uploading.record_us(*took_us);
            }
            Observation::ScreenshotFailed { error } => self.fail(format!("screenshot: {}", error.kind())),
            Observation::FrameTaken { took_us, .. } => {
                count(&self.frames);
                self.taking.record_us(*took_us);
            }
            Observation::Ended { code, reason, .. } => {
                self.connected.fetch_sub(1, Ordering::Relaxed);
                self.fail(match code {
                    Some(code) => format!("closed {code}: {reason}"),
                    None => format!("lost: {reason}"),
                });
            }
            Observation::Left => {
                self.connected.fetch_sub(1, Ordering::Relaxed);
                count(&self.leaves);
            }
            Observation::Unplugged => {
                self.connected.fetch_sub(1, Ordering::Relaxed);
                count(&self.unplugs);
            }
            Observation::EventsSent { .. } | Observation::FrameSent { .. } | Observation::Heard { .. } => {}
        }
    }
}

impl Recorder {
    /// How many agents are connected now.
    #[must_use]
    pub fn connected(&self) -> u64 {
        u64::try_from(self.connected.load(Ordering::Relaxed)).unwrap_or_default()
    }

    /// How many agents have connected at least once.
    #[must_use]
    pub fn arrived(&self) -> u64 {
        self.connects.load(Ordering::Relaxed)
    }

    /// How many durable events the hub has committed.
    #[must_use]
    pub fn events_acknowledged(&self) -> u64 {
        self.events_acknowledged.load(Ordering::Relaxed)
    }

    /// How many beats were sent.
    #[must_use]
    pub fn beats(&self) -> u64 {
        self.beats.load(Ordering::Relaxed)
    }

    /// One line for a progress bar.
    #[must_use]
    pub fn note(&self) -> String {
        let of = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let errors: u64 = self.errors.lock().unwrap_or_else(PoisonError::into_inner).values().sum();
        format!(
            "connected {}, beats {}, events {}, screenshots {}, errors {errors}",
            self.connected(),
            of(&self.beats),
            of(&self.events_acknowledged),
            of(&self.screenshots),
        )
    }

    /// Everything, for a run of `agents` agents that took `seconds`.
    #[must_use]
    pub fn summary(&self, agents: u64, seconds: f64, events_unacknowledged: u64) -> FleetSummary {
        let of = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        FleetSummary {
            agents,
            seconds,
            connected_at_end: self.connected.load(Ordering::Relaxed),
            connects: of(&self.connects),
            reconnects: of(&self.returns),
            clean_leaves: of(&self.leaves),
            dropped_sockets: of(&self.unplugs),
            beats: of(&self.beats),
            beats_per_second: of(&self.beats) as f64 / seconds.max(0.001),
            events_acknowledged: of(&self.events_acknowledged),
            events_refused: of(&self.events_refused),
            events_unacknowledged,
            screenshots: of(&self.screenshots),
            screenshot_mib: of(&self.screenshot_bytes) as f64 / 1_048_576.0,
            frames: of(&self.frames),
            connect_to_welcome: self.connecting.summary(),
            event_to_ack: self.acknowledging.summary(),
            screenshot_to_created: self.uploading.summary(),
            frame_to_got: self.taking.summary(),
            errors: self.errors.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        }
    }

    fn fail(&self, kind: String) {
        *self.errors.lock().unwrap_or_else(PoisonError::into_inner).entry(kind).or_default() += 1;
    }
}

fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

impl LatencySummary {
    /// A row for [`Table`], after the name.
    fn cells(&self, name: &str) -> Vec<String> {
        let numbers = [self.p50_ms, self.p90_ms, self.p99_ms, self.p999_ms, self.max_ms];
        let mut cells = vec![name.to_owned(), self.count.to_string()];
        cells.extend(numbers.iter().map(|ms| format!("{ms:.1}")));
        cells
    }

    /// A table of several, in milliseconds.
    #[must_use]
    pub fn table(rows: &[(&str, Self)]) -> Table {
        let mut table = Table::new(&["latency (ms)", "count", "p50", "p90", "p99", "p99.9", "max"]);
        for (name, summary) in rows {
            table.row(summary.cells(name));
        }
        table
    }
}

impl FleetSummary {
    /// Everything that was counted.
    #[must_use]
    pub fn counts_table(&self) -> Table {
        let mut counts = Table::new(&["fleet", ""]);
        let rows = [
            ("agents", self.agents.to_string()),
            ("seconds", format!("{:.1}", self.seconds)),
            ("first connects", self.connects.to_string()),
            ("reconnects", self.reconnects.to_string()),
            ("clean leaves", self.clean_leaves.to_string()),
            ("dropped sockets", self.dropped_sockets.to_string()),
            ("beats", format!("{} ({:.1}/s)", self.beats, self.beats_per_second)),
            ("events acknowledged", self.events_acknowledged.to_string()),
            ("events refused", self.events_refused.to_string()),
            ("events left in spools", self.events_unacknowledged.to_string()),
            ("screenshots stored", format!("{} ({:.1} MiB)", self.screenshots, self.screenshot_mib)),
            ("live frames taken", self.frames.to_string()),
        ];
        for (name, value) in rows {
            counts.row([name.to_owned(), value]);
        }
        counts
    }

    /// How long everything took.
    #[must_use]
    pub fn latency_table(&self) -> Table {
        let latencies = [
            ("connect to welcome", self.connect_to_welcome),
            ("event to ack", self.event_to_ack),
            ("screenshot to 201", self.screenshot_to_created),
            ("live frame to got", self.frame_to_got),
        ];
        let seen = latencies.into_iter().filter(|(_, latency)| latency.count > 0).collect::<Vec<_>>();
        LatencySummary::table(&seen)
    }

    /// Failures by kind.
    #[must_use]
    pub fn error_table(&self) -> Table {
        Table::counts("errors by kind", &self.errors)
    }
}

impl std::fmt::Display for FleetSummary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{}\n{}", self.counts_table(), self.latency_table())?;
        if self.errors.is_empty() { writeln!(f, "no errors") } else { write!(f, "{}", self.error_table()) }
    }
}

impl Presented for FleetSummary {
    fn page(&self) -> Page {
        let errors: u64 = self.errors.values().sum();
        let mut page = Page {
            title: "Fleet".to_owned(),
            lead: "A hurried office over the real agent door: beats, events, screenshots, clean and unclean leaves."
                .to_owned(),
            setting: vec![("agents", self.agents.to_string()), ("duration", format!("{:.0} s", self.seconds))],
            figures: vec![
                Figure::new("beats", format!("{:.0}/s", self.beats_per_second), format!("{} in all", self.beats)),
                Figure::new("events acknowledged", self.events_acknowledged.to_string(), ""),
                Figure::new("event to ack, p99", format!("{:.1} ms", self.event_to_ack.p99_ms), ""),
                Figure::new("screenshots", self.screenshots.to_string(), format!("{:.1} MiB", self.screenshot_mib)),
                Figure::new("left in spools", self.events_unacknowledged.to_string(), "")
                    .judged(Verdict::none_of(self.events_unacknowledged)),
                Figure::new("errors", errors.to_string(), ""),
            ],
            sections: Vec::new(),
        };
        page.sections.push(self.section());
        page
    }
}

impl FleetSummary {
    /// The agents' side of any scenario.
    #[must_use]
    pub fn section(&self) -> Section {
        let mut tables = vec![self.latency_table(), self.counts_table()];
        if !self.errors.is_empty() {
            tables.push(self.error_table());
        }
        Section { title: "Agents", tables, ..Section::default() }
    }
}
