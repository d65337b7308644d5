//! Who somebody is: passwords, access and refresh tokens, device tokens, tickets, and how often one may try.
//!
//! What somebody may do is decided in `muster-domain`'s `permission`; which request carries which credentials, in
//! `http/extract`.

pub mod access;
pub mod device;
pub mod devices;
pub mod limits;
pub mod password;
pub mod refresh;
pub mod revocations;
pub mod secrets;
pub mod setup;
pub mod tickets;

pub use access::{AccessTokens, TokenError};
pub use devices::Devices;
pub use limits::RateLimits;
pub use password::Passwords;
pub use revocations::Revocations;
pub use tickets::Tickets;
