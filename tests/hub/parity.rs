//! Nothing is known about somebody that they cannot know themselves: whatever a manager can read of an employee, through
//! any route of the document, the employee can read too.

use muster_protocol::agent::EventKind;
use serde_json::{Value, json};

use crate::support::agent::{Device, event, now};
use crate::support::pictures::jpeg;
use crate::support::{Agent, Api, TestHub};

/// Routes that managers use and employees do not, and where the employee reads the same of themselves. Of what is live
/// nothing is kept but that somebody looked.
const INSTEAD: [(&str, &str); 6] = [
    ("/api/employees", "/api/me/export"),
    ("/api/employees/{id}", "/api/me/export"),
    ("/api/invitations", "/api/me/audit"),
    ("/api/live/{employee}/{track}/frame", "/api/viewings?employee=MINE"),
    ("/api/live/{employee}/{track}/history", "/api/viewings?employee=MINE"),
    ("/api/users/admin/users/online", "/api/users/admin/users/MINE/online-status"),
];

/// A route is about the employee by one of these.
const NAMES_OF_EMPLOYEE: [&str; 3] = ["employee", "employeeId", "employees"];

/// Somebody of whom there is a bit of everything, and the manager.
struct Office {
    hub: TestHub,
    manager: Api,
    employee: Api,
    upload: String,
    device: Device,
}

async fn office() -> Office {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    let team = admin.team("Mine").await;
    admin.create("BOSS", "manager", Some(&team)).await;
    admin.create("MINE", "employee", Some(&team)).await;
    let (manager, employee) = (hub.sign_in("boss@example.org").await, hub.sign_in("mine@example.org").await);
    let device = Device::enrol(&employee).await;
    let began = now().minus(60_000);
    let kinds = [EventKind::WorkStarted, EventKind::WorkStopped];
    let events = kinds.into_iter().zip(1..).map(|(kind, seq)| event(seq, began.plus(30_000 * (seq as i64 - 1)), kind));
    let mut agent = Agent::connect(&hub, &device).await;
    agent.deliver(events.collect()).await;
    agent.bye().await;
    let upload = employee.upload(jpeg(1), &[]).await.ok()["id"].as_str().unwrap().to_owned();
    let correction =
        json!({ "employeeId": "MINE", "from": began, "to": began.plus(1_000), "kind": "idle", "reason": "r" });
    manager.post("/api/work/corrections", correction).await.ok();
    Office { hub, manager, employee, upload, device }
}

impl Office {
    /// Where `route` shows the employee; `None` for what is about nobody in particular.
    fn addresses(&self, route: &str, parameters: &[&str]) -> Vec<String> {
        let id = match route {
            _ if !route.contains("{id}") => String::new(),
            _ if route.starts_with("/api/employees") || route.starts_with("/api/users") => "MINE".to_owned(),
            _ if route.starts_with("/api/uploads") => self.upload.clone(),
            _ if route.starts_with("/api/devices") => self.device.id.to_string(),
            _ if route.starts_with("/api/live") => "1".to_owned(),
            _ => panic!("say here what the {{id}} of {route} is"),
        };
        let path = route.replace("{id}", &id).replace("{employee}", "MINE").replace("{track}", "0");
        let boot = format!("boot={}", self.device.boot);
        let fixed = if parameters.contains(&"boot") { boot.as_str() } else { "" };
        let named = NAMES_OF_EMPLOYEE.into_iter().filter(|name| parameters.contains(name));
        let named = named.map(|name| format!("{path}?{name}=MINE&{fixed}")).collect::<Vec<_>>();
        if named.is_empty() { vec![format!("{path}?{fixed}")] } else { named }
    }
}

/// Every address that can be read, with the names that its query may have.
fn readable(document: &Value) -> Vec<(String, Vec<String>)> {
    let paths = document["paths"].as_object().unwrap();
    let readable = paths.iter().filter_map(|(path, item)| Some((path, item.get("get")?)));
    let names = |operation: &Value| {
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let in_query = parameters.iter().filter(|parameter| parameter["in"] == "query");
        in_query.map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect()
    };
    readable.map(|(path, operation)| (path.clone(), names(operation))).collect()
}

#[tokio::test]
async fn what_a_manager_can_read_of_an_employee_the_employee_can_read_too() {
    let office = office().await;
    let document = office.hub.anyone().get("/api/openapi.json").await.ok();
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for (route, parameters) in readable(&document) {
        let parameters = parameters.iter().map(String::as_str).collect::<Vec<_>>();
        for address in office.addresses(&route, &parameters) {
            let shown = office.manager.get(&address).await;
            if !shown.status.is_success() {
                continue;
            }
            let instead = INSTEAD.iter().find(|(path, _)| *path == route).map(|(_, instead)| *instead);
            let own = office.employee.get(instead.unwrap_or(&address)).await;
            if !own.status.is_success() {
                wrong.push(format!("{address}: {}", own.status));
            }
            let is_of_employee = address.contains("MINE") && instead.is_none();
            if is_of_employee && shown.header("content-type") == Some("application/json") {
                compared += 1;
                if without_moments(shown.json()) != without_moments(own.json()) {
                    wrong.push(format!("{address}: {} instead of {}", own.text(), shown.text()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(compared >= 8, "{compared} answers were compared");
}

/// Without what each request of the employee moves.
fn without_moments(mut answer: Value) -> Value {
    if let Some(object) = answer.as_object_mut() {
        object.remove("last_seen");
    }
    answer
}
