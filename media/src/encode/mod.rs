//! The agent's side of pictures: a grabbed screen becomes what the wire takes, and a screenshot what the policy permits.
//!
//! [`Pixels`] is what systems grab. A [`TierEncoder`] remembers one tier of one display and encodes what is new of it: the wall
//! whole, the focus as changed tiles. [`screenshot`] blurs and encodes one picture for the record. What would be larger than
//! the hub takes is encoded worse, never cut and never left out. Nothing here reads a clock or a screen, so a picture can be
//! handed in from anywhere; memory is used again from picture to picture.

mod blur;
mod jpeg;
mod pixels;
mod scale;
mod screenshot;
mod tier;

pub use blur::blur;
pub use jpeg::EncodeError;
pub use pixels::Pixels;
pub use scale::{Scaler, fitting};
pub use screenshot::screenshot;
pub use tier::{Encoded, TierEncoder};
