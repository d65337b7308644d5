//! The newest pictures of one track: what is watched is here, and nothing older.

use muster_protocol::UtcMillis;
use muster_protocol::portal::Tier;

use super::check::Checked;
use super::newest::{Newer, Newest, Picture, Put, Sent};

/// The newest pictures of one track, of both tiers. Latest wins. Holds at most one wall picture and one focus picture or
/// grid: 128 KiB and [`super::GRID_BYTES_MAX`].
///
/// It numbers pictures itself, from 1 for each tier, because an agent begins again with every socket. What a viewer was
/// [`Sent`] means something to the slot that said it and to no other.
#[derive(Clone, Debug)]
pub struct TrackSlot {
    wall: Newest,
    focus: Newest,
}

impl Default for TrackSlot {
    fn default() -> Self {
        Self::new()
    }
}

impl TrackSlot {
    /// An empty slot.
    #[must_use]
    pub const fn new() -> Self {
        Self { wall: Newest::new(Tier::Wall), focus: Newest::new(Tier::Focus) }
    }

    /// Takes a checked message: one copy of its bytes. `at` is the moment of capture by the hub's clock; one that is earlier
    /// than the tier's last is taken as that one.
    pub fn put(&mut self, checked: &Checked<'_>, at: UtcMillis) -> Put {
        match checked {
            Checked::Whole { header, tier: Tier::Wall, jpeg } => {
                self.focus.other_tier_came(header.seq);
                self.wall.put_whole(header, jpeg, at)
            }
            Checked::Whole { header, tier: Tier::Focus, jpeg } => {
                self.wall.other_tier_came(header.seq);
                self.focus.put_whole(header, jpeg, at)
            }
            Checked::Tiles { header, tiles } => {
                self.wall.other_tier_came(header.seq);
                self.focus.put_tiles(header, tiles, at)
            }
            Checked::Same { header, tier: Tier::Wall } => self.wall.same(header.seq, at),
            Checked::Same { header, tier: Tier::Focus } => self.focus.same(header.seq, at),
        }
    }

    /// Takes the text message `same {track, seq}`, which does not name the tier. `at` is when the screen was looked at. Says
    /// which tier was confirmed, if one was.
    pub fn same(&mut self, agent_seq: u32, at: UtcMillis) -> Option<Tier> {
        let confirms = |put| matches!(put, Put::Confirmed(_));
        if confirms(self.focus.same(agent_seq, at)) {
            return Some(Tier::Focus);
        }
        confirms(self.wall.same(agent_seq, at)).then_some(Tier::Wall)
    }

    /// The focus tier is not wanted any more: its memory is freed. Its numbers go on.
    pub fn forget_focus(&mut self) {
        self.focus.forget();
    }

    /// Nothing is watched any more: all memory of pictures is freed. The numbers go on.
    pub fn clear(&mut self) {
        self.wall.forget();
        self.focus.forget();
    }

    /// What a viewer that was sent `sent` of this tier gets next; `None` if it has everything. A picture that is new to it
    /// comes whole or as the tiles that it lacks, otherwise a newer confirmation is worth a message of its own.
    #[must_use]
    pub fn newer(&self, tier: Tier, sent: Sent) -> Option<Newer> {
        self.of(tier).newer(sent)
    }

    /// The newest picture, if the tier has a whole one.
    #[must_use]
    pub fn latest(&self, tier: Tier) -> Option<Picture> {
        self.of(tier).latest()
    }

    /// Bytes of all pictures in here.
    #[must_use]
    pub fn bytes_held(&self) -> usize {
        self.wall.bytes_held() + self.focus.bytes_held()
    }

    const fn of(&self, tier: Tier) -> &Newest {
        match tier {
            Tier::Wall => &self.wall,
            Tier::Focus => &self.focus,
        }
    }
}
