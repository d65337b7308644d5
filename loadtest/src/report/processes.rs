//! What the hub and the load generator use while a scenario runs.

use serde::Serialize;

use super::{Axis, Line, Plot, Table, Unit};
use crate::error::LoadtestError;
use crate::process::{ProcessUse, ProcessWatch};

/// Processor time is told in steps of 10 ms: over a second that is an error of one percent.
const POINT_EVERY_MS: u64 = 1_000;

/// The hub, if its process is known, and the load generator itself: when that one is short of processor time, ages are its
/// own and not the hub's.
#[derive(Clone, Debug)]
pub struct Processes {
    hub: Option<ProcessWatch>,
    generator: ProcessWatch,
}

/// What both used in a stretch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct ProcessesUse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hub: Option<ProcessUse>,
    pub generator: ProcessUse,
}

/// One second of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct ProcessPoint {
    /// Since the run began.
    pub at_s: f64,
    pub hub_resident_bytes: Option<u64>,
    /// Of one core, since the point before.
    pub hub_cpu_percent: Option<f64>,
    pub generator_cpu_percent: Option<f64>,
}

impl Processes {
    /// Watches this process and the hub's. Fails if there is no process `hub_pid`.
    pub fn begin(hub_pid: Option<u32>, now_ms: u64) -> Result<Self, LoadtestError> {
        let hub = hub_pid.map(|pid| ProcessWatch::begin(pid, now_ms)).transpose()?;
        Ok(Self { hub, generator: ProcessWatch::begin(std::process::id(), now_ms)? })
    }

    /// Looks at both; to be called several times a second.
    pub fn look(&mut self, now_ms: u64) {
        self.generator.look(now_ms);
        if let Some(hub) = &mut self.hub {
            hub.look(now_ms);
        }
    }

    /// What was used from `from_ms` to `to_ms`.
    #[must_use]
    pub fn used(&self, from_ms: u64, to_ms: u64) -> ProcessesUse {
        let hub = self.hub.as_ref().map(|hub| hub.used(from_ms, to_ms));
        ProcessesUse { hub, generator: self.generator.used(from_ms, to_ms) }
    }

    /// The first look.
    #[must_use]
    pub fn began_ms(&self) -> u64 {
        self.generator.looks().first().map_or(0, |look| look.at_ms)
    }

    /// Second by second, from the first look on.
    #[must_use]
    pub fn points(&self) -> Vec<ProcessPoint> {
        let looks = self.generator.looks();
        let Some(first) = looks.first() else { return Vec::new() };
        let began = ProcessPoint {
            hub_resident_bytes: self.used(first.at_ms, first.at_ms).hub.map(|hub| hub.resident_start_bytes),
            ..ProcessPoint::default()
        };
        let (mut points, mut from_ms) = (vec![began], first.at_ms);
        for look in looks.iter().filter(|look| look.at_ms > first.at_ms) {
            if look.at_ms < from_ms + POINT_EVERY_MS {
                continue;
            }
            let used = self.used(from_ms, look.at_ms);
            points.push(ProcessPoint {
                at_s: (look.at_ms - first.at_ms) as f64 / 1000.0,
                hub_resident_bytes: used.hub.map(|hub| hub.resident_end_bytes),
                hub_cpu_percent: used.hub.map(|hub| hub.cpu_percent),
                generator_cpu_percent: Some(used.generator.cpu_percent),
            });
            from_ms = look.at_ms;
        }
        points
    }
}

impl ProcessesUse {
    /// The hub's processor time over `count` things that it did, in microseconds.
    #[must_use]
    pub fn hub_cpu_us_per(&self, count: u64) -> Option<f64> {
        self.hub.filter(|_| count > 0).map(|hub| hub.cpu_us as f64 / count as f64)
    }

    /// Rows of "name, value" for a text table.
    pub fn rows(&self) -> Vec<[String; 2]> {
        let bytes = |bytes: u64| Unit::Bytes.text(bytes as f64);
        let mut rows = Vec::new();
        if let Some(hub) = self.hub {
            let [start, mid, max] =
                [hub.resident_start_bytes, hub.resident_mid_bytes, hub.resident_max_bytes].map(bytes);
            rows.push(["hub memory start, mid, max".to_owned(), format!("{start}, {mid}, {max}")]);
            rows.push(["hub CPU".to_owned(), format!("{:.1} % of a core", hub.cpu_percent)]);
        }
        rows.push(["generator CPU".to_owned(), format!("{:.1} % of a core", self.generator.cpu_percent)]);
        rows
    }
}

/// The memory and the processor time of a run, over time, and when something happened in it.
#[must_use]
pub fn process_plots(points: &[ProcessPoint], marks: &[(f64, &'static str)]) -> Vec<Plot> {
    let mut plots = Vec::new();
    let resident = points.iter().filter_map(|point| Some((point.at_s, point.hub_resident_bytes? as f64)));
    let resident = Line::new("hub", resident);
    let hub_cpu = Line::new("hub", points.iter().filter_map(|point| Some((point.at_s, point.hub_cpu_percent?))));
    let generator = points.iter().filter_map(|point| Some((point.at_s, point.generator_cpu_percent?)));
    let cpu: Vec<Line> = [hub_cpu, Line::new("load generator", generator)].into();
    if !resident.points.is_empty() {
        plots.push(Plot {
            title: "Resident memory of the hub".to_owned(),
            x: Axis::linear("since the run began", Unit::Seconds),
            y: Axis::linear("bytes", Unit::Bytes),
            lines: vec![resident],
            marks: marks.to_vec(),
        });
    }
    plots.push(Plot {
        title: "Processor time".to_owned(),
        x: Axis::linear("since the run began", Unit::Seconds),
        y: Axis::linear("of one core", Unit::Percent),
        lines: cpu.into_iter().filter(|line| !line.points.is_empty()).collect(),
        marks: marks.to_vec(),
    });
    plots
}

/// A text table of "name, value".
pub(crate) fn table_of(title: &str, rows: impl IntoIterator<Item = [String; 2]>) -> Table {
    let mut table = Table::new(&[title, ""]);
    for row in rows {
        table.row(row);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_has_a_point_each_second_and_the_generator_is_always_there() {
        let mut processes = Processes::begin(None, 1_000).unwrap();
        for look in 1..=20 {
            processes.look(1_000 + look * 250);
        }
        let points = processes.points();
        assert_eq!(points.iter().map(|point| point.at_s).collect::<Vec<_>>(), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
        assert!(points.iter().all(|point| point.hub_cpu_percent.is_none()));
        assert_eq!(process_plots(&points, &[]).len(), 1, "no hub, no memory");
        assert_eq!(processes.used(1_000, 6_000).hub_cpu_us_per(5), None);
    }

    #[test]
    fn the_hub_has_memory() {
        let mut processes = Processes::begin(Some(std::process::id()), 0).unwrap();
        processes.look(1_500);
        let used = processes.used(0, 1_500);
        assert!(used.hub.unwrap().resident_max_bytes > 100_000 && used.hub_cpu_us_per(0).is_none());
        assert_eq!((used.rows().len(), process_plots(&processes.points(), &[]).len()), (3, 2));
        assert!(Processes::begin(Some(u32::MAX), 0).is_err());
    }
}
