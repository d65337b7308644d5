//! A portal without a screen: signs in to `/ws/portal` with a ticket and reads what it is pushed.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use muster_protocol::portal::{PortalDown, PortalUp, SUBPROTOCOL, Scope};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::http::header;

use crate::client::RestClient;
use crate::dial::{Door, Socket, dial};
use crate::error::LoadtestError;

/// `ready` has to come within so long.
const READY_TIMEOUT: Duration = Duration::from_secs(10);
/// The presence of 100,000 people comes in one message.
const MESSAGE_BYTES_MAX: usize = 64 * 1024 * 1024;

/// One signed-in portal socket.
pub struct PortalViewer {
    socket: Socket,
}

impl PortalViewer {
    /// Opens `/ws/portal` as the person whom `rest` is signed in as, with the portal's own origin.
    pub async fn open(rest: &RestClient) -> Result<Self, LoadtestError> {
        let ticket = rest.ticket().await?.ticket;
        let origin = rest.portal_url().to_owned();
        let address = origin
            .strip_prefix("http://")
            .ok_or_else(|| LoadtestError::Address { url: origin.clone(), reason: "only http:// is supported" })?;
        let door = Door {
            url: &format!("ws://{address}/ws/portal"),
            subprotocol: SUBPROTOCOL,
            source: None,
            headers: vec![(header::ORIGIN, origin.clone())],
            message_bytes_max: MESSAGE_BYTES_MAX,
        };
        let mut viewer = Self { socket: dial(door).await? };
        viewer.send(&PortalUp::Authenticate { ticket: ticket.expose().to_owned() }).await?;
        match tokio::time::timeout(READY_TIMEOUT, viewer.next()).await {
            Ok(Ok(PortalDown::Ready { .. })) => Ok(viewer),
            Ok(Ok(other)) => Err(unexpected(format!("{other:?}"))),
            Ok(Err(error)) => Err(error),
            Err(_) => Err(unexpected("silence".to_owned())),
        }
    }

    /// Asks for the presence of everyone in `scope`, and its changes from then on.
    pub async fn subscribe(&mut self, scope: Scope) -> Result<(), LoadtestError> {
        self.send(&PortalUp::Subscribe { presence: scope }).await
    }

    /// The next message. Pings are answered on the way.
    pub async fn next(&mut self) -> Result<PortalDown, LoadtestError> {
        loop {
            match self.socket.next().await.transpose()? {
                Some(Message::Text(json)) => match serde_json::from_str(&json) {
                    Ok(PortalDown::Ping) => self.send(&PortalUp::Pong).await?,
                    Ok(PortalDown::Close(close)) => {
                        return Err(LoadtestError::Closed { code: close.code, reason: close.reason });
                    }
                    Ok(message) => return Ok(message),
                    // Types that are newer than this client are ignored, as the protocol asks.
                    Err(_) => {}
                },
                Some(Message::Close(frame)) => {
                    let (code, reason) =
                        frame.map_or((1005, String::new()), |frame| (frame.code.into(), frame.reason.to_string()));
                    return Err(LoadtestError::Closed { code, reason });
                }
                Some(_) => {}
                None => return Err(LoadtestError::Closed { code: 1006, reason: "connection lost".to_owned() }),
            }
        }
    }

    async fn send(&mut self, message: &PortalUp) -> Result<(), LoadtestError> {
        let json = serde_json::to_string(message).expect("a wire message is JSON");
        Ok(self.socket.send(Message::text(json)).await?)
    }
}

fn unexpected(got: String) -> LoadtestError {
    LoadtestError::Unexpected { expected: "ready", got }
}
