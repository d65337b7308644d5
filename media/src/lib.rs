//! Muster's pictures: what they claim to be, whether that is true, how they look small, and which look alike.
//!
//! This crate is floor 2. It must never know where a picture is stored, who may see it or which socket it came from: bytes
//! go in, facts come out. Nothing here waits or reads a clock, but decoding costs milliseconds of CPU and megabytes of
//! memory, so callers run [`examine`] on a bounded blocking pool and [`inspect`] (header bytes only) before they get there.
//!
//! Start reading at [`examine`] (everything that happens to an uploaded screenshot), then [`picture`] (what is accepted),
//! then [`fingerprint`] (when two pictures count as the same).

pub mod decode;
pub mod examine;
pub mod fingerprint;
mod header;
pub mod picture;
pub mod thumbnail;

pub use decode::decode;
pub use examine::{Examined, examine};
pub use fingerprint::{Fingerprint, fingerprint};
pub use picture::{PictureError, PictureFormat, PictureInfo, inspect};
pub use thumbnail::thumbnail;
