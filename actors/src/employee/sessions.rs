//! The sockets of one person that are open now.

use muster_domain::presence::LinkId;
use muster_protocol::agent::{AgentDown, Display, Watch, Watcher};
use muster_protocol::limits::TRACK_MAX;
use muster_protocol::portal::PortalDown;
use muster_protocol::{CloseCode, DeviceId};

use super::{Connect, ConnectedDevice, Voice};
use crate::roster::Outbound;

/// The track numbers of one device: those of the next one begin behind them.
const TRACKS_OF_A_DEVICE: u32 = TRACK_MAX + 1;

/// Usually one; two for a person with a portal open beside the agent.
#[derive(Default)]
pub(super) struct Sessions {
    open: Vec<Connect>,
    /// The devices in the order in which they came: the place of one decides its track numbers, also after a reconnect.
    /// Empty for somebody with one device.
    devices: Vec<DeviceId>,
}

impl Sessions {
    pub fn add(&mut self, session: Connect) {
        if let (Voice::Agent(outbox), Some(device)) = (&session.voice, session.device) {
            outbox.set_track_base(self.place_of(device) * TRACKS_OF_A_DEVICE);
        }
        // Most people have one session: room for exactly that.
        self.open.reserve_exact(1);
        self.open.push(session);
    }

    pub fn remove(&mut self, link: LinkId) {
        self.open.retain(|session| session.link != link);
    }

    /// How far the clock of the session's device runs ahead of the hub's.
    pub fn clock_skew_ms(&self, link: LinkId) -> i64 {
        self.open.iter().find(|session| session.link == link).map_or(0, |session| session.clock_skew_ms)
    }

    /// Says `message` to every agent.
    pub fn tell(&self, message: &AgentDown) {
        for session in &self.open {
            if let Voice::Agent(outbox) = &session.voice {
                outbox.push(message.clone());
            }
        }
    }

    /// Whether an agent is connected.
    pub fn has_agent(&self) -> bool {
        self.agents().next().is_some()
    }

    /// The devices of the agents that are connected.
    pub fn devices(&self) -> Vec<ConnectedDevice> {
        let of =
            |session: &Connect| Some(ConnectedDevice { device: session.device?, displays: session.displays.clone() });
        self.open.iter().filter_map(of).collect()
    }

    /// The displays of all connected agents, as portals number them.
    pub fn tracks(&self) -> Vec<u32> {
        let mut tracks = self.agents().flat_map(|agent| agent.displays.keys()).collect::<Vec<_>>();
        tracks.sort_unstable();
        tracks.dedup();
        tracks
    }

    /// The name of a display; `None` when there is no such display.
    pub fn display(&self, track: u32) -> Option<&str> {
        self.agents().find_map(|agent| agent.displays.name(track))
    }

    /// Asks the device of `watch.track` for pictures.
    pub fn ask(&self, watch: Watch) {
        let track = watch.track % TRACKS_OF_A_DEVICE;
        self.tell_owner(watch.track, &AgentDown::Watch(Watch { track, ..watch }));
    }

    /// Tells the device of `track` that nobody watches it any more.
    pub fn stop(&self, track: u32) {
        self.tell_owner(track, &AgentDown::Unwatch { track: track % TRACKS_OF_A_DEVICE });
    }

    /// Tells the session that came last that nobody watches anything.
    pub fn stop_newest(&self) {
        let Some(session) = self.open.last() else { return };
        if let Voice::Agent(outbox) = &session.voice {
            let displays = Displays { base: 0, named: &session.displays };
            displays.keys().for_each(|track| outbox.push(AgentDown::Unwatch { track }));
        }
        self.show_watchers_to(session, &[]);
    }

    /// Shows the person who watches, on every agent and every page.
    pub fn show_watchers(&self, people: &[Watcher]) {
        for session in &self.open {
            self.show_watchers_to(session, people);
        }
    }

    /// Shows it to the session that came last.
    pub fn show_watchers_to_newest(&self, people: &[Watcher]) {
        if let Some(session) = self.open.last() {
            self.show_watchers_to(session, people);
        }
    }

    /// The person paused capture on the agent of `link`, or went on. Returns whether that is news.
    pub fn pause(&mut self, link: LinkId, is_paused: bool) -> bool {
        let Some(session) = self.open.iter_mut().find(|session| session.link == link) else { return false };
        std::mem::replace(&mut session.is_paused, is_paused) != is_paused
    }

    /// Whether the person has paused capture on any device.
    pub fn is_paused(&self) -> bool {
        self.open.iter().any(|session| session.is_paused)
    }

    /// Ends one session.
    pub fn close(&mut self, link: LinkId, code: CloseCode) {
        self.close_where(code, None, |session| session.link == link);
    }

    /// Ends the sessions of one device, or all.
    pub fn close_device(&mut self, device: Option<DeviceId>, code: CloseCode, retry_after_ms: Option<u64>) {
        self.close_where(code, retry_after_ms, |session| device.is_none() || session.device == device);
    }

    /// Ends the agents that fell silent. A page has pings of its own.
    pub fn close_silent(&mut self) {
        self.close_where(CloseCode::NoPong, None, |session| matches!(session.voice, Voice::Agent(_)));
    }

    fn show_watchers_to(&self, session: &Connect, people: &[Watcher]) {
        match &session.voice {
            Voice::Agent(outbox) => {
                let local = people.iter().cloned();
                let local = local.map(|watcher| Watcher { track: watcher.track % TRACKS_OF_A_DEVICE, ..watcher });
                outbox.push(AgentDown::Watchers { people: local.collect() });
            }
            Voice::Portal(outbox) => {
                // A page that does not read is closed soon; the next one is told when it comes.
                let _ = outbox.say(Outbound::encode(&PortalDown::Watchers { people: people.to_vec() }).0);
            }
        }
    }

    fn tell_owner(&self, track: u32, message: &AgentDown) {
        let base = track - track % TRACKS_OF_A_DEVICE;
        for agent in self.agents().filter(|agent| agent.displays.base == base) {
            agent.outbox.push(message.clone());
        }
    }

    fn agents(&self) -> impl Iterator<Item = Agent<'_>> {
        self.open.iter().filter_map(|session| match &session.voice {
            Voice::Agent(outbox) => {
                let displays = Displays { base: outbox.track_base(), named: &session.displays };
                Some(Agent { outbox, displays })
            }
            Voice::Portal(_) => None,
        })
    }

    fn place_of(&mut self, device: DeviceId) -> u32 {
        let known = self.devices.iter().position(|known| *known == device);
        let place = known.unwrap_or_else(|| {
            self.devices.reserve_exact(1);
            self.devices.push(device);
            self.devices.len() - 1
        });
        u32::try_from(place).unwrap_or_default()
    }

    fn close_where(&mut self, code: CloseCode, retry_after_ms: Option<u64>, which: impl Fn(&Connect) -> bool) {
        for session in self.open.iter().filter(|session| which(session)) {
            match &session.voice {
                Voice::Agent(outbox) => outbox.close(code, retry_after_ms),
                Voice::Portal(outbox) => outbox.close(code, retry_after_ms),
            }
        }
        self.open.retain(|session| !which(session));
    }
}

struct Agent<'a> {
    outbox: &'a crate::Outbox,
    displays: Displays<'a>,
}

/// The displays of one device. An agent that names none has one, track 0.
struct Displays<'a> {
    base: u32,
    named: &'a [Display],
}

impl<'a> Displays<'a> {
    fn keys(&self) -> impl Iterator<Item = u32> + use<'a> {
        let base = self.base;
        let unnamed = self.named.is_empty().then_some(base);
        self.named.iter().map(move |display| base + display.track).chain(unnamed)
    }

    fn name(&self, track: u32) -> Option<&'a str> {
        let named = self.named.iter().find(|display| self.base + display.track == track);
        named.map(|display| display.name.as_str()).or((self.named.is_empty() && track == self.base).then_some(""))
    }
}
