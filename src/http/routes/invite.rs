//! Invitations: a one-time link with which somebody sets a password and is signed in. The hub sends no mail; whoever
//! invites hands the link over.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, delete, post};
use muster_actors::Person;
use muster_db::{DbError, InvitationRow, TokenHash};
use muster_domain::permission::Action;
use muster_protocol::{EmployeeId, ErrorCode, FieldError, UtcMillis};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::auth::{SignedIn, signed_in};
use super::employees::may_manage;
use super::setup::is_password;
use crate::auth::refresh;
use crate::auth::secrets::random_secret;
use crate::http::audit::{self, Event};
use crate::http::changes::{in_turn, take_person};
use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Body, Caller, Open, Permit, Validate, check, needs};
use crate::http::id::Id;

/// How long a link may lie in somebody's mail.
const LINK_TTL_MS: i64 = 7 * 24 * 3_600_000;
/// A token as it is pasted, in characters; ours have 43.
const TOKEN_CHARS_MAX: usize = 128;

/// Registers the routes of this file.
pub fn configure(config: &mut ServiceConfig) {
    config.service(invite).service(take_back).service(look).service(accept).service(super::invitations::list);
}

/// A link to hand over. It is shown once.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InviteLink {
    /// `https://hub.example.org/invite#token=…`: what stands behind the `#` is sent to no server.
    link: String,
    expires_at: UtcMillis,
}

/// Makes a link for a person, good once and for seven days; an earlier one is void. For somebody who has a password
/// already it is a way in, so only administrators make it.
#[utoipa::path(tag = "employees", params(("id" = String, Path, description = "Code or number")), responses((status = 201, body = InviteLink), (status = 403), (status = 404), (status = 409)))]
#[post("/api/employees/{id}/invite")]
pub async fn invite(permit: Permit<needs::ManagePeople>, Id(id): Id<EmployeeId>) -> ApiResult<HttpResponse> {
    let id = permit.subject(&id)?.id().clone();
    let invited = in_turn(async move {
        let (app, now) = (&permit.app, permit.app.now().wall);
        let person = permit.subject(&id)?;
        check_invitable(&permit, &person)?;
        let token = random_secret();
        let invitation = InvitationRow {
            token_hash: TokenHash::of(&token),
            employee: id,
            created_by: permit.person.id().clone(),
            created_at: now,
            expires_at: now.plus(LINK_TTL_MS),
        };
        app.hub.database.invitations().offer(&invitation).await?;
        audit::note(app, Event::by(&permit.person, "invited").about(person.id()));
        let link = format!("{}/invite#token={token}", app.portal_url);
        Ok(InviteLink { link, expires_at: invitation.expires_at })
    });
    Ok(HttpResponse::Created().json(invited.await?))
}

/// Takes back a link that was not used yet.
#[utoipa::path(tag = "employees", params(("id" = String, Path, description = "Code or number")), responses((status = 204), (status = 403), (status = 404)))]
#[delete("/api/employees/{id}/invite")]
pub async fn take_back(permit: Permit<needs::ManagePeople>, Id(id): Id<EmployeeId>) -> ApiResult<HttpResponse> {
    let id = permit.subject(&id)?.id().clone();
    in_turn(async move {
        let (app, person) = (&permit.app, permit.subject(&id)?);
        check_manages(&permit, &person)?;
        app.hub.database.invitations().revoke(&id).await?;
        audit::note(app, Event::by(&permit.person, "invitation_revoked").about(&id));
        Ok(())
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Whoever has a link can become the person: a manager makes none for colleagues or for those who have signed in.
fn check_invitable(caller: &Caller, person: &Person) -> ApiResult<()> {
    check_manages(caller, person)?;
    let row = person.row();
    if !row.active {
        return Err(ApiError::new(ErrorCode::Conflict, "this account is closed"));
    }
    if row.password_hash.is_some() && !caller.principal.may(Action::GrantRights, None) {
        let message = "this person has a password already; an administrator can make a new link";
        return Err(ApiError::new(ErrorCode::Conflict, message));
    }
    Ok(())
}

fn check_manages(caller: &Caller, person: &Person) -> ApiResult<()> {
    let row = person.row();
    let manages = may_manage(&caller.principal, &row.id, row.role, row.team);
    if manages { Ok(()) } else { Err(ApiError::forbidden()) }
}

/// What stands behind the `#` of a link.
#[derive(Debug, Deserialize, ToSchema)]
pub struct InviteToken {
    token: String,
}

impl Validate for InviteToken {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_token(&mut problems, &self.token);
        problems
    }
}

fn check_token(problems: &mut Vec<FieldError>, token: &str) {
    check(problems, (1..=TOKEN_CHARS_MAX).contains(&token.len()), "token", "what the link has behind its #");
}

/// Whom a link is for.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Invitation {
    name: String,
    /// What the person signs in with.
    email: String,
    organization: String,
    expires_at: UtcMillis,
}

/// Says whom a link is for; no sign-in is needed. The token is in the body, because addresses are logged.
#[utoipa::path(tag = "auth", request_body = InviteToken, responses((status = 200, body = Invitation), (status = 404), (status = 422), (status = 429)))]
#[post("/api/invite")]
pub async fn look(open: Open, Body(InviteToken { token }): Body<InviteToken>) -> ApiResult<HttpResponse> {
    let app = &open.app;
    limited(&open, &token)?;
    let found = app.hub.database.invitations().find(&TokenHash::of(&token), app.now().wall).await?;
    let person = found.as_ref().and_then(|found| app.hub.people.get(&found.employee));
    let person = person.filter(|person| person.row().active);
    let (found, person) = found.zip(person).ok_or_else(void)?;
    Ok(HttpResponse::Ok().json(Invitation {
        name: person.row().name.clone(),
        email: person.row().email.clone(),
        organization: app.hub.policies.organization().map(|row| row.name.clone()).unwrap_or_default(),
        expires_at: found.expires_at,
    }))
}

/// The password to set.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AcceptInvite {
    token: String,
    password: String,
}

impl Validate for AcceptInvite {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_token(&mut problems, &self.token);
        check(&mut problems, is_password(&self.password), "password", "8 characters to 256 bytes");
        problems
    }
}

/// Uses a link up: sets the password, ends every earlier sign-in of the account, and signs in with cookies. An unknown
/// link takes as long as a good one.
#[utoipa::path(tag = "auth", request_body = AcceptInvite, responses((status = 200, body = SignedIn), (status = 404), (status = 422), (status = 429)))]
#[post("/api/invite/accept")]
pub async fn accept(open: Open, Body(accepted): Body<AcceptInvite>) -> ApiResult<HttpResponse> {
    let AcceptInvite { token, password } = accepted;
    limited(&open, &token)?;
    let app = open.app.clone();
    let password_hash = app.passwords.hash(password).await;
    let signed = in_turn(async move {
        let (app, now) = (&open.app, open.app.now().wall);
        let row = app.hub.database.invitations().accept(&TokenHash::of(&token), &password_hash, now).await;
        let row = row.map_err(|error| match error {
            DbError::NotFound => void(),
            other => other.into(),
        })?;
        let person = take_person(app, row).await;
        audit::note(app, Event::by(&person, "invitation_accepted").about(person.id()));
        let refresh = refresh::issue(&app.hub.database, person.id(), now, app.refresh_ttl_ms()).await?;
        Ok((person, refresh))
    });
    let (person, refresh) = signed.await?;
    Ok(signed_in(&app, &person, refresh, true))
}

/// By address and by link: a limit that all links share could be used up by anybody.
fn limited(open: &Open, token: &str) -> ApiResult<()> {
    open.app.limits.sign_in(open.address, &format!("invite {token}")).map_err(ApiError::too_many)
}

fn void() -> ApiError {
    ApiError::new(ErrorCode::NotFound, "this link is unknown, used, or has expired; ask for a new one")
}
