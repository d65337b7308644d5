//! The portal, embedded into the binary.

use actix_web::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse};
use muster_protocol::ErrorCode;
use rust_embed::{EmbeddedFile, RustEmbed};

use super::error::{ApiError, ApiResult};

#[derive(RustEmbed)]
#[folder = "web/dist"]
struct Files;

/// Vite puts a hash into the names of what it builds: such a file never changes.
const HASHED_FOLDER: &str = "assets/";

/// Any path that is no endpoint: a file of the portal, or the page itself, whose router knows the rest.
pub async fn serve(request: HttpRequest) -> ApiResult<HttpResponse> {
    let path = request.path().trim_start_matches('/');
    if path.starts_with("api/") || path.starts_with("ws/") {
        return Err(ApiError::not_found("endpoint"));
    }
    if let Some(file) = Files::get(path) {
        return Ok(answer(&request, path, &file));
    }
    if path.starts_with(HASHED_FOLDER) {
        return Err(ApiError::not_found("file"));
    }
    let page = Files::get("index.html");
    let page = page.ok_or_else(|| ApiError::new(ErrorCode::NotFound, "this hub was built without its portal"))?;
    Ok(answer(&request, "index.html", &page))
}

fn answer(request: &HttpRequest, path: &str, file: &EmbeddedFile) -> HttpResponse {
    let tag = file.metadata.sha256_hash()[..16].iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let tag = format!("\"{tag}\"");
    let known = request.headers().get(IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == tag.as_bytes());
    let kept = if path.starts_with(HASHED_FOLDER) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((ETAG, tag)).insert_header((CACHE_CONTROL, kept));
    if known {
        return response.finish();
    }
    response.content_type(file.metadata.mimetype()).body(file.data.to_vec())
}
