//! What a viewer has not been sent yet: a set of tracks, never a queue of pictures.

use std::collections::VecDeque;

/// The focused track is sent so often before a waiting tile of the wall gets its turn.
const FOCUS_TURNS: u32 = 4;

/// The tracks of one viewer that have something newer than what it was sent, in the order of their turns. A track is in it
/// once, however many pictures came: that is why a slow viewer sees the newest one and costs no memory.
#[derive(Clone, Debug, Default)]
pub struct DirtySet {
    focus: VecDeque<u32>,
    wall: VecDeque<u32>,
    /// How often the focus was served since the wall had its turn.
    focus_turns: u32,
}

/// Whose turn weighs more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The enlarged track: four turns for each of the others together.
    Focus,
    Background,
}

impl DirtySet {
    /// Something newer came for `number`. Returns whether it was clean before.
    pub fn mark(&mut self, number: u32, weight: Weight) -> bool {
        let lane = match weight {
            Weight::Focus => &mut self.focus,
            Weight::Background => &mut self.wall,
        };
        let is_new = !lane.contains(&number);
        if is_new {
            lane.push_back(number);
        }
        is_new
    }

    /// The track whose turn it is; it is clean from now on.
    pub fn pop(&mut self) -> Option<u32> {
        let is_walls_turn = self.focus_turns >= FOCUS_TURNS && !self.wall.is_empty();
        if !is_walls_turn && let Some(number) = self.focus.pop_front() {
            self.focus_turns += 1;
            return Some(number);
        }
        self.focus_turns = 0;
        self.wall.pop_front()
    }

    /// Nobody watches `number` any more.
    pub fn forget(&mut self, number: u32) {
        self.focus.retain(|dirty| *dirty != number);
        self.wall.retain(|dirty| *dirty != number);
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.focus.is_empty() && self.wall.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_track_is_dirty_once_and_keeps_its_turn() {
        let mut dirty = DirtySet::default();
        assert!(dirty.mark(1, Weight::Background));
        assert!(dirty.mark(2, Weight::Background));
        assert!(!dirty.mark(1, Weight::Background));
        assert_eq!([dirty.pop(), dirty.pop(), dirty.pop()], [Some(1), Some(2), None]);
        assert!(dirty.mark(1, Weight::Background), "clean since it was taken");
    }

    #[test]
    fn the_focus_has_four_turns_for_one_of_the_wall() {
        let mut dirty = DirtySet::default();
        let mut turns = Vec::new();
        for _ in 0..10 {
            dirty.mark(9, Weight::Focus);
            dirty.mark(1, Weight::Background);
            dirty.mark(2, Weight::Background);
            turns.extend(dirty.pop());
        }
        assert_eq!(turns, [9, 9, 9, 9, 1, 9, 9, 9, 9, 2]);
    }

    #[test]
    fn what_is_forgotten_does_not_come() {
        let mut dirty = DirtySet::default();
        dirty.mark(1, Weight::Focus);
        dirty.mark(2, Weight::Background);
        dirty.forget(1);
        assert!(!dirty.is_empty());
        assert_eq!((dirty.pop(), dirty.is_empty()), (Some(2), true));
    }
}
