//! For the few endpoints that need no credentials: sign-in, set-up, health.

use std::future::{Ready, ready};
use std::net::IpAddr;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use super::caller::{app_of, same_site};
use crate::app::App;
use crate::http::error::{ApiError, ApiResult};

/// Anyone. A browser of a foreign site is refused all the same.
pub struct Open {
    pub app: Arc<App>,
    /// The peer of the connection: a limit that a header could move would be none.
    pub address: Option<IpAddr>,
}

impl FromRequest for Open {
    type Error = ApiError;
    type Future = Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let open = app_of(request).and_then(|app| {
            same_site(request, &app)?;
            Ok(Self { app, address: request.peer_addr().map(|address| address.ip()) })
        });
        ready(open)
    }
}
