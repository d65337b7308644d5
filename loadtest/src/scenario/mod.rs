//! Whole fleets, measured. Each scenario makes its people, connects them over the real door and says what it saw.
//! `seed` measures nothing: it fills a hub with a past.

mod bytes;
mod crew;
mod fleet;
mod follow;
mod idle;
mod launch;
mod light;
mod presence;
mod seed;
mod storm;
mod wall;

pub use bytes::{BytesConfig, BytesReport, run_bytes};
pub use crew::{CrewConfig, SignInConfig};
pub use fleet::{FleetConfig, run_fleet};
pub use idle::{IdleConfig, IdleReport, run_idle};
pub use presence::{PresenceConfig, PresenceReport, run_presence};
pub use seed::{SeedConfig, SeedReport, SignIn, run_seed};
pub use storm::{StormConfig, StormReport, run_storm};
pub use wall::{ClassReport, Comparison, SlowFrom, StretchReport, WallConfig, WallReport, run_wall};
