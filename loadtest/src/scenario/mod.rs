//! Whole fleets, measured. Each scenario makes its people, connects them over the real door and says what it saw.

mod bytes;
mod crew;
mod fleet;
mod follow;
mod idle;
mod launch;
mod light;
mod presence;
mod storm;
mod wall;

pub use bytes::{BytesConfig, BytesReport, run_bytes};
pub use crew::{CrewConfig, SignInConfig};
pub use fleet::{FleetConfig, run_fleet};
pub use idle::{IdleConfig, IdleReport, run_idle};
pub use presence::{PresenceConfig, PresenceReport, run_presence};
pub use storm::{StormConfig, StormReport, run_storm};
pub use wall::{ClassReport, Comparison, SlowFrom, StretchReport, WallConfig, WallReport, run_wall};
