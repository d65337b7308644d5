//! A small hub that remembers what it acknowledged: enough for whole scenarios.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use futures_util::{SinkExt, StreamExt};
use muster_protocol::agent::{
    AgentDown, AgentUp, BeatState, DurableEvent, EventKind, SUBPROTOCOL as AGENT_SUBPROTOCOL,
};
use muster_protocol::portal::{PortalDown, PortalUp, SUBPROTOCOL as PORTAL_SUBPROTOCOL};
use muster_protocol::presence::{PresenceEntry, Reason, Status};
use muster_protocol::{BootId, DeviceId, EmployeeId, UtcMillis};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::broadcast;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, accept_hdr_async};

use super::door::with_subprotocol;
use super::rest::Request;
use super::{soon, welcome};

/// The hub's memory. Tests reach in to make it forget.
#[derive(Default)]
pub struct Memory {
    pub employees: Vec<EmployeeId>,
    pub devices: HashMap<DeviceId, EmployeeId>,
    pub events: BTreeMap<(DeviceId, BootId), BTreeMap<u64, DurableEvent>>,
    pub screenshots: Vec<(String, EmployeeId)>,
    /// Events are taken but never acknowledged.
    pub is_silent: bool,
}

pub struct FakeHub {
    pub portal_url: String,
    pub memory: Arc<Mutex<Memory>>,
}

#[derive(Clone)]
struct Shared {
    memory: Arc<Mutex<Memory>>,
    agent_url: String,
    changes: broadcast::Sender<PresenceEntry>,
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
        };
        let portal_url = format!("http://{}", portal.local_addr().unwrap());
        let at_portal = shared.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = portal.accept().await {
                tokio::spawn(at_portal.clone().serve_portal(stream));
            }
        });
        tokio::spawn(async move {
            while let Ok((stream, _)) = agents.accept().await {
                tokio::spawn(shared.clone().serve_agent(stream));
            }
        });
        Self { portal_url, memory }
    }
}

impl Shared {
    async fn serve_agent(self, stream: TcpStream) {
        let mut socket = accept_hdr_async(stream, with_subprotocol(AGENT_SUBPROTOCOL)).await.unwrap();
        let Some(AgentUp::Hello(hello)) = up(&mut socket).await else { panic!("something came before hello") };
        let name = (hello.device_id, hello.boot_id);
        let acked_seq = {
            let memory = self.memory.lock().unwrap();
            memory.events.get(&name).and_then(|events| events.keys().last().copied()).unwrap_or(0)
        };
        say(&mut socket, &AgentDown::Welcome(Box::new(welcome(acked_seq)))).await;
        while let Some(message) = up::<AgentUp>(&mut socket).await {
            match message {
                AgentUp::Events(events) => {
                    let seq = events.items.iter().map(|event| event.seq).max().unwrap_or_default();
                    let is_silent = {
                        let mut memory = self.memory.lock().unwrap();
                        let kept = memory.events.entry(name).or_default();
                        kept.extend(events.items.into_iter().map(|event| (event.seq, event)));
                        memory.is_silent
                    };
                    if !is_silent {
                        say(&mut socket, &AgentDown::Ack { boot_id: hello.boot_id, seq }).await;
                    }
                }
                AgentUp::Beat(beat) => {
                    let employee = self.memory.lock().unwrap().devices[&hello.device_id].clone();
                    let is_locked = beat.state == BeatState::Locked;
                    let status = if is_locked { Status::Idle } else { Status::Active };
                    // Nobody may be subscribed.
                    let _ = self.changes.send(entry(employee, status));
                }
                AgentUp::Bye { .. } => return,
                AgentUp::Hello(_) | AgentUp::Same { .. } => panic!("{message:?} is not for here"),
            }
        }
    }

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

    async fn serve_viewer(self, stream: TcpStream) {
        let mut socket = accept_hdr_async(stream, with_subprotocol(PORTAL_SUBPROTOCOL)).await.unwrap();
        let authenticated = up(&mut socket).await;
        assert_eq!(authenticated, Some(PortalUp::Authenticate { ticket: "ticket".to_owned() }));
        say(&mut socket, &PortalDown::Ready { server_time: UtcMillis(0), ping_every_ms: 1_000 }).await;
        assert!(matches!(up(&mut socket).await, Some(PortalUp::Subscribe { .. })));
        let mut changes = self.changes.subscribe();
        say(&mut socket, &PortalDown::PresenceState { epoch: 1, seq: 1, entries: Vec::new() }).await;
        let mut seq = 1u64;
        while let Ok(entry) = changes.recv().await {
            seq += 1;
            let diff = PortalDown::PresenceDiff { epoch: 1, seq, changed: vec![entry], gone: Vec::new() };
            let json = serde_json::to_string(&diff).unwrap();
            if socket.send(Message::text(json)).await.is_err() {
                return;
            }
        }
    }

    fn answer(&self, request: &Request) -> (u16, Value) {
        let mut memory = self.memory.lock().unwrap();
        let (path, query) = request.line.split_once('?').unwrap_or((&request.line, ""));
        match path {
            "POST /api/auth/login" => (200, json!({ "token": "admin", "agentUrl": self.agent_url })),
            "POST /api/auth/ticket" => (200, json!({ "ticket": "ticket" })),
            "GET /api/teams" => (200, json!({ "items": [], "next": null })),
            "GET /api/employees" => memory.people(),
            "POST /api/teams" => (201, json!({ "id": uuid::Uuid::nil(), "name": request.json()["name"] })),
            "POST /api/employees/bulk" => memory.employ(&request.json()),
            "POST /api/devices/bulk" => memory.equip(&request.json()),
            "POST /api/uploads/screenshot" => memory.store(request),
            "GET /api/uploads/list" => memory.screenshots(),
            "GET /api/work/sessions" => memory.sessions(&EmployeeId::new(parameter(query, "employee")).unwrap()),
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

fn entry(employee: EmployeeId, status: Status) -> PresenceEntry {
    PresenceEntry {
        name: employee.to_string(),
        employee,
        team: None,
        status,
        overlay: None,
        reason: Reason::Seen,
        since: UtcMillis(0),
        last_seen: None,
        unstable: false,
        working_since: None,
        tracks: Vec::new(),
    }
}

async fn say(socket: &mut WebSocketStream<TcpStream>, message: &impl serde::Serialize) {
    // The other side may have dropped the socket meanwhile, as its script says.
    let _ = socket.send(Message::text(serde_json::to_string(message).unwrap())).await;
}

/// The next message; `None` once the socket has ended.
async fn up<T: serde::de::DeserializeOwned>(socket: &mut WebSocketStream<TcpStream>) -> Option<T> {
    loop {
        match soon("a message", socket.next()).await {
            Some(Ok(Message::Text(json))) => return Some(serde_json::from_str(&json).unwrap()),
            Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
            Some(Ok(_)) => {}
        }
    }
}
