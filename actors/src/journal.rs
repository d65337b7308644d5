//! The only way a change becomes durable: writes are collected, committed in one transaction, and answered afterwards.
//!
//! Nothing is acknowledged before its commit. While the database is away, writes that somebody waits for are answered with
//! [`JournalError::Unavailable`] (REST says 503, agents keep their spool); presence history, which nobody waits for, is
//! kept and tried again.

use std::time::Duration;

use actix::{Actor, ActorFutureExt, AsyncContext, Context, Handler, Message, ResponseFuture, WrapFuture};
use muster_db::{Database, DbError, Write};
use tokio::sync::oneshot;

/// Writes in one transaction. Larger ones are not faster and could outgrow the memtable.
const BATCH_MAX: usize = 1_000;
/// Writes that may wait: about four seconds of work for the embedded database.
pub const WAITING_MAX: usize = 100_000;
/// Entries that may wait in the mailbox.
const MAILBOX_MAX: usize = 16_384;
/// After a failure, so that an absent database is not hammered.
const RETRY_AFTER: Duration = Duration::from_millis(500);

/// Why something did not become durable.
#[derive(Clone, Debug, thiserror::Error)]
pub enum JournalError {
    /// The database is away or the queue is full. Nothing was changed; try again later.
    #[error("the database is not available")]
    Unavailable,
    /// The database refused the write: a defect, not a fault.
    #[error("the write was refused: {0}")]
    Refused(String),
}

impl From<DbError> for JournalError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Unavailable(_) | DbError::Conflict => Self::Unavailable,
            other => Self::Refused(other.to_string()),
        }
    }
}

/// Asks for a commit; the answer comes after it.
#[derive(Debug, Message)]
#[rtype(result = "Result<(), JournalError>")]
pub struct Commit(pub Vec<Write>);

/// Presence history and checkpoints: nobody waits, but nothing is lost while the hub lives.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub struct Note(pub Vec<Write>);

/// Answers when everything that was queued before it is committed or has failed: the last message of a shutdown.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub struct Drain;

/// Asked by whoever looks after the hub: how many writes wait, those of the transaction that runs not included.
#[derive(Debug, Message)]
#[rtype(result = "usize")]
pub struct Waiting;

struct Entry {
    writes: Vec<Write>,
    /// Nobody waits for a note.
    reply: Option<oneshot::Sender<Result<(), JournalError>>>,
}

/// See the module's page.
pub struct Journal {
    database: Database,
    waiting: Vec<Entry>,
    waiting_writes: usize,
    committing: bool,
    drains: Vec<oneshot::Sender<()>>,
}

impl Journal {
    /// A journal that writes to `database`.
    #[must_use]
    pub fn new(database: Database) -> Self {
        Self { database, waiting: Vec::new(), waiting_writes: 0, committing: false, drains: Vec::new() }
    }

    fn enqueue(&mut self, entry: Entry, context: &mut Context<Self>) {
        if self.waiting_writes + entry.writes.len() > WAITING_MAX {
            metrics::counter!("muster_journal_dropped_total").increment(entry.writes.len() as u64);
            if let Some(reply) = entry.reply {
                let _ = reply.send(Err(JournalError::Unavailable));
            }
            return;
        }
        self.waiting_writes += entry.writes.len();
        self.waiting.push(entry);
        self.commit_next(context);
    }

    /// Starts a transaction unless one runs. While it runs the next batch gathers: that is the group commit.
    fn commit_next(&mut self, context: &mut Context<Self>) {
        if self.committing {
            return;
        }
        let batch = self.next_batch();
        if batch.is_empty() {
            for drain in self.drains.drain(..) {
                let _ = drain.send(());
            }
            return;
        }
        self.committing = true;
        let database = self.database.clone();
        let commit = async move {
            let writes = batch.iter().flat_map(|entry| entry.writes.iter().cloned()).collect::<Vec<_>>();
            let outcome = database.commit(&writes).await;
            settle(&database, batch, outcome).await
        };
        context.spawn(commit.into_actor(self).map(Self::committed));
    }

    fn next_batch(&mut self) -> Vec<Entry> {
        let mut writes = 0;
        let fits = |entry: &&Entry| {
            writes += entry.writes.len();
            writes <= BATCH_MAX
        };
        let count = self.waiting.iter().take_while(fits).count().max(1).min(self.waiting.len());
        let batch = self.waiting.drain(..count).collect::<Vec<_>>();
        self.waiting_writes -= batch.iter().map(|entry| entry.writes.len()).sum::<usize>();
        batch
    }

    fn committed(kept: Vec<Entry>, journal: &mut Self, context: &mut Context<Self>) {
        journal.committing = false;
        metrics::gauge!("muster_journal_waiting").set(journal.waiting_writes as f64);
        if kept.is_empty() {
            journal.commit_next(context);
            return;
        }
        journal.waiting_writes += kept.iter().map(|entry| entry.writes.len()).sum::<usize>();
        journal.waiting.splice(0..0, kept);
        // Whoever waits for an answer while the database is away shall have it soon.
        journal.committing = true;
        context.run_later(RETRY_AFTER, |journal, context| {
            journal.committing = false;
            journal.commit_next(context);
        });
    }
}

/// Answers everyone in `batch` and returns what has to be tried again.
///
/// When the database refused the batch, its entries are committed one by one, so that a single bad write cannot take
/// the others with it.
async fn settle(database: &Database, batch: Vec<Entry>, outcome: Result<(), DbError>) -> Vec<Entry> {
    let mut kept = Vec::new();
    let outcome = outcome.map_err(JournalError::from);
    let alone = batch.len() == 1;
    for entry in batch {
        let outcome = match &outcome {
            Err(JournalError::Refused(_)) if !alone => database.commit(&entry.writes).await.map_err(JournalError::from),
            shared => shared.clone(),
        };
        if let Err(error) = &outcome {
            tracing::error!(%error, writes = entry.writes.len(), "a commit failed");
            metrics::counter!("muster_journal_failures_total").increment(1);
        }
        match (entry.reply, outcome) {
            (Some(reply), outcome) => drop(reply.send(outcome)),
            (None, Err(JournalError::Unavailable)) => kept.push(Entry { writes: entry.writes, reply: None }),
            (None, _) => {}
        }
    }
    kept
}

impl Actor for Journal {
    type Context = Context<Self>;

    fn started(&mut self, context: &mut Self::Context) {
        context.set_mailbox_capacity(MAILBOX_MAX);
    }
}

impl Handler<Commit> for Journal {
    type Result = ResponseFuture<Result<(), JournalError>>;

    fn handle(&mut self, message: Commit, context: &mut Self::Context) -> Self::Result {
        let (reply, answer) = oneshot::channel();
        self.enqueue(Entry { writes: message.0, reply: Some(reply) }, context);
        Box::pin(async move { answer.await.unwrap_or(Err(JournalError::Unavailable)) })
    }
}

impl Handler<Note> for Journal {
    type Result = ();

    fn handle(&mut self, message: Note, context: &mut Self::Context) {
        self.enqueue(Entry { writes: message.0, reply: None }, context);
    }
}

impl Handler<Drain> for Journal {
    type Result = ResponseFuture<()>;

    fn handle(&mut self, _: Drain, context: &mut Self::Context) -> Self::Result {
        let (done, drained) = oneshot::channel();
        self.drains.push(done);
        self.commit_next(context);
        Box::pin(async move {
            let _ = drained.await;
        })
    }
}

impl Handler<Waiting> for Journal {
    type Result = usize;

    fn handle(&mut self, _: Waiting, _: &mut Self::Context) -> Self::Result {
        self.waiting_writes
    }
}
