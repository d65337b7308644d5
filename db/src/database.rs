//! The connection: a runtime of its own, and one door through which every request goes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use rand::Rng;
use surrealdb::Surreal;
use surrealdb::engine::any::{self, Any};
use surrealdb::opt::auth::Root;
use tokio::runtime::{Builder, Handle, Runtime, RuntimeMetrics};

use crate::config::EngineAddress;
use crate::error::Failure;
use crate::folder::DataFolder;
use crate::script::{Answer, Script};
use crate::{DatabaseConfig, DbError, migrations};

/// Embedded SurrealDB computes on the threads that poll it: two, so that a report and a commit do not wait for each
/// other.
const RUNTIME_THREADS: usize = 2;
/// SurrealDB's parser and planner recurse; its own server uses this size.
const RUNTIME_STACK_BYTES: usize = 10 * 1024 * 1024;
/// Attempts for a script that runs into other transactions. With the pauses below the last one is made after about a
/// second.
const CONFLICT_ATTEMPTS_MAX: u32 = 16;
/// The longest pause before an attempt, in milliseconds. Pauses double from 1 and are drawn at random up to that.
const CONFLICT_PAUSE_MS_MAX: u64 = 128;
/// How long a closing database may take to end its own tasks before it is cut off. What was committed is on disk
/// already.
const CLOSING_MAX: Duration = Duration::from_secs(10);

/// The same for one that was left open by a crash: its whole log is written into a table.
const MENDING_MAX: Duration = Duration::from_mins(5);

/// The hub's database. Clones share one connection.
///
/// Requests run on the database's own threads: a caller only waits, so a report never stalls the thread that polls
/// sockets, and a caller that gives up does not tear a commit apart.
#[derive(Clone)]
pub struct Database {
    connection: Arc<Connection>,
}

struct Connection {
    /// Taken by [`Database::close`].
    live: RwLock<Option<Live>>,
    query_timeout: Duration,
    /// See [`Database::pretend_away`].
    is_away: AtomicBool,
}

/// For as long as it is held the database answers nobody.
#[doc(hidden)]
#[must_use]
pub struct PretendedAbsence(Database);

impl Drop for PretendedAbsence {
    fn drop(&mut self) {
        self.0.connection.is_away.store(false, Ordering::Release);
    }
}

/// Everything that an open database holds. Dropping it never blocks: a thread of its own waits for the tasks to end.
struct Live {
    client: Option<Arc<Surreal<Any>>>,
    runtime: Option<Runtime>,
    folder: Option<DataFolder>,
}

impl Database {
    /// Opens the database and brings its schema up to date. The hub calls this once, before it listens.
    pub async fn open(config: &DatabaseConfig) -> Result<Self, DbError> {
        let (url, folder) = match config.engine()? {
            EngineAddress::Memory | EngineAddress::Server => (config.url.clone(), None),
            EngineAddress::Folder { folder, url } => (url, Some(DataFolder::claim(&folder)?)),
        };
        if folder.as_ref().is_some_and(DataFolder::was_left_open) {
            // Opening cuts a commit off that was half written; closing puts the rest where the cut cannot reach it.
            Live::open(&url, config, None).await?.close(MENDING_MAX).await;
        }
        let live = Live::open(&url, config, folder).await?;
        let database = Self {
            connection: Arc::new(Connection {
                live: RwLock::new(Some(live)),
                query_timeout: config.query_timeout,
                is_away: AtomicBool::new(false),
            }),
        };
        migrations::run(&database).await?;
        Ok(database)
    }

    /// Asks the database for nothing: an answer means that it is there. `/readyz` calls this.
    pub async fn ping(&self) -> Result<(), DbError> {
        self.ask(Script::new("RETURN 1"), |_| Ok(())).await
    }

    /// Ends the connection and returns when the data folder is free again. Later requests are [`DbError::Unavailable`].
    pub async fn close(&self) {
        let taken = self.connection.live.write().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(live) = taken {
            live.close(CLOSING_MAX).await;
        }
    }

    /// A fault on purpose: the tests' way to see a hub go on without its database, and find it again.
    #[doc(hidden)]
    pub fn pretend_away(&self) -> PretendedAbsence {
        self.connection.is_away.store(true, Ordering::Release);
        PretendedAbsence(self.clone())
    }

    /// Runs `script` and reads its answer with `read`, both on the database's threads. Runs it again, after a short
    /// pause, when another transaction was quicker.
    pub(crate) async fn ask<T, R>(&self, script: Script, read: R) -> Result<T, DbError>
    where
        T: Send + 'static,
        R: FnOnce(&mut Answer) -> Result<T, DbError> + Send + 'static,
    {
        let (handle, client) = self.connection.reach()?;
        let timeout = self.connection.query_timeout;
        let asking = handle.spawn(async move {
            let mut answer = tokio::time::timeout(timeout, answer(&client, script))
                .await
                .map_err(|_| DbError::Unavailable(format!("no answer within {} ms", timeout.as_millis())))??;
            read(&mut answer)
        });
        settled(asking.await)?
    }

    /// Runs `script` for its effect.
    pub(crate) async fn tell(&self, script: Script) -> Result<(), DbError> {
        self.ask(script, |_| Ok(())).await
    }
}

impl Connection {
    fn reach(&self) -> Result<(Handle, Arc<Surreal<Any>>), DbError> {
        if self.is_away.load(Ordering::Acquire) {
            return Err(DbError::Unavailable("a test says so".into()));
        }
        let live = self.live.read().unwrap_or_else(PoisonError::into_inner);
        live.as_ref()
            .and_then(|live| Some((live.runtime.as_ref()?.handle().clone(), Arc::clone(live.client.as_ref()?))))
            .ok_or_else(|| DbError::Unavailable("the database is closed".into()))
    }
}

/// Opens the store, or signs in to the server. Only a server is timed: a store that was not closed may have a long log
/// to replay, and giving up in the middle would never let it start.
async fn connect(url: String, config: DatabaseConfig) -> Result<Surreal<Any>, DbError> {
    let is_server = url.starts_with("ws");
    let opening = async {
        let client = any::connect(url).await?;
        if let Some(credentials) = config.credentials {
            client.signin(Root { username: credentials.user, password: credentials.password }).await?;
        }
        client.use_ns(config.namespace).use_db(config.database).await?;
        Ok(client)
    };
    let opened = if is_server {
        let timed = tokio::time::timeout(config.query_timeout, opening).await;
        timed.map_err(|_| DbError::Unavailable("no answer while connecting".into()))?
    } else {
        opening.await
    };
    opened.map_err(|error: surrealdb::Error| DbError::Unavailable(error.message().to_owned()))
}

/// One script until it is through, out of attempts, or refused.
async fn answer(client: &Surreal<Any>, script: Script) -> Result<Answer, DbError> {
    for attempt in 0..CONFLICT_ATTEMPTS_MAX {
        let script = script.clone();
        let attempted = match client.query(script.text).bind(script.variables).await {
            Ok(results) => Answer::checked(results),
            Err(error) => Err(Failure::of_request(&error)),
        };
        match attempted {
            Ok(answer) => return Ok(answer),
            Err(Failure::Final(error)) => return Err(error),
            Err(Failure::TransactionConflict) => {
                metrics::counter!("muster_db_transaction_conflicts_total").increment(1);
                tokio::time::sleep(pause_before_retry(attempt)).await;
            }
        }
    }
    Err(DbError::Unavailable(format!("still in conflict after {CONFLICT_ATTEMPTS_MAX} attempts")))
}

fn pause_before_retry(attempt: u32) -> Duration {
    let most_ms = (1_u64 << attempt.min(63)).min(CONFLICT_PAUSE_MS_MAX);
    Duration::from_micros(rand::rng().random_range(0..=most_ms * 1_000))
}

/// The result of a task on the database's threads. A panic there is a defect of the database and must not become one of
/// ours.
fn settled<T>(joined: Result<T, tokio::task::JoinError>) -> Result<T, DbError> {
    joined.map_err(|error| DbError::Unavailable(format!("a task of the database ended early: {error}")))
}

impl Live {
    async fn open(url: &str, config: &DatabaseConfig, folder: Option<DataFolder>) -> Result<Self, DbError> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(RUNTIME_THREADS)
            .thread_name("muster-db")
            .thread_stack_size(RUNTIME_STACK_BYTES)
            .enable_all()
            .build()
            .map_err(|error| DbError::Unavailable(error.to_string()))?;
        let handle = runtime.handle().clone();
        let mut live = Self { client: None, runtime: Some(runtime), folder };
        let connecting = handle.spawn(connect(url.to_owned(), config.clone()));
        live.client = Some(Arc::new(settled(connecting.await)??));
        Ok(live)
    }

    /// Returns when the store is closed, or after twice `patience`.
    async fn close(mut self, patience: Duration) {
        let (done, closed) = tokio::sync::oneshot::channel();
        self.end(patience, Some(done));
        // The sender is dropped when the closing thread is through, whatever happened to it.
        let _ = closed.await;
    }

    /// Starts the thread that ends this connection; `done` is dropped when it is through.
    fn end(&mut self, patience: Duration, done: Option<tokio::sync::oneshot::Sender<()>>) {
        let (Some(runtime), client, folder) = (self.runtime.take(), self.client.take(), self.folder.take()) else {
            return;
        };
        // Embedded SurrealDB shuts its store down when the last handle is gone, on tasks of this runtime: wait for
        // them.
        std::thread::spawn(move || {
            runtime.block_on(async {
                drop(client);
                let ended = tasks_ended(runtime.metrics());
                if tokio::time::timeout(patience, ended).await.is_err() {
                    tracing::warn!("the database did not close in time; what was committed is safe");
                }
            });
            runtime.shutdown_timeout(patience);
            drop(folder);
            drop(done);
        });
    }
}

async fn tasks_ended(metrics: RuntimeMetrics) {
    // A runtime does not say when its last task ends.
    while metrics.num_alive_tasks() > 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.end(CLOSING_MAX, None);
    }
}
