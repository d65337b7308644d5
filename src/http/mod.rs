//! The portal door's REST side. The only part of the program that knows status codes.

pub mod audit;
pub mod changes;
pub mod cookies;
pub mod error;
pub mod export;
pub mod extract;
pub mod headers;
pub mod id;
pub mod leases;
pub mod names;
pub mod openapi;
pub mod page;
pub mod portal_files;
pub mod request_id;
mod router;
pub mod routes;
pub mod span;
pub mod view;
pub mod whom;
pub mod words;

pub use router::configure;
