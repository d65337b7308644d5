//! What an agent captures: the policy's plan, the notice that comes before it, and the screenshots themselves.

use muster_protocol::agent::EventKind;
use muster_protocol::policy::{Blur, Policy};

use super::capture::CapturePlan;
use super::{Screenshots, SimulatedAgent, screenshot};
use crate::desktop::{Desktop, DesktopMoment, Hands, PictureOrder, Sight};

/// Screenshots of one agent under way at once; more only pile up while the hub is away.
const UPLOADS_MAX: usize = 4;
/// How good screenshots are.
const SCREENSHOT_JPEG_QUALITY: u8 = 75;
/// Screenshots are of this display.
const PRIMARY_TRACK: u32 = 0;

/// The part of the policy that concerns pictures, and the plan made of it.
pub(super) struct CapturePolicy {
    pub(super) screenshots: bool,
    pub(super) live_view: bool,
    pub(super) blur: Blur,
    pub(super) plan: CapturePlan,
}

impl SimulatedAgent {
    pub(super) fn set_policy(&mut self, policy: &Policy, now_ms: u64) {
        self.person.set_idle_after(policy.idle_after_ms);
        let interval_ms = match self.config.habits.screenshots {
            Screenshots::Every(interval_ms) => interval_ms,
            Screenshots::ByPolicy | Screenshots::Never => u64::from(policy.capture_interval_minutes) * 60_000,
        };
        let screenshots = policy.screenshots && self.config.habits.screenshots != Screenshots::Never;
        match &mut self.policy {
            Some(known) => {
                (known.screenshots, known.live_view, known.blur) = (screenshots, policy.live_view, policy.blur);
                known.plan.set_interval(now_ms, interval_ms, &mut self.rng);
            }
            None => {
                let mut plan = CapturePlan::new(now_ms, interval_ms, &mut self.rng);
                if let Some(within_ms) = self.config.habits.first_screenshot_within_ms {
                    plan.hurry(now_ms, now_ms + within_ms, &mut self.rng);
                }
                self.policy = Some(CapturePolicy { screenshots, live_view: policy.live_view, blur: policy.blur, plan });
            }
        }
    }

    /// The person reads the notice of `version` and agrees. Nothing is captured before the hub knows.
    pub(super) fn acknowledge_notice(&mut self, version: u64) {
        if self.notice_unacknowledged.replace(version) != Some(version) {
            self.spool.push(self.around.clock.utc(), EventKind::NoticeAcknowledged { version });
        }
    }

    /// When the next screenshot is due, if the policy wants any.
    pub(super) fn screenshot_due_at_ms(&self) -> Option<u64> {
        self.policy.as_ref().filter(|policy| policy.screenshots).map(|policy| policy.plan.due_at_ms())
    }

    /// Whether live frames may leave the machine.
    pub(super) fn may_be_watched(&self) -> bool {
        self.policy.as_ref().is_some_and(|policy| policy.live_view) && self.notice_unacknowledged.is_none()
    }

    /// Takes the screenshot that is due, unless the person is idle, on a break, or has not acknowledged the notice.
    pub(super) fn take_due_screenshot(&mut self, now_ms: u64) {
        while self.uploads.try_join_next().is_some() {}
        let Some(policy) = self.policy.as_mut().filter(|policy| policy.screenshots) else { return };
        if policy.plan.take_due(now_ms, &mut self.rng)
            && self.person.may_be_captured()
            && self.notice_unacknowledged.is_none()
        {
            self.take_screenshot(now_ms);
        }
    }

    pub(super) fn take_screenshot(&mut self, now_ms: u64) {
        if self.uploads.len() >= UPLOADS_MAX {
            return;
        }
        let Some(desktop) = self.desktop(PRIMARY_TRACK) else { return };
        let order = PictureOrder {
            width: desktop.screen().width,
            desktop,
            sight: self.sight(PRIMARY_TRACK, now_ms),
            quality: SCREENSHOT_JPEG_QUALITY,
        };
        let identity = self.config.identity.clone();
        self.uploads.spawn(screenshot::take_and_upload(self.around.clone(), identity, order));
    }

    /// What display `track` shows; `None` for one that is not on the desk.
    pub(super) fn desktop(&self, track: u32) -> Option<Desktop> {
        let displays = self.config.habits.displays;
        let number = displays.numbers().find(|number| u32::from(*number) == track)?;
        let owner = self.config.identity.name.clone();
        Some(Desktop::of_displays(self.config.seed, owner, displays, number).showing(self.config.habits.scene))
    }

    /// What display `track` looks like now to whoever may see it.
    pub(super) fn sight(&mut self, track: u32, now_ms: u64) -> Sight {
        let moment = DesktopMoment { wall: self.around.clock.utc_at_ms(now_ms), hands: self.hands(now_ms) };
        let banner = self.banners.iter().find(|(shown_on, _)| *shown_on == track).map(|(_, text)| text.clone());
        Sight { moment, banner, blur: self.policy.as_ref().map_or(Blur::None, |policy| policy.blur) }
    }

    /// What the person's hands do now.
    fn hands(&mut self, now_ms: u64) -> Hands {
        if self.person.is_locked() {
            return Hands::Locked;
        }
        let clock = self.around.clock;
        let dated = |since_ms| match self.hands_off {
            Some((known_ms, at)) if known_ms == since_ms => (since_ms, at),
            _ => (since_ms, clock.utc_at_ms(since_ms)),
        };
        self.hands_off = self.person.hands_off_since_ms().filter(|since_ms| *since_ms <= now_ms).map(dated);
        self.hands_off.map_or(Hands::On, |(_, at)| Hands::OffSince(at))
    }
}
