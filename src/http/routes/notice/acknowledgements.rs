//! `/api/notice/acknowledgements`: who has acknowledged which version, and who has not.

use std::collections::HashMap;

use actix_web::{HttpResponse, get};
use muster_actors::Person;
use muster_db::{AcknowledgementRow, AcknowledgementSource};
use muster_protocol::{EmployeeId, FieldError, UtcMillis};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::error::{ApiError, ApiResult};
use crate::http::export::{Cell, Format, Table, columns};
use crate::http::extract::{Permit, Query, Validate, needs};
use crate::http::page::{Page, check_limit, page_rows};

/// Which acknowledgements.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WhichAcknowledgements {
    /// Default: the current version.
    version: Option<u64>,
    cursor: Option<String>,
    /// Rows on a page, 1 to 500.
    #[serde(default = "page_rows")]
    limit: usize,
    #[serde(default)]
    format: Format,
}

impl Validate for WhichAcknowledgements {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_limit(&mut problems, self.limit);
        problems
    }
}

/// One person's answer to a version.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AcknowledgementState {
    employee_id: EmployeeId,
    name: String,
    version: u64,
    /// Null: not yet.
    acknowledged_at: Option<UtcMillis>,
    source: Option<SourceWord>,
}

/// Where somebody acknowledged.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SourceWord {
    Agent,
    Portal,
}

impl From<AcknowledgementSource> for SourceWord {
    fn from(source: AcknowledgementSource) -> Self {
        match source {
            AcknowledgementSource::Agent => Self::Agent,
            AcknowledgementSource::Portal => Self::Portal,
        }
    }
}

/// Every active person and whether they have acknowledged a version, by name.
#[utoipa::path(tag = "notice", params(WhichAcknowledgements), responses((status = 200, body = Page<AcknowledgementState>), (status = 403), (status = 404)))]
#[get("/api/notice/acknowledgements")]
pub async fn list(
    permit: Permit<needs::ManageNotice>,
    Query(which): Query<WhichAcknowledgements>,
) -> ApiResult<HttpResponse> {
    let current = permit.app.hub.policies.notice().map(|notice| notice.version);
    let version = which.version.or(current).ok_or_else(|| ApiError::not_found("notice"))?;
    let rows = permit.app.hub.database.notices().acknowledgements(version).await?;
    let rows = rows.into_iter().map(|row| (row.employee.clone(), row)).collect::<HashMap<_, _>>();
    let people = permit.visible().into_iter().filter(|person| person.row().active);
    let states = people.map(|person| state(&person, version, rows.get(person.id()))).collect::<Vec<_>>();
    if which.format == Format::Json {
        let page = Page::cut(states, which.cursor.as_deref(), which.limit, |state| state.employee_id.to_string())?;
        return Ok(page.respond());
    }
    let zone = permit.app.hub.policies.zone();
    let row = |state: AcknowledgementState| {
        let at = Cell::or_empty(state.acknowledged_at, |at| Cell::at(at, &zone));
        vec![Cell::text(state.employee_id), Cell::Text(state.name), Cell::Integer(version.cast_signed()), at]
    };
    let name = format!("notice-{version}-acknowledgements");
    let table = Table { name, columns: columns(COLUMNS), rows: states.into_iter().map(row).collect() };
    Ok(table.respond(which.format).await)
}

const COLUMNS: &[(&str, &str)] =
    &[("employeeId", "Employee"), ("name", "Name"), ("version", "Version"), ("acknowledgedAt", "Acknowledged at")];

fn state(person: &Person, version: u64, row: Option<&AcknowledgementRow>) -> AcknowledgementState {
    AcknowledgementState {
        employee_id: person.id().clone(),
        name: person.row().name.clone(),
        version,
        acknowledged_at: row.map(|row| row.at),
        source: row.map(|row| row.source.into()),
    }
}
