//! Tables that leave the hub: JSON for programs, CSV for programs and people, XLSX for people.
//!
//! One table is described once, by typed cells; each format writes them as well as it can. Texts that somebody typed can
//! never become formulas.

mod cell;
mod csv;
mod json;
mod xlsx;

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, ResponseError, web};
use serde::Deserialize;
use utoipa::ToSchema;

pub use cell::Cell;

use super::error::{ApiError, ApiResult};

/// Rows of one table. A month of sessions of a thousand people is 22,000; larger ranges are asked for in parts.
pub const EXPORT_ROWS_MAX: usize = 100_000;

/// What a list is answered as; the query parameter `format`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    #[default]
    Json,
    Csv,
    Xlsx,
}

/// A column of a [`Table`].
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name for programs: the key in JSON, the heading in CSV.
    pub key: &'static str,
    /// Its heading for people, in XLSX.
    pub title: &'static str,
}

/// The columns named by pairs of key and title.
pub fn columns(pairs: &[(&'static str, &'static str)]) -> Vec<Column> {
    pairs.iter().map(|&(key, title)| Column { key, title }).collect()
}

/// Rows of as many cells as there are columns.
#[derive(Clone, Debug)]
pub struct Table {
    /// The file's name without its extension, and the sheet's name: `work-summary`.
    pub name: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Answers with the table; CSV and XLSX as a file to keep. Written off the threads that serve requests.
    pub async fn respond(self, format: Format) -> HttpResponse {
        if self.rows.len() > EXPORT_ROWS_MAX {
            return too_many_rows().error_response();
        }
        let disposition = format!("attachment; filename=\"{}.{}\"", file_name(&self.name), format.extension());
        let written = web::block(move || self.write(format)).await;
        match written.map_err(ApiError::internal).and_then(|bytes| bytes) {
            Ok(bytes) if format == Format::Json => {
                HttpResponse::Ok().insert_header((CONTENT_TYPE, format.media_type())).body(bytes)
            }
            Ok(bytes) => HttpResponse::Ok()
                .insert_header((CONTENT_TYPE, format.media_type()))
                .insert_header((CONTENT_DISPOSITION, disposition))
                .body(bytes),
            Err(error) => error.error_response(),
        }
    }

    fn write(&self, format: Format) -> ApiResult<Vec<u8>> {
        match format {
            Format::Json => json::write(self).map_err(ApiError::internal),
            Format::Csv => csv::write(self).map_err(ApiError::internal),
            Format::Xlsx => xlsx::write(self).map_err(ApiError::internal),
        }
    }
}

impl Format {
    const fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// A range that has more rows than [`EXPORT_ROWS_MAX`].
pub fn too_many_rows() -> ApiError {
    ApiError::field("from", format!("this range has more than {EXPORT_ROWS_MAX} rows; ask for a shorter one"))
}

/// Names a header can carry without quoting.
fn file_name(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
    name.chars().map(plain).take(100).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: usize) -> Table {
        let rows = (0..rows).map(|number| vec![Cell::Integer(number as i64)]).collect();
        Table { name: "hours \"of\" Ada\r\n".to_owned(), columns: columns(&[("number", "Number")]), rows }
    }

    #[actix_web::test]
    async fn a_file_has_a_type_and_a_harmless_name() {
        let response = table(1).respond(Format::Csv).await;
        assert_eq!(response.headers().get(CONTENT_TYPE).unwrap(), "text/csv; charset=utf-8");
        let disposition = response.headers().get(CONTENT_DISPOSITION).unwrap();
        assert_eq!(disposition, "attachment; filename=\"hours--of--Ada--.csv\"");
    }

    #[actix_web::test]
    async fn json_is_shown_and_not_kept() {
        let response = table(1).respond(Format::Json).await;
        assert!(response.headers().get(CONTENT_DISPOSITION).is_none());
    }

    #[actix_web::test]
    async fn a_table_without_end_is_refused() {
        assert_eq!(table(EXPORT_ROWS_MAX).respond(Format::Json).await.status(), 200);
        assert_eq!(table(EXPORT_ROWS_MAX + 1).respond(Format::Json).await.status(), 422);
    }
}
