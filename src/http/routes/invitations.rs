//! `/api/invitations`: the links that are out. They are made, and taken back, person by person ([`super::invite`]).

use std::collections::HashMap;

use actix_web::{HttpResponse, get};
use muster_db::InvitationRow;
use muster_domain::Zone;
use muster_protocol::{EmployeeId, UtcMillis};
use serde::Serialize;
use utoipa::ToSchema;

use super::teams::WhichPage;
use crate::app::App;
use crate::http::error::ApiResult;
use crate::http::export::{Cell, Format, Table, columns};
use crate::http::extract::{Permit, Query, needs};
use crate::http::page::Page;

/// A link that was made and not used. It cannot be shown again, only taken back or followed by another.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenInvitation {
    employee_id: EmployeeId,
    name: String,
    email: String,
    created_by: EmployeeId,
    created_by_name: Option<String>,
    created_at: UtcMillis,
    expires_at: UtcMillis,
}

/// The links that are out for those whom the caller may manage; who has the least time left comes first.
#[utoipa::path(tag = "employees", params(WhichPage), responses((status = 200, body = Page<OpenInvitation>), (status = 403), (status = 422)))]
#[get("/api/invitations")]
pub async fn list(permit: Permit<needs::ManagePeople>, Query(which): Query<WhichPage>) -> ApiResult<HttpResponse> {
    let (app, zone) = (&permit.app, permit.app.hub.policies.zone());
    let people = permit.visible().into_iter().filter(|person| person.row().active);
    let people = people.map(|person| (person.id().clone(), person)).collect::<HashMap<_, _>>();
    let mut open = app.hub.database.invitations().open(app.now().wall).await?;
    open.sort_by(|a, b| (a.expires_at, &a.employee).cmp(&(b.expires_at, &b.employee)));
    let invitation = |row: InvitationRow| {
        let person = people.get(&row.employee)?.row();
        Some(OpenInvitation::of(app, row, person.name.clone(), person.email.clone()))
    };
    let open = open.into_iter().filter_map(invitation).collect::<Vec<_>>();
    if which.format != Format::Json {
        let rows = open.into_iter().map(|invitation| export_row(invitation, &zone)).collect();
        let table = Table { name: "invitations".to_owned(), columns: columns(COLUMNS), rows };
        return Ok(table.respond(which.format).await);
    }
    let name = |invitation: &OpenInvitation| invitation.employee_id.to_string();
    Ok(Page::cut(open, which.cursor.as_deref(), which.limit, name)?.respond())
}

impl OpenInvitation {
    fn of(app: &App, row: InvitationRow, name: String, email: String) -> Self {
        Self {
            created_by_name: app.hub.people.get(&row.created_by).map(|person| person.row().name.clone()),
            employee_id: row.employee,
            name,
            email,
            created_by: row.created_by,
            created_at: row.created_at,
            expires_at: row.expires_at,
        }
    }
}

const COLUMNS: &[(&str, &str)] = &[
    ("employeeId", "Employee"),
    ("name", "Name"),
    ("email", "E-mail"),
    ("createdByName", "Made by"),
    ("createdAt", "Made"),
    ("expiresAt", "Good until"),
];

fn export_row(invitation: OpenInvitation, zone: &Zone) -> Vec<Cell> {
    vec![
        Cell::text(invitation.employee_id),
        Cell::Text(invitation.name),
        Cell::Text(invitation.email),
        Cell::text(invitation.created_by_name.unwrap_or_else(|| invitation.created_by.to_string())),
        Cell::at(invitation.created_at, zone),
        Cell::at(invitation.expires_at, zone),
    ]
}
