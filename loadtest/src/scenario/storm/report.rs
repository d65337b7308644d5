//! What a storm came to.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::report::{
    Axis, Figure, FleetSummary, LatencySummary, Line, Page, Plot, Presented, ProcessPoint, ProcessesUse, Section,
    Table, Unit, Verdict, process_plots, table_of,
};

/// A whole storm.
#[derive(Clone, Debug, Serialize)]
pub struct StormReport {
    pub agents: usize,
    pub connected_before: u64,
    /// By the portal.
    pub seen_online_before: u64,
    /// In seconds since the run began.
    pub dropped_at_s: f64,
    pub back: u64,
    /// From the drop to `welcome`, backoff included.
    pub time_to_return: LatencySummary,
    /// Seconds since the drop, and how many were back by then.
    pub returned_over_time: Vec<(f64, u64)>,
    pub beats_meanwhile: u64,
    /// Doors that did not open during the storm, by kind.
    pub refused: BTreeMap<String, u64>,
    /// People whom the portal saw offline, although they came back at once.
    pub false_offline: u64,
    pub offline_changes: u64,
    /// Notices that many sessions broke at once.
    pub mass_drops: u64,
    pub gaps: u64,
    /// The portal's own socket ended.
    pub viewer_lost: bool,
    /// From the drop until all were back.
    #[serde(flatten)]
    pub used: ProcessesUse,
    pub processes: Vec<ProcessPoint>,
    pub fleet: FleetSummary,
}

impl StormReport {
    /// Whether everybody came back and nobody was seen offline.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.missing() == 0 && self.false_offline == 0 && !self.viewer_lost
    }

    /// Agents that were connected and are not back.
    fn missing(&self) -> u64 {
        self.connected_before.saturating_sub(self.back)
    }

    fn table(&self) -> Table {
        let mut rows = vec![
            ["connected before".to_owned(), format!("{} of {}", self.connected_before, self.agents)],
            ["seen online before".to_owned(), self.seen_online_before.to_string()],
            ["back".to_owned(), self.back.to_string()],
            ["all back after".to_owned(), Unit::Milliseconds.text(self.time_to_return.max_ms)],
            ["refused handshakes".to_owned(), self.refused.values().sum::<u64>().to_string()],
            ["seen offline".to_owned(), format!("{} people, {} times", self.false_offline, self.offline_changes)],
            ["notices of a mass drop".to_owned(), self.mass_drops.to_string()],
            ["gaps in the portal's diffs".to_owned(), self.gaps.to_string()],
            ["beats meanwhile".to_owned(), self.beats_meanwhile.to_string()],
        ];
        if let Some(us) = self.used.hub_cpu_us_per(self.back) {
            rows.push(["hub CPU per return".to_owned(), format!("{us:.0} us")]);
        }
        rows.extend(self.used.rows());
        table_of("storm", rows)
    }

    fn latency_table(&self) -> Table {
        LatencySummary::table(&[("drop to welcome", self.time_to_return)])
    }

    fn figures(&self) -> Vec<Figure> {
        let refused: u64 = self.refused.values().sum();
        let time = |ms: f64| Unit::Milliseconds.text(ms);
        let mut figures = vec![
            Figure::new("half of them back", time(self.time_to_return.p50_ms), "after the drop"),
            Figure::new("99 % back", time(self.time_to_return.p99_ms), "after the drop"),
            Figure::new("all back", time(self.time_to_return.max_ms), format!("{} agents", self.back)),
            Figure::new("missing", self.missing().to_string(), "of those connected before")
                .judged(Verdict::none_of(self.missing())),
            Figure::new("falsely offline", self.false_offline.to_string(), "seen by the portal")
                .judged(Verdict::none_of(self.false_offline)),
            Figure::new("refused handshakes", refused.to_string(), "tried again"),
        ];
        if let Some(us) = self.used.hub_cpu_us_per(self.back) {
            figures.push(Figure::new("hub CPU per return", format!("{us:.0} us"), ""));
        }
        figures
    }
}

impl std::fmt::Display for StormReport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{}\n{}", self.table(), self.latency_table())?;
        if !self.refused.is_empty() {
            writeln!(f, "{}", Table::counts("refused in the storm", &self.refused))?;
        }
        if self.viewer_lost {
            writeln!(f, "the portal's own socket ended")?;
        }
        write!(f, "{}", self.fleet)
    }
}

impl Presented for StormReport {
    fn page(&self) -> Page {
        let returned = self.returned_over_time.iter().map(|(at_s, count)| (*at_s, *count as f64));
        let returned = std::iter::once((0.0, 0.0)).chain(returned);
        let mut tables = vec![self.latency_table(), self.table()];
        if !self.refused.is_empty() {
            tables.push(Table::counts("refused in the storm", &self.refused));
        }
        let mut plots = vec![Plot {
            title: "Agents back".to_owned(),
            x: Axis::linear("since the drop", Unit::Seconds),
            y: Axis::linear("agents", Unit::Count),
            lines: vec![Line::new("back", returned)],
            marks: Vec::new(),
        }];
        plots.extend(process_plots(&self.processes, &[(self.dropped_at_s, "all dropped")]));
        Page {
            title: "Storm".to_owned(),
            lead: format!(
                "{} agents lose their sockets at the same moment and come back by the protocol's backoff.",
                self.connected_before
            ),
            setting: vec![
                ("agents", self.agents.to_string()),
                ("dropped", format!("{:.0} s after the run began", self.dropped_at_s)),
                ("backoff", "full jitter, first wait up to 1 s".to_owned()),
            ],
            figures: self.figures(),
            sections: vec![
                Section {
                    title: "Coming back",
                    text: "From the moment at which all sockets were reset to each agent's welcome, backoff included."
                        .to_owned(),
                    plots,
                    tables,
                },
                self.fleet.section(),
            ],
        }
    }
}
