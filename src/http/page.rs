//! Lists, a page at a time: `{items, next}`, or for the older clients bare rows with the cursor in a header.

use actix_web::HttpResponse;
use muster_db::{Cursor, DbError};
use muster_protocol::FieldError;
use muster_protocol::limits::PAGE_ROWS_MAX;
use serde::Serialize;
use utoipa::ToSchema;

use super::error::{ApiError, ApiResult};
use super::export::{EXPORT_ROWS_MAX, too_many_rows};
use super::extract::check;
use super::routes::uploads::list::NEXT_CURSOR_HEADER;

/// One page of a list.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// What to send as `cursor` for the next page; null on the last.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// At most `limit` rows of `all` behind the one that `cursor` names. For lists that are in memory as a whole.
    pub fn cut(mut all: Vec<T>, cursor: Option<&str>, limit: usize, name: impl Fn(&T) -> String) -> ApiResult<Self> {
        if let Some(cursor) = cursor {
            let place = all.iter().position(|row| name(row) == cursor).ok_or_else(wrong_cursor)?;
            all.drain(..=place);
        }
        let more = all.len() > limit;
        all.truncate(limit);
        let next = if more { all.last().map(name) } else { None };
        Ok(Self { items: all, next })
    }

    /// A page as the database read it, with its rows as clients see them.
    pub fn of<R>(page: muster_db::Page<R>, row: impl Fn(R) -> T) -> Self {
        Self { items: page.rows.into_iter().map(row).collect(), next: page.next.map(|cursor| cursor.to_string()) }
    }

    /// The page with other rows.
    pub fn map<U>(self, row: impl Fn(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(row).collect(), next: self.next }
    }
}

impl<T: Serialize> Page<T> {
    /// `{items, next}`.
    pub fn respond(self) -> HttpResponse {
        HttpResponse::Ok().json(self)
    }

    /// The rows alone, as older clients read them; the cursor is in [`NEXT_CURSOR_HEADER`].
    pub fn respond_bare(self) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        if let Some(next) = self.next {
            response.insert_header((NEXT_CURSOR_HEADER, next));
        }
        response.json(self.items)
    }
}

/// Rows on a page when the client does not say; the default of each query's `limit`.
pub fn page_rows() -> usize {
    100
}

/// Checks the `limit` of a query.
pub fn check_limit(problems: &mut Vec<FieldError>, limit: usize) {
    check(problems, (1..=PAGE_ROWS_MAX).contains(&limit), "limit", "1 to 500");
}

/// The `cursor` of a query.
pub fn cursor_of(text: Option<&str>) -> ApiResult<Option<Cursor>> {
    text.map(|text| text.parse().map_err(|_| wrong_cursor())).transpose()
}

/// Every row of a list that `read` reads page by page: for exports. Refused when there are more than a file may have.
pub async fn every_row<T>(
    read: impl AsyncFn(Option<Cursor>) -> Result<muster_db::Page<T>, DbError>,
) -> ApiResult<Vec<T>> {
    let (mut rows, mut cursor) = (Vec::new(), None);
    loop {
        let page = read(cursor).await?;
        rows.extend(page.rows);
        if rows.len() > EXPORT_ROWS_MAX {
            return Err(too_many_rows());
        }
        match page.next {
            Some(next) => cursor = Some(next),
            None => return Ok(rows),
        }
    }
}

fn wrong_cursor() -> ApiError {
    ApiError::field("cursor", "the cursor of the page before")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(cursor: Option<&str>, limit: usize) -> (Vec<u32>, Option<String>) {
        let page = Page::cut(vec![1, 2, 3, 4, 5], cursor, limit, u32::to_string).unwrap();
        (page.items, page.next)
    }

    #[test]
    fn pages_follow_each_other_without_gap_or_overlap() {
        assert_eq!(cut(None, 2), (vec![1, 2], Some("2".to_owned())));
        assert_eq!(cut(Some("2"), 2), (vec![3, 4], Some("4".to_owned())));
        assert_eq!(cut(Some("4"), 2), (vec![5], None));
        assert_eq!(cut(Some("5"), 2), (vec![], None));
        assert_eq!(cut(None, 5), (vec![1, 2, 3, 4, 5], None));
    }

    #[test]
    fn a_cursor_of_another_list_is_refused() {
        let error = Page::cut(vec![1, 2], Some("9"), 2, u32::to_string).unwrap_err();
        assert_eq!(error.fields[0].field, "cursor");
        assert!(cursor_of(Some("9")).is_err());
    }
}
