//! The hub as its doors see it: shared state, and a way to reach the actor of every employee.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use actix::dev::ToEnvelope;
use actix::{Actor, Addr, Arbiter, ArbiterHandle, Handler, MailboxError, Message};
use muster_db::{Database, DbError};
use muster_domain::policy::PolicyLayer;
use muster_domain::presence::{LinkId, Presence, PresenceConfig};
use muster_protocol::portal::PortalEvent;
use muster_protocol::{BootId, CloseCode, EmployeeId};

use crate::checkpoint::{Checkpoint, CheckpointNow};
use crate::clock::Clock;
use crate::employee::{EmployeeActor, EndSessions};
use crate::journal::{Drain, Journal};
use crate::keeper::Keeper;
use crate::live::{LiveConfig, LiveTracks};
use crate::people::People;
use crate::policies::Policies;
use crate::roster::{Announce, Audience, Roster};

/// How the actors behave.
#[derive(Clone, Debug)]
pub struct HubConfig {
    pub presence: PresenceConfig,
    /// How often `last_seen` and the coverage of open work sessions are written.
    pub checkpoint_every_ms: u64,
    pub live: LiveConfig,
    /// Threads over which the employees' actors are spread. With 0 all live on the thread that starts the hub.
    pub arbiters: usize,
}

impl Default for HubConfig {
    fn default() -> Self {
        let arbiters = std::thread::available_parallelism().map_or(1, usize::from);
        Self { presence: PresenceConfig::default(), checkpoint_every_ms: 60_000, live: LiveConfig::default(), arbiters }
    }
}

/// Why the hub cannot start or answer.
#[derive(Debug, thiserror::Error)]
pub enum HubError {
    #[error(transparent)]
    Database(#[from] DbError),
    /// The actor's mailbox is full or the hub is stopping.
    #[error("the hub is overloaded or stopping")]
    Overloaded,
}

/// See the module's page.
pub struct Hub {
    pub config: HubConfig,
    pub clock: Clock,
    pub database: Database,
    pub people: Arc<People>,
    pub policies: Policies,
    pub roster: Addr<Roster>,
    pub live: Arc<LiveTracks>,
    pub journal: Addr<Journal>,
    keeper: Addr<Keeper>,
    checkpoint: OnceLock<Addr<Checkpoint>>,
    /// Names this process as the source of the marks that it makes itself.
    pub boot: BootId,
    next_link: AtomicU64,
    next_sequence: AtomicU64,
    rebuilds: AtomicU64,
    arbiters: Vec<ArbiterHandle>,
    hasher: RandomState,
    employees: Box<[Shard]>,
}

type Shard = Mutex<HashMap<EmployeeId, Addr<EmployeeActor>>>;

/// Parts of the directory of actors; more than threads, so that two rarely want the same one.
const SHARDS: usize = 64;

impl Hub {
    /// Loads what has to be in memory, closes what a dead process left open, and starts the actors.
    /// Must be called inside an actix system.
    pub async fn start(config: HubConfig, clock: Clock, database: Database) -> Result<Arc<Self>, HubError> {
        let stale = database.presence().close_stale().await?;
        let last = database.presence().all().await?;
        let last_seen = last.iter().filter_map(|row| Some((row.employee.clone(), row.last_seen?))).collect();
        let people = Arc::new(People::new(database.people().all().await?, &last_seen));
        let policies = load_policies(&database, &config).await?;
        let open = database.work().open_sessions().await?;
        // The dead process was last alive, as far as anybody knows, when it last wrote that somebody was seen.
        let last_alive = last.iter().filter_map(|row| row.last_seen).max().unwrap_or_default();
        database.viewings().close_abandoned(last_alive).await?;
        tracing::info!(people = people.count(), closed = stale.len(), open_sessions = open.len(), "loaded");

        let shown = last.into_iter().map(|row| (row.employee.clone(), presence_of(row))).collect();
        let arbiters = match config.arbiters {
            0 => vec![Arbiter::current()],
            count => (0..count).map(|_| Arbiter::new().handle()).collect::<Vec<_>>(),
        };
        let roster = Roster::new(clock, people.clone(), rand::random::<u32>().into(), shown);
        let hub = Arc::new(Self {
            live: Arc::new(LiveTracks::new(config.live.history)),
            config,
            clock,
            people,
            policies,
            roster: Roster::start_in_arbiter(&arbiters[0], |_| roster),
            journal: {
                let journal = Journal::new(database.clone());
                Journal::start_in_arbiter(&arbiters[0], |_| journal)
            },
            keeper: Keeper::start_in_arbiter(&arbiters[0], |_| Keeper::default()),
            checkpoint: OnceLock::new(),
            database,
            boot: BootId::generate(),
            next_link: AtomicU64::new(1),
            next_sequence: AtomicU64::new(1),
            rebuilds: AtomicU64::new(0),
            arbiters,
            hasher: RandomState::new(),
            employees: (0..SHARDS).map(|_| Mutex::default()).collect(),
        });
        let checkpoint = Checkpoint::new(hub.clone());
        hub.checkpoint.get_or_init(|| Checkpoint::start_in_arbiter(&hub.arbiters[0], |_| checkpoint));
        for session in open {
            hub.replace(&session.employee, EmployeeActor::working(hub.clone(), session.employee.clone()));
        }
        Ok(hub)
    }

    /// The actor of `employee`, started if it does not run.
    pub fn employee(self: &Arc<Self>, employee: &EmployeeId) -> Addr<EmployeeActor> {
        let mut shard = self.shard(employee).lock().unwrap_or_else(PoisonError::into_inner);
        match shard.get(employee) {
            Some(address) if address.connected() => address.clone(),
            _ => {
                let address = self.spawn(EmployeeActor::new(self.clone(), employee.clone()), employee);
                shard.insert(employee.clone(), address.clone());
                address
            }
        }
    }

    /// The actor of `employee`, if it runs.
    #[must_use]
    pub fn running(&self, employee: &EmployeeId) -> Option<Addr<EmployeeActor>> {
        let shard = self.shard(employee).lock().unwrap_or_else(PoisonError::into_inner);
        shard.get(employee).filter(|address| address.connected()).cloned()
    }

    /// Tells the actor of `employee` something that needs no answer. `false` when its mailbox is full.
    pub fn tell<M>(self: &Arc<Self>, employee: &EmployeeId, message: M) -> bool
    where
        M: Message + Send + 'static,
        M::Result: Send,
        EmployeeActor: Handler<M>,
        actix::Context<EmployeeActor>: ToEnvelope<EmployeeActor, M>,
    {
        let told = self.employee(employee).try_send(message).is_ok();
        if !told {
            metrics::counter!("muster_employee_mailbox_full_total").increment(1);
        }
        told
    }

    /// Asks the actor of `employee` and waits for the answer.
    pub async fn ask<M>(self: &Arc<Self>, employee: &EmployeeId, message: M) -> Result<M::Result, HubError>
    where
        M: Message + Copy + Send + 'static,
        M::Result: Send,
        EmployeeActor: Handler<M>,
        actix::Context<EmployeeActor>: ToEnvelope<EmployeeActor, M>,
    {
        match self.employee(employee).send(message).await {
            // It stopped between look-up and delivery, because the person had been offline: a new one answers.
            Err(MailboxError::Closed) => self.employee(employee).send(message).await,
            outcome => outcome,
        }
        .map_err(|_| HubError::Overloaded)
    }

    /// Tells the pages of everyone who may see `about`; of administrators when it is about nobody.
    pub fn announce(&self, about: Option<&EmployeeId>, event: PortalEvent) {
        self.announce_to(about.cloned().map_or(Audience::Administrators, Audience::About), event);
    }

    /// Tells the pages of `to`.
    pub fn announce_to(&self, to: Audience, event: PortalEvent) {
        if self.roster.try_send(Announce { to, event }).is_err() {
            metrics::counter!("muster_roster_mailbox_full_total").increment(1);
        }
    }

    /// Ends every session for a shutdown; each is told to come back after another moment within `spread`.
    pub fn drain_sessions(&self, spread: Duration) {
        let spread_ms = u64::try_from(spread.as_millis()).unwrap_or(u64::MAX).max(1);
        for shard in &self.employees {
            for address in shard.lock().unwrap_or_else(PoisonError::into_inner).values() {
                let retry_after_ms = Some(rand::random::<u64>() % spread_ms);
                let end = EndSessions { device: None, code: CloseCode::Shutdown, retry_after_ms };
                // Who has no room for it ends with the process.
                let _ = address.try_send(end);
            }
        }
    }

    /// Returns when everything that was queued is durable.
    pub async fn drain(&self) {
        if let Some(checkpoint) = self.checkpoint.get() {
            let _ = checkpoint.send(CheckpointNow).await;
        }
        let _ = self.journal.send(Drain).await;
    }

    /// A number for a new session: later sessions have higher ones.
    pub fn next_link(&self) -> LinkId {
        LinkId(self.next_link.fetch_add(1, Ordering::Relaxed))
    }

    /// A number that no other mark, change or viewer of this process has.
    pub fn next_sequence(&self) -> u64 {
        self.next_sequence.fetch_add(1, Ordering::Relaxed)
    }

    /// How many employees have an actor at the moment.
    #[must_use]
    pub fn actors(&self) -> usize {
        self.employees.iter().map(|shard| shard.lock().unwrap_or_else(PoisonError::into_inner).len()).sum()
    }

    /// How many actors were built anew after a panic, since the hub started.
    #[must_use]
    pub fn rebuilds(&self) -> u64 {
        self.rebuilds.load(Ordering::Relaxed)
    }

    /// Called by an actor that a panic drops.
    pub(crate) fn report_lost(self: &Arc<Self>, employee: &EmployeeId) {
        let lost = crate::keeper::Lost { employee: employee.clone(), hub: self.clone() };
        if self.keeper.try_send(lost).is_err() {
            metrics::counter!("muster_actor_panics_unreported_total").increment(1);
        }
    }

    /// Starts a new actor for somebody whose actor was lost.
    pub(crate) fn rebuild(self: &Arc<Self>, employee: &EmployeeId) {
        self.rebuilds.fetch_add(1, Ordering::Relaxed);
        self.replace(employee, EmployeeActor::rebuilt(self.clone(), employee.clone()));
    }

    fn replace(&self, employee: &EmployeeId, actor: EmployeeActor) {
        let address = self.spawn(actor, employee);
        let mut shard = self.shard(employee).lock().unwrap_or_else(PoisonError::into_inner);
        shard.insert(employee.clone(), address);
    }

    /// Called by an actor that stops because its person has been offline. A newer actor of the person stays.
    pub(crate) fn forget(&self, employee: &EmployeeId, address: &Addr<EmployeeActor>) {
        let mut shard = self.shard(employee).lock().unwrap_or_else(PoisonError::into_inner);
        if shard.get(employee) == Some(address) {
            shard.remove(employee);
        }
    }

    fn spawn(&self, actor: EmployeeActor, employee: &EmployeeId) -> Addr<EmployeeActor> {
        let arbiter = &self.arbiters[self.hash(employee) % self.arbiters.len()];
        EmployeeActor::start_in_arbiter(arbiter, |_| actor)
    }

    fn shard(&self, employee: &EmployeeId) -> &Shard {
        &self.employees[self.hash(employee) % SHARDS]
    }

    fn hash(&self, employee: &EmployeeId) -> usize {
        self.hasher.hash_one(employee) as usize
    }
}

fn presence_of(row: muster_db::PresenceRow) -> Presence {
    Presence {
        status: row.status,
        overlay: row.overlay,
        reason: row.reason,
        since: row.since,
        last_seen: row.last_seen,
        unstable: false,
    }
}

async fn load_policies(database: &Database, config: &HubConfig) -> Result<Policies, DbError> {
    let base = PolicyLayer { idle_after_ms: Some(config.presence.idle_after_ms), ..PolicyLayer::default() };
    let organization = database.organization().get().await?;
    let (layers, version) = (database.policy().layers().await?, database.policy().version().await?);
    let notice = database.notices().current().await?;
    let acknowledged = match &notice {
        Some(notice) => database.notices().acknowledgements(notice.version).await?,
        None => Vec::new(),
    };
    let acknowledged = acknowledged.into_iter().map(|row| (row.employee, row.version)).collect();
    Ok(Policies::new(base, organization, version, layers, notice, acknowledged))
}
