//! Numbers of displays that stay while they are plugged in. Pure.

use std::collections::BTreeMap;

use muster_protocol::limits::DISPLAYS_MAX;

/// Which number each display has, by the name of its connector.
#[derive(Clone, Debug, Default)]
pub(super) struct Tracks {
    by_name: BTreeMap<String, u32>,
}

impl Tracks {
    /// Numbers the displays that are plugged in now: those that were keep theirs, new ones get the lowest that is free. As
    /// many as the wire takes.
    pub fn number(&mut self, names: &[String]) -> Vec<u32> {
        self.by_name.retain(|name, _| names.contains(name));
        for name in names.iter().take(DISPLAYS_MAX) {
            if !self.by_name.contains_key(name) {
                let is_taken = |track: &u32| self.by_name.values().any(|taken| taken == track);
                let free = (0..).find(|track| !is_taken(track)).unwrap_or_default();
                self.by_name.insert(name.clone(), free);
            }
        }
        names.iter().take(DISPLAYS_MAX).map(|name| self.by_name[name]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(tracks: &mut Tracks, names: &[&str]) -> Vec<u32> {
        tracks.number(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_display_keeps_its_number_and_a_new_one_gets_a_free_one() {
        let mut tracks = Tracks::default();
        assert_eq!(number(&mut tracks, &["eDP-1", "HDMI-1"]), [0, 1]);
        assert_eq!(number(&mut tracks, &["HDMI-1", "eDP-1"]), [1, 0], "their order says nothing");
        assert_eq!(number(&mut tracks, &["HDMI-1"]), [1]);
        assert_eq!(number(&mut tracks, &["HDMI-1", "DP-3"]), [1, 0]);
        assert_eq!(number(&mut tracks, &["eDP-1", "HDMI-1", "DP-3"]), [2, 1, 0]);
        assert_eq!(number(&mut tracks, &[]), [0; 0]);
    }

    #[test]
    fn there_are_never_more_than_the_wire_takes() {
        let names: Vec<String> = (0..20).map(|n| format!("DP-{n}")).collect();
        let numbered = Tracks::default().number(&names);
        assert_eq!(numbered, (0..DISPLAYS_MAX as u32).collect::<Vec<_>>());
    }
}
