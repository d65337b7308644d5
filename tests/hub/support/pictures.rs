//! Real pictures.

use muster_loadtest::desktop::{Desktop, Sight};
use muster_protocol::UtcMillis;

/// A drawn desktop as a JPEG, different for each seed.
pub fn jpeg(seed: u64) -> Vec<u8> {
    let sight = Sight::live(UtcMillis(1_795_000_000_000));
    Desktop::new(seed, "Test Person".into()).render(640, &sight, Vec::new()).to_jpeg(70).unwrap().to_vec()
}
