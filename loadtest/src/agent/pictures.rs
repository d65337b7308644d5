//! What an agent captures: the policy's plan, the notice that comes before it, and the screenshots themselves.

use muster_protocol::UtcMillis;
use muster_protocol::agent::EventKind;
use muster_protocol::policy::Policy;

use super::capture::CapturePlan;
use super::{Screenshots, SimulatedAgent, screenshot};
use crate::desktop::{DesktopMoment, PictureOrder, Screen};

/// Screenshots of one agent under way at once; more only pile up while the hub is away.
const UPLOADS_MAX: usize = 4;
/// How good screenshots are.
const SCREENSHOT_JPEG_QUALITY: u8 = 75;

/// The part of the policy that concerns pictures, and the plan made of it.
pub(super) struct CapturePolicy {
    pub(super) screenshots: bool,
    pub(super) live_view: bool,
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
                (known.screenshots, known.live_view) = (screenshots, policy.live_view);
                known.plan.set_interval(now_ms, interval_ms, &mut self.rng);
            }
            None => {
                let mut plan = CapturePlan::new(now_ms, interval_ms, &mut self.rng);
                if let Some(within_ms) = self.config.habits.first_screenshot_within_ms {
                    plan.hurry(now_ms, now_ms + within_ms, &mut self.rng);
                }
                self.policy = Some(CapturePolicy { screenshots, live_view: policy.live_view, plan });
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
        let screen = Screen::of_seed(self.config.seed);
        let order = self.picture_order(screen.width, SCREENSHOT_JPEG_QUALITY, now_ms);
        let identity = self.config.identity.clone();
        self.uploads.spawn(screenshot::take_and_upload(self.around.clone(), identity, order));
    }

    /// The desktop as it looks now; what the person types stands still while they are idle.
    pub(super) fn picture_order(&self, width: u16, quality: u8, now_ms: u64) -> PictureOrder {
        let clock = self.around.clock;
        let wall = clock.utc_at_ms(now_ms);
        let last_input: UtcMillis = clock.utc_at_ms(self.person.last_input_at_ms(now_ms));
        PictureOrder {
            seed: self.config.seed,
            owner: self.config.identity.name.clone(),
            moment: DesktopMoment { wall, last_input },
            width,
            quality,
        }
    }
}
