//! Where a watched track is found.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
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
    /// Pictures since the last [`LiveTracks::close_second`], and in the second before it.
    frames: AtomicU64,
    frames_last_second: AtomicU64,
}

/// What live view does at the moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LiveUse {
    /// Tracks that somebody watches or has just watched.
    pub tracks: usize,
    /// Pages and scripts that watch any of them.
    pub viewers: usize,
    /// Pictures that agents sent within the last second, signs that one still holds included.
    pub frames_per_second: u64,
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
        Self { history, ..Self::default() }
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

    /// What is going on.
    #[must_use]
    pub fn in_use(&self) -> LiveUse {
        // Held outside of the lock: the last to let go of a track takes it to forget it.
        let tracks = self.lock().values().flatten().filter_map(|known| known.track.upgrade()).collect::<Vec<_>>();
        let viewers = tracks.iter().flat_map(|track| track.viewers()).collect::<HashSet<_>>();
        LiveUse {
            tracks: tracks.len(),
            viewers: viewers.len(),
            frames_per_second: self.frames_last_second.load(Ordering::Relaxed),
        }
    }

    /// Called every second: the count of pictures begins anew.
    pub fn close_second(&self) {
        self.frames_last_second.store(self.frames.swap(0, Ordering::Relaxed), Ordering::Relaxed);
    }

    /// Counts a picture.
    pub(super) fn note_frame(&self) {
        self.frames.fetch_add(1, Ordering::Relaxed);
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
