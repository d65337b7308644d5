//! Figures of the database on this machine, for docs/performance.md:
//!
//! `cargo run --release -p muster-db --example figures -- --people 10000 --segments 1000000 [--url surrealkv://FOLDER]`
//!
//! Without `--url` a folder is made for the run and deleted after it.

#![expect(clippy::disallowed_methods, reason = "a program that measures time")]

use std::time::{Duration, Instant};

use futures_util::future::try_join_all;
use muster_db::{Database, DatabaseConfig, DbError, NewPerson, PresenceChanged, Write};
use muster_domain::permission::Capabilities;
use muster_domain::work::{Mark, MarkKind, MarkSource, Segment, SegmentKind, WorkChange, WorkSession};
use muster_domain::{Role, Span};
use muster_protocol::presence::{Reason, Status};
use muster_protocol::{BootId, DeviceId, EmployeeId, UtcMillis};

const DAY_MS: i64 = 86_400_000;
const SEGMENTS_PER_DAY: usize = 20;
const REPORT_PEOPLE: usize = 1_000;
const REPORT_DAYS: usize = 22;
const BATCH: usize = 1_000;
const WRITERS: usize = 64;
const COMMITS_PER_WRITER: usize = 50;

struct Options {
    people: usize,
    segments: usize,
    url: Option<String>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let options = options()?;
    let folder = tempfile::tempdir()?;
    let own = format!("surrealkv://{}", folder.path().join("db").display());
    let config = DatabaseConfig {
        query_timeout: Duration::from_secs(120),
        ..DatabaseConfig::at(options.url.clone().unwrap_or(own))
    };
    let opened = Instant::now();
    let database = Database::open(&config).await?;
    report("open an empty database", opened, 1, "");

    let people = fill_people(&database, options.people).await?;
    fill_older_days(&database, &people, options.segments).await?;
    fill_month(&database, &people).await?;
    mark_batches(&database, &people).await?;
    single_commits(&database).await?;
    range_read(&database, &people).await?;
    month_report(&database, &people).await?;

    database.close().await;
    let reopened = Instant::now();
    let database = Database::open(&config).await?;
    report("open it again", reopened, 1, "");
    start_up(&database).await?;
    database.close().await;
    Ok(())
}

fn options() -> Result<Options, Box<dyn std::error::Error>> {
    let mut options = Options { people: 10_000, segments: 1_000_000, url: None };
    let mut arguments = std::env::args().skip(1);
    while let Some(flag) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{flag} needs a value"))?;
        match flag.as_str() {
            "--people" => options.people = value.parse()?,
            "--segments" => options.segments = value.parse()?,
            "--url" => options.url = Some(value),
            _ => return Err(format!("unknown flag {flag}").into()),
        }
    }
    Ok(options)
}

fn report(what: &str, since: Instant, count: usize, unit: &str) {
    let took = since.elapsed();
    let rate = count as f64 / took.as_secs_f64();
    if unit.is_empty() {
        println!("{what:<52} {:>10.1} ms", took.as_secs_f64() * 1e3);
    } else {
        println!("{what:<52} {:>10.1} ms {count:>9} {unit} {rate:>12.0} {unit}/s", took.as_secs_f64() * 1e3);
    }
}

async fn fill_people(database: &Database, count: usize) -> Result<Vec<EmployeeId>, DbError> {
    let since = Instant::now();
    let mut people = Vec::with_capacity(count);
    let new: Vec<NewPerson> = (0..count).map(new_person).collect();
    for some in new.chunks(BATCH) {
        people.extend(database.people().create_all(some).await?.into_iter().map(|row| row.id));
    }
    report("create people, 1,000 in a transaction", since, count, "people");
    let since = Instant::now();
    for some in people.chunks(BATCH) {
        let writes: Vec<_> = some.iter().map(online).collect();
        database.commit(&writes).await?;
    }
    report("presence changes, 1,000 in a transaction", since, count, "changes");
    Ok(people)
}

fn new_person(n: usize) -> NewPerson {
    NewPerson {
        id: Some(EmployeeId::new(&format!("INT{n:05}")).expect("digits and letters")),
        name: format!("Person {n}"),
        email: format!("person{n}@example.org"),
        role: Role::Employee,
        team: None,
        managed_teams: Vec::new(),
        capabilities: Capabilities::NONE,
        password_hash: Some("$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$kkkkkkkkkkkkkkkkkkkkkkkkkkk".into()),
        created_at: UtcMillis(0),
    }
}

fn online(employee: &EmployeeId) -> Write {
    Write::PresenceChanged(PresenceChanged {
        employee: employee.clone(),
        at: UtcMillis(1),
        order: 0,
        status: Status::Active,
        overlay: None,
        reason: Reason::Seen,
        last_seen: Some(UtcMillis(1)),
    })
}

/// Every day of the month that the report is about, for the people that it is about.
async fn fill_month(database: &Database, people: &[EmployeeId]) -> Result<(), DbError> {
    let people = &people[..people.len().min(REPORT_PEOPLE)];
    let since = Instant::now();
    for day in 0..REPORT_DAYS {
        let writes: Vec<_> = people.iter().map(|employee| worked(employee, day as i64)).collect();
        database.commit(&writes).await?;
    }
    let segments = people.len() * REPORT_DAYS * SEGMENTS_PER_DAY;
    report("sessions of 20 segments, 1,000 in a transaction", since, segments, "segments");
    Ok(())
}

/// Older days, so many that there will be `count` segments with the month.
async fn fill_older_days(database: &Database, people: &[EmployeeId], count: usize) -> Result<(), DbError> {
    let since = Instant::now();
    let stored = people.len().min(REPORT_PEOPLE) * REPORT_DAYS * SEGMENTS_PER_DAY;
    let sessions = count.saturating_sub(stored).div_ceil(SEGMENTS_PER_DAY);
    let mut days = people
        .iter()
        .cycle()
        .enumerate()
        .take(sessions)
        .map(|(n, employee)| worked(employee, -1 - (n / people.len()) as i64));
    loop {
        let writes: Vec<_> = days.by_ref().take(BATCH).collect();
        if writes.is_empty() {
            break;
        }
        database.commit(&writes).await?;
    }
    report("the same of older days", since, sessions * SEGMENTS_PER_DAY, "segments");
    Ok(())
}

/// A day's work.
fn worked(employee: &EmployeeId, day: i64) -> Write {
    let start = UtcMillis(day * DAY_MS + 9 * 3_600_000);
    let kinds = [SegmentKind::Active, SegmentKind::Idle];
    let mut segments = Vec::with_capacity(SEGMENTS_PER_DAY);
    let mut from = start;
    for (n, kind) in (0..SEGMENTS_PER_DAY as i64).zip(kinds.into_iter().cycle()) {
        let to = from.plus(1_200_000 + n * 1_234);
        segments.push(Segment { from, to, kind });
        from = to;
    }
    let session = WorkSession { start, end: from, stopped: day != REPORT_DAYS as i64 - 1, segments };
    let open = (!session.stopped).then_some(start);
    let change = WorkChange { sessions: vec![session], open, ..WorkChange::default() };
    Write::Work { employee: employee.clone(), change: Box::new(change) }
}

async fn mark_batches(database: &Database, people: &[EmployeeId]) -> Result<(), DbError> {
    let since = Instant::now();
    let batches = 20;
    let (device, boot) = (DeviceId::generate(), BootId::generate());
    for batch in 0..batches {
        let writes: Vec<_> =
            (0..BATCH).map(|n| marked(&people[n % people.len()], device, boot, batch * BATCH + n)).collect();
        database.commit(&writes).await?;
    }
    report("marks, 1,000 in a transaction", since, batches * BATCH, "marks");
    Ok(())
}

fn marked(employee: &EmployeeId, device: DeviceId, boot: BootId, n: usize) -> Write {
    let source = MarkSource { device, boot, seq: n as u64 };
    let mark = Mark { at: UtcMillis(n as i64), kind: MarkKind::Active, source };
    let change = WorkChange { marks: vec![mark], ..WorkChange::default() };
    Write::Work { employee: employee.clone(), change: Box::new(change) }
}

async fn single_commits(database: &Database) -> Result<(), DbError> {
    let since = Instant::now();
    let writers = (0..WRITERS).map(|_| async move {
        let (device, boot) = (DeviceId::generate(), BootId::generate());
        for seq in 0..COMMITS_PER_WRITER as u64 {
            database.commit(&[Write::Acked { device, boot, seq }]).await?;
        }
        Ok::<_, DbError>(())
    });
    try_join_all(writers).await?;
    report("single commits, 64 writers", since, WRITERS * COMMITS_PER_WRITER, "commits");
    Ok(())
}

async fn range_read(database: &Database, people: &[EmployeeId]) -> Result<(), DbError> {
    let span = month();
    let since = Instant::now();
    let reads = 200;
    for employee in people.iter().cycle().take(reads) {
        database.work().sessions(employee, span).await?;
    }
    report("a month of one person, one after the other", since, reads, "reads");
    Ok(())
}

async fn month_report(database: &Database, people: &[EmployeeId]) -> Result<(), DbError> {
    let people = &people[..people.len().min(REPORT_PEOPLE)];
    for _ in 0..3 {
        let since = Instant::now();
        let found = database.work().sessions_of(people, month()).await?;
        let segments = found.iter().flat_map(|found| &found.sessions).map(|session| session.segments.len()).sum();
        report("the month of 1,000 people", since, segments, "segments");
    }
    Ok(())
}

fn month() -> Span {
    Span { from: UtcMillis(0), to: UtcMillis(REPORT_DAYS as i64 * DAY_MS) }
}

async fn start_up(database: &Database) -> Result<(), DbError> {
    let since = Instant::now();
    let people = database.people().all().await?;
    report("start-up: everyone", since, people.len(), "people");
    let since = Instant::now();
    let open = database.work().open_sessions().await?;
    report("start-up: open sessions", since, open.len(), "sessions");
    let since = Instant::now();
    let closed = database.presence().close_stale().await?;
    report("start-up: presence, closing what was left open", since, closed.len(), "people");
    Ok(())
}
