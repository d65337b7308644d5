//! A small hub that remembers what it acknowledged: enough for whole scenarios.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex};

use futures_util::{SinkExt, StreamExt};
use muster_protocol::agent::{DurableEvent, EventKind};
use muster_protocol::policy::Notice;
use muster_protocol::presence::{PresenceEntry, Status};
use muster_protocol::{BootId, DeviceId, EmployeeId, UtcMillis};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{broadcast, watch};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

use super::live::Picture;
use super::rest::Request;
use super::soon;

/// The hub's memory. Tests reach in to make it forget.
#[derive(Default)]
pub struct Memory {
    pub employees: Vec<EmployeeId>,
    pub devices: HashMap<DeviceId, EmployeeId>,
    pub events: BTreeMap<(DeviceId, BootId), BTreeMap<u64, DurableEvent>>,
    pub screenshots: Vec<(String, EmployeeId)>,
    /// Once published, everybody is asked to acknowledge it.
    pub notice: Option<Notice>,
    pub acknowledged: HashSet<EmployeeId>,
    pub corrections: Vec<Value>,
    /// Who was given a password.
    pub may_sign_in: Vec<String>,
    /// Events are taken but never acknowledged.
    pub is_silent: bool,
    pub online: BTreeMap<EmployeeId, Status>,
    /// The connections of agents that are dropped before their handshake.
    pub turned_away: usize,
    pub acks: Vec<u32>,
    pub mischief: Mischief,
}

/// What a hub must not do, done on purpose: a scenario has to notice.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Mischief {
    #[default]
    None,
    /// A socket that breaks shows its person offline at once.
    OfflineAtOnce,
    /// Each watched track gets the pictures of the one before.
    ShiftedNumbers,
    /// The second part of a picture is never sent.
    HalfPictures,
    /// A track turns blank after its second picture.
    Blanks,
}

pub struct FakeHub {
    pub portal_url: String,
    pub memory: Arc<Mutex<Memory>>,
}

#[derive(Clone)]
pub(super) struct Shared {
    pub(super) memory: Arc<Mutex<Memory>>,
    agent_url: String,
    pub(super) changes: broadcast::Sender<PresenceEntry>,
    pub(super) pictures: broadcast::Sender<Arc<Picture>>,
    /// Who is watched. Nobody is unwatched in these tests.
    pub(super) watched: watch::Sender<HashSet<EmployeeId>>,
}

impl FakeHub {
    /// Opens both doors; they stay open until the test's runtime ends.
    pub async fn open() -> Self {
        let portal = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let agents = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let memory = Arc::new(Mutex::new(Memory::default()));
        let shared = Shared {
            memory: memory.clone(),
            agent_url: format!("ws://{}/agent", agents.local_addr().unwrap()),
            changes: broadcast::channel(1024).0,
            pictures: broadcast::channel(1024).0,
            watched: watch::Sender::default(),
        };
        let portal_url = format!("http://{}", portal.local_addr().unwrap());
        let at_portal = shared.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = portal.accept().await {
                stream.set_nodelay(true).unwrap();
                tokio::spawn(at_portal.clone().serve_portal(stream));
            }
        });
        tokio::spawn(async move {
            while let Ok((stream, _)) = agents.accept().await {
                stream.set_nodelay(true).unwrap();
                tokio::spawn(shared.clone().serve_agent(stream));
            }
        });
        Self { portal_url, memory }
    }
}

impl Shared {
    async fn serve_portal(self, stream: TcpStream) {
        let mut start = [0; 14];
        // A handshake is left in the socket for the WebSocket library.
        let peeked = stream.peek(&mut start).await.unwrap_or_default();
        if &start[..peeked] == b"GET /ws/portal" {
            return self.serve_viewer(stream).await;
        }
        let Some(request) = Request::read(stream).await else { return };
        let (status, body) = self.answer(&request);
        request.answer(status, "", &body).await;
    }

    fn answer(&self, request: &Request) -> (u16, Value) {
        let mut memory = self.memory.lock().unwrap();
        let (path, query) = request.line.split_once('?').unwrap_or((&request.line, ""));
        match path {
            "POST /api/auth/login" => (200, json!({ "token": "admin", "agentUrl": self.agent_url })),
            "POST /api/auth/ticket" => (200, json!({ "ticket": "ticket" })),
            "GET /api/teams" => (200, json!({ "items": [], "next": null })),
            "GET /api/org" => (200, json!({ "name": "Example", "timeZone": "Europe/Berlin" })),
            "GET /api/notice" => (200, json!({ "notice": memory.notice })),
            "POST /api/notice" => memory.publish(&request.json()),
            "GET /api/employees" => memory.people(),
            "POST /api/teams" => (201, json!({ "id": uuid::Uuid::nil(), "name": request.json()["name"] })),
            "POST /api/employees/bulk" => memory.employ(&request.json()),
            "POST /api/devices/bulk" => memory.equip(&request.json()),
            "POST /api/uploads/screenshot" => memory.store(request),
            "GET /api/uploads/list" => memory.screenshots(),
            "GET /api/work/sessions" => memory.sessions(&EmployeeId::new(parameter(query, "employee")).unwrap()),
            "POST /api/work/corrections" => {
                memory.corrections.push(request.json());
                (201, json!({}))
            }
            path if path.starts_with("PATCH /api/employees/") => {
                assert!(request.json()["password"].as_str().unwrap().len() >= 8);
                memory.may_sign_in.push(path.rsplit('/').next().unwrap().to_owned());
                (200, json!({}))
            }
            path if path.ends_with("/events") => {
                let device: DeviceId = path.split('/').nth(3).unwrap().parse().unwrap();
                let after: u64 = parameter(query, "after").parse().unwrap();
                memory.events((device, parameter(query, "boot").parse().unwrap()), after)
            }
            path => panic!("{path} is no endpoint"),
        }
    }
}

impl Memory {
    fn employ(&mut self, body: &Value) -> (u16, Value) {
        for person in body["employees"].as_array().unwrap() {
            let employee = EmployeeId::new(person["employeeId"].as_str().unwrap()).unwrap();
            assert!(!self.employees.contains(&employee), "{employee} is created twice");
            self.employees.push(employee);
        }
        (200, json!({}))
    }

    fn people(&self) -> (u16, Value) {
        (200, self.employees.iter().map(|employee| json!({ "employeeId": employee })).collect())
    }

    fn publish(&mut self, body: &Value) -> (u16, Value) {
        let text = body["text"].as_str().unwrap().to_owned();
        let notice = self.notice.insert(Notice { version: 1, text, published_at: UtcMillis(0) });
        (201, json!(notice))
    }

    /// The token of a device is its id.
    fn equip(&mut self, body: &Value) -> (u16, Value) {
        let rows = body["employeeIds"].as_array().unwrap().iter().map(|employee| {
            let device = DeviceId::generate();
            self.devices.insert(device, EmployeeId::new(employee.as_str().unwrap()).unwrap());
            json!({ "employeeId": employee, "deviceId": device, "token": device })
        });
        (200, rows.collect())
    }

    fn store(&mut self, request: &Request) -> (u16, Value) {
        let token = request.header("authorization").unwrap().trim_start_matches("Bearer ");
        let employee = self.devices[&token.parse().unwrap()].clone();
        assert!(self.notice.is_none() || self.acknowledged.contains(&employee), "{employee} has not acknowledged");
        let id = request.field("id").unwrap();
        self.screenshots.push((id.clone(), employee));
        (201, json!({ "id": id }))
    }

    fn screenshots(&self) -> (u16, Value) {
        (200, self.screenshots.iter().map(|(id, employee)| json!({ "id": id, "employeeId": employee })).collect())
    }

    fn events(&self, name: (DeviceId, BootId), after: u64) -> (u16, Value) {
        let rows: Vec<&DurableEvent> = self
            .events
            .get(&name)
            .into_iter()
            .flat_map(|events| events.range(after + 1..).map(|(_, event)| event))
            .collect();
        (200, json!({ "events": rows }))
    }

    /// From each start to the stop after it.
    fn sessions(&self, employee: &EmployeeId) -> (u16, Value) {
        let mut sessions = Vec::new();
        for ((device, _), events) in &self.events {
            if self.devices[device] != *employee {
                continue;
            }
            for event in events.values() {
                match event.kind {
                    EventKind::WorkStarted => {
                        sessions.push(json!({ "employeeId": employee, "start": event.at, "end": null }));
                    }
                    EventKind::WorkStopped => sessions.last_mut().unwrap()["end"] = json!(event.at),
                    _ => {}
                }
            }
        }
        (200, json!(sessions))
    }
}

fn parameter<'a>(query: &'a str, name: &str) -> &'a str {
    query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name).unwrap().1
}

pub(super) async fn say(socket: &mut WebSocketStream<TcpStream>, message: &impl serde::Serialize) {
    // The other side may have dropped the socket meanwhile, as its script says.
    let _ = socket.send(Message::text(serde_json::to_string(message).unwrap())).await;
}

/// The next message; `None` once the socket has ended.
pub(super) async fn up<T: serde::de::DeserializeOwned>(socket: &mut WebSocketStream<TcpStream>) -> Option<T> {
    loop {
        match soon("a message", socket.next()).await {
            Some(Ok(Message::Text(json))) => return Some(serde_json::from_str(&json).unwrap()),
            Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
            Some(Ok(_)) => {}
        }
    }
}
