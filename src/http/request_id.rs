//! A name for each request: in its log lines, in the header `X-Request-Id` and in the body of a refusal.

use std::future::Future;

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use tracing::Instrument;
use uuid::Uuid;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

tokio::task_local! {
    static CURRENT: String;
}

/// The id of the request that this task answers; empty outside of one.
pub fn current() -> String {
    CURRENT.try_with(String::clone).unwrap_or_default()
}

/// Middleware: names the request, logs its outcome, and returns the name. Paths are logged without their query.
pub async fn name(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let id = Uuid::now_v7().simple().to_string();
    let span = tracing::info_span!("request", id = %id, method = %request.method(), path = %request.path());
    let answer = async {
        let response = next.call(request).await?;
        tracing::debug!(status = response.status().as_u16(), "answered");
        metrics::counter!("muster_http_responses_total", "status" => response.status().as_str().to_owned())
            .increment(1);
        Ok::<_, Error>(response)
    };
    let mut response = scope(id.clone(), answer.instrument(span)).await?;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    Ok(response)
}

/// Answers under the name `id`, also on another task.
pub(super) async fn scope<F: Future>(id: String, future: F) -> F::Output {
    CURRENT.scope(id, future).await
}
