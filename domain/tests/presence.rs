//! Presence against a model that is too slow and too simple to be wrong, over random lives of an employee.

use muster_domain::presence::{
    Activity, LinkId, Presence, PresenceConfig, PresenceEffects, PresenceInput, PresenceMachine,
};
use muster_domain::{MonoMillis, Now};
use muster_protocol::presence::{Overlay, Status};
use muster_protocol::{DeviceId, UtcMillis};
use proptest::prelude::*;
use uuid::Uuid;

const WALL_START_MS: i64 = 1_795_000_000_000;

fn now(ms: u64) -> Now {
    Now { mono: MonoMillis(ms), wall: UtcMillis(WALL_START_MS + i64::try_from(ms).expect("a short life")) }
}

/// Whom an event is about: a session by age, 0 the latest. Older ones are often replaced or gone: late events.
type Age = usize;

#[derive(Clone, Copy, Debug)]
enum Event {
    /// Device 0 is none.
    Connect(u128),
    Touch(Age, Option<bool>),
    Request(Option<bool>),
    Break(Age),
    Bye(Age),
    Logout,
}

fn event() -> impl Strategy<Value = Event> {
    let input = || prop::option::of(any::<bool>());
    prop_oneof![
        3 => (0..3_u128).prop_map(Event::Connect),
        6 => (0..5_usize, input()).prop_map(|(age, input)| Event::Touch(age, input)),
        1 => input().prop_map(Event::Request),
        3 => (0..5_usize).prop_map(Event::Break),
        1 => (0..5_usize).prop_map(Event::Bye),
        1 => Just(Event::Logout),
    ]
}

/// Pauses around the deadlines.
fn pause() -> impl Strategy<Value = u64> {
    prop_oneof![0..2_000_u64, 18_000..22_000_u64, 30_000..31_000_u64, 115_000..125_000_u64]
}

/// A machine with an exact timer, and everything it said.
struct Life {
    machine: PresenceMachine,
    config: PresenceConfig,
    at_ms: u64,
    transitions: Vec<Presence>,
    published: Vec<Presence>,
    published_at_ms: Vec<u64>,
}

impl Life {
    fn new(config: PresenceConfig) -> Self {
        let machine = PresenceMachine::new(Presence::default());
        Self { machine, config, at_ms: 1_000_000, transitions: vec![], published: vec![], published_at_ms: vec![] }
    }

    fn pass(&mut self, ms: u64) {
        let end_ms = self.at_ms + ms;
        while let Some(due) = self.machine.next_deadline().filter(|due| due.0 <= end_ms) {
            self.at_ms = due.0;
            self.apply(PresenceInput::Wake);
        }
        self.at_ms = end_ms;
    }

    fn apply(&mut self, input: PresenceInput) -> PresenceEffects {
        let effects = self.machine.apply(input, &self.config, now(self.at_ms));
        self.transitions.extend(effects.transition);
        self.published.extend(effects.publish);
        self.published_at_ms.extend(effects.publish.map(|_| self.at_ms));
        effects
    }

    fn activity(&self, input: Option<bool>) -> Option<Activity> {
        input
            .map(|input| if input { Activity::Input } else { Activity::Idle { since: now(self.at_ms - 200_000).wall } })
    }
}

#[derive(Clone, Copy)]
struct ModelLink {
    id: u64,
    device: u128,
    heard_ms: u64,
    broken_ms: Option<u64>,
    input: Option<bool>,
}

impl ModelLink {
    fn counts(&self, at_ms: u64, config: &PresenceConfig) -> bool {
        match self.broken_ms {
            Some(broken_ms) => at_ms < broken_ms + config.grace_ms,
            None => at_ms < self.heard_ms + config.offline_after_ms,
        }
    }
}

/// Every link ever, in full; the status is looked up anew each time.
#[derive(Default)]
struct Model {
    links: Vec<ModelLink>,
    latest_id: u64,
}

impl Model {
    fn take_in(&mut self, event: Event, at_ms: u64, config: &PresenceConfig) {
        match event {
            Event::Connect(device) => {
                self.latest_id += 1;
                let old = self.links.iter().position(|link| link.device == device && device != 0);
                let old = old.map(|index| self.links.remove(index));
                let resumable = old.filter(|link| link.broken_ms.is_none() || link.counts(at_ms, config));
                let input = resumable.and_then(|link| link.input);
                self.links.push(ModelLink { id: self.latest_id, device, heard_ms: at_ms, broken_ms: None, input });
            }
            Event::Touch(age, input) => {
                let id = self.id(age);
                let standing = |link: &&mut ModelLink| link.id == id && link.id != 0 && link.broken_ms.is_none();
                if let Some(link) = self.links.iter_mut().find(standing) {
                    link.heard_ms = at_ms;
                    link.input = input.or(link.input);
                }
            }
            Event::Request(input) => {
                let old = self.links.iter().position(|link| link.id == 0).map(|index| self.links.remove(index));
                let known = old.filter(|link| link.counts(at_ms, config)).and_then(|link| link.input);
                let input = input.or(known);
                self.links.push(ModelLink { id: 0, device: 0, heard_ms: at_ms, broken_ms: None, input });
            }
            Event::Break(age) => {
                let id = self.id(age);
                let standing = |link: &&mut ModelLink| link.id == id && link.id != 0 && link.broken_ms.is_none();
                if let Some(link) = self.links.iter_mut().find(standing) {
                    // A socket that was silent for too long breaks without a grace.
                    let was_counting = link.counts(at_ms, config);
                    link.broken_ms = Some(if was_counting { at_ms } else { 0 });
                }
            }
            Event::Bye(age) => {
                let id = self.id(age);
                let leaves = |link: &ModelLink| link.id == id && link.id != 0 && link.broken_ms.is_none();
                if self.links.iter().any(leaves) {
                    self.links.retain(|link| !leaves(link));
                    self.drop_abandoned();
                }
            }
            Event::Logout => {
                self.links.retain(|link| link.id != 0);
                self.drop_abandoned();
            }
        }
    }

    fn id(&self, age: Age) -> u64 {
        self.latest_id.saturating_sub(age as u64)
    }

    fn drop_abandoned(&mut self) {
        self.links.retain(|link| link.device != 0 || link.broken_ms.is_none());
    }

    fn status(&self, at_ms: u64, config: &PresenceConfig) -> Status {
        let counting = || self.links.iter().filter(|link| link.counts(at_ms, config));
        match counting().filter_map(|link| link.input).max() {
            Some(true) => Status::Active,
            Some(false) => Status::Idle,
            None if counting().count() > 0 => Status::Active,
            None => Status::Offline,
        }
    }
}

fn input_of(event: Event, model: &Model, life: &Life) -> PresenceInput {
    let link = |age| LinkId(model.id(age));
    match event {
        Event::Connect(device) => {
            let device = (device != 0).then_some(DeviceId(Uuid::from_u128(device)));
            PresenceInput::Connect { link: LinkId(model.latest_id + 1), device }
        }
        Event::Touch(age, input) => PresenceInput::Touch { link: link(age), activity: life.activity(input) },
        Event::Request(input) => PresenceInput::Request { activity: life.activity(input) },
        Event::Break(age) => PresenceInput::Break { link: link(age) },
        Event::Bye(age) => PresenceInput::Bye { link: link(age) },
        Event::Logout => PresenceInput::Logout,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn the_status_is_the_largest_over_the_links_that_count(
        events in prop::collection::vec((pause(), event()), 1..60),
    ) {
        let mut life = Life::new(PresenceConfig::default());
        let mut model = Model::default();
        for (pause_ms, event) in events {
            life.pass(pause_ms);
            prop_assert_eq!(life.machine.presence().status, model.status(life.at_ms, &life.config), "before {:?}", event);
            let input = input_of(event, &model, &life);
            // Portals say nothing about input: which of two pages a third one resumes is nobody's business.
            let input = match (input, event) {
                (PresenceInput::Touch { link, .. }, Event::Touch(..)) if is_page(&model, link) => {
                    model.take_in(touch_without_input(event), life.at_ms, &life.config);
                    PresenceInput::Touch { link, activity: None }
                }
                _ => {
                    model.take_in(event, life.at_ms, &life.config);
                    input
                }
            };
            life.apply(input);
            prop_assert_eq!(life.machine.presence().status, model.status(life.at_ms, &life.config), "after {:?}", event);
        }
        // One offline per episode, and history runs forward.
        prop_assert!(life.transitions.windows(2).all(|pair| pair[0].since < pair[1].since));
        prop_assert!(life.transitions.windows(2).all(|pair| pair[0].status != pair[1].status));
        // Left alone, everything ends.
        life.pass(400_000);
        prop_assert_eq!(life.machine.presence().status, Status::Offline);
        prop_assert_eq!(life.machine.next_deadline(), None);
        prop_assert!(!life.machine.has_sessions() && !life.machine.presence().unstable);
        for age in 0..usize::try_from(model.latest_id).unwrap() {
            life.apply(PresenceInput::Break { link: LinkId(model.id(age)) });
        }
        prop_assert!(life.machine.is_settled(), "no link is left over");
    }

    #[test]
    fn screens_show_the_truth_whenever_it_is_stable(
        changes in prop::collection::vec((0..40_000_u64, 0..4_u8), 1..60),
    ) {
        let mut life = Life::new(PresenceConfig::default());
        for (pause_ms, change) in changes {
            life.pass(pause_ms);
            let activity = life.activity(Some(change % 2 == 0));
            life.apply(match change {
                0 | 1 => PresenceInput::Request { activity },
                2 => PresenceInput::Cover { overlay: Some(Overlay::Meeting) },
                _ => PresenceInput::Cover { overlay: None },
            });
            let truth = life.machine.presence();
            if let Some(shown) = life.published.last() {
                prop_assert_eq!(shown.unstable, truth.unstable);
                prop_assert!(truth.unstable || (shown.status, shown.overlay) == (truth.status, truth.overlay));
            }
        }
        life.apply(PresenceInput::Cover { overlay: None });
        life.pass(300_000);
        let (shown, truth) = (life.published.last(), life.transitions.last());
        prop_assert_eq!(shown.map(|shown| shown.status), truth.map(|truth| truth.status));
        prop_assert!(shown.is_none_or(|shown| !shown.unstable));
        // Three changes, the word "unstable", and the truth about the flapping before.
        prop_assert!(most_in_a_minute(&life.published_at_ms) <= 5, "{:?}", life.published_at_ms);
    }

    #[test]
    fn a_stall_moves_every_deadline_and_marks_nobody_offline(
        events in prop::collection::vec((pause(), event()), 1..30),
        stall_ms in 2_001..10_000_000_u64,
    ) {
        let mut life = Life::new(PresenceConfig::default());
        let mut model = Model::default();
        for (pause_ms, event) in events {
            life.pass(pause_ms);
            let input = input_of(event, &model, &life);
            model.take_in(event, life.at_ms, &life.config);
            life.apply(input);
        }
        let Some(due) = life.machine.next_deadline() else { return Ok(()) };
        let before = life.machine.presence();
        life.at_ms = due.0 + stall_ms;
        prop_assert_eq!(life.apply(PresenceInput::Wake), PresenceEffects::default());
        prop_assert_eq!(life.machine.presence(), before);
        let after = life.machine.next_deadline().unwrap();
        prop_assert!(after.0 >= due.0 + stall_ms);
        life.at_ms = after.0;
        life.apply(PresenceInput::Wake);
        prop_assert!(life.machine.next_deadline() != Some(after), "the timer does not spin");
    }

    #[test]
    fn a_deadline_is_never_in_the_past_after_the_timer_fired(
        events in prop::collection::vec((pause(), event(), 0..2_000_u64), 1..60),
    ) {
        let mut life = Life::new(PresenceConfig::default());
        let mut model = Model::default();
        for (pause_ms, event, late_ms) in events {
            life.at_ms += pause_ms;
            let input = input_of(event, &model, &life);
            model.take_in(event, life.at_ms, &life.config);
            life.apply(input);
            if let Some(due) = life.machine.next_deadline() {
                life.at_ms = life.at_ms.max(due.0 + late_ms);
                life.apply(PresenceInput::Wake);
                let at_ms = life.at_ms;
                prop_assert!(life.machine.next_deadline().is_none_or(|next| next.0 > at_ms));
            }
        }
    }
}

fn is_page(model: &Model, link: LinkId) -> bool {
    model.links.iter().any(|known| known.id == link.0 && known.device == 0)
}

const fn touch_without_input(event: Event) -> Event {
    match event {
        Event::Touch(age, _) => Event::Touch(age, None),
        other => other,
    }
}

/// How often something was shown within any minute.
fn most_in_a_minute(moments_ms: &[u64]) -> usize {
    let within = |from_ms: &u64| moments_ms.iter().filter(|ms| (*from_ms..from_ms + 60_000).contains(ms)).count();
    moments_ms.iter().map(within).max().unwrap_or(0)
}
