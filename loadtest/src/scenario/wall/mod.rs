//! `wall`: how old pictures are when they reach those who watch, and what that costs the hub.
//!
//! Light agents send prebuilt pictures, each dated with the moment at which it was due, whether or not the hub let it go
//! then. Viewers watch, acknowledge and count. Some may sit behind a throttled line, from the start or, to compare, in a
//! second stretch beside viewers that have been measured alone.

mod page;
mod report;
mod tally;
mod viewers;

use std::sync::Arc;

use muster_protocol::limits::{WALL_PICTURE_BYTES_MAX, WALL_WIDTH_MAX};
use muster_protocol::portal::TrackRef;
use tokio::sync::watch;

use self::tally::{Class, Tally};
use self::viewers::{Audience, Viewers};
use super::crew::{Crew, CrewConfig};
use super::launch::Launched;
use super::light::{Duties, LightAgent, LightSurroundings, Supply};
use crate::agent::pace::Pace;
use crate::agent::{AgentConfig, Habits};
use crate::clock::Clock;
use crate::error::LoadtestError;
use crate::picture_source::PictureStock;
use crate::report::{Processes, Progress, Recorder};
use crate::throttle::{LinkConfig, Throttle};

pub use report::{ClassReport, Comparison, StretchReport, WallReport};

/// Different pictures; they change from frame to frame, as a screen at work does.
const PICTURES: usize = 8;
/// What is waited for is looked at so often.
const LOOK_EVERY_MS: u64 = 100;
/// Ages are summed up in stretches of this.
const TICK_MS: u64 = 1_000;

/// A wall.
#[derive(Clone, Debug)]
pub struct WallConfig {
    pub crew: CrewConfig,
    pub ramp_per_second: f64,
    /// How long each stretch is measured.
    pub duration_ms: u64,
    /// Everybody works and everything is shown within this, or the run says what was not.
    pub prepare_within_ms: u64,
    /// After all is there, and before it is measured.
    pub settle_ms: u64,
    /// Pictures per second of each agent, if the hub asks for as many.
    pub fps: f64,
    pub picture_bytes: usize,
    /// At most 480 pixels; the height is 9/16 of it.
    pub picture_width: u16,
    /// Viewers on fast lines.
    pub viewers: usize,
    pub slow_viewers: usize,
    /// The line of the slow ones.
    pub slow_link: LinkConfig,
    pub slow_from: SlowFrom,
    /// Tracks that one viewer watches; at most 128.
    pub tracks_per_viewer: usize,
    pub paint_ms: u64,
    pub beat_every_ms: Option<u64>,
    /// The hub's process, if it is on this machine.
    pub hub_pid: Option<u32>,
}

/// When the slow viewers come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlowFrom {
    TheStart,
    /// First the fast ones are measured alone, then with the slow ones beside them.
    ASecondStretch,
}

/// A run under way.
struct Run {
    clock: Clock,
    recorder: Arc<Recorder>,
    tally: Arc<Tally>,
    around: Arc<LightSurroundings>,
    processes: Processes,
    prepare_within_ms: u64,
}

/// Runs a wall to its end.
pub async fn run_wall(config: WallConfig) -> Result<WallReport, LoadtestError> {
    check(&config)?;
    let (clock, recorder) = (Clock::start(), Arc::new(Recorder::default()));
    let height = config.picture_width / 16 * 9;
    let stock = PictureStock::draw(config.picture_width, height, config.picture_bytes, PICTURES, config.crew.seed)?;
    let processes = Processes::begin(config.hub_pid, clock.mono_ms())?;
    let crew = Crew::muster(&config.crew).await?;
    let duties = Duties { beat_every_ms: config.beat_every_ms, pictures: Some(Supply::new(stock, config.fps)) };
    let around = Arc::new(LightSurroundings { clock, observer: recorder.clone(), duties });
    let tally = Arc::new(Tally::new(2));
    let prepare_within_ms = config.prepare_within_ms;
    let mut run = Run { clock, recorder, tally, around, processes, prepare_within_ms };

    let agents = crew.agents(Pace::STEADY, Habits::SOCKET_ONLY);
    let of = |agent: &AgentConfig| TrackRef { employee: agent.identity.employee.clone(), track: 0 };
    let tracks: Vec<TrackRef> = agents.iter().map(of).collect();
    let drops = watch::Sender::new(0);
    let light = agents.into_iter().zip(0..);
    let light = light.map(|(agent, number)| LightAgent::new(agent, number, run.around.clone(), drops.subscribe()));
    let (recorder, processes) = (run.recorder.clone(), &mut run.processes);
    let look = || processes.look(clock.mono_ms());
    let launched = Launched::go_light(light.collect(), clock, config.ramp_per_second, &recorder, look).await;
    // Nobody is watched who does not work.
    run.wait_for("starting work", tracks.len(), |run| run.recorder.events_acknowledged()).await;

    let slow_line = Throttle::open(&host_of(&config.crew.sign_in.portal_url), config.slow_link, clock).await?;
    let rest = crew.rest.clone();
    let audience = Audience { rest, clock, tally: run.tally.clone(), tracks, paint_ms: config.paint_ms };
    let mut viewers = Viewers::new(audience);
    viewers.add(Class::Fast, config.viewers, config.tracks_per_viewer, None);
    let watched = viewers.places();
    run.wait_for("first pictures", watched, |run| run.tally.shown()).await;
    let never_shown = watched.saturating_sub(run.tally.shown());

    let mut bring_slow = || {
        let by = Some(slow_line.address());
        viewers.add(Class::Slow, config.slow_viewers, config.tracks_per_viewer, by);
    };
    let mut stretches = Vec::new();
    if config.slow_from == SlowFrom::TheStart {
        bring_slow();
        stretches.push(run.measure(0, &config, &launched, config.slow_viewers).await);
    } else {
        stretches.push(run.measure(0, &config, &launched, 0).await);
        bring_slow();
        stretches.push(run.measure(1, &config, &launched, config.slow_viewers).await);
    }
    viewers.leave().await;
    let unacknowledged = launched.bring_home(clock).await;
    Ok(run.report(&config, stretches, never_shown, unacknowledged))
}

fn check(config: &WallConfig) -> Result<(), LoadtestError> {
    let refuse = |text: String| Err(LoadtestError::Limit(text));
    if config.picture_bytes > WALL_PICTURE_BYTES_MAX {
        return refuse(format!("a wall picture has at most {WALL_PICTURE_BYTES_MAX} bytes"));
    }
    if !(16..=WALL_WIDTH_MAX).contains(&config.picture_width) {
        return refuse(format!("a wall picture is 16 to {WALL_WIDTH_MAX} pixels wide"));
    }
    if config.viewers == 0 || config.crew.agents == 0 {
        return refuse("a wall has at least one agent and one viewer on a fast line".to_owned());
    }
    if config.slow_from == SlowFrom::ASecondStretch && config.slow_viewers == 0 {
        return refuse("a comparison needs a slow viewer".to_owned());
    }
    Ok(())
}

/// "127.0.0.1:4000" of "http://127.0.0.1:4000".
fn host_of(portal_url: &str) -> String {
    let address = portal_url.trim_start_matches("http://").trim_end_matches('/');
    if address.contains(':') { address.to_owned() } else { format!("{address}:80") }
}

impl Run {
    /// Waits until `count` says `goal`; not for ever, because a hub that never gets there is a result too.
    async fn wait_for<N: TryInto<u64>>(&mut self, what: &'static str, goal: usize, count: impl Fn(&Self) -> N) {
        let count = |run: &Self| count(run).try_into().unwrap_or(u64::MAX);
        let mut progress = Progress::start(what, goal as u64, self.clock);
        let patient_until_ms = self.clock.mono_ms() + self.prepare_within_ms;
        while count(self) < goal as u64 && self.clock.mono_ms() < patient_until_ms {
            progress.set(count(self), "");
            self.processes.look(self.clock.mono_ms());
            self.clock.sleep_until_ms(self.clock.mono_ms() + LOOK_EVERY_MS).await;
        }
        progress.finish(&format!("{} of {goal}", count(self)));
    }

    /// Lets everything settle, then measures one stretch.
    async fn measure(&mut self, index: usize, config: &WallConfig, launched: &Launched, slow: usize) -> StretchReport {
        let clock = self.clock;
        launched.live(clock, config.settle_ms, &self.recorder, || self.processes.look(clock.mono_ms())).await;
        let (from_ms, before) = (clock.mono_ms(), self.sent());
        self.processes.look(from_ms);
        self.tally.begin(index);
        let stretch = self.tally.stretch(index);
        let mut ticked_ms = from_ms;
        let tick = |now_ms: u64| {
            for class in [Class::Fast, Class::Slow] {
                stretch.class(class).age.tick((now_ms - from_ms) as f64 / 1000.0);
            }
        };
        let look = || {
            let now_ms = clock.mono_ms();
            self.processes.look(now_ms);
            if now_ms >= ticked_ms + TICK_MS {
                ticked_ms = now_ms;
                tick(now_ms);
            }
        };
        launched.live(clock, config.duration_ms, &self.recorder, look).await;
        self.tally.end();
        let to_ms = clock.mono_ms();
        tick(to_ms);
        let after = self.sent();
        StretchReport::new(&report::Measured {
            stretch,
            from_s: self.since_start_s(from_ms),
            seconds: (to_ms - from_ms) as f64 / 1000.0,
            sent: after.0 - before.0,
            skipped: after.1 - before.1,
            used: self.processes.used(from_ms, to_ms),
            viewers: config.viewers,
            slow_viewers: slow,
        })
    }

    fn since_start_s(&self, now_ms: u64) -> f64 {
        (now_ms - self.processes.began_ms()) as f64 / 1000.0
    }

    /// Pictures sent and skipped by all agents so far.
    fn sent(&self) -> (u64, u64) {
        self.around.duties.pictures.as_ref().map_or((0, 0), Supply::counts)
    }

    fn report(
        &self,
        config: &WallConfig,
        stretches: Vec<StretchReport>,
        never_shown: usize,
        unacknowledged: u64,
    ) -> WallReport {
        let seconds = self.since_start_s(self.clock.mono_ms());
        WallReport {
            agents: config.crew.agents,
            viewers: config.viewers,
            slow_viewers: config.slow_viewers,
            slow_bits_per_second: config.slow_link.down_bits_per_second,
            tracks_per_viewer: config.tracks_per_viewer.min(config.crew.agents),
            fps: config.fps,
            fps_asked_by_hub: self.around.duties.pictures.as_ref().map_or(0.0, Supply::fps_asked),
            picture_bytes: config.picture_bytes,
            paint_ms: config.paint_ms,
            comparison: Comparison::of(&stretches),
            stretches,
            first_picture: self.tally.first_pictures.summary(),
            never_shown,
            faults: self.tally.faults(),
            blanks: self.tally.blanks(),
            closes: self.tally.closes(),
            processes: self.processes.points(),
            fleet: self.recorder.summary(config.crew.agents as u64, seconds, unacknowledged),
        }
    }
}
