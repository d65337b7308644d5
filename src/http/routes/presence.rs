//! `/api/presence/history`: how many people were here, for the dashboard's curve.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use muster_actors::Person;
use muster_actors::roster::{Snapshot, View};
use muster_domain::presence::Tally;
use muster_domain::{MonoMillis, Now, Span};
use muster_protocol::portal::Scope;
use muster_protocol::presence::PresenceEntry;
use muster_protocol::{EmployeeId, FieldError, TeamId, UtcMillis};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Permit, Query, Validate, check, needs};
use crate::http::view::{narrowed, view_of};

/// Between two points.
const STEP_MS: i64 = 15 * 60_000;
const HOUR_MS: i64 = 3_600_000;
/// A week: 672 points.
const HOURS_MAX: u16 = 168;
/// Every page of a dashboard asks for the same: what was counted holds for so long.
const FRESH_MS: u64 = 60_000;
/// Counts that are kept.
const KEPT_MAX: usize = 256;

/// Registers the routes of this file.
pub fn configure(config: &mut ServiceConfig) {
    config.service(curve);
}

/// Which curve.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WhichHistory {
    /// Back from now, 1 to 168.
    #[serde(default = "a_day")]
    hours: u16,
    /// Only this team.
    #[serde(alias = "teamId")]
    team: Option<TeamId>,
}

fn a_day() -> u16 {
    24
}

impl Validate for WhichHistory {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check(&mut problems, (1..=HOURS_MAX).contains(&self.hours), "hours", "1 to 168");
        problems
    }
}

/// How many people of those whom the caller may see had each status, every quarter of an hour.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PresenceHistory {
    step_ms: i64,
    from: UtcMillis,
    /// Oldest first; the last one is at most a quarter of an hour ago.
    points: Vec<HistoryPoint>,
}

/// How many people had each status at a moment.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryPoint {
    at: UtcMillis,
    active: u32,
    idle: u32,
    offline: u32,
}

/// What was counted for whom, and when. One count at a time: it reads the changes of everyone.
#[derive(Default)]
pub struct Histories(Mutex<HashMap<(View, u16), Counted>>);

struct Counted {
    at: MonoMillis,
    history: Arc<PresenceHistory>,
}

/// Counts of the people whom the caller may see, from the changes that are stored. Accounts that are closed now are not
/// counted. Up to a minute old.
#[utoipa::path(tag = "presence", params(WhichHistory), responses((status = 200, body = PresenceHistory), (status = 403), (status = 422)))]
#[get("/api/presence/history")]
pub async fn curve(permit: Permit<needs::SeePresence>, Query(which): Query<WhichHistory>) -> ApiResult<HttpResponse> {
    let view = match which.team {
        None => view_of(&permit.person),
        Some(team) => narrowed(&permit.person, &Scope::Team(team)).ok_or_else(ApiError::forbidden)?,
    };
    let (app, now) = (&permit.app, permit.app.now());
    let mut counted = app.histories.0.lock().await;
    let key = (view, which.hours);
    if let Some(known) = counted.get(&key).filter(|known| now.mono.since(known.at) < FRESH_MS) {
        return Ok(HttpResponse::Ok().json(&*known.history));
    }
    let history = Arc::new(count(app, &key.0, which.hours, now).await?);
    counted.retain(|_, known| now.mono.since(known.at) < FRESH_MS);
    if counted.len() < KEPT_MAX {
        counted.insert(key, Counted { at: now.mono, history: history.clone() });
    }
    Ok(HttpResponse::Ok().json(&*history))
}

async fn count(app: &App, view: &View, hours: u16, now: Now) -> ApiResult<PresenceHistory> {
    let from = now.wall.minus(i64::from(hours) * HOUR_MS);
    let snapshot = Snapshot { view: view.clone() };
    let entries = app.hub.roster.send(snapshot).await.map_err(|_| ApiError::unavailable())?;
    let mut tally = Tally::between(from, now.wall, STEP_MS);
    let person = |entry: &PresenceEntry| app.hub.people.get(&entry.employee);
    let known_since = |person: Option<Arc<Person>>| person.map_or(UtcMillis(0), |person| person.row().created_at);
    // Whose status is older than the curve has not changed within it: nothing is to be read.
    let (unchanged, changed): (Vec<_>, Vec<_>) = entries.into_iter().partition(|entry| entry.since <= from);
    for entry in unchanged {
        tally.add(known_since(person(&entry)), [(entry.since, entry.status)]);
    }
    let ids = changed.iter().map(|entry| entry.employee.clone()).collect::<Vec<EmployeeId>>();
    let span = Span { from, to: now.wall.plus(1) };
    let histories = app.hub.database.presence().histories(&ids, span).await?;
    for (entry, changes) in changed.iter().zip(histories) {
        tally.add(known_since(person(entry)), changes.into_iter().map(|change| (change.at, change.status)));
    }
    let point = |(at, counts): (UtcMillis, muster_domain::presence::Counts)| HistoryPoint {
        at,
        active: counts.active,
        idle: counts.idle,
        offline: counts.offline,
    };
    Ok(PresenceHistory { step_ms: STEP_MS, from, points: tally.points().map(point).collect() })
}
