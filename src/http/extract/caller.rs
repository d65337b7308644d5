//! Who makes a request: a bearer's access token, an agent's device token, or a browser's cookies.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::http::header::{AUTHORIZATION, ORIGIN};
use actix_web::{FromRequest, HttpRequest, web};
use muster_actors::Person;
use muster_actors::employee::Request as Touch;
use muster_domain::{Principal, Role};
use muster_protocol::{DeviceId, ErrorCode};
use uuid::Uuid;

use crate::app::App;
use crate::auth::{TokenError, device};
use crate::http::cookies::{ACCESS_COOKIE, CSRF_COOKIE, CSRF_HEADER};
use crate::http::error::{ApiError, ApiResult};

/// What a request was made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// A program or a browser, signed in as a person.
    Access { family: Uuid, epoch: u32 },
    /// An agent: may only do what agents do.
    Device(DeviceId),
}

/// The person who asks. Taking it is a touch: whoever makes a request is here.
#[derive(Clone)]
pub struct Caller {
    pub app: Arc<App>,
    pub person: Arc<Person>,
    pub principal: Principal,
    pub credentials: Credentials,
}

impl FromRequest for Caller {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = ApiResult<Self>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Self::of(&request).await })
    }
}

impl Caller {
    /// Checks the credentials of `request`. Deny by default: what is missing, unknown or outdated is refused.
    pub async fn of(request: &HttpRequest) -> ApiResult<Self> {
        let app = app_of(request)?;
        let caller = match bearer(request) {
            Some(token) => match device::hash_of(token) {
                Some(hash) => Self::from_device(app, hash).await?,
                None => Self::from_access(app, token)?,
            },
            None => Self::from_cookies(app, request)?,
        };
        caller.app.limits.request(caller.person.id()).map_err(ApiError::too_many)?;
        let device = caller.device();
        caller.app.hub.tell(caller.person.id(), Touch { device, activity: None });
        Ok(caller)
    }

    /// The device that asks, if it is an agent.
    pub fn device(&self) -> Option<DeviceId> {
        match self.credentials {
            Credentials::Device(device) => Some(device),
            Credentials::Access { .. } => None,
        }
    }

    fn from_access(app: Arc<App>, token: &str) -> ApiResult<Self> {
        let claims = app.access.check(token, app.now().wall).map_err(|error| match error {
            TokenError::Expired => ApiError::new(ErrorCode::Expired, "the access token has run out; refresh it"),
            TokenError::Invalid => unauthorized(),
        })?;
        let person = app.hub.people.get(&claims.sub).ok_or_else(unauthorized)?;
        let ended = app.revocations.contains(claims.family);
        if ended || !person.row().active || person.row().token_epoch != claims.epoch {
            return Err(unauthorized());
        }
        let credentials = Credentials::Access { family: claims.family, epoch: claims.epoch };
        Ok(Self { principal: person.principal(), app, person, credentials })
    }

    async fn from_device(app: Arc<App>, hash: muster_db::TokenHash) -> ApiResult<Self> {
        let device = app.devices.by_token_hash(&app.hub.database, &hash).await?.ok_or_else(unauthorized)?;
        let person = app.hub.people.get(&device.employee).ok_or_else(unauthorized)?;
        if device.revoked_at.is_some() || !person.row().active {
            return Err(unauthorized());
        }
        // Whatever the person may do, the agent on the desk may only act for that person.
        let principal = Principal { role: Role::Employee, ..person.principal() };
        Ok(Self { principal, app, person, credentials: Credentials::Device(device.id) })
    }

    fn from_cookies(app: Arc<App>, request: &HttpRequest) -> ApiResult<Self> {
        let access = request.cookie(ACCESS_COOKIE).ok_or_else(unauthorized)?;
        same_site(request, &app)?;
        let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
        if !safe && !csrf_matches(request) {
            return Err(ApiError::new(ErrorCode::CrossSite, "the CSRF header does not match its cookie"));
        }
        Self::from_access(app, access.value())
    }
}

/// The state, for extractors alone.
pub(super) fn app_of(request: &HttpRequest) -> ApiResult<Arc<App>> {
    let app = request.app_data::<web::Data<App>>().map(|data| Arc::clone(data));
    app.ok_or_else(|| ApiError::internal("the application state is missing"))
}

/// Refuses a browser that comes from an origin that is not on the list.
pub(super) fn same_site(request: &HttpRequest, app: &App) -> ApiResult<()> {
    let Some(origin) = request.headers().get(ORIGIN) else { return Ok(()) };
    let origin = origin.to_str().unwrap_or("null");
    if origin_is_allowed(origin, app) {
        return Ok(());
    }
    Err(ApiError::new(ErrorCode::CrossSite, "this origin may not use the hub"))
}

/// Whether pages of `origin` may use the hub: its own, and those that the configuration names. `null` never.
pub fn origin_is_allowed(origin: &str, app: &App) -> bool {
    let own = app.portal_url.trim_end_matches('/');
    let same_port_on_loopback = own.replace("127.0.0.1", "localhost");
    origin == own
        || origin == same_port_on_loopback
        || app.config.portal.allowed_origins.iter().any(|allowed| allowed == origin)
}

fn bearer(request: &HttpRequest) -> Option<&str> {
    let (scheme, token) = request.headers().get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn csrf_matches(request: &HttpRequest) -> bool {
    let cookie = request.cookie(CSRF_COOKIE).map(|cookie| cookie.value().to_owned());
    let header = request.headers().get(CSRF_HEADER).and_then(|value| value.to_str().ok());
    cookie.is_some_and(|cookie| !cookie.is_empty() && header == Some(cookie.as_str()))
}

pub(super) fn unauthorized() -> ApiError {
    ApiError::new(ErrorCode::Unauthorized, "sign in first")
}
