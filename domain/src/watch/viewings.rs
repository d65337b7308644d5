//! Viewings: the record that somebody watched, one for each stretch that a person would call one.

use muster_protocol::{EmployeeId, UtcMillis};

use crate::{MonoMillis, Now};

/// The beginning of a viewing: to be written, and shown to the person who is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedViewing<Id> {
    pub id: Id,
    pub watcher: EmployeeId,
    pub track: u32,
    pub from: UtcMillis,
}

/// The end of a viewing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedViewing<Id> {
    pub id: Id,
    pub from: UtcMillis,
    pub to: UtcMillis,
}

/// The viewings of one employee's tracks that go on. Somebody who watches a track twice (two pages) has one viewing of it;
/// who looks away for a moment (scrolls the wall) and comes back has one as well. Ids are made by the caller.
#[derive(Clone, Debug)]
pub struct ViewingBook<Id> {
    linger_ms: u64,
    open: Vec<Open<Id>>,
}

#[derive(Clone, Debug)]
struct Open<Id> {
    viewing: OpenedViewing<Id>,
    watches: u32,
    /// Nobody of this watcher's pages watches any more: since when, and when that is final.
    left: Option<(UtcMillis, MonoMillis)>,
}

impl<Id: Copy + PartialEq> ViewingBook<Id> {
    #[must_use]
    pub const fn new(linger_ms: u64) -> Self {
        Self { linger_ms, open: Vec::new() }
    }

    /// A watch of `track` by `watcher` began. Returns the viewing that it opens, with `id`, unless it continues one.
    pub fn began(&mut self, watcher: &EmployeeId, track: u32, id: Id, now: Now) -> Option<OpenedViewing<Id>> {
        if let Some(open) = self.find(watcher, track) {
            open.watches += 1;
            open.left = None;
            return None;
        }
        let viewing = OpenedViewing { id, watcher: watcher.clone(), track, from: now.wall };
        self.open.push(Open { viewing: viewing.clone(), watches: 1, left: None });
        Some(viewing)
    }

    /// A watch of `track` by `watcher` ended.
    pub fn ended(&mut self, watcher: &EmployeeId, track: u32, now: Now) {
        let due = now.mono.plus(self.linger_ms);
        let Some(open) = self.find(watcher, track) else { return };
        open.watches = open.watches.saturating_sub(1);
        if open.watches == 0 {
            open.left = Some((now.wall.max(open.viewing.from), due));
        }
    }

    /// The timer fired: the viewings that are over. They ended when the last watch did, not now.
    pub fn wake(&mut self, now: MonoMillis) -> Vec<ClosedViewing<Id>> {
        let is_over = |open: &Open<Id>| open.left.filter(|(_, due)| *due <= now).map(|(to, _)| to);
        let closed = |open: &Open<Id>| {
            is_over(open).map(|to| ClosedViewing { id: open.viewing.id, from: open.viewing.from, to })
        };
        let over = self.open.iter().filter_map(closed).collect();
        self.open.retain(|open| is_over(open).is_none());
        over
    }

    /// When [`Self::wake`] has something to do.
    #[must_use]
    pub fn next_deadline(&self) -> Option<MonoMillis> {
        self.open.iter().filter_map(|open| open.left.map(|(_, due)| due)).min()
    }

    /// The viewings of those who watch this moment.
    pub fn watching(&self) -> impl Iterator<Item = &OpenedViewing<Id>> {
        self.open.iter().filter(|open| open.left.is_none()).map(|open| &open.viewing)
    }

    /// Whether nothing is open and nothing lingers.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    fn find(&mut self, watcher: &EmployeeId, track: u32) -> Option<&mut Open<Id>> {
        self.open.iter_mut().find(|open| open.viewing.track == track && open.viewing.watcher == *watcher)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: u64) -> Now {
        Now { mono: MonoMillis(ms), wall: UtcMillis(1_000_000 + i64::try_from(ms).unwrap()) }
    }

    fn mia() -> EmployeeId {
        EmployeeId::new("MIA").unwrap()
    }

    #[test]
    fn two_pages_of_one_person_are_one_viewing() {
        let mut book = ViewingBook::new(5_000);
        assert_eq!(book.began(&mia(), 0, 1, at(0)).unwrap().from, at(0).wall);
        assert_eq!(book.began(&mia(), 0, 2, at(100)), None);
        book.ended(&mia(), 0, at(200));
        assert_eq!((book.watching().count(), book.next_deadline()), (1, None));
        book.ended(&mia(), 0, at(300));
        assert_eq!((book.watching().count(), book.next_deadline()), (0, Some(MonoMillis(5_300))));
        assert_eq!(book.wake(MonoMillis(5_299)), []);
        assert_eq!(book.wake(MonoMillis(5_300)), [ClosedViewing { id: 1, from: at(0).wall, to: at(300).wall }]);
        assert!(book.is_empty());
    }

    #[test]
    fn who_comes_back_soon_goes_on_with_the_same_viewing() {
        let mut book = ViewingBook::new(5_000);
        book.began(&mia(), 0, 1, at(0));
        book.ended(&mia(), 0, at(1_000));
        assert_eq!(book.began(&mia(), 0, 2, at(4_000)), None);
        assert_eq!(book.wake(MonoMillis(60_000)), []);
        book.ended(&mia(), 0, at(61_000));
        assert_eq!(book.wake(MonoMillis(66_000))[0].to, at(61_000).wall);
        assert_eq!(book.began(&mia(), 0, 3, at(70_000)).unwrap().id, 3);
    }

    #[test]
    fn each_track_and_each_person_has_its_own() {
        let mut book = ViewingBook::new(5_000);
        let ben = EmployeeId::new("BEN").unwrap();
        for (id, (who, track)) in [(mia(), 0), (mia(), 1), (ben.clone(), 0)].into_iter().enumerate() {
            assert!(book.began(&who, track, id, at(0)).is_some());
        }
        book.ended(&mia(), 0, at(10));
        let watching = book.watching().map(|viewing| (viewing.watcher.clone(), viewing.track)).collect::<Vec<_>>();
        assert_eq!(watching, [(mia(), 1), (ben, 0)]);
    }

    #[test]
    fn an_end_without_a_beginning_and_a_clock_that_goes_back_do_no_harm() {
        let mut book = ViewingBook::new(0);
        book.ended(&mia(), 0, at(0));
        assert!(book.is_empty());
        book.began(&mia(), 0, 1, at(50));
        book.ended(&mia(), 0, Now { mono: MonoMillis(60), wall: UtcMillis(5) });
        assert_eq!(book.wake(MonoMillis(60))[0].to, at(50).wall);
    }
}
