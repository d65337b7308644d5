//! How long changes of status took.

use serde::Serialize;

use crate::report::{
    Axis, CurvePoint, Figure, FleetSummary, LatencyPoint, LatencySummary, Line, Page, Percentile, Plot, Presented,
    ProcessPoint, ProcessesUse, Section, Table, Unit, Verdict, process_plots, table_of,
};

/// A whole run.
#[derive(Clone, Debug, Serialize)]
pub struct PresenceReport {
    pub agents: usize,
    pub changes_per_second: f64,
    pub changes: u64,
    /// Changes that the portal never saw.
    pub unseen: u64,
    /// How often a diff did not follow the one before, so that the portal had to subscribe again.
    pub gaps: u64,
    /// When the measurement began, in seconds since the run did.
    pub from_s: f64,
    pub seconds: f64,
    /// Of everybody in the measured stretch.
    pub beats: u64,
    /// From the moment the change was due to its arrival at the portal.
    pub change_to_seen: LatencySummary,
    pub curve: Vec<CurvePoint>,
    pub over_time: Vec<LatencyPoint>,
    #[serde(flatten)]
    pub used: ProcessesUse,
    pub processes: Vec<ProcessPoint>,
    pub fleet: FleetSummary,
}

impl PresenceReport {
    fn latency_table(&self) -> Table {
        LatencySummary::table(&[("change to seen", self.change_to_seen)])
    }

    fn cost_table(&self) -> Table {
        let beats_per_second = self.beats as f64 / self.seconds.max(0.001);
        let mut rows = vec![
            ["changes".to_owned(), format!("{} ({}/s)", self.changes, self.changes_per_second)],
            ["never seen".to_owned(), self.unseen.to_string()],
            ["gaps".to_owned(), self.gaps.to_string()],
            ["beats measured".to_owned(), format!("{} ({beats_per_second:.1}/s)", self.beats)],
        ];
        if let Some(us) = self.used.hub_cpu_us_per(self.beats) {
            rows.push(["hub CPU per beat, changes included".to_owned(), format!("{us:.1} us")]);
        }
        rows.extend(self.used.rows());
        table_of("presence", rows)
    }
}

impl std::fmt::Display for PresenceReport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{}\n{}", self.latency_table(), self.cost_table())?;
        write!(f, "{}", self.fleet)
    }
}

impl Presented for PresenceReport {
    fn page(&self) -> Page {
        let time = |ms: f64| Unit::Milliseconds.text(ms);
        let mut figures = vec![
            Figure::new("change to seen, p50", time(self.change_to_seen.p50_ms), ""),
            Figure::new("change to seen, p99", time(self.change_to_seen.p99_ms), ""),
            Figure::new("longest", time(self.change_to_seen.max_ms), format!("of {}", self.change_to_seen.count)),
            Figure::new("never seen", self.unseen.to_string(), "").judged(Verdict::none_of(self.unseen)),
            Figure::new("gaps", self.gaps.to_string(), "").judged(Verdict::none_of(self.gaps)),
        ];
        if let Some(hub) = self.used.hub {
            figures.push(Figure::new("hub CPU", format!("{:.1} %", hub.cpu_percent), "of a core"));
        }
        let latency: [Percentile; 3] =
            [("p50", |latency| latency.p50_ms), ("p99", |latency| latency.p99_ms), ("max", |latency| latency.max_ms)];
        let line = |(name, of): Percentile| {
            Line::new(name, self.over_time.iter().map(|point| (self.from_s + point.at_s, of(&point.latency))))
        };
        let over_time = Plot {
            title: "Change to seen over time".to_owned(),
            x: Axis::linear("since the run began", Unit::Seconds),
            y: Axis::linear("due to seen", Unit::Milliseconds),
            lines: latency.map(line).into(),
            marks: Vec::new(),
        };
        let distribution = Plot {
            title: "Change to seen, distribution".to_owned(),
            x: Axis::linear("of all changes", Unit::Share),
            y: Axis::linear("at most so long", Unit::Milliseconds),
            lines: vec![Line::new("change to seen", self.curve.iter().map(|point| (point.share, point.ms)))],
            marks: Vec::new(),
        };
        let mut plots = vec![over_time, distribution];
        plots.extend(process_plots(&self.processes, &[(self.from_s, "measured from here")]));
        Page {
            title: "Presence".to_owned(),
            lead: format!(
                "{} people beat, {} of them change between active and idle each second, and a portal watches everybody.",
                self.agents,
                Unit::Count.text(self.changes_per_second)
            ),
            setting: vec![
                ("agents", self.agents.to_string()),
                ("changes per second", self.changes_per_second.to_string()),
                ("measured", format!("{:.0} s", self.seconds)),
            ],
            figures,
            sections: vec![
                Section {
                    title: "Until the portal knows",
                    text: "From the moment a change was due at the agent to its arrival at the portal's socket."
                        .to_owned(),
                    plots,
                    tables: vec![self.latency_table(), self.cost_table()],
                },
                self.fleet.section(),
            ],
        }
    }
}
