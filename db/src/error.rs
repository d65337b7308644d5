//! What can go wrong with the database.

use std::path::PathBuf;

use surrealdb::types::{AlreadyExistsError, ErrorDetails, QueryError};

/// What exists already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    Email,
    EmployeeId,
    Number,
    Team,
    Device,
    /// First start is over.
    Administrator,
    Record,
}

impl std::fmt::Display for Existing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Email => "email",
            Self::EmployeeId => "employee id",
            Self::Number => "number",
            Self::Team => "team",
            Self::Device => "device",
            Self::Administrator => "administrator",
            Self::Record => "record",
        })
    }
}

/// Why an operation of this crate failed. Nothing was changed, unless it is [`DbError::Unavailable`]: then a write may
/// have been applied, and replaying it is safe.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DbError {
    /// Another process (or another `Database` of this one) holds the folder's lock.
    #[error("the data folder {} is in use by another process", path.display())]
    DataFolderInUse { path: PathBuf },
    #[error("the data folder {} cannot be written: {reason}", path.display())]
    DataFolderUnwritable { path: PathBuf, reason: String },
    /// The data was written by a later program.
    #[error("the data has schema version {found}, this program knows versions up to {known}: start a newer program")]
    SchemaNewer { found: u32, known: u32 },
    /// The record changed since the caller read it.
    #[error("the record changed meanwhile")]
    Conflict,
    /// The database is away, too slow, or still in conflict after every retry.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    #[error("this {what} exists already")]
    AlreadyExists { what: Existing },
    #[error("there is no such record")]
    NotFound,
    /// A stored record does not say what it should.
    #[error("a stored record is corrupt: {0}")]
    Corrupt(String),
    #[error("'{0}' is no database address: use surrealkv://FOLDER, mem://, ws://HOST or wss://HOST")]
    InvalidUrl(String),
    /// The database refused a statement: a defect of this crate, or a limit of the database.
    #[error("the database refused: {0}")]
    Query(String),
}

/// Codes that our own scripts throw, so that a decision taken inside a transaction comes back typed.
pub(crate) const THROW_CONFLICT: &str = "muster:conflict";
pub(crate) const THROW_NOT_FOUND: &str = "muster:not-found";
pub(crate) const THROW_NUMBER_TAKEN: &str = "muster:number-taken";
pub(crate) const THROW_DEVICE_TAKEN: &str = "muster:device-taken";
pub(crate) const THROW_SETUP_DONE: &str = "muster:setup-done";

/// A failed attempt: for good, or because another transaction was quicker.
pub(crate) enum Failure {
    /// Nothing was applied; the same script may run again.
    TransactionConflict,
    Final(DbError),
}

impl Failure {
    /// Of a request as a whole: it never came to a statement, or no answer came back.
    pub(crate) fn of_request(error: &surrealdb::Error) -> Self {
        match error.details() {
            ErrorDetails::Validation(_) | ErrorDetails::Serialization(_) | ErrorDetails::Query(_) => {
                Self::of_statement(error)
            }
            _ => Self::Final(DbError::Unavailable(error.message().to_owned())),
        }
    }

    /// Of one statement, or of the COMMIT.
    pub(crate) fn of_statement(error: &surrealdb::Error) -> Self {
        let message = error.message().to_owned();
        Self::Final(match error.details() {
            ErrorDetails::Query(Some(QueryError::TransactionConflict)) => return Self::TransactionConflict,
            // Nothing but "not executed" is left when the COMMIT itself failed: the store could not write.
            ErrorDetails::Query(Some(_)) | ErrorDetails::Connection(_) => DbError::Unavailable(message),
            ErrorDetails::AlreadyExists(Some(AlreadyExistsError::Record { id })) => {
                DbError::AlreadyExists { what: existing(id) }
            }
            ErrorDetails::Serialization(_) => DbError::Corrupt(message),
            ErrorDetails::Thrown => thrown(message),
            _ if STORE_FAILURES.iter().any(|failure| message.contains(failure)) => DbError::Unavailable(message),
            _ => DbError::Query(message),
        })
    }
}

/// What the store says when the disk or the cluster fails (`surrealdb-kvs`, `err.rs`). These come without a kind. After
/// an unknown outcome replaying is safe, because every write of this crate is idempotent.
const STORE_FAILURES: [&str; 4] = [
    "There was a problem with the datastore",
    "There was a problem with a transaction",
    "read-and-deletion-only mode",
    "outcome is unknown",
];

/// Which of our unique records collided, by the table that keeps it unique.
fn existing(record: &str) -> Existing {
    match record.split(':').next().unwrap_or_default() {
        "employee" => Existing::EmployeeId,
        "employee_email" => Existing::Email,
        "employee_number" => Existing::Number,
        "team" | "team_name" => Existing::Team,
        "device" | "device_token" => Existing::Device,
        _ => Existing::Record,
    }
}

fn thrown(message: String) -> DbError {
    let is = |code: &str| message.contains(code);
    match () {
        () if is(THROW_CONFLICT) => DbError::Conflict,
        () if is(THROW_NOT_FOUND) => DbError::NotFound,
        () if is(THROW_NUMBER_TAKEN) => DbError::AlreadyExists { what: Existing::Number },
        () if is(THROW_DEVICE_TAKEN) => DbError::AlreadyExists { what: Existing::Device },
        () if is(THROW_SETUP_DONE) => DbError::AlreadyExists { what: Existing::Administrator },
        () => DbError::Query(message),
    }
}

#[cfg(test)]
mod tests {
    use surrealdb::Error;
    use surrealdb::types::{ConnectionError, NotFoundError};

    use super::*;

    fn final_error(failure: Failure) -> DbError {
        match failure {
            Failure::Final(error) => error,
            Failure::TransactionConflict => panic!("a conflict is not final"),
        }
    }

    #[test]
    fn whatever_the_connection_does_is_unavailable() {
        let session = NotFoundError::Session { id: None };
        for error in [
            Error::connection("reset".into(), ConnectionError::ConnectionFailed),
            Error::not_found("no session".into(), session),
            Error::not_allowed("signed out".into(), None),
            Error::internal("the router is gone".into()),
        ] {
            assert!(matches!(final_error(Failure::of_request(&error)), DbError::Unavailable(_)), "{error}");
        }
    }

    #[test]
    fn a_failing_disk_is_unavailable_and_a_wrong_statement_is_not() {
        for message in ["There was a problem with the datastore: disk full", "the commit outcome is unknown"] {
            let error = Error::internal(message.into());
            assert!(matches!(final_error(Failure::of_statement(&error)), DbError::Unavailable(_)), "{message}");
        }
        let commit = Error::query("Cannot COMMIT: io".into(), QueryError::NotExecuted);
        assert!(matches!(final_error(Failure::of_statement(&commit)), DbError::Unavailable(_)));
        let field = Error::internal("Found field 'x', but no such field exists".into());
        assert!(matches!(final_error(Failure::of_statement(&field)), DbError::Query(_)));
        let parse = Error::validation("parse".into(), None);
        assert!(matches!(final_error(Failure::of_request(&parse)), DbError::Query(_)));
    }

    #[test]
    fn only_typed_conflicts_are_tried_again() {
        let conflict = Error::query("busy".into(), QueryError::TransactionConflict);
        assert!(matches!(Failure::of_statement(&conflict), Failure::TransactionConflict));
        assert!(matches!(Failure::of_request(&conflict), Failure::TransactionConflict));
    }
}
