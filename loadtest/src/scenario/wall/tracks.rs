//! Which tracks the people of a wall have. A hub numbers the displays of a person's devices, so only it knows.

use std::collections::HashMap;
use std::time::Duration;

use muster_protocol::EmployeeId;
use muster_protocol::portal::{Scope, TrackRef};
use muster_protocol::presence::PresenceEntry;

use super::super::follow::{Followed, PresenceFollower};
use crate::client::RestClient;
use crate::clock::Clock;
use crate::error::LoadtestError;
use crate::viewer::{Arrival, PortalViewer, ViewerConfig};

/// The first track of each of `people`, in their order; waits up to `within_ms` for all to have one, as the portal sees them.
/// Whoever has none by then gets the number of a first device.
pub(super) async fn tracks_of(
    rest: &RestClient,
    clock: Clock,
    people: &[EmployeeId],
    within_ms: u64,
) -> Result<Vec<TrackRef>, LoadtestError> {
    let mut viewer = PortalViewer::open(rest, ViewerConfig::fast(clock)).await?;
    viewer.subscribe(Scope::All).await?;
    let mut known = KnownTracks::of(people);
    let learning = async {
        let mut follower = PresenceFollower::default();
        while known.missing > 0 {
            let Arrival::Message(message) = viewer.next().await? else { continue };
            match follower.take(message) {
                Followed::Entries(entries) => known.learn(&entries),
                Followed::Gap => viewer.subscribe(Scope::All).await?,
                Followed::Other(_) | Followed::Old => {}
            }
        }
        Ok::<(), LoadtestError>(())
    };
    match tokio::time::timeout(Duration::from_millis(within_ms), learning).await {
        Ok(Err(error)) => return Err(error),
        Ok(Ok(())) => {}
        Err(_) => eprintln!("{} people have no track that can be watched", known.missing),
    }
    let track_of = |employee: &EmployeeId| known.tracks.get(employee).copied().flatten().unwrap_or_default();
    Ok(people.iter().map(|employee| TrackRef { employee: employee.clone(), track: track_of(employee) }).collect())
}

/// What is known so far.
struct KnownTracks {
    tracks: HashMap<EmployeeId, Option<u32>>,
    missing: usize,
}

impl KnownTracks {
    fn of(people: &[EmployeeId]) -> Self {
        let tracks: HashMap<_, _> = people.iter().map(|employee| (employee.clone(), None)).collect();
        Self { missing: tracks.len(), tracks }
    }

    fn learn(&mut self, entries: &[PresenceEntry]) {
        for entry in entries {
            let (Some(track), Some(first)) = (self.tracks.get_mut(&entry.employee), entry.tracks.first()) else {
                continue;
            };
            if track.replace(*first).is_none() {
                self.missing -= 1;
            }
        }
    }
}
