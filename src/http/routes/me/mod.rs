//! `/api/me`: what the hub knows about the caller, and the caller's password.

pub mod entries;
pub mod export;
pub mod receipts;
pub mod record;

use actix_web::http::header::AUTHORIZATION;
use actix_web::web::ServiceConfig;
use actix_web::{HttpRequest, HttpResponse, post};
use muster_protocol::FieldError;
use serde::Deserialize;
use utoipa::ToSchema;

use super::auth::{SignedIn, signed_in};
use super::setup::is_password;
use crate::auth::password::PASSWORD_BYTES_MAX;
use crate::auth::refresh;
use crate::http::audit::{self, Event};
use crate::http::changes::{in_turn, take_person};
use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Body, Permit, Validate, check, needs};

/// Registers the routes of this file and its folder.
pub fn configure(config: &mut ServiceConfig) {
    config.service(export::export).service(entries::list).service(receipts::list).service(change_password);
}

/// A new password for oneself.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PasswordChange {
    current_password: String,
    #[serde(alias = "password")]
    new_password: String,
}

impl Validate for PasswordChange {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        let right = self.current_password.len() <= PASSWORD_BYTES_MAX;
        check(&mut problems, right, "currentPassword", "at most 256 bytes");
        check(&mut problems, is_password(&self.new_password), "newPassword", "8 characters to 256 bytes");
        problems
    }
}

/// Sets the caller's password. Every other sign-in of the account ends; this one goes on with the new tokens.
#[utoipa::path(tag = "me", request_body = PasswordChange, responses((status = 200, body = SignedIn), (status = 422), (status = 429)))]
#[post("/api/me/password")]
pub async fn change_password(
    permit: Permit<needs::ActAs>,
    request: HttpRequest,
    Body(change): Body<PasswordChange>,
) -> ApiResult<HttpResponse> {
    let (app, row) = (permit.app.clone(), permit.person.row());
    app.limits.sign_in(None, &row.email).map_err(ApiError::too_many)?;
    if !app.passwords.matches(change.current_password, row.password_hash.clone()).await {
        return Err(ApiError::field("currentPassword", "this is not your password"));
    }
    let hash = app.passwords.hash(change.new_password).await;
    let renewed = in_turn(async move {
        let (app, id, people) = (&permit.app, permit.person.id(), permit.app.hub.database.people());
        app.hub.database.tokens().revoke_all(id).await?;
        people.bump_token_epoch(id).await?;
        people.set_password_hash(id, &hash).await?;
        let row = people.get(id).await?.ok_or_else(|| ApiError::not_found("employee"))?;
        audit::note(app, Event::by(&permit.person, "password_changed").about(id));
        let person = take_person(app, row).await;
        let refresh = refresh::issue(&app.hub.database, id, app.now().wall, app.refresh_ttl_ms()).await?;
        Ok((person, refresh))
    });
    let (person, refresh) = renewed.await?;
    let portal = request.headers().get(AUTHORIZATION).is_none();
    Ok(signed_in(&app, &person, refresh, portal))
}
