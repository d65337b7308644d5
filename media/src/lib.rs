//! Muster's pictures: what they claim to be, whether that is true, how they look small, which look alike, and which is the
//! newest of a live track.
//!
//! This crate is floor 2. It must never know where a picture is stored, who may see it or which socket it came from: bytes
//! go in, facts come out. Nothing here waits or reads a clock, but decoding costs milliseconds of CPU and megabytes of
//! memory, so callers run [`examine`] on a bounded blocking pool and [`inspect`] (header bytes only) before they get there.
//!
//! Start reading at [`examine`] (everything that happens to an uploaded screenshot), then [`picture`] (what is accepted),
//! then [`fingerprint`] (when two pictures count as the same). Live view is [`live`]: pictures that pass through without being
//! decoded. Its slots belong to whoever holds them: no clock, no lock and no socket is in here, moments are handed in.
//! [`encode`] is the agent's side: from grabbed pixels to what the wire takes.

pub mod decode;
pub mod encode;
pub mod examine;
pub mod fingerprint;
mod header;
pub mod live;
pub mod picture;
pub mod thumbnail;

pub use decode::decode;
pub use examine::{Examined, examine};
pub use fingerprint::{Fingerprint, fingerprint};
pub use picture::{PictureError, PictureFormat, PictureInfo, inspect};
pub use thumbnail::thumbnail;
