//! Watches without a socket: a script asks for one, and it runs out by itself.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use muster_actors::live::Viewing;
use muster_actors::{Hub, Person};
use muster_domain::watch::ViewerId;
use muster_domain::{MonoMillis, Now};
use muster_protocol::limits::WATCHED_TRACKS_MAX;
use muster_protocol::portal::{Tier, WatchTrack};
use muster_protocol::{EmployeeId, UtcMillis};

use super::view::may_watch;

/// The watches of all scripts together.
const LEASES_MAX: usize = 4_096;

/// What is watched, by whom.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    watcher: EmployeeId,
    employee: EmployeeId,
    track: u32,
}

struct Lease {
    viewing: Viewing,
    tier: Tier,
    until: MonoMillis,
}

/// There are too many watches already.
#[derive(Debug)]
pub struct NoRoom;

/// See the module's page.
#[derive(Default)]
pub struct Leases {
    open: Mutex<HashMap<Key, Lease>>,
}

impl Leases {
    /// `watcher` watches the track for `lasts_ms` from now on. A watch that is there is prolonged, never shortened, and keeps
    /// its tier unless another one is asked for. Returns when it runs out. The caller has checked that the watcher may.
    pub fn watch(
        &self,
        hub: &Arc<Hub>,
        watcher: &Person,
        (employee, track, tier): (&EmployeeId, u32, Option<Tier>),
        lasts_ms: u64,
        now: Now,
    ) -> Result<UtcMillis, NoRoom> {
        let key = Key { watcher: watcher.id().clone(), employee: employee.clone(), track };
        let mut open = self.lock();
        let of_watcher = open.keys().filter(|key| key.watcher == *watcher.id()).count();
        let has_room = open.len() < LEASES_MAX && of_watcher < WATCHED_TRACKS_MAX;
        if !open.contains_key(&key) && !has_room {
            return Err(NoRoom);
        }
        let lease = open.entry(key).or_insert_with(|| {
            let viewing = Viewing::new(hub.clone(), ViewerId(hub.next_link().0), watcher.id().clone(), Arc::default());
            Lease { viewing, tier: Tier::Wall, until: now.mono }
        });
        lease.tier = tier.unwrap_or(lease.tier);
        lease.until = lease.until.max(now.mono.plus(lasts_ms));
        let wanted = WatchTrack { employee: employee.clone(), track, tier: lease.tier };
        lease.viewing.watch(vec![wanted], None, |_| true);
        let left_ms = i64::try_from(lease.until.since(now.mono)).unwrap_or(i64::MAX);
        Ok(now.wall.plus(left_ms))
    }

    /// `watcher` watches the track no more. Returns whether there was such a watch.
    pub fn stop(&self, watcher: &EmployeeId, employee: &EmployeeId, track: u32) -> bool {
        let key = Key { watcher: watcher.clone(), employee: employee.clone(), track };
        let lease = self.lock().remove(&key);
        lease.map(|mut lease| lease.viewing.leave()).is_some()
    }

    /// Ends what has run out or is not permitted any more. Called every second.
    pub fn sweep(&self, hub: &Hub, now: MonoMillis) {
        self.lock().retain(|key, lease| {
            let watcher = hub.people.get(&key.watcher).filter(|watcher| watcher.row().active);
            let is_permitted = watcher.is_some_and(|watcher| may_watch(hub, &watcher)(&key.employee));
            let stays = lease.until > now && is_permitted;
            match stays {
                true => lease.viewing.review(|_| true),
                false => lease.viewing.leave(),
            }
            stays
        });
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Lease>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
