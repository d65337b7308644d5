//! `/api/uploads`: screenshots in, lists and pictures out.

mod form;
mod instant;
pub mod list;
pub mod picture;
pub mod receive;
pub mod wish;

pub use list::Upload;
