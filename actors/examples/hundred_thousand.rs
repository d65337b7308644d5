//! A hundred thousand employees in one process, with simulated sockets, for docs/performance.md:
//!
//! `cargo run --release -p muster-actors --example hundred_thousand -- [EMPLOYEES] [SECONDS] [CHECKPOINT_SECONDS]`
//!
//! Everyone connects, beats every 30 s at the own moment, and one in a thousand falls silent. Prints memory for each employee,
//! CPU for each beat, how long everyone took to connect, and how late the offline of the silent ones was published.

#![expect(clippy::disallowed_methods, reason = "a program that measures time")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use actix::{Actor, Context, Handler};
use muster_actors::employee::{Connect, Touch, Voice};
use muster_actors::roster::{Outbound, Subscribe, View};
use muster_actors::{Clock, Hub, HubConfig, Outbox};
use muster_db::{Database, DatabaseConfig, NewPerson};
use muster_domain::Role;
use muster_domain::permission::Capabilities;
use muster_domain::presence::{Activity, LinkId};
use muster_protocol::portal::PortalDown;
use muster_protocol::presence::{PresenceEntry, Status};
use muster_protocol::{DeviceId, EmployeeId, UtcMillis};

const BEAT_EVERY_MS: u64 = 30_000;
/// Beats are sent in so many steps a second.
const STEPS_PER_SECOND: u64 = 100;
const SILENT_ONE_IN: usize = 1_000;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1).map(|text| text.parse::<u64>());
    let employees = arguments.next().transpose()?.unwrap_or(100_000) as usize;
    let seconds = arguments.next().transpose()?.unwrap_or(180);
    let checkpoint_every_ms = arguments.next().transpose()?.unwrap_or(60) * 1_000;
    let config = HubConfig { checkpoint_every_ms, ..HubConfig::default() };
    actix::System::new().block_on(measure(config, employees, seconds))
}

/// What one simulated socket needs to beat.
struct Line {
    employee: EmployeeId,
    link: LinkId,
    _outbox: Outbox,
}

async fn measure(config: HubConfig, count: usize, seconds: u64) -> Result<(), Failure> {
    let database = Database::open(&DatabaseConfig::at("mem://")).await?;
    let ids = (0..count).map(|index| EmployeeId::new(&format!("E{index:06}"))).collect::<Result<Vec<_>, _>>()?;
    for chunk in ids.chunks(1_000) {
        database.people().create_all(&chunk.iter().map(person).collect::<Vec<_>>()).await?;
    }
    let started = Instant::now();
    let hub = Hub::start(config, Clock::system(), database).await?;
    println!("start with {count} people           {:>10.0?}", started.elapsed());
    let screen = Watcher::default();
    let late = screen.late_ms.clone();
    let recipient = screen.start().recipient();
    hub.roster.send(Subscribe { viewer: 0, view: View::All, recipient }).await?;
    pause(1_000).await;

    let before = Process::now()?;
    let connecting = Instant::now();
    let lines = ids.iter().map(|employee| connect(&hub, employee)).collect::<Vec<_>>();
    let connected = lines.last().ok_or("nobody")?;
    while hub.people.get(&connected.employee).is_none_or(|person| person.last_seen().is_none()) {
        pause(5).await;
    }
    println!("connect everyone                    {:>10.0?}", connecting.elapsed());
    // That everyone came is history that has to be written; it is not what a beat costs.
    let writing = Instant::now();
    hub.drain().await;
    println!("write that everyone came            {:>10.0?}", writing.elapsed());
    pause(2_000).await;
    let settled = Process::now()?;
    let bytes = settled.resident_bytes.saturating_sub(before.resident_bytes) / count as u64;
    println!("resident memory for each employee   {bytes:>10} bytes (simulated socket included, real one not)");

    let beats = beat(&hub, &lines, seconds).await;
    let after = Process::now()?;
    let cpu_ms = after.cpu_ms - settled.cpu_ms;
    println!("beats                               {beats:>10}");
    println!("CPU of the whole process            {:>10.1} % of a core", cpu_ms as f64 / (seconds * 10) as f64);
    println!(
        "CPU for each beat                   {:>10.2} µs (sender, timers and checkpoints included)",
        cpu_ms as f64 * 1_000.0 / beats as f64
    );
    let mut late = late.lock().map_err(|_| "a panic")?.clone();
    late.sort_unstable();
    let at = |share: f64| late.get((late.len() as f64 * share) as usize).or(late.last()).copied().unwrap_or_default();
    println!(
        "offline published after it was due  p50 {} ms, p99 {} ms, max {} ms, of {}",
        at(0.5),
        at(0.99),
        at(1.0),
        late.len()
    );
    Ok(())
}

fn person(id: &EmployeeId) -> NewPerson {
    NewPerson {
        id: Some(id.clone()),
        name: format!("Person {id}"),
        email: format!("{id}@example.org"),
        role: Role::Employee,
        team: None,
        managed_teams: Vec::new(),
        capabilities: Capabilities::NONE,
        password_hash: None,
        created_at: UtcMillis(0),
    }
}

fn connect(hub: &Arc<Hub>, employee: &EmployeeId) -> Line {
    let (link, outbox) = (hub.next_link(), Outbox::default());
    let device = Some(DeviceId::generate());
    hub.tell(
        employee,
        Connect {
            link,
            device,
            clock_skew_ms: 0,
            displays: Arc::default(),
            is_paused: false,
            voice: Voice::Agent(outbox.clone()),
        },
    );
    Line { employee: employee.clone(), link, _outbox: outbox }
}

/// Lets everyone beat at the own moment of every 30 s; one in [`SILENT_ONE_IN`] never does.
async fn beat(hub: &Arc<Hub>, lines: &[Line], seconds: u64) -> u64 {
    let steps = BEAT_EVERY_MS * STEPS_PER_SECOND / 1_000;
    let mut ticks = actix_rt::time::interval(Duration::from_millis(1_000 / STEPS_PER_SECOND));
    let mut beats = 0;
    for step in 0..seconds * STEPS_PER_SECOND {
        ticks.tick().await;
        let first = (step % steps) as usize;
        for (index, line) in lines.iter().enumerate().skip(first).step_by(steps as usize) {
            if index % SILENT_ONE_IN != 0 {
                hub.tell(&line.employee, Touch { link: line.link, activity: Some(Activity::Input) });
                beats += 1;
            }
        }
    }
    beats
}

async fn pause(ms: u64) {
    actix_rt::time::sleep(Duration::from_millis(ms)).await;
}

/// Notes how late each offline arrives.
#[derive(Default)]
struct Watcher {
    late_ms: Arc<std::sync::Mutex<Vec<i64>>>,
}

impl Actor for Watcher {
    type Context = Context<Self>;
}

impl Handler<Outbound> for Watcher {
    type Result = ();

    fn handle(&mut self, Outbound(text): Outbound, _: &mut Self::Context) {
        let now = Clock::system().wall();
        let Ok(PortalDown::PresenceDiff { changed, .. }) = serde_json::from_str(&text) else { return };
        let is_offline = |entry: &&PresenceEntry| entry.status == Status::Offline;
        if let Ok(mut late) = self.late_ms.lock() {
            late.extend(changed.iter().filter(is_offline).map(|entry| now.since(entry.since)));
        }
    }
}

/// What the operating system says of this process.
struct Process {
    resident_bytes: u64,
    cpu_ms: u64,
}

impl Process {
    fn now() -> Result<Self, Failure> {
        let status = std::fs::read_to_string("/proc/self/status")?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).ok_or("no VmRSS")?;
        let kib = line.split_whitespace().nth(1).ok_or("no number")?.parse::<u64>()?;
        let stat = std::fs::read_to_string("/proc/self/stat")?;
        let fields = stat.rsplit(')').next().ok_or("no fields")?.split_whitespace().collect::<Vec<_>>();
        // Fields 14 and 15 of proc(5), in ticks of 10 ms.
        let ticks = fields[11].parse::<u64>()? + fields[12].parse::<u64>()?;
        Ok(Self { resident_bytes: kib * 1024, cpu_ms: ticks * 10 })
    }
}
