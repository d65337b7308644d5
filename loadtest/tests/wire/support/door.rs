//! The agent door, spoken by hand.

use futures_util::{SinkExt, StreamExt};
use muster_protocol::agent::{AgentDown, AgentUp, Beat, DurableEvent, Hello, Limits, SUBPROTOCOL, Welcome};
use muster_protocol::close::Close;
use muster_protocol::frame::FrameHeader;
use muster_protocol::policy::{Blur, Policy, StartMode};
use muster_protocol::{BootId, CloseCode, SessionId, UtcMillis};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, accept_hdr_async};

use super::soon;

pub const POLICY: Policy = Policy {
    version: 1,
    capture_interval_minutes: 10,
    screenshots: true,
    blur: Blur::None,
    live_view: true,
    start_mode: StartMode::Manual,
    idle_after_ms: 180_000,
    pause_allowed: false,
};

/// A welcome that has `acked_seq` of the agent's boot.
pub fn welcome(acked_seq: u64) -> Welcome {
    Welcome {
        session_id: SessionId::generate(),
        server_time: UtcMillis(0),
        beat_every_ms: 25,
        offline_after_ms: 120_000,
        limits: Limits {
            text_bytes_max: 65_536,
            frame_bytes_max: 1_048_576,
            events_per_message_max: 256,
            messages_per_second_max: 50,
        },
        policy: POLICY,
        notice: None,
        acked_seq,
    }
}

pub struct FakeDoor {
    listener: TcpListener,
}

/// What an agent said.
#[derive(Debug)]
pub enum Heard {
    Said(AgentUp),
    Frame(FrameHeader, Vec<u8>),
    /// The socket ended.
    Ended,
}

/// One socket at the door.
pub struct FakeSession {
    socket: WebSocketStream<TcpStream>,
    pub authorization: String,
    pub hello: Hello,
}

impl FakeDoor {
    pub async fn open() -> Self {
        Self { listener: TcpListener::bind("127.0.0.1:0").await.unwrap() }
    }

    pub fn url(&self) -> String {
        format!("ws://{}/agent", self.listener.local_addr().unwrap())
    }

    /// The next TCP connection, before any handshake.
    pub async fn knock(&self) -> TcpStream {
        soon("a connection", self.listener.accept()).await.unwrap().0
    }

    /// The next agent: checks the handshake and that `hello` is the first message.
    pub async fn let_in(&self) -> FakeSession {
        let stream = self.knock().await;
        let mut authorization = String::new();
        // The library's signature asks for a large error; it is never made here.
        #[expect(clippy::result_large_err, reason = "the callback's type is tungstenite's")]
        let check = |request: &Request, mut response: Response| -> Result<Response, ErrorResponse> {
            let header = |name: &str| request.headers()[name].to_str().unwrap().to_owned();
            assert_eq!(request.uri().path(), "/agent");
            assert_eq!(header("sec-websocket-protocol"), SUBPROTOCOL);
            authorization = header("authorization");
            response.headers_mut().insert("sec-websocket-protocol", SUBPROTOCOL.parse().unwrap());
            Ok(response)
        };
        let mut socket = soon("a handshake", accept_hdr_async(stream, check)).await.unwrap();
        let hello = match hear(&mut socket).await {
            Heard::Said(AgentUp::Hello(hello)) => hello,
            other => panic!("{other:?} came before hello"),
        };
        FakeSession { socket, authorization, hello }
    }

    /// The next agent, welcomed.
    pub async fn welcome(&self, welcome: Welcome) -> FakeSession {
        let mut session = self.let_in().await;
        session.say(AgentDown::Welcome(Box::new(welcome))).await;
        session
    }
}

impl FakeSession {
    pub async fn say(&mut self, message: AgentDown) {
        let json = serde_json::to_string(&message).unwrap();
        self.socket.send(Message::text(json)).await.unwrap();
    }

    pub async fn hear(&mut self) -> Heard {
        hear(&mut self.socket).await
    }

    /// The next batch of events.
    pub async fn events(&mut self) -> Vec<DurableEvent> {
        loop {
            match self.hear().await {
                Heard::Said(AgentUp::Events(events)) => return events.items,
                Heard::Said(AgentUp::Beat(_)) => {}
                other => panic!("{other:?} instead of events"),
            }
        }
    }

    /// The next beat.
    pub async fn beat(&mut self) -> Beat {
        loop {
            match self.hear().await {
                Heard::Said(AgentUp::Beat(beat)) => return beat,
                Heard::Said(AgentUp::Events(_)) => {}
                other => panic!("{other:?} instead of a beat"),
            }
        }
    }

    /// The next frame.
    pub async fn frame(&mut self) -> (FrameHeader, Vec<u8>) {
        loop {
            match self.hear().await {
                Heard::Frame(header, picture) => return (header, picture),
                Heard::Said(AgentUp::Beat(_) | AgentUp::Events(_)) => {}
                other => panic!("{other:?} instead of a frame"),
            }
        }
    }

    /// How the agent ends the socket: the reason of a `bye`, if there was one.
    pub async fn ending(&mut self) -> Option<String> {
        let mut bye = None;
        loop {
            match self.hear().await {
                Heard::Said(AgentUp::Bye { reason }) => bye = Some(reason),
                Heard::Ended => return bye,
                Heard::Said(_) | Heard::Frame(..) => {}
            }
        }
    }

    pub async fn acknowledge(&mut self, boot_id: BootId, seq: u64) {
        self.say(AgentDown::Ack { boot_id, seq }).await;
    }

    /// Closes as the protocol asks: the message, then the frame.
    pub async fn close(mut self, code: CloseCode, retry_after_ms: Option<u64>) {
        self.say(AgentDown::Close(Close::new(code, retry_after_ms))).await;
        self.close_frame(code.number()).await;
    }

    /// Closes with a frame alone.
    pub async fn close_frame(mut self, code: u16) {
        let frame = CloseFrame { code: code.into(), reason: "".into() };
        let _ = self.socket.close(Some(frame)).await;
    }
}

/// Accepts a handshake and answers with `subprotocol`.
#[expect(clippy::result_large_err, reason = "the callback's type is tungstenite's")]
pub fn with_subprotocol(
    subprotocol: &'static str,
) -> impl FnOnce(&Request, Response) -> Result<Response, ErrorResponse> + Unpin {
    move |request, mut response| {
        assert_eq!(request.headers()["sec-websocket-protocol"], subprotocol);
        response.headers_mut().insert("sec-websocket-protocol", subprotocol.parse().unwrap());
        Ok(response)
    }
}

async fn hear(socket: &mut WebSocketStream<TcpStream>) -> Heard {
    loop {
        match soon("a message", socket.next()).await {
            Some(Ok(Message::Text(json))) => return Heard::Said(serde_json::from_str(&json).unwrap()),
            Some(Ok(Message::Binary(bytes))) => {
                let (header, picture) = FrameHeader::decode(&bytes).unwrap();
                return Heard::Frame(header, picture.to_vec());
            }
            Some(Ok(Message::Close(_))) => return Heard::Ended,
            Some(Ok(_)) => {}
            Some(Err(Error::Io(_) | Error::Protocol(_) | Error::ConnectionClosed)) | None => return Heard::Ended,
            Some(Err(error)) => panic!("{error}"),
        }
    }
}
