//! The same relay work on other servers: one publisher, many subscribers, pictures of a fixed size; how much processor time
//! the server takes for each delivered picture. Linux only.
//!
//! ```sh
//! mosquitto -p 4510 &                          # or: node loadtest/peers/socketio.mjs 4511
//! cargo run --release -p muster-loadtest --example peers -- mosquitto 127.0.0.1:4510 <pid> --viewers 100 --bytes 60000
//! ```
//! For Muster itself: `muster-loadtest wall --agents 1 --viewers 100 …`, which does more (acknowledgements, windows, checks).

use std::time::Duration;

use clap::{Parser, ValueEnum};
use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio_tungstenite::tungstenite::Message;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Relays through another server and tells what it cost.
#[derive(Parser)]
struct Arguments {
    peer: Peer,
    /// `host:port`
    address: String,
    /// The server's process on this machine.
    pid: u32,
    #[arg(long, default_value_t = 100)]
    viewers: usize,
    #[arg(long, default_value_t = 60_000)]
    bytes: usize,
    /// Pictures per second.
    #[arg(long, default_value_t = 10)]
    rate: u64,
    #[arg(long, default_value_t = 10)]
    seconds: u64,
}

#[derive(Clone, Copy, ValueEnum)]
enum Peer {
    Mosquitto,
    Socketio,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let arguments = Arguments::parse();
    let pictures = arguments.rate * arguments.seconds;
    let (is_ready, ready) = watch::channel(0_usize);
    let mut viewers = tokio::task::JoinSet::new();
    for _ in 0..arguments.viewers {
        let (address, peer, is_ready) = (arguments.address.clone(), arguments.peer, is_ready.clone());
        let bytes = arguments.bytes;
        viewers.spawn(async move {
            match peer {
                Peer::Mosquitto => mqtt::view(&address, bytes, pictures, &is_ready).await,
                Peer::Socketio => socketio::view(&address, bytes, pictures, &is_ready).await,
            }
        });
    }
    let mut everyone = ready;
    everyone.wait_for(|count| *count == arguments.viewers).await?;
    let before_us = cpu_us(arguments.pid)?;
    match arguments.peer {
        Peer::Mosquitto => mqtt::publish(&arguments, pictures).await?,
        Peer::Socketio => socketio::publish(&arguments, pictures).await?,
    }
    let mut delivered = 0;
    while let Some(viewer) = viewers.join_next().await {
        delivered += viewer??;
    }
    let used_us = cpu_us(arguments.pid)? - before_us;
    println!("{delivered} pictures of {} bytes delivered to {} viewers", arguments.bytes, arguments.viewers);
    println!("{:.1} µs of server CPU for each", used_us as f64 / delivered as f64);
    Ok(())
}

/// User and system time of a process; the kernel tells it in hundredths of a second.
fn cpu_us(pid: u32) -> Result<u64, Failure> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let after_name = stat.rsplit_once(") ").ok_or("stat has no name")?.1;
    let fields = after_name.split(' ').collect::<Vec<_>>();
    Ok((fields[11].parse::<u64>()? + fields[12].parse::<u64>()?) * 10_000)
}

fn pace(rate: u64) -> tokio::time::Interval {
    tokio::time::interval(Duration::from_micros(1_000_000 / rate.max(1)))
}

/// As much of MQTT 3.1.1 as a relay needs, QoS 0.
mod mqtt {
    use super::*;

    const TOPIC: &[u8] = b"f";

    fn packet(kind: u8, body: &[u8]) -> Vec<u8> {
        let mut packet = vec![kind];
        let mut left = body.len();
        loop {
            let more = left >> 7;
            packet.push((left & 0x7f) as u8 | if more > 0 { 0x80 } else { 0 });
            left = more;
            if left == 0 {
                break;
            }
        }
        packet.extend_from_slice(body);
        packet
    }

    async fn connect(address: &str) -> Result<TcpStream, Failure> {
        let mut socket = TcpStream::connect(address).await?;
        socket.set_nodelay(true)?;
        // Protocol "MQTT" 4, clean session, keep-alive off, no client id.
        let body = [&[0, 4][..], b"MQTT", &[4, 2, 0, 0, 0, 0]].concat();
        socket.write_all(&packet(0x10, &body)).await?;
        let mut answer = [0; 4];
        socket.read_exact(&mut answer).await?;
        if answer == [0x20, 2, 0, 0] { Ok(socket) } else { Err("refused".into()) }
    }

    pub async fn view(
        address: &str,
        bytes: usize,
        pictures: u64,
        is_ready: &watch::Sender<usize>,
    ) -> Result<u64, Failure> {
        let mut socket = connect(address).await?;
        let body = [&[0, 1, 0, TOPIC.len() as u8][..], TOPIC, &[0]].concat();
        socket.write_all(&packet(0x82, &body)).await?;
        let mut answer = [0; 5];
        socket.read_exact(&mut answer).await?;
        is_ready.send_modify(|count| *count += 1);
        let one = packet(0x30, &vec![0; 2 + TOPIC.len() + bytes]).len();
        let mut buffer = vec![0; one];
        for _ in 0..pictures {
            socket.read_exact(&mut buffer).await?;
        }
        Ok(pictures)
    }

    pub async fn publish(arguments: &Arguments, pictures: u64) -> Result<(), Failure> {
        let mut socket = connect(&arguments.address).await?;
        let body = [&[0, TOPIC.len() as u8][..], TOPIC, &vec![7; arguments.bytes]].concat();
        let packet = packet(0x30, &body);
        let mut ticks = pace(arguments.rate);
        for _ in 0..pictures {
            ticks.tick().await;
            socket.write_all(&packet).await?;
        }
        Ok(())
    }
}

/// As much of Engine.IO 4 and Socket.IO 5 as a relay needs.
mod socketio {
    use super::*;

    type Socket = tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<TcpStream>>;

    async fn connect(address: &str) -> Result<Socket, Failure> {
        let url = format!("ws://{address}/socket.io/?EIO=4&transport=websocket");
        let (mut socket, _) = tokio_tungstenite::connect_async(url).await?;
        socket.send(Message::text("40")).await?;
        loop {
            let heard = socket.next().await.ok_or("closed")??;
            if heard.is_text() && heard.to_text()?.starts_with("40") {
                return Ok(socket);
            }
        }
    }

    pub async fn view(
        address: &str,
        bytes: usize,
        pictures: u64,
        is_ready: &watch::Sender<usize>,
    ) -> Result<u64, Failure> {
        let mut socket = connect(address).await?;
        is_ready.send_modify(|count| *count += 1);
        let mut seen = 0;
        while seen < pictures {
            match socket.next().await.ok_or("closed")?? {
                Message::Binary(picture) if picture.len() == bytes => seen += 1,
                Message::Text(text) if text.as_str() == "2" => socket.send(Message::text("3")).await?,
                _ => {}
            }
        }
        Ok(seen)
    }

    pub async fn publish(arguments: &Arguments, pictures: u64) -> Result<(), Failure> {
        let mut socket = connect(&arguments.address).await?;
        let picture = bytes::Bytes::from(vec![7; arguments.bytes]);
        let mut ticks = pace(arguments.rate);
        for _ in 0..pictures {
            ticks.tick().await;
            socket.feed(Message::text(r#"451-["frame",{"_placeholder":true,"num":0}]"#)).await?;
            socket.send(Message::Binary(picture.clone())).await?;
        }
        Ok(())
    }
}
