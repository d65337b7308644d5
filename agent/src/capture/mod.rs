//! The capture thread: takes pictures while somebody watches, and a screenshot when one is due. It decides nothing about
//! permission: whoever orders has looked at the notice, the policy and the work state.
//!
//! Start reading at [`spawn`]: orders go in by [`Orders`] (a later one replaces an earlier one), reports come out of a bounded
//! channel. `pace` says when to look, `screen` keeps an unchanged display from being grabbed, `frames` turns a look into a message,
//! and `trouble` says a failure once.

mod frames;
mod orders;
mod pace;
mod screen;
mod thread;
mod trouble;

pub use orders::Orders;
pub use thread::spawn;

use bytes::Bytes;
use muster_protocol::UtcMillis;
use muster_protocol::agent::{Display, Watch};
use muster_protocol::ids::ScreenshotId;
use muster_protocol::policy::Blur;

use crate::platform::CaptureError;

/// What the thread is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Order {
    /// A socket opened: sequence numbers begin anew and nothing is watched.
    Begin,
    Watch(Watch),
    Unwatch {
        track: u32,
    },
    /// The hub took this picture: the next one may be taken.
    Got {
        track: u32,
        seq: u32,
    },
    /// The displays are wanted as they are now: answered with `Displays`.
    Displays,
    /// One picture of each display, for the record, whether or not anything is watched. Answered with one `Screenshot` per
    /// display; a failure is reported as `Failed`, unless it is known already.
    Screenshot {
        blur: Blur,
    },
    /// The socket is gone, or capture is not allowed any more: nothing is watched. Sequence numbers go on.
    Halt,
}

/// What the thread says.
#[derive(Clone, Debug, PartialEq)]
pub enum Report {
    /// The displays: at the start, when they were asked for, and when a look found others.
    Displays(Vec<Display>),
    /// A whole binary message for the socket.
    Frame {
        track: u32,
        seq: u32,
        message: Bytes,
    },
    /// The picture of `seq` still holds.
    Same {
        track: u32,
        seq: u32,
    },
    Screenshot(Shot),
    /// Said once when it begins to fail, and again only for another reason or after it worked.
    Failed {
        reason: CaptureError,
    },
    /// Everything that is wanted works again.
    Recovered,
}

/// A screenshot, encoded and blurred.
#[derive(Clone, Debug, PartialEq)]
pub struct Shot {
    pub id: ScreenshotId,
    pub taken_at: UtcMillis,
    pub track: u32,
    pub jpeg: Bytes,
}
