//! A table of dated records about employees that is read newest first: of some employees, or of everyone.
//!
//! Its rows are keyed `[employee, -at, id]`. A second table, keyed `[-at, id]`, names the employee of each: with it a
//! page of everyone is one range too, and retention finds the oldest records without knowing the employees.

use muster_domain::Span;
use muster_protocol::{EmployeeId, UtcMillis};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use surrealdb::types::{RecordId, Value};
use uuid::Uuid;

use crate::codec::encode_with_id;
use crate::page::{Cursor, Page, Paged, Whose, page};
use crate::script::Script;
use crate::{Database, DbError, keys};

/// Employees whose rows are read by one query.
const EMPLOYEES_PER_QUERY: usize = 250;

/// The two tables.
#[derive(Clone, Copy)]
pub(crate) struct Timeline {
    pub(crate) rows: &'static str,
    pub(crate) by_time: &'static str,
}

/// A row of the second table.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct ByTimeRow {
    employee: EmployeeId,
    at: UtcMillis,
    uuid: Uuid,
}

/// A row of the first table.
pub(crate) trait Dated: Paged + DeserializeOwned + Send + 'static {
    fn employee(&self) -> &EmployeeId;
}

impl Timeline {
    pub(crate) fn row_id(self, employee: &EmployeeId, place: Cursor) -> RecordId {
        keys::record(self.rows, [keys::employee(employee), keys::newest_first(place.at), keys::uuid(place.id)])
    }

    pub(crate) fn by_time_id(self, place: Cursor) -> RecordId {
        keys::record(self.by_time, [keys::newest_first(place.at), keys::uuid(place.id)])
    }

    /// The row of the second table that belongs to a row of the first.
    pub(crate) fn encode_by_time(self, row: &impl Dated) -> Value {
        let Cursor { at, id } = row.place();
        encode_with_id(self.by_time_id(row.place()), &ByTimeRow { employee: row.employee().clone(), at, uuid: id })
    }

    /// One page of `whose` rows within `span`, behind `cursor`.
    pub(crate) async fn list<T: Dated>(
        self,
        database: &Database,
        whose: Whose<'_>,
        span: Span,
        cursor: Option<&Cursor>,
        limit: usize,
    ) -> Result<Page<T>, DbError> {
        let rows = match whose {
            Whose::Everyone => {
                let found = self.of_everyone(database, span, cursor, limit + 1).await?;
                self.fetch(database, found).await?
            }
            Whose::These(employees) => self.of_these(database, employees, span, cursor, limit + 1).await?,
        };
        Ok(page(rows, limit))
    }

    /// The newest `limit` rows of each of these employees, employee by employee.
    pub(crate) async fn newest_of<T: Dated>(
        self,
        database: &Database,
        employees: &[EmployeeId],
        limit: usize,
    ) -> Result<Vec<T>, DbError> {
        let reads = employees.chunks(EMPLOYEES_PER_QUERY).map(|some| {
            let ranges = some.iter().map(|employee| self.range_of(employee, Span::ALL, None));
            self.starts_of(database, ranges.collect(), limit)
        });
        Ok(futures_util::future::try_join_all(reads).await?.into_iter().flatten().collect())
    }

    /// Up to `limit` rows of everyone from before `before`.
    pub(crate) async fn older_than<T: Dated>(
        self,
        database: &Database,
        before: UtcMillis,
        limit: usize,
    ) -> Result<Vec<T>, DbError> {
        let span = Span { from: Span::ALL.from, to: before };
        let found = self.of_everyone(database, span, None, limit).await?;
        self.fetch(database, found).await
    }

    async fn of_everyone(
        self,
        database: &Database,
        span: Span,
        cursor: Option<&Cursor>,
        limit: usize,
    ) -> Result<Vec<ByTimeRow>, DbError> {
        let end = [keys::newest_first(span.from.minus(1))];
        let range = match cursor {
            Some(cursor) => keys::behind(self.by_time, None, *cursor, end),
            None => keys::range(self.by_time, [keys::newest_first(span.to.minus(1))], end),
        };
        let script = Script::new("SELECT * FROM type::record($range[0]) LIMIT $limit")
            .bind("range", keys::start_of(range))
            .bind("limit", limit);
        database.ask(script, |answer| answer.rows(0)).await
    }

    async fn fetch<T: Dated>(self, database: &Database, found: Vec<ByTimeRow>) -> Result<Vec<T>, DbError> {
        let ids = found.iter().map(|row| self.row_id(&row.employee, Cursor { at: row.at, id: row.uuid }));
        let script = Script::new("SELECT * FROM $ids").bind("ids", ids.collect::<Vec<_>>());
        let mut rows: Vec<T> = database.ask(script, |answer| answer.rows(0)).await?;
        sort_newest_first(&mut rows);
        Ok(rows)
    }

    async fn of_these<T: Dated>(
        self,
        database: &Database,
        employees: &[EmployeeId],
        span: Span,
        cursor: Option<&Cursor>,
        limit: usize,
    ) -> Result<Vec<T>, DbError> {
        let reads = employees.chunks(EMPLOYEES_PER_QUERY).map(|some| {
            let ranges = some.iter().map(|employee| self.range_of(employee, span, cursor));
            self.starts_of(database, ranges.collect(), limit)
        });
        let read = futures_util::future::try_join_all(reads).await?;
        let mut rows: Vec<T> = read.into_iter().flatten().collect();
        sort_newest_first(&mut rows);
        rows.truncate(limit);
        Ok(rows)
    }

    fn range_of(self, employee: &EmployeeId, span: Span, cursor: Option<&Cursor>) -> RecordId {
        let end = [keys::employee(employee), keys::newest_first(span.from.minus(1))];
        match cursor {
            Some(cursor) => keys::behind(self.rows, Some(keys::employee(employee)), *cursor, end),
            None => keys::within_newest_first(self.rows, employee, span),
        }
    }

    /// The first `limit` rows of each of these ranges.
    async fn starts_of<T: Dated>(
        self,
        database: &Database,
        ranges: Vec<RecordId>,
        limit: usize,
    ) -> Result<Vec<T>, DbError> {
        let places = 0..ranges.len();
        let text: String =
            places.clone().map(|place| format!("SELECT * FROM type::record($range[{place}]) LIMIT $limit;")).collect();
        let script = Script::new(text).bind("range", ranges).bind("limit", limit);
        database
            .ask(script, move |answer| {
                let mut rows = Vec::new();
                for place in places {
                    rows.extend(answer.rows::<T>(place)?);
                }
                Ok(rows)
            })
            .await
    }
}

fn sort_newest_first<T: Dated>(rows: &mut [T]) {
    rows.sort_by_key(|row| {
        let Cursor { at, id } = row.place();
        (std::cmp::Reverse(at), id)
    });
}
