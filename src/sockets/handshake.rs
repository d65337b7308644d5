//! From an HTTP request to a WebSocket, for both doors: actix-http has read the request, and hands the connection over.

use actix_http::body::BodySize;
use actix_http::h1::{Codec, Message};
use actix_http::{Request, Response, header, ws};
use actix_web::HttpMessage;
use actix_web::http::StatusCode;
use bytes::Bytes;
use futures_util::SinkExt;
use muster_protocol::{ErrorBody, ErrorCode};
use tokio::io::{AsyncRead, AsyncWrite};

/// A TCP stream, or TLS over one.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + 'static {}
impl<S: AsyncRead + AsyncWrite + Unpin + 'static> Stream for S {}

/// A connection whose request asks for another protocol.
pub(super) type Framed<S> = actix_codec::Framed<S, Codec>;

/// Why a handshake is refused.
pub(super) struct Refusal {
    pub status: StatusCode,
    pub code: ErrorCode,
    pub message: &'static str,
}

impl Refusal {
    pub const fn new(status: StatusCode, code: ErrorCode, message: &'static str) -> Self {
        Self { status, code, message }
    }
}

/// Whether `request` is a handshake for `path`.
pub(super) fn asks_for(request: &Request, path: &str) -> bool {
    request.path().trim_end_matches('/') == path && ws::verify_handshake(request.head()).is_ok()
}

/// Whether the client offers `protocol`.
pub(super) fn speaks(request: &Request, protocol: &str) -> bool {
    let offered = request.headers().get_all(header::SEC_WEBSOCKET_PROTOCOL);
    offered
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|name| name.trim() == protocol)
}

/// A connection that speaks WebSocket from now on.
pub(super) struct Opened<S> {
    pub io: S,
    /// What came with the request already.
    pub read_already: Vec<u8>,
}

/// Answers the handshake. actix-http's buffers go.
pub(super) async fn accept<S: Stream>(
    request: &Request,
    mut framed: Framed<S>,
    protocol: &'static str,
) -> Result<Opened<S>, actix_web::Error> {
    let mut response = ws::handshake_response(request.head());
    response.insert_header((header::SEC_WEBSOCKET_PROTOCOL, protocol));
    framed.send(Message::Item((response.finish().drop_body(), BodySize::None))).await?;
    let parts = framed.into_parts();
    Ok(Opened { io: parts.io, read_already: parts.read_buf.to_vec() })
}

/// Answers with the error body of the REST interface.
pub(super) async fn refuse<S: Stream>(mut framed: Framed<S>, refusal: &Refusal) -> Result<(), actix_web::Error> {
    let body = ErrorBody {
        code: refusal.code,
        message: refusal.message.to_owned(),
        request_id: uuid::Uuid::now_v7().simple().to_string(),
        fields: Vec::new(),
    };
    let body = Bytes::from(serde_json::to_vec(&body)?);
    let mut response = Response::build(refusal.status);
    response.insert_header((header::CONTENT_TYPE, "application/json")).insert_header((header::CONNECTION, "close"));
    if refusal.status == StatusCode::SERVICE_UNAVAILABLE {
        response.insert_header((header::RETRY_AFTER, 2));
    }
    let size = BodySize::Sized(body.len() as u64);
    framed.send(Message::Item((response.finish().drop_body(), size))).await?;
    framed.send(Message::Chunk(Some(body))).await?;
    framed.send(Message::Chunk(None)).await?;
    Ok(())
}
