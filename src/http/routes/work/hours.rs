//! The hours of some people in a span: stored sessions, what runs this moment, and corrections, brought together.

use std::collections::HashMap;
use std::sync::Arc;

use futures_util::future::join_all;
use muster_actors::Person;
use muster_actors::employee::WorkNow;
use muster_domain::Span;
use muster_domain::work::{Correction, Segment, SegmentKind, WorkSession, clip, corrected};
use muster_protocol::{EmployeeId, UtcMillis};

use crate::app::App;
use crate::http::error::ApiResult;

/// One person's hours in a span.
pub struct Hours {
    pub person: Arc<Person>,
    /// Whole sessions that touch the span, oldest first.
    pub sessions: Vec<Session>,
    /// What counts: segments inside the span, after corrections.
    pub segments: Vec<Segment>,
}

/// A session as it was recorded.
pub struct Session {
    pub start: UtcMillis,
    pub end: UtcMillis,
    pub is_running: bool,
    pub segments: Vec<Segment>,
}

impl Hours {
    /// The hours of `people` in `span`. Two reads for all of them, and one question to the actor of each who works now.
    pub async fn of(app: &App, people: Vec<Arc<Person>>, span: Span) -> ApiResult<Vec<Self>> {
        let ids = people.iter().map(|person| person.id().clone()).collect::<Vec<_>>();
        let work = app.hub.database.work();
        let stored = work.sessions_of(&ids, span).await?;
        let mut corrections = HashMap::<EmployeeId, Vec<Correction>>::new();
        for row in work.corrections_of(&ids, span).await? {
            corrections.entry(row.employee).or_default().push(row.correction);
        }
        let mut running = running(app, &ids).await;
        let sessions_of = stored.into_iter().map(|row| (row.employee, row.sessions)).collect::<HashMap<_, _>>();
        let mut sessions_of = sessions_of;
        Ok(people
            .into_iter()
            .map(|person| {
                let stored = sessions_of.remove(person.id()).unwrap_or_default();
                let sessions = with_running(stored, running.remove(person.id()), span);
                let raw = sessions.iter().flat_map(|session| session.segments.clone()).collect::<Vec<_>>();
                let corrections = corrections.remove(person.id()).unwrap_or_default();
                let segments = clip(&corrected(&raw, &corrections), span);
                Self { person, sessions, segments }
            })
            .collect())
    }
}

/// The open sessions as they stand this moment. Who is not asked in time is shown as stored.
async fn running(app: &App, ids: &[EmployeeId]) -> HashMap<EmployeeId, Session> {
    let asked = ids.iter().filter_map(|id| Some((id, app.hub.running(id)?)));
    let answers = join_all(asked.map(async |(id, actor)| (id.clone(), actor.send(WorkNow).await.ok().flatten())));
    let views = answers.await.into_iter().filter_map(|(id, view)| Some((id, view?.session)));
    views
        .map(|(id, session)| {
            let (start, end, segments) = (session.start, session.end, session.segments);
            (id, Session { start, end, is_running: true, segments })
        })
        .collect()
}

fn with_running(stored: Vec<WorkSession>, running: Option<Session>, span: Span) -> Vec<Session> {
    let mut sessions = stored
        .into_iter()
        .map(|row| Session { start: row.start, end: row.end, is_running: false, segments: row.segments })
        .collect::<Vec<_>>();
    if let Some(running) = running.filter(|running| running.start < span.to && running.end >= span.from) {
        sessions.retain(|session| session.start != running.start);
        sessions.push(running);
        sessions.sort_unstable_by_key(|session| session.start);
    }
    sessions
}

/// The word of a kind, in the API and in exports.
pub fn word_of(kind: SegmentKind) -> &'static str {
    match kind {
        SegmentKind::Active => "active",
        SegmentKind::Idle => "idle",
        SegmentKind::Break => "break",
        SegmentKind::Meeting => "meeting",
    }
}
