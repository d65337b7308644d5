//! `idle`: what a connected agent costs the hub, in memory and per beat.

use std::sync::Arc;

use serde::Serialize;

use super::crew::{Crew, CrewConfig};
use super::launch::Launched;
use crate::agent::pace::Pace;
use crate::agent::{Habits, Surroundings};
use crate::client::RestClient;
use crate::clock::Clock;
use crate::desktop::Painter;
use crate::error::LoadtestError;
use crate::process::ProcessSample;
use crate::report::{
    Figure, FleetSummary, Page, Presented, ProcessPoint, Processes, Recorder, Section, Table, process_plots,
};

/// What is measured.
#[derive(Clone, Debug)]
pub struct IdleConfig {
    pub crew: CrewConfig,
    pub ramp_per_second: f64,
    /// After the last connection, before anything is measured.
    pub settle_ms: u64,
    /// How long beats are counted.
    pub duration_ms: u64,
    pub beat_every_ms: Option<u64>,
    /// The hub's process, on this machine.
    pub hub_pid: u32,
}

/// What an idle agent costs.
#[derive(Clone, Debug, Serialize)]
pub struct IdleReport {
    pub connected: u64,
    pub hub_resident_before_bytes: u64,
    pub hub_resident_after_bytes: u64,
    /// The growth of the hub's resident memory over the connected agents. Kernel memory of sockets is not in it.
    pub bytes_per_agent: f64,
    pub beats: u64,
    pub measured_seconds: f64,
    pub hub_cpu_us: u64,
    /// All of the hub's processor time in the measured stretch over its beats.
    pub cpu_us_per_beat: f64,
    pub processes: Vec<ProcessPoint>,
    pub fleet: FleetSummary,
}

/// Connects sockets that only beat, and measures the hub's process.
pub async fn run_idle(config: IdleConfig) -> Result<IdleReport, LoadtestError> {
    let clock = Clock::start();
    let recorder = Arc::new(Recorder::default());
    let mut processes = Processes::begin(Some(config.hub_pid), clock.mono_ms())?;
    let crew = Crew::muster(&config.crew).await?;
    let around = Arc::new(Surroundings {
        clock,
        rest: RestClient::new(&config.crew.sign_in.portal_url)?,
        painter: Painter::new(1),
        observer: recorder.clone(),
    });
    let habits = Habits { beat_every_ms: config.beat_every_ms, ..Habits::SOCKET_ONLY };
    let agents = crew.agents(Pace::STEADY, habits);
    let before = ProcessSample::of(config.hub_pid)?;
    let started_ms = clock.mono_ms();
    let launched =
        Launched::go(agents, &around, config.ramp_per_second, &recorder, || processes.look(clock.mono_ms())).await;
    launched.live(clock, config.settle_ms, &recorder, || processes.look(clock.mono_ms())).await;
    let (settled, beats_before, settled_ms) = (ProcessSample::of(config.hub_pid)?, recorder.beats(), clock.mono_ms());
    launched.live(clock, config.duration_ms, &recorder, || processes.look(clock.mono_ms())).await;
    let (after, beats_after, measured_ms) = (ProcessSample::of(config.hub_pid)?, recorder.beats(), clock.mono_ms());
    let connected = recorder.connected();
    let unacknowledged = launched.bring_home(clock).await;
    let seconds = (clock.mono_ms() - started_ms) as f64 / 1000.0;
    let (beats, hub_cpu_us) = (beats_after - beats_before, after.cpu_us.saturating_sub(settled.cpu_us));
    Ok(IdleReport {
        connected,
        hub_resident_before_bytes: before.resident_bytes,
        hub_resident_after_bytes: after.resident_bytes,
        bytes_per_agent: (after.resident_bytes as f64 - before.resident_bytes as f64) / connected.max(1) as f64,
        beats,
        measured_seconds: (measured_ms - settled_ms) as f64 / 1000.0,
        hub_cpu_us,
        cpu_us_per_beat: hub_cpu_us as f64 / beats.max(1) as f64,
        processes: processes.points(),
        fleet: recorder.summary(config.crew.agents as u64, seconds, unacknowledged),
    })
}

impl IdleReport {
    fn table(&self) -> Table {
        let mib = |bytes: u64| format!("{:.1} MiB", bytes as f64 / 1_048_576.0);
        let mut table = Table::new(&["idle agents", ""]);
        let rows = [
            ("connected", self.connected.to_string()),
            ("hub resident before", mib(self.hub_resident_before_bytes)),
            ("hub resident after", mib(self.hub_resident_after_bytes)),
            ("bytes per agent", format!("{:.0} ({:.2} KiB)", self.bytes_per_agent, self.bytes_per_agent / 1024.0)),
            ("beats measured", format!("{} in {:.1} s", self.beats, self.measured_seconds)),
            ("hub CPU per beat", format!("{:.1} us", self.cpu_us_per_beat)),
        ];
        for (name, value) in rows {
            table.row([name.to_owned(), value]);
        }
        table
    }
}

impl std::fmt::Display for IdleReport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}\n{}", self.table(), self.fleet)
    }
}

impl Presented for IdleReport {
    fn page(&self) -> Page {
        let per_agent = format!("{:.2} KiB", self.bytes_per_agent / 1024.0);
        let per_beat = format!("{:.1} us", self.cpu_us_per_beat);
        Page {
            title: "Idle agents".to_owned(),
            lead: "Sockets that only beat: what one costs the hub in memory and processor time.".to_owned(),
            setting: vec![
                ("agents", self.connected.to_string()),
                ("measured", format!("{:.0} s", self.measured_seconds)),
            ],
            figures: vec![
                Figure::new("memory per agent", per_agent, "resident, without the kernel's sockets"),
                Figure::new("hub CPU per beat", per_beat, format!("{} beats", self.beats)),
            ],
            sections: vec![
                Section {
                    title: "What it costs",
                    plots: process_plots(&self.processes, &[]),
                    tables: vec![self.table()],
                    ..Section::default()
                },
                self.fleet.section(),
            ],
        }
    }
}
