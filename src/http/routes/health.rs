//! `/healthz`, `/readyz`, `/metrics`: for whoever operates the hub.

use actix_web::{HttpResponse, get, web};
use metrics_exporter_prometheus::PrometheusHandle;
use muster_actors::roster::Online;

use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::Open;

/// The process lives.
#[utoipa::path(tag = "health", responses((status = 200)))]
#[get("/healthz")]
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// The hub can do its work: actors answer and the database is there.
#[utoipa::path(tag = "health", responses((status = 200), (status = 503)))]
#[get("/readyz")]
pub async fn readyz(open: Open) -> ApiResult<HttpResponse> {
    let hub = &open.app.hub;
    hub.database.ping().await?;
    let online = hub.roster.send(Online).await.map_err(|_| ApiError::unavailable())?;
    Ok(HttpResponse::Ok().json(serde_json::json!({ "ready": true, "online": online })))
}

/// Prometheus text. It holds counts and no names.
#[utoipa::path(tag = "health", responses((status = 200, content_type = "text/plain")))]
#[get("/metrics")]
pub async fn metrics(prometheus: web::Data<PrometheusHandle>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(prometheus.render())
}
