//! The loop: everything that happens goes through the machine, one thing at a time.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use muster_domain::MonoMillis;
use muster_protocol::UtcMillis;
use muster_protocol::agent::EventKind;
use rand::Rng;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use super::account::SignIn;
use super::look::{Found, look};
use super::{Reach, Setup};
use crate::capture::{self, Order, Orders, Report};
use crate::clock::{Clock, machine_zone, offset_min};
use crate::control::Wish;
use crate::core::status::Connection;
use crate::core::{Command, Event, Machine, Memory, Status, Timing};
use crate::hub::link::HelloFacts;
use crate::hub::{Identity, Link, LinkEvent, Network, address, device};
use crate::keys::{self, Keys, Place};
use crate::spool::{Contents, Opened, Spool};

/// What the hub said and nobody has read yet.
const LINK_EVENTS_MAX: usize = 64;
/// The displays are known by then, or there are none.
const DISPLAYS_WITHIN: Duration = Duration::from_secs(2);
/// A leave that takes longer is not waited for.
const LEAVE_WITHIN_MS: u64 = 6_000;

/// The agent of one person on one machine.
pub(super) struct Agent {
    pub folder: PathBuf,
    pub reach: Reach,
    pub timing: Timing,
    pub token_store: Place,
    pub clock: Clock,
    pub network: Network,
    pub spool: Spool,
    pub machine: Machine,
    pub identity: Identity,
    pub keys: Arc<Mutex<Box<dyn Keys>>>,
    pub orders: Orders,
    pub link: Option<Link>,
    pub link_events: mpsc::Receiver<LinkEvent>,
    pub uploads: Option<JoinHandle<()>>,
    pub is_online: watch::Sender<bool>,
    pub facts: watch::Sender<HelloFacts>,
    pub connection: Connection,
    pub sign_in: Option<SignIn>,
    pub sign_in_problem: Option<String>,
    /// Could not be written yet; tried again with whatever comes next.
    pub unsaved: Vec<(EventKind, UtcMillis)>,
    pub saved: Memory,
    pub spool_problem: Option<String>,
    /// Of this run: they do not go away by themselves.
    pub warnings: Vec<String>,
    pub presence_problem: Option<String>,
    pub leaving: Leaving,
    contents: watch::Receiver<Contents>,
    reports: mpsc::Receiver<Report>,
    looks: mpsc::Receiver<Found>,
    status: watch::Sender<Arc<Status>>,
}

/// Whether the socket is being left, and what for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaving {
    Not,
    SignOut { by: MonoMillis },
    Quit { by: MonoMillis },
    Done,
}

impl Agent {
    pub fn new(
        setup: Setup,
        opened: Opened,
        identity: Identity,
        network: Network,
        clock: Clock,
        status: watch::Sender<Arc<Status>>,
    ) -> io::Result<Self> {
        let Opened { spool, memory, warning } = opened;
        let zone = machine_zone();
        let seed = rand::rng().random();
        let (orders, reports) = capture::spawn(setup.machine.screens, clock)?;
        let (found, looks) = mpsc::channel(1);
        tokio::spawn(look(setup.machine.presence, found));
        let facts =
            HelloFacts { os: device::os(), displays: Vec::new(), utc_offset_min: offset_min(&zone, clock.utc()) };
        Ok(Self {
            keys: Arc::new(Mutex::new(keys::open(setup.token_store, &setup.folder, identity.device_id))),
            folder: setup.folder,
            reach: setup.reach,
            timing: setup.timing,
            token_store: setup.token_store,
            machine: Machine::new(memory.clone(), zone, setup.timing, seed, clock.now()),
            saved: memory,
            contents: spool.contents(),
            spool,
            clock,
            network,
            identity,
            orders,
            reports,
            looks,
            link: None,
            link_events: mpsc::channel(1).1,
            uploads: None,
            is_online: watch::channel(false).0,
            facts: watch::channel(facts).0,
            connection: Connection::SignedOut,
            sign_in: None,
            sign_in_problem: None,
            unsaved: Vec::new(),
            spool_problem: None,
            warnings: warning.into_iter().collect(),
            presence_problem: None,
            leaving: Leaving::Not,
            status,
        })
    }

    /// Something that the person should know, for as long as this agent runs.
    pub fn warn(&mut self, warning: String) {
        tracing::warn!("{warning}");
        self.warnings.push(warning);
    }

    /// Goes on where the last run ended, and says so.
    pub async fn begin(&mut self) {
        let displays = tokio::time::timeout(DISPLAYS_WITHIN, self.reports.recv()).await;
        if let Ok(Some(report)) = displays {
            self.apply(Event::Captured(report)).await;
        }
        self.resume_account().await;
        self.room_changed().await;
        self.publish();
    }

    /// Runs until the person ends it.
    pub async fn run(mut self, mut commands: mpsc::Receiver<Command>, mut wishes: mpsc::Receiver<Wish>) {
        while self.leaving != Leaving::Done {
            self.turn(&mut commands, &mut wishes).await;
            self.publish();
        }
        // Whoever waits for the next status learns that there is none.
        drop(self.link.take());
    }

    async fn turn(&mut self, commands: &mut mpsc::Receiver<Command>, wishes: &mut mpsc::Receiver<Wish>) {
        let clock = self.clock;
        let wake_at = self.wake_at();
        tokio::select! {
            Some(command) = commands.recv() => self.obey(command).await,
            Some(Wish { command, done }) = wishes.recv() => {
                self.obey(command).await;
                self.publish();
                // Whoever asked may have gone.
                let _ = done.send(());
            }
            Some(event) = self.link_events.recv() => self.linked(event).await,
            Some(report) = self.reports.recv() => self.captured(report).await,
            Some(found) = self.looks.recv() => self.looked(found).await,
            Ok(()) = self.contents.changed() => self.room_changed().await,
            outcome = super::account::finished(&mut self.sign_in) => self.signed_in(outcome).await,
            () = sleep_until(clock, wake_at) => self.woke().await,
        }
    }

    fn wake_at(&self) -> Option<MonoMillis> {
        let leave = match self.leaving {
            Leaving::SignOut { by } | Leaving::Quit { by } => Some(by),
            Leaving::Not | Leaving::Done => None,
        };
        [leave, self.machine.next_deadline()].into_iter().flatten().min()
    }

    async fn woke(&mut self) {
        match self.leaving {
            Leaving::SignOut { by } | Leaving::Quit { by } if by <= self.clock.now().mono => self.left().await,
            _ => self.apply(Event::Tick).await,
        }
    }

    async fn looked(&mut self, found: Found) {
        self.presence_problem = found.problem;
        if found.displays_changed {
            self.orders.give(Order::Displays);
        }
        self.apply(Event::Looked(found.look)).await;
    }

    async fn room_changed(&mut self) {
        let is_full = self.contents.borrow_and_update().is_full;
        self.apply(Event::Room { is_full }).await;
    }

    async fn obey(&mut self, command: Command) {
        match command {
            Command::SignIn { hub, by } => self.begin_sign_in(hub, by),
            Command::Quit => {
                self.apply(Event::Ending).await;
                self.leave_for(|by| Leaving::Quit { by }).await;
            }
            Command::DismissMessage => self.apply(Event::Wished(command)).await,
            _ if self.identity.account.is_none() => tracing::info!("nobody has signed in"),
            Command::SignOut => {
                self.apply(Event::Wished(command)).await;
                self.leave_for(|by| Leaving::SignOut { by }).await;
            }
            command => self.apply(Event::Wished(command)).await,
        }
    }

    /// Leaves the socket in peace, if there is one.
    async fn leave_for(&mut self, purpose: impl FnOnce(MonoMillis) -> Leaving) {
        self.leaving = purpose(self.clock.now().mono.plus(LEAVE_WITHIN_MS));
        if !self.link.as_ref().is_some_and(Link::leave) {
            self.left().await;
        }
    }

    async fn left(&mut self) {
        let leaving = std::mem::replace(&mut self.leaving, Leaving::Not);
        self.offline().await;
        match leaving {
            Leaving::SignOut { .. } => self.forget_account().await,
            Leaving::Quit { .. } | Leaving::Done => self.leaving = Leaving::Done,
            Leaving::Not => {}
        }
    }

    /// No socket, for now or for good.
    pub async fn offline(&mut self) {
        self.link = None;
        self.is_online.send_replace(false);
        self.apply(Event::Lost).await;
    }

    async fn linked(&mut self, event: LinkEvent) {
        match event {
            LinkEvent::Connecting => self.connection = Connection::Connecting,
            LinkEvent::Opened { welcome, displays } => {
                self.connection = Connection::Online { since: self.clock.utc() };
                self.apply(Event::Opened { welcome, displays }).await;
                self.is_online.send_replace(true);
            }
            LinkEvent::Told(message) => self.apply(Event::Told(message)).await,
            LinkEvent::Away { reason, retry_at } => {
                self.connection = Connection::Away { reason, retry_at };
                self.is_online.send_replace(false);
                self.apply(Event::Lost).await;
            }
            LinkEvent::Stopped { reason } => {
                self.connection = Connection::Stopped { reason };
                self.is_online.send_replace(false);
                self.apply(Event::Lost).await;
            }
            LinkEvent::Left => self.left().await,
        }
    }

    async fn captured(&mut self, report: Report) {
        let is_displays = matches!(report, Report::Displays(_));
        self.apply(Event::Captured(report)).await;
        if is_displays {
            let displays = self.machine.displays().to_vec();
            self.facts.send_modify(|facts| facts.displays = displays);
        }
    }

    /// A link for the account, in place of the one before.
    pub fn new_link_channel(&mut self) -> mpsc::Sender<LinkEvent> {
        let (events, receiver) = mpsc::channel(LINK_EVENTS_MAX);
        self.link_events = receiver;
        events
    }

    fn publish(&self) {
        let account = self.identity.account.as_ref();
        let contents = self.contents.borrow();
        let mut status = Status {
            hub: account.map(|account| account.hub.clone()).unwrap_or_default(),
            person: account.map(|one| one.person.clone().unwrap_or_else(|| one.employee_id.to_string())),
            connection: self.connection.clone(),
            waiting: contents.waiting,
            set_aside: contents.set_aside.clone(),
            warnings: self.warnings.clone(),
            sign_in_problem: self.sign_in_problem.clone(),
            is_signing_in: self.sign_in.is_some(),
            ..Status::default()
        };
        drop(contents);
        status.warnings.extend(self.spool_problem.clone());
        status.warnings.extend(self.presence_problem.clone());
        if account.is_some_and(|account| address::is_open_to_ears(&account.hub)) {
            status.warnings.push("The connection to the hub is not encrypted.".to_owned());
        }
        self.machine.show(&mut status);
        self.status.send_if_modified(|shown| {
            let is_news = **shown != status;
            if is_news {
                *shown = Arc::new(status);
            }
            is_news
        });
    }
}

async fn sleep_until(clock: Clock, at: Option<MonoMillis>) {
    match at {
        Some(at) => clock.sleep_until(at).await,
        None => std::future::pending().await,
    }
}
