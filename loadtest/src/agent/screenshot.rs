//! One screenshot: drawn, uploaded, and tried again while the hub is away.

use std::sync::Arc;
use std::time::Duration;

use muster_protocol::ids::ScreenshotId;
use rand::SeedableRng;
use rand::rngs::SmallRng;

use super::backoff::{Backoff, DELAY_MS_MAX};
use super::{Identity, Observation, Surroundings};
use crate::client::ScreenshotUpload;
use crate::desktop::PictureOrder;
use crate::error::LoadtestError;

/// With full jitter these last two minutes at most; after that the picture is given up.
const ATTEMPTS_MAX: u32 = 8;

/// Draws what `order` says and uploads it. The id stays the same over all attempts, so the hub stores it once.
pub(super) async fn take_and_upload(around: Arc<Surroundings>, agent: Identity, order: PictureOrder) {
    match attempt(&around, &agent, order).await {
        Ok((upload, took_us)) => around.observer.observe(
            &agent,
            &Observation::ScreenshotStored {
                id: upload.id,
                taken_at: upload.taken_at,
                bytes: upload.jpeg.len(),
                took_us,
            },
        ),
        Err(error) => around.observer.observe(&agent, &Observation::ScreenshotFailed { error: &error }),
    }
}

/// The upload and how long its successful request took, in microseconds.
async fn attempt(
    around: &Surroundings,
    agent: &Identity,
    order: PictureOrder,
) -> Result<(ScreenshotUpload, u64), LoadtestError> {
    let taken_at = order.sight.moment.wall;
    let jpeg = around.painter.jpeg(order).await?;
    let upload = ScreenshotUpload { id: ScreenshotId::generate(), taken_at, jpeg };
    let client = around.rest.with_token(&agent.token);
    let mut backoff = Backoff::new(DELAY_MS_MAX);
    let mut rng = SmallRng::from_os_rng();
    let mut attempts_left = ATTEMPTS_MAX;
    loop {
        attempts_left -= 1;
        let started_us = around.clock.mono_us();
        let error = match client.upload_screenshot(&upload).await {
            Ok(_) => return Ok((upload, around.clock.mono_us().saturating_sub(started_us))),
            Err(error) => error,
        };
        if attempts_left == 0 || !error.is_transient() {
            return Err(error);
        }
        let delay_ms = backoff.next_delay_ms(error.retry_after_ms(), &mut rng);
        tokio::time::sleep(Duration::from_millis(delay_ms)).await;
    }
}
