//! The one table from error codes to statuses, and the body of every refusal.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use muster_actors::employee::WorkError;
use muster_actors::{HubError, JournalError};
use muster_db::{BlobError, DbError, Existing};
use muster_protocol::{ErrorBody, ErrorCode, FieldError};

use super::request_id;

/// What a client is told to wait when the hub cannot say better.
const RETRY_AFTER_DEFAULT: Duration = Duration::from_secs(2);

/// A refusal.
#[derive(Debug, thiserror::Error)]
#[error("{code:?}: {message}")]
pub struct ApiError {
    pub code: ErrorCode,
    pub message: String,
    pub fields: Vec<FieldError>,
    pub retry_after: Option<Duration>,
}

/// What handlers return.
pub type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    /// A refusal with one sentence for a person.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), fields: Vec::new(), retry_after: None }
    }

    /// The body is wrong in these fields.
    pub fn invalid(fields: Vec<FieldError>) -> Self {
        Self { fields, ..Self::new(ErrorCode::Invalid, "some fields are not as they should be") }
    }

    /// The body is wrong in one field.
    pub fn field(field: &str, message: impl Into<String>) -> Self {
        Self::invalid(vec![FieldError { field: field.to_owned(), message: message.into() }])
    }

    /// Nothing here that the caller may know of.
    pub fn not_found(what: &str) -> Self {
        Self::new(ErrorCode::NotFound, format!("there is no such {what}"))
    }

    /// Known, but not allowed.
    pub fn forbidden() -> Self {
        Self::new(ErrorCode::Forbidden, "you may not do this")
    }

    /// Come back later.
    pub fn unavailable() -> Self {
        Self::new(ErrorCode::Unavailable, "the database is not available just now; nothing was changed")
    }

    /// Too many requests.
    pub fn too_many(wait: Duration) -> Self {
        let message = "too many requests; try again later";
        Self { retry_after: Some(wait), ..Self::new(ErrorCode::TooMany, message) }
    }

    /// A defect: the log has the reason, the client only learns where to look.
    pub fn internal(reason: impl std::fmt::Display) -> Self {
        tracing::error!(%reason, "a request failed by a defect");
        Self::new(ErrorCode::Internal, "the hub failed; its log knows more under this request id")
    }
}

/// The one table.
fn status_of(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::Malformed | ErrorCode::InTheFuture => StatusCode::BAD_REQUEST,
        ErrorCode::Unauthorized | ErrorCode::Expired | ErrorCode::WrongCredentials => StatusCode::UNAUTHORIZED,
        ErrorCode::Forbidden | ErrorCode::CrossSite | ErrorCode::NoticeNotAcknowledged => StatusCode::FORBIDDEN,
        ErrorCode::NotFound => StatusCode::NOT_FOUND,
        ErrorCode::Conflict | ErrorCode::NotWorking | ErrorCode::SetupDone => StatusCode::CONFLICT,
        ErrorCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::UnsupportedPicture => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ErrorCode::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorCode::TooMany => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        status_of(self.code)
    }

    fn error_response(&self) -> HttpResponse {
        let status = self.status_code();
        let mut response = HttpResponseBuilder::new(status);
        let waits = matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS);
        if let Some(wait) = self.retry_after.or(waits.then_some(RETRY_AFTER_DEFAULT)) {
            response.insert_header((RETRY_AFTER, wait.as_secs().max(1)));
        }
        if status == StatusCode::UNAUTHORIZED {
            response.insert_header((WWW_AUTHENTICATE, "Bearer"));
        }
        response.json(ErrorBody {
            code: self.code,
            message: self.message.clone(),
            request_id: request_id::current(),
            fields: self.fields.clone(),
        })
    }
}

impl From<DbError> for ApiError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Unavailable(_) => Self::unavailable(),
            DbError::Conflict => Self::new(ErrorCode::Conflict, "it was changed meanwhile; load it again"),
            DbError::AlreadyExists { what: Existing::Administrator } => {
                Self::new(ErrorCode::SetupDone, "an administrator exists already")
            }
            DbError::AlreadyExists { what } => Self::new(ErrorCode::Conflict, format!("this {what} exists already")),
            DbError::NotFound => Self::new(ErrorCode::NotFound, "there is no such record"),
            other => Self::internal(other),
        }
    }
}

impl From<HubError> for ApiError {
    fn from(error: HubError) -> Self {
        match error {
            HubError::Database(error) => error.into(),
            HubError::Overloaded => Self::new(ErrorCode::Unavailable, "the hub is busy; nothing was changed"),
        }
    }
}

impl From<JournalError> for ApiError {
    fn from(error: JournalError) -> Self {
        match error {
            JournalError::Unavailable => Self::unavailable(),
            JournalError::Refused(reason) => Self::internal(reason),
        }
    }
}

impl From<WorkError> for ApiError {
    fn from(error: WorkError) -> Self {
        match error {
            WorkError::NotWorking => Self::new(ErrorCode::NotWorking, "no work session is open"),
            WorkError::IdleDelta(error) => Self::field("idleDeltaSeconds", error.to_string()),
            WorkError::Journal(error) => error.into(),
        }
    }
}

impl From<BlobError> for ApiError {
    fn from(error: BlobError) -> Self {
        match error {
            BlobError::NotFound => Self::not_found("picture"),
            BlobError::Store(reason) => {
                tracing::error!(%reason, "the picture store failed");
                Self::new(ErrorCode::Unavailable, "the picture store is not available just now; nothing was changed")
            }
            other => Self::internal(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_to_wait_is_told_how_long() {
        let busy = ApiError::too_many(Duration::from_millis(1)).error_response();
        assert_eq!(busy.headers().get(RETRY_AFTER).unwrap(), "1");
        assert_eq!(ApiError::unavailable().error_response().headers().get(RETRY_AFTER).unwrap(), "2");
        assert!(ApiError::forbidden().error_response().headers().get(RETRY_AFTER).is_none());
    }

    #[test]
    fn defects_do_not_tell_their_reason() {
        assert!(!ApiError::internal("table employee has no field x").message.contains("employee"));
    }
}
