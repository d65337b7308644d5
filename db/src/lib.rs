//! Everything that outlives the hub: rows in SurrealDB, encrypted pictures in an object store.
//!
//! This crate is floor 2, and the only one that says `surrealdb`. It must never know an actor, a socket or a status
//! code, and it decides no rule: it stores what the domain decided and finds it again by keys that are made for the
//! reads. It reads no clock; every instant is handed in (only the lock of a migration asks the database for the time).
//!
//! Start reading at [`Database`] (the connection), then [`Write`] and [`Database::commit`] (what the journal batches),
//! then any store, [`work`] for example. Tables and their keys are in `migrations/`. [`BlobStore`] is the other half.

pub mod agent_events;
pub mod alerts;
pub mod audit;
pub mod blobs;
mod codec;
mod commit;
mod config;
pub mod corrections;
mod crypto;
mod database;
mod deletion;
pub mod devices;
pub mod draft_blobs;
mod durable;
mod error;
mod folder;
pub mod invitations;
mod keyring;
mod keys;
mod migrations;
pub mod notices;
pub mod organization;
mod page;
pub mod people;
pub mod policy;
pub mod presence;
pub mod receipts;
pub mod screenshots;
mod script;
pub mod setup;
pub mod teams;
mod timeline;
mod token_hash;
pub mod tokens;
pub mod viewings;
pub mod work;
mod write;

pub use agent_events::{AgentEventKind, AgentEventRow};
pub use alerts::{AlertRow, AlertSettingsRow};
pub use audit::{AuditEntry, AuditFilter};
pub use blobs::{BlobConfig, BlobError, BlobId, BlobStore};
pub use config::{Credentials, DatabaseConfig};
pub use corrections::CorrectionRow;
pub use database::Database;
#[doc(hidden)]
pub use database::PretendedAbsence;
pub use deletion::DELETED_PER_CALL_MAX;
pub use devices::{DeviceRow, EnrolmentRow, NewDevice};
pub use error::{DbError, Existing};
pub use folder::DataFolder;
pub use invitations::InvitationRow;
pub use keyring::MasterKey;
pub use migrations::SCHEMA_VERSION;
pub use muster_domain::WorkingHours;
pub use notices::{AcknowledgementRow, AcknowledgementSource, NoticeRow};
pub use organization::{OrganizationRow, RetentionDays};
pub use page::{Cursor, CursorError, Page, Whose};
pub use people::{NewPerson, PersonPatch, PersonRow};
pub use policy::{NewPolicy, PolicyRow, PolicyScope};
pub use presence::{PresenceChangeRow, PresenceRow};
pub use receipts::{ChainHead, DeletionReason, ReceiptRow};
pub use screenshots::ScreenshotRow;
pub use teams::TeamRow;
pub use token_hash::TokenHash;
pub use tokens::{NewTokenFamily, RotateToken, Rotation};
pub use viewings::ViewingRow;
pub use work::{EmployeeSessions, OpenSession};
pub use write::{PresenceChanged, Write};
