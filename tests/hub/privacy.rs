//! What the log never holds, however much of it an operator asks for: what lets somebody in, and who it is.

use muster_protocol::agent::EventKind;
use muster_protocol::portal::Scope;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::agent::{Device, event, now};
use crate::support::hub::PASSWORD;
use crate::support::pictures::jpeg;
use crate::support::{Agent, Api, HubBuilder, Portal, TestHub};

const NEW_PASSWORD: &str = "staple battery horse";
const WRONG_PASSWORD: &str = "tried and not right";

/// Everything secret or personal that a day with the hub produces.
#[derive(Default)]
struct Secrets(Vec<(&'static str, String)>);

impl Secrets {
    fn keep(&mut self, what: &'static str, value: &Value) -> String {
        let text = value.as_str().unwrap_or_else(|| panic!("no {what}: {value}")).to_owned();
        self.0.push((what, text.clone()));
        text
    }

    /// Signs in as a browser, renews, and keeps what the cookies hold.
    async fn sign_in_to_the_portal(&mut self, api: &Api) {
        let login = json!({ "email": "e1@example.org", "password": NEW_PASSWORD, "portal": true });
        let signed_in = api.post("/api/auth/login", login).await;
        let mut cookies = self.keep_cookies(&signed_in.headers);
        for path in ["/api/auth/refresh", "/api/auth/ticket"] {
            let csrf = cookies.iter().find_map(|cookie| cookie.strip_prefix("muster_csrf=")).unwrap().to_owned();
            let request = api.request(Method::POST, path).header("Cookie", cookies.join("; "));
            let answer = api.send(request.header("X-CSRF-Token", csrf)).await;
            assert!(answer.status.is_success(), "{path}: {}", answer.text());
            if path.ends_with("refresh") {
                cookies = self.keep_cookies(&answer.headers);
            }
        }
    }

    fn keep_cookies(&mut self, headers: &reqwest::header::HeaderMap) -> Vec<String> {
        let set = headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap());
        let pairs = set.map(|cookie| cookie.split(';').next().unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(pairs.len(), 3, "{pairs:?}");
        self.0.extend(pairs.iter().map(|pair| ("cookie", pair.split_once('=').unwrap().1.to_owned())));
        pairs
    }

    fn none_is_in(&self, log: &str) {
        for (what, secret) in &self.0 {
            assert!(secret.len() >= 8, "{what}: {secret:?} would be found anywhere");
            let line = log.lines().find(|line| line.to_lowercase().contains(&secret.to_lowercase()));
            assert!(line.is_none(), "{what} {secret:?} is in the log: {:.2000}", line.unwrap_or_default());
        }
    }
}

/// Everything that takes or gives a secret, at least once, and what is refused as well.
async fn a_day_with(hub: &TestHub) -> Secrets {
    let mut secrets = Secrets::default();
    for (what, text) in [
        ("password", PASSWORD),
        ("password", NEW_PASSWORD),
        ("password", WRONG_PASSWORD),
        ("password hash", "$argon2id$"),
        ("e-mail", "@example.org"),
        ("device token", "mdt_guessed"),
    ] {
        secrets.keep(what, &json!(text));
    }
    let admin = hub.admin().await;
    admin.create("E1", "employee", None).await;
    let anyone = hub.anyone();
    let wrong = json!({ "email": "e1@example.org", "password": WRONG_PASSWORD });
    anyone.post("/api/auth/login", wrong).await.refused(401, "wrong_credentials");
    let malformed = json!({ "email": ["e1@example.org"], "password": { "is": WRONG_PASSWORD } });
    assert!(anyone.post("/api/auth/login", malformed).await.status.is_client_error());

    let first = hub.sign_in("e1@example.org").await;
    let change = json!({ "currentPassword": PASSWORD, "newPassword": NEW_PASSWORD });
    let changed = first.post("/api/me/password", change).await.ok();
    let refreshed = json!({ "refreshToken": changed["refreshToken"] });
    let renewed = anyone.post("/api/auth/refresh", refreshed.clone()).await.ok();
    let again = json!({ "refreshToken": renewed["refreshToken"] });
    let renewed_again = anyone.post("/api/auth/refresh", again).await.ok();
    for answer in [&first.signed_in, &changed, &renewed, &renewed_again] {
        secrets.keep("access token", &answer["token"]);
        secrets.keep("refresh token", &answer["refreshToken"]);
    }
    secrets.sign_in_to_the_portal(&anyone).await;

    let employee = first.with_token(renewed["token"].as_str().unwrap());
    let ticket = employee.post("/api/auth/ticket", json!({})).await.ok();
    secrets.keep("ticket", &ticket["ticket"]);
    drop(Portal::open(&hub.portal, &employee, Scope::Own).await);

    let code = admin.post("/api/devices/codes", json!({ "employeeId": "E1" })).await.ok();
    let code = secrets.keep("enrolment code", &code["code"]);
    secrets.keep("enrolment code", &json!(code.replace('-', "")));
    let enrolled = anyone.post("/api/devices/enrol", json!({ "code": code, "name": "desk" })).await.ok();
    anyone.post("/api/devices/enrol", json!({ "code": code, "name": "desk" })).await.refused(404, "not_found");
    let token = secrets.keep("device token", &enrolled["token"]);
    let id = enrolled["deviceId"].as_str().unwrap().parse().unwrap();
    let device = Device { id, token, boot: muster_protocol::BootId::generate() };
    assert!(crate::support::agent::knock(&hub.agents, "mdt_guessed").await.is_err());
    let mut agent = Agent::connect(hub, &device).await;
    agent.deliver(vec![event(1, now(), EventKind::WorkStarted)]).await;
    employee.with_token(&device.token).upload(jpeg(1), &[]).await.ok();
    agent.bye().await;

    // A token that comes back ends the sign-in, which is worth a line in the log.
    anyone.post("/api/auth/refresh", refreshed).await.refused(401, "unauthorized");
    for key in ["jwt.key", "master.key"] {
        let key = std::fs::read_to_string(hub.data.join(key)).unwrap();
        secrets.keep("key", &json!(key.trim()));
    }
    secrets
}

async fn nothing_leaks_at(filter: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("log");
    let mut hub = HubBuilder::default().set("MUSTER__LOG__FILTER", filter).log_to(&file).start();
    let secrets = a_day_with(&hub).await;
    assert!(hub.terminate().success());
    let log = std::fs::read_to_string(&file).unwrap();
    secrets.none_is_in(&log);
    log
}

#[tokio::test]
async fn nothing_leaks_by_default() {
    nothing_leaks_at("info,surrealdb=warn,surrealkv=warn,actix_server=warn").await;
}

#[tokio::test]
async fn nothing_leaks_when_the_hub_tells_all() {
    let log = nothing_leaks_at("muster=trace,muster_actors=trace,muster_db=trace").await;
    assert!(log.contains("answered") && log.contains("/api/auth/login"), "{log:.2000}");
}

/// Other people's crates print what passes through them, the database every statement with its values: they are heard,
/// but not as far down as that.
#[tokio::test]
async fn nothing_leaks_when_everything_is_asked_for() {
    let log = nothing_leaks_at("trace").await;
    assert!(log.contains("answered") && log.contains("DEBUG surrealkv"), "{log:.2000}");
    let traced = log.lines().find(|line| line.contains(" TRACE ") && !line.contains(" muster"));
    assert!(traced.is_none(), "{traced:?}");
}
