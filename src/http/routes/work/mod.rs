//! `/api/work`: the work session of the caller, and the hours of those the caller may see.

pub mod corrections;
mod hours;
pub mod reports;
mod rows;
pub mod session;

pub use hours::Hours;
