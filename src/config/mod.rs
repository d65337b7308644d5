//! Configuration: a TOML file, then the environment (`MUSTER__SECTION__KEY`), then flags. Unknown keys are refused.
//!
//! [`Config`] is read once, checked, and handed down by value; nothing reads the environment afterwards.

mod duration;
mod live;
mod load;
mod tree;

pub use duration::HumanDuration;
pub use load::{ConfigError, Flags, load};
pub use tree::{Config, LogConfig, LogFormat, TlsConfig};
