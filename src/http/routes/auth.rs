//! `/api/auth`: sign-in, renewal, sign-out, who am I, and tickets for the portal's socket.

use actix_web::{HttpRequest, HttpResponse, get, post};
use muster_actors::Person;
use muster_actors::employee::{Logout, Request as Touch};
use muster_domain::Role;
use muster_domain::permission::Capability;
use muster_protocol::{EmployeeId, ErrorCode, FieldError, TeamId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::App;
use crate::auth::password::PASSWORD_BYTES_MAX;
use crate::auth::refresh::{self, RefreshToken, Renewal};
use crate::auth::tickets::{TICKET_TTL_MS, TicketHolder};
use crate::http::audit::{self, Event};
use crate::http::cookies::{self, REFRESH_COOKIE};
use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Body, Caller, Credentials, Open, Validate, check};
use crate::http::words;

/// Older clients name the account `email` or `username`.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Login {
    #[serde(alias = "username")]
    email: String,
    password: String,
    /// Sets cookies instead of answering with tokens.
    #[serde(default)]
    portal: bool,
}

impl Validate for Login {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check(&mut problems, self.email.len() <= 254, "email", "at most 254 bytes");
        check(&mut problems, self.password.len() <= PASSWORD_BYTES_MAX, "password", "at most 256 bytes");
        problems
    }
}

/// A signed-in person, in the words of the older clients.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// The number that older clients call `user_id`.
    id: u32,
    employee_id: EmployeeId,
    name: String,
    email: String,
    #[schema(value_type = words::Role)]
    role: Role,
}

/// The answer to a sign-in. With `portal` the tokens are in cookies and absent here.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignedIn {
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    /// Milliseconds until the access token runs out.
    expires_in_ms: u64,
    user: User,
    /// Where the desktop agent connects.
    agent_url: String,
}

/// Signs in and sets online. An unknown account takes as long as a wrong password.
#[utoipa::path(tag = "auth", request_body = Login, responses((status = 200, body = SignedIn), (status = 401), (status = 429)))]
#[post("/api/auth/login")]
pub async fn login(open: Open, Body(login): Body<Login>) -> ApiResult<HttpResponse> {
    let app = &open.app;
    app.limits.sign_in(open.address, &login.email).map_err(ApiError::too_many)?;
    let person = app.hub.people.by_email(&login.email).filter(|person| person.row().active);
    let stored = person.as_ref().and_then(|person| person.row().password_hash.clone());
    let matches = app.passwords.matches(login.password, stored).await;
    let Some(person) = person.filter(|_| matches) else {
        return Err(ApiError::new(ErrorCode::WrongCredentials, "e-mail or password is wrong"));
    };
    let refresh = refresh::issue(&app.hub.database, person.id(), app.now().wall, app.refresh_ttl_ms()).await?;
    app.hub.tell(person.id(), Touch { device: None, activity: None });
    audit::note(app, Event::by(&person, "signed_in"));
    Ok(signed_in(app, &person, refresh, login.portal))
}

/// Signs the person in: tokens in the body for programs, in cookies for the portal.
pub fn signed_in(app: &App, person: &Person, refresh: RefreshToken, portal: bool) -> HttpResponse {
    let row = person.row();
    let access = app.access.issue(&row.id, row.token_epoch, refresh.family, app.now().wall);
    let mut response = HttpResponse::Ok();
    if portal {
        cookies::signed_in(app, &access, &refresh.text).into_iter().for_each(|cookie| {
            response.cookie(cookie);
        });
    }
    let in_body = |text: String| (!portal).then_some(text);
    response.json(SignedIn {
        token: in_body(access),
        refresh_token: in_body(refresh.text),
        expires_in_ms: app.access.ttl_ms(),
        user: User {
            id: row.number,
            employee_id: row.id.clone(),
            name: row.name.clone(),
            email: row.email.clone(),
            role: row.role,
        },
        agent_url: app.agent_url.clone(),
    })
}

/// Programs send the token; the portal's is in its cookie.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Refresh {
    #[serde(default)]
    refresh_token: Option<String>,
}

impl Validate for Refresh {}

/// Renews the tokens. A refresh token is good for one renewal; one that comes back ends the sign-in.
#[utoipa::path(tag = "auth", request_body = Option<Refresh>, responses((status = 200, body = SignedIn), (status = 401)))]
#[post("/api/auth/refresh")]
pub async fn renew(open: Open, request: HttpRequest, body: Option<Body<Refresh>>) -> ApiResult<HttpResponse> {
    let app = &open.app;
    let in_body = body.and_then(|Body(body)| body.refresh_token);
    let in_cookie = request.cookie(REFRESH_COOKIE).map(|cookie| cookie.value().to_owned());
    let portal = in_body.is_none();
    let over = || ApiError::new(ErrorCode::Unauthorized, "this sign-in is over; sign in again");
    let presented = in_body.or(in_cookie).ok_or_else(over)?;
    match refresh::renew(&app.hub.database, &presented, app.now().wall, app.refresh_ttl_ms()).await? {
        Renewal::Renewed { employee, token } => {
            let person = app.hub.people.get(&employee).filter(|person| person.row().active).ok_or_else(over)?;
            Ok(signed_in(app, &person, token, portal))
        }
        Renewal::Reused { employee } => {
            if let Some(family) = RefreshToken::family_of(&presented) {
                app.revocations.revoke(family, app.now().mono);
            }
            if let Some(person) = app.hub.people.get(&employee) {
                audit::note(app, Event::by(&person, "refresh_token_reused"));
            }
            Err(over())
        }
        Renewal::Gone => Err(over()),
    }
}

/// Signs out: offline at once if no other session lives; the tokens end.
#[utoipa::path(tag = "auth", responses((status = 200)))]
#[post("/api/auth/logout")]
pub async fn logout(caller: Caller) -> ApiResult<HttpResponse> {
    let app = &caller.app;
    if let Credentials::Access { family, .. } = caller.credentials {
        app.hub.database.tokens().revoke_family(family).await?;
        app.revocations.revoke(family, app.now().mono);
    }
    app.hub.tell(caller.person.id(), Logout);
    audit::note(app, Event::by(&caller.person, "signed_out"));
    let mut response = HttpResponse::Ok();
    for cookie in cookies::signed_out(app) {
        response.cookie(cookie);
    }
    Ok(response.json(serde_json::json!({ "ok": true })))
}

/// Who is signed in, and where.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Me {
    employee_id: EmployeeId,
    number: u32,
    name: String,
    email: String,
    #[schema(value_type = words::Role)]
    role: Role,
    team_id: Option<TeamId>,
    managed_teams: Vec<TeamId>,
    #[schema(value_type = Vec<words::Capability>)]
    capabilities: Vec<Capability>,
    organization: Organization,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    name: String,
    /// IANA name.
    time_zone: String,
}

/// The person behind the credentials.
#[utoipa::path(tag = "auth", responses((status = 200, body = Me), (status = 401)))]
#[get("/api/auth/me")]
pub async fn me(caller: Caller) -> ApiResult<HttpResponse> {
    let policies = &caller.app.hub.policies;
    let row = caller.person.row();
    Ok(HttpResponse::Ok().json(Me {
        employee_id: row.id.clone(),
        number: row.number,
        name: row.name.clone(),
        email: row.email.clone(),
        role: caller.principal.role,
        team_id: row.team,
        managed_teams: row.managed_teams.clone(),
        capabilities: caller.principal.capabilities.into(),
        organization: Organization {
            name: policies.organization().map(|row| row.name.clone()).unwrap_or_default(),
            time_zone: policies.zone().name().to_owned(),
        },
    }))
}

/// A ticket that opens one portal socket.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Ticket {
    ticket: String,
    expires_in_ms: u64,
}

/// Makes a one-time ticket: the first message on `/ws/portal`.
#[utoipa::path(tag = "auth", responses((status = 200, body = Ticket), (status = 401)))]
#[post("/api/auth/ticket")]
pub async fn ticket(caller: Caller) -> ApiResult<HttpResponse> {
    let Credentials::Access { family, epoch } = caller.credentials else { return Err(ApiError::forbidden()) };
    let holder = TicketHolder { employee: caller.person.id().clone(), epoch, family };
    let ticket = caller.app.tickets.issue(holder, caller.app.now().mono);
    let ticket = ticket.ok_or_else(|| ApiError::new(ErrorCode::TooMany, "too many tickets are out"))?;
    Ok(HttpResponse::Ok().json(Ticket { ticket, expires_in_ms: TICKET_TTL_MS }))
}
