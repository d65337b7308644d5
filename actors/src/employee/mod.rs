//! One actor for each person who is known to be online: presence, timer, work session, and the sockets of the person's
//! devices.
//!
//! A beat is one message and writes two integers. Everything else happens when something changes.

mod actor;
mod desk;
mod events;
mod live;
mod messages;
mod sessions;
mod work;

pub use actor::EmployeeActor;
pub use desk::{WorkError, WorkView};
pub use messages::{
    AgentEvents, Bye, Connect, ConnectedDevice, ConnectedDevices, Disconnect, EndSessions, Logout, Panic, PauseCapture,
    Request, SetStatus, SetWatch, Tell, Touch, Voice, Wanted, Work, WorkNow, WorkRequest,
};
