//! One page's socket: reads what the page says, writes what its session has for it. Decides nothing.
//!
//! Reading and writing go on beside each other, so that the acknowledgements of a slow page are heard while a picture is
//! on its way to it.

use std::sync::Arc;
use std::time::Duration;

use actix::{Actor, Addr};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use muster_actors::PortalOutbox;
use muster_actors::portal_outbox::ToPortal;
use muster_protocol::CloseCode;
use muster_protocol::close::Close;
use muster_protocol::portal::PortalDown;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message, Utf8Bytes};

use super::handshake::Stream;
use super::open_sockets::OpenSocket;
use super::portal_session::{Gone, Heard, PortalSession};
use crate::app::App;

/// For the page to take the reason of a close.
const FAREWELL_TIMEOUT: Duration = Duration::from_secs(2);

type Sink<S> = SplitSink<WebSocketStream<S>, Message>;

/// Serves one socket until it ends.
pub(super) async fn run<S: Stream>(app: Arc<App>, _open: OpenSocket, socket: WebSocketStream<S>) {
    let outbox = PortalOutbox::default();
    let session = PortalSession::new(app, outbox.clone()).start();
    let (mut sink, mut stream) = socket.split();
    let close = tokio::select! {
        () = read(&mut stream, &session, &outbox) => None,
        close = write(&mut sink, &outbox) => close,
    };
    // A session that ends the socket is gone for the reader too, which may be the first to notice.
    let close = close.or_else(|| match outbox.take() {
        Some(ToPortal::Close(close)) => Some(close),
        _ => None,
    });
    // A session whose mailbox is full ends when it notices that nobody answers its pings.
    let _ = session.try_send(Gone);
    if let Some(close) = close {
        let _ = timeout(FAREWELL_TIMEOUT, say_close(&mut sink, &mut stream, close)).await;
    }
}

/// Hands what the page says to its session, until the page goes.
async fn read<S: Stream>(
    stream: &mut SplitStream<WebSocketStream<S>>,
    session: &Addr<PortalSession>,
    outbox: &PortalOutbox,
) {
    while let Some(heard) = stream.next().await {
        match heard {
            Ok(Message::Text(text)) => {
                // Waits when the session has much to do: the page's messages then wait in the network.
                if session.send(Heard(text.as_str().to_owned())).await.is_err() {
                    return;
                }
            }
            Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_)) => {}
            Ok(Message::Close(_)) => return,
            Ok(Message::Binary(_)) => return wait_for_end(outbox, CloseCode::ProtocolError).await,
            Err(Error::Capacity(_)) => return wait_for_end(outbox, CloseCode::TooLarge).await,
            Err(Error::Utf8(_) | Error::Protocol(_)) => return wait_for_end(outbox, CloseCode::ProtocolError).await,
            Err(_) => return,
        }
    }
}

/// The page did what it must not do: the writer says so and ends both.
async fn wait_for_end(outbox: &PortalOutbox, code: CloseCode) {
    outbox.close(code, None);
    std::future::pending().await
}

/// Sends what waits, several messages at once, until the session ends the socket or the page is gone.
async fn write<S: Stream>(sink: &mut Sink<S>, outbox: &PortalOutbox) -> Option<Close> {
    loop {
        let sent = async {
            let mut next = Some(outbox.next().await);
            while let Some(message) = next {
                match message {
                    ToPortal::Text(text) => sink.feed(Message::Text(Utf8Bytes::from(&*text))).await?,
                    ToPortal::Picture(part) => sink.feed(Message::Binary(part)).await?,
                    ToPortal::Close(_) => break,
                }
                next = outbox.take();
            }
            sink.flush().await
        };
        tokio::select! {
            biased;
            close = outbox.closed() => return Some(close),
            sent = sent => if sent.is_err() { return None },
        }
    }
}

/// The last message, then the close frame; then what the page still had under way is read and forgotten, because a socket
/// that is closed with unread bytes is reset, and the page would never see why.
async fn say_close<S: Stream>(
    sink: &mut Sink<S>,
    stream: &mut SplitStream<WebSocketStream<S>>,
    close: Close,
) -> Result<(), Error> {
    let frame = CloseFrame { code: close.code.into(), reason: close.reason.clone().into() };
    let text = serde_json::to_string(&PortalDown::Close(close)).expect("wire messages have string keys only");
    sink.feed(Message::Text(text.into())).await?;
    sink.feed(Message::Close(Some(frame))).await?;
    sink.flush().await?;
    while stream.next().await.is_some_and(|message| message.is_ok()) {}
    Ok(())
}
