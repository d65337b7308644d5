//! Muster's actors: thin shells that give the pure machines of `muster-domain` a mailbox, a timer and a place to write.
//!
//! This crate is floor 3. It must never know HTTP, a socket or a picture: sessions push and pull plain messages, and
//! picture bytes do not travel through mailboxes.
//!
//! Start reading at [`Hub`] (what there is and how it starts), then [`employee`] (one actor per person), [`roster`] (the
//! read side that screens subscribe to) and [`journal`] (the only way a change becomes durable).

mod checkpoint;
pub mod clock;
pub mod employee;
pub mod hub;
pub mod janitor;
pub mod journal;
pub mod keeper;
pub mod live;
pub mod outbox;
pub mod people;
pub mod policies;
pub mod portal_outbox;
pub mod roster;

pub use clock::Clock;
pub use hub::{Hub, HubConfig, HubError};
pub use journal::JournalError;
pub use outbox::Outbox;
pub use people::{People, Person};
pub use portal_outbox::PortalOutbox;
