//! Checked bodies and query strings: what is wrong is said field by field, before anything is changed.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use muster_protocol::limits::JSON_BODY_BYTES_MAX;
use muster_protocol::{ErrorCode, FieldError};
use serde::de::DeserializeOwned;

use crate::http::error::{ApiError, ApiResult};

/// Rules of a body that its types cannot say.
pub trait Validate {
    /// Each field that is wrong; none when the body is right.
    fn problems(&self) -> Vec<FieldError> {
        Vec::new()
    }
}

/// Collects problems: `check(&mut problems, ok, "field", "what it should be")`.
pub fn check(problems: &mut Vec<FieldError>, right: bool, field: &str, message: &str) {
    if !right {
        problems.push(FieldError { field: field.to_owned(), message: message.to_owned() });
    }
}

/// A JSON body that is well formed, of the right types, and valid. Unknown fields are tolerated: older clients send some.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + Validate + 'static> FromRequest for Body<T> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = ApiResult<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = web::Bytes::from_request(request, payload);
        Box::pin(async move {
            let bytes = bytes.await.map_err(|_| too_large())?;
            parse(&bytes).map(Self)
        })
    }
}

/// A query string, checked in the same way.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + Validate + 'static> FromRequest for Query<T> {
    type Error = ApiError;
    type Future = std::future::Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let parsed = web::Query::<T>::from_query(request.query_string())
            .map_err(|error| ApiError::field("query", error.to_string()))
            .and_then(|query| validated(query.into_inner()));
        std::future::ready(parsed.map(Self))
    }
}

fn too_large() -> ApiError {
    ApiError::new(ErrorCode::TooLarge, format!("a JSON body has at most {JSON_BODY_BYTES_MAX} bytes"))
}

/// A JSON body from `bytes`, for handlers whose body may be missing.
pub fn parse<T: DeserializeOwned + Validate>(bytes: &[u8]) -> ApiResult<T> {
    let deserializer = &mut serde_json::Deserializer::from_slice(bytes);
    let body = serde_path_to_error::deserialize::<_, T>(deserializer).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        if inner.is_data() {
            let field = if path == "." { "body".to_owned() } else { path };
            ApiError::field(&field, without_position(&inner.to_string()))
        } else {
            ApiError::new(ErrorCode::Malformed, format!("the body is no JSON: {inner}"))
        }
    })?;
    validated(body)
}

fn validated<T: Validate>(value: T) -> ApiResult<T> {
    let problems = value.problems();
    if problems.is_empty() { Ok(value) } else { Err(ApiError::invalid(problems)) }
}

/// "… at line 1 column 7" helps nobody who knows the field.
fn without_position(message: &str) -> String {
    message.split(" at line ").next().unwrap_or(message).to_owned()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Interval {
        interval_minutes: u8,
    }

    impl Validate for Interval {
        fn problems(&self) -> Vec<FieldError> {
            let mut problems = Vec::new();
            check(&mut problems, (2..=20).contains(&self.interval_minutes), "intervalMinutes", "2 to 20");
            problems
        }
    }

    #[test]
    fn each_kind_of_wrong_body_has_its_own_refusal() {
        let refused = |text: &str| {
            let error = parse::<Interval>(text.as_bytes()).unwrap_err();
            (error.code, error.fields.into_iter().map(|field| field.field).collect::<Vec<_>>())
        };
        assert_eq!(refused("{"), (ErrorCode::Malformed, vec![]));
        assert_eq!(refused("{\"intervalMinutes\":\"x\"}"), (ErrorCode::Invalid, vec!["intervalMinutes".to_owned()]));
        assert_eq!(refused("{\"intervalMinutes\":21}"), (ErrorCode::Invalid, vec!["intervalMinutes".to_owned()]));
        assert_eq!(refused("[]").0, ErrorCode::Invalid);
        assert_eq!(parse::<Interval>(b"{\"intervalMinutes\":5,\"more\":1}").unwrap().interval_minutes, 5);
    }
}
