//! The portal's cookies: tokens that scripts cannot read, and a value that only scripts of the same site can.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

use crate::app::App;
use crate::auth::secrets::random_secret;

/// The access token. HttpOnly.
pub const ACCESS_COOKIE: &str = "muster_access";
/// The refresh token. HttpOnly, and sent to `/api/auth` alone.
pub const REFRESH_COOKIE: &str = "muster_refresh";
/// What a page repeats in [`CSRF_HEADER`] with everything that changes something.
pub const CSRF_COOKIE: &str = "muster_csrf";
pub const CSRF_HEADER: &str = "X-CSRF-Token";

const REFRESH_PATH: &str = "/api/auth";

/// The cookies of somebody who signs in.
pub fn signed_in(app: &App, access: &str, refresh: &str) -> [Cookie<'static>; 3] {
    let ms = |ms: u64| Duration::milliseconds(i64::try_from(ms).unwrap_or(i64::MAX));
    let (access_ttl, refresh_ttl) = (ms(app.access.ttl_ms()), ms(app.config.auth.refresh_ttl.ms()));
    [
        cookie(app, ACCESS_COOKIE, access, "/", access_ttl).http_only(true).finish(),
        cookie(app, REFRESH_COOKIE, refresh, REFRESH_PATH, refresh_ttl).http_only(true).finish(),
        cookie(app, CSRF_COOKIE, &random_secret(), "/", refresh_ttl).finish(),
    ]
}

/// The cookies of somebody who signs out: empty and over.
pub fn signed_out(app: &App) -> [Cookie<'static>; 3] {
    let over = |name: &'static str, path: &'static str| cookie(app, name, "", path, Duration::ZERO).finish();
    [over(ACCESS_COOKIE, "/"), over(REFRESH_COOKIE, REFRESH_PATH), over(CSRF_COOKIE, "/")]
}

fn cookie(
    app: &App,
    name: &'static str,
    value: &str,
    path: &'static str,
    max_age: Duration,
) -> actix_web::cookie::CookieBuilder<'static> {
    let secure = app.portal_url.starts_with("https://");
    Cookie::build(name, value.to_owned()).path(path).max_age(max_age).same_site(SameSite::Strict).secure(secure)
}
