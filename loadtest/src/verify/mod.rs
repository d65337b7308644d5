//! Asks a hub for everything in a ledger: nothing acknowledged may be missing, nothing may be there twice.

mod compare;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use compare::{compare_events, compare_screenshots, compare_sessions};
use futures_util::{StreamExt, TryStreamExt, stream};
use muster_protocol::agent::EventKind;
use muster_protocol::ids::ScreenshotId;
use muster_protocol::{BootId, DeviceId, EmployeeId, UtcMillis};
use serde::Serialize;

use crate::client::RestClient;
use crate::error::LoadtestError;
use crate::ledger::{self, LedgerLine};

/// Requests under way at once.
const REQUESTS_AT_ONCE: usize = 8;
/// Sessions are asked for so much around the ones expected.
const MARGIN_MS: i64 = 60 * 60 * 1000;
/// Problems that are told one by one; the others are only counted.
const PROBLEMS_SHOWN: usize = 50;

/// What the hub ought to have.
#[derive(Debug, Default)]
struct Expected {
    events: BTreeMap<(DeviceId, BootId), BTreeMap<u64, (UtcMillis, EventKind)>>,
    sessions: BTreeMap<EmployeeId, Vec<(UtcMillis, UtcMillis)>>,
    screenshots: BTreeMap<ScreenshotId, EmployeeId>,
    first_screenshot_at: Option<UtcMillis>,
}

/// What was found.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Verdict {
    pub events: usize,
    pub sessions: usize,
    pub screenshots: usize,
    pub problem_count: usize,
    /// The first of them.
    pub problems: Vec<String>,
}

impl Verdict {
    /// Whether nothing is missing and nothing is double.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.problem_count == 0
    }

    fn add(&mut self, problems: Vec<String>) {
        self.problem_count += problems.len();
        let room = PROBLEMS_SHOWN - self.problems.len();
        self.problems.extend(problems.into_iter().take(room));
    }
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(
            f,
            "acknowledged: {} events, {} work sessions, {} screenshots",
            self.events, self.sessions, self.screenshots
        )?;
        for problem in &self.problems {
            writeln!(f, "  {problem}")?;
        }
        match self.problem_count {
            0 => write!(f, "nothing is missing, nothing is double"),
            count => write!(f, "{count} problems"),
        }
    }
}

/// Compares the hub with the ledger at `path`. `rest` is signed in as an admin.
pub async fn verify(rest: &RestClient, path: &Path) -> Result<Verdict, LoadtestError> {
    let expected = Expected::from_lines(ledger::read(path)?);
    let mut verdict = Verdict {
        events: expected.events.values().map(BTreeMap::len).sum(),
        sessions: expected.sessions.values().map(Vec::len).sum(),
        screenshots: expected.screenshots.len(),
        ..Verdict::default()
    };
    for problems in check_events(rest, &expected).await? {
        verdict.add(problems);
    }
    for problems in check_sessions(rest, &expected).await? {
        verdict.add(problems);
    }
    verdict.add(check_screenshots(rest, &expected).await?);
    Ok(verdict)
}

impl Expected {
    fn from_lines(lines: Vec<LedgerLine>) -> Self {
        let mut expected = Self::default();
        for line in lines {
            match line {
                LedgerLine::Event { device, boot, seq, at, kind, .. } => {
                    expected.events.entry((device, boot)).or_default().insert(seq, (at, kind));
                }
                LedgerLine::WorkSession { employee, from, to } => {
                    expected.sessions.entry(employee).or_default().push((from, to));
                }
                LedgerLine::Screenshot { id, employee, at } => {
                    expected.screenshots.insert(id, employee);
                    let first = expected.first_screenshot_at.get_or_insert(at);
                    *first = at.min(*first);
                }
            }
        }
        expected
    }
}

async fn check_events(rest: &RestClient, expected: &Expected) -> Result<Vec<Vec<String>>, LoadtestError> {
    let checks = expected.events.iter().map(|(&(device, boot), events)| async move {
        let got = rest.device_events(device, boot).await?;
        Ok(compare_events(&format!("device {device}, boot {boot}"), events, &got))
    });
    stream::iter(checks).buffer_unordered(REQUESTS_AT_ONCE).try_collect().await
}

async fn check_sessions(rest: &RestClient, expected: &Expected) -> Result<Vec<Vec<String>>, LoadtestError> {
    let checks = expected.sessions.iter().map(|(employee, sessions)| async move {
        let from = sessions.iter().map(|(from, _)| *from).min().unwrap_or_default().minus(MARGIN_MS);
        let to = sessions.iter().map(|(_, to)| *to).max().unwrap_or_default().plus(MARGIN_MS);
        let got = rest.work_sessions(employee, from, to).await?;
        Ok(compare_sessions(employee, sessions, &got))
    });
    stream::iter(checks).buffer_unordered(REQUESTS_AT_ONCE).try_collect().await
}

async fn check_screenshots(rest: &RestClient, expected: &Expected) -> Result<Vec<String>, LoadtestError> {
    let Some(first_at) = expected.first_screenshot_at else { return Ok(Vec::new()) };
    let got = rest.screenshots(first_at).await?;
    let employees: BTreeSet<&EmployeeId> = expected.screenshots.values().collect();
    Ok(compare_screenshots(&expected.screenshots, &employees, &got))
}
