//! `/api/docs`: Swagger UI, from the files that are embedded into the binary.

use std::sync::Arc;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use actix_web::{HttpResponse, get, web};

use crate::http::error::{ApiError, ApiResult};

/// Swagger UI sets styles on its elements and keeps its icons in data URLs; nothing else beyond our own files.
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Its addresses are absolute, because the page answers with and without a trailing slash.
const PAGE: &str = r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Muster API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
<link rel="icon" type="image/png" href="/api/docs/favicon-32x32.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/swagger-ui-standalone-preset.js"></script>
<script src="/api/docs/swagger-initializer.js"></script>
</body>
</html>
"#;

/// The page, without and with a trailing slash.
#[get("/api/docs")]
pub async fn page() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((CONTENT_SECURITY_POLICY, DOCS_POLICY))
        .body(PAGE)
}

/// A file of the page.
#[get("/api/docs/{file}")]
pub async fn file(name: web::Path<String>) -> ApiResult<HttpResponse> {
    let config = Arc::new(utoipa_swagger_ui::Config::from("/api/openapi.json"));
    let found = utoipa_swagger_ui::serve(&name, config).map_err(ApiError::internal)?;
    let found = found.ok_or_else(|| ApiError::not_found("file"))?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, found.content_type))
        .insert_header((CACHE_CONTROL, "private, max-age=3600"))
        .body(found.bytes.into_owned()))
}

#[cfg(test)]
mod tests {
    use actix_web::App;
    use actix_web::test::{TestRequest, call_service, init_service, read_body};

    use super::super::configure;
    use super::*;

    #[actix_web::test]
    async fn the_page_finds_its_files() {
        let app = init_service(App::new().configure(configure)).await;
        for address in PAGE.split('"').filter(|text| text.starts_with("/api/")) {
            let response = call_service(&app, TestRequest::get().uri(address).to_request()).await;
            assert_eq!(response.status(), 200, "{address}");
        }
        let response =
            call_service(&app, TestRequest::get().uri("/api/docs/swagger-initializer.js").to_request()).await;
        let script = read_body(response).await;
        assert!(std::str::from_utf8(&script).unwrap().contains("/api/openapi.json"));
        let response = call_service(&app, TestRequest::get().uri("/api/docs/..%2f..%2fCargo.toml").to_request()).await;
        assert_eq!(response.status(), 404);
    }
}
