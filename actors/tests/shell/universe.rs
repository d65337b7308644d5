//! A hub in a box: tokio's time is paused, so every deadline comes as soon as nothing else is left to do.

use std::sync::Arc;
use std::time::Duration;

use actix::{Actor, Context, Handler};
use muster_actors::employee::{Connect, Touch, Voice};
use muster_actors::roster::{Outbound, Subscribe, View};
use muster_actors::{Clock, Hub, HubConfig, Outbox};
use muster_db::{Database, DatabaseConfig, NewPerson};
use muster_domain::Role;
use muster_domain::permission::Capabilities;
use muster_domain::presence::{Activity, LinkId};
use muster_protocol::portal::PortalDown;
use muster_protocol::presence::PresenceEntry;
use muster_protocol::{DeviceId, EmployeeId, UtcMillis};
use tokio::sync::mpsc;

/// Every box begins at this instant.
pub const START: UtcMillis = UtcMillis(1_795_000_000_000);

/// Runs `test` in a system of its own with paused time.
pub fn run<F: Future<Output = ()>>(test: impl FnOnce() -> F) {
    let system = actix::System::with_tokio_rt(|| {
        tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap()
    });
    system.block_on(test());
}

/// A hub whose actors all live on this thread, with the people `A`, `B`, … of `count`.
pub async fn hub(count: usize) -> Arc<Hub> {
    hub_on(database(count).await).await
}

pub async fn hub_on(database: Database) -> Arc<Hub> {
    hub_by(Clock::starting_at(START), database).await
}

pub async fn hub_by(clock: Clock, database: Database) -> Arc<Hub> {
    let config = HubConfig { arbiters: 0, ..HubConfig::default() };
    Hub::start(config, clock, database).await.unwrap()
}

pub async fn database(count: usize) -> Database {
    let database = Database::open(&DatabaseConfig::at("mem://")).await.unwrap();
    let people = (0..count).map(|index| person(&code(index))).collect::<Vec<_>>();
    database.people().create_all(&people).await.unwrap();
    database
}

pub fn code(index: usize) -> String {
    format!("E{index}")
}

pub fn id(index: usize) -> EmployeeId {
    EmployeeId::new(&code(index)).unwrap()
}

fn person(code: &str) -> NewPerson {
    NewPerson {
        id: Some(EmployeeId::new(code).unwrap()),
        name: format!("{code} Example"),
        email: format!("{code}@example.org"),
        role: Role::Employee,
        team: None,
        managed_teams: Vec::new(),
        capabilities: Capabilities::NONE,
        password_hash: None,
        created_at: START,
    }
}

/// One socket of an employee, without the socket.
pub struct Line {
    pub hub: Arc<Hub>,
    pub employee: EmployeeId,
    pub link: LinkId,
    pub outbox: Outbox,
}

impl Line {
    pub fn open(hub: &Arc<Hub>, employee: &EmployeeId, device: DeviceId) -> Self {
        Self::introduce(hub, employee, device, hub.next_link(), Outbox::default())
    }

    /// A socket that exists already.
    pub fn introduce(hub: &Arc<Hub>, employee: &EmployeeId, device: DeviceId, link: LinkId, outbox: Outbox) -> Self {
        let connect = Connect {
            link,
            device: Some(device),
            clock_skew_ms: 0,
            displays: Arc::default(),
            is_paused: false,
            voice: Voice::Agent(outbox.clone()),
        };
        assert!(hub.tell(employee, connect));
        Self { hub: hub.clone(), employee: employee.clone(), link, outbox }
    }

    pub fn touch(&self, activity: Activity) {
        assert!(self.hub.tell(&self.employee, Touch { link: self.link, activity: Some(activity) }));
    }

    /// Beats every 30 s for `seconds`.
    pub async fn beat_for(&self, seconds: u64) {
        for _ in 0..seconds / 30 {
            self.touch(Activity::Input);
            pass(30).await;
        }
    }
}

/// Waits for the database. It has threads of its own, for which time never pauses: while it works, so does the clock.
pub async fn durable<F: Future>(work: F) -> F::Output {
    tokio::time::resume();
    let outcome = work.await;
    tokio::time::pause();
    outcome
}

/// Lets `seconds` pass.
pub async fn pass(seconds: u64) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}

/// A screen: collects what the roster sends.
pub struct Screen {
    messages: mpsc::Receiver<PortalDown>,
}

struct Collector(mpsc::Sender<PortalDown>);

impl Actor for Collector {
    type Context = Context<Self>;
}

impl Handler<Outbound> for Collector {
    type Result = ();

    fn handle(&mut self, Outbound(text): Outbound, _: &mut Self::Context) {
        self.0.try_send(serde_json::from_str(&text).unwrap()).unwrap();
    }
}

impl Screen {
    pub async fn watch(hub: &Arc<Hub>, view: View) -> Self {
        let (sender, messages) = mpsc::channel(4096);
        let recipient = Collector(sender).start().recipient();
        let viewer = hub.next_sequence();
        hub.roster.send(Subscribe { viewer, view, recipient }).await.unwrap();
        Self { messages }
    }

    /// The next message.
    pub async fn next(&mut self) -> PortalDown {
        self.messages.recv().await.unwrap()
    }

    /// Everything that has come so far.
    pub fn seen(&mut self) -> Vec<PortalDown> {
        std::iter::from_fn(|| self.messages.try_recv().ok()).collect()
    }

    /// The rows that changed so far, oldest first.
    pub fn changes(&mut self) -> Vec<PresenceEntry> {
        let changed = |message| match message {
            PortalDown::PresenceDiff { changed, .. } => changed,
            _ => Vec::new(),
        };
        self.seen().into_iter().flat_map(changed).collect()
    }
}
