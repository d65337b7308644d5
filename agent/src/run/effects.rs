//! Doing what the machine wants, in the one order that keeps its promises: what stops capture, then the disk, then the rest.

use super::agent::Agent;
use crate::capture::{Order, Report};
use crate::core::{Effect, Event, Picture};
use crate::hub::Saying;
use crate::platform::CaptureError;
use crate::spool::SpoolError;

/// Events that could not be written and are kept in memory; a disk that fails for longer loses the oldest.
const UNSAVED_MAX: usize = 1_024;

impl Agent {
    /// Lets the machine take in what happened, and does what follows from it.
    pub async fn apply(&mut self, event: Event) {
        let mut events = vec![event];
        while let Some(event) = events.pop() {
            let effects = self.machine.apply(event, self.clock.now());
            if let Some(consequence) = self.perform(effects).await {
                events.push(consequence);
            }
        }
    }

    /// Returns what the machine has to know of it.
    async fn perform(&mut self, effects: Vec<Effect>) -> Option<Event> {
        let (mut later, mut consequence) = (Vec::new(), None);
        for effect in effects {
            match effect {
                // At once: what must not be seen any more does not wait for a disk.
                Effect::Capture(order @ (Order::Halt | Order::Unwatch { .. })) => self.orders.give(order),
                Effect::Record { kind, at } => self.unsaved.push((kind, at)),
                other => later.push(other),
            }
        }
        self.save().await;
        for effect in later {
            match effect {
                Effect::Beat(beat) => self.say(Saying::Beat(beat)),
                Effect::Capture(order) => self.orders.give(order),
                Effect::Keep(shot) => match self.spool.keep(shot).await {
                    Ok(()) => {}
                    Err(SpoolError::Full) => consequence = Some(Event::Room { is_full: true }),
                    Err(error) => {
                        let reason = CaptureError::Failed(format!("the screenshot was not kept: {error}"));
                        consequence = Some(Event::Captured(Report::Failed { reason }));
                    }
                },
                Effect::Show { picture: Picture::Frame(message), .. } => self.say(Saying::Frame(message)),
                Effect::Show { picture: Picture::Same, track, seq } => self.say(Saying::Same { track, seq }),
                Effect::Reconnect => self.reconnect().await,
                Effect::Record { .. } => {}
            }
        }
        consequence
    }

    fn say(&self, saying: Saying) {
        if let Some(link) = &self.link {
            link.say(saying);
        }
    }

    /// Events and memory to disk, both or neither. The hub and the person hear of them afterwards.
    async fn save(&mut self) {
        if self.unsaved.is_empty() && self.saved == *self.machine.memory() {
            return;
        }
        let memory = self.machine.memory().clone();
        match self.spool.append(self.unsaved.clone(), &memory).await {
            Ok(()) => {
                self.unsaved.clear();
                self.saved = memory;
                self.spool_problem = None;
            }
            Err(error) => {
                tracing::error!(%error, events = self.unsaved.len(), "what was recorded is not on disk");
                let too_many = self.unsaved.len().saturating_sub(UNSAVED_MAX);
                self.unsaved.drain(..too_many);
                self.spool_problem = Some(format!("What is recorded cannot be kept: {error}. It is tried again."));
            }
        }
    }
}
