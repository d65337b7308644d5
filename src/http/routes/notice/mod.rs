//! `/api/notice`: the text that everyone acknowledges before anything is captured.

pub mod acknowledgements;
pub mod versions;

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get, post};
use muster_actors::roster::Audience;
use muster_db::{AcknowledgementRow, AcknowledgementSource, Write};
use muster_domain::notice::{check_acknowledgement, check_text};
use muster_protocol::agent::AgentDown;
use muster_protocol::policy::Notice;
use muster_protocol::portal::PortalEvent;
use muster_protocol::{ErrorCode, FieldError, UtcMillis};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use self::acknowledgements::SourceWord;

use crate::http::audit::{self, Event};
use crate::http::changes::{commit, for_many, in_turn, tell, tell_policy, to_the_end};
use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Body, Caller, Permit, Validate, check, needs};

/// Registers the routes of this file.
pub fn configure(config: &mut ServiceConfig) {
    config.service(get).service(publish).service(acknowledge).service(acknowledgements::list).service(versions::list);
}

/// A published notice.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NoticeText {
    version: u64,
    text: String,
    published_at: UtcMillis,
}

impl From<&Notice> for NoticeText {
    fn from(notice: &Notice) -> Self {
        Self { version: notice.version, text: notice.text.clone(), published_at: notice.published_at }
    }
}

/// The current notice and the caller's answer to it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NoticeState {
    /// Null while none is published: then nothing is held back.
    notice: Option<NoticeText>,
    /// Whether the caller has acknowledged this version.
    acknowledged: bool,
    /// The newest version that the caller acknowledged.
    acknowledged_version: Option<u64>,
    /// When, and where, that was.
    acknowledged_at: Option<UtcMillis>,
    acknowledged_source: Option<SourceWord>,
}

/// The current notice.
#[utoipa::path(tag = "notice", responses((status = 200, body = NoticeState)))]
#[get("/api/notice")]
pub async fn get(caller: Caller) -> HttpResponse {
    let (app, employee) = (&caller.app, caller.person.id());
    let policies = &app.hub.policies;
    let notice = policies.notice();
    let acknowledged_version = policies.acknowledged(employee);
    let row = match acknowledged_version {
        // While the database is away the page goes on without the moment.
        Some(version) => app.hub.database.notices().acknowledgement(version, employee).await.ok().flatten(),
        None => None,
    };
    let acknowledged = notice.as_ref().is_some_and(|notice| acknowledged_version == Some(notice.version));
    let notice = notice.as_deref().map(NoticeText::from);
    HttpResponse::Ok().json(NoticeState {
        notice,
        acknowledged,
        acknowledged_version,
        acknowledged_at: row.as_ref().map(|row| row.at),
        acknowledged_source: row.as_ref().map(|row| row.source.into()),
    })
}

/// A text to publish.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewNotice {
    /// At most 50,000 characters.
    text: String,
    /// The version that was read, 0 when there was none; absent: whatever is there.
    #[serde(default)]
    expected_version: Option<u64>,
}

impl Validate for NewNotice {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        if let Err(error) = check_text(&self.text) {
            check(&mut problems, false, "text", &error.to_string());
        }
        problems
    }
}

/// Publishes a text as the next version. From now on nothing is captured of anybody who has not acknowledged it.
#[utoipa::path(tag = "notice", request_body = NewNotice, responses((status = 201, body = NoticeText), (status = 403), (status = 409), (status = 422)))]
#[post("/api/notice")]
pub async fn publish(permit: Permit<needs::ManageNotice>, Body(new): Body<NewNotice>) -> ApiResult<HttpResponse> {
    let published = in_turn(async move {
        let app = &permit.app;
        let current = app.hub.policies.notice().map_or(0, |notice| notice.version);
        if new.expected_version.is_some_and(|expected| expected != current) {
            return Err(ApiError::new(ErrorCode::Conflict, "another notice was published meanwhile; load it again"));
        }
        let notice = app.hub.database.notices().publish(&new.text, app.now().wall, permit.person.id()).await?;
        app.hub.policies.put_notice(notice.clone());
        audit::note(app, Event::by(&permit.person, "notice_published").with("version", notice.version));
        let (version, at) = (notice.version, notice.published_at);
        app.hub.announce_to(Audience::Everyone, PortalEvent::NoticePublished { version, at });
        let everyone = app.hub.people.all();
        for_many(&everyone, |person| tell(app, person, AgentDown::Notice(notice.clone()))).await;
        Ok(NoticeText::from(&notice))
    });
    Ok(HttpResponse::Created().json(published.await?))
}

/// The version that was read.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Acknowledgement {
    version: u64,
}

impl Validate for Acknowledgement {}

/// Acknowledges the current notice, in the portal or on the agent. Only for oneself.
#[utoipa::path(tag = "notice", request_body = Acknowledgement, responses((status = 200), (status = 409)))]
#[post("/api/notice/acknowledge")]
pub async fn acknowledge(
    permit: Permit<needs::ActAsDevice>,
    Body(Acknowledgement { version }): Body<Acknowledgement>,
) -> ApiResult<HttpResponse> {
    let current = permit.app.hub.policies.notice().map(|notice| notice.version);
    check_acknowledgement(current, version).map_err(|error| ApiError::new(ErrorCode::Conflict, error.to_string()))?;
    to_the_end(async move {
        let (app, employee) = (&permit.app, permit.person.id());
        let source =
            if permit.device().is_some() { AcknowledgementSource::Agent } else { AcknowledgementSource::Portal };
        let row = AcknowledgementRow { employee: employee.clone(), version, at: app.now().wall, source };
        let event = Event::by(&permit.person, "notice_acknowledged").about(employee).with("version", version);
        let writes = vec![Write::NoticeAcknowledged(row), Write::Audit(event.entry(app))];
        commit(app, writes).await?;
        app.hub.policies.acknowledge(employee, version);
        // Says nothing new to the agents; their person's actor looks again at what may be captured.
        tell_policy(app, &permit.person);
        Ok(())
    })
    .await?;
    Ok(HttpResponse::Ok().json(serde_json::json!({ "ok": true, "version": version })))
}
