//! `/api/devices/{id}/events`: the durable events of a device as the hub keeps them. What was acknowledged is here.

use actix_web::{HttpResponse, get};
use muster_db::{AgentEventKind, AgentEventRow, DeviceRow};
use muster_domain::Span;
use muster_domain::work::{Mark, MarkKind, MarkSource};
use muster_protocol::agent::{DurableEvent, EventKind};
use muster_protocol::limits::PAGE_ROWS_MAX;
use muster_protocol::{BootId, DeviceId, FieldError};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::device_of;
use crate::app::App;
use crate::http::error::ApiResult;
use crate::http::extract::{Permit, Query, Validate, needs};
use crate::http::id::Id;
use crate::http::page::check_limit;

/// Which events.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WhichEvents {
    /// The life of the agent's spool that numbered them.
    boot: BootId,
    /// Only those with higher numbers.
    #[serde(default)]
    after: u64,
    /// 1 to 500.
    #[serde(default = "most")]
    limit: usize,
}

fn most() -> usize {
    PAGE_ROWS_MAX
}

impl Validate for WhichEvents {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_limit(&mut problems, self.limit);
        problems
    }
}

/// Events in the order of their numbers.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeviceEvents {
    events: Vec<DurableEvent>,
}

/// The events of one boot of a device: every one that was acknowledged and not refused.
#[utoipa::path(tag = "devices", params(("id" = DeviceId, Path), WhichEvents), responses((status = 200, body = DeviceEvents), (status = 404)))]
#[get("/api/devices/{id}/events")]
pub async fn list(
    permit: Permit<needs::ActAs>,
    Id(id): Id<DeviceId>,
    Query(which): Query<WhichEvents>,
) -> ApiResult<HttpResponse> {
    let device = device_of(&permit, id).await?;
    let mut events = events_of(&permit.app, &device, which.boot).await?;
    events.retain(|event| event.seq > which.after);
    events.sort_unstable_by_key(|event| event.seq);
    events.truncate(which.limit);
    Ok(HttpResponse::Ok().json(DeviceEvents { events }))
}

async fn events_of(app: &App, device: &DeviceRow, boot: BootId) -> ApiResult<Vec<DurableEvent>> {
    let database = &app.hub.database;
    let is_of_boot = |source: MarkSource| source.device == device.id && source.boot == boot;
    let marks = database.work().marks(&device.employee, Span::ALL).await?;
    let notes = database.agent_events().list(&device.employee, Span::ALL).await?;
    let marks = marks.into_iter().filter(|mark| is_of_boot(mark.source)).filter_map(of_mark);
    let notes = notes.into_iter().filter(|note| is_of_boot(note.source)).map(of_note);
    Ok(marks.chain(notes).collect())
}

/// The event that made a mark; `None` for marks that no agent makes.
fn of_mark(mark: Mark) -> Option<DurableEvent> {
    let kind = match mark.kind {
        MarkKind::Start => EventKind::WorkStarted,
        MarkKind::Stop => EventKind::WorkStopped,
        MarkKind::Idle => EventKind::IdleBegan,
        MarkKind::Active => EventKind::IdleEnded,
        MarkKind::BreakBegan => EventKind::BreakBegan,
        MarkKind::BreakEnded => EventKind::BreakEnded,
        MarkKind::Covered { .. } => EventKind::WorkContinued,
        MarkKind::MeetingBegan | MarkKind::MeetingEnded => return None,
    };
    Some(DurableEvent { seq: mark.source.seq, boot_id: None, at: mark.at, kind })
}

fn of_note(note: AgentEventRow) -> DurableEvent {
    let kind = match note.kind {
        AgentEventKind::CaptureFailed { reason } => EventKind::CaptureFailed { reason },
        AgentEventKind::ClockJumped { by_ms } => EventKind::ClockJumped { by_ms },
        AgentEventKind::NoticeAcknowledged { version } => EventKind::NoticeAcknowledged { version },
    };
    DurableEvent { seq: note.source.seq, boot_id: None, at: note.at, kind }
}

#[cfg(test)]
mod tests {
    use muster_protocol::UtcMillis;

    use super::*;

    #[test]
    fn an_event_reads_as_the_agent_sent_it() {
        let source = MarkSource { device: DeviceId::generate(), boot: BootId::generate(), seq: 7 };
        let mark = Mark { at: UtcMillis(5), kind: MarkKind::Covered { to: UtcMillis(5) }, source };
        let json = serde_json::to_string(&of_mark(mark)).unwrap();
        assert_eq!(json, r#"{"seq":7,"at":5,"kind":"work_continued"}"#);
        assert!(of_mark(Mark { kind: MarkKind::MeetingBegan, ..mark }).is_none());
    }
}
