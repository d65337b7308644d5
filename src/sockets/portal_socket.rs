//! One page's socket: reads what the page says, writes what its session has for it. Decides nothing.
//!
//! Reading and writing go on beside each other, so that the acknowledgements of a slow page are heard while a picture is
//! on its way to it.

use std::sync::Arc;
use std::time::Duration;

use actix::{Actor, Addr};
use bytes::Buf;
use futures_util::StreamExt;
use muster_actors::PortalOutbox;
use muster_actors::live::Painted;
use muster_actors::portal_outbox::ToPortal;
use muster_protocol::CloseCode;
use muster_protocol::close::Close;
use muster_protocol::limits::{PORTAL_TEXT_BYTES_MAX, UNAUTHENTICATED_BYTES_MAX};
use muster_protocol::portal::{PortalDown, PortalUp};
use tokio::io::{AsyncWriteExt, WriteHalf};
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message};

use super::frame_writer::Batch;
use super::handshake::{Opened, Stream};
use super::open_sockets::OpenSocket;
use super::portal_session::{Gone, HasRoom, Heard, PortalSession};
use super::read_side::{Answers, ReadSide};
use super::token_bucket::TokenBucket;
use crate::app::App;

/// Pages mostly send acknowledgements, and a buffer is cleared before each read.
const READ_BUFFER_BYTES: usize = 1024;
/// Messages that a page may send in a second, on average. 128 tiles at five pictures of two parts a second are acknowledged
/// 160 times, once for eight messages.
const MESSAGES_PER_SECOND: u32 = 200;
/// Handed to the kernel at once; an end waits for no more than that.
const BATCH_BYTES_MAX: usize = 128 * 1024;
/// For the page to take the reason of a close.
const FAREWELL_TIMEOUT: Duration = Duration::from_secs(2);

type Reader<S> = WebSocketStream<ReadSide<S>>;

/// Serves one socket until it ends.
pub(super) async fn run<S: Stream>(app: Arc<App>, _open: OpenSocket, opened: Opened<S>) {
    let (read_half, write_half) = tokio::io::split(opened.io);
    let outbox = PortalOutbox::default();
    let painted = Arc::<Painted>::default();
    let session = PortalSession::new(app.clone(), outbox.clone(), painted.clone()).start();
    let bucket = TokenBucket::full(MESSAGES_PER_SECOND, app.now().mono);
    let mut listener =
        Listener { app, session: session.clone(), painted, bucket, has_shown_ticket: false, has_said_more: false };
    let mut writer = Writer { io: write_half, batch: Batch::default(), answers: Answers::default() };
    let read_side = ReadSide::new(read_half, writer.answers.clone());
    let role = Role::Server;
    let mut reader = WebSocketStream::from_partially_read(read_side, opened.read_already, role, Some(config())).await;
    let close = tokio::select! {
        code = listener.run(&mut reader) => code.map(|code| Close::new(code, None)),
        close = writer.run(&outbox) => close,
    };
    // A session that ends the socket is gone for the reader too, which may be the first to notice.
    let close = close.or_else(|| match outbox.take() {
        Some(ToPortal::Close(close)) => Some(close),
        _ => None,
    });
    // A session whose mailbox is full ends when it notices that nobody answers its pings.
    let _ = session.try_send(Gone);
    let _ = timeout(FAREWELL_TIMEOUT, writer.end(&mut reader, close)).await;
}

fn config() -> WebSocketConfig {
    let mut config = WebSocketConfig::default();
    config.read_buffer_size = READ_BUFFER_BYTES;
    config.write_buffer_size = 0;
    config.max_message_size = Some(PORTAL_TEXT_BYTES_MAX);
    config.max_frame_size = config.max_message_size;
    config
}

/// The reading half.
struct Listener {
    app: Arc<App>,
    session: Addr<PortalSession>,
    painted: Arc<Painted>,
    bucket: TokenBucket,
    /// Before the ticket, messages are small.
    has_shown_ticket: bool,
    /// Something was said after the ticket: from then on the session has looked at it.
    has_said_more: bool,
}

impl Listener {
    /// Hands what the page says to its session, until the page goes. The code says what it must not have done.
    async fn run<S: Stream>(&mut self, reader: &mut Reader<S>) -> Option<CloseCode> {
        while let Some(heard) = reader.next().await {
            match heard {
                Ok(Message::Text(text)) => match self.read(&text) {
                    Ok(PortalUp::Ack { message_id, .. }) if self.has_said_more => self.acknowledged(message_id),
                    // Waits when the session has much to do: the page's messages then wait in the network.
                    Ok(message) => self.session.send(Heard(message)).await.ok()?,
                    Err(code) => return Some(code),
                },
                Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_)) => {}
                Ok(Message::Close(_)) => return None,
                Ok(Message::Binary(_)) => return Some(CloseCode::ProtocolError),
                Err(Error::Capacity(_)) => return Some(CloseCode::TooLarge),
                Err(Error::Utf8(_) | Error::Protocol(_)) => return Some(CloseCode::ProtocolError),
                Err(_) => return None,
            }
        }
        None
    }

    fn read(&mut self, text: &str) -> Result<PortalUp, CloseCode> {
        if !self.bucket.take(MESSAGES_PER_SECOND, self.app.now().mono) {
            return Err(CloseCode::TooFast);
        }
        if !self.has_shown_ticket && text.len() > UNAUTHENTICATED_BYTES_MAX {
            return Err(CloseCode::TooLarge);
        }
        let message = serde_json::from_str(text).map_err(|_| CloseCode::ProtocolError)?;
        // The session ends a socket whose ticket is none.
        self.has_shown_ticket |= matches!(message, PortalUp::Authenticate { .. });
        // The session ends a socket whose first message is something else.
        self.has_said_more |= matches!(message, PortalUp::Subscribe { .. } | PortalUp::Watch { .. } | PortalUp::Pong);
        Ok(message)
    }

    fn acknowledged(&self, message_id: u32) {
        if self.painted.note(message_id, self.app.now().mono) {
            // A session with a full mailbox looks at the mark when it has worked that off.
            let _ = self.session.try_send(HasRoom);
        }
    }
}

/// The writing half.
struct Writer<S> {
    io: WriteHalf<S>,
    batch: Batch,
    answers: Answers,
}

impl<S: Stream> Writer<S> {
    /// Sends what waits, several messages at once, until the session ends the socket or the page is gone.
    async fn run(&mut self, outbox: &PortalOutbox) -> Option<Close> {
        loop {
            tokio::select! {
                message = outbox.next() => self.push(message),
                frames = self.answers.next() => self.batch.push_frames(frames),
            }
            while self.batch.remaining() < BATCH_BYTES_MAX
                && let Some(message) = outbox.take_message()
            {
                self.push(message);
            }
            tokio::select! {
                biased;
                close = outbox.closed() => return Some(close),
                written = write_all(&mut self.io, &mut self.batch) => if written.is_err() { return None },
            }
        }
    }

    fn push(&mut self, message: ToPortal) {
        match message {
            ToPortal::Text(text) => self.batch.push_text(&text),
            ToPortal::Picture(part) => self.batch.push_part(part),
            // Said by `end`.
            ToPortal::Close(_) => {}
        }
    }

    /// What was begun, then the last message and the close frame; then what the page still had under way is read and
    /// forgotten, because a socket that is closed with unread bytes is reset, and the page would never see why.
    async fn end(&mut self, reader: &mut Reader<S>, close: Option<Close>) -> std::io::Result<()> {
        self.batch.push_frames(self.answers.take());
        if let Some(close) = &close {
            let farewell = PortalDown::Close(close.clone());
            self.batch.push_text(&serde_json::to_string(&farewell).expect("wire messages have string keys only"));
            self.batch.push_close(close.code, &close.reason);
        }
        write_all(&mut self.io, &mut self.batch).await?;
        self.io.shutdown().await?;
        while close.is_some() && reader.next().await.is_some_and(|message| message.is_ok()) {}
        Ok(())
    }
}

async fn write_all<S: Stream>(io: &mut WriteHalf<S>, batch: &mut Batch) -> std::io::Result<()> {
    io.write_all_buf(batch).await?;
    io.flush().await
}
