//! Draws and encodes pictures off the agents' tasks, a few at once.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use jpeg_encoder::{ColorType, Encoder};
use tokio::sync::Semaphore;

use super::{Desktop, Picture, Sight};
use crate::error::LoadtestError;

/// One picture to draw.
#[derive(Clone, Debug)]
pub struct PictureOrder {
    pub desktop: Desktop,
    pub sight: Sight,
    /// Pixels; the height follows from the screen.
    pub width: u16,
    /// JPEG quality, 1 to 100.
    pub quality: u8,
}

/// Shared by all agents. Clones draw on the same threads with the same memory.
#[derive(Clone, Debug)]
pub struct Painter {
    permits: Arc<Semaphore>,
    /// Framebuffers at rest: at most as many as pictures are drawn at once.
    buffers: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Painter {
    /// A painter that draws `at_once` pictures at once; everybody else waits.
    #[must_use]
    pub fn new(at_once: usize) -> Self {
        Self { permits: Arc::new(Semaphore::new(at_once.max(1))), buffers: Arc::default() }
    }

    /// Draws the order and encodes it, as large as the screen at most.
    pub async fn jpeg(&self, order: PictureOrder) -> Result<Bytes, LoadtestError> {
        let buffers = self.buffers.clone();
        let draw = move || {
            let buffer = buffers.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
            let width = order.width.min(order.desktop.screen().width);
            let picture = order.desktop.render(width, &order.sight, buffer);
            let jpeg = picture.to_jpeg(order.quality);
            buffers.lock().unwrap_or_else(PoisonError::into_inner).push(picture.rgb);
            jpeg
        };
        self.run(draw).await?
    }

    /// Runs `work` on a thread for such things once it is its turn.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, LoadtestError> {
        let permit = self.permits.clone().acquire_owned().await.expect("the semaphore is never closed");
        let working = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        });
        working.await.map_err(|error| LoadtestError::Limit(format!("a picture was not drawn: {error}")))
    }
}

impl Picture {
    /// The picture as a baseline JPEG.
    pub fn to_jpeg(&self, quality: u8) -> Result<Bytes, LoadtestError> {
        let mut jpeg = Vec::with_capacity(self.rgb.len() / 16);
        Encoder::new(&mut jpeg, quality.clamp(1, 100)).encode(&self.rgb, self.width, self.height, ColorType::Rgb)?;
        Ok(jpeg.into())
    }
}
