//! Work time as the hub reports it.

use muster_protocol::{EmployeeId, UtcMillis};
use reqwest::Method;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::RestClient;
use crate::error::LoadtestError;

/// A work session.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionRow {
    pub employee_id: EmployeeId,
    #[serde(alias = "from")]
    pub start: UtcMillis,
    /// Missing while it runs.
    #[serde(default, alias = "to")]
    pub end: Option<UtcMillis>,
}

/// A stretch of a session with one kind (`active`, `idle`, `break`, `meeting`).
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SegmentRow {
    pub employee_id: EmployeeId,
    pub from: UtcMillis,
    pub to: UtcMillis,
    pub kind: String,
}

/// A correction of somebody's hours. The id is made here, so that making it twice makes one.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewCorrection {
    pub id: Uuid,
    pub employee_id: EmployeeId,
    pub from: UtcMillis,
    pub to: UtcMillis,
    /// `active`, `idle`, `break`, `meeting` or `remove`.
    pub kind: &'static str,
    pub reason: &'static str,
}

impl RestClient {
    /// Sessions of `employee` that touch `from..to`; a manager may.
    pub async fn work_sessions(
        &self,
        employee: &EmployeeId,
        from: UtcMillis,
        to: UtcMillis,
    ) -> Result<Vec<SessionRow>, LoadtestError> {
        self.get_all("/api/work/sessions", &range(employee, from, to)).await
    }

    /// Segments of `employee` within `from..to`; a manager may.
    pub async fn work_segments(
        &self,
        employee: &EmployeeId,
        from: UtcMillis,
        to: UtcMillis,
    ) -> Result<Vec<SegmentRow>, LoadtestError> {
        self.get_all("/api/work/segments", &range(employee, from, to)).await
    }

    /// Corrects somebody's hours; a manager may.
    pub async fn add_correction(&self, correction: &NewCorrection) -> Result<(), LoadtestError> {
        self.call(&Method::POST, "/api/work/corrections", |request| request.json(correction)).await.map(|_| ())
    }

    /// Today's totals of everyone the caller may see, as the hub words them.
    pub async fn work_summary_today(&self) -> Result<serde_json::Value, LoadtestError> {
        self.get("/api/work/summary/today", &[]).await
    }
}

fn range(employee: &EmployeeId, from: UtcMillis, to: UtcMillis) -> [(&'static str, String); 3] {
    [("employee", employee.to_string()), ("from", from.to_string()), ("to", to.to_string())]
}
