//! The pixels that were grabbed last, so that a screen that stands still is not grabbed again.

use std::collections::BTreeMap;

use muster_media::encode::Pixels;
use muster_protocol::agent::Display;

use crate::platform::{CaptureError, Screens};

/// The screens, and the memory of one grabbed picture for all of them.
///
/// A display goes through numbered **states**: as long as its number stays, not a pixel has changed.
pub(super) struct Screen {
    screens: Box<dyn Screens>,
    pixels: Pixels,
    /// The display and state that `pixels` show.
    shown: Option<(u32, u64)>,
    states: BTreeMap<u32, u64>,
}

impl Screen {
    pub fn new(screens: Box<dyn Screens>) -> Self {
        Self { screens, pixels: Pixels::default(), shown: None, states: BTreeMap::new() }
    }

    pub fn displays(&mut self) -> Result<Vec<Display>, CaptureError> {
        self.screens.displays()
    }

    /// The state that `track` was in when it was grabbed last; `None` if it may have changed since.
    pub fn state(&mut self, track: u32) -> Option<u64> {
        if self.screens.may_have_changed(track) {
            return None;
        }
        self.states.get(&track).copied()
    }

    /// What `track` shows, in which state. Grabbed, unless `state` (of [`Self::state`], just now) is what is held already.
    pub fn pixels(&mut self, track: u32, state: Option<u64>) -> Result<(&Pixels, u64), CaptureError> {
        if let Some(state) = state.filter(|state| self.shown == Some((track, *state))) {
            return Ok((&self.pixels, state));
        }
        self.shown = None;
        self.screens.grab(track, &mut self.pixels)?;
        // Something may have been drawn since the state was asked for, so it is another one.
        let state = self.states.entry(track).or_default();
        *state += 1;
        self.shown = Some((track, *state));
        Ok((&self.pixels, *state))
    }

    /// A fresh picture that may be written into.
    pub fn pixels_mut(&mut self, track: u32) -> Result<&mut Pixels, CaptureError> {
        self.pixels(track, None)?;
        self.shown = None;
        Ok(&mut self.pixels)
    }

    /// Gives the memory of the picture back.
    pub fn rest(&mut self) {
        self.shown = None;
        self.pixels = Pixels::default();
        self.screens.rest();
    }
}
