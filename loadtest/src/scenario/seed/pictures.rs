//! Screenshots of the past: drawn as the desktop was at their moment, and uploaded with it.

use muster_protocol::UtcMillis;

use super::SeedConfig;
use super::delivery::Delivered;
use super::staff::Member;
use crate::client::{RestClient, ScreenshotUpload};
use crate::desktop::{Desktop, DesktopMoment, Hands, Painter, PictureOrder, Sight};
use crate::error::LoadtestError;
use crate::history::{WorkDay, screenshot_id};

/// As simulated agents encode what is kept.
const JPEG_QUALITY: u8 = 75;

/// The moments at which the pictures of `member` were taken: as the policy asks, on the last days of work.
pub(super) fn moments_of(
    member: &Member,
    delivered: &Delivered,
    config: &SeedConfig,
    until: UtcMillis,
) -> Vec<UtcMillis> {
    let Some(policy) = delivered.policy.as_ref().filter(|policy| policy.screenshots) else { return Vec::new() };
    if !delivered.acknowledged_notice {
        return Vec::new();
    }
    let interval_ms = i64::from(policy.capture_interval_minutes) * 60_000;
    let days: Vec<WorkDay> = member.worker.days(until, config.days).collect();
    let last = days.iter().rev().take(config.screenshot_days);
    last.flat_map(|day| member.worker.picture_moments(day, interval_ms, until)).collect()
}

/// Draws what was on the display of `member` and uploads it. Returns its size in bytes.
pub(super) async fn upload(
    member: &Member,
    delivered: &Delivered,
    taken_at: UtcMillis,
    painter: &Painter,
    rest: &RestClient,
) -> Result<usize, LoadtestError> {
    let desktop = Desktop::new(member.worker.seed(), member.identity.name.clone());
    let moment = DesktopMoment { wall: taken_at, hands: Hands::On };
    let blur = delivered.policy.as_ref().map(|policy| policy.blur).unwrap_or_default();
    let width = desktop.screen().width;
    let order = PictureOrder { desktop, sight: Sight { moment, banner: None, blur }, width, quality: JPEG_QUALITY };
    let jpeg = painter.jpeg(order).await?;
    let bytes = jpeg.len();
    let upload = ScreenshotUpload { id: screenshot_id(&member.worker, taken_at), taken_at, jpeg };
    rest.with_token(&member.identity.token).upload_screenshot(&upload).await?;
    Ok(bytes)
}
