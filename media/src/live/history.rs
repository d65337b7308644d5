//! The history strip of a watched track: its last wall pictures, in memory only.

use std::collections::VecDeque;

use bytes::Bytes;
use muster_protocol::UtcMillis;

use super::newest::Picture;

/// The bounds of a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HistoryConfig {
    /// Pictures of one track. The strip promises the last 60: at the usual spacing, two minutes.
    pub entries_max: usize,
    /// Bytes of those pictures together: 60 of 12.8 KiB. The drawn desktop of `benches/live.rs` takes 13.5 KiB at the wall's
    /// usual quality; dense text takes more, then the strip is shorter.
    pub bytes_max: usize,
    /// From one entry to the next. The wall brings one a second, and neighbours that close look the same.
    pub spacing_ms: i64,
}

impl Default for HistoryConfig {
    fn default() -> Self {
        Self { entries_max: 60, bytes_max: 768 * 1024, spacing_ms: 2_000 }
    }
}

/// One picture of the strip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// From 1, strictly growing, never given twice by one history.
    pub id: u32,
    /// When it was captured, by the hub's clock.
    pub at: UtcMillis,
    /// In pixels.
    pub width: u16,
    /// In pixels.
    pub height: u16,
    /// Shared with the slot that it came from.
    pub jpeg: Bytes,
}

/// The last pictures of one track, oldest first.
#[derive(Clone, Debug)]
pub struct History {
    config: HistoryConfig,
    entries: VecDeque<HistoryEntry>,
    bytes_held: usize,
    last_id: u32,
}

impl History {
    #[must_use]
    pub const fn new(config: HistoryConfig) -> Self {
        Self { config, entries: VecDeque::new(), bytes_held: 0, last_id: 0 }
    }

    /// Takes in a wall picture, unless it comes too soon after the last or would not fit alone. Returns the id it was given.
    pub fn note(&mut self, picture: &Picture) -> Option<u32> {
        let HistoryConfig { entries_max, bytes_max, .. } = self.config;
        if picture.jpeg.len() > bytes_max || entries_max == 0 || self.is_too_soon(picture.captured_at) {
            return None;
        }
        while self.entries.len() >= entries_max || self.bytes_held + picture.jpeg.len() > bytes_max {
            let Some(oldest) = self.entries.pop_front() else { break };
            self.bytes_held -= oldest.jpeg.len();
        }
        self.last_id += 1;
        self.bytes_held += picture.jpeg.len();
        self.entries.push_back(HistoryEntry {
            id: self.last_id,
            at: picture.captured_at,
            width: picture.width,
            height: picture.height,
            jpeg: picture.jpeg.clone(),
        });
        Some(self.last_id)
    }

    /// A picture that is noted twice comes too soon after itself. One that is earlier than the last does not: the hub's
    /// clock was set back, and the strip goes on.
    fn is_too_soon(&self, at: UtcMillis) -> bool {
        self.entries.back().is_some_and(|last| (0..self.config.spacing_ms.max(1)).contains(&at.since(last.at)))
    }

    /// Forgets all pictures. Ids are not given again.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.bytes_held = 0;
    }

    /// All entries, oldest first.
    pub fn entries(&self) -> impl Iterator<Item = &HistoryEntry> {
        self.entries.iter()
    }

    /// The entry of this id, as long as it is kept.
    #[must_use]
    pub fn get(&self, id: u32) -> Option<&HistoryEntry> {
        let found = self.entries.binary_search_by_key(&id, |entry| entry.id).ok()?;
        self.entries.get(found)
    }

    /// Bytes of all pictures in here; those that a slot still holds are counted there too.
    #[must_use]
    pub const fn bytes_held(&self) -> usize {
        self.bytes_held
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(captured_at_ms: i64, bytes: usize) -> Picture {
        let at = UtcMillis(captured_at_ms);
        let jpeg = Bytes::from(vec![7; bytes]);
        Picture { seq: 1, captured_at: at, confirmed_at: at, width: 480, height: 270, jpeg }
    }

    fn ids(history: &History) -> Vec<u32> {
        history.entries().map(|entry| entry.id).collect()
    }

    #[test]
    fn it_keeps_the_last_sixty() {
        let mut history = History::new(HistoryConfig::default());
        for number in 1..=100 {
            assert_eq!(history.note(&picture(i64::from(number) * 2_000, 1_000)), Some(number));
        }
        assert_eq!(ids(&history), (41..=100).collect::<Vec<_>>());
        assert_eq!(history.bytes_held(), 60_000);
        assert_eq!(history.get(40), None);
        assert_eq!(history.get(41).map(|entry| entry.at), Some(UtcMillis(82_000)));
    }

    #[test]
    fn large_pictures_make_it_shorter() {
        let mut history = History::new(HistoryConfig { bytes_max: 1_000, ..HistoryConfig::default() });
        for (number, bytes) in [(1, 400), (2, 400), (3, 400), (4, 100)] {
            assert_eq!(history.note(&picture(number * 2_000, bytes)), Some(number as u32));
        }
        assert_eq!((ids(&history), history.bytes_held()), (vec![2, 3, 4], 900));
        assert_eq!(history.note(&picture(20_000, 1_001)), None, "it would not fit alone");
        assert_eq!(ids(&history), vec![2, 3, 4]);
        assert_eq!(history.note(&picture(20_000, 1_000)), Some(5));
        assert_eq!(ids(&history), vec![5]);
    }

    #[test]
    fn neighbours_keep_their_distance() {
        let mut history = History::new(HistoryConfig::default());
        assert_eq!(history.note(&picture(10_000, 1)), Some(1));
        assert_eq!(history.note(&picture(10_000, 1)), None, "the same once more");
        assert_eq!(history.note(&picture(11_999, 1)), None);
        assert_eq!(history.note(&picture(12_000, 1)), Some(2));
        assert_eq!(history.note(&picture(5_000, 1)), Some(3), "the clock was set back");
    }

    #[test]
    fn a_picture_is_shared_and_not_copied() {
        let mut history = History::new(HistoryConfig::default());
        let noted = picture(0, 5_000);
        let id = history.note(&noted).unwrap();
        assert_eq!(history.get(id).unwrap().jpeg.as_ptr(), noted.jpeg.as_ptr());
    }
}
