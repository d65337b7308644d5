//! What every operation has in common: its name, what a caller shows, and what an answer means.

use utoipa::Modify;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{Content, Ref, RefOr, Response};

use crate::http::cookies::ACCESS_COOKIE;

/// What a caller shows.
pub(super) struct Credentials;

/// Endpoints that take no credentials.
pub(super) const OPEN: [&str; 9] = [
    "/healthz",
    "/readyz",
    "/metrics",
    "/api/setup",
    "/api/auth/login",
    "/api/auth/refresh",
    "/api/devices/enrol",
    "/api/invite",
    "/api/invite/accept",
];

impl Modify for Credentials {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let about_bearer = "An access token from `/api/auth/login`, or the token of an enrolled device.";
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(about_bearer)).build();
        let about_csrf = "Set by `/api/auth/login` with `portal: true`. Whatever is no GET also sends `X-CSRF-Token`.";
        let cookie = ApiKeyValue::with_description(ACCESS_COOKIE, about_csrf);
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
        components.add_security_scheme("cookie", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
        for (path, operation) in operations(document) {
            if OPEN.contains(&path) {
                operation.security = Some(vec![SecurityRequirement::default()]);
            }
        }
    }
}

/// Operations are called by method and address: `get_employees_by_id`. Names of handlers would not tell them apart.
pub(super) struct Names;

impl Modify for Names {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        for (path, item) in &mut document.paths.paths {
            for (method, operation) in methods(item) {
                let parts = path.split('/').filter(|part| !part.is_empty() && *part != "api");
                let words =
                    parts.map(|part| if part == "{id}" { "by_id".to_owned() } else { part.replace(['-', '.'], "_") });
                let words = std::iter::once(method.to_owned()).chain(words).collect::<Vec<_>>();
                operation.operation_id = Some(words.join("_"));
            }
        }
    }
}

/// Every answer says what it means, and every refusal has the same body.
pub(super) struct Answers;

impl Modify for Answers {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let refusal = || RefOr::T(Content::new(Some(Ref::from_schema_name("ErrorBody"))));
        for (_, operation) in operations(document) {
            for (status, response) in &mut operation.responses.responses {
                let RefOr::T(response) = response else { continue };
                if response.description.is_empty() {
                    meaning_of(status).clone_into(&mut response.description);
                }
                if status.starts_with(['4', '5']) && response.content.is_empty() {
                    response.content.insert("application/json".to_owned(), refusal());
                }
            }
            let mut other = Response::new("Any other refusal; `code` says why");
            other.content.insert("application/json".to_owned(), refusal());
            operation.responses.responses.insert("default".to_owned(), RefOr::T(other));
        }
    }
}

fn meaning_of(status: &str) -> &'static str {
    match status {
        "200" => "Done",
        "201" => "Created",
        "204" => "Done; there is nothing to say",
        "400" => "Not what the endpoint takes",
        "401" => "Not signed in, or no longer",
        "403" => "Not permitted",
        "404" => "There is no such thing, or none that the caller may know of",
        "409" => "It contradicts what is there, or what is there has changed",
        "413" => "Too large",
        "415" => "Not a picture of a permitted kind",
        "422" => "`fields` says what is wrong",
        "429" => "Too often; see Retry-After",
        "503" => "Not just now; see Retry-After",
        _ => "See the description",
    }
}

/// Every operation with its address.
pub(super) fn operations(document: &mut utoipa::openapi::OpenApi) -> impl Iterator<Item = (&str, &mut Operation)> {
    document.paths.paths.iter_mut().flat_map(|(path, item)| {
        let operations = methods(item);
        operations.map(|(_, operation)| (path.as_str(), operation))
    })
}

fn methods(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let PathItem { get, post, put, patch, delete, .. } = item;
    let named = [("get", get), ("post", post), ("put", put), ("patch", patch), ("delete", delete)];
    named.into_iter().filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}
