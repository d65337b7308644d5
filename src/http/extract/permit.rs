//! A permission is an extractor: without it a handler cannot get its state.
//!
//! `Permit<needs::SeeHours>` lets in everyone who may see hours of anybody at all; whose hours, [`Permit::subject`] and
//! [`Permit::visible`] decide.

use std::future::Future;
use std::marker::PhantomData;
use std::ops::Deref;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use muster_actors::Person;
use muster_domain::Role;
use muster_domain::permission::{Action, Reach};
use muster_protocol::EmployeeId;

use super::Caller;
use super::caller::Credentials;
use crate::http::error::{ApiError, ApiResult};

/// A row of the table in `muster-domain`'s `permission`.
pub trait Needs {
    const ACTION: Action;
    /// Whether an agent may do it with its device token.
    const FOR_DEVICES: bool = false;
}

/// One type for each action that a route may need.
pub mod needs {
    use super::{Action, Needs, Role};

    macro_rules! needs {
        ($($(#[$doc:meta])* $name:ident => $action:expr),* $(,)?) => {$(
            $(#[$doc])*
            pub struct $name;
            impl Needs for $name {
                const ACTION: Action = $action;
            }
        )*};
    }

    needs! {
        /// Act in one's own name, signed in as a person.
        ActAs => Action::ActAs,
        SeePresence => Action::SeePresence,
        SeeHours => Action::SeeHours,
        SeeScreenshots => Action::SeeScreenshots,
        SeeViewings => Action::SeeViewings,
        SeeDevices => Action::SeeDevices,
        WatchScreen => Action::WatchScreen,
        AssignInterval => Action::AssignInterval,
        CorrectTime => Action::CorrectTime,
        ManagePeople => Action::ManagePeople(Role::Employee),
        GrantRights => Action::GrantRights,
        ManageTeams => Action::ManageTeams,
        ManageOrganization => Action::ManageOrganization,
        ManagePolicy => Action::ManagePolicy,
        ManageNotice => Action::ManageNotice,
        ManageRetention => Action::ManageRetention,
        ManageDevices => Action::ManageDevices,
        SeeAudit => Action::SeeAudit,
        SeeSystem => Action::SeeSystem,
        SetOnlineStatus => Action::SetOnlineStatus,
        DeleteScreenshot => Action::DeleteScreenshot,
    }

    /// Act in one's own name, from an agent or signed in as a person: uploads, heartbeats, work.
    pub struct ActAsDevice;

    impl Needs for ActAsDevice {
        const ACTION: Action = Action::ActAs;
        const FOR_DEVICES: bool = true;
    }
}

/// A caller who may do what `N` needs.
pub struct Permit<N> {
    caller: Caller,
    needs: PhantomData<N>,
}

impl<N: Needs> Permit<N> {
    /// Finds `employee` (by code or number) and checks that the caller may do it to them.
    ///
    /// Who reaches nobody else learns nothing about who exists.
    pub fn subject(&self, employee: &EmployeeId) -> ApiResult<Arc<Person>> {
        let found = self.app.hub.people.find(employee);
        let everyone = self.principal.reach(N::ACTION) == Reach::Everyone;
        match found {
            Some(person) if self.principal.may(N::ACTION, Some(person.subject())) => Ok(person),
            None if everyone => Err(ApiError::not_found("employee")),
            _ => Err(ApiError::forbidden()),
        }
    }

    /// The one that is named, or the caller.
    pub fn subject_or_self(&self, employee: Option<&EmployeeId>) -> ApiResult<Arc<Person>> {
        match employee {
            Some(employee) => self.subject(employee),
            None => self.subject(&self.person.id().clone()),
        }
    }

    /// Everyone to whom the caller may do it, ordered by name; deactivated people included.
    pub fn visible(&self) -> Vec<Arc<Person>> {
        let mut people = self.app.hub.people.all();
        people.retain(|person| self.principal.may(N::ACTION, Some(person.subject())));
        people
    }

    /// The one that is named, or all who are visible.
    pub fn named_or_visible(&self, employee: Option<&EmployeeId>) -> ApiResult<Vec<Arc<Person>>> {
        match employee {
            Some(employee) => Ok(vec![self.subject(employee)?]),
            None => Ok(self.visible()),
        }
    }
}

impl<N> Deref for Permit<N> {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.caller
    }
}

impl<N: Needs + 'static> FromRequest for Permit<N> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = ApiResult<Self>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let caller = Caller::of(&request).await?;
            let is_device = matches!(caller.credentials, Credentials::Device(_));
            if caller.principal.reach(N::ACTION) == Reach::Nobody || (is_device && !N::FOR_DEVICES) {
                return Err(ApiError::forbidden());
            }
            Ok(Self { caller, needs: PhantomData })
        })
    }
}
