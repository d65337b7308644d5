//! The wire as a promise: `golden/` holds one document per message, and both directions must agree with it.
//!
//! A changed golden file is a changed protocol. `UPDATE_GOLDEN=1 cargo test -p muster-protocol` rewrites them; the reviewer
//! reads the difference as what programs in other languages will see.

#![allow(clippy::unwrap_used, reason = "a document that is not there is the failure of the test")]

mod agent;
mod documented;
mod golden;
mod portal;
mod refusal;
mod tolerance;
