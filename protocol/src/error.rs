//! The errors a client can see. Codes are stable; messages may be reworded.

use serde::{Deserialize, Serialize};

/// Why a request was refused. `src/http/error.rs` maps each to a status, [`crate::CloseCode`] ends a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ErrorCode {
    /// The body is not what the endpoint takes; `fields` says where.
    Invalid,
    /// The body is no JSON, or the multipart form is broken.
    Malformed,
    /// No credentials, or none that the hub knows.
    Unauthorized,
    /// The access token has run out: refresh it.
    Expired,
    /// Known, but not allowed to do this.
    Forbidden,
    /// A cookie without the matching CSRF header, or an origin that is not on the list.
    CrossSite,
    /// E-mail or password is wrong. The same for an unknown user, on purpose.
    WrongCredentials,
    /// There is nothing at this address, or nothing the caller may know of.
    NotFound,
    /// It exists already, or it changed meanwhile.
    Conflict,
    /// `stop` or `heartbeat` without an open work session.
    NotWorking,
    /// The organization's current notice has not been acknowledged.
    NoticeNotAcknowledged,
    /// The body is larger than the stated maximum.
    TooLarge,
    /// Not a picture of a permitted kind, or it does not decode.
    UnsupportedPicture,
    /// Too many requests; see Retry-After.
    TooMany,
    /// An instant more than five minutes ahead of the hub's clock.
    InTheFuture,
    /// First start is over: an administrator exists.
    SetupDone,
    /// The database is away or busy; see Retry-After.
    Unavailable,
    /// A defect of the hub. The request id finds it in the log.
    Internal,
}

/// What is wrong with one field of a body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// Path of the field, as the client wrote it (`intervalMinutes`).
    pub field: String,
    /// What it should be, in one sentence.
    pub message: String,
}

/// The body of every refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ErrorBody {
    pub code: ErrorCode,
    /// One sentence for a person. Holds no internals.
    pub message: String,
    /// Names the request in the hub's log.
    pub request_id: String,
    /// With `invalid`: each field that is wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldError>,
}
