//! `/api/setup`: the first administrator, through the link that the hub printed.

use actix_web::{HttpResponse, get, post};
use muster_db::{NewPerson, OrganizationRow, RetentionDays, TokenHash, WorkingHours};
use muster_domain::permission::Capabilities;
use muster_domain::{Role, Zone};
use muster_protocol::limits::{EMAIL_BYTES_MAX, NAME_CHARS_MAX};
use muster_protocol::{FieldError, UtcMillis};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::auth::signed_in;
use crate::auth::password::{PASSWORD_BYTES_MAX, PASSWORD_CHARS_MIN};
use crate::auth::refresh;
use crate::http::audit::{self, Event};
use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Body, Open, Validate, check};

/// Whether set-up is still to be done.
#[derive(Debug, Serialize, ToSchema)]
pub struct SetupState {
    needed: bool,
}

/// Tells the portal which page to show first.
#[utoipa::path(tag = "setup", responses((status = 200, body = SetupState)))]
#[get("/api/setup")]
pub async fn state(open: Open) -> HttpResponse {
    HttpResponse::Ok().json(SetupState { needed: open.app.hub.people.count() == 0 })
}

/// The organization and its first administrator.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Setup {
    /// From the link.
    token: String,
    organization: String,
    /// IANA name.
    time_zone: String,
    name: String,
    email: String,
    password: String,
}

impl Validate for Setup {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        let named = |text: &str| !text.trim().is_empty() && text.chars().count() <= NAME_CHARS_MAX;
        check(&mut problems, named(&self.organization), "organization", "1 to 200 characters");
        check(&mut problems, named(&self.name), "name", "1 to 200 characters");
        check(&mut problems, Zone::named(&self.time_zone).is_ok(), "timeZone", "an IANA time zone");
        check(&mut problems, is_email(&self.email), "email", "an e-mail address");
        check(&mut problems, is_password(&self.password), "password", "8 characters to 256 bytes");
        problems
    }
}

/// Something on both sides of one @; whether mail arrives there, only mail can tell.
pub fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    let plain = !text.chars().any(|c| c.is_whitespace() || c.is_control());
    plain
        && text.len() <= EMAIL_BYTES_MAX
        && parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
}

/// Long enough to be worth hashing, short enough to hash.
pub fn is_password(text: &str) -> bool {
    text.chars().count() >= PASSWORD_CHARS_MIN && text.len() <= PASSWORD_BYTES_MAX
}

/// Makes the first administrator and signs in. The link is good once.
#[utoipa::path(tag = "setup", request_body = Setup, responses((status = 200, body = super::auth::SignedIn), (status = 404), (status = 409)))]
#[post("/api/setup")]
pub async fn complete(open: Open, Body(setup): Body<Setup>) -> ApiResult<HttpResponse> {
    let app = &open.app;
    app.limits.sign_in(open.address, "set-up").map_err(ApiError::too_many)?;
    let now = app.now().wall;
    let password_hash = app.passwords.hash(setup.password).await;
    let organization = new_organization(setup.organization.trim(), &setup.time_zone);
    let person = first_admin(setup.name.trim(), setup.email.trim(), password_hash, now);
    let row = app.hub.database.setup().complete(&TokenHash::of(&setup.token), &person, &organization).await?;
    app.hub.policies.put_organization(app.hub.database.organization().get().await?.unwrap_or(organization));
    app.hub.people.put(row.clone());
    let person = app.hub.people.get(&row.id).ok_or_else(|| ApiError::internal("the administrator is missing"))?;
    audit::note(app, Event::by(&person, "set_up"));
    let refresh = refresh::issue(&app.hub.database, &row.id, now, app.refresh_ttl_ms()).await?;
    Ok(signed_in(app, &person, refresh, true))
}

/// An organization with the usual hours and retention (`rules.md`).
pub fn new_organization(name: &str, time_zone: &str) -> OrganizationRow {
    OrganizationRow {
        name: name.to_owned(),
        time_zone: time_zone.to_owned(),
        working_hours: WorkingHours { start_minute: 9 * 60, end_minute: 18 * 60, days: vec![1, 2, 3, 4, 5] },
        retention: RetentionDays { screenshots: 90, work: 400, audit: 400 },
        version: 0,
    }
}

fn first_admin(name: &str, email: &str, password_hash: String, now: UtcMillis) -> NewPerson {
    NewPerson {
        id: None,
        name: name.to_owned(),
        email: email.to_owned(),
        role: Role::Admin,
        team: None,
        managed_teams: Vec::new(),
        capabilities: Capabilities::usual_for(Role::Admin),
        password_hash: Some(password_hash),
        created_at: now,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_cannot_be_are_refused() {
        assert!(is_email("ada@example.org"));
        for bad in ["", "ada", "@example.org", "ada@", "a@b@c", "ada @example.org", "ada@exa\nmple.org"] {
            assert!(!is_email(bad), "{bad:?}");
        }
    }
}
