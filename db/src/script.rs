//! One request to the database: SurrealQL with bound values, and its answer.

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use surrealdb::IndexedResults;
use surrealdb::types::{QueryError, SurrealValue, Value, Variables};

use crate::DbError;
use crate::codec::decode;
use crate::error::Failure;

/// Statements and the values bound to their parameters. Values never become part of the text.
#[derive(Clone, Debug)]
pub(crate) struct Script {
    pub(crate) text: Cow<'static, str>,
    pub(crate) variables: Variables,
}

impl Script {
    pub(crate) fn new(text: impl Into<Cow<'static, str>>) -> Self {
        Self { text: text.into(), variables: Variables::new() }
    }

    pub(crate) fn bind(mut self, name: impl Into<String>, value: impl SurrealValue) -> Self {
        self.variables.insert(name, value);
        self
    }
}

/// The results of each statement, counted from zero. `BEGIN` is a statement too.
pub(crate) struct Answer(IndexedResults);

impl Answer {
    /// Checks every statement: a query may be "ok" as a whole while its COMMIT failed.
    pub(crate) fn checked(mut results: IndexedResults) -> Result<Self, Failure> {
        let mut errors: Vec<_> = results.take_errors().into_iter().collect();
        if errors.is_empty() {
            return Ok(Self(results));
        }
        errors.sort_by_key(|(statement, _)| *statement);
        // One statement failed by itself; the others only say that they were not executed because of it.
        let is_cause = |error: &surrealdb::Error| {
            !matches!(error.query_details(), Some(QueryError::NotExecuted | QueryError::Cancelled))
        };
        let cause = errors.iter().position(|(_, error)| is_cause(error)).unwrap_or(errors.len() - 1);
        Err(Failure::of_statement(&errors[cause].1))
    }

    /// The raw result of one statement.
    pub(crate) fn value(&mut self, statement: usize) -> Result<Value, DbError> {
        self.0.take::<Value>(statement).map_err(|error| DbError::Query(error.message().to_owned()))
    }

    /// The raw rows of one statement.
    pub(crate) fn values(&mut self, statement: usize) -> Result<Vec<Value>, DbError> {
        match self.value(statement)? {
            Value::Array(rows) => Ok(rows.into_iter().collect()),
            Value::None | Value::Null => Ok(Vec::new()),
            one => Ok(vec![one]),
        }
    }

    /// All rows of one statement.
    pub(crate) fn rows<T: DeserializeOwned>(&mut self, statement: usize) -> Result<Vec<T>, DbError> {
        self.values(statement)?.into_iter().map(decode).collect()
    }

    /// The first row of one statement, if any.
    pub(crate) fn row<T: DeserializeOwned>(&mut self, statement: usize) -> Result<Option<T>, DbError> {
        self.values(statement)?.into_iter().next().map(decode).transpose()
    }
}
