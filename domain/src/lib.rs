//! Muster's rules, pure: presence, work time, policy, permissions, watch leases, the viewer's window.
//!
//! This crate is floor 1. It must never know a clock, a socket, a database or an actor: every machine takes `now` and
//! returns effects and its next deadline; every report is a function of rows. So each rule is tested as a table, and the
//! promises (hours that are the same under any order of delivery) as properties in `tests/`.
//!
//! Start reading at [`presence`] (who is here), then [`work`] (how long), then [`permission`] (who may see it).

pub mod notice;
pub mod permission;
pub mod policy;
pub mod presence;
pub mod time;
pub mod version;
pub mod watch;
pub mod window;
pub mod work;

pub use permission::{Capability, Principal, Role};
pub use time::{MonoMillis, Now, Span, Zone};
pub use version::Version;
