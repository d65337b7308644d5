//! What a handler may take: a checked body, the caller, a permission. State is reached only through the last two.

mod body;
mod caller;
mod open;
mod permit;

pub use body::{Body, Query, Validate, check, parse};
pub use caller::{Caller, Credentials, origin_is_allowed};
pub use open::Open;
pub use permit::{Needs, Permit, needs};
