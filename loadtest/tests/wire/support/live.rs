//! The two sockets of the small hub: agents are taken in, their pictures passed on to those who watch.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use futures_util::{SinkExt, StreamExt};
use muster_protocol::agent::{
    AgentDown, AgentUp, BeatState, EventKind, Hello, SUBPROTOCOL as AGENT_SUBPROTOCOL, Watch, Welcome,
};
use muster_protocol::frame::{FrameHeader, FrameKind};
use muster_protocol::limits::{MEDIA_PART_BYTES_MAX, WALL_WIDTH_MAX};
use muster_protocol::portal::{
    BlankReason, PortalDown, PortalUp, SUBPROTOCOL as PORTAL_SUBPROTOCOL, TrackPhase, TrackState, WatchTrack,
};
use muster_protocol::presence::{PresenceEntry, Reason, Status};
use muster_protocol::{EmployeeId, UtcMillis};
use tokio::net::TcpStream;
use tokio::sync::broadcast::error::RecvError;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, accept_hdr_async};

use super::door::with_subprotocol;
use super::hub::{Mischief, Shared, say, up};
use super::welcome;

/// What everybody's display is called: a hub may number as it likes.
pub const TRACK: u32 = 256;
/// What agents are asked for: faster than any real hub asks, so that tests are short.
const FPS: f32 = 20.0;

/// A picture on its way through the hub.
pub struct Picture {
    employee: EmployeeId,
    header: FrameHeader,
    body: Vec<u8>,
}

type Socket = WebSocketStream<TcpStream>;

impl Shared {
    pub(super) async fn serve_agent(self, stream: TcpStream) {
        {
            let mut memory = self.memory.lock().unwrap();
            if memory.turned_away > 0 {
                memory.turned_away -= 1;
                return;
            }
        }
        let mut socket = accept_hdr_async(stream, with_subprotocol(AGENT_SUBPROTOCOL)).await.unwrap();
        let Some(AgentUp::Hello(hello)) = up(&mut socket).await else { panic!("something came before hello") };
        let employee = self.memory.lock().unwrap().devices[&hello.device_id].clone();
        let welcome = {
            let memory = self.memory.lock().unwrap();
            let events = memory.events.get(&(hello.device_id, hello.boot_id));
            let acked_seq = events.and_then(|events| events.keys().last().copied()).unwrap_or(0);
            let notice = memory.notice.clone().filter(|_| !memory.acknowledged.contains(&employee));
            Welcome { notice, ..welcome(acked_seq) }
        };
        say(&mut socket, &AgentDown::Welcome(Box::new(welcome))).await;
        self.publish(&employee, Status::Active);
        let mut watched = self.watched.subscribe();
        watched.mark_changed();
        let mut is_watched = false;
        loop {
            tokio::select! {
                message = socket.next() => match message {
                    Some(Ok(Message::Text(json))) => {
                        let message = serde_json::from_str(&json).unwrap();
                        if !self.hear_agent(message, &hello, &employee, &mut socket).await {
                            return;
                        }
                    }
                    Some(Ok(Message::Binary(bytes))) => {
                        let (header, body) = FrameHeader::decode(&bytes).unwrap();
                        say(&mut socket, &AgentDown::Got { track: header.track, seq: header.seq }).await;
                        let picture = Picture { employee: employee.clone(), header, body: body.to_vec() };
                        // Nobody may watch just now.
                        let _ = self.pictures.send(Arc::new(picture));
                    }
                    Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                    Some(Ok(_)) => {}
                },
                _ = watched.changed() => {
                    if !is_watched && watched.borrow_and_update().contains(&employee) {
                        is_watched = true;
                        let watch = Watch { track: 0, fps: FPS, width: WALL_WIDTH_MAX, quality: 60 };
                        say(&mut socket, &AgentDown::Watch(watch)).await;
                    }
                }
            }
        }
        let mischief = self.memory.lock().unwrap().mischief;
        if mischief == Mischief::OfflineAtOnce {
            self.publish(&employee, Status::Offline);
        }
    }

    /// False when the agent has left.
    async fn hear_agent(&self, message: AgentUp, hello: &Hello, employee: &EmployeeId, socket: &mut Socket) -> bool {
        match message {
            AgentUp::Events(events) => {
                let (acks, is_silent) = {
                    let mut memory = self.memory.lock().unwrap();
                    let mut acks = BTreeMap::new();
                    for event in events.items {
                        let boot = event.boot_id.unwrap_or(hello.boot_id);
                        acks.insert(boot, event.seq.max(acks.get(&boot).copied().unwrap_or_default()));
                        if matches!(event.kind, EventKind::NoticeAcknowledged { .. }) {
                            memory.acknowledged.insert(employee.clone());
                        }
                        memory.events.entry((hello.device_id, boot)).or_default().insert(event.seq, event);
                    }
                    (acks, memory.is_silent)
                };
                for (boot_id, seq) in acks.into_iter().filter(|_| !is_silent) {
                    say(socket, &AgentDown::Ack { boot_id, seq }).await;
                }
            }
            AgentUp::Beat(beat) => {
                let is_locked = beat.state == BeatState::Locked;
                self.publish(employee, if is_locked { Status::Idle } else { Status::Active });
            }
            AgentUp::Bye { .. } => return false,
            AgentUp::Hello(_) | AgentUp::Same { .. } => panic!("{message:?} is not for here"),
        }
        true
    }

    fn publish(&self, employee: &EmployeeId, status: Status) {
        self.memory.lock().unwrap().online.insert(employee.clone(), status);
        // Nobody may be subscribed.
        let _ = self.changes.send(entry(employee.clone(), status));
    }

    pub(super) async fn serve_viewer(self, stream: TcpStream) {
        let mut socket = accept_hdr_async(stream, with_subprotocol(PORTAL_SUBPROTOCOL)).await.unwrap();
        let authenticated = up(&mut socket).await;
        assert_eq!(authenticated, Some(PortalUp::Authenticate { ticket: "ticket".to_owned() }));
        say(&mut socket, &PortalDown::Ready { server_time: UtcMillis(0), ping_every_ms: 1_000 }).await;
        let (mut changes, mut pictures) = (self.changes.subscribe(), self.pictures.subscribe());
        let mischief = self.memory.lock().unwrap().mischief;
        let mut viewer = Viewer { socket, seq: None, tracks: HashMap::new(), message_id: 0, mischief };
        loop {
            tokio::select! {
                message = viewer.socket.next() => match message {
                    Some(Ok(Message::Text(json))) => self.hear_viewer(&json, &mut viewer).await,
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                    Some(Ok(_)) => {}
                },
                changed = changes.recv() => viewer.tell_change(changed).await,
                // Whoever is too slow misses some: the newest wins.
                picture = pictures.recv() => if let Ok(picture) = picture { viewer.show(&picture).await },
            }
        }
    }

    async fn hear_viewer(&self, json: &str, viewer: &mut Viewer) {
        match serde_json::from_str(json).unwrap() {
            PortalUp::Subscribe { .. } => {
                let online: BTreeMap<_, _> = self.memory.lock().unwrap().online.clone();
                let entries = online.into_iter().map(|(employee, status)| entry(employee, status)).collect();
                viewer.seq = Some(1);
                say(&mut viewer.socket, &PortalDown::PresenceState { epoch: 1, seq: 1, entries }).await;
            }
            PortalUp::Watch { tracks, .. } => {
                viewer.watch(&tracks).await;
                self.watched.send_modify(|watched| watched.extend(tracks.into_iter().map(|track| track.employee)));
            }
            PortalUp::Ack { message_id, .. } => self.memory.lock().unwrap().acks.push(message_id),
            PortalUp::Pong | PortalUp::Authenticate { .. } => panic!("{json} is not for here"),
        }
    }
}

/// One portal's socket.
struct Viewer {
    socket: Socket,
    /// Of the newest diff, once subscribed.
    seq: Option<u64>,
    /// The number of each watched person's pictures, and how many were sent.
    tracks: HashMap<EmployeeId, (u32, u32)>,
    message_id: u32,
    mischief: Mischief,
}

impl Viewer {
    async fn tell_change(&mut self, changed: Result<PresenceEntry, RecvError>) {
        let (Ok(changed), Some(seq)) = (changed, &mut self.seq) else { return };
        *seq += 1;
        let diff = PortalDown::PresenceDiff { epoch: 1, seq: *seq, changed: vec![changed], gone: Vec::new() };
        say(&mut self.socket, &diff).await;
    }

    async fn watch(&mut self, tracks: &[WatchTrack]) {
        for (track, number) in tracks.iter().zip(1..) {
            let is_there = track.track == TRACK;
            self.tell_state(track.employee.clone(), number, (!is_there).then_some(BlankReason::NoSuchTrack)).await;
            if is_there {
                self.tracks.insert(track.employee.clone(), (number, 0));
            }
        }
    }

    async fn tell_state(&mut self, employee: EmployeeId, number: u32, reason: Option<BlankReason>) {
        let state = if reason.is_some() { TrackPhase::Blank } else { TrackPhase::Waiting };
        let (since, detail, display) = (UtcMillis(0), None, None);
        let state = TrackState { employee, track: TRACK, number, state, reason, detail, since, display };
        say(&mut self.socket, &PortalDown::TrackState(state)).await;
    }

    async fn show(&mut self, picture: &Picture) {
        let watched = self.tracks.len() as u32;
        let Some((number, sent)) = self.tracks.get_mut(&picture.employee) else { return };
        *sent += 1;
        let (number, sent) = (*number, *sent);
        let shown = if self.mischief == Mischief::ShiftedNumbers { number % watched + 1 } else { number };
        let parts: Vec<&[u8]> = match picture.header.kind {
            FrameKind::Same => vec![&[]],
            _ => picture.body.chunks(MEDIA_PART_BYTES_MAX).collect(),
        };
        for (part, bytes) in (0..).zip(&parts) {
            if part > 0 && self.mischief == Mischief::HalfPictures {
                return;
            }
            self.message_id += 1;
            let header = FrameHeader { track: shown, part, parts: parts.len() as u16, ..picture.header };
            let mut message = header.encode_down(self.message_id).to_vec();
            message.extend_from_slice(bytes);
            // The viewer may have left meanwhile.
            let _ = self.socket.send(Message::binary(message)).await;
        }
        if self.mischief == Mischief::Blanks && sent == 2 {
            self.tell_state(picture.employee.clone(), number, Some(BlankReason::NotWorking)).await;
        }
    }
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
        tracks: if status == Status::Offline { Vec::new() } else { vec![TRACK] },
    }
}
