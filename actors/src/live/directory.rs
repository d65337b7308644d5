//! Where a watched track is found.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use muster_media::live::HistoryConfig;
use muster_protocol::EmployeeId;

use super::LiveTrack;

/// The tracks that somebody watches or has just watched. A track lives as long as the employee's actor or a viewer holds
/// it, its pictures with it; the directory only knows it.
#[derive(Debug, Default)]
pub struct LiveTracks {
    known: Mutex<HashMap<EmployeeId, Vec<Known>>>,
    history: HistoryConfig,
}

#[derive(Debug)]
struct Known {
    number: u32,
    track: Weak<LiveTrack>,
}

impl LiveTracks {
    /// An empty directory.
    #[must_use]
    pub fn new(history: HistoryConfig) -> Self {
        Self { known: Mutex::default(), history }
    }

    /// The track, made if nobody holds it yet.
    #[must_use]
    pub fn open(self: &Arc<Self>, employee: &EmployeeId, track: u32) -> Arc<LiveTrack> {
        let mut known = self.lock();
        let tracks = known.entry(employee.clone()).or_default();
        if let Some(held) = held(tracks, track) {
            return held;
        }
        let made = Arc::new(LiveTrack::new(employee.clone(), track, self.history, Arc::downgrade(self)));
        tracks.push(Known { number: track, track: Arc::downgrade(&made) });
        metrics::gauge!("muster_live_tracks").increment(1);
        made
    }

    /// The track, if somebody holds it.
    #[must_use]
    pub fn find(&self, employee: &EmployeeId, track: u32) -> Option<Arc<LiveTrack>> {
        held(self.lock().get(employee)?, track)
    }

    /// Called by a track that nobody holds any more.
    pub(super) fn forget(&self, employee: &EmployeeId) {
        metrics::gauge!("muster_live_tracks").decrement(1);
        let mut known = self.lock();
        if let Some(tracks) = known.get_mut(employee) {
            tracks.retain(|known| known.track.strong_count() > 0);
            if tracks.is_empty() {
                known.remove(employee);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<EmployeeId, Vec<Known>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Does not touch the other tracks: to hold one and let go of it in here would be to forget it while the lock is held.
fn held(tracks: &[Known], number: u32) -> Option<Arc<LiveTrack>> {
    tracks.iter().filter(|known| known.number == number).find_map(|known| known.track.upgrade())
}
