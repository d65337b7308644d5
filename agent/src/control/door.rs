//! A Unix socket in the agent's folder; where there are none, a port of this machine and a secret in that folder.

use std::io;
use std::path::Path;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};

use super::{Answer, Ask, ControlError, LINE_BYTES_MAX};

#[cfg(unix)]
const NAME: &str = "control.sock";
#[cfg(not(unix))]
const NAME: &str = "control.json";

/// One conversation: a line each way.
pub struct Connection(BufReader<Box<dyn Stream>>);

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

impl Connection {
    fn new(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) -> Self {
        Self(BufReader::new(Box::new(stream)))
    }

    /// The next line, without its end; `None` when the other side has gone.
    pub(super) async fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = String::new();
        (&mut self.0).take(LINE_BYTES_MAX).read_line(&mut line).await?;
        Ok((!line.is_empty()).then(|| line.trim_end().to_owned()))
    }

    pub(super) async fn say(&mut self, line: &str) -> io::Result<()> {
        self.0.write_all(line.as_bytes()).await?;
        self.0.write_all(b"\n").await?;
        self.0.flush().await
    }

    /// Asks, and waits for the answer.
    pub async fn ask(mut self, ask: &Ask) -> Result<serde_json::Value, ControlError> {
        self.say(&serde_json::to_string(ask).map_err(io::Error::other)?).await?;
        let line = self.line().await?.ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))?;
        match serde_json::from_str(&line).map_err(io::Error::other)? {
            Answer::Done(status) => Ok(status),
            Answer::Refused(reason) => Err(ControlError::Refused(reason)),
        }
    }
}

/// Waits for other programs of this account.
#[derive(Debug)]
pub struct Listener {
    #[cfg(unix)]
    listener: tokio::net::UnixListener,
    #[cfg(not(unix))]
    listener: tokio::net::TcpListener,
    #[cfg(not(unix))]
    secret: String,
}

#[cfg(unix)]
impl Listener {
    /// Opens the door in `folder`. The caller holds the folder's spool, so a socket that lies there is a dead one's.
    pub fn open(folder: &Path) -> io::Result<Self> {
        use std::os::unix::fs::PermissionsExt;
        let path = folder.join(NAME);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let listener = tokio::net::UnixListener::bind(&path)?;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
        Ok(Self { listener })
    }

    pub(super) async fn accept(&self) -> io::Result<Connection> {
        Ok(Connection::new(self.listener.accept().await?.0))
    }
}

/// Finds the agent that runs on `folder`.
#[cfg(unix)]
pub async fn connect(folder: &Path) -> Result<Connection, ControlError> {
    match tokio::net::UnixStream::connect(folder.join(NAME)).await {
        Ok(stream) => Ok(Connection::new(stream)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused) => {
            Err(ControlError::NotRunning)
        }
        Err(error) => Err(error.into()),
    }
}

/// Where the port is, and what opens it. The folder lies in the person's own profile.
#[cfg(not(unix))]
#[derive(serde::Serialize, serde::Deserialize)]
struct Place {
    port: u16,
    secret: String,
}

#[cfg(not(unix))]
impl Listener {
    /// Opens the door and leaves in `folder` what opens it.
    pub fn open(folder: &Path) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let secret = format!("{}{}", uuid::Uuid::new_v4().simple(), uuid::Uuid::new_v4().simple());
        let place = Place { port: listener.local_addr()?.port(), secret: secret.clone() };
        std::fs::write(folder.join(NAME), serde_json::to_vec(&place)?)?;
        Ok(Self { listener: tokio::net::TcpListener::from_std(listener)?, secret })
    }

    pub(super) async fn accept(&self) -> io::Result<Connection> {
        let mut connection = Connection::new(self.listener.accept().await?.0);
        let told = tokio::time::timeout(std::time::Duration::from_secs(2), connection.line()).await;
        match told {
            Ok(Ok(Some(told))) if told == self.secret => Ok(connection),
            _ => Err(io::Error::from(io::ErrorKind::PermissionDenied)),
        }
    }
}

/// Finds the agent that runs on `folder`.
#[cfg(not(unix))]
pub async fn connect(folder: &Path) -> Result<Connection, ControlError> {
    let place: Option<Place> =
        std::fs::read(folder.join(NAME)).ok().and_then(|json| serde_json::from_slice(&json).ok());
    let place = place.ok_or(ControlError::NotRunning)?;
    let stream = tokio::net::TcpStream::connect((std::net::Ipv4Addr::LOCALHOST, place.port)).await;
    let mut connection = Connection::new(stream.map_err(|_| ControlError::NotRunning)?);
    connection.say(&place.secret).await?;
    Ok(connection)
}
