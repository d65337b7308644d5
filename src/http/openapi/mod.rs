//! The description of the REST interface: `/api/openapi.json` for programs, `/api/docs` for people.
//!
//! `docs/openapi.json` is made from it, and the portal's types from that.

mod describe;
mod page;

use std::sync::LazyLock;

use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use muster_protocol::agent::{AgentDown, AgentUp};
use muster_protocol::error::ErrorBody;
use muster_protocol::portal::{PortalDown, PortalUp};
use muster_protocol::presence::PresenceEntry;
use utoipa::OpenApi;

use self::describe::{Answers, Credentials, Names};
use super::export::Format;
use super::routes::{
    activity, alerts, audit, auth, capture_interval, devices, downloads, employees, health, invitations, invite, live,
    me, notice, org, policy, presence, receipts, retention, setup, system, teams, uploads, users, viewings, work,
};
use super::words;

/// Everything that a client may call or be sent.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Muster",
        description = "Presence, work time, screenshots and who watched them. A trailing slash is optional everywhere. \
            Instants are milliseconds since 1970, unless a field says otherwise. `/ws/portal` and `/agent` are sockets; \
            their messages are the schemas PortalUp, PortalDown, AgentUp and AgentDown."
    ),
    paths(
        health::healthz, health::readyz, health::metrics, system::get,
        setup::state, setup::complete,
        auth::login, auth::renew, auth::logout, auth::me, auth::ticket,
        me::change_password, me::export::export, me::entries::list, me::receipts::list,
        org::get, org::change,
        teams::list, teams::create, teams::rename, teams::delete,
        employees::list, employees::get, employees::create::create, employees::create::create_many,
        employees::import::import,
        employees::change::change, employees::change::deactivate,
        invitations::list, invite::invite, invite::take_back, invite::look, invite::accept,
        users::heartbeat, users::online, users::online_status, users::set_online_status, users::list, users::change,
        presence::curve,
        devices::list::list, devices::revoke, devices::enrol::offer, devices::enrol::enrol, devices::enrol::create,
        devices::enrol::create_many, devices::events::list,
        downloads::list, downloads::download,
        capture_interval::get, capture_interval::list, capture_interval::assign,
        policy::get, policy::exceptions, policy::replace,
        notice::get, notice::publish, notice::acknowledge, notice::acknowledgements::list,
        notice::versions::list,
        work::session::start, work::session::heartbeat, work::session::stop,
        work::session::break_start, work::session::break_stop,
        work::reports::summary_today, work::reports::sessions_today,
        work::reports::summary, work::reports::sessions, work::reports::segments,
        work::corrections::add, work::corrections::list,
        activity::live_status, activity::live_status_all, activity::recent,
        uploads::receive::screenshot, uploads::wish::request, uploads::list::list,
        uploads::picture::picture, uploads::picture::thumb, uploads::picture::delete,
        live::watch::start, live::watch::stop, live::frame::frame, live::history::list, live::history::picture,
        alerts::list, alerts::settings::get, alerts::settings::replace,
        audit::list, receipts::list, receipts::verify, retention::preview, viewings::list,
    ),
    components(schemas(
        ErrorBody, PresenceEntry, AgentUp, AgentDown, PortalUp, PortalDown, words::Role, words::Capability,
        Format, work::reports::By, receipts::ReceiptOrder
    )),
    tags(
        (name = "health", description = "For whoever operates the hub"),
        (name = "setup", description = "The first start"),
        (name = "auth", description = "Sign-in"),
        (name = "me", description = "One's own account and record"),
        (name = "organization", description = "Name, zone, working hours, retention"),
        (name = "teams", description = "Who belongs together"),
        (name = "employees", description = "Everyone with an account"),
        (name = "users", description = "Who is online, in the words of the older clients; accounts for administrators"),
        (name = "presence", description = "Who was here"),
        (name = "devices", description = "Desktops with an agent"),
        (name = "downloads", description = "Builds of the agent and of the hub"),
        (name = "policy", description = "What may be captured, and how often"),
        (name = "notice", description = "What is acknowledged before anything is captured"),
        (name = "work", description = "Work sessions and hours"),
        (name = "activity", description = "The older telemetry clients"),
        (name = "uploads", description = "Screenshots"),
        (name = "live", description = "Live view without a socket; every request for a picture is a viewing"),
        (name = "alerts", description = "What somebody should look at, and which of it the organization wants to be told"),
        (name = "records", description = "Audit, receipts of deletions, viewings"),
    ),
    security(("bearer" = []), ("cookie" = [])),
    modifiers(&Names, &Credentials, &Answers),
)]
struct ApiDoc;

static DOCUMENT: LazyLock<String> = LazyLock::new(document);

/// The document, for `muster openapi` and for whoever asks the hub.
pub fn document() -> String {
    ApiDoc::openapi().to_pretty_json().expect("the description is plain JSON")
}

/// Registers the routes of this file and its folder.
pub fn configure(config: &mut ServiceConfig) {
    config.service(json).service(page::page).service(page::file);
}

/// The description.
#[get("/api/openapi.json")]
async fn json() -> HttpResponse {
    HttpResponse::Ok().insert_header((CONTENT_TYPE, "application/json")).body(DOCUMENT.as_str())
}

#[cfg(test)]
mod tests {
    use utoipa::openapi::RefOr;

    use super::describe::{OPEN, operations};
    use super::*;

    #[test]
    fn every_reference_leads_somewhere() {
        let text = document();
        let document: serde_json::Value = serde_json::from_str(&text).unwrap();
        let references = text.split("\"$ref\": \"#").skip(1).map(|rest| rest.split('"').next().unwrap());
        let lost = references.filter(|reference| document.pointer(reference).is_none());
        let lost = lost.collect::<std::collections::BTreeSet<_>>();
        assert!(lost.is_empty(), "{lost:?}");
    }

    #[test]
    fn only_open_endpoints_need_no_credentials() {
        let mut document = ApiDoc::openapi();
        let open = operations(&mut document)
            .filter(|(_, operation)| operation.security.is_some())
            .map(|(path, _)| path.to_owned())
            .collect::<std::collections::BTreeSet<_>>();
        assert_eq!(open, OPEN.map(str::to_owned).into());
    }

    #[test]
    fn every_operation_has_a_name_of_its_own() {
        let mut document = ApiDoc::openapi();
        let names = operations(&mut document).map(|(_, operation)| operation.operation_id.clone().unwrap());
        let names = names.collect::<Vec<_>>();
        let unlike = names.iter().collect::<std::collections::BTreeSet<_>>();
        assert_eq!(unlike.len(), names.len());
        assert!(names.iter().any(|name| name == "get_employees_by_id"));
    }

    #[test]
    fn no_parameter_is_described_twice() {
        let mut document = ApiDoc::openapi();
        for (path, operation) in operations(&mut document) {
            let parameters = operation.parameters.iter().flatten();
            let names = parameters.filter_map(|parameter| match parameter {
                RefOr::T(parameter) => Some(&parameter.name),
                RefOr::Ref(_) => None,
            });
            let mut names = names.collect::<Vec<_>>();
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count, "{path}");
        }
    }
}
